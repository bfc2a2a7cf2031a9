"""What every page has: heading, what is in view in one sentence, notices, CSV; and the parts that pages are made of."""

from __future__ import annotations

import streamlit as st

from analysis.export import flat
from analysis.measure.sentence import say
from pages.ui import bidi, searching, state
from pages.ui.chart import FIGURES, chart, clicked, figure, forget_figures
from pages.ui.choices import choose, pick
from pages.ui.empty import begin, empty
from pages.ui.headings import forward, heading, title
from pages.ui.notices import demo_notice, note, notices, unsure
from pages.ui.pager import PER_PAGE, pager
from pages.ui.selection import selection
from pages.ui.view import View, current

__all__ = [
    "ADD",
    "ARTICLE",
    "FIGURES",
    "PER_PAGE",
    "SPEAKER",
    "STATEMENTS",
    "chart",
    "choose",
    "clicked",
    "csv",
    "demo_notice",
    "empty",
    "figure",
    "forward",
    "heading",
    "note",
    "notices",
    "pager",
    "pick",
    "selection",
    "start",
    "title",
    "unsure",
]

ADD = "pages/manage/add.py"
ARTICLE = "pages/read/article.py"
SPEAKER = "pages/compare/speaker.py"
STATEMENTS = "pages/read/statements.py"
SEARCHED = "statements"
"""The page that has the box to search in."""


def start(name: str) -> View | None:
    """Head of a page: title, what it shows, what is in view, notices, CSV.

    Returns:
        the view, or None where nothing is in it; the page then has nothing more to show.
    """
    view = current()
    labels = view.labels
    forget_figures()
    begin()
    with st.container(
        horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute", wrap=False, key="mv_head"
    ):
        title(labels, name)
        csv(view, name)
    st.html(f'<p class="mv-sentence">{bidi.inline(say(view.filters, view.names, view.calendar))}</p>')
    if name == SEARCHED:
        searching.box(view)
    searching.told(view)
    notices(view)
    if not len(view.all.articles):
        st.html(f'<div class="mv-empty">{labels("app.empty_store")}</div>')
        st.page_link(ADD, label=forward(labels, "pages.add"), icon="", query_params=state.query())
        return None
    if not len(view.facts.articles):
        empty(view)
        searching.ways_out(view)
        return None
    return view


def csv(view: View, name: str, *, articles: tuple[int, ...] = ()) -> None:
    """The button that makes the flat CSV of what is in view; it is built only when it is asked for.

    Args:
        view: what is in view.
        name: goes into the file's name.
        articles: only these articles (positions), whatever the filters say.
    """

    def build() -> bytes:
        tables = view.content.tables(articles) if articles else view.content.taken(view.facts)
        return flat.to_csv(flat.flat(tables))

    st.download_button(
        view.labels("app.download"),
        data=build,
        file_name=f"mavaze-{name}.csv",
        mime="text/csv",
        help=view.labels("app.download_help"),
        on_click="ignore",
        key=f"csv_{name}",
        width="content",
    )
