"""What corrections make of a store, worked out on the few rows that they concern."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.schema import Tables
from analysis.store import Store
from analysis.store.apply import apply
from analysis.store.concerned import concerned, own_rows, rows_of
from analysis.store.schema import CORRECTIONS

__all__ = ["Corrected", "corrected", "own_rows"]


@dataclass(frozen=True, slots=True)
class Corrected:
    """Rows that stand in the place of those that the machine coded.

    Attributes:
        articles, speakers: ids; the store's own rows of these articles and speakers do not count.
        tables: the rows that count instead, and all speakers and offices.
    """

    articles: list[str]
    speakers: list[str]
    tables: Tables

    @property
    def is_empty(self) -> bool:
        """Whether the store's rows of articles and codes are right as they are."""
        return not (self.articles or self.speakers)


def corrected(store: Store) -> Corrected:
    """Apply a store's corrections; memory holds the rows that they concern and no others.

    `Store.tables` gives the same rows: a correction of a statement looks at no other article, one of a person at no
    rows but those that name them.
    """
    log = CORRECTIONS.frame(store.frame("corrections"))
    articles, speakers = concerned(log)
    return Corrected(articles, speakers, apply(rows_of(store, articles, speakers), log))
