"""What is named together as a network, and states on a map."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from analysis.measure import association, networks
from pages.ui import charts_map, charts_network, page, theme
from pages.ui.together.question import SIGN, Question, take

NODES = 36
LINKS = 90
_NAMED = 4


def network(question: Question) -> None:
    """Nodes that can be clicked; a click on a link chooses both its ends."""
    view, labels = question.view, question.view.labels
    nodes, edges = networks.network(question.counts.head(NODES), question.pairs, question.measure, LINKS)
    if nodes.empty:
        return page.empty(view)
    look = theme.look(labels)
    drawn = edges.head(LINKS)
    nodes = nodes.assign(
        id=nodes["entity"],
        label=[question.name(value) for value in nodes["entity"]],
        text=[_said(question, row) for row in nodes.itertuples()],
    )
    most = float(drawn[question.measure].max())
    links = drawn.assign(
        strength=(drawn[question.measure] / most) ** (0.5 if question.measure in ("n", "share") else 2),
        sure=drawn["q"] <= association.SIGNIFICANT,
        text=[question.said(row) for row in drawn.itertuples()],
    )
    of_each = nodes.groupby("community")["label"].agg(list)
    communities = [(int(number), labels.listed(members, _NAMED)) for number, members in of_each.items()]
    lines = (labels("countries.line_sure", sign=SIGN), labels("countries.line_unsure"))
    note = labels(
        "countries.note_network",
        nodes=len(nodes),
        links=len(drawn),
        of=len(edges),
        units=question.some_units,
        measure=labels(f"countries.by_{question.measure}"),
    )
    page.chart(
        view,
        "countries.network",
        charts_network.graph(look, nodes, links, picked=(question.a, question.b)),
        nodes[["entity", "n", "community"]],
        on_click=lambda found: take(*found[:2]),
        legend=charts_network.legend(look, communities, lines),
        note=note + " " + labels("countries.sign", least=question.least, unit=question.unit),
    )
    st.html(f'<p class="mv-note">{labels("countries.communities", n=len(of_each))}</p>')
    return None


def _said(question: Question, row) -> str:  # type: ignore[no-untyped-def]
    labels = question.view.labels
    share = row.n / max(question.units.naming, 1)
    of = {"n": int(row.n), "of": question.units.naming, "unit": question.unit, "share": labels.share(share)}
    return f"{question.name(row.entity)}\n{labels('countries.said_named', **of)}"


def world(question: Question) -> None:
    """The map: how often each state is named, or how strongly it goes together with the one that is chosen."""
    view, labels = question.view, question.view.labels
    look = theme.look(labels)
    scope = question.scope
    frame, shown, measure = _of_map(question)
    values = frame[measure].astype("float64")
    ends = charts_map.steps(values.clip(lower=0), len(look.palette.ramp) - 1)
    if measure == "n":
        ends = sorted({float(round(end)) for end in ends})
    first = len(look.palette.ramp) - len(ends)
    frame = frame.assign(
        id=frame["entity"],
        iso2=frame["entity"].str.partition(":")[2],
        step=np.where(values > 0, np.searchsorted(np.array(ends) + 1e-12, values) + first, 0),
    )
    page.chart(
        view,
        "countries.map",
        charts_map.world(look, frame, scope=scope, picked=question.a),
        shown,
        on_click=lambda found: take("" if str(found[0]) == question.a else str(found[0])),
        legend=charts_map.legend(look, _classes(question, measure, ends), labels("countries.not_named")),
        note=labels(
            "countries.note_map_of",
            name=question.name(question.a),
            measure=labels(f"countries.by_{measure}"),
            units=question.some_units,
        )
        if question.a
        else labels("countries.note_map", measure=labels(f"countries.by_{measure}"), units=question.some_units),
    )
    st.html(f'<p class="mv-note">{labels("countries.borders")}</p>')


def _of_map(question: Question) -> tuple[pd.DataFrame, pd.DataFrame, str]:
    """What is drawn (entity, value, text), the measure's own frame, and the column of the values."""
    if not question.a:
        frame = question.counts
        measure = question.measure if question.measure in ("n", "share") else "n"
        return frame.assign(text=[_said(question, row) for row in frame.itertuples()]), frame, measure
    pairs = question.pairs
    pairs = pairs[(pairs["a"] == question.a) | (pairs["b"] == question.a)]
    other = np.where(pairs["a"] == question.a, pairs["b"], pairs["a"])
    drawn = pairs.assign(entity=other, text=[question.said(row) for row in pairs.itertuples()])
    own = question.counts[question.counts["entity"] == question.a]
    own = own[["entity"]].assign(text=[_said(question, row) for row in own.itertuples()], **{question.measure: 0.0})
    return pd.concat([drawn, own], ignore_index=True), pairs, question.measure


def _classes(question: Question, measure: str, ends: list[float]) -> list[str]:
    """What each colour stands for: "3-5", or "up to 12%"."""
    labels = question.view.labels
    if measure != "n":
        return [labels("countries.up_to", value=question.value(measure, end)) for end in ends]
    starts = [1, *(int(end) + 1 for end in ends[:-1])]
    shown = [(labels.number(start), labels.number(int(end))) for start, end in zip(starts, ends, strict=True)]
    return [one if one == other else f"{one}–{other}" for one, other in shown]
