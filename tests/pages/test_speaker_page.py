"""The pages on who stands where and on one speaker: how a label came about, who is who, and the ways between them."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from analysis import schema
from analysis.measure.filters import Filters
from pages.ui.labels import LANGS, Labels
from tests.pages import sample
from tests.pages.conftest import Open
from tests.pages.test_pages import html, text

WHO, TARGET = "demo:nikravesh-bahram", "topic:sanctions"
ALL = sample.build()
MINE = Filters().apply(ALL).positions.query("speaker_id == @WHO and target == @TARGET and not relayed")


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented tables with offices, another name, a Wikidata id, and somebody who says nothing."""
    rows = [
        {"speaker_id": WHO, "role": "foreign_minister", "office_fa": "وزیر امور خارجه", "office_en": "foreign minister"}
        | {"country": "IR", "from": "2024-08-21", "source": "corpus", "checked": "yes"},
        {"speaker_id": WHO, "role": "ambassador", "office_fa": "سفیر", "office_en": "ambassador", "country": "JP"}
        | {"from": "2010", "to": "2013-05", "source": "general knowledge", "checked": "no"},
    ]
    speakers = ALL.speakers.copy()
    speakers.loc[speakers["speaker_id"] == WHO, ["wikidata", "aliases"]] = ["Q42", "نیک‌روش|<b>دکتر</b>"]
    silent = schema.SPEAKERS.frame(
        [{"speaker_id": "demo:silent", "name_fa": "خاموش", "name_en": "Silent", "kind": "person"}]
    )
    speakers = schema.SPEAKERS.frame([*speakers.to_dict("records"), *silent.to_dict("records")])
    return sample.write(
        replace(ALL, offices=schema.OFFICES.frame(rows), speakers=speakers), tmp_path_factory.mktemp("described")
    )


@pytest.mark.parametrize("lang", LANGS)
def test_a_label_says_how_it_came_about(open_page: Open, lang: str) -> None:
    labels = Labels(lang)
    app = open_page("positions", lang=lang, who=WHO, target=TARGET)
    assert not app.exception
    n, counts = len(MINE), MINE["stance"].value_counts()
    assert set(counts.index) == {"against"}
    number = labels.number
    assert f"({number(0)} + {number(0)} ÷ {number(2)}) ÷ {number(n)} = {labels.decimal(0.0, 2)}" in text(app)
    assert labels("positions.why", label=labels("label.consistently_against")) in text(app)
    found = app.session_state["mv_figures"]["positions.derived"].iloc[0]
    assert labels.decimal(found["high"], 2) in text(app)
    assert labels("label.almost_always_against") in text(app)  # It is within the interval.
    assert html(app).count("<h3") == 2  # Why, and one stance: the others have no sentence.
    assert '<mark class="against">▼' in html(app)


def test_a_cell_without_evidence_says_so(open_page: Open) -> None:
    app = open_page("positions", lang="en", who=WHO, target="topic:use_of_force", kind="state")
    assert not app.exception and "no position recorded · 0 statements" in text(app)
    assert app.session_state["mv_figures"]["positions.matrix"]["target"].unique().tolist() == ["state:TR"]
    assert 'href=\\"speaker?lang=en&amp;who=demo:pourmand-laleh\\"' in app.get("plotly_chart")[0].proto.spec


def test_positions_at_second_hand_stand_apart(open_page: Open) -> None:
    app = open_page("positions", lang="en", via="demo:cagan-cem~demo:orlov-pavel~topic:use_of_force")
    assert "demo:cagan-cem~topic:use_of_force" not in str(app.session_state["mv_figures"]["positions.matrix"])
    assert Labels("en")("card.relayed", name="Pavel Orlov") in text(app) and '<mark class="against">' in html(app)


def test_a_speaker_is_described(open_page: Open, described: Path) -> None:
    labels = Labels("fa")
    app = open_page("speaker", described, who=WHO, target=TARGET, speaker="demo:orlov-pavel")
    assert not app.exception
    said, page = text(app), html(app)
    assert labels("speaker.other_filter", name="بهرام نیک‌روش") in said
    assert "https://www.wikidata.org/wiki/Q42" in page and "<b>دکتر</b>" not in page
    assert labels("speaker.not_known") in said  # when the office ends
    assert labels.digits("2010") in said and labels("speaker.source_general_knowledge") in said
    figures = app.session_state["mv_figures"]
    assert figures["speaker.n"] == len(Filters(speakers=(WHO,)).apply(ALL).statements)
    assert len(figures["speaker.decisive.against"]) == 3 and figures["speaker.decisive.for"].empty
    assert labels("speaker.decisive_none") in said


def test_a_speaker_is_chosen_and_narrowed(open_page: Open) -> None:
    app = open_page("speaker", lang="en", ministers="1")
    assert "speaker.most" in app.session_state["mv_figures"]
    app.selectbox(key="pick_who").set_value(WHO).run()
    assert app.query_params["who"] == WHO and app.query_params["ministers"] == "1"
    app.selectbox(key="pick_pick").set_value("negotiation").run()
    assert not app.exception and "Bahram Nikravesh · Negotiation" in text(app)
    app.button(key="to_filter_pick").click().run()
    assert app.query_params["topic"] == "negotiation" and app.query_params["speaker"] == WHO
    assert app.selectbox(key="pick_who").value == WHO


@pytest.mark.parametrize(
    ("who", "words"),
    [("anonymous:a1", "speaker.anonymous"), ("demo:silent", "speaker.nothing")],
)
def test_who_has_no_evidence(open_page: Open, described: Path, who: str, words: str) -> None:
    app = open_page("speaker", described, lang="en", who=who)
    assert not app.exception and Labels("en")(words, name="Silent") in text(app)


def test_names_lead_to_their_page(open_page: Open) -> None:
    app = open_page("statements", lang="en", ministers="1", topic="negotiation")
    links = re.findall(r'class="mv-person" href="([^"]*)"', html(app))
    assert links and all(link.startswith("speaker?topic=negotiation&amp;ministers=1") for link in links)
    assert any(link.endswith("&amp;who=demo%3Anikravesh-bahram") for link in links)
    anonymous = open_page("statements", lang="en", topic="detainees")
    assert "An informed source" in text(anonymous) and "anonymous%3Aa1" not in html(anonymous)
