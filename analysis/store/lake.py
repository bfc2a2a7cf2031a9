"""The Delta Lake tables of a store where they lie: a folder, or an object store's URL.

`deltalake` must not be used in a process that was forked from one that used it (its threads are gone and it waits
for ever or panics): start workers by spawn. A forked process gets a clear error here instead.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pandas as pd
import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, Schema, WriterProperties, write_deltalake
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError

from analysis.errors import DamagedStore, StoreError
from analysis.store.schema import DATA, FORMAT, PHYSICAL, arrow_schema

_PROPERTIES = {
    # By default Delta forgets its log after 30 days, and with it every old version.
    "delta.enableExpiredLogCleanup": "false",
    "delta.logRetentionDuration": "interval 36500 days",
    "delta.deletedFileRetentionDuration": "interval 36500 days",
    "delta.checkpointInterval": "10",
}
_STATISTICS = "delta.dataSkippingStatsColumns"
"""Delta's log holds the least and greatest value of these columns of every file; no words may get into it, or a purge
would leave them there."""
_FORMAT = "Mavaze store, format "
_NEW = WriterProperties(compression="ZSTD")
TARGET = 64 * 2**20
"""Bytes of a file that is not made one with others again."""
_TRIES = 20
"""How often upkeep is tried again while others write."""
_forked = False


def _mark_forked() -> None:
    global _forked
    _forked = True


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_mark_forked)


class Conflict(Exception):
    """Somebody else committed first."""


class Lake:
    """The tables of one store, by name.

    Args:
        where: a folder, or a URL that `deltalake` knows (`s3://bucket/folder`; keys, region and endpoint from AWS_*).

    Raises:
        StoreError: in a forked process, or for a folder whose path holds a per cent sign, which `deltalake` misreads.
    """

    def __init__(self, where: str | Path) -> None:
        if _forked:
            raise StoreError(f"{where}: a forked process cannot use a store. Start workers by spawn, not by fork.")
        text = str(where)
        url = urlsplit(text)
        self.folder: Path | None = None
        if "://" not in text or url.scheme == "file":
            self.folder = Path(unquote(url.path) if url.scheme == "file" else text).expanduser().resolve()
            text = str(self.folder)
            if "%" in text:
                raise StoreError(f"{text}: a store's path cannot hold a per cent sign. Name another folder.")
        self.where = text.rstrip("/") or text

    def uri(self, name: str) -> str:
        """Where one table lies."""
        return f"{self.where}/{name}"

    def exists(self) -> bool:
        """Whether a store lies there. Raises StoreError where the place cannot be reached."""
        if self.folder and not (self.folder / "batches" / "_delta_log").is_dir():
            return False
        with self.explained("batches"):
            return DeltaTable.is_deltatable(self.uri("batches"))

    def stamp(self) -> int | None:
        """A number that changes when a version is added; None where only reading tells: in an object store."""
        if self.folder is None:
            return None
        try:
            return (self.folder / "batches" / "_delta_log").stat().st_mtime_ns
        except OSError:
            return None

    def create(self) -> None:
        """Make the tables, `batches` last; those that an earlier attempt made are left as they are."""
        if self.folder and self.folder.exists():
            if not self.folder.is_dir():
                raise StoreError(f"{self.where}: a file stands there. Name a folder.")
            others = sorted(path.name for path in self.folder.iterdir() if path.name not in PHYSICAL)
            if others:
                raise StoreError(f"{self.where}: holds other things ({', '.join(others[:3])}). Name an empty folder.")
        for name in (*DATA, "batches"):
            with self.explained(name):
                if self.folder:  # The system says why it cannot be made; the library does not.
                    (self.folder / name).mkdir(parents=True, exist_ok=True)
                self._create(name)

    def _create(self, name: str) -> None:
        table = PHYSICAL[name]
        statistics = ",".join(c for c in ("batch_id", "article_id", "version") if c in table.names)
        try:
            DeltaTable.create(
                self.uri(name),
                schema=Schema.from_arrow(arrow_schema(table)),
                mode="ignore",
                description=f"{_FORMAT}{FORMAT}",
                configuration={**_PROPERTIES, _STATISTICS: statistics},
            )
        except (DeltaError, OSError):
            if not DeltaTable.is_deltatable(self.uri(name)):  # Else another process made it at the same moment.
                raise

    def load(self, name: str, version: int | None = None) -> DeltaTable:
        """One table at a Delta version, the newest by default.

        Raises:
            DamagedStore: where its log is broken or it is not there.
            StoreError: where a newer program wrote it.
        """
        with self.explained(name):
            table = DeltaTable(self.uri(name), version=version)
            description = table.metadata().description or ""
        self._check_entry(name, int(table.version()))
        number = description.removeprefix(_FORMAT)
        if not description.startswith(_FORMAT) or not number.isdecimal():
            raise StoreError(f"{self.uri(name)}: is no table of a Mavaze store. Name a store's folder.")
        if int(number) > FORMAT:
            raise StoreError(
                f"{self.where}: written by a newer Mavaze (format {number}, this one knows {FORMAT}). Update Mavaze."
            )
        return table

    def _check_entry(self, name: str, version: int) -> None:
        """A log entry that a power failure left empty reads as one that adds nothing: what it added would be lost."""
        entry = self.folder and self.folder / name / "_delta_log" / f"{version:020}.json"
        if entry and b'"commitInfo"' not in entry.read_bytes():
            raise DamagedStore(
                f"{entry}: this log entry is empty or cut off. Put it back from a backup; "
                "what an earlier version holds stays readable."
            )

    def newest(self, name: str) -> int:
        """The newest Delta version of one table."""
        return int(self.load(name).version())

    def append(self, name: str, rows: pd.DataFrame) -> int:
        """Append rows whatever others append meanwhile; the table's Delta version afterwards."""
        table = self.load(name)
        with self.explained(name):
            write_deltalake(table, self._arrow(name, rows), mode="append", writer_properties=_NEW)
        return int(table.version())

    def append_alone(self, name: str, rows: pd.DataFrame, version: int) -> int:
        """Append rows only if the table still stands at that Delta version; its Delta version afterwards.

        Raises:
            Conflict: where somebody else committed since.
        """
        table = self.load(name, version)
        with self.explained(name):
            try:
                once = CommitProperties(max_commit_retries=0)
                write_deltalake(
                    table, self._arrow(name, rows), mode="append", writer_properties=_NEW, commit_properties=once
                )
            except CommitFailedError as error:
                if self.load(name).version() == version:
                    raise
                raise Conflict from error
        return int(table.version())

    def compact(self, name: str, *, once: bool = False) -> int:
        """Make few large files of many small ones; the table's Delta version afterwards.

        Args:
            name: the table.
            once: give up silently where somebody commits meanwhile.
        """

        def work(table: DeltaTable) -> None:
            retries = CommitProperties(max_commit_retries=0) if once else None
            table.optimize.compact(target_size=TARGET, writer_properties=_NEW, commit_properties=retries)

        try:
            return self._persist(name, work, 1 if once else _TRIES)
        except Conflict:
            return self.newest(name)

    def delete(self, name: str, predicate: str) -> int:
        """Write a table's files anew without the rows of a predicate; its Delta version afterwards."""
        return self._persist(name, lambda table: table.delete(predicate, writer_properties=_NEW), _TRIES)

    def vacuum(self, name: str, hours: int, keep: list[int], *, strays: bool) -> list[str]:
        """Delete files that the newest state needs no more, as long as that; the files' names.

        Args:
            name: the table.
            hours: since when they are not needed.
            keep: Delta versions that stay readable.
            strays: also files of broken attempts that no log entry names.
        """
        found: list[str] = []

        def work(table: DeltaTable) -> None:
            found[:] = table.vacuum(
                hours, dry_run=False, enforce_retention_duration=False, full=strays, keep_versions=keep
            )

        self._persist(name, work, _TRIES)
        return found

    def _persist(self, name: str, work: Callable[[DeltaTable], object], tries: int) -> int:
        """Do upkeep on a table's newest state, again where others commit meanwhile. Raises Conflict."""
        for _ in range(tries):
            table = self.load(name)
            with self.explained(name):
                try:
                    work(table)
                except CommitFailedError:
                    continue
            return int(table.version())
        raise Conflict(name)

    def _arrow(self, name: str, rows: pd.DataFrame) -> pa.Table:
        return pa.Table.from_pandas(rows, schema=arrow_schema(PHYSICAL[name]), preserve_index=False)

    @contextmanager
    def explained(self, name: str) -> Iterator[None]:
        """Turn what the libraries raise into one line: what, where, what to do."""
        try:
            yield
        except TableNotFoundError as error:
            raise DamagedStore(
                f"{self.uri(name)}: the table is not there. Put its folder back from a backup; "
                "the other tables can be read."
            ) from error
        except (DeltaError, OSError, pa.ArrowException) as error:
            raise self._translated(name, error) from error

    def _translated(self, name: str, error: Exception) -> StoreError:
        words = str(error)
        for sign, problem, remedy in _PROBLEMS:
            if sign in words:
                return StoreError(f"{self.uri(name)}: {problem}. {remedy}.")
        first = next((line.strip() for line in words.splitlines() if line.strip()), type(error).__name__)
        return DamagedStore(
            f"{self.uri(name)}: cannot be read or written ({first[:200]}). `check` names the broken file; "
            "what an earlier version holds stays readable."
        )


_PROBLEMS = (
    ("No space left", "the disk is full, nothing was added", "Make room and try again; what was there is whole"),
    ("File too large", "a file grew over the limit, nothing was added", "Raise the limit (ulimit -f) and try again"),
    ("Disk quota", "the quota is used up, nothing was added", "Make room and try again; what was there is whole"),
    ("Permission denied", "may not be written or read", "Give yourself the rights to the folder"),
    ("Operation not permitted", "may not be written or read", "Give yourself the rights to the folder"),
    ("Read-only file system", "lies on a read-only file system", "Mount it for writing, or only read"),
    ("Generic S3 error", "the object store does not answer", "Check its address, the keys and the network"),
    ("Too many open files", "too many files are open", "Raise the limit (ulimit -n) or run `compact`"),
)
"""What the operating system says, what it means here, what to do."""
