"""The words of a store: names, terms and people that its readers added or took out, laid over those of `data/`.

They are corrections like any others (fields `alias`, `term`, `add_person`), so who, when, why and undoing are kept.
Whatever extracts over a store reads with them (`words_of`); they are part of the fingerprint by which `outdated` tells
what was made with other words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.lexicon.overlay import Overlay, Person
from analysis.lexicon.words import Words
from analysis.store.apply import in_force
from analysis.store.schema import CORRECTIONS
from analysis.text.fold import fold_key

if TYPE_CHECKING:
    from analysis.store.store import Store

WORDS = ("alias", "term", "add_person")
"""Fields whose words a store extracts with."""
WEIGHT = 2
"""The weight of a term that is added without one: strong, but it does not decide alone."""


def words_of(store: Store, base: Words | None = None) -> Words:
    """The words that a store is extracted with: those of `base` (`data/` by default), its own laid over them."""
    condition, values = "field IN (SELECT unnest(?)) OR undoes <> ''", [list(WORDS)]
    log = CORRECTIONS.frame(store.frame("corrections", where=condition, parameters=values))
    return (base or Words()).under(overlay_of(log))


def overlay_of(log: pd.DataFrame) -> Overlay:
    """What corrections in force (columns: `store.schema.CORRECTIONS`) lay over a lexicon; the last of two wins."""
    rows = log[in_force(log) & log["field"].isin(WORDS)] if len(log) else log
    people: dict[str, Person] = {}
    aliases: dict[tuple[str, str], tuple[str, bool]] = {}
    terms: dict[tuple[str, str], tuple[str, int]] = {}
    for field, key, old, new in rows[["field", "key", "old", "new"]].itertuples(index=False, name=None):
        if field == "add_person":
            given = person_of(new)
            people.setdefault(key, Person(key, *(str(given.get(n, "")) for n in ("name_fa", "name_en", "country"))))
            aliases.update({(key, fold_key(name)): (name, True) for name in names_of(given)})
        elif field == "alias":
            aliases.update(
                {(key, fold_key(name)): (name, there) for name, there in ((old, False), (new, True)) if name}
            )
        else:
            terms.update({(key, fold_key(term)): (term, 0) for term in [old] if term})
            terms.update({(key, fold_key(term)): (term, weight) for term, weight in [term_of(new)] if term})
    return Overlay(
        people=tuple(sorted(people.values())),
        aliases=tuple(sorted((who, name) for (who, _), (name, there) in aliases.items() if there)),
        dropped_aliases=tuple(sorted((who, name) for (who, _), (name, there) in aliases.items() if not there)),
        terms=tuple(sorted((topic, term, weight) for (topic, _), (term, weight) in terms.items() if weight)),
        dropped_terms=tuple(sorted((topic, term) for (topic, _), (term, weight) in terms.items() if not weight)),
    )


def term_of(new: str) -> tuple[str, int]:
    """A term and its weight, of a correction's `new`: the term alone, or an object with term and weight."""
    given = json.loads(new) if new.startswith("{") else {"term": new}
    weight = given.get("weight", WEIGHT)
    return str(given.get("term", "")), weight if weight in (1, 2, 3) else WEIGHT


def person_of(new: str) -> dict[str, object]:
    """Who is added, of a correction's `new`: an object with name_fa, or the name alone."""
    found: dict[str, object] = json.loads(new) if new.startswith("{") else {"name_fa": new}
    return found


def names_of(person: dict[str, object]) -> list[str]:
    """The further names of an added person."""
    given = person.get("names") or []
    return [str(name) for name in (given if isinstance(given, list) else str(given).split("|")) if name]


def forms_of(field: str, row: Mapping[Any, Any]) -> list[str]:
    """The words that a correction of the store's words adds or takes out."""
    old, new = str(row.get("old") or ""), str(row.get("new") or "")
    if field == "add_person":
        person = person_of(new)
        forms = [str(person.get("name_fa", "")), *names_of(person)]
    else:
        forms = [old, term_of(new)[0] if field == "term" else new]
    return [form for form in forms if form]
