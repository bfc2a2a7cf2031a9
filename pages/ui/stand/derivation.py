"""How a label came about: its counts, its formula, its step, what is uncertain of it, and its sentences."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from analysis.measure import positions
from analysis.measure.facts import chosen
from analysis.measure.positions import BOUNDS, ENOUGH, NOT_ENOUGH
from pages.ui import bidi, cards, listing, page
from pages.ui.palette import MARKS
from pages.ui.stand import words
from pages.ui.view import View

EACH = 5
"""Sentences of each stance on a page."""


def show(view: View, speaker: str, target: str, *, folded: bool = False) -> None:
    """The derivation of one cell, as a list of steps; nothing where there is no position.

    Args:
        view: what is in view.
        speaker, target: the cell.
        folded: whether it is opened by a click.
    """
    found = positions.scored(view.facts, speaker, target)
    page.figure(view, "positions.derived", found)
    if found.empty:
        return
    row = found.iloc[0].to_dict()
    title = view.labels("positions.why", label=view.labels(f"label.{row['label']}"))
    steps = "".join(f"<li>{step}</li>" for step in _steps(view, row) if step)
    body = f'<ol class="mv-steps">{steps}</ol>{_scale(view, row)}'
    if folded:
        with st.expander(bidi.markdown(title), key="mv_why"):
            st.html(body)
    else:
        st.html(f'<h3 class="mv-subhead">{bidi.inline(title)}</h3>{body}')


def sentences(view: View, speaker: str, target: str) -> None:
    """The sentences behind a cell, those of each stance together, with the evidence marked and the rule that fired."""
    rows = positions.evidence(view.facts, speaker, target)
    if rows.empty:
        return
    how = listing.order(view, **{f"p_{stance}": "" for stance in MARKS})
    parts = {}
    for stance, mark in MARKS.items():
        found = rows[chosen(rows["stance"], (stance,))]
        if found.empty:
            continue
        sure = found.groupby("statement")["confidence"].max()
        words_ = f"{view.labels(f'stance.{stance}')} · {view.labels('statements.n_statements', n=len(sure))}"
        box = st.container(key=f"mv_side_{stance}")
        with box:
            st.html(f'<h3 class="mv-subhead">{mark} {bidi.inline(words_)}</h3>')
            statements, confidence = sure.index.to_numpy(), sure.to_numpy()
            shown = listing.chosen(view, statements, key=stance, ordered=how, sure=confidence, per_page=EACH)
        parts[stance] = box, shown
    # What stands beside the cards is fetched once for all of them: that takes longer than the cards themselves.
    texts = view.content.statements(np.concatenate([shown for _, shown in parts.values()]))
    around = cards.beside(view, texts, sure_only=True, towards=target)
    for stance, (box, shown) in parts.items():
        with box:
            listing.boxes(view, texts.loc[shown], around, key=stance, rules=True)


def _steps(view: View, row: dict[str, Any]) -> list[str]:
    labels = view.labels
    inline = bidi.inline
    direction = view.names.direction(row["target"])
    return [
        inline(
            labels("positions.step_counts", n=row["n"], counts=words.counts(labels, row), articles=int(row["articles"]))
        ),
        inline(labels("positions.step_formula")) + " " + _formula(view, row),
        inline(_step(view, row)),
        inline(_uncertain(view, row)),
        inline(_coded(view, row)),
        inline(direction),
    ]


def _formula(view: View, row: dict[str, Any]) -> str:
    """The formula with its numbers, from left to right in both languages."""
    labels = view.labels
    number = {name: labels.number(int(row[name])) for name in ("for", "mixed", "n")}
    two = labels.number(2)
    text = f"({number['for']} + {number['mixed']} ÷ {two}) ÷ {number['n']} = {labels.decimal(row['score'], 2)}"
    return f'<bdi dir="ltr" class="mv-formula">{bidi.inline(text)}</bdi>'


def _step(view: View, row: dict[str, Any]) -> str:
    labels, label = view.labels, row["label"]
    if label == NOT_ENOUGH:
        return labels("positions.step_not_enough", n=row["n"], enough=ENOUGH)
    least, most = (labels.decimal(bound, 2) for bound in BOUNDS[label])
    shown = {"least": least, "most": most, "label": labels(f"label.{label}"), "score": labels.decimal(row["score"], 2)}
    return labels("positions.step_label", **shown, enough=ENOUGH)


def _uncertain(view: View, row: dict[str, Any]) -> str:
    labels = view.labels
    low, high = (labels.decimal(row[name], 2) for name in ("low", "high"))
    parts = []
    if row["n"] > row["articles"]:
        parts.append(labels("positions.step_alike", n=row["n"], effective=labels.decimal(row["effective"])))
    parts.append(labels("positions.step_interval", low=low, high=high))
    if row["label"] != NOT_ENOUGH:
        others = [name for name in positions.within(row["low"], row["high"]) if name != row["label"]]
        named = labels.listed([labels("search.quoted", text=labels(f"label.{name}")) for name in others], most=7)
        parts.append(labels("positions.step_others", labels=named) if others else labels("positions.step_alone"))
    return " ".join(parts)


def _coded(view: View, row: dict[str, Any]) -> str:
    labels = view.labels
    machine = int(row["n"] - row["human"])
    if not machine:
        return labels("positions.step_human", n=row["n"])
    right = int(np.rint(machine * row["confidence"]))
    shown = {"human": int(row["human"]), "machine": machine, "right": right, "share": labels.share(row["confidence"])}
    return labels("positions.step_coded", **shown)


def _scale(view: View, row: dict[str, Any]) -> str:
    """The scale of labels with the score and its interval on it, for those who see it; the steps say the same."""
    if row["label"] == NOT_ENOUGH:
        return ""
    bands = []
    for name, (least, most) in reversed(BOUNDS.items()):
        here = " here" if name == row["label"] else ""
        bands.append(f'<span class="{words.tone(name)}{here}" style="flex:{round((most - least) * 100)}"></span>')
    low, high, score = (100 * row[name] for name in ("low", "high", "score"))
    ends = [bidi.inline(view.labels(f"positions.end_{end}")) for end in ("against", "for")]
    return (
        f'<div class="mv-scale" aria-hidden="true"><div class="bands">{"".join(bands)}</div>'
        f'<i class="range" style="inset-inline-start:{low:.1f}%;width:{high - low:.1f}%"></i>'
        f'<i class="point" style="inset-inline-start:{score:.1f}%"></i>'
        f'<div class="ends"><span>{ends[0]}</span><span>{ends[1]}</span></div></div>'
    )
