"""The row above a page: the filters that are in force, each removed with one click; undo, clear, and the link."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analysis.measure.filters import Filters
from pages.ui import active, bidi, data, share, state
from pages.ui.view import View

MOST = 12
"""Filters that are shown one by one; the sidebar has them all."""
UNDO_KEY, RESET_KEY = "F8", "F9"
"""Keys that type nothing, mean nothing to browsers and are the same on every keyboard layout."""


def bar(view: View, *, filtered: bool = True) -> None:
    """The row.

    Args:
        view: what is in view.
        filtered: whether filters change what the page shows.
    """
    labels = view.labels
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="mv_bar"):
        if filtered:
            _filters(view)
        version = data.edition().version
        share.copy_link(labels, version=version)


def _filters(view: View) -> None:
    labels = view.labels
    found = active.values(view)
    for number, one in enumerate(found[:MOST]):
        st.button(
            f"{bidi.markdown(bidi.shorten(one.shown, 60))} ✕",
            key=f"chip_{number}_{one.key}",
            type="tertiary",
            help=labels("bar.remove_help"),
            on_click=take(one.without),
        )
    if len(found) > MOST:
        st.html(f'<p class="mv-note">{labels("bar.more", n=len(found) - MOST)}</p>', width="content")
    if state.past():
        st.button(
            labels("bar.undo"),
            key="w_undo",
            type="tertiary",
            shortcut=UNDO_KEY,
            help=labels("bar.undo_help", shortcut=UNDO_KEY),
            on_click=state.undo,
        )
    if found:
        st.button(
            labels("app.reset"),
            key="w_reset",
            type="tertiary",
            shortcut=RESET_KEY,
            help=labels("bar.reset_help", shortcut=RESET_KEY),
            on_click=state.reset,
        )


def take(chosen: Filters) -> Callable[[], None]:
    """A callback that puts filters in force."""
    return lambda: state.put(chosen)
