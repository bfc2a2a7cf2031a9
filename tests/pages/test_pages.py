"""Every page in both languages, on invented tables: what is shown, what filters do, what links carry."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from analysis.measure.filters import Filters
from analysis.schema import Tables
from pages.ui.labels import LANGS, Labels
from tests.pages import sample
from tests.pages.conftest import PAGES, Open

BARE = ("add", "history")
"""Pages on the store itself, which filters do not change."""
LISTED = [name for name in PAGES if name not in ("article", *BARE)]


def html(app: AppTest) -> str:
    """All HTML of a page."""
    return "\n".join(block.proto.body for block in [*app.main.get("html"), *app.sidebar.get("html")])


def text(app: AppTest) -> str:
    """What a reader sees of it."""
    return re.sub(r"<style>.*?</style>|<script>.*?</script>|<[^>]+>", " ", html(app), flags=re.DOTALL)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", PAGES)
def test_opens(open_page: Open, name: str, lang: str) -> None:
    app = open_page(name, lang=lang, id="a000")
    assert not app.exception
    labels = Labels(lang)
    direction = "rtl" if lang == "fa" else "ltr"
    assert f'data-direction="{direction}"' in html(app)
    if name in BARE:
        assert labels(f"pages.{name}") in text(app)
    elif name != "article":
        assert labels(f"pages.{name}") in text(app)
        assert labels("sentence.all") in text(app)
        assert app.get("download_button")
    else:
        assert "بهرام نیک‌روش" in text(app)


@pytest.mark.parametrize("name", PAGES)
def test_empty_tables_say_so(open_page: Open, tmp_path, name: str) -> None:
    app = open_page(name, folder=sample.write(Tables(), tmp_path))
    assert not app.exception
    assert "mv-empty" in html(app)


@pytest.mark.parametrize("name", LISTED)
def test_a_link_with_everything_in_it(open_page: Open, name: str) -> None:
    app = open_page(
        name,
        lang="en",
        start="2024-09-01",
        to="2025-08-31",
        speaker="demo:nikravesh-bahram~demo:orlov-pavel",
        ministers="1",
        topic="sanctions",
        country="US",
        collection="demo",
        repeats="1",
        relayed="1",
        sure="85",
    )
    assert not app.exception
    assert (
        "Statements by Bahram Nikravesh and Pavel Orlov while a minister about Sanctions, mentioning United States, in"
        " Demonstration (invented), from 1 September 2024 to 31 August 2025, counting headlines and repeated lines, with"
        " positions relayed by others, with a confidence of at least 85%." in text(app)
    )


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    "query",
    [
        {
            "start": "nonsense",
            "cal": "maya",
            "lang": "xx",
            "month": "1403-99",
            "speaker": "<b>x</b>",
            "topic": "none",
            "country": "XX",
            "collection": "nowhere",
        },
        {
            "pick": "nothing",
            "month": "2024-01",
            "who": "nobody",
            "a": "XX",
            "b": "YY",
            "target": "x:y",
            "id": "?",
            "view": "all",
            "order": "none",
            "measure": "x",
            "within": "x",
            "p_s": "99999",
            "p_o": "-1",
            "p_t": "x",
            "p_a": "9",
        },
    ],
)
def test_a_link_with_nonsense_in_it(open_page: Open, name: str, query: dict[str, str]) -> None:
    app = open_page(name, **query)
    assert not app.exception
    assert "<b>x</b>" not in html(app)


def test_ministers_only(open_page: Open) -> None:
    app = open_page("statements", lang="en")
    app.toggle(key="w_ministers").set_value(True).run()
    assert not app.exception
    assert "Statements by ministers." in text(app)
    assert app.query_params["ministers"] == "1"
    expected = len(Filters(ministers=True).apply(sample.build()).statements)
    assert f"1 to 10 of {expected}" in text(app)


def test_filters_go_along_to_another_page(open_page: Open) -> None:
    app = open_page("overview", lang="en")
    app.multiselect(key="w_topics").set_value(["sanctions"]).run()
    app.switch_page(PAGES["countries"]).run()
    assert "All statements about Sanctions." in text(app)


def test_reset(open_page: Open) -> None:
    app = open_page("overview", lang="en", ministers="1", topic="sanctions")
    app.button(key="w_reset").click().run()
    assert "All statements." in text(app)
    assert set(app.query_params) == {"lang"}


def test_period_by_preset_and_by_jalali_month(open_page: Open) -> None:
    app = open_page("statements")
    app.selectbox(key="w_span").set_value("3").run()
    assert app.query_params["from"] == "2025-06-22"  # the first of Tir
    assert app.query_params["to"] == "2025-09-22"  # the last of Shahrivar
    assert "از ۱ تیر ۱۴۰۴ تا ۳۱ شهریور ۱۴۰۴" in text(app)
    assert "گفتهٔ بی‌تاریخ" in text(app)
    app.selectbox(key="w_span").set_value("custom").run()
    app.selectbox(key="w_from_month").set_value(1).run()
    app.selectbox(key="w_from_year").set_value(1404).run()
    assert app.query_params["from"] == "2025-03-21"


def test_undated_are_counted_aside_and_can_be_shown(open_page: Open) -> None:
    app = open_page("statements", lang="en", start="2025-01-01")
    left = len(Filters(undated="only").apply(sample.build()).statements)
    assert f"+ {left} undated statements" in text(app)
    app.button(key="note_undated").click().run()
    assert f"1 to 10 of {left}" in text(app)


def test_repeated_lines_show_the_other_total(open_page: Open) -> None:
    app = open_page("statements", lang="en")
    without = len(Filters().apply(sample.build()).statements)
    more = len(Filters(repeats=True).apply(sample.build()).statements) - without
    assert f"+ {more} headlines or repeated lines" in text(app)
    app.button(key="note_repeats").click().run()
    assert f"of {without + more}" in text(app)
    assert f"Without headlines and repeated lines: {without} statements." in text(app)


@pytest.mark.parametrize(
    ("lang", "name", "said"),
    [
        ("en", "Only the sure ones", "+ {} less sure statements and {} less sure positions are hidden."),
        ("fa", "فقط موارد مطمئن", "+ {} گفته و {} موضع که کمتر مطمئن‌اند پنهان است."),
    ],
)
def test_only_the_sure_ones(open_page: Open, lang: str, name: str, said: str) -> None:
    app = open_page("statements", lang=lang)
    assert app.toggle(key="w_sure").label == name
    app.toggle(key="w_sure").set_value(True).run()
    assert app.query_params["sure"] == "80"
    every, sure = (Filters(sure=least).apply(sample.build()) for least in (0, 80))
    hidden = [len(getattr(every, table)) - len(getattr(sure, table)) for table in ("statements", "positions")]
    number = Labels(lang).number
    assert min(hidden) > 0 and said.format(*map(number, hidden)) in text(app)
    assert Labels(lang)("statements.range", first=1, last=10, n=len(sure.statements)) in text(app)
    app.button(key="note_sure").click().run()
    assert "sure" not in app.query_params
    assert Labels(lang)("statements.range", first=1, last=10, n=len(every.statements)) in text(app)


def test_numbers_rest_on_what_is_sure(open_page: Open) -> None:
    sure = Filters(sure=80).apply(sample.build())
    app = open_page("topics", lang="en", sure="80")
    assert f"Share of the {len(sure.statements)} statements in view" in text(app)
    app = open_page("positions", lang="en", sure="80", who="demo:pourmand-laleh")
    assert "Turkey: conditional" not in text(app)  # the statement is sure, its position on the state is not
    app = open_page("positions", lang="en", who="demo:pourmand-laleh")
    assert "Turkey: conditional" in text(app) and "Rule: sample (confidence 60%)" in text(app)


def confidences(app: AppTest) -> list[int]:
    """Those at the foot of the cards, top down."""
    return [int(share) for share in re.findall(r">confidence (\d+)%<", html(app))]


def test_evidence_can_be_sorted_by_confidence(open_page: Open) -> None:
    app = open_page("statements", lang="en", order="least_sure")
    assert not app.exception
    first = confidences(app)
    assert len(first) == 10 and first == sorted(first) and first[0] == 45
    app = open_page("topics", lang="en", pick="bilateral_ties")
    assert confidences(app) != sorted(confidences(app), reverse=True)
    app = open_page("topics", lang="en", pick="bilateral_ties", order="surest", p_t="2")
    assert confidences(app) == sorted(confidences(app), reverse=True)


def test_articles_have_no_confidence_to_sort_by(open_page: Open) -> None:
    app = open_page("statements", lang="en", view="articles", order="surest")
    assert not app.exception


@pytest.mark.parametrize("name", ["overview", "speaker"])
def test_the_demonstration_is_named_until_it_is_hidden(open_page: Open, name: str) -> None:
    app = open_page(name)
    assert "مجموعهٔ نمایشی (ساختگی)" in text(app)
    app.button(key="mv_demo_hide").click().run()
    assert not app.exception
    assert app.query_params["collection"] == "press"
    assert "mv-warn" not in html(app)


def test_an_invented_article_says_so(open_page: Open) -> None:
    assert Labels("en")("article.demo") in text(open_page("article", lang="en", id="a001"))
    assert Labels("en")("article.demo") in text(open_page("article", lang="en", id="a001", collection="press"))
    assert Labels("en")("article.demo") not in text(open_page("article", lang="en", id="a000"))


def test_a_picked_cell_opens_its_sentences_with_evidence_and_rule(open_page: Open) -> None:
    app = open_page("positions", lang="en", who="demo:whitmore-daniel", target="topic:sanctions")
    assert "Consistently for" in text(app)
    assert '<mark class="for">▲' in html(app)
    assert "Rule: sample" in text(app)
    assert "imposing" in text(app)  # what "for" means


def test_relayed_positions_are_told_apart(open_page: Open) -> None:
    where = {"who": "demo:cagan-cem", "target": "topic:use_of_force"}
    assert "Use of force: against (Cem" not in text(open_page("positions", lang="en", **where))
    assert "به روایت پاول اورلوف" in text(open_page("positions", relayed="1", **where))


def test_anonymous_sources_have_no_page(open_page: Open) -> None:
    app = open_page("statements", view="speakers")
    assert "یک منبع آگاه" not in text(app)
    assert "anonymous:a1" not in app.multiselect(key="w_speakers").options
    assert "یک منبع آگاه" in text(open_page("statements", topic="detainees"))


def test_months_follow_the_calendar(open_page: Open) -> None:
    app = open_page("topics", lang="en", pick="sanctions", when="2025-07")
    assert app.selectbox(key="pick_when").value == "2025-07"
    app.segmented_control(key="w_calendar").set_value("jalali").run()
    assert not app.exception
    assert app.selectbox(key="pick_when").value == ""
    assert "Tir 1404" in app.selectbox(key="pick_when").options


def test_harmful_titles_and_addresses_are_shown_as_text(open_page: Open) -> None:
    app = open_page("article", id="a035")
    assert "<script>window.stolen" not in html(app)
    assert "&lt;script&gt;" in html(app)
    assert "javascript:" not in html(app)
    assert "\u202e" not in html(app)


def test_article_marks_everything_and_numbers_its_statements(open_page: Open) -> None:
    body = html(open_page("article", lang="en", id="a000", s="a000:0"))
    for kind in ("speaker", "cue", "topic", "country", "stance against", "num"):
        assert f"{kind}" in body
    assert "Repeats statement" in body or "headline" not in body
    assert "https://example.org/news/0" in body
