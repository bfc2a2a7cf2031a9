"""What corrections do to the rows of one article."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.extract.actors import short_hash

Row = dict[str, object]
OVERLAP = 0.5
"""The least share of the union that a statement must share with a correction's span to be what it means."""
_CHILDREN = ("attributions", "statement_topics", "positions")


@dataclass(slots=True)
class Case:
    """The rows of one article, by table, while corrections are applied.

    Attributes:
        same: speakers that corrections merged, old id → id.
        new_speakers: rows of speakers that corrections brought in.
    """

    article_id: str
    text: str
    rows: dict[str, list[Row]]
    same: Mapping[str, str]
    new_speakers: list[Row]

    def speaker(self, speaker_id: object) -> str:
        """A speaker's id after merging."""
        return self.same.get(str(speaker_id), str(speaker_id))


def place(case: Case, correction: Row) -> tuple[int, int] | None:
    """Where a correction's exact words stand in the text now; None where they are gone."""
    start, exact = int(str(correction["start"])), str(correction["exact"])
    if case.text[start : start + len(exact)] == exact:
        return start, start + len(exact)
    found, at = [], case.text.find(exact) if exact else -1
    while at >= 0:
        found.append(at)
        at = case.text.find(exact, at + 1)
    best = min(found, key=lambda place: abs(place - start), default=None)
    return None if best is None else (best, best + len(exact))


def statement_at(case: Case, start: int, stop: int) -> Row | None:
    """The statement of best overlap with a span, at least `OVERLAP` of the union."""

    def share(row: Row) -> float:
        first, last = int(str(row["start"])), int(str(row["stop"]))
        common = min(stop, last) - max(start, first)
        return max(common, 0) / (max(stop, last) - min(start, first) or 1)

    best = max(case.rows["statements"], key=share, default=None)
    return best if best is not None and share(best) >= OVERLAP else None


def apply_to(case: Case, correction: Row) -> bool:
    """Apply one correction; False where it fits nothing any more."""
    span = place(case, correction)
    if span is None:
        return False
    if correction["field"] == "add_statement":
        return _add_statement(case, correction, span)
    statement = statement_at(case, *span)
    edit = EDITS.get(str(correction["field"]))
    if edit is None or statement is None or not edit(case, statement, correction):
        return False
    # Who corrects a code of a statement has read it and let it stand.
    statement |= {"coder": correction["who"], "confidence": 1.0}
    return True


def _of(case: Case, table: str, statement: Row) -> list[Row]:
    return [row for row in case.rows[table] if row["statement_id"] == statement["statement_id"]]


def _drop(case: Case, table: str, gone: list[Row]) -> None:
    case.rows[table] = [row for row in case.rows[table] if not any(row is other for other in gone)]


def _values(text: object) -> Row:
    """A correction's `new`: a JSON object, or an id alone."""
    words = str(text)
    return json.loads(words) if words.startswith("{") else {"speaker_id": words}


def _speaker(case: Case, statement: Row, correction: Row) -> bool:
    """key: the speaker replaced or removed, empty to add one; new: an id or an object, empty to remove."""
    new, who = _values(correction["new"]), correction["who"]
    part = new.get("part") or "speaker"
    old_id, new_id = case.speaker(correction["key"]), case.speaker(new["speaker_id"])
    attributions = [row for row in _of(case, "attributions", statement) if row["part"] == part]
    old = [row for row in attributions if old_id and row["speaker_id"] == old_id]
    if (old_id and not old) or not (old_id or new_id):
        return False
    held = [row for row in _of(case, "positions", statement) if old_id and row["speaker_id"] == old_id]
    if not new_id:
        _drop(case, "attributions", old)
        _drop(case, "positions", held)
        return True
    known = next((row for row in attributions if row["speaker_id"] == new_id), None)
    base: Row = known or (old[0] if old else {"start": statement["start"], "stop": statement["start"], "basis": "name"})
    told: Row = {name: new[name] for name in ("mention", "start", "stop", "basis", "role", "country") if name in new}
    row: Row = {"role": "other", "country": "", "mention": "", **base, **told, "part": part, "coder": who}
    row |= {"statement_id": statement["statement_id"], "speaker_id": new_id}
    if not known and "role" not in told:
        row |= {"role": "other", "country": ""}  # Those of the speaker that was replaced are not the new one's.
    _drop(case, "attributions", [*old, *([known] if known else [])])
    case.rows["attributions"].append(row)
    taken = {row["target"] for row in _of(case, "positions", statement) if row["speaker_id"] == new_id}
    _drop(case, "positions", held)
    case.rows["positions"] += [
        {**position, "speaker_id": new_id, "coder": who} for position in held if position["target"] not in taken
    ]
    case.new_speakers.append({"kind": "person", **new, "speaker_id": new_id})
    return True


def _topic(case: Case, statement: Row, correction: Row) -> bool:
    """old: the topic removed; new: the topic added; both: one in the place of the other."""
    topics = sorted(_of(case, "statement_topics", statement), key=lambda row: int(str(row["rank"])))
    ids = [row["topic_id"] for row in topics]
    old, new = correction["old"], correction["new"]
    if (old and old not in ids) or not (old or new):
        return False
    at = ids.index(old) if old else len(ids)
    span = topics[at] if old else statement
    row = {"topic_id": new, "start": span["start"], "stop": span["stop"], "coder": correction["who"]}
    kept = [{**t, "coder": row["coder"]} if t["topic_id"] == new else t for t in topics if t["topic_id"] != old]
    if new and new not in ids:
        kept.insert(at, row)
    _drop(case, "statement_topics", topics)
    case.rows["statement_topics"] += [
        {**t, "statement_id": statement["statement_id"], "rank": rank} for rank, t in enumerate(kept, 1)
    ]
    return True


def _country(case: Case, statement: Row, correction: Row) -> bool:
    """old: the state whose mentions go; new: the state that is mentioned; key: an object with start and stop of it."""
    old, new = correction["old"], correction["new"]
    mentions = [row for row in _of(case, "mentions", statement) if row["kind"] == "country"]
    gone = [row for row in mentions if old and row["entity_id"] == old]
    if (old and not gone) or not (old or new):
        return False
    _drop(case, "mentions", gone)
    if not new:
        return True
    given = _values(correction["key"]) if correction["key"] else {}
    span = {name: given.get(name, statement[name]) for name in ("start", "stop")}
    base = {"article_id": case.article_id, "kind": "country", "statement_id": statement["statement_id"], **span}
    for row in gone or [base]:
        row = {**row, "entity_id": new, "coder": correction["who"]}
        row["text"] = case.text[int(str(row["start"])) : int(str(row["stop"]))]
        same = [m for m in mentions if m["entity_id"] == new and m["start"] == row["start"]]
        _drop(case, "mentions", same)
        case.rows["mentions"].append(row)
    return True


def _stance(case: Case, statement: Row, correction: Row) -> bool:
    """key: [speaker_id, target]; new: for, against, mixed, or empty to remove the position."""
    speaker, target = json.loads(str(correction["key"]))
    speaker, new = case.speaker(speaker), correction["new"]
    mine = {"speaker_id": speaker, "target": target}
    old = [row for row in _of(case, "positions", statement) if row.items() >= mine.items()]
    if not old and not new:
        return False
    _drop(case, "positions", old)
    if new:
        says = {row["speaker_id"] for row in _of(case, "attributions", statement) if row["part"] == "speaker"}
        span = {name: statement[name] for name in ("start", "stop", "statement_id")}
        base = old[0] if old else {**span, **mine, "relayed": speaker not in says}
        row = {**base, "stance": new, "rule": "", "confidence": 1.0, "coder": correction["who"]}
        case.rows["positions"].append(row)
        case.new_speakers.append({"speaker_id": speaker, "kind": "person"})
    return True


def _remove_statement(case: Case, statement: Row, correction: Row) -> bool:
    """It is no statement: with its codes it goes; what it mentions stays mentioned in the article."""
    for table in ("statements", *_CHILDREN):
        _drop(case, table, _of(case, table, statement))
    for row in case.rows["mentions"]:
        if row["statement_id"] == statement["statement_id"]:
            row["statement_id"] = ""
    for row in case.rows["statements"]:
        if row["repeats"] == statement["statement_id"]:
            row["repeats"] = ""
    return True


def _add_statement(case: Case, correction: Row, span: tuple[int, int]) -> bool:
    """new: an object with form (default indirect); a machine's statement of much the same span takes the new span."""
    start, stop = span
    new = _values(correction["new"]) if correction["new"] else {}
    known = statement_at(case, start, stop)
    old_id = known["statement_id"] if known else None
    found = short_hash(case.article_id, start, stop)
    row = {"form": "indirect", "cue": "", "cue_start": start, "cue_stop": start, "repeats": "", **(known or {})}
    if not start <= int(str(row["cue_start"])) <= int(str(row["cue_stop"])) <= stop:
        row |= {"cue": "", "cue_start": start, "cue_stop": start}
    row |= {"form": new.get("form", row["form"]), "statement_id": found, "article_id": case.article_id}
    row |= {"start": start, "stop": stop, "text": case.text[start:stop], "confidence": 1.0, "coder": correction["who"]}
    if known:
        _drop(case, "statements", [known])
    _drop(case, "statements", _of(case, "statements", row))
    case.rows["statements"].append(row)
    for child in (row for table in _CHILDREN for row in case.rows[table] if row["statement_id"] == old_id):
        child["statement_id"] = found
    for other in case.rows["statements"]:
        if old_id and other["repeats"] == old_id:
            other["repeats"] = found
    for mention in case.rows["mentions"]:
        inside = start <= int(str(mention["start"])) and int(str(mention["stop"])) <= stop
        if mention["statement_id"] in ("", old_id):
            mention["statement_id"] = found if inside else ""
    return True


EDITS: dict[str, Callable[[Case, Row, Row], bool]] = {
    "speaker": _speaker,
    "topic": _topic,
    "country": _country,
    "stance": _stance,
    "not_a_statement": _remove_statement,
}
"""Edits of a statement, by field."""


def article_rows(frame: pd.DataFrame) -> list[Row]:
    """A frame's rows, free to be changed."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
