"""The figures of the page on topics."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from analysis.config import DATA
from analysis.lexicon import codebook
from analysis.text.fold import fold_key
from tests.reference import periods
from tests.reference.asked import Asked, column, groups, top
from tests.reference.overview import changes, last

BY = ("speaker", "of", "source", "country")
UNITS = ("month", "season", "week", "day")
WINDOWS = {"day": 7, "week": 4, "month": 3, "season": 4}
SERIES, MOST, MOST_SMALL, PANELS, CELLS = 4, 400, 120, 9, 12
ENOUGH = 5
"""Statements that a window needs for a share."""


def counts(asked: Asked) -> list[dict]:
    """Statements by topic."""
    found, n = groups(asked.seen, "topic"), max(len(asked.seen.statements), 1)
    return [{"topic": name, "n": len(found[name]), "share": len(found[name]) / n} for name in top(found)]


def _unit(asked: Asked) -> str:
    return asked.param("unit", *UNITS, other="month")


def _shown(asked: Asked) -> list[str]:
    known = top(groups(asked.seen, "topic"))
    return [name for name in asked.param("series").split("~") if name in known] or known[:SERIES]


def _keys(asked: Asked, most: int) -> list[str]:
    return periods.axis(asked.days, _unit(asked), asked.calendar)[-most:]


def _line(asked: Asked, keys: list[str], ids: set[str], of: set[str] | None = None) -> list[dict]:
    """Statements of some ids among all (or those of `of`) in each period, with moving averages if they are asked for."""
    rows = [row for row in asked.seen.statements if of is None or row["statement_id"] in of]
    every = Counter(asked.key(row, _unit(asked)) for row in rows)
    mine = Counter(asked.key(row, _unit(asked)) for row in rows if row["statement_id"] in ids)
    window, line = WINDOWS[_unit(asked)], []
    for place, key in enumerate(keys):
        row = {"period": key, "n": mine[key], "of": every[key], "share": mine[key] / every[key] if every[key] else None}
        if asked.param("average") == "on":
            inside = keys[place - window + 1 : place + 1] if place >= window - 1 else []
            n, total = sum(mine[one] for one in inside), sum(every[one] for one in inside)
            row |= {"mean": n / window if inside else None, "mean_share": n / total if total >= ENOUGH else None}
        line.append(row)
    return line


def over_time(asked: Asked) -> list[dict]:
    """The lines of the topics that are shown, the newest period first."""
    keys, found = _keys(asked, MOST), groups(asked.seen, "topic")
    lines = [(name, _line(asked, keys, found[name])) for name in _shown(asked)]
    places = reversed(range(len(keys)))
    return [{"topic": name} | line[place] for place in places for name, line in lines if line[place]["of"]]


def _by(asked: Asked) -> str:
    return asked.param("by", *BY, other="speaker")


def _largest(asked: Asked, most: int) -> list[str]:
    by, found = _by(asked), groups(asked.seen, _by(asked))
    kind, _, name = asked.param("group").partition(":")
    shown = top(found)[:most]
    known = found.keys() | _everyone(asked, by)
    return [*shown[: most - 1], name] if kind == by and name and name in known and name not in shown else shown


def _everyone(asked: Asked, by: str) -> set[str]:
    """All that could be a group in the whole edition."""
    world = asked.world
    if by == "speaker":
        return set(world.speakers)
    if by == "source":
        return {row["source"] for row in world.articles}
    if by == "of":
        return {row["country"] for row in world.attributions}
    return {row["entity_id"] for row in world.mentions}


def multiples(asked: Asked) -> list[dict]:
    """The same lines within each of the largest groups."""
    keys, found, others = _keys(asked, MOST_SMALL), groups(asked.seen, "topic"), groups(asked.seen, _by(asked))
    return [
        {column(_by(asked)): other, "topic": name} | row
        for other in _largest(asked, PANELS)
        for name in _shown(asked)
        for row in _line(asked, keys, found[name], others.get(other, set()))
        if row["of"]
    ]


def across(asked: Asked) -> list[dict]:
    """Statements that are in both a group and a topic."""
    found, others, rows = groups(asked.seen, "topic"), groups(asked.seen, _by(asked)), []
    for other in _largest(asked, CELLS):
        mine = others.get(other, set())
        for name in top(found)[:CELLS]:
            n = len(mine & found[name])
            share = n / len(mine) if mine else None
            rows.append({column(_by(asked)): other, "topic": name, "n": n, "of": len(mine), "share": share})
    return rows


def rising(asked: Asked) -> list[dict]:
    """What rises and falls against the days that are asked about."""
    return changes(asked, _recent(asked))


def _recent(asked: Asked) -> tuple[dt.date, dt.date]:
    span = asked.param("recent", "3", "1", "6", "12", "period", other="3")
    if span == "period":
        wanted = asked.param("when")
        first = min(row["day"] for row in asked.world.articles if row["day"]) - dt.timedelta(days=400)
        days = (first + number * periods.DAY for number in range(6000))
        inside = next((day for day in days if periods.key(day, _unit(asked), asked.calendar) == wanted), None)
        if inside:
            return periods.around(inside, _unit(asked), asked.calendar)
        span = "3"
    return last(asked, "month", int(span))


def terms(asked: Asked) -> list[dict]:
    """Which terms told a topic: the picked one, else the most frequent."""
    known = top(groups(asked.seen, "topic"))
    topic = asked.param("pick", *known, other=known[0])
    written = {key: term.term for (of, key), term in codebook.read_terms(DATA / "codebook").items() if of == topic}
    found: Counter[tuple[str, str]] = Counter()
    for row in asked.seen.topics:
        if row["topic_id"] != topic:
            continue
        said = row["statement"]
        words = said["text"][row["start"] - said["start"] : row["stop"] - said["start"]]
        if words == said["text"]:
            found["", "article"] += 1
        elif fold_key(words) in written:
            found[written[fold_key(words)], "term"] += 1
        else:
            found[words, "name"] += 1
    of = sum(found.values())
    ordered = sorted(found, key=lambda key: (-found[key], key))
    return [{"term": key[0], "by": key[1], "n": found[key], "of": of, "share": found[key] / of} for key in ordered]


FIGURES = {
    "topics.counts": counts,
    "topics.frequency": counts,
    "topics.over_time": over_time,
    "topics.multiples": multiples,
    "topics.across": across,
    "topics.changes": rising,
    "topics.rising": rising,
    "topics.terms": terms,
}
