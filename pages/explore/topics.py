"""What statements are about: how often, when, by whom, what changes, and which words say so."""

import pandas as pd
import streamlit as st

from analysis.measure import frequency, periods
from analysis.measure.groups import Groups
from pages.ui import charts, page, theme
from pages.ui.topics import chosen as choices
from pages.ui.topics.across import across
from pages.ui.topics.chosen import BY, Chosen, choose, read
from pages.ui.topics.over_time import controls, multiples, notes, over_time, series
from pages.ui.topics.rising import rising
from pages.ui.topics.terms import terms
from pages.ui.view import View

VIEWS = ("rising", "multiples", "across", "terms")
FIRST = 10
"""Topics shown at first; the rest are one click away."""


def show() -> None:
    """The page."""
    view = page.start("topics")
    if view is None:
        return
    counts = page.figure(view, "topics.counts", frequency.by_topic(view.facts))
    if counts.empty:
        return page.empty(view)
    chosen, every, topics = read(view), Groups.of(view.facts, "topic"), counts["topic"].tolist()
    _frequency(view, counts, chosen)
    page.heading(view.labels("chart.topics.over_time"), view.labels("about.topics.over_time"))
    time = controls(view, chosen)
    shown = series(view, topics)
    if len(time.axis):
        over_time(view, every, shown, time)
    else:
        notes(view, time)
    page.heading(view.labels("topics.closer"))
    name = page.choose(view, "topics.view", VIEWS, lambda name: view.labels(f"topics.view_{name}"), param="view")
    others: list[str] = []
    if name == "rising":
        rising(view, chosen, every)
    elif name == "terms":
        choices.pick_topic(view, topics)
        terms(view, topics)
    else:
        by = page.choose(view, "topics.by", BY, lambda name: view.labels(f"topics.by_{name}"), param="by", group="")
        found = multiples(view, every, shown, time, by) if name == "multiples" else across(view, chosen, every, by)
        others = [f"{by}:{value}" for value in found.names]
    found_in = periods.by_period(view.facts, chosen.unit, view.calendar)
    filled = found_in.loc[found_in["n"] > 0, "period"].tolist()[::-1]
    choices.evidence(view, chosen, [] if name == "terms" else topics, filled, others)
    return None


def _frequency(view: View, counts: pd.DataFrame, chosen: Chosen) -> None:
    labels, names = view.labels, view.names
    page.heading(labels("chart.topics.frequency"), labels("topics.frequency_note", n=view.totals.statements))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        order = page.choose(
            view, "topics.sort", ("count", "name"), lambda name: labels(f"topics.sort_{name}"), param="sort"
        )
        extent = "all"
        if len(counts) > FIRST:
            extent = page.choose(
                view,
                "topics.extent",
                ("first", "all"),
                lambda name: labels(f"topics.extent_{name}", n=FIRST if name == "first" else len(counts)),
                param="extent",
            )
    shown = counts if extent == "all" else counts.head(FIRST)
    if order == "name":
        shown = shown.set_index("topic").loc[names.order(shown["topic"], "topic")].reset_index()
    frame = pd.DataFrame({"id": shown["topic"], "n": shown["n"]})
    frame["label"] = [names.topic(value) for value in shown["topic"]]
    frame["shown"] = [
        f"{labels.share(share)} ({labels.number(n)})" for share, n in zip(shown["share"], shown["n"], strict=True)
    ]
    frame["text"] = frame["label"] + "\n" + frame["shown"]
    page.chart(
        view,
        "topics.frequency",
        charts.bars(theme.look(labels), frame, picked=chosen.topic),
        counts,
        on_click=lambda point: choose(pick=str(point[0])),
        note=labels("topics.frequency_note", n=view.totals.statements),
        titled=False,
    )


show()
