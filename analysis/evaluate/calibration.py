"""Whether a confidence of 0.8 is right eight times in ten: statements and positions judged one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.evaluate.figures import INTERVAL, SEED
from analysis.evaluate.names import pairs
from analysis.evaluate.rows import Article, Index, Row, enough, shared
from analysis.schema import Tables

BINS = 10
SURE = 0.8
"""What the interface calls sure."""
JUDGED_COLUMNS = ("article_id", "statement_id", "confidence", "right")


_Verdict = tuple[str, str, float, bool]


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found, and whether people say the same: frames with the columns `JUDGED_COLUMNS`.

    Attributes:
        statements: right where the sentence has a speaker and each speaker of the statement is one of its speakers.
        positions: right where people wrote the same target and the same stance for the sentence, whoever holds it:
            whether the speaker is right is the statement's confidence. Organisations as targets are not annotated.
    """

    statements: pd.DataFrame
    positions: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Calibration:
    """How well confidences agree with what was right.

    Attributes:
        bins: columns low, high, n, confidence (mean), right (share); a row for each of the bins of equal width.
        n: how many were judged.
        right: the share of them that was right.
        error: the expected calibration error: how far the bins are off, weighted by how many each holds.
        low, high: its 95 % interval over resampled articles.
        sure: the share with a confidence of at least `SURE`, and how many of these were right.
    """

    bins: pd.DataFrame
    n: int
    right: float
    error: float
    low: float
    high: float
    sure: tuple[float, float]


def judge(tables: Tables, gold: Iterable[Article]) -> Judged:
    """Judge every statement and position of annotated articles by the sentence that it shares most with.

    A statement outside of all annotated sentences is left out.
    """
    index = Index(tables)
    statements: list[_Verdict] = []
    positions: list[_Verdict] = []
    for doc in gold:
        for statement in index.statements[doc.article_id]:
            row = _sentence(statement, doc)
            if row is not None:
                key = (doc.article_id, statement["statement_id"])
                statements.append((*key, statement["confidence"], _speaks(index, key, row)))
                positions += [(*key, sure, held in _held(row)) for held, sure in index.sure_of[key[1]]]
    columns = list(JUDGED_COLUMNS)
    return Judged(pd.DataFrame(statements, columns=columns), pd.DataFrame(positions, columns=columns))


def _sentence(statement: Mapping[str, Any], doc: Article) -> Row | None:
    best = max(doc.rows.values(), key=lambda row: shared(statement, row), default=None)
    return best if best is not None and shared(statement, best) >= enough(best) else None


def _speaks(index: Index, key: tuple[str, str], row: Row) -> bool:
    names = [index.names(key[0], who) for who in index.who[key[1]]]
    hits = pairs(row.speakers, names)
    relayed = pairs(row.nested, names) if len(names) > len(row.speakers) else 0
    return hits > 0 and hits + relayed >= len(names)


def _held(row: Row) -> set[tuple[str, str]]:
    return {(one.target, one.stance) for one in row.positions}


def calibrate(judged: pd.DataFrame, *, resamples: int = 0, seed: int = SEED) -> Calibration:
    """The reliability of one frame of `Judged`; intervals are 0 to 1 where nothing is resampled."""
    cells = _cells(judged)
    total = cells.sum(axis=0)
    n, confidence, right = total.T
    with np.errstate(invalid="ignore"):
        bins = pd.DataFrame(
            {
                "low": np.arange(BINS) / BINS,
                "high": (np.arange(BINS) + 1) / BINS,
                "n": n.astype(np.int64),
                "confidence": confidence / n,
                "right": right / n,
            }
        )
    low, high = 0.0, 1.0
    if resamples and len(cells):
        times = np.random.default_rng(seed).multinomial(len(cells), np.full(len(cells), 1 / len(cells)), size=resamples)
        low, high = np.percentile(_error(np.tensordot(times.astype(np.float64), cells, axes=1)), INTERVAL)
    chosen = judged[judged["confidence"] >= SURE]
    sure = (len(chosen) / max(len(judged), 1), float(chosen["right"].sum()) / max(len(chosen), 1))
    share = float(right.sum() / max(n.sum(), 1))
    return Calibration(bins, int(n.sum()), share, float(_error(total[None])[0]), float(low), float(high), sure)


def _cells(judged: pd.DataFrame) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Articles × bins × (how many, sum of their confidences, how many right)."""
    articles, keys = pd.factorize(judged["article_id"])
    sure = judged["confidence"].to_numpy(dtype=np.float64)
    places = np.minimum((sure * BINS).astype(np.intp), BINS - 1)
    cells = np.zeros((len(keys), BINS, 3))
    right = judged["right"].to_numpy(dtype=np.float64)
    np.add.at(cells, (articles, places), np.column_stack([np.ones(len(judged)), sure, right]))
    return cells


def _error(sums: np.ndarray[Any, np.dtype[np.float64]]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The expected calibration error of each draw of (bins × 3) sums."""
    n = np.maximum(sums[..., 0].sum(axis=1), 1)
    return np.asarray(np.abs(sums[..., 1] - sums[..., 2]).sum(axis=1) / n)
