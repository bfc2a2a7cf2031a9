"""The files of an edition: written from a store in one pass over each table, opened without being read.

`TABLE.arrow` holds a table's texts in record batches, as they came; ids that a row's position says are left out.
`rows-TABLE.arrow` says at which row of it each position lies: articles by id, all else in the order of articles and
then of the text. `facts-FRAME.arrow` holds the columns of `measure.facts.Facts` in that order, in one record batch, so
that NumPy sees them where they lie. `edition.json`, with the categories, is written last.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.measure.facts import Facts, days_from
from analysis.serve.rows import BATCH, Rows
from analysis.serve.stream import FACT, PLANS, Stream
from analysis.store import Store

FORMAT = 2
"""The number of this layout; whoever changes what the files hold counts it up."""
FRAMES = {name: {"statement_topics": "topics"}.get(name, name) for name in PLANS}
"""The frame of facts of each table that has one."""
SPILL = "spill"
"""The folder, inside of an edition's, of what joins put aside."""
_DONE = "edition.json"
Progress = Callable[[float], None]
"""Told how much is done, from 0 to 1."""
Columns = dict[str, np.ndarray]


def write(store: Store, folder: Path, progress: Progress = lambda done: None) -> None:
    """Write a store's columns into an empty folder.

    Memory holds a batch of texts, the narrow columns of one table, and what DuckDB joins with (`stream.MEMORY`).

    Args:
        store: a store that nobody else uses: its connection gets tables of its own.
        folder: where to.
        progress: told how much is done.

    Raises:
        DamagedStore: as the store says.
        OSError: where the folder cannot be written.
    """
    stream = Stream(store, folder / SPILL)
    total, done = sum(stream.counts.values()) or 1, 0
    days = np.empty(0, "int32")
    for name in PLANS:
        narrow: list[pa.RecordBatch] = []
        for batch in _split(stream.read(name), name, folder):
            narrow.append(batch)
            done += batch.num_rows
            progress(done / total)
        table = pa.Table.from_batches(narrow)
        del narrow
        order = np.lexsort([_numbers(table[column]) for column in _order(name)[::-1]]).astype("int32")
        columns = _facts(table, name, order, stream.categories)
        if name == "articles":
            days = days_from(table["published"].to_pandas())[order]
            columns = {"day": days, **columns}
        if name == "statements":
            columns = {"article": columns["article"], "day": days[columns["article"]], **columns}
        _write_numbers(folder / f"facts-{FRAMES[name]}.arrow", columns)
        _write_numbers(folder / f"rows-{name}.arrow", {"row": order})
    for name, frame in stream.named.items():
        rows = pa.Table.from_pandas(frame, preserve_index=False)
        with _file(folder / f"{name}.arrow", rows.schema) as texts:
            texts.write_table(rows, max_chunksize=BATCH)
    for name in ("article", "statement"):
        _write_numbers(folder / f"by-{name}.arrow", {name: stream.by_id(name)})
    (folder / _DONE).write_text(json.dumps(stream.categories, ensure_ascii=False), encoding="utf-8")


def is_whole(folder: Path) -> bool:
    """Whether a folder holds an edition that was written to its end."""
    return (folder / _DONE).is_file()


def read_facts(folder: Path) -> Facts:
    """The facts of an edition, mapped: they stay when somebody sweeps the folder."""
    categories: dict[str, list[str]] = json.loads((folder / _DONE).read_text(encoding="utf-8"))
    frames = {frame: _read_frame(folder, name, categories) for name, frame in FRAMES.items()}
    speakers = Rows.open(folder / "speakers.arrow").all().set_index("speaker_id")[["name_fa", "name_en", "kind"]]
    return Facts({**frames, "speakers": speakers})


def read_texts(folder: Path, name: str) -> Rows:
    """The rows of a table of an edition, by position."""
    order = _read_numbers(folder / f"rows-{name}.arrow")["row"] if name in PLANS else None
    return Rows.open(folder / f"{name}.arrow", order)


def read_order(folder: Path, name: str) -> np.ndarray:
    """The positions of articles or statements (`name`) in the order of their ids."""
    return _read_numbers(folder / f"by-{name}.arrow")[name]


def _split(reader: pa.RecordBatchReader, name: str, folder: Path) -> Iterator[pa.RecordBatch]:
    """Write the texts of a stream into a file and give what is narrow: facts, and what rows are put in order by."""
    names = reader.schema.names
    texts = [column for column in names if not column.startswith(FACT)]
    narrow = [column for column in names if column.startswith(FACT)]
    narrow += [column for column in (*_order(name), "published") if column in texts]
    with _file(folder / f"{name}.arrow", pa.schema([reader.schema.field(column) for column in texts])) as file:
        for batch in reader:
            file.write_batch(batch.select(texts))
            yield batch.select(narrow)
        yield pa.RecordBatch.from_pylist([], pa.schema([reader.schema.field(column) for column in narrow]))


def _order(name: str) -> list[str]:
    """The names that the columns of a table's order have in its stream."""
    plan = PLANS[name]
    return [f"{FACT}{column}" if column in ("article", "statement") else column for column in plan.order]


@contextmanager
def _file(path: Path, schema: pa.Schema) -> Iterator[pa.ipc.RecordBatchFileWriter]:
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, schema) as writer:
        yield writer


def _facts(table: pa.Table, name: str, order: np.ndarray, categories: Mapping[str, list[str]]) -> Columns:
    """The facts of a table in order; categories as codes of the width that pandas gives them, -1 for none."""
    found: Columns = {}
    for column in table.schema.names:
        fact = column.removeprefix(FACT)
        if not column.startswith(FACT) or f"{fact}s" == name:  # Which row it is, is known by where it stands.
            continue
        known = categories.get(f"{name}.{fact}")
        numbers = _numbers(table[column])
        if known is not None:
            numbers = numbers.astype(pd.Categorical([], known).codes.dtype)
        found[fact] = numbers[order]
    return found


def _numbers(column: pa.ChunkedArray) -> np.ndarray:
    """A column as it is, or the codes of its words."""
    if not pa.types.is_dictionary(column.type):
        return np.asarray(column.to_numpy())
    codes = [chunk.indices.cast(pa.int32()).fill_null(-1).to_numpy() for chunk in column.chunks]
    return np.concatenate(codes)


def _write_numbers(path: Path, columns: Columns) -> None:
    rows = pa.RecordBatch.from_arrays([pa.array(values) for values in columns.values()], list(columns))
    with _file(path, rows.schema) as file:
        file.write_batch(rows)


def _read_numbers(path: Path) -> Columns:
    """The columns of a file of one record batch, where they lie; what was written as uint8 is true or false."""
    rows = pa.ipc.open_file(pa.memory_map(str(path))).get_batch(0)
    numbers = {name: column.to_numpy() for name, column in zip(rows.schema.names, rows.columns, strict=True)}
    return {name: column.view(bool) if column.dtype == "uint8" else column for name, column in numbers.items()}


def _read_frame(folder: Path, name: str, categories: Mapping[str, list[str]]) -> pd.DataFrame:
    columns: dict[str, object] = {}
    for column, values in _read_numbers(folder / f"facts-{FRAMES[name]}.arrow").items():
        known = categories.get(f"{name}.{column}")
        columns[column] = values if known is None else pd.Categorical.from_codes(values, known, validate=False)  # type: ignore[call-overload]
    return pd.DataFrame(columns, copy=False)
