"""The parts that pages are made of."""

import csv
import datetime as dt
import re

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from analysis.config import DATA
from analysis.lexicon import load
from analysis.measure.filters import Filters
from analysis.measure.sentence import say
from analysis.serve.content import Content
from pages.ui import bidi, charts, charts_time, collation, labels, marked, palette, periods
from pages.ui.labels import LANGS, Labels
from pages.ui.names import Names
from tests.pages import sample

LOOKS = [charts.Look(Labels(lang), palette.LIGHT) for lang in labels.LANGS]
ISOLATED = re.compile("^[\u2066\u2067][^\u2066-\u2069]*\u2069$")


def test_both_languages_have_the_same_words() -> None:
    persian, english = labels.keys("fa"), labels.keys("en")
    assert persian.keys() == english.keys()
    for key, words in persian.items():
        if isinstance(words, str):
            assert sorted(re.findall(r"{(\w+)}", words)) == sorted(re.findall(r"{(\w+)}", english[key])), key
            assert words and english[key]
    assert not [
        key
        for key, words in english.items()
        # What is typed into the search box is Persian in English as well.
        if re.search("[\u0600-\u06ff]", str(words)) and key != "app.language" and not key.startswith("search.")
    ]


def test_numbers_and_dates_are_in_the_readers_script() -> None:
    fa, en = Labels("fa"), Labels("en")
    day = dt.date(2022, 3, 15)
    assert (fa.number(12345), en.number(12345)) == ("۱۲٬۳۴۵", "12,345")
    assert (fa.share(0.0345), en.share(0.0345), fa.share(0.5)) == ("۳٫۵٪", "3.5%", "۵۰٪")
    assert (fa.share(0.0), fa.share(1.0)) == ("۰٪", "۱۰۰٪")
    assert fa.both_dates(day, "jalali") == "۲۴ اسفند ۱۴۰۰ (۱۵ مارس ۲۰۲۲)"
    assert en.date(day, "gregorian") == "15 March 2022"
    assert fa.date(None, "jalali") == "بی‌تاریخ"


def test_persian_alphabet() -> None:
    names = [
        "یمن",
        "گرجستان",
        "ترکیه",
        "پاکستان",
        "چین",
        "آمریکا",
        "ایران",
        "ژاپن",
        "کویت",
        "زامبیا",
        "افغانستان",
        "هند",
        "ونزوئلا",
    ]
    expected = [
        "آمریکا",
        "افغانستان",
        "ایران",
        "پاکستان",
        "ترکیه",
        "چین",
        "زامبیا",
        "ژاپن",
        "کویت",
        "گرجستان",
        "ونزوئلا",
        "هند",
        "یمن",
    ]
    assert sorted(names, key=collation.key) == expected
    assert collation.key("علي")[0] == collation.key("علی")[0]
    assert collation.key("نیک‌روش")[0] == collation.key("نیک روش")[0]


@settings(deadline=None)
@given(some.text())
def test_nothing_gets_out_of_html(text: str) -> None:
    assert not re.search('[<>"]', bidi.inline(text).replace("&lt;", "").replace("&gt;", "").replace("&quot;", ""))
    assert not re.search("[\u202a-\u202e]", bidi.inline(text) + bidi.escape(text))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a?b=1&c=2", "https://example.org/a?b=1&amp;c=2"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//example.org", ""),
        ("https:///x", ""),
        ("http://[broken", ""),
        ('https://e.org/"onclick="x', "https://e.org/&quot;onclick=&quot;x"),
        ("", ""),
    ],
)
def test_only_addresses_of_the_web_are_links(url: str, expected: str) -> None:
    assert bidi.link(url) == expected


def test_chart_labels_are_isolated_line_by_line() -> None:
    assert bidi.chart("یک\nدو", rtl=True).split("<br>") == ["\u2067یک\u2069", "\u2067دو\u2069"]
    assert bidi.chart("<b>&", rtl=False) == "\u2066&lt;b&gt;&amp;\u2069"
    assert bidi.wrap("مذاکره و میانجی‌گری میان کشورها", 12, 2) == "مذاکره و\nمیانجی‌گری…"
    assert len(bidi.wrap("ب" * 400, 12)) == 30


@pytest.mark.parametrize("look", LOOKS)
def test_charts_isolate_every_label_and_carry_ids(look: charts.Look) -> None:
    frame = pd.DataFrame(
        {"id": ["a", "b"], "label": ["یک", "دو"], "n": [3, 1], "shown": ["۳", "۱"], "text": ["x", "y"]}
    )
    cells = frame.assign(row=[0, 1], column=[1, 0], fill="#fff", ink="#000", edge="#ccc")
    series = frame.assign(place=[0, 1], value=[0.2, 0.4], period="1403-01", panel=0)
    changes = frame.assign(ratio=[2, 0.1], low=[0.5, 0.001], high=[4, 0.2], verdict=["unclear", "falling"])
    figures = [
        charts.columns(look, frame),
        charts.bars(look, frame, picked="a"),
        charts_time.lines(look, series, ticks=["یک", "دو"], percent=True, is_open=True),
        charts_time.multiples(look, series, panels=["یک", "دو"], ticks=["یک", "دو"], percent=True),
        charts_time.intervals(look, changes),
        charts.squares(look, cells, ["یک", "دو"], ["سه", "چهار"], picked="a"),
    ]
    for figure in figures:
        written = [*(figure.layout.xaxis.ticktext or ()), *(figure.layout.yaxis.ticktext or ())]
        assert go.Figure(figure.to_dict()) is not None  # Every property is one that Plotly knows.
        for trace in figure.data:
            if trace.hoverinfo == "skip":
                continue
            written += [*trace.hovertext, *(trace.text if trace.text is not None else ())]
            assert len(trace.customdata)
        numbers = re.compile(r"^[\d۰-۹٫.٬,%٪×÷]+$")
        assert all(ISOLATED.match(line) or numbers.match(line) for label in written for line in label.split("<br>"))
    assert (figures[1].layout.xaxis.range[0] > 0) == look.rtl


@settings(deadline=None)
@given(some.floats(0.001, 1e6), some.booleans())
def test_axis_steps_cover_the_data_with_few_values(most: float, whole: bool) -> None:
    found = charts.steps(most, whole=whole)
    assert found[0] == 0
    assert found[-1] >= most * (1 - 1e-6)
    assert 2 <= len(found) <= 7
    assert not whole or all(value == int(value) for value in found)


def test_presets_end_with_the_data() -> None:
    last = dt.date(2025, 9, 20)  # 29 Shahrivar 1404
    assert periods.preset("year", last, "jalali") == (dt.date(2025, 3, 21), dt.date(2026, 3, 20))
    assert periods.preset("before", last, "gregorian") == (dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    for name in periods.PRESETS:
        assert periods.named(periods.preset(name, last, "jalali"), last, "jalali") == name
    assert periods.named((dt.date(2025, 1, 7), None), last, "jalali") == periods.CUSTOM
    assert periods.months((1404, 6), (1404, 1), "jalali") == periods.months((1404, 1), (1404, 6), "jalali")


def test_filters_say_themselves_in_persian() -> None:
    names = Names(Labels("fa"), {"x": ("بهرام نیک‌روش", "")})
    chosen = Filters(start=dt.date(2024, 3, 20), speakers=("x",), topics=("sanctions",), countries=("RU", "US"))
    assert say(chosen, names, "jalali") == (
        "گفته‌های بهرام نیک‌روش دربارهٔ تحریم‌ها، با نام‌بردن از روسیه یا آمریکا، از ۱ فروردین ۱۴۰۳ به بعد."
    )
    assert say(Filters(undated="only"), names, "jalali") == "همهٔ گفته‌ها در خبرهای بی‌تاریخ."
    assert say(Filters(sure=80), names, "jalali") == "همهٔ گفته‌ها با اطمینان دست‌کم ۸۰٪."


def test_marks_keep_every_letter_of_the_article() -> None:
    content, names = Content.of(sample.build()), Names(Labels("fa"), {})
    for number, article in enumerate(content.articles(range(36)).to_dict("records")):
        found = marked.marks(content.tables([number]), set(), "", names, None)
        shown = marked.html(article["text"], found)
        shown = re.sub(r'<(span|a) class="(num|mark)[^>]*>[^<]*</(span|a)>', "", shown)
        paragraphs = re.findall(r"<p [^>]*>(.*?)</p>", shown)
        lines = [bidi.inline(line) for line in article["text"].split("\n") if line.strip()]
        assert [re.sub(r"<[^>]+>", "", paragraph) for paragraph in paragraphs] == lines


def test_rules_are_said_in_the_readers_language() -> None:
    names = Names(Labels("fa"), {})
    assert names.rule("hinder, negated and must not, on condition") == "مانع‌شدن، منفی و نباید، به شرط"
    assert names.rule("a new rule") == "a new rule"


def test_every_kind_of_stance_word_has_a_name_in_both_languages() -> None:
    with (DATA / "lexicon" / "stance.csv").open(encoding="utf-8", newline="") as lines:
        kinds = {row["kind"] for row in csv.DictReader(lines)}
    assert {f"rule.{kind.replace(' ', '_')}" for kind in kinds} <= labels.keys("fa").keys()


def test_every_rule_of_positions_has_words_in_both_languages() -> None:
    kinds = {word.kind for word in load().stance.words}
    others = {"act", "agent of harm", "told to stop", "action against", "field of cooperation", "sanctioned", "wording"}
    changed = {"praise or blame", "nearby", "negated", "turned", "on condition", "in contrast"}
    rules = kinds | others | changed
    for lang in LANGS:
        words = Labels(lang)
        assert [rule for rule in sorted(rules) if not words.get(f"rule.{rule.replace(' ', '_')}", "")] == []
