"""People and the offices that they held, with dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from analysis.lexicon import borrowed
from analysis.lexicon.matcher import Entry
from analysis.lexicon.tables import Row, check_allowed, check_unique, read_rows
from analysis.schema import ROLES, SPEAKER_KINDS
from analysis.text.fold import fold_key

PEOPLE_COLUMNS = ("speaker_id", "name_fa", "name_en", "names", "kind", "country", "wikidata", "source", "checked")
OFFICE_COLUMNS = (
    "speaker_id",
    "role",
    "office_fa",
    "office_en",
    "country",
    "organisation",
    "from",
    "to",
    "source",
    "checked",
)
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?$")


@dataclass(frozen=True, slots=True)
class Office:
    """An office that somebody held from `begin` to `end`; None where that is not known or still lasts."""

    speaker_id: str
    role: str
    country: str
    organisation: str
    begin: date | None
    end: date | None
    row: Row

    def held_on(self, day: date | None) -> bool:
        """Whether it may have been held on a day; nobody knows on an unknown day."""
        if day is None or (self.begin is None and self.end is None):
            return False
        return (self.begin is None or self.begin <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True)
class People:
    """The people that the lexicon knows, and their offices."""

    people: dict[str, Row]
    offices: list[Office]
    by_person: dict[str, list[Office]]
    listed_given_names: frozenset[str]

    def entries(self) -> Iterator[Entry]:
        """The matcher's entries: every spelling of every name; the facet `full` marks names of two words or more."""
        for row in self.people.values():
            for form in dict.fromkeys([row["name_fa"], *row.many("names")]):
                yield Entry("person", row["speaker_id"], form, "word", ("full",) if " " in form else ())

    @cached_property
    def by_role(self) -> dict[str, list[Office]]:
        """Role to its offices."""
        offices: dict[str, list[Office]] = {}
        for office in self.offices:
            offices.setdefault(office.role, []).append(office)
        return offices

    @cached_property
    def given_names(self) -> frozenset[str]:
        """Folded given names, listed or the first of a known full name: what an unknown full name begins with."""
        names = (row["name_fa"].split() for row in self.people.values())
        given = {fold_key(words[0]) for words in names if len(words) > 1} | self.listed_given_names
        return frozenset(name for name in given if len(name) > 2) - {fold_key(word) for word in borrowed.stop_words()}

    def offices_on(self, role: str, day: date | None) -> Iterator[Office]:
        """The offices of a role that were held on a day."""
        return (office for office in self.by_role.get(role, []) if office.held_on(day))

    def holders(self, role: str, country: str, day: date | None) -> list[str]:
        """Who held a state's office on a day, e.g. («foreign_minister», «RU»)."""
        return list(dict.fromkeys(o.speaker_id for o in self.offices_on(role, day) if o.country == country))

    def office_on(self, speaker_id: str, day: date | None) -> Office | None:
        """The office that a person held on a day; the latest one that began before where several did.

        On an unknown day, the only one that they are known to have held, else none.
        """
        held = self.by_person.get(speaker_id, [])
        if day is None:
            return held[0] if len({(o.role, o.country) for o in held}) == 1 else None
        now = [o for o in held if o.held_on(day)]
        return max(now, key=lambda o: o.begin or date.min, default=None)


def load(folder: Path, given_names: frozenset[str] = frozenset()) -> People:
    """Read people and offices.

    Args:
        folder: where people.csv and offices.csv lie.
        given_names: folded given names of anybody.

    Raises:
        DataError: naming file, line and remedy.
    """
    people = read_rows(folder / "people.csv", PEOPLE_COLUMNS, ("speaker_id", "name_fa", "name_en", "kind"))
    offices = read_rows(folder / "offices.csv", OFFICE_COLUMNS, ("speaker_id", "role", "office_fa"))
    check_unique(people, "speaker_id")
    check_allowed(people, "kind", SPEAKER_KINDS)
    check_allowed(offices, "role", ROLES)
    check_allowed(offices, "speaker_id", tuple(row["speaker_id"] for row in people))
    check_allowed([*people, *offices], "checked", ("yes", "no"))
    parsed = [_office(row) for row in offices]
    by_person: dict[str, list[Office]] = {}
    for office in parsed:
        by_person.setdefault(office.speaker_id, []).append(office)
    return People({row["speaker_id"]: row for row in people}, parsed, by_person, given_names)


def load_given_names(folder: Path) -> frozenset[str]:
    """The folded names of given_names.csv.

    Raises:
        DataError: naming file, line and remedy.
    """
    return frozenset(fold_key(row["name"]) for row in read_rows(folder / "given_names.csv", ("name",), ("name",)))


def _office(row: Row) -> Office:
    begin, end = _date(row, "from", last=False), _date(row, "to", last=True)
    if begin and end and end < begin:
        raise row.error(f"the office ends ({row['to']}) before it begins ({row['from']})", "Correct one of the dates")
    return Office(row["speaker_id"], row["role"], row["country"], row["organisation"], begin, end, row)


def _date(row: Row, column: str, *, last: bool) -> date | None:
    """A date that may be given as a year or a month only: its first or its last day."""
    if not row[column]:
        return None
    if not (parts := _DATE.match(row[column])):
        raise row.error(f"`{column}` is {row[column]!r}", "Write YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (int(part) if part else None for part in parts.groups())
    assert year is not None
    try:
        if day:
            return date(year, month or 1, day)
        first = date(year, month or 1, 1)
    except ValueError as error:
        raise row.error(f"`{column}` is no date: {row[column]!r}", "Write YYYY, YYYY-MM or YYYY-MM-DD") from error
    if not last:
        return first
    nxt = date(year + 1, 1, 1) if month in (None, 12) else date(year, month + 1, 1)
    return date.fromordinal(nxt.toordinal() - 1)
