"""Where a speaker seems to contradict themselves: two sentences side by side, and why they stand there."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from analysis.measure import contradictions, stances
from analysis.measure.facts import as_date
from pages.ui import bidi, page, tables
from pages.ui.palette import MARKS
from pages.ui.speaker import sides
from pages.ui.speaker.sides import Side
from pages.ui.view import View

PAIRS = 3
"""Pairs of sentences of one candidate that are shown."""


def show(view: View, speaker: str) -> None:
    """The contradiction candidates of a speaker, the one with the highest score opened."""
    labels = view.labels
    found = page.figure(view, "speaker.contradictions", contradictions.candidates(view.facts, speaker))
    page.heading(labels("opposed.title"), labels("opposed.counted", sure=labels.share(stances.SURE, whole=True)))
    if found.empty:
        st.html(f'<p class="mv-note">{labels("opposed.none")}</p>')
        return
    listed(view, found.drop(columns="speaker"), labels("opposed.title"))
    target = found["target"].iloc[0]
    picked = page.pick(
        labels("moves.pick"),
        found["target"].tolist(),
        view.names.target,
        param="opposed",
        every=labels("opposed.highest", name=view.names.target(target)),
    )
    if (found["target"] == (picked or target)).any():
        both(view, speaker, picked or target, "opposed")


def listed(view: View, found: pd.DataFrame, title: str) -> None:
    """The candidates as a table, with how their scores come about."""
    frame = found.drop(columns=["statement_for", "statement_against", "human"])
    frame = frame.assign(status=[view.labels("opposed." + ("sure" if one else "candidate")) for one in found["human"]])
    with st.expander(view.labels("app.table"), key=f"table_{title}", type="compact"):
        tables.show(view, frame, title)


def both(view: View, speaker: str, target: str, key: str) -> None:
    """The best pairs of one candidate, side by side, each with why it stands there."""
    labels = view.labels
    pairs = contradictions.pairs(view.facts, speaker, target)
    shown = pairs.drop_duplicates("statement_for").head(PAIRS)
    told = [(pair, _side(view, pair, "for"), _side(view, pair, "against")) for pair in shown.to_dict("records")]
    texts = sides.read(view, [side for _, *two in told for side in two])
    for number, (pair, one, other) in enumerate(told):
        st.html(f'<p class="mv-finding">{bidi.inline(why(view, pair, target))}</p>')
        sides.show(view, (one, other), f"{key}_{number}", texts)
    if len(pairs) > len(shown):
        st.html(f'<p class="mv-note">{labels("opposed.more", n=len(shown), of=len(pairs))}</p>')


def why(view: View, pair: dict, target: str) -> str:
    """Why two sentences are a candidate, in words."""
    labels = view.labels
    kind = labels("opposed." + ("is_sure" if pair["human"] else "is_candidate"), name=view.names.target(target))
    if pd.isna(pair["days"]):
        apart = labels("opposed.undated")
    elif pair["days"] == 0:
        apart = labels("opposed.same_day")
    else:
        apart = labels("opposed.days", n=int(pair["days"]))
    parts = labels(
        "opposed.why",
        sure_for=labels.share(pair["sure_for"], whole=True),
        sure_against=labels.share(pair["sure_against"], whole=True),
        alike=labels.share(pair["alike"], whole=True),
        slip=labels.share(pair["slip"]),
        score=labels.decimal(pair["score"], 2),
    )
    return f"{kind} {apart} {parts}"


def _side(view: View, pair: dict, stance: str) -> Side:
    statement = np.array([pair[f"statement_{stance}"]])
    day = int(view.all.days_of(statement)[0])
    return Side(
        f"{MARKS[stance]} {view.labels('stance.' + stance)}",
        view.labels.both_dates(as_date(day), view.calendar),
        statement,
    )
