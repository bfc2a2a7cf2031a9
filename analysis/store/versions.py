"""What the rows of `batches` say: which batches a version sees, and which articles' earlier rows they hide.

A row of a table is visible where its batch was committed at or before the version, no later batch took that one back
(`undoes`), and no later batch superseded its article.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.store.schema import HIDES_ALL

HIDDEN = {"article_id": "str", "whole_from": "int64", "codes_from": "int64"}
"""Columns of `hidden`: only rows of batches from these versions on show of an article and of its codes."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What a version sees.

    Attributes:
        seen: batch_id, version of the batches whose rows count.
        hidden: article_id, whole_from, codes_from.
    """

    seen: pd.DataFrame
    hidden: pd.DataFrame


def see(batches: pd.DataFrame) -> Sight:
    """What the last of these batches sees (the rows of `batches` up to a version)."""
    undone = undone_versions(batches)
    whole: dict[str, int] = {}
    codes: dict[str, int] = {}
    for version, kind, ids in zip(batches["version"], batches["kind"], batches["supersedes"], strict=True):
        if version in undone or not ids:
            continue
        latest = dict.fromkeys(ids_of(ids), int(version))
        codes.update(latest)
        if kind in HIDES_ALL:
            whole.update(latest)
    hidden = pd.DataFrame(
        {
            "article_id": list(codes),
            "whole_from": [whole.get(article, 0) for article in codes],
            "codes_from": list(codes.values()),
        }
    )
    seen = batches.loc[~batches["version"].isin(undone), ["batch_id", "version"]]
    return Sight(seen.reset_index(drop=True), hidden.astype(HIDDEN))


def undone_versions(batches: pd.DataFrame) -> set[int]:
    """Versions that a later batch took back."""
    return {int(version) for version in batches["undoes"] if version}


def ids_of(cell: str) -> list[str]:
    """The ids of a cell of `supersedes` or `confirms`."""
    return list(json.loads(cell)) if cell else []


def cell_of(ids: Iterable[str]) -> str:
    """Ids as such a cell."""
    found = list(dict.fromkeys(ids))
    return json.dumps(found, ensure_ascii=False) if found else ""


def positions_of(batches: pd.DataFrame) -> dict[str, int]:
    """Each table's Delta version after the last of these batches; none before the first one."""
    return {str(k): int(v) for k, v in json.loads(batches["tables"].iloc[-1]).items()} if len(batches) else {}


def touched_ids(batches: pd.DataFrame, versions: Sequence[int]) -> set[str]:
    """Articles that batches name: superseded, confirmed, or brought back by taking another batch back."""
    chosen = batches[batches["version"].isin(versions)]
    restored = batches[batches["version"].isin(undone_versions(chosen))]
    cells = [*chosen["supersedes"], *chosen["confirms"], *restored["supersedes"]]
    return {article for cell in cells for article in ids_of(cell)}
