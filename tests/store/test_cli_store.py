"""`add`, `stats`, `history`, `check`, `refresh`, `compact`, `remove`, `restore`: what they say and how they end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from adding import WORDS, dispatch

import analysis.__main__ as cli
from analysis import config
from analysis.config import ROOT
from analysis.store import Store, commit
from analysis.store.corrections import record
from tools.invented import batch_of

PEOPLE = ["--people", str(WORDS.people)]


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """Three articles, one of them a copy, and a broken file."""
    folder = tmp_path / "news"
    folder.mkdir()
    lines = [
        {"id": "a", "text": dispatch(0), "source": "نمونه", "title": "خبر اول", "published": "2025-03-10"},
        {"id": "b", "text": dispatch(1), "source": "نمونه", "published": "2025-03-11"},
        {"id": "c", "text": dispatch(0).replace("\u200c", " "), "source": "روزنامه"},
    ]
    (folder / "news.jsonl").write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    (folder / "broken.json").write_text("{", "utf-8")
    (folder / "README.md").write_text("news", "utf-8")
    return folder


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the store is to be; MAVAZE_STORE names it."""
    monkeypatch.setenv("MAVAZE_STORE", str(tmp_path / "corpus"))
    return tmp_path / "corpus"


class Said:
    """Runs a verb and keeps what it printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys, self.err = capsys, ""

    def __call__(self, *arguments: object, code: int = 0) -> str:
        given = [str(argument) for argument in arguments]
        assert cli.main(given) == code, self.capsys.readouterr()
        out, self.err = self.capsys.readouterr()
        return out

    def rows(self, *arguments: object, code: int = 0) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self(*arguments, "--json", code=code).splitlines()]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Said:
    return Said(capsys)


def test_a_corpus_from_its_first_day(news: Path, place: Path, run: Said) -> None:
    said = run("add", news, "--collection", "spring", "--who", "Mina", "--workers", 1, *PEOPLE, code=1)
    assert f"a new store in {place}" in said
    assert "2 added, 1 copies, 2 rejected" in said
    assert "broken.json" in said
    assert "The same text as «خبر اول», نمونه." in said
    assert "as version 1" in said
    assert "all is well" in run("check")
    assert "3 articles (1 copies, 1 undated)" in run("stats")
    assert run.rows("stats")[0]["collections"] == [{"name": "spring", "articles": 3}]
    said = run("add", news / "news.jsonl", "--collection", "spring", *PEOPLE)
    assert "3 unchanged" in said
    assert "new store" not in said
    assert "3 articles removed; `restore 2` brings them back" in run("remove", "--collection", "spring")
    assert "0 articles" in run("stats")
    assert "3 articles are back" in run("restore", 2)
    said = run("history")
    assert [line.split()[0] for line in said.splitlines()] == ["3", "2", "1"]
    assert "remove (taken back): 3 articles" in said
    assert "add: 3 articles · Mina · spring" in said
    assert [row["kind"] for row in run.rows("history", "--top", 2)] == ["restore", "remove"]
    assert "3 articles" in run("stats", "--at", 1)
    assert "nothing to do" in run("refresh", *PEOPLE)
    run("compact")
    assert run("check") == f"{place}, version 4: all is well\n"


def test_events_as_json(news: Path, place: Path, run: Said) -> None:
    events = run.rows("add", news / "news.jsonl", *PEOPLE)
    assert [event["event"] for event in events] == ["item", "item", "item", "progress", "batch", "done"]
    assert [event["outcome"] for event in events[:3]] == ["added", "added", "duplicate"]
    assert events[2]["other"] == events[0]["article_id"]
    assert (events[3]["done"], events[3]["total"]) == (3, 3)
    assert (events[4]["version"], events[4]["articles"]) == (1, 3)
    assert (events[5]["added"], events[5]["duplicate"], events[5]["versions"]) == (2, 1, [1])
    assert run.rows("refresh", "--dry-run", "--people", WORDS.people) == [{"event": "done", "outdated": 0}]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["add"], "--watch"),
        (["add", "typo.jsonl"], "typo.jsonl"),
        (["add", "--watch", "typo"], "typo"),
        (["add", "--batch", "0", "."], "--batch"),
        (["stats"], "no store is there"),
        (["check"], "no store is there"),
        (["refresh"], "no store is there"),
        (["remove", "--collection", "x"], "no store is there"),
        (["remove", "--collection", "x", "--purge"], "--yes"),
        (["restore", "3"], "no store is there"),
        (["history", "--at", "7"], "no store is there"),
    ],
)
def test_what_is_mistyped_is_said_and_nothing_is_made(
    arguments: list[str], says: str, place: Path, run: Said, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(*arguments, code=2) == ""
    assert says in run.err
    assert run.err.count("\n") == 1
    assert not place.exists()


def test_without_a_store_it_is_said_what_to_set(run: Said) -> None:
    run("stats", code=2)
    assert "MAVAZE_STORE" in run.err
    assert "--store" in run.err


def test_what_is_added_without_naming_a_store_goes_into_the_usual_one(run: Said, news: Path) -> None:
    assert str(config.STORE) in run("add", news, code=1)
    assert run("stats")
    assert Store.open(config.STORE).version == 1


def test_a_folder_with_other_things_does_not_become_a_store(run: Said, news: Path) -> None:
    run("add", news, "--store", news, code=2)
    assert "README.md" in run.err or "broken.json" in run.err
    assert len(list(news.iterdir())) == 3


@pytest.mark.parametrize("text", ["", "0m", "5", "m", "1.5h", "5 years"])
def test_times_that_are_none(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["add", "x", "--every", text])
    assert "15m" in capsys.readouterr().err


def started(place: Path, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "analysis", "add", "--json", "--store", str(place), *PEOPLE, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def until(process: subprocess.Popen[str], event: str, **values: object) -> dict[str, Any]:
    """The next event of a kind."""
    assert process.stdout
    for line in process.stdout:
        told = json.loads(line)
        if told["event"] == event and told.items() >= values.items():
            return told
    raise AssertionError(process.stderr.read() if process.stderr else "")


def test_a_watched_folder_is_added_as_files_come_and_ends_on_sigterm(tmp_path: Path) -> None:
    inbox, place = tmp_path / "inbox", tmp_path / "store"
    inbox.mkdir()
    old = time.time() - 60
    for name, text in (("one.txt", dispatch(0)), ("bad.json", "{")):
        (inbox / name).write_text(text, "utf-8")
        os.utime(inbox / name, (old, old))
    process = started(place, "--watch", inbox, "--every", "1s")
    try:
        told = until(process, "done")
        assert (told["added"], told["rejected"]) == (1, 1)
        with (inbox / "two.txt").open("w", encoding="utf-8") as file:  # Written bit by bit, as by a slow copy.
            for line in dispatch(1).splitlines():
                file.write(f"{line}\n")
                file.flush()
                time.sleep(0.4)
        (inbox / "one.txt").rename(inbox / "moved.txt")
        told = until(process, "done", added=1)
        assert told["rejected"] == 0
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    finally:
        process.kill()
    texts = Store.open(place).frame("articles")
    assert sorted(texts.loc[texts["duplicate_of"] == "", "text"]) == sorted([dispatch(0), f"{dispatch(1)}\n"])


def test_an_error_of_one_round_does_not_end_a_schedule(tmp_path: Path) -> None:
    place, feed = tmp_path / "store", tmp_path / "feed.jsonl"
    feed.write_text(json.dumps({"id": "a", "text": dispatch(0)}), "utf-8")
    process = started(place, "--every", "1s", feed)
    try:
        assert until(process, "done")["added"] == 1
        (place / "batches").rename(place / "away")
        assert "store" in until(process, "error")["error"]
        (place / "away").rename(place / "batches")
        assert until(process, "done")["unchanged"] == 1
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
    finally:
        process.kill()


def test_corrections_are_listed_and_taken_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = commit(Store.open(tmp_path / "store", create=True), batch_of(["a1"]))
    row = store.tables().statements.iloc[0]
    place = {name: row[name] for name in ("article_id", "start", "stop")}
    record(store, [{"field": "not_a_statement", "why": "نقل نیست", **place}], "مینا")
    asked = ["corrections", "--store", store.where]
    assert cli.main(asked) == 0
    listed = capsys.readouterr().out
    assert "مینا" in listed and "not_a_statement" in listed and "نقل نیست" in listed
    assert cli.main([*asked, "--undo", listed.split()[0], "--who", "کاوه"]) == 0
    capsys.readouterr()
    assert cli.main([*asked, "--json"]) == 0
    undo, first = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (undo["who"], first["undone_by"], first["in_force"]) == ("کاوه", "کاوه", False)
    assert cli.main([*asked, "--orphans"]) == 0 and "every correction fits" in capsys.readouterr().out
    assert cli.main([*asked, "--undo", "zz"]) == 2 and "no correction" in capsys.readouterr().err
