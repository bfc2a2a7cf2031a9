"""What rises and what falls: the share of each topic (or speaker, country, source) in some days against other days.

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

Many topics are tested at once: `q` is p after Benjamini and Hochberg (1995), the share of false alarms among the topics
that are called rising or falling.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.stats import false_discovery_control, norm

from analysis.measure.columns import crossed
from analysis.measure.facts import NO_DAY, Facts, as_date, day_number
from analysis.measure.groups import Groups
from analysis.measure.periods import Axis, Unit, bounds
from analysis.text.calendar import Calendar

PRIOR = 10.0
"""The weight of the prior, in statements on each side."""
LEAST = 10
"""Groups with fewer statements on both sides together are not tested."""
LEAST_ARTICLES = 5
"""Groups in fewer articles are not tested, nor anything where a side has fewer: how articles differ is not known."""
LEVEL = 0.05
"""A change is called one where q is at most this."""
VERDICTS = ("rising", "falling", "unclear", "thin")
Days = tuple[dt.date, dt.date]
"""A first and a last day, both included."""


@dataclass(frozen=True, slots=True)
class Sides:
    """What is compared: the articles of some days, and those of others.

    Attributes:
        side: of each article of the edition: 1 = recent, 0 = before, -1 = neither.
        statements: how many statements in view each article has.
        recent: the days that are asked about.
        first: the first day of the other side that has a statement; None where there is none.
    """

    side: np.ndarray
    statements: np.ndarray
    recent: Days
    first: dt.date | None

    @classmethod
    def of(cls, facts: Facts, recent: Days) -> Sides:
        """The days asked about against all other dated days in view, earlier and later ones."""
        days = facts.whole.articles["day"].to_numpy()
        counts = np.bincount(facts.statements["article"].to_numpy(), minlength=len(days))
        used = (days != NO_DAY) & (counts > 0)
        inside = (days >= day_number(recent[0])) & (days <= day_number(recent[1]))
        side = np.where(used, inside.astype("int8"), np.int8(-1))
        others = days[side == 0]
        return cls(side, counts, recent, as_date(int(others.min())) if len(others) else None)

    @property
    def n(self) -> np.ndarray:
        """The statements of each side, `before` first."""
        return self._of_each(self.statements)

    @property
    def articles(self) -> np.ndarray:
        """The articles of each side."""
        return self._of_each(np.ones_like(self.statements))

    @property
    def squares(self) -> np.ndarray:
        """The squared numbers of statements of each side's articles, summed."""
        return self._of_each(self.statements**2)

    def _of_each(self, values: np.ndarray) -> np.ndarray:
        return np.array([values[self.side == side].sum() for side in (0, 1)], dtype="float64")


def last(facts: Facts, unit: Unit, calendar: Calendar, periods: int = 1) -> Days | None:
    """The days of the last periods that have a statement in view, the newest one included; None without any."""
    axis = Axis.of(facts.statements["day"].to_numpy(), unit, calendar).last(periods)
    return (bounds(axis.keys[0])[0], bounds(axis.keys[-1])[1]) if len(axis) else None


def changes(facts: Facts, groups: Groups, sides: Sides) -> pd.DataFrame:
    """How the share of each group differs between the recent days and the others.

    Args:
        facts: what is in view.
        groups: its groups (`Groups.of(facts, "topic")`).
        sides: what is compared (`Sides.of(facts, last(facts, "month", "jalali"))`).

    Returns:
        columns `groups.column`; n, of, share (the recent days); n_before, of_before, share_before; articles
        (those that have the group, on both sides); design (the design effect); ratio, low, high (the odds ratio,
        recent by before, with its 95 % interval); z, p, q; verdict (one of `VERDICTS`). What is thin has no ratio.
        Rising ones first; thin ones stand last.
    """
    table = _table(facts, groups, sides)
    n, articles, design = _sums(table, sides)
    keep = n.sum(axis=0) > 0
    n, articles, design = n[:, keep], articles[keep], design[keep]
    of = sides.n
    frame = pd.DataFrame({groups.column: groups.names[keep].astype("str"), "n": n[1], "of": of[1]})
    frame["share"] = n[1] / max(of[1], 1)
    frame["n_before"], frame["of_before"], frame["share_before"] = n[0], of[0], n[0] / max(of[0], 1)
    frame["articles"], frame["design"] = articles, design
    thin = (n.sum(axis=0) < LEAST) | (articles < LEAST_ARTICLES) | (sides.articles.min() < LEAST_ARTICLES)
    log_odds, error = _log_odds(n, of, design)
    for name, steps in (("ratio", 0.0), ("low", -1.0), ("high", 1.0)):
        frame[name] = np.where(thin, np.nan, np.exp(log_odds + steps * norm.ppf(0.975) * error))
    frame["z"] = np.where(thin, np.nan, log_odds / error)
    frame["p"] = 2 * norm.sf(frame["z"].abs())
    frame["q"] = frame["p"]
    frame.loc[~thin, "q"] = false_discovery_control(frame.loc[~thin, "p"])
    clear, rises = frame["q"] <= LEVEL, frame["z"] > 0
    frame["verdict"] = np.select([thin, clear & rises, clear], ["thin", "rising", "falling"], "unclear")
    counted = ["n", "of", "n_before", "of_before", "articles"]
    frame = frame.astype(dict.fromkeys(counted, "int64") | {groups.column: "str", "verdict": "str"})
    return frame.sort_values(["z", "n", groups.column], ascending=[False, False, True], ignore_index=True)


def _table(facts: Facts, groups: Groups, sides: Sides) -> csr_array:
    """How many statements of each group (column) each article of a side (row) has."""
    articles = facts.whole.statements["article"].to_numpy()[groups.statements]
    keep = sides.side[articles] >= 0
    return crossed(articles[keep], groups.codes[keep], (len(sides.side), len(groups.names)))


def _sums(table: csr_array, sides: Sides) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of each group: its statements on each side, the articles that have it, and its design effect."""
    rows = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr))
    held = table.data.astype("float64")
    n, spread, expected = [], 0.0, 0.0
    for side, of, articles, squares in zip((0, 1), sides.n, sides.articles, sides.squares, strict=True):
        mine = sides.side[rows] == side
        columns, values, sizes = table.indices[mine], held[mine], sides.statements[rows[mine]]
        count, own, cross = (
            np.bincount(columns, weights=weights, minlength=table.shape[1])
            for weights in (values, values**2, values * sizes)
        )
        share = count / max(of, 1)
        # The sum over articles of (its statements of the group - share * its statements)².
        residual = own - 2 * share * cross + share**2 * squares
        spread = spread + residual * articles / max(articles - 1, 1)
        expected = expected + of * share * (1 - share)
        n.append(count)
    design = np.divide(spread, expected, out=np.ones(table.shape[1]), where=np.asarray(expected) > 0)
    return np.stack(n), np.bincount(table.indices, minlength=table.shape[1]), np.maximum(design, 1)


def _log_odds(n: np.ndarray, of: np.ndarray, design: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The log-odds ratio of the second side by the first, and its standard error."""
    a = PRIOR * (n.sum(axis=0) + 0.5) / (of.sum() + 1)
    yes, no = n / design + a, (of[:, None] - n) / design + (PRIOR - a)
    odds = np.log(yes) - np.log(no)
    return odds[1] - odds[0], np.sqrt((1 / yes + 1 / no).sum(axis=0))
