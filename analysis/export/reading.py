"""A snapshot opened again: a file that anybody may have made or changed, so nothing in it is believed unseen."""

from __future__ import annotations

import hashlib
import json
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, BinaryIO, Self, cast

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from analysis import schema
from analysis.errors import InputError, SnapshotError
from analysis.export import package
from analysis.export.snapshot import CODED, FORMATS, ORIGINALS
from analysis.schema import TABLES, Table, Tables
from analysis.store.schema import CORRECTIONS

PIECE = 1 << 20
_ARROW = {
    schema.TEXT: pa.large_string(),
    schema.INTEGER: pa.int64(),
    schema.NUMBER: pa.float64(),
    schema.FLAG: pa.bool_(),
    schema.TIME: pa.large_string(),
}
_UNREADABLE = (ValueError, TypeError, OverflowError, pa.ArrowException)
"""What libraries raise at bytes that are no such table."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a snapshot may be before it is refused.

    Attributes:
        members: files in the zip.
        total: bytes of all of them, unpacked.
        table: bytes of one table, unpacked; a table is held in memory.
        ratio: how many times its packed size a file may unpack to, from `ratio_from` bytes on.
    """

    members: int = 2_000_000
    total: int = 64 << 30
    table: int = 8 << 30
    ratio: int = 300
    ratio_from: int = 64 << 20


class Snapshot:
    """An open snapshot. Use it as a context manager.

    Attributes:
        package: what datapackage.json says.
        about: what stands there under `mavaze`.

    Raises:
        SnapshotError: on opening, where the file is no zip, is none of ours, or is beyond the limits.
    """

    def __init__(self, path: Path | BinaryIO, limits: Limits | None = None) -> None:
        self.name, self.limits = path.name if isinstance(path, Path) else "the snapshot", limits or Limits()
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError) as error:
            raise SnapshotError(f"{self.name}: not a whole zip file ({error}). Get it again.") from error
        self.members = {entry.filename: entry for entry in self._zip.infolist()}
        self._check_entries()
        self.package = self._read_package()
        self.about: dict[str, Any] = self.package["mavaze"]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def _check_entries(self) -> None:
        entries, limits = self._zip.infolist(), self.limits
        if len(entries) > limits.members:
            raise SnapshotError(f"{self.name}: holds {len(entries)} files, more than {limits.members}.")
        if sum(entry.file_size for entry in entries) > limits.total:
            raise SnapshotError(f"{self.name}: would unpack to more than {limits.total} bytes.")
        if len(self.members) != len(entries):
            raise SnapshotError(f"{self.name}: names one file twice.")
        for entry in entries:
            if problem := _unsafe(entry, limits):
                raise SnapshotError(f"{self.name}: {entry.filename!r} {problem}. This is no snapshot of ours.")

    def _read_package(self) -> dict[str, Any]:
        if package.NAME not in self.members:
            raise SnapshotError(f"{self.name}: there is no {package.NAME} in it, so it is no snapshot of ours.")
        try:
            described = json.loads(self.bytes(package.NAME))
            about, resources = described["mavaze"], described["resources"]
            version = int(about["format"])
            if not all(isinstance(one["path"], str) and isinstance(one["name"], str) for one in resources):
                raise TypeError("a resource without a name")
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise SnapshotError(
                f"{self.name}: {package.NAME} is none that Mavaze wrote ({type(error).__name__}: {error})."
            ) from error
        if version > package.FORMAT:
            raise SnapshotError(f"{self.name}: written by a newer Mavaze (format {version}). Update the program.")
        return cast(dict[str, Any], described)

    @property
    def resources(self) -> list[dict[str, Any]]:
        """The package's resources."""
        return cast(list[dict[str, Any]], self.package["resources"])

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """A file of the snapshot as a stream.

        Raises:
            SnapshotError: where it is not there, or its bytes are broken.
        """
        if name not in self.members:
            raise SnapshotError(f"{self.name}: {name} is missing.")
        try:
            with self._zip.open(name) as stream:
                yield stream
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise SnapshotError(f"{self.name}: {name} is broken ({error}). Get the file again.") from error

    def bytes(self, name: str) -> bytes:
        """All bytes of a file."""
        if name in self.members and self.members[name].file_size > self.limits.table:
            raise SnapshotError(f"{self.name}: {name} would unpack to more than {self.limits.table} bytes.")
        with self.open(name) as stream:
            return stream.read()

    def sha256(self, name: str) -> str:
        """The SHA-256 of a file, read in pieces."""
        digest = hashlib.sha256()
        with self.open(name) as stream:
            while piece := stream.read(PIECE):
                digest.update(piece)
        return digest.hexdigest()

    def tables(self) -> Tables:
        """What was shown, corrections applied.

        Raises:
            SnapshotError: where a table is missing or cannot be read.
        """
        return Tables(**{table.name: self._need(table, table.name) for table in TABLES})

    def before(self) -> Tables:
        """The tables as the machine coded them: those that corrections changed, and the others as they are."""
        return Tables(**{table.name: self._before(table) for table in TABLES})

    @property
    def has_before(self) -> bool:
        """Whether corrections changed any table."""
        return any(resource["path"].startswith(package.BEFORE) for resource in self.resources)

    def _before(self, table: Table) -> pd.DataFrame:
        found = self._table(table, f"{table.name}_before_corrections")
        return self._need(table, table.name) if found is None else found

    def corrections(self) -> pd.DataFrame:
        """The corrections, in the columns of the store's table."""
        return self._or_empty(CORRECTIONS)

    def coded(self) -> pd.DataFrame:
        """What coded each article, as far as it is known (article_id, lexicon)."""
        return self._or_empty(CODED)

    def originals(self) -> pd.DataFrame:
        """The list of originals: path, media_type and so on, by article_id."""
        return self._or_empty(ORIGINALS)

    def _or_empty(self, table: Table) -> pd.DataFrame:
        found = self._table(table, table.name)
        return table.frame() if found is None else found

    def _need(self, table: Table, name: str) -> pd.DataFrame:
        found = self._table(table, name)
        if found is None:
            raise SnapshotError(f"{self.name}: the table {name} is missing.")
        return found

    def _table(self, table: Table, name: str) -> pd.DataFrame | None:
        resource = next((one for one in self.resources if one["name"] == name), None)
        if resource is None:
            return None
        path = str(resource["path"])
        data = self.bytes(path)
        try:
            return read_table(data, table, path.rpartition(".")[2])
        except _UNREADABLE as error:
            words = " ".join(str(error).split())
            raise SnapshotError(f"{self.name}: {path} cannot be read as the table {table.name}: {words}.") from error


def read_folder(folder: Path) -> Tables:
    """The tables that `extract` wrote into a folder, CSV or Parquet.

    Raises:
        InputError: where one is missing or is not such a table.
    """
    frames = {}
    for table in TABLES:
        path = next((p for kind in FORMATS if (p := folder / f"{table.name}.{kind}").is_file()), None)
        if path is None:
            raise InputError(f"{folder}: there is no {table.name}.csv. Name a folder that `extract` wrote.")
        try:
            frames[table.name] = read_table(path.read_bytes(), table, path.suffix[1:])
        except _UNREADABLE as error:
            raise InputError(f"{path}: not a table that `extract` wrote ({' '.join(str(error).split())}).") from error
    return Tables(**frames)


def read_table(data: bytes, table: Table, kind: str) -> pd.DataFrame:
    """A table as a snapshot holds it.

    Raises:
        ValueError: where columns or values are not those of the table.
    """
    if kind == "parquet":
        given = pq.read_table(pa.BufferReader(data))
    else:
        # Not by pandas, which fills up rows that are too short. One block, so that no row is cut by its end.
        given = pa_csv.read_csv(
            pa.BufferReader(data),
            read_options=pa_csv.ReadOptions(block_size=min(len(data) + 1, (1 << 31) - 1), use_threads=False),
            parse_options=pa_csv.ParseOptions(newlines_in_values=True),
            convert_options=pa_csv.ConvertOptions(
                column_types={one.name: _ARROW[one.dtype] for one in table.columns}, null_values=[],
                true_values=["True"], false_values=["False"],
            ),
        )  # fmt: skip
    if given.column_names != table.names:
        raise ValueError(f"its columns are {given.column_names}, the table has {table.names}")
    frame = given.to_pandas()
    if kind == "csv":
        for one in table.columns:
            if one.dtype == schema.TIME:
                frame[one.name] = pd.to_datetime(frame[one.name].replace("", None), utc=True, format="ISO8601")
    return table.frame(frame)


def _unsafe(entry: zipfile.ZipInfo, limits: Limits) -> str:
    """What is wrong with an entry of a zip, "" where nothing is."""
    name = entry.filename
    if name.startswith(("/", "\\")) or "\\" in name or ":" in name or ".." in name.split("/") or "\0" in name:
        return "leads out of the folder"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "is a link"
    if entry.flag_bits & 0x1:
        return "is encrypted"
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "is packed in an unusual way"
    if entry.file_size > limits.ratio_from and entry.file_size > limits.ratio * max(entry.compress_size, 1):
        return f"unpacks to more than {limits.ratio} times its size"
    return ""
