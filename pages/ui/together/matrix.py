"""What is named together as a matrix of squares that can be clicked, and as a list."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from analysis.measure import comention
from pages.ui import charts, page, theme
from pages.ui.together.question import Question, sign, take

MOST = 14
_BESIDE = "~"


def show(question: Question) -> None:
    """The matrix; its table holds all pairs."""
    view, labels = question.view, question.view.labels
    rows, columns = _shown(question)
    figure = charts.squares(
        theme.look(labels),
        _cells(question, rows, columns),
        rows=[question.name(value) for value in rows],
        columns=[question.name(value) for value in columns],
        picked=_cell_id(question.a, question.b),
    )
    if question.measure != "n" or question.counts["n"].max() > 999:
        figure.update_traces(textfont_size=11.5)  # Long numbers have to fit into narrow squares.
    named = "countries.note_mixed" if question.kind == "country_organisation" else "countries.note"
    page.chart(
        view,
        "countries.matrix",
        figure,
        question.pairs,
        on_click=lambda found: take(*str(found[0]).split(_BESIDE)),
        note=labels(
            named,
            units=question.some_units,
            unit=question.unit,
            of=question.units.naming,
            measure=labels(f"countries.by_{question.measure}"),
        )
        + (" " + labels("countries.hundredths") if question.measure in ("jaccard", "npmi") else "")
        + " "
        + labels("countries.sign", least=question.least, unit=question.unit),
    )
    shown = len(set(rows) | set(columns))
    if len(question.counts) > shown:
        st.html(f'<p class="mv-note">{labels("countries.cut", shown=shown, n=len(question.counts))}</p>')


def _shown(question: Question) -> tuple[list[str], list[str]]:
    left, right = comention.sides(question.kind)
    named = question.counts["entity"]
    rows = list(named[named.str.startswith(f"{left}:")].head(MOST))
    return rows, rows if left == right else list(named[named.str.startswith(f"{right}:")].head(MOST))


def _cells(question: Question, rows: list[str], columns: list[str]) -> pd.DataFrame:
    labels, palette = question.view.labels, theme.look(question.view.labels).palette
    pairs, measure = question.pairs, question.measure
    turned = pairs.rename(columns={"a": "b", "b": "a", "n_a": "n_b", "n_b": "n_a"})
    frame = pd.concat([pairs, turned], ignore_index=True) if rows == columns else pairs
    frame = frame[frame["a"].isin(rows) & frame["b"].isin(columns)].copy()
    step = _steps(frame[measure], len(palette.ramp))
    frame["fill"] = [palette.ramp[value] if value else "rgba(0,0,0,0)" for value in step]
    frame["ink"] = [palette.ramp_ink[value] for value in step]
    frame["edge"] = [palette.ramp[value] if value else palette.edge for value in step]
    frame["text"] = [question.said(row) for row in frame.itertuples()]
    frame["shown"] = [
        question.drawn(measure, value, short=True) + sign(q)
        for value, q in zip(frame[measure], frame["q"], strict=True)
    ]
    if rows == columns:
        frame = pd.concat([frame, _diagonal(question, rows)], ignore_index=True)
    frame["row"] = frame["a"].map({value: place for place, value in enumerate(rows)})
    frame["column"] = frame["b"].map({value: place for place, value in enumerate(columns)})
    frame["id"] = [_cell_id(a, b) for a, b in zip(frame["a"], frame["b"], strict=True)]
    del labels
    return frame


def _diagonal(question: Question, rows: list[str]) -> pd.DataFrame:
    labels, palette = question.view.labels, theme.look(question.view.labels).palette
    own = question.counts[question.counts["entity"].isin(rows)]
    shown = [labels.number(int(n)) for n in own["n"]]
    text = [
        f"{question.name(row.entity)}\n"
        + labels(
            "countries.said_named", n=int(row.n), of=int(row.of), unit=question.unit, share=labels.share(row.share)
        )
        for row in own.itertuples()
    ]
    frame = pd.DataFrame({"a": own["entity"], "b": own["entity"], "shown": shown, "text": text})
    return frame.assign(fill="rgba(0,0,0,0)", ink=palette.soft, edge=palette.grid)


def _steps(values: pd.Series, colours: int) -> np.ndarray:
    """The colour of each value, by square root: counts are skewed, and a linear ramp would leave most cells pale.

    What is named together less often than by chance (NPMI below 0) has no colour: 0.
    """
    most = float(values.max()) if len(values) else 0.0
    if most <= 0:
        return np.zeros(len(values), dtype="int64")
    found = np.sqrt(values.clip(lower=0).to_numpy() / most) * (colours - 1)
    return np.where(values > 0, np.maximum(np.round(found), 1), 0).astype("int64")


def _cell_id(a: str, b: str) -> str:
    return _BESIDE.join(sorted({a, b} - {""}, key=lambda value: (not value.startswith("country:"), value)))


def listed(question: Question, most: int = 25) -> None:
    """The strongest pairs as bars."""
    view, labels = question.view, question.view.labels
    top = question.pairs.head(most)
    ids = [_cell_id(row.a, row.b) for row in top.itertuples()]
    frame = lengths(question, top, ids, [question.both(row.a, row.b) for row in top.itertuples()])
    page.chart(
        view,
        "countries.list",
        charts.bars(theme.look(labels), frame, picked=_cell_id(question.a, question.b) if question.b else ""),
        question.pairs,
        on_click=lambda found: take(*str(found[0]).split(_BESIDE)),
        note=labels("countries.note_list", measure=labels(f"countries.by_{question.measure}"), n=len(question.pairs))
        + " "
        + labels("countries.sign", least=question.least, unit=question.unit),
    )
    if len(question.pairs) > most:
        st.html(f'<p class="mv-note">{labels("countries.cut_pairs", shown=most, n=len(question.pairs))}</p>')


def lengths(question: Question, pairs: pd.DataFrame, ids: list[str], names: list[str]) -> pd.DataFrame:
    """Pairs as the frame of `charts.bars`: how strongly each is named together, with n and the sign of the test."""
    values = pairs[question.measure]
    shown = [question.drawn(question.measure, v) + sign(q) for v, q in zip(values, pairs["q"], strict=True)]
    if question.measure != "n":
        counts = (question.view.labels.number(int(n)) for n in pairs["n"])
        shown = [f"{text} ({n})" for text, n in zip(shown, counts, strict=True)]
    text = [question.said(row) for row in pairs.itertuples()]
    return pd.DataFrame({"id": ids, "n": values.clip(lower=0), "label": names, "shown": shown, "text": text})
