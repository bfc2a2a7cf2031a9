"""Days, months and their names in the Jalali and the Gregorian calendar, computed in Tehran's time.

A month is written `1403-05` (Jalali) or `2024-08` (Gregorian): such keys sort in time and are safe in a URL.
Only counting and digits live here; the names of the months come from the caller's labels.
"""

from __future__ import annotations

import calendar as gregorian
import datetime as dt
from collections.abc import Callable
from typing import Literal

import jdatetime
import pandas as pd

from analysis.config import TIME_ZONE

Calendar = Literal["jalali", "gregorian"]
CALENDARS: tuple[Calendar, ...] = ("jalali", "gregorian")

_TO_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def persian_digits(text: object) -> str:
    """The text with Latin digits written as Persian ones."""
    return str(text).translate(_TO_PERSIAN)


def local_days(published: pd.Series) -> pd.Series:
    """The day in Tehran of each UTC time, as `datetime.date`; None where the time is unknown."""
    local = pd.to_datetime(published, utc=True).dt.tz_convert(TIME_ZONE)
    return local.dt.date.astype(object).where(local.notna(), None)


def today() -> dt.date:
    """Today in Tehran."""
    return dt.datetime.now(TIME_ZONE).date()


def jalali_text(day: dt.date | None) -> str:
    """A Gregorian day as Jalali `1403-05-17`; empty for None."""
    return jdatetime.date.fromgregorian(date=day).isoformat() if day else ""


def jalali_texts(days: pd.Series) -> pd.Series:
    """Each Gregorian day as Jalali `1403-05-17`, empty where there is none. Each different day is computed once."""
    return _by_value(days, jalali_text)


def month_key(day: dt.date, calendar: Calendar) -> str:
    """The month of a Gregorian day: `1403-05` or `2024-08`."""
    return (jalali_text(day) if calendar == "jalali" else day.isoformat())[:7]


def _by_value(days: pd.Series, compute: Callable[[dt.date | None], str]) -> pd.Series:
    codes, values = pd.factorize(days, use_na_sentinel=False)
    texts = pd.Series([compute(None if pd.isna(day) else day) for day in values], dtype="str")
    return pd.Series(texts.take(codes).to_numpy(), index=days.index, dtype="str")


def month_bounds(key: str, calendar: Calendar) -> tuple[dt.date, dt.date]:
    """The first and the last Gregorian day of a month.

    Raises:
        ValueError: where the key is not a month of that calendar.
    """
    year, month = (int(part) for part in key.split("-"))
    if calendar == "gregorian":
        return dt.date(year, month, 1), dt.date(year, month, gregorian.monthrange(year, month)[1])
    following = next_month(key, calendar)
    first = jdatetime.date(year, month, 1).togregorian()
    after = jdatetime.date(int(following[:4]), int(following[5:]), 1).togregorian()
    return first, after - dt.timedelta(days=1)


def next_month(key: str, calendar: Calendar, step: int = 1) -> str:
    """The month `step` months later (earlier where negative); both calendars have twelve months."""
    del calendar  # Kept in the signature so that every function here is called alike.
    year, month = (int(part) for part in key.split("-"))
    index = year * 12 + (month - 1) + step
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def parts(day: dt.date, calendar: Calendar) -> tuple[int, int, int]:
    """Year, month and day of a Gregorian day in the calendar."""
    if calendar == "gregorian":
        return day.year, day.month, day.day
    converted = jdatetime.date.fromgregorian(date=day)
    return converted.year, converted.month, converted.day


def day_of(year: int, month: int, day: int, calendar: Calendar) -> dt.date:
    """The Gregorian day of a year, month and day of the calendar.

    Raises:
        ValueError: where the calendar has no such day.
    """
    if calendar == "gregorian":
        return dt.date(year, month, day)
    return jdatetime.date(year, month, day).togregorian()
