"""Where the columns of a store's versions lie, and who makes them.

They lie under `MAVAZE_CACHE` (default: `.cache` beside the program), in one folder for each version, named so that
nothing that no longer fits is ever found: after a purge no older folder is. Everything can be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import time
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa

from analysis import config
from analysis.errors import StoreError
from analysis.schema import TABLES
from analysis.serve import columns
from analysis.serve.content import Content
from analysis.store import Store
from analysis.store.corrections import CODING

KEPT = 4
"""Versions of a store whose columns stay: the ones opened last."""
_ABANDONED = 24 * 3600
"""Seconds after which a folder that nobody finished is swept."""
_DRAFT = ".draft-"
_FULL = ("No space left", "Disk quota", "File too large", "Permission denied", "Out of Memory")
"""What DuckDB says where it is its own files that cannot be written."""


def folder_of(store: Store) -> Path:
    """Where the columns of a store's version lie, made or not."""
    rows = store.reload().batches()
    purged = max(rows.loc[rows["kind"] == "purge", "version"], default=0)
    version = last_changed(rows, store.version)
    shown = rows.loc[rows["version"].isin([version, purged]), "batch_id"]
    return _home(store.where) / f"{purged}-{version}-{_hash(columns.FORMAT, _shape(), *shown)}"


def last_changed(batches: pd.DataFrame, version: int) -> int:
    """The version that last changed the tables: blind coding, sentence by sentence, makes versions that do not.

    Args:
        batches: rows of `store.schema.BATCHES`, oldest first.
        version: the version that is opened.
    """
    for row in batches[batches["version"] <= version].iloc[::-1].to_dict("records"):
        counts = json.loads(row["counts"] or "{}")
        if row["kind"] != "correct" or counts.get(CODING, 0) < counts.get("corrections", 1):
            return int(row["version"])
    return version


def open_edition(store: Store, progress: columns.Progress = lambda done: None) -> Content:
    """The content of a store's version; its columns are made where they are missing.

    Several processes may do so at once: each works in a folder of its own, and the first one that is ready counts.

    Args:
        store: the store at that version.
        progress: told how much is done, from 0 to 1.

    Raises:
        StoreError: where the columns cannot be written, or as the store says.
    """
    folder = folder_of(store)
    if not columns.is_whole(folder):
        _make(store, folder, progress)
    try:
        content = Content.open(folder)
        os.utime(folder)
    except FileNotFoundError:  # Another process swept it at this very moment.
        _make(store, folder, progress)
        content = Content.open(folder)
    _sweep(folder)
    return content


def forget(where: str) -> None:
    """Delete all columns of a store: after a purge nothing of it may be left here."""
    shutil.rmtree(_home(where), ignore_errors=True)


def _make(store: Store, folder: Path, progress: columns.Progress) -> None:
    draft = folder.with_name(f"{_DRAFT}{folder.name}-{secrets.token_hex(4)}")
    try:
        draft.mkdir(parents=True)
        # A store of its own: what is made in a connection stays in it.
        columns.write(Store.open(store.where, version=store.version), draft, progress)
        shutil.rmtree(draft / columns.SPILL, ignore_errors=True)
        if not columns.is_whole(folder):
            shutil.rmtree(folder, ignore_errors=True)  # Somebody was stopped while deleting it.
        draft.rename(folder)
    except (OSError, pa.ArrowException, duckdb.Error) as error:
        if columns.is_whole(folder):
            return  # Another process was faster.
        if isinstance(error, duckdb.Error) and not any(sign in str(error) for sign in _FULL):
            raise store.damage(error) from error
        raise StoreError(
            f"{folder.parent}: the columns of version {store.version} cannot be written "
            f"({str(error).splitlines()[0][:200]}). Make room there, or name another folder in MAVAZE_CACHE."
        ) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _sweep(opened: Path) -> None:
    """Delete what was made before the last purge, opened longest ago, or left unfinished. Who reads it, reads on."""
    folders = sorted((path for path in opened.parent.iterdir() if path != opened), key=_age)
    last = _purge_of(opened)
    whole = [path for path in folders if not path.name.startswith(_DRAFT)]
    past = [path for path in whole if _purge_of(path) < last]
    drafts = [path for path in folders if path.name.startswith(_DRAFT) and _age(path) > _ABANDONED]
    for path in {*past, *[path for path in whole if path not in past][KEPT - 1 :], *drafts}:
        shutil.rmtree(path, ignore_errors=True)


def _purge_of(folder: Path) -> int:
    """The last purge before an edition's columns were made."""
    number = folder.name.partition("-")[0]
    return int(number) if number.isdecimal() else 0


def _age(folder: Path) -> float:
    try:
        return time.time() - folder.stat().st_mtime
    except OSError:  # Somebody else sweeps as well.
        return 0


def _home(where: str) -> Path:
    return config.cache_place() / "editions" / _hash(where)


def _shape() -> str:
    return repr([(table.name, [(column.name, column.dtype) for column in table.columns]) for table in TABLES])


def _hash(*told: object) -> str:
    return hashlib.blake2b(repr(told).encode(), digest_size=8).hexdigest()
