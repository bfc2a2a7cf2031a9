"""What is named together as a network: how its nodes fall into communities, and where they are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import networkx as nx
import numpy as np
import pandas as pd

Measure = Literal["n", "share", "jaccard", "npmi"]
MEASURES: tuple[Measure, ...] = ("n", "share", "jaccard", "npmi")
_SEED = 1403


def network(
    counts: pd.DataFrame, pairs: pd.DataFrame, measure: Measure, most: int = 1000
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Nodes and edges; the same input always gives the same network.

    Communities are those of the Louvain method over all edges, weighted by the measure, with a fixed seed: Blondel,
    V. D. et al. (2008): Fast unfolding of communities in large networks. J. Stat. Mech. P10008. What is named together
    less than chance would have it (NPMI of 0 or less) is no edge under that measure.

    Args:
        counts: of `Units.counts`, the nodes that may be shown.
        pairs: of `Units.pairs`.
        measure: the column that says how strong an edge is.
        most: how many edges are drawn; communities are those of all of them.

    Returns:
        nodes: columns entity, n, community (1 = the one whose members are named most), x, y (from -1 to 1); only those
        that have an edge which is drawn, most first. Edges: the pairs, strongest first; the first `most` are drawn.
    """
    inside = pairs["a"].isin(counts["entity"]) & pairs["b"].isin(counts["entity"]) & (pairs[measure] > 0)
    edges = pairs[inside].sort_values([measure, "n", "a", "b"], ascending=[False, False, True, True], ignore_index=True)
    drawn = edges.head(most)
    used = counts["entity"].isin(drawn["a"]) | counts["entity"].isin(drawn["b"])
    nodes = counts.loc[used, ["entity", "n"]].reset_index(drop=True)
    n = dict(zip(nodes["entity"], nodes["n"], strict=True))
    found = communities(_graph(nodes, edges, measure), n)
    number = {one: place for place, members in enumerate(found, start=1) for one in members}
    nodes["community"] = nodes["entity"].map(number)
    nodes["x"], nodes["y"] = places(_graph(nodes, drawn, measure), number)
    return nodes, edges


def _graph(nodes: pd.DataFrame, edges: pd.DataFrame, measure: Measure) -> nx.Graph:
    """The edges between these nodes."""
    graph = nx.Graph()
    graph.add_nodes_from(nodes["entity"])
    inside = edges[edges["a"].isin(nodes["entity"]) & edges["b"].isin(nodes["entity"])]
    graph.add_weighted_edges_from(zip(inside["a"], inside["b"], inside[measure].astype("float64"), strict=True))
    return graph


def communities[T: (str, int)](graph: nx.Graph, n: Mapping[T, int]) -> list[set[T]]:
    """The communities of the Louvain method with a fixed seed, weighted by `weight`.

    Args:
        graph: the same nodes and edges in the same order always give the same communities.
        n: how large each node is; the community whose members are largest together stands first.
    """
    if not len(graph):
        return []
    found = nx.community.louvain_communities(graph, weight="weight", seed=_SEED)
    return sorted(found, key=lambda members: (-sum(n[one] for one in members), min(members)))


def places(graph: nx.Graph, community: Mapping[str, int]) -> tuple[np.ndarray, np.ndarray]:
    """Where each node is drawn, from -1 to 1, in the order of the graph.

    Fruchterman and Reingold's layout, begun on a circle in the order of communities: nothing in it is random.
    """
    if len(graph) < 2:
        return np.zeros(len(graph)), np.zeros(len(graph))
    start = nx.circular_layout(sorted(graph, key=lambda one: (community[one], one)))
    found = nx.spring_layout(graph, pos=start, k=2.5 / len(graph) ** 0.5, iterations=80, weight=None, seed=_SEED)
    at = np.array([found[one] for one in graph])
    at = (at - at.min(axis=0)) / np.maximum(np.ptp(at, axis=0), 1e-9) * 2 - 1
    return at[:, 0], at[:, 1]
