"""The log of corrections: by whom, of what, in which state; each can be taken back, and so can that."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.store import Store, corrections
from analysis.store.corrections import OF_STATEMENTS, PEOPLE, TERMS
from pages.ui import data, page, state
from pages.ui.review import keeping, past, who
from pages.ui.view import View

STATES = ("", "in_force", "taken_back", "orphaned")


def show(view: View) -> None:
    """The log."""
    labels = view.labels
    page.heading(labels("review.part_log"))
    if why := keeping.refused(view):
        st.html(f'<p class="mv-note">{why}</p>')
    every = whole()
    if every.empty:
        st.html(f'<div class="mv-empty">{labels("review.log_none")}</div>')
        return
    _count(view, every)
    rows = _chosen(view, every)
    if not keeping.refused(view):
        who.ask(labels)
    if state.param("state") == "orphaned":
        st.html(f'<p class="mv-note">{labels("review.orphans_note")}</p>')
    if rows.empty:
        st.html(f'<div class="mv-empty">{labels("review.log_empty")}</div>')
        return
    first = page.pager(view, len(rows), "log")
    by_id = every.set_index("correction_id", drop=False)
    for row in rows.iloc[::-1].iloc[first : first + page.PER_PAGE].to_dict("records"):
        with st.container(border=True, key=f"card_log_{row['correction_id']}"):
            past.card(view, row, by_id, key="log", article=past.link(view, row))


def whole() -> pd.DataFrame:
    """Every correction of this edition's store, with `in_force` and `orphaned`; nobody may change it."""
    store = data.store()
    return _whole(store.where, store.version, _store=store) if store else keeping.log().assign(orphaned=False)


@st.cache_resource(show_spinner=False, max_entries=4)
def _whole(place: str, version: int, *, _store: Store) -> pd.DataFrame:
    return corrections.log(_store).iloc[::-1].reset_index(drop=True)


def _count(view: View, every: pd.DataFrame) -> None:
    made = every[every["undoes"] == ""]
    orphans = made["orphaned"] & made["in_force"]
    words = view.labels(
        "review.counts_log",
        n=len(made),
        in_force=int((made["in_force"] & ~orphans).sum()),
        taken_back=int((~made["in_force"]).sum()),
        orphans=int(orphans.sum()),
    )
    st.html(f'<p class="mv-note">{words}</p>')


def _chosen(view: View, every: pd.DataFrame) -> pd.DataFrame:
    """The rows that the reader asks for."""
    labels = view.labels
    people = sorted(every["who"].unique())
    left, middle = st.columns(2)
    with left:
        by = page.pick(labels("review.by"), people, str, param="by", every=labels("review.by_any"), p_log="")
    with middle:
        field = page.pick(
            labels("review.of_field"),
            [*OF_STATEMENTS, *PEOPLE, *TERMS, "undo"],
            lambda name: labels.get(f"field.{name}", name),
            param="field",
            every=labels("review.of_any"),
            p_log="",
        )
    where = page.choose(
        view, "review.state", STATES, lambda name: labels(f"review.state_{name or 'any'}"), param="state", p_log=""
    )
    keep = pd.Series(True, index=every.index)
    if by:
        keep &= every["who"] == by
    if field:
        keep &= (every["undoes"] != "") if field == "undo" else (every["field"] == field) & (every["undoes"] == "")
    if where == "in_force":
        keep &= every["in_force"] & ~every["orphaned"]
    elif where == "taken_back":
        keep &= ~every["in_force"]
    elif where == "orphaned":
        keep &= every["orphaned"] & every["in_force"]
    return every[keep]
