"""What a version shows: batches, superseded rows, old versions, order, aged logs."""

import os
import time
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from analysis import schema
from analysis.errors import ContractError, StoreError
from analysis.schema import TABLES, Tables
from analysis.store import Batch, Store, check, commit, compact, remove, stats
from analysis.store.schema import ORDER
from tools.invented import batch_of, invented, refresh_of


def ids(store: Store) -> list[str]:
    return store.frame("articles", ["article_id"])["article_id"].tolist()


def assert_same(one: Tables, other: Tables, *, batches: bool = True) -> None:
    for (table, left), (_, right) in zip(one, other, strict=True):
        drop = [] if batches or table.name != "articles" else ["batch_id"]
        pd.testing.assert_frame_equal(left.drop(columns=drop), right.drop(columns=drop), obj=table.name)


def in_order(tables: Tables) -> Tables:
    article_of = tables.statements.set_index("statement_id")["article_id"]
    frames = {}
    for table, frame in tables:
        if "article_id" in ORDER[table.name] and "article_id" not in frame:
            frame = frame.assign(article_id=frame["statement_id"].map(article_of))
        frames[table.name] = table.frame(frame.sort_values(list(ORDER[table.name])))
    return Tables(**frames)


def test_an_empty_store_has_version_0_and_frames_of_the_contract(store):
    assert store.version == 0 and store.batches().empty
    for table, frame in store.tables():
        assert list(frame.columns) == table.names and frame.empty
    schema.check(store.tables())
    assert check(store) == []


def test_what_was_added_comes_back_in_the_contracts_shape(store):
    given = batch_of(["x", "y"])
    store = commit(store, given)
    tables = store.tables()
    schema.check(tables)
    assert_same(tables, in_order(given.tables), batches=False)
    assert store.originals(["x"])["data"].tolist() == [tables.articles["text"][0].encode()]
    assert set(tables.articles["batch_id"]) == set(store.batches()["batch_id"])
    assert check(store) == []


def test_frames_do_not_depend_on_batches_or_compaction(tmp_path):
    names = [f"n{number}" for number in range(6)]
    one = commit(Store.open(tmp_path / "one", create=True), batch_of(names))
    many = Store.open(tmp_path / "many", create=True)
    for name in names:
        many = commit(many, batch_of([name]))
    assert_same(one.tables(), many.tables(), batches=False)
    assert_same(compact(many).tables(), many.tables())


def test_speakers_are_merged_as_concatenate_does(store):
    parts = [invented(["x"]), invented(["y", "z"])]
    for number, part in enumerate(parts):
        part.speakers["aliases"] += f"|نام {number}"
        store = commit(store, Batch(kind="add", tables=part))
    expected = schema.concatenate(parts).speakers.sort_values("speaker_id", ignore_index=True)
    pd.testing.assert_frame_equal(store.tables().speakers, expected)


def test_every_old_version_opens_again(filled):
    assert [ids(Store.open(filled.where, version=number)) for number in range(4)] == [
        [],
        ["a1", "a2"],
        ["a1", "a2", "b1", "b2"],
        ["a1", "a2", "b1", "b2", "c1", "c2"],
    ]
    with pytest.raises(StoreError, match="has no version 9"):
        Store.open(filled.where, version=9)


def test_an_open_store_does_not_change_while_others_add(filled):
    reader = Store.open(filled.where)
    commit(filled, batch_of(["d1"]))
    assert len(ids(reader)) == 6 and len(ids(reader.reload())) == 7


def test_an_old_version_refuses_writes(filled):
    old = Store.open(filled.where, version=1)
    with pytest.raises(StoreError, match="reading only"):
        commit(old, batch_of(["d1"]))


def test_refresh_hides_the_earlier_codes_and_not_the_article(filled):
    before = filled.tables()
    after = commit(filled, refresh_of(["a1"], edition=7))
    assert ids(after) == ids(filled)
    new = in_order(invented(["a1"], edition=7)).statement_topics
    mine = after.tables(articles=["a1"]).statement_topics
    pd.testing.assert_frame_equal(mine, new)
    assert_same(Store.open(filled.where, version=3).tables(), before)
    assert after.coded().set_index("article_id")["lexicon"].to_dict()["a1"] == "second"
    assert check(after) == []


def test_a_new_text_hides_the_old_article_with_everything(filled):
    new = batch_of(["a1"], statements=2)
    after = commit(filled, replace(new, supersedes=("a1",)))
    assert len(after.tables(articles=["a1"]).statements) == 2
    assert len(after.originals(["a1"])) == 1
    assert len(Store.open(filled.where, version=3).tables(articles=["a1"]).statements) == 3
    assert check(after) == []


def test_some_articles_come_with_their_own_speakers_only(filled):
    tables = filled.tables(articles=["a1", "b2"])
    schema.check(tables)
    assert set(tables.articles["article_id"]) == {"a1", "b2"}
    assert set(tables.speakers["speaker_id"]) == set(tables.attributions["speaker_id"])


def test_rows_of_nobody_are_refused_before_they_are_written(store):
    batch = batch_of(["x"])
    batch.tables.positions.loc[0, "statement_id"] = "lost"
    with pytest.raises(ContractError, match="positions"):
        commit(store, batch)
    assert store.reload().version == 0


def test_copies_of_a_removed_original_fall_to_the_earliest_of_them(filled):
    copies = batch_of(["d1", "d2"])
    copies.tables.articles["duplicate_of"] = "a1"
    store = commit(filled, copies)
    assert store.frame("articles", ["duplicate_of"])["duplicate_of"].tolist() == [""] * 6 + ["a1", "a1"]
    after = remove(store, articles=["a1"])
    assert after.frame("articles", ["duplicate_of"])["duplicate_of"].tolist() == [""] * 6 + ["d1"]
    assert check(after) == []


def test_old_versions_open_after_logs_and_files_were_aged_by_40_days(filled):
    old = time.time() - 40 * 86400
    for path in Path(filled.where).rglob("*"):
        os.utime(path, (old, old))
    store = filled
    for number in range(8):  # Past a checkpoint, at which Delta would clean its log up.
        store = commit(store, batch_of([f"d{number}"], statements=1))
    compact(store)
    assert ids(Store.open(filled.where, version=1)) == ["a1", "a2"]
    assert len(list(Path(filled.where, "articles", "_delta_log").glob("0*.json"))) > 11
    assert check(Store.open(filled.where)) == []


def test_duckdb_sees_the_same_and_all_committed_rows(filled):
    after = commit(filled, refresh_of(["a1"], edition=7))
    with after.connect() as con:
        assert con.sql("SELECT count(*) FROM statements").fetchall() == [(18,)]
        assert con.sql("SELECT count(*) FROM all_statements").fetchall() == [(21,)]
    assert stats(after).rows["articles"] == 6


def test_paths_of_any_letters(tmp_path):
    store = commit(Store.open(tmp_path / "پوشهٔ ما 'x", create=True), batch_of(["x"]))
    assert ids(compact(store)) == ["x"]
    with pytest.raises(StoreError, match="per cent"):
        Store.open(tmp_path / "a%20b", create=True)


def test_the_place_comes_from_the_environment(filled, monkeypatch):
    monkeypatch.setenv("MAVAZE_STORE", filled.where)
    assert Store.open().version == 3
    monkeypatch.delenv("MAVAZE_STORE")
    with pytest.raises(StoreError, match="MAVAZE_STORE"):
        Store.open()


def test_every_table_has_its_order():
    assert {table.name for table in TABLES} <= set(ORDER)
