"""A correction in words: what it changes, from what to what."""

from __future__ import annotations

import json
from typing import Any

from analysis.schema import FORMS, STANCES
from pages.ui import bidi
from pages.ui.view import View

LONG = 90


def say(view: View, row: dict[str, Any], undone: dict[str, Any] | None = None) -> str:
    """What a correction does, as HTML.

    Args:
        view: what is in view.
        row: field, key, old, new.
        undone: the correction that it takes back, if it does.
    """
    labels = view.labels
    if row.get("undoes"):
        return labels("said.undo", what=say(view, undone)) if undone else labels("said.undo_unknown")
    making = _FIELDS.get(str(row["field"]))
    return making(view, row) if making else bidi.escape(row["field"])


def field(view: View, name: str) -> str:
    """What a field is called."""
    return view.labels.get(f"field.{name}", name)


def _value(given: object) -> Any:
    """A dictionary or list of a row that is made or that lies in the store."""
    if not isinstance(given, str):
        return given
    try:
        return json.loads(given) if given.startswith(("{", "[")) else given
    except ValueError:
        return given


def _change(view: View, what: str, old: str, new: str) -> str:
    """«موضوع: «الف» به جای «ب»» of words that are HTML already; old or new may be empty."""
    way = "change" if old and new else "add" if new else "remove"
    return view.labels(f"said.{way}", what=what, old=old, new=new)


def _speaker_name(view: View, speaker_id: object, given: dict | None = None) -> str:
    words = str(speaker_id)
    known = view.names.speaker(words)
    if known == words and given:
        first, second = given.get("name_fa") or "", given.get("name_en") or ""
        known = (first or second if view.labels.rtl else second or first) or words
    return bidi.escape(known)


def _speaker(view: View, row: dict) -> str:
    new, old = _value(row.get("new", "")), _value(row.get("old", ""))
    new = new if isinstance(new, dict) else {"speaker_id": new}
    what = view.labels("field.relayed" if new.get("part") == "relayed" else "field.speaker")
    name = _speaker_name(view, new["speaker_id"], new) if new.get("speaker_id") else ""
    role = bidi.escape(view.names.role(str(new.get("role", "other")), str(new.get("country", "")))) if name else ""
    if isinstance(old, dict) and not row.get("key"):
        before = bidi.escape(view.names.role(str(old.get("role", "other")), str(old.get("country", ""))))
        return _change(view, view.labels("said.role_of", name=name), before, role)
    before = _speaker_name(view, row["key"]) if row.get("key") else ""
    return _change(view, what, before, f"{name} ({role})" if name and "role" in new else name)


def _code(kind: str):
    def words(view: View, row: dict) -> str:
        name = getattr(view.names, kind)
        old, new = (bidi.escape(name(str(row[key]))) if row.get(key) else "" for key in ("old", "new"))
        return _change(view, field(view, kind), old, new)

    return words


def _stance(view: View, row: dict) -> str:
    speaker, target = _value(row["key"])
    labels = view.labels
    known = {"": labels("said.no_stance"), **{one: labels(f"stance.{one}") for one in STANCES}}
    old, new = (known.get(str(row.get(key, "")), "") or bidi.escape(row[key]) for key in ("old", "new"))
    what = labels("said.stance_of", name=_speaker_name(view, speaker), target=bidi.escape(view.names.target(target)))
    return labels("said.change", what=what, old=old, new=new)


def _not_a_statement(view: View, row: dict) -> str:
    return view.labels("said.not_a_statement")


def _add_statement(view: View, row: dict) -> str:
    labels, new = view.labels, _value(row.get("new", ""))
    forms = {one: labels(f"form.{one}") for one in FORMS}
    form = forms.get(str(new.get("form", "")), "") if isinstance(new, dict) else ""
    if row.get("old"):
        return _change(view, labels("field.form"), forms.get(str(row["old"])) or bidi.escape(row["old"]), form)
    return labels("said.add_statement", form=form or labels("form.indirect"))


def _merge(view: View, row: dict) -> str:
    return view.labels("said.merge", old=_speaker_name(view, row["key"]), new=_speaker_name(view, row["new"]))


def _split(view: View, row: dict) -> str:
    new = _value(row["new"])
    words = view.labels.listed([bidi.escape(one) for one in new.get("mentions", [])])
    made = _speaker_name(view, new.get("speaker_id", ""), new)
    return view.labels("said.split", old=_speaker_name(view, row["key"]), words=words, new=made)


def _alias(view: View, row: dict) -> str:
    what = view.labels("said.alias_of", name=_speaker_name(view, row["key"]))
    return _change(view, what, *(bidi.escape(row[key]) if row.get(key) else "" for key in ("old", "new")))


def _term(view: View, row: dict) -> str:
    what = view.labels("said.term_of", name=bidi.escape(view.names.topic(str(row["key"]))))
    shown = []
    for key in ("old", "new"):
        given = _value(row.get(key, ""))
        shown.append(bidi.escape(given.get("term", "") if isinstance(given, dict) else given) if given else "")
    return _change(view, what, *shown)


def _person(view: View, row: dict) -> str:
    new = _value(row["new"])
    names = [new.get("name_fa", ""), *new.get("names", [])] if isinstance(new, dict) else [str(new)]
    return view.labels("said.person", names=view.labels.listed([bidi.escape(one) for one in names if one]))


_FIELDS = {
    "speaker": _speaker,
    "topic": _code("topic"),
    "country": _code("country"),
    "stance": _stance,
    "not_a_statement": _not_a_statement,
    "add_statement": _add_statement,
    "merge_person": _merge,
    "split_person": _split,
    "alias": _alias,
    "term": _term,
    "add_person": _person,
}
