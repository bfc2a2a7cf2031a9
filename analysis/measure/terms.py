"""Which term of the code book gave a statement its topic: the strongest one, at whose place the code's span lies."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.schema import Tables
from analysis.text.fold import fold_key

SAMPLE = 2000
"""How many statements are read at most; texts are not counted by the million while somebody waits."""
BY = ("term", "name", "article")
"""What told the topic: a term; a state, a region or a body that the code book names (`country:IQ`); the article around
the statement, where no word of its own does."""


def sampled(positions: np.ndarray, most: int = SAMPLE) -> np.ndarray:
    """At most so many of the positions, at even distances: the same ones each time, from all times."""
    if len(positions) <= most:
        return positions
    return np.sort(positions)[np.linspace(0, len(positions) - 1, most).astype("int64")]


def telling(tables: Tables, topic: str, positions: Mapping[str, int], known: Mapping[str, str]) -> pd.DataFrame:
    """The term that told a topic, of each of some statements.

    Args:
        tables: the statements and their topics.
        topic: the topic.
        positions: the position of each statement that is wanted, by statement_id.
        known: the code book's terms of the topic as they are written there, by their folded letters.

    Returns:
        columns statement (position), term (as the code book writes it; of a name as the text writes it, of the article
        ""), by (one of `BY`); in the order of the positions.
    """
    rows = tables.statement_topics
    rows = rows[(rows["topic_id"] == topic) & rows["statement_id"].isin(positions)]
    rows = rows.merge(
        tables.statements[["statement_id", "start", "stop", "text"]], on="statement_id", suffixes=("", "_s")
    )
    whole = (rows["start"] == rows["start_s"]) & (rows["stop"] == rows["stop_s"])
    spans = zip(rows["text"], rows["start"] - rows["start_s"], rows["stop"] - rows["start_s"], strict=True)
    words = pd.Series([text[start:stop] for text, start, stop in spans], dtype="str")
    written = words.map(fold_key).map(dict(known))
    found = pd.DataFrame(
        {
            "statement": rows["statement_id"].map(dict(positions)).astype("int64"),
            "term": written.fillna(words).mask(whole, ""),
            "by": np.select([whole, written.notna()], ["article", "term"], "name"),
        }
    )
    return found.astype({"term": "str", "by": "str"}).sort_values("statement", ignore_index=True)


def counted(found: pd.DataFrame) -> pd.DataFrame:
    """The rows of `telling` by term, most first.

    Returns:
        columns term, by, n, of (statements looked at), share.
    """
    frame = found.groupby(["term", "by"], sort=True).size().rename("n").reset_index()
    frame["of"] = len(found)
    frame["share"] = frame["n"] / max(len(found), 1)
    return frame.sort_values(["n", "term"], ascending=[False, True], ignore_index=True)
