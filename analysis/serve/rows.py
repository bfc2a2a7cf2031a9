"""Rows of one table by their number, fetched out of many record batches without reading the others."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

BATCH = 16_384
"""Rows of a record batch."""


class Rows:
    """A table whose columns may lie on the disk; rows are copied where they are asked for, and only those.

    Args:
        schema: its columns.
        batches: its rows, as they lie.
        order: where the first, second, … of them lies; in order where None.
    """

    def __init__(self, schema: pa.Schema, batches: Iterable[pa.RecordBatch], order: np.ndarray | None = None) -> None:
        self.schema, self._order = schema, order
        self._batches = list(batches)
        self._starts = np.cumsum([0, *(batch.num_rows for batch in self._batches)])

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Rows:
        """The rows of a frame."""
        table = pa.Table.from_pandas(frame, preserve_index=False)
        return cls(table.schema, table.to_batches(max_chunksize=BATCH))

    @classmethod
    def open(cls, path: Path, order: np.ndarray | None = None) -> Rows:
        """The rows of an Arrow IPC file, mapped into memory and not read."""
        reader = pa.ipc.open_file(pa.memory_map(str(path)))
        return cls(reader.schema, (reader.get_batch(number) for number in range(reader.num_record_batches)), order)

    def __len__(self) -> int:
        return int(self._starts[-1])

    def value(self, column: str, row: int) -> str:
        """One text of one column."""
        row = row if self._order is None else int(self._order[row])
        number = int(np.searchsorted(self._starts, row, side="right")) - 1
        return str(self._batches[number].column(column)[row - int(self._starts[number])].as_py())

    def all(self) -> pd.DataFrame:
        """All rows."""
        return self.take(np.arange(len(self)))

    def take(self, rows: np.ndarray, columns: Iterable[str] | None = None) -> pd.DataFrame:
        """Rows by number, in the order asked for.

        Args:
            rows: their numbers; one may come twice.
            columns: only these; all by default.
        """
        names = list(self.schema.names if columns is None else columns)
        rows = np.asarray(rows) if self._order is None else self._order[rows]
        numbers = np.searchsorted(self._starts, rows, side="right") - 1
        order = np.argsort(numbers, kind="stable")
        sorted_numbers = numbers[order]
        parts = []
        for number in np.unique(numbers):
            first, last = np.searchsorted(sorted_numbers, [number, number + 1])
            inside = rows[order[first:last]] - self._starts[number]
            parts.append(_plain(self._batches[number].select(names).take(pa.array(inside))))
        schema = pa.schema([_plain_field(self.schema.field(name)) for name in names])
        frame = pa.Table.from_batches(parts, schema).to_pandas()
        return frame.iloc[np.argsort(order)].reset_index(drop=True) if len(parts) > 1 else frame


def _plain(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The same with the words of codes in their place."""
    columns = [
        column.dictionary_decode() if pa.types.is_dictionary(column.type) else column for column in batch.columns
    ]
    return pa.RecordBatch.from_arrays(columns, batch.schema.names)


def _plain_field(field: pa.Field) -> pa.Field:
    return pa.field(field.name, field.type.value_type if pa.types.is_dictionary(field.type) else field.type)
