"""How often: how much is in view, and statements by speaker and topic, each with the n that it is a share of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.measure.columns import crossed, most_frequent
from analysis.measure.facts import NO_DAY, Facts, codes


@dataclass(frozen=True, slots=True)
class Totals:
    """How much is in view. `speakers` leaves anonymous sources out: each of them has an id in one article only."""

    articles: int
    undated: int
    statements: int
    undated_statements: int
    speakers: int


def totals(facts: Facts) -> Totals:
    """The totals of the facts as they are given (narrow them first)."""
    return Totals(
        articles=len(facts.articles),
        undated=int((facts.articles["day"].to_numpy() == NO_DAY).sum()),
        statements=len(facts.statements),
        undated_statements=int((facts.statements["day"].to_numpy() == NO_DAY).sum()),
        speakers=int(np.count_nonzero(np.bincount(codes(facts.said["speaker"]), minlength=1))),
    )


def by_speaker(facts: Facts) -> pd.DataFrame:
    """Statements by speaker, most first; a joint statement counts for each of its speakers.

    Returns:
        columns speaker, n, share (n / statements in view), role and country (those most often held; of equally
        frequent ones the first in the order of `schema.ROLES` and of the alphabet), articles.
    """
    rows = facts.said
    speakers, n_speakers = codes(rows["speaker"]), len(facts.speakers)
    counts = np.bincount(speakers, minlength=n_speakers)
    found = np.flatnonzero(counts)
    found = found[np.lexsort([facts.speakers.index.to_numpy()[found], -counts[found]])]
    articles = facts.whole.statements["article"].to_numpy()[rows["statement"].to_numpy()]
    frame = pd.DataFrame({"speaker": facts.speakers.index.to_numpy()[found], "n": counts[found]})
    frame["share"] = frame["n"] / max(len(facts.statements), 1)
    for column in ("role", "country"):
        if not len(found):
            frame[column] = ""
            continue
        values = rows[column]
        table = crossed(speakers, codes(values), (n_speakers, len(values.cat.categories)))
        # Rows without an entry are of speakers who are not in view.
        frame[column] = values.cat.categories.to_numpy()[most_frequent(table)[found]]
    table = crossed(speakers, articles, (n_speakers, len(facts.whole.articles)))
    frame["articles"] = np.diff(table.indptr)[found]
    return frame.astype({"speaker": "str", "role": "str", "country": "str", "n": "int64", "articles": "int64"})


def of_speaker(facts: Facts, speaker: str) -> np.ndarray:
    """The statements (positions) of a speaker."""
    rows = facts.said
    return rows.loc[rows["speaker"] == speaker, "statement"].to_numpy()


def by_topic(facts: Facts) -> pd.DataFrame:
    """Statements by topic, most first. A statement may have several topics, so shares do not add up to 1.

    Returns:
        columns topic, n, share (n / statements in view).
    """
    topics = facts.topics["topic"]
    counts = np.bincount(codes(topics), minlength=len(topics.cat.categories))
    frame = pd.DataFrame({"topic": topics.cat.categories.astype("str"), "n": counts})
    frame = frame[frame["n"] > 0]
    frame["share"] = frame["n"] / max(len(facts.statements), 1)
    return frame.sort_values(["n", "topic"], ascending=[False, True], ignore_index=True)


def of_topic(facts: Facts, topic: str) -> np.ndarray:
    """The statements (positions) of a topic."""
    return facts.topics.loc[facts.topics["topic"] == topic, "statement"].to_numpy()
