"""Times of publication as people write them, in either calendar, as one ISO form."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

import jdatetime

_DAY = re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?=$|[T\s])", re.ASCII)
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)
_FIRST, _LAST = 1800, 2200
_JALALI_BEFORE = 1700
"""Years below this are Jalali ones; news is not older."""


def iso_time(value: object) -> str:
    """A date or time as ISO 8601, a day alone as `YYYY-MM-DD`, a month as `YYYY-MM`; empty where there is none.

    Args:
        value: a date, a time, or text like 2024-05-01, 2024-05-01T10:30+03:30, 2024-05 or 1403/02/12 (Jalali, known
            by its year); digits may be Persian.

    Raises:
        ValueError: where it is no such thing.
    """
    if value is None or value == "" or value != value:  # Only NaN differs from itself.
        return ""
    if isinstance(value, dt.date):  # A time is a date as well.
        text = value.isoformat()
    elif isinstance(value, str):
        text = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in value.strip())
    else:
        raise ValueError(f"{value!r} is no date")
    return _iso(text) if text else ""


def _iso(text: str) -> str:
    if _MONTH.fullmatch(text) and _FIRST <= int(text[:4]) <= _LAST:
        return text
    found = _DAY.match(text)
    if not found:
        raise ValueError(f"{text!r} is no date")
    year, month, day = (int(found[i]) for i in (1, 3, 4))
    date = jdatetime.date(year, month, day).togregorian() if year < _JALALI_BEFORE else dt.date(year, month, day)
    if not _FIRST <= date.year <= _LAST:
        raise ValueError(f"{text!r} lies outside of {_FIRST}-{_LAST}")
    rest = text[found.end() :].strip().removeprefix("T")
    return dt.datetime.fromisoformat(f"{date.isoformat()}T{rest}").isoformat() if rest else str(date.isoformat())
