"""What is named together as a network: how its nodes fall into communities, and where they are drawn."""

from __future__ import annotations

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
    nodes["community"] = nodes["entity"].map(_communities(_graph(nodes, edges, measure), nodes))
    nodes["x"], nodes["y"] = _places(_graph(nodes, drawn, measure), nodes)
    return nodes, edges


def _graph(nodes: pd.DataFrame, edges: pd.DataFrame, measure: Measure) -> nx.Graph:
    """The edges between these nodes."""
    graph = nx.Graph()
    graph.add_nodes_from(nodes["entity"])
    inside = edges[edges["a"].isin(nodes["entity"]) & edges["b"].isin(nodes["entity"])]
    graph.add_weighted_edges_from(zip(inside["a"], inside["b"], inside[measure].astype("float64"), strict=True))
    return graph


def _communities(graph: nx.Graph, nodes: pd.DataFrame) -> dict[str, int]:
    if not len(nodes):
        return {}
    found = nx.community.louvain_communities(graph, weight="weight", seed=_SEED)
    n = dict(zip(nodes["entity"], nodes["n"], strict=True))
    ordered = sorted(found, key=lambda members: (-sum(n[one] for one in members), min(members)))
    return {one: number for number, members in enumerate(ordered, start=1) for one in members}


def _places(graph: nx.Graph, nodes: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Fruchterman and Reingold's layout, begun on a circle in the order of communities: nothing in it is random."""
    if len(nodes) < 2:
        return np.zeros(len(nodes)), np.zeros(len(nodes))
    order = nodes.sort_values(["community", "entity"])["entity"]
    start = nx.circular_layout(list(order))
    found = nx.spring_layout(graph, pos=start, k=2.5 / len(nodes) ** 0.5, iterations=80, weight=None, seed=_SEED)
    places = np.array([found[one] for one in nodes["entity"]])
    places = (places - places.min(axis=0)) / np.maximum(np.ptp(places, axis=0), 1e-9) * 2 - 1
    return places[:, 0], places[:, 1]
