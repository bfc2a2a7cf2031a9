"""One article while corrections are applied to it, and how a correction finds what it speaks of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.schema import BASES, FORMS, PARTS, ROLES, SPEAKER_KINDS, STANCES

Row = dict[str, object]
OVERLAP = 0.5
"""The least share of the union that a statement must share with a correction's span to be what it means."""
_ALLOWED = {"role": ROLES, "part": PARTS, "basis": BASES, "kind": SPEAKER_KINDS, "form": FORMS}

_WORDS = ("country", "mention", "name_fa", "name_en", "wikidata", "aliases")


@dataclass(slots=True)
class Case:
    """The rows of one article, by table, while corrections are applied.

    Attributes:
        same: speakers that corrections merged, old id → id.
        new_speakers: rows of speakers that corrections brought in, each with the place of its correction in the log.
        number: the place in the log of the correction at hand.
        moved: by how much its words have moved since it was made.
        gone: spans of statements that a person said are none.
        became: what a person put in the place of a code: (field, statement_id, the code) → the new one, "" for nothing.
    """

    article_id: str
    text: str
    rows: dict[str, list[Row]]
    same: Mapping[str, str]
    new_speakers: list[tuple[int, Row]]
    number: int = 0
    moved: int = 0
    gone: list[tuple[int, int]] = field(default_factory=list)
    became: dict[tuple[str, object, str], str] = field(default_factory=dict)

    def speaker(self, speaker_id: object) -> str:
        """A speaker's id after merging."""
        return self.same.get(str(speaker_id), str(speaker_id))

    def of(self, table: str, statement: Row) -> list[Row]:
        """A statement's rows of a table."""
        return [row for row in self.rows[table] if row["statement_id"] == statement["statement_id"]]

    def drop(self, table: str, gone: list[Row]) -> None:
        """Take rows out of a table."""
        self.rows[table] = [row for row in self.rows[table] if not any(row is other for other in gone)]

    def now(self, what: str, statement: Row, code: str, there: set[str]) -> str | None:
        """What stands now where a correction saw a code: itself, or what another person put in its place.

        So of two people who correct the same at once the later one has the last word. "" where it was taken away,
        None where it is gone and nobody took it.
        """
        seen: set[str] = set()
        while code not in there:
            key = (what, statement["statement_id"], code)
            if key not in self.became or code in seen:
                return None
            seen.add(code)
            code = self.became[key]
            if not code:
                return ""
        return code

    def note(self, what: str, statement: Row, old: str, new: str) -> None:
        """Remember what a person put in the place of a code."""
        if old and old != new:
            self.became[what, statement["statement_id"], old] = new

    def rename(self, old: object, new: object) -> None:
        """Remember what was noted of a statement under its new id."""
        self.became = {(what, new if one == old else one, code): now for (what, one, code), now in self.became.items()}


def is_sound(correction: Row) -> bool:
    """Whether a correction of a statement can be applied at all; those of a foreign log may hold anything."""
    text, new = str(correction["new"]), values(correction["new"])
    if not str(correction["exact"]) or int(str(correction["start"])) < 0 or new is None:
        return False
    if any(name in new and new[name] not in allowed for name, allowed in _ALLOWED.items()):
        return False
    if not all(isinstance(new.get(name, ""), str) for name in _WORDS):
        return False
    if correction["field"] == "speaker":
        return isinstance(new.get("speaker_id"), str)
    if correction["field"] == "country":
        return not correction["key"] or values(correction["key"]) is not None
    return correction["field"] != "stance" or (text in ("", *STANCES) and holder_of(correction) is not None)


def values(text: object) -> Row | None:
    """A JSON object, or an id alone as one; None where it is neither."""
    words = str(text)
    if not words.startswith("{"):
        return {"speaker_id": words}
    try:
        found: object = json.loads(words)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def holder_of(correction: Row) -> tuple[str, str] | None:
    """Speaker and target of a stance's correction."""
    try:
        speaker, target = json.loads(str(correction["key"]))
    except (ValueError, TypeError):
        return None
    return str(speaker), str(target)


def place(case: Case, correction: Row) -> tuple[int, int] | None:
    """Where a correction's exact words stand in the text now; None where they are gone."""
    start, exact = int(str(correction["start"])), str(correction["exact"])
    return find(case.text, exact, start)


def find(text: str, words: str, near: int) -> tuple[int, int] | None:
    """Where words stand in a text, nearest to a position; None where they do not."""
    if text[near : near + len(words)] == words:
        return near, near + len(words)
    found, at = [], text.find(words) if words else -1
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    best = min(found, key=lambda one: abs(one - near), default=None)
    return None if best is None else (best, best + len(words))


def share(one: tuple[int, int], other: tuple[int, int]) -> float:
    """How much of the union two spans have in common, 0–1."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return max(common, 0) / (max(one[1], other[1]) - min(one[0], other[0]) or 1)


def span_of(row: Row) -> tuple[int, int]:
    """Where a row's words stand."""
    return int(str(row["start"])), int(str(row["stop"]))


def statement_at(case: Case, start: int, stop: int) -> Row | None:
    """The statement of best overlap with a span, at least `OVERLAP` of the union.

    None also where a statement that a person took away fits better: its neighbours are not what is meant.
    """
    span = (start, stop)

    def fit(row: Row) -> tuple[float, int, int]:
        first, last = span_of(row)
        return share(span, (first, last)), -first, -last  # Of two that fit alike the earlier one.

    best = max(case.rows["statements"], key=fit, default=None)
    found = share(span, span_of(best)) if best else 0.0
    lost = max((share(span, one) for one in case.gone), default=0.0)
    return best if best is not None and found >= OVERLAP and found >= lost else None


def article_rows(frame: pd.DataFrame) -> list[Row]:
    """A frame's rows, free to be changed."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
