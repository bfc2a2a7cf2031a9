"""The tables as dictionaries that know each other, and which of them are in view."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from analysis.schema import MINISTER_ROLES, Tables

Row = dict[str, object]
Rows = list[dict]
TEHRAN = ZoneInfo("Asia/Tehran")


@dataclass
class World:
    """All rows. Each statement has its `article`, everything about a statement has its `statement` (None outside)."""

    articles: Rows
    statements: Rows
    attributions: Rows
    mentions: Rows
    topics: Rows
    positions: Rows
    speakers: dict[str, dict]

    @classmethod
    def of(cls, tables: Tables) -> World:
        """The rows of tables, in their order."""
        articles = tables.articles.to_dict("records")
        for article in articles:
            time = article["published"]
            article["day"] = None if str(time) == "NaT" else time.astimezone(TEHRAN).date()
        of = {article["article_id"]: article for article in articles}
        statements = tables.statements.to_dict("records")
        for statement in statements:
            statement["article"] = of[statement["article_id"]]
        said = {statement["statement_id"]: statement for statement in statements}
        others = []
        for frame in (tables.attributions, tables.mentions, tables.statement_topics, tables.positions):
            rows = frame.to_dict("records")
            for row in rows:
                row["statement"] = said.get(row["statement_id"])
            others.append(rows)
        for mention in others[1]:
            mention["article"] = of[mention["article_id"]]
        speakers = {row["speaker_id"]: row for row in tables.speakers.to_dict("records")}
        return cls(articles, statements, *others, speakers)


@dataclass
class Seen:
    """What filters leave of a world."""

    world: World
    articles: Rows
    statements: Rows
    attributions: Rows
    mentions: Rows
    topics: Rows
    positions: Rows

    @cached_property
    def said(self) -> Rows:
        """Attributions to speakers themselves, who have a name."""
        kinds = self.world.speakers
        return [
            row
            for row in self.attributions
            if row["part"] == "speaker" and kinds[row["speaker_id"]]["kind"] != "anonymous"
        ]

    def part(self, ids: Iterable[str]) -> Seen:
        """Only some of the statements, with what belongs to them."""
        wanted = set(ids)
        statements = [row for row in self.statements if row["statement_id"] in wanted]
        of = {row["article_id"] for row in statements}
        about = [
            [row for row in rows if row["statement_id"] in wanted]
            for rows in (self.attributions, self.mentions, self.topics, self.positions)
        ]
        return Seen(self.world, [row for row in self.articles if row["article_id"] in of], statements, *about)


def narrow(world: World, query: Mapping[str, str]) -> Seen:
    """What the filters of an address leave."""
    asked = {key: [value for value in query.get(key, "").split("~") if value] for key in query}
    sure = int(query.get("sure", "0")) / 100
    flags = {name: query.get(name) == "1" for name in ("ministers", "repeats", "relayed")}
    picks_speakers = bool(asked.get("speaker") or asked.get("of") or flags["ministers"])

    def is_sure(row: dict) -> bool:
        return row["coder"] != "machine" or row["confidence"] > sure - 1e-6

    def is_coded(row: dict) -> bool:
        return query.get("coded", "") in ("", "machine" if row["coder"] == "machine" else "human")

    def keeps_article(article: dict) -> bool:
        for key, column in (("source", "source"), ("collection", "collection"), ("batch", "batch_id")):
            if asked.get(key) and article[column] not in asked[key]:
                return False
        if article["duplicate_of"] and not flags["repeats"]:
            return False
        return _in_time(article["day"], query)

    def speaks(row: dict) -> bool:
        return (
            (row["part"] == "speaker" or flags["relayed"])
            and (not asked.get("speaker") or row["speaker_id"] in asked["speaker"])
            and (not asked.get("of") or row["country"] in asked["of"])
            and (not flags["ministers"] or row["role"] in MINISTER_ROLES)
        )

    articles = [article for article in world.articles if keeps_article(article)]
    inside = {article["article_id"] for article in articles}
    left = {
        row["statement_id"]
        for row in world.statements
        if row["article_id"] in inside
        and is_sure(row)
        and is_coded(row)
        and (flags["repeats"] or (row["form"] != "headline" and not row["repeats"]))
    }
    if picks_speakers:
        left &= {row["statement_id"] for row in world.attributions if speaks(row)}
    if asked.get("topic"):
        left &= {row["statement_id"] for row in world.topics if row["topic_id"] in asked["topic"]}
    if asked.get("country"):
        named = [row for row in world.mentions if row["kind"] == "country" and row["entity_id"] in asked["country"]]
        left &= {row["statement_id"] for row in named}
    if asked.get("named"):
        named = [row for row in world.mentions if f"{row['kind']}:{row['entity_id']}" in asked["named"]]
        left &= {row["statement_id"] for row in named}
    if picks_speakers or asked.get("topic") or asked.get("country") or asked.get("named") or sure or query.get("coded"):
        inside &= {row["article_id"] for row in world.statements if row["statement_id"] in left}
    holds = {(row["statement_id"], row["speaker_id"]) for row in world.attributions if speaks(row)}
    return Seen(
        world=world,
        articles=[row for row in world.articles if row["article_id"] in inside],
        statements=[row for row in world.statements if row["statement_id"] in left],
        attributions=[row for row in world.attributions if row["statement_id"] in left],
        mentions=[
            row
            for row in world.mentions
            if row["statement_id"] in left or (not row["statement_id"] and row["article_id"] in inside)
        ],
        topics=[row for row in world.topics if row["statement_id"] in left],
        positions=[
            row
            for row in world.positions
            if row["statement_id"] in left
            and is_sure(row)
            and is_coded(row)
            and (flags["relayed"] or not row["relayed"])
            and (not picks_speakers or (row["statement_id"], row["speaker_id"]) in holds)
        ],
    )


def _in_time(day: dt.date | None, query: Mapping[str, str]) -> bool:
    undated = query.get("undated", "")
    if undated == "only":
        return day is None
    start, stop = query.get("from", ""), query.get("to", "")
    if not start and not stop:
        return True
    if day is None:
        return undated == "with"
    return (not start or day.isoformat() >= start) and (not stop or day.isoformat() <= stop)


def ranked(counts: Mapping[str, int]) -> list[str]:
    """Ids, the most frequent first, then in their order."""
    return sorted((key for key, n in counts.items() if n), key=lambda key: (-counts[key], key))


def most_frequent(values: Iterable[str], order: tuple[str, ...] = ()) -> str:
    """The value that comes most often; of equally frequent ones the first in the order given, else of the alphabet."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], order.index(value) if order else value))
