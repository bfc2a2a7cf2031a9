"""An edition's content: facts to count on, and the texts of the few rows that somebody reads."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.measure.facts import Facts, ordered
from analysis.schema import ARTICLES, STATEMENTS, TABLES, Tables
from analysis.serve import columns
from analysis.serve.rows import Rows

Positions = Sequence[int] | np.ndarray
_NAMING = (("attributions", "speaker_id"), ("positions", "speaker_id"), ("mentions", "entity_id"))


class Content:
    """Everything of one edition. Several threads may use one; nobody may change what it gives.

    Attributes:
        facts: the whole edition as narrow columns.

    Args:
        facts: those.
        texts: the rows of each of the contract's tables, in the same order.
        orders: the positions of articles and of statements in the order of their ids.
    """

    def __init__(self, facts: Facts, texts: Mapping[str, Rows], orders: Mapping[str, np.ndarray]) -> None:
        self.facts = facts
        self._texts, self._orders = texts, orders

    @classmethod
    def of(cls, tables: Tables) -> Content:
        """The content of tables in memory."""
        tables = ordered(tables)
        texts = {table.name: Rows.of(frame) for table, frame in tables}
        ids = {"article": tables.articles["article_id"], "statement": tables.statements["statement_id"]}
        return cls(Facts.of(tables), texts, {name: np.argsort(of.to_numpy(object)) for name, of in ids.items()})

    @classmethod
    def open(cls, folder: Path) -> Content:
        """The content of an edition's files (`columns.write`), mapped and not read."""
        texts = {table.name: Rows.open(folder / f"{table.name}.arrow") for table in TABLES}
        orders = {name: columns.read_order(folder, name) for name in ("article", "statement")}
        return cls(columns.read_facts(folder), texts, orders)

    def articles(self, positions: Positions, *, characters: int | None = None) -> pd.DataFrame:
        """Articles (columns of the contract) in the order asked for.

        Args:
            positions: their positions.
            characters: how much of each text is wanted; all by default.
        """
        frame = ARTICLES.frame(self._texts["articles"].take(np.asarray(positions, "int64")))
        return frame if characters is None else frame.assign(text=frame["text"].str[:characters])

    def statements(self, positions: Positions) -> pd.DataFrame:
        """Statements (columns of the contract) in the order asked for."""
        rows = np.asarray(positions, "int64")
        frame = self._texts["statements"].take(rows)
        if "article_id" not in frame:
            owners, place = np.unique(self.facts.statements["article"].to_numpy()[rows], return_inverse=True)
            ids = self._texts["articles"].take(owners, ["article_id"])["article_id"]
            frame["article_id"] = ids.take(place).to_numpy()
        return STATEMENTS.frame(frame)

    def tables(self, article_positions: Positions) -> Tables:
        """All rows of some articles, with the speakers and offices that they name.

        Rows stand in the order of the articles asked for, and then of the text.
        """
        articles = np.asarray(article_positions, "int64")
        statements = _within(self.facts.statements["article"], articles)
        rows = {
            "attributions": _within(self.facts.attributions["statement"], statements),
            "mentions": _within(self.facts.mentions["article"], articles),
            "statement_topics": _within(self.facts.topics["statement"], statements),
            "positions": _within(self.facts.positions["statement"], statements),
        }
        frames = {"articles": self.articles(articles), "statements": self.statements(statements)}
        for name, chosen in rows.items():
            frames[name] = self._with_ids(name, chosen, articles, statements, frames)
        frames |= self._named(frames)
        return Tables(**{table.name: table.frame(frames[table.name]) for table in TABLES})

    def everything(self) -> Tables:
        """All tables, in memory: for exports alone."""
        texts = {name: len(self._texts[name]) for name in ("articles", "speakers", "offices")}
        tables = self.tables(np.arange(texts["articles"]))
        tables.speakers, tables.offices = self._texts["speakers"].all(), self._texts["offices"].all()
        return Tables(**{table.name: table.frame(frame) for table, frame in tables})

    def article_position(self, article_id: str) -> int | None:
        """Where an article stands; None where the edition has none of that id."""
        return self._position("article", article_id)

    def statement_position(self, statement_id: str) -> int | None:
        """Where a statement stands; None where the edition has none of that id."""
        return self._position("statement", statement_id)

    def copies(self, article: int) -> np.ndarray:
        """The positions of the other articles that have the text of this one, the original first."""
        original = self._texts["articles"].value("duplicate_of", article)
        first = self.article_position(original) if original else article
        if first is None:
            return np.empty(0, "int64")
        return np.array([place for place in (first, *self._copies.get(first, ())) if place != article], "int64")

    @cached_property
    def _copies(self) -> dict[int, list[int]]:
        """The copies of each article that has any."""
        copies = np.flatnonzero(self.facts.articles["copy"].to_numpy())
        originals = self._texts["articles"].take(copies, ["duplicate_of"])["duplicate_of"]
        found: dict[int, list[int]] = {}
        for copy, original in zip(copies, map(self.article_position, originals), strict=True):
            if original is not None:
                found.setdefault(original, []).append(int(copy))
        return found

    def _position(self, key: str, wanted: str) -> int | None:
        order, texts = self._orders[key], self._texts[f"{key}s"]

        def id_at(place: int) -> str:
            return texts.value(f"{key}_id", int(order[place]))

        place = bisect_left(range(len(order)), wanted, key=id_at)
        return int(order[place]) if place < len(order) and id_at(place) == wanted else None

    def _with_ids(
        self,
        name: str,
        rows: np.ndarray,
        articles: np.ndarray,
        statements: np.ndarray,
        frames: Mapping[str, pd.DataFrame],
    ) -> pd.DataFrame:
        """Rows of codes, with the ids that only their positions say."""
        frame = self._texts[name].take(rows)
        facts: pd.DataFrame = getattr(self.facts, {"statement_topics": "topics"}.get(name, name))
        for key, known in (("article", articles), ("statement", statements)):
            if key in facts and f"{key}_id" not in frame:
                ids = np.append(frames[f"{key}s"][f"{key}_id"].to_numpy(object), "")  # The last is that of -1.
                frame[f"{key}_id"] = ids[pd.Index(known).get_indexer(pd.Index(facts[key].to_numpy()[rows]))]
        return frame

    def _named(self, frames: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        """The speakers and offices that rows name."""
        names = {name for table, column in _NAMING for name in frames[table][column].unique()}
        found = self.facts.speakers.index.get_indexer(pd.Index(sorted(names)))
        offices = self._offices
        return {
            "speakers": self._texts["speakers"].take(np.sort(found[found >= 0])),
            "offices": offices[offices["speaker_id"].isin(names)],
        }

    @cached_property
    def _offices(self) -> pd.DataFrame:
        return self._texts["offices"].all()


def _within(column: pd.Series, keys: np.ndarray) -> np.ndarray:
    """The rows whose number in a sorted column is one of the keys, in the order of the keys."""
    numbers = column.to_numpy()
    first, last = np.searchsorted(numbers, keys, "left"), np.searchsorted(numbers, keys, "right")
    counts = last - first
    begins = np.cumsum(counts) - counts
    return np.repeat(first - begins, counts) + np.arange(counts.sum())
