"""Networks of agreement as GraphML, which Gephi, visone and R read: congruence, conflict and subtract."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import networkx as nx

from analysis.export.archive import Archive, target_file
from analysis.export.networks import both_names, labels_of, xml
from analysis.measure import blocs, holding
from analysis.measure.agreement import MEASURES, Asked, Held, Measure
from analysis.measure.facts import Facts
from analysis.schema import Tables
from analysis.text.words import Lang

MOST = 500
"""Nodes in a file at most, those that hold most positions."""
README = """\
Who agrees with whom in what is in view, for Gephi, visone, R (igraph) or networkx. Undirected.
{words}

congruence.graphml   weight: on how many concepts both say the same
conflict.graphml     weight: on how many one is for and the other against
subtract.graphml     weight: congruence less conflict; below 0 where they differ more than they agree

Nodes are {nodes}: n positions on `concepts` concepts, `bloc` their bloc (0 = none). {shown} of {enough} with at least
{active} positions, those with most. Edges also hold shared (concepts on which both take a side; at least {least}),
agree and differ (those on which they say the same, and the opposite). Concepts: {about}. What is said again counts
{counting}. Weights are divided by: {norm}. A mixed position is one for and one against.

Formulas: Exporter.computeOneModeMatrix of Discourse Network Analyzer (github.com/leifeld/dna), with its normalisation
"{norm}" (duplicates: {duplicates}). Articles without a date are in these networks; DNA's own file leaves them out.
Blocs: Louvain method over the positive weights of subtract. `label` is the name in {lang}; label_fa and label_en hold
both. Codes are made by a machine and are wrong at times.
"""
_NODES = {"speaker": "speakers", "state": "the states that speakers speak for"}
_ABOUT = {"all": "all", "topic": "topics only", "actor": "states and organisations only"}
_COUNTING = {"mostly": "for the prevailing side", "once": "once", "article": "once in each article", "all": "each time"}
_DUPLICATES = {
    "mostly": "none of its own, but one side by score: below 0.4 against, from 0.6 on for",
    "once": "acrossrange",
    "article": "document",
    "all": "include",
}


def graphs(held: Held, tables: Tables, lang: Lang = "fa") -> dict[Measure, nx.Graph]:
    """The three networks; see `README` for the attributes.

    Args:
        held: who holds which positions, of the same tables.
        tables: what is in view, for the names.
        lang: the language of `label`.
    """
    found, names = blocs.blocs(held), both_names(tables)
    graphs: dict[Measure, nx.Graph] = {}
    for measure in MEASURES:
        graphs[measure] = graph = nx.Graph()
        for row in held.nodes.to_dict("records"):
            about = {"n": int(row["n"]), "concepts": int(row["concepts"]), "bloc": found.of[row["node"]]}
            graph.add_node(xml(row["node"]), **labels_of(names, "node", row["node"], lang), **about)
        for row in held.pairs.to_dict("records"):
            if row[measure]:
                counts = {name: int(row[name]) for name in ("shared", "agree", "differ")}
                graph.add_edge(xml(row["a"]), xml(row["b"]), weight=float(row[measure]), **counts)
    return graphs


def write_agreement(
    target: Path | BinaryIO,
    tables: Tables,
    words: str,
    asked: Asked,
    lang: Lang = "fa",
    *,
    replace: bool = False,
    most: int = MOST,
) -> dict[str, int]:
    """Write the three networks and a README into a zip.

    Args:
        target: a file to make, or an open binary file.
        tables: what is in view.
        words: the filters in words.
        asked: which network.
        lang: the language of `label`.
        replace: whether a file that stands there gives way.
        most: nodes at most.

    Returns:
        the number of edges by network.
    """
    held = holding.held(Facts.of(tables), asked.with_most(most))
    found = graphs(held, tables, lang)
    said = {"nodes": _NODES[asked.nodes], "about": _ABOUT[asked.about], "counting": _COUNTING[asked.counting]}
    said |= {"norm": asked.norm, "duplicates": _DUPLICATES[asked.counting], "words": words}
    said |= {"lang": {"fa": "Persian", "en": "English"}[lang]}
    counts = {"least": asked.least, "active": asked.active, "shown": len(held.nodes), "enough": held.n_nodes}
    with target_file(target, replace=replace) as sink, Archive(sink) as archive:
        for name, graph in found.items():
            with archive.open(f"{name}.graphml") as stream:
                nx.write_graphml_xml(graph, stream)
        archive.put("README.txt", README.format(**said, **counts).encode())
    return {name: graph.number_of_edges() for name, graph in found.items()}
