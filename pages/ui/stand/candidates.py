"""Over all speakers in view: the clearest changes of stance and the highest contradiction candidates."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.measure import contradictions, shifts
from pages.ui import charts_shift, data, page, state, theme
from pages.ui.data import Edition, Query
from pages.ui.speaker import contradictions as opposed
from pages.ui.speaker import shifts as moved
from pages.ui.view import View

ROWS = 12
"""Moves that are drawn."""
LISTED = 200
"""Candidates that can be picked."""


def show(view: View) -> None:
    """Both kinds of candidates; the reader chooses which, so that no page computes what nobody reads."""
    labels = view.labels
    page.heading(labels("candidates.title"), labels("candidates.note"))
    kind = page.choose(
        view,
        "candidates.kind",
        ("opposed", "moved"),
        lambda name: labels(f"candidates.{name}"),
        param="candidates",
    )
    if kind == "moved":
        _moves(view)
    else:
        _contradictions(view)


def _contradictions(view: View) -> None:
    labels = view.labels
    found = _candidates(data.edition(), data.key(view.filters), view).head(LISTED)
    page.figure(view, "positions.contradictions", found)
    if found.empty:
        st.html(f'<p class="mv-note">{labels("opposed.none")}</p>')
        return
    opposed.listed(view, found, labels("candidates.opposed"))
    chosen = _pick(view, found, "opposed")
    if chosen is not None:
        opposed.both(view, chosen["speaker"], chosen["target"], "opposed")


def _moves(view: View) -> None:
    labels = view.labels
    found = _moved(data.edition(), data.key(view.filters), view)
    shown = found[found["cut"] != ""].head(ROWS).copy()
    if shown.empty:
        page.figure(view, "positions.moves", found)
        st.html(f'<p class="mv-note">{labels("moves.none", n=2 * shifts.LEAST_ARTICLES)}</p>')
        return
    shown["id"] = _ids(shown)
    shown["label"] = [view.names.speaker(value) for value in shown["speaker"]]
    shown["shown"] = [view.names.target(value) for value in shown["target"]]
    shown["text"] = [f"{row['label']}\n{moved.words(view, row)}" for row in shown.to_dict("records")]
    page.chart(
        view,
        "positions.moves",
        charts_shift.moved(
            theme.look(labels),
            shown,
            ends=(labels("moves.towards_against"), labels("moves.towards_for")),
            picked=state.param("moved"),
        ),
        found,
        on_click=lambda clicked: state.set_params(moved=str(clicked[0])),
        legend=charts_shift.legend(
            [(charts_shift.VERDICTS[name], labels(f"verdict.{name}")) for name in ("shift", "noise", "not_enough")]
        ),
    )
    chosen = _pick(view, found[found["cut"] != ""].head(LISTED), "moved")
    if chosen is not None:
        moved.both(view, chosen, "moved")


def _pick(view: View, found: pd.DataFrame, param: str) -> dict | None:
    """One of the candidates: the one that is picked, else the first."""
    names = view.names
    rows = dict(zip(_ids(found), found.to_dict("records"), strict=True))

    def name(value: str) -> str:
        speaker, _, target = value.partition("~")
        return f"{names.speaker(speaker)} · {names.target(target)}"

    first = next(iter(rows))
    every = view.labels("candidates.first", name=name(first))
    picked = page.pick(view.labels("candidates.pick"), list(rows), name, param=param, every=every)
    return rows.get(picked or first)


def _ids(found: pd.DataFrame) -> list[str]:
    return [f"{speaker}~{target}" for speaker, target in zip(found["speaker"], found["target"], strict=True)]


@st.cache_resource(show_spinner=False, max_entries=64)
def _moved(here: Edition, query: Query, _view: View) -> pd.DataFrame:
    return shifts.moves(_view.facts)


@st.cache_resource(show_spinner=False, max_entries=64)
def _candidates(here: Edition, query: Query, _view: View) -> pd.DataFrame:
    return contradictions.candidates(_view.facts)
