"""What each term of the code book does, counted over a few sentences of our own."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import analysis.__main__ as cli
from analysis.config import DATA
from analysis.errors import InputError
from analysis.evaluate.terms import COUNTED, JUDGED, count_terms, judge_terms, report_terms

SPEAKER = "کاوه مهرآیین"
LINES = (
    ("کاوه مهرآیین گفت: تحریم‌ها باید برداشته شود.", SPEAKER, ["sanctions"]),
    ("وی افزود: هفته آینده به تماشای فوتبال می‌روم.", SPEAKER, []),
    ("وی گفت: آن روزها همه نگران بودند.", SPEAKER, ["sanctions"]),
    ("در راه تحریم‌ها هوا سرد بود.", None, ["sanctions"]),
)
TEXT = "\n".join(line for line, _, _ in LINES)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """An annotated article: one topic right, one coded wrongly, one sentence that nobody speaks."""
    sentences, start = [], 0
    for s, (line, speaker, topics) in enumerate(LINES):
        labels = {"speaker": speaker, "form": "direct", "countries": [], "topics": topics, "positions": []}
        sentences.append({"s": s, "start": start, "stop": start + len(line)} | labels)
        start += len(line) + 1
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"doc_id": "a", "text": TEXT, "sentences": sentences}, ensure_ascii=False), "utf-8")
    return path


def row(frame: pd.DataFrame, topic: str, term: str) -> dict[str, int]:
    return frame[(frame["topic_id"] == topic) & (frame["term"] == term)].iloc[0].to_dict()


def test_a_term_is_judged_by_the_codes_that_hang_on_it(gold: Path) -> None:
    frame = judge_terms(gold)
    assert tuple(frame.columns) == JUDGED
    right = row(frame, "sanctions", "تحریم")
    assert (right["found"], right["right"], right["wrong"], right["decides_wrong"]) == (1, 1, 0, 0)
    wrong = row(frame, "culture_health", "فوتبال")
    assert (wrong["found"], wrong["right"], wrong["wrong"], wrong["decides_wrong"]) == (1, 0, 1, 1)


def test_the_worst_term_of_a_topic_stands_first_and_the_never_found_are_there(gold: Path) -> None:
    frame = judge_terms(gold, topic="culture_health")
    assert set(frame["topic_id"]) == {"culture_health"}
    assert frame["term"].iloc[0] == "فوتبال" and (frame["found"] == 0).any()


def test_articles_without_annotations_are_counted(gold: Path) -> None:
    frame = count_terms(pd.DataFrame({"text": [TEXT]}), topic="culture_health")
    assert tuple(frame.columns) == COUNTED
    assert frame.iloc[0].to_dict() == {
        "topic_id": "culture_health",
        "term": "فوتبال",
        "weight": 3,
        "found": 1,
        "coded": 1,
        "decides": 1,
    }


def test_what_the_file_holds_decides_which_report_it_is(gold: Path, tmp_path: Path) -> None:
    plain = tmp_path / "b.txt"
    plain.write_text(TEXT, "utf-8")
    assert tuple(report_terms([gold]).columns) == JUDGED
    assert tuple(report_terms([plain]).columns) == COUNTED
    assert tuple(report_terms([gold, plain]).columns) == COUNTED


def test_an_unknown_topic_is_named(gold: Path) -> None:
    with pytest.raises(InputError, match=r"sport.*sanctions"):
        report_terms([gold], topic="sport")


def test_the_command_prints_found_terms_or_every_term_as_json(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["terms", str(gold), "--topic", "sanctions", "--data", str(DATA)]) == 0
    out = capsys.readouterr().out
    assert "decides_wrong" in out and "تحریم" in out and "فوتبال" not in out
    assert cli.main(["terms", str(gold), "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {tuple(line) for line in lines} == {JUDGED} and len(lines) > 1000


@pytest.mark.parametrize("arguments", [["terms", "nowhere.jsonl"], ["terms", "--help"], ["terms"]])
def test_help_and_wrong_input(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    if arguments[-1] == "nowhere.jsonl":
        assert cli.main(arguments) == 2 and "nowhere.jsonl" in capsys.readouterr().err
        return
    with pytest.raises(SystemExit) as left:
        cli.main(arguments)
    assert left.value.code == (0 if "--help" in arguments else 2)
