"""Days, weeks, months and seasons in both calendars, and what is counted in them."""

import datetime as dt
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from analysis.measure import periods
from analysis.measure.facts import NO_DAY, Facts, as_date, day_number, ordered
from analysis.measure.periods import Axis, Unit
from analysis.schema import Tables
from analysis.text.calendar import CALENDARS, Calendar
from analysis.text.words import LANGS, Words
from tests.pages.sample import build

DAYS = some.dates(dt.date(1925, 1, 1), dt.date(2080, 12, 31))
KINDS = [(unit, calendar) for unit in periods.UNITS for calendar in CALENDARS]
ALL = Facts.of(ordered(build()))


@pytest.mark.parametrize(
    ("unit", "calendar", "key", "first", "last"),
    [
        ("day", "jalali", "1403-05-17", "2024-08-07", "2024-08-07"),
        ("day", "gregorian", "2024-08-07", "2024-08-07", "2024-08-07"),
        ("week", "jalali", "w1403-05-13", "2024-08-03", "2024-08-09"),  # Saturday to Friday
        ("week", "gregorian", "w2024-08-05", "2024-08-05", "2024-08-11"),  # Monday to Sunday
        ("month", "jalali", "1403-05", "2024-07-22", "2024-08-21"),
        ("month", "gregorian", "2024-08", "2024-08-01", "2024-08-31"),
        ("season", "jalali", "1403-q2", "2024-06-21", "2024-09-21"),
        ("season", "jalali", "1403-q4", "2024-12-21", "2025-03-20"),  # a leap year
        ("season", "gregorian", "2024-q3", "2024-07-01", "2024-09-30"),
    ],
)
def test_known_periods(unit: Unit, calendar: Calendar, key: str, first: str, last: str) -> None:
    bounds = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    assert periods.bounds(key) == bounds
    assert {periods.key_of(day, unit, calendar) for day in bounds} == {key}
    assert periods.is_period(key, unit, calendar)


@settings(deadline=None, max_examples=60)
@given(DAYS, some.sampled_from(KINDS))
def test_periods_follow_one_another_without_a_gap(day: dt.date, kind: tuple[Unit, Calendar]) -> None:
    key = periods.key_of(day, *kind)
    first, last = periods.bounds(key)
    after = periods.following(key)
    assert first <= day <= last
    assert periods.bounds(after)[0] == last + dt.timedelta(days=1)
    assert after > key and periods.following(after, -1) == key
    assert periods.between(key, after) == (key, after)
    assert periods.between(after, key) == ()
    assert periods.is_period(key, *kind)
    assert not any(periods.is_period(key, *other) for other in KINDS if other != kind)


@settings(deadline=None, max_examples=60)
@given(some.lists(some.none() | DAYS.filter(lambda day: day.year > 2020), max_size=15), some.sampled_from(KINDS))
def test_codes_are_the_places_of_the_keys(days: list[dt.date | None], kind: tuple[Unit, Calendar]) -> None:
    numbers = np.array([day_number(day) if day else NO_DAY for day in days], dtype="int32")
    axis = Axis.of(numbers, *kind)
    keys = ["" if code < 0 else axis.keys[code] for code in axis.codes(numbers)]
    assert keys == [periods.key_of(day, *kind) if day else "" for day in days]
    assert axis.count(numbers)[0].tolist() == [keys.count(key) for key in axis.keys]
    assert list(axis.keys) == sorted(axis.keys)


@pytest.mark.parametrize(
    "text", ["", "1403", "1403-13", "1403-00", "1403-05-32", "1403-q5", "w1403-05-14", "۱۴۰۳-۰۵", "x~y"]
)
@pytest.mark.parametrize(("unit", "calendar"), KINDS)
def test_what_is_no_period(text: str, unit: Unit, calendar: Calendar) -> None:
    assert not periods.is_period(text, unit, calendar)


@pytest.mark.parametrize(("unit", "calendar"), KINDS)
def test_every_dated_statement_is_counted_once(unit: Unit, calendar: Calendar) -> None:
    days = [as_date(day) for day in ALL.statements["day"]]
    expected = Counter(periods.key_of(day, unit, calendar) for day in days if day)
    found = periods.by_period(ALL, unit, calendar)
    assert dict(zip(found["period"], found["n"], strict=True)) == {key: expected[key] for key in found["period"]}
    key = found["period"].iloc[-1]
    behind = periods.in_period(ALL, key)
    assert len(behind) == expected[key]
    assert {periods.key_of(days[place], unit, calendar) for place in behind} == {key}  # type: ignore[arg-type]


def test_categories_are_counted_apart() -> None:
    axis = Axis("month", "jalali", ("1403-01", "1403-02"))
    days = np.array([day_number(dt.date(2024, 4, 1)), day_number(dt.date(2024, 5, 1)), NO_DAY, 0])
    assert axis.count(days, np.array([1, 0, 1, 0]), 2).tolist() == [[0, 1], [1, 0]]
    assert axis.count(days, np.array([1, -1, 1, 0]), 2).tolist() == [[0, 0], [1, 0]]
    assert axis.last(1).codes(days).tolist() == [-1, 0, -1, -1]


def test_nothing_is_counted_where_there_is_nothing() -> None:
    none = Facts.of(Tables())
    assert periods.by_period(none, "week", "jalali").empty
    assert Axis.of(np.array([NO_DAY]), "day", "jalali").codes(np.array([NO_DAY, 5])).tolist() == [-1, -1]


def test_the_last_period_is_complete_only_when_the_data_reach_beyond_it(monkeypatch: pytest.MonkeyPatch) -> None:
    newest = as_date(ALL.articles["day"].max())
    assert newest == dt.date(2025, 9, 21)
    assert periods.complete_until(ALL) == newest
    assert periods.complete_until(ALL, dt.date(2025, 8, 31)) == dt.date(2025, 8, 31)
    assert periods.is_incomplete("2025-09", newest) and not periods.is_incomplete("2025-08", newest)
    monkeypatch.setattr(periods, "today", lambda: dt.date(2025, 9, 21))
    assert periods.complete_until(ALL) == dt.date(2025, 9, 20)  # the day of today is not over
    assert periods.complete_until(Facts.of(Tables())) == dt.date(2025, 9, 20)


def test_moving_averages_weigh_shares_by_their_statements() -> None:
    rows = [("a", 1, 10), ("a", 3, 4), ("a", 0, 0), ("a", 0, 0), ("b", 2, 2), ("b", 0, 8), ("b", 1, 1)]
    frame = pd.DataFrame(rows, columns=["topic", "n", "of"])
    found = periods.moving(frame, ["topic"], 2)
    nan = float("nan")
    assert found["mean"].tolist() == pytest.approx([nan, 2, 1.5, 0, nan, 1, 0.5], nan_ok=True)
    # 4 of 14, 3 of 4, and no statement in the window: unknown, not nought.
    expected = [nan, 4 / 14, 3 / 4, nan, nan, 2 / 10, 1 / 9]
    assert found["mean_share"].tolist() == pytest.approx(expected, nan_ok=True)
    assert periods.moving(frame[["n"]], [], 7)["mean"].tolist()[-1] == 1


def test_periods_in_words() -> None:
    fa, en = (Words(lang) for lang in LANGS)
    assert [fa.period(key) for key in ("1403-05-17", "w1403-05-13", "1403-05", "1403-q2", "2024-q3")] == [
        "۱۷ مرداد ۱۴۰۳",
        "هفتهٔ ۱۳ مرداد ۱۴۰۳",
        "مرداد ۱۴۰۳",
        "تابستان ۱۴۰۳",
        "سه‌ماههٔ سوم ۲۰۲۴",
    ]
    assert [en.period(key) for key in ("w2024-08-05", "1403-q4", "2024-q1")] == [
        "Week of 5 August 2024",
        "Winter 1403",
        "Q1 2024",
    ]
    assert en.period("w2024-08-05", lines=True) == "5 August\n2024"
