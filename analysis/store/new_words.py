"""Checks of names, terms and people that are added to the words of a store, as the files of `data/` are checked."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from analysis.errors import StoreError
from analysis.extract.actors import person_id
from analysis.lexicon import Lexicon
from analysis.lexicon.codebook import is_reference
from analysis.lexicon.labels import ids_of
from analysis.store.holding import holding
from analysis.store.known import Known, kind_of, nearest
from analysis.store.vocabulary import WEIGHT, names_of, person_of
from analysis.text.fold import fold_key

Row = dict[str, Any]
SHORTEST = 3
"""Letters of the shortest word that may be added."""
COMMON = 0.5
"""The share of articles from which on a word says nothing of any of them; counted in stores of `FEW` or more."""
FEW = 20
_OTHERS = ("country", "own_country", "region", "organisation", "title", "cue")
"""Kinds of words that a name must not be."""


def check_words(known: Known, row: Row) -> Row:
    """A correction of the store's words, checked and filled in.

    Raises:
        StoreError: naming what is wrong with it, and what to do.
    """
    return _term(known, row) if row["field"] == "term" else _name(known, row)


def _error(problem: str, remedy: str) -> StoreError:
    return StoreError(f"corrections: {problem}. {remedy}.")


def _term(known: Known, row: Row) -> Row:
    topic, old = str(row["key"]), str(row["old"]).strip()
    if topic not in ids_of("topic"):
        near = nearest(topic, {key: " ".join(names) for key, names in ids_of("topic").items()})
        raise StoreError(f"corrections: {topic!r} is no topic of the code book.{near}")
    given = row["new"] if isinstance(row["new"], dict) else json.loads(row["new"]) if _is_object(row["new"]) else None
    weight = WEIGHT if given is None else given.get("weight", WEIGHT)
    if weight not in (1, 2, 3):
        raise _error(f"a weight cannot be {weight!r}", "Use 1 (a hint), 2 (strong) or 3 (decides by itself)")
    new = str(row["new"] if given is None else given.get("term", "")).strip()
    if not (old or new):
        raise _error("no term is named", "Give the term to add in `new`, the one to take out in `old`")
    lexicon = known.words.load()
    terms = {key: term for (other, key), term in lexicon.codebook.terms.items() if other == topic}
    if old and fold_key(old) not in terms:
        near = nearest(old, {term.term: "" for term in terms.values()})
        raise StoreError(f"corrections: {old!r} is no term of {topic}.{near}")
    if new:
        if is_reference(new) or ":" in new:
            raise _error(f"{new!r} stands for mentions, not for words", "Add it to data/codebook/terms.csv")
        _check_form(lexicon, new)
        if fold_key(new) in terms and fold_key(old) != fold_key(new) and terms[fold_key(new)].weight == weight:
            raise _error(f"{new!r} is a term of {topic} already", "Nothing is to be done")
        _check_common(known, [new], "")
    return {"key": topic, "old": old, "new": {"term": new, "weight": weight} if new else ""}


def _is_object(value: object) -> bool:
    return isinstance(value, str) and value.startswith("{")


def _name(known: Known, row: Row) -> Row:
    if row["field"] == "alias":
        key, old, new = (str(row[name]).strip() for name in ("key", "old", "new"))
        facts = known.check_speaker(key)
        if facts["kind"] != "person":
            raise _error(
                f"{key} is no person but of kind {facts['kind']}",
                "Names of bodies and offices stand in data/lexicon (organisations.csv, titles.csv)",
            )
        if not (old or new):
            raise _error("no name is given", "Give the name to add in `new`, the one to take out in `old`")
        if new and key not in known.people.people:  # The words of the lexicon know no such person yet.
            return _added(known, key, {**facts, "names": [new]}) | {"field": "add_person", "old": ""}
        if old:
            _check_old(known, key, old)
        if new:
            _check_names(known, key, [new])
            listed = known.people.people[key]
            if fold_key(new) in {fold_key(name) for name in (listed["name_fa"], *listed.many("names"))}:
                raise _error(f"{new!r} is a name of {listed['name_fa']} already", "Nothing is to be done")
        return {"key": key, "old": old, "new": new}
    given = row["new"] if isinstance(row["new"], dict) else person_of(str(row["new"]))
    return _added(known, str(row["key"]), given)


def _added(known: Known, key: str, given: dict[str, Any]) -> Row:
    """Somebody whom the lexicon lacks."""
    name = str(given.get("name_fa", "")).strip()
    if len(name.split()) < 2:
        raise _error(f"{name!r} is no full name", "Give name_fa with given name and surname")
    key = key or person_id(name, "")
    if kind_of(key) != "person":
        raise _error(f"{key} is no person's id", "Leave the key empty, or give the id of a person")
    if given.get("country"):
        known.check("country", str(given["country"]))
    names = [form.strip() for form in names_of(given) if fold_key(form) != fold_key(name)]
    _check_names(known, key, [name, *names])
    made = {"name_fa": name, "name_en": str(given.get("name_en", "")), "country": str(given.get("country", ""))}
    return {"key": key, "old": "", "new": made | {"names": names}}


def _check_old(known: Known, key: str, old: str) -> None:
    row = known.people.people.get(key)
    heard = known.store.frame("speakers", ["aliases"], "speaker_id = ?", [key])["aliases"]
    names = [*(row.many("names") if row else ()), *(name for cell in heard for name in cell.split("|") if name)]
    if row and fold_key(old) == fold_key(row["name_fa"]):
        raise _error(f"{old!r} is the name of {key}", "It stays; only further names can be taken out")
    if fold_key(old) not in {fold_key(name) for name in names}:
        near = nearest(old, dict.fromkeys(names, ""))
        raise StoreError(f"corrections: {old!r} is no name of {key}.{near}")


def _check_names(known: Known, key: str, forms: list[str]) -> None:
    lexicon = known.words.load()
    for form in forms:
        _check_form(lexicon, form)
        letters = fold_key(form)
        for other, row in lexicon.people.people.items():
            if other != key and letters in {fold_key(name) for name in (row["name_fa"], *row.many("names"))}:
                raise _error(
                    f"{form!r} is a name of {row['name_fa']} ({other})",
                    "Give a fuller name, or merge the two people if they are one",
                )
        _check_other_kinds(lexicon, form)
    _check_common(known, forms, key)


def _check_form(lexicon: Lexicon, form: str) -> None:
    letters = fold_key(form)
    if "|" in form or len(form.split("\n")) > 1:
        raise _error(f"{form!r} holds a line break or |", "Add each word by itself")
    if len(letters) < SHORTEST or not any(char.isalnum() for char in letters):
        raise _error(f"{form!r} is too short", f"Give a word of {SHORTEST} letters or more")
    if letters in lexicon.function_words:
        raise _error(f"{form!r} is a function word, which stands in any text", "Give a word that means one thing")


def _check_other_kinds(lexicon: Lexicon, form: str) -> None:
    whole = [m for m in lexicon.matcher.find_whole(form) if m.kind in _OTHERS]
    if whole:
        raise _error(f"{form!r} is a word of another kind ({whole[0].kind} {whole[0].id})", "Give a fuller name")


def _check_common(known: Known, forms: Iterable[str], speaker: str) -> None:
    """A word that stands in half of everything tells nothing; articles that name the person anyway do not count."""
    naming = "SELECT DISTINCT article_id FROM attributions WHERE speaker_id = ?"
    named = set(known.store.query(naming, [speaker])["article_id"]) if speaker else set()
    total = int(known.store.query("SELECT count(*) AS n FROM articles")["n"].iloc[0]) - len(named)
    for form in forms:
        held = len(set(holding(known.store, [form])) - named)
        if total >= FEW and held >= COMMON * total:
            raise _error(
                f"{form!r} stands in {held:,} of {total:,} articles, so it would tell nothing",
                "Give a longer phrase",
            )
