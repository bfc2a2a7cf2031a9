"""What must not be misread of a page: what is invented, and what is not counted."""

from __future__ import annotations

import streamlit as st

from pages.ui import bidi, options, state
from pages.ui.view import DEMO, View


def notices(view: View) -> None:
    """What must not be misread: invented articles in view, undated and repeated statements that are not counted."""
    demo_notice(view)
    labels, filters = view.labels, view.filters
    if (filters.start or filters.stop) and not filters.undated:
        left = view.totals_with(start=None, stop=None, undated="only")
        if left.statements or left.articles:
            note("undated", labels("notice.undated", n=left.statements), labels("notice.undated_show"), undated="only")
    other = view.totals_with(repeats=not filters.repeats)
    more = abs(other.statements - view.totals.statements)
    if more and filters.repeats:
        note("repeats", labels("notice.repeats_in", n=other.statements), labels("notice.repeats_hide"), repeats=False)
    elif more:
        note("repeats", labels("notice.repeats_out", n=more), labels("notice.repeats_show"), repeats=True)
    if filters.sure:
        note("sure", labels("notice.sure_out", **unsure(view)), labels("notice.sure_show"), sure=0)


def unsure(view: View) -> dict[str, int]:
    """How many statements and positions are out of view only because they are not sure enough."""
    every = view.with_changes(sure=0)
    return {
        "statements": len(every.statements) - len(view.facts.statements),
        "positions": len(every.positions) - len(view.facts.positions),
    }


def demo_notice(view: View, text: str = "") -> None:
    """Says that invented articles are in view, with one click to hide them.

    Args:
        view: what is in view.
        text: says it of one article, which is invented whatever the filters say.
    """
    if not (view.shows_demo or text):
        return
    labels = view.labels
    others = tuple(value for value in options.offered(view, "collections") if value != DEMO)
    shown = text or labels("notice.demo", name=view.names.collection(DEMO))
    with st.container(key="mv_demo", horizontal=True, vertical_alignment="center", wrap=False):
        st.html(f'<p class="mv-warn"><b>!</b> {bidi.inline(shown)}</p>', width="stretch")
        if others and view.shows_demo:
            st.button(
                labels("notice.demo_hide"), key="mv_demo_hide", on_click=lambda: state.change(collections=_kept(others))
            )


def _kept(others: tuple[str, ...]) -> tuple[str, ...]:
    chosen = tuple(value for value in state.filters().collections if value != DEMO)
    return chosen or others


def note(key: str, text: str, action: str, **changes: object) -> None:
    """A remark on what is not counted, with the button that changes it."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"mv_note_{key}"):
        st.html(f'<p class="mv-note">{text}</p>', width="content")
        st.button(action, key=f"note_{key}", type="tertiary", on_click=lambda: state.change(**changes))
