"""A snapshot: complete, the same for the same content, readable by people, spreadsheets and programs."""

import csv
import datetime as dt
import hashlib
import io
import json
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from analysis import schema
from analysis.errors import MavazeError
from analysis.export import flat
from analysis.export.package import About
from analysis.export.reading import Snapshot, read_table
from analysis.export.snapshot import Content, csv_bytes, sort, write_snapshot
from analysis.export.taking import content_of_tables
from analysis.export.verify import verify
from analysis.measure.filters import Filters
from analysis.schema import Tables
from tests.export.nasty import TEXTS, tables_of
from tests.pages.sample import build

WHEN = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
TABLES = build()
KINDS = ("csv", "parquet")


def pack(content: Content, kind: str = "csv") -> io.BytesIO:
    sink = io.BytesIO()
    write_snapshot(sink, content, kind=kind)
    sink.seek(0)
    return sink


def of(tables: Tables, filters: Filters | None = None, **about: object) -> Content:
    return content_of_tables(tables, filters, created=WHEN, **about)  # type: ignore[arg-type]


def same(ours: Tables, theirs: Tables) -> bool:
    return all(sort(table, frame).equals(sort(table, getattr(theirs, table.name))) for table, frame in ours)


def names(sink: io.BytesIO) -> list[str]:
    return zipfile.ZipFile(sink).namelist()


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_content_gives_the_same_bytes(kind: str) -> None:
    shuffled = Tables(**{table.name: frame.sample(frac=1, random_state=3) for table, frame in TABLES})
    assert pack(of(TABLES), kind).getvalue() == pack(of(shuffled), kind).getvalue()


def test_the_table_for_a_spreadsheet_comes_first() -> None:
    assert names(pack(of(TABLES)))[:2] == ["statements.csv", "README.txt"]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_lost_of_texts_that_break_files(kind: str) -> None:
    tables = tables_of()
    with Snapshot(pack(of(tables), kind)) as snapshot:
        assert same(tables, snapshot.tables())
    assert verify(pack(of(tables), kind)).problems == []


_TEXTS = some.lists(
    some.text(some.characters(exclude_categories=("Cs",)), min_size=1, max_size=30), min_size=1, max_size=6
)
_TIMES = some.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2200, 1, 1), timezones=some.just(dt.UTC))


@settings(max_examples=12, deadline=None)
@given(_TEXTS, some.lists(some.none() | _TIMES.map(dt.datetime.isoformat), min_size=1), some.floats(0, 1))
def test_nothing_is_lost_of_any_text(texts: list[str], times: list[str | None], sure: float) -> None:
    tables = tables_of(texts, times, (sure,))
    for table, frame in ((schema.ARTICLES, tables.articles), (schema.STATEMENTS, tables.statements)):
        assert read_table(b"".join(csv_bytes(frame)), table, "csv").equals(frame)


def test_empty_tables_make_a_snapshot_as_well() -> None:
    found = verify(pack(of(Tables())))
    assert (found.problems, set(found.rows.values())) == ([], {0})


def test_a_spreadsheet_gets_a_mark_crlf_commas_and_no_formula() -> None:
    data = zipfile.ZipFile(pack(of(tables_of()))).read("statements.csv")
    assert data.startswith(b"\xef\xbb\xbfdate_jalali,date,source,")
    assert data.endswith(b"\r\n")
    csv.field_size_limit(1 << 20)
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert {len(row) for row in rows} == {len(flat.COLUMNS)}
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@", "\t", "\r", "-"))]
    assert len(rows) == len(TEXTS) + 1  # A line break in a cell makes no row.


def test_the_pieces_of_the_flat_table_are_the_whole() -> None:
    whole = flat.to_csv(flat.flat(TABLES))
    assert b"".join(piece for piece, _ in flat.csv_pieces(TABLES, articles=5)) == whole


def test_the_description_says_what_is_there() -> None:
    filters = Filters(start=dt.date(2025, 1, 1), topics=("sanctions",))
    sink = pack(of(TABLES, filters, view="topics"))
    archive = zipfile.ZipFile(sink)
    described = json.loads(archive.read("datapackage.json"))
    for resource in described["resources"]:
        data = archive.read(resource["path"])
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert resource["bytes"] == len(data)
    resources = {resource["name"]: resource for resource in described["resources"]}
    assert {table.name for table in schema.TABLES} <= resources.keys()
    positions = resources["positions"]["schema"]
    assert positions["primaryKey"] == ["statement_id", "speaker_id", "target"]
    stance = next(field for field in positions["fields"] if field["name"] == "stance")
    assert (stance["type"], stance["constraints"]["enum"]) == ("string", ["for", "against", "mixed"])
    about = described["mavaze"]
    assert about["link"] == "/topics?from=2025-01-01&topic=sanctions"
    assert about["words"]["en"] == "All statements about Sanctions, since 1 January 2025."
    assert about["words"]["fa"] == "همهٔ گفته‌ها دربارهٔ تحریم‌ها، از ۱۲ دی ۱۴۰۳ به بعد."
    assert (about["everything"], about["whole"]) == (False, False)
    assert described["sources"] == [{"title": "خبرگزاری نمونه"}, {"title": "روزنامهٔ آزمون"}]


def test_the_readme_speaks_both_languages() -> None:
    text = zipfile.ZipFile(pack(of(TABLES))).read("README.txt").decode("utf-8-sig")
    assert "همهٔ آنچه نگه‌داری می‌شود" in text
    assert "Everything that is kept" in text
    assert "{" not in text
    assert "F1" in text
    assert max(len(line) for line in text.split("\r\n")) <= 120


def test_whole_says_whether_articles_lack_rows() -> None:
    def whole(filters: Filters | None) -> bool:
        return of(TABLES, filters).about.whole

    assert whole(None)
    assert whole(Filters(collections=("press",), repeats=True, relayed=True))
    assert not whole(Filters(collections=("press",), relayed=True))
    assert not whole(Filters(topics=("sanctions",), repeats=True, relayed=True))


def test_speakers_whom_no_row_names_stay_out_of_a_choice() -> None:
    found = of(TABLES, Filters(speakers=("demo:orlov-pavel",))).tables
    assert "demo:pourmand-laleh" not in set(found.speakers["speaker_id"])


def test_originals_are_files_of_their_own() -> None:
    rows = [
        ("a000", "text/html; charset=utf-8", b"<p>"),
        ("A000", "text/html", b"<b>"),
        ("خبر/۱", "application/pdf", b"%PDF"),
        ("..", "", b""),
    ]
    frame = pd.DataFrame(rows, columns=["article_id", "media_type", "data"]).assign(
        name="n", reader="r", published_from=""
    )
    content = Content(TABLES, About(WHEN), originals=[frame.iloc[:2], frame.iloc[2:]])
    archive = zipfile.ZipFile(pack(content))
    listed = list(csv.DictReader(io.StringIO(archive.read("originals/originals.csv").decode())))
    by_id = {row["article_id"]: row for row in listed}
    for article, _, data in rows:
        assert archive.read(by_id[article]["path"]) == data
        assert by_id[article]["sha256"] == hashlib.sha256(data).hexdigest()
    assert len({row["path"].casefold() for row in listed}) == 4
    assert all(row["path"].isascii() and row["path"].count("/") == 1 for row in listed)


def test_a_file_that_stands_there_is_not_replaced_unasked(tmp_path: Path) -> None:
    target = tmp_path / "sub" / "a.zip"
    write_snapshot(target, of(TABLES))
    before = target.read_bytes()
    with pytest.raises(MavazeError, match="--replace"):
        write_snapshot(target, of(Tables()))
    assert target.read_bytes() == before
    write_snapshot(target, of(Tables()), replace=True)
    assert target.read_bytes() != before


def test_a_snapshot_is_never_half_there(tmp_path: Path) -> None:
    def broken() -> object:
        yield pd.DataFrame([{"article_id": "a000", "media_type": "", "data": b"x"}])
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_snapshot(tmp_path / "a.zip", Content(TABLES, About(WHEN), originals=broken()))  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []
