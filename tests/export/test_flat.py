"""The flat CSV: complete, in a stable order, harmless in a spreadsheet."""

import csv
import io

import pandas as pd
import pytest

from analysis import schema
from analysis.export import flat
from analysis.measure.filters import Filters
from analysis.schema import Tables
from tests.pages import hostile
from tests.pages.sample import EXTRA, NASTY, build

TABLES = build()


def read(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_one_row_a_statement_with_every_column() -> None:
    rows = read(flat.to_csv(flat.flat(Filters().apply(TABLES))))
    assert len(rows) == (TABLES.statements["form"] != "headline").sum()
    assert tuple(rows[0]) == flat.COLUMNS
    assert all(row["collection"] in ("demo", "press") for row in rows)
    assert {row["date"] == "" for row in rows} == {True, False}
    assert all((row["date"] == "") == (row["date_jalali"] == "") for row in rows)


def test_joint_and_relayed_speakers() -> None:
    rows = read(flat.to_csv(flat.flat(TABLES)))
    joint = next(row for row in rows if " | " in row["speaker"])
    assert joint["speaker"] == "بهرام نیک‌روش | سالم السبتی"
    assert joint["role"] == "foreign_minister | minister"
    assert joint["country"] == "IR | OM"
    relayed = next(row for row in rows if row["relayed_from"])
    assert relayed["relayed_from"] == "جم چاگان"
    assert relayed["positions"] == "demo:cagan-cem>topic:use_of_force=against (relayed)"
    assert len(EXTRA) == 2


def test_the_order_does_not_hang_on_the_tables() -> None:
    shuffled = Tables(**{table.name: frame.sample(frac=1, random_state=5) for table, frame in TABLES})
    ours, theirs = flat.flat(TABLES), flat.flat(shuffled)
    assert ours["statement_id"].tolist() == theirs["statement_id"].tolist()
    known = ours[ours["date"] != ""]
    assert known["date"].is_monotonic_increasing
    assert ours["date"].iloc[-1] == ""


def test_bytes_begin_with_the_mark_that_a_spreadsheet_needs() -> None:
    assert flat.to_csv(flat.flat(TABLES)).startswith(b"\xef\xbb\xbfdate_jalali,")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@cmd", "\tx", "\rx"])
def test_formulas_are_text(text: str) -> None:
    frame = pd.DataFrame({text: [text, f"a{text}"], "n": [-1, 2]})
    rows = list(csv.reader(io.StringIO(flat.to_csv(frame).decode("utf-8-sig"), newline="")))
    assert rows == [[f"'{text}", "n"], [f"'{text}", "-1"], [f"a{text}", "2"]]


def test_a_nasty_title_goes_through_unchanged_but_for_the_guard() -> None:
    titles = {row["title"] for row in read(flat.to_csv(flat.flat(TABLES)))}
    assert NASTY in titles
    articles = schema.ARTICLES.frame(TABLES.articles.assign(title="=HYPERLINK(1)"))
    tables = Tables(**{table.name: frame for table, frame in TABLES} | {"articles": articles})
    assert {row["title"] for row in read(flat.to_csv(flat.flat(tables)))} == {"'=HYPERLINK(1)"}


def test_nothing_that_others_write_becomes_a_formula() -> None:
    cells = [cell for row in read(flat.to_csv(flat.flat(hostile.build()))) for cell in row.values()]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r\n")]


def test_no_statements_still_have_a_heading() -> None:
    assert read(flat.to_csv(flat.flat(Tables()))) == []
    assert flat.to_csv(flat.flat(Tables())).decode("utf-8-sig").strip() == ",".join(flat.COLUMNS)
