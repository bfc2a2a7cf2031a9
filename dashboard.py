"""The dashboard's only entry point: configuration, direction, filters, navigation.

Page scripts lie in sub-folders of `pages/`: Streamlit would take flat files there for pages of their own and, at a
cold start, run them without this router.
"""

from __future__ import annotations

import streamlit as st

from pages.ui import sidebar, state, theme
from pages.ui.labels import Labels
from pages.ui.view import current

SECTIONS = {
    "explore": ("overview", "topics", "countries"),
    "compare": ("positions",),
    "read": ("statements",),
}
HIDDEN = (("read", "article"),)


def main() -> None:
    """Run the page that the URL asks for."""
    state.read_url()
    labels = Labels(state.lang())
    st.set_page_config(page_title=labels("app.name"), page_icon="🗞️", layout="wide", initial_sidebar_state="expanded")
    theme.apply(labels, [*(name for names in SECTIONS.values() for name in names), *(name for _, name in HIDDEN)])
    pages = {section: [(name, _page(section, name, labels)) for name in names] for section, names in SECTIONS.items()}
    hidden = [_page(section, name, labels) for section, name in HIDDEN]
    here = st.navigation([*(page for entries in pages.values() for _, page in entries), *hidden], position="hidden")
    state.write_url(here.url_path)
    with st.spinner(labels("app.loading")):
        view = current()  # Takes some seconds in the first session and nothing afterwards.
    with st.sidebar:
        sidebar.navigation(view, pages, here)
        sidebar.filters(view)
    here.run()


def _page(section: str, name: str, labels: Labels):
    # Icons stay empty: Streamlit fetches its own from a font server.
    title = labels(f"pages.{name}")
    return st.Page(f"pages/{section}/{name}.py", title=title, url_path=name, default=name == "overview")


main()
