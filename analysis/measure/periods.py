"""Days, weeks, months and seasons in either calendar: their keys, bounds and codes, and what is counted in them.

A key is text that sorts in time within its unit and is safe in a URL: `1403-05-27` (day), `w1403-05-27` (the week that
begins on that day), `1403-05` (month), `1403-q2` (season). Years before 1700 are Jalali ones, so a key says by itself
what it is. Jalali weeks begin on Saturday, Gregorian ones on Monday (ISO 8601). Jalali seasons are those of nature and
of the year (spring = Farvardin to Khordad); Gregorian ones are the quarters.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

import numpy as np
import pandas as pd

from analysis.measure.facts import NO_DAY, Facts, as_date, day_number
from analysis.text.calendar import Calendar, day_of, month_bounds, month_key, next_month, parts, today

Unit = Literal["day", "week", "month", "season"]
UNITS: tuple[Unit, ...] = ("day", "week", "month", "season")
WINDOWS: dict[Unit, int] = {"day": 7, "week": 4, "month": 3, "season": 4}
"""Over how many periods `moving` averages: a week of days, about a month of weeks, a season, a year of seasons."""
_SPANS: dict[Unit, int] = {"day": 45, "week": 31 * 7, "month": 6 * 366}
"""Up to how many days a chart shows by day, week and month."""
_FIRST_WEEKDAY: dict[Calendar, int] = {"gregorian": 3, "jalali": 5}
"""The weekday of 1970-01-01, a Thursday, counted from the first day of the week."""
_SHAPES: dict[str, Unit] = {
    r"\d{4}-\d{2}-\d{2}": "day",
    r"w\d{4}-\d{2}-\d{2}": "week",
    r"\d{4}-\d{2}": "month",
    r"\d{4}-q[1-4]": "season",
}


def key_of(day: dt.date, unit: Unit, calendar: Calendar) -> str:
    """The key of the period in which a Gregorian day lies."""
    if unit == "week":
        number = day_number(day)
        day -= dt.timedelta(days=(number + _FIRST_WEEKDAY[calendar]) % 7)
    if unit in ("day", "week"):
        year, month, number = parts(day, calendar)
        return f"{'w' if unit == 'week' else ''}{year:04d}-{month:02d}-{number:02d}"
    month_text = month_key(day, calendar)
    return month_text if unit == "month" else f"{month_text[:4]}-q{(int(month_text[5:]) + 2) // 3}"


def unit_of(key: str) -> Unit | None:
    """The unit of a key; None where the text has the shape of no key."""
    return next((unit for shape, unit in _SHAPES.items() if re.fullmatch(shape, key, re.ASCII)), None)


def is_period(text: str, unit: Unit, calendar: Calendar) -> bool:
    """Whether the text is the key of a period of that unit and calendar."""
    if unit_of(text) != unit or calendar_of(text) != calendar:
        return False
    try:
        return key_of(bounds(text)[0], unit, calendar) == text
    except ValueError:
        return False


def calendar_of(key: str) -> Calendar:
    """The calendar of a key."""
    return "jalali" if int(key.lstrip("w")[:4]) < 1700 else "gregorian"


def bounds(key: str) -> tuple[dt.date, dt.date]:
    """The first and the last Gregorian day of a period.

    Raises:
        ValueError: where the text is no key.
    """
    unit, calendar = unit_of(key), calendar_of(key)
    if unit == "month":
        return month_bounds(key, calendar)
    if unit == "season":
        last = int(key[-1]) * 3
        months = [f"{key[:4]}-{month:02d}" for month in (last - 2, last)]
        return month_bounds(months[0], calendar)[0], month_bounds(months[1], calendar)[1]
    if unit is None:
        raise ValueError(f"{key!r} is no period")
    year, month, number = (int(part) for part in key.lstrip("w").split("-"))
    first = day_of(year, month, number, calendar)
    return first, first + dt.timedelta(days=6 if unit == "week" else 0)


def following(key: str, step: int = 1) -> str:
    """The period `step` periods later (earlier where negative)."""
    unit, calendar = unit_of(key), calendar_of(key)
    if unit == "month":
        return next_month(key, calendar, step)
    if unit == "season":
        place = int(key[:4]) * 4 + int(key[-1]) - 1 + step
        return f"{place // 4:04d}-q{place % 4 + 1}"
    days = step * (7 if unit == "week" else 1)
    return key_of(bounds(key)[0] + dt.timedelta(days=days), unit or "day", calendar)


@lru_cache(maxsize=64)
def between(first: str, last: str) -> tuple[str, ...]:
    """All periods from first to last, both included; empty where last is earlier."""
    unit, calendar = unit_of(first), calendar_of(first)
    if unit in ("day", "week"):
        start, stop = (day_number(bounds(key)[0]) for key in (first, last))
        days = pd.date_range(bounds(first)[0], periods=max(stop - start + 1, 0)).date[:: 7 if unit == "week" else 1]
        return tuple(key_of(day, unit, calendar) for day in days)
    keys: list[str] = []
    while first <= last:
        keys.append(first)
        first = following(first)
    return tuple(keys)


@dataclass(frozen=True)
class Axis:
    """All periods from the first to the last that has anything, none left out.

    Attributes:
        unit, calendar: what the periods are.
        keys: their keys, in time.
    """

    unit: Unit
    calendar: Calendar
    keys: tuple[str, ...]

    @classmethod
    def of(cls, days: np.ndarray, unit: Unit, calendar: Calendar) -> Axis:
        """The axis of days (numbers as in `Facts`; undated ones are left out)."""
        dated = days[days != NO_DAY]
        if not len(dated):
            return cls(unit, calendar, ())
        first, last = as_date(int(dated.min())), as_date(int(dated.max()))
        assert first is not None and last is not None
        return cls(unit, calendar, between(key_of(first, unit, calendar), key_of(last, unit, calendar)))

    def __len__(self) -> int:
        return len(self.keys)

    def last(self, most: int) -> Axis:
        """The axis of its last `most` periods."""
        return Axis(self.unit, self.calendar, self.keys[-most:])

    def codes(self, days: np.ndarray) -> np.ndarray:
        """The place of each day's period on the axis (int32); -1 for undated days and those outside."""
        first, table = self._table
        # A table of all days of the axis and one lookup: a search in the bounds takes ten times as long.
        places = days.astype("int64") - first
        outside = (places < 0) | (places >= len(table) - 1)
        places[outside] = len(table) - 1
        return table[places]

    @cached_property
    def _table(self) -> tuple[int, np.ndarray]:
        if not self.keys:
            return 0, np.array([-1], dtype="int32")
        first = day_number(bounds(self.keys[0])[0])
        if self.unit in ("day", "week"):
            lengths: int | np.ndarray = 7 if self.unit == "week" else 1
        else:
            lengths = np.array([(stop - start).days + 1 for start, stop in map(bounds, self.keys)])
        return first, np.append(np.repeat(np.arange(len(self), dtype="int32"), lengths), np.int32(-1))

    def count(self, days: np.ndarray, categories: np.ndarray | None = None, n_categories: int = 1) -> np.ndarray:
        """How many rows lie in each period.

        Args:
            days: the day of each row.
            categories: the category of each row as a code from 0; rows with -1 are left out. One for all where None.
            n_categories: how many categories there are.

        Returns:
            a row for each category, a column for each period.
        """
        places = self.codes(days)
        inside = places >= 0
        if categories is not None:
            inside &= categories >= 0
            places = places + categories.astype("int64") * len(self)
        counts = np.bincount(places[inside], minlength=n_categories * len(self))
        return counts.reshape(n_categories, len(self))


def by_period(facts: Facts, unit: Unit, calendar: Calendar) -> pd.DataFrame:
    """Statements by period of their article, periods without any included; undated statements are not in it.

    Returns:
        columns period, n; sorted by period, no gap between the first and the last.
    """
    days = facts.statements["day"].to_numpy()
    axis = Axis.of(days, unit, calendar)
    return pd.DataFrame({"period": pd.Series(axis.keys, dtype="str"), "n": axis.count(days)[0].astype("int64")})


def in_period(facts: Facts, period: str) -> np.ndarray:
    """The statements (positions) of a period."""
    return facts.statements.index.to_numpy()[within(facts.statements["day"].to_numpy(), period)]


def within(days: np.ndarray, period: str) -> np.ndarray:
    """Whether each day lies in a period."""
    first, last = (day_number(day) for day in bounds(period))
    return (days >= first) & (days <= last)


def complete_until(facts: Facts, stop: dt.date | None = None) -> dt.date:
    """The last day of which everything may be known: yesterday, the newest day of the whole edition, or `stop`.

    Args:
        facts: what is in view; the newest day is taken from all of the edition.
        stop: where the filters end.
    """
    days = facts.whole.articles["day"].to_numpy()
    newest = as_date(int(days.max(initial=NO_DAY))) or dt.date.max
    return min(today() - dt.timedelta(days=1), newest, stop or dt.date.max)


def is_incomplete(period: str, until: dt.date) -> bool:
    """Whether a period goes on after the day of `complete_until`: its count will, or would, still grow."""
    return bounds(period)[1] > until


def moving(frame: pd.DataFrame, by: list[str], window: int, least: int = 1) -> pd.DataFrame:
    """Trailing averages over a period and the `window` - 1 before it.

    Trailing, not centred, so that what was once quoted does not change when the next period comes. The share is that
    of the window, sum of n / sum of of: a period with ten statements weighs ten times as much as one with one.

    Args:
        frame: columns period, n and, for shares, of; sorted by period within each series, no period left out.
        by: the columns that tell the series apart; empty for one series.
        window: how many periods.
        least: how many statements a window must hold for a share.

    Returns:
        the frame with columns mean (of n) and, where there is `of`, mean_share; missing before the window is full, the
        share also where the window holds fewer than `least` statements.
    """
    keys = [frame[name] for name in by] or [pd.Series(0, index=frame.index)]

    def total(name: str) -> pd.Series:
        roll: Callable[[pd.Series], pd.Series] = lambda values: values.rolling(window, min_periods=window).sum()  # noqa: E731
        return frame[name].groupby(keys, sort=False).transform(roll)

    found = frame.assign(mean=total("n") / window)
    if "of" in frame:
        of = total("of")
        found["mean_share"] = total("n") / of.where(of >= least)
    return found


def fitting(days: np.ndarray) -> Unit:
    """The unit that shows the days (numbers as in `Facts`) in some 20 to 90 periods where they span enough of them."""
    dated = days[days != NO_DAY].astype("int64")
    span = int(dated.max() - dated.min()) if len(dated) else 0
    return next((unit for unit, most in _SPANS.items() if span <= most), "season")
