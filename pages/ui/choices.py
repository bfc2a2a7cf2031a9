"""Choices that stand in the address of a page."""

from __future__ import annotations

import streamlit as st

from pages.ui import state
from pages.ui.view import View


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


def choose(
    view: View, label: str, options: tuple[str, ...], name, *, param: str, usual: str = "", **others: str
) -> str:
    """A choice among a few that are all shown, in the URL.

    Args:
        view: what is in view.
        label: key of the choice's label.
        options: ids.
        name: id → what the reader sees.
        param: the URL parameter.
        usual: the option that stands for nothing chosen; the first where empty.
        others: parameters to set at the same time (empty = removed).
    """
    key, asked, usual = f"w_{param}", state.param(param), usual or options[0]
    st.session_state[key] = asked if asked in options else usual
    st.segmented_control(
        view.labels(label),
        options,
        format_func=name,
        key=key,
        required=True,
        on_change=lambda: state.set_params(
            **{param: "" if st.session_state[key] == usual else st.session_state[key], **others}
        ),
    )
    return st.session_state[key]
