"""What a page says where there is nothing to show: which filter to take away, and how much that brings back."""

from __future__ import annotations

import streamlit as st

from analysis.measure.filters import Filters
from pages.ui import active, bidi, data, state
from pages.ui.view import View

MOST = 5


def empty(view: View) -> None:
    """Says that there is nothing to show and what to do."""
    labels = view.labels
    st.html(f'<div class="mv-empty" role="status">{labels("app.empty")}</div>')
    every = active.by_field(view)
    if not every:
        return
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
