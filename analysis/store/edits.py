"""What corrections do to the rows of one article."""

from __future__ import annotations

from collections.abc import Callable

from analysis.extract.actors import short_hash
from analysis.schema import MACHINE
from analysis.store.case import Case, Row, find, holder_of, is_sound, place, share, span_of, statement_at, values

MOST_TOPICS = 3
"""Topics of a statement: a person's fourth takes the place of the last one of the machine."""
_CHILDREN = ("attributions", "statement_topics", "positions")


def apply_to(case: Case, correction: Row, number: int) -> bool:
    """Apply one correction, the log's `number`-th; False where it fits nothing any more."""
    if not is_sound(correction) or (span := place(case, correction)) is None:
        return False
    case.number, case.moved = number, span[0] - int(str(correction["start"]))
    if correction["field"] == "add_statement":
        return _add_statement(case, correction, span)
    statement = statement_at(case, *span)
    edit = EDITS.get(str(correction["field"]))
    if edit is None or statement is None or not edit(case, statement, correction):
        return False
    # Who corrects a code of a statement has read it and let it stand.
    statement |= {"coder": correction["who"], "confidence": 1.0}
    return True


def _speaker(case: Case, statement: Row, correction: Row) -> bool:
    """key: the speaker replaced or removed, empty to add one; new: an id or an object, empty to remove."""
    new = values(correction["new"]) or {}
    part = str(new.get("part") or "speaker")
    what, asked, new_id = f"speaker:{part}", case.speaker(correction["key"]), case.speaker(new["speaker_id"])
    attributions = [row for row in case.of("attributions", statement) if row["part"] == part]
    there = {str(row["speaker_id"]) for row in attributions}
    old_id = case.now(what, statement, asked, there) if asked else ""
    if old_id is None or not (asked or new_id):
        return False
    case.note(what, statement, asked, new_id)
    old = [row for row in attributions if old_id and row["speaker_id"] == old_id]
    held = [row for row in case.of("positions", statement) if old_id and row["speaker_id"] == old_id]
    if new_id:
        case.note(what, statement, old_id, new_id)
        _attribute(case, statement, correction, new | {"part": part, "speaker_id": new_id}, old)
    else:
        case.drop("attributions", old)
    if not any(row["speaker_id"] == old_id for row in case.of("attributions", statement)):
        _hand_over(case, statement, held, new_id, correction["who"])
    _tell_relayed(case, statement)
    return True


def _attribute(case: Case, statement: Row, correction: Row, new: Row, old: list[Row]) -> None:
    """Give a statement to a speaker, in the place of `old` where there are such rows."""
    rows = [row for row in case.of("attributions", statement) if row["part"] == new["part"]]
    known = next((row for row in rows if row["speaker_id"] == new["speaker_id"]), None)
    base = old[0] if old else {"start": statement["start"], "stop": statement["start"], "basis": "name", "mention": ""}
    # Role and state of the speaker that was replaced are not the new one's.
    row: Row = dict(known) if known else {**base, "role": "other", "country": ""}
    row |= {name: new[name] for name in ("basis", "role", "country") if name in new}
    row |= {**_mention(case, new), "part": new["part"], "coder": correction["who"]}
    row |= {"statement_id": statement["statement_id"], "speaker_id": new["speaker_id"]}
    case.drop("attributions", [*old, *([known] if known else [])])
    case.rows["attributions"].append(row)
    case.new_speakers.append((case.number, {"kind": "person", **new}))


def _mention(case: Case, new: Row) -> Row:
    """Where the text names a new speaker, if a correction says so and the words are there."""
    words, start = str(new.get("mention") or ""), new.get("start")
    if not words or not isinstance(start, int) or (span := find(case.text, words, max(start + case.moved, 0))) is None:
        return {}
    return {"mention": words, "start": span[0], "stop": span[1]}


def _hand_over(case: Case, statement: Row, held: list[Row], new_id: str, who: object) -> None:
    """Give one speaker's positions to another, whose own stay; drop them where there is nobody."""
    taken = {row["target"] for row in case.of("positions", statement) if row["speaker_id"] == new_id}
    case.drop("positions", held)
    if new_id:
        case.rows["positions"] += [
            {**row, "speaker_id": new_id, "coder": who} for row in held if row["target"] not in taken
        ]


def _tell_relayed(case: Case, statement: Row) -> None:
    """A position is relayed where its holder does not speak."""
    says = {row["speaker_id"] for row in case.of("attributions", statement) if row["part"] == "speaker"}
    for row in case.of("positions", statement):
        row["relayed"] = row["speaker_id"] not in says


def _topic(case: Case, statement: Row, correction: Row) -> bool:
    """old: the topic removed; new: the topic added; both: one in the place of the other."""
    topics = sorted(case.of("statement_topics", statement), key=lambda row: int(str(row["rank"])))
    ids, asked, new = [str(row["topic_id"]) for row in topics], str(correction["old"]), str(correction["new"])
    old = case.now("topic", statement, asked, set(ids)) if asked else ""
    if old is None or not (asked or new):
        return False
    case.note("topic", statement, asked, new)
    case.note("topic", statement, old, new)
    at = ids.index(old) if old else len(ids)
    span = topics[at] if old else statement
    made: Row = {"topic_id": new, "start": span["start"], "stop": span["stop"], "coder": correction["who"]}
    left = [t for t in topics if t["topic_id"] != old or old == new]
    kept = [{**t, "coder": made["coder"]} if t["topic_id"] == new else t for t in left]
    if new and new not in ids:
        kept.insert(at, made)
    _cut(kept, new, max(MOST_TOPICS, len(topics)))
    case.drop("statement_topics", topics)
    case.rows["statement_topics"] += [
        {**t, "statement_id": statement["statement_id"], "rank": rank} for rank, t in enumerate(kept, 1)
    ]
    return True


def _cut(topics: list[Row], new: str, most: int) -> None:
    """Leave out the last topics, the machine's first, but never the one just added."""
    while len(topics) > most:
        others = [row for row in topics if row["topic_id"] != new]
        machine = [row for row in others if row["coder"] == MACHINE]
        last = (machine or others)[-1]
        topics[:] = [row for row in topics if row is not last]


def _country(case: Case, statement: Row, correction: Row) -> bool:
    """old: the state whose mentions go; new: the state that is mentioned; key: an object with start and stop of it."""
    asked, new = str(correction["old"]), str(correction["new"])
    mentions = [row for row in case.of("mentions", statement) if row["kind"] == "country"]
    old = case.now("country", statement, asked, {str(row["entity_id"]) for row in mentions}) if asked else ""
    if old is None or not (asked or new):
        return False
    case.note("country", statement, asked, new)
    case.note("country", statement, old, new)
    gone = [row for row in mentions if old and row["entity_id"] == old]
    case.drop("mentions", gone)
    if not new:
        return True
    start, stop = _span_in(case, statement, correction)
    base: Row = {"article_id": case.article_id, "kind": "country", "statement_id": statement["statement_id"]}
    for row in gone or [base | {"start": start, "stop": stop}]:
        row = {**row, "entity_id": new, "coder": correction["who"]}
        row["text"] = case.text[slice(*span_of(row))]
        at = (row["kind"], row["start"], new)  # The key of a mention is of the article, not of the statement.
        case.drop("mentions", [m for m in case.rows["mentions"] if (m["kind"], m["start"], m["entity_id"]) == at])
        case.rows["mentions"].append(row)
    return True


def _span_in(case: Case, statement: Row, correction: Row) -> tuple[int, int]:
    """The words of a mention that a correction marks; the whole statement where it marks none that stand in it."""
    marked = values(correction["key"]) if correction["key"] else None
    start, stop = (marked or {}).get("start"), (marked or {}).get("stop")
    first, last = span_of(statement)
    if isinstance(start, int) and isinstance(stop, int):
        start, stop = start + case.moved, stop + case.moved
        if first <= start < stop <= last:
            return start, stop
    return first, last


def _stance(case: Case, statement: Row, correction: Row) -> bool:
    """key: [speaker_id, target]; new: for, against, mixed, or empty to remove the position."""
    asked, target = holder_of(correction) or ("", "")
    asked, new = case.speaker(asked), str(correction["new"])
    says = {str(row["speaker_id"]) for row in case.of("attributions", statement) if row["part"] == "speaker"}
    speaker = asked
    if asked not in says and ("speaker:speaker", statement["statement_id"], asked) in case.became:
        speaker = case.now("speaker:speaker", statement, asked, says) or ""
    mine = {"speaker_id": speaker, "target": target}
    old = [row for row in case.of("positions", statement) if row.items() >= mine.items()]
    code = f"{speaker} {target}"
    if not speaker or not (old or new or case.now("stance", statement, code, set()) == ""):
        return False
    case.drop("positions", old)
    if not new:
        case.note("stance", statement, code, "")
        return True
    span = {name: statement[name] for name in ("start", "stop", "statement_id")}
    base = old[0] if old else {**span, **mine, "relayed": speaker not in says}
    row = {**base, "stance": new, "rule": "", "confidence": 1.0, "coder": correction["who"]}
    case.rows["positions"].append(row)
    case.new_speakers.append((case.number, {"speaker_id": speaker, "kind": "person"}))
    return True


def _remove_statement(case: Case, statement: Row, correction: Row) -> bool:
    """It is no statement: with its codes it goes; what it mentions stays mentioned in the article."""
    case.gone.append(span_of(statement))
    for row in case.of("mentions", statement):
        row["statement_id"] = ""
    for table in ("statements", *_CHILDREN):
        case.drop(table, case.of(table, statement))
    for row in case.rows["statements"]:
        if row["repeats"] == statement["statement_id"]:
            row["repeats"] = ""
    return True


def _add_statement(case: Case, correction: Row, span: tuple[int, int]) -> bool:
    """new: an object with form (default indirect); a machine's statement of much the same span takes the new span."""
    start, stop = span
    new = (values(correction["new"]) if correction["new"] else None) or {}
    known = statement_at(case, start, stop)
    case.gone = [one for one in case.gone if share(one, span) < 1]
    old_id = known["statement_id"] if known else None
    found = short_hash(case.article_id, start, stop)
    row = {"form": "indirect", "cue": "", "cue_start": start, "cue_stop": start, "repeats": "", **(known or {})}
    if not start <= int(str(row["cue_start"])) <= int(str(row["cue_stop"])) <= stop:
        row |= {"cue": "", "cue_start": start, "cue_stop": start}
    row |= {"form": new.get("form", row["form"]), "statement_id": found, "article_id": case.article_id}
    row |= {"start": start, "stop": stop, "text": case.text[start:stop], "confidence": 1.0, "coder": correction["who"]}
    if known:
        case.drop("statements", [known])
        case.rename(old_id, found)
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
