"""How much is in view, when it was said, who spoke most, and what was said last."""

import numpy as np
import pandas as pd
import streamlit as st

from analysis.measure import frequency
from pages.ui import charts, listing, page, state, theme
from pages.ui.view import View

SPEAKERS = 10


def show() -> None:
    """The page."""
    view = page.start("overview")
    if view is None:
        return
    _tiles(view)
    with st.container(key="mv_two"):
        left, right = st.columns([3, 2], gap="large")
    with left:
        _months(view)
    with right:
        _speakers(view)
    month, speaker = page.month_param(view), state.param("who")
    if month or speaker:
        listing.statements(view, _chosen(view, month, speaker), key="o")
        return
    page.heading(view.labels("overview.latest"))
    listing.statements(view, key="o", ordered="newest")


def _tiles(view: View) -> None:
    labels, totals = view.labels, view.totals
    shown = [
        ("statements", totals.statements, {"view": ""}, {}),
        ("articles", totals.articles, {"view": "articles"}, {}),
        ("speakers", totals.speakers, {"view": "speakers"}, {}),
        ("undated", totals.undated, {"view": "articles"}, {"undated": "only", "start": None, "stop": None}),
    ]
    for column, (name, n, extra, changes) in zip(st.columns(4), shown, strict=True):
        with column, st.container(border=True, key=f"tile_{name}", gap=None):
            words = labels(f"total.{name}")
            st.html(f'<div class="mv-tile"><b>{labels.number(n)}</b><span>{words}</span></div>')
            link = state.query(**changes) | {key: value for key, value in extra.items() if value}
            st.page_link(page.STATEMENTS, label=page.forward(labels, "statements.open"), icon="", query_params=link)


def _months(view: View) -> None:
    labels = view.labels
    page.heading(labels("chart.overview.by_month"))
    counts = frequency.by_month(view.facts, view.calendar)
    if counts.empty:
        return page.empty(view)
    frame = pd.DataFrame({"id": counts["month"], "n": counts["n"]})
    frame["label"] = [labels.month(key, view.calendar).replace(" ", "\n") for key in counts["month"]]
    frame["text"] = [
        f"{labels.month(key, view.calendar)}\n{labels('statements.n_statements', n=int(n))}"
        for key, n in zip(counts["month"], counts["n"], strict=True)
    ]
    figure = charts.columns(theme.look(labels), frame, picked=page.month_param(view))
    page.chart(
        view,
        "overview.by_month",
        figure,
        counts.iloc[::-1],
        on_click=lambda found: state.set_params(month=str(found[0]), who="", p_o=""),
        titled=False,
    )
    page.month_notes(view, counts["month"].iloc[-1])
    page.pick_month(view, counts, labels("overview.pick_month"), who="", p_o="")
    return None


def _speakers(view: View) -> None:
    labels, names = view.labels, view.names
    page.heading(labels("chart.overview.speakers"))
    counts = frequency.by_speaker(view.facts)
    if counts.empty:
        return page.empty(view)
    top = counts.head(SPEAKERS)
    frame = pd.DataFrame({"id": top["speaker"], "n": top["n"]})
    frame["label"] = [names.speaker(value) for value in top["speaker"]]
    frame["shown"] = [
        f"{labels.number(int(n))} ({labels.share(share)})" for n, share in zip(top["n"], top["share"], strict=True)
    ]
    frame["text"] = [
        "\n".join(
            (
                names.speaker(row.speaker),
                names.role(row.role, row.country),
                labels("statements.n_statements", n=int(row.n)),
            )
        )
        for row in top.itertuples()
    ]
    page.chart(
        view,
        "overview.speakers",
        charts.bars(theme.look(labels), frame, picked=state.param("who")),
        counts[["speaker", "role", "country", "n", "share", "articles"]],
        on_click=lambda found: state.set_params(who=str(found[0]), month="", p_o=""),
        titled=False,
    )
    page.pick(
        labels("overview.pick_speaker"),
        names.order(counts["speaker"], "speaker"),
        names.speaker,
        param="who",
        month="",
        p_o="",
    )
    return None


def _chosen(view: View, month: str, speaker: str) -> np.ndarray:
    labels = view.labels
    if month:
        found = frequency.in_month(view.facts, month, view.calendar)
        page.heading(labels.month(month, view.calendar), labels("statements.n_statements", n=len(found)))
        return found
    found = frequency.of_speaker(view.facts, speaker)
    page.heading(view.names.speaker(speaker), labels("statements.n_statements", n=len(found)))
    return found


show()
