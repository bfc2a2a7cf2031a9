"""Which countries are named together, within one statement or within one article."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from analysis.measure.columns import among
from analysis.schema import Tables

Within = Literal["statement", "article"]


def units(tables: Tables, within: Within) -> pd.DataFrame:
    """Each country once for each unit that names it.

    Returns:
        columns unit (statement_id or article_id), country.
    """
    mentions = tables.mentions[tables.mentions["kind"] == "country"]
    if within == "statement":
        mentions = mentions[mentions["statement_id"] != ""]
    pairs = mentions[[f"{within}_id", "entity_id"]].set_axis(["unit", "country"], axis=1)
    return pairs.drop_duplicates(ignore_index=True)


def countries(tables: Tables, within: Within) -> pd.DataFrame:
    """Units that name each country, most first.

    Returns:
        columns country, n, share (n / units that name any country).
    """
    rows = units(tables, within)
    frame = rows.groupby("country").size().rename("n").reset_index()
    frame["share"] = frame["n"] / max(rows["unit"].nunique(), 1)
    return frame.sort_values(["n", "country"], ascending=[False, True], ignore_index=True)


def pairs(tables: Tables, within: Within) -> pd.DataFrame:
    """Units that name both countries, most first; each pair stands once, with a < b.

    Returns:
        columns a, b, n, jaccard (n / units that name a or b).
    """
    rows = units(tables, within)
    both = rows.merge(rows, on="unit")
    both = both[both["country_x"] < both["country_y"]]
    counted = both.groupby(["country_x", "country_y"]).size().rename("n").reset_index()
    frame = counted.set_axis(["a", "b", "n"], axis=1)
    single = rows.groupby("country").size()
    of_a, of_b = (frame[column].map(single).astype("int64") for column in ("a", "b"))
    frame["jaccard"] = frame["n"] / (of_a + of_b - frame["n"])
    return frame.sort_values(["n", "a", "b"], ascending=[False, True, True], ignore_index=True)


def behind(tables: Tables, chosen: tuple[str, ...], within: Within) -> int:
    """How many units name all the chosen countries: the number that the matrix shows."""
    return len(_together(tables, chosen, within))


def evidence(tables: Tables, chosen: tuple[str, ...], within: Within) -> pd.Series:
    """The ids of the statements behind a country or a pair.

    Within a statement: statements that name all the chosen countries. Within an article: statements that name at
    least one of them, of articles that name all.
    """
    found = _together(tables, chosen, within)
    if within == "statement":
        return found
    mentions = tables.mentions
    named = (mentions["kind"] == "country") & among(mentions["entity_id"], chosen) & (mentions["statement_id"] != "")
    ids = mentions.loc[named & among(mentions["article_id"], found), "statement_id"]
    return ids.drop_duplicates().reset_index(drop=True)


def _together(tables: Tables, chosen: tuple[str, ...], within: Within) -> pd.Series:
    rows = units(tables, within)
    named = rows[among(rows["country"], chosen)].groupby("unit").size()
    return pd.Series(named.index[named == len(set(chosen))], dtype="str")
