"""Times of publication as people write them, in either calendar, as one ISO form."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

import jdatetime

_DAY = re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?=$|[T\s])", re.ASCII)
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)
_FIRST, _LAST = 1800, 2200
_JALALI_BEFORE = 1700
"""Years below this are Jalali ones; news is not older."""
_JALALI_YEARS = range(1250, 1430)
"""In running text: sites that write the lunar Hijri date as well are in its years from 1430 on."""

# The names of months as they stand in news: Iranian and Afghan ones, Gregorian ones in Persian, Arabic and English.
# Matched after `_plain`, which drops ZWNJ, marks and hamza signs.
_JALALI_NAMES = (
    "فروردین|حمل",
    "اردیبهشت|ثور",
    "خرداد|جوزا",
    "تیر|سرطان",
    "مرداد|امرداد|اسد",
    "شهریور|سنبله",
    "مهر|میزان",
    "ابان|عقرب",
    "اذر|قوس",
    "دی|جدی",
    "بهمن|دلو",
    "اسفند|حوت",
)
_GREGORIAN_NAMES = (
    "ژانویه|جنوری|ینایر|کانون الثانی|january|jan",
    "فوریه|فبروری|فبرایر|شباط|february|feb",
    "مارس|مارچ|اذار|march|mar",
    "اوریل|اپریل|ابریل|نیسان|april|apr",
    "مه|می|مایو|ایار|may",
    "ژوین|ژویین|جون|یونیو|حزیران|june|jun",
    "ژوییه|ژویه|جولای|جولایی|یولیو|تموز|july|jul",
    "اوت|اگوست|اگست|اغسطس|august|aug",
    "سپتامبر|سپتمبر|سبتمبر|ایلول|september|sept|sep",
    "اکتبر|اکتوبر|تشرین الاول|october|oct",
    "نوامبر|نومبر|نوفمبر|تشرین الثانی|november|nov",
    "دسامبر|دسمبر|دیسمبر|کانون الاول|december|dec",
)


def _numbers(names: tuple[str, ...]) -> dict[str, int]:
    return {name: number for number, group in enumerate(names, 1) for name in group.split("|")}


_JALALI, _GREGORIAN = _numbers(_JALALI_NAMES), _numbers(_GREGORIAN_NAMES)
_NAME = "|".join(sorted({*_JALALI, *_GREGORIAN}, key=len, reverse=True))
_DATES = re.compile(
    rf"""(?<![\d/.:-])(?:
        (?P<year>\d{{4}})(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})(?!\d|[/-]\d)
      | (?P<day2>\d{{1,2}})(?P<mark2>[-/.])(?P<month2>\d{{1,2}})(?P=mark2)(?P<year2>\d{{4}})(?!\d|[/-]\d)
      | (?P<day3>\d{{1,2}})(?:st|nd|rd|th|م|ام)?[\s\-,،.]{{0,8}}(?P<name3>{_NAME})
        (?:\s{{0,3}}ماه)?\.?[\s\-,،]{{0,8}}(?:سال\s{{0,3}})?(?P<year3>\d{{4}})(?!\d)
      )|(?<!\w)(?:(?P<name4>{_NAME})\.?\s{{0,3}}(?P<day4>\d{{1,2}})(?:st|nd|rd|th)?
        \s{{0,3}}[,،]?\s{{0,3}}(?P<year4>\d{{4}})(?!\d))
    """,
    re.VERBOSE | re.ASCII | re.IGNORECASE,
)
_CLOCK = r"""(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?(?!\d)
      |\s*و\s*(?P<spoken>\d{1,2})\s*دقیقه)
    (?:\s*(?P<half>[ap]\.?m\b\.?|ق\.?\s?ظ|ب\.?\s?ظ|بعد\s?از\s?ظهر|صبح|عصر))?
    (?:\s*\(?(?:به\s*وقت\s*)?
      (?P<zone>z\b|utc|gmt|est\b|گرینویچ|تهران|محلی|[+-]\d{2}:?\d{2})(?P<shift>[+-]\d{1,2}(?::?\d{2})?)?)?"""
_FILLING = (
    r"\s|[-–—|،,:؛;/()\[\]·•]|ساعت|در|at\b|مورخ|یکشنبه|دوشنبه|سهشنبه|چهارشنبه|پنجشنبه|جمعه|شنبه|یک|دو|سه|چهار|پنج"
    "|(?:sun|mon|tues|wednes|thurs|fri|satur)day|sun|mon|tue|wed|thu|fri|sat"
)
# Possessive: what filled a gap once is never tried another way, so that no text takes long.
_BETWEEN = rf"(?:{_FILLING})*+"
_AFTER = re.compile(rf"(?:t|{_BETWEEN}){_CLOCK}", re.VERBOSE | re.IGNORECASE)
_BEFORE = re.compile(rf"(?<![\d:]){_CLOCK}{_BETWEEN}$", re.VERBOSE | re.IGNORECASE)
_NO_REST = re.compile(rf"(?:{_FILLING}|روز|تاریخ|انتشار|published|on|\.)*+", re.IGNORECASE)
_SAME = str.maketrans(
    {
        "ي": "ی",
        "ى": "ی",
        "ئ": "ی",
        "ك": "ک",
        "آ": "ا",
        "أ": "ا",
        "إ": "ا",
        "ة": "ه",
        "ۀ": "ه",
        "ـ": None,
        "\u200c": None,
        "\u200d": None,
        "\u00a0": " ",
        "\u066b": ".",
    }
)


def iso_time(value: object) -> str:
    """A date or time as ISO 8601, a day alone as `YYYY-MM-DD`, a month as `YYYY-MM`; empty where there is none.

    Args:
        value: a date, a time, or text like 2024-05-01, 2024-05-01T10:30+03:30, 2024-05, 1403/02/12 (Jalali, known by
            its year) or «سه‌شنبه ۱۲ مهر ۱۴۰۲ - ۱۴:۳۰» and nothing else; digits may be of any script.

    Raises:
        ValueError: where it is no such thing.
    """
    if value is None or value == "" or value != value:  # Only NaN differs from itself.
        return ""
    if isinstance(value, dt.date):  # A time is a date as well.
        text = value.isoformat()
    elif isinstance(value, str):
        text = value.strip()
    else:
        raise ValueError(f"{value!r} is no date")
    return _iso(text) if text else ""


def _iso(given: str) -> str:
    text = _latin_digits(given)
    if _MONTH.fullmatch(text) and _FIRST <= int(text[:4]) <= _LAST:
        return text
    found = _DAY.match(text)
    if not found:
        return _whole(text)
    date = _date(*(int(found[i]) for i in (1, 3, 4)))
    rest = text[found.end() :].strip().removeprefix("T")
    if not rest:
        return date.isoformat()
    try:
        return dt.datetime.fromisoformat(f"{date.isoformat()}T{rest}").isoformat()
    except ValueError:
        return _whole(text)


def _whole(text: str) -> str:
    """A time that is all that the text says."""
    plain = _plain(text)
    for found in _times(plain):
        if _NO_REST.fullmatch(plain[: found.start]) and _NO_REST.fullmatch(plain[found.stop :]):
            return found.iso
    raise ValueError(f"{text!r} is no date")


def find_time(text: str) -> str:
    """The first date of a text that names day, month and year, with the time that stands beside it, as ISO 8601.

    Args:
        text: a line such as «تاریخ انتشار: سه‌شنبه ۵ اردیبهشت ۱۴۰۲ - ۱۴:۳۰» or `Tue, 05 May 2024 10:30:00 +0330`,
            in the Jalali or Gregorian calendar, digits of any script.

    Returns:
        `2023-04-25T14:30:00`, with an offset where the text names a zone (without one the time is Tehran's);
        `2023-04-25` where there is no time; empty where there is no date, or where day and month could be either.
    """
    return next((found.iso for found in _times(_plain(text))), "")


class _Time(NamedTuple):
    iso: str
    start: int
    stop: int


def _times(plain: str) -> Iterator[_Time]:
    for found in _DATES.finditer(plain):
        date = _named(found)
        if date is None:
            continue
        start, stop = found.span()
        clock = _AFTER.match(plain, stop) or _BEFORE.search(plain[max(0, start - 60) : start])
        time = _clock(clock) if clock else ""
        if clock and time:
            start, stop = (start, clock.end()) if clock.pos == stop else (start - len(clock[0]), stop)
        yield _Time(date.isoformat() + time, start, stop)


def _named(found: re.Match[str]) -> dt.date | None:
    """The day that a match of `_DATES` names; None where there is no such day, or it is in doubt."""
    name = (found["name3"] or found["name4"] or "").lower()
    year = int(next(filter(None, (found["year"], found["year2"], found["year3"], found["year4"]))))
    day = int(next(filter(None, (found["day"], found["day2"], found["day3"], found["day4"]))))
    jalali = year < _JALALI_BEFORE
    if jalali and year not in _JALALI_YEARS:
        return None
    if name:
        month = (_JALALI if jalali else _GREGORIAN).get(name, 0)
    else:
        month = int(found["month"] or found["month2"])
        if found["month2"] and not jalali and month != day and month <= 12 and day <= 12:
            return None  # 05/01/2024 is January to some and May to others.
        if found["month2"] and not jalali and month > 12:
            day, month = month, day
    try:
        return _date(year, month, day)
    except ValueError:
        return None


def _date(year: int, month: int, day: int) -> dt.date:
    date = jdatetime.date(year, month, day).togregorian() if year < _JALALI_BEFORE else dt.date(year, month, day)
    if not _FIRST <= date.year <= _LAST:
        raise ValueError(f"{date} lies outside of {_FIRST}-{_LAST}")
    return dt.date(date.year, date.month, date.day)


def _clock(found: re.Match[str]) -> str:
    """`T14:30:00+03:30` of a match of `_CLOCK`; empty where it is no time of a day."""
    hour, minute = int(found["hour"]), int(found["minute"] or found["spoken"])
    half = (found["half"] or "").lower().replace(".", "").replace(" ", "")
    if half in {"pm", "بظ", "بعدازظهر", "عصر"} and hour < 12:
        hour += 12
    elif half in {"am", "قظ", "صبح"} and hour == 12:
        hour = 0
    try:
        time = dt.time(hour, minute, int(found["second"] or 0))
        return f"T{time.isoformat()}{_offset(found['zone'], found['shift'])}"
    except ValueError:
        return ""


def _offset(zone: str | None, shift: str | None) -> str:
    zone = (zone or "").lower()
    if zone in {"", "تهران", "محلی"}:
        return ""
    if zone == "est":
        return "-05:00"
    given = shift or (zone if zone[0] in "+-" else "+00:00")
    sign, digits = given[0], given[1:].replace(":", "")
    digits = digits.zfill(2) + "00" if len(digits) <= 2 else digits.zfill(4)
    delta = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    zoned = dt.datetime(2000, 1, 1, tzinfo=dt.timezone(-delta if sign == "-" else delta))
    return zoned.isoformat()[19:]


def _latin_digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def _plain(text: str) -> str:
    """Text with Latin digits, one form of each letter, and no marks."""
    kept = (char for char in _latin_digits(text).translate(_SAME) if unicodedata.category(char) not in {"Mn", "Cf"})
    return "".join(kept)
