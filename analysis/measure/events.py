"""Which events a chart over time marks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Protocol

import numpy as np

from analysis.measure.facts import NO_DAY, Facts, as_date, codes
from analysis.measure.filters import Filters


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
