"""Networks for Gephi and statements for Discourse Network Analyzer."""

import csv
import io
import zipfile
from xml.etree import ElementTree

import networkx as nx
import pandas as pd

from analysis.export import dna, networks
from analysis.measure import comention, positions
from analysis.measure.facts import Facts
from analysis.measure.filters import Filters
from analysis.schema import Tables
from tests.export.nasty import tables_of
from tests.pages.sample import build

TABLES = build()
VIEW = Filters().apply(TABLES)
XML = "{http://graphml.graphdrawing.org/xmlns}"


def written(tables: Tables) -> dict[str, bytes]:
    sink = io.BytesIO()
    networks.write_networks(sink, tables, "همه")
    archive = zipfile.ZipFile(sink)
    return {name: archive.read(name) for name in archive.namelist()}


def test_a_network_comes_back_as_it_was() -> None:
    files = written(VIEW)
    for name, graph in (("affiliation", networks.affiliation(VIEW)), ("countries", networks.countries(VIEW))):
        found = nx.read_graphml(io.BytesIO(files[f"{name}.graphml"]))
        assert dict(found.nodes(data=True)) == dict(graph.nodes(data=True))
        assert nx.utils.edges_equal(found.edges(data=True), graph.edges(data=True))


def test_edges_hold_what_the_dashboard_shows() -> None:
    graph = networks.affiliation(VIEW)
    facts = Facts.of(VIEW)
    rows = positions.matrix(facts)
    assert graph.number_of_edges() == len(rows)
    first = rows.iloc[0]
    edge = graph.edges[first["speaker"], first["target"]]
    assert (edge["n"], edge["weight"], edge["stance"]) == (first["n"], first["n"], first["label"])
    pairs = comention.Units.of(facts, "statement").pairs()
    states = networks.countries(VIEW)
    ends = [(row.a.removeprefix("country:"), row.b.removeprefix("country:")) for row in pairs.itertuples()]
    for column in ("n", "jaccard", "npmi", "q"):
        assert [states.edges[end][column] for end in ends] == pairs[column].tolist()


def test_nodes_are_called_by_name_in_both_languages() -> None:
    node = networks.affiliation(VIEW, "en").nodes["demo:cagan-cem"]
    assert (node["label"], node["label_fa"], node["mode"]) == ("Cem Çağan", "جم چاگان", "speaker")
    assert networks.countries(VIEW).nodes["OM"]["label"] == "عمان"


def test_anonymous_sources_are_no_nodes() -> None:
    assert not [node for node in networks.affiliation(TABLES) if node.startswith("anonymous:")]


def test_graphml_is_what_its_schema_says() -> None:
    """Every key is declared once with a type that GraphML has, every datum names one, edges join nodes."""
    for name, data in written(VIEW).items():
        if not name.endswith(".graphml"):
            continue
        root = ElementTree.fromstring(data)
        keys = {key.get("id"): key for key in root.iter(f"{XML}key")}
        types = {"boolean", "int", "long", "float", "double", "string"}
        assert {key.get("attr.type") for key in keys.values()} <= types
        assert {"label", "weight"} <= {key.get("attr.name") for key in keys.values()}
        assert {datum.get("key") for datum in root.iter(f"{XML}data")} <= keys.keys()
        nodes = {node.get("id") for node in root.iter(f"{XML}node")}
        assert all({edge.get("source"), edge.get("target")} <= nodes for edge in root.iter(f"{XML}edge"))


def test_names_that_xml_cannot_hold_are_cleaned() -> None:
    tables = tables_of(["متن"])
    tables.speakers["name_fa"] = "نام\0با\x0bنشان"
    files = written(tables)
    assert nx.read_graphml(io.BytesIO(files["affiliation.graphml"])).nodes["p1"]["label"] == "نامبانشان"


def test_the_same_networks_are_the_same_bytes() -> None:
    shuffled = Tables(**{table.name: frame.sample(frac=1, random_state=3) for table, frame in VIEW})
    assert written(VIEW) == written(shuffled)


def test_dna_has_a_row_for_each_position_and_two_for_a_mixed_one() -> None:
    dated = VIEW.articles.loc[VIEW.articles["published"].notna(), "article_id"]
    inside = VIEW.statements.loc[VIEW.statements["article_id"].isin(dated), "statement_id"]
    held = VIEW.positions[VIEW.positions["statement_id"].isin(inside)]
    rows = dna.statements(VIEW)
    assert len(rows) == len(held) + (held["stance"] == "mixed").sum()
    assert set(rows["agreement"]) == {0, 1}
    assert tuple(rows.columns) == dna.STATEMENTS
    mixed = rows[rows["concept"] == "ترکیه"].groupby("statement_id")["agreement"].agg(list)
    assert set(map(tuple, mixed)) == {(1, 0)}


def test_dna_tells_persons_from_organisations() -> None:
    rows = dna.statements(VIEW, "en")
    body = rows[rows["organization"] == "Qatar's foreign ministry"]
    assert set(body["person"]) == {""}
    assert set(rows.loc[rows["person"] == "Pavel Orlov", "organization"]) == {"Russia"}


def test_dna_counts_as_java_does() -> None:
    text = "🕊️ آغاز\r\nسخنگو: «نه» 🕊️ گفت."
    tables = tables_of([text], ["2024-05-01T20:40:00Z"])
    place = text.index("سخنگو")
    tables.statements["start"] = place
    rows, papers = dna.statements(tables), dna.documents(tables)
    units = papers["text"][0].encode("utf-16-le")
    assert units[2 * rows["start"][0] : 2 * rows["stop"][0]].decode("utf-16-le") == text[place:]
    assert papers["time"][0] == "2024-05-02 00:10:00"  # In Tehran.


def test_dna_files_are_semicolon_csv_and_name_what_is_left_out() -> None:
    sink = io.BytesIO()
    done = dna.write_dna(sink, TABLES, "همه")
    archive = zipfile.ZipFile(sink)
    rows = list(csv.DictReader(io.StringIO(archive.read("statements.csv").decode()), delimiter=";"))
    papers = pd.read_csv(io.BytesIO(archive.read("documents.csv")), sep=";", keep_default_na=False)
    assert (len(rows), len(papers), done.undated) == (done.statements, done.documents, 4)
    assert {int(row["document ID"]) for row in rows} <= set(papers["document ID"])
    assert "4 undated" in archive.read("README.txt").decode()
    assert b"dna_addStatement" in archive.read("import.R")
