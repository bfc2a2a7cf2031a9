"""Which events a chart over time marks, and where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import numpy as np
import pandas as pd

from analysis.measure.facts import NO_DAY, Facts, as_date, codes, day_number
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

    They fall into the days from the first to the last statement in view. What really happened is not marked where only
    collections with events of their own (invented ones) are in view, and those not without their collection. Where
    topics or countries are chosen, an event must be about one of the topics, or concern one of the countries.
    """
    days = facts.statements["day"].to_numpy()
    days = days[days != NO_DAY]
    if not len(days):
        return []
    first, last = as_date(int(days.min())), as_date(int(days.max()))
    assert first is not None and last is not None
    every = list(events)
    own = {event.collection for event in every} - {""}
    column = facts.articles["collection"]
    seen = set(column.cat.categories[np.unique(codes(column))])
    shown = (seen & own) | ({""} if seen - own else set())
    return [
        event
        for event in every
        if event.collection in shown and event.start <= last and event.stop >= first and _concerns(event, filters)
    ]


def _concerns(event: Dated, filters: Filters) -> bool:
    if not filters.topics and not filters.countries:
        return True
    return bool({*filters.topics} & {*event.topics} or {*filters.countries} & {*event.countries})


def marks(events: Sequence[Dated], axis: Axis, *, letter: float = 0.0) -> pd.DataFrame:
    """Where an axis marks events; those whose numbers would overlap share one mark.

    Args:
        events: what `in_view` leaves, in time; they are numbered from 1.
        axis: the periods of the chart.
        letter: the width of a digit on the axis, as a part of the distance of two periods.

    Returns:
        columns place (0 = the middle of the first period), first and last (numbers of the events), start and stop (the
        days of the periods in which they begin, ISO); a row a mark, in time.
    """
    rows: list[dict[str, Any]] = []
    for number, event in enumerate(events, 1):
        period = _period_of(event, axis)
        first, last = bounds(period)
        begun = max(day_number(event.start) - day_number(first), 0)
        place = axis.keys.index(period) - 0.5 + (begun + 0.5) / ((last - first).days + 1)
        row = {"place": place, "first": number, "last": number, "start": first.isoformat(), "stop": last.isoformat()}
        before = rows[-1] if rows else None
        if before and place - np.mean(before["places"]) < letter * (_letters(before) + _letters(row) + 2) / 2:
            before |= {"last": number, "stop": max(before["stop"], row["stop"])}
            before["places"].append(place)
            continue
        rows.append(row | {"places": [place]})
    frame = pd.DataFrame(rows, columns=["place", "first", "last", "start", "stop", "places"])
    frame["place"] = [float(np.mean(places)) for places in frame["places"]]
    return frame.drop(columns="places")


def around(event: Dated, axis: Axis) -> tuple[dt.date, dt.date]:
    """The weeks (on an axis of days or weeks) or months in which an event lies, from their first to their last day."""
    unit: Unit = "week" if axis.unit in ("day", "week") else "month"
    first, last = (bounds(key_of(day, unit, axis.calendar)) for day in (event.start, event.stop))
    return first[0], last[1]


def _period_of(event: Dated, axis: Axis) -> str:
    """The period in which an event begins; the first one where it began before."""
    period = key_of(event.start, axis.unit, axis.calendar)
    return period if period in axis.keys else axis.keys[0]


def _letters(row: dict[str, Any]) -> int:
    """How many letters the number of a mark has: "3", or "3-5" with a letter more for the dash."""
    return len({row["first"], row["last"]}) * (len(str(row["last"])) + 1)
