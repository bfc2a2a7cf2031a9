"""Who stands where: positions of speakers towards topics, states and organisations.

A label is given from `ENOUGH` positions on, in words of frequency and never of strength: what is counted is how
often, not how strongly. The steps follow TheyWorkForYou and They Vote For You, with
score = (for + mixed / 2) / (for + mixed + against).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.measure.facts import Facts, chosen, codes
from analysis.schema import STANCES

ENOUGH = 5
"""Fewer positions than this get no label but "not enough evidence", with the counts."""
NOT_ENOUGH = "not_enough"
_STEPS = (
    (0.95, "consistently_for"),
    (0.85, "almost_always_for"),
    (0.60, "generally_for"),
    (0.40, "mixture"),
    (0.15, "generally_against"),
    (0.05, "almost_always_against"),
    (0.00, "consistently_against"),
)
LABELS = (*(label for _, label in _STEPS), NOT_ENOUGH)


def matrix(facts: Facts, target: str = "") -> pd.DataFrame:
    """Positions by speaker and target, or those towards one target.

    Anonymous sources are left out: an id of theirs means nothing outside its article. Narrow the facts first; by
    default that leaves relayed positions out.

    Returns:
        columns speaker, target, for, against, mixed, n, score (0-1), label (one of `LABELS`); most positions first.
    """
    rows = facts.positions
    if target:
        rows = rows[chosen(rows["target"], (target,))]
    rows = rows[~facts.anonymous[codes(rows["speaker"])]]
    flags = pd.DataFrame({stance: (rows["stance"] == stance).astype("int64") for stance in STANCES})
    keys = [rows["speaker"], rows["target"]]
    counts = flags.groupby(keys, observed=True).sum().reset_index().astype({"speaker": "str", "target": "str"})
    counts["n"] = counts[list(STANCES)].sum(axis=1)
    counts["score"] = score(counts)
    counts["label"] = labels(counts["score"], counts["n"])
    return counts.sort_values(["n", "speaker", "target"], ascending=[False, True, True], ignore_index=True)


def score(counts: pd.DataFrame) -> pd.Series:
    """(for + mixed / 2) / n of each row with columns for, mixed, n."""
    return (counts["for"] + counts["mixed"] / 2) / counts["n"]


def labels(scores: pd.Series, n: pd.Series) -> pd.Series:
    """The label of each score, `NOT_ENOUGH` where n is below `ENOUGH`."""
    steps = [scores >= least for least, _ in _STEPS]
    found = np.select(steps, [label for _, label in _STEPS], NOT_ENOUGH)
    return pd.Series(np.where(n >= ENOUGH, found, NOT_ENOUGH), index=scores.index, dtype="str")


def evidence(facts: Facts, speaker: str = "", target: str = "") -> pd.DataFrame:
    """The positions behind a cell, a row (no target) or a column (no speaker) of the matrix."""
    rows = facts.positions
    if speaker:
        rows = rows[rows["speaker"] == speaker]
    if target:
        rows = rows[rows["target"] == target]
    return rows
