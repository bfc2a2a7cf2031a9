"""Long lists, a page at a time."""

from __future__ import annotations

import streamlit as st

from pages.ui import state
from pages.ui.view import View

PER_PAGE = 10


def pager(view: View, n: int, key: str, *, per_page: int = PER_PAGE, what: str = "") -> int:
    """Let the reader choose a page; returns the position of its first row.

    Args:
        view: what is in view.
        n: how many rows there are.
        key: tells the lists of a page apart.
        per_page: rows of one page.
        what: what the rows are, said before their numbers.
    """
    labels = view.labels
    pages = -(-n // per_page)
    asked = state.param(f"p_{key}")
    number = min(max(int(asked) if asked.isascii() and asked.isdigit() else 1, 1), pages)
    first = (number - 1) * per_page
    shown = labels("statements.range", first=first + 1, last=min(first + per_page, n), n=n)
    if what:
        shown = what + labels("app.colon") + shown
    if pages > 1:
        shown += f" · {labels('statements.page', page=number, pages=pages)}"
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key=f"pager_{key}"
    ):
        st.html(f'<p class="mv-note">{shown}</p>', width="content")
        if pages > 1:
            # The key holds the page, so that the URL alone decides which page it is.
            name = f"w_p_{key}_{number}_{pages}"
            st.pagination(
                pages,
                default=number,
                max_visible_pages=0,  # Only the arrows: the numbers would be in Latin digits.
                key=name,
                on_change=lambda: state.set_params(**{f"p_{key}": str(st.session_state[name])}),
            )
    return first
