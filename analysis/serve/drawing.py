"""A random sample of the sentences in view, to be coded blind (`store.coding`)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.measure.facts import Facts
from analysis.serve.content import Content
from analysis.store.coding import FOUND, NOT_FOUND, Item
from analysis.text.segment import Sentence, sentences

SHORTEST = 20
"""Characters below which a sentence without a statement is no question for anybody: a dateline, a signature."""
_ARTICLES_FOR_ONE = 4
"""Articles that are read for each sentence without a statement that is wanted."""


def draw(content: Content, facts: Facts, *, seed: int, size: int, others: float = 0.5) -> tuple[Item, ...]:
    """Draw sentences of what is in view; the same seed draws the same ones from the same edition and view.

    Statements are drawn evenly from all that are in view, and each stands for its whole sentence, so that its extent
    tells nothing. Sentences without a statement come in two steps, as nobody counts them: articles are drawn evenly,
    then sentences evenly from all of theirs.

    Args:
        content, facts: the edition, and what of it is in view.
        seed: of the draw.
        size: how many sentences; there may be fewer.
        others: the share of them in which the program found no statement.

    Returns:
        the items in a random order, numbered from 1.
    """
    rng = np.random.default_rng(seed)
    wanted = round(size * others)
    found = _with_statements(content, facts, size - wanted, rng)
    found += _without_statements(content, facts, wanted, rng)
    order = rng.permutation(len(found))
    rows = [found[int(place)] for place in order]
    return tuple(Item(number, *row) for number, row in enumerate(rows, 1))


_Row = tuple[str, int, int, str, str]


def _with_statements(content: Content, facts: Facts, wanted: int, rng: np.random.Generator) -> list[_Row]:
    every = facts.statements.index.to_numpy()
    # Two statements may share a sentence: a few more are drawn than wanted.
    drawn = rng.choice(every, min(len(every), wanted + 10 + wanted // 2), replace=False)
    rows = content.statements(drawn)
    articles = content.articles(np.unique(facts.whole.statements["article"].to_numpy()[drawn]))
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    cut = {article: sentences(text) for article, text in texts.items()}
    found: dict[tuple[str, int], _Row] = {}
    for row in rows.to_dict("records"):
        article = row["article_id"]
        start, stop = _sentence(cut[article], row["start"], row["stop"])
        found.setdefault((article, start), (article, start, stop, texts[article][start:stop], FOUND))
    return list(found.values())[:wanted]


def _sentence(cut: list[Sentence], start: int, stop: int) -> tuple[int, int]:
    """The sentence that holds a stretch; the stretch itself where none does."""
    return next(((one.start, one.stop) for one in cut if one.start <= start and stop <= one.stop), (start, stop))


def _without_statements(content: Content, facts: Facts, wanted: int, rng: np.random.Generator) -> list[_Row]:
    every = facts.articles.index.to_numpy()
    drawn = rng.choice(every, min(len(every), wanted * _ARTICLES_FOR_ONE), replace=False)
    if not len(drawn):
        return []
    tables = content.tables(drawn)
    pool: list[_Row] = []
    of_article = {key: rows for key, rows in tables.statements.groupby("article_id")}
    for article, text in tables.articles[["article_id", "text"]].itertuples(index=False):
        rows = of_article.get(article, tables.statements.head(0))
        for start, stop in free(sentences(text), rows):
            if stop - start >= SHORTEST:
                pool.append((article, start, stop, text[start:stop], NOT_FOUND))
    places = rng.choice(len(pool), min(len(pool), wanted), replace=False)
    return [pool[int(place)] for place in places]


def free(cut: list[Sentence], statements: pd.DataFrame) -> list[tuple[int, int]]:
    """The sentences of an article in which no statement (columns start, stop) lies."""
    starts, stops = statements["start"].to_numpy(), statements["stop"].to_numpy()
    return [(one.start, one.stop) for one in cut if not ((starts < one.stop) & (stops > one.start)).any()]
