"""Statements by one thing or by two: topic, speaker, the speaker's country, mentioned country, source; and over time.

A statement counts once for each topic that it has, for each of its speakers, their countries and the countries that it
names; so counts of different groups may add up to more than there are statements, and their shares to more than 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.measure.columns import crossed
from analysis.measure.facts import Facts, codes
from analysis.measure.periods import Axis, within

By = Literal["topic", "speaker", "of", "country", "source"]
"""What statements are grouped by; `of` is the state that a speaker speaks for, `country` one that they name."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Which statements belong to which group; each pair stands once.

    Attributes:
        by: what the groups are.
        statements: the statement (position) of each pair.
        codes: its group, a place in `names`.
        names: the ids of the groups, those without any statement included.
    """

    by: By
    statements: np.ndarray
    codes: np.ndarray
    names: np.ndarray

    @classmethod
    def of(cls, facts: Facts, by: By) -> Groups:
        """The groups of the statements in view; anonymous and relayed speakers are nobody's group."""
        if by == "source":
            sources = facts.whole.articles["source"]
            found = codes(sources)[facts.statements["article"].to_numpy()]
            return cls(by, facts.statements.index.to_numpy(), found, sources.cat.categories.to_numpy())
        if by == "topic":
            return cls._made(by, facts.topics, "topic", unique=True)
        if by == "speaker":
            return cls._made(by, facts.said, "speaker", unique=True)
        if by == "of":
            return cls._made(by, facts.said, "country", unique=False)
        rows = facts.entities("country")
        return cls._made(by, rows[rows["statement"].to_numpy() >= 0], "entity", unique=False)

    @classmethod
    def _made(cls, by: By, rows: pd.DataFrame, column: str, *, unique: bool) -> Groups:
        names = rows[column].cat.categories.to_numpy()
        statements, found = rows["statement"].to_numpy(), codes(rows[column])
        known = (found >= 0) & (names != "")[found] if len(names) else np.zeros(len(rows), dtype=bool)
        if not known.all():
            statements, found = statements[known], found[known]
        if not unique:
            # Much faster than looking for pairs that occur again.
            table = crossed(statements, found, (int(statements.max(initial=-1)) + 1, len(names)))
            statements, found = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr)), table.indices
        return cls(by, statements, found, names)

    @property
    def column(self) -> str:
        """What the column with the groups' ids is called in frames."""
        return "country" if self.by == "of" else self.by

    @property
    def counts(self) -> np.ndarray:
        """How many statements each group has, in the order of `names`."""
        return np.bincount(self.codes, minlength=len(self.names))

    def top(self, most: int) -> list[str]:
        """The ids of the largest groups, the largest first; equally large ones in the order of their ids."""
        counts = self.counts
        order = np.lexsort([self.names.astype("str"), -counts])[:most]
        return [str(self.names[place]) for place in order if counts[place]]

    def only(self, chosen: list[str]) -> Groups:
        """Only the chosen groups, in their order; ids that are not known have no statements."""
        places = np.full(len(self.names) + 1, -1)
        found = pd.Index(self.names).get_indexer(pd.Index(chosen, dtype="str"))
        places[found[found >= 0]] = np.flatnonzero(found >= 0)
        new = places[self.codes]
        keep = new >= 0
        return Groups(self.by, self.statements[keep], new[keep], np.array(chosen, dtype=object))


def over_time(facts: Facts, axis: Axis, groups: Groups) -> pd.DataFrame:
    """Statements of each group in each period, periods without any included.

    Returns:
        columns `groups.column`, period, n, of (dated statements of the period), share (n / of; missing where
        there are none); sorted by group as in `names`, then by period.
    """
    of = axis.count(facts.statements["day"].to_numpy())[0]
    counts = axis.count(facts.days_of(groups.statements), groups.codes, len(groups.names))
    return _long(axis, {groups.column: groups.names}, counts, np.broadcast_to(of, counts.shape))


def over_time_within(facts: Facts, axis: Axis, groups: Groups, other: Groups) -> pd.DataFrame:
    """Statements of each group among those of each of another kind's groups, in each period.

    Returns:
        columns `other.column`, `groups.column`, period, n, of (statements of the other kind's group in the
        period), share; sorted as `other.names`, `groups.names`, period.
    """
    days = facts.days_of(other.statements)
    of = axis.count(days, other.codes, len(other.names))
    cells = []
    for place in range(len(groups.names)):
        having = np.zeros(len(facts.whole.statements), dtype=bool)
        having[groups.statements[groups.codes == place]] = True
        keep = having[other.statements]
        cells.append(axis.count(days[keep], other.codes[keep], len(other.names)))
    counts = np.stack(cells, axis=1) if cells else np.zeros((len(other.names), 0, len(axis)), dtype="int64")
    of = np.broadcast_to(of[:, None, :], counts.shape)
    return _long(axis, {other.column: other.names, groups.column: groups.names}, counts, of)


def across(facts: Facts, rows: Groups, columns: Groups) -> pd.DataFrame:
    """Statements that are in both a row's and a column's group.

    Returns:
        columns `rows.column`, `columns.column`, n, of (statements of the row's group), share (n / of); every
        pair stands once, sorted as `rows.names`, `columns.names`.
    """
    size = len(facts.whole.statements)
    held = np.zeros(size, dtype=bool)
    held[rows.statements] = True
    keep = held[columns.statements]
    one = crossed(rows.statements, rows.codes, (size, len(rows.names)))
    other = crossed(columns.statements[keep], columns.codes[keep], (size, len(columns.names)))
    table = one.T @ other
    grid = pd.MultiIndex.from_product([rows.names, columns.names], names=[rows.column, columns.column])
    frame = pd.DataFrame({"n": table.toarray().ravel().astype("int64")}, index=grid).reset_index()
    frame["of"] = np.repeat(rows.counts, len(columns.names)).astype("int64")
    frame["share"] = frame["n"] / frame["of"].where(frame["of"] > 0)
    return frame.astype({rows.column: "str", columns.column: "str"})


def evidence(facts: Facts, chosen: dict[By, str], period: str = "") -> np.ndarray:
    """The statements (positions) that are in all the chosen groups and, where one is given, in a period."""
    keep = np.zeros(len(facts.whole.statements), dtype=bool)
    keep[facts.statements.index.to_numpy()] = True
    for by, name in chosen.items():
        having = np.zeros_like(keep)
        having[Groups.of(facts, by).only([name]).statements] = True
        keep &= having
    found = np.flatnonzero(keep)
    return found[within(facts.days_of(found), period)] if period else found


def _long(axis: Axis, names: dict[str, np.ndarray], counts: np.ndarray, of: np.ndarray) -> pd.DataFrame:
    grid = pd.MultiIndex.from_product([*names.values(), axis.keys], names=[*names, "period"])
    frame = pd.DataFrame({"n": counts.ravel(), "of": of.ravel()}, index=grid).astype("int64").reset_index()
    frame["share"] = frame["n"] / frame["of"].where(frame["of"] > 0)
    return frame.astype(dict.fromkeys([*names, "period"], "str"))
