"""Periods that an analyst asks for by name, as Gregorian days."""

from __future__ import annotations

import datetime as dt
from functools import partial

from analysis.text.calendar import Calendar, month_bounds, month_key, next_month, parts

PRESETS = ("all", "3", "6", "12", "year", "before")
CUSTOM = "custom"
Span = tuple[dt.date | None, dt.date | None]


def preset(name: str, last: dt.date, calendar: Calendar) -> Span:
    """The first and last day of a preset; the last months end with the month of `last`, the newest day of the data.

    Anchoring at the data and not at today keeps a link's meaning, and shows something where the data are old.
    """
    if name == "all":
        return None, None
    if name in ("year", "before"):
        year = parts(last, calendar)[0] - (name == "before")
        bounds = partial(month_bounds, calendar=calendar)
        return bounds(f"{year:04d}-01")[0], bounds(f"{year:04d}-12")[1]
    month = month_key(last, calendar)
    return month_bounds(next_month(month, calendar, 1 - int(name)), calendar)[0], month_bounds(month, calendar)[1]


def named(span: Span, last: dt.date, calendar: Calendar) -> str:
    """The preset that is exactly this span, or `CUSTOM`."""
    return next((name for name in PRESETS if preset(name, last, calendar) == span), CUSTOM)


def months(start: tuple[int, int], stop: tuple[int, int], calendar: Calendar) -> Span:
    """The days from a month to a month, given as (year, month); the other way round where they are out of order."""
    first, last = sorted((f"{year:04d}-{month:02d}" for year, month in (start, stop)))
    return month_bounds(first, calendar)[0], month_bounds(last, calendar)[1]
