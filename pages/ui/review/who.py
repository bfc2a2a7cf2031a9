"""Who corrects: a name that people give themselves, asked once; nobody checks it, and every page says so.

The name stays in the session and in a cookie of the dashboard's own, which never leaves the reader's browser and this
server.
"""

from __future__ import annotations

import json
from urllib.parse import quote, unquote

import streamlit as st

from analysis.schema import MACHINE
from pages.ui import bidi
from pages.ui.labels import Labels

LONGEST = 80
_COOKIE, _SESSION, _CHANGING = "mavaze_who", "mv_who", "mv_who_changing"
_YEAR = 365 * 24 * 60 * 60


def name() -> str:
    """The name that this reader goes by; "" where they gave none."""
    if _SESSION not in st.session_state:
        given = st.context.cookies.get(_COOKIE)
        st.session_state[_SESSION] = clean(unquote(given)) if isinstance(given, str) else ""
    return st.session_state[_SESSION]


def clean(given: str) -> str:
    """A name without line ends, marks of direction and the like; "" where it is none, or the program's own."""
    found = " ".join(bidi.plain(given).split())[:LONGEST].strip()
    return "" if found.casefold() == MACHINE else found


def go_by(given: str) -> None:
    """Take a name for the reader's own."""
    st.session_state[_SESSION] = clean(given)


def remember() -> None:
    """Let the browser keep the name."""
    value = quote(name(), safe="")
    if value and st.context.cookies.get(_COOKIE) != value:
        cookie = f"{_COOKIE}={value};path=/;max-age={_YEAR};SameSite=Lax"
        st.html(f"<script>document.cookie={json.dumps(cookie)}</script>", unsafe_allow_javascript=True)


def shown(labels: Labels, who: str) -> str:
    """A person's name as HTML, with the remark that nobody checked it."""
    return f'{bidi.escape(who)} <span class="mv-claimed">({labels("review.claimed")})</span>'


def ask(labels: Labels) -> str:
    """The name; a field for it where there is none yet, or where the reader wants another one."""
    here = name()
    if here and not st.session_state.get(_CHANGING):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="mv_who_row"):
            st.html(f'<p class="mv-note">{labels("review.as", name=shown(labels, here))}</p>', width="content")
            st.button(labels("review.change_name"), key="mv_who_change", type="tertiary", on_click=_change)
        return here
    st.session_state.setdefault("mv_who_field", here)
    typed = st.text_input(
        labels("review.name"),
        key="mv_who_field",
        max_chars=LONGEST,
        help=labels("review.name_help"),
        on_change=_take,
    )
    return clean(typed)


def _change() -> None:
    st.session_state[_CHANGING] = True


def _take() -> None:
    st.session_state[_SESSION] = clean(st.session_state["mv_who_field"])
    st.session_state.pop(_CHANGING, None)
