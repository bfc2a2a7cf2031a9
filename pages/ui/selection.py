"""The head of the evidence below the charts: what is chosen, how many statements, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import streamlit as st

from analysis.export import flat
from pages.ui import pictures, state
from pages.ui.headings import heading
from pages.ui.view import View


def selection(
    view: View,
    title: str,
    n: int,
    positions: np.ndarray,
    *,
    filter: Mapping[str, object] | None = None,
    clear: tuple[str, ...] = (),
    note: str = "",
    key: str = "",
) -> None:
    """Head what a click on a chart opened.

    Args:
        view: what is in view.
        title: what is chosen (plain text).
        n: how many statements that is.
        positions: which; they can be taken as CSV.
        filter: what choosing the same as a filter means, by field of `Filters`: tuples are added to what is there.
        clear: the parameters of the page that say what is chosen.
        note: stands beside the number of statements.
        key: tells several on one page apart; made of `clear` where empty.
    """
    labels = view.labels
    key = key or "_".join(clear) or "all"
    with st.container(key=f"mv_selection_{key}", gap="small"):
        count = labels("statements.n_statements", n=n)
        heading(title, f"{note} · {count}" if note else count)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if filter:
                st.button(
                    labels("selection.filter"),
                    key=f"to_filter_{key}",
                    help=labels("selection.filter_help"),
                    on_click=lambda: _to_filter(filter, clear),
                )
            if clear:
                st.button(labels("selection.clear"), key=f"clear_{key}", on_click=lambda: _clear(clear))
            if n:
                st.download_button(
                    "CSV",
                    data=lambda: _csv(view, positions),
                    file_name=f"{pictures.file_name('selection')}.csv",
                    mime="text/csv",
                    help=labels("selection.csv_help"),
                    on_click="ignore",
                    key=f"csv_selection_{key}",
                )


def _to_filter(chosen: Mapping[str, object], clear: tuple[str, ...]) -> None:
    now, changes = state.filters(), {}
    for field, value in chosen.items():
        changes[field] = tuple(dict.fromkeys((*getattr(now, field), *value))) if isinstance(value, tuple) else value
    state.change(**changes)
    _clear(clear)


def _clear(names: tuple[str, ...]) -> None:
    state.set_params(**dict.fromkeys(names, ""))


def _csv(view: View, positions: np.ndarray) -> bytes:
    statements = view.content.statements(np.sort(positions))
    articles = np.unique(view.all.statements["article"].to_numpy()[positions])
    return flat.to_csv(flat.flat(replace(view.content.tables(articles), statements=statements)))
