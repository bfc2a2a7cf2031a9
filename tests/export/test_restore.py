"""Everything survives add, export, verify, add into a new store, export."""

import datetime as dt
import io
from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import SnapshotError
from analysis.export.reading import Snapshot
from analysis.export.restore import add_snapshot
from analysis.export.snapshot import sort, write_snapshot
from analysis.export.taking import content_of
from analysis.export.verify import verify
from analysis.extract.actors import short_hash
from analysis.measure.filters import Filters
from analysis.schema import Tables
from analysis.store import Batch, Store, commit
from analysis.store.check import check
from analysis.store.corrections import record, undo
from analysis.store.schema import ORIGINALS
from tests.export.nasty import tables_of
from tests.export.test_snapshot import pack
from tests.pages.sample import build
from tests.store.adding import item, items, keep

WHEN = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Dispatches read by the program, nasty tables of another lexicon, and corrections of every kind."""
    made = Store.open(tmp_path_factory.mktemp("store") / "first", create=True)
    keep(made, [*items(6), item(items(1)[0].article["text"], source="روزنامهٔ آزمون", article_id="copy")])
    return corrected(kept(Path(made.where), tables_of(), "older"))


def originals(tables: Tables) -> pd.DataFrame:
    ids = tables.articles["article_id"]
    rows = [{"article_id": one, "media_type": "text/html", "name": "n", "data": bytes(range(256))} for one in ids]
    return ORIGINALS.frame(rows)


def kept(place: Path, tables: Tables, lexicon: str = "") -> Store:
    """A store of these tables."""
    made = Store.open(place, create=True)
    return commit(made, Batch(kind="add", tables=tables, originals=originals(tables), lexicon=lexicon))


def corrected(store: Store) -> Store:
    tables = store.tables()
    said = tables.positions.merge(tables.statements[["statement_id", "article_id", "start", "stop"]], on="statement_id")
    one, two = said.iloc[0], said.iloc[-1]
    place = {"article_id": one["article_id"], "start": int(one["start_y"]), "stop": int(one["stop_y"])}
    other = {"article_id": two["article_id"], "start": int(two["start_y"]), "stop": int(two["stop_y"])}
    rows = [
        {**place, "field": "stance", "key": [one["speaker_id"], one["target"]], "new": "mixed", "why": "مشروط است"},
        {**place, "field": "topic", "old": "", "new": "trade_energy"},
        {**other, "field": "topic", "old": "sanctions", "new": ""},
        {**other, "field": "not_a_statement"},
        {"field": "alias", "key": "p1", "new": "=السبتی"},
    ]
    store = record(store, rows, "مینا")
    last = store.frame("corrections")["correction_id"].iloc[-1]
    return undo(undo(store, last, "مینا"), store.frame("corrections")["correction_id"].iloc[2], "مینا", "نه")


def take(store: Store, filters: Filters | None = None, kind: str = "csv") -> io.BytesIO:
    return pack(content_of(store, filters, originals=True, created=WHEN), kind)


def opened(snapshot: io.BytesIO, place: Path) -> Store:
    made = Store.open(place, create=True)
    add_snapshot(made, snapshot)
    return made.reload()


def apart(ours: Tables, theirs: Tables) -> list[str]:
    """Tables that differ in more than the batch."""
    found = []
    for table, frame in ours:
        one, two = (
            sort(table, f).drop(columns="batch_id", errors="ignore") for f in (frame, getattr(theirs, table.name))
        )
        if not one.equals(two):
            found.append(table.name)
    return found


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_everything_survives(store: Store, tmp_path: Path, kind: str) -> None:
    first = take(store, kind=kind)
    assert verify(first).problems == []
    other = opened(first, tmp_path / "second")
    assert check(other) == []
    assert apart(store.tables(), other.tables()) == []
    assert apart(store.tables(corrected=False), other.tables(corrected=False)) == []
    for name in ("corrections", "originals", "bands"):
        ours, theirs = (one.frame(name).drop(columns="batch_id") for one in (store, other))
        if name != "bands":
            assert ours.equals(theirs), name
    assert store.coded()["lexicon"].equals(other.coded()["lexicon"])
    second = take(other, kind=kind)
    with Snapshot(first) as one, Snapshot(second) as two:
        same = {name for name in one.members if one.members[name].CRC == two.members[name].CRC}
        about = {"README.txt", "datapackage.json", "SHA256SUMS"}  # They name the store's version and batch.
        assert one.members.keys() - same == {*about, f"tables/articles.{kind}"}
    assert verify(first, other).code == 0


def test_adding_it_again_changes_nothing(store: Store, tmp_path: Path) -> None:
    first = take(store)
    other = opened(first, tmp_path / "second")
    report = add_snapshot(other, first)
    assert report.counts["unchanged"] == len(other.tables().articles)
    assert other.reload().version == other.version


def test_a_correction_can_still_be_undone_elsewhere(store: Store, tmp_path: Path) -> None:
    other = opened(take(store), tmp_path / "second")
    stance = other.frame("corrections", where="field = 'stance'").iloc[0]
    undone = undo(other, stance["correction_id"], "بهار")
    assert apart(undone.tables(), store.tables()) == ["positions"]
    found = verify(take(store), undone)
    assert found.code == 1
    assert "positions: 0 added, 0 gone, 1 changed" in found.text()
    assert "stance: mixed ->" in found.text()


def test_a_choice_of_statements_is_completed_by_refresh_later(store: Store, tmp_path: Path) -> None:
    choice = take(store, Filters(topics=("sanctions",)))
    assert verify(choice, store).code == 0
    other = opened(choice, tmp_path / "second")
    assert check(other) == []
    assert set(other.coded()["lexicon"]) == {""}
    with Snapshot(choice) as snapshot:
        assert apart(snapshot.tables(), other.tables()) == []


def test_what_is_there_with_other_words_is_rejected(store: Store, tmp_path: Path) -> None:
    tables = tables_of(["متن دیگری با همان شناسه."])
    other = kept(tmp_path / "second", tables)
    report = add_snapshot(other, take(store))
    rejected = [line for line in report.lines if line.outcome == "rejected"]
    assert [(line.article_id, line.code) for line in rejected] == [("a000", "other_text")]
    other = other.reload()
    assert other.tables().articles.set_index("article_id").loc["a000", "text"] == "متن دیگری با همان شناسه."
    assert check(other) == []


def test_a_copy_of_what_the_store_has_is_marked(store: Store, tmp_path: Path) -> None:
    other = Store.open(tmp_path / "second", create=True)
    keep(other, [item(items(1)[0].article["text"], source="خبرگزاری دیگر", article_id="elsewhere")])
    theirs = other.reload().tables().articles["article_id"].iloc[0]
    report = add_snapshot(other, take(store))
    articles = other.reload().tables().articles
    copies = articles[articles["duplicate_of"] == theirs]
    assert len(copies) == 2  # The original of the snapshot, and its copy there.
    assert {line.outcome for line in report.lines if line.other == theirs} == {"duplicate"}
    assert check(other.reload()) == []


def test_a_broken_one_adds_nothing(store: Store, tmp_path: Path) -> None:
    data = take(store).getvalue()
    other = Store.open(tmp_path / "second", create=True)
    with pytest.raises(SnapshotError, match="Nothing was added"):
        add_snapshot(other, io.BytesIO(data[:-40]))
    assert other.reload().version == 0


def test_an_old_version_can_be_taken(store: Store, tmp_path: Path) -> None:
    old = Store.open(store.where, version=1)
    target = tmp_path / "old.zip"
    write_snapshot(target, content_of(old, created=WHEN))
    found = verify(target, store)
    assert (found.code, found.about["store_version"]) == (1, 1)
    added = {change.table: change.added for change in found.changes or ()}
    assert added["articles"] == len(tables_of().articles)


def test_sample_tables_keep_every_row(tmp_path: Path) -> None:
    tables = build(8)
    tables.articles["content_hash"] = tables.articles["text"].map(short_hash).astype("str")
    made = kept(tmp_path / "first", tables)
    other = opened(take(made), tmp_path / "second")
    assert apart(made.tables(), other.tables()) == []
