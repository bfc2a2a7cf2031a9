"""What a correction would change, before it is kept; and keeping it with all that follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.lexicon.words import Words
from analysis.schema import ARTICLES, Tables
from analysis.store.apply import OF_STATEMENTS, apply
from analysis.store.changes import CHANGES, changes_of, counted
from analysis.store.checking import prepared
from analysis.store.concerned import concerned, rows_of
from analysis.store.corrections import record
from analysis.store.extracting import Extractor
from analysis.store.following import follow_words
from analysis.store.holding import holding
from analysis.store.schema import CORRECTIONS
from analysis.store.store import Store
from analysis.store.vocabulary import WORDS, forms_of, overlay_of, words_of

MOST = 200
"""Articles that a preview of words extracts, at most."""


@dataclass(frozen=True)
class Preview:
    """What would change.

    Attributes:
        articles: articles that would change, of those that were looked at.
        changes: a row a changed code of a statement: article_id, statement_id, start, stop, text (verbatim), field
            (speaker, topic, country, stance, statement, alias), before, after (ids joined by `|`, "" for none; of a
            stance `target=stance`). A speaker's changed names (`alias`) stand in a row without a statement.
        counted: rows that would differ: statements, attributions, topics, mentions, positions.
        holding: articles that hold the words, of an alias or term; else those that the correction concerns.
        looked_at: how many of these were looked at; fewer where there are very many.
    """

    articles: int
    changes: pd.DataFrame
    counted: dict[str, int]
    holding: int
    looked_at: int

    @property
    def cut(self) -> bool:
        """Whether there are more articles than were looked at."""
        return self.looked_at < self.holding


def preview(store: Store, row: Mapping[str, object], *, most: int = MOST, words: Words | None = None) -> Preview:
    """What a correction would change. Nothing is kept.

    Args:
        store: the store, at the version that is shown.
        row: the correction, as for `corrections.record`.
        most: articles that are extracted for an alias, term or person, at most.
        words: the words under those of the store; those of `data/` by default.

    Raises:
        StoreError: as `corrections.record`.
    """
    new = CORRECTIONS.frame(
        [{"start": 0, "stop": 0, "correction_id": "preview", "who": "preview", **prepared(store, row, words)}]
    )
    log = CORRECTIONS.frame(store.frame("corrections"))
    both = CORRECTIONS.frame(pd.concat([log, new], ignore_index=True))
    field = new["field"].iloc[0]
    if field in WORDS:
        return _of_words(store, log, both, most, words)
    if field in OF_STATEMENTS:
        articles = [str(new["article_id"].iloc[0])]
        mine = both["article_id"].isin(["", *articles])
        log, both = log[mine[: len(log)]], both[mine]
        tables = rows_of(store, articles, [])
    else:
        tables = rows_of(store, *concerned(both), statements=True)
    return _between(apply(tables, log), apply(tables, both))


def keep(store: Store, row: Mapping[str, object], who: str, *, words: Words | None = None) -> Store:
    """Keep a correction; of an alias, term or person the articles that it concerns are extracted again.

    Args:
        store: the store, at its newest version.
        row: the correction, as for `corrections.record`.
        who: the person's name.
        words: the words under those of the store; those of `data/` by default.

    Raises:
        StoreError: as `corrections.record`.
    """
    kept = record(store, [row], who, words=words)
    made = kept.frame("corrections").iloc[-1:]
    return follow_words(kept, set(made["correction_id"]), who, words)


def _of_words(store: Store, log: pd.DataFrame, both: pd.DataFrame, most: int, words: Words | None) -> Preview:
    """The articles that hold the words, extracted without and with them."""
    row = both.iloc[-1]
    held = holding(store, forms_of(row["field"], row.to_dict()))
    chosen = held[:most]
    articles = store.frame("articles", ARTICLES.names, "article_id IN (SELECT unnest(?))", [chosen])
    rows = [{str(name): value for name, value in row.items()} for row in articles.to_dict("records")]
    before, after = words_of(store, words), words_of(store, words).under(overlay_of(both))
    sides = []
    for side, corrections in ((before, log), (after, both)):
        found = Extractor(side).extract(rows).tables
        here = corrections["article_id"].isin(["", *chosen])
        sides.append(apply(found, corrections[here]))
    return _between(*sides, held=len(held), looked_at=len(chosen))


def _between(before: Tables, after: Tables, *, held: int | None = None, looked_at: int = 0) -> Preview:
    changes = changes_of(before, after)
    articles = set(changes["article_id"]) - {""}
    held, looked_at = (len(articles), len(articles)) if held is None else (held, looked_at)
    return Preview(len(articles), CHANGES.frame(changes), counted(before, after), held, looked_at)
