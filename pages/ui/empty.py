"""What a page says where there is nothing to show: which filter to take away, and how much that brings back."""

from __future__ import annotations

import streamlit as st

from analysis.measure.filters import Filters
from pages.ui import active, bidi, data, state
from pages.ui.view import View

MOST = 5
_SAID = "mv_ways_out_said"


def begin() -> None:
    """Begin a page on which the ways out were not yet shown."""
    st.session_state[_SAID] = False


def empty(view: View) -> None:
    """Says that there is nothing to show and, once on a page, what to do.

    Where statements are in view, it is only a part of the page that has nothing to show of them.
    """
    labels = view.labels
    if len(view.facts.statements):
        st.html(f'<p class="mv-note" role="status">{labels("app.empty_part")}</p>')
        return
    st.html(f'<div class="mv-empty" role="status">{labels("app.empty")}</div>')
    every = active.by_field(view)
    if not every or st.session_state.get(_SAID):
        return
    st.session_state[_SAID] = True
    counts = [(data.totals(data.key(one.without)).statements, one) for one in every]
    found = sorted(((n, one) for n, one in counts if n), key=lambda pair: -pair[0])[:MOST]
    with st.container(key="mv_ways_out", gap="small", horizontal_alignment="center"):
        for number, (n, one) in enumerate(found):
            words = labels("empty.without", filter=bidi.markdown(bidi.shorten(one.shown, 70)), n=n)
            st.button(words, key=f"without_{number}_{one.key}", on_click=_take(one.without))
        if not found or len(every) > 1:
            n = data.totals(data.key(Filters())).statements
            st.button(labels("empty.all", n=n), key="without_all", on_click=state.reset)


def _take(chosen: Filters):
    return lambda: state.put(chosen)
