"""The positions that tell where a speaker stands: sure enough, said once, by the speaker themselves.

Contradictions and shifts rest on the same evidence, which is stricter than that of the matrix: a single wrong code
makes a label a little wrong, but a change of mind out of nothing.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.measure.facts import NO_DAY, Facts, chosen, codes, kept
from analysis.schema import STANCES

SURE = 0.5
"""The least confidence of a machine's code that counts; what a person coded always does."""
SIDES = 2
"""Statements that each side needs."""
_VALUES = {"for": 1.0, "mixed": 0.5, "against": 0.0}
_VALUE = np.array([_VALUES[stance] for stance in STANCES])


def taken(facts: Facts, speaker: str = "", target: str = "") -> pd.DataFrame:
    """The positions that count, of one speaker or all, towards one target or all.

    Relayed positions, headlines, repeated lines, copies of articles and anonymous sources never count, whatever the
    filters let in; of joint speakers each holds the position.

    Returns:
        the rows of `facts.positions` with the columns article, day (`NO_DAY` where undated), value (1 = for, 0.5 =
        mixed, 0 = against), sure (1 where a person coded it) besides.
    """
    rows = facts.positions
    for column, value in (("speaker", speaker), ("target", target)):
        if value:
            rows = kept(rows, chosen(rows[column], (value,)))
    whole = facts.whole
    statements = rows["statement"].to_numpy()
    articles = whole.statements["article"].to_numpy()[statements]
    human = rows["human"].to_numpy()
    keep = human | (rows["confidence"].to_numpy() >= SURE - 1e-6)
    keep &= ~rows["relayed"].to_numpy() & ~facts.anonymous[codes(rows["speaker"])]
    keep &= ~whole.statements["again"].to_numpy()[statements] & ~whole.articles["copy"].to_numpy()[articles]
    rows, articles = kept(rows, keep), articles[keep]
    return rows.assign(
        article=articles,
        day=whole.articles["day"].to_numpy()[articles],
        value=_VALUE[codes(rows["stance"])],
        sure=np.where(rows["human"], 1.0, rows["confidence"].astype("float64")),
    )


def keys(rows: pd.DataFrame) -> np.ndarray:
    """Speaker and target of each row as one number."""
    return codes(rows["speaker"]).astype("int64") * len(rows["target"].cat.categories) + codes(rows["target"])


def named(rows: pd.DataFrame, found: np.ndarray) -> dict[str, np.ndarray]:
    """The speakers and targets of such numbers, as ids."""
    speakers, targets = rows["speaker"].cat.categories, rows["target"].cat.categories
    return {
        "speaker": speakers.to_numpy()[found // max(len(targets), 1)],
        "target": targets.to_numpy()[found % max(len(targets), 1)],
    }


def dated(rows: pd.DataFrame) -> pd.DataFrame:
    """Those of articles with a date."""
    return rows[rows["day"].to_numpy() != NO_DAY]
