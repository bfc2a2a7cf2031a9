"""Choices that stand in the address of a page."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.text.calendar import is_month, month_bounds, today
from pages.ui import state
from pages.ui.view import View


def month_param(view: View) -> str:
    """The month that the URL picks, "" unless it is a month of the reader's calendar."""
    month = state.param("month")
    return month if is_month(month, view.calendar) else ""


def pick_month(view: View, counts: pd.DataFrame, label: str, *, every: str | None = None, **others: str) -> str:
    """A choice among the months of `frequency.by_month` that have statements, newest first."""
    months = list(counts.loc[counts["n"] > 0, "month"])[::-1]
    if state.param("month") != month_param(view):
        state.set_params(month="")
    return pick(label, months, lambda key: view.labels.month(key, view.calendar), param="month", every=every, **others)


def month_notes(view: View, last: str) -> None:
    """Says what a chart over months leaves out, and whether its last month is still running."""
    labels = view.labels
    undated = view.totals.undated_statements
    notes = [labels("notice.undated_chart", n=undated)] if undated else []
    if month_bounds(last, view.calendar)[1] >= today():
        notes.append(labels("notice.incomplete"))
    if notes:
        st.html(f'<p class="mv-note">{" ".join(notes)}</p>')


def pick(label: str, options: list[str], name, *, param: str, every: str | None = None, **others: str) -> str:
    """A choice that stands in the URL: what a click on a chart sets can be set from the keyboard as well.

    Args:
        label: the choice's label.
        options: ids.
        name: id → what the reader sees.
        param: the URL parameter.
        every: what choosing nothing is called.
        others: parameters to set at the same time (empty = removed).
    """
    chosen = state.param(param)
    values = ["", *options]
    if chosen not in values:
        values.append(chosen)
    key = f"pick_{param}"  # Not `w_`: the sidebar has a choice of period as well.
    st.session_state[key] = chosen
    st.selectbox(
        label,
        values,
        format_func=lambda value: name(value) if value else (every or "—"),
        key=key,
        on_change=lambda: state.set_params(**{param: st.session_state[key], **others}),
    )
    return chosen


def choose(view: View, label: str, options: tuple[str, ...], name, *, param: str, **others: str) -> str:
    """A choice among a few that are all shown, in the URL; the first one stands for nothing chosen.

    Args:
        view: what is in view.
        label: key of the choice's label.
        options: ids.
        name: id → what the reader sees.
        param: the URL parameter.
        others: parameters to set at the same time (empty = removed).
    """
    key, asked = f"w_{param}", state.param(param)
    st.session_state[key] = asked if asked in options else options[0]
    st.segmented_control(
        view.labels(label),
        options,
        format_func=name,
        key=key,
        required=True,
        on_change=lambda: state.set_params(
            **{param: "" if st.session_state[key] == options[0] else st.session_state[key], **others}
        ),
    )
    return st.session_state[key]
