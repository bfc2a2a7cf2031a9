"""What statements are about, and when."""

import numpy as np
import pandas as pd
import streamlit as st

from analysis.measure import frequency
from pages.ui import charts, listing, page, state, theme
from pages.ui.view import View

SERIES = 5  # Lines shown unless the reader chooses; more than six cannot be told apart.


def show() -> None:
    """The page."""
    view = page.start("topics")
    if view is None:
        return
    counts = frequency.by_topic(view.facts)
    if counts.empty:
        return page.empty(view)
    _frequency(view, counts)
    _over_time(view, counts)
    _evidence(view, counts)
    return None


def _frequency(view: View, counts: pd.DataFrame) -> None:
    labels, names = view.labels, view.names
    page.heading(labels("chart.topics.frequency"), labels("topics.frequency_note", n=view.totals.statements))
    frame = pd.DataFrame({"id": counts["topic"], "n": counts["n"]})
    frame["label"] = [names.topic(value) for value in counts["topic"]]
    frame["shown"] = [
        f"{labels.share(share)} ({labels.number(int(n))})"
        for n, share in zip(counts["n"], counts["share"], strict=True)
    ]
    frame["text"] = [f"{label}\n{shown}" for label, shown in zip(frame["label"], frame["shown"], strict=True)]
    page.chart(
        view,
        "topics.frequency",
        charts.bars(theme.look(labels), frame, picked=state.param("pick")),
        counts,
        on_click=lambda found: state.set_params(pick=str(found[0]), month="", p_t=""),
        titled=False,
    )


def _over_time(view: View, counts: pd.DataFrame) -> None:
    labels, names = view.labels, view.names
    every = frequency.topics_by_month(view.facts, view.calendar)
    page.heading(labels("chart.topics.over_time"), labels("topics.over_time_note"))
    if every.empty:
        return page.empty(view)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        measure = _measure(view)
        chosen = _series(view, counts)
    ticks = list(dict.fromkeys(every["month"]))
    frame = every[every["topic"].isin(chosen)].copy()
    frame["order"] = frame["topic"].map({value: place for place, value in enumerate(chosen)})
    frame = frame.sort_values(["order", "month"])
    frame["id"], frame["label"] = frame["topic"], [names.topic(value) for value in frame["topic"]]
    frame["place"] = frame["month"].map({month: place for place, month in enumerate(ticks)})
    frame["value"] = frame["share"] if measure == "share" else frame["n"].astype("float64")
    frame["text"] = [_hover(view, row) for row in frame.itertuples()]
    figure = charts.lines(
        theme.look(labels),
        frame,
        ticks=[labels.month(month, view.calendar).replace(" ", "\n") for month in ticks],
        percent=measure == "share",
    )
    st.html(charts.legend(theme.look(labels), [names.topic(value) for value in chosen]))
    shown = frame[frame["of"] > 0].sort_values(["month", "order"], ascending=[False, True])
    page.chart(
        view,
        "topics.over_time",
        figure,
        shown[["month", "topic", "n", "of", "share"]],
        on_click=lambda found: state.set_params(pick=str(found[0]), month=str(found[1]), p_t=""),
        titled=False,
    )
    page.month_notes(view, ticks[-1])


def _hover(view: View, row) -> str:
    labels = view.labels
    # A month without statements has no share: unknown is not nought, and the line has a gap there.
    share = f"{labels.share(row.share)} " if row.of else ""
    counts = f"({labels.number(int(row.n))} {labels('column.of')} {labels.number(int(row.of))})"
    return f"{row.label}\n{labels.month(row.month, view.calendar)}\n{share}{counts}"


def _measure(view: View) -> str:
    st.session_state["w_measure"] = "count" if state.param("measure") == "count" else "share"
    st.segmented_control(
        view.labels("topics.measure"),
        ["share", "count"],
        format_func=lambda name: view.labels(f"topics.as_{name}"),
        key="w_measure",
        required=True,
        on_change=lambda: state.set_params(measure=st.session_state["w_measure"].replace("share", "")),
    )
    return st.session_state["w_measure"]


def _series(view: View, counts: pd.DataFrame) -> list[str]:
    known = list(counts["topic"])
    asked = [value for value in state.param("series").split("~") if value in known]
    chosen = asked or known[:SERIES]
    st.session_state["w_series"] = chosen
    st.multiselect(
        view.labels("topics.shown"),
        view.names.order(known, "topic"),
        format_func=view.names.topic,
        key="w_series",
        max_selections=6,
        wrap=True,
        select_all=False,
        placeholder=view.labels("app.none_chosen"),
        on_change=lambda: state.set_params(series="~".join(st.session_state["w_series"])),
    )
    return chosen


def _evidence(view: View, counts: pd.DataFrame) -> None:
    labels, names = view.labels, view.names
    page.heading(labels("topics.pick"))
    months = frequency.by_month(view.facts, view.calendar)
    with st.container(horizontal=True):
        topic = page.pick(
            labels("filter.topic"), names.order(counts["topic"], "topic"), names.topic, param="pick", p_t=""
        )
        month = page.pick_month(view, months, labels("topics.pick_month"), every=labels("topics.every_month"), p_t="")
    if not topic:
        return
    positions = frequency.of_topic(view.facts, topic)
    if month:
        positions = np.intersect1d(positions, frequency.in_month(view.facts, month, view.calendar))
    listing.statements(view, positions, key="t")


show()
