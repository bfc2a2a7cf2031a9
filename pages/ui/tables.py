"""Small tables as HTML: Streamlit's own table is drawn on a canvas that knows no right-to-left."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.ui import bidi
from pages.ui.labels import Labels

MOST = 200
"""Rows shown at most; the CSV has them all, and the page says so."""


def html(frame: pd.DataFrame, labels: Labels) -> str:
    """A frame as an HTML table. Headings are `column.NAME` of the labels; cells must be text or numbers.

    Floats are taken for shares of 1.
    """
    head = "".join(f'<th scope="col">{bidi.escape(labels(f"column.{name}"))}</th>' for name in frame.columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{bidi.escape(_cell(value, labels))}</td>" for value in row) + "</tr>"
        for row in frame.head(MOST).itertuples(index=False)
    )
    return f'<table class="mv-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def behind(frame: pd.DataFrame, labels: Labels) -> None:
    """The table behind a chart, folded away."""
    with st.expander(labels("app.table")):
        if len(frame) > MOST:
            st.html(f'<p class="mv-note">{labels("app.table_cut", shown=MOST, n=len(frame))}</p>')
        st.html(f'<div class="mv-scroll" tabindex="0">{html(frame, labels)}</div>')


def _cell(value: object, labels: Labels) -> str:
    if isinstance(value, str):
        return value
    return labels.share(value) if isinstance(value, float) else labels.number(int(value))  # type: ignore[call-overload]
