"""What every page offers: filters one by one, undo, ways out of an empty page, tables, what is chosen, saved views."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.export import views
from analysis.export.views import SavedView
from analysis.measure.facts import Facts
from analysis.measure.filters import Filters
from analysis.measure.frequency import totals
from pages.ui import chart, options
from pages.ui.labels import LANGS, Labels
from tests.pages import sample
from tests.pages.conftest import Open
from tests.pages.test_pages import html, text

CHARTED = ("overview", "topics", "countries", "positions")


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of saved views of a test."""
    monkeypatch.setenv("MAVAZE_VIEWS", str(tmp_path / "views.csv"))
    return tmp_path / "views.csv"


def in_view(**filters: object) -> int:
    return totals(Filters(**filters).narrow(Facts.of(sample.build()))).statements  # type: ignore[arg-type]


def chips(app: AppTest) -> dict[str, str]:
    """The filters above the page: what each says, by its key."""
    found = [button for button in app.button if (button.key or "").startswith("chip_")]
    return {re.sub("[\u2066-\u2069\\\\]", "", button.label): button.key or "" for button in found}


def test_each_filter_is_taken_away_by_itself(open_page: Open) -> None:
    app = open_page("topics", lang="en", topic="sanctions~negotiation", ministers="1", start="2024-09-01")
    assert list(chips(app)) == [
        "Period: 1 September 2024 – … ✕",
        "Topic: Sanctions ✕",
        "Topic: Negotiation ✕",
        "Ministers only ✕",
    ]
    app.button(key=chips(app)["Topic: Sanctions ✕"]).click().run()
    assert app.query_params["topic"] == "negotiation" and "ministers" in app.query_params
    app.button(key="w_undo").click().run()
    assert app.query_params["topic"] == "sanctions~negotiation"
    app.button(key="w_reset").click().run()
    assert set(app.query_params) == {"lang"} and not chips(app)
    app.button(key="w_undo").click().run()
    assert len(chips(app)) == 4


def test_undo_goes_back_step_by_step(open_page: Open) -> None:
    app = open_page("statements", lang="en")
    assert "w_undo" not in {button.key for button in app.button}
    app.multiselect(key="w_topics").set_value(["sanctions"]).run()
    app.multiselect(key="w_countries").set_value(["IR"]).run()
    app.button(key="w_undo").click().run()
    assert list(chips(app)) == ["Topic: Sanctions ✕"]
    app.button(key="w_undo").click().run()
    assert not chips(app)
    assert "w_undo" not in {button.key for button in app.button}


def test_new_filters_are_in_the_sidebar(open_page: Open) -> None:
    app = open_page("statements", lang="en", of="RU")
    assert app.multiselect(key="w_of").value == ["RU"]
    app.multiselect(key="w_sources").set_value(["روزنامهٔ آزمون"]).run()
    assert not app.exception
    assert app.query_params["source"] == "روزنامهٔ آزمون"
    n = in_view(of=("RU",), sources=("روزنامهٔ آزمون",))
    assert n > 0 and (f"of {n}" in text(app) or f"{n} statements" in text(app))


def test_lists_are_in_persian_alphabetical_order(open_page: Open) -> None:
    app = open_page("overview")
    assert app.multiselect(key="w_countries").options == [
        "آمریکا",
        "ایران",
        "ترکیه",
        "روسیه",
        "عربستان سعودی",
        "عمان",
        "قطر",
    ]


def test_of_many_names_the_most_frequent_are_offered_and_all_are_found(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(options, "MOST", 2)
    app = open_page("statements", lang="en")
    assert len(app.multiselect(key="w_speakers").options) == 2
    app.text_input(key="w_find_speakers").set_value("چاگان").run()
    assert app.multiselect(key="w_speakers").options == ["Cem Çağan"]
    app.multiselect(key="w_speakers").set_value(["demo:cagan-cem"]).run()
    app.text_input(key="w_find_speakers").set_value("al-sabti").run()
    assert app.multiselect(key="w_speakers").options == ["Cem Çağan", "Salem Al-Sabti"]
    assert app.query_params["speaker"] == "demo:cagan-cem"


@pytest.mark.parametrize("lang", LANGS)
def test_an_empty_page_says_what_would_bring_something_back(open_page: Open, lang: str) -> None:
    labels = Labels(lang)
    app = open_page("topics", lang=lang, speaker="demo:whitmore-daniel", topic="trade_energy", source="nowhere")
    assert labels("app.empty") in text(app)
    assert app.button(key="without_all").label == labels("empty.all", n=in_view())
    app = open_page("topics", lang=lang, speaker="demo:whitmore-daniel", topic="trade_energy")
    ways = [button for button in app.button if (button.key or "").startswith("without_")]
    n = in_view(topics=("trade_energy",)), in_view(speakers=("demo:whitmore-daniel",))
    assert all(labels.number(count) in "".join(way.label for way in ways) for count in n)
    ways[0].click().run()
    assert not app.exception and labels("app.empty") not in text(app)


@pytest.mark.parametrize("name", CHARTED)
def test_every_chart_has_table_csv_and_pictures(open_page: Open, name: str) -> None:
    app = open_page(name, lang="en")
    figures = app.session_state[chart.FIGURES]
    drawn = re.findall(r'<div class="mv-take" data-picture="([^"]*)" data-file="([^"]*)"', html(app))
    assert drawn
    for picture, file in drawn:
        about = json.loads(unescape(picture))
        assert about["title"] and about["sentence"] == "All statements." and about["paper"] == "#ffffff"
        assert "statements" in about["source"] and "invented" in about["source"]
        assert re.fullmatch(r"mavaze-[a-z0-9-]+-\d{4}-\d\d-\d\d", file)
    assert len(drawn) <= len(figures)
    assert html(app).count('data-form="svg"') == html(app).count('data-form="png"') == len(drawn)


def test_the_table_behind_a_chart_is_drawn_when_it_is_opened(open_page: Open) -> None:
    app = open_page("positions", lang="en")
    assert 'aria-label="Speaker by topic or state"' not in html(app)
    app.session_state["table_positions_matrix"] = True
    app.run()
    assert 'aria-label="Speaker by topic or state"' in html(app)
    assert "Bahram Nikravesh" in text(app)


def test_what_is_chosen_becomes_a_filter_or_goes(open_page: Open) -> None:
    where = {"who": "demo:whitmore-daniel", "target": "topic:sanctions", "lang": "en", "country": "IR"}
    app = open_page("positions", **where)
    app.button(key="to_filter_who_target").click().run()
    assert not app.exception
    assert app.query_params["speaker"] == "demo:whitmore-daniel" and app.query_params["topic"] == "sanctions"
    assert app.query_params["country"] == "IR" and "who" not in app.query_params
    app = open_page("positions", **where)
    app.button(key="clear_who_target").click().run()
    assert "who" not in app.query_params and app.query_params["country"] == "IR"
    assert "<mark" not in html(app)


def test_saved_opened_renamed_overwritten_deleted_and_brought_back(open_page: Open, kept: Path) -> None:
    app = open_page("topics", lang="en", topic="sanctions", pick="sanctions")
    app.text_input(key="w_view_name").set_value("تحریم‌ها")
    next(button for button in app.button if button.label == "Save").click().run()
    assert not app.exception
    found = views.read(kept).views[0]
    assert (found.page, found.params) == (
        "topics",
        {"topic": "sanctions", "cal": "gregorian", "pick": "sanctions"},
    )
    links = [link.proto for link in app.sidebar.get("page_link") if "تحریم‌ها" in link.proto.label]
    assert len(links) == 1 and "pick=sanctions" in links[0].query_string and "lang=en" in links[0].query_string
    app.multiselect(key="w_topics").set_value([]).run()
    app.button(key="w_view_overwrite").click().run()
    assert views.read(kept).views[0].params == {"cal": "gregorian", "pick": "sanctions"}
    app.text_input(key="w_view_new").set_value("همه").run()
    app.button(key="w_view_rename").click().run()
    assert [view.name for view in views.read(kept).views] == ["همه"]
    app.button(key="w_view_delete").click().run()
    assert views.read(kept).views == () and "“همه” is deleted." in text(app)
    app.button(key="w_view_back").click().run()
    assert [view.name for view in views.read(kept).views] == ["همه"]
    assert not app.exception


def test_a_name_that_is_taken_and_a_line_that_is_no_view_are_said(open_page: Open, kept: Path) -> None:
    views.save(kept, SavedView("<b>x</b>", "topics"))
    kept.write_bytes(kept.read_bytes() + b"nonsense\n")
    app = open_page("topics", lang="en")
    assert "Line 3 of views.csv is no view" in text(app) and "<b>x</b>" not in html(app)
    app.text_input(key="w_view_name").set_value("<b>x</b>")
    next(button for button in app.button if button.label == "Save").click().run()
    assert "there is a view of this name already" in text(app)
    assert kept.read_bytes().endswith(b"nonsense\n")


@pytest.mark.parametrize("name", ["statements", "article", "history"])
def test_every_page_can_be_shared(open_page: Open, name: str) -> None:
    app = open_page(name, lang="en", id="a000")
    assert '<button type="button" class="mv-small mv-copy"' in html(app)


def test_a_page_that_fails_says_so_in_both_languages(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("within")

    monkeypatch.setattr("analysis.measure.frequency.by_topic", fail)
    app = open_page("topics", lang="en")
    assert app.exception  # Streamlit logs it; its box is hidden.
    assert "This page could not be shown." in text(app) and "این صفحه نشان داده نشد." in text(app)
    assert "within" not in text(app)
    assert app.multiselect(key="w_topics")
