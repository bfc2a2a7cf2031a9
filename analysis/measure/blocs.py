"""Blocs: who agrees more with each other than with the rest, and how far apart the blocs stand, over time.

A bloc is a community of the network of agreement in excess of conflict: of the positive weights of `subtract` (DNA's
manual, "The Subtract Method", suggests to discard the negative ones), found by the Louvain method with a fixed seed
(Blondel et al. 2008, J. Stat. Mech. P10008). How polarised the network is, is said by three numbers:

    modularity     Newman's, of the blocs and the same weights: the sum over blocs of L/m - (d / 2m)^2, m all weight,
                   L that inside of the bloc, d the weighted degrees of its members (M. E. J. Newman 2004, Analysis of
                   weighted networks, Phys. Rev. E 70, 056131). rDNA takes it as a measure of polarisation.
    within_share   the share of all congruence that lies inside of blocs. The E-I index of Krackhardt and Stern (1988,
                   Informal networks and organizational crises, Social Psychology Quarterly 51(2)) is
                   ei = 1 - 2 * within_share.
    between_share  the share of all conflict that does not lie inside of blocs.

Blocs are looked for so that modularity is large, so that even chance brings some, and more of it where few nodes are.
Compare periods that hold about as many nodes, and see n.
"""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import numpy as np
import pandas as pd

from analysis.measure import networks
from analysis.measure.agreement import Held, Weights
from analysis.measure.facts import Facts
from analysis.measure.periods import Axis

ENOUGH_NODES, ENOUGH_PAIRS = 5, 10
"""With fewer nodes that agree with somebody, or fewer pairs, it is not judged how polarised a network is."""

COLUMNS = ("nodes", "pairs", "blocs", "modularity", "within_share", "between_share", "ei")
"""How polarised a network is: the nodes that agree with somebody, pairs, blocs, and the measures."""


@dataclass(frozen=True, slots=True)
class Blocs:
    """The blocs of a network, and how far apart they stand.

    Attributes:
        of: the number of each node's bloc, from 1 (the one whose members hold most positions); 0 = in none.
        count: how many blocs there are.
        nodes: how many nodes agree with somebody more often than not.
        pairs: how many pairs the network has.
        modularity, within_share, between_share, ei: see the module; NaN where there is nothing to divide by.
    """

    of: dict[str, int]
    count: int
    nodes: int
    pairs: int
    modularity: float
    within_share: float
    between_share: float

    @property
    def ei(self) -> float:
        """The E-I index of congruence: -1 = all of it inside of blocs, 1 = all of it between them."""
        return 1 - 2 * self.within_share

    @property
    def is_enough(self) -> bool:
        """Whether so much is there that the numbers may be quoted."""
        return self.nodes >= ENOUGH_NODES and self.pairs >= ENOUGH_PAIRS

    def quoted(self) -> dict[str, float]:
        """What may be quoted of it (`COLUMNS`); the last four are NaN where too little is there."""
        measures = (self.modularity, self.within_share, self.between_share, self.ei)
        enough = measures if self.is_enough else (np.nan,) * 4
        return dict(zip(COLUMNS, (self.nodes, self.pairs, self.count, *enough), strict=True))


def blocs(held: Held, counts: np.ndarray | None = None) -> Blocs:
    """The blocs of a network.

    Args:
        held: who holds which positions.
        counts: of `Held.counted`; of all its rows where None.
    """
    found = held.weights(counts)
    graph = allies(found)
    n = held.nodes["n"].to_numpy()
    communities = networks.communities(graph, dict(enumerate(n.tolist())))
    number = np.zeros(len(n), dtype="int64")
    community = np.full(len(n), -1)
    for place, members in enumerate(communities, start=1):
        community[list(members)] = place
        if len(members) > 1:
            number[list(members)] = place
    at = np.nonzero(found.linked)
    same = (number[at[0]] == number[at[1]]) & (number[at[0]] > 0)
    congruence, conflict = found.congruence[at], found.conflict[at]
    return Blocs(
        dict(zip(held.nodes["node"], number.tolist(), strict=True)),
        int(number.max(initial=0)),
        len(graph),
        len(at[0]),
        _modularity(np.where(found.linked, found.subtract.clip(min=0), 0), community),
        _share(congruence[same], congruence),
        _share(conflict[~same], conflict),
    )


def allies(found: Weights) -> nx.Graph:
    """The network of agreement in excess of conflict, over the places of the nodes; those without any left out."""
    at = np.nonzero(found.linked & (found.subtract > 0))
    graph = nx.Graph()
    graph.add_nodes_from(np.unique(np.concatenate(at)).tolist())
    graph.add_weighted_edges_from(zip(at[0].tolist(), at[1].tolist(), found.subtract[at].tolist(), strict=True))
    return graph


def over_time(facts: Facts, held: Held, axis: Axis) -> pd.DataFrame:
    """How polarised the network of each period is; undated statements are in none.

    Every period has a network and blocs of its own among the nodes of the whole view, from what they say in it.

    Returns:
        columns of `COLUMNS` behind period and n (positions); the last four are missing where too little is there
        (`ENOUGH_NODES`, `ENOUGH_PAIRS`).
    """
    places = axis.codes(facts.days_of(held.rows["statement"].to_numpy()))
    found = []
    for place, period in enumerate(axis.keys):
        keep = places == place
        found.append({"period": period, "n": int(keep.sum())} | blocs(held, held.counted(keep)).quoted())
    frame = pd.DataFrame(found, columns=["period", "n", *COLUMNS])
    return frame.astype({"period": "str"} | dict.fromkeys(COLUMNS[3:], "float64"))


def _modularity(weights: np.ndarray, community: np.ndarray) -> float:
    """Newman's modularity of weights above the diagonal; `networkx.community.modularity` takes ten times as long."""
    if not weights.sum():
        return np.nan
    both = weights + weights.T
    members = (community[:, None] == np.unique(community[community >= 0])).astype("float64")
    inside = members.T @ both @ members / both.sum()
    return float(np.trace(inside) - (inside.sum(axis=1) ** 2).sum())


def _share(part: np.ndarray, whole: np.ndarray) -> float:
    return float(part.sum() / whole.sum()) if whole.sum() else np.nan
