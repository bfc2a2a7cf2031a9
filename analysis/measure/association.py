"""How strongly two things go together, and whether by more than chance: pure arithmetic on counts.

Of N units, `a` name the one, `b` the other and `n` both.

- Expected n: a · b / N, were both independent of each other.
- Jaccard: n / (a + b - n).
- Normalised pointwise mutual information: ln(p(ab) / (p(a) p(b))) / -ln p(ab). 1: only together; 0: as chance has it;
  -1: never together. Bouma, G. (2009): Normalized (pointwise) mutual information in collocation extraction. GSCL.
- Significance: the probability that chance alone puts at least n units together, given a, b and N: the upper tail of
  the hypergeometric distribution, which is Fisher's exact test to one side. Where many pairs are tested at once,
  q is the p value adjusted for it: those with q ≤ 0.05 hold at most 5 % of false ones, as expected over such families.
  Benjamini, Y. & Hochberg, Y. (1995): Controlling the false discovery rate. J. R. Stat. Soc. B 57(1), 289-300.
"""

from __future__ import annotations

import numpy as np
from scipy import stats

SIGNIFICANT = 0.05
"""The q value up to which going together is called significant."""


def expected(a: np.ndarray, b: np.ndarray, of: int) -> np.ndarray:
    """How many units would name both by chance."""
    return np.asarray(a, dtype="float64") * b / max(of, 1)


def jaccard(n: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The share of the units with both among those with either; 0 where there is neither."""
    either = np.asarray(a) + b - n
    return np.asarray(n / np.maximum(either, 1), dtype="float64")


def npmi(n: np.ndarray, a: np.ndarray, b: np.ndarray, of: int) -> np.ndarray:
    """Normalised pointwise mutual information.

    -1 where both occur, never together; 0 where every unit has both, which says nothing of one from the other; nan
    where one of them does not occur.
    """
    together, left, right = (np.asarray(values, dtype="float64") for values in (n, a, b))
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.log(together * of / (left * right)) / -np.log(together / of)
    found = np.where(together == of, 0.0, np.where(together == 0, -1.0, found))
    return np.where((left == 0) | (right == 0), np.nan, found)


def chance(n: np.ndarray, a: np.ndarray, b: np.ndarray, of: int) -> np.ndarray:
    """The probability that chance alone brings at least n units together."""
    return np.asarray(stats.hypergeom.sf(np.asarray(n) - 1, of, a, b), dtype="float64")


def adjusted(p: np.ndarray, tests: int) -> np.ndarray:
    """The p values adjusted for the false discovery rate.

    Args:
        p: the p values that are looked at.
        tests: how many tests there are in all; those that are not among `p` count as 1.
    """
    if not len(p):
        return np.empty(0)
    every = np.concatenate([p, np.ones(max(tests - len(p), 0))])
    return np.asarray(stats.false_discovery_control(every)[: len(p)], dtype="float64")
