"""Which rows of one set of tables another one lacks, has besides, or has otherwise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.schema import Table, Tables

EXAMPLES = 5
_IGNORED = ("batch_id",)
"""Columns that may differ between stores that say the same."""


Example = tuple[str, dict[str, object], dict[str, tuple[object, object]]]
"""What happened (added, gone, changed), the row's key, and the columns that differ with both values."""


@dataclass(frozen=True, slots=True)
class Change:
    """What changed in one table.

    Attributes:
        table: its name.
        added, gone, changed: numbers of rows by key.
        examples: the first of them.
    """

    table: str
    added: int
    gone: int
    changed: int
    examples: tuple[Example, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.gone or self.changed)

    def lines(self) -> list[str]:
        """The change in words: a line of counts, and a line for each example."""
        found = [f"{self.table}: {self.added} added, {self.gone} gone, {self.changed} changed"]
        for what, key, columns in self.examples:
            name = " ".join(str(value) for value in key.values())
            parts = [f"{column}: {_short(one)} -> {_short(two)}" for column, (one, two) in columns.items()]
            found.append(f"  {what:7} {name}" + (f"  {'; '.join(parts)}" if parts else ""))
        return found


def compare(ours: Tables, theirs: Tables) -> list[Change]:
    """What of our tables is otherwise in theirs, table by table, in the order of the contract.

    Speakers and offices whom no row names are not compared: what is not said of anybody changes no figure.
    """
    return [
        _compare(table, _named(table, frame, ours), _named(table, getattr(theirs, table.name), theirs))
        for table, frame in ours
    ]


def _named(table: Table, frame: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    if table.name not in ("speakers", "offices"):
        return frame
    named = pd.concat([tables.attributions["speaker_id"], tables.positions["speaker_id"]])
    return frame[frame["speaker_id"].isin(named)]


def _compare(table: Table, ours: pd.DataFrame, theirs: pd.DataFrame) -> Change:
    key = list(table.key)
    columns = [name for name in table.names if name not in (*key, *_IGNORED)]
    one, two = (frame.set_index(key).sort_index() for frame in (ours, theirs))
    gone, added = one.index.difference(two.index), two.index.difference(one.index)
    one, two = one.loc[one.index.isin(two.index), columns], two.loc[two.index.isin(one.index), columns]
    differ = np.column_stack([_differ(one[name], two[name]) for name in columns])
    rows = np.flatnonzero(differ.any(axis=1))
    found: list[Example] = [("gone", _key(key, value), {}) for value in gone[:EXAMPLES]]
    found += [("added", _key(key, value), {}) for value in added[:EXAMPLES]]
    for row in rows[:EXAMPLES].tolist():
        both = {
            name: (one[name].iloc[row], two[name].iloc[row])
            for name, new in zip(columns, differ[row], strict=True)
            if new
        }
        found.append(("changed", _key(key, one.index[row]), both))
    return Change(table.name, len(added), len(gone), len(rows), tuple(found))


def _differ(one: pd.Series, two: pd.Series) -> npt.NDArray[np.bool_]:
    missing = one.isna().to_numpy() & two.isna().to_numpy()
    return np.asarray(one.to_numpy() != two.to_numpy(), dtype=bool) & ~missing


def _key(names: list[str], value: object) -> dict[str, object]:
    return dict(zip(names, value if isinstance(value, tuple) else (value,), strict=True))


def _short(value: object, most: int = 60) -> str:
    text = " ".join(str(value).split()) if str(value) else '""'
    return text if len(text) <= most else text[: most - 1] + "…"
