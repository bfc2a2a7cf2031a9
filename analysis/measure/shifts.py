"""Whether a speaker's stance towards a target has moved, or only goes up and down.

A speaker's dated positions towards a target stand in a row, each with a value (1 = for, 0.5 = mixed, 0 = against), and
are cut in two where the parts differ most. With S and N the sum of values and the number of positions in all, and S_k
and N_k those before cut k, a cut is as good as

    T_k = |S_k - N_k S / N| / sqrt(N_k (N - N_k) / N),

the standardised cumulative sum; the best cut has the largest T_k. Each side needs `LEAST_ARTICLES` articles, and a cut
never parts a day. Whether the best cut is more than chance is asked by permutation: the articles change places, with
all positions that they hold (positions of one article are not independent), and the best cut is searched anew each
time, so that the search is paid for (Antoch and Hušková, "Permutation tests in change point analysis", Statistics and
Probability Letters 53, 2001). Up to `EXACT` articles all orders are tried. With more, random orders are drawn until
`ENOUGH` of them do as well, at most `DRAWS`: p = ENOUGH / draws, or (as good + 1) / (draws + 1) (Besag and Clifford,
"Sequential Monte Carlo p-values", Biometrika 78, 1991). The drawing begins anew at the same place each time, so that
the same rows always give the same p. More than `MOST` articles are first put together into that many neighbours.

The change is the mean value after the cut less that before, with Newcombe's interval for the difference of two
proportions (method 10 of "Interval estimation for the difference between independent proportions", Statistics in
Medicine 17, 1998), in which each article counts as one witness however many positions it holds. The interval knows
nothing of the search for the cut; the test does. Of several targets q is p after Benjamini and Hochberg (1995).
"""

from __future__ import annotations

import itertools
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control, norm

from analysis.measure.facts import Facts, as_date
from analysis.measure.stances import dated, keys, named, taken

LEAST_ARTICLES = 2
"""Articles on each side of a cut, and so as many positions."""
LEVEL = 0.05
"""A shift is called one where q is at most this."""
LEAST_CHANGE = 0.25
"""A smaller change of the mean is not called a shift, however sure it is: an eighth of all positions changed sides."""
EXACT, MOST = 7, 120
BATCH, ENOUGH, DRAWS = 200, 20, 4000
SEED = 20
VERDICTS = ("shift", "noise", "steady", "thin")
_Z = float(norm.ppf(0.975))


class _Row(NamedTuple):
    """The articles of one speaker that take a side on one target, in the order of their days."""

    sums: np.ndarray
    counts: np.ndarray
    days: np.ndarray


def moves(facts: Facts, speaker: str = "", *, thin: bool = False) -> pd.DataFrame:
    """How the stance of one speaker, or of all, moved towards each target that has dated evidence.

    Args:
        facts: what is in view.
        speaker: only this one.
        thin: also what has too little evidence to be cut.

    Returns:
        columns speaker, target, n (dated positions that count), articles, verdict (one of `VERDICTS`: `steady` where
        all positions are alike; `thin` where no cut leaves enough on both sides, or where even the clearest order of
        so few articles would be no surprise); cut (the first day after it, ISO; "" without one), n_before, n_after,
        before, after (mean values), change, low, high (its 95 % interval), p, q (missing where nothing was tested).
        Shifts first, then by p, the larger change and speaker.
    """
    rows = dated(taken(facts, speaker))
    found = [_verdict(row) for row in _rows(rows, thin=thin)]
    frame = pd.DataFrame([one for _, one in found], columns=pd.Index(_NUMBERS))
    frame = frame.assign(**named(rows, np.array([key for key, _ in found], dtype="int64")))
    frame["change"] = frame["after"] - frame["before"]
    tested = frame["p"].notna()
    frame["q"] = frame["p"]
    if tested.any():
        frame.loc[tested, "q"] = false_discovery_control(frame.loc[tested, "p"].to_numpy(float))
    shift = tested & (frame["q"] <= LEVEL) & (frame["change"].abs() >= LEAST_CHANGE)
    frame["verdict"] = frame["verdict"].where(~shift, "shift")
    frame = frame.astype(dict.fromkeys(("speaker", "target", "verdict", "cut"), "str"))
    frame = frame.assign(rank=frame["verdict"].map(VERDICTS.index), size=-frame["change"].abs())
    return frame.sort_values(
        ["rank", "p", "size", "n", "speaker", "target"], ascending=[True, True, True, False, True, True]
    ).reset_index(drop=True)[list(_ORDER)]


_NUMBERS = ("n", "articles", "verdict", "cut", "n_before", "n_after", "before", "after", "low", "high", "p")
_ORDER = ("speaker", "target", *_NUMBERS[:8], "change", *_NUMBERS[8:], "q")


def parts(facts: Facts, speaker: str, target: str) -> pd.DataFrame:
    """The dated positions that count of one speaker towards one target, oldest first, as `stances.taken` gives them."""
    return dated(taken(facts, speaker, target)).sort_values(["day", "article", "statement"], kind="stable")


def _rows(rows: pd.DataFrame, *, thin: bool) -> list[tuple[int, _Row]]:
    """Of each speaker and target: the articles; without those that cannot be cut, unless asked."""
    if rows.empty:
        return []
    key, days, articles = keys(rows), rows["day"].to_numpy(), rows["article"].to_numpy()
    order = np.lexsort([articles, days, key])
    key, days, articles = key[order], days[order], articles[order]
    first = np.flatnonzero(np.r_[True, (key[1:] != key[:-1]) | (articles[1:] != articles[:-1])])
    sums = np.add.reduceat(rows["value"].to_numpy()[order], first)
    counts = np.diff(np.r_[first, len(key)])
    key, days = key[first], days[first]
    begins = np.flatnonzero(np.r_[True, key[1:] != key[:-1]])
    ends = np.r_[begins[1:], len(key)]
    long = (ends - begins >= 2 * LEAST_ARTICLES) | thin
    return [
        (int(key[a]), _Row(sums[a:b], counts[a:b], days[a:b])) for a, b in zip(begins[long], ends[long], strict=True)
    ]


def _verdict(row: tuple[int, _Row]) -> tuple[int, dict[str, object]]:
    key, whole = row
    n, articles = int(whole.counts.sum()), len(whole.counts)
    found: dict[str, object] = {"n": n, "articles": articles, "verdict": "thin", "cut": ""}
    held = _pooled(whole)
    cuts = np.flatnonzero(held.days[1:] != held.days[:-1]) + 1
    cuts = cuts[(cuts >= LEAST_ARTICLES) & (cuts <= len(held.days) - LEAST_ARTICLES)]
    if articles < 2 * LEAST_ARTICLES or not len(cuts):
        return key, found
    if len(np.unique(whole.sums / whole.counts)) == 1:
        return key, found | {"verdict": "steady", "before": held.sums.sum() / n, "after": held.sums.sum() / n}
    p, surprising = _p(held, cuts)
    cut = cuts[_best(held.sums[None], held.counts[None], cuts).argmax()]
    day = held.days[cut]
    after = whole.days >= day
    sides = [(whole.sums[side].sum(), whole.counts[side].sum(), side.sum()) for side in (~after, after)]
    before, now = (float(total / count) for total, count, _ in sides)
    low, high = newcombe(before, int(sides[0][2]), now, int(sides[1][2]))
    found |= {"verdict": "noise" if surprising else "thin", "cut": str(as_date(int(day)))}
    found |= {"n_before": int(sides[0][1]), "n_after": int(sides[1][1]), "before": before, "after": now}
    return key, found | {"low": low, "high": high, "p": p if surprising else None}


def _pooled(row: _Row) -> _Row:
    """The articles, or `MOST` groups of neighbours where there are more."""
    if len(row.days) <= MOST:
        return row
    at = np.unique(np.arange(MOST) * len(row.days) // MOST)
    return _Row(np.add.reduceat(row.sums, at), np.add.reduceat(row.counts, at), row.days[at])


def _best(sums: np.ndarray, counts: np.ndarray, cuts: np.ndarray) -> np.ndarray:
    """T_k of each cut (column), for each order of the articles (row)."""
    total, n = sums[0].sum(), counts[0].sum()
    s, k = sums.cumsum(axis=1)[:, cuts - 1], counts.cumsum(axis=1)[:, cuts - 1]
    return np.abs(s - k * (total / n)) / np.sqrt(k * (n - k) / n)


def _p(row: _Row, cuts: np.ndarray) -> tuple[float, bool]:
    """How often chance does as well, and whether the clearest order would be a surprise at all."""

    def tops(orders: np.ndarray) -> np.ndarray:
        return _best(row.sums[orders], row.counts[orders], cuts).max(axis=1)

    m = len(row.sums)
    least = _best(row.sums[None], row.counts[None], cuts).max() * (1 - 1e-9)  # Sums of the same may differ in a bit.
    if m <= EXACT:
        every = tops(_orders(m))
        return float((every >= least).mean()), bool((every >= every.max() * (1 - 1e-9)).mean() <= LEVEL)
    drawn = np.random.default_rng(SEED)
    as_good = draws = 0
    while draws < DRAWS:
        orders = drawn.permuted(np.broadcast_to(np.arange(m), (BATCH, m)), axis=1)
        reached = as_good + np.cumsum(tops(orders) >= least)
        if reached[-1] >= ENOUGH:
            return ENOUGH / (draws + int(np.searchsorted(reached, ENOUGH)) + 1), True
        as_good, draws = int(reached[-1]), draws + BATCH
    return (as_good + 1) / (draws + 1), True


@lru_cache(maxsize=EXACT)
def _orders(n: int) -> np.ndarray:
    """All orders of n things."""
    return np.array(list(itertools.permutations(range(n))), dtype="int8")


def newcombe(p: float, m: int, q: float, n: int) -> tuple[float, float]:
    """The 95 % interval of q - p, of m and n witnesses, from Wilson's intervals of both."""
    (low_p, high_p), (low_q, high_q) = wilson(p, m), wilson(q, n)
    change = q - p
    low = change - np.hypot(q - low_q, high_p - p)
    return float(low), float(change + np.hypot(high_q - q, p - low_p))


def wilson(p: float, n: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share p of n (Journal of the American Statistical Association 22, 1927)."""
    middle, spread = p + _Z**2 / (2 * n), _Z * np.sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
    return float((middle - spread) / (1 + _Z**2 / n)), float((middle + spread) / (1 + _Z**2 / n))
