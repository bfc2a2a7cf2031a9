"""What goes wrong on disks: the message names it, and what was there stays readable."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from deltalake import DeltaTable

from analysis.errors import DamagedStore, StoreError
from analysis.store import Store, check, commit
from tools.invented import batch_of

ROOT = Path(__file__).resolve().parents[2]


def run(*words: str) -> str:
    """Whether a command ends well; what it said otherwise."""
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stderr or "failed"


def newest(store: Store, table: str) -> Path:
    """The log entry written last of one table."""
    return max(Path(store.where, table, "_delta_log").glob("*.json"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 3 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    if why := run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)):
        pytest.skip(f"cannot mount a small disk: {why.strip()}")
    yield place
    run("umount", str(place))


def test_a_full_disk_adds_nothing_and_what_was_there_is_whole(small_disk):
    store = commit(Store.open(small_disk / "store", create=True), batch_of(["a1", "a2"]))
    (small_disk / "ballast").write_bytes(b"0" * (os.statvfs(small_disk).f_bavail * 4096 - 60_000))
    with pytest.raises(StoreError, match=r"disk is full, nothing was added\. Make room"):
        for number in range(20):
            commit(store.reload(), batch_of([f"b{number}-{i}" for i in range(40)]))
    (small_disk / "ballast").unlink()
    again = Store.open(small_disk / "store")
    assert [problem for problem in check(again) if problem.severity == "wrong"] == []
    assert len(commit(again, batch_of(["c1"])).tables(articles=["a1", "c1"]).articles) == 2


def test_a_file_over_the_limit_adds_nothing(filled):
    code = f"""
import resource, sys
sys.path.insert(0, {str(ROOT)!r})
from analysis.errors import StoreError
from analysis.store import Store, commit
from tools.invented import batch_of
store = Store.open({filled.where!r})
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    commit(store, batch_of([str(number) for number in range(400)]))
except StoreError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "over the limit, nothing was added. Raise the limit" in done.stdout, done.stderr
    assert filled.reload().version == 3
    assert {problem.severity for problem in check(filled.reload())} <= {"harmless"}


def test_a_read_only_folder_is_read_and_not_written(filled, tmp_path):
    bound = tmp_path / "bound"
    bound.mkdir()
    if why := run("mount", "--bind", filled.where, str(bound)):
        pytest.skip(f"cannot mount a folder read-only: {why.strip()}")
    try:
        run("mount", "-o", "remount,ro,bind", str(bound))
        store = Store.open(bound)
        assert len(store.frame("articles")) == 6
        with pytest.raises(StoreError, match="read-only file system"):
            commit(store, batch_of(["d1"]))
        assert check(store) == []
        with pytest.raises(StoreError, match="read-only"):
            Store.open(bound / "other", create=True)
    finally:
        run("umount", str(bound))


def test_no_store_something_else_and_a_newer_format(tmp_path, filled):
    with pytest.raises(StoreError, match="no store is there"):
        Store.open(tmp_path / "none")
    assert not (tmp_path / "none").exists()
    (tmp_path / "else").mkdir()
    (tmp_path / "else" / "letter.txt").write_text("x")
    with pytest.raises(StoreError, match=r"holds other things \(letter.txt\)"):
        Store.open(tmp_path / "else", create=True)
    with pytest.raises(StoreError, match="a file stands there"):
        Store.open(tmp_path / "else" / "letter.txt", create=True)
    DeltaTable(f"{filled.where}/batches").alter.set_table_description("Mavaze store, format 99")
    with pytest.raises(StoreError, match="newer Mavaze"):
        Store.open(filled.where)


def test_a_store_whose_making_was_broken_off_is_finished(tmp_path):
    Store.open(tmp_path / "whole", create=True)
    (tmp_path / "half").mkdir()
    (tmp_path / "whole" / "articles").rename(tmp_path / "half" / "articles")
    store = commit(Store.open(tmp_path / "half", create=True), batch_of(["a1"]))
    assert check(store) == []


@pytest.mark.parametrize("broken", ["cut off", "missing"])
def test_a_broken_file_is_named_and_the_rest_stays_readable(filled, broken):
    later = commit(filled, batch_of(["d1"]))
    action = re.search(r'"path":"([^"]+)"', newest(later, "statements").read_text())
    assert action
    file = Path(later.where, "statements", action[1])
    if broken == "missing":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:100])
    store = Store.open(later.where)
    with pytest.raises(DamagedStore, match=f"file of statements cannot be read.*{file.name}.*back from a backup"):
        store.frame("statements")
    assert len(store.frame("articles")) == 7
    assert len(Store.open(later.where, version=3).tables().statements) == 18
    problems = [problem for problem in check(store) if problem.severity == "wrong"]
    assert any(str(file) == problem.where and broken in problem.what for problem in problems)


@pytest.mark.parametrize("words", ["", "{garbage", "{}"])
def test_a_broken_last_entry_of_batches_opens_the_version_before_for_reading(filled, words):
    newest(filled, "batches").write_text(words)
    store = Store.open(filled.where)
    assert store.read_only and newest(filled, "batches").name in store.notice
    assert store.version == 2 and len(store.tables().articles) == 4
    with pytest.raises(StoreError, match="reading only"):
        commit(store, batch_of(["d1"]))
    assert any("last entry" in problem.what for problem in check(store))


def test_a_broken_last_entry_of_a_table_is_named_and_earlier_versions_open(filled):
    newest(filled, "articles").write_text("{garbage")
    store = Store.open(filled.where)
    with pytest.raises(DamagedStore, match="articles"):
        store.frame("articles")
    assert len(Store.open(filled.where, version=2).frame("articles")) == 4
    assert any(problem.table == "articles" for problem in check(store))


def test_a_broken_entry_that_nothing_committed_needs_does_not_matter_to_readers(filled):
    last = newest(filled, "articles")
    last.with_name(f"{int(last.stem) + 1:020}.json").write_text("{garbage")
    assert len(Store.open(filled.where).frame("articles")) == 6
    with pytest.raises(StoreError, match="articles"):
        commit(filled, batch_of(["d1"]))
    problem = next(problem for problem in check(filled) if problem.table == "articles")
    assert "move the newest file" in problem.remedy


def test_wrong_rows_are_found(filled):
    lake, rows = filled.lake, filled.frame("statements")
    batch = filled.batches()["batch_id"].iloc[0]
    lake.append("statements", rows.head(1).assign(text="دیگر", batch_id=batch, statement_id="zz"))
    positions = {**filled.positions, "statements": lake.newest("statements")}
    store = commit(filled, batch_of(["d1"]))
    assert positions["statements"] < store.positions["statements"]
    found = {(problem.table, problem.what) for problem in check(store)}
    assert ("statements", "a span is not verbatim what the row says") in found
    assert ("statements", "rows are missing or too many") in found


def test_a_forked_process_is_told_to_spawn(filled):
    code = f"""
import os, sys
sys.path.insert(0, {str(ROOT)!r})
from analysis.store import Store
Store.open({filled.where!r})
if os.fork() == 0:
    try:
        Store.open({filled.where!r})
    except Exception as error:
        print(error, flush=True)
    os._exit(0)
os.wait()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "by spawn, not by fork" in done.stdout
