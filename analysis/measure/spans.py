"""Stretches of time that can be compared: years, half-years, seasons, months, or from one of them to another.

A key is text that is safe in a URL: `1403` (year), `1403-h1` (its first half), the keys of `periods`, or two keys
joined by `..`, which stand for all days from the first day of the one to the last day of the other.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

import numpy as np

from analysis.measure import periods
from analysis.measure.facts import NO_DAY, as_date
from analysis.text.calendar import Calendar, month_bounds, parts

Size = Literal["year", "half", "season", "month"]
SIZES: tuple[Size, ...] = ("year", "half", "season", "month")
TO = ".."


def bounds(key: str) -> tuple[dt.date, dt.date]:
    """The first and the last Gregorian day of a stretch of time.

    Raises:
        ValueError: where the text is no key, or ends before it begins.
    """
    if TO in key:
        first, last = key.split(TO, 1)
        start, stop = bounds(first)[0], bounds(last)[1]
        if TO in last or stop < start:
            raise ValueError(f"{key!r} is no stretch of time")
        return start, stop
    found = re.fullmatch(r"(\d{4})(?:-h([12]))?", key, re.ASCII)
    if not found:
        if periods.unit_of(key) is None:
            raise ValueError(f"{key!r} is no stretch of time")
        return periods.bounds(key)
    year, half = found.groups()
    months = {"1": ("01", "06"), "2": ("07", "12"), None: ("01", "12")}[half]
    calendar = periods.calendar_of(year)
    return month_bounds(f"{year}-{months[0]}", calendar)[0], month_bounds(f"{year}-{months[1]}", calendar)[1]


def is_span(text: str) -> bool:
    """Whether a text is the key of a stretch of time."""
    try:
        return bool(bounds(text))
    except (ValueError, OverflowError):
        return False


def key_of(day: dt.date, size: Size, calendar: Calendar) -> str:
    """The key of the year, half-year, season or month in which a Gregorian day lies."""
    if size in ("season", "month"):
        return periods.key_of(day, size, calendar)
    year, month, _ = parts(day, calendar)
    return f"{year:04d}" if size == "year" else f"{year:04d}-h{1 if month <= 6 else 2}"


def held(days: np.ndarray, size: Size, calendar: Calendar) -> list[str]:
    """The keys of all stretches that hold any of the days (numbers as in `Facts`), in time."""
    dated = days[days != NO_DAY]
    if not len(dated):
        return []
    # Days repeat: which of them occur is seen in a table of all between the first and the last.
    first = int(dated.min())
    present = np.flatnonzero(np.bincount(dated.astype("int64") - first)) + first
    found = {key_of(day, size, calendar) for day in map(as_date, present.tolist()) if day}
    return sorted(found)


def overlap(one: str, other: str) -> bool:
    """Whether two stretches share a day."""
    (start, stop), (start_2, stop_2) = bounds(one), bounds(other)
    return start <= stop_2 and start_2 <= stop
