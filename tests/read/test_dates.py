"""Times of publication as they stand in news: both calendars, digits of any script, times beside them."""

from __future__ import annotations

import time

import pytest

from analysis.read.dates import find_time, iso_time

ALONE = [
    ("۱۲ مهر ۱۴۰۲ - ۱۴:۳۰", "2023-10-04T14:30:00"),
    ("سه‌شنبه ۵ اردیبهشت ۱۴۰۲", "2023-04-25"),
    ("تاریخ انتشار: سه شنبه، ۵ ارديبهشت ماه ۱۴۰۲ ساعت ۱۴ و ۵ دقیقه", "2023-04-25T14:05:00"),
    ("۱۴:۳۰ - ۱۴۰۲/۰۷/۱۲", "2023-10-04T14:30:00"),
    ("۱۲/۷/۱۴۰۲", "2023-10-04"),
    ("۰۹:۱۵ ب.ظ ۳ دی ۱۴۰۰", "2021-12-24T21:15:00"),
    ("۵ مهٔ ۲۰۲۴", "2024-05-05"),
    ("٥ أيار ٢٠٢٤", "2024-05-05"),
    ("۱۰ ثور ۱۴۰۳", "2024-04-29"),
    ("Tue, 05 May 2024 10:30:00 +0330", "2024-05-05T10:30:00+03:30"),
    ("May 5, 2024 10:30 PM", "2024-05-05T22:30:00"),
    ("25/01/2024", "2024-01-25"),
    ("2024-05-01T10:30:00.000Z", "2024-05-01T10:30:00+00:00"),
    ("چهارشنبه، ۵ دی ۱۴۰۳ ساعت ۱۰:۰۰ به وقت گرینویچ", "2024-12-25T10:00:00+00:00"),
]


@pytest.mark.parametrize(("text", "expected"), ALONE)
def test_dates_of_news(text: str, expected: str) -> None:
    assert iso_time(text) == find_time(text) == expected
    assert find_time(f"کد خبر ۸۷۶۵۴۳۲ | {text} | سیاسی") == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "کد خبر ۱۲۳۴۵۶۷",
        "05/01/2024",
        "۳۱ مهر ۱۴۰۲",
        "۱۸ رمضان ۱۴۴۵",
        "۱۴۴۵/۰۹/۱۸",
        "021-1402-07-12",
        "مهر ۱۴۰۲",
        "۱۲ مهر",
    ],
)
def test_what_names_no_day_for_certain(text: str) -> None:
    assert find_time(text) == ""


def test_the_calendar_that_is_known_is_taken() -> None:
    assert find_time("۱۸ ربیع‌الاول ۱۴۴۵ | ۴ اکتبر ۲۰۲۳، ۱۴:۳۰") == "2023-10-04T14:30:00"
    with pytest.raises(ValueError, match="is no date"):
        iso_time("نشست ۱۲ مهر ۱۴۰۲ برگزار شد")


@pytest.mark.parametrize("text", ["سه ", "1 ", "12:30 ", "1", " ", "1402/1/1 ", "شنبه", "۱۲ مهر "])
def test_no_text_takes_long(text: str) -> None:
    started = time.perf_counter()
    find_time(text * 20_000)
    assert time.perf_counter() - started < 5
