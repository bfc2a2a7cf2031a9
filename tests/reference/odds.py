"""The tests and measures, from their definitions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist


def at_least(n: int, a: int, b: int, of: int) -> float:
    """The chance that b of N drawn without return, of which a are marked, hold at least n marked ones."""
    ways = sum(math.comb(a, k) * math.comb(of - a, b - k) for k in range(max(n, a + b - of, 0), min(a, b) + 1))
    return ways / math.comb(of, b)


def false_discoveries(values: Sequence[float], tests: int) -> list[float]:
    """Benjamini and Hochberg's adjusted values; tests that are not among them have 1."""
    order = sorted(range(len(values)), key=lambda i: values[i])
    adjusted, least = [1.0] * len(values), 1.0
    for rank in range(len(order), 0, -1):
        least = min(least, values[order[rank - 1]] * max(tests, len(values)) / rank)
        adjusted[order[rank - 1]] = least
    return adjusted


def npmi(n: int, a: int, b: int, of: int) -> float:
    """Normalised pointwise mutual information."""
    if n == of:
        return 0.0
    return -1.0 if n == 0 else math.log(n * of / (a * b)) / -math.log(n / of)


def log_odds(y: Sequence[int], of: Sequence[int], design: float, prior: float) -> tuple[float, float]:
    """The log-odds ratio of the second side by the first, with a prior of the pooled share, and its error."""
    share = (sum(y) + 0.5) / (sum(of) + 1)
    odds, spread = [], 0.0
    for mine, all_of_them in zip(y, of, strict=True):
        yes = mine / design + prior * share
        no = (all_of_them - mine) / design + prior * (1 - share)
        odds.append(math.log(yes / no))
        spread += 1 / yes + 1 / no
    return odds[1] - odds[0], math.sqrt(spread)


def two_sided(z: float) -> float:
    """The chance of a normal value at least as far from nought."""
    return math.erfc(abs(z) / math.sqrt(2))


QUANTILE = NormalDist().inv_cdf(0.975)
