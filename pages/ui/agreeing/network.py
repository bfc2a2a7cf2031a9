"""Who agrees with whom as a network: agreement and conflict as lines, blocs as colours and shapes."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import streamlit as st
from scipy.stats import rankdata

from analysis.measure import networks
from pages.ui import charts_agreement, charts_network, page, theme
from pages.ui.agreeing.question import Question, take

NODES, ALLIED, OPPOSED = 30, 50, 25
"""How many nodes, and links of either sign, are drawn at most."""
_NAMED = 3
_NO_BLOC = 6
"""The number of the last shape, which those without a bloc have."""


def show(question: Question) -> None:
    """Nodes that can be clicked; a click on a link chooses both its ends."""
    view, labels = question.view, question.view.labels
    look = theme.look(labels)
    nodes, links = _drawn(question)
    nodes = nodes.assign(
        id=nodes["node"],
        label=[question.name(node) for node in nodes["node"]],
        community=nodes["bloc"].where(nodes["bloc"] > 0, _NO_BLOC),
        text=[_said(question, row) for row in nodes.itertuples()],
    )
    strength = links["weight"].abs() / max(float(links["weight"].abs().max()), 1e-9)
    solid, dashed = charts_agreement.colours(look)
    edges = links.rename(columns={"one": "a", "other": "b"}).assign(
        strength=strength,
        sure=links["weight"] > 0,
        opacity=0.7,
        colour=np.where(links["weight"] > 0, solid, dashed),
        text=[question.said(row) for row in links.itertuples()],
    )
    lines = [labels(f"agreement.line_{name}") for name in ("agree", "differ")]
    if question.measure != "subtract":
        lines[question.measure == "congruence"] = ""
    page.chart(
        view,
        "agreement.network",
        charts_network.graph(look, nodes, edges, picked=(question.a, question.b)),
        nodes[["node", "n", "concepts", "bloc"]],
        on_click=lambda found: take(*found[:2]),
        legend=charts_network.legend(look, _blocs(question, nodes), (lines[0], lines[1]), (solid, dashed)),
        note=labels(
            "agreement.note_network",
            nodes=len(nodes),
            who=question.word("who"),
            links=len(links),
            of=len(question.pairs),
            measure=labels(f"agreement.measure_{question.measure}"),
        ),
    )
    st.html(f'<p class="mv-note">{labels("agreement.blocs_note")}</p>')


def _drawn(question: Question) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The nodes with their blocs and places, and the links with their weight; below nothing where they differ."""
    few = question.held.nodes.head(NODES)
    pairs = question.pairs
    pairs = pairs[pairs["one"].isin(few["node"]) & pairs["other"].isin(few["node"])]
    weight = -pairs["conflict"] if question.measure == "conflict" else pairs[question.measure]
    pairs = pairs.assign(weight=weight, size=weight.abs())[weight != 0]
    pairs = pairs.sort_values(["size", "shared", "one", "other"], ascending=[False, False, True, True])
    links = pd.concat([pairs[pairs["weight"] > 0].head(ALLIED), pairs[pairs["weight"] < 0].head(OPPOSED)])
    links = links.reset_index(drop=True)
    nodes = few[few["node"].isin({*links["one"], *links["other"]})].reset_index(drop=True)
    nodes = nodes.assign(bloc=nodes["node"].map(question.blocs.of).astype("int64"))
    graph = nx.Graph()
    graph.add_nodes_from(nodes["node"])
    allied = pairs[(pairs["subtract"] > 0) & pairs["one"].isin(nodes["node"]) & pairs["other"].isin(nodes["node"])]
    graph.add_edges_from(zip(allied["one"], allied["other"], strict=True))
    x, y = networks.places(graph, dict(zip(nodes["node"], nodes["bloc"], strict=True)))
    return nodes.assign(x=_spread(x), y=_spread(y)), links


def _spread(values: np.ndarray) -> np.ndarray:
    """Places half way to even distances: those who agree with nobody stand far off, and the others would be crowded."""
    ranks = rankdata(values, method="ordinal") - 1
    return (values + 2 * ranks / max(len(values) - 1, 1) - 1) / 2


def _blocs(question: Question, nodes: pd.DataFrame) -> list[tuple[int, str]]:
    """Each bloc's mark, and its largest members as its name."""
    labels = question.view.labels
    found = []
    for number, rows in nodes[nodes["bloc"] > 0].groupby("bloc"):
        found.append((int(number), bloc_name(question, int(number), list(rows["node"]))))  # type: ignore[call-overload]
    if (nodes["bloc"] == 0).any():
        found.append((_NO_BLOC, labels("agreement.no_bloc")))
    return found


def bloc_name(question: Question, number: int, members: list[str]) -> str:
    """A bloc's number and its largest members."""
    names = question.view.labels.listed([question.name(node) for node in members[:_NAMED]], _NAMED)
    return question.view.labels("agreement.bloc", number=number, names=names, n=len(members))


def _said(question: Question, row) -> str:  # type: ignore[no-untyped-def]
    labels = question.view.labels
    lines = [question.name(row.node), labels("agreement.said_node", n=int(row.n), concepts=int(row.concepts))]
    lines.append(labels("agreement.in_bloc", number=int(row.bloc)) if row.bloc else labels("agreement.no_bloc"))
    return "\n".join(lines)
