"""Two that are named together: how often against chance, about what, by whom, when, in which sentences."""

from __future__ import annotations

import streamlit as st

from analysis.measure import association, comention, naming
from pages.ui import bidi, page
from pages.ui.together import depth as parts
from pages.ui.together.depth import Depth
from pages.ui.together.question import WITHIN, Question


def show(question: Question) -> None:
    """All about the two that are chosen."""
    depth = Depth(question, (question.a, question.b))
    view, labels = question.view, question.view.labels
    page.heading(question.both(question.a, question.b))
    st.html("".join(f'<p class="mv-note">{bidi.inline(line)}</p>' for line in _lines(question)))
    if not len(depth.statements):
        return parts.evidence(depth, naming.particular(depth.facts, view.facts))
    base = naming.part(view.facts, comention.either_of(view.facts, depth.entities))
    with st.container(key="mv_two"):
        left, right = st.columns(2, gap="large")
    with left:
        topics = parts.topics(depth, base, labels("countries.note_topics_pair"))
        parts.over_time(depth)
    with right:
        parts.speakers(depth)
        parts.countries(depth)
    return parts.evidence(depth, topics)


def _lines(question: Question) -> list[str]:
    """How often both are named, in statements and in articles."""
    view, labels = question.view, question.view.labels
    lines = []
    for within in WITHIN:
        units = question.units if within == question.within else comention.Units.of(view.facts, within, question.kind)
        found = units.pair(question.a, question.b)
        page.figure(view, f"countries.pair.{within}", found)
        if found.empty:
            lines.append(labels(f"countries.pair_none_{within}"))
            continue
        row = next(found.itertuples())
        words = {
            "n": int(row.n),
            "of": int(row.of),
            "n_a": int(row.n_a),
            "n_b": int(row.n_b),
            "a": question.name(row.a),
            "b": question.name(row.b),
            "share": labels.share(row.share),
            "expected": labels.decimal(row.expected, 1),
            "jaccard": question.value("jaccard", row.jaccard),
            "npmi": question.value("npmi", row.npmi),
        }
        sure = "significant_one" if row.p <= association.SIGNIFICANT else "not_significant_one"
        lines.append(
            labels(f"countries.pair_{within}", **words) + " " + labels(f"countries.{sure}", p=labels.probability(row.p))
        )
    return lines
