"""Refreshing: what was extracted with other words is extracted again, and nothing else is touched."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from adding import WORDS, dispatch, fresh, item, items, keep

from analysis import schema
from analysis.config import SEEDS
from analysis.extract.pipeline import extract
from analysis.lexicon.words import Words
from analysis.schema import Tables
from analysis.store import Store, extracting
from analysis.store.check import check
from analysis.store.refresh import Refreshed, outdated, refresh
from analysis.store.report import Committed, Progress

PLAIN = (
    "دبیرکل سازمان ملل متحد در بیانیه‌ای نوشت: صلح در یمن نیازمند گفت‌وگو است و همه طرف‌ها باید به آتش‌بس پایبند بمانند."
)
"""Nobody of the invented people stands in it."""


@pytest.fixture(scope="session")
def other_words(tmp_path_factory: pytest.TempPathFactory) -> Words:
    """The invented people, one of them with another name in English, another one unknown."""
    folder = tmp_path_factory.mktemp("words") / "people"
    folder.mkdir()
    for name in ("people.csv", "offices.csv"):
        lines = (SEEDS / "demo" / name).read_text("utf-8").splitlines()
        kept = [
            line.replace("Kian-Dust", "Kiandoost").replace("Kiandust", "Kiandoost")
            for line in lines
            if "azarpira" not in line
        ]
        (folder / name).write_text("\n".join(kept) + "\n", "utf-8")
    return Words(people=folder)


def corpus() -> list[object]:
    """Two articles that name Kiandust, and two that do not."""
    azarpira = "مسعود آذرپیرا، معاون وزیر خارجه ایران، گفت: هیأت کارشناسی فردا به دوحه می‌رود و درباره گاز گفت‌وگو می‌کند."
    return [*items(2), item(azarpira, article_id="azarpira"), item(PLAIN, article_id="plain")]


def same(store: Store, words: Words) -> None:
    """Check that a store shows what a fresh extraction of its articles finds."""
    tables = (store if store.read_only else store.reload()).tables(corrected=False)
    schema.check(tables)
    found = extract(tables.articles.drop(columns="published_precision"), words.load())
    for (table, frame), (_, other) in zip(tables, found, strict=True):
        if table.name == "articles":
            continue
        drop = [name for name in ("aliases",) if name in frame]
        keys = list(table.key)
        left, right = (one.drop(columns=drop).sort_values(keys, ignore_index=True) for one in (frame, other))
        assert left.to_dict("records") == right.to_dict("records"), table.name


def renewed(store: Store, words: Words, **options: object) -> Refreshed:
    return refresh(store, words=words, **options)  # type: ignore[arg-type]


def test_only_what_differs_is_written_and_the_rest_is_confirmed(tmp_path: Path, other_words: Words) -> None:
    store = fresh(tmp_path)
    keep(store, corpus())
    assert renewed(store, WORDS).batches == []
    before = store.reload()
    report = renewed(store, other_words, who="Mina")
    assert (report.changed, report.confirmed, report.failed) == (3, 1, [])
    store = store.reload()
    assert store.batches()["kind"].tolist() == ["add", "refresh"]
    assert outdated(store, other_words) == []
    assert len(outdated(store, WORDS)) == 4
    speakers = store.tables().speakers.set_index("name_fa")["name_en"]
    assert "Kiandoost" in speakers["فرهاد کیان‌دوست"].replace("-", "")
    same(store, other_words)
    same(Store.open(store.where, version=before.version), WORDS)
    assert check(store) == []
    assert renewed(store, other_words).batches == []
    assert store.reload().version == store.version


def test_there_and_back_again(tmp_path: Path, other_words: Words) -> None:
    store = fresh(tmp_path)
    keep(store, corpus())
    renewed(store, other_words)
    keep(store, items(1, 2))  # Added with the old words meanwhile.
    assert renewed(store, WORDS).changed == 3
    same(store, WORDS)


def test_a_refresh_that_was_stopped_goes_on_where_it_was(tmp_path: Path, other_words: Words) -> None:
    store = fresh(tmp_path)
    keep(store, corpus())
    heard: list[object] = []
    report = renewed(store, other_words, batch=1, listen=heard.append, cancelled=lambda: len(heard) >= 2)
    assert report.cancelled
    assert len(report.batches) == 2
    schema.check(store.reload().tables())
    progress: list[Progress] = []
    rest = renewed(store, other_words, batch=1, progress=progress.append)
    assert rest.changed + rest.confirmed == 2
    assert [(p.done, p.total) for p in progress] == [(1, 2), (2, 2)]
    same(store, other_words)


def test_an_article_that_fails_keeps_its_codes(
    tmp_path: Path, other_words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = fresh(tmp_path)
    keep(store, items(2))
    before = store.reload().tables().statements
    real = extracting.extract

    def fail(frame: object, lexicon: object) -> Tables:
        if dispatch(0) in set(frame["text"]):  # type: ignore[index]
            raise RuntimeError("too odd")
        return real(frame, lexicon)  # type: ignore[arg-type]

    monkeypatch.setattr(extracting, "extract", fail)
    report = renewed(store, other_words)
    assert (report.changed, len(report.failed)) == (1, 1)
    assert "too odd" in report.failed[0].reason
    assert len(store.reload().tables().statements) == len(before)
    monkeypatch.undo()
    assert renewed(store, other_words).changed == 1


def test_what_somebody_adds_meanwhile_is_neither_lost_nor_refreshed_twice(tmp_path: Path, other_words: Words) -> None:
    store = fresh(tmp_path)
    keep(store, items(3))
    changed = item(f"{dispatch(1)}\nوی گفت: نشست بعدی در تهران است.", article_id="d1")
    done: list[object] = []

    def meddle() -> bool:
        if not done:
            done.append(keep(store, [changed], words=other_words))
        return False

    report = renewed(store, other_words, cancelled=meddle)
    assert report.changed == 2
    kept = store.reload()
    assert kept.frame("articles", where="external_id = 'd1'")["text"].item().endswith("تهران است.")
    same(kept, other_words)
    assert check(kept) == []


def test_workers_refresh_as_one_process_does(
    tmp_path: Path, other_words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Threads in place of processes, each of which would compile the lexicon; test_add.py has real ones.
    monkeypatch.setattr(extracting, "CHUNK", 2)
    monkeypatch.setattr(extracting, "ProcessPoolExecutor", lambda workers, *_: ThreadPoolExecutor(workers))
    store = fresh(tmp_path)
    keep(store, corpus())
    heard: list[object] = []
    renewed(store, other_words, workers=2, listen=heard.append)
    assert [type(told) for told in heard] == [Committed]
    same(store, other_words)
