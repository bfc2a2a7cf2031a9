"""How much of what is in view people have corrected or coded, and how much the machine alone."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.ui import page
from pages.ui.view import View


def show(view: View) -> None:
    """One sentence with the counts."""
    frames = {"statements": view.facts.statements, "positions": view.facts.positions}
    rows = [{"coded": name, "human": int(frame["human"].sum()), "of": len(frame)} for name, frame in frames.items()]
    found = page.figure(view, "review.counts", pd.DataFrame(rows)).set_index("coded")
    n, of = (int(found.loc["statements", name]) for name in ("human", "of"))
    words = view.labels(
        "review.counts",
        n=n,
        of=of,
        share=view.labels.share(n / of) if of else "—",
        positions=int(found.loc["positions", "human"]),
        of_positions=int(found.loc["positions", "of"]),
    )
    st.html(f'<p class="mv-note">{words}</p>')
