"""Days and months in Tehran, in both calendars."""

import datetime as dt

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as some

from analysis.text import calendar as cal

DAYS = some.dates(dt.date(1925, 1, 1), dt.date(2080, 12, 31))
CALENDARS = some.sampled_from(cal.CALENDARS)


def test_late_evening_in_utc_is_the_next_day_in_tehran() -> None:
    times = pd.Series(pd.to_datetime(["2022-03-15T20:45Z", "2022-03-15T12:00Z", None], utc=True))
    assert cal.local_days(times).tolist() == [dt.date(2022, 3, 16), dt.date(2022, 3, 15), None]


def test_known_days() -> None:
    assert cal.jalali_text(dt.date(2022, 3, 15)) == "1400-12-24"
    assert cal.jalali_text(None) == ""
    assert cal.month_key(dt.date(2025, 3, 20), "jalali") == "1403-12"
    assert cal.month_bounds("1403-12", "jalali") == (dt.date(2025, 2, 19), dt.date(2025, 3, 20))  # a leap year
    assert cal.month_bounds("2024-02", "gregorian") == (dt.date(2024, 2, 1), dt.date(2024, 2, 29))
    assert cal.persian_digits("1403-05") == "۱۴۰۳-۰۵"


@settings(deadline=None)
@given(DAYS, CALENDARS)
def test_a_day_lies_within_its_month(day: dt.date, calendar: cal.Calendar) -> None:
    key = cal.month_key(day, calendar)
    first, last = cal.month_bounds(key, calendar)
    assert first <= day <= last
    assert cal.month_key(last + dt.timedelta(days=1), calendar) == cal.next_month(key, calendar)
    assert cal.next_month(cal.next_month(key, calendar), calendar, -1) == key


@settings(deadline=None)
@given(some.lists(some.none() | DAYS, max_size=20), CALENDARS)
def test_a_column_is_what_its_days_are(days: list[dt.date | None], calendar: cal.Calendar) -> None:
    column = pd.Series(days, dtype=object)
    assert cal.jalali_texts(column).tolist() == [cal.jalali_text(day) for day in days]
