"""How far coders agree: Krippendorff's alpha over blind codes, with the interval that redrawing the units gives.

alpha = 1 - Do / De: the disagreement that is observed within units, over the one that chance would give if the same
values were dealt out at random. 1: they always agree; 0: no better than chance; below 0: worse.

Source: Krippendorff, K. (2011), Computing Krippendorff's Alpha-Reliability; the distance of sets is MASI: Passonneau,
R. (2006), Measuring Agreement on Set-Valued Items for Semantic and Pragmatic Annotation, LREC. Both are nltk's
(`nltk.metrics.agreement.AnnotationTask.alpha`, `nltk.metrics.distance.masi_distance`). As in Krippendorff's section on
missing data, nltk leaves a unit with fewer than two values out, both of Do and of the values that chance deals out; the
paper's own examples give the paper's own figures (tests/test_reliability.py). nltk calls alpha 1 where all values are
one: here it is unknown, for nothing could have been confused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

ENOUGH = 5
"""Below so many units with two values alpha is not told."""
THIN = 30
"""Below so many it is told, and called thin."""
RELIABLE, TENTATIVE = 0.8, 0.667
"""Krippendorff, Content Analysis (2004), p. 241: rely on values above the first, draw tentative conclusions above the
second, do without what lies below."""
VERDICTS = ("not_enough", "no_variation", "reliable", "tentative", "low")
RESAMPLES = 1000
SEED = 20
INTERVAL = (2.5, 97.5)
SETS = ("speakers", "topics", "countries", "positions")
"""Fields whose values are sets, compared by MASI; the others are the same or not."""
FIELDS = ("statement", "speakers", "topics", "countries", "positions", "stance")
COLUMNS = ("field", "n", "pairs", "same", "alpha", "low", "high", "verdict")
NOTHING = "-"
Distance = Callable[[Any, Any], float]


def agreement(units: pd.DataFrame) -> pd.DataFrame:
    """How far the coders of some units agree, by field.

    Args:
        units: columns field, coder, unit, value (sets joined by `|`); no row for a missing value.

    Returns:
        columns field, n (units with values of two coders or more), pairs (of two coders of a unit), same (the share of
        the pairs that are exactly the same), alpha, low and high (its 95 % interval from redrawn units), verdict (of
        `VERDICTS`); a row for each of `FIELDS`. What is not known is NaN.
    """
    return pd.DataFrame([{"field": name, **_of(units, name)} for name in FIELDS], columns=list(COLUMNS))


def _of(units: pd.DataFrame, name: str) -> dict[str, Any]:
    rows = comparable(units, name)
    n = int(rows["unit"].nunique())
    found: dict[str, Any] = {"n": n, "pairs": 0, "same": np.nan, "alpha": np.nan, "low": np.nan, "high": np.nan}
    if n:
        pairs = [one == other for values in _by_unit(rows) for one, other in combinations(values, 2)]
        found |= {"pairs": len(pairs), "same": sum(pairs) / len(pairs)}
    if n < ENOUGH:
        return found | {"verdict": "not_enough"}
    if len(set(rows["value"])) == 1:
        return found | {"verdict": "no_variation"}
    value = alpha(rows, name)
    low, high = interval(rows, name)
    verdict = "reliable" if value >= RELIABLE else "tentative" if value >= TENTATIVE else "low"
    return found | {"alpha": value, "low": low, "high": high, "verdict": verdict}


def comparable(units: pd.DataFrame, name: str) -> pd.DataFrame:
    """The rows of one field whose unit has the values of two coders or more."""
    rows = units[units["field"] == name]
    return rows[rows.groupby("unit")["coder"].transform("size") > 1]


def _by_unit(rows: pd.DataFrame) -> list[list[str]]:
    return [list(values) for _, values in rows.groupby("unit")["value"]]


def alpha(rows: pd.DataFrame, name: str) -> float:
    """Krippendorff's alpha of one field's rows (columns coder, unit, value)."""
    # nltk is slow to import, and most pages never ask for it.
    from nltk.metrics.agreement import AnnotationTask

    values = (_read(name, value) for value in rows["value"])
    task = AnnotationTask(list(zip(rows["coder"], rows["unit"], values, strict=True)), distance=_distance(name))
    return float(task.alpha())


def _read(name: str, value: str) -> Any:
    return frozenset(value.split("|")) if name in SETS else value


def _distance(name: str) -> Distance:
    from nltk.metrics.distance import binary_distance, masi_distance

    return masi_distance if name in SETS else binary_distance


def interval(rows: pd.DataFrame, name: str, *, resamples: int = RESAMPLES, seed: int = SEED) -> tuple[float, float]:
    """The 95 % interval of alpha: units drawn anew, with replacement, always with the same seed.

    It is `alpha` for many draws at once, as sums of what each unit adds to Do and De; a draw in which all values are
    one counts as 1.
    """
    known = list(dict.fromkeys(rows["value"]))
    distance = _distance(name)
    read = [_read(name, value) for value in known]
    apart = np.array([[distance(one, other) for other in read] for one in read])
    places = {value: place for place, value in enumerate(known)}
    held = [Counter(places[value] for value in values) for values in _by_unit(rows)]
    table = np.array([[counts[place] for place in range(len(known))] for counts in held], dtype=np.float64)
    sizes = table.sum(axis=1)
    # Within a unit of m values each pair counts 1 / (m - 1), so that the unit counts m.
    within = np.einsum("uv,vw,uw->u", table, apart, table) / (sizes - 1)
    n = len(table)
    times = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=resamples).astype(np.float64)
    values, total = times @ table, times @ sizes
    expected = np.einsum("rv,vw,rw->r", values, apart, values) / (total - 1)
    drawn = 1 - np.divide(times @ within, expected, out=np.zeros(resamples), where=expected > 0)
    low, high = np.percentile(drawn, INTERVAL)
    return float(low), float(high)


def confusion(units: pd.DataFrame, one: str = "", other: str = "") -> pd.DataFrame:
    """What is confused with what.

    Args:
        units: as `agreement` takes them.
        one, other: compare these two coders, in this order; all pairs of coders, in no order, where they are empty.

    Returns:
        columns field, a, b (a value of the first coder and one of the second, `NOTHING` where that one has none), n
        (pairs of codes); the most frequent first. Of sets, what only one side has: each with each of the other side's.
    """
    counts: Counter[tuple[str, str, str]] = Counter()
    for name in FIELDS:
        rows = comparable(units, name)
        for _, group in rows.groupby("unit"):
            values = dict(zip(group["coder"], group["value"], strict=True))
            pairs = [(one, other)] if one else combinations(sorted(values), 2)
            for first, second in pairs:
                if first in values and second in values:
                    for a, b in _differences(name, values[first], values[second]):
                        a, b = (a, b) if one else sorted((a, b), key=lambda value: (value == NOTHING, value))
                        counts[name, a, b] += 1
    found = [(*key, n) for key, n in counts.items()]
    order = {name: place for place, name in enumerate(FIELDS)}
    found.sort(key=lambda row: (order[row[0]], -row[3], row[1], row[2]))
    return pd.DataFrame(found, columns=["field", "a", "b", "n"])


def _differences(name: str, one: str, other: str) -> list[tuple[str, str]]:
    if one == other:
        return []
    if name not in SETS:
        return [(one, other)]
    a, b = set(one.split("|")) - {NOTHING}, set(other.split("|")) - {NOTHING}
    return [(x, y) for x in sorted(a - b) or [NOTHING] for y in sorted(b - a) or [NOTHING]]
