"""Where two to six sides stand: positions by target, and where the scores of two sides differ most.

The score and its words are those of `positions`. A difference of two scores has Newcombe's interval (`intervals`), for
which a score counts as a share; as a position both ways counts one half, the true interval is no wider. Positions of
one article are no independent witnesses: n is divided by a design effect, as in `odds`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.measure import odds, positions
from analysis.measure.facts import Facts, codes
from analysis.measure.intervals import newcombe, newcombe_p
from analysis.measure.sides import Side
from analysis.schema import STANCES

LEAST_ARTICLES = 2
"""Where a side's positions come from fewer articles, nothing is known of how articles differ."""
_VALUES = {"for": 1.0, "mixed": 0.5, "against": 0.0}
EVERYBODY = "from:*"
"""The target that stands for whoever holds a position, where states that are named are compared."""


def held(facts: Facts, sides: Sequence[Side]) -> pd.DataFrame:
    """The positions of all sides as rows.

    What counts as target is what a position is towards; where states that are named are compared, all positions of a
    side are towards the same one, and what tells them apart is for which state their holder speaks.

    Returns:
        columns side (place), target, stance (categories), statement, article (positions).
    """
    rows, article = facts.positions, facts.whole.statements["article"].to_numpy()
    names = rows["target"].cat.categories
    by_holder = bool(sides) and sides[0].id.startswith("named:")
    if by_holder:
        names = pd.Index([EVERYBODY, *(f"from:{name}" for name in facts.attributions["country"].cat.categories)])
    parts: list[tuple[int, np.ndarray, np.ndarray]] = []
    for number, side in enumerate(sides):
        targets = codes(rows["target"])[side.positions].astype("int64")
        if by_holder:
            parts.append((number, np.zeros_like(targets), side.positions))
            targets = _of_holders(facts, side) + 1
        known = targets >= 0 if not by_holder else names.to_numpy()[targets] != "from:"
        parts.append((number, targets[known], side.positions[known]))
    places = np.concatenate([place for _, _, place in parts])
    statements = rows["statement"].to_numpy()[places]
    return pd.DataFrame(
        {
            "side": np.repeat([number for number, _, _ in parts], [len(place) for _, _, place in parts]),
            "target": pd.Categorical.from_codes(np.concatenate([target for _, target, _ in parts]), names),
            "stance": pd.Categorical.from_codes(codes(rows["stance"])[places], rows["stance"].cat.categories),
            "statement": statements,
            "article": article[statements],
        }
    )


def _of_holders(facts: Facts, side: Side) -> np.ndarray:
    """For which state the holder of each position speaks, as a code of the attributions' countries."""
    rows, said = facts.positions, facts.attributions
    width = len(facts.speakers)
    statements = rows["statement"].to_numpy()[side.positions].astype("int64")
    inside = np.zeros(len(facts.whole.statements), dtype=bool)
    inside[statements] = True
    those = np.flatnonzero(inside[said["statement"].to_numpy()])
    if not len(those):
        return np.empty(0, dtype="int64")
    theirs = said["statement"].to_numpy()[those].astype("int64") * width + codes(said["speaker"])[those]
    order = np.argsort(theirs, kind="stable")
    mine = statements * width + codes(rows["speaker"])[side.positions]
    places = those[order[np.minimum(np.searchsorted(theirs[order], mine), len(order) - 1)]]
    return codes(said["country"])[places].astype("int64")


def stances(sides: Sequence[Side], rows: pd.DataFrame) -> pd.DataFrame:
    """Each side's positions towards each target.

    Args:
        sides: what is compared.
        rows: from `held`.

    Returns:
        columns target, side, for, mixed, against, n, score, label (`positions.LABELS`). Targets of which two sides have
        most stand first (the second largest n), then those with most in all; then the sides in their order.
    """
    names = rows["target"].cat.categories
    cell = rows["side"].to_numpy() * len(names) + codes(rows["target"])
    stances = rows["stance"].cat.categories
    table = np.bincount(cell * len(stances) + codes(rows["stance"]), minlength=len(sides) * len(names) * len(stances))
    counts = pd.DataFrame(table.reshape(-1, len(stances)), columns=stances)[list(STANCES)]
    counts["n"] = counts.sum(axis=1)
    found = counts[counts["n"] > 0].astype("int64")
    found["side"], found["target"] = found.index // len(names), names.to_numpy()[found.index % len(names)]
    found["score"] = positions.score(found)
    found["label"] = positions.labels(found["score"], found["n"])
    ordered = found.sort_values("n", ascending=False, kind="stable")
    second = ordered[ordered.groupby("target").cumcount() == 1].set_index("target")["n"]
    found["second"] = found["target"].map(second).fillna(0)
    found["total"] = found.groupby("target")["n"].transform("sum")
    found["everybody"] = found["target"] == EVERYBODY
    found = found.sort_values(
        ["everybody", "second", "total", "target", "side"], ascending=[False, False, False, True, True]
    )
    found["side"] = _names(sides, found["side"])
    columns = ["target", "side", "for", "mixed", "against", "n", "score", "label"]
    return found[columns].astype({"side": "str", "target": "str"}).reset_index(drop=True)


def differences(sides: Sequence[Side], rows: pd.DataFrame) -> pd.DataFrame:
    """How far the scores of two sides lie apart on each target, for each pair of sides that both have positions on it.

    Args:
        sides: what is compared.
        rows: from `held`.

    Returns:
        columns target, more, less (the side with the higher score, and the other), n, score, n_less, score_less,
        design, difference (of the scores, at least 0), low, high (95 %), p, q (over all pairs and targets), verdict
        (one of `comparison.VERDICTS`; "thin" where a side has fewer than `positions.ENOUGH` positions, or positions of
        fewer than `LEAST_ARTICLES` articles). The largest lower ends first.
    """
    found = _paired(_each(rows))
    spread, expected = found["spread"] + found["spread_less"], found["expected"] + found["expected_less"]
    found["design"] = (spread / expected.where(expected > 0)).fillna(1.0).clip(lower=1.0)
    thin = found[["n", "n_less"]].min(axis=1) < positions.ENOUGH
    thin |= found[["articles", "articles_less"]].min(axis=1) < LEAST_ARTICLES
    design = found["design"].to_numpy("float64")
    one, n_one, other, n_other = (found[name].to_numpy("float64") for name in ("score", "n", "score_less", "n_less"))
    given = (one, n_one / design, other, n_other / design)
    found["difference"] = one - other
    for name, values in zip(("low", "high", "p"), (*newcombe(*given), newcombe_p(*given)), strict=True):
        found[name] = np.where(thin, np.nan, values)
    found["q"] = odds.adjusted(found["p"])
    verdicts = np.select([thin, found["q"] <= odds.LEVEL], ["thin", "differs"], "unclear")
    found["verdict"] = pd.Series(verdicts, dtype="str")
    found["more"], found["less"] = _names(sides, found["side"]), _names(sides, found["side_less"])
    columns = ["target", "more", "less", "n", "score", "n_less", "score_less", "design", "difference", "low", "high"]
    texts = {"target": "str", "more": "str", "less": "str"}
    found = found[[*columns, "p", "q", "verdict"]].astype(texts)
    order = ["low", "difference", "target", "more", "less"]
    rounded = found.assign(low=found["low"].round(9), difference=found["difference"].round(9))
    return found.loc[rounded.sort_values(order, ascending=[False, False, True, True, True]).index].reset_index(
        drop=True
    )


def _paired(each: pd.DataFrame) -> pd.DataFrame:
    """Each pair of sides with the same target once; what ends in `_less` is of the one with the lower score."""
    found = each.merge(each, on="target", suffixes=("", "_less"))
    found = found[found["side"] < found["side_less"]].reset_index(drop=True)
    swap = found["score"] < found["score_less"]
    for name in each.columns.drop("target"):
        mine, theirs = found[name], found[f"{name}_less"]
        found[name], found[f"{name}_less"] = mine.where(~swap, theirs), theirs.where(~swap, mine)
    return found


def _each(rows: pd.DataFrame) -> pd.DataFrame:
    """By side and target: n, score, articles, and the variance of the score's sum between articles and by chance."""
    names = rows["target"].cat.categories
    values = np.array([_VALUES[stance] for stance in rows["stance"].cat.categories])[codes(rows["stance"])]
    cell = rows["side"].to_numpy() * len(names) + codes(rows["target"])
    each = pd.Series(values).groupby([cell, rows["article"].to_numpy()]).agg(["sum", "size"]).reset_index(level=0)
    sums = each.groupby("level_0")[["sum", "size"]].transform("sum")
    each["apart"] = (each["sum"] - each["size"] * sums["sum"] / sums["size"]) ** 2
    found = each.groupby("level_0").agg(
        n=("size", "sum"), score=("sum", "sum"), articles=("size", "size"), spread=("apart", "sum")
    )
    found["score"] = found["score"] / found["n"]
    found["spread"] *= found["articles"] / (found["articles"] - 1).clip(lower=1)
    found["expected"] = found["n"] * found["score"] * (1 - found["score"])
    side, target = found.index.to_numpy() // len(names), found.index.to_numpy() % len(names)
    return found.assign(side=side, target=names.to_numpy()[target]).reset_index(drop=True)


def _names(sides: Sequence[Side], places: pd.Series) -> np.ndarray:
    return np.array([side.id for side in sides], dtype=object)[places.to_numpy("int64")]
