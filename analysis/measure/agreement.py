"""Who agrees with whom: congruence, conflict and subtract networks, as discourse-network analysts draw them.

The formulas are those of Discourse Network Analyzer (DNA): `Exporter.computeOneModeMatrix` and `filterStatements` of
its Java source (github.com/leifeld/dna, dna/src/main/java/export/Exporter.java) and the chapter "Methods for Network
Construction" of its manual (P. Leifeld, J. Gruber, F. R. Bossner: Discourse Network Analyzer Manual). The first
variable is who holds a position, the second (the concept) what it is about, the qualifier whether it is for or against;
x(i, j, k) is how often i says k of j.

    congruence(i, i') = sum over j and k of x(i, j, k) * x(i', j, k)
    conflict(i, i')   = sum over j of x(i, j, for) * x(i', j, against) + x(i, j, against) * x(i', j, for)
    subtract          = congruence - conflict, each divided by the norm first

Norms, with n(i) = the sum of x(i, j, k) over all j and k: "no" is 1, "average" (n(i) + n(i')) / 2, "cosine"
n(i) * n(i') (which is what DNA divides by), and "jaccard" what only i says + what only i' says + the congruence.

A mixed position is one for and one against, as `export.dna` writes it. What is said again counts by `Counting`: DNA's
setting for duplicates, or "mostly", which DNA does not know: one for where the score of `measure.positions` is at least
0.4, one against where it is below 0.6. A machine misreads some sentences, and who speaks often enough of something
would soon be both for and against it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd

from analysis.measure import positions
from analysis.measure.columns import crossed

Nodes = Literal["speaker", "state"]
NODES: tuple[Nodes, ...] = ("speaker", "state")
Measure = Literal["subtract", "congruence", "conflict"]
MEASURES: tuple[Measure, ...] = ("subtract", "congruence", "conflict")
Norm = Literal["average", "no", "jaccard", "cosine"]
NORMS: tuple[Norm, ...] = ("average", "no", "jaccard", "cosine")
Counting = Literal["mostly", "once", "article", "all"]
COUNTINGS: tuple[Counting, ...] = ("mostly", "once", "article", "all")
"""What is mostly said, and DNA's "ignore across date range", "ignore per document" and "include all duplicates"."""
_LOW, _HIGH = positions.BOUNDS[positions.MIXTURE]
"""Above which score one is for something, and below which against it; between them both."""
About = Literal["all", "topic", "actor"]
ABOUTS: tuple[About, ...] = ("all", "topic", "actor")
STATE = "country:"
"""Begins the id of a node that is a state."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a network is asked for.

    Args:
        nodes: who stands in it: speakers (persons and bodies), or the states that they speak for.
        about: what agreement is on: all concepts, topics only, or states and organisations only.
        counting: what counts where somebody says several things of one concept: what is mostly said; each side once,
            once in each article, each time.
        norm: what the weights are divided by.
        least: pairs have taken a side on at least so many concepts that are the same.
        active: nodes hold at least so many positions.
        most: at most so many nodes, those that hold most positions.
    """

    nodes: Nodes = "speaker"
    about: About = "all"
    counting: Counting = "mostly"
    norm: Norm = "average"
    least: int = 2
    active: int = 3
    most: int = 60

    def with_most(self, most: int) -> Asked:
        """The same with another number of nodes."""
        return replace(self, most=most)


@dataclass(frozen=True)
class Weights:
    """A network as square tables over its nodes.

    Attributes:
        shared: on how many concepts both take a side.
        congruence, conflict: the weights, normalised.
        linked: whether that is enough for a pair; only above the diagonal.
    """

    shared: np.ndarray
    congruence: np.ndarray
    conflict: np.ndarray
    linked: np.ndarray

    @cached_property
    def subtract(self) -> np.ndarray:
        """Congruence in excess of conflict."""
        return self.congruence - self.conflict


@dataclass(frozen=True)
class Held:
    """The positions that the nodes of a network hold.

    Attributes:
        asked: what it was asked for.
        nodes: columns node (a speaker's id, or `country:XX`), n (positions that it holds), concepts (on which it takes
            a side); most positions first.
        n_nodes: how many hold enough positions, also beyond `Asked.most`.
        n_all: how many hold any.
        rows: node (a row of `nodes`), target (a place in `targets`), in_favour, opposed (bool; a mixed position is
            both), statement, article (positions in the whole edition).
        targets: the names of the concepts.
    """

    asked: Asked
    nodes: pd.DataFrame
    n_nodes: int
    n_all: int
    rows: pd.DataFrame
    targets: np.ndarray

    @cached_property
    def counts(self) -> np.ndarray:
        """The array x of DNA: for each node what it says for each concept, and against it (2, nodes, concepts)."""
        return self.counted(np.ones(len(self.rows), dtype=bool))

    def counted(self, keep: np.ndarray) -> np.ndarray:
        """The same of some of the rows."""
        rows, size, of = self.rows[keep], len(self.nodes), len(self.targets)
        parts = [rows[rows[name]] for name in ("in_favour", "opposed")]
        side = np.repeat([0, 1], [len(part) for part in parts])
        both = pd.concat(parts)
        place = side * size + both["node"].to_numpy()
        target = both["target"].to_numpy()
        if self.asked.counting == "article" and len(both):
            key = (place.astype("int64") * of + target) * (int(both["article"].max()) + 1) + both["article"].to_numpy()
            _, first = np.unique(key, return_index=True)
            place, target = place[first], target[first]
        table = crossed(place, target, (2 * size, of)).toarray().astype("float64")
        found = table.reshape(2, size, of)
        if self.asked.counting == "mostly":
            return self._mostly(found, rows)
        return np.minimum(found, 1) if self.asked.counting == "once" else found

    def _mostly(self, every: np.ndarray, rows: pd.DataFrame) -> np.ndarray:
        """The side that each node mostly takes, of how often it takes either."""
        torn = rows[rows["in_favour"] & rows["opposed"]]
        mixed = crossed(torn["node"].to_numpy(), torn["target"].to_numpy(), every.shape[1:]).toarray()
        n = every.sum(axis=0) - mixed
        score = (every[0] - mixed / 2) / np.where(n == 0, 1, n)
        return np.stack([(score > _LOW) & (n > 0), (score < _HIGH) & (n > 0)]).astype("float64")

    def weights(self, counts: np.ndarray | None = None) -> Weights:
        """The network as square tables.

        Args:
            counts: of `counted`; of all rows where None.
        """
        pro, con = counts = self.counts if counts is None else counts
        congruence, conflict = pro @ pro.T + con @ con.T, pro @ con.T + con @ pro.T
        norm = _norms(counts, congruence, self.asked.norm)
        said = (counts > 0).any(axis=0).astype("float64")
        shared = said @ said.T
        linked = np.triu(shared >= max(self.asked.least, 1), 1)
        return Weights(shared, congruence / norm, conflict / norm, linked)

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """The network: every two nodes that take a side on enough of the same concepts.

        Returns:
            columns a, b (nodes; a stands before b in `nodes`), shared (concepts on which both take a side), agree,
            differ (those on which they say the same, and the opposite; one may be both), congruence, conflict, subtract
            (the weights, normalised).
        """
        found = self.weights()
        pro, con = (self.counts > 0).astype("float64")
        torn = pro * con
        # Where both are torn they say the same twice, and the opposite twice.
        twice = torn @ torn.T
        agree, differ = pro @ pro.T + con @ con.T - twice, pro @ con.T + con @ pro.T - twice
        at = np.nonzero(found.linked)
        names = self.nodes["node"].to_numpy()
        frame = pd.DataFrame({"a": names[at[0]], "b": names[at[1]]}).astype("str")
        for name, table in (("shared", found.shared), ("agree", agree), ("differ", differ)):
            frame[name] = table[at].astype("int64")
        for name in ("congruence", "conflict", "subtract"):
            frame[name] = getattr(found, name)[at]
        return frame

    @cached_property
    def concepts(self) -> pd.DataFrame:
        """What unites and what divides: how many nodes, and pairs of them, stand on either side of each concept.

        Returns:
            columns target, n (positions), for, mixed, against (nodes that say only so, both, only so), agree, differ
            (pairs that say the same, and the opposite; one may be both), differ_share = differ / (agree + differ); the
            largest n first. Concepts on which no two take a side are left out.
        """
        pro, con = self.counts > 0
        n_pro, n_con, torn = (side.sum(axis=0).astype("int64") for side in (pro, con, pro & con))
        agree = _two(n_pro) + _two(n_con) - _two(torn)
        differ = n_pro * n_con - torn - _two(torn)
        n = np.bincount(self.rows["target"].to_numpy(), minlength=len(self.targets))
        sides = {"for": n_pro - torn, "mixed": torn, "against": n_con - torn, "agree": agree, "differ": differ}
        frame = pd.DataFrame({"target": self.targets, "n": n} | sides).astype({"target": "str", "n": "int64"})
        frame = frame[agree + differ > 0]
        frame["differ_share"] = frame["differ"] / (frame["agree"] + frame["differ"])
        return frame.sort_values(["n", "target"], ascending=[False, True], ignore_index=True)

    def of(self, node: str, target: str = "") -> pd.DataFrame:
        """The rows of one node, or those on one concept."""
        keep = self.rows["node"].to_numpy() == int(np.flatnonzero(self.nodes["node"] == node)[0])
        if target:
            keep &= self.rows["target"].to_numpy() == int(np.flatnonzero(self.targets == target)[0])
        return self.rows[keep]

    def between(self, a: str, b: str) -> pd.DataFrame:
        """What two nodes both take a side on.

        Returns:
            columns target, for_one, against_one, for_other, against_other (positions; a mixed one counts as both),
            agree, differ (1 or 0, as in `pairs`); what they differ on first, then those with most positions.
        """
        sums = []
        for node, end in ((a, "one"), (b, "other")):
            rows = self.of(node)
            named = {"in_favour": f"for_{end}", "opposed": f"against_{end}"}
            sums.append(rows.groupby("target")[["in_favour", "opposed"]].sum().rename(columns=named))
        frame = sums[0].join(sums[1], how="inner").reset_index().astype("int64")
        names = self.nodes["node"].tolist()
        said = self.counts[:, [names.index(a), names.index(b)]][:, :, frame["target"].to_numpy()] > 0
        frame["agree"] = (said[:, 0] & said[:, 1]).any(axis=0).astype("int64")
        frame["differ"] = (said[:, 0] & said[::-1, 1]).any(axis=0).astype("int64")
        frame["total"] = frame[["for_one", "against_one", "for_other", "against_other"]].sum(axis=1)
        frame["target"] = pd.Series(self.targets[frame["target"].to_numpy()], index=frame.index, dtype="str")
        found = frame.sort_values(["differ", "total", "target"], ascending=[False, False, True], ignore_index=True)
        return found.drop(columns="total")


def _norms(counts: np.ndarray, congruence: np.ndarray, norm: Norm) -> np.ndarray:
    """What the weights are divided by; 1 where both say nothing, whose weights are nothing as well."""
    activity = counts.sum(axis=(0, 2))
    if norm == "no":
        return np.ones_like(congruence)
    if norm == "average":
        found = (activity[:, None] + activity[None, :]) / 2
    elif norm == "cosine":
        found = activity[:, None] * activity[None, :]
    else:
        said = (counts > 0).astype("float64")
        common = sum(side @ there.T for side, there in zip(counts, said, strict=True))
        found = activity[:, None] - common + activity[None, :] - common.T + congruence
    return np.where(found == 0, 1, found)


def _two(n: np.ndarray) -> np.ndarray:
    """How many pairs there are of n."""
    return n * (n - 1) // 2
