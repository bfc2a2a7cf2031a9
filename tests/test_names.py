"""The speakers whom the lexicon does not know: counted over articles, and as lines for an analyst."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pandas as pd
import pytest
from extraction import demo_lexicon, tables_of

import analysis.__main__ as cli
from analysis.export.candidates import candidate_line, candidates_csv, candidates_report
from analysis.lexicon.people import PEOPLE_COLUMNS
from analysis.measure.unknown import COLUMNS, SENTENCES, add_up, unknown_speakers

ONE = "داریوش گلستان‌پور، سفیر ایران در مسکو گفت که راه باز است.\nوی افزود که زمان کم است."
TWO = (
    "داریوش گلستان‌پور گفت که بازارها آرام است.\nفرهاد کیان‌دوست گفت که راه باز است.\n"
    "یک منبع آگاه گفت که نشست نزدیک است.\nروسیه اعلام کرد که آماده است."
)


def found(*texts: str) -> pd.DataFrame:
    return unknown_speakers(tables_of(*texts), demo_lexicon().people.people)


def test_only_named_speakers_whom_the_lexicon_lacks() -> None:
    (row,) = found(ONE, TWO).to_dict("records")
    assert (row["name"], row["kind"], row["role"], row["country"]) == ("داریوش گلستان‌پور", "person", "ambassador", "IR")
    assert (row["articles"], row["statements"]) == (2, 3)


def test_sentences_are_verbatim_and_few() -> None:
    many = "\n".join(f"داریوش گلستان‌پور گفت که راه {word} است." for word in ("باز", "دور", "سخت", "کوتاه"))
    (row,) = found(many).to_dict("records")
    assert len(row["sentences"]) == SENTENCES
    assert all(sentence in many for sentence in row["sentences"])


def test_batches_add_up_to_the_whole() -> None:
    (whole,) = found(ONE, TWO).to_dict("records")
    (parts,) = add_up(found(text) for text in (ONE, TWO)).to_dict("records")
    same = ("speaker_id", "name", "kind", "role", "country", "articles", "statements", "sentences")
    assert [parts[name] for name in same] == [whole[name] for name in same]


def test_nobody_unknown() -> None:
    empty = add_up([found("فرهاد کیان‌دوست گفت که راه باز است.")])
    assert list(empty.columns) == list(COLUMNS)
    assert empty.empty
    assert "every speaker is in the lexicon" in candidates_report(empty)


def test_a_line_has_the_columns_of_its_file() -> None:
    speakers = found(ONE, TWO)
    (fields,) = csv.reader([candidate_line(speakers.iloc[0])])
    line = dict(zip(PEOPLE_COLUMNS, fields, strict=True))
    assert (line["speaker_id"], line["name_en"], line["wikidata"]) == ("", "", "")
    assert (line["name_fa"], line["country"], line["checked"]) == ("داریوش گلستان‌پور", "IR", "no")
    notes = [text for text in candidates_csv(speakers).splitlines() if text.startswith("#")]
    assert len(notes) == 1
    assert "people.csv" in notes[0]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(ONE, "utf-8")
    return path


def test_the_command_prints_both_languages(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["names", str(article), "--top", "1"]) == 0
    out = capsys.readouterr().out
    assert "گویندگانی که فهرست نمی‌شناسد" in out
    assert "speakers that the lexicon does not know" in out
    assert "داریوش گلستان‌پور" in out


def test_the_command_writes_json_or_csv(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["names", str(article), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["name"] == "داریوش گلستان‌پور"
    assert cli.main(["names", str(article), "--csv", str(tmp_path / "new.csv")]) == 0
    assert "داریوش گلستان‌پور" in (tmp_path / "new.csv").read_text("utf-8")


def test_a_missing_file_is_one_line_of_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["names", str(tmp_path / "none.txt")]) == 2
    assert capsys.readouterr().err.startswith("error:")
