"""Everything survives add, export, verify, add into a new store, export."""

import datetime as dt
import io
import shutil
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
from analysis.store.check import WRONG, check
from analysis.store.corrections import record, undo
from analysis.store.duplicates import bands_of
from analysis.store.schema import BANDS, ORIGINALS
from tests.export.nasty import tables_of
from tests.export.test_snapshot import pack
from tests.pages.sample import build

WHEN = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Invented tables with a copy, nasty ones of another lexicon, and corrections of every kind."""
    made = kept(tmp_path_factory.mktemp("store") / "first", sample(), "newer")
    return corrected(kept(Path(made.where), tables_of(), "older"))


def sample() -> Tables:
    """A few invented articles; the last one copies the first."""
    tables = build(6)
    copy = tables.articles.iloc[:1].assign(article_id="copy", duplicate_of=tables.articles["article_id"].iloc[0])
    tables.articles = pd.concat([tables.articles, copy], ignore_index=True)
    tables.articles["content_hash"] = tables.articles["text"].map(short_hash).astype("str")
    return tables


def kept(place: Path, tables: Tables, lexicon: str = "") -> Store:
    """A store of these tables, with originals and bands."""
    made = Store.open(place, create=True)
    rows = zip(tables.articles["article_id"], tables.articles["text"], strict=True)
    ids = [{"article_id": one, "text": text} for one, text in rows]
    originals = ORIGINALS.frame([row | {"media_type": "text/html", "data": bytes(range(256))} for row in ids])
    bands = [row | {"band": band, "value": value} for row in ids for band, value in bands_of(row["text"])]
    batch = Batch(kind="add", tables=tables, originals=originals, bands=BANDS.frame(bands), lexicon=lexicon)
    return commit(made, batch)


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


@pytest.fixture(scope="module")
def first(store: Store) -> bytes:
    """A snapshot of all of it."""
    return take(store).getvalue()


@pytest.fixture(scope="module")
def second(first: bytes, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A new store that it was added to. Who changes it takes a copy."""
    return opened(io.BytesIO(first), tmp_path_factory.mktemp("store") / "second")


def copy_of(store: Store, place: Path) -> Store:
    return Store.open(shutil.copytree(store.where, place))


def wrong(store: Store) -> list[str]:
    return [str(problem) for problem in check(store) if problem.severity == WRONG]


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


def test_everything_survives(store: Store, first: bytes, second: Store) -> None:
    assert wrong(second) == []
    assert apart(store.tables(), second.tables()) == []
    assert apart(store.tables(corrected=False), second.tables(corrected=False)) == []
    for name in ("corrections", "originals"):
        ours, theirs = (one.frame(name).drop(columns="batch_id") for one in (store, second))
        assert ours.equals(theirs), name
    assert store.coded()["lexicon"].equals(second.coded()["lexicon"])
    with Snapshot(io.BytesIO(first)) as one, Snapshot(take(second)) as two:
        same = {name for name in one.members if one.members[name].CRC == two.members[name].CRC}
        about = {"README.txt", "datapackage.json", "SHA256SUMS"}  # They name the store's version and batch.
        assert one.members.keys() - same == {*about, "tables/articles.csv"}
    assert verify(io.BytesIO(first), second).code == 0


def test_everything_survives_in_parquet(store: Store) -> None:
    packed = take(store, kind="parquet")
    assert verify(packed).problems == []
    with Snapshot(packed) as snapshot:
        assert apart(store.tables(), snapshot.tables()) == []
        assert apart(store.tables(corrected=False), snapshot.before()) == []


def test_adding_it_again_changes_nothing(first: bytes, second: Store) -> None:
    report = add_snapshot(second, io.BytesIO(first))
    assert report.counts["unchanged"] == len(report.lines) == len(second.tables().articles)
    assert second.reload().version == second.version


def test_a_correction_can_still_be_undone_elsewhere(store: Store, first: bytes, second: Store, tmp_path: Path) -> None:
    other = copy_of(second, tmp_path / "third")
    stance = other.frame("corrections", where="field = 'stance'").iloc[0]
    undone = undo(other, stance["correction_id"], "بهار")
    assert apart(undone.tables(), store.tables()) == ["positions"]
    found = verify(io.BytesIO(first), undone)
    assert found.code == 1
    assert "positions: 0 added, 0 gone, 1 changed" in found.text()
    assert "stance: mixed ->" in found.text()


def test_a_choice_of_statements_is_completed_by_refresh_later(store: Store, tmp_path: Path) -> None:
    choice = take(store, Filters(topics=("sanctions",)))
    assert verify(choice, store).code == 0
    other = opened(choice, tmp_path / "second")
    assert wrong(other) == []
    assert set(other.coded()["lexicon"]) == {""}
    with Snapshot(choice) as snapshot:
        assert apart(snapshot.tables(), other.tables()) == []


def test_what_the_store_has_already_stays_and_is_told(first: bytes, tmp_path: Path) -> None:
    """Another text under an id of the snapshot, and a text of the snapshot under another id."""
    theirs = tables_of(["متن دیگری با همان شناسه."])
    same = sample().articles.iloc[:1].assign(article_id="theirs")
    theirs.articles = pd.concat([theirs.articles, same], ignore_index=True)
    other = kept(tmp_path / "second", theirs)
    report = add_snapshot(other, io.BytesIO(first))
    lines = {line.article_id: line for line in report.lines}
    assert [(one.article_id, one.code) for one in lines.values() if one.outcome == "rejected"] == [
        ("n000", "other_text")
    ]
    assert [lines[one].outcome for one in ("a000", "copy")] == ["duplicate", "duplicate"]
    articles = other.reload().tables().articles.set_index("article_id")
    assert articles.loc["n000", "text"] == "متن دیگری با همان شناسه."
    assert articles.loc[["a000", "copy"], "duplicate_of"].tolist() == ["theirs", "theirs"]
    assert wrong(other.reload()) == []


def test_a_broken_one_adds_nothing(first: bytes, tmp_path: Path) -> None:
    other = Store.open(tmp_path / "second", create=True)
    with pytest.raises(SnapshotError, match="Nothing was added"):
        add_snapshot(other, io.BytesIO(first[:-40]))
    assert other.reload().version == 0


def test_an_old_version_can_be_taken(store: Store, tmp_path: Path) -> None:
    old = Store.open(store.where, version=1)
    target = tmp_path / "old.zip"
    write_snapshot(target, content_of(old, created=WHEN))
    found = verify(target, store)
    assert (found.code, found.about["store_version"]) == (1, 1)
    added = {change.table: change.added for change in found.changes or ()}
    assert added["articles"] == len(tables_of().articles)


def test_speakers_who_are_one_by_correction_stay_one_in_a_collection_alone(tmp_path: Path) -> None:
    made = kept(tmp_path / "first", sample())
    made = kept(Path(made.where), tables_of(["متن یکم.", "متن دوم."]))
    made = record(made, [{"field": "merge_person", "key": "p1", "new": "demo:cagan-cem"}], "مینا")
    filters = Filters(collections=("آزمون",), repeats=True, relayed=True)
    packed = take(made, filters)
    assert verify(packed, made).text().endswith("says the same")
    other = opened(packed, tmp_path / "second")
    assert wrong(other) == []
    with Snapshot(packed) as snapshot:
        assert snapshot.about["whole"]
        assert set(snapshot.tables().attributions["speaker_id"]) == {"demo:cagan-cem"}
        # A store shows no speaker whom only a correction names, and so calls the merged one by the other's name.
        assert apart(snapshot.tables(), other.tables()) in ([], ["speakers"])
