"""A matrix of topics by speaker, speaker's country, source or mentioned country: who speaks of what."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.measure import groups
from analysis.measure.groups import By, Groups
from pages.ui import charts, page, theme
from pages.ui.topics.chosen import Chosen, choose, largest, name_of
from pages.ui.view import View

ROWS, COLUMNS = 12, 12
ENOUGH = 10
"""Rows with fewer statements have counts and no shares: "not enough"."""


def across(view: View, chosen: Chosen, every: Groups, by: By) -> Groups:
    """The matrix; returns the groups that are its rows."""
    labels, names, name = view.labels, view.names, name_of(view, by)
    rows, columns = largest(view, by, ROWS), every.only(every.top(COLUMNS))
    data = groups.across(view.facts, rows, columns)
    figure = charts.squares(
        theme.look(labels),
        _cells(view, data, rows, columns),
        rows=[f"{name(value)} ({labels.number(int(n))})" for value, n in zip(rows.names, rows.counts, strict=True)],
        columns=[names.topic(value) for value in columns.names],
        picked=f"{chosen.topic}~{by}:{chosen.group}" if chosen.by == by else "",
    )

    def take(point: list) -> None:
        topic, _, group = str(point[0]).partition("~")
        choose(pick=topic, group=group)

    page.chart(
        view,
        "topics.across",
        figure,
        data,
        on_click=take,
        note=labels("about.topics.across", enough=ENOUGH),
        part=labels(f"topics.by_{by}"),
    )
    n_rows, n_columns = (int((found.counts > 0).sum()) for found in (Groups.of(view.facts, by), every))
    if n_rows > len(rows.names) or n_columns > len(columns.names):
        shown = {"rows": len(rows.names), "of": n_rows, "topics": len(columns.names), "of_topics": n_columns}
        st.html(f'<p class="mv-note">{labels("topics.cut", **shown)}</p>')
    return rows


def _cells(view: View, data: pd.DataFrame, rows: Groups, columns: Groups) -> pd.DataFrame:
    labels, names, name = view.labels, view.names, name_of(view, rows.by)
    palette = theme.look(labels).palette
    frame = data[data["n"] > 0].copy()
    thin = frame["of"] < ENOUGH
    most = frame.loc[~thin, "share"].max() if (~thin).any() else 1.0
    steps = (frame["share"] / most * (len(palette.ramp) - 1)).round().clip(1, len(palette.ramp) - 1).astype("int64")
    frame["fill"] = [palette.paper if few else palette.ramp[step] for few, step in zip(thin, steps, strict=True)]
    frame["ink"] = [palette.soft if few else palette.ramp_ink[step] for few, step in zip(thin, steps, strict=True)]
    frame["edge"] = [palette.edge if few else palette.ramp[step] for few, step in zip(thin, steps, strict=True)]
    frame["row"] = frame[rows.column].map({value: place for place, value in enumerate(rows.names)})
    frame["column"] = frame["topic"].map({value: place for place, value in enumerate(columns.names)})
    frame["id"] = frame["topic"] + f"~{rows.by}:" + frame[rows.column]
    frame["shown"] = [
        f"({labels.number(n)})" if few else labels.share(share, whole=True)
        for few, n, share in zip(thin, frame["n"], frame["share"], strict=True)
    ]
    rows_of = zip(frame[rows.column], frame["topic"], frame["share"], frame["n"], frame["of"], strict=True)
    frame["text"] = [
        f"{name(group)}\n{names.topic(topic)}\n"
        f"{labels.share(share)} ({labels.number(n)} {labels('column.of')} {labels.number(of)})"
        for group, topic, share, n, of in rows_of
    ]
    return frame
