"""The words behind the «؟» beside each chart."""

import re

from pages.ui import explained
from pages.ui.labels import keys

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
