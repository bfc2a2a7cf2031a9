"""The contract: frames get its columns and dtypes, and the check finds every kind of break."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pandas as pd
import pytest
from extraction import tables_of

from analysis import schema
from analysis.errors import ContractError
from analysis.schema import TABLES, Table, Tables

TEXT = """وادیم یلاگین و فرهاد کیان‌دوست گفتند که دو کشور با تحریم‌های آمریکا مخالف هستند.
یلاگین پیام وزیر خارجه عراق مبنی بر آمادگی برای میزبانی را منعکس کرد."""


@cache
def correct_tables() -> Tables:
    return tables_of(TEXT)


@pytest.fixture
def tables() -> Tables:
    """Correct tables of one article, a copy for each test."""
    made = correct_tables()
    return Tables(**{table.name: frame.copy() for table, frame in made})


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_an_empty_frame_has_the_columns(table: Table) -> None:
    frame = table.frame()
    assert list(frame.columns) == table.names
    assert [str(dtype) for dtype in frame.dtypes] == [column.dtype for column in table.columns]
    assert frame.empty


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_is_explained_and_every_key_exists(table: Table) -> None:
    assert set(table.key) <= set(table.names)
    assert len(set(table.names)) == len(table.names)
    assert all(column.meaning for column in table.columns)


def test_lacking_columns_are_filled_and_others_left_out() -> None:
    frame = schema.POSITIONS.frame([{"statement_id": "s", "target": "state:US", "colour": "red"}])
    assert frame.loc[0].to_dict() == {
        "statement_id": "s",
        "speaker_id": "",
        "target": "state:US",
        "stance": "",
        "relayed": False,
        "start": 0,
        "stop": 0,
        "rule": "",
        "confidence": 0.0,
        "coder": "",
    }


def test_missing_values_become_empty_texts() -> None:
    frame = schema.ARTICLES.frame(pd.DataFrame({"title": [None, float("nan"), "تیتر"]}))
    assert frame["title"].tolist() == ["", "", "تیتر"]


def test_times_are_utc_and_missing_ones_are_nat() -> None:
    frame = schema.ARTICLES.frame([{"published": "2025-03-10T12:00+03:30"}, {"published": None}, {"published": ""}])
    assert frame["published"][0] == pd.Timestamp("2025-03-10T08:30Z")
    assert frame["published"].isna().tolist() == [False, True, True]


def test_a_frame_is_numbered_anew() -> None:
    given = pd.DataFrame({"article_id": ["a", "b"]}, index=[7, 7])
    frame = schema.ARTICLES.frame(given)
    assert frame.index.tolist() == [0, 1]
    assert frame["article_id"].tolist() == ["a", "b"]


def test_correct_tables_pass(tables: Tables) -> None:
    assert all(len(frame) for table, frame in tables if table.name != "positions")
    schema.check(tables)
    schema.check(Tables())


def drop_column(tables: Tables) -> None:
    tables.mentions = tables.mentions.drop(columns="kind")


def add_column(tables: Tables) -> None:
    tables.speakers["colour"] = "red"


def swap_columns(tables: Tables) -> None:
    tables.articles = tables.articles[tables.articles.columns[::-1]]


def change_dtype(tables: Tables) -> None:
    tables.statements["start"] = tables.statements["start"].astype("float64")


def unknown_value(tables: Tables) -> None:
    tables.statements.loc[0, "form"] = "sung"


def unknown_role(tables: Tables) -> None:
    tables.attributions.loc[0, "role"] = "queen"


def double_key(tables: Tables) -> None:
    tables.speakers = pd.concat([tables.speakers, tables.speakers[:1]], ignore_index=True)


def lost_article(tables: Tables) -> None:
    tables.articles = tables.articles[:0]


def lost_speaker(tables: Tables) -> None:
    tables.speakers = tables.speakers[1:].reset_index(drop=True)


def lost_statement(tables: Tables) -> None:
    tables.statement_topics = schema.STATEMENT_TOPICS.frame([{"statement_id": "s", "topic_id": "sanctions"}])


def lost_holder(tables: Tables) -> None:
    row = {"statement_id": tables.statements["statement_id"][0], "speaker_id": "x", "stance": "for"}
    tables.positions = schema.POSITIONS.frame([row])


def other_words(tables: Tables) -> None:
    tables.statements.loc[0, "text"] = "سخنی دیگر"


def moved_span(tables: Tables) -> None:
    tables.statements.loc[0, "start"] += 1


def moved_cue(tables: Tables) -> None:
    tables.statements.loc[0, "cue_stop"] += 1


def moved_mention(tables: Tables) -> None:
    tables.mentions.loc[0, "stop"] += 1


def other_speaker_words(tables: Tables) -> None:
    tables.attributions.loc[0, "mention"] = "کسی دیگر"


@pytest.mark.parametrize(
    ("break_it", "says"),
    [
        (drop_column, "mentions: its columns are"),
        (add_column, "speakers: its columns are"),
        (swap_columns, "articles: its columns are"),
        (change_dtype, "statements.start is float64, the contract says int64"),
        (unknown_value, "statements.form holds 'sung', allowed are direct, indirect, headline"),
        (unknown_role, "attributions.role holds 'queen'"),
        (double_key, "speakers: two rows have the key"),
        (lost_article, "statements.article_id names 'a0', which articles lacks"),
        (lost_speaker, "attributions.speaker_id names"),
        (lost_statement, "statement_topics.statement_id names 's'"),
        (lost_holder, "positions.speaker_id names 'x'"),
        (other_words, "statements: a0"),
        (moved_span, "statements: a0"),
        (moved_cue, r"statements \(cue\): a0"),
        (moved_mention, "mentions: a0"),
        (other_speaker_words, "attributions: a0"),
    ],
)
def test_breaks_are_found(tables: Tables, break_it: Callable[[Tables], None], says: str) -> None:
    break_it(tables)
    with pytest.raises(ContractError, match=says):
        schema.check(tables)


def test_concatenating_keeps_each_speaker_once() -> None:
    one, two = tables_of("یلاگین گفت که راه باز است."), tables_of("یلاگین افزود که زمان کم است.")
    for table, frame in two:
        if "article_id" in frame:
            frame["article_id"] = "b0"
        if "statement_id" in frame:
            frame["statement_id"] = "s" + frame["statement_id"]
        assert getattr(two, table.name) is frame
    both = schema.concatenate([one, two])
    schema.check(both)
    assert both.speakers["speaker_id"].tolist() == ["demo:yelagin-vadim"]
    assert len(both.offices) == len(one.offices)
    assert both.articles["article_id"].tolist() == ["a0", "b0"]
    assert schema.concatenate([]).articles.empty


def test_a_column_may_name_what_it_allows() -> None:
    column = next(c for c in schema.STATEMENTS.columns if c.name == "form")
    assert column.allowed == schema.FORMS
    assert replace(column, allowed=()).allowed == ()
    assert set(schema.MINISTER_ROLES) <= set(schema.ROLES)
