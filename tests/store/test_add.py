"""Adding: what becomes of each article, what is kept, and that nothing is there twice or half."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from adding import WORDS, dispatch, fresh, item, items, keep, outcomes

from analysis import schema
from analysis.errors import DataError, StoreError
from analysis.extract import pipeline
from analysis.lexicon.words import Words
from analysis.read.items import Item, Rejected
from analysis.store import Batch, Store, commit, extracting
from analysis.store.arrivals import prepare, store_id
from analysis.store.extracting import Extractor
from analysis.store.report import Committed, Line, Progress

SOURCE = "خبرگزاری نمونه"


def rows(store: Store) -> dict[str, dict[str, str]]:
    """The visible articles by the id that their source gave."""
    frame = store.reload().frame("articles")
    return {row["external_id"]: row for row in frame.to_dict("records")}


def test_articles_are_extracted_and_kept_with_their_bytes(tmp_path: Path) -> None:
    store = fresh(tmp_path)
    report = keep(store, items(3), collection="spring", who="Mina", note="first")
    assert outcomes(report) == ["added"] * 3
    assert [(done.version, done.articles) for done in report.batches] == [(1, 3)]
    store = store.reload()
    tables = store.tables()
    schema.check(tables)
    assert set(tables.articles["collection"]) == {"spring"}
    assert set(tables.articles["published_precision"]) == {"day"}
    assert set(tables.articles["article_id"]) == {store_id(SOURCE, f"d{i}", "", "") for i in range(3)}
    assert tables.statements.groupby("article_id").size().min() == 4
    assert report.batches[0].statements == len(tables.statements)
    originals = store.originals(tables.articles["article_id"])
    assert sorted(originals["data"]) == sorted(dispatch(i).encode() for i in range(3))
    version = store.batches().iloc[-1]
    assert (version["who"], version["note"], version["collection"]) == ("Mina", "first", "spring")
    assert version["lexicon"] == WORDS.fingerprint()


def test_adding_everything_again_changes_nothing(tmp_path: Path) -> None:
    store = fresh(tmp_path)
    copy = item(dispatch(0).replace("\u200c", " "), article_id="x", source="روزنامه")
    given = [*items(4), copy]
    keep(store, given)
    before = store.reload()
    for again in (given, given[::-1], given[:2]):
        assert set(outcomes(keep(store, again))) == {"unchanged"}
        assert store.reload().version == before.version


def test_batches_are_committed_one_by_one_and_copies_found_across_them(tmp_path: Path) -> None:
    store = fresh(tmp_path)
    given = [*items(3), item(f"{dispatch(0)}\nانتهای پیام", article_id="x"), item(dispatch(1), article_id="y")]
    report = keep(store, given, batch=2)
    assert outcomes(report) == ["added", "added", "added", "near_duplicate", "duplicate"]
    assert [done.articles for done in report.batches] == [2, 2, 1]
    kept = rows(store)
    assert kept["x"]["duplicate_of"] == kept["d0"]["article_id"] == report.lines[3].other
    assert kept["y"]["duplicate_of"] == kept["d1"]["article_id"]
    assert 0.6 < report.lines[3].similarity < 1 == report.lines[4].similarity
    assert "«خبر 0», خبرگزاری نمونه" in report.lines[3].reason


def test_copies_name_the_original_and_never_each_other(tmp_path: Path) -> None:
    store = fresh(tmp_path)
    text = dispatch(0)
    copies = [item(f"{text}\n{'ادامه دارد ' * i}", article_id=f"c{i}") for i in range(4)]
    report = keep(store, copies, batch=2)
    assert outcomes(report)[1:] == ["near_duplicate"] * 3
    kept = rows(store)
    assert [kept[f"c{i}"]["duplicate_of"] for i in range(4)] == ["", *[kept["c0"]["article_id"]] * 3]


def test_another_text_under_the_same_id_is_a_new_version(tmp_path: Path) -> None:
    store = fresh(tmp_path)
    keep(store, items(2))
    changed = item(f"{dispatch(0)}\nوی گفت: نشست بعدی در تهران است.", article_id="d0", title="خبر تازه")
    report = keep(store, [changed, *items(1, 1)])
    assert outcomes(report) == ["new_version", "unchanged"]
    kept = rows(store)
    assert set(kept) == {"d0", "d1"}
    assert kept["d0"]["title"] == "خبر تازه"
    schema.check(store.reload().tables())
    assert Store.open(store.where, version=1).frame("articles", where="external_id = 'd0'")["title"].item() == "خبر 0"
    assert outcomes(keep(store, items(1))) == ["unchanged"]  # The older text does not come back by itself.
    assert outcomes(keep(store, [changed])) == ["unchanged"]


def test_an_id_that_comes_with_two_texts_ends_with_the_later_one(tmp_path: Path) -> None:
    store = fresh(tmp_path)
    given = [item(dispatch(0), article_id="a"), item(dispatch(1), article_id="a"), item(dispatch(0), article_id="a")]
    assert outcomes(keep(store, given)) == ["added", "new_version", "unchanged"]
    assert rows(store)["a"]["text"] == dispatch(1)
    assert outcomes(keep(store, given)) == ["unchanged"] * 3


def test_files_of_one_name_in_two_folders_are_two_articles(tmp_path: Path) -> None:
    store = fresh(tmp_path)
    texts = (
        dispatch(0),
        "هنریک سولوانگ در مصاحبه‌ای گفت بازرسان از هر دو کارگاه دیدن کرده‌اند و گزارش ماه آینده آماده است.",
    )
    one, other = (item(text, article_id="1", name="1.txt", where=f"{text[:4]}/1.txt") for text in texts)
    assert outcomes(keep(store, [one, other])) == ["added", "added"]
    assert outcomes(keep(store, [other, one])) == ["unchanged", "unchanged"]
    edited = item(f"{dispatch(0)}\nتکمیلی", article_id="1", name="1.txt")
    assert outcomes(keep(store, [edited])) == ["new_version"]


def test_the_order_of_adding_decides_only_which_copy_is_the_original(tmp_path: Path) -> None:
    given = [
        *items(3),
        item(f"{dispatch(0)}\nانتهای پیام", article_id="x"),
        item(dispatch(1).replace("\u200c", " "), article_id="y"),
    ]
    seen = []
    for number, order in enumerate((given, given[::-1], given[2:] + given[:2])):
        store = fresh(tmp_path / str(number))
        keep(store, order, batch=2)
        tables = store.reload().tables()
        articles = tables.articles
        original = articles["duplicate_of"].where(articles["duplicate_of"] != "", articles["article_id"])
        groups = articles.groupby(original)["external_id"].agg(frozenset)
        codes = [
            sorted(map(str, frame.drop(columns="aliases", errors="ignore").to_dict("records")))
            for frame in (
                tables.statements,
                tables.attributions,
                tables.mentions,
                tables.statement_topics,
                tables.positions,
            )
        ]
        seen.append((set(groups), codes))
    assert seen[0] == seen[1] == seen[2]
    assert {"d0", "x"} in seen[0][0]


def test_what_is_rejected_stops_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = pipeline.read_document

    def fail(text: str, *rest: object) -> object:
        if "شکست" in text:
            raise RecursionError("too deep")
        return read(text, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "read_document", fail)
    store = fresh(tmp_path)
    bad = item(f"{dispatch(1)}\nشکست", article_id="bad")
    copy = item(f"{dispatch(1)}\nپایان", article_id="copy")
    given = [
        Rejected("b.pdf", "encrypted", "b.pdf: is locked. Unlock it."),
        *items(1),
        bad,
        copy,
        item(dispatch(2), article_id="date", published="soon"),
        item("  ", article_id="empty"),
    ]
    report = keep(store, given)
    found = {(line.where, line.outcome, line.code) for line in report.lines}
    assert found == {
        ("b.pdf", "rejected", "encrypted"),
        ("d.jsonl, d0", "added", ""),
        ("d.jsonl, bad", "rejected", "not_extracted"),
        ("d.jsonl, copy", "added", ""),
        ("d.jsonl, date", "rejected", "bad_record"),
        ("d.jsonl, empty", "rejected", "bad_record"),
    }
    assert "too deep" in next(line.reason for line in report.lines if line.code == "not_extracted")
    assert set(rows(store)) == {"d0", "copy"}
    assert report.counts["rejected"] == 4


def test_what_was_committed_stays_when_an_input_fails_or_somebody_cancels(tmp_path: Path) -> None:
    def broken() -> Iterator[Item]:
        yield from items(3)
        raise OSError("the network share is gone")

    store = fresh(tmp_path)
    with pytest.raises(OSError, match="share"):
        keep(store, broken(), batch=2)
    assert set(rows(store)) == {"d0", "d1"}
    heard: list[Line | Committed] = []
    report = keep(
        store, items(8), batch=2, listen=heard.append, cancelled=lambda: any(isinstance(h, Committed) for h in heard)
    )
    assert report.cancelled
    assert set(rows(store)) == {"d0", "d1", "d2", "d3"}
    assert [h.where for h in heard if isinstance(h, Line)] == [f"d.jsonl, d{i}" for i in range(4)]


def test_progress_says_how_far_it_is(tmp_path: Path) -> None:
    heard: list[Progress] = []
    keep(fresh(tmp_path), [Rejected("x", "empty", "x: empty."), *items(3)], batch=2, total=4, progress=heard.append)
    assert [p.done for p in heard] == [1, 2, 4]
    assert heard[-1].remaining == 0
    assert heard[0].rate > 0
    assert Progress(3, None, 2.0).remaining is None


def test_a_removed_article_is_added_again_by_hand_but_not_by_a_schedule(tmp_path: Path) -> None:
    store = fresh(tmp_path)
    keep(store, items(2))
    commit(store.reload(), Batch(kind="remove", supersedes=(store_id(SOURCE, "d0", "", ""),)))
    assert outcomes(keep(store, items(2), removed_stay=True)) == ["unchanged", "unchanged"]
    assert set(rows(store)) == {"d1"}
    assert outcomes(keep(store, items(2))) == ["added", "unchanged"]
    assert set(rows(store)) == {"d0", "d1"}


def test_copies_of_a_removed_article_stay_one_family(tmp_path: Path) -> None:
    store = fresh(tmp_path)
    copy, later = (item(dispatch(0), article_id=name) for name in ("copy", "later"))
    keep(store, [*items(1), copy])
    removed = commit(store.reload(), Batch(kind="remove", supersedes=(store_id(SOURCE, "d0", "", ""),)))
    assert outcomes(keep(store, [later])) == ["duplicate"]
    kept = rows(store)
    assert kept["later"]["duplicate_of"] == kept["copy"]["article_id"]
    commit(store.reload(), Batch(kind="restore", undoes=removed.version))
    kept = rows(store)
    assert kept["later"]["duplicate_of"] == kept["copy"]["duplicate_of"] == kept["d0"]["article_id"]


def test_what_others_copy_stays_an_original(tmp_path: Path) -> None:
    store = fresh(tmp_path)
    keep(store, [*items(2), item(dispatch(0), article_id="copy")])
    report = keep(store, [item(dispatch(1), article_id="d0")])
    assert outcomes(report) == ["new_version"]
    kept = rows(store)
    assert kept["d0"]["duplicate_of"] == ""
    assert kept["copy"]["duplicate_of"] == kept["d0"]["article_id"]


def test_two_who_add_the_same_at_once_keep_it_once(tmp_path: Path) -> None:
    store = fresh(tmp_path)
    keep(store, items(1))
    reports = []
    threads = [
        threading.Thread(target=lambda: reports.append(keep(Store.open(store.where), items(8), batch=3)))
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = [outcome for report in reports for outcome in outcomes(report)]
    assert (found.count("added"), found.count("unchanged")) == (7, 9)
    assert len(rows(store)) == len(store.reload().frame("articles")) == 8
    schema.check(store.reload().tables())


def test_a_copy_that_somebody_adds_meanwhile_is_noticed(tmp_path: Path) -> None:
    store = fresh(tmp_path)

    def slow() -> Iterator[Item]:
        yield item(dispatch(0), article_id="mine")
        keep(store, [item(f"{dispatch(0)}\nانتهای پیام", article_id="theirs")])

    report = keep(store, slow())
    assert outcomes(report) == ["near_duplicate"]


def test_wrong_words_and_places_are_said_before_anything_is_read(tmp_path: Path) -> None:
    def never() -> Iterator[Item]:
        raise AssertionError
        yield

    store = fresh(tmp_path)
    with pytest.raises(DataError):
        keep(store, never(), words=Words(tmp_path))
    keep(store, items(1))
    with pytest.raises(StoreError, match="reading only"):
        keep(Store.open(store.where, version=0), items(2))


def test_workers_find_what_one_process_finds_even_where_one_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extracting, "CHUNK", 2)
    rows = [arrival.row for arrival in prepare(items(6), "")[0]]
    with Extractor(WORDS, workers=1) as extractor:
        expected = extractor.extract(rows).tables
    with Extractor(WORDS, workers=2) as extractor:
        killed: list[int] = []

        def kill() -> bool:
            pool = extractor._pool
            if pool is not None and not killed:
                killed.extend(pool._processes)
                os.kill(killed[0], signal.SIGKILL)
            return False

        found = extractor.extract(rows, kill)
    assert killed
    assert not found.failed
    for (table, frame), (_, other) in zip(expected, found.tables, strict=True):
        assert frame.equals(other), table.name
