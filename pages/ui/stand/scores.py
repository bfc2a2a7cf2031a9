"""A row or a column of the matrix as scores with their intervals and labels in words."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from analysis.measure import positions
from pages.ui import charts_score, page, theme
from pages.ui.stand import words
from pages.ui.view import View

MOST = 12
"""Rows that are drawn; the table has them all."""


def show(view: View, name: str, found: pd.DataFrame, by: str, take: Callable[[str], None], *, picked: str = "") -> None:
    """Scores with their intervals.

    Args:
        view: what is in view.
        name: of the chart.
        found: rows of `positions.scored` that differ in `by`.
        by: "speaker" or "target".
        take: what a click on a row does with its speaker or target.
        picked: the one that is chosen.
    """
    labels = view.labels
    top = found.head(MOST)
    if picked and picked not in set(top[by]):
        top = pd.concat([top.head(MOST - 1), found[found[by] == picked]])
    rows = top.to_dict("records")
    named = view.names.speaker if by == "speaker" else view.names.target
    frame = pd.DataFrame(
        {
            "id": top[by],
            "label": [named(value) for value in top[by]],
            "shown": [f"{labels('label.' + row['label'])} ({labels.number(row['n'])})" for row in rows],
            "tone": [words.tone(row["label"]) for row in rows],
            "text": [_said(view, named(row[by]), row) for row in rows],
        }
        | {column: top[column] for column in ("score", "low", "high")}
    )
    figure = charts_score.scores(
        theme.look(labels),
        frame,
        bounds=sorted({bound for pair in positions.BOUNDS.values() for bound in pair}),
        ends=(labels("positions.end_against"), labels("positions.end_middle"), labels("positions.end_for")),
        picked=picked if picked in set(top[by]) else "",
    )
    page.chart(view, name, figure, found, on_click=lambda point: take(str(point[0])))
    if len(found) > len(top):
        st.html(f'<p class="mv-note">{labels("positions.scores_cut", shown=len(top), n=len(found))}</p>')


def _said(view: View, name: str, row: dict) -> str:
    labels = view.labels
    span = {key: labels.decimal(row[key], 2) for key in ("score", "low", "high")}
    lines = (name, labels("label." + row["label"]), words.counts(labels, row), labels("positions.said_score", **span))
    return "\n".join(lines)
