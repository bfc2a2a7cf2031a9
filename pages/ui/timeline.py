"""Statements over time, with the events that fall into it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from analysis.lexicon import events as known_events
from analysis.lexicon.events import Event
from analysis.measure import coverage, events, periods
from analysis.measure.facts import day_number
from analysis.measure.periods import Axis
from pages.ui import bidi, charts, charts_events, page, state, theme
from pages.ui.view import View

HEIGHT = 262
WIDTH = 640
"""About how many pixels the chart's bars have, to see which marks would overlap."""
LIST_HEIGHT = 168
RECENT = 12
"""Months that are offered as the period where nearly everything was said in them."""
_MOSTLY, _LONG = 0.4, 3 * 366


@dataclass(frozen=True)
class Timeline:
    """The periods of the chart, how many statements each has, and the events that are marked."""

    axis: Axis
    counts: pd.DataFrame
    marked: list[Event]

    @classmethod
    def of(cls, view: View) -> Timeline:
        """What is in view, in the unit that fits it."""
        unit = periods.fitting(view.facts.statements["day"].to_numpy())
        counts = periods.by_period(view.facts, unit, view.calendar)
        marked = events.in_view(known_events.load(), view.facts, view.filters)
        return cls(Axis(unit, view.calendar, tuple(counts["period"])), counts, marked)


def chart(view: View, line: Timeline) -> None:
    """The chart, its remarks and the choice of one period."""
    if line.counts.empty:
        page.heading(view.labels("chart.overview.over_time"))
        page.empty(view)
        return
    until = periods.complete_until(view.facts, view.filters.stop)
    open_last = periods.is_incomplete(line.axis.keys[-1], until)
    _chart(view, line, open_last=open_last)
    _notes(view, line.axis, open_last=open_last)
    if state.param("at") != picked():
        state.set_params(at="")
    page.pick(
        view.labels("overview.pick_period"),
        list(line.counts.loc[line.counts["n"] > 0, "period"])[::-1],
        view.labels.period,
        param="at",
        who="",
        outlet="",
        p_o="",
    )


def picked() -> str:
    """The period that the address picks, "" where it picks none."""
    key = state.param("at")
    try:
        return key if key and periods.bounds(key) else ""
    except ValueError:
        return ""


def _chart(view: View, line: Timeline, *, open_last: bool) -> None:
    labels, counts, axis = view.labels, line.counts, line.axis
    frame = pd.DataFrame({"id": counts["period"], "n": counts["n"]})
    frame["label"] = [labels.period(key, lines=True) for key in counts["period"]]
    frame["text"] = [
        f"{labels.period(key)}\n{labels('statements.n_statements', n=int(n))}"
        for key, n in zip(counts["period"], counts["n"], strict=True)
    ]
    look = theme.look(labels)
    if open_last:
        frame.loc[len(frame) - 1, "text"] += f"\n{labels('overview.incomplete')}"
    figure = charts.columns(look, frame, picked=picked())
    figure.update_layout(height=HEIGHT)
    if open_last:
        charts_events.hatch_last(figure, len(frame))
    marks = events.marks(line.marked, axis, letter=charts_events.LETTER * len(axis) / WIDTH)
    charts_events.mark(look, figure, _drawn(view, marks, line.marked))
    most = counts.loc[counts["n"].idxmax()]
    finding = labels("overview.most_in", period=labels.period(most["period"]), n=int(most["n"]))
    page.chart(view, "overview.over_time", figure, counts.iloc[::-1], on_click=_take, finding=finding)


def _take(found: list) -> None:
    """A click: on a bar it picks the period, on an event's number it makes the period the filter."""
    if "/" in (what := str(found[0])):
        start, stop = (dt.date.fromisoformat(day) for day in what.split("/"))
        _only(start, stop)
    else:
        state.set_params(at=what, who="", outlet="", p_o="")


def _only(start: dt.date, stop: dt.date) -> None:
    state.set_params(at="", p_o="")
    state.change(start=start, stop=stop, undated="")


def _drawn(view: View, marks: pd.DataFrame, marked: list[Event]) -> pd.DataFrame:
    labels = view.labels
    spans = [(row.first, row.last) for row in marks[["first", "last"]].itertuples(index=False)]
    return pd.DataFrame(
        {
            "place": marks["place"],
            "lines": marks["lines"],
            "number": [
                labels.number(first) if first == last else f"{labels.number(first)}–{labels.number(last)}"
                for first, last in spans
            ],
            "text": [
                "\n".join(_said(view, number, marked[number - 1], short=True) for number in range(first, last + 1))
                for first, last in spans
            ],
            "days": marks["start"] + "/" + marks["stop"],
        }
    )


def _said(view: View, number: int, event: Event, *, short: bool = False) -> str:
    """An event as a line: its number, its day and what happened."""
    labels = view.labels
    day = labels.date(event.start, view.calendar)
    if event.stop != event.start:
        day = labels("overview.from_to", start=day, stop=labels.date(event.stop, view.calendar))
    text = event.fa if labels.rtl else event.en
    return f"{labels.number(number)} · {day} · {bidi.shorten(text, 60) if short else text}"


def _notes(view: View, axis: Axis, *, open_last: bool) -> None:
    labels = view.labels
    undated = view.totals.undated_statements
    notes = [labels("notice.undated_chart", n=undated)] if undated else []
    if open_last:
        notes.append(labels("overview.last_incomplete", period=labels.period(axis.keys[-1])))
    if carried := _carried(view, axis, open_last=open_last):
        notes.append(carried)
    if notes:
        st.html(f'<p class="mv-note">{" ".join(notes)}</p>')
    _mostly_recent(view, axis)


def _carried(view: View, axis: Axis, *, open_last: bool) -> str:
    """Says so where the largest step of the chart is the doing of one source (HTML)."""
    keys = axis.keys[:-1] if open_last else axis.keys
    spans = [(day_number(first), day_number(last)) for first, last in map(periods.bounds, keys)]
    found = coverage.carrier(view.facts, spans)
    if found is None:
        return ""
    page.figure(view, "overview.carried", pd.DataFrame([{"n": abs(found.change), "of": abs(found.of)}]))
    unit_key = (periods.key_of(day, axis.unit, axis.calendar) for day in (found.before, found.period))
    before, period = (view.labels.period(key) for key in unit_key)
    # The name of a source may run against the sentence: it is put in as HTML of its own.
    return view.labels(
        "overview.carried_up" if found.of > 0 else "overview.carried_down",
        source=bidi.escape(found.source or view.labels("app.unknown")),
        n=abs(found.change),
        of=abs(found.of),
        period=period,
        before=before,
    )


def _mostly_recent(view: View, axis: Axis) -> None:
    """Offers the last year where the chart spans many and nearly everything is in it."""
    days = view.facts.statements["day"].to_numpy()
    last = periods.bounds(axis.keys[-1])[1]
    if (last - periods.bounds(axis.keys[0])[0]).days < _LONG:
        return
    start, stop = _last_year(view, axis)
    n = int(((days >= day_number(start)) & (days <= day_number(stop))).sum())
    of = len(days) - view.totals.undated_statements
    if n < _MOSTLY * of:
        return
    page.figure(view, "overview.recent", pd.DataFrame([{"n": n, "of": of}]))
    words = view.labels("overview.mostly_recent", share=view.labels.share(n / of), n=n)
    page.note("recent", words, view.labels("overview.show_recent"), start=start, stop=stop)


def _last_year(view: View, axis: Axis) -> tuple[dt.date, dt.date]:
    days = view.facts.statements["day"].to_numpy()
    newest = periods.as_date(int(days.max()))
    assert newest is not None
    month = periods.key_of(newest, "month", axis.calendar)
    return periods.bounds(periods.following(month, 1 - RECENT))[0], periods.bounds(month)[1]


def event_list(view: View, line: Timeline) -> None:
    """What the numbers on the chart mean; each event makes its weeks or months the period."""
    labels, axis, marked = view.labels, line.axis, line.marked
    rows = [
        {"number": number, "date": event.start.isoformat(), "event": event.fa if labels.rtl else event.en}
        for number, event in enumerate(marked, 1)
    ]
    page.figure(view, "overview.events", pd.DataFrame(rows, columns=["number", "date", "event"]))
    if not marked:
        return
    numbers = list(range(len(marked), 0, -1))  # The newest first.
    key = f"w_event_{len(marked)}"

    def take() -> None:
        chosen = st.session_state[key]
        if chosen:
            _only(*events.around(marked[chosen - 1], axis))

    page.heading(labels("overview.events", n=len(marked)), labels("overview.events_help"))
    with st.container(height=LIST_HEIGHT if len(marked) > 4 else "content", border=False, key="mv_events"):
        st.session_state[key] = None
        st.pills(
            labels("overview.events_help"),
            numbers,
            format_func=lambda number: bidi.markdown(_said(view, number, marked[number - 1])),
            key=key,
            on_change=take,
            label_visibility="collapsed",
            width="stretch",
        )
