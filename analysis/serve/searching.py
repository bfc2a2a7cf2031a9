"""The search index of an edition, and of tables in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from analysis.measure.facts import Facts
from analysis.measure.filters import Find
from analysis.schema import Tables
from analysis.search import index
from analysis.search.index import Index
from analysis.serve.content import Content

_BATCH = 4_000


def index_of(content: Content, place: Path | str = index.MEMORY) -> Index:
    """Make the index of an edition, holding the texts of some thousand rows at a time.

    Args:
        content: the edition.
        place: the file to write; in memory by default.

    Raises:
        OSError: where the file cannot be written.
    """
    facts = content.facts
    return index.build(place, _statements(content), _articles(content), facts, content.speakers())


def finder(tables: Tables) -> Find:
    """What `Filters.apply` needs to find words in tables; the index is made when something is looked for."""

    def find(words: str) -> np.ndarray:
        articles = zip(tables.articles["title"], tables.articles["text"], strict=True)
        made = index.build(index.MEMORY, tables.statements["text"], articles, Facts.of(tables), tables.speakers)
        return made.find(words)

    return find


def _statements(content: Content) -> Iterator[str]:
    for rows in _batches(len(content.facts.statements)):
        yield from content.statements(rows)["text"]


def _articles(content: Content) -> Iterator[tuple[str, str]]:
    for rows in _batches(len(content.facts.articles)):
        found = content.articles(rows)
        yield from zip(found["title"], found["text"], strict=True)


def _batches(n: int) -> Iterator[np.ndarray]:
    return (np.arange(first, min(first + _BATCH, n)) for first in range(0, n, _BATCH))
