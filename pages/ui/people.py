"""The way to a speaker's page."""

from __future__ import annotations

import html
from urllib.parse import urlencode

import streamlit as st

from pages.ui import bidi, page, state
from pages.ui.view import View


def has_page(view: View, speaker: str) -> bool:
    """Whether a speaker has a page: anonymous sources have none, as an id of theirs means nothing elsewhere."""
    return view.all.speakers["kind"].get(speaker, "anonymous") != "anonymous"


def address(view: View, speaker: str) -> str:
    """The address of a speaker's page with the filters in force, relative to that of this page; "" without one."""
    return f"speaker?{urlencode(state.query() | {'who': speaker})}" if has_page(view, speaker) else ""


def in_chart(view: View, speaker: str) -> str:
    """The same for a label of a chart, "" where Plotly would spoil it.

    Plotly writes addresses anew with JavaScript's `encodeURI`, which encodes once more what `decodeURI` leaves alone.
    """
    query = state.query() | {"who": speaker}
    if not has_page(view, speaker) or any(sign in value for value in query.values() for sign in "&=+#"):
        return ""
    return f"speaker?{urlencode(query, safe=':/?@$,;~')}"


def link(view: View, speaker: str) -> str:
    """A speaker's name as HTML, which leads to the speaker's page where there is one."""
    name, where = bidi.escape(view.names.speaker(speaker)), address(view, speaker)
    return f'<a class="mv-person" href="{html.escape(where, quote=True)}" target="_self">{name}</a>' if where else name


def button(view: View, speaker: str) -> None:
    """The same as a link of its own, which leads there without loading the program again."""
    if has_page(view, speaker):
        words = page.forward(view.labels, "speaker.open")
        st.page_link(page.SPEAKER, label=words, icon="", query_params=state.query() | {"who": speaker}, width="content")
