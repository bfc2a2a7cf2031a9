"""What is coded of one statement, and the corrections that lead from one state of it to another."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import blake2b

from analysis.extract.actors import person_id
from analysis.schema import Tables

MOST_TOPICS = 3
NO_STANCE = ""
"""Stands for no position, as in corrections."""
PARTS = ("speaker", "relayed")
Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Said:
    """A speaker of a statement, or whose words are passed on (`part`), with role and state at the article's date."""

    speaker_id: str
    part: str = "speaker"
    role: str = "other"
    country: str = ""


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of a statement.

    Attributes:
        is_statement: whether it is one.
        form: of `schema.FORMS`.
        said: its speakers.
        topics: the most central first.
        countries: states that it mentions.
        stances: (speaker_id, target, stance).
    """

    is_statement: bool = True
    form: str = "indirect"
    said: tuple[Said, ...] = ()
    topics: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    stances: tuple[tuple[str, str, str], ...] = ()

    @property
    def print(self) -> str:
        """Tells states of a statement apart."""
        return blake2b(repr(self).encode(), digest_size=5).hexdigest()

    def ids(self, part: str) -> list[str]:
        """The speakers of a part."""
        return [one.speaker_id for one in self.said if one.part == part]


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of an article's text; `statement_id` where it is a statement already."""

    article_id: str
    start: int
    stop: int
    exact: str
    statement_id: str = ""

    @property
    def row(self) -> Row:
        """What every correction of the statement says of where it is."""
        return {"article_id": self.article_id, "start": self.start, "stop": self.stop, "exact": self.exact}


def codes_of(tables: Tables, statement_id: str) -> Codes | None:
    """The codes of a statement; None where the tables have none of that id."""
    rows = {
        name: frame[frame["statement_id"] == statement_id]
        for name, frame in tables
        if "statement_id" in frame and name.name != "articles"
    }
    by_name = {table.name: frame for table, frame in rows.items()}
    if by_name["statements"].empty:
        return None
    attributions = by_name["attributions"].sort_values(["part", "start", "speaker_id"], ascending=[False, True, True])
    mentions = by_name["mentions"]
    named = mentions[mentions["kind"] == "country"].sort_values("start")["entity_id"]
    positions = by_name["positions"].sort_values(["speaker_id", "target"])
    columns = ["speaker_id", "part", "role", "country"]
    return Codes(
        form=by_name["statements"]["form"].iloc[0],
        said=tuple(Said(*row) for row in attributions[columns].itertuples(index=False)),
        topics=tuple(by_name["statement_topics"].sort_values("rank")["topic_id"]),
        countries=tuple(dict.fromkeys(named)),
        stances=tuple(positions[["speaker_id", "target", "stance"]].itertuples(index=False, name=None)),
    )


def new_person(name: str, article_id: str) -> str:
    """The id of somebody whom only a name is known of: the same that reading an article with this name gives."""
    return person_id(name, article_id)


def corrections(
    place: Place, old: Codes | None, new: Codes, people: dict[str, Row], names: dict[str, str]
) -> list[Row]:
    """The corrections that lead from one state to another, in the order in which they apply.

    Args:
        place: the statement.
        old: its codes; None where it is to be added.
        new: what is right.
        people: what is known of speakers that no row names yet, by id: name_fa, name_en, kind.
        names: what states are called in the text, by id; their mention is looked for in the statement.

    Returns:
        rows for `analysis.store.corrections.record`; none where nothing changes.
    """
    if old is not None and not new.is_statement:
        return [{"field": "not_a_statement", **place.row}]
    rows: list[Row] = []
    if old is None or old.form != new.form:
        rows.append({"field": "add_statement", "old": old.form if old else "", "new": {"form": new.form}})
    before = old or Codes()
    moved: dict[str, str] = {}
    for part in PARTS:
        rows += _speakers(before, new, part, people, moved)
    rows += _topics(before.topics, new.topics)
    rows += _countries(place, before.countries, new.countries, names)
    rows += _stances(_carried(before, new, moved), new)
    return [{**row, **place.row} for row in rows]


def _speakers(old: Codes, new: Codes, part: str, people: dict[str, Row], moved: dict[str, str]) -> list[Row]:
    """Speakers replaced, removed, added, and those whose role or state changes; `moved` takes who replaces whom."""
    was, now = old.ids(part), new.ids(part)
    wanted = {one.speaker_id: one for one in new.said if one.part == part}
    had = {one.speaker_id: one for one in old.said if one.part == part}
    gone, come = [one for one in was if one not in now], [one for one in now if one not in was]
    rows: list[Row] = []
    for number, speaker in enumerate(gone):
        if number < len(come):
            moved[speaker] = come[number]
            told = _told(wanted[come[number]], people)
        else:
            told = {"speaker_id": "", "part": part}
        rows.append({"field": "speaker", "key": speaker, "old": speaker, "new": told})
    rows += [{"field": "speaker", "key": "", "new": _told(wanted[one], people)} for one in come[len(gone) :]]
    for speaker in (one for one in now if one in had and had[one] != wanted[one]):
        before = {"role": had[speaker].role, "country": had[speaker].country}
        # Added once more, which changes what is known: replaced by itself it would lose its positions.
        rows.append({"field": "speaker", "key": "", "old": before, "new": _told(wanted[speaker], people)})
    return rows


def _told(one: Said, people: dict[str, Row]) -> Row:
    known = people.get(one.speaker_id, {})
    return {"speaker_id": one.speaker_id, "part": one.part, "role": one.role, "country": one.country, **known}


def _topics(old: tuple[str, ...], new: tuple[str, ...]) -> list[Row]:
    """A topic takes the place, and the evidence, of the one that goes; where the order changes, all behind go anew."""
    now, rows = list(old), []
    for at, topic in enumerate(new):
        if at < len(now) and now[at] == topic:
            continue
        if topic not in now and at < len(now) and now[at] not in new:
            rows.append({"field": "topic", "old": now[at], "new": topic})
            now[at] = topic
            continue
        rows += [{"field": "topic", "old": gone, "new": ""} for gone in now[at:]]
        rows += [{"field": "topic", "old": "", "new": come} for come in new[at:]]
        return rows
    return rows + [{"field": "topic", "old": gone, "new": ""} for gone in now[len(new) :]]


def _countries(place: Place, old: tuple[str, ...], new: tuple[str, ...], names: dict[str, str]) -> list[Row]:
    gone, come = [one for one in old if one not in new], [one for one in new if one not in old]
    if len(gone) == len(come) == 1:
        return [{"field": "country", "old": gone[0], "new": come[0]}]
    rows: list[Row] = [{"field": "country", "old": one, "new": ""} for one in gone]
    for one in come:
        name = names.get(one, "")
        at = place.exact.find(name) if name else -1
        key = {"start": place.start + at, "stop": place.start + at + len(name)} if at >= 0 else ""
        rows.append({"field": "country", "key": key, "old": "", "new": one})
    return rows


def _carried(old: Codes, new: Codes, moved: dict[str, str]) -> dict[tuple[str, str], str]:
    """The positions once the speakers are corrected: they go along with whom they belong to, or go with them."""
    own = {(who, target): stance for who, target, stance in old.stances}
    gone = {one.speaker_id for one in old.said} - {one.speaker_id for one in new.said}
    kept = {key: stance for key, stance in own.items() if key[0] not in gone}
    for (who, target), stance in own.items():
        if who in gone and who in moved:
            kept.setdefault((moved[who], target), stance)
    return kept


def _stances(old: dict[tuple[str, str], str], new: Codes) -> list[Row]:
    now = {(who, target): stance for who, target, stance in new.stances if stance}
    return [
        {
            "field": "stance",
            "key": json.dumps(key, ensure_ascii=False),
            "old": old.get(key, ""),
            "new": now.get(key, ""),
        }
        for key in dict.fromkeys([*old, *now])
        if old.get(key, "") != now.get(key, "")
    ]


def carried(old: Codes, said: tuple[Said, ...]) -> dict[tuple[str, str], str]:
    """The positions of a statement once it has other speakers."""
    moved: dict[str, str] = {}
    new = Codes(said=said)
    for part in PARTS:
        _speakers(old, new, part, {}, moved)
    return _carried(old, new, moved)
