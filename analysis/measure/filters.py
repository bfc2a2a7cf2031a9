"""The one question that every page, chart and export answers: which statements are in view.

`Filters` is frozen and hashable; it goes to a URL query and comes back (`to_query`, `from_query`), so every view is
a link. `narrow` narrows the facts that pages count on, `apply` the tables that are exported, both by one rule.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Literal

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.measure.columns import within
from analysis.measure.facts import NO_DAY, Facts, chosen, codes, day_number, kept
from analysis.schema import ENTITY_KINDS, MINISTER_ROLES, Tables

Undated = Literal["", "with", "only"]
Coded = Literal["", "human", "machine"]
Find = Callable[[str], np.ndarray]
"""Finds the statements (their positions) of a search's words."""
_LISTS = {
    "speaker": "speakers",
    "of": "of",
    "topic": "topics",
    "country": "countries",
    "named": "named",
    "source": "sources",
    "collection": "collections",
    "batch": "batches",
}
_FLAGS = {"ministers": "ministers", "repeats": "repeats", "relayed": "relayed"}
SURE = 80
"""Per cent of confidence from which a machine's code is called sure."""
QUERY_KEYS = ("from", "to", "undated", *_LISTS, *_FLAGS, "sure", "coded", "words")
"""The query parameters that filters use; whatever else stands in a URL belongs to the page."""
SEPARATOR = "~"
"""Joins several values of one parameter; occurs in no id and needs no escaping in a URL."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What is in view. Values of one field are alternatives; different fields must all hold.

    Args:
        start: first day (Tehran), None for no limit.
        stop: last day, included.
        undated: articles without a date: "" = left out where a period is set, "with" = kept, "only" = only those.
        speakers: speaker ids; the statement must be theirs.
        of: states that speakers speak for at the article's date, ISO 3166-1 alpha-2; the statement must be by one.
        ministers: only statements by ministers, judged by the role at the article's date.
        topics: codes of the code book.
        countries: ISO 3166-1 alpha-2; the statement must mention one of them.
        named: regions and organisations (`region:ID`, `organisation:ID`); the statement must mention one of them.
        sources: outlets; empty = all.
        collections: collection ids; empty = all.
        batches: ids of the batches that brought the articles in; empty = all.
        repeats: also headlines, repeated lines and copies of articles, which are otherwise not counted twice.
        relayed: also positions and speakers that others pass on.
        sure: only statements and positions whose confidence is at least so many per cent (0 = all); what a person
            coded is always in.
        coded: "human" = only what a person coded or corrected, "machine" = only what nobody did, "" = both.
        words: a search, as docs/search.md describes it; the statement must be found by it.
    """

    start: dt.date | None = None
    stop: dt.date | None = None
    undated: Undated = ""
    speakers: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    ministers: bool = False
    topics: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    batches: tuple[str, ...] = ()
    repeats: bool = False
    relayed: bool = False
    sure: int = 0
    coded: Coded = ""
    words: str = ""

    @property
    def narrows_statements(self) -> bool:
        """Whether some statements of an article may be out of view while the article is in it."""
        what = self.topics or self.countries or self.named or self.words
        return bool(self._chooses_speakers or what or self.sure or self.coded)

    def to_query(self) -> dict[str, str]:
        """The filters as URL parameters; what is at its default is left out."""
        query = {"from": self.start.isoformat() if self.start else "", "to": self.stop.isoformat() if self.stop else ""}
        query["undated"] = self.undated
        query |= {key: SEPARATOR.join(getattr(self, name)) for key, name in _LISTS.items()}
        query |= {key: "1" if getattr(self, name) else "" for key, name in _FLAGS.items()}
        query["sure"] = str(self.sure) if self.sure else ""
        query["coded"] = self.coded
        query["words"] = self.words
        return {key: value for key, value in query.items() if value}

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Filters:
        """The filters of URL parameters. What cannot be read as a date or a flag counts as not given."""
        undated, coded = query.get("undated", ""), query.get("coded", "")
        return cls(
            start=_day(query.get("from", "")),
            stop=_day(query.get("to", "")),
            undated=undated if undated in ("with", "only") else "",  # type: ignore[arg-type]
            speakers=_values(query, "speaker"),
            ministers=query.get("ministers") == "1",
            of=_values(query, "of"),
            topics=_values(query, "topic"),
            countries=_values(query, "country"),
            named=_values(query, "named"),
            sources=_values(query, "source"),
            collections=_values(query, "collection"),
            batches=_values(query, "batch"),
            repeats=query.get("repeats") == "1",
            relayed=query.get("relayed") == "1",
            sure=_percent(query.get("sure", "")),
            coded=coded if coded in ("human", "machine") else "",  # type: ignore[arg-type]
            words=query.get("words", "").strip(),
        )

    def without(self, *names: str) -> Filters:
        """The same filters with the named fields back at their defaults."""
        defaults = {field.name: field.default for field in fields(self)}
        return replace(self, **{name: defaults[name] for name in names})  # type: ignore[arg-type]

    def narrow(self, facts: Facts, find: Find | None = None) -> Facts:
        """The facts narrowed to what is in view, each frame when it is first asked for.

        Mentions outside of statements stay as long as their article does. Where speakers are chosen, positions are
        those that the chosen speakers hold.

        Args:
            facts: the facts of a whole edition.
            find: finds the statements of a search's words (their positions); needed where `words` is set.

        Raises:
            InputError: where words are to be found and nothing finds them.
        """
        masks = self._masks(facts, find)

        def of(name: str, column: str = "statement") -> Callable[[], pd.DataFrame]:
            def make() -> pd.DataFrame:
                rows = getattr(facts, name)
                return kept(rows, masks.statements[rows[column].to_numpy()])

            return make

        return Facts(
            {
                "articles": lambda: kept(facts.articles, masks.articles),
                "statements": lambda: kept(facts.statements, masks.statements),
                "attributions": of("attributions"),
                "mentions": lambda: kept(facts.mentions, masks.mentions(facts.mentions)),
                "topics": of("topics"),
                "positions": lambda: kept(facts.positions, self._positions(facts, masks.statements)),
                "speakers": facts.speakers,
            },
            facts.whole,
        )

    def apply(self, tables: Tables, find: Find | None = None) -> Tables:
        """The tables narrowed by the same rule as `narrow`; frames keep their columns, order and dtypes.

        Raises:
            InputError: as `narrow`.
        """
        facts = Facts.of(tables)
        masks = self._masks(facts, find)
        return replace(
            tables,
            articles=tables.articles[masks.articles],
            statements=tables.statements[masks.statements],
            attributions=tables.attributions[masks.statements[facts.attributions["statement"].to_numpy()]],
            mentions=tables.mentions[masks.mentions(facts.mentions)],
            statement_topics=tables.statement_topics[masks.statements[facts.topics["statement"].to_numpy()]],
            positions=tables.positions[self._positions(facts, masks.statements)],
        )

    def is_sure(self, rows: pd.DataFrame) -> np.ndarray:
        """Whether rows of facts with a confidence are sure enough; the margin forgives the rounding of decimals."""
        return rows["human"].to_numpy() | (rows["confidence"].to_numpy() >= self.sure / 100 - 1e-6)

    def _is_coded(self, rows: pd.DataFrame) -> np.ndarray:
        """Whether rows of facts are coded by whom the filters ask for."""
        return rows["human"].to_numpy() == (self.coded == "human")

    def _masks(self, facts: Facts, find: Find | None) -> _Masks:
        articles = self._articles(facts.articles)
        statements = articles[facts.statements["article"].to_numpy()]
        if not self.repeats:
            statements &= ~facts.statements["again"].to_numpy()
        if self.sure:
            statements &= self.is_sure(facts.statements)
        if self.coded:
            statements &= self._is_coded(facts.statements)
        for found in self._kept(facts, find):
            wanted = np.zeros(len(statements), dtype=bool)
            wanted[found] = True
            statements &= wanted
        if self.narrows_statements:
            left = np.zeros(len(articles), dtype=bool)
            left[facts.statements["article"].to_numpy()[statements]] = True
            articles &= left
        return _Masks(articles, statements)

    def _articles(self, articles: pd.DataFrame) -> np.ndarray:
        keep = np.ones(len(articles), dtype=bool)
        for column in ("source", "collection", "batch"):
            values = getattr(self, {"source": "sources", "collection": "collections", "batch": "batches"}[column])
            if values:
                keep &= chosen(articles[column], values)
        if not self.repeats:
            keep &= ~articles["copy"].to_numpy()
        days = articles["day"].to_numpy()
        dated = days != NO_DAY
        if self.undated == "only":
            return keep & ~dated
        if self.start or self.stop:
            inside = dated.copy()
            if self.start:
                inside &= days >= day_number(self.start)
            if self.stop:
                inside &= days <= day_number(self.stop)
            keep &= (inside | ~dated) if self.undated == "with" else inside
        return keep

    def _kept(self, facts: Facts, find: Find | None) -> Iterator[np.ndarray]:
        """The statements (positions) that each of the fields which choose statements keeps."""
        if self._chooses_speakers:
            yield facts.attributions["statement"].to_numpy()[self._said(facts)]
        if self.topics:
            yield facts.topics["statement"].to_numpy()[chosen(facts.topics["topic"], self.topics)]
        if self.countries:
            yield _naming(facts, "country", self.countries)
        if self.named:
            pairs = [name.partition(":") for name in self.named]
            found = [_naming(facts, kind, (entity,)) for kind, _, entity in pairs]
            yield np.concatenate(found)
        if self.words:
            if find is None:
                raise InputError(f"The words {self.words!r} are to be found, and there is no index to find them in.")
            yield find(self.words)

    @property
    def _chooses_speakers(self) -> bool:
        return bool(self.speakers or self.ministers or self.of)

    def _said(self, facts: Facts) -> np.ndarray:
        """Which attributions are of the speakers that are chosen."""
        rows = facts.attributions
        keep = np.ones(len(rows), dtype=bool) if self.relayed else ~rows["relayed"].to_numpy()
        for column, values in (("speaker", self.speakers), ("country", self.of)):
            if values:
                keep &= chosen(rows[column], values)
        if self.ministers:
            keep &= chosen(rows["role"], MINISTER_ROLES)
        return keep

    def _positions(self, facts: Facts, statements: np.ndarray) -> np.ndarray:
        rows = facts.positions
        keep = statements[rows["statement"].to_numpy()]
        if self.sure:
            keep &= self.is_sure(rows)
        if self.coded:
            keep &= self._is_coded(rows)
        if not self.relayed:
            keep &= ~rows["relayed"].to_numpy()
        if self._chooses_speakers:
            places = np.flatnonzero(keep)
            keep[places] = within(_holders(rows, places), np.sort(_holders(facts.attributions, self._said(facts))))
        return keep


@dataclass(frozen=True, slots=True)
class _Masks:
    """Which articles and statements of an edition are in view."""

    articles: np.ndarray
    statements: np.ndarray

    def mentions(self, rows: pd.DataFrame) -> np.ndarray:
        """Those of statements in view, and those outside of statements in articles in view."""
        statement = rows["statement"].to_numpy()
        inside = np.append(self.statements, False)[statement]  # The place behind the last is that of -1.
        return inside | ((statement < 0) & self.articles[rows["article"].to_numpy()])


def _naming(facts: Facts, kind: str, entities: tuple[str, ...]) -> np.ndarray:
    if kind not in ENTITY_KINDS:
        return np.empty(0, dtype="int32")
    rows = facts.mentions
    named = chosen(rows["entity"], entities) & (codes(rows["kind"]) == ENTITY_KINDS.index(kind))
    statements = rows["statement"].to_numpy()[named]
    return statements[statements >= 0]


def _holders(rows: pd.DataFrame, which: np.ndarray) -> np.ndarray:
    """Statement and speaker of some rows as one number."""
    speakers = rows["speaker"].cat.categories
    return rows["statement"].to_numpy()[which].astype("int64") * len(speakers) + codes(rows["speaker"])[which]


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _percent(text: str) -> int:
    return min(int(text), 100) if text.isascii() and text.isdecimal() else 0


def _values(query: Mapping[str, str], key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in query.get(key, "").split(SEPARATOR) if value))
