"""Blind coding: sentences drawn at random, coded by people who see neither the program's codes nor each other's.

It lies among the corrections, so that it goes wherever they go, and changes no table:

| field | place | new |
|---|---|---|
| `sample` | – | seed, size, others (share of sentences in which the program found nothing), filters |
| `sample_item` | the sentence | number, stratum |
| `coding` | the sentence | the codes, as `Codes.to_json` writes them |

The key of each is the sample's id. A coder may code a sentence again; what they said last counts. Names are
self-declared.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analysis.schema import MACHINE, STANCES, Tables
from analysis.store.apply import in_force
from analysis.store.corrections import record
from analysis.store.store import Store

FOUND, NOT_FOUND = "statement", "other"
"""Strata of a sample: sentences in which the program found a statement, and those in which it found none."""
YES, NO, UNKNOWN = "yes", "no", ""
"""Whether a sentence is a statement; the last one: the coder cannot say."""
SETS = ("speakers", "topics", "countries", "positions")
"""What a statement is coded with besides; each may be more than one."""
MOST_TOPICS = 3
NOTHING = "-"
"""Stands for an empty set: the coder says that there is none, which is something else than saying nothing."""
UNIT_COLUMNS = ("field", "coder", "unit", "value")


@dataclass(frozen=True, slots=True)
class Item:
    """A sentence of a sample: `text[start:stop] == exact` of its article."""

    number: int
    article_id: str
    start: int
    stop: int
    exact: str
    stratum: str


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample as it was drawn.

    Attributes:
        sample_id: its id.
        seed, size, others: what it was drawn with; fewer items than `size` where there were not so many.
        filters: what was in view, as a URL query.
        items: the sentences, in the order of coding.
        at, who: when it was drawn, and by whom.
    """

    sample_id: str
    seed: int
    size: int
    others: float
    filters: Mapping[str, str]
    items: tuple[Item, ...]
    at: pd.Timestamp | None = None
    who: str = ""


@dataclass(frozen=True, slots=True)
class Codes:
    """What one coder says of one sentence.

    Attributes:
        statement: whether somebody says something in it (`YES`, `NO`, `UNKNOWN`).
        speakers: ids, or names that have none.
        topics, countries: ids.
        positions: stance (`for`, `against`, `mixed`) by target (`topic:sanctions`, `state:US`).
        unsure: of `SETS`, what the coder cannot say.
    """

    statement: str = UNKNOWN
    speakers: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    positions: Mapping[str, str] = field(default_factory=dict)
    unsure: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The codes as the store keeps them; sets in alphabetical order."""
        sets = {name: sorted(getattr(self, name)) for name in ("speakers", "topics", "countries", "unsure")}
        return {"statement": self.statement, **sets, "positions": dict(sorted(self.positions.items()))}

    @classmethod
    def of_json(cls, given: Mapping[str, Any]) -> Codes:
        """The codes that `to_json` wrote; what is not understood is left out."""
        positions = {str(key): value for key, value in given.get("positions", {}).items() if value in STANCES}
        sets = {name: tuple(map(str, given.get(name, ()))) for name in ("speakers", "topics", "countries", "unsure")}
        statement = given.get("statement", UNKNOWN)
        return cls(statement if statement in (YES, NO) else UNKNOWN, positions=positions, **sets)

    def values(self, name: str) -> tuple[str, ...]:
        """What one of `SETS` holds, in alphabetical order; a position as `target=stance`."""
        if name == "positions":
            return tuple(sorted(f"{target}={stance}" for target, stance in self.positions.items()))
        return tuple(sorted(getattr(self, name)))


Coded = Mapping[tuple[str, int], Codes]
"""Codes by coder and number of the item."""


def keep_sample(store: Store, sample: Sample, who: str) -> tuple[Store, str]:
    """Keep a sample; its `sample_id` is made if it has none.

    Returns:
        the store at its new version, and the sample's id.

    Raises:
        StoreError: as `record` says.
    """
    key = sample.sample_id or secrets.token_hex(4)
    told = {"seed": sample.seed, "size": sample.size, "others": sample.others, "filters": dict(sample.filters)}
    rows: list[dict[str, object]] = [{"field": "sample", "key": key, "new": told}]
    for item in sample.items:
        new = {"number": item.number, "stratum": item.stratum}
        rows.append({"field": "sample_item", "key": key, "new": new, **_place(item)})
    return record(store, rows, who), key


def keep_codes(store: Store, sample_id: str, item: Item, codes: Codes, who: str) -> Store:
    """Keep what a coder says of an item, in the place of what they said before.

    Raises:
        StoreError: as `record` says.
    """
    return record(store, [{"field": "coding", "key": sample_id, "new": codes.to_json(), **_place(item)}], who)


def _place(item: Item) -> dict[str, object]:
    return {"article_id": item.article_id, "start": item.start, "stop": item.stop, "exact": item.exact}


def samples(corrections: pd.DataFrame) -> dict[str, Sample]:
    """The samples by id, the newest first. An item of an article that is no longer there is left out with it.

    Args:
        corrections: rows of `store.schema.CORRECTIONS` in the order in which they were made.
    """
    rows = _kept(corrections, ("sample", "sample_item"))
    items: dict[str, list[Item]] = {}
    for row in rows[rows["field"] == "sample_item"].to_dict("records"):
        new = json.loads(row["new"])
        item = Item(new["number"], row["article_id"], row["start"], row["stop"], row["exact"], new["stratum"])
        items.setdefault(row["key"], []).append(item)
    found = {}
    for row in reversed(rows[rows["field"] == "sample"].to_dict("records")):
        new = json.loads(row["new"])
        own = tuple(sorted(items.get(row["key"], ()), key=lambda item: item.number))
        told = (int(new["seed"]), int(new["size"]), float(new["others"]), new["filters"])
        found[str(row["key"])] = Sample(row["key"], *told, own, row["at"], row["who"])
    return found


def codes_of(corrections: pd.DataFrame, sample: Sample) -> dict[tuple[str, int], Codes]:
    """What people said of a sample's items; of one coder and item, what they said last."""
    rows = _kept(corrections, ("coding",))
    number = {(item.article_id, item.exact, item.start): item.number for item in sample.items}
    found: dict[tuple[str, int], Codes] = {}
    for row in rows[rows["key"] == sample.sample_id].to_dict("records"):
        place = (row["article_id"], row["exact"], row["start"])
        if place in number:
            found[row["who"], number[place]] = Codes.of_json(json.loads(row["new"]))
    return found


def _kept(corrections: pd.DataFrame, fields: tuple[str, ...]) -> pd.DataFrame:
    chosen = corrections["field"].isin(fields)
    return corrections[chosen & in_force(corrections)] if chosen.any() else corrections[chosen]


def codes_of_machine(tables: Tables, items: Iterable[Item]) -> dict[tuple[str, int], Codes]:
    """What the program says of the items, with `MACHINE` as coder.

    A statement belongs to the sentence in which more than half of it lies. Several in one sentence are taken together;
    two stances on one target become `mixed`. What a speaker passes on is not theirs.

    Args:
        tables: the items' articles, as the machine coded them.
        items: where an item's words stand no longer in its article, nothing is said of it.
    """
    texts = dict(zip(tables.articles["article_id"], tables.articles["text"], strict=True))
    by_article = {key: rows for key, rows in tables.statements.groupby("article_id")}
    named = tables.mentions[tables.mentions["kind"] == "country"]
    found: dict[tuple[str, int], Codes] = {}
    for item in items:
        text = texts.get(item.article_id)
        start = item.start if text and text[item.start : item.stop] == item.exact else (text or "").find(item.exact)
        if text is None or start < 0:
            continue
        stop = start + len(item.exact)
        rows = by_article.get(item.article_id, tables.statements.head(0))
        common = rows["stop"].clip(upper=stop) - rows["start"].clip(lower=start)
        ids = rows.loc[common * 2 > rows["stop"] - rows["start"], "statement_id"]
        here = named["article_id"].eq(item.article_id) & named["start"].ge(start) & named["stop"].le(stop)
        found[MACHINE, item.number] = _codes_of(tables, set(ids), named.loc[here, "entity_id"])
    return found


def _codes_of(tables: Tables, ids: set[str], countries: Iterable[str]) -> Codes:
    if not ids:
        return Codes(NO)

    def of(frame: pd.DataFrame) -> pd.DataFrame:
        return frame[frame["statement_id"].isin(ids)]

    said, held = of(tables.attributions), of(tables.positions)
    stances = held[~held["relayed"]].groupby("target")["stance"].agg(set)
    return Codes(
        YES,
        speakers=tuple(sorted(set(said.loc[said["part"] == "speaker", "speaker_id"]))),
        topics=tuple(sorted(set(of(tables.statement_topics)["topic_id"]))),
        countries=tuple(sorted(set(countries))),
        positions={str(key): next(iter(one)) if len(one) == 1 else "mixed" for key, one in stances.items()},
    )


def units(coded: Coded) -> pd.DataFrame:
    """Codes as values of units, which is what agreement is counted on.

    Returns:
        columns `UNIT_COLUMNS`, a row for each value that a coder gave. Fields: `statement` (yes or no, of each item);
        `SETS` (ids joined by `|`, `NOTHING` for none; of the items that this coder takes for a statement); `stance` (of
        each item and target that this coder names). What a coder cannot say has no row: it is a missing value.
    """
    rows: list[tuple[str, str, str, str]] = []
    for (coder, number), codes in coded.items():
        if codes.statement:
            rows.append(("statement", coder, str(number), codes.statement))
        if codes.statement != YES:
            continue
        for name in SETS:
            if name not in codes.unsure:
                rows.append((name, coder, str(number), "|".join(codes.values(name)) or NOTHING))
        if "positions" not in codes.unsure:
            rows += [("stance", coder, f"{number} {key}", stance) for key, stance in sorted(codes.positions.items())]
    return pd.DataFrame(rows, columns=list(UNIT_COLUMNS), dtype="str")
