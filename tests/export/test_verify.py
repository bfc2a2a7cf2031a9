"""What verify finds: every kind of damage with its place, and what a later store would change."""

import hashlib
import io
import json
import struct
import zipfile
from collections.abc import Callable

import pandas as pd
import pytest

from analysis.errors import SnapshotError
from analysis.export.archive import Archive
from analysis.export.differences import compare
from analysis.export.reading import Limits, Snapshot
from analysis.export.verify import verify
from analysis.measure.filters import Filters
from analysis.schema import Tables
from tests.export.nasty import tables_of
from tests.export.test_snapshot import TABLES, of, pack

WHOLE = pack(of(TABLES)).getvalue()
Edit = Callable[[dict[str, bytes]], None]


def files() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(given: dict[str, bytes]) -> io.BytesIO:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in given.items():
            archive.writestr(name, data)
    return sink


def sealed(given: dict[str, bytes]) -> io.BytesIO:
    """The files with hashes that fit, as somebody would write them who wants to pass."""
    package = json.loads(given.pop("datapackage.json"))
    del given["SHA256SUMS"]
    for resource in package["resources"]:
        if resource["path"] in given:
            data = given[resource["path"]]
            resource |= {"bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
    sink = io.BytesIO()
    with Archive(sink) as archive:
        for name, data in {**given, "datapackage.json": json.dumps(package).encode()}.items():
            archive.put(name, data)
    return sink


def problems(sink: io.BytesIO) -> str:
    found = verify(sink)
    assert found.code == 2
    return "\n".join(found.problems)


def test_a_whole_one_is_whole() -> None:
    found = verify(io.BytesIO(WHOLE))
    assert (found.code, found.problems, found.rows["articles"]) == (0, [], 36)


def changed(name: str, old: bytes, new: bytes) -> Edit:
    def edit(given: dict[str, bytes]) -> None:
        assert old in given[name]
        given[name] = given[name].replace(old, new, 1)

    return edit


def without(name: str) -> Edit:
    return lambda given: given.__delitem__(name)


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (changed("statements.csv", b"indirect", b"direct"), "statements.csv: its bytes are not those"),
        (changed("README.txt", b"36", b"37"), "README.txt: its bytes are not those"),
        (without("tables/positions.csv"), "tables/positions.csv is missing"),
        (without("README.txt"), "README.txt is missing"),
        (
            lambda given: given.update({"tables/more.csv": b"x"}),
            "tables/more.csv: a file that SHA256SUMS does not list",
        ),
        (without("SHA256SUMS"), "SHA256SUMS is missing"),
        (without("datapackage.json"), "no datapackage.json"),
        (changed("datapackage.json", b'"format": 1', b'"format": 9'), "newer Mavaze"),
        (changed("datapackage.json", b"{", b"["), "none that Mavaze wrote"),
    ],
)
def test_what_was_changed_afterwards_is_named(edit: Edit, words: str) -> None:
    given = files()
    edit(given)
    assert words in problems(packed(given))


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (changed("tables/statements.csv", b"indirect", b"whispered"), "statements.form holds 'whispered'"),
        (changed("tables/statements.csv", "غیرقانونی".encode(), "قانونی".encode()), "is not verbatim"),
        (changed("tables/positions.csv", b"demo:", b"gone:"), "positions.speaker_id names 'gone:"),
        (changed("tables/articles.csv", b"article_id", b"article"), "its columns are"),
        (changed("tables/positions.csv", b"0.8", b"much"), "positions.csv cannot be read as the table positions"),
        (
            lambda given: given.update({"tables/mentions.csv": given["tables/mentions.csv"].rpartition(b"a0")[0]}),
            "mentions",
        ),
        (changed("statements.csv", "غیرقانونی".encode(), "قانونی".encode()), "does not hold the statements of tables"),
        (lambda given: given.update({"tables/articles.csv": b"\xff\xfe\x00"}), "tables/articles.csv cannot be read"),
    ],
)
def test_rules_are_checked_even_where_hashes_fit(edit: Edit, words: str) -> None:
    given = files()
    edit(given)
    assert words in problems(sealed(given))


@pytest.mark.parametrize("name", ["../evil.csv", "/etc/passwd", "C:evil", "a\\..\\b"])
def test_names_that_lead_out_are_refused(name: str) -> None:
    assert "leads out of the folder" in problems(packed(files() | {name: b""}))


def test_links_and_encrypted_files_are_refused() -> None:
    sink = io.BytesIO(WHOLE)
    with zipfile.ZipFile(sink, "a") as archive:
        link = zipfile.ZipInfo("link")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert "is a link" in problems(sink)
    data = bytearray(WHOLE)
    place = data.index(b"PK\x01\x02")
    struct.pack_into("<H", data, place + 8, 1)
    assert "is encrypted" in problems(io.BytesIO(bytes(data)))


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(members=3), "more than 3"),
        (Limits(total=1000), "more than 1000 bytes"),
        (Limits(ratio=2, ratio_from=10), "more than 2 times its size"),
    ],
)
def test_what_unpacks_to_too_much_is_refused(limits: Limits, words: str) -> None:
    with pytest.raises(SnapshotError, match=words):
        Snapshot(io.BytesIO(WHOLE), limits)


def test_no_table_is_read_beyond_its_limit() -> None:
    tables = pack(of(tables_of(["دراز " * 20_000]))).getvalue()
    snapshot = Snapshot(io.BytesIO(tables), Limits(table=80_000))
    with pytest.raises(SnapshotError, match="more than 80000 bytes"):
        snapshot.tables()


@pytest.mark.parametrize("data", [b"", b"PK", WHOLE[:2000], WHOLE[:-30], b"text"])
def test_what_is_no_whole_zip_is_named(data: bytes) -> None:
    assert "not a whole zip file" in problems(io.BytesIO(data))


def test_a_flipped_bit_is_found() -> None:
    data = bytearray(WHOLE)
    data[len(data) // 3] ^= 0x10
    assert "broken" in problems(io.BytesIO(bytes(data))) or "bytes" in problems(io.BytesIO(bytes(data)))


def with_rows(tables: Tables, **frames: object) -> Tables:
    return Tables(**{table.name: frame for table, frame in tables} | frames)  # type: ignore[arg-type]


def test_differences_are_counted_by_table_and_shown() -> None:
    positions = TABLES.positions.copy()
    first = positions.iloc[0]["statement_id"]
    positions.loc[positions.index[0], "stance"] = "mixed"
    later = with_rows(TABLES, positions=positions, statement_topics=TABLES.statement_topics.iloc[2:])
    found = {change.table: change for change in compare(TABLES, later) if change}
    assert found.keys() == {"positions", "statement_topics"}
    assert (found["statement_topics"].gone, found["positions"].changed) == (2, 1)
    what, key, columns = found["positions"].examples[0]
    assert (what, key["statement_id"], columns["stance"][1]) == ("changed", first, "mixed")
    assert found["positions"].lines()[0] == "positions: 0 added, 0 gone, 1 changed"


def test_batches_and_speakers_whom_nobody_names_make_no_difference() -> None:
    articles = TABLES.articles.assign(batch_id="another")
    speakers = TABLES.speakers.assign(speaker_id=TABLES.speakers["speaker_id"] + "2")
    others = with_rows(TABLES, articles=articles, speakers=pd.concat([TABLES.speakers, speakers]))
    assert not any(compare(TABLES, others))
    assert not any(compare(Filters().apply(TABLES), Filters().apply(others)))
