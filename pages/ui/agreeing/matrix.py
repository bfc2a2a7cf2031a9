"""Who agrees with whom as a matrix of squares that can be clicked, and as a list of the strongest pairs."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.ui import charts, charts_agreement, page, theme
from pages.ui.agreeing.question import Question, take

MOST, LISTED = 14, 12
"""Rows of the matrix, and pairs of either end of the list."""
_BESIDE = "~"


def show(question: Question) -> None:
    """The matrix; its table holds all pairs."""
    view, labels = question.view, question.view.labels
    pairs = question.pairs
    there = question.held.nodes["node"]
    rows = list(there[there.isin(pd.concat([pairs["one"], pairs["other"]]))].head(MOST))
    # Those of one bloc stand together.
    rows.sort(key=lambda node: (question.blocs.of[node] or 99, list(there).index(node)))
    figure = charts.squares(
        theme.look(labels),
        _cells(question, rows),
        rows=[question.name(node) for node in rows],
        columns=[question.name(node) for node in rows],
        picked=_cell(question.a, question.b),
    )
    figure.update_traces(textfont_size=11.5)
    page.chart(
        view,
        "agreement.matrix",
        figure,
        pairs,
        on_click=lambda found: take(*str(found[0]).split(_BESIDE)),
        note=labels(f"agreement.note_{question.measure}")
        + " "
        + labels(f"agreement.note_norm_{question.asked.norm}")
        + " "
        + labels("agreement.note_least", least=question.asked.least),
    )
    shown = len(rows)
    if len(there) > shown:
        words = labels("agreement.cut_rows", shown=shown, n=len(there), who=question.word("who"))
        st.html(f'<p class="mv-note">{words}</p>')


def _cells(question: Question, rows: list[str]) -> pd.DataFrame:
    palette = theme.look(question.view.labels).palette
    pairs = question.pairs[question.pairs["one"].isin(rows) & question.pairs["other"].isin(rows)]
    value = pairs[question.measure]
    tone = [_tone(question, one) for one in value]
    frame = pd.DataFrame({"one": pairs["one"], "other": pairs["other"]}).assign(
        fill=[palette.stance_fill[one] for one in tone],
        ink=[palette.stance_ink[one] for one in tone],
        edge=[palette.stance_edge[one] for one in tone],
        shown=[question.signed(one) for one in value],
        text=[question.said(row) for row in pairs.itertuples()],
    )
    turned = frame.rename(columns={"one": "other", "other": "one"})
    frame = pd.concat([frame, turned], ignore_index=True)
    place = {node: number for number, node in enumerate(rows)}
    return frame.assign(
        row=frame["one"].map(place),
        column=frame["other"].map(place),
        id=[_cell(one, other) for one, other in zip(frame["one"], frame["other"], strict=True)],
    )


def _tone(question: Question, value: float) -> str:
    if not value:
        return "mixed"
    return "against" if value < 0 or question.measure == "conflict" else "for"


def _cell(a: str, b: str) -> str:
    return _BESIDE.join(sorted({a, b} - {""}))


def listed(question: Question) -> None:
    """The strongest pairs as bars; under "subtract" those of both ends."""
    view, labels = question.view, question.view.labels
    pairs = question.pairs
    if question.measure == "subtract" and len(pairs) > 2 * LISTED:
        top = pd.concat([pairs.head(LISTED), pairs.tail(LISTED)])
    else:
        top = pairs.head(2 * LISTED)
    page.chart(
        view,
        "agreement.list",
        charts_agreement.diverging(
            theme.look(labels), lengths(question, top), picked=_cell(question.a, question.b) if question.b else ""
        ),
        pairs,
        on_click=lambda found: take(*str(found[0]).split(_BESIDE)),
        note=labels("agreement.note_list", n=len(pairs), measure=labels(f"agreement.measure_{question.measure}"))
        + " "
        + labels(f"agreement.note_norm_{question.asked.norm}"),
    )
    if len(pairs) > len(top):
        st.html(f'<p class="mv-note">{labels("agreement.cut_pairs", shown=len(top), n=len(pairs))}</p>')


def lengths(question: Question, pairs: pd.DataFrame, of: str = "") -> pd.DataFrame:
    """Pairs as the frame of `charts_agreement.diverging`; `of` is the one of both that need not be named."""
    value = -pairs["conflict"] if question.measure == "conflict" else pairs[question.measure]
    ends = list(zip(pairs["one"], pairs["other"], strict=True))
    others = [other if one == of else one for one, other in ends]
    return pd.DataFrame(
        {
            "id": others if of else [_cell(one, other) for one, other in ends],
            "label": [question.name(other) for other in others]
            if of
            else [question.both(one, other) for one, other in ends],
            "value": value,
            "shown": [question.signed(one) for one in value],
            "text": [question.said(row) for row in pairs.itertuples()],
        }
    )
