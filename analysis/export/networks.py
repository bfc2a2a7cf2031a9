"""Networks as GraphML, which Gephi, visone and R read: who stands where, and which states are named together.

Gephi takes the attribute `label` of a node for its label and `weight` of an edge for its weight.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import BinaryIO

import networkx as nx

from analysis.export.archive import Archive, target_file
from analysis.export.wording import names_in
from analysis.lexicon.labels import Names
from analysis.measure import comention, positions
from analysis.measure.comention import Within
from analysis.measure.facts import Facts
from analysis.schema import Tables
from analysis.text.words import Lang

_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
README = """\
Networks of what is in view, for Gephi, visone, R (igraph) or networkx. Undirected, weights are counts.
{words}

affiliation.graphml   speakers and what they take a side on (two-mode: `mode` is speaker or target). An edge holds
                      for, against, mixed, n (their sum, also `weight`), score = (for + mixed / 2) / n and the label
                      that the dashboard shows ("not_enough" below {enough} positions). Anonymous sources are left out,
                      and relayed positions unless they were asked for.
countries.graphml     states named in one statement: weight and n are the number of statements that name both, jaccard
                      its share of those that name either, expected what chance would bring, npmi the normalised
                      pointwise mutual information, p and q Fisher's exact test before and after Benjamini and
                      Hochberg; a node's n is the number that name it.

`label` is the name in {lang}; label_fa and label_en hold both. Codes are made by a machine and are wrong at times.
"""


def affiliation(tables: Tables, lang: Lang = "fa") -> nx.Graph:
    """Speakers and targets, joined where a speaker takes a side; see `README` for the attributes."""
    graph = nx.Graph()
    names = both_names(tables)
    first = tables.attributions.drop_duplicates("speaker_id")
    pairs = zip(first["role"], first["country"], strict=True)
    roles = dict(zip(first["speaker_id"], pairs, strict=True))
    rows = positions.matrix(Facts.of(tables))
    for speaker, n in rows.groupby("speaker")["n"].sum().items():
        role, country = roles.get(str(speaker), ("", ""))
        about = {"mode": "speaker", "role": str(role), "country": str(country), "n": int(n)}
        graph.add_node(xml(str(speaker)), **labels_of(names, "speaker", str(speaker), lang), **about)
    for target, n in rows.groupby("target")["n"].sum().items():
        about = {"mode": "target", "role": "", "country": "", "n": int(n)}
        graph.add_node(xml(str(target)), **labels_of(names, "target", str(target), lang), **about)
    for row in rows.to_dict("records"):
        counts = {name: int(row[name]) for name in ("for", "against", "mixed", "n")}
        graph.add_edge(
            xml(row["speaker"]),
            xml(row["target"]),
            **counts,
            weight=float(row["n"]),
            score=float(row["score"]),
            stance=str(row["label"]),
        )
    return graph


def countries(tables: Tables, within: Within = "statement", lang: Lang = "fa") -> nx.Graph:
    """States, joined where one unit names both; see `README` for the attributes."""
    graph = nx.Graph()
    units, names = comention.Units.of(Facts.of(tables), within), both_names(tables)
    for row in units.counts().sort_values("entity").to_dict("records"):
        country = row["entity"].removeprefix("country:")
        graph.add_node(country, **labels_of(names, "country", country, lang), n=int(row["n"]))
    for row in units.pairs().to_dict("records"):
        about = {"n": int(row["n"]), "weight": float(row["n"])}
        about |= {name: float(row[name]) for name in ("jaccard", "npmi", "expected", "p", "q")}
        graph.add_edge(*(row[end].removeprefix("country:") for end in ("a", "b")), **about)
    return graph


def write_networks(
    target: Path | BinaryIO, tables: Tables, words: str, lang: Lang = "fa", *, replace: bool = False
) -> dict[str, int]:
    """Write both networks and a README into a zip.

    Args:
        target: a file to make, or an open binary file.
        tables: what is in view.
        words: the filters in words.
        lang: the language of `label`.
        replace: whether a file that stands there gives way.

    Returns:
        the number of edges by network.
    """
    graphs = {"affiliation": affiliation(tables, lang), "countries": countries(tables, lang=lang)}
    with target_file(target, replace=replace) as sink, Archive(sink) as archive:
        for name, graph in graphs.items():
            with archive.open(f"{name}.graphml") as stream:
                nx.write_graphml_xml(graph, stream)
        text = README.format(words=words, enough=positions.ENOUGH, lang={"fa": "Persian", "en": "English"}[lang])
        archive.put("README.txt", text.encode())
    return {name: graph.number_of_edges() for name, graph in graphs.items()}


def both_names(tables: Tables) -> dict[Lang, Names]:
    """The names in both languages."""
    return {"fa": names_in("fa", tables.speakers), "en": names_in("en", tables.speakers)}


def labels_of(names: dict[Lang, Names], kind: str, value: str, lang: Lang) -> dict[str, str]:
    """A node's label in one language, and in both; `kind` is a method of `Names`."""
    found = {f"label_{one}": xml(getattr(names[one], kind)(value)) for one in names}
    return {"label": found[f"label_{lang}"], **found}


def xml(text: str) -> str:
    """The text without the characters that XML cannot hold at all."""
    return _NOT_XML.sub("", text)
