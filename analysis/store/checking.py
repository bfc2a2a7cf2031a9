"""What may be recorded as a correction: every id known, every span where it should be, everything filled in."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from analysis.errors import StoreError
from analysis.extract.actors import person_id
from analysis.lexicon.words import Words
from analysis.schema import BASES, FORMS, PARTS, ROLES, SPEAKER_KINDS, STANCES
from analysis.store.apply import OF_CODING, OF_STATEMENTS, PEOPLE, TERMS
from analysis.store.known import Known, kind_of
from analysis.store.new_words import check_words
from analysis.store.store import Store
from analysis.store.vocabulary import WORDS, words_of
from analysis.text.segment import sentences, strip

FIELDS = (*OF_STATEMENTS, *PEOPLE, *TERMS, *OF_CODING)
"""What can be kept."""
_WITH_PLACE = (*OF_STATEMENTS, "sample_item", "coding")
Row = dict[str, Any]
_GIVEN = ("field", "key", "old", "new", "why", "article_id", "start", "stop", "exact")
_ALLOWED = {"role": ROLES, "part": PARTS, "basis": BASES, "kind": SPEAKER_KINDS}
_TARGETS = {"topic": "topic", "state": "country", "org": "org"}


def prepared(
    store: Store,
    given: Mapping[str, object],
    words: Words | None = None,
    earlier: Sequence[Mapping[str, object]] = (),
    texts: Mapping[str, str] | None = None,
) -> Row:
    """A correction as it is kept: `key` and `new` as text, what is known filled in.

    Args:
        store: the store, at its newest version.
        given: as `corrections.record` takes it.
        words: the words under those of the store; those of `data/` by default.
        earlier: what is recorded together with it, before it.
        texts: texts of articles by id, where they are at hand.

    Raises:
        StoreError: naming what is wrong with it, and what to do.
    """
    row: Row = {name: "" for name in _GIVEN} | {"start": 0, "stop": 0}
    row |= {str(name): value for name, value in given.items() if value is not None}
    if unknown := set(row) - set(_GIVEN):
        raise _error(f"{min(unknown)!r} is no part of a correction", f"Parts are {', '.join(_GIVEN)}")
    field = row["field"]
    if field not in FIELDS:
        raise _error(f"the field {field!r} is unknown", f"Fields are {', '.join(FIELDS)}")
    if field in _WITH_PLACE:
        row |= _placed(store, row, texts)
    elif row["article_id"]:
        raise _error(f"{field} concerns no article", "Leave article_id out")
    if field in OF_CODING:
        return {name: _text(value) for name, value in row.items()}
    known = Known(store, words_of(store, words), earlier)
    if field in WORDS:
        row |= check_words(known, row)
    else:
        row |= _CHECKS[field](known, row)
    return {name: _text(value) for name, value in row.items()}


def _text(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, Mapping | list | tuple) else value


def _error(problem: str, remedy: str) -> StoreError:
    return StoreError(f"corrections: {problem}. {remedy}.")


def _placed(store: Store, row: Row, texts: Mapping[str, str] | None) -> Row:
    """Where a correction of a statement stands: its words are there."""
    article = str(row["article_id"])
    if texts is None:
        found = store.frame("articles", ["article_id", "text"], "article_id = ?", [article])
        texts = dict(zip(found["article_id"], found["text"], strict=True))
    if article not in texts:
        raise _error(f"the store has no article {article!r}", "Reload and correct it again")
    text = texts[article]
    try:
        start, stop = int(row["start"]), int(row["stop"])
    except ValueError as error:
        raise _error(
            f"start and stop are {row['start']!r} and {row['stop']!r}", "Give positions in the text"
        ) from error
    exact = text[start:stop] if 0 <= start < stop else ""
    if not exact or (row["exact"] or exact) != exact:
        raise _error(f"{article}[{start}:{stop}] is {exact!r}, not {row['exact']!r}", "Reload and correct it again")
    stop = start + len(exact)
    if row["field"] == "add_statement":
        start, stop = strip(text, start, stop)
        _check_sentence(text, start, stop)
    return {"start": start, "stop": stop, "exact": text[start:stop]}


def _check_sentence(text: str, start: int, stop: int) -> None:
    """A statement never crosses a sentence or a line (`text.segment`)."""
    if not any(char.isalnum() for char in text[start:stop]):
        raise _error("what is marked holds no words", "Mark a sentence or a part of one")
    if not any(s.start <= start and stop <= s.stop for s in sentences(text)):
        first = next(s for s in sentences(text) if s.stop > start)
        raise _error(
            f"what is marked goes beyond one sentence (the first one is {text[first.start : first.stop][:60]!r})",
            "Mark one sentence or a part of it, and add the others as statements of their own",
        )


def _object(value: object, name: str) -> Row:
    """`new` or `key` as an object; an id alone is its `speaker_id`."""
    if isinstance(value, Mapping):
        plain = {str(key): one.item() if isinstance(one, np.generic) else one for key, one in value.items()}
        return {key: one for key, one in plain.items() if one is not None}
    words = str(value)
    if not words.startswith("{"):
        return {"speaker_id": words}
    try:
        found: Row = json.loads(words)
    except ValueError as error:
        raise _error(f"{name} is no JSON object: {words[:60]!r}", "Give an object or an id") from error
    return found


def _speaker(known: Known, row: Row) -> Row:
    new, key = _object(row["new"], "new"), str(row["key"])
    if key:
        known.check_speaker(key)
    if not any(value for name, value in new.items() if name != "part"):
        if not key:
            raise _error("no speaker is named", "Give the speaker to add in `new`, or the one to remove in `key`")
        return {"new": {"speaker_id": "", "part": "relayed"} if new.get("part") == "relayed" else ""}
    for name, allowed in _ALLOWED.items():
        if new.get(name) and new[name] not in allowed:
            raise _error(f"{name} cannot be {new[name]!r}", f"Use one of: {', '.join(allowed)}")
    if new.get("country"):
        known.check("country", str(new["country"]))
    new = _person(known, new)
    if "role" not in new:
        new |= known.role(str(new["speaker_id"]), str(row["article_id"]))
    if new.get("mention"):
        _check_words_at(known.store, row, new, str(new["mention"]))
    return {"new": new}


def _person(known: Known, new: Row) -> Row:
    """An object that names a speaker: somebody known, or somebody new with a name."""
    speaker_id, name = str(new.get("speaker_id") or ""), str(new.get("name_fa") or "").strip()
    if not speaker_id and not name:
        raise _error("the speaker has neither an id nor a name", "Give speaker_id, or name_fa of somebody new")
    speaker_id = speaker_id or person_id(name, "")
    facts = known.speaker(speaker_id) if name else known.check_speaker(speaker_id)
    return {"kind": kind_of(speaker_id), **(facts or {}), **new, "speaker_id": speaker_id}


def _check_words_at(store: Store, row: Row, span: Row, words: str) -> None:
    text = store.frame("articles", ["text"], "article_id = ?", [row["article_id"]])["text"].iloc[0]
    start, stop = span.get("start"), span.get("stop")
    if not (isinstance(start, int) and isinstance(stop, int) and 0 <= start <= stop and text[start:stop] == words):
        raise _error(f"{words!r} does not stand at {start}–{stop}", "Give start and stop of the mention in the text")


def _topic(known: Known, row: Row) -> Row:
    _check_change(row, "topic")
    if row["new"]:
        known.check("topic", str(row["new"]))
    return {}


def _country(known: Known, row: Row) -> Row:
    _check_change(row, "country")
    if row["new"]:
        known.check("country", str(row["new"]))
    if not row["key"]:
        return {}
    span = _object(row["key"], "key")
    start, stop = span.get("start"), span.get("stop")
    if not (isinstance(start, int) and isinstance(stop, int) and row["start"] <= start < stop <= row["stop"]):
        raise _error(f"the mention {start}–{stop} does not stand in the statement", "Mark words of the statement")
    return {"key": {"start": start, "stop": stop}}


def _check_change(row: Row, what: str) -> None:
    if not (row["old"] or row["new"]):
        raise _error(f"no {what} is named", f"Give the {what} to add in `new`, the one to remove in `old`")
    if row["old"] == row["new"]:
        raise _error(f"{row['old']} is to become {row['new']}", "Give another one")


def _stance(known: Known, row: Row) -> Row:
    try:
        speaker, target = json.loads(row["key"]) if isinstance(row["key"], str) else row["key"]
    except (ValueError, TypeError) as error:
        raise _error(f"key is {row['key']!r}", "Give [speaker_id, target]") from error
    if row["new"] not in ("", *STANCES):
        raise _error(f"a stance cannot be {row['new']!r}", f"Use one of: {', '.join(STANCES)}, or nothing for none")
    known.check_speaker(str(speaker))
    kind, _, value = str(target).partition(":")
    if kind not in _TARGETS:
        raise _error(f"{target!r} is no target", "Use topic:CODE, state:ISO or org:ID")
    known.check(_TARGETS[kind], value)
    return {"key": [speaker, target]}


def _nothing(known: Known, row: Row) -> Row:
    return {}


def _add(known: Known, row: Row) -> Row:
    new = _object(row["new"], "new") if row["new"] else {}
    if new.get("form", FORMS[0]) not in FORMS:
        raise _error(f"a form cannot be {new['form']!r}", f"Use one of: {', '.join(FORMS)}")
    return {"new": {"form": new["form"]} if "form" in new else ""}


def _merge(known: Known, row: Row) -> Row:
    known.check_speaker(str(row["key"]))
    known.check_speaker(str(row["new"]))
    if row["key"] == row["new"]:
        raise _error(f"{row['key']} cannot be merged with itself", "Give two speakers")
    return {}


def _split(known: Known, row: Row) -> Row:
    known.check_speaker(str(row["key"]))
    new = _object(row["new"], "new")
    names = new.get("mentions")
    if not isinstance(names, list) or not all(isinstance(name, str) and name for name in names) or not names:
        raise _error("nothing says what belongs to the new person", "Give `mentions`: the words that name them")
    new = _person(known, new)
    if new["speaker_id"] == row["key"]:
        raise _error(f"{row['key']} cannot be split from itself", "Give the new person another name or id")
    return {"new": new}


_CHECKS: dict[str, Callable[[Known, Row], Row]] = {
    "speaker": _speaker,
    "topic": _topic,
    "country": _country,
    "stance": _stance,
    "not_a_statement": _nothing,
    "add_statement": _add,
    "merge_person": _merge,
    "split_person": _split,
}
