"""What rises and what falls: the share of each topic (or speaker, country, source) in some days against other days.

The test and its sources are those of `odds`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.measure.columns import crossed
from analysis.measure.facts import NO_DAY, Facts, as_date, day_number
from analysis.measure.groups import Groups
from analysis.measure.odds import LEAST, LEAST_ARTICLES, LEVEL, PRIOR, Clustered, compared, with_ratios
from analysis.measure.periods import Axis, Unit, bounds
from analysis.text.calendar import Calendar

__all__ = ["LEAST", "LEAST_ARTICLES", "LEVEL", "PRIOR", "VERDICTS", "Days", "Sides", "changes", "last"]
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
    before, recent = (_clustered(facts, groups, sides, side) for side in (0, 1))
    keep = before.n + recent.n > 0
    tested = compared(recent, before)[keep].reset_index(drop=True)
    frame = pd.DataFrame({groups.column: groups.names[keep].astype("str")})
    for suffix, side in (("", recent), ("_before", before)):
        n = side.n[keep]
        frame[f"n{suffix}"], frame[f"of{suffix}"], frame[f"share{suffix}"] = n, side.of, n / max(side.of, 1)
    frame = frame.join(with_ratios(tested))
    clear, rises = frame["q"] <= LEVEL, frame["z"] > 0
    frame["verdict"] = np.select([tested["thin"], clear & rises, clear], ["thin", "rising", "falling"], "unclear")
    counted = ["n", "of", "n_before", "of_before", "articles"]
    frame = frame.astype(dict.fromkeys(counted, "int64") | {groups.column: "str", "verdict": "str"})
    return frame.sort_values(["z", "n", groups.column], ascending=[False, False, True], ignore_index=True)


def _clustered(facts: Facts, groups: Groups, sides: Sides, side: int) -> Clustered:
    articles = facts.whole.statements["article"].to_numpy()[groups.statements]
    keep = sides.side[articles] == side
    table = crossed(articles[keep], groups.codes[keep], (len(sides.side), len(groups.names)))
    return Clustered.of_table(table, np.where(sides.side == side, sides.statements, 0))
