"""The tables raw, one file a table, for machines: nothing is guarded, renamed or rounded.

CSV is UTF-8 without a byte-order mark, with CRLF line ends as RFC 4180 says, so that a lone carriage return in a
text is quoted as well. Parquet keeps the types of `analysis.schema`.
"""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self, cast

import pandas as pd

from analysis import schema
from analysis.errors import MavazeError
from analysis.schema import OFFICES, SPEAKERS, TABLES, Table, Tables

FORMATS = ("csv", "parquet")
_KEPT = (SPEAKERS, OFFICES)
"""Tables whose rows come again in later batches; they are small and written at the end."""
Kept = dict[tuple[str, ...], dict[str, object]]
"""Rows by key."""
_FILES = {f"{table.name}.{kind}" for table in TABLES for kind in FORMATS}


class TableWriter:
    """Write tables batch by batch into a hidden folder that becomes `folder` when all went well.

    Use it as a context manager: where an exception leaves it, nothing is left on the disk and a `folder` that was
    there before stays as it was. Beside one batch it holds the speakers and offices in memory.

    Args:
        folder: the folder to make. One that holds nothing but such tables is replaced.
        kind: csv or parquet.

    Raises:
        MavazeError: on entering, where `folder` is a file or holds other things.
    """

    def __init__(self, folder: Path, kind: str = "csv") -> None:
        self.folder, self.kind = folder.resolve(), kind
        self.counts = {table.name: 0 for table in TABLES}
        self._kept: dict[str, Kept] = {table.name: {} for table in _KEPT}
        self._sinks: dict[str, Sink] = {}

    def __enter__(self) -> Self:
        _check_replaceable(self.folder)
        ground = next(parent for parent in self.folder.parents if parent.is_dir())
        self._draft = ground / f".{self.folder.name}-{secrets.token_hex(4)}"
        self._draft.mkdir()
        make = CsvSink if self.kind == "csv" else ParquetSink
        self._sinks = {table.name: make(self._draft / f"{table.name}.{self.kind}", table) for table in TABLES}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                for table in _KEPT:
                    self._write(table, table.frame(list(self._kept[table.name].values())))
            for sink in self._sinks.values():
                sink.close()
            if error is None:
                _move(self._draft, self.folder)
        finally:
            shutil.rmtree(self._draft, ignore_errors=True)

    def add(self, tables: Tables) -> None:
        """Write one batch."""
        for table, frame in tables:
            if table in _KEPT:
                _keep(table, self._kept[table.name], frame)
            else:
                self._write(table, frame)

    def _write(self, table: Table, frame: pd.DataFrame) -> None:
        self._sinks[table.name].write(frame)
        self.counts[table.name] += len(frame)


class Sink(Protocol):
    """A file that takes the rows of one table, batch after batch."""

    def __init__(self, path: Path, table: Table) -> None: ...

    def write(self, frame: pd.DataFrame) -> None:
        """Append rows."""

    def close(self) -> None:
        """Finish the file."""


class CsvSink:
    """A CSV file with a header."""

    def __init__(self, path: Path, table: Table) -> None:
        self._file = path.open("w", encoding="utf-8", newline="")
        self._put(table.frame(), header=True)

    def write(self, frame: pd.DataFrame) -> None:
        """Append rows."""
        self._put(frame, header=False)

    def _put(self, frame: pd.DataFrame, *, header: bool) -> None:
        frame.to_csv(self._file, header=header, index=False, lineterminator="\r\n")

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


class ParquetSink:
    """A Parquet file with a row group a batch."""

    def __init__(self, path: Path, table: Table) -> None:
        import pyarrow as pa  # Late: CSV, the default, does without it.
        import pyarrow.parquet as pq

        types = {
            schema.TEXT: pa.string(),
            schema.INTEGER: pa.int64(),
            schema.NUMBER: pa.float64(),
            schema.FLAG: pa.bool_(),
            schema.TIME: pa.timestamp("us", tz="UTC"),
        }
        self._schema = pa.schema([(column.name, types[column.dtype]) for column in table.columns])
        self._convert = pa.Table.from_pandas
        self._writer = pq.ParquetWriter(path, self._schema)

    def write(self, frame: pd.DataFrame) -> None:
        """Append rows."""
        if len(frame):
            self._writer.write_table(self._convert(frame, schema=self._schema, preserve_index=False))

    def close(self) -> None:
        """Finish the file."""
        self._writer.close()


def _keep(table: Table, kept: Kept, frame: pd.DataFrame) -> None:
    """Keep each key once; aliases of one speaker that several batches give are joined."""
    for row in cast(list[dict[str, object]], frame.to_dict("records")):
        known = kept.setdefault(tuple(str(row[name]) for name in table.key), row)
        if table is SPEAKERS and known is not row:
            aliases = f"{known['aliases']}|{row['aliases']}".split("|")
            known["aliases"] = "|".join(dict.fromkeys(filter(None, aliases)))


def _check_replaceable(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise MavazeError(f"{folder}: a file stands there. Name a folder.")
    if blocked := next((parent for parent in folder.parents if parent.exists() and not parent.is_dir()), None):
        raise MavazeError(f"{folder}: cannot be made, because {blocked} is a file. Name another folder.")
    others = sorted(path.name for path in folder.iterdir() if path.name not in _FILES) if folder.exists() else []
    if others:
        raise MavazeError(
            f"{folder}: the folder holds other things than tables ({', '.join(others[:3])}"
            f"{', …' if len(others) > 3 else ''}). Name a new or an empty folder."
        )


def _move(draft: Path, folder: Path) -> None:
    """Put the finished folder in its place; the tables that stood there go only when the new ones stand."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    if not folder.exists():
        draft.rename(folder)
        return
    _check_replaceable(folder)  # Once more: a long run is time enough for somebody to put a file there.
    old = draft.with_name(f"{draft.name}-old")
    folder.rename(old)
    try:
        draft.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
