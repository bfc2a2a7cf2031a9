"""Articles in, tables out: ids, dates, refusals, batches; the same however the articles come."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pandas as pd
import pytest
from extraction import demo_lexicon, tables_of

import analysis
from analysis import extract_batches, schema
from analysis.config import TIME_ZONE
from analysis.errors import InputError
from analysis.extract import pipeline
from analysis.extract.pipeline import prepare_articles
from analysis.schema import Tables

ONE = "یلاگین گفت که مسکو با تحریم‌های آمریکا مخالف است.\nوی افزود: ما آماده‌ایم."
TWO = "راشد الوجیهی وزیر امور خارجه قطر تاکید کرد که دوحه میزبان گفت‌وگوهای ایران و آمریکا خواهد بود."
THREE = "یک منبع آگاه گفت که پیش‌نویس آماده است.\nیلاگین و کیان‌دوست خواستار توقف جنگ شدند."


def extract(frame: pd.DataFrame) -> Tables:
    tables = analysis.extract(frame, demo_lexicon())
    schema.check(tables)
    return tables


def corpus() -> pd.DataFrame:
    return pd.DataFrame({"id": ["a", "b", "c"], "text": [ONE, TWO, THREE], "published": "2025-03-10"})


def assert_same(left: Tables, right: Tables) -> None:
    for table, frame in left:
        key = list(table.key)
        other: pd.DataFrame = getattr(right, table.name)
        pd.testing.assert_frame_equal(
            frame.sort_values(key, ignore_index=True), other.sort_values(key, ignore_index=True), obj=table.name
        )


# Ids


@pytest.mark.parametrize("column", ["article_id", "doc_id", "id"])
def test_a_given_id_is_kept(column: str) -> None:
    assert prepare_articles(pd.DataFrame({column: ["x-1"], "text": [ONE]}))["article_id"].tolist() == ["x-1"]


def test_a_numeric_id_becomes_text() -> None:
    assert prepare_articles(pd.DataFrame({"id": [7, 8], "text": [ONE, TWO]}))["article_id"].tolist() == ["7", "8"]


def test_an_id_is_made_of_source_and_text() -> None:
    made = [
        prepare_articles(pd.DataFrame({"text": [text], "source": [source]}))["article_id"][0]
        for text, source in ((ONE, "A"), (ONE, "A"), (ONE, "B"), (TWO, "A"))
    ]
    assert made[0] == made[1]
    assert len(set(made)) == 3
    assert all(made)


def test_an_empty_id_is_made_where_others_are_given() -> None:
    ids = prepare_articles(pd.DataFrame({"id": ["x", None, ""], "text": [ONE, TWO, THREE]}))["article_id"]
    assert ids[0] == "x"
    assert len(set(ids)) == 3
    assert all(ids)


def test_the_hash_is_of_the_text_alone() -> None:
    table = prepare_articles(pd.DataFrame({"id": ["a", "b", "c"], "text": [ONE, ONE, TWO], "source": ["A", "B", "A"]}))
    assert table["content_hash"][0] == table["content_hash"][1] != table["content_hash"][2]


def test_the_text_is_never_changed() -> None:
    text = "\ufeff  يلاگين گفت\u200c كه «راه» باز است. \r\n\r\n\u200f پایان  "
    tables = extract(pd.DataFrame({"id": ["a"], "text": [text]}))
    assert tables.articles["text"][0] == text


# Refusals


@pytest.mark.parametrize(
    ("frame", "says"),
    [
        (pd.DataFrame({"body": [ONE]}), r"no column `text`; their columns are body"),
        (pd.DataFrame({"id": ["a"], "text": [""]}), r"article a has an empty text"),
        (pd.DataFrame({"id": ["a", "b"], "text": [ONE, " \n\t"]}), r"article b has an empty text"),
        (pd.DataFrame({"title": ["تیتر"], "text": [None]}), r"article تیتر has an empty text"),
        (pd.DataFrame({"text": [ONE, float("nan")]}), r"article number 2 has an empty text"),
        (pd.DataFrame({"id": ["a", "a"], "text": [ONE, TWO]}), r"two articles have the id a"),
        (pd.DataFrame({"text": [ONE, ONE]}), r"two articles have the id"),
        (pd.DataFrame({"text": [ONE], "published": ["yesterday-ish"]}), r"number 1: `published` is 'yesterday-ish'"),
        (pd.DataFrame({"text": [ONE], "published": [["2024"]]}), r"`published` is"),
    ],
)
def test_refused(frame: pd.DataFrame, says: str) -> None:
    with pytest.raises(InputError, match=says):
        analysis.extract(frame, demo_lexicon())


def test_the_given_frame_is_left_alone() -> None:
    frame = corpus()
    before = frame.copy(deep=True)
    extract(frame)
    pd.testing.assert_frame_equal(frame, before)


def test_no_articles_make_empty_tables() -> None:
    for tables in (extract(corpus()[:0]), analysis.extract(pd.DataFrame({"text": []}), demo_lexicon())):
        assert all(frame.empty for _, frame in tables)


# Dates


@pytest.mark.parametrize(
    ("value", "utc", "precision"),
    [
        ("2025-03-10", "2025-03-09T20:30Z", "day"),
        ("2025-03-10T12:00", "2025-03-10T08:30Z", "time"),
        ("2025-03-10 12:00:30", "2025-03-10T08:30:30Z", "time"),
        ("2025-03-10T12:00Z", "2025-03-10T12:00Z", "time"),
        ("2025-03-10T12:00+03:30", "2025-03-10T08:30Z", "time"),
        ("2021-07-10T12:00", "2021-07-10T07:30Z", "time"),  # summer time, which Iran had until 2022
        (date(2025, 3, 10), "2025-03-09T20:30Z", "day"),
        (datetime(2025, 3, 10, 12), "2025-03-10T08:30Z", "time"),
        (datetime(2025, 3, 10, 12, tzinfo=TIME_ZONE), "2025-03-10T08:30Z", "time"),
        (pd.Timestamp("2025-03-10T12:00"), "2025-03-10T08:30Z", "time"),
        (None, None, "none"),
        ("", None, "none"),
        (float("nan"), None, "none"),
        (pd.NaT, None, "none"),
    ],
)
def test_dates(value: Any, utc: str | None, precision: str) -> None:
    row = prepare_articles(pd.DataFrame({"text": [ONE], "published": pd.Series([value], dtype=object)})).loc[0]
    assert row["published_precision"] == precision
    assert pd.isna(row["published"]) if utc is None else row["published"] == pd.Timestamp(utc)


def test_no_column_of_dates() -> None:
    row = prepare_articles(pd.DataFrame({"text": [ONE]})).loc[0]
    assert pd.isna(row["published"])
    assert row["published_precision"] == "none"


def test_dates_of_a_typed_column() -> None:
    frame = pd.DataFrame({"text": [ONE, TWO], "published": pd.to_datetime(["2025-03-10T12:00Z", None])})
    table = prepare_articles(frame)
    assert table["published_precision"].tolist() == ["time", "none"]


def test_offices_are_those_of_the_day_in_tehran() -> None:
    """Half past nine in the evening of 23 December in UTC is the 24th in Tehran, when the minister changed."""
    roles = [
        tables_of("مسعود آذرپیرا گفت: متن آماده است.", published=time).attributions.loc[0, "role"]
        for time in ("2025-12-23T20:00Z", "2025-12-23T21:30Z")
    ]
    assert roles == ["deputy_minister", "foreign_minister"]


# What comes out


def test_unknown_fields_are_ignored_and_known_ones_kept() -> None:
    given = {"id": "a", "text": ONE, "source": "نمونه", "collection": "c", "url": "u", "title": "t", "colour": "red"}
    row = extract(pd.DataFrame([given])).articles.loc[0]
    assert {name: row[name] for name in ("source", "collection", "url", "title")} == {
        "source": "نمونه",
        "collection": "c",
        "url": "u",
        "title": "t",
    }
    assert "colour" not in row


def test_labels_in_the_input_change_nothing() -> None:
    frame = corpus()
    labelled = frame.assign(statements=[[{"speaker": "x"}]] * 3, content_hash="forged", speaker="x")
    assert_same(extract(frame), extract(labelled))


def test_the_title_makes_no_statement() -> None:
    with_title = extract(corpus().assign(title="یلاگین گفت که همه چیز تمام شد."))
    assert with_title.statements["text"].tolist() == extract(corpus()).statements["text"].tolist()


def test_every_row_is_coded_by_the_machine() -> None:
    tables = extract(corpus())
    for table, frame in tables:
        if "coder" in table.names:
            assert set(frame["coder"]) <= {schema.MACHINE}, table.name
    assert tables.statements["confidence"].between(0, 1).all()


def test_ranks_of_topics_count_from_one() -> None:
    topics = extract(corpus()).statement_topics
    assert not topics.empty
    for _, group in topics.groupby("statement_id"):
        assert sorted(group["rank"]) == list(range(1, len(group) + 1))


def test_statements_of_an_article_stand_in_order_and_apart() -> None:
    for _, group in extract(corpus()).statements.groupby("article_id"):
        stops = group["stop"].shift(fill_value=0)
        assert (group["start"] >= stops).all()


def test_evidence_lies_inside_its_statement() -> None:
    tables = extract(corpus())
    for frame in (tables.positions, tables.statement_topics):
        joined = frame.merge(tables.statements, on="statement_id", suffixes=("", "_of"))
        assert ((joined["start"] >= joined["start_of"]) & (joined["stop"] <= joined["stop_of"])).all()


# The same however the articles come


def test_twice_the_same() -> None:
    assert_same(extract(corpus()), extract(corpus()))


def test_the_order_of_articles_does_not_matter() -> None:
    assert_same(extract(corpus()), extract(corpus()[::-1]))


def test_an_article_is_read_by_itself() -> None:
    alone = extract(corpus()[1:2])
    together = extract(corpus())
    for name in ("statements", "mentions"):
        frame: pd.DataFrame = getattr(together, name)
        expected: pd.DataFrame = getattr(alone, name)
        pd.testing.assert_frame_equal(frame[frame["article_id"] == "b"].reset_index(drop=True), expected)


def test_batches_equal_one_call(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = extract(corpus())
    monkeypatch.setattr(pipeline, "BATCH", 2)
    parts = list(extract_batches([corpus()], demo_lexicon()))
    assert len(parts) == 2
    for part in parts:
        schema.check(part)
    assert_same(schema.concatenate(parts), whole)
    assert_same(extract(corpus()), whole)


def test_frames_may_come_one_by_one() -> None:
    frames = (corpus()[i : i + 1] for i in range(3))
    assert_same(schema.concatenate(list(extract_batches(frames, demo_lexicon()))), extract(corpus()))


def test_batches_are_made_only_when_asked_for() -> None:
    def frames() -> Any:
        yield corpus()
        raise AssertionError("the second frame was asked for too early")

    first = next(extract_batches(frames(), demo_lexicon()))
    assert len(first.articles) == 3


def test_ids_of_statements_are_stable() -> None:
    """An id is made of article, start and stop: what stands after a statement does not change it."""
    before = extract(pd.DataFrame({"id": ["a"], "text": [ONE]})).statements["statement_id"]
    after = extract(pd.DataFrame({"id": ["a"], "text": [f"{ONE}\n{TWO}"]})).statements["statement_id"]
    other = extract(pd.DataFrame({"id": ["b"], "text": [ONE]})).statements["statement_id"]
    assert after.tolist()[: len(before)] == before.tolist()
    assert not set(other) & set(before)


# Relayed positions


def holders(text: str) -> dict[tuple[str, str], bool]:
    """Who holds a position on what, and whether it is relayed."""
    rows = tables_of(text).positions
    return {(row.speaker_id, row.target.partition(":")[2]): bool(row.relayed) for row in rows.itertuples()}


@pytest.mark.parametrize("cue", ["از قول", "به نقل از"])
def test_what_is_passed_on_belongs_to_the_one_relayed_whatever_its_object(cue: str) -> None:
    found = holders(f"یلاگین {cue} هوهن‌فلد گفت که اروپا حمله به بندر را محکوم می‌کند.")
    assert found == {("demo:hohenfeld-katharina", "use_of_force"): True}


def test_what_a_speaker_tells_of_others_is_theirs_but_not_what_his_own_state_wants() -> None:
    lines = ("یلاگین: ما برای گفت‌وگو آماده‌ایم.", "آلمان اعلام کرده است که از توافق هسته‌ای حمایت می‌کند.")
    found = holders("\n".join(f"🔹 {line}" for line in (*lines, "روسیه خواستار لغو تحریم‌ها است.")))
    assert found == {
        ("demo:yelagin-vadim", "negotiation"): False,
        ("state:DE", "nuclear_deal"): True,
        ("demo:yelagin-vadim", "sanctions"): False,
    }
