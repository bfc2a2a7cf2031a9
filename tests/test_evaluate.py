"""The measure, held against an example that was worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import analysis.__main__ as cli
from analysis import evaluate as measure
from analysis import schema
from analysis.config import SEEDS
from analysis.errors import InputError
from analysis.evaluate import Answer, evaluate
from analysis.evaluate.compare import Result, compare
from analysis.evaluate.names import fold, name_set, pairs, same_speaker
from analysis.evaluate.rows import lay, read_gold
from analysis.schema import Tables

KAVEH, SEPIDEH, MINISTER = "کاوه مهرآیین", "سپیده رادنوش", "وزیر خارجه روسیه"
LINES = (
    "نشست خبری در تهران برگزار شد.",
    "کاوه مهرآیین گفت: ایران با روسیه گفت‌وگو می‌کند.",
    "وی تحریم‌ها را محکوم کرد.",
    "سپیده رادنوش پیام دوستی وزیر خارجه روسیه را رساند.",
    "هوای تهران گرم بود.",
    "مهرآیین ابراز امیدواری کرد.",
    "وی از خبرنگاران سپاسگزاری کرد.",
)
TEXT = "\n".join(LINES)
STARTS = [sum(len(line) + 1 for line in LINES[:i]) for i in range(len(LINES))]


def sentence(s: int, speaker: str | None = None, form: str = "none", **labels: Any) -> dict[str, Any]:
    empty = {"nested": None, "countries": [], "topics": [], "positions": []}
    return (
        {"s": s, "start": STARTS[s], "stop": STARTS[s] + len(LINES[s]), "speaker": speaker, "form": form}
        | empty
        | labels
    )


def position(speaker: str, target: str, stance: str) -> dict[str, str]:
    return {"speaker": speaker, "target": target, "stance": stance}


GOLD = {
    "doc_id": "a",
    "text": TEXT,
    "published": "2024-05-01",
    "speakers": [{"name": KAVEH, "aliases": ["وی", "مهرآیین"]}, {"name": SEPIDEH, "aliases": []}],
    "sentences": [
        sentence(0),
        sentence(
            1,
            KAVEH,
            "direct",
            countries=["IR", "RU"],
            topics=["negotiation", "bilateral_ties"],
            positions=[position(KAVEH, "topic:negotiation", "for"), position(KAVEH, "state:RU", "for")],
        ),
        sentence(2, KAVEH, "indirect", topics=["sanctions"], positions=[position(KAVEH, "topic:sanctions", "against")]),
        sentence(
            3,
            SEPIDEH,
            "indirect",
            nested=MINISTER,
            countries=["RU"],
            topics=["bilateral_ties"],
            positions=[position(MINISTER, "topic:bilateral_ties", "for")],
        ),
        sentence(4),
        sentence(5, KAVEH, "indirect"),
        sentence(6, KAVEH, "indirect"),
    ],
}


def gold_file(folder: Path, *docs: dict[str, Any]) -> Path:
    path = folder / "gold.jsonl"
    path.write_text("".join(json.dumps(doc, ensure_ascii=False) + "\n" for doc in docs or (GOLD,)), "utf-8")
    return path


def our_tables() -> Tables:
    """What a program might have read: one wrong speaker (2), a joint one who is only relayed (3), one too many (4), a
    missed line (5), a country missed (1) and one too many (4), a topic swapped (1), a stance turned round (1)."""
    said = [
        (1, "direct", "k"),
        (2, "direct", "o"),
        (3, "indirect", "s"),
        (3, "", "r"),
        (4, "indirect", "k"),
        (6, "indirect", "k"),
    ]
    topics = [(1, "negotiation"), (1, "trade_energy"), (2, "sanctions"), (3, "bilateral_ties"), (4, "environment")]
    stands = [(1, "k", "topic:negotiation", "for"), (1, "k", "state:RU", "against"), (1, "k", "org:UN", "for")]
    stands.append((2, "o", "topic:sanctions", "against"))
    names = {"k": KAVEH, "o": "سخنگوی دولت", "s": "رادنوش", "r": MINISTER}
    mentions = [(1, "ایران", "IR"), (3, "روسیه", "RU"), (4, "تهران", "IR")]
    return Tables(
        articles=schema.ARTICLES.frame([{"article_id": "a", "text": TEXT, "published_precision": "none"}]),
        statements=schema.STATEMENTS.frame([_statement(s, form) for s, form, _ in said if form]),
        speakers=schema.SPEAKERS.frame(
            [{"speaker_id": i, "name_fa": name, "kind": "person"} for i, name in names.items()]
        ),
        attributions=schema.ATTRIBUTIONS.frame(
            [
                {"statement_id": str(s), "speaker_id": i, "part": "speaker", "basis": "name", "role": "other"}
                for s, _, i in said
            ]
        ),
        statement_topics=schema.STATEMENT_TOPICS.frame([{"statement_id": str(s), "topic_id": t} for s, t in topics]),
        positions=schema.POSITIONS.frame(
            [{"statement_id": str(s), "speaker_id": i, "target": t, "stance": v} for s, i, t, v in stands]
        ),
        mentions=schema.MENTIONS.frame([_mention(s, word, country) for s, word, country in mentions]),
    )


def _statement(s: int, form: str) -> dict[str, object]:
    text = LINES[s]
    return {
        "statement_id": str(s),
        "article_id": "a",
        "start": STARTS[s],
        "stop": STARTS[s] + len(text),
        "text": text,
        "form": form,
    }


def _mention(s: int, word: str, country: str) -> dict[str, object]:
    start = STARTS[s] + LINES[s].index(word)
    return {
        "article_id": "a",
        "start": start,
        "stop": start + len(word),
        "text": word,
        "kind": "country",
        "entity_id": country,
    }


def test_figures_are_those_worked_out_by_hand(tmp_path: Path) -> None:
    tables = our_tables()
    schema.check(tables)
    gold = read_gold(gold_file(tmp_path))
    assert compare(gold, lay(tables, gold)).figures == {
        "detection": {"p": 0.8, "r": 0.8, "f1": 0.8, "n": 5},
        "attribution": {"p": 0.6, "r": 0.6, "f1": 0.6, "n": 5},
        "identity": {"p": 1.0, "r": 0.3333, "f1": 0.5, "n": 3},
        "countries": {"p": 0.6667, "r": 0.6667, "f1": 0.6667, "n": 3},
        "topics": {"p": 0.75, "r": 0.75, "f1": 0.75, "n": 4},
        "position target": {"p": 0.6667, "r": 0.5, "f1": 0.5714, "n": 4},
        "position": {"p": 0.3333, "r": 0.25, "f1": 0.2857, "n": 4},
        "topics macro": {"f1": 0.0, "n": 0},
        "speaker accuracy": {"f1": 0.75, "n": 4},
        "form accuracy": {"f1": 0.75, "n": 4},
        "stance accuracy": {"f1": 0.5, "n": 2},
    }


def told(result: Result, *, errors: int = 0, kinds: tuple[str, ...] = ()) -> str:
    return Answer(result, result.figures, {}, {}, {}).text(errors=errors, kinds=kinds)


def test_disagreements_show_the_sentence_and_both_sides(tmp_path: Path) -> None:
    gold = read_gold(gold_file(tmp_path))
    text = told(compare(gold, lay(our_tables(), gold)), errors=1)
    assert f"missed (1)\n  a[5] {LINES[5]}\n      gold: {KAVEH} (indirect)\n      ours: none\n" in text
    assert f"spurious (1)\n  a[4] {LINES[4]}\n      gold: none\n      ours: {KAVEH} (indirect)\n" in text
    assert f"wrong (1)\n  a[2] {LINES[2]}\n      gold: {KAVEH} (indirect)\n      ours: سخنگوی دولت (direct)" in text
    assert f"countries (2)\n  a[1] {LINES[1]}\n      gold: IR, RU\n      ours: IR\n" in text
    assert (
        f"position (4)\n  a[1] {LINES[1]}\n      gold: state:RU for ({KAVEH})\n      ours: state:RU against ({KAVEH})\n"
        in text
    )
    assert "missed (1)" not in told(compare(gold, lay(our_tables(), gold)))


def test_kinds_of_disagreement_can_be_chosen(tmp_path: Path) -> None:
    gold = read_gold(gold_file(tmp_path))
    ours = lay(our_tables(), gold)
    ours[0].rows[1].form = "indirect"
    text = told(compare(gold, ours), errors=9, kinds=("form", "missed"))
    assert "missed (1)" in text and "spurious" not in text and "position (" not in text
    assert f"form (1)\n  a[1] {LINES[1]}\n      gold: {KAVEH} (direct)\n      ours: {KAVEH} (indirect)" in text


def test_a_side_agrees_with_itself(tmp_path: Path) -> None:
    gold = read_gold(gold_file(tmp_path))
    result = compare(gold, gold)
    assert result.disagreements == []
    assert {value["f1"] for name, value in result.figures.items() if name != "topics macro"} == {1.0}


def test_a_statement_that_covers_little_of_a_sentence_does_not_count(tmp_path: Path) -> None:
    gold = read_gold(gold_file(tmp_path))
    tables = our_tables()
    short = tables.statements["statement_id"] == "6"
    tables.statements.loc[short, "stop"] = tables.statements.loc[short, "start"] + 8
    tables.statements.loc[short, "text"] = LINES[6][:8]
    assert lay(tables, gold)[0].rows[6].speakers == []
    tables.statements.loc[short, "stop"] += 1
    tables.statements.loc[short, "text"] = LINES[6][:9]
    assert lay(tables, gold)[0].rows[6].speakers != []


def test_stances_of_two_statements_in_one_sentence_are_mixed(tmp_path: Path) -> None:
    gold = read_gold(gold_file(tmp_path))
    tables = our_tables()
    statement = tables.statements.iloc[[0]].assign(statement_id="1b")
    tables.statements = pd.concat([tables.statements, statement], ignore_index=True)
    held = tables.positions.iloc[[0]].assign(statement_id="1b", stance="against")
    tables.positions = pd.concat([tables.positions, held], ignore_index=True)
    assert {(p.target, p.stance) for p in lay(tables, gold)[0].rows[1].positions} >= {("topic:negotiation", "mixed")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("دکتر کاوه مهرآیین", "كاوه مهرآیين"),
        ("کاوه مهر‌آیین", "کاوه مهرآیین"),
        ("وزارت امور خارجه ایران", "وزرات خارجه ایران"),
        ("رئیس جمهوری روسیه", "رییس‌جمهور روسیه"),
        ("دولت ایالات متحده آمریکا", "دولت آمریکا"),
        ("حجت‌الاسلام رادنوش", "«رادنوش»"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (KAVEH, "مهرآیین", True),
        (KAVEH, SEPIDEH, False),
        ("سفیر روسیه", "روسیه", False),
        ("کاوه نیا", "نیا", False),
    ],
)
def test_a_surname_stands_for_a_person_but_not_for_an_office(one: str, other: str, same: bool) -> None:
    assert same_speaker(name_set(one), name_set(other)) is same


def test_pronouns_and_bare_titles_identify_nobody() -> None:
    assert name_set(KAVEH, ["وی", "وزیر امور خارجه", "رئیس‌جمهور", "مهرآیین"]) == {fold(KAVEH), fold("مهرآیین")}


def test_each_speaker_finds_one_partner() -> None:
    assert pairs([name_set(KAVEH), name_set("مهرآیین")], [name_set(KAVEH)]) == 1


def test_labels_are_stripped_before_the_extraction(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[pd.DataFrame] = []

    def watched(articles: pd.DataFrame, lexicon: object) -> Tables:
        seen.append(articles)
        return our_tables()

    monkeypatch.setattr(measure, "extract", watched)
    evaluate(gold_file(tmp_path))
    told = seen[0].iloc[0]
    assert told["text"] == TEXT and told["article_id"] == "a" and told["published"] == "2024-05-01"
    inputs = {"article_id", "external_id", "url", "source", "title", "published", "text", "collection"}
    assert set(seen[0].columns) == inputs
    assert not any(told[name] for name in inputs - {"text", "article_id", "published"})


def test_only_one_article(tmp_path: Path) -> None:
    other = GOLD | {"doc_id": "b", "text": "خبر دیگر", "sentences": []}
    assert [doc.article_id for doc in read_gold(gold_file(tmp_path, other, GOLD), only="a")] == ["a"]
    with pytest.raises(InputError, match="no article z"):
        read_gold(gold_file(tmp_path, GOLD), only="z")


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"doc_id": "a"}',
        '{"doc_id": "a", "text": "خبر"}',
        '{"doc_id": "a", "text": "خبر", "sentences": [{}]}',
    ],
)
def test_a_line_that_is_not_annotated_is_named(line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(GOLD) + "\n" + line, "utf-8")
    assert cli.main(["evaluate", str(path)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1 and "gold.jsonl, line 2" in said.err


def test_the_command_prints_the_figures(capsys: pytest.CaptureFixture[str]) -> None:
    gold = str(SEEDS / "expected" / "seed-000.jsonl")
    assert cli.main(["evaluate", gold, "--only", "seed-000", "--json", "--by"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert cli.main(["evaluate", gold, "--errors", "0", "--by", "--resamples", "0"]) == 0
    table = capsys.readouterr().out.splitlines()
    assert table[0].split() == ["measure", "P", "R", "F1/acc", "n"]
    assert [line[:18].strip() for line in table[1:]] == [name for name in figures if name != "parts"]
    found = figures["parts"]["task"]["detection"]
    assert found["n"] == figures["detection"]["n"] and found["p_low"] <= found["p"] <= found["p_high"]
    assert table[1].split()[-2:] == [f"{figures['detection']['f1']:.3f}", "15"]


def test_the_command_splits_compares_and_calibrates(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = str(SEEDS / "expected" / "seed-000.jsonl")
    other = str(gold_file(tmp_path, GOLD | {"source": "خبرگزاری نمونه"}))
    asked = ["evaluate", gold, other, "--against", other, "--calibration", "--resamples", "50"]
    assert cli.main([*asked, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["detection"]["n"] == 20 and found["detection"]["articles"] == 2
    assert found["detection"]["low"] <= found["detection"]["f1"] <= found["detection"]["high"]
    assert set(found["by"]) == {"form", "basis", "source", "year"}
    assert set(found["by"]["source"]) == {"IRNA", "خبرگزاری نمونه"} and set(found["by"]["year"]) == {"2022", "2024"}
    assert found["gap"]["detection"]["low"] <= found["gap"]["detection"]["high"]
    statements, positions = found["calibration"].values()
    assert statements["n"] >= 15 and positions["n"] > 0
    assert cli.main([*asked, "--errors", "0"]) == 0
    text = capsys.readouterr().out
    assert "95 % of resamples" in text and "too few: " in text and "expected calibration error" in text


def test_an_article_in_two_files_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(gold_file(tmp_path))
    again = tmp_path / "again.jsonl"
    again.write_text(Path(path).read_text("utf-8"), "utf-8")
    assert cli.main(["evaluate", path, str(again)]) == 2
    assert "again.jsonl" in capsys.readouterr().err
