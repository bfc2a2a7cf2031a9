"""Tables as narrow columns: what every measure and every page counts on.

Ids become positions and categories, so that a million statements are filtered and counted in milliseconds and texts
are touched only where somebody reads them. A row's position in its whole table is its key: it is the index of each
frame and stays when rows are left out, and other frames refer to it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from analysis.schema import ENTITY_KINDS, MACHINE, ROLES, STANCES, Tables
from analysis.text.calendar import local_days

NO_DAY = -(2**31)
"""The day of an article without a date; days are counted from 1970-01-01, in Tehran."""
WEAK = (", nearby", "wording")
"""Stand in the names of rules by which a word only stands near its target, or the whole wording speaks and no word."""
_EPOCH = dt.date(1970, 1, 1)
_Frame = pd.DataFrame | Callable[[], pd.DataFrame]


class Facts:
    """An edition's tables, or what filters leave of them, as narrow columns. Nobody may change the frames.

    Attributes:
        articles: day (int32, `NO_DAY` where undated), source, collection, batch (categories), copy (bool: repeats
            another article).
        statements: article (position), day, again (bool: a headline or a repeated line), confidence (float32), human
            (bool: a person coded it).
        attributions: statement (position), speaker (category), relayed (bool), role, country (categories).
        mentions: article (position), statement (position; -1 outside of statements), kind, entity (categories).
        topics: statement (position), topic (category), rank (int16).
        positions: statement (position), speaker, target, stance (categories), relayed (bool), confidence (float32),
            human (bool), plain (bool: a rule or a person found a word for it, not the company of words alone).
        speakers: by speaker_id, in the order of the categories: name_fa, name_en, kind.
        whole: the facts of the whole edition, in which positions are row numbers.

    Categories are those of the whole edition: group with `observed=True`, or count codes with `numpy.bincount`.
    """

    def __init__(self, frames: Mapping[str, _Frame], whole: Facts | None = None) -> None:
        """Take frames, or functions that make them when they are first asked for."""
        self._frames = frames
        self.whole = whole or self
        self._entities: dict[str, pd.DataFrame] = {}

    def _get(self, name: str) -> pd.DataFrame:
        given = self._frames[name]
        return given() if callable(given) else given

    @cached_property
    def articles(self) -> pd.DataFrame:
        """The articles."""
        return self._get("articles")

    @cached_property
    def statements(self) -> pd.DataFrame:
        """The statements."""
        return self._get("statements")

    @cached_property
    def attributions(self) -> pd.DataFrame:
        """Who said them."""
        return self._get("attributions")

    @cached_property
    def mentions(self) -> pd.DataFrame:
        """Whom and what the articles name."""
        return self._get("mentions")

    @cached_property
    def topics(self) -> pd.DataFrame:
        """What the statements are about."""
        return self._get("topics")

    @cached_property
    def positions(self) -> pd.DataFrame:
        """Where their speakers stand."""
        return self._get("positions")

    @cached_property
    def speakers(self) -> pd.DataFrame:
        """The speakers of the whole edition."""
        return self._get("speakers")

    @cached_property
    def anonymous(self) -> np.ndarray:
        """Whether a speaker is anonymous, by the code of the category: its id means nothing outside of its article."""
        if self.whole is not self:
            return self.whole.anonymous
        return (self.speakers["kind"] == "anonymous").to_numpy()

    @cached_property
    def said(self) -> pd.DataFrame:
        """The attributions to speakers themselves: without what is relayed and without anonymous sources."""
        rows = self.attributions
        return kept(rows, ~rows["relayed"].to_numpy() & ~self.anonymous[codes(rows["speaker"])])

    def entities(self, kind: str) -> pd.DataFrame:
        """The mentions of one kind (`country`, `region`, `organisation`, `person`)."""
        if kind not in self._entities:
            rows = self.mentions
            self._entities[kind] = kept(rows, codes(rows["kind"]) == ENTITY_KINDS.index(kind))
        return self._entities[kind]

    def days_of(self, statements: np.ndarray) -> np.ndarray:
        """The days of statements, given by position."""
        return self.whole.statements["day"].to_numpy()[statements]

    @classmethod
    def of(cls, tables: Tables) -> Facts:
        """The facts of tables; positions are the numbers of their rows."""
        articles, statements = tables.articles, tables.statements
        days = days_from(articles["published"])
        article_rows = pd.Index(articles["article_id"])
        statement_rows = pd.Index(statements["statement_id"])
        of_article = _positions(article_rows, statements["article_id"])
        ids = tables.speakers["speaker_id"]
        frames: dict[str, dict[str, Any]] = {
            "articles": {
                "day": days,
                "source": _category(articles["source"]),
                "collection": _category(articles["collection"]),
                "batch": _category(articles["batch_id"]),
                "copy": (articles["duplicate_of"] != "").to_numpy(),
            },
            "statements": {
                "article": of_article,
                "day": days[of_article],
                "again": ((statements["form"] == "headline") | (statements["repeats"] != "")).to_numpy(),
                **_sureness(statements),
            },
            "attributions": {
                "statement": _positions(statement_rows, tables.attributions["statement_id"]),
                "speaker": _category(tables.attributions["speaker_id"], ids),
                "relayed": (tables.attributions["part"] == "relayed").to_numpy(),
                "role": _category(tables.attributions["role"], ROLES),
                "country": _category(tables.attributions["country"]),
            },
            "mentions": {
                "article": _positions(article_rows, tables.mentions["article_id"]),
                "statement": _positions(statement_rows, tables.mentions["statement_id"]),
                "kind": _category(tables.mentions["kind"], ENTITY_KINDS),
                "entity": _category(tables.mentions["entity_id"]),
            },
            "topics": {
                "statement": _positions(statement_rows, tables.statement_topics["statement_id"]),
                "topic": _category(tables.statement_topics["topic_id"]),
                "rank": tables.statement_topics["rank"].to_numpy("int16"),
            },
            "positions": {
                "statement": _positions(statement_rows, tables.positions["statement_id"]),
                "speaker": _category(tables.positions["speaker_id"], ids),
                "target": _category(tables.positions["target"]),
                "stance": _category(tables.positions["stance"], STANCES),
                "relayed": tables.positions["relayed"].to_numpy(),
                **_sureness(tables.positions),
                "plain": _plain(tables.positions),
            },
        }
        speakers = tables.speakers.set_index("speaker_id")[["name_fa", "name_en", "kind"]]
        return cls({name: pd.DataFrame(columns) for name, columns in frames.items()} | {"speakers": speakers})


def ordered(tables: Tables) -> Tables:
    """The tables with the rows of each article together, in the order of the articles and then of the text."""
    articles = tables.articles.reset_index(drop=True)
    statements = _sorted(tables.statements, [pd.Index(articles["article_id"])], ["article_id"], ["start", "stop"])
    keys = pd.Index(statements["statement_id"])
    return replace(
        tables,
        articles=articles,
        statements=statements,
        attributions=_sorted(tables.attributions, [keys], ["statement_id"], []),
        mentions=_sorted(tables.mentions, [pd.Index(articles["article_id"])], ["article_id"], ["start", "stop"]),
        statement_topics=_sorted(tables.statement_topics, [keys], ["statement_id"], ["rank"]),
        positions=_sorted(tables.positions, [keys], ["statement_id"], []),
    )


def kept(rows: pd.DataFrame, keep: np.ndarray) -> pd.DataFrame:
    """The rows of a frame of facts where `keep` is true; `rows[keep]` takes twice as long."""
    places = np.flatnonzero(keep)
    if len(places) == len(rows):
        return rows
    columns: dict[str, Any] = {}
    for name, column in rows.items():
        if isinstance(column.dtype, pd.CategoricalDtype):
            columns[str(name)] = pd.Categorical.from_codes(codes(column)[places], dtype=column.dtype, validate=False)
        else:
            columns[str(name)] = column.to_numpy()[places]
    index = places if isinstance(rows.index, pd.RangeIndex) else rows.index.to_numpy()[places]
    return pd.DataFrame(columns, index=index, copy=False)


def codes(column: pd.Series) -> np.ndarray:
    """The codes of a column of categories."""
    return np.asarray(column.array.codes)


def chosen(column: pd.Series, values: Iterable[str]) -> np.ndarray:
    """Whether each row of a column of categories is one of the values."""
    wanted = np.zeros(len(column.cat.categories) + 1, dtype=bool)  # The last place is that of the code -1.
    found = column.cat.categories.get_indexer(pd.Index(list(values), dtype="str"))
    wanted[found[found >= 0]] = True
    return wanted[codes(column)]


def days_from(published: pd.Series) -> np.ndarray:
    """The days in Tehran of times, as numbers of days since 1970-01-01; `NO_DAY` where the time is unknown."""
    found = pd.to_datetime(local_days(published)).to_numpy("datetime64[D]")
    return np.where(np.isnat(found), NO_DAY, found.astype("int64")).astype("int32")


def day_number(day: dt.date) -> int:
    """A day as a number of days since 1970-01-01."""
    return (day - _EPOCH).days


def as_date(number: int) -> dt.date | None:
    """The day of such a number; None for `NO_DAY`."""
    return None if number == NO_DAY else _EPOCH + dt.timedelta(days=int(number))


def _category(column: pd.Series, known: Iterable[str] | None = None) -> pd.Categorical:
    return pd.Categorical(column, categories=sorted(column.unique()) if known is None else list(known))


def _positions(index: pd.Index, ids: pd.Series) -> np.ndarray:
    return index.get_indexer(pd.Index(ids)).astype("int32")


def _sureness(rows: pd.DataFrame) -> dict[str, np.ndarray]:
    return {"confidence": rows["confidence"].to_numpy("float32"), "human": (rows["coder"] != MACHINE).to_numpy()}


def _plain(rows: pd.DataFrame) -> np.ndarray:
    weak = np.zeros(len(rows), dtype=bool)
    for mark in WEAK:
        weak |= rows["rule"].str.contains(mark, regex=False).to_numpy(bool)
    return ~weak | (rows["coder"] != MACHINE).to_numpy(bool)


def _sorted(frame: pd.DataFrame, indexes: list[pd.Index], columns: list[str], more: list[str]) -> pd.DataFrame:
    keys = [index.get_indexer(pd.Index(frame[name])) for index, name in zip(indexes, columns, strict=True)]
    order = np.lexsort([frame[name].to_numpy() for name in more[::-1]] + keys[::-1])
    return frame.iloc[order].reset_index(drop=True)
