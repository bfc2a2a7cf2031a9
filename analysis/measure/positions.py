"""Who stands where: positions of speakers towards topics, states and organisations.

A label is given from `ENOUGH` positions on, in words of frequency and never of strength: what is counted is how
often, not how strongly. The steps follow TheyWorkForYou and They Vote For You, with
score = (for + mixed / 2) / (for + mixed + against); what is said against is judged as what is said for.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import norm

from analysis.measure.facts import Facts, chosen, codes, kept
from analysis.schema import STANCES

ENOUGH = 5
"""Fewer positions than this get no label but "not enough evidence", with the counts."""
NOT_ENOUGH, MIXTURE = "not_enough", "mixture"
_STEPS = (("consistently", 0.95), ("almost_always", 0.85), ("generally", 0.60))
"""From which score on each is "for"; "against" begins as far from the other end."""
LABELS = (
    *(f"{step}_for" for step, _ in _STEPS),
    MIXTURE,
    *(f"{step}_against" for step, _ in _STEPS[::-1]),
    NOT_ENOUGH,
)
BOUNDS: dict[str, tuple[float, float]] = {
    "consistently_for": (0.95, 1.0),
    "almost_always_for": (0.85, 0.95),
    "generally_for": (0.60, 0.85),
    MIXTURE: (0.40, 0.60),
    "generally_against": (0.15, 0.40),
    "almost_always_against": (0.05, 0.15),
    "consistently_against": (0.0, 0.05),
}
"""Between which scores each label lies. A score on a bound belongs to the step farther from the middle."""
ALIKE = 0.4
"""How alike positions in one article are: the correlation within articles, measured (docs/measures.md)."""
LEVEL = 0.95
"""Of the intervals."""
_Z = float(norm.ppf(0.5 + LEVEL / 2))


def matrix(facts: Facts, target: str = "") -> pd.DataFrame:
    """Positions by speaker and target, or those towards one target.

    Anonymous sources are left out: an id of theirs means nothing outside its article. Narrow the facts first; by
    default that leaves relayed positions out.

    Returns:
        columns speaker, target, for, against, mixed, n, score (0-1), label (one of `LABELS`); most positions first.
    """
    return _labelled(_counted(_rows(facts, target=target))[0])


def scored(facts: Facts, speaker: str = "", target: str = "") -> pd.DataFrame:
    """The cells of a row (no target), a column (no speaker) or one cell of the matrix, with what is uncertain of them.

    Positions in one article are alike, so n of them weigh as much as n / (1 + (Σ m² / n - 1) · ALIKE) independent
    ones, m being how many each article has (Kish, Survey Sampling, 1965). The interval is Wilson's (J. Am. Stat. Assoc.
    22, 1927) for the score with that number. It is rather too wide where some are mixed: a share of zeros and ones
    varies more than anything else between 0 and 1 with the same mean.

    Returns:
        columns of `matrix`, then articles, effective (the number of independent ones), low, high (of the score,
        95 %), human (how many a person coded), confidence (mean of those that a machine coded, missing without any).
    """
    rows = _rows(facts, speaker, target)
    frame, cell = _counted(rows)
    if frame.empty:
        return _labelled(frame).assign(**dict.fromkeys(_MORE, 0.0))
    articles = facts.whole.statements["article"].to_numpy()[rows["statement"].to_numpy()]
    pairs, sizes = np.unique(np.stack([cell, articles]), axis=1, return_counts=True)
    squares = np.bincount(pairs[0], sizes.astype("float64") ** 2, minlength=len(frame))
    human = rows["human"].to_numpy()
    machine = np.bincount(cell, ~human, minlength=len(frame))
    sure = np.bincount(cell, rows["confidence"].to_numpy("float64") * ~human, minlength=len(frame))
    n = frame["n"].to_numpy()
    frame["articles"] = np.bincount(pairs[0], minlength=len(frame))
    frame["effective"] = n / (1 + (squares / n - 1) * ALIKE)
    frame["low"], frame["high"] = interval(score(frame), frame["effective"])
    frame["human"] = n - machine.astype("int64")
    frame["confidence"] = np.divide(sure, machine, out=np.full(len(frame), np.nan), where=machine > 0)
    return _labelled(frame)[[*_COLUMNS, *_MORE]]


_COLUMNS = ("speaker", "target", "for", "against", "mixed", "n", "score", "label")
_MORE = ("articles", "effective", "low", "high", "human", "confidence")


def score(counts: pd.DataFrame) -> pd.Series:
    """(for + mixed / 2) / n of each row with columns for, mixed, n."""
    return (counts["for"] + counts["mixed"] / 2) / counts["n"]


def interval(scores: pd.Series, n: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Wilson's interval of scores of n independent positions each, at `LEVEL`."""
    around = _Z**2 / n
    middle = (scores + around / 2) / (1 + around)
    half = np.sqrt(scores * (1 - scores) * around + around**2 / 4) / (1 + around)
    return (middle - half).clip(lower=0.0), (middle + half).clip(upper=1.0)


def labels(scores: pd.Series, n: pd.Series) -> pd.Series:
    """The label of each score, `NOT_ENOUGH` where n is below `ENOUGH`."""
    steps = {f"{step}_for": scores >= least for step, least in _STEPS}
    # 1 - 0.85 is not exactly 0.15; rounded to hundredths it is, as a score of 3 / 20 is.
    steps |= {f"{step}_against": scores <= round(1 - least, 2) for step, least in _STEPS}
    found = np.select(list(steps.values()), list(steps), MIXTURE)
    return pd.Series(np.where(n >= ENOUGH, found, NOT_ENOUGH), index=scores.index, dtype="str")


def within(low: float, high: float) -> list[str]:
    """The labels that a score between low and high could have, from "for" to "against"."""
    return [label for label, (least, most) in BOUNDS.items() if least < high and most > low]


def evidence(facts: Facts, speaker: str = "", target: str = "") -> pd.DataFrame:
    """The positions behind a cell, a row (no target) or a column (no speaker) of the matrix."""
    rows = facts.positions
    if speaker:
        rows = rows[chosen(rows["speaker"], (speaker,))]
    return rows[chosen(rows["target"], (target,))] if target else rows


def decisive(facts: Facts, speaker: str, target: str, stance: str, most: int = 3) -> np.ndarray:
    """The statements (positions) that show a side of a cell best: coded by people, then surest, then newest."""
    rows = evidence(facts, speaker, target)
    rows = rows[chosen(rows["stance"], (stance,))]
    statements = rows["statement"].to_numpy()
    order = np.lexsort(
        [
            statements,
            -facts.days_of(statements).astype("int64"),
            -rows["confidence"].to_numpy(),
            ~rows["human"].to_numpy(),
        ]
    )
    return statements[order][:most]


def relayed(facts: Facts) -> pd.DataFrame:
    """Positions that others pass on: whose, at whose word, towards what. Facts must hold them (`Filters.relayed`).

    A position that two pass on together counts for each of them. Anonymous holders are left out, anonymous sources
    who pass something on are not: the words «به روایتِ» need them.

    Returns:
        columns speaker (the holder), relay (who passes it on), target, for, against, mixed, n; most positions first.
    """
    rows = _rows(facts)
    rows = kept(rows, rows["relayed"].to_numpy())
    told = facts.attributions
    told = kept(told, ~told["relayed"].to_numpy() & np.isin(told["statement"].to_numpy(), rows["statement"].to_numpy()))
    both = rows[["statement", "speaker", "target", "stance"]].merge(
        told[["statement", "speaker"]].rename(columns={"speaker": "relay"}), on="statement"
    )
    keys = ["speaker", "relay", "target"]
    both = both.astype(dict.fromkeys([*keys, "stance"], "str"))  # Whole categories would make a group of each pair.
    for stance in STANCES:
        both[stance] = (both["stance"] == stance).astype("int64")
    found = both.groupby(keys, as_index=False)[list(STANCES)].sum()
    found["n"] = found[list(STANCES)].sum(axis=1).astype("int64")
    return found.sort_values(["n", *keys], ascending=[False, True, True, True], ignore_index=True)


def relayed_statements(facts: Facts, speaker: str, relay: str, target: str) -> np.ndarray:
    """The statements (positions) behind a row of `relayed`."""
    rows = evidence(facts, speaker, target)
    told = facts.attributions
    told = told["statement"].to_numpy()[~told["relayed"].to_numpy() & chosen(told["speaker"], (relay,))]
    return np.intersect1d(rows["statement"].to_numpy()[rows["relayed"].to_numpy()], told)


def _rows(facts: Facts, speaker: str = "", target: str = "") -> pd.DataFrame:
    """The positions of a part of the matrix, without those of anonymous sources."""
    rows = facts.positions
    keep = ~facts.anonymous[codes(rows["speaker"])]
    for column, value in (("speaker", speaker), ("target", target)):
        if value:
            keep &= chosen(rows[column], (value,))
    return kept(rows, keep)


def _counted(rows: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """The cells of some positions (columns speaker, target, a count for each stance, n), and the cell of each row.

    They are sorted by the names of speaker and target.
    """
    speakers, one = _sorted(rows["speaker"])
    targets, other = _sorted(rows["target"])
    size = max(len(targets), 1)
    cells, place = np.unique(one * size + other, return_inverse=True)
    counts = np.bincount(place * len(STANCES) + codes(rows["stance"]), minlength=len(cells) * len(STANCES))
    frame = pd.DataFrame({"speaker": speakers.take(cells // size), "target": targets.take(cells % size)}, dtype="str")
    frame[list(STANCES)] = counts.reshape(-1, len(STANCES)).astype("int64")
    frame["n"] = counts.reshape(-1, len(STANCES)).sum(axis=1).astype("int64")
    return frame, place


def _sorted(column: pd.Series) -> tuple[pd.Index, np.ndarray]:
    """The categories of a column in the order of their names, and the place of each row's among them."""
    names = column.cat.categories
    if names.is_monotonic_increasing:
        return names, codes(column).astype("int64")
    order = np.argsort(names.to_numpy(object))
    places = np.empty(len(names), dtype="int64")
    places[order] = np.arange(len(names))
    return names.take(order), places[codes(column)]


def _labelled(frame: pd.DataFrame) -> pd.DataFrame:
    """The cells with score and label, most positions first."""
    found = frame.assign(score=score(frame))
    found["label"] = labels(found["score"], found["n"])
    return found.iloc[np.argsort(-found["n"].to_numpy(), kind="stable")].reset_index(drop=True)
