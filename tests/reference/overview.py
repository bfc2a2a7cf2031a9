"""The figures of the overview."""

from __future__ import annotations

import csv
import datetime as dt
import math
from collections import Counter, defaultdict
from itertools import pairwise

from analysis.config import DATA
from analysis.schema import ROLES
from tests.reference import odds, periods
from tests.reference.asked import Asked, groups
from tests.reference.world import Seen, most_frequent, ranked

PRIOR, LEAST, LEAST_ARTICLES, LEVEL = 10, 10, 5, 0.05
RECENT = (1, 2, 3, 6)
"""Periods that are tried one after the other, until they hold enough articles."""


def speakers(seen: Seen) -> list[dict]:
    """Statements by speaker."""
    counts = Counter(row["speaker_id"] for row in seen.said)
    rows = []
    for speaker in ranked(counts):
        mine = [row for row in seen.said if row["speaker_id"] == speaker]
        rows.append(
            {
                "speaker": speaker,
                "role": most_frequent((row["role"] for row in mine), ROLES),
                "country": most_frequent(row["country"] for row in mine),
                "n": counts[speaker],
                "share": counts[speaker] / len(seen.statements),
                "articles": len({row["statement"]["article_id"] for row in mine}),
            }
        )
    return rows


def over_time(asked: Asked) -> list[dict]:
    """Statements by period, the newest first."""
    unit = periods.unit_for(asked.days)
    counts = Counter(asked.key(row, unit) for row in asked.seen.statements)
    return [{"period": key, "n": counts[key]} for key in reversed(periods.axis(asked.days, unit, asked.calendar))]


def sources(asked: Asked) -> list[dict]:
    """What each source has in view."""
    seen, rows = asked.seen, []
    for source in {article["source"] for article in seen.articles}:
        articles = [row for row in seen.articles if row["source"] == source]
        n = sum(row["article"]["source"] == source for row in seen.statements)
        days = sorted(row["day"] for row in articles if row["day"])
        rows.append(
            {
                "source": source,
                "n": n,
                "share": n / max(len(seen.statements), 1),
                "articles": len(articles),
                "undated": len(articles) - len(days),
                "first": days[0].isoformat() if days else "",
                "last": days[-1].isoformat() if days else "",
            }
        )
    return sorted(rows, key=lambda row: (-row["n"], -row["articles"], row["source"]))


def changes(asked: Asked, recent: tuple[dt.date, dt.date]) -> list[dict]:
    """How each topic's share in some days differs from that in the others."""
    seen = asked.seen
    sizes = Counter(row["article_id"] for row in seen.statements if row["article"]["day"])
    days = {row["article_id"]: row["day"] for row in seen.articles}
    sides = [[], []]
    for article in sizes:
        sides[recent[0] <= days[article] <= recent[1]].append(article)
    of = [sum(sizes[article] for article in side) for side in sides]
    rows = []
    for topic, ids in groups(seen, "topic").items():
        held = Counter(row["article_id"] for row in seen.statements if row["statement_id"] in ids)
        n = [sum(held[article] for article in side) for side in sides]
        articles = sum(bool(held[article]) for side in sides for article in side)
        if not sum(n):
            continue
        design = _design(sides, sizes, held, n, of)
        shares = [mine / max(all_of_them, 1) for mine, all_of_them in zip(n, of, strict=True)]
        row = {"topic": topic, "n": n[1], "of": of[1], "share": shares[1], "n_before": n[0], "of_before": of[0]}
        row |= {"share_before": shares[0], "articles": articles, "design": design, "verdict": "thin"}
        row |= dict.fromkeys(("ratio", "low", "high", "z", "p", "q"))
        if sum(n) >= LEAST and articles >= LEAST_ARTICLES and min(map(len, sides)) >= LEAST_ARTICLES:
            row |= _tested(n, of, design)
        rows.append(row)
    tested = [row for row in rows if row["p"] is not None]
    for row, q in zip(tested, odds.false_discoveries([row["p"] for row in tested], len(tested)), strict=True):
        row["q"] = q
        row["verdict"] = "unclear" if q > LEVEL else "rising" if row["z"] > 0 else "falling"
    return sorted(rows, key=lambda row: (row["z"] is None, -(row["z"] or 0), -row["n"], row["topic"]))


def _design(sides: list[list], sizes: Counter, held: Counter, n: list[int], of: list[int]) -> float:
    spread = expected = 0.0
    for side, mine, all_of_them in zip(sides, n, of, strict=True):
        share = mine / max(all_of_them, 1)
        residual = sum((held[article] - share * sizes[article]) ** 2 for article in side)
        spread += residual * len(side) / max(len(side) - 1, 1)
        expected += all_of_them * share * (1 - share)
    return max(spread / expected, 1.0) if expected > 0 else 1.0


def _tested(n: list[int], of: list[int], design: float) -> dict:
    ratio, error = odds.log_odds(n, of, design, PRIOR)
    low, high = math.exp(ratio - odds.QUANTILE * error), math.exp(ratio + odds.QUANTILE * error)
    z = ratio / error
    return {"ratio": math.exp(ratio), "low": low, "high": high, "z": z, "p": odds.two_sided(z)}


def last(asked: Asked, unit: str, n: int = 1) -> tuple[dt.date, dt.date] | None:
    """The days of the last periods that hold a statement, the newest included."""
    keys = periods.axis(asked.days, unit, asked.calendar)
    if not keys:
        return None
    newest = max(day for day in asked.days if day)
    first, stop = periods.around(newest, unit, asked.calendar)
    for _ in range(min(n, len(keys)) - 1):
        first = periods.around(first - periods.DAY, unit, asked.calendar)[0]
    return first, stop


def moved(asked: Asked) -> list[dict]:
    """The three topics that rise most and the three that fall most, in as many periods as have enough articles."""
    unit = {"day": "week", "week": "month"}.get(own := periods.unit_for(asked.days), own)
    of = {row["article_id"]: row["article"]["day"] for row in asked.seen.statements if row["article"]["day"]}
    for number in RECENT:
        days = last(asked, unit, number)
        if days is None:
            return []
        inside = sum(days[0] <= day <= days[1] for day in of.values())
        if inside >= LEAST_ARTICLES or inside == len(of):
            break
    tested = [row for row in changes(asked, days) if row["verdict"] != "thin"]
    rising = [row for row in tested if row["z"] > 0][:3]
    return rising + [row for row in reversed(tested) if row["z"] < 0][:3]


def events(asked: Asked) -> list[dict]:
    """The events of data/events.csv that fall into what is in view.

    The events of a collection that has some of its own are marked within its own days, what really happened within the
    days of all other collections.
    """
    with (DATA / "events.csv").open(encoding="utf-8", newline="") as lines:
        every = list(csv.DictReader(lines))
    spans = _spans(asked, {row["collection"] for row in every} - {""})
    rows = []
    for row in every:
        first, _, stop = row["date"].partition("/")
        days = spans.get(row["collection"])
        if not days or first > max(days) or (stop or first) < min(days) or not _concerns(asked, row):
            continue
        rows.append((first, stop or first, row["en"], row["en" if asked.query.get("lang") == "en" else "fa"]))
    ordered = sorted(rows, key=lambda row: row[:3])
    return [{"number": i, "date": row[0], "event": row[3]} for i, row in enumerate(ordered, 1)]


def _spans(asked: Asked, own: set[str]) -> dict[str, list[str]]:
    said = [day for day in asked.days if day]
    spans: dict[str, list[str]] = defaultdict(list)
    for article in asked.seen.articles:
        if article["day"] and said and min(said) <= article["day"] <= max(said):
            name = article["collection"]
            spans[name if name in own else ""].append(article["day"].isoformat())
    return spans


def _concerns(asked: Asked, row: dict[str, str]) -> bool:
    pairs = [
        (asked.query.get(name, ""), row[column]) for name, column in (("topic", "topics"), ("country", "countries"))
    ]
    wanted = [(set(chosen.split("~")), set(about.split("|"))) for chosen, about in pairs if chosen]
    return not wanted or any(chosen & about for chosen, about in wanted)


def recent(asked: Asked) -> list[dict]:
    """How many of the dated statements lie in the last twelve months."""
    start, stop = last(asked, "month", 12)
    dated = [day for day in asked.days if day]
    return [{"n": sum(start <= day <= stop for day in dated), "of": len(dated)}]


def carried(asked: Asked) -> list[dict]:
    """How much of the largest step from one complete period to the next is one source's doing."""
    unit = periods.unit_for(asked.days)
    keys = periods.axis(asked.days, unit, asked.calendar)
    last_day = periods.around(max(day for day in asked.days if day), unit, asked.calendar)[1]
    newest = max(row["day"] for row in asked.world.articles if row["day"])
    until = min(dt.date.today() - periods.DAY, newest, dt.date.fromisoformat(asked.query.get("to") or "9999-12-31"))
    keys = keys[:-1] if last_day > until else keys
    counts = Counter((row["article"]["source"], asked.key(row, unit)) for row in asked.seen.statements)
    names = {source for source, _ in counts}
    steps = []
    for before, now in pairwise(keys):
        each = {source: counts[source, now] - counts[source, before] for source in names}
        steps.append((abs(sum(each.values())), -len(steps), each))
    each = max(steps, key=lambda step: step[:2])[2]
    total = sum(each.values())
    return [{"n": max(value if total > 0 else -value for value in each.values()), "of": abs(total)}]


FIGURES = {
    "overview.total.statements": lambda asked: len(asked.seen.statements),
    "overview.total.articles": lambda asked: len(asked.seen.articles),
    "overview.total.speakers": lambda asked: len({row["speaker_id"] for row in asked.seen.said}),
    "overview.total.undated": lambda asked: sum(row["day"] is None for row in asked.seen.articles),
    "overview.speakers": lambda asked: speakers(asked.seen),
    "overview.over_time": over_time,
    "overview.sources": sources,
    "overview.moved": moved,
    "overview.events": events,
    "overview.recent": recent,
    "overview.carried": carried,
}
