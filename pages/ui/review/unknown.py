"""Speakers whom the lexicon does not know, the most frequent first, each with the way to say who they are."""

from __future__ import annotations

import streamlit as st

from analysis.measure.filters import SEPARATOR
from pages.ui import bidi, page, state
from pages.ui.review.people import unknown
from pages.ui.view import View


def show(view: View) -> None:
    """The list."""
    labels = view.labels
    found = page.figure(view, "review.unknown", unknown(view))
    page.heading(labels("review.part_unknown"), labels("review.n_unknown", n=len(found)))
    st.html(f'<p class="mv-note">{labels("review.unknown_note")}</p>')
    if found.empty:
        st.html(f'<div class="mv-empty">{labels("review.unknown_none")}</div>')
        return
    first = page.pager(view, len(found), "unknown")
    for speaker, n in found.iloc[first : first + page.PER_PAGE].itertuples(index=False):
        with st.container(border=True, key=f"card_unknown_{first}_{speaker}", gap="small"):
            name = bidi.escape(view.names.speaker(speaker))
            count = labels("statements.n_statements", n=int(n))
            st.html(
                f'<article class="mv-card"><header><span class="who">{name}</span><span class="soft">{count}</span>'
                "</header></article>"
            )
            with st.container(horizontal=True, gap="medium"):
                only = state.query(speakers=(*state.filters().speakers, speaker) if SEPARATOR not in speaker else ())
                _to(view, page.STATEMENTS, "review.see_statements", only)
                _to(view, REVIEW, "review.same_as", state.query() | {"part": "people", "a": speaker})


REVIEW = "pages/manage/review.py"


def _to(view: View, where: str, words: str, query: dict[str, str]) -> None:
    st.page_link(where, label=page.forward(view.labels, words), icon="", query_params=query, width="content")
