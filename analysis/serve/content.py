"""An edition as pages read it: facts to count on, and texts by position where somebody reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.measure.columns import among
from analysis.measure.facts import Facts, ordered
from analysis.schema import Tables

Positions = np.ndarray | Sequence[int]


class Content:
    """The content of an edition. Positions are those of its facts."""

    def __init__(self, tables: Tables) -> None:
        """Hold tables in memory."""
        self._tables = ordered(tables)

    @cached_property
    def facts(self) -> Facts:
        """The facts of the whole edition."""
        return Facts.of(self._tables)

    def statements(self, positions: Positions) -> pd.DataFrame:
        """Statements in the order asked for (columns of `schema.STATEMENTS`, index: the positions)."""
        return self._tables.statements.iloc[np.asarray(positions, dtype="int64")]

    def articles(self, positions: Positions) -> pd.DataFrame:
        """Articles in the order asked for (columns of `schema.ARTICLES`, index: the positions)."""
        return self._tables.articles.iloc[np.asarray(positions, dtype="int64")]

    def tables(self, articles: Positions) -> Tables:
        """Everything of some articles, in the contract's shape, with the speakers whom their rows name."""
        every = self._tables
        frames = {"articles": self.articles(np.unique(articles))}
        for name in ("statements", "mentions"):
            frame: pd.DataFrame = getattr(every, name)
            frames[name] = frame[among(frame["article_id"], frames["articles"]["article_id"])]
        for name in ("attributions", "statement_topics", "positions"):
            frame = getattr(every, name)
            frames[name] = frame[among(frame["statement_id"], frames["statements"]["statement_id"])]
        return self._with_speakers(Tables(**frames))

    def taken(self, facts: Facts) -> Tables:
        """The tables of what is in view, as they are exported, with the speakers whom their rows name."""
        every = self._tables
        taken = Tables(
            articles=every.articles.iloc[facts.articles.index],
            statements=every.statements.iloc[facts.statements.index],
            attributions=every.attributions.iloc[facts.attributions.index],
            mentions=every.mentions.iloc[facts.mentions.index],
            statement_topics=every.statement_topics.iloc[facts.topics.index],
            positions=every.positions.iloc[facts.positions.index],
        )
        return self._with_speakers(taken)

    def article_position(self, article_id: str) -> int | None:
        """Where an article is; None where there is none of that id."""
        return _first(self._tables.articles["article_id"] == article_id)

    def statement_position(self, statement_id: str) -> int | None:
        """Where a statement is; None where there is none of that id."""
        return _first(self._tables.statements["statement_id"] == statement_id)

    def copies(self, article_id: str) -> np.ndarray:
        """The articles (positions) that are copies of an article."""
        return np.flatnonzero(self._tables.articles["duplicate_of"] == article_id)

    def _with_speakers(self, tables: Tables) -> Tables:
        rows = (tables.attributions["speaker_id"], tables.positions["speaker_id"], tables.mentions["entity_id"])
        named = pd.concat(rows).drop_duplicates()
        speakers, offices = self._tables.speakers, self._tables.offices
        return replace(
            tables,
            speakers=speakers[among(speakers["speaker_id"], named)],
            offices=offices[among(offices["speaker_id"], named)],
        )


def _first(found: pd.Series) -> int | None:
    places = np.flatnonzero(found)
    return int(places[0]) if len(places) else None
