"""How sure the codes in view are, beside how many of such were right when it was measured."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.measure.measured import BINS, FEW, confidences
from pages.ui import bidi, charts_quality, page, theme
from pages.ui.quality.looked import Looked, open_part

OF = ("statements", "positions")


def show(looked: Looked) -> None:
    """Two charts side by side."""
    labels = looked.view.labels
    page.heading(labels("quality.confidence"), labels("quality.confidence_note"))
    with st.container(key="mv_two_confidence"):
        for column, of in zip(st.columns(2, gap="large"), OF, strict=True):
            with column:
                _chart(looked, of)


def _chart(looked: Looked, of: str) -> None:
    view, labels = looked.view, looked.view.labels
    found = confidences(view.facts, of, looked.measured)
    if found.empty:
        page.heading(labels(f"chart.quality.confidence_{of}"))
        page.figure(view, f"quality.confidence_{of}", found)
        page.empty(view)
        return
    frame = found.reset_index(drop=True)
    frame["id"] = [f"bin_{of}:{number}" for number in frame["bin"]]
    frame["few"] = frame["judged"] < FEW
    frame["label"] = [labels.decimal(number / BINS, 1) for number in frame["bin"]]
    frame["text"] = [
        "\n".join(
            (
                bin_name(looked, int(row.bin)),
                labels("quality.bin_n", n=int(row.n), share=labels.share(row.share)),
                labels("quality.bin_right", right=labels.share(row.right), n=int(row.judged))
                if row.judged
                else labels("quality.bin_unknown"),
            )
        )
        for row in frame.itertuples()
    ]
    look = theme.look(labels)
    words = (labels("quality.in_view"), labels("quality.was_right"))
    legend = (
        f'<div class="mv-legend"><span><span class="mv-swatch" style="background:{look.palette.bar_faded}"></span>'
        f'{bidi.inline(words[0])}</span><span><span style="color:{look.palette.series[1]}">◆</span> '
        f"{bidi.inline(words[1])}</span></div>"
    )
    page.chart(
        view,
        f"quality.confidence_{of}",
        charts_quality.calibration(look, frame, words),
        found,
        on_click=lambda point: open_part(str(point[0])),
        legend=legend,
    )
    _calibrated(looked, of, found)


def _calibrated(looked: Looked, of: str, found: pd.DataFrame) -> None:
    """How far confidences were off when measured, and how many codes in view people made."""
    view, labels, measured = looked.view, looked.view.labels, looked.measured
    human = page.figure(view, f"quality.human.{of}", int(getattr(view.facts, of)["human"].sum()))
    words = [labels("quality.human", n=human)] if human else []
    if measured is not None:
        one = measured.judged[of]
        low, high = (labels.decimal(one[name], 3) for name in ("low", "high"))
        error = labels.decimal(one["error"], 3)
        right = labels.share(one["right"])
        words.append(labels("quality.ece", n=int(one["n"]), right=right, error=error, low=low, high=high))
    st.html(f'<p class="mv-note">{bidi.inline(" ".join(words))}</p>')


def bin_name(looked: Looked, number: int) -> str:
    """A bin in words: «۰٫۷–۰٫۸»."""
    labels = looked.view.labels
    return "–".join(labels.decimal(edge / BINS, 1) for edge in (number, number + 1))
