"""Blocs: who agrees more with each other than with the rest, and how far apart the blocs stand, over time.

A bloc is a community of the network of agreement in excess of conflict: of the positive weights of `subtract` (DNA's
manual, "The Subtract Method", suggests to discard the negative ones), found by the Louvain method with a fixed seed
(Blondel et al. 2008, J. Stat. Mech. P10008). How polarised the network is, is said by three numbers:

    q        Newman's modularity of the blocs, of the same weights: sum over blocs of L/m - (d / 2m)^2 with m all
             weight, L that inside of the bloc, d the weighted degrees of its members (M. E. J. Newman 2004, Analysis of
             weighted networks, Phys. Rev. E 70, 056131). rDNA takes the same as a measure of polarisation.
    within   the share of all congruence that lies inside of blocs. The E-I index of Krackhardt and Stern (1988,
             Informal networks and organizational crises, Social Psychology Quarterly 51(2)) is ei = 1 - 2 * within.
    between  the share of all conflict that lies between blocs.

Blocs are looked for so that q is large, so that even chance brings some: fewer nodes bring more of it. Compare periods
that hold about as many nodes, and see n.
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


@dataclass(frozen=True, slots=True)
class Blocs:
    """The blocs of a network, and how far apart they stand.

    Attributes:
        of: the number of each node's bloc, from 1 (the one whose members hold most positions); 0 = in none.
        count: how many blocs there are.
        nodes: how many nodes agree with somebody more often than not.
        pairs: how many pairs the network has.
        q, within, between, ei: see the module; NaN where there is nothing to divide by.
    """

    of: dict[str, int]
    count: int
    nodes: int
    pairs: int
    q: float
    within: float
    between: float

    @property
    def ei(self) -> float:
        """The E-I index of congruence: -1 = all of it inside of blocs, 1 = all of it between them."""
        return 1 - 2 * self.within

    @property
    def is_enough(self) -> bool:
        """Whether so much is there that the numbers may be quoted."""
        return self.nodes >= ENOUGH_NODES and self.pairs >= ENOUGH_PAIRS


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
        columns period, n (positions), nodes (that agree with somebody), pairs, blocs, q, within, between, ei; the last
        four are missing where too little is there (`ENOUGH_NODES`, `ENOUGH_PAIRS`).
    """
    places = axis.codes(facts.days_of(held.rows["statement"].to_numpy()))
    found = []
    for place, period in enumerate(axis.keys):
        keep = places == place
        one = blocs(held, held.counted(keep))
        row = {"period": period, "n": int(keep.sum()), "nodes": one.nodes, "pairs": one.pairs, "blocs": one.count}
        measures = {"q": one.q, "within": one.within, "between": one.between, "ei": one.ei}
        found.append(row | (measures if one.is_enough else dict.fromkeys(measures, np.nan)))
    columns = ["period", "n", "nodes", "pairs", "blocs", "q", "within", "between", "ei"]
    return pd.DataFrame(found, columns=columns).astype({"period": "str"} | dict.fromkeys(columns[5:], "float64"))


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
