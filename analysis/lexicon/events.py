"""Dated events that charts over time mark, read from data/events.csv."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.config import DATA
from analysis.lexicon.codebook import TOPIC_COLUMNS
from analysis.lexicon.places import COUNTRY_COLUMNS
from analysis.lexicon.tables import Row, check_allowed, check_unique, read_rows

COLUMNS = ("date", "fa", "en", "kind", "countries", "topics", "source", "checked", "collection")
KINDS = ("agreement", "talks", "resolution", "sanctions", "force", "ties", "office")
"""What an event is: an agreement made or left, a meeting, a decision of an international body, sanctions, the use of
force, a change in the relations of states, a change in who holds an office."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day, or from a day to a day.

    Attributes:
        start, stop: its first and last day, the same for an event of one day.
        fa, en: what happened, in a few words.
        kind: one of `KINDS`.
        countries, topics: whom it concerns and what it is about; ids of countries.csv and topics.csv.
        checked: whether a text that states the date was seen.
        collection: the collection to which it belongs; "" for what really happened.
    """

    start: dt.date
    stop: dt.date
    fa: str
    en: str
    kind: str
    countries: tuple[str, ...]
    topics: tuple[str, ...]
    checked: bool
    collection: str


@cache
def load(data: Path = DATA) -> tuple[Event, ...]:
    """The events, in time; once for each folder in a process.

    Args:
        data: the folder that holds events.csv, `lexicon/` and `codebook/`.

    Raises:
        DataError: naming file, line and remedy.
    """
    rows = read_rows(data / "events.csv", COLUMNS, ("date", "fa", "en", "kind", "source", "checked"))
    check_unique(rows, "date", "en")
    check_allowed(rows, "kind", KINDS)
    check_allowed(rows, "checked", ("yes", "no"))
    countries = read_rows(data / "lexicon" / "countries.csv", COUNTRY_COLUMNS)
    topics = read_rows(data / "codebook" / "topics.csv", TOPIC_COLUMNS)
    for row in rows:
        _check_known(row, "countries", {country["country_id"] for country in countries})
        _check_known(row, "topics", {topic["topic_id"] for topic in topics})
    return tuple(sorted((_event(row) for row in rows), key=lambda event: (event.start, event.stop, event.en)))


def _check_known(row: Row, column: str, known: set[str]) -> None:
    for value in row.many(column):
        if value not in known:
            remedy = f"Use ids of {'countries.csv' if column == 'countries' else 'topics.csv'}, joined by `|`"
            raise row.error(f"`{column}` holds {value!r}, which is no id", remedy)


def _event(row: Row) -> Event:
    start, stop = _days(row)
    return Event(
        start,
        stop,
        row["fa"],
        row["en"],
        row["kind"],
        tuple(row.many("countries")),
        tuple(row.many("topics")),
        row["checked"] == "yes",
        row["collection"],
    )


def _days(row: Row) -> tuple[dt.date, dt.date]:
    """A day, or a first and a last day as ISO 8601 writes an interval: 2025-06-13/2025-06-24."""
    first, slash, last = row["date"].partition("/")
    try:
        start = dt.date.fromisoformat(first)
        stop = dt.date.fromisoformat(last) if slash else start
    except ValueError as error:
        remedy = "Write a day as YYYY-MM-DD, or its first and last day as YYYY-MM-DD/YYYY-MM-DD"
        raise row.error(f"`date` is {row['date']!r}", remedy) from error
    if stop < start:
        raise row.error(f"the event ends ({last}) before it begins ({first})", "Correct one of the days")
    return start, stop
