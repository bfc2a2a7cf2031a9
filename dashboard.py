"""The dashboard's only entry point: configuration, direction, filters, navigation.

Page scripts lie in sub-folders of `pages/`: Streamlit would take flat files there for pages of their own and, at a
cold start, run them without this router.
"""

from __future__ import annotations

import datetime as dt

import streamlit as st

from analysis.errors import MavazeError
from analysis.serve.building import Building
from pages.ui import bar, bidi, data, page, sidebar, state, theme
from pages.ui.labels import LANGS, Labels
from pages.ui.view import current

SECTIONS = {
    "explore": ("overview", "topics", "countries"),
    "compare": ("positions", "speaker", "comparison", "agreement"),
    "read": ("statements",),
    "manage": ("add", "review", "coding", "quality", "export", "brief", "history"),
}
HIDDEN = (("read", "article"),)
UNFILTERED = ("add", "history")
"""Pages on the store itself."""
_UNNOTICED, _LOOK_AGAIN, _FOREVER = 0.3, 0.4, 3600.0
"""Seconds."""


def main() -> None:
    """Run the page that the URL asks for."""
    state.read_url()
    labels = Labels(state.lang())
    st.set_page_config(page_title=labels("app.name"), page_icon="🗞️", layout="wide", initial_sidebar_state="auto")
    theme.apply(labels, [*(name for names in SECTIONS.values() for name in names), *(name for _, name in HIDDEN)])
    pages = {section: [(name, _page(section, name, labels)) for name in names] for section, names in SECTIONS.items()}
    hidden = [_page(section, name, labels) for section, name in HIDDEN]
    here = st.navigation([*(page for entries in pages.values() for _, page in entries), *hidden], position="hidden")
    state.write_url(here.url_path)
    try:
        shown = data.begin(state.version())
        _wait(labels, data.building(), "app.preparing" if shown.kind == "store" else "", version=shown.version)
        if state.filters().words:
            _wait(labels, data.indexing(), "search.preparing")
        view = current()
    except MavazeError as error:
        with st.sidebar:
            sidebar.navigation(labels, pages, here)
        _trouble(labels, str(error), here)
        return
    with st.sidebar:
        sidebar.navigation(labels, pages, here)
        sidebar.views(labels, pages, here.url_path or "overview")
        sidebar.filters(view)
    _old(labels, here)
    bar.bar(view, filtered=here.url_path not in UNFILTERED)
    try:
        here.run()
    except Exception as error:
        _failed(labels, here, str(error) if isinstance(error, MavazeError) else "")
        raise  # Streamlit logs it; the box that it shows is hidden by theme.css.


def _failed(labels: Labels, here: object, problem: str) -> None:
    """What is shown where a page fails: in both languages, as the words themselves may be what failed."""
    when = dt.datetime.now(dt.UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    shown = ""
    for words in (labels, *(Labels(lang) for lang in LANGS if lang != labels.lang)):
        direction = "rtl" if words.rtl else "ltr"
        shown += f'<p lang="{words.lang}" dir="{direction}">{words("app.failed", when=words.digits(when))}</p>'
    if problem:
        shown += f"<p>{bidi.code(problem)}</p>"
    st.html(f'<div class="mv-empty mv-failed" role="alert">{shown}</div>')
    st.page_link(here, label=labels("app.without_filters"), icon="", query_params={"lang": labels.lang})


def _wait(labels: Labels, building: Building, words: str, **values: object) -> None:
    """Say what goes on and how far it is while something is made for the first session that needs it.

    Args:
        labels: the reader's words.
        building: what is made.
        words: key of the sentence; empty where nobody knows how far it is.
        values: fill the sentence.
    """
    if building.is_over(_UNNOTICED):
        return
    place = st.empty()
    if not words:
        with place, st.spinner(labels("app.loading")):
            building.is_over(_FOREVER)
    while not building.is_over(_LOOK_AGAIN):
        place.progress(building.done, text=labels(words, done=labels.share(building.done), **values))
    place.empty()


def _trouble(labels: Labels, problem: str, here: object) -> None:
    """What is shown where the store cannot be opened."""
    st.html(f'<div class="mv-empty"><b>{labels("app.trouble")}</b><br>{bidi.code(problem)}</div>')
    if state.version():
        st.page_link(here, label=page.forward(labels, "history.newest"), icon="", query_params=state.query(version=0))


def _old(labels: Labels, here: object) -> None:
    """Says that an earlier version of the store is shown, with the way back, and whether the store is broken."""
    shown, store = data.edition(), data.store()
    if store and store.notice:
        with st.container(key="mv_broken"):
            st.html(f'<p class="mv-warn"><b>!</b> {labels("history.broken")} {bidi.code(store.notice)}</p>')
    if not shown.is_old:
        return
    with st.container(key="mv_old", horizontal=True, vertical_alignment="center", wrap=False):
        words = labels("history.old", version=shown.version, newest=shown.newest)
        st.html(f'<p class="mv-warn"><b>!</b> {words}</p>', width="stretch")
        own = state.own_params()
        st.page_link(
            here, label=page.forward(labels, "history.newest"), icon="", query_params=state.query(version=0) | own
        )


def _page(section: str, name: str, labels: Labels):
    # Icons stay empty: Streamlit fetches its own from a font server.
    title = labels(f"pages.{name}")
    return st.Page(f"pages/{section}/{name}.py", title=title, url_path=name, default=name == "overview")


main()
