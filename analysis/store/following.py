"""What follows from a change of a store's words: the articles that it concerns are extracted again."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from analysis.lexicon.words import Words
from analysis.store.holding import holding
from analysis.store.refresh import follow
from analysis.store.schema import CORRECTIONS
from analysis.store.store import Store
from analysis.store.vocabulary import WORDS, forms_of, overlay_of


def follow_words(store: Store, made: Collection[str], who: str, words: Words | None = None) -> Store:
    """Bring a store up to date after corrections that changed its words; nothing where they changed none.

    Extracted again are the articles that hold one of the words, and those that name a person whose names changed.

    Args:
        store: the store at the version that the corrections made.
        made: ids of these corrections; undos among them.
        who: kept with the versions.
        words: the words under those of the store; those of `data/` by default.
    """
    log = CORRECTIONS.frame(store.frame("corrections"))
    base, mine = words or Words(), log["correction_id"].isin(list(made))
    before, after = base.under(overlay_of(log[~mine])), base.under(overlay_of(log))
    if before == after:
        return store
    rows = log[log["field"].isin(WORDS) & log["correction_id"].isin(_meant(log, set(made)))]
    forms = [form for row in rows.to_dict("records") for form in forms_of(str(row["field"]), row)]
    ids = dict.fromkeys(holding(store, forms))
    people = rows.loc[rows["field"] != "term", "key"].tolist()
    if people:
        coded = store.coded()
        current = set(coded.loc[coded["lexicon"] == before.fingerprint(), "article_id"])
        ids |= dict.fromkeys(article for article in _naming(store, people) if article in current)
    return follow(store, before, after, list(ids), who, "words of the store changed")


def _meant(log: pd.DataFrame, made: set[str]) -> set[str]:
    """Corrections, and what they take back or bring back, however often it was undone."""
    undoes = dict(zip(log["correction_id"], log["undoes"], strict=True))
    found: set[str] = set()
    for one in made:
        while one and one not in found:
            found.add(one)
            one = undoes.get(one, "")
    return found


def _naming(store: Store, people: list[str]) -> list[str]:
    """Articles whose codes name one of some people."""
    tables = (("attributions", "speaker_id"), ("positions", "speaker_id"), ("mentions", "entity_id"))
    sql = " UNION ".join(f"SELECT article_id FROM {t} WHERE {c} IN (SELECT unnest(?))" for t, c in tables)
    return [str(article) for article in store.query(f"{sql} ORDER BY article_id", [people] * 3)["article_id"]]
