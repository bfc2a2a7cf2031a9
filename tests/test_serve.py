"""An edition's columns: exactly what the store gives, found again by position, made once, gone after a purge."""

from __future__ import annotations

import shutil
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.errors import StoreError
from analysis.measure.facts import Facts, ordered
from analysis.schema import ARTICLES, Tables
from analysis.serve import columns, editions, searching
from analysis.serve.building import Building
from analysis.serve.content import Content
from analysis.store import Store, commit, remove
from analysis.store.apply import named_only
from analysis.store.corrections import record, undo
from analysis.store.schema import ORDER
from tests.pages import sample
from tools.invented import NAMES, batch_of, refresh_of

FRAMES = ("articles", "statements", "attributions", "mentions", "topics", "positions", "speakers")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of three batches. One article of the second has no date, one copies an article of the first."""
    store = Store.open(tmp_path_factory.mktemp("made") / "store", create=True)
    for letter in "abc":
        batch = batch_of([f"{letter}{number}" for number in range(4)])
        articles = batch.tables.articles
        articles = articles.assign(
            duplicate_of=articles["duplicate_of"].where(articles["article_id"] != "b1", "a1"),
            published=articles["published"].where(articles["article_id"] != "b2"),
        )
        store = commit(store, replace(batch, tables=replace(batch.tables, articles=ARTICLES.frame(articles))))
    return Path(store.where)


@pytest.fixture
def store(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """That store, to be changed, with a folder of its own for what is derived."""
    monkeypatch.setenv("MAVAZE_CACHE", str(tmp_path / "cache"))
    return Store.open(shutil.copytree(made, tmp_path / "store"))


def in_store_order(tables: Tables) -> dict[str, pd.DataFrame]:
    """Frames in the order in which the store gives them."""
    tables = Tables(**{table.name: frame.reset_index(drop=True) for table, frame in tables})
    owner = tables.statements.set_index("statement_id")["article_id"]
    frames = {}
    for table, frame in tables:
        of_statement = "article_id" not in frame and "statement_id" in frame
        keyed = frame.assign(article_id=frame["statement_id"].map(owner)) if of_statement else frame
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


def assert_is_the_store(store: Store) -> Content:
    """The columns hold exactly what the store gives."""
    content, tables = editions.open_edition(store), store.tables()
    assert_same_facts(content.facts, Facts.of(ordered(tables)))
    assert_same_tables(content.taken(content.facts), named_only(tables))
    return content


def test_a_store_s_batches_copies_and_undated_articles(store: Store) -> None:
    content = assert_is_the_store(store)
    places = content.statements([7, 2, 7])
    assert list(places.index) == [7, 2, 7]
    assert [content.statement_position(key) for key in places["statement_id"]] == [7, 2, 7]
    first, copy = content.article_position("a1"), content.article_position("b1")
    assert list(content.articles([copy or 0, first or 0])["article_id"]) == ["b1", "a1"]
    assert list(content.copies("a1")) == [copy]
    assert not len(content.copies("b1"))
    assert content.article_position("a11") is None
    assert_same_tables(content.tables([copy or 0, first or 0]), store.tables(articles=["a1", "b1"]))


def test_an_empty_store_has_no_rows(tmp_path: Path) -> None:
    content = assert_is_the_store(Store.open(tmp_path / "store", create=True))
    assert len(content.facts.statements) == 0
    assert content.article_position("a1") is None


def test_removed_and_refreshed_articles(store: Store) -> None:
    store = remove(store, articles=["a1", "c2"], who="ویراستار")
    store = commit(store, refresh_of(["a2", "b1"], edition=7))
    content = assert_is_the_store(store)
    assert content.article_position("a1") is None
    assert assert_is_the_store(Store.open(store.where, version=3)).article_position("a1") is not None


def test_corrections(store: Store) -> None:
    tables = store.tables()
    people = list(tables.speakers["speaker_id"])
    statements = tables.statements.sample(6, random_state=3).to_dict("records")
    at = [{name: row[name] for name in ("article_id", "start", "stop")} for row in statements]
    new = {"speaker_id": "person:new", "name_fa": "آذر نوساخته", "kind": "person"}
    apart = {"speaker_id": "person:apart", "mentions": list(NAMES), "name_fa": "جدا نهاده"}
    topics = tables.statement_topics.set_index("statement_id")["topic_id"]
    store = record(store, [
        {"field": "not_a_statement", **at[0]},
        {"field": "topic", "old": topics[statements[1]["statement_id"]].iloc[0], "new": "syria", **at[1]},
        {"field": "speaker", "key": "", "new": new, **at[2]},
        {"field": "country", "old": "", "new": "AF", **at[3]},
        {"field": "add_statement", "article_id": "c3", "start": 0, "stop": 12, "new": {"form": "indirect"}},
        {"field": "merge_person", "key": people[0], "new": people[1]},
        {"field": "split_person", "key": people[2], "new": apart},
        {"field": "merge_person", "key": "person:apart", "new": people[3]},
        {"field": "speaker", "key": "", "new": people[0], **at[4]},
        {"field": "alias", "key": people[4], "new": "لقب"},
        {"field": "stance", "key": [people[0], "topic:talks"], "new": "for", **at[5]},
    ], "ویراستار")  # fmt: skip
    assert assert_is_the_store(store).facts.statements["human"].any()
    corrections = store.frame("corrections")
    merge = corrections.loc[corrections["field"] == "merge_person", "correction_id"].iloc[0]
    assert_is_the_store(undo(store, merge, "ویراستار"))


def test_tables_in_memory_have_the_same_content() -> None:
    tables = sample.build()
    content = Content.of(tables)
    assert_same_facts(content.facts, Facts.of(ordered(tables)))
    assert_same_tables(content.taken(content.facts), named_only(tables))
    statement = tables.statements["statement_id"].iloc[4]
    place = content.statement_position(statement)
    assert place is not None
    assert content.statements([place])["statement_id"].iloc[0] == statement


def test_facts_are_mapped_and_cannot_be_changed(store: Store) -> None:
    numbers = editions.open_edition(store).facts.statements["article"].to_numpy()
    with pytest.raises(ValueError, match="read-only"):
        numbers[0] = 1


def test_columns_are_made_once_and_old_ones_swept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Path] = []
    write = columns.write
    monkeypatch.setattr(columns, "write", lambda *given: (made.append(given[1]), write(*given)))
    first = editions.open_edition(store)
    again = editions.open_edition(store)
    assert len(made) == 1
    assert again.folder == first.folder
    monkeypatch.setattr(editions, "KEPT", 2)
    for version in (1, 2):
        editions.open_edition(Store.open(store.where, version=version))
    home = made[0].parent
    assert not (first.folder or home).exists()
    assert len(list(home.iterdir())) == 2
    assert len(first.statements([0, 1])) == 2, "who reads it still, reads on"


def test_the_search_index_lies_with_the_columns_and_is_made_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    content, told = editions.open_edition(store), list[float]()
    index = searching.open_index(content, told.append)
    assert told[-1] == 1
    assert len(index.find("تحریم")) == len(index.find("تحریم‌های")) > 0
    monkeypatch.setattr(searching, "index_of", None)
    assert list(searching.open_index(content).find("تحریم")) == list(index.find("تحریم"))


def test_after_a_purge_nothing_older_is_opened_or_left(store: Store) -> None:
    before = editions.open_edition(store).folder
    editions.open_edition(Store.open(store.where, version=1))
    store = remove(store, articles=["a1"], purge=True, who="ویراستار")
    content = editions.open_edition(Store.open(store.where, version=1))
    assert content.article_position("a1") is None
    assert content.folder is not None and before is not None
    assert list(before.parent.iterdir()) == [content.folder]
    editions.forget(store.where)
    assert not before.parent.exists()


def test_two_who_make_the_same_at_once_both_get_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    both, write = threading.Barrier(2), columns.write

    def slow(*given: object) -> None:
        both.wait(30)  # Both have seen that there is nothing yet.
        write(*given)

    monkeypatch.setattr(columns, "write", slow)
    told: list[float] = []
    one = Building(lambda progress: editions.open_edition(store, progress))
    other = editions.open_edition(store, told.append)
    assert one.wait().folder == other.folder
    assert told == sorted(told) and told[-1] == 1
    assert np.array_equal(one.wait().facts.statements.index, other.facts.statements.index)


def test_a_large_index_is_made_by_what_a_process_of_its_own_runs(
    store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = editions.open_edition(store)
    assert content.folder is not None
    monkeypatch.setattr("os.nice", lambda by: by)
    searching.main(content.folder)
    assert float(capsys.readouterr().out.splitlines()[-1]) == 1
    assert len(searching.open_index(content).find("همکاری"))


def test_a_folder_that_cannot_be_written_is_named(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("MAVAZE_CACHE", str(tmp_path / "file"))
    building = Building(lambda progress: editions.open_edition(store, progress))
    assert building.is_over(30)
    with pytest.raises(StoreError, match="MAVAZE_CACHE"):
        building.wait()
