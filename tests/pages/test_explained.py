"""The words behind the «؟» beside each chart."""

import re

import pytest

from analysis.text.words import LANGS, Lang
from pages.ui import explained
from pages.ui.labels import keys
from tests.pages.conftest import Open
from tests.pages.test_pages import html
from tools import guide

CHARTS = {key.removeprefix("chart.") for key in keys("en") if re.fullmatch(r"chart\.[a-z]+\.[a-z_]+", key)}


def test_every_chart_is_explained_in_both_languages() -> None:
    persian, english = explained.charts("fa"), explained.charts("en")
    assert list(persian) == list(english)
    assert CHARTS - english.keys() == set(), "charts without an explanation"
    assert english.keys() - CHARTS == set(), "explanations of no chart"
    for name in english:
        assert bool(persian[name].source) == bool(english[name].source), name
        assert re.search("[\u0600-\u06ff]", persian[name].read + persian[name].how)
        assert not re.search("[\u0600-\u06ff]", english[name].read + english[name].how)


def test_the_parts_of_a_chart_share_its_words() -> None:
    assert explained.of("en", "countries.topics.RU") == explained.of("en", "countries.topics")
    assert explained.of("en", "nothing.like.it") is None


@pytest.mark.parametrize("lang", LANGS)
def test_the_guide_says_the_same_words(lang: Lang) -> None:
    written = (guide.DOCS / f"guide.{lang}.md").read_text(encoding="utf-8")
    assert guide.written(lang, written) == written, "run: python tools/guide.py"


@pytest.mark.parametrize("lang", LANGS)
def test_the_question_mark_opens_the_words(open_page: Open, lang: Lang) -> None:
    app = open_page("topics", lang=lang)
    assert not app.exception
    assert "mv-explained" not in html(app)
    app.session_state["why_topics_frequency"] = True
    app.run()
    assert explained.of(lang, "topics.frequency").read[:40] in html(app)
