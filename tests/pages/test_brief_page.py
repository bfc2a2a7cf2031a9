"""The page of briefs: the preview is the brief, choices stand in the address, lines open their statements."""

import pandas as pd
import pytest
from lxml import html as parser
from streamlit.testing.v1 import AppTest

from pages.ui.labels import LANGS, Labels
from pages.ui.page import FIGURES
from tests.pages.conftest import Open
from tests.pages.test_pages import text


def preview(app: AppTest) -> parser.HtmlElement:
    """The brief that the page shows."""
    return parser.document_fromstring(app.main.get("iframe")[0].proto.srcdoc)


def quoted(app: AppTest) -> list[str]:
    return [quote.text_content() for quote in preview(app).xpath("//blockquote")]


@pytest.mark.parametrize("lang", LANGS)
def test_the_preview_is_the_brief(open_page: Open, lang: str) -> None:
    app = open_page("brief", lang=lang, topic="sanctions", title="=1+1 <b>", ask="چه گفتند؟")
    tree, labels = preview(app), Labels(lang)
    assert tree.xpath("//h1")[0].text_content() == "=1+1 <b>"
    assert "چه گفتند؟" in tree.text_content()
    assert labels("brief.decisive") in tree.text_content()
    assert [button.label for button in app.get("download_button")][1:3] == ["HTML", "Word"]
    figures = app.session_state[FIGURES]
    assert isinstance(figures["brief.quotations"], pd.DataFrame)
    assert len(figures["brief.quotations"]) == len(quoted(app)) > 0


def test_ticking_is_kept_in_the_address_and_can_be_taken_back(open_page: Open) -> None:
    app = open_page("brief", lang="en", n="2")
    assert len(quoted(app)) == 2
    third = app.checkbox(key="w_quote_2")
    assert not third.value
    third.check().run()
    assert len(quoted(app)) == 3 and len(app.query_params["quote"].split("~")) == 3
    app.checkbox(key="w_quote_0").uncheck().run()
    assert len(quoted(app)) == 2
    for number in (1, 2):
        app.checkbox(key=f"w_quote_{number}").uncheck().run()
    assert not quoted(app) and app.query_params["quote"] == "none"
    app.button(key="brief_by_rule").click().run()
    assert len(quoted(app)) == 2 and "quote" not in app.query_params


def test_parts_are_left_out(open_page: Open) -> None:
    app = open_page("brief", lang="en", off="topics~quotations~nothing")
    titles = [element.text_content() for element in preview(app).xpath("//h2")]
    assert "What it is about" not in titles and "Decisive quotations" not in titles
    assert "When it was said" in titles and "Read with care" in titles
    assert not [box for box in app.checkbox if box.key and box.key.startswith("w_quote")]


def test_a_line_opens_its_statements(open_page: Open) -> None:
    app = open_page("brief", lang="en", line="pair:demo:cagan-cem~topic:bilateral_ties")
    pairs = app.session_state[FIGURES]["brief.pairs"]
    n = int(pairs.set_index(["speaker", "target"]).loc[("demo:cagan-cem", "topic:bilateral_ties"), "n"])
    assert f"{n} statements" in text(app)
    assert "Cem Çağan → Bilateral ties" in text(app)


def test_a_line_that_the_view_does_not_hold_opens_nothing(open_page: Open) -> None:
    app = open_page("brief", lang="en", topic="sanctions", line="topic:unknown")
    assert not app.exception


def test_articles_without_statements_make_no_brief(open_page: Open) -> None:
    app = open_page("brief", lang="en", sure="100")
    assert not app.exception
    assert not app.main.get("iframe") and "mv-empty" in "".join(block.proto.body for block in app.main.get("html"))
