"""Which topics rise and which fall, with the test said in words."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.measure import trends
from analysis.measure.groups import Groups
from analysis.measure.periods import bounds
from analysis.measure.trends import Sides
from pages.ui import bidi, charts_time, page, theme
from pages.ui.topics.chosen import Chosen, choose
from pages.ui.view import View

SPANS = ("1", "3", "6", "12")
USUAL = "3"
MOST = 6
"""Rows shown at each end."""


def rising(view: View, chosen: Chosen, every: Groups) -> None:
    """The topics whose share differs most between the recent months, or the chosen period, and the rest."""
    labels = view.labels
    options = (*SPANS, "period") if chosen.period else SPANS
    span = page.choose(
        view, "topics.recent", options, lambda name: _span(view, chosen, name), param="recent", usual=USUAL
    )
    recent = bounds(chosen.period) if span == "period" else trends.last(view.facts, "month", view.calendar, int(span))
    if recent is None:
        return page.empty(view)
    sides = Sides.of(view.facts, recent)
    found = page.figure(view, "topics.changes", trends.changes(view.facts, every, sides))
    page.heading(labels("chart.topics.rising"), _compared(view, sides))
    tested = found[found["verdict"] != "thin"]
    if tested.empty:
        return _remark(labels("topics.rising_thin", n=trends.LEAST, articles=trends.LEAST_ARTICLES))
    method = labels("about.topics.rising", prior=int(trends.PRIOR), level=labels.share(trends.LEVEL, whole=True))
    shown = tested if len(tested) <= 2 * MOST else pd.concat([tested.head(MOST), tested.tail(MOST)])
    page.chart(
        view,
        "topics.rising",
        charts_time.intervals(theme.look(labels), _drawn(view, shown), picked=chosen.topic),
        found,
        on_click=lambda point: choose(pick=str(point[0])),
        note=method,
        titled=False,
        legend=_legend(view),
        finding=_finding(view, found),
    )
    _remark(f"{_finding(view, found)} {_rest(view, found, shown)}")
    return _remark(method)


def _remark(text: str) -> None:
    st.html(f'<p class="mv-note">{bidi.inline(text)}</p>')


def _span(view: View, chosen: Chosen, name: str) -> str:
    if name == "period":
        return view.labels.period(chosen.period)
    return view.labels(f"topics.recent_{name}")


def _compared(view: View, sides: Sides) -> str:
    labels = view.labels
    before, recent = (int(n) for n in sides.n)
    first, last = (labels.date(day, view.calendar) for day in sides.recent)
    return labels("topics.compared", first=first, last=last, recent=recent, before=before)


def _drawn(view: View, shown: pd.DataFrame) -> pd.DataFrame:
    labels = view.labels
    frame = shown.assign(id=shown["topic"], label=[view.names.topic(value) for value in shown["topic"]])
    frame["shown"] = [
        labels("topics.from_to", before=labels.share(before), now=labels.share(now))
        for before, now in zip(frame["share_before"], frame["share"], strict=True)
    ]
    look = theme.look(labels)
    rows = frame[["label", "verdict", "n", "of", "n_before", "of_before", "ratio", "low", "high"]]
    frame["text"] = [
        labels(
            "topics.change",
            label=label,
            verdict=labels(f"verdict.{verdict}"),
            n=n,
            of=of,
            n_before=n_before,
            of_before=of_before,
            ratio=charts_time.times(look, ratio),
            low=charts_time.times(look, low),
            high=charts_time.times(look, high),
        )
        for label, verdict, n, of, n_before, of_before, ratio, low, high in rows.itertuples(index=False)
    ]
    return frame


def _finding(view: View, found: pd.DataFrame) -> str:
    labels = view.labels
    parts = []
    for verdict, order in (("rising", 1), ("falling", -1)):
        topics = found.loc[found["verdict"] == verdict, "topic"].tolist()[::order]
        if topics:
            parts.append(
                labels(f"topics.{verdict}", names=labels.listed([view.names.topic(value) for value in topics]))
            )
    return " ".join(parts) or labels("topics.no_change")


def _rest(view: View, found: pd.DataFrame, shown: pd.DataFrame) -> str:
    labels, parts = view.labels, []
    thin = int((found["verdict"] == "thin").sum())
    if thin:
        parts.append(labels("topics.thin", n=thin, least=trends.LEAST, articles=trends.LEAST_ARTICLES))
    if len(shown) + thin < len(found):
        parts.append(labels("topics.rising_cut", n=len(shown), of=len(found) - thin))
    return " ".join(parts)


def _legend(view: View) -> str:
    marks = charts_time.MARKS
    parts = (f"<span>{mark} {view.labels(f'verdict.{verdict}')}</span>" for verdict, mark in marks.items())
    return f'<div class="mv-legend">{"".join(parts)}</div>'
