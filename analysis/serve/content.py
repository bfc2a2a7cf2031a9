"""An edition as pages read it: facts to count on, and texts by position where somebody reads them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.measure.facts import Facts, ordered
from analysis.schema import ARTICLES, OFFICES, SPEAKERS, STATEMENTS, TABLES, Tables
from analysis.serve import columns
from analysis.serve.columns import FRAMES
from analysis.serve.rows import Rows

Positions = np.ndarray | Sequence[int]
_NAMING = (("attributions", "speaker_id"), ("positions", "speaker_id"), ("mentions", "entity_id"))


class Content:
    """The content of an edition. Positions are those of its facts, and the index of every frame that it gives.

    Several threads may use one; nobody may change what it gives.

    Attributes:
        facts: the facts of the whole edition.
        folder: where its files lie, and what else is made of it may lie; None for tables in memory.

    Args:
        facts, folder: those.
        texts: the rows of each of the contract's tables by position.
        orders: the positions of articles and of statements in the order of their ids.
    """

    def __init__(
        self, facts: Facts, texts: Mapping[str, Rows], orders: Mapping[str, np.ndarray], folder: Path | None = None
    ) -> None:
        self.facts, self.folder = facts, folder
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
        texts = {table.name: columns.read_texts(folder, table.name) for table in TABLES}
        orders = {name: columns.read_order(folder, name) for name in ("article", "statement")}
        return cls(columns.read_facts(folder), texts, orders, folder)

    def statements(self, positions: Positions) -> pd.DataFrame:
        """Statements in the order asked for (columns of `schema.STATEMENTS`)."""
        rows = np.asarray(positions, "int64")
        frame = self._texts["statements"].take(rows)
        if "article_id" not in frame:
            owners, place = np.unique(self.facts.statements["article"].to_numpy()[rows], return_inverse=True)
            ids = self._texts["articles"].take(owners, ["article_id"])["article_id"]
            frame["article_id"] = ids.take(place).to_numpy()
        return STATEMENTS.frame(frame).set_axis(rows)

    def articles(self, positions: Positions) -> pd.DataFrame:
        """Articles in the order asked for (columns of `schema.ARTICLES`)."""
        rows = np.asarray(positions, "int64")
        return ARTICLES.frame(self._texts["articles"].take(rows)).set_axis(rows)

    def topic_spans(self, rows: Positions) -> pd.DataFrame:
        """Where the topics of rows of `facts.topics` were found in their articles (columns start, stop)."""
        chosen = np.asarray(rows, "int64")
        return self._texts["statement_topics"].take(chosen, ["start", "stop"]).set_axis(chosen)

    def speakers(self) -> pd.DataFrame:
        """All speakers of the edition (columns of `schema.SPEAKERS`)."""
        return SPEAKERS.frame(self._texts["speakers"].all())

    def speaker(self, speaker_id: str) -> dict[str, str] | None:
        """One speaker (columns of `schema.SPEAKERS`); None where there is none of that id."""
        place = self.facts.speakers.index.get_indexer(pd.Index([speaker_id], dtype="str"))
        if place[0] < 0:
            return None
        row = SPEAKERS.frame(self._texts["speakers"].take(place)).iloc[0]
        return {str(name): str(value) for name, value in row.items()}

    def offices(self, speaker_id: str = "") -> pd.DataFrame:
        """The offices of one speaker, or of all (columns of `schema.OFFICES`)."""
        rows = self._offices
        return OFFICES.frame(rows[rows["speaker_id"] == speaker_id] if speaker_id else rows)

    def tables(self, articles: Positions) -> Tables:
        """Everything of some articles, in the contract's shape, with the speakers and offices that their rows name.

        Rows stand in the order of the edition: articles, then the text.
        """
        chosen = np.unique(np.asarray(articles, "int64"))
        statements = _within(self.facts.statements["article"], chosen)
        return self._rows(
            {
                "articles": chosen,
                "statements": statements,
                "attributions": _within(self.facts.attributions["statement"], statements),
                "mentions": _within(self.facts.mentions["article"], chosen),
                "statement_topics": _within(self.facts.topics["statement"], statements),
                "positions": _within(self.facts.positions["statement"], statements),
            }
        )

    def taken(self, facts: Facts) -> Tables:
        """The tables of what is in view, as they are exported, with the speakers and offices that their rows name."""
        return self._rows({name: getattr(facts, frame).index.to_numpy() for name, frame in FRAMES.items()})

    def article_position(self, article_id: str) -> int | None:
        """Where an article is; None where there is none of that id."""
        return self._position("article", article_id)

    def statement_position(self, statement_id: str) -> int | None:
        """Where a statement is; None where there is none of that id."""
        return self._position("statement", statement_id)

    def copies(self, article_id: str) -> np.ndarray:
        """The articles (positions) that are copies of an article."""
        return np.array(self._copies.get(article_id, []), dtype="int64")

    @cached_property
    def _copies(self) -> dict[str, np.ndarray]:
        """The copies of each article that has any."""
        places = np.flatnonzero(self.facts.articles["copy"].to_numpy())
        originals = self._texts["articles"].take(places, ["duplicate_of"])["duplicate_of"]
        return {str(key): places[rows] for key, rows in originals.groupby(originals).indices.items()}

    def _position(self, key: str, wanted: str) -> int | None:
        order, texts = self._orders[key], self._texts[f"{key}s"]

        def id_at(place: int) -> str:
            return texts.value(f"{key}_id", int(order[place]))

        place = bisect_left(range(len(order)), wanted, key=id_at)
        return int(order[place]) if place < len(order) and id_at(place) == wanted else None

    def _rows(self, rows: Mapping[str, np.ndarray]) -> Tables:
        """Tables of rows given by position."""
        frames = {"articles": self.articles(rows["articles"]), "statements": self.statements(rows["statements"])}
        for table in TABLES:
            if table.name in rows and table.name not in frames:
                frame = self._with_ids(table.name, rows, frames)
                frames[table.name] = table.frame(frame).set_axis(rows[table.name])
        return Tables(**frames, **self._named(frames))

    def _with_ids(self, name: str, rows: Mapping[str, np.ndarray], frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
        """Rows of codes, with the ids that only their positions say."""
        frame = self._texts[name].take(rows[name])
        facts: pd.DataFrame = getattr(self.facts, FRAMES[name])
        for key in ("article", "statement"):
            if key in facts and f"{key}_id" not in frame:
                owners = frames[f"{key}s"]
                ids = np.append(owners[f"{key}_id"].to_numpy(object), "")  # The last one is that of -1.
                frame[f"{key}_id"] = ids[owners.index.get_indexer(pd.Index(facts[key].to_numpy()[rows[name]]))]
        return frame

    def _named(self, frames: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        """The speakers and offices that rows name."""
        names = {name for table, column in _NAMING for name in frames[table][column].unique()}
        found = self.facts.speakers.index.get_indexer(pd.Index(sorted(names), dtype="str"))
        offices = self._offices[self._offices["speaker_id"].isin(names)]
        speakers = self._texts["speakers"].take(np.sort(found[found >= 0]))
        return {"speakers": SPEAKERS.frame(speakers), "offices": OFFICES.frame(offices)}

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
