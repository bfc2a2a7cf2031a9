"""From counts to figures: precision, recall, F1, accuracy, each with the interval that resampling articles gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

F1S = ("detection", "attribution", "identity", "countries", "topics", "position target", "position")
ACCURACIES = ("speaker accuracy", "form accuracy", "stance accuracy")
MACRO = "topics macro"
MEASURES = (*F1S, MACRO, *ACCURACIES)
TOPIC, STANCE = "topic:", "stance:"
"""What the measures of a single topic and of a single stance begin with."""
PARTS = ("task", "topic", "stance")
Figures = dict[str, dict[str, Any]]
"""Measure to `f1` (or accuracy) and `n`, the most of them with `p` and `r`; with resampling `low` and `high` too."""
COMMON = 10
"""A topic that is annotated less often says nothing by itself."""
FEW, FEW_ARTICLES = 30, 5
"""Below so many cases, or articles, a figure says too little to be shown as one."""
RESAMPLES = 2000
SEED = 20
"""Any number; always the same one, so that the same articles give the same interval."""
INTERVAL = (2.5, 97.5)
Counts = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scores:
    """Values of every measure, an array each with a place for each resample; `macro` is the mean over topics."""

    p: Counts
    r: Counts
    f1: Counts
    macro: Counts


def figures(counts: pd.DataFrame, *, resamples: int = 0, seed: int = SEED) -> Figures:
    """The figures of counts as `compare` makes them, with 95 % intervals from resampled articles.

    Args:
        counts: some rows of `Result.counts`.
        resamples: how many times the articles are drawn anew; 0 leaves the intervals out.
        seed: of the draws.
    """
    cells = _cells(counts)
    point = _scores(cells.sum(axis=0, keepdims=True))
    found = {name: _figure(name, cells, point) for name in MEASURES}
    if resamples and len(cells):
        drawn = _scores(_resample(cells, resamples, seed))
        for name, values in _values(drawn).items():
            low, high = _interval(values)
            found[name] |= {"low": low, "high": high}
        for figure in found.values():
            figure["articles"] = len(cells)
    return found


def parts(counts: pd.DataFrame, kind: str, *, resamples: int = 0, seed: int = SEED) -> Figures:
    """Precision and recall, each with an interval of its own, of each task, topic or stance that comes at all.

    Args:
        counts: some rows of `Result.counts`.
        kind: of `PARTS`; a task is one of `F1S`.
        resamples, seed: as `figures` takes them.

    Returns:
        by task or code: p, r, f1, n (annotated), shown (by the program); with resampling low and high, and p_low,
        p_high, r_low, r_high.
    """
    begins = "" if kind == "task" else f"{kind}:"
    known = counts[counts["measure"].isin(F1S) if kind == "task" else counts["measure"].str.startswith(begins)]
    names = sorted(known["measure"].unique())
    # Every article is drawn, those without the code as well: how many have it is chance, too.
    cells = _table(known, names, counts["article_id"])
    point = _scores(cells.sum(axis=0, keepdims=True))
    drawn = _scores(_resample(cells, resamples, seed)) if resamples and len(cells) else None
    found: Figures = {}
    for place, name in enumerate(names):
        tp, fp, fn = cells[:, place].sum(axis=0).astype(int).tolist()
        values = {key: round(float(getattr(point, key)[0, place]), 4) for key in ("p", "r", "f1")}
        found[name.removeprefix(begins)] = {**values, "n": tp + fn, "shown": tp + fp}
        if drawn is not None:
            low, high = _interval(drawn.f1[:, place])
            found[name.removeprefix(begins)] |= {"low": low, "high": high, **_sides(drawn, place)}
    return found


def _sides(drawn: Scores, place: int) -> dict[str, float]:
    """The intervals of precision and recall."""
    (p_low, p_high), (r_low, r_high) = _interval(drawn.p[:, place]), _interval(drawn.r[:, place])
    return {"p_low": p_low, "p_high": p_high, "r_low": r_low, "r_high": r_high}


def gap(one: pd.DataFrame, other: pd.DataFrame, *, resamples: int, seed: int = SEED) -> Figures:
    """How much higher the figures of one set of articles are than those of another, with 95 % intervals."""
    sides = [_cells(counts) for counts in (one, other)]
    points = [_values(_scores(cells.sum(axis=0, keepdims=True))) for cells in sides]
    drawn = [_values(_scores(_resample(cells, resamples, seed + i))) for i, cells in enumerate(sides)]
    found: Figures = {}
    for name in MEASURES:
        low, high = _interval(drawn[0][name] - drawn[1][name])
        n = min(_number(name, cells) for cells in sides)
        f1 = round(float(points[0][name][0] - points[1][name][0]), 4)
        found[name] = {"f1": f1, "n": n, "low": low, "high": high, "articles": min(map(len, sides))}
    return found


def too_few(name: str, figure: dict[str, Any]) -> bool:
    """Whether a figure rests on too few cases or articles to be told."""
    few = 1 if name == MACRO else FEW
    return bool(figure["n"] < few or figure.get("articles", FEW_ARTICLES) < FEW_ARTICLES)


def _cells(counts: pd.DataFrame) -> Counts:
    """Articles × (measures, then topics that are common here) × (tp, fp, fn)."""
    topics = counts[counts["measure"].str.startswith(TOPIC)]
    annotated = (topics["tp"] + topics["fn"]).groupby(topics["measure"]).sum()
    names = [*F1S, *ACCURACIES, *sorted(annotated.index[annotated >= COMMON])]
    known = counts[counts["measure"].isin(names)]
    return _table(known, names, known["article_id"])


def _table(known: pd.DataFrame, names: list[str], of: pd.Series) -> Counts:
    """Articles × measures × (tp, fp, fn)."""
    keys = pd.Index(of.unique())
    articles = keys.get_indexer(pd.Index(known["article_id"]))
    measures = known["measure"].map({name: i for i, name in enumerate(names)}).to_numpy(dtype=np.intp)
    cells = np.zeros((len(keys), len(names), 3))
    np.add.at(cells, (articles, measures), known[["tp", "fp", "fn"]].to_numpy(dtype=np.float64))
    return cells


def _resample(cells: Counts, resamples: int, seed: int) -> Counts:
    """The summed counts of each draw: as many articles as there are, with replacement."""
    n = len(cells)
    if not n:
        return np.zeros((resamples, *cells.shape[1:]))
    times = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=resamples)
    return cast(Counts, np.tensordot(times.astype(np.float64), cells, axes=1))


def _scores(sums: Counts) -> Scores:
    tp, fp, fn = sums[..., 0], sums[..., 1], sums[..., 2]
    p, r = _share(tp, tp + fp), _share(tp, tp + fn)
    f1 = _share(2 * p * r, p + r)
    topics = f1[:, len(F1S) + len(ACCURACIES) :]
    return Scores(p, r, f1, topics.mean(axis=1) if topics.shape[1] else np.zeros(len(f1)))


def _share(part: Counts, whole: Counts) -> Counts:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def _values(scores: Scores) -> dict[str, Counts]:
    """The one value that tells most of each measure: F1, accuracy or mean."""
    values = {name: scores.f1[:, i] for i, name in enumerate(F1S)}
    values |= {name: scores.p[:, len(F1S) + i] for i, name in enumerate(ACCURACIES)}
    return {name: scores.macro if name == MACRO else values[name] for name in MEASURES}


def _figure(name: str, cells: Counts, point: Scores) -> dict[str, Any]:
    value = {"f1": round(float(_values(point)[name][0]), 4), "n": _number(name, cells)}
    if name not in F1S:
        return value
    place = F1S.index(name)
    return {"p": round(float(point.p[0, place]), 4), "r": round(float(point.r[0, place]), 4), **value}


def _number(name: str, cells: Counts) -> int:
    """How many cases a figure rests on: those in the gold, those that an accuracy judges, the topics of the mean."""
    if name == MACRO:
        return int(cells.shape[1]) - len(F1S) - len(ACCURACIES)
    tp, fp, fn = cells[:, (*F1S, *ACCURACIES).index(name)].sum(axis=0).astype(int).tolist()
    return int(tp + fp if name in ACCURACIES else tp + fn)


def _interval(values: Counts) -> tuple[float, float]:
    low, high = np.percentile(values, INTERVAL)
    return round(float(low), 4), round(float(high), 4)
