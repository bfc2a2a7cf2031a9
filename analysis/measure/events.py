"""Which events a chart over time marks, and where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np
import pandas as pd

from analysis.measure.facts import NO_DAY, Facts, codes, day_number
from analysis.measure.filters import Filters
from analysis.measure.periods import Axis, Unit, bounds, key_of


class Dated(Protocol):
    """What is asked of an event (`analysis.lexicon.events.Event`)."""

    @property
    def start(self) -> dt.date:
        """Its first day."""

    @property
    def stop(self) -> dt.date:
        """Its last day."""

    @property
    def countries(self) -> tuple[str, ...]:
        """Whom it concerns."""

    @property
    def topics(self) -> tuple[str, ...]:
        """What it is about."""

    @property
    def collection(self) -> str:
        """The collection to which it belongs; "" for what really happened."""


def in_view[E: Dated](events: Iterable[E], facts: Facts, filters: Filters) -> list[E]:
    """The events that belong to what is in view, in the order given.

    What really happened is marked from the first to the last day in view of collections that have no events of their
    own; the events of a collection (an invented one) from its own first to its last. Where topics or countries
    are chosen, an event must be about one of the topics, or concern one of the countries.
    """
    every = list(events)
    spans = _spans(facts, {event.collection for event in every} - {""})
    return [
        event
        for event in every
        if (span := spans.get(event.collection))
        and day_number(event.start) <= span[1]
        and day_number(event.stop) >= span[0]
        and _concerns(event, filters)
    ]


def _spans(facts: Facts, own: set[str]) -> dict[str, tuple[int, int]]:
    """The first and the last day in view, by collection; "" for all without events of their own."""
    said = facts.statements["day"].to_numpy()
    said = said[said != NO_DAY]
    # There are far fewer articles than statements; those without a statement in view do not widen the chart.
    days = facts.articles["day"].to_numpy()
    column = facts.articles["collection"]
    spans: dict[str, tuple[int, int]] = {}
    if not len(said):
        return spans
    inside = (days >= said.min()) & (days <= said.max())
    for code in np.unique(codes(column)[inside]):
        mine = days[inside & (codes(column) == code)]
        name = str(column.cat.categories[int(code)])
        name = name if name in own else ""
        first, last = spans.get(name, (mine.min(), mine.max()))
        spans[name] = (min(first, mine.min()), max(last, mine.max()))
    return spans


def _concerns(event: Dated, filters: Filters) -> bool:
    if not filters.topics and not filters.countries:
        return True
    return bool({*filters.topics} & {*event.topics} or {*filters.countries} & {*event.countries})


def marks(events: Sequence[Dated], axis: Axis, *, letter: float = 0.0) -> pd.DataFrame:
    """Where an axis marks events; those whose numbers would overlap share one number.

    Args:
        events: what `in_view` leaves, in time; they are numbered from 1.
        axis: the periods of the chart.
        letter: the width of a digit on the axis, as a part of the distance of two periods.

    Returns:
        columns place (of the number; 0 = the middle of the first period), first and last (the events that it stands
        for), start and stop (the days of the periods in which they begin, ISO), lines (the place of each event, a
        tuple); a row a number, in time.
    """
    found = [_Mark.of(number, event, axis) for number, event in enumerate(events, 1)]
    while len(found) > 1:
        room = [after.place - one.place - (one.letters + after.letters) / 2 * letter for one, after in pairwise(found)]
        tightest = int(np.argmin(room))
        if room[tightest] >= 0:
            break
        found[tightest : tightest + 2] = [found[tightest].joined(found[tightest + 1])]
    rows = [(one.place, one.first, one.last, one.start.isoformat(), one.stop.isoformat(), one.lines) for one in found]
    return pd.DataFrame(rows, columns=["place", "first", "last", "start", "stop", "lines"])


@dataclass(frozen=True, slots=True)
class _Mark:
    """A number on the axis, or the numbers from one to another."""

    first: int
    last: int
    start: dt.date
    stop: dt.date
    lines: tuple[float, ...]

    @classmethod
    def of(cls, number: int, event: Dated, axis: Axis) -> _Mark:
        period = key_of(event.start, axis.unit, axis.calendar)
        period = period if period in axis.keys else axis.keys[0]  # It began before the axis does.
        first, last = bounds(period)
        begun = max(day_number(event.start) - day_number(first), 0)
        place = axis.keys.index(period) - 0.5 + (begun + 0.5) / ((last - first).days + 1)
        return cls(number, number, first, last, (place,))

    def joined(self, after: _Mark) -> _Mark:
        return _Mark(self.first, after.last, self.start, max(self.stop, after.stop), self.lines + after.lines)

    @property
    def place(self) -> float:
        return (self.lines[0] + self.lines[-1]) / 2

    @property
    def letters(self) -> int:
        """How many letters it takes, with one for the space beside it: "3", or "3-5"."""
        return len(str(self.first)) + 1 + (len(str(self.last)) + 1 if self.last > self.first else 0)


def around(event: Dated, axis: Axis) -> tuple[dt.date, dt.date]:
    """The weeks (on an axis of days or weeks) or months in which an event lies, from their first to their last day."""
    unit: Unit = "week" if axis.unit in ("day", "week") else "month"
    first, last = (bounds(key_of(day, unit, axis.calendar)) for day in (event.start, event.stop))
    return first[0], last[1]
