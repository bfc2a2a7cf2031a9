"""The lexicon's files: the shipped ones load, and every kind of broken line is named with its remedy."""

from __future__ import annotations

import dataclasses
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from extraction import demo_lexicon

from analysis.config import DATA, SEEDS
from analysis.errors import DataError, MavazeError
from analysis.lexicon import Lexicon, codebook, load, people, places, speech, stance
from analysis.lexicon.conjugate import every_form, first_person_forms, present_stems, third_person
from analysis.lexicon.people import People
from analysis.lexicon.tables import read_rows
from analysis.schema import ROLES

LEXICON, CODEBOOK = DATA / "lexicon", DATA / "codebook"
LOADERS: dict[str, Callable[[Path], Any]] = {
    **dict.fromkeys(("countries", "regions", "organisations", "places", "not_names"), places.load),
    **dict.fromkeys(("people", "offices"), people.load),
    **dict.fromkeys(("verbs", "cues", "titles", "words", "furniture"), speech.load),
    **dict.fromkeys(("topics", "terms"), codebook.load),
    **dict.fromkeys(("stance", "stance_acts", "stance_turns", "stance_verbs"), stance.load),
}


def source(name: str) -> Path:
    return (CODEBOOK if name in ("topics", "terms") else LEXICON) / f"{name}.csv"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of all lexicon and code-book files in one folder, with the short list of invented people."""
    for path in (*LEXICON.glob("*.*"), *CODEBOOK.glob("*.csv")):
        shutil.copy(path, tmp_path)
    for name in ("people", "offices"):
        shutil.copy(SEEDS / "demo" / f"{name}.csv", tmp_path)
    return tmp_path


def columns_of(path: Path) -> list[str]:
    return path.read_text("utf-8-sig").splitlines()[0].split(",")


def add_line(path: Path, **cells: str) -> int:
    """Append a line with the given cells (the others empty) and return its number."""
    text = path.read_text("utf-8").rstrip("\n")
    line = ",".join(cells.get(column, "") for column in columns_of(path))
    path.write_text(f"{text}\n{line}\n", "utf-8")
    return text.count("\n") + 2


def error_of(folder: Path, name: str) -> DataError:
    with pytest.raises(DataError) as caught:
        LOADERS[name](folder)
    assert caught.value.path == folder / f"{name}.csv"
    assert f"{name}.csv" in str(caught.value)
    assert caught.value.remedy in str(caught.value)
    return caught.value


# The shipped data


def test_shipped_data_load() -> None:
    lexicon = load()
    assert isinstance(lexicon, Lexicon)
    assert len(lexicon.places.countries) >= 249
    assert len(lexicon.people.people) > 100
    assert load() is lexicon  # compiled once in a process


def test_every_shipped_line_has_its_folder_and_line() -> None:
    row = places.load(LEXICON).countries["QA"]
    assert row.path == LEXICON / "countries.csv"
    assert row.path.read_text("utf-8").splitlines()[row.line - 1].startswith("QA,")


def test_shipped_states_are_named_in_both_languages() -> None:
    countries = places.load(LEXICON).countries
    assert all(re.fullmatch("[A-Z]{2}", code) and row["name_fa"] and row["name_en"] for code, row in countries.items())


def test_shipped_offices_are_held_by_listed_people_in_known_roles() -> None:
    shipped = people.load(LEXICON)
    assert {office.speaker_id for office in shipped.offices} <= set(shipped.people)
    assert {office.role for office in shipped.offices} <= set(ROLES)


@pytest.mark.parametrize("directory", [LEXICON, SEEDS / "demo"])
def test_offices_and_people_name_states_that_are_listed(directory: Path) -> None:
    known = set(places.load(LEXICON).countries) | {""}
    listed = people.load(directory)
    assert {row["country"] for row in listed.people.values()} <= known
    assert {office.country for office in listed.offices} <= known


def test_the_overlay_replaces_the_people_and_nothing_else() -> None:
    overlay = demo_lexicon()
    assert {speaker_id.partition(":")[0] for speaker_id in overlay.people.people} == {"demo"}
    assert set(overlay.places.countries) == set(places.load(LEXICON).countries)


def test_words_of_the_language() -> None:
    lexicon = demo_lexicon()
    assert "کتاب" in lexicon.known_words
    assert "از" in lexicon.function_words


# Broken lines


@pytest.mark.parametrize("name", LOADERS)
def test_missing_file(folder: Path, name: str) -> None:
    (folder / f"{name}.csv").unlink()
    error = error_of(folder, name)
    assert error.line == 0
    assert "missing" in error.problem


@pytest.mark.parametrize("name", LOADERS)
def test_wrong_columns(folder: Path, name: str) -> None:
    path = folder / f"{name}.csv"
    first, *columns = columns_of(path)
    path.write_text(path.read_text("utf-8").replace(first, "wrong", 1), "utf-8")
    error = error_of(folder, name)
    assert error.line == 1
    assert "wrong" in error.problem
    assert ", ".join([first, *columns]) in error.remedy


@pytest.mark.parametrize("name", LOADERS)
def test_too_few_cells(folder: Path, name: str) -> None:
    path = folder / f"{name}.csv"
    text = path.read_text("utf-8").rstrip("\n")
    path.write_text(f"{text}\nx\n", "utf-8")
    error = error_of(folder, name)
    assert error.line == text.count("\n") + 2
    assert f"1 cells, {len(columns_of(path))} expected" in error.problem


@pytest.mark.parametrize("name", LOADERS)
def test_too_many_cells(folder: Path, name: str) -> None:
    path = folder / f"{name}.csv"
    with path.open("a", encoding="utf-8") as file:
        file.write("x" + "," * 30 + "\n")
    assert "31 cells" in error_of(folder, name).problem


@pytest.mark.parametrize("name", LOADERS)
def test_required_cell_is_empty(folder: Path, name: str) -> None:
    path = folder / f"{name}.csv"
    line = add_line(path, **{columns_of(path)[-1]: "x"})
    error = error_of(folder, name)
    assert error.line == line
    assert "empty" in error.problem


@pytest.mark.parametrize("name", LOADERS)
def test_not_utf8(folder: Path, name: str) -> None:
    path = folder / f"{name}.csv"
    path.write_bytes(path.read_bytes() + b"\xc7\xed\xd1\xc7\xe4\n")
    error = error_of(folder, name)
    assert "UTF-8" in error.problem
    assert "UTF-8" in error.remedy


@pytest.mark.parametrize("name", ["countries", "people", "terms", "stance"])
def test_stray_quotation_mark(folder: Path, name: str) -> None:
    path = folder / f"{name}.csv"
    with path.open("a", encoding="utf-8") as file:
        file.write('x,"y" z,')
    assert "quotation mark" in error_of(folder, name).remedy


PERSON = {"speaker_id": "demo:x", "name_fa": "پرند آزمون", "name_en": "P", "kind": "person", "checked": "no"}
OFFICE = {"speaker_id": "demo:yelagin-vadim", "role": "envoy", "office_fa": "فرستاده", "checked": "no"}
BODY = {"organisation_id": "XX", "name_fa": "نهاد", "name_en": "body", "kind": "other"}


@pytest.mark.parametrize(
    ("name", "cells", "says"),
    [
        ("people", PERSON | {"speaker_id": "demo:yelagin-vadim"}, "stands in line"),
        ("people", PERSON | {"kind": "minister"}, "`kind` is 'minister'"),
        ("people", PERSON | {"checked": "maybe"}, "`checked` is 'maybe'"),
        ("offices", OFFICE | {"role": "king"}, "`role` is 'king'"),
        ("offices", OFFICE | {"speaker_id": "demo:nobody"}, "`speaker_id` is 'demo:nobody'"),
        ("offices", OFFICE | {"from": "1 May 2024"}, "`from` is '1 May 2024'"),
        ("offices", OFFICE | {"from": "2024-02-30"}, "'2024-02-30'"),
        ("offices", OFFICE | {"to": "2024-13"}, "'2024-13'"),
        ("offices", OFFICE | {"from": "2024-05", "to": "2023"}, "ends (2023) before it begins (2024-05)"),
        ("countries", {"country_id": "IR", "name_fa": "ایران", "name_en": "Iran"}, "stands in line"),
        (
            "countries",
            {"country_id": "XX", "name_fa": "نادره", "name_en": "Nadera", "ambiguous": "نادر"},
            "the ambiguous form نادر",
        ),
        ("places", {"place": "شهر نو", "country_id": "XX"}, "`country_id` is 'XX'"),
        ("places", {"place": "غزه", "country_id": "PS"}, "stands in line"),
        ("organisations", BODY | {"country": "XX"}, "`country` is 'XX'"),
        ("organisations", BODY | {"kind": "club"}, "`kind` is 'club'"),
        ("organisations", BODY | {"organisation_id": "IAEA"}, "stands in line"),
        ("regions", {"region_id": "west", "name_fa": "غرب", "name_en": "the West"}, "stands in line"),
        ("titles", {"title_id": "duke", "role": "duke", "kind": "person", "belongs": "any", "names": "دوک"}, "`role`"),
        ("titles", {"title_id": "duke", "role": "other", "kind": "x", "belongs": "any", "names": "دوک"}, "`kind`"),
        ("titles", {"title_id": "duke", "role": "other", "kind": "person", "belongs": "x", "names": "دوک"}, "`belongs`"),
        ("verbs", {"light": "سرود", "kind": "sing"}, "`kind` is 'sing'"),
        ("verbs", {"element": "سرود", "kind": "say"}, "neither `light` nor `forms`"),
        ("cues", {"phrase": "به قول", "kind": "x"}, "`kind` is 'x'"),
        ("words", {"word": "آری", "class": "x"}, "`class` is 'x'"),
        ("words", {"word": "وی", "class": "pronoun"}, "stands in line"),
        ("furniture", {"phrase": "پایان", "where": "middle"}, "`where` is 'middle'"),
        ("topics", {"topic_id": "x", "label_fa": "x", "label_en": "x", "directed": "yes", "about_fa": "x", "about_en": "x"}, "`directed`"),
        ("terms", {"topic_id": "cooking", "term": "پخت", "weight": "1"}, "`topic_id` is 'cooking'"),
        ("terms", {"topic_id": "sanctions", "term": "پخت", "weight": "9"}, "`weight` is '9'"),
    ],
)  # fmt: skip
def test_broken_line(folder: Path, name: str, cells: dict[str, str], says: str) -> None:
    line = add_line(folder / f"{name}.csv", **cells)
    error = error_of(folder, name)
    assert error.line == line
    assert f"line {line}" in str(error)
    assert says in error.problem
    assert error.remedy


@pytest.mark.parametrize(("name", "cells"), [("people", PERSON), ("offices", OFFICE)])
def test_people_of_an_unknown_state(folder: Path, name: str, cells: dict[str, str]) -> None:
    data = folder / "data"
    shutil.copytree(DATA, data)
    line = add_line(folder / f"{name}.csv", **cells | {"country": "XX"})
    with pytest.raises(DataError, match=rf"{name}\.csv, line {line}: .*'XX'"):
        load(data, folder)


def test_loading_everything_stops_at_a_broken_line(folder: Path) -> None:
    data = folder / "data"
    shutil.copytree(DATA, data)
    line = add_line(data / "lexicon" / "regions.csv", region_id="west", name_fa="غرب", name_en="the West")
    with pytest.raises(MavazeError, match=rf"regions\.csv, line {line}:"):
        load(data)


def test_a_file_from_a_spreadsheet_loads(tmp_path: Path) -> None:
    """Spreadsheets write a byte-order mark, CRLF, quoted cells and blank lines."""
    path = tmp_path / "cues.csv"
    path.write_bytes('\ufeffphrase,kind,note\r\n"به قول",source,"one, two"\r\n,,\r\n'.encode())
    (row,) = read_rows(path, ("phrase", "kind", "note"))
    assert row == {"phrase": "به قول", "kind": "source", "note": "one, two"}
    assert row.line == 2


def test_cells_of_several_values(tmp_path: Path) -> None:
    path = tmp_path / "cues.csv"
    path.write_text("names\nیک | دو||سه\n", "utf-8")
    assert read_rows(path, ("names",))[0].many("names") == ["یک", "دو", "سه"]


# Offices


def tenures(tmp_path: Path, *lines: str) -> People:
    header = "speaker_id,role,office_fa,office_en,country,organisation,from,to,source,checked\n"
    (tmp_path / "offices.csv").write_text(header + "".join(f"{line},,no\n" for line in lines), "utf-8")
    header = "speaker_id,name_fa,name_en,names,kind,country,wikidata,source,checked\n"
    rows = "".join(f"p:{x},پرند {x},P {x},,person,RU,,,no\n" for x in "abc")
    (tmp_path / "people.csv").write_text(header + rows, "utf-8")
    return people.load(tmp_path)


def held(begin: str, end: str, who: str = "a", role: str = "foreign_minister", state: str = "RU") -> str:
    return f"p:{who},{role},وزیر امور خارجه,,{state},,{begin},{end}"


@pytest.mark.parametrize(
    ("begin", "end", "day", "holds"),
    [
        ("2020-03-05", "2022-08-10", date(2021, 1, 1), True),
        ("2020-03-05", "2022-08-10", date(2020, 3, 5), True),
        ("2020-03-05", "2022-08-10", date(2020, 3, 4), False),
        ("2020-03-05", "2022-08-10", date(2022, 8, 10), True),
        ("2020-03-05", "2022-08-10", date(2022, 8, 11), False),
        ("2020", "2022", date(2022, 12, 31), True),
        ("2020", "2022", date(2023, 1, 1), False),
        ("2020-03", "2020-12", date(2020, 12, 31), True),
        ("2020-03", "2024-02", date(2024, 2, 29), True),
        ("2020-03", "", date(2090, 1, 1), True),
        ("2020-03", "", date(2020, 2, 28), False),
        ("", "2020-03", date(1990, 1, 1), True),
        ("", "2020-03", date(2020, 4, 1), False),
        ("", "", date(2020, 4, 1), False),
        ("2020", "2022", None, False),
    ],
)
def test_holder_on_a_day(tmp_path: Path, begin: str, end: str, day: date | None, holds: bool) -> None:
    known = tenures(tmp_path, held(begin, end))
    assert known.holders("foreign_minister", "RU", day) == (["p:a"] if holds else [])


def test_holders_are_of_the_state_and_the_role(tmp_path: Path) -> None:
    known = tenures(tmp_path, held("2020", ""), held("2020", "", "b", state="QA"), held("2020", "", "c", role="envoy"))
    assert known.holders("foreign_minister", "QA", date(2021, 1, 1)) == ["p:b"]
    assert known.holders("foreign_minister", "IQ", date(2021, 1, 1)) == []


def test_the_later_of_two_offices_counts(tmp_path: Path) -> None:
    known = tenures(tmp_path, held("2018", "", role="legislator"), held("2020", ""))
    office = known.office_on("p:a", date(2021, 1, 1))
    assert office is not None
    assert office.role == "foreign_minister"


def test_on_an_unknown_day_only_a_single_office_counts(tmp_path: Path) -> None:
    known = tenures(tmp_path, held("2018", "2019"), held("2020", "", "b"), held("2018", "", "b", role="envoy"))
    office = known.office_on("p:a", None)
    assert office is not None
    assert office.role == "foreign_minister"
    assert known.office_on("p:b", None) is None
    assert known.office_on("p:c", None) is None


# Verbs


def test_forms_of_a_reporting_verb() -> None:
    assert {"گفت", "گفتند", "می‌گوید", "گفته است", "گفته بود"} <= set(third_person("گفت"))
    assert {"نگفت", "نمی‌گوید"} <= set(third_person("گفت", negative=True))
    assert not set(third_person("گفت")) & set(third_person("گفت", negative=True))
    assert "گفتن" in every_form("گفت")


def test_first_person_forms() -> None:
    assert {"گفتم", "می‌رویم", "خواهیم کرد", "باشیم"} <= set(first_person_forms())


def test_a_verb_that_is_not_listed_has_no_present_stem() -> None:
    assert present_stems("گفت") == ["گو", "گوی"]
    assert present_stems("بلبلید") == []


def test_present_tense_is_no_past_form() -> None:
    """«کند» is the subjunctive of «کردن» everywhere in the news, hardly ever the past of «کندن»."""
    past = demo_lexicon().speech.past_forms
    assert {"کرد", "رفت", "گفت"} <= past
    assert not {"کند", "شود", "باشد", "گیرد", "دهد"} & past


def test_a_lexicon_is_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        demo_lexicon().people = None  # type: ignore[misc, assignment]
