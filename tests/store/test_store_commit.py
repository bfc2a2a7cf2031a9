"""Two writers at once, and what a broken-off add leaves."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from analysis.errors import StoreError
from analysis.store import Store, check, commit, compact, history, remove, restore
from analysis.store.commit import is_touched
from tools.invented import batch_of, refresh_of


def ids(store: Store) -> list[str]:
    return store.frame("articles", ["article_id"])["article_id"].tolist()


def test_who_comes_second_tries_again_by_itself_where_nothing_touches(filled):
    other = Store.open(filled.where)
    commit(other, batch_of(["x1"]))
    after = commit(filled, batch_of(["y1"]))
    assert after.version == 5 and {"x1", "y1"} <= set(ids(after))
    assert check(after) == []


def test_who_comes_second_decides_anew_where_the_article_is_touched(filled):
    commit(Store.open(filled.where), batch_of(["x1"]))
    asked = []

    def decide(newer: Store):
        asked.append(newer.version)
        return batch_of(["x2"])

    after = commit(filled, batch_of(["x1", "x2"]), decide=decide)
    assert asked == [4] and ids(after)[-2:] == ["x1", "x2"]
    assert check(after) == []  # Decided before any row was written: nothing is left over.


def test_without_a_decision_a_touched_article_is_an_error_and_nothing_is_added(filled):
    commit(Store.open(filled.where), refresh_of(["a1"], edition=2))
    with pytest.raises(StoreError, match="changes the same articles"):
        commit(filled, refresh_of(["a1", "a2"], edition=3))
    assert filled.reload().version == 4


def test_the_same_text_or_a_shared_band_touches_and_another_article_does_not(filled):
    newer = commit(Store.open(filled.where), batch_of(["x1"]))
    same_text = batch_of(["y1"])
    same_text.tables.articles["content_hash"] = newer.tables(articles=["x1"]).articles["content_hash"]
    near = batch_of(["y1"])
    near.bands.loc[3, "value"] = batch_of(["x1"]).bands.loc[3, "value"]
    assert is_touched(filled, newer, same_text)
    assert is_touched(filled, newer, near)
    assert not is_touched(filled, newer, batch_of(["y1"]))
    assert not is_touched(filled, newer, refresh_of(["a1"], edition=2))


def test_a_writer_that_loses_the_race_writes_its_rows_again_and_nobody_sees_the_first(filled, monkeypatch):
    """The other writer commits between this one's rows and its row of `batches`."""
    other, lake = Store.open(filled.where), filled.lake
    original = type(lake).append_alone
    raced = []

    def late(self, name, rows, version):
        if not raced:
            raced.append(commit(other, batch_of(["x1"])))
        return original(self, name, rows, version)

    raced_once = []

    def first_only(self, name, rows, version):
        if self is lake and not raced_once:
            raced_once.append(True)
            return late(self, name, rows, version)
        return original(self, name, rows, version)

    monkeypatch.setattr(type(lake), "append_alone", first_only)
    after = commit(filled, batch_of(["x1", "x2"]), decide=lambda newer: batch_of(["x2"]))
    assert ids(after)[-2:] == ["x1", "x2"]
    assert {problem.severity for problem in check(after)} == {"harmless"}
    swept = compact(after, sweep=timedelta(0))
    assert check(swept) == [] and ids(swept) == ids(after)


def test_threads_that_add_at_once_all_succeed(store):
    stores = [Store.open(store.where) for _ in range(3)]

    def add(number: int) -> None:
        for round_ in range(3):
            stores[number] = commit(stores[number], batch_of([f"t{number}-{round_}"], statements=1))

    threads = [threading.Thread(target=add, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    after = store.reload()
    assert after.version == 9 and len(ids(after)) == 9
    assert check(after) == []


def test_removed_articles_come_back_and_their_text_cannot_come_twice(filled):
    removed = remove(filled, articles=["a1"])
    assert "a1" not in ids(removed) and "a1" in ids(Store.open(filled.where, version=3))
    again = commit(removed, batch_of(["a1"]))
    restored = restore(again, 4)
    assert ids(restored) == ids(filled)
    assert history(restored)["undone"].tolist() == [False, False, True, False, False, False]
    with pytest.raises(StoreError, match="taken back already"):
        restore(restored, 4)
    with pytest.raises(StoreError, match="kind add"):
        restore(restored, 1)
    assert check(restored) == []


def test_a_refresh_is_taken_back(filled):
    refreshed = commit(filled, refresh_of(["a1"], edition=5))
    restored = restore(refreshed, 4)
    assert restored.tables().positions.equals(filled.tables().positions)
    assert check(restored) == []


def test_a_collection_is_removed_as_a_whole(filled):
    other = batch_of(["d1"])
    other.tables.articles["collection"] = "دیگر"
    store = remove(commit(filled, other), collection="نمونه", who="مدیر")
    assert ids(store) == ["d1"]
    with pytest.raises(StoreError, match="no article of a collection"):
        remove(store, collection="نمونه")
    with pytest.raises(StoreError, match="has no article a1"):
        remove(store, articles=["a1"])


def test_unknown_kinds_are_refused(store):
    with pytest.raises(Exception, match="kind"):
        commit(store, replace(batch_of(["x"]), kind="merge"))
