"""A snapshot: what a figure was made of, in one file that outlives the program.

`statements.csv` for a spreadsheet, the tables raw for a program, corrections and (if asked for) the original bytes,
a description for other programs, and a README. The same content gives the same bytes, but for the time of making.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast
from urllib.parse import urlencode

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis import schema
from analysis.export import flat, package, readme
from analysis.export.archive import Archive, target_file
from analysis.export.package import About, Part
from analysis.export.wording import say_filters
from analysis.schema import INTEGER, TEXT, TIME, Column, Table, Tables
from analysis.store.schema import CORRECTIONS, arrow_schema

FORMATS = ("csv", "parquet")
ROWS = 20_000
"""Rows of a table that are turned into bytes at a time."""
FLAT = Table("flat", ("statement_id",), tuple(
    Column(name, {"confidence": schema.NUMBER, "start": INTEGER, "stop": INTEGER}.get(name, TEXT), meaning)
    for name, meaning in flat.MEANINGS.items()
))  # fmt: skip
ORIGINALS = Table(
    "originals",
    ("article_id",),
    (
        Column("article_id", TEXT, "the article"),
        Column("path", TEXT, "the file in this snapshot that holds the bytes"),
        Column("media_type", TEXT, "what the bytes are: text/html, application/pdf, …"),
        Column("name", TEXT, "file name or URL that it came from"),
        Column("reader", TEXT, "which reader made the article of them, with its library's version"),
        Column("published_from", TEXT, "what the time of publication was read from"),
        Column("bytes", INTEGER, "their number"),
        Column("sha256", TEXT, "their SHA-256"),
    ),
)
CODED = Table(
    "coded",
    ("article_id",),
    (
        Column("article_id", TEXT, "the article"),
        Column("lexicon", TEXT, "fingerprint of the words and the code that coded it"),
    ),
)
_ORDER = {"statements": ["article_id", "start", "stop", "statement_id"], "corrections": ["at", "correction_id"]}
"""How tables are sorted where it is not by their key."""
_SUFFIXES = {
    "text/plain": ".txt",
    "text/html": ".html",
    "application/json": ".json",
    "application/pdf": ".pdf",
    "text/csv": ".csv",
}


@dataclass(frozen=True, slots=True)
class Content:
    """What goes into a snapshot.

    Args:
        tables: what is shown, corrections applied.
        about: where it comes from.
        before: the tables as the machine coded them, where corrections changed any.
        corrections: the corrections to these articles, in the columns of the store's table.
        coded: article_id and lexicon: what coded each article, where that is known.
        originals: the original bytes, in pieces with the columns of the store's table; read once, while writing.
    """

    tables: Tables
    about: About
    before: Tables | None = None
    corrections: pd.DataFrame = field(default_factory=CORRECTIONS.frame)
    coded: pd.DataFrame = field(default_factory=CODED.frame)
    originals: Iterable[pd.DataFrame] | None = None


def write_snapshot(
    target: Path | BinaryIO, content: Content, *, kind: str = "csv", replace: bool = False
) -> dict[str, object]:
    """Write a snapshot.

    Args:
        target: a file to make (it appears when it is whole), or an open binary file.
        content: what goes into it.
        kind: of the tables, csv or parquet; statements.csv is there in any case.
        replace: whether a file that stands there gives way.

    Returns:
        the data package that describes it.

    Raises:
        MavazeError: where something stands at `target` already.
    """
    with target_file(target, replace=replace) as sink, Archive(sink) as archive:
        return _write(archive, content, kind)


def _write(archive: Archive, content: Content, kind: str) -> dict[str, object]:
    tables, about = content.tables, content.about
    parts = [_write_flat(archive, tables)]
    words = {lang: say_filters(about.filters, tables.speakers, lang) for lang in ("fa", "en")}
    link = "/" + about.view + (f"?{urlencode(about.query)}" if about.query else "")
    others = [archive.put("README.txt", readme.text(content.about, tables, words, link, kind))]
    for table, frame in tables:
        parts.append(_write_table(archive, f"tables/{table.name}.{kind}", table, frame))
    if content.before is not None:
        for table, frame in content.before:
            if not _same(table, frame, getattr(tables, table.name)):
                name = f"{package.BEFORE}{table.name}.{kind}"
                parts.append(_write_table(archive, name, table, frame, linked=False))
    for table, frame in ((CORRECTIONS, content.corrections), (CODED, content.coded)):
        if len(frame):
            parts.append(_write_table(archive, f"{table.name}.{kind}", table, table.frame(frame)))
    if content.originals is not None:
        parts.append(_write_originals(archive, content.originals))
    sources = sorted(set(tables.articles["source"]) - {""})
    described = package.describe(about, parts, others, sources, words, link)
    archive.put(package.NAME, json.dumps(described, ensure_ascii=False, indent=1).encode())
    return described


def _write_flat(archive: Archive, tables: Tables) -> Part:
    rows = 0
    with archive.open("statements.csv", expected=_size(tables.statements) * 3) as sink:
        for piece, n in flat.csv_pieces(tables):
            sink.write(piece)
            rows += n
    title = "One row a statement, for a spreadsheet: cells that look like formulas begin with an apostrophe"
    return Part(FLAT, archive.members[-1], rows, encoding="utf-8-sig", title=title, linked=False)


def _write_table(archive: Archive, name: str, table: Table, frame: pd.DataFrame, *, linked: bool = True) -> Part:
    kind = name.rpartition(".")[2]
    ordered = sort(table, frame)
    with archive.open(name, expected=_size(ordered) * 2) as sink:
        if kind == "csv":
            for piece in csv_bytes(ordered):
                sink.write(piece)
        else:
            _write_parquet(sink, table, ordered)
    return Part(table, archive.members[-1], len(ordered), kind, linked=linked)


def sort(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """A table's rows in the order in which snapshots hold them; no two rows tie."""
    return frame.sort_values(_ORDER.get(table.name, list(table.key)), ignore_index=True)


def csv_bytes(frame: pd.DataFrame) -> Iterator[bytes]:
    """A frame as CSV in pieces: UTF-8, CRLF (so that a lone CR in a text is quoted), times as RFC 3339, no guard."""
    times = [name for name in frame if str(frame[name].dtype) == TIME]
    # Whole seconds where that loses nothing: the first version of the standard knows no fractions.
    fraction = ".%f" if any((frame[name].dt.microsecond.fillna(0) != 0).any() for name in times) else ""
    for start in range(0, max(len(frame), 1), ROWS):
        piece = frame.iloc[start : start + ROWS]
        form = f"%Y-%m-%dT%H:%M:%S{fraction}Z"
        text = piece.to_csv(header=start == 0, index=False, lineterminator="\r\n", date_format=form)
        yield text.encode()


def _write_parquet(sink: BinaryIO, table: Table, frame: pd.DataFrame) -> None:
    columns = arrow_schema(table)
    with pq.ParquetWriter(sink, columns, compression="zstd") as writer:
        for start in range(0, len(frame), ROWS):
            piece = frame.iloc[start : start + ROWS]
            writer.write_table(pa.Table.from_pandas(piece, schema=columns, preserve_index=False))


def _write_originals(archive: Archive, pieces: Iterable[pd.DataFrame]) -> Part:
    rows: list[dict[str, object]] = []
    taken: set[str] = set()
    for piece in pieces:
        for row in cast(list[dict[str, object]], piece.to_dict("records")):
            member = archive.put(_original_name(row, taken), cast(bytes, row.pop("data")))
            rows.append(row | {"path": member.name, "bytes": member.bytes, "sha256": member.sha256})
    return _write_table(archive, "originals/originals.csv", ORIGINALS, ORIGINALS.frame(rows))


def _original_name(row: dict[str, object], taken: set[str]) -> str:
    """A name that every system can write; ids come from anywhere and may hold anything."""
    article = str(row["article_id"])
    plain = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", article)
    stem = article if plain else hashlib.sha256(article.encode()).hexdigest()[:24]
    suffix = _SUFFIXES.get(str(row["media_type"]).partition(";")[0].strip(), ".bin")
    # Systems that do not tell small letters from capitals would unpack one file over the other.
    if f"{stem}{suffix}".casefold() in taken:
        stem = hashlib.sha256(article.encode()).hexdigest()
    taken.add(f"{stem}{suffix}".casefold())
    return f"originals/{stem}{suffix}"


def _same(table: Table, one: pd.DataFrame, other: pd.DataFrame) -> bool:
    return len(one) == len(other) and sort(table, one).equals(sort(table, other))


def _size(frame: pd.DataFrame) -> int:
    return int(frame.memory_usage(deep=True).sum())
