"""What corrections make of a store, worked out on the few rows that they concern."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pandas as pd

from analysis.schema import TABLES, Tables
from analysis.store import Store
from analysis.store.apply import PEOPLE, apply, changing
from analysis.store.schema import CORRECTIONS, NAMED

_SPEAKER = {"attributions": "speaker_id", "positions": "speaker_id", "mentions": "entity_id"}


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
    corrections = changing(CORRECTIONS.frame(store.frame("corrections")))
    articles = sorted(set(corrections["article_id"]) - {""})
    speakers = sorted(_people(corrections[corrections["field"].isin(PEOPLE)]))
    frames = {table.name: store.frame(table.name, table.names, *_only(table.name, articles, speakers))
              for table in TABLES}  # fmt: skip
    return Corrected(articles, speakers, apply(Tables(**frames), corrections))


def _people(corrections: pd.DataFrame) -> set[str]:
    """The speakers whose rows these corrections may change."""
    found = set(corrections["key"])
    merged = corrections.loc[corrections["field"] == "merge_person", "new"]
    split = corrections.loc[corrections["field"] == "split_person", "new"]
    return found | set(merged) | {str(json.loads(new)["speaker_id"]) for new in split}


def _only(name: str, articles: list[str], speakers: list[str]) -> tuple[str, list[object]]:
    """The condition in SQL for the rows that corrections concern, and its values."""
    if name in NAMED:
        return "", []
    if name in _SPEAKER:
        return f"{own_rows(name)}", [articles, speakers]
    return own_rows(name), [articles]


def own_rows(name: str, articles: str = "unnest(?)", speakers: str = "unnest(?)") -> str:
    """The condition in SQL for a table's rows of some articles and of some speakers.

    Args:
        name: a table of articles or codes.
        articles, speakers: what to select ids from.
    """
    mine = f"article_id IN (SELECT {articles})"
    return f"({mine} OR {_SPEAKER[name]} IN (SELECT {speakers}))" if name in _SPEAKER else mine
