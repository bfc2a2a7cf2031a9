"""Filters: what is in view, and its way into a URL and back."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from analysis import schema
from analysis.errors import InputError
from analysis.measure.facts import Facts
from analysis.measure.filters import QUERY_KEYS, Filters
from analysis.schema import MINISTER_ROLES, Tables
from analysis.text.calendar import local_days
from tests.pages.sample import PEOPLE, build, partly_corrected

TABLES = partly_corrected(build())
FACTS = Facts.of(TABLES)
IDS = some.lists(some.sampled_from([*PEOPLE, "body:qa-mfa", "nobody"]), max_size=2, unique=True).map(tuple)
TOPICS = some.lists(some.sampled_from(["sanctions", "negotiation", "detainees", "none"]), max_size=2, unique=True).map(
    tuple
)
COUNTRIES = some.lists(some.sampled_from(["IR", "US", "QA", "XX"]), max_size=2, unique=True).map(tuple)
COLLECTIONS = some.sampled_from([(), ("demo",), ("press",), ("demo", "press"), ("other",)])
SOURCES = sorted(set(TABLES.articles["source"]))
DAYS = some.none() | some.dates(dt.date(2024, 1, 1), dt.date(2025, 12, 31))
FILTERS = some.builds(
    Filters,
    start=DAYS,
    stop=DAYS,
    undated=some.sampled_from(["", "with", "only"]),
    speakers=IDS,
    of=some.sampled_from([(), ("IR",), ("QA", "RU"), ("XX",)]),
    named=some.sampled_from([(), ("organisation:IAEA",), ("region:gulf", "organisation:UN"), ("nothing", "city:x")]),
    sources=some.sampled_from([(), (SOURCES[0],), (SOURCES[-1], "nobody")]),
    ministers=some.booleans(),
    topics=TOPICS,
    countries=COUNTRIES,
    collections=COLLECTIONS,
    repeats=some.booleans(),
    relayed=some.booleans(),
    sure=some.sampled_from([0, 60, 80, 85, 100]),
    coded=some.sampled_from(["", "human", "machine"]),
)


@settings(deadline=None)
@given(FILTERS)
def test_url_and_back(filters: Filters) -> None:
    query = filters.to_query()
    assert set(query) <= set(QUERY_KEYS)
    assert Filters.from_query(query) == filters


@pytest.mark.parametrize(
    "query",
    [
        {"from": "yesterday"},
        {"undated": "yes"},
        {"ministers": "true"},
        {"speaker": "~"},
        {"sure": "very"},
        {"sure": "-5"},
        {"sure": "۸۰"},
        {"sure": "0.8"},
    ],
)
def test_nonsense_in_a_url_is_no_filter(query: dict[str, str]) -> None:
    assert Filters.from_query(query) == Filters()


@settings(deadline=None)
@given(FILTERS)
def test_in_view_is_what_a_plain_reading_says(filters: Filters) -> None:
    kept = set(filters.apply(TABLES).statements["statement_id"])
    assert kept == {row["statement_id"] for row in ROWS if _keeps(filters, row)}


@settings(deadline=None)
@given(FILTERS)
def test_facts_and_tables_are_narrowed_alike(filters: Filters) -> None:
    facts, tables = filters.narrow(FACTS), filters.apply(TABLES)
    names = {"topics": "statement_topics"}
    for name in ("articles", "statements", "attributions", "mentions", "topics", "positions"):
        assert list(getattr(facts, name).index) == list(getattr(tables, names.get(name, name)).index)


def test_words_keep_what_a_search_finds() -> None:
    kept = Filters(words="تحریم").narrow(FACTS, lambda words: np.array([3, 5]) if words == "تحریم" else np.array([]))
    assert set(kept.statements.index) <= {3, 5}
    assert len(kept.statements)


def test_words_need_something_that_finds() -> None:
    with pytest.raises(InputError, match="no index"):
        Filters(words="تحریم").narrow(FACTS)


@settings(deadline=None)
@given(FILTERS)
def test_narrowed_tables_keep_the_contract(filters: Filters) -> None:
    narrowed = filters.apply(TABLES)
    for table, frame in narrowed:
        assert list(frame.columns) == table.names
        assert frame.dtypes.tolist() == getattr(TABLES, table.name).dtypes.tolist()
    assert narrowed.statements["article_id"].isin(narrowed.articles["article_id"]).all()
    assert narrowed.positions["statement_id"].isin(narrowed.statements["statement_id"]).all()


def test_positions_are_the_chosen_speakers_own() -> None:
    narrowed = Filters(speakers=("demo:nikravesh-bahram",)).apply(TABLES)
    assert set(narrowed.positions["speaker_id"]) == {"demo:nikravesh-bahram"}
    assert {"demo:al-sabti-salem"} <= set(narrowed.attributions["speaker_id"])  # joint statements keep both names


def test_relayed_positions_wait_for_the_switch() -> None:
    assert not Filters().apply(TABLES).positions["relayed"].any()
    assert Filters(relayed=True).apply(TABLES).positions["relayed"].any()


def test_only_what_is_sure() -> None:
    every, sure = Filters(repeats=True).apply(TABLES), Filters(repeats=True, sure=80).apply(TABLES)
    assert 0 < len(sure.statements) < len(every.statements)
    of_machine = sure.statements[sure.statements["coder"] == "machine"]
    assert of_machine["confidence"].min() == 0.8  # the bound itself is in
    assert 0 < len(sure.positions) < every.positions["statement_id"].isin(sure.statements["statement_id"]).sum()
    of_machine = sure.positions[sure.positions["coder"] == "machine"]
    assert of_machine["confidence"].min() >= 0.8
    assert Filters.from_query({"sure": "250"}).sure == 100


def test_what_a_person_coded_is_sure() -> None:
    statements = TABLES.statements.assign(coder="کارشناس", confidence=0.0)
    tables = Tables(**{table.name: frame for table, frame in TABLES} | {"statements": statements})
    assert len(Filters(sure=100).apply(tables).statements) == len(Filters().apply(tables).statements)


def test_copies_are_not_counted_twice() -> None:
    articles = TABLES.articles.assign(duplicate_of=["a000" if i == 1 else "" for i in range(len(TABLES.articles))])
    tables = Tables(**{table.name: frame for table, frame in TABLES} | {"articles": schema.ARTICLES.frame(articles)})
    assert "a001" not in set(Filters().apply(tables).articles["article_id"])
    assert "a001" in set(Filters(repeats=True).apply(tables).articles["article_id"])


def test_nothing_in_empty_tables() -> None:
    assert len(Filters(ministers=True, start=dt.date(2024, 1, 1)).apply(Tables()).statements) == 0


def _rows(tables: Tables) -> list[dict]:
    articles = tables.articles.assign(day=local_days(tables.articles["published"]))
    rows = tables.statements.merge(articles[["article_id", "day", "collection", "source"]], on="article_id").to_dict(
        "records"
    )
    for row in rows:
        row["said"] = _of(tables.attributions, row)[["speaker_id", "role", "part", "country"]].to_dict("records")
        row["topics"] = set(_of(tables.statement_topics, row)["topic_id"])
        named = _of(tables.mentions, row)
        row["countries"] = set(named.loc[named["kind"] == "country", "entity_id"])
        row["named"] = set(named["kind"] + ":" + named["entity_id"])
    return rows


def _of(frame: pd.DataFrame, row: dict) -> pd.DataFrame:
    return frame[frame["statement_id"] == row["statement_id"]]


def _keeps(filters: Filters, row: dict) -> bool:
    said = [one for one in row["said"] if filters.relayed or one["part"] == "speaker"]
    if filters.speakers or filters.ministers or filters.of:
        said = [one for one in said if not filters.of or one["country"] in filters.of]
        said = [one for one in said if not filters.speakers or one["speaker_id"] in filters.speakers]
        said = [one for one in said if not filters.ministers or one["role"] in MINISTER_ROLES]
        if not said:
            return False
    checks = [
        not filters.topics or row["topics"] & set(filters.topics),
        not filters.countries or row["countries"] & set(filters.countries),
        not filters.named or row["named"] & set(filters.named),
        not filters.sources or row["source"] in filters.sources,
        not filters.collections or row["collection"] in filters.collections,
        filters.repeats or (row["form"] != "headline" and not row["repeats"]),
        row["coder"] != "machine" or row["confidence"] >= filters.sure / 100,
        filters.coded in ("", "machine" if row["coder"] == "machine" else "human"),
        _in_period(filters, row["day"]),
    ]
    return all(checks)


def _in_period(filters: Filters, day: dt.date | None) -> bool:
    if filters.undated == "only":
        return day is None
    if not (filters.start or filters.stop):
        return True
    if day is None:
        return filters.undated == "with"
    return (not filters.start or filters.start <= day) and (not filters.stop or day <= filters.stop)


ROWS = _rows(TABLES)
