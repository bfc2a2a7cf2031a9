"""Headings of a page and of its parts."""

from __future__ import annotations

import streamlit as st

from pages.ui import bidi
from pages.ui.labels import Labels


def title(labels: Labels, name: str) -> None:
    """The title of a page and what it is for."""
    st.html(
        f'<h1 class="mv-title">{labels(f"pages.{name}")}</h1><p class="mv-intro">{labels(f"intro.{name}")}</p>',
        width="stretch",
    )


def heading(text: str, note: str = "") -> None:
    """The heading of a part of a page (plain text)."""
    small = f'<p class="mv-note">{bidi.inline(note)}</p>' if note else ""
    st.html(f'<h2 class="mv-head">{bidi.inline(text)}</h2>{small}')


def forward(labels: Labels, key: str) -> str:
    """The words of a link that leads on, with an arrow in the direction of reading."""
    return f"{labels(key)} {'←' if labels.rtl else '→'}"
