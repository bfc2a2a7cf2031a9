"""`python -m analysis`: the tables as files, all or nothing, and errors in one line."""

from __future__ import annotations

import argparse
import csv
import importlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from wrong_inputs import TEXT, WRONG, Wrong

import analysis.__main__ as cli
from analysis import schema
from analysis.cli import extracting
from analysis.config import DATA, ROOT
from analysis.export.tables import FORMATS, TableWriter
from analysis.extract.pipeline import extract, extract_batches
from analysis.read.files import iter_articles, read_articles
from analysis.schema import TABLES, Tables

OTHER = (
    "سپیده رادنوش، سخنگوی وزارت خارجه ایران، گفت: کاوه مهرآیین فردا به مسکو می‌رود.\r\n"
    "=وی افزود که «روسیه» و ایران، هر دو، خواهان گفت‌وگو هستند.\rیک منبع آگاه نیز گفت که سفر دو روز طول می‌کشد."
)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder with three articles about invented people."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, "utf-8", newline="")
    (folder / "b.txt").write_text(OTHER, "utf-8", newline="")
    (folder / "c.jsonl").write_text(
        json.dumps({"id": "c", "text": f"{TEXT}\nنظر شما", "published": "2024-05-01"}), "utf-8"
    )
    (folder / "README.md").write_text("news", "utf-8")
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content, and every folder."""
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b"" for path in folder.rglob("*")}


def read_csv(folder: Path) -> Tables:
    """The tables as a machine reads them back."""
    frames = {}
    for table in TABLES:
        with (folder / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
            rows = pd.DataFrame(list(csv.DictReader(file)), columns=table.names)
        for column in table.columns:
            if column.dtype == schema.FLAG:
                rows[column.name] = rows[column.name] == "True"
            if column.dtype == schema.TIME:
                rows[column.name] = rows[column.name].replace("", None)
        frames[table.name] = table.frame(rows)
    return Tables(**frames)


def read_parquet(folder: Path) -> Tables:
    return Tables(**{table.name: pd.read_parquet(folder / f"{table.name}.parquet") for table in TABLES})


def assert_same(one: Tables, other: Tables) -> None:
    for (table, frame), (_, expected) in zip(one, other, strict=True):
        pd.testing.assert_frame_equal(frame, expected, obj=table.name)


@pytest.mark.parametrize("kind", FORMATS)
def test_extract_writes_what_the_api_returns(
    kind: str, news: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "deep" / "er" / "out"
    assert cli.main(["extract", str(news), "--out", str(out), "--format", kind]) == 0
    assert {path.name for path in out.iterdir()} == {f"{table.name}.{kind}" for table in TABLES}
    written = read_csv(out) if kind == "csv" else read_parquet(out)
    schema.check(written)
    assert_same(written, extract(read_articles([news])))
    said = capsys.readouterr()
    assert said.err == ""
    assert f"3 articles, {len(written.statements)} statements, {len(written.speakers)} speakers" in said.out
    assert "README.md" in said.out
    assert {path.name for path in tmp_path.iterdir()} == {"news", "deep"}


def test_batches_make_no_difference(news: Path, tmp_path: Path) -> None:
    for size in (1, 200):
        with TableWriter(tmp_path / str(size)) as writer:
            for tables in extract_batches(iter_articles([news], batch=size)):
                writer.add(tables)
    assert tree(tmp_path / "1") == tree(tmp_path / "200")


def test_aliases_that_batches_give_are_joined(tmp_path: Path) -> None:
    def part(speaker_id: str, aliases: str) -> Tables:
        row = {"speaker_id": speaker_id, "name_fa": "کاوه مهرآیین", "kind": "person", "aliases": aliases}
        return Tables(speakers=schema.SPEAKERS.frame([row]))

    with TableWriter(tmp_path / "out") as writer:
        for tables in (part("p", "مهرآیین"), part("q", ""), part("p", "وزیر خارجه ایران|مهرآیین"), part("p", "")):
            writer.add(tables)
    assert read_csv(tmp_path / "out").speakers["aliases"].tolist() == ["مهرآیین|وزیر خارجه ایران", ""]
    assert writer.counts["speakers"] == 2


def test_csv_is_utf8_without_a_mark(news: Path, tmp_path: Path) -> None:
    assert cli.main(["extract", str(news), "--out", str(tmp_path / "out")]) == 0
    content = (tmp_path / "out" / "statements.csv").read_bytes()
    assert content.startswith(b"statement_id,article_id,start,stop,text,form,cue,")
    assert "مهرآیین" in content.decode()


def test_own_tables_are_replaced(news: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    assert cli.main(["extract", str(news), "--out", out, "--format", "parquet"]) == 0
    assert cli.main(["extract", str(news / "a.txt"), "--out", out]) == 0
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".csv"}
    assert read_csv(tmp_path / "out").articles["article_id"].tolist() == ["a"]
    assert {path.name for path in tmp_path.iterdir()} == {"news", "out"}


def test_an_empty_folder_is_taken(news: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert cli.main(["extract", str(news), "--out", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out" / "articles.csv").exists()


@pytest.mark.parametrize("out", ["full", "file", "file/below"])
def test_out_that_holds_other_things_is_refused(
    out: str, news: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.docx").write_text("mine", "utf-8")
    (tmp_path / "full" / "articles.csv").write_text("mine", "utf-8")
    (tmp_path / "file").write_text("mine", "utf-8")
    before = tree(tmp_path)
    assert cli.main(["extract", str(news), "--out", str(tmp_path / out)]) == 2
    assert_one_line(capsys, "thesis.docx" if out == "full" else "file")
    assert tree(tmp_path) == before


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.name)
def test_wrong_input_writes_nothing(
    wrong: Wrong, news: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    path = wrong.make(tmp_path / "in")
    before = tree(tmp_path)
    assert cli.main(["extract", str(news), str(path), "--out", str(tmp_path / "new" / "out")]) == 2
    assert_one_line(capsys, *wrong.says)
    assert tree(tmp_path) == before


def test_tables_of_before_survive_an_error(news: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    assert cli.main(["extract", str(news), "--out", out]) == 0
    before = tree(tmp_path / "out")
    (news / "d.jsonl").write_text("{", "utf-8")
    assert cli.main(["extract", str(news), "--out", out]) == 2
    assert tree(tmp_path / "out") == before


@pytest.mark.parametrize(
    "broken",
    ["codebook/topics.csv", "codebook/terms.csv", "lexicon/people.csv", "lexicon/countries.csv", "lexicon/verbs.csv"],
)
def test_a_broken_line_of_the_data_writes_nothing(
    broken: str, news: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    lines = (data / broken).read_text("utf-8").splitlines()
    (data / broken).write_text("\n".join([*lines, "half,a line"]) + "\n", "utf-8")
    before = tree(tmp_path)
    assert cli.main(["extract", str(news), "--out", str(tmp_path / "out"), "--data", str(data)]) == 2
    assert_one_line(capsys, f"{data / broken}, line {len(lines) + 1}", "2 cells")
    assert tree(tmp_path) == before


def test_a_folder_without_data_is_refused(news: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["extract", str(news), "--out", str(tmp_path / "out"), "--data", str(tmp_path)]) == 2
    assert_one_line(capsys, str(tmp_path), "missing")
    assert not (tmp_path / "out").exists()


def test_people_may_be_others(news: Path, tmp_path: Path) -> None:
    people = tmp_path / "people"
    people.mkdir()
    columns = "speaker_id,name_fa,name_en,names,kind,country,wikidata,source,checked"
    row = "x:mehrayin-kaveh,کاوه مهرآیین,Kaveh Mehrayin,مهرآیین,person,IR,,invented for a test,no"
    (people / "people.csv").write_text(f"{columns}\n{row}\n", "utf-8")
    office = "x:mehrayin-kaveh,foreign_minister,وزیر امور خارجه ایران,foreign minister,IR,,2024,,invented for a test,no"
    (people / "offices.csv").write_text(
        f"speaker_id,role,office_fa,office_en,country,organisation,from,to,source,checked\n{office}\n", "utf-8"
    )
    out = tmp_path / "out"
    assert cli.main(["extract", str(news / "a.txt"), "--out", str(out), "--people", str(people)]) == 0
    assert "x:mehrayin-kaveh" in read_csv(out).speakers["speaker_id"].tolist()


@pytest.mark.parametrize(
    ("raised", "code", "says"),
    [(KeyboardInterrupt(), 130, "interrupted"), (OSError(28, "No space left"), 2, "No space left")],
)
def test_what_stops_a_run_leaves_nothing(
    raised: BaseException,
    code: int,
    says: str,
    news: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stopped(*arguments: object) -> Iterator[Tables]:
        yield Tables()
        raise raised

    monkeypatch.setattr(extracting, "extract_batches", stopped)
    before = tree(tmp_path)
    assert cli.main(["extract", str(news), "--out", str(tmp_path / "out")]) == code
    assert_one_line(capsys, says)
    assert tree(tmp_path) == before


def test_tables_that_break_the_contract_are_not_written(
    news: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    row = {"statement_id": "s", "article_id": "lost", "form": "direct"}
    broken = Tables(statements=schema.STATEMENTS.frame([row]))
    monkeypatch.setattr(extracting, "extract_batches", lambda *arguments: [broken])
    assert cli.main(["extract", str(news), "--out", str(tmp_path / "out")]) == 2
    assert_one_line(capsys, "statements.article_id", "lost")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("arguments", [["--help"], ["extract", "--help"], ["evaluate", "--help"]])
def test_help_is_there(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(arguments)
    assert left.value.code == 0
    assert "usage: python -m analysis" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments", [[], ["extract", "a.txt"], ["extract", "--out", "x"], ["evaluate", "a", "--errors", "-1"]]
)
def test_wrong_arguments(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(arguments)
    assert left.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_as_a_process_an_error_is_one_line(tmp_path: Path) -> None:
    done = run("extract", str(tmp_path / "nowhere.txt"), "--out", str(tmp_path / "out"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: ") and done.stderr.count("\n") == 1


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"doc_id": "a", "text": TEXT, "sentences": []}), "utf-8")
    command = f"{sys.executable} -m analysis evaluate {gold} | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert done.stdout.strip() == "141"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "analysis", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def assert_one_line(capsys: pytest.CaptureFixture[str], *says: str) -> None:
    """Nothing on stdout, and one line on stderr that holds these words."""
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1 and said.err.endswith("\n")
    for words in says:
        assert words in said.err


@pytest.mark.parametrize("group", cli.GROUPS)
def test_a_verb_is_registered_by_the_module_that_is_loaded_for_it(group: str) -> None:
    verbs = argparse.ArgumentParser().add_subparsers()
    importlib.import_module(f"analysis.cli.{group}").register(verbs)
    assert tuple(verbs.choices) == cli.GROUPS[group]
