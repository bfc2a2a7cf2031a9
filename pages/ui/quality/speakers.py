"""Who speaks in view, and whom of them the lexicon does not know."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.ui import charts, page, state, theme
from pages.ui.quality.looked import Looked, open_part

SHOWN = 12


def show(looked: Looked) -> None:
    """By kind, and the unknown ones who speak most."""
    labels = looked.view.labels
    page.heading(labels("quality.speakers"), labels("quality.speakers_note"))
    with st.container(key="mv_two_speakers"):
        left, right = st.columns(2, gap="large")
    with left:
        _kinds(looked)
    with right:
        _unknown(looked)


def _kinds(looked: Looked) -> None:
    view, labels = looked.view, looked.view.labels
    found = looked.speaking.by_who()
    there = found[found["n"] > 0]
    frame = pd.DataFrame({"id": "who:" + there["who"], "n": there["n"]})
    frame["label"] = [labels(f"quality.who_{who}") for who in there["who"]]
    frame["shown"] = [
        f"{labels.number(int(n))} ({labels.share(share)})" for n, share in zip(there["n"], there["share"], strict=True)
    ]
    frame["text"] = [
        f"{row.label}\n{row.shown}\n{labels('quality.n_speakers', n=int(n))}"
        for row, n in zip(frame.itertuples(), there["speakers"], strict=True)
    ]
    page.chart(
        view,
        "quality.who",
        charts.bars(theme.look(labels), frame, picked=state.param("open")),
        found,
        on_click=lambda point: open_part(str(point[0])),
    )


def _unknown(looked: Looked) -> None:
    view, labels = looked.view, looked.view.labels
    found = looked.speaking.unknown()
    if found.empty:
        page.heading(labels("chart.quality.unknown"))
        page.figure(view, "quality.unknown", found)
        st.html(f'<p class="mv-note">{labels("quality.none_unknown")}</p>')
        return
    top = found.head(SHOWN)
    frame = pd.DataFrame({"id": "speaker:" + top["speaker"], "n": top["n"]})
    frame["label"] = [view.names.speaker(value) for value in top["speaker"]]
    frame["shown"] = [labels.number(int(n)) for n in top["n"]]
    frame["text"] = [
        f"{row.label}\n{labels(f'quality.who_{who}')}\n{labels('statements.n_statements', n=int(row.n))}\n"
        + labels("statements.n_articles", n=int(n))
        for row, who, n in zip(frame.itertuples(), top["who"], top["articles"], strict=True)
    ]
    page.chart(
        view,
        "quality.unknown",
        charts.bars(theme.look(labels), frame, picked=state.param("open")),
        found,
        on_click=lambda point: open_part(str(point[0])),
    )
