"""Which term of the code book gave a statement its topic: the strongest one, at whose place the code's span lies."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.text.fold import fold_key

SAMPLE = 2000
"""How many statements are read at most; texts are not counted by the million while somebody waits."""
BY = ("term", "name", "article")
"""What told the topic: a term; a state, a region or a body that the code book names (`country:IQ`); the article around
the statement, where no word of its own does."""


def sampled(rows: pd.DataFrame, most: int = SAMPLE) -> pd.DataFrame:
    """At most so many of the rows, at even distances: the same ones each time, from all times and sources."""
    if len(rows) <= most:
        return rows
    return rows.iloc[np.linspace(0, len(rows) - 1, most).astype("int64")]


def telling(statements: pd.DataFrame, spans: pd.DataFrame, known: Mapping[str, str]) -> pd.DataFrame:
    """The term that told a topic, of each of some statements.

    Args:
        statements: the statements (columns start, stop, text; index: their positions).
        spans: where the topic's code lies in the article (columns start, stop), of each of them.
        known: the code book's terms of the topic as they are written there, by their folded letters.

    Returns:
        columns statement (position), term (as the code book writes it; of a name as the text writes it, of the article
        ""), by (one of `BY`).
    """
    first = statements["start"].to_numpy()
    starts, stops = spans["start"].to_numpy() - first, spans["stop"].to_numpy() - first
    whole = (starts == 0) & (stops == statements["stop"].to_numpy() - first)
    cut = zip(statements["text"], starts, stops, strict=True)
    words = pd.Series([text[start:stop] for text, start, stop in cut], dtype="str")
    written = words.map(fold_key).map(dict(known))
    found = pd.DataFrame(
        {
            "statement": statements.index.to_numpy(),
            "term": written.fillna(words).mask(whole, ""),
            "by": np.select([whole, written.notna()], ["article", "term"], "name"),
        }
    )
    return found.astype({"term": "str", "by": "str"})


def counted(found: pd.DataFrame) -> pd.DataFrame:
    """The rows of `telling` by term, most first.

    Returns:
        columns term, by, n, of (statements looked at), share.
    """
    frame = found.groupby(["term", "by"], sort=True).size().rename("n").reset_index()
    frame["of"] = len(found)
    frame["share"] = frame["n"] / max(len(found), 1)
    return frame.sort_values(["n", "term"], ascending=[False, True], ignore_index=True)
