"""The page on what is named together: its figures against the tables, and what links, clicks and choices open."""

from collections import Counter
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analysis.measure.filters import Filters
from pages.ui import charts_network, theme
from pages.ui.labels import LANGS, Labels
from pages.ui.together.question import SHOWN
from tests.pages import sample
from tests.pages.conftest import Open
from tests.pages.test_pages import html, text

VIEW = Filters().apply(sample.build())
COUNTRIES = VIEW.mentions[VIEW.mentions["kind"] == "country"]


def figures(app: AppTest) -> dict[str, pd.DataFrame]:
    """What the page shows, by chart."""
    return app.session_state["mv_figures"]


def together(within: str) -> Counter[tuple[str, str]]:
    """Units that name both, by plain counting."""
    named = COUNTRIES[COUNTRIES[f"{within}_id"] != ""].groupby(f"{within}_id")["entity_id"].agg(set)
    return Counter(pair for one in named for pair in combinations(sorted(one), 2))


def sample_with_more(folder: Path) -> Path:
    """The invented tables, whose statements about Iran also name the Gulf and the IAEA."""
    tables = sample.build()
    iran = tables.mentions[(tables.mentions["kind"] == "country") & (tables.mentions["entity_id"] == "IR")]
    more = [
        iran.assign(kind=kind, entity_id=value, start=iran["start"] + shift)
        for shift, (kind, value) in enumerate((("region", "persian_gulf"), ("organisation", "IAEA")), start=1)
    ]
    return sample.write(replace(tables, mentions=pd.concat([tables.mentions, *more], ignore_index=True)), folder)


@pytest.mark.parametrize(("shown", "lang"), list(zip(SHOWN, LANGS * 2, strict=True)))
def test_every_way_of_showing(open_page: Open, shown: str, lang: str) -> None:
    app = open_page("countries", lang=lang, view=shown, least="1")
    assert not app.exception
    assert f"countries.{shown}" in figures(app)
    assert Labels(lang)(f"chart.countries.{shown}") in text(app)


@pytest.mark.parametrize("within", ["statement", "article"])
def test_the_matrix_holds_what_the_tables_say(open_page: Open, within: str) -> None:
    app = open_page("countries", within=within, least="1")
    found = figures(app)["countries.matrix"]
    assert {(row.a[8:], row.b[8:]): row.n for row in found.itertuples()} == together(within)
    named = COUNTRIES[COUNTRIES[f"{within}_id"] != ""][f"{within}_id"].nunique()
    assert (found["of"] == named).all()
    assert found["share"].tolist() == pytest.approx((found["n"] / named).tolist())


def test_rare_pairs_are_left_out_unless_asked_for(open_page: Open) -> None:
    app = open_page("countries")
    assert figures(app)["countries.matrix"]["n"].min() >= 3
    app.selectbox(key="pick_least").set_value("20").run()
    assert app.query_params["least"] == "20"
    assert all(n >= 20 for n in figures(app).get("countries.matrix", pd.DataFrame({"n": []}))["n"])


def test_the_order_is_that_of_the_measure(open_page: Open) -> None:
    assert figures(open_page("countries", by="npmi", view="list"))["countries.list"]["npmi"].is_monotonic_decreasing


def test_one_pair_in_depth(open_page: Open) -> None:
    app = open_page("countries", lang="en", a="IR", b="US")
    assert not app.exception
    assert app.query_params["a"] == "country:IR"  # old links hold the bare code
    pair = figures(app)["countries.pair.statement"].iloc[0]
    assert pair["n"] == together("statement")["IR", "US"]
    assert f"{pair['n']} statements" in text(app)
    assert "Fisher's exact test, p =" in text(app).replace("&#x27;", "'")
    both = [one for one, named in COUNTRIES.groupby("statement_id")["entity_id"] if one and {"IR", "US"} <= set(named)]
    said = VIEW.attributions[VIEW.attributions["statement_id"].isin(both) & (VIEW.attributions["part"] == "speaker")]
    speakers = said.loc[~said["speaker_id"].str.startswith("anonymous"), "speaker_id"].value_counts()
    found = figures(app)["countries.speakers"]
    assert dict(zip(found["speaker"], found["n"], strict=True)) == speakers.to_dict()
    topics = VIEW.statement_topics[VIEW.statement_topics["statement_id"].isin(both)]["topic_id"].value_counts()
    found = figures(app)["countries.topics"]
    assert dict(zip(found["topic"], found["n"], strict=True)) == topics.to_dict()


def test_one_country(open_page: Open) -> None:
    app = open_page("countries", lang="en", a="country:TR")
    assert not app.exception
    named = COUNTRIES.loc[(COUNTRIES["entity_id"] == "TR") & (COUNTRIES["statement_id"] != ""), "statement_id"]
    one = figures(app)["countries.one"].iloc[0]
    assert one["n"] == named.nunique()
    sides = figures(app)["countries.sides"]
    towards = VIEW.positions[VIEW.positions["target"] == "state:TR"]
    assert sides["n"].sum() == len(towards) == sides["mixed"].sum()
    own = figures(app)["countries.own"]
    assert own["speaker"].tolist() == ["demo:cagan-cem"]
    app.selectbox(key="pick_stance").set_value("mixed").run()
    assert f"{len(towards)} statements" in text(app)
    app.selectbox(key="pick_stance").set_value("").run()
    app.selectbox(key="pick_own").set_value("demo:cagan-cem").run()
    assert f"{own['n'].iloc[0]} statements" in text(app)


def test_what_is_picked_narrows_the_sentences(open_page: Open) -> None:
    where = {"a": "country:IR", "lang": "en"}
    every = figures(open_page("countries", **where))["countries.speakers"].set_index("speaker")["n"]
    app = open_page("countries", **where, who="demo:whitmore-daniel", month="nonsense", pick="")
    assert f"{every['demo:whitmore-daniel']} statements" in text(app)
    assert app.button(key="clear_a_who").label == Labels("en")("selection.clear")
    app.button(key="to_filter_a_who").click().run()
    assert app.query_params["country"] == "IR"
    assert app.query_params["speaker"] == "demo:whitmore-daniel"
    assert "a" not in app.query_params


def test_another_country_begins_anew(open_page: Open) -> None:
    app = open_page("countries", a="country:IR", who="demo:whitmore-daniel")
    app.selectbox(key="pick_a").set_value("country:US").run()
    assert app.query_params["a"] == "country:US"
    assert "who" not in app.query_params


@pytest.mark.parametrize(
    ("kind", "entity"),
    [
        ("region", "region:persian_gulf"),
        ("organisation", "organisation:IAEA"),
        ("country_organisation", "organisation:IAEA"),
    ],
)
def test_regions_and_organisations_likewise(open_page: Open, tmp_path: Path, kind: str, entity: str) -> None:
    app = open_page("countries", folder=sample_with_more(tmp_path), kind=kind, a=entity, lang="en")
    assert not app.exception
    iran = COUNTRIES[(COUNTRIES["entity_id"] == "IR") & (COUNTRIES["statement_id"] != "")]["statement_id"].nunique()
    assert figures(app)["countries.one"].iloc[0]["n"] == iran
    assert ("countries.matrix" in figures(app)) == (kind == "country_organisation")
    assert "map" not in app.segmented_control(key="w_view").options


def test_what_is_of_another_kind_is_not_asked_for(open_page: Open) -> None:
    app = open_page("countries", kind="region", a="country:IR", view="map")
    assert not app.exception
    assert "a" not in app.query_params
    assert "mv-empty" in html(app)  # the invented tables name no region


def test_a_node_and_a_link_say_what_they_are() -> None:
    nodes = pd.DataFrame({"id": ["x", "y"], "label": ["<b>ایران", "ب"], "n": [4, 1], "community": [1, 9]})
    nodes = nodes.assign(x=[-1.0, 1.0], y=[0.0, 0.5], text=["<i>", "y"])
    edges = pd.DataFrame({"a": ["x"], "b": ["y"], "strength": [1.0], "sure": [True], "text": ["x و y"]})
    kind, option = charts_network.graph(theme.Look(Labels("fa"), theme.palette.LIGHT), nodes, edges, picked=("y",))
    series = option["series"][0]
    assert kind == "echarts"
    assert [item["id"] for item in series["data"]] == ["x", "y"]
    assert "&lt;i&gt;" in series["data"][0]["tooltip"]["formatter"]
    assert series["data"][1]["itemStyle"]["borderWidth"] > series["data"][0]["itemStyle"]["borderWidth"]
    assert series["links"][0]["lineStyle"]["type"] == "solid"
