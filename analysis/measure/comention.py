"""Which countries are named together, within one statement or within one article."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, triu

from analysis.measure.columns import crossed
from analysis.measure.facts import Facts, chosen, codes

Within = Literal["statement", "article"]


def countries(facts: Facts, within: Within) -> pd.DataFrame:
    """Units that name each country, most first.

    Returns:
        columns country, n, share (n / units that name any country).
    """
    table, names = _units(facts, within)
    counts = table.sum(axis=0)
    frame = pd.DataFrame({"country": names, "n": counts.astype("int64")})
    frame = frame[frame["n"] > 0]
    frame["share"] = frame["n"] / max(int((np.diff(table.indptr) > 0).sum()), 1)
    return frame.sort_values(["n", "country"], ascending=[False, True], ignore_index=True)


def pairs(facts: Facts, within: Within) -> pd.DataFrame:
    """Units that name both countries, most first; each pair stands once, with a < b.

    Returns:
        columns a, b, n, jaccard (n / units that name a or b).
    """
    table, names = _units(facts, within)
    both = triu(table.T @ table, k=1).tocoo()
    single = table.sum(axis=0)
    of_a, of_b = single[both.row], single[both.col]
    frame = pd.DataFrame({"a": names[both.row], "b": names[both.col], "n": both.data.astype("int64")})
    frame["jaccard"] = frame["n"] / (of_a + of_b - both.data)
    frame = frame.astype({"a": "str", "b": "str"})
    return frame.sort_values(["n", "a", "b"], ascending=[False, True, True], ignore_index=True)


def behind(facts: Facts, countries: tuple[str, ...], within: Within) -> int:
    """How many units name all the chosen countries: the number that the matrix shows."""
    return len(_together(facts, countries, within))


def evidence(facts: Facts, countries: tuple[str, ...], within: Within) -> np.ndarray:
    """The statements (positions) behind a country or a pair.

    Within a statement: statements that name all the chosen countries. Within an article: statements that name at
    least one of them, of articles that name all.
    """
    found = _together(facts, countries, within)
    if within == "statement":
        return found
    rows = facts.entities("country")
    keep = chosen(rows["entity"], countries) & np.isin(rows["article"].to_numpy(), found)
    statements = np.unique(rows["statement"].to_numpy()[keep])
    return statements[statements >= 0]


def _units(facts: Facts, within: Within) -> tuple[csr_array, np.ndarray]:
    """A row for each unit of the edition, a column for each country in the order of ids: 1 where the one names it."""
    rows = facts.entities("country")
    entities = codes(rows["entity"])
    used, columns = np.unique(entities, return_inverse=True)
    size = len(facts.whole.statements if within == "statement" else facts.whole.articles)
    table = crossed(rows[within].to_numpy(), columns, (size, len(used)))
    table.data[:] = 1
    return table, rows["entity"].cat.categories.to_numpy()[used]


def _together(facts: Facts, countries: tuple[str, ...], within: Within) -> np.ndarray:
    table, names = _units(facts, within)
    columns = np.flatnonzero(np.isin(names, countries))
    if len(columns) < len(set(countries)):
        return np.empty(0, dtype="int64")
    return np.flatnonzero(table[:, columns].sum(axis=1) == len(columns))
