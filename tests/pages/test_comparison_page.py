"""The page that compares: what it proposes, what it shows, what it opens, and what it answers to wrong choices."""

from dataclasses import replace
from pathlib import Path

import pytest

from analysis.measure.filters import Filters
from analysis.schema import OFFICES
from pages.ui.labels import Labels
from pages.ui.palette import SYMBOL_TEXT
from tests.pages import sample
from tests.pages.conftest import Open
from tests.pages.test_pages import html, text

MINA, ORLOV, ENVOY = "demo:nikravesh-bahram", "demo:orlov-pavel", "demo:pourmand-laleh"
VIEW = Filters().apply(sample.build())
EN = Labels("en")


def said(speaker: str) -> set[str]:
    """The ids of a speaker's statements in view."""
    rows = VIEW.attributions
    return set(rows.loc[(rows["speaker_id"] == speaker) & (rows["part"] == "speaker"), "statement_id"])


def shown(app, side: int) -> str:  # type: ignore[no-untyped-def]
    """How many statements the heading of a column says it has."""
    heads = [
        part.value for part in app.get("html") if "mv-head" in part.value and any(map(part.value.count, SYMBOL_TEXT))
    ]
    return heads[side]


def offices(folder: Path) -> Path:
    """The invented tables in which two people held one office, of one of whom the term is known."""
    tables = sample.build()
    rows = tables.attributions.copy()
    rows.loc[rows["speaker_id"] == ENVOY, "role"] = "foreign_minister"
    terms = OFFICES.frame().reindex(range(1)).fillna("")
    terms = terms.assign(
        speaker_id=ENVOY, role="foreign_minister", country="IR", **{"from": "2013-08-15", "to": "2019"}
    )
    return sample.write(replace(tables, attributions=rows, offices=OFFICES.frame(terms)), folder)


def test_two_speakers_side_by_side(open_page: Open) -> None:
    app = open_page("comparison", lang="fa", ids=f"{MINA}~{ORLOV}")
    assert not app.exception
    labels = Labels("fa")
    for chart in ("over_time", "sources", "topics", "differences", "positions", "scores", "tone"):
        assert labels(f"chart.compare.{chart}") in text(app)
    amount = app.session_state["mv_figures"]["compare.amount"]
    assert amount["n"].tolist() == [len(said(MINA)), len(said(ORLOV))]
    assert f"{labels.number(len(said(MINA)))} " in html(app)


def test_a_topic_opens_the_sentences_of_both(open_page: Open) -> None:
    app = open_page("comparison", lang="en", ids=f"{MINA}~{ORLOV}", pick="nuclear_deal")
    on = set(VIEW.statement_topics.loc[VIEW.statement_topics["topic_id"] == "nuclear_deal", "statement_id"])
    assert EN("statements.n_statements", n=len(said(ORLOV) & on)) in shown(app, 1)
    assert "Nuclear deal" in shown(app, 0)
    app.selectbox(key="pick_compared_target").set_value("topic:sanctions").run()
    assert app.query_params == app.query_params | {"target": "topic:sanctions"} and "pick" not in app.query_params
    held = VIEW.positions[(VIEW.positions["speaker_id"] == MINA) & (VIEW.positions["target"] == "topic:sanctions")]
    assert EN("statements.n_statements", n=held["statement_id"].nunique()) in shown(app, 0)


def test_of_more_than_two_the_reader_chooses_the_columns(open_page: Open) -> None:
    app = open_page("comparison", lang="en", by="country", ids="IR~RU~TR", right="country:TR")
    assert "Iran" in shown(app, 0) and "Turkey" in shown(app, 1)
    app.selectbox(key="w_side_left").set_value("country:RU").run()
    assert "Russia" in shown(app, 0)
    of_russia = VIEW.attributions[(VIEW.attributions["country"] == "RU") & (VIEW.attributions["part"] == "speaker")]
    assert EN("statements.n_statements", n=of_russia["statement_id"].nunique()) in shown(app, 0)
    assert len(app.session_state["mv_figures"]["compare.tone"]) == 6


def test_the_holders_of_an_office_stand_in_order_with_their_terms(open_page: Open, tmp_path: Path) -> None:
    app = open_page("comparison", folder=offices(tmp_path), lang="en", by="office", office="foreign_minister.IR")
    assert not app.exception
    assert app.session_state["mv_figures"]["compare.amount"]["side"].tolist() == [f"speaker:{ENVOY}", f"speaker:{MINA}"]
    assert "in office 15 August 2013 to 2019" in text(app) and "term not known" in text(app)


def test_two_times_of_the_readers_own(open_page: Open) -> None:
    app = open_page("comparison", lang="en", by="period", size="free")
    assert ".." in app.query_params["ids"][0] or ".." in app.query_params["ids"]
    app.selectbox(key="w_span_0_from").set_value("2025-01").run()
    assert not app.exception
    first, _, second = str(app.session_state["mv_figures"]["compare.amount"]["side"].tolist()).partition(",")
    assert "2025-01" in first and second


def test_nothing_chosen_is_answered_with_proposals(open_page: Open) -> None:
    app = open_page("comparison", lang="en")
    found = app.session_state["mv_figures"]["compare.proposals"]
    assert found["by"].tolist() == ["speaker", "country", "period"]  # Nobody in the sample followed on somebody.
    assert "What this view suggests" in text(app)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (
            {"ids": f"{MINA}~{MINA}~person:nobody~anonymous:a1"},
            ("counted once", "left out: person:nobody and anonymous:a1", "One alone cannot be compared"),
        ),
        ({"ids": f"{MINA}~{ORLOV}", "topic": "sanctions"}, ("Pavel Orlov says nothing in this view",)),
        ({"by": "country", "ids": "IR~RU~OM~US~TR~QA~SA"}, ("more than 6 cannot be told apart",)),
        ({"by": "named", "ids": "IR~BR"}, ("No statement in this view names Brazil",)),
        (
            {"by": "period", "ids": "2025~1999~someday"},
            ("There is no statement in view from 1999", "left out: someday"),
        ),
        ({"by": "period", "ids": "2025~2025-h1"}, ("2025 and First half of 2025 overlap",)),
        ({"by": "office", "office": "supreme_leader.US"}, ("nobody speaks as Supreme leader",)),
    ],
)
def test_wrong_choices_are_answered_in_words(open_page: Open, query: dict[str, str], words: tuple[str, ...]) -> None:
    app = open_page("comparison", lang="en", **query)
    assert not app.exception
    assert [one for one in words if one not in text(app)] == []
    sides = app.session_state["mv_figures"].get("compare.amount")
    assert "What this view suggests" in text(app) if sides is None else len(sides) >= 2


def test_what_is_wrong_can_be_left_behind(open_page: Open) -> None:
    app = open_page("comparison", lang="en", ids=f"{MINA}~person:nobody")
    app.button(key="compared_rest").click().run()
    assert "ids" not in app.query_params and "Not known here" not in text(app)
