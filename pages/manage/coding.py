"""A random sample, coded blind by people, to measure how far they agree with each other and with the program."""

import streamlit as st

from pages.ui import data, page, state
from pages.ui.chart import forget_figures
from pages.ui.coding import at, drawn, results, sheet
from pages.ui.review import who
from pages.ui.view import View, current

RESULTS = "results"


def show() -> None:
    """The page: the samples, or one of them to code, or what came of it."""
    if state.param("sample") and data.store() is not None:
        view: View | None = current()
        forget_figures()
        page.title(view.labels, "coding")
    else:
        view = page.start("coding")
    if view is None:
        return
    store = data.store()
    if store is None:
        st.html(f'<div class="mv-empty">{view.labels("coding.no_store")}</div>')
        st.page_link(page.ADD, label=page.forward(view.labels, "pages.add"), icon="", query_params=state.query())
        return
    who.remember()
    at.trouble(view)
    sample = at.kept(store).get(state.param("sample"))
    if sample is None:
        drawn.show(view, store)
        return
    here = at.At(view, store, sample, at.coded(store, sample), at.coder())
    _switch(here)
    if state.param("view") == RESULTS:
        results.show(here)
    else:
        sheet.show(here)


def _switch(here: at.At) -> None:
    """Between coding, what came of it, and the other samples."""
    labels = here.view.labels
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        page.choose(
            here.view,
            "coding.view",
            ("code", RESULTS),
            lambda name: labels(f"coding.view_{name}"),
            param="view",
        )
        who.ask(labels)
        st.page_link(
            drawn.CODING,
            label=labels("coding.others_samples"),
            icon="",
            query_params=state.query(),
            width="content",
        )


show()
