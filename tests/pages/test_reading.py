"""Searching and reading: the search box and what it finds, what it says, and the article with its marks and citations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.text.words import LANGS
from pages.ui import bidi, cards, marked
from pages.ui.labels import Labels
from tests.pages import sample
from tests.pages.conftest import Open, opened
from tests.pages.test_pages import html, text

TABLES = sample.build()
HIT = re.compile(r'<mark class="hit">(.*?)</mark>')


@pytest.fixture(scope="module")
def open_page(tables_folder: Path) -> Iterator[Open]:
    """As the fixture of all pages, but the tables and their search index are made once for all of these tests."""
    st.cache_resource.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAVAZE_TABLES", str(tables_folder))

        yield opened
    st.cache_resource.clear()


def count(app: AppTest) -> int:
    """How many rows the list says that it has."""
    return int(re.search(r"of (\d+)", text(app))[1])


def test_a_search_finds_every_form_of_a_word_and_marks_it(open_page: Open) -> None:
    app = open_page("statements", lang="en", words="تحریمی", order="newest")
    assert not app.exception
    assert "Searched for: “تحریمی” in any form." in text(app)
    assert set(HIT.findall(html(app))) >= {"تحریم‌ها"}
    rows = TABLES.statements
    body = rows[(rows["form"] != "headline") & (rows["repeats"] == "") & rows["text"].str.contains("تحریم")]
    assert count(app) == len(body)


def test_typing_into_the_box_searches_and_an_example_does(open_page: Open) -> None:
    app = open_page("statements", lang="en")
    app.text_input(key="w_search").input("میانجیگری").run()
    assert not app.exception and "میانجی‌گری" in HIT.findall(html(app))
    app.text_input(key="w_search").input("").run()
    app.button(key="try_without").click().run()
    assert not app.exception and "without “نفت” in any form" in text(app)


def test_a_name_in_any_spelling_finds_what_the_person_says(open_page: Open) -> None:
    app = open_page("statements", lang="en", words="Orlov")
    found = count(app)
    for words in ("پاول اورلوف", "پاولاورلوف", "پاول‌اورلوف", "Pavel Orlov"):
        app.text_input(key="w_search").input(words).run()
        assert "what Pavel Orlov says and what names them" in text(app)
        assert 'class="who hit"' in html(app)
        assert count(app) == found


@pytest.mark.parametrize(("page", "lang"), list(zip(["overview", "statements"], LANGS, strict=True)))
def test_a_broken_search_is_explained_on_every_page(open_page: Open, page: str, lang: str) -> None:
    app = open_page(page, lang=lang, words='"تحریم')
    assert not app.exception
    assert Labels(lang)("search.problem_quote") in text(app)
    assert "mv-empty" in html(app)


def test_a_search_without_results_says_which_word_to_drop(open_page: Open) -> None:
    app = open_page("statements", lang="en", words="تحریم قندان")
    assert not app.exception and "mv-empty" in html(app)
    [drop] = [button for button in app.button if button.key.startswith("drop_")]
    assert "قندان" in drop.label
    drop.click().run()
    assert HIT.findall(html(app))


def test_articles_are_found_outside_of_statements(open_page: Open) -> None:
    app = open_page("statements", lang="en", words="تحولات منطقه")
    app.button(key="in_articles").click().run()
    assert not app.exception
    assert count(app) == len(TABLES.articles)
    assert {"تحولات", "منطقه"} <= set(HIT.findall(html(app)))


def test_relevance_is_offered_only_for_a_search(open_page: Open) -> None:
    def orders(**query: str) -> list[str]:
        app = open_page("statements", lang="en", **query)
        return next(group for group in app.get("button_group") if group.proto.id.endswith("w_order")).options

    assert orders(words="تحریم")[0] == "Most relevant"
    assert "Most relevant" not in orders()


def test_hostile_searches_are_shown_harmless(open_page: Open) -> None:
    for words in (
        "<script>alert(1)</script>",
        "**a** [b](javascript:x) :red[c]",
        "\u202eتحریم",
        "'; DROP TABLE statements;",
    ):
        app = open_page("statements", lang="en", words=words)
        assert not app.exception
        assert "<script>alert" not in html(app)


def test_found_words_inside_and_across_evidence_keep_every_letter() -> None:
    statement = {"text": "لغو تحریم‌های نفت & گاز", "start": 10}
    position = {"start": 14, "stop": 25, "stance": "against"}
    for found in ([], [(4, 13)], [(0, 16)], [(14, 23)], [(0, 23)]):
        shown = cards.marked(statement, [position], found)
        assert bidi.inline(statement["text"]) == re.sub(r"<[^>]+>|▼ ", "", shown)
        assert (len(found) > 0) == ('class="hit"' in shown)


def test_the_article_marks_what_the_search_found(open_page: Open) -> None:
    shown = html(open_page("article", lang="en", id="a000", words="تحریم"))
    assert re.search(r'<span class="[^"]*hit[^"]*"[^>]*>تحریم', shown)


def test_each_kind_of_mark_can_be_switched_off_by_the_address(open_page: Open) -> None:
    classes = {"statement": "s indirect", "speaker": "speaker", "cue": "cue", "topic": "topic", "stance": "stance "}

    def seen(**query: str) -> set[str]:
        body = re.search(r'id="mv-text">(.*)', html(open_page("article", lang="en", id="a000", **query)))[1]
        return {kind for kind, name in classes.items() if re.search(rf'class="[^"]*\b{name}', body)}

    assert seen() == set(classes)
    assert seen(off="cue~stance") == set(classes) - {"cue", "stance"}
    assert seen(off="~".join(marked.KINDS)) == set()


def test_text_and_cards_lead_to_each_other(open_page: Open) -> None:
    shown = html(open_page("article", lang="fa", id="a000"))
    for end, other in (("t", "c"), ("c", "t")):
        assert set(re.findall(rf'id="{end}-(\d+)"', shown)) == set(re.findall(rf'href="#{end}-(\d+)"', shown))
        assert f'id="{end}-1" href="#{other}-1"' in shown


def test_articles_before_and_after_follow_the_filters(open_page: Open) -> None:
    def ways(**query: str) -> dict[str, str]:
        app = open_page("article", lang="en", repeats="1", **query)
        links = {link.proto.label: link.proto.query_string for link in app.main.get("page_link")}
        return {words: re.search(r"\bid=(\w+)", query)[1] for words, query in links.items() if "id=" in query}

    assert ways(id="a001") == {"← Newer article": "a000", "Older article →": "a002"}
    assert ways(id="a003", collection="press") == {"← Newer article": "a000", "Older article →": "a006"}
    assert "outside of the filters" in text(open_page("article", lang="en", id="a001", collection="press"))


def test_a_statement_can_be_chosen_and_is_cited_in_both_calendars(open_page: Open) -> None:
    app = open_page("article", lang="en", id="a000")
    article, english = (code.value for code in app.code)
    assert "«دیدار 1 در تهران: گفت‌وگو دربارهٔ تحریم‌ها و روابط»" in article and "https://example.org/news/0" in article
    assert "id=a000" in article and "«" not in english.split("”")[1]
    app.button(key="go_after").click().run()
    assert not app.exception
    chosen = TABLES.statements[TABLES.statements["article_id"] == "a000"].sort_values(["start", "stop"]).iloc[0]
    persian, english = (code.value for code in app.code)
    assert chosen["text"] in persian and chosen["text"] in english
    assert "بهرام نیک‌روش (وزیر خارجه، ایران)" in persian and "Bahram Nikravesh (Foreign minister, Iran)" in english
    for words in (persian, english):
        assert "s=a000" in words
    assert "شهریور ۱۴۰۴" in persian and "سپتامبر ۲۰۲۵" in persian
    assert "September 2025" in english and "Shahrivar 1404" in english


def test_a_hostile_article_is_cited_harmless(open_page: Open) -> None:
    app = open_page("article", lang="en", id="a035")
    assert not app.exception
    for code in app.code:
        assert "\u202e" not in code.value
    assert "<script>window.stolen" not in html(app)


def test_a_long_article_is_marked_quickly() -> None:
    line = "وزیر خارجه گفت تحریم‌های ایران باید لغو شود و روابط با روسیه گسترش یابد. " * 4
    long = "\n".join([line] * 140)
    marks = [marked.Mark(n, n + 7, kind, kind) for n in range(0, len(long) - 7, 20) for kind in ("topic", "country")]
    shown = marked.html(long, marks)
    assert len(long) > 40_000 and shown.count("<p ") == 140
    assert re.sub(r"<[^>]+>", "", shown) == long.replace("\n", "")
