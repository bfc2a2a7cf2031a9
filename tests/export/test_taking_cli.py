"""export and verify on the command line: filters by name, clear errors, exit codes."""

import json
import zipfile
from pathlib import Path

import pytest

from analysis.__main__ import main
from analysis.errors import MavazeError
from analysis.export.asked import filters_of, query_of
from analysis.export.reading import Snapshot
from analysis.measure.filters import Filters
from tests.pages.sample import build, write

TABLES = build()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(TABLES, tmp_path_factory.mktemp("tables"))


def run(*arguments: object) -> int:
    return main([str(one) for one in arguments])


def test_export_then_verify(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "all.zip"
    assert run("export", "--tables", folder, "--out", out) == 0
    assert f"158 statements, 118 positions, written to {out}" in capsys.readouterr().out
    assert run("verify", out) == 0
    assert capsys.readouterr().out.startswith("whole: 36 articles, 158 statements")
    assert run("verify", out, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["code"], found["rows"]["articles"], found["changes"]) == (0, 36, None)


def test_filters_are_those_of_the_dashboard(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "some.zip"
    options = ["--topic", "sanctions", "negotiation", "--from", "1403-10-12", "--ministers", "--sure", "50"]
    assert run("export", "--tables", folder, "--out", out, "--view", "topics", *options, "--format", "parquet") == 0
    with Snapshot(out) as snapshot:
        link = snapshot.about["link"]
        assert link == "/topics?from=2025-01-01&topic=sanctions~negotiation&ministers=1&sure=50"
        again = Filters.from_query(query_of(f"http://127.0.0.1:8501{link}&lang=fa"))
        expected = again.apply(TABLES)
        assert len(snapshot.tables().statements) == len(expected.statements) > 0


def test_a_link_is_taken_as_it_is_and_options_win(folder: Path, tmp_path: Path) -> None:
    for number, query in enumerate(("?", "http://127.0.0.1:8501/topics?topic=sanctions&lang=fa")):
        out = tmp_path / f"{number}.zip"
        assert run("export", "--tables", folder, "--out", out, "--query", query, "--collection", "press") == 0
        with Snapshot(out) as snapshot:
            expected = {"collection": "press"} | ({"topic": "sanctions"} if "topic" in query else {})
            assert snapshot.about["filters"] == expected


@pytest.mark.parametrize("kind", ["dna", "graphml", "agreement"])
def test_other_formats(folder: Path, tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "x.zip"
    assert run("export", "--tables", folder, "--out", out, "--format", kind, "--lang", "en") == 0
    assert "written to" in capsys.readouterr().out
    assert "README.txt" in zipfile.ZipFile(out).namelist()


def test_networks_of_agreement_take_their_options(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "x.zip"
    options = ("--nodes", "state", "--norm", "no", "--counting", "once", "--least", "1", "--active", "1")
    assert run("export", "--tables", folder, "--out", out, "--format", "agreement", *options, "--lang", "en") == 0
    assert "edges of congruence" in capsys.readouterr().out
    with zipfile.ZipFile(out) as archive:
        assert "the states that speakers speak for" in archive.read("README.txt").decode()
        assert b"country:IR" in archive.read("subtract.graphml")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"topic": "sanction"}, "topic=sanction: no such topic here. Did you mean sanctions (Sanctions)?"),
        ({"speaker": "Orlov"}, "Did you mean demo:orlov-pavel (Pavel Orlov)?"),
        ({"speaker": "چاگان"}, "demo:cagan-cem"),
        ({"named": "organisation:IAEX"}, "organisation:IAEA"),
        ({"of": "RUS"}, "no such of here"),
        ({"country": "Omam"}, "Did you mean OM (Oman)"),
        ({"collection": "pres"}, "Did you mean press?"),
        ({"from": "2024-13-01"}, "from=2024-13-01: no day"),
        ({"to": "2024-05"}, "to=2024-05: no day"),
        ({"undated": "yes"}, "write with or only"),
        ({"sure": "101"}, "write per cent, 0 to 100"),
        ({"ministers": "yes"}, "write 1 or leave it out"),
    ],
)
def test_what_is_not_there_is_an_error_that_helps(query: dict[str, str], words: str) -> None:
    with pytest.raises(MavazeError) as error:
        filters_of(query, TABLES)
    assert words in str(error.value)


def test_errors_are_one_line_and_code_2(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "x.zip"
    out.write_bytes(b"mine")
    for arguments in (
        ("export", "--tables", folder, "--out", out),
        ("export", "--tables", tmp_path, "--out", tmp_path / "y.zip"),
        ("export", "--tables", folder, "--out", tmp_path / "y.zip", "--originals"),
        ("export", "--store", tmp_path / "none", "--out", tmp_path / "y.zip"),
        ("verify", tmp_path / "none.zip"),
    ):
        assert run(*arguments) == 2
        assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert run("verify", out) == 2
    assert "not a whole zip file" in capsys.readouterr().out
    assert out.read_bytes() == b"mine"
    assert not (tmp_path / "y.zip").exists()


def test_words_of_both_languages_have_the_same_keys() -> None:
    from analysis.text.words import shared

    assert shared("fa").keys() == shared("en").keys()
