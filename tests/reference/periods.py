"""Periods, walked day by day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache

import jdatetime

DAY = dt.timedelta(days=1)


@cache
def key(day: dt.date, unit: str, calendar: str) -> str:
    """The key of the period in which a day lies."""
    if unit == "week":
        first = 5 if calendar == "jalali" else 0  # Saturday, Monday.
        while day.weekday() != first:
            day -= DAY
    shown = jdatetime.date.fromgregorian(date=day) if calendar == "jalali" else day
    if unit in ("day", "week"):
        return f"{'w' if unit == 'week' else ''}{shown.year:04d}-{shown.month:02d}-{shown.day:02d}"
    if unit == "month":
        return f"{shown.year:04d}-{shown.month:02d}"
    return f"{shown.year:04d}-q{(shown.month - 1) // 3 + 1}"


def axis(days: Iterable[dt.date | None], unit: str, calendar: str) -> list[str]:
    """The keys from the first to the last day, none left out."""
    dated = [day for day in days if day]
    if not dated:
        return []
    return list(_axis(min(dated), max(dated), unit, calendar))


@cache
def _axis(first: dt.date, last: dt.date, unit: str, calendar: str) -> tuple[str, ...]:
    span = (last - first).days
    return tuple(dict.fromkeys(key(first + number * DAY, unit, calendar) for number in range(span + 1)))


def around(day: dt.date, unit: str, calendar: str) -> tuple[dt.date, dt.date]:
    """The first and the last day of the period in which a day lies."""
    mine = key(day, unit, calendar)
    first = last = day
    while key(first - DAY, unit, calendar) == mine:
        first -= DAY
    while key(last + DAY, unit, calendar) == mine:
        last += DAY
    return first, last


def unit_for(days: Iterable[dt.date | None]) -> str:
    """The unit that a chart over these days takes by itself: days to 45 days, weeks to 31, months to six years."""
    dated = [day for day in days if day]
    span = (max(dated) - min(dated)).days if dated else 0
    return "day" if span <= 45 else "week" if span <= 31 * 7 else "month" if span <= 6 * 366 else "season"
