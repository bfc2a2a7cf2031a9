"""How those compared speak of each other."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.measure import positions
from pages.ui import bidi, charts, charts_compare, page, state, theme
from pages.ui.compared.question import Question, take
from pages.ui.compared.stands import counts, label, stance_legend
from pages.ui.palette import MARKS

BESIDE = ">"
"""Between who speaks and of whom, in the address."""


def show(question: Question) -> None:
    """Both directions as bars for two, a matrix for more; says where there is none."""
    view, labels = question.view, question.view.labels
    if question.by == "period":
        page.heading(labels("chart.compare.tone"))
        st.html(f'<p class="mv-note">{labels("compared.tone_period")}</p>')
        return
    found = question.tone
    if not (found["n"] + found["named"]).any():
        page.heading(labels("chart.compare.tone"))
        page.figure(view, "compare.tone", found)
        st.html(f'<p class="mv-note">{bidi.inline(_none(question))}</p>')
        return
    figure = _bars(question, found) if len(question.sides) == 2 else _matrix(question, found)
    page.chart(
        view,
        "compare.tone",
        figure,
        found,
        on_click=lambda point: pick(str(point[-1])),
        note=_about(question),
        legend=stance_legend(question),
    )


def pick(tone: str) -> None:
    """Open what one says of another, and what that one says in return."""
    side, _, other = tone.partition(BESIDE)
    named = {"left": side.replace("country:", "named:", 1), "right": other.replace("country:", "named:", 1)}
    plain = {"left": side, "right": other}
    take(tone=tone, **(named if state.param("by") == "named" else plain))


def name(question: Question, tone: str) -> str:
    """«A of B»."""
    names = question.view.names
    side, _, other = tone.partition(BESIDE)
    return question.view.labels("compared.of", a=names.side(side), b=names.side(other))


def known(question: Question) -> list[str]:
    """Who says anything of whom."""
    if question.by == "period":
        return []
    found = question.tone
    found = found[found["n"] + found["named"] > 0]
    return [f"{row.side}{BESIDE}{row.spoken_of}" for row in found.itertuples()]


def _about(question: Question) -> str:
    """What is counted; for people who speak for the same state, only names."""
    own = question.states
    alike = len(set(own)) < len(own)
    words = [question.view.labels("compared.about_tone")]
    if alike:
        words.append(question.view.labels("compared.same_state"))
    return " ".join(words)


def _none(question: Question) -> str:
    own = question.states
    same = len(set(own)) == 1 and own[0]
    return question.view.labels("compared.tone_none_same" if same else "compared.tone_none")


def _bars(question: Question, found: pd.DataFrame):  # type: ignore[no-untyped-def]
    labels = question.view.labels
    rows = found.assign(
        group=[0, 1],
        place=0,
        key=found["side"] + BESIDE + found["spoken_of"],
        few=found["n"] < positions.ENOUGH,
        shown=[
            f"{label(question, row)} · {labels('compared.names', n=int(row['named']))}"
            for row in found.to_dict("records")
        ],
        text=[_said(question, row) for row in found.to_dict("records")],
    )
    heads = [name(question, f"{row.side}{BESIDE}{row.spoken_of}") for row in found.itertuples()]
    return charts_compare.stances(theme.look(labels), rows, heads, [""])


def _said(question: Question, row: dict) -> str:
    labels = question.view.labels
    head = name(question, f"{row['side']}{BESIDE}{row['spoken_of']}")
    return "\n".join(
        (head, labels(f"label.{row['label']}"), counts(question, row), labels("compared.names", n=int(row["named"])))
    )


def _matrix(question: Question, found: pd.DataFrame):  # type: ignore[no-untyped-def]
    view, labels = question.view, question.view.labels
    palette, ids = theme.look(labels).palette, [side.id for side in question.voices]
    rows = found[found["n"] + found["named"] > 0]
    tones = [_tone(label, n) for label, n in zip(rows["label"], rows["n"], strict=True)]
    cells = pd.DataFrame(
        {
            "id": rows["side"] + BESIDE + rows["spoken_of"],
            "row": rows["side"].map(ids.index),
            "column": rows["spoken_of"].map(ids.index),
            "fill": [palette.stance_fill[tone] for tone in tones],
            "ink": [palette.stance_ink[tone] for tone in tones],
            "edge": [palette.stance_edge[tone] for tone in tones],
            "shown": [_short(question, row) for row in rows.to_dict("records")],
            "text": [_said(question, row) for row in rows.to_dict("records")],
        }
    )
    shown = [view.names.side(value) for value in ids]
    return charts.squares(theme.look(labels), cells, shown, shown, picked=state.param("tone"), wide=True)


def _tone(label: str, n: int) -> str:
    if label == positions.NOT_ENOUGH or not n:
        return "thin"
    return "mixed" if label == "mixture" else label.rpartition("_")[2]


def _short(question: Question, row: dict) -> str:
    labels = question.view.labels
    held = "\n".join(f"{MARKS[stance]}\u00a0{labels.number(int(row[stance]))}" for stance in MARKS if row[stance])
    return held or labels("compared.named_short", n=int(row["named"]))
