"""Forgetting for good: rows, files, old versions, originals, bands, corrections."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from analysis.errors import StoreError
from analysis.extract.actors import short_hash
from analysis.store import Store, check, commit, compact, remove, restore
from analysis.store.corrections import record
from tools.invented import batch_of, refresh_of

SECRET = "رازِ سربه‌مهر"


def everything_on_disk(store: Store) -> str:
    """All words in all files of a store: Parquet files read, whatever else is there as it is."""
    words = []
    for path in Path(store.where).rglob("*"):
        if path.suffix == ".parquet" and path.name.startswith("part-"):
            columns = pq.read_table(path).to_pydict()
            cells = (cell for column in columns.values() for cell in column)
            words += [cell.decode(errors="replace") if isinstance(cell, bytes) else str(cell) for cell in cells]
        elif path.is_file():
            words.append(path.read_bytes().decode(errors="replace"))
    return "\n".join(words)


@pytest.fixture
def secretive(filled: Store) -> Store:
    """A store with one article more, whose text, codes, bytes, speaker and correction hold a secret."""
    batch = batch_of(["d1", "d2"])
    tables = batch.tables
    mine = tables.articles["article_id"] == "d1"
    tables.articles.loc[mine, "text"] += SECRET
    tables.articles.loc[mine, "title"] = SECRET
    tables.articles["content_hash"] = tables.articles["text"].map(short_hash)
    first = tables.statements.loc[tables.statements["article_id"] == "d1", "statement_id"].iloc[0]
    tables.attributions.loc[tables.attributions["statement_id"] == first, "speaker_id"] = "person:secret"
    tables.speakers.loc[len(tables.speakers)] = ["person:secret", SECRET, "", "person", "", SECRET]
    batch.originals.loc[batch.originals["article_id"] == "d1", "data"] = SECRET.encode()
    store = commit(filled, batch)
    store = commit(store, refresh_of(["d2"], edition=4))
    row = store.tables(articles=["d1"]).statements.iloc[1]
    span = {name: row[name] for name in ("article_id", "start", "stop")}
    return record(store, [{"field": "topic", "new": "talks", "why": SECRET, **span}], "بازبین")


def test_a_purged_articles_words_are_nowhere_on_the_disk(secretive):
    assert everything_on_disk(secretive).count(SECRET) >= 5
    compacted = compact(secretive)  # Which leaves the small files lie for a day.
    after = remove(compacted, articles=["d1"], purge=True, who="مدیر")
    assert SECRET not in everything_on_disk(after)
    assert check(after) == []
    assert "d1" not in set(after.frame("articles")["article_id"])


def test_other_articles_old_versions_still_open(secretive):
    before = {number: Store.open(secretive.where, version=number).tables() for number in (3, 5)}
    remove(secretive, articles=["d1"], purge=True)
    assert Store.open(secretive.where, version=3).tables().positions.equals(before[3].positions)
    after = Store.open(secretive.where, version=5)
    assert after.tables(articles=["d2"]).statements["statement_id"].tolist() == [
        row.statement_id for row in before[5].statements.itertuples() if row.article_id == "d2"
    ]
    assert "d1" not in set(after.frame("articles")["article_id"])


def test_a_purge_cannot_be_taken_back_and_can_be_asked_again(filled):
    removed = remove(filled, collection="نمونه")
    assert restore(removed, 4).version == 5
    purged = remove(removed.reload(), collection="نمونه", purge=True)
    with pytest.raises(StoreError, match="purged"):
        restore(purged, 6)
    assert remove(purged, articles=["a1"], purge=True).frame("articles").empty
    with pytest.raises(StoreError, match="has no article z9"):
        remove(purged, articles=["z9"], purge=True)
    again = commit(purged.reload(), batch_of(["a1"]))
    assert again.frame("articles")["article_id"].tolist() == ["a1"]
    assert check(again) == []


def test_compaction_leaves_few_files_and_every_version(filled):
    old = [Store.open(filled.where, version=number).tables() for number in range(4)]
    many = len(list(Path(filled.where).rglob("part-*.parquet")))
    store = compact(compact(filled, grace=timedelta(0)), grace=timedelta(0))
    assert len(list(Path(filled.where).rglob("part-*.parquet"))) < many / 2
    for number, tables in enumerate(old):
        again = Store.open(filled.where, version=number).tables()
        assert all(frame.equals(getattr(tables, table.name)) for table, frame in again)
    assert check(store) == []


def test_a_reader_at_work_is_not_disturbed_by_compaction(filled):
    reader = Store.open(filled.where)
    compact(filled)
    assert len(reader.frame("articles")) == 6


def test_a_vacuum_spares_what_another_writer_has_not_logged_yet(filled):
    stray = Path(filled.where, "articles", "part-00000-stray.parquet")
    stray.write_bytes(next(Path(filled.where, "articles").glob("part-*.parquet")).read_bytes())
    remove(filled, articles=["a1"], purge=True)
    compact(filled, grace=timedelta(0))
    assert stray.exists()


def test_what_was_added_again_meanwhile_outlives_a_purge(filled, monkeypatch):
    """Somebody adds the article again after it was removed and before its rows are gone."""
    import analysis.store.purge as module

    original = module._count

    def late(store, ids):
        commit(store.reload(), replace(batch_of(["a1"]), who="دیگری"))
        return original(store, ids)

    monkeypatch.setattr(module, "_count", late)
    after = remove(filled, articles=["a1"], purge=True)
    assert "a1" in set(after.frame("articles")["article_id"])
    assert len(after.tables(articles=["a1"]).statements) == 3
    assert check(after) == []
