"""Whether two sides differ in how large a share of their statements each group has: odds ratios that know articles.

The measure is the log-odds ratio with an informative Dirichlet prior of Monroe, Colaresi and Quinn ("Fightin' Words",
Political Analysis 16(4), 2008, section 3.5.1). A statement has any number of topics, so each topic is a question of
its own with two answers, and the prior has two parts: `PRIOR` statements in all, of which as large a share has the
topic as on both sides together (half a statement is added to either answer, so that neither part is nothing). With y
of n statements on one side, a = PRIOR * share and b = PRIOR - a, the log-odds of the side are
log((y + a) / (n - y + b)) and their variance 1 / (y + a) + 1 / (n - y + b). (The paper leaves out the second term, as
its categories are rare words; a topic may be half of all statements.)

Statements of one article are no independent witnesses: where one speaks of sanctions, so does the next. Counts are
therefore divided by a design effect before anything is computed of them (Rao and Scott, "A simple method for the
analysis of clustered binary data", Biometrics 48, 1992): how many times larger the variance of the share is between
articles than between as many independent statements, taken over both sides, and never less than 1.

Many groups are tested at once: `q` is p after Benjamini and Hochberg (1995), the share of false alarms among the groups
that are said to differ.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.stats import false_discovery_control, norm

PRIOR = 10.0
"""The weight of the prior, in statements on each side."""
LEAST = 10
"""Groups with fewer statements on both sides together are not tested."""
LEAST_ARTICLES = 5
"""Groups in fewer articles are not tested, nor anything where a side has fewer: how articles differ is not known."""
LEVEL = 0.05
"""A difference is called one where q is at most this."""


@dataclass(frozen=True, slots=True)
class Clustered:
    """One side's statements by group, and how far its articles differ in them.

    Attributes:
        n: the statements of each group.
        of: all statements of the side.
        articles: the articles that have each group.
        of_articles: the articles in which the side has a statement.
        spread: the variance of n between articles.
        expected: the same between as many independent statements.
    """

    n: np.ndarray
    of: int
    articles: np.ndarray
    of_articles: int
    spread: np.ndarray
    expected: np.ndarray

    @classmethod
    def of_table(cls, table: csr_array, sizes: np.ndarray) -> Clustered:
        """Count a side.

        Args:
            table: how many of the side's statements of each group (column) each article (row) has.
            sizes: how many statements of the side each article has.
        """
        width, columns = table.shape[1], table.indices
        rows = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr))
        values, whole = table.data.astype("float64"), sizes.astype("float64")
        n, own, cross = (
            np.bincount(columns, weights=weights, minlength=width)
            for weights in (values, values**2, values * whole[rows])
        )
        of, of_articles = float(whole.sum()), int(np.count_nonzero(sizes))
        share = n / max(of, 1)
        # The sum over articles of (its statements of the group - share * its statements)².
        residual = own - 2 * share * cross + share**2 * (whole**2).sum()
        spread = residual * of_articles / max(of_articles - 1, 1)
        held = np.bincount(columns, minlength=width)
        return cls(n, int(of), held, of_articles, spread, of * share * (1 - share))


def design(*sides: Clustered) -> np.ndarray:
    """The design effect of each group, over all the sides given."""
    spread, expected = sum(side.spread for side in sides), sum(side.expected for side in sides)
    found = np.divide(spread, expected, out=np.ones(len(sides[0].n)), where=np.asarray(expected) > 0)
    return np.maximum(found, 1)


def compared(one: Clustered, other: Clustered) -> pd.DataFrame:
    """How the share of each group on one side differs from that on the other; a row for each group, in their order.

    Returns:
        columns articles (those that have the group, of either side), design (the design effect), log_odds (of one by
        the other), error (its standard error), z, p; thin (bool: not tested). What is thin has no z and no p.
    """
    effect = design(one, other)
    articles = one.articles + other.articles
    thin = (one.n + other.n < LEAST) | (articles < LEAST_ARTICLES)
    thin |= min(one.of_articles, other.of_articles) < LEAST_ARTICLES
    log_odds, error = _log_odds(np.stack([other.n, one.n]), np.array([other.of, one.of], dtype="float64"), effect)
    frame = pd.DataFrame({"articles": articles, "design": effect, "log_odds": log_odds, "error": error, "thin": thin})
    frame["z"] = np.where(thin, np.nan, log_odds / error)
    frame["p"] = 2 * norm.sf(frame["z"].abs())
    return frame


def with_ratios(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of `compared` with the odds ratio in place of its logarithm: ratio, low, high (the 95 % interval), and q."""
    thin = frame["thin"].to_numpy()
    found = frame.drop(columns=["log_odds", "error", "thin"])
    for name, steps in (("ratio", 0.0), ("low", -1.0), ("high", 1.0)):
        values = np.exp(frame["log_odds"] + steps * norm.ppf(0.975) * frame["error"])
        found[name] = np.where(thin, np.nan, values)
    return found.assign(q=adjusted(frame["p"]))


def adjusted(p: pd.Series) -> pd.Series:
    """p values adjusted for the false discovery rate; what has none was not tested and stays without."""
    found, tested = p.copy(), p.notna()
    found[tested] = false_discovery_control(p[tested]) if tested.any() else p[tested]
    return found


def _log_odds(n: np.ndarray, of: np.ndarray, design: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The log-odds ratio of the second side by the first, and its standard error."""
    a = PRIOR * (n.sum(axis=0) + 0.5) / (of.sum() + 1)
    yes, no = n / design + a, (of[:, None] - n) / design + (PRIOR - a)
    odds = np.log(yes) - np.log(no)
    return odds[1] - odds[0], np.sqrt((1 / yes + 1 / no).sum(axis=0))
