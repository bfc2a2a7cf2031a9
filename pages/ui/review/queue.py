"""The statements in view that only the machine has coded, the least sure first, each with its editor one click away."""

from __future__ import annotations

import streamlit as st

from pages.ui import listing, page
from pages.ui.view import View


def show(view: View) -> None:
    """The queue."""
    labels, rows = view.labels, view.facts.statements
    machine = rows.index.to_numpy()[~rows["human"].to_numpy()]
    page.heading(labels("review.part_queue"), labels("statements.n_statements", n=len(machine)))
    page.figure(view, "review.queue", len(machine))
    if not len(machine):
        st.html(f'<div class="mv-empty">{labels("review.queue_none")}</div>')
        return
    st.html(f'<p class="mv-note">{labels("review.queue_note")}</p>')
    listing.statements(view, machine, key="queue", ordered="least_sure", link="review.open", edit="correct")
