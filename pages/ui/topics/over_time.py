"""Topics over time: lines, and small multiples of them by speaker, country or source."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from analysis.measure import groups, periods
from analysis.measure.groups import By, Groups
from analysis.measure.periods import Axis
from pages.ui import charts_time, page, state, theme
from pages.ui.topics.chosen import Chosen, choose, largest, name_of
from pages.ui.view import View

SERIES = 4
"""Lines shown unless the reader chooses; more than six cannot be told apart."""
MOST = 400
"""Periods shown at most; more points than pixels tell nothing."""
MOST_SMALL = 60
PANELS = 9
ENOUGH = 5
"""Periods with fewer statements have no share: one statement of one would be all of them."""


@dataclass(frozen=True)
class Time:
    """How time is shown.

    Attributes:
        axis: the periods that are shown.
        n_periods: how many there are in all.
        is_share: whether shares are shown, or counts.
        is_averaged: whether lines are moving averages.
        until: the last day of which everything may be known.
    """

    axis: Axis
    n_periods: int
    is_share: bool
    is_averaged: bool
    is_open: bool
    until: str

    def short(self) -> Time:
        """With no more periods than a small chart has room for."""
        return replace(self, axis=self.axis.last(MOST_SMALL))


def controls(view: View, chosen: Chosen) -> Time:
    """Let the reader choose the unit, share or count, and moving averages."""
    labels = view.labels
    with st.container(horizontal=True, vertical_alignment="bottom"):
        page.choose(
            view,
            "topics.unit",
            ("day", "week", "month", "season"),
            lambda name: labels(f"topics.unit_{name}"),
            param="unit",
            usual="month",
            when="",
        )
        measure = page.choose(
            view, "topics.measure", ("share", "count"), lambda name: labels(f"topics.as_{name}"), param="measure"
        )
        window = periods.WINDOWS[chosen.unit]
        average = page.choose(
            view,
            "topics.average",
            ("off", "on"),
            lambda name: labels(f"topics.average_{chosen.unit}", n=window) if name == "on" else labels("topics.off"),
            param="average",
        )
    whole = Axis.of(view.facts.statements["day"].to_numpy(), chosen.unit, view.calendar)
    until = periods.complete_until(view.facts, view.filters.stop)
    return Time(
        axis=whole.last(MOST),
        n_periods=len(whole),
        is_share=measure == "share",
        is_averaged=average == "on",
        is_open=bool(len(whole)) and periods.is_incomplete(whole.keys[-1], until),
        until=labels.date(until, view.calendar),
    )


def series(view: View, known: list[str]) -> list[str]:
    """Let the reader choose the topics of the charts over time."""
    asked = [value for value in state.param("series").split("~") if value in known]
    shown = asked or known[:SERIES]
    st.session_state["w_series"] = shown
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
    return shown


def over_time(view: View, every: Groups, shown: list[str], time: Time) -> None:
    """The lines."""
    look = theme.look(view.labels)
    found = groups.over_time(view.facts, time.axis, every.only(shown))
    data = _averaged(found, time, ["topic"])
    figure = charts_time.lines(
        look, _drawn(view, data, time), ticks=_ticks(view, time), percent=time.is_share, is_open=time.is_open
    )
    page.chart(
        view,
        "topics.over_time",
        figure,
        data[data["of"] > 0].sort_values("period", ascending=False, kind="stable"),
        on_click=lambda point: choose(pick=str(point[0]), when=str(point[1])),
        titled=False,
        legend=_legend(view, shown, time),
    )
    notes(view, time)


def multiples(view: View, every: Groups, shown: list[str], time: Time, by: By) -> Groups:
    """A small chart for each of the largest groups of a kind, which are returned."""
    labels, look, time = view.labels, theme.look(view.labels), time.short()
    others, name = largest(view, by, PANELS), name_of(view, by)
    found = groups.over_time_within(view.facts, time.axis, every.only(shown), others)
    data = _averaged(found, time, [others.column, "topic"])
    drawn = _drawn(view, data, time)
    drawn["panel"] = drawn[others.column].map({value: place for place, value in enumerate(others.names)})
    drawn["key"] = drawn["topic"] + "~" + by + ":" + drawn[others.column]
    filled = set(drawn.loc[drawn["value"].notna(), "panel"])
    figure = charts_time.multiples(
        look,
        drawn,
        panels=[
            f"{name(value)}\n{labels('statements.n_statements' if place in filled else 'topics.few_each', n=int(n))}"
            for place, (value, n) in enumerate(zip(others.names, others.counts, strict=True))
        ],
        ticks=_ticks(view, time),
        percent=time.is_share,
        is_open=time.is_open,
    )

    def take(point: list) -> None:
        topic, _, group = str(point[0]).partition("~")
        choose(pick=topic, group=group, when=str(point[1]))

    page.chart(
        view,
        "topics.multiples",
        figure,
        data[data["of"] > 0],
        on_click=take,
        note=labels(f"topics.multiples_{by}"),
        legend=_legend(view, shown, time),
    )
    _cut(view, time)
    return others


def notes(view: View, time: Time) -> None:
    """What a chart over time leaves out, and whether its last period is complete."""
    labels = view.labels
    undated = view.totals.undated_statements
    said = [labels("notice.undated_chart", n=undated)] if undated else []
    if time.is_open:
        said.append(labels("topics.incomplete", period=labels.period(time.axis.keys[-1]), day=time.until))
    if time.is_share:
        said.append(labels("topics.thin_periods", n=ENOUGH))
    if time.is_averaged:
        said.append(labels("topics.average_note"))
    if said:
        st.html(f'<p class="mv-note">{" ".join(said)}</p>')
    _cut(view, time)


def _cut(view: View, time: Time) -> None:
    if len(time.axis) < time.n_periods:
        shown = view.labels("topics.periods_cut", n=len(time.axis), of=time.n_periods)
        st.html(f'<p class="mv-note">{shown}</p>')


def _averaged(found: pd.DataFrame, time: Time, by: list[str]) -> pd.DataFrame:
    return periods.moving(found, by, periods.WINDOWS[time.axis.unit], ENOUGH) if time.is_averaged else found


def _drawn(view: View, data: pd.DataFrame, time: Time) -> pd.DataFrame:
    """The frame as the charts take it."""
    names = {value: view.names.topic(value) for value in data["topic"].unique()}
    spoken = {key: view.labels.period(key) for key in time.axis.keys}
    frame = data.assign(id=data["topic"], label=data["topic"].map(names))
    frame["place"] = frame["period"].map({key: place for place, key in enumerate(time.axis.keys)})
    enough = frame["of"] >= ENOUGH
    frame["value"] = frame["share"].where(enough) if time.is_share else frame["n"].astype("float64")
    if time.is_averaged and time.is_share:
        frame["mean"] = frame["mean_share"]
    rows = zip(frame["label"], frame["period"], frame["n"], frame["of"], strict=True)
    frame["text"] = [_hover(view, label, spoken[period], n, of) for label, period, n, of in rows]
    return frame


def _hover(view: View, label: str, period: str, n: int, of: int) -> str:
    labels = view.labels
    # A period without statements has no share: unknown is not nought, and the line has a gap there.
    share = f"{labels.share(n / of)} " if of else ""
    return f"{label}\n{period}\n{share}({labels.number(n)} {labels('column.of')} {labels.number(of)})"


def _ticks(view: View, time: Time) -> list[str]:
    return [view.labels.period(key, lines=True) for key in time.axis.keys]


def _legend(view: View, shown: list[str], time: Time) -> str:
    mark = view.labels("topics.open_mark") if time.is_open else ""
    return charts_time.legend(theme.look(view.labels), [view.names.topic(value) for value in shown], open_mark=mark)
