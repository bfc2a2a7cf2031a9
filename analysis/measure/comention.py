"""What is named together, within one statement or within one article: countries, regions, organisations."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from analysis.measure import association
from analysis.measure.columns import crossed, joint
from analysis.measure.facts import Facts, chosen, codes
from analysis.schema import ENTITY_KINDS

Within = Literal["statement", "article"]
Kind = Literal["country", "region", "organisation", "country_organisation"]
KINDS: tuple[Kind, ...] = ("country", "region", "organisation", "country_organisation")
Entity = str
"""Kind and id of what is named: `country:IR`, `region:persian_gulf`, `organisation:IAEA`."""


def sides(kind: Kind) -> tuple[str, str]:
    """The kinds of the two that are named together."""
    return ("country", "organisation") if kind == "country_organisation" else (kind, kind)


@dataclass(frozen=True)
class Units:
    """Statements or articles in view, and what each of them names.

    Attributes:
        kind: what is looked for.
        table: a row for every unit of the edition, a column for every id in view: 1 where the one names the other.
        entities: what each column stands for; one kind after the other, each in the order of ids.
        first: how many columns are of the kind of a pair's first side.
    """

    kind: Kind
    table: csr_array
    entities: np.ndarray
    first: int

    @classmethod
    def of(cls, facts: Facts, within: Within, kind: Kind = "country") -> Units:
        """The units of facts (narrow them first)."""
        rows, kinds = facts.mentions, list(dict.fromkeys(sides(kind)))
        known = rows["entity"].cat.categories.to_numpy()
        place = np.full(len(ENTITY_KINDS), -1)
        place[[ENTITY_KINDS.index(name) for name in kinds]] = range(len(kinds))
        side = place[codes(rows["kind"])]
        keep = np.flatnonzero(side >= 0)
        column = side[keep] * len(known) + codes(rows["entity"])[keep]
        used = np.bincount(column, minlength=len(kinds) * len(known)) > 0
        size = len(facts.whole.statements if within == "statement" else facts.whole.articles)
        numbers = np.cumsum(used) - 1
        table = crossed(rows[within].to_numpy()[keep], numbers[column], (size, int(used.sum())))
        table.data[:] = 1
        entities = np.array([f"{name}:{value}" for name in kinds for value in known], dtype="object")[used]
        return cls(kind, table, entities, int(used[: len(known)].sum()))

    @cached_property
    def naming(self) -> int:
        """How many units name anything of the kind: the N of all shares and tests."""
        return int(np.count_nonzero(np.diff(self.table.indptr)))

    @cached_property
    def _single(self) -> np.ndarray:
        return np.bincount(self.table.indices, minlength=self.table.shape[1])

    @cached_property
    def _joint(self) -> np.ndarray:
        """Units by pair of columns: only those with the sides' kinds and the first column before the second."""
        found = joint(self.table)
        if self.kind == "country_organisation":
            found[: self.first, : self.first] = found[self.first :] = -1
        found[np.tril_indices_from(found)] = -1
        return found

    def counts(self) -> pd.DataFrame:
        """Units that name each, most first.

        Returns:
            columns entity, n, of (units that name any), share (n / of).
        """
        frame = pd.DataFrame({"entity": self.entities, "n": self._single}).astype({"entity": "str"})
        frame = frame[frame["n"] > 0]
        frame["of"] = self.naming
        frame["share"] = frame["n"] / max(self.naming, 1)
        return frame.sort_values(["n", "entity"], ascending=[False, True], ignore_index=True)

    def pairs(self, least: int = 1) -> pd.DataFrame:
        """Pairs that at least so many units name together, most first.

        q allows for all pairs of things that are each named by at least `least` units, also for those that are never
        named together: which ones that are does not depend on the pairs themselves, so it favours none.

        Returns:
            columns a, b (each pair once: a < b, or the country first where kinds are mixed), n, expected, share (n /
            of), jaccard, npmi, p, q (see `association`), n_a, n_b (units that name each of them), of (`naming`).
        """
        row, column = np.nonzero(self._joint >= max(least, 1))
        often = self._single >= least
        tests = int(np.count_nonzero((self._joint >= 0) & np.outer(often, often)))
        return self._measured(row, column, self._joint[row, column], tests).sort_values(
            ["n", "a", "b"], ascending=[False, True, True], ignore_index=True
        )

    def pair(self, a: Entity, b: Entity) -> pd.DataFrame:
        """One pair as in `pairs`, also where no unit names both. It is one test, so q is p.

        Returns:
            one row, or none where one of them is not named at all.
        """
        found = np.flatnonzero((self.entities == a) | (self.entities == b))
        row, column = found[:1], found[1:]
        if len(column) and self.kind == "country_organisation" and not row[0] < self.first <= column[0]:
            row, column = row[:0], column[:0]  # Two of one side are no pair.
        both = self.table[:, found].sum(axis=1) == 2
        return self._measured(row[: len(column)], column, np.full(len(column), np.count_nonzero(both)), 1)

    def _measured(self, row: np.ndarray, column: np.ndarray, n: np.ndarray, tests: int) -> pd.DataFrame:
        n_a, n_b, of = self._single[row], self._single[column], self.naming
        p = association.chance(n, n_a, n_b, of)
        columns = {
            "a": self.entities[row],
            "b": self.entities[column],
            "n": n,
            "expected": association.expected(n_a, n_b, of),
            "share": n / max(of, 1),
            "jaccard": association.jaccard(n, n_a, n_b),
            "npmi": association.npmi(n, n_a, n_b, of),
            "p": p,
            "q": association.adjusted(p, tests),
            "n_a": n_a,
            "n_b": n_b,
            "of": np.full(len(n), of, dtype="int64"),
        }
        return pd.DataFrame(columns).astype({"a": "str", "b": "str"})


def together(facts: Facts, entities: tuple[Entity, ...], within: Within) -> np.ndarray:
    """The statements or articles (positions) that name all of these."""
    size = len(facts.whole.statements if within == "statement" else facts.whole.articles)
    all_of_them = np.ones(size, dtype=bool)
    for entity in entities:
        units = facts.mentions[within].to_numpy()[_naming(facts, entity)]
        all_of_them &= _mask(units, size)
    return np.flatnonzero(all_of_them) if entities else np.empty(0, dtype="int64")


def evidence(facts: Facts, entities: tuple[Entity, ...], within: Within) -> np.ndarray:
    """The statements (positions) behind one of these or a pair.

    Within a statement: statements that name all of them. Within an article: statements that name at least one of
    them, of articles that name all.
    """
    units = together(facts, entities, within)
    if within == "statement":
        return units
    either = either_of(facts, entities)
    return either[np.isin(facts.whole.statements["article"].to_numpy()[either], units)]


def either_of(facts: Facts, entities: tuple[Entity, ...]) -> np.ndarray:
    """The statements (positions) that name at least one of these."""
    found = [facts.mentions["statement"].to_numpy()[_naming(facts, entity)] for entity in entities]
    return np.flatnonzero(_mask(np.concatenate(found or [np.empty(0, dtype="int32")]), len(facts.whole.statements)))


def _naming(facts: Facts, entity: Entity) -> np.ndarray:
    """The places of the mentions of one."""
    kind, _, value = entity.partition(":")
    rows = facts.mentions
    if kind not in ENTITY_KINDS:
        return np.empty(0, dtype="int64")
    return np.flatnonzero((codes(rows["kind"]) == ENTITY_KINDS.index(kind)) & chosen(rows["entity"], (value,)))


def _mask(units: np.ndarray, size: int) -> np.ndarray:
    # `np.unique` would take fifty times as long.
    found = np.zeros(size, dtype=bool)
    found[units[units >= 0]] = True
    return found
