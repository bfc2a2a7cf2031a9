"""Whether a speaker's stance towards a target has moved, or only goes up and down.

A speaker's dated positions towards a target stand in the order of their articles, each with a value (1 = for, 0.5 =
mixed, 0 = against), and are cut in two where the parts differ most. With v the mean of all values, an article with n_i
positions and the sum of values s_i lies off by r_i = s_i - n_i v; of m articles, the cut after the first k has

    Z_k = |r_1 + ... + r_k| / sqrt(k (m - k) / (m (m - 1)) * (r_1^2 + ... + r_m^2)),

which is standardised over all orders of the articles. The best cut has the largest Z_k; each side needs
`LEAST_ARTICLES` articles, and no cut parts a day.

Whether the best cut is more than chance is asked by permutation: the articles change places, with all positions that
they hold (positions of one article are not independent), and the best cut is searched anew each time, so that the
search is paid for (Antoch and Hušková, "Permutation tests in change point analysis", Statistics and Probability Letters
53, 2001). Up to `EXACT` articles all orders are tried. With more, random orders are drawn until `ENOUGH` of them do as
well, at most `DRAWS`: p = ENOUGH / draws, or (as good + 1) / (draws + 1) (Besag and Clifford, "Sequential Monte Carlo
p-values", Biometrika 78, 1991). The drawing begins at the same place each time, so that the same rows always give the
same p. More than `MOST` articles are first put together into that many neighbours.

Over all speakers only the `TESTED` clearest are tested so. The others have the p of Miller and Siegmund ("Maximally
selected chi square statistics", Biometrics 38, 1982), with x the largest Z_k, f the normal density, and e, g the first
and the last k / m: p = f(x) (x - 1/x) ln(g (1 - e) / (e (1 - g))) + 4 f(x) / x. They count among the tests and never
are called a shift. q is p after Benjamini and Hochberg (1995), over the targets of the frame.

The change is the mean value after the cut less that before, with Newcombe's interval for the difference of two
proportions (method 10 of "Interval estimation for the difference between independent proportions", Statistics in
Medicine 17, 1998), in which each article counts as one witness however many positions it holds. The interval knows
nothing of the search for the cut; the test does.
"""

from __future__ import annotations

import itertools
from functools import lru_cache

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
"""A smaller change of the mean is not called a shift, however sure it is."""
EXACT, MOST, TESTED = 7, 120, 40
BATCH, ENOUGH, DRAWS = 200, 50, 4000
SEED = 20
VERDICTS = ("shift", "noise", "steady", "not_enough")
COLUMNS = (
    *("speaker", "target", "n", "articles", "verdict", "cut", "n_earlier", "n_later"),
    *("earlier", "later", "change", "low", "high", "p", "q"),
)
_Z = float(norm.ppf(0.975))


def moves(facts: Facts, speaker: str = "", *, thin: bool = False) -> pd.DataFrame:
    """How the stance of one speaker, or of all, moved towards each target that has dated evidence.

    Args:
        facts: what is in view.
        speaker: only this one.
        thin: also targets with so few articles that there is nothing to cut.

    Returns:
        columns speaker, target, n (dated positions that count, `stances.taken`), articles, verdict (one of `VERDICTS`:
        `steady` where all positions are alike; `not_enough` where no cut leaves enough on both sides, or where even
        the clearest order of so few articles would be no surprise); cut (the first day after it, ISO; "" without one),
        n_earlier, n_later, earlier, later (mean values), change, low, high (its 95 % interval), p, q (missing where
        nothing was tested). Shifts first, then by p, the larger change, n and the names.
    """
    rows = dated(taken(facts, speaker))
    units = _articles(rows, 1 if thin else 2 * LEAST_ARTICLES)
    frame = _cut(units)
    frame = frame.assign(**named(rows, frame["key"].to_numpy()))
    _test(frame, units, TESTED if not speaker else len(frame))
    frame = frame.astype(dict.fromkeys(("speaker", "target", "verdict", "cut"), "str"))
    frame = frame.assign(rank=frame["verdict"].map(VERDICTS.index), size=-frame["change"].abs())
    order = {"rank": True, "p": True, "size": True, "n": False, "speaker": True, "target": True}
    return frame.sort_values(list(order), ascending=list(order.values()))[list(COLUMNS)].reset_index(drop=True)


def parts(facts: Facts, speaker: str, target: str = "") -> pd.DataFrame:
    """The dated positions of a speaker that count, oldest first, as `stances.taken` gives them."""
    return dated(taken(facts, speaker, target)).sort_values(["day", "article", "statement"], kind="stable")


def _articles(rows: pd.DataFrame, least: int) -> pd.DataFrame:
    """The articles of each speaker and target that has at least so many: key, day, sum, n, off; in their order."""
    key, days, articles = keys(rows), rows["day"].to_numpy(), rows["article"].to_numpy()
    order = np.lexsort([articles, days, key])
    key, days, articles = key[order], days[order], articles[order]
    first = _beginnings(key, articles)
    sums = np.add.reduceat(rows["value"].to_numpy()[order], first) if len(first) else np.empty(0)
    found = pd.DataFrame({"key": key[first], "day": days[first], "sum": sums, "n": np.diff(np.append(first, len(key)))})
    sizes = found.groupby("key")["n"].transform("size")
    found = found[(sizes >= least).to_numpy()].reset_index(drop=True)
    of = found.groupby("key")
    found["off"] = found["sum"] - found["n"] * of["sum"].transform("sum") / of["n"].transform("sum")
    return found


def _beginnings(*columns: np.ndarray) -> np.ndarray:
    """Where a run of equal values begins."""
    if not len(columns[0]):
        return np.empty(0, dtype="int64")
    changes = np.logical_or.reduce([column[1:] != column[:-1] for column in columns])
    return np.flatnonzero(np.append(True, changes))


def _cut(units: pd.DataFrame) -> pd.DataFrame:
    """Each speaker and target, cut where its parts differ most; `begin` and `end` are its rows in `units`."""
    key, n, total = (units[name].to_numpy() for name in ("key", "n", "sum"))
    begin = _beginnings(key)
    end = np.append(begin[1:], len(key)).astype("int64") if len(begin) else begin
    highest, lowest = (_reduced(by, total / n, begin) for by in (np.maximum, np.minimum))
    at, z = _best_cuts(units, begin, end)
    found = (at >= 0) & (highest > lowest)
    at[~found] = -1
    steady = (highest == lowest) & (end - begin >= 2 * LEAST_ARTICLES)
    verdict = np.select([found, steady], ["noise", "steady"], "not_enough")
    days = units["day"].to_numpy()
    frame = pd.DataFrame({"key": key[begin], "begin": begin, "end": end, "articles": end - begin, "verdict": verdict})
    frame["cut"] = [str(as_date(int(days[last + 1]))) if last >= 0 else "" for last in at]
    frame["z"] = np.where(found, z, 0.0)
    return frame.assign(**_change(units, begin, end, np.where(found, at + 1, end), ~found & ~steady))


def _change(
    units: pd.DataFrame, begin: np.ndarray, end: np.ndarray, cut: np.ndarray, unknown: np.ndarray
) -> dict[str, np.ndarray]:
    """What lies before and after each cut; where nothing does, all of it is both before and after."""
    n, total = units["n"].to_numpy(), units["sum"].to_numpy()
    counts, sums = np.append(0, np.cumsum(n)), np.append(0.0, np.cumsum(total))
    whole = cut == end
    n_earlier, n_later = counts[cut] - counts[begin], counts[end] - counts[np.where(whole, begin, cut)]
    earlier = np.round(sums[cut] - sums[begin], 9) / n_earlier
    later = np.round(sums[end] - sums[np.where(whole, begin, cut)], 9) / n_later
    low, high = newcombe(earlier, cut - begin, later, end - cut)
    return {
        "n": counts[end] - counts[begin],
        "n_earlier": np.where(whole, np.nan, n_earlier),
        "n_later": np.where(whole, np.nan, n_later),
        "earlier": np.where(unknown, np.nan, earlier),
        "later": np.where(unknown, np.nan, later),
        "change": np.where(unknown, np.nan, later - earlier),
        "low": np.where(whole, np.nan, low),
        "high": np.where(whole, np.nan, high),
    }


def _best_cuts(units: pd.DataFrame, begin: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The last article before the best cut of each (-1 where none is allowed; the first of equals), and its Z_k."""
    of = np.repeat(np.arange(len(begin)), end - begin)
    z = _z(units, of, np.arange(len(of)) - begin[of] + 1, (end - begin)[of], begin)
    order = np.lexsort([-np.arange(len(z)), z, of])  # The last row of each is its best.
    best = order[end - 1] if len(begin) else order
    return np.where(z[best] >= 0, best, -1), z[best]


def _z(units: pd.DataFrame, of: np.ndarray, k: np.ndarray, m: np.ndarray, begin: np.ndarray) -> np.ndarray:
    """Z_k of the cut after each article; -1 where none is allowed."""
    off, day = units["off"].to_numpy(), units["day"].to_numpy()
    squares = _reduced(np.add, off**2, begin)
    away = np.cumsum(off)
    away = np.abs(away - np.append(0.0, away)[begin][of])
    parted = np.append(day[1:] != day[:-1], False) if len(day) else np.empty(0, dtype=bool)
    allowed = parted & (k >= LEAST_ARTICLES) & (k <= m - LEAST_ARTICLES) & (squares[of] > 1e-12)
    spread = np.where(allowed, k * (m - k) / (m * np.maximum(m - 1, 1)) * squares[of], 1.0)
    return np.where(allowed, np.round(away / np.sqrt(spread), 9), -1.0)


def _reduced(by: np.ufunc, values: np.ndarray, begin: np.ndarray) -> np.ndarray:
    return by.reduceat(values, begin) if len(begin) else np.empty(0)


def _test(frame: pd.DataFrame, units: pd.DataFrame, most: int) -> None:
    """Give the frame p and q, and its last verdicts."""
    cut = frame["verdict"] == "noise"
    frame["p"] = np.where(cut, _selected(frame, units), np.nan)
    clearest = frame[cut].sort_values(["z", "n", "key"], ascending=[False, False, True]).index[:most]
    off, days = units["off"].to_numpy(), units["day"].to_numpy()
    begin, end = frame["begin"].to_numpy(), frame["end"].to_numpy()
    surprising = pd.Series(data=False, index=frame.index)
    for row in clearest:
        span = slice(int(begin[row]), int(end[row]))
        frame.loc[row, "p"], surprising[row] = permuted(off[span], days[span])
    thin = frame.index.isin(clearest) & ~surprising
    frame.loc[thin, "p"] = np.nan
    frame.loc[thin, "verdict"] = "not_enough"
    tested = frame["p"].notna()
    frame["q"] = frame["p"]
    if tested.any():
        frame.loc[tested, "q"] = false_discovery_control(frame.loc[tested, "p"].to_numpy(float))
    is_shift = surprising & (frame["q"] <= LEVEL) & (frame["change"].abs() >= LEAST_CHANGE)
    frame["verdict"] = frame["verdict"].where(~is_shift, "shift")


def _selected(frame: pd.DataFrame, units: pd.DataFrame) -> np.ndarray:
    """Miller and Siegmund's p of each; 1 where the cut is so poor that their formula does not hold."""
    x, m = frame["z"].to_numpy(), frame["articles"].to_numpy()
    e = LEAST_ARTICLES / np.maximum(m, 2 * LEAST_ARTICLES)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = norm.pdf(x) * ((x - 1 / x) * 2 * np.log((1 - e) / e) + 4 / x)
    return np.where(x >= 1.5, np.clip(p, 0, 1), 1.0)


def permuted(off: np.ndarray, days: np.ndarray) -> tuple[float, bool]:
    """How often chance cuts as well, and whether the clearest order of the articles would be a surprise at all.

    Args:
        off: how far each article lies off, in order of the days.
        days: their days.
    """
    if len(off) > MOST:
        at = np.unique(np.arange(MOST) * len(off) // MOST)
        off, days = np.add.reduceat(off, at), days[at]
    m = len(off)
    cuts = np.flatnonzero(days[1:] != days[:-1]) + 1
    cuts = cuts[(cuts >= LEAST_ARTICLES) & (cuts <= m - LEAST_ARTICLES)]
    if not len(cuts):
        return 1.0, False
    weights = 1 / np.sqrt(cuts * (m - cuts))

    def best(orders: np.ndarray) -> np.ndarray:
        return (np.abs(off[orders].cumsum(axis=1)[:, cuts - 1]) * weights).max(axis=1)

    least = best(np.arange(m)[None])[0] * (1 - 1e-9)  # The same sum in another order may differ in its last bit.
    if m <= EXACT:
        every = best(_orders(m))
        return float((every >= least).mean()), bool((every >= every.max() * (1 - 1e-9)).mean() <= LEVEL)
    drawn, as_good, draws = np.random.default_rng(SEED), 0, 0
    while draws < DRAWS:
        reached = as_good + np.cumsum(best(drawn.permuted(_identity(m), axis=1)) >= least)
        if reached[-1] >= ENOUGH:
            return ENOUGH / (draws + int(np.searchsorted(reached, ENOUGH)) + 1), True
        as_good, draws = int(reached[-1]), draws + BATCH
    return (as_good + 1) / (draws + 1), True


@lru_cache(maxsize=EXACT)
def _orders(n: int) -> np.ndarray:
    """All orders of n things."""
    return np.array(list(itertools.permutations(range(n))), dtype="int8")


def _identity(n: int) -> np.ndarray:
    return np.broadcast_to(np.arange(n), (BATCH, n))


def newcombe(p: np.ndarray, m: np.ndarray, q: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The 95 % interval of q - p, shares of m and n witnesses, from Wilson's intervals of both."""
    (low_p, high_p), (low_q, high_q) = wilson(p, m), wilson(q, n)
    return q - p - np.hypot(q - low_q, high_p - p), q - p + np.hypot(high_q - q, p - low_p)


def wilson(p: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Wilson's 95 % interval of a share p of n (Journal of the American Statistical Association 22, 1927)."""
    n = np.maximum(n, 1)
    middle, spread = p + _Z**2 / (2 * n), _Z * np.sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
    return (middle - spread) / (1 + _Z**2 / n), (middle + spread) / (1 + _Z**2 / n)
