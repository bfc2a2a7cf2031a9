"""Positions at second hand: whom others pass on, and towards what. Never part of the matrix unless the reader asks."""

from __future__ import annotations

import streamlit as st

from analysis.measure import positions
from analysis.measure.facts import Facts
from pages.ui import bidi, listing, page, state, tables
from pages.ui.stand import words
from pages.ui.view import View

SHOWN, MOST = 10, 200
"""Rows of the table, and rows that can be picked."""


def show(view: View) -> None:
    """The table of relayed positions, and the sentences of the row that is picked (`via` in the address)."""
    labels = view.labels
    facts = view.with_changes(relayed=True)
    found = positions.relayed(facts)
    page.heading(labels("positions.relayed"), labels("positions.relayed_note"))
    page.figure(view, "positions.relayed", found)
    if found.empty:
        st.html(f'<p class="mv-note">{labels("positions.relayed_none")}</p>')
        return
    if not view.filters.relayed:
        n = len(facts.positions) - len(view.facts.positions)
        page.note("relayed", labels("positions.relayed_out", n=n), labels("notice.repeats_show"), relayed=True)
    tables.show(view, found.head(SHOWN), labels("positions.relayed"))
    if len(found) > SHOWN:
        st.html(f'<p class="mv-note">{labels("positions.relayed_cut", shown=SHOWN, n=len(found))}</p>')
    rows = {_key(row): row for row in found.head(MOST).to_dict("records")}
    page.pick(labels("positions.pick_via"), list(rows), lambda key: _name(view, key, rows), param="via", p_via="")
    _sentences(view, facts)


def _sentences(view: View, facts: Facts) -> None:
    parts = state.param("via").split("~")
    if len(parts) != 3:
        return
    found = positions.relayed_statements(facts, *parts)
    speaker, relay, target = parts
    title = words.title(view, speaker, target) + " · " + view.labels("card.relayed", name=view.names.speaker(relay))
    page.selection(view, title, len(found), found, clear=("via",))
    listing.statements(view, found, key="via", ordered="newest", rules=True, towards=target)


def _key(row: dict) -> str:
    return "~".join((row["speaker"], row["relay"], row["target"]))


def _name(view: View, key: str, rows: dict[str, dict]) -> str:
    speaker, relay, target = [*key.split("~"), "", ""][:3]
    n = f" ({view.labels.number(int(rows[key]['n']))})" if key in rows else ""
    told = view.labels("card.relayed", name=view.names.speaker(relay))
    return bidi.plain(f"{words.title(view, speaker, target)} · {told}{n}")
