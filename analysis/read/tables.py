"""Articles of .csv and .parquet files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from analysis.errors import RejectedInput
from analysis.read.encoding import Line, name_of, open_lines
from analysis.read.inputs import Source
from analysis.read.items import Item, Original, Rejected
from analysis.read.limits import Limits
from analysis.read.records import FIELDS, ID_FIELDS, record

csv.field_size_limit(1 << 27)  # The default refuses a cell of more than 131,072 characters.
_ROWS = 256
"""Rows of a Parquet file that are in memory at a time."""


class _Written:
    """Lines as the CSV reader asks for them, remembering those of the row that it is in."""

    def __init__(self, lines: Iterator[Line], limit: int, where: str) -> None:
        self._lines, self._limit, self._where = lines, limit, where
        self.row: list[str] = []
        self.size = 0
        self.fault: RejectedInput | None = None

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            if line.fault and line.fault.code == "too_large":
                raise line.fault
            self.fault = self.fault or line.fault
            self.size += len(line.text)
            if self.size > self._limit:
                raise RejectedInput(
                    "too_large",
                    f"{self._where}, line {line.number}: a row longer than {self._limit:,} characters. "
                    "Look for a stray quotation mark.",
                )
            self.row.append(line.text)
            yield line.text

    def take(self) -> tuple[str, RejectedInput | None]:
        taken = "".join(self.row), self.fault
        self.row, self.size, self.fault = [], 0, None
        return taken


def read_csv(source: Source, limits: Limits) -> Iterator[Item | Rejected]:
    """A header with a column `text`, an article a row."""
    with source.open() as file:
        encoding, lines = open_lines(file, source.where, limits.record_bytes)
        first = next(lines)
        if first.fault:
            raise first.fault
        separator = max(",;\t", key=first.text.count)
        header = _header(first.text, separator, source.where, limits)
        written = _Written(lines, limits.record_bytes, source.where)
        rows = csv.reader(written, delimiter=separator, strict=True)
        found = False
        for number, cells in _numbered(source.where, rows):
            row, fault = written.take()
            if fault:
                found = True
                yield Rejected(f"{source.where}, line {number}", fault.code, str(fault))
            elif any(cell.strip() for cell in cells):
                found = True
                where = f"{source.where}, line {number}"
                yield _of_row(header, cells, where, row.rstrip("\r\n").encode(encoding), source, encoding)
    if not found:
        raise RejectedInput(
            "empty",
            f"{source.where}: there is no article below the header. Remove the file or put an article into it.",
        )


def _header(line: str, separator: str, where: str, limits: Limits) -> list[str]:
    try:
        names = next(csv.reader([line], delimiter=separator))
    except (csv.Error, StopIteration) as error:
        raise RejectedInput("damaged", f"{where}, line 1: not a CSV line ({error}). Write a header.") from error
    header = [name.strip().lower() for name in names]
    if len(header) > limits.cells:
        raise RejectedInput("too_many", f"{where}, line 1: more than {limits.cells:,} columns. Leave some out.")
    if "text" not in header:
        columns = ", ".join(f"`{name[:50]}`" for name in header[:50])
        raise RejectedInput(
            "bad_record",
            f"{where}, line 1: there is no column `text` (columns: {columns}). Name the text's column `text`.",
        )
    return header


def _of_row(
    header: list[str], cells: list[str], where: str, data: bytes, source: Source, encoding: str
) -> Item | Rejected:
    try:
        if len(cells) > len(header):
            raise RejectedInput(
                "bad_record",
                f"{where}: {len(cells)} cells under {len(header)} columns. "
                "Put a cell that holds the separator in quotation marks.",
            )
        row = dict(zip(header, cells, strict=False)) | {name: "" for name in header[len(cells) :]}
        read_from = "column published" if row.get("published") else ""
        original = Original(data, "text/csv", source.name, f"csv {name_of(encoding)}", read_from)
        return record(row, where, original)
    except RejectedInput as error:
        return Rejected(where, error.code, str(error))


def _numbered(where: str, rows: Any) -> Iterator[tuple[int, list[str]]]:
    """The lines of a CSV below its header, each with the number of its first line."""
    number = 2
    try:
        for cells in rows:
            yield number, cells
            number = rows.line_num + 2
    except csv.Error as error:
        raise RejectedInput(
            "damaged", f"{where}, line {number}: not a CSV line ({error}). Look for a stray quotation mark."
        ) from error


def read_parquet(source: Source, limits: Limits) -> Iterator[Item | Rejected]:
    """A column `text`, an article a row; columns that are no fields of an article are not even opened."""
    where, number = source.where, 0
    try:
        with source.open() as opened:
            file = opened if opened.seekable() else io.BytesIO(source.read(limits.file_bytes))
            columns = _columns(pq.read_schema(file), where, limits)
            # A value that a file holds once and names a million times stays one in memory.
            table = pq.ParquetFile(file, read_dictionary=list(columns))
            for batch in table.iter_batches(_ROWS, columns=list(columns)):
                named = [(columns[name], batch.column(place)) for place, name in enumerate(batch.schema.names)]
                for place in range(batch.num_rows):
                    number += 1
                    row = {name: column[place].as_py() for name, column in named}
                    yield _of_values(row, f"{where}, row {number}", source, limits)
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        problem = " ".join(str(error).split())[:200]
        raise RejectedInput("damaged", f"{where}: not a whole Parquet file ({problem}). Write it again.") from error
    if not number:
        raise RejectedInput("empty", f"{where}: the table has no rows. Remove the file or put an article into it.")


def _columns(schema: pa.Schema, where: str, limits: Limits) -> dict[str, str]:
    """Those columns that are fields of an article, by their name in the file."""
    if len(schema.names) > limits.cells:
        raise RejectedInput("too_many", f"{where}: more than {limits.cells:,} columns. Leave some out.")
    found = {name: name.strip().lower() for name in schema.names}
    if "text" not in found.values():
        columns = ", ".join(f"`{name[:50]}`" for name in schema.names[:50])
        raise RejectedInput(
            "bad_record", f"{where}: there is no column `text` (columns: {columns}). Name the text's column `text`."
        )
    return {name: field for name, field in found.items() if field in {*FIELDS, *ID_FIELDS}}


def _of_values(row: dict[str, Any], where: str, source: Source, limits: Limits) -> Item | Rejected:
    try:
        if any(isinstance(value, str) and len(value) > limits.record_bytes for value in row.values()):
            raise RejectedInput("too_large", f"{where}: longer than {limits.record_bytes:,} characters. Split it.")
        kept = {name: value for name, value in row.items() if value is not None}
        data = json.dumps(kept, ensure_ascii=False, default=str).encode(errors="surrogatepass")
        read_from = "column published" if kept.get("published") else ""
        original = Original(data, "application/json", source.name, f"parquet pyarrow {pa.__version__}", read_from)
        return record(row, where, original)
    except RejectedInput as error:
        return Rejected(where, error.code, str(error))
