"""The search index of an edition, and of tables in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.errors import StoreError
from analysis.measure.facts import Facts
from analysis.measure.filters import Find
from analysis.schema import Tables
from analysis.search import index
from analysis.search.index import Index
from analysis.search.stems import fingerprint
from analysis.serve.columns import Progress
from analysis.serve.content import Content

_BATCH = 4_000
_HEAVY = 8
"""How many statements an article counts as in the progress."""


def open_index(content: Content, folder: Path | None, progress: Progress = lambda done: None) -> Index:
    """The search index of an edition, made where it is missing; some thousand texts are held at a time.

    Args:
        content: the edition.
        folder: where its columns lie, and its index; in memory where None.
        progress: told how much is done, from 0 to 1.

    Raises:
        StoreError: where the index cannot be written.
    """
    if folder is None:
        return _build(content, index.MEMORY, progress)
    place = folder / f"search-{index.FORMAT}-{fingerprint()}.sqlite"
    if not place.exists():
        try:
            return _build(content, place, progress)
        except (OSError, sqlite3.Error) as error:
            raise StoreError(
                f"{place}: the search index cannot be written ({error}). "
                "Make room there, or name another folder in MAVAZE_CACHE."
            ) from error
    return Index.open(place)


def _build(content: Content, place: Path | str, progress: Progress) -> Index:
    facts = content.facts
    total, done = (len(facts.statements) + _HEAVY * len(facts.articles)) or 1, 0

    def told(rows: Iterable[np.ndarray], weight: int) -> Iterator[np.ndarray]:
        nonlocal done
        for some in rows:
            yield some
            done += weight * len(some)
            progress(done / total)

    statements = (text for rows in told(_batches(len(facts.statements)), 1) for text in _texts(content, rows))
    articles = (pair for rows in told(_batches(len(facts.articles)), _HEAVY) for pair in _articles(content, rows))
    return index.build(place, statements, articles, facts, content.speakers())


def finder(tables: Tables) -> Find:
    """What `Filters.apply` needs to find words in tables; the index is made when something is looked for."""

    def find(words: str) -> np.ndarray:
        articles = zip(tables.articles["title"], tables.articles["text"], strict=True)
        made = index.build(index.MEMORY, tables.statements["text"], articles, Facts.of(tables), tables.speakers)
        return made.find(words)

    return find


def _texts(content: Content, rows: np.ndarray) -> pd.Series:
    return content.statements(rows)["text"]


def _articles(content: Content, rows: np.ndarray) -> Iterator[tuple[str, str]]:
    found = content.articles(rows)
    return zip(found["title"], found["text"], strict=True)


def _batches(n: int) -> Iterator[np.ndarray]:
    return (np.arange(first, min(first + _BATCH, n)) for first in range(0, n, _BATCH))
