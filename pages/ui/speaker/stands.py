"""Where a speaker stands: the row of the matrix, and for one target the surest statements of both sides."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from analysis.measure import positions
from pages.ui import bidi, cards, listing, page, state
from pages.ui.palette import MARKS
from pages.ui.speaker.person import Person
from pages.ui.stand import derivation, scores

SIDES = ("for", "against")
EACH = 3
"""Statements of each side."""


def show(person: Person) -> str:
    """The positions; returns the target that is looked at, "" where there is no position."""
    view, labels = person.view, person.view.labels
    found = positions.scored(view.facts, person.speaker)
    if found.empty:
        page.heading(labels("chart.speaker.positions"))
        page.figure(view, "speaker.positions", found)
        st.html(f'<p class="mv-note">{labels("speaker.no_positions")}</p>')
        return ""
    asked = state.param("target")
    picked = asked if asked in set(found["target"]) else ""
    scores.show(view, "speaker.positions", found, "target", lambda value: state.set_params(target=value), picked=picked)
    return picked or _most_telling(found)


def _most_telling(found: pd.DataFrame) -> str:
    """The target on both sides of which there is most; where all are one-sided, that with most positions."""
    both = found[["for", "against"]].min(axis=1)
    return str(found["target"].iloc[int(both.to_numpy().argmax())])


def decisive(person: Person, target: str) -> None:
    """The label of one target with how it came about, and its surest statements for and against beside each other."""
    view, labels, names = person.view, person.view.labels, person.view.names
    found = positions.evidence(view.facts, person.speaker)
    options = names.order(found["target"].astype("str").unique(), "target")
    note = labels("speaker.decisive_note", target=names.target(target))
    page.heading(labels("speaker.decisive"), note)
    if state.param("target") not in ("", *options):
        state.set_params(target="")
    page.pick(labels("speaker.pick_target"), options, names.target, param="target", every=names.target(target))
    derivation.show(view, person.speaker, target, folded=True)
    sides = {stance: positions.decisive(view.facts, person.speaker, target, stance, EACH) for stance in SIDES}
    texts = view.content.statements(np.concatenate(list(sides.values())))
    around = cards.beside(view, texts, sure_only=True, towards=target)
    with st.container(key="mv_two_sides"):
        for column, (stance, shown) in zip(st.columns(2, gap="large"), sides.items(), strict=True):
            with column:
                _side(person, stance, texts.loc[shown], around)
    where = state.query() | {"who": person.speaker, "target": target}
    words_ = page.forward(labels, "speaker.all_positions")
    st.page_link("pages/compare/positions.py", label=words_, icon="", query_params=where, width="content")


def _side(person: Person, stance: str, texts: pd.DataFrame, around: cards.Beside) -> None:
    view, labels = person.view, person.view.labels
    page.figure(view, f"speaker.decisive.{stance}", texts[["statement_id"]].reset_index(drop=True))
    st.html(f'<h3 class="mv-subhead">{MARKS[stance]} {bidi.inline(labels(f"stance.{stance}"))}</h3>')
    if texts.empty:
        st.html(f'<p class="mv-note">{labels("speaker.decisive_none")}</p>')
        return
    listing.boxes(view, texts, around, key=stance, rules=True)
