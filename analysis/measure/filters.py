"""The one question that every page, chart and export answers: which statements are in view.

`Filters` is frozen and hashable; it goes to a URL query and comes back (`to_query`, `from_query`), so every view is
a link. `apply` narrows all tables at once, on whole columns.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Literal

import pandas as pd

from analysis.measure.columns import among
from analysis.schema import MACHINE, MINISTER_ROLES, Tables
from analysis.text.calendar import local_days

Undated = Literal["", "with", "only"]
_LISTS = {
    "speaker": "speakers",
    "topic": "topics",
    "country": "countries",
    "collection": "collections",
    "batch": "batches",
}
_FLAGS = {"ministers": "ministers", "repeats": "repeats", "relayed": "relayed"}
SURE = 80
"""Per cent of confidence from which a machine's code is called sure."""
QUERY_KEYS = ("from", "to", "undated", *_LISTS, *_FLAGS, "sure")
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
        ministers: only statements by ministers, judged by the role at the article's date.
        topics: codes of the code book.
        countries: ISO 3166-1 alpha-2; the statement must mention one of them.
        collections: collection ids; empty = all.
        batches: ids of the batches that brought the articles in; empty = all.
        repeats: also headlines, repeated lines and copies of articles, which are otherwise not counted twice.
        relayed: also positions and speakers that others pass on.
        sure: only statements and positions whose confidence is at least so many per cent (0 = all); what a person
            coded is always in.
    """

    start: dt.date | None = None
    stop: dt.date | None = None
    undated: Undated = ""
    speakers: tuple[str, ...] = ()
    ministers: bool = False
    topics: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    batches: tuple[str, ...] = ()
    repeats: bool = False
    relayed: bool = False
    sure: int = 0

    @property
    def narrows_statements(self) -> bool:
        """Whether some statements of an article may be out of view while the article is in it."""
        return bool(self.speakers or self.ministers or self.topics or self.countries or self.sure)

    def to_query(self) -> dict[str, str]:
        """The filters as URL parameters; what is at its default is left out."""
        query = {"from": self.start.isoformat() if self.start else "", "to": self.stop.isoformat() if self.stop else ""}
        query["undated"] = self.undated
        query |= {key: SEPARATOR.join(getattr(self, name)) for key, name in _LISTS.items()}
        query |= {key: "1" if getattr(self, name) else "" for key, name in _FLAGS.items()}
        query["sure"] = str(self.sure) if self.sure else ""
        return {key: value for key, value in query.items() if value}

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Filters:
        """The filters of URL parameters. What cannot be read as a date or a flag counts as not given."""
        undated = query.get("undated", "")
        return cls(
            start=_day(query.get("from", "")),
            stop=_day(query.get("to", "")),
            undated=undated if undated in ("with", "only") else "",  # type: ignore[arg-type]
            speakers=_values(query, "speaker"),
            ministers=query.get("ministers") == "1",
            topics=_values(query, "topic"),
            countries=_values(query, "country"),
            collections=_values(query, "collection"),
            batches=_values(query, "batch"),
            repeats=query.get("repeats") == "1",
            relayed=query.get("relayed") == "1",
            sure=_percent(query.get("sure", "")),
        )

    def without(self, *names: str) -> Filters:
        """The same filters with the named fields back at their defaults."""
        defaults = {field.name: field.default for field in fields(self)}
        return replace(self, **{name: defaults[name] for name in names})  # type: ignore[arg-type]

    def apply(self, tables: Tables) -> Tables:
        """The tables narrowed to what is in view; frames keep their columns, order and dtypes.

        Mentions outside of statements stay as long as their article does. Where speakers are chosen, positions are
        those that the chosen speakers hold.
        """
        articles = tables.articles[self._articles(tables.articles)]
        statements = tables.statements[among(tables.statements["article_id"], articles["article_id"])]
        if not self.repeats:
            statements = statements[(statements["form"] != "headline") & (statements["repeats"] == "")]
        statements = statements[self.is_sure(statements)]
        statements = statements[self._statements(tables, statements["statement_id"])]
        if self.narrows_statements:
            articles = articles[among(articles["article_id"], statements["article_id"])]
        return self._narrow(tables, articles, statements)

    def _articles(self, articles: pd.DataFrame) -> pd.Series:
        keep = pd.Series(True, index=articles.index)
        if self.collections:
            keep &= among(articles["collection"], self.collections)
        if self.batches:
            keep &= among(articles["batch_id"], self.batches)
        if not self.repeats:
            keep &= articles["duplicate_of"] == ""
        dated = articles["published"].notna()
        if self.undated == "only":
            return keep & ~dated
        if self.start or self.stop:
            days = pd.to_datetime(local_days(articles["published"]))
            inside = dated.copy()
            if self.start:
                inside &= days >= pd.Timestamp(self.start)
            if self.stop:
                inside &= days <= pd.Timestamp(self.stop)
            keep &= (inside | ~dated) if self.undated == "with" else inside
        return keep

    def is_sure(self, rows: pd.DataFrame) -> pd.Series:
        """Whether rows with a confidence are sure enough; the margin forgives the rounding of decimals."""
        return (rows["coder"] != MACHINE) | (rows["confidence"] >= self.sure / 100 - 1e-9)

    def _statements(self, tables: Tables, ids: pd.Series) -> pd.Series:
        keep = pd.Series(True, index=ids.index)
        if self.speakers or self.ministers:
            keep &= among(ids, self._said(tables.attributions)["statement_id"])
        if self.topics:
            chosen = among(tables.statement_topics["topic_id"], self.topics)
            keep &= among(ids, tables.statement_topics.loc[chosen, "statement_id"])
        if self.countries:
            mentions = tables.mentions
            chosen = (mentions["kind"] == "country") & among(mentions["entity_id"], self.countries)
            keep &= among(ids, mentions.loc[chosen, "statement_id"])
        return keep

    def _said(self, attributions: pd.DataFrame) -> pd.DataFrame:
        keep = pd.Series(True, index=attributions.index)
        if not self.relayed:
            keep &= attributions["part"] == "speaker"
        if self.speakers:
            keep &= among(attributions["speaker_id"], self.speakers)
        if self.ministers:
            keep &= among(attributions["role"], MINISTER_ROLES)
        return attributions[keep]

    def _narrow(self, tables: Tables, articles: pd.DataFrame, statements: pd.DataFrame) -> Tables:
        ids = statements["statement_id"]
        mentions = tables.mentions
        outside = (mentions["statement_id"] == "") & among(mentions["article_id"], articles["article_id"])
        attributions = tables.attributions[among(tables.attributions["statement_id"], ids)]
        positions = tables.positions[among(tables.positions["statement_id"], ids)]
        positions = positions[self.is_sure(positions)]
        if not self.relayed:
            positions = positions[~positions["relayed"]]
        if self.speakers or self.ministers:
            held = pd.MultiIndex.from_frame(self._said(attributions)[["statement_id", "speaker_id"]])
            positions = positions[pd.MultiIndex.from_frame(positions[["statement_id", "speaker_id"]]).isin(held)]
        return replace(
            tables,
            articles=articles,
            statements=statements,
            attributions=attributions,
            mentions=mentions[outside | among(mentions["statement_id"], ids)],
            statement_topics=tables.statement_topics[among(tables.statement_topics["statement_id"], ids)],
            positions=positions,
        )


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _percent(text: str) -> int:
    return min(int(text), 100) if text.isascii() and text.isdecimal() else 0


def _values(query: Mapping[str, str], key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in query.get(key, "").split(SEPARATOR) if value))
