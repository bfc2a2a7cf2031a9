"""The page on who agrees with whom: what clicks and choices open, and what it says where little is there."""

from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.agreeing.question import SHOWN
from pages.ui.labels import LANGS, Labels
from tests.held import varied
from tests.pages import sample
from tests.pages.conftest import Open
from tests.pages.test_pages import html, text

ONE, OTHER = "demo:nikravesh-bahram", "demo:orlov-pavel"
SAID = {"least": "1", "active": "1"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented tables with many positions on the same."""
    return sample.write(varied(), tmp_path_factory.mktemp("agreeing"))


def figures(app: AppTest) -> dict[str, pd.DataFrame]:
    """What the page shows, by chart."""
    assert not app.exception
    return app.session_state["mv_figures"]


@pytest.mark.parametrize(("shown", "lang"), list(zip(SHOWN, (*LANGS, "fa"), strict=True)))
def test_every_way_of_showing(open_page: Open, folder: Path, shown: str, lang: str) -> None:
    app = open_page("agreement", folder, lang=lang, view=shown)
    assert {f"agreement.{shown}", "agreement.concepts", "agreement.blocs"} <= set(figures(app))
    assert Labels(lang)(f"chart.agreement.{shown}") in text(app)
    buttons = {button.proto.label for button in app.get("download_button")}
    assert {"GraphML", "Discourse Network Analyzer"} <= buttons


def test_two_that_are_picked_stand_side_by_side(open_page: Open, folder: Path) -> None:
    app = open_page("agreement", folder, lang="en", view="list")
    app.selectbox(key="pick_a").set_value(ONE).run()
    assert "agreement.node" in figures(app) and app.query_params["a"] == ONE
    app.selectbox(key="pick_b").set_value(OTHER).run()
    found = figures(app)["agreement.pair"]
    pair = figures(app)["agreement.list"].set_index(["one", "other"])
    row = pair.loc[(ONE, OTHER)] if (ONE, OTHER) in pair.index else pair.loc[(OTHER, ONE)]
    assert (len(found), found["agree"].sum(), found["differ"].sum()) == (row["shared"], row["agree"], row["differ"])
    assert "Bahram Nikravesh" in html(app) and "Pavel Orlov" in html(app)
    concept = found["target"].iloc[0]
    app.selectbox(key="pick_c").set_value(concept).run()
    assert app.query_params["c"] == concept and html(app).count("mv-card") >= 4


def test_a_concept_opens_its_sentences(open_page: Open, folder: Path) -> None:
    app = open_page("agreement", folder, lang="en", c="topic:sanctions")
    n = figures(app)["agreement.concepts"].set_index("target").loc["topic:sanctions", "n"]
    assert f"{n} statement" in text(app)  # each of these positions stands in a statement of its own
    assert "mv-card" in html(app)


def test_states_can_stand_in_the_network(open_page: Open, folder: Path) -> None:
    app = open_page("agreement", folder, lang="en", nodes="state", view="matrix", a="country:IR", **SAID)
    assert set(figures(app)["agreement.node"]["one"]) | set(figures(app)["agreement.node"]["other"]) >= {"country:IR"}
    assert "Turkey" in text(app)


def test_who_is_not_in_the_network_is_not_asked_for(open_page: Open, folder: Path) -> None:
    app = open_page("agreement", folder, lang="en", a="nobody", b=ONE, c="topic:none", when="1399-q1")
    figures(app)
    assert app.query_params["a"] == ONE
    assert "b" not in app.query_params and "c" not in app.query_params


def test_too_little_says_so(open_page: Open, folder: Path) -> None:
    app = open_page("agreement", folder, lang="en", least="10")
    assert figures(app).keys() == {"agreement.nodes"}
    assert "No two speakers" in text(app)
    few = open_page("agreement", folder, lang="en", topic="sanctions", **SAID)
    assert "Too little for a judgement on blocs" in text(few)
    assert "not enough to follow it over time" in text(few)
