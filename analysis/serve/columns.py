"""The files of an edition: written from a store in one sorted pass over each table, opened without being read.

`TABLE.arrow` holds a table's texts in record batches, its rows in the order of articles and then of the text; ids that
a row's position says are left out. `facts-FRAME.arrow` holds the same rows as the columns of `measure.facts.Facts` in
one record batch, so that NumPy sees them where they lie. `edition.json`, with the categories, is written last.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.measure.facts import Facts, days_from
from analysis.serve.ordered import FACT, PLANS, Ordered
from analysis.serve.rows import BATCH, Rows
from analysis.store import Store

FORMAT = 1
"""The number of this layout; whoever changes what the files hold counts it up."""
SPILL = "spill"
"""The folder, inside of an edition's, of what sorting puts aside."""
_DONE = "edition.json"
_FRAMES = {"statement_topics": "topics"}
"""Tables whose frame of facts has another name."""
Progress = Callable[[float], None]
"""Told how much is done, from 0 to 1."""
Columns = dict[str, np.ndarray]


def write(store: Store, folder: Path, progress: Progress = lambda done: None) -> None:
    """Write a store's columns into an empty folder.

    Memory holds a batch of texts, the narrow columns of one table, and what DuckDB sorts with (`ordered.MEMORY`).

    Args:
        store: a store that nobody else uses: its connection gets tables of its own.
        folder: where to.
        progress: told how much is done.

    Raises:
        DamagedStore: as the store says.
        OSError: where the folder cannot be written.
    """
    ordered = Ordered(store, folder / SPILL)
    total, done = sum(ordered.counts.values()) or 1, 0
    days = np.empty(0, "int32")
    for name in PLANS:
        facts: list[pa.RecordBatch] = []
        for batch in _split(ordered.read(name), folder / f"{name}.arrow"):
            facts.append(batch)
            done += batch.num_rows
            progress(done / total)
        columns = _narrow(facts, name, ordered.categories)
        if name == "articles":
            days = days_from(Rows.open(folder / "articles.arrow").column("published"))
            columns = {"day": days, **columns}
        if name == "statements":
            columns = {"article": columns["article"], "day": days[columns["article"]], **columns}
        _write_numbers(folder / f"facts-{_FRAMES.get(name, name)}.arrow", columns)
    for name, frame in ordered.named.items():
        rows = pa.Table.from_pandas(frame, preserve_index=False)
        with _file(folder / f"{name}.arrow", rows.schema) as texts:
            texts.write_table(rows, max_chunksize=BATCH)
    for name in ("article", "statement"):
        _write_numbers(folder / f"by-{name}.arrow", {name: ordered.by_id(name)})
    (folder / _DONE).write_text(json.dumps(ordered.categories, ensure_ascii=False), encoding="utf-8")


def is_whole(folder: Path) -> bool:
    """Whether a folder holds an edition that was written to its end."""
    return (folder / _DONE).is_file()


def read_facts(folder: Path) -> Facts:
    """The facts of an edition; each frame is mapped when it is first asked for."""
    categories: dict[str, list[str]] = json.loads((folder / _DONE).read_text(encoding="utf-8"))
    frames = {_FRAMES.get(name, name): partial(_read_frame, folder, name, categories) for name in PLANS}
    speakers = Rows.open(folder / "speakers.arrow").all().set_index("speaker_id")[["name_fa", "name_en", "kind"]]
    return Facts({**frames, "speakers": speakers})


def read_order(folder: Path, name: str) -> np.ndarray:
    """The positions of articles or statements (`name`) in the order of their ids."""
    return _read_numbers(folder / f"by-{name}.arrow")[name]


def _split(reader: pa.RecordBatchReader, path: Path) -> Iterator[pa.RecordBatch]:
    """Write the texts of a stream into a file and give its facts."""
    names = reader.schema.names
    texts = [name for name in names if not name.startswith(FACT)]
    facts = [name for name in names if name.startswith(FACT)]
    with _file(path, pa.schema([reader.schema.field(name) for name in texts])) as file:
        for batch in reader:
            file.write_batch(batch.select(texts))
            yield batch.select(facts)
        yield pa.RecordBatch.from_pylist([], pa.schema([reader.schema.field(name) for name in facts]))


@contextmanager
def _file(path: Path, schema: pa.Schema) -> Iterator[pa.ipc.RecordBatchFileWriter]:
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, schema) as writer:
        yield writer


def _narrow(batches: list[pa.RecordBatch], name: str, categories: Mapping[str, list[str]]) -> Columns:
    """The facts of a table as NumPy arrays; categories as codes of the width that pandas gives them, -1 for none."""
    table = pa.Table.from_batches(batches)
    found: Columns = {}
    for column in table.schema.names:
        fact = column.removeprefix(FACT)
        values = table[column]
        if pa.types.is_dictionary(values.type):
            width = pd.Categorical([], categories[f"{name}.{fact}"]).codes.dtype
            parts = [chunk.indices.cast(pa.int64()).fill_null(-1).to_numpy().astype(width) for chunk in values.chunks]
            found[fact] = np.concatenate(parts)
        else:
            found[fact] = values.to_numpy()
    return found


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
    for column, values in _read_numbers(folder / f"facts-{_FRAMES.get(name, name)}.arrow").items():
        known = categories.get(f"{name}.{column}")
        columns[column] = values if known is None else pd.Categorical.from_codes(values, known, validate=False)  # type: ignore[call-overload]
    return pd.DataFrame(columns, copy=False)
