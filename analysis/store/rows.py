"""Rows of tables by the article that they belong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pandas as pd

from analysis.schema import Tables

NAMING = (("attributions", "speaker_id"), ("positions", "speaker_id"), ("mentions", "entity_id"))
"""Where a speaker is named: tables with their column."""


def only(tables: Tables, article_ids: Iterable[str]) -> Tables:
    """The rows of some articles, and the speakers and offices that these name."""
    ids = set(article_ids)
    if ids.issuperset(tables.articles["article_id"]):
        return tables
    frames = {name: frame[frame["article_id"].isin(ids)] for name, frame in _having(tables, "article_id")}
    said = frames["statements"]["statement_id"]
    for name, frame in _having(tables, "statement_id"):
        if name not in frames:
            frames[name] = frame[frame["statement_id"].isin(said)]
    named = {speaker for name, column in NAMING for speaker in frames[name][column]}
    for name, frame in _having(tables, "speaker_id"):
        if name not in frames:
            frames[name] = frame[frame["speaker_id"].isin(named)]
    return Tables(**{name: frame.reset_index(drop=True) for name, frame in frames.items()})


def _having(tables: Tables, column: str) -> list[tuple[str, pd.DataFrame]]:
    return [(table.name, frame) for table, frame in tables if column in frame]


def articles_of(tables: Tables, frame: pd.DataFrame) -> pd.Series:
    """The article of each row of a table of codes."""
    if "article_id" in frame:
        return frame["article_id"]
    return frame["statement_id"].map(tables.statements.set_index("statement_id")["article_id"])


def rows_by_article(tables: Tables, names: Iterable[str]) -> dict[str, set[tuple[object, ...]]]:
    """All rows of some tables of codes, each with its table's name, by article."""
    found: dict[str, set[tuple[object, ...]]] = defaultdict(set)
    for name in names:
        frame: pd.DataFrame = getattr(tables, name)
        for article, row in zip(articles_of(tables, frame), frame.itertuples(index=False, name=None), strict=True):
            found[str(article)].add((name, *row))
    return found
