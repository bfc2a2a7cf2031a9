"""An edition's columns: exactly what the store gives, found again by position, made once."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from analysis.measure.facts import Facts, ordered
from analysis.schema import ARTICLES, Tables
from analysis.serve import columns
from analysis.serve.content import Content
from analysis.store import Store, commit, remove
from analysis.store.apply import named_only
from analysis.store.corrections import record, undo
from analysis.store.schema import ORDER
from tools.invented import NAMES, batch_of, refresh_of

FRAMES = ("articles", "statements", "attributions", "mentions", "topics", "positions", "speakers")


def written(store: Store, folder: Path) -> Content:
    """The content of a store's columns, written into a folder."""
    place = folder / f"columns-{store.version}"
    place.mkdir()
    columns.write(Store.open(store.where, version=store.version), place)
    return Content.open(place)


def in_store_order(tables: Tables) -> dict[str, pd.DataFrame]:
    """Frames in the order in which the store gives them."""
    tables = Tables(**{table.name: frame.reset_index(drop=True) for table, frame in tables})
    owner = tables.statements.set_index("statement_id")["article_id"]
    frames = {}
    for table, frame in tables:
        keyed = (
            frame
            if "article_id" in frame or "statement_id" not in frame
            else frame.assign(article_id=frame["statement_id"].map(owner))
        )
        frames[table.name] = frame.loc[keyed.sort_values(list(ORDER[table.name])).index].reset_index(drop=True)
    return frames


def assert_same_tables(found: Tables, wanted: Tables) -> None:
    """Every row is the same, in whatever order."""
    mine, theirs = in_store_order(found), in_store_order(wanted)
    for name, frame in theirs.items():
        pd.testing.assert_frame_equal(mine[name], frame, obj=name)


def assert_same_facts(found: Facts, wanted: Facts) -> None:
    """Every frame is the same, categories and their order among it."""
    for name in FRAMES:
        pd.testing.assert_frame_equal(getattr(found, name), getattr(wanted, name), obj=name)


def assert_is_the_store(store: Store, folder: Path) -> Content:
    """The columns hold exactly what the store gives."""
    content, tables = written(store, folder), store.tables()
    assert_same_tables(content.taken(content.facts), named_only(tables))
    assert_same_facts(content.facts, Facts.of(ordered(tables)))
    return content


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Three batches; one article of the second copies one of the first."""
    store = Store.open(tmp_path / "store", create=True)
    for letter in "abc":
        batch = batch_of([f"{letter}{number}" for number in range(4)])
        if letter == "b":
            articles = batch.tables.articles
            copies = articles["duplicate_of"].where(articles["article_id"] != "b1", "a1")
            dates = articles["published"].where(articles["article_id"] != "b2")
            batch = replace(
                batch,
                tables=replace(
                    batch.tables, articles=ARTICLES.frame(articles.assign(duplicate_of=copies, published=dates))
                ),
            )
        store = commit(store, batch)
    return store


def test_an_empty_store_has_no_rows(tmp_path: Path) -> None:
    content = assert_is_the_store(Store.open(tmp_path / "store", create=True), tmp_path)
    assert len(content.facts.statements) == 0
    assert content.article_position("a1") is None


def test_batches_copies_and_undated_articles(store: Store, tmp_path: Path) -> None:
    content = assert_is_the_store(store, tmp_path)
    first, copy = content.article_position("a1"), content.article_position("b1")
    assert first is not None and copy is not None
    assert list(content.copies("a1")) == [copy]
    assert not len(content.copies("b1"))


def test_removed_and_refreshed_articles(store: Store, tmp_path: Path) -> None:
    store = remove(store, articles=["a1", "c2"], who="ویراستار")
    assert_is_the_store(store, tmp_path)
    store = commit(store, refresh_of(["a2", "b1"], edition=7))
    content = assert_is_the_store(store, tmp_path)
    assert content.article_position("a1") is None
    assert_same_tables(
        written(Store.open(store.where, version=3), tmp_path).tables(range(12)),
        Store.open(store.where, version=3).tables(),
    )


def test_corrections(store: Store, tmp_path: Path) -> None:
    tables = store.tables()
    chance = random.Random(3)
    people = list(tables.speakers["speaker_id"])
    statements = tables.statements.sample(6, random_state=3).to_dict("records")
    at = [{name: row[name] for name in ("article_id", "start", "stop")} for row in statements]
    new = {"speaker_id": "person:new", "name_fa": "آذر نوساخته", "kind": "person"}
    topic = tables.statement_topics.set_index("statement_id")["topic_id"]
    store = record(store, [
        {"field": "not_a_statement", **at[0]},
        {"field": "topic", "old": topic[statements[1]["statement_id"]].iloc[0], "new": "syria", **at[1]},
        {"field": "speaker", "key": "", "new": new, **at[2]},
        {"field": "country", "old": "", "new": "AF", **at[3]},
        {"field": "add_statement", "article_id": "c3", "start": 0, "stop": 12, "new": {"form": "indirect"}},
        {"field": "merge_person", "key": people[0], "new": people[1]},
        {"field": "split_person", "key": people[2], "new": {"speaker_id": "person:apart", "mentions": list(NAMES), "name_fa": "جدا"}},
        {"field": "merge_person", "key": "person:apart", "new": people[3]},
        {"field": "speaker", "key": "", "new": people[0], **at[4]},
        {"field": "alias", "key": people[4], "new": "لقب"},
        {"field": "stance", "key": [people[0], "topic:talks"], "new": "for", **at[5]},
    ], "ویراستار")  # fmt: skip
    content = assert_is_the_store(store, tmp_path)
    assert content.facts.statements["human"].any()
    merge = store.corrections().query("field == 'merge_person'")["correction_id"].iloc[0]
    assert_is_the_store(undo(store, merge, "ویراستار"), tmp_path)
    assert chance
