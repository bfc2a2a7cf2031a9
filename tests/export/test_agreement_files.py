"""Networks of agreement as files: they hold what is shown, and what DNA would compute from its own file."""

import datetime as dt
import io
import zipfile
from collections import defaultdict
from dataclasses import replace
from itertools import combinations

import networkx as nx
import pytest

from analysis.export import agreement, dna
from analysis.export.wording import names_in
from analysis.measure.agreement import NORMS, Asked, Counting, Norm
from analysis.measure.facts import Facts
from analysis.measure.filters import Filters
from analysis.measure.holding import held
from analysis.schema import Tables
from tests.held import varied

VIEW = Filters().apply(varied())
DATED = Filters(start=dt.date(1990, 1, 1)).apply(varied())
"""DNA has no undated documents."""
DUPLICATES: dict[Counting, tuple[str, ...]] = {
    "once": ("concept", "agreement"),
    "article": ("concept", "agreement", "document ID"),
    "all": ("concept", "agreement", "statement ID"),
}
"""What makes two statements of one actor the same, by DNA's `filterStatements`."""


def as_dna(tables: Tables, variable: str, counting: Counting, norm: Norm) -> dict[tuple[str, str], tuple[float, float]]:
    """Congruence and conflict of the exported statements, by the loops of DNA's `Exporter.computeOneModeMatrix`."""
    rows = dna.statements(tables, "en").to_dict("records")
    kept = {(row[variable], *(row[name] for name in DUPLICATES[counting])): row for row in rows if row["person"]}
    x: dict[tuple[str, str, int], float] = defaultdict(float)
    for row in kept.values():
        x[row[variable], row["concept"], row["agreement"]] += 1
    actors, concepts = sorted({key[0] for key in x} - {""}), sorted({key[1] for key in x})
    found = {}
    for i, j in combinations(actors, 2):
        cells = [(concept, k) for concept in concepts for k in (0, 1)]
        congruence = sum(x[i, concept, k] * x[j, concept, k] for concept, k in cells)
        conflict = sum(x[i, concept, k] * x[j, concept, 1 - k] for concept, k in cells)
        n_i, n_j = (sum(x[who, concept, k] for concept, k in cells) for who in (i, j))
        m10 = sum(x[i, concept, k] for concept, k in cells if x[j, concept, k] == 0)
        m01 = sum(x[j, concept, k] for concept, k in cells if x[i, concept, k] == 0)
        by = {"no": 1, "average": (n_i + n_j) / 2, "cosine": n_i * n_j, "jaccard": m01 + m10 + congruence}[norm]
        if congruence or conflict:
            found[i, j] = (congruence / by, conflict / by)
    return found


@pytest.mark.parametrize("norm", NORMS)
@pytest.mark.parametrize("counting", DUPLICATES)
@pytest.mark.parametrize(("variable", "nodes"), [("person", "speaker"), ("organization", "state")])
def test_dna_would_compute_the_same_from_its_file(norm: Norm, counting: Counting, variable: str, nodes: str) -> None:
    names = names_in("en", DATED.speakers)
    asked = Asked(nodes=nodes, counting=counting, norm=norm, least=1, active=1)  # type: ignore[arg-type]
    ours = {}
    for row in held(Facts.of(DATED), asked).pairs.to_dict("records"):
        if not {kind for kind in (row["a"][:5], row["b"][:5]) if kind == "body:"}:  # Bodies are no persons in DNA.
            one, other = sorted((names.node(row["a"]), names.node(row["b"])))
            ours[one, other] = pytest.approx((row["congruence"], row["conflict"]))
    theirs = as_dna(DATED, variable, counting, norm)
    assert len(theirs) >= 6 and any(conflict for _, conflict in theirs.values())
    assert theirs == ours


def written(tables: Tables, asked: Asked) -> dict[str, bytes]:
    sink = io.BytesIO()
    agreement.write_agreement(sink, tables, "all", asked, "en")
    with zipfile.ZipFile(sink) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_files_hold_the_three_networks() -> None:
    asked = Asked(least=1, active=1)
    files, pairs = written(VIEW, asked), held(Facts.of(VIEW), asked).pairs
    assert set(files) == {"congruence.graphml", "conflict.graphml", "subtract.graphml", "README.txt", "SHA256SUMS"}
    for measure in ("congruence", "conflict", "subtract"):
        graph = nx.read_graphml(io.BytesIO(files[f"{measure}.graphml"]))
        rows = [row for row in pairs.to_dict("records") if row[measure]]
        assert graph.number_of_edges() == len(rows)
        for row in rows:
            edge = graph.edges[row["a"], row["b"]]
            assert edge["weight"] == pytest.approx(row[measure])
            assert (edge["shared"], edge["agree"], edge["differ"]) == (row["shared"], row["agree"], row["differ"])
    node = graph.nodes["demo:cagan-cem"]
    assert (node["label"], node["label_fa"]) == ("Cem Çağan", "جم چاگان")
    assert not [node for node in graph if node.startswith("anonymous:")]
    assert b"prevailing" in files["README.txt"]


def test_hostile_names_do_no_harm() -> None:
    nasty = "</node><script>alert(1)</script>\x00\x0b\ud800 &amp; \u202e\"'"
    speakers = VIEW.speakers.assign(name_en=nasty.replace("\ud800", ""), name_fa="\ufffe" + nasty.replace("\ud800", ""))
    files = written(replace(VIEW, speakers=speakers), Asked(least=1, active=1))
    graph = nx.read_graphml(io.BytesIO(files["subtract.graphml"]))
    label = graph.nodes["demo:cagan-cem"]["label"]
    assert "<script>" in label and "\x00" not in label  # as text, not as markup
    assert len(graph) == len(held(Facts.of(VIEW), Asked(active=1)).nodes)


def test_the_same_is_the_same_bytes() -> None:
    assert written(VIEW, Asked(least=1)) == written(VIEW, Asked(least=1))
