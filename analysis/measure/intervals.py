"""Intervals of a share, and of the difference of two shares, that hold for few cases and for shares near 0 and 1.

- Wilson's score interval: Wilson, E. B. (1927): Probable inference, the law of succession, and statistical inference.
  JASA 22. With p of n and z = 1.96: (p + z² / 2n ± z √(p (1 - p) / n + z² / 4n²)) / (1 + z² / n).
- Newcombe's hybrid score interval of a difference p1 - p2: Newcombe, R. G. (1998): Interval estimation for the
  difference between independent proportions. Statistics in Medicine 17, method 10. With Wilson's intervals (l1, u1) and
  (l2, u2): from p1 - p2 - √((p1 - l1)² + (u2 - p2)²) to p1 - p2 + √((u1 - p1)² + (p2 - l2)²).

Where cases come in clusters, n is the number of cases divided by the design effect (Korn, E. L. and Graubard, B. I.
(1998): Confidence intervals for proportions with small expected number of positive counts estimated from survey data.
Survey Methodology 24).
"""

from __future__ import annotations

import numpy as np
from scipy.stats import norm

Z = float(norm.ppf(0.975))
"""Of a 95 % interval."""
_STEPS, _FARTHEST = 60, 40.0


def wilson(share: np.ndarray, n: np.ndarray, z: float | np.ndarray = Z) -> tuple[np.ndarray, np.ndarray]:
    """The score interval of each share of n cases (at least one; may be broken); missing where there is none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = share + z**2 / (2 * n)
        half = z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
        low, high = (middle - half) / (1 + z**2 / n), (middle + half) / (1 + z**2 / n)
    none = np.asarray(n) <= 0
    return np.where(none, np.nan, np.maximum(low, 0)), np.where(none, np.nan, np.minimum(high, 1))


def newcombe(
    one: np.ndarray, n_one: np.ndarray, other: np.ndarray, n_other: np.ndarray, z: float | np.ndarray = Z
) -> tuple[np.ndarray, np.ndarray]:
    """The hybrid score interval of each difference `one` - `other` of two shares of n cases each."""
    (low_1, high_1), (low_2, high_2) = wilson(one, n_one, z), wilson(other, n_other, z)
    difference = one - other
    below = np.sqrt((one - low_1) ** 2 + (high_2 - other) ** 2)
    above = np.sqrt((high_1 - one) ** 2 + (other - low_2) ** 2)
    return difference - below, difference + above


def newcombe_p(one: np.ndarray, n_one: np.ndarray, other: np.ndarray, n_other: np.ndarray) -> np.ndarray:
    """How sure each difference is: p of the widest hybrid score interval that still leaves 0 out (two-sided).

    The interval and the test are one: p is below 0.05 exactly where the 95 % interval leaves 0 out. Found by halving.
    """
    swap = np.asarray(one) < other
    large, n_large = np.where(swap, other, one), np.where(swap, n_other, n_one)
    small, n_small = np.where(swap, one, other), np.where(swap, n_one, n_other)
    low, high = np.zeros(len(large)), np.full(len(large), _FARTHEST)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        outside = newcombe(large, n_large, small, n_small, middle)[0] > 0
        low, high = np.where(outside, middle, low), np.where(outside, high, middle)
    return np.asarray(np.where(np.isnan(large - small), np.nan, 2 * norm.sf(low)))
