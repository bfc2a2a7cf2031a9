"""Corrections as cards: who, when, what in words, why, whether it is in force, and the way to take it back."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from analysis.text.calendar import local_days
from pages.ui import bidi, data, state
from pages.ui.review import keeping, saying, who
from pages.ui.view import View

_EXACT = 160


def card(view: View, row: dict, every: pd.DataFrame, *, key: str, quoted: bool = True, article: str = "") -> None:
    """One correction.

    Args:
        view: what is in view.
        row: of the log.
        every: the whole log, by correction_id.
        key: tells the lists of a page apart.
        quoted: whether the words that it speaks of are shown.
        article: HTML of a link to them.
    """
    labels = view.labels
    day = local_days(pd.Series([row["at"]])).iloc[0]
    when = f"{labels.both_dates(day, view.calendar)} {labels.digits(data.clock(row['at']))}"
    undone = every.loc[row["undoes"]].to_dict() if row["undoes"] in every.index else None
    shown = undone or row
    quote = ""
    if quoted and shown["exact"]:
        words = bidi.shorten(bidi.plain(shown["exact"]), _EXACT)
        quote = f'<blockquote class="mv-quoted" dir="rtl" lang="fa">{bidi.inline(words)}</blockquote>'
    why = f'<p class="mv-note">{labels("review.because", why=bidi.escape(row["why"]))}</p>' if row["why"] else ""
    st.html(
        f'<article class="mv-card"><header><span class="who">{who.shown(labels, row["who"])}</span>'
        f"{_state(view, row, every)}"
        f'<span class="soft when">{bidi.escape(when)}</span></header>'
        f'<p class="mv-said-change">{saying.say(view, row, undone)}</p>{quote}{why}{article}</article>'
    )
    if row["in_force"] and not keeping.refused(view):
        words = labels("review.redo" if row["undoes"] else "review.undo")
        st.button(
            words,
            key=f"undo_{key}_{row['correction_id']}",
            help=labels("review.undo_help"),
            disabled=not who.name(),
            on_click=lambda: keeping.take_back(labels, [row["correction_id"]]),
        )


def _state(view: View, row: dict, every: pd.DataFrame) -> str:
    """A chip: in force, taken back by whom, or fitting nothing any more."""
    labels = view.labels
    if not row["in_force"]:
        by = every[(every["undoes"] == row["correction_id"]) & every["in_force"]]
        names = labels.listed([bidi.escape(name) for name in by["who"].unique()])
        return f'<span class="mv-chip thin">↺ {labels("review.taken_back_by", names=names)}</span>'
    if row.get("orphaned"):
        return f'<span class="mv-chip against">! {labels("review.orphaned")}</span>'
    return f'<span class="mv-chip">✓ {labels("review.in_force")}</span>'


def of_statement(view: View, article_id: str, start: int, stop: int) -> None:
    """What people corrected of the words of one statement, the newest first: what the machine had is there as well."""
    labels, log = view.labels, keeping.log()
    mine = log[(log["article_id"] == article_id) & (log["start"] < stop) & (log["stop"] > start)]
    rows = log[log["correction_id"].isin(mine["correction_id"]) | _of(log, set(mine["correction_id"]))]
    if rows.empty:
        return
    with st.expander(labels("review.history", n=len(rows)), key=f"mv_past_{start}_{stop}"):
        every = log.set_index("correction_id", drop=False)
        for row in rows.iloc[::-1].to_dict("records"):
            with st.container(border=True, key=f"card_past_{row['correction_id']}"):
                card(view, row, every, key="past", quoted=False)


def _of(log: pd.DataFrame, ids: set[str]) -> pd.Series:
    """Undos of some corrections, and undos of these."""
    hits = log["undoes"].isin(ids)
    while True:
        more = log["undoes"].isin(ids | set(log.loc[hits, "correction_id"]))
        if more.sum() == hits.sum():
            return hits
        hits = more


def link(view: View, row: dict) -> str:
    """A link to the words of a correction in their article, "" where it speaks of none."""
    if not row["article_id"]:
        return ""
    query = urlencode(state.query() | {"id": row["article_id"]})
    return f'<a href="article?{escape(query)}" target="_self">{view.labels("card.open")}</a>'
