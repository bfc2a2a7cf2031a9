"""Who stands where, towards topics, states and organisations; how each label came about."""

import pandas as pd
import streamlit as st

from analysis.measure import positions
from pages.ui import bidi, listing, page, people
from pages.ui.stand import candidates, derivation, matrix, relayed, scores, words
from pages.ui.view import View

PICKED = 500
"""Speakers that can be picked: those with most positions."""


def show() -> None:
    """The page."""
    view = page.start("positions")
    if view is None:
        return
    counts = positions.matrix(view.facts)
    if counts.empty:
        st.html(f'<div class="mv-empty">{view.labels("positions.none")}</div>')
    else:
        _stand(view, counts)
        candidates.show(view)
    relayed.show(view)


def _stand(view: View, counts: pd.DataFrame) -> None:
    """The matrix, and what is picked of it."""
    kind = matrix.kind(view)
    part = counts[counts["target"].str.startswith(f"{kind}:")].reset_index(drop=True) if kind else counts
    if part.empty:
        st.html(f'<div class="mv-empty">{view.labels("positions.none_kind")}</div>')
    else:
        matrix.show(view, part)
    speaker, target = _picked(view, counts)
    if speaker and target:
        _cell(view, counts, speaker, target)
    elif speaker or target:
        _line(view, counts, speaker, target)


def _picked(view: View, counts: pd.DataFrame) -> tuple[str, str]:
    """What is picked, which the keyboard can choose as well."""
    labels, names = view.labels, view.names
    most = counts.groupby("speaker")["n"].sum().nlargest(PICKED).index
    with st.container(horizontal=True, key="mv_who_target"):
        speaker = page.pick(
            labels("positions.pick_speaker"),
            names.order(most, "speaker"),
            names.speaker,
            param="who",
            every=labels("positions.any_speaker"),
            **matrix.AGAIN,
        )
        target = page.pick(
            labels("positions.pick_target"),
            names.order(counts["target"].unique(), "target"),
            names.target,
            param="target",
            every=labels("positions.any_target"),
            **matrix.AGAIN,
        )
    return speaker, target


def _cell(view: View, counts: pd.DataFrame, speaker: str, target: str) -> None:
    """One label, how it came about, and its sentences."""
    labels = view.labels
    found = counts[(counts["speaker"] == speaker) & (counts["target"] == target)]
    shown = positions.evidence(view.facts, speaker, target)["statement"].to_numpy()
    note = labels("positions.legend_none")
    if len(found):
        row = found.iloc[0].to_dict()
        note = f"{labels('label.' + row['label'])} · {words.counts(labels, row)}"
    page.selection(
        view,
        words.title(view, speaker, target),
        len(shown),
        shown,
        filter=words.as_filter(speaker, target),
        clear=("who", "target"),
        note=note,
    )
    people.button(view, speaker)
    derivation.show(view, speaker, target)
    derivation.sentences(view, speaker, target)


def _line(view: View, counts: pd.DataFrame, speaker: str, target: str) -> None:
    """A whole row or column: its scores, and all of its sentences."""
    labels = view.labels
    rows = counts[(counts["speaker"] == speaker) if speaker else (counts["target"] == target)]
    found = positions.evidence(view.facts, speaker, target)
    sure = found.groupby("statement")["confidence"].max()
    page.selection(
        view,
        words.title(view, speaker, target),
        len(sure),
        sure.index.to_numpy(),
        filter=words.as_filter(speaker, target),
        clear=("who", "target"),
        note=words.counts(labels, rows[["for", "mixed", "against"]].sum().to_dict()),
    )
    if speaker:
        people.button(view, speaker)
    direction = view.names.direction(target) if target else ""
    if direction:
        st.html(f'<p class="mv-note">{bidi.inline(direction)}</p>')
    if len(rows):
        by = "target" if speaker else "speaker"

        def take(value: str) -> None:
            matrix.take(*((speaker, value) if by == "target" else (value, target)))

        scores.show(view, "positions.scores", positions.scored(view.facts, speaker, target), by, take)
    listing.statements(view, sure.index.to_numpy(), key="p", sure=sure.to_numpy(), rules=True)


show()
