"""The store under the pages: adding, versions, what an article came from, what is said where a store cannot be opened."""

import dataclasses
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.read.items import REASONS
from analysis.store import Batch, Store, commit
from analysis.store.report import OUTCOMES
from analysis.store.report import REASONS as MORE_REASONS
from analysis.store.schema import KINDS, ORIGINALS
from pages.ui import jobs
from pages.ui.labels import LANGS, Labels, keys
from tests.pages import sample
from tests.pages.conftest import PAGES, Open, opened
from tests.pages.test_pages import html, text


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store of the invented tables: added by Mina, one article a copy of another; then three articles removed."""
    tables = sample.build()
    ids = list(tables.articles["article_id"])
    copies = tables.articles["duplicate_of"].where(tables.articles["article_id"] != ids[1], ids[0])
    tables = dataclasses.replace(tables, articles=tables.articles.assign(duplicate_of=copies))
    originals = ORIGINALS.frame(
        [
            {
                "article_id": ids[0],
                "name": "https://example.org/news/1?x=1",
                "media_type": "text/html",
                "reader": "html reader 1",
                "published_from": "json-ld datePublished",
                "data": b"<p>",
            }
        ]
    )
    opened = Store.open(tmp_path_factory.mktemp("store") / "s", create=True)
    batch = Batch(kind="add", tables=tables, originals=originals, who="مینا", note="<b>x</b>", collection="demo")
    return commit(commit(opened, batch), Batch(kind="remove", supersedes=tuple(ids[-3:]), who="نگار"))


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Open a page by name over a store."""

    def run(name: str, place: str | Path, **query: str) -> AppTest:
        monkeypatch.setenv("MAVAZE_STORE", str(place))
        monkeypatch.delenv("MAVAZE_TABLES", raising=False)
        st.cache_resource.clear()
        return opened(name, **query)

    yield run
    st.cache_resource.clear()


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_over_a_store(open_page: Open, store: Store, name: str) -> None:
    lang = "en"
    app = open_page(name, store.where, lang=lang, id="a000")
    assert not app.exception
    assert Labels(lang)("app.trouble") not in text(app)


def test_the_newest_version_is_shown(open_page: Open, store: Store) -> None:
    app = open_page("statements", store.where, lang="en", view="articles", repeats="1")
    assert f"of {len(store.tables().articles)}" in text(app)
    assert len(store.tables().articles) == len(sample.build().articles) - 3


def test_an_old_version_is_marked_and_shows_what_was_there(open_page: Open, store: Store) -> None:
    app = open_page("statements", store.where, lang="en", view="articles", repeats="1", v="1")
    assert "You see version 1 of 2." in text(app)
    assert f"of {len(sample.build().articles)}" in text(app)
    assert app.query_params["v"] == "1"
    app.switch_page(PAGES["topics"]).run()
    assert "You see version 1 of 2." in text(app)
    assert "cannot be changed" in text(open_page("add", store.where, lang="en", v="1"))


@pytest.mark.parametrize("lang", LANGS)
def test_versions_say_what_they_did(open_page: Open, store: Store, lang: str) -> None:
    app, labels = open_page("history", store.where, lang=lang), Labels(lang)
    said = text(app)
    assert said.index(labels("history.kind_remove")) < said.index(labels("history.kind_add"))
    assert labels("history.n_removed", n=3) in said and "مینا" in said and "نگار" in said
    assert "<b>x</b>" not in html(app)


def test_a_version_that_is_not_there(open_page: Open, store: Store) -> None:
    app = open_page("overview", store.where, lang="en", v="99")
    assert not app.exception
    assert "The store cannot be opened." in text(app) and "no version 99" in text(app)


@pytest.mark.parametrize("lang", LANGS)
def test_a_place_that_is_no_store(open_page: Open, tmp_path: Path, lang: str) -> None:
    app = open_page("overview", tmp_path / "nothing", lang=lang)
    assert not app.exception
    assert Labels(lang)("app.trouble") in text(app) and "nothing" in text(app)


def test_a_broken_list_of_versions_is_named(open_page: Open, store: Store, tmp_path: Path) -> None:
    shutil.copytree(store.where, tmp_path / "s")
    last = max((tmp_path / "s" / "batches" / "_delta_log").glob("*.json"))
    last.write_bytes(b"garbage")
    app = open_page("statements", tmp_path / "s", lang="en")
    assert not app.exception
    assert last.name in text(app) and "nothing can be added until it is mended" in text(app)
    assert "1 to 10 of" in text(app)


@pytest.mark.parametrize("name", ["overview", "speaker", "coding"])
def test_an_empty_store_leads_to_adding(open_page: Open, tmp_path: Path, name: str) -> None:
    Store.open(tmp_path / "s", create=True)
    app = open_page(name, tmp_path / "s", lang="en")
    assert not app.exception
    if name not in ("article", "add", "history"):
        assert "The store holds no article yet." in text(app)


def test_an_article_says_what_it_came_from(open_page: Open, store: Store) -> None:
    ids = list(sample.build().articles["article_id"])
    said = text(open_page("article", store.where, lang="en", id=ids[0]))
    assert "html reader 1" in said and "json-ld datePublished" in said
    assert "Kept as copies of this article, and not counted again (1)" in said
    said = text(open_page("article", store.where, lang="en", id=ids[1]))
    assert "is not counted again" in said and "are not kept" in said


def test_only_what_was_just_added(open_page: Open, store: Store) -> None:
    batch = store.batches()["batch_id"].iloc[0]
    app = open_page("statements", store.where, lang="en", batch=batch)
    assert "in one added batch" in text(app)
    app = open_page("statements", store.where, lang="en", batch="another")
    assert "No statement is in view" in text(app)


def test_there_are_words_for_everything_that_a_report_says() -> None:
    for lang in LANGS:
        words = keys(lang)
        needed = [f"reason.{code}" for code in (*REASONS, *MORE_REASONS)]
        needed += [f"outcome.{pre}{outcome}" for outcome in OUTCOMES for pre in ("", "n_")]
        needed += [f"history.kind_{kind}" for kind in KINDS]
        assert [key for key in needed if key not in words] == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("خبر.txt", "خبر.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\news\\a.html", "a.html"),
        (".bashrc", "bashrc"),
        ("", "file"),
        ("x" * 300 + ".txt", "x" * 146 + ".txt"),
    ],
)
def test_uploads_stay_in_their_folder(tmp_path: Path, name: str, kept: str) -> None:
    first, second = jobs.save(tmp_path, name, b"1"), jobs.save(tmp_path, name, b"2")
    assert first == tmp_path / kept and second == tmp_path / f"1-{kept}"
    assert (first.read_bytes(), second.read_bytes()) == (b"1", b"2")


def test_a_job_that_fails_says_why(tmp_path: Path) -> None:
    folder = jobs.new_folder()
    missing = str(folder / "none.txt")
    job = jobs.Jobs().start([missing], store=str(tmp_path / "s"), collection="", who="", folder=folder)
    job.wait(60)
    assert job.ended == 2 and missing in job.error and "no such file" in job.error
    assert not job.versions and not folder.exists() and not (tmp_path / "s").exists()


def test_a_job_adds_and_tells_what_became_of_each(tmp_path: Path) -> None:
    folder = jobs.new_folder()
    jobs.save(folder, "خبر.txt", "مهران پاکزاد گفت: «به گفت‌وگو امیدواریم.»".encode())
    jobs.save(folder, "empty.txt", b"")
    every, inputs = jobs.Jobs(), [str(folder), "http://127.0.0.1:9/secret"]
    job = every.start(inputs, store=str(tmp_path / "s"), collection="آزمون", who="مینا", folder=folder)
    assert every.running() == [job]
    job.wait(120)
    assert (job.ended, job.error, job.done) == (1, "", True)
    assert [item["code"] for item in job.items if item["outcome"] == "rejected"] == ["empty", "private_address"]
    assert job.counts == {"added": 1, "rejected": 2} and job.versions == [1]
    store = Store.open(tmp_path / "s")
    assert list(store.tables().articles["collection"]) == ["آزمون"] and store.batches()["who"][0] == "مینا"
    assert every.running() == [] and not folder.exists()
