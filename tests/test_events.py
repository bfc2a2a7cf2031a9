"""Dated events: the shipped file loads, broken lines are named, and charts mark those of what is in view."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.config import DATA
from analysis.errors import DataError
from analysis.lexicon.events import COLUMNS, KINDS, Event, load
from analysis.measure import coverage, events, periods
from analysis.measure.facts import Facts, day_number
from analysis.measure.filters import Filters
from analysis.measure.periods import Axis
from tests.pages import sample

DAY = dt.date
LINE = {
    "date": "2024-08-17",
    "fa": "نشست ساختگی",
    "en": "An invented meeting",
    "kind": "talks",
    "countries": "IR|OM",
    "topics": "negotiation",
    "source": "invented",
    "checked": "no",
    "collection": "",
}


def event(start: dt.date, stop: dt.date | None = None, **more: object) -> Event:
    given = {"countries": (), "topics": (), "collection": ""} | more
    return Event(start, stop or start, "رویداد", "Event", "talks", checked=False, **given)  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder whose events.csv holds what `write` puts there."""
    for name in ("lexicon/countries.csv", "codebook/topics.csv"):
        (tmp_path / name).parent.mkdir()
        shutil.copy(DATA / name, tmp_path / name)
    return tmp_path


def write(folder: Path, *lines: dict[str, str]) -> Path:
    pd.DataFrame(lines, columns=list(COLUMNS)).to_csv(folder / "events.csv", index=False)
    return folder


def test_the_shipped_events_are_in_time_and_told_apart_from_invented_ones() -> None:
    found = load()
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert {one.kind for one in found} == set(KINDS)
    real = [one for one in found if not one.collection]
    assert {one.collection for one in found} == {"", "demo"} and 40 <= len(real) <= 60
    assert all(("invented" in one.en) == ("ساختگی" in one.fa) == (one.collection == "demo") for one in found)
    assert DAY(2015, 7, 14) in {one.start for one in real if "JCPOA" in one.en}
    assert all(one.checked for one in real if one.start.year == 2026)


def test_an_event_is_a_day_or_lasts_from_one_to_another(folder: Path) -> None:
    found = load(write(folder, LINE, LINE | {"date": "2025-06-13/2025-06-24", "countries": "", "topics": ""}))
    assert [(one.start, one.stop) for one in found] == [
        (DAY(2024, 8, 17), DAY(2024, 8, 17)),
        (DAY(2025, 6, 13), DAY(2025, 6, 24)),
    ]
    assert (found[0].countries, found[0].topics, found[1].countries) == (("IR", "OM"), ("negotiation",), ())


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"date": "17.8.2024"}, "`date` is '17.8.2024'"),
        ({"date": "1403-05-40"}, "`date` is '1403-05-40'"),
        ({"date": "2024-08-17/"}, "`date` is '2024-08-17/'"),
        ({"date": "2024-08-17/2024-08-01"}, "ends .2024-08-01. before it begins"),
        ({"kind": "party"}, "`kind` is 'party'"),
        ({"checked": ""}, "the cell `checked` is empty"),
        ({"checked": "maybe"}, "`checked` is 'maybe'"),
        ({"fa": ""}, "the cell `fa` is empty"),
        ({"countries": "IR|ZZ"}, "`countries` holds 'ZZ'"),
        ({"topics": "weather"}, "`topics` holds 'weather'"),
        ({"en": "Another", "date": "2023-01-01"}, "stands in line 2 already"),
    ],
)
def test_a_broken_line_is_named_with_its_remedy(folder: Path, cells: dict[str, str], problem: str) -> None:
    first = LINE | {"en": "Another", "date": "2023-01-01"}
    with pytest.raises(DataError, match=problem) as caught:
        load(write(folder, first, LINE | cells))
    assert (caught.value.path.name, caught.value.line) == ("events.csv", 3)
    assert caught.value.remedy


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts.of(sample.build())


def span(facts: Facts) -> tuple[dt.date, dt.date]:
    days = facts.statements["day"].to_numpy()
    dated = days[days > -(10**6)]
    return dt.date.fromordinal(719163 + dated.min()), dt.date.fromordinal(719163 + dated.max())


def test_events_are_marked_from_the_first_to_the_last_statement_of_their_own_kind(facts: Facts) -> None:
    first, last = span(facts)
    day = dt.timedelta(days=1)
    real = [event(first - day), event(first), event(last), event(last + day)]
    long = event(first - 30 * day, last + 30 * day)
    collections = set(facts.articles["collection"])
    demo = event(first, collection=next(iter(collections)))
    assert events.in_view([*real, long], facts, Filters()) == [real[1], real[2], long]
    if len(collections) == 1:
        # A collection with events of its own is invented: what really happened does not belong to it.
        assert events.in_view([real[1], demo], facts, Filters()) == [demo]
    assert events.in_view([event(first, collection="elsewhere")], facts, Filters()) == []


def test_topics_and_countries_in_the_filters_choose_events(facts: Facts) -> None:
    first, _ = span(facts)
    about = event(first, topics=("sanctions",), countries=("IR", "US"))
    other = event(first, topics=("iraq",), countries=("IQ",))
    assert events.in_view([about, other], facts, Filters(topics=("sanctions",))) == [about]
    assert events.in_view([about, other], facts, Filters(countries=("US", "IQ"))) == [about, other]
    assert events.in_view([about, other], facts, Filters(topics=("syria",))) == []


def test_nothing_is_marked_where_nothing_is_dated(facts: Facts) -> None:
    undated = Filters(undated="only").narrow(facts)
    assert events.in_view([event(DAY(2024, 8, 1))], undated, Filters()) == []


def axis(first: dt.date, last: dt.date, unit: periods.Unit) -> Axis:
    return Axis.of(np.array([day_number(first), day_number(last)]), unit, "gregorian")


def test_a_mark_stands_where_its_day_lies_in_the_period() -> None:
    months = axis(DAY(2024, 1, 5), DAY(2024, 12, 20), "month")
    found = events.marks([event(DAY(2024, 1, 1)), event(DAY(2024, 6, 30))], months)
    assert found["place"].round(3).tolist() == [-0.484, 5.483]  # The first day of 31, the last of 30.
    assert found[["start", "stop"]].to_numpy().tolist() == [["2024-01-01", "2024-01-31"], ["2024-06-01", "2024-06-30"]]


def test_an_event_that_began_before_the_axis_stands_at_its_beginning() -> None:
    weeks = axis(DAY(2024, 5, 6), DAY(2024, 6, 2), "week")
    found = events.marks([event(DAY(2023, 1, 1), DAY(2024, 12, 31))], weeks)
    assert found.loc[0, "start"] == "2024-05-06" and -0.5 < found.loc[0, "place"] < 0


def test_numbers_that_would_overlap_are_drawn_as_one() -> None:
    months = axis(DAY(2020, 1, 1), DAY(2024, 12, 31), "month")
    happened = [event(DAY(2020, 1, 5)), event(DAY(2020, 2, 5)), event(DAY(2020, 3, 5)), event(DAY(2024, 6, 5))]
    found = events.marks(happened, months, letter=1.0)
    assert found[["first", "last"]].to_numpy().tolist() == [[1, 3], [4, 4]]
    assert (found.loc[0, "start"], found.loc[0, "stop"]) == ("2020-01-01", "2020-03-31")
    assert [len(lines) for lines in found["lines"]] == [3, 1]
    assert len(events.marks(happened, months)) == 4
    assert events.marks([], months).empty


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("day", ("2025-06-09", "2025-06-29")),
        ("week", ("2025-06-09", "2025-06-29")),
        ("season", ("2025-06-01", "2025-06-30")),
    ],
)
def test_an_event_becomes_its_weeks_or_months(unit: periods.Unit, expected: tuple[str, str]) -> None:
    shown = axis(DAY(2025, 1, 1), DAY(2025, 12, 31), unit)
    first, last = events.around(event(DAY(2025, 6, 13), DAY(2025, 6, 24)), shown)
    assert (first.isoformat(), last.isoformat()) == expected


@pytest.mark.parametrize(("days", "unit"), [(0, "day"), (45, "day"), (46, "week"), (218, "month"), (9000, "season")])
def test_the_unit_fits_the_span(days: int, unit: str) -> None:
    assert periods.fitting(np.array([1000, 1000 + days, -(2**31)])) == unit
    assert periods.fitting(np.array([], dtype="int32")) == "day"


def test_coverage_by_source_adds_up(facts: Facts) -> None:
    found = coverage.by_source(facts)
    assert list(found.columns) == ["source", "n", "share", "articles", "undated", "first", "last"]
    assert found["n"].sum() == len(facts.statements) and found["articles"].sum() == len(facts.articles)
    tables = sample.build()
    for row in found.itertuples():
        mine = tables.articles[tables.articles["source"] == row.source]
        assert row.undated == mine["published"].isna().sum()
        assert row.n == tables.statements["article_id"].isin(mine["article_id"]).sum()
        assert len(coverage.of_source(facts, row.source)) == row.n
        days = mine["published"].dropna().dt.tz_convert("Asia/Tehran").dt.date
        assert (row.first, row.last) == ((days.min().isoformat(), days.max().isoformat()) if len(days) else ("", ""))


def made(*rows: tuple[int, str]) -> Facts:
    """Facts with one statement on each day of a source."""
    articles = pd.DataFrame(
        {"day": np.array([day for day, _ in rows], dtype="int32"), "source": pd.Categorical([name for _, name in rows])}
    )
    statements = pd.DataFrame({"article": np.arange(len(rows), dtype="int32"), "day": articles["day"]})
    return Facts({"articles": articles, "statements": statements})


SPANS = [(0, 9), (10, 19), (20, 29)]


def test_a_source_that_carries_the_largest_step_is_named() -> None:
    steady = [(day, "a") for day in (1, 2, 3, 11, 12, 13, 21, 22, 23)]
    burst = [(25, "b")] * 42
    found = coverage.carrier(made(*steady, *burst, (25, "a"), (25, "a")), SPANS)
    assert found is not None and (found.source, found.change, found.of) == ("b", 42, 44)
    assert (found.before, found.period) == (dt.date(1970, 1, 11), dt.date(1970, 1, 21))
    fewer = coverage.carrier(made(*steady, *[(5, "b")] * 42), SPANS)
    assert fewer is not None and (fewer.source, fewer.change, fewer.of) == ("b", -42, -42)


@pytest.mark.parametrize(
    "rows",
    [
        [(1, "a"), *[(15, "a")] * 40],  # One source only.
        [(1, "a"), *[(15, "a")] * 8, *[(15, "b")] * 12],  # Too few statements.
        [*[(1, "a")] * 500, *[(15, "a")] * 500, *[(15, "b")] * 60],  # Chance could do as much.
        [(1, "a"), *[(15, name) for name in "abcd" for _ in range(15)]],  # Many sources share it.
        [*[(1, "a")] * 5, *[(15, "a")] * 40, (16, "b")],  # Nearly everything is of that source anyway.
    ],
)
def test_a_step_that_no_source_carries_is_not_remarked_upon(rows: list[tuple[int, str]]) -> None:
    assert coverage.carrier(made(*rows), SPANS) is None
