"""One country's view: who speaks of it, about what, for and against, together with what, who of its own speaks."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.measure import naming, positions
from pages.ui import bidi, charts, charts_share, page, state, theme
from pages.ui.palette import MARKS
from pages.ui.together import depth as parts
from pages.ui.together.depth import MOST, Depth
from pages.ui.together.matrix import lengths
from pages.ui.together.question import Question, take


def show(question: Question) -> None:
    """All about the one that is chosen."""
    depth = Depth(question, (question.a,))
    view, labels = question.view, question.view.labels
    counts = question.counts
    found = counts[counts["entity"] == question.a]
    page.heading(question.name(question.a))
    page.figure(view, "countries.one", found)
    if found.empty:
        return page.empty(view)
    row = found.iloc[0]
    share = labels.share(float(row["share"]))
    text = labels("countries.said_named", n=int(row["n"]), of=int(row["of"]), unit=question.unit, share=share)
    st.html(f'<p class="mv-note">{bidi.inline(text)}</p>')
    own = naming.officials(view.facts, depth.country) if depth.country else None
    with st.container(key="mv_two"):
        left, right = st.columns(2, gap="large")
    with left:
        parts.speakers(depth)
        topics = parts.topics(depth, view.facts, labels("countries.note_topics_view"))
        parts.over_time(depth)
        _with(question)
    with right:
        parts.countries(depth)
        _sides(depth)
        if own is not None:
            names = view.names
            parts.counted(depth, "countries.own", own, "speaker", names.speaker, "own")
    parts.evidence(depth, topics, own)
    return None


def _sides(depth: Depth) -> None:
    """Positions towards it by speaker."""
    view, labels = depth.view, depth.view.labels
    if not depth.target:
        page.heading(labels("chart.countries.sides"))
        st.html(f'<p class="mv-note">{labels("countries.no_target")}</p>')
        return
    found = positions.matrix(view.facts, depth.target)
    if found.empty:
        page.heading(labels("chart.countries.sides"))
        page.figure(view, "countries.sides", found)
        st.html(f'<p class="mv-note">{labels("countries.no_sides")}</p>')
        return
    top = found.head(MOST)
    frame = pd.DataFrame(
        {"id": top["speaker"], "n": top["n"]} | {name: top[name] for name in ("for", "mixed", "against")}
    )
    frame["label"] = [view.names.speaker(value) for value in top["speaker"]]
    frame["shown"] = [
        labels("countries.thin", n=int(row.n)) if row.label == positions.NOT_ENOUGH else labels.number(int(row.n))
        for row in top.itertuples()
    ]
    frame["text"] = [
        "\n".join((view.names.speaker(row["speaker"]), labels(f"label.{row['label']}"), _counts(depth, row)))
        for row in top.to_dict("records")
    ]
    look = theme.look(labels)
    page.chart(
        view,
        "countries.sides",
        charts_share.sides(look, frame, picked=state.param("who") if state.param("stance") else ""),
        found,
        on_click=lambda got: state.set_params(who=str(got[0]), stance=str(got[1]), p_c=""),
        legend=charts_share.legend(
            look,
            tuple(labels(f"countries.stance_{name}") for name in ("for", "mixed", "against")),  # type: ignore[arg-type]
        ),
        note=labels("countries.note_sides", n=int(found["n"].sum()), enough=positions.ENOUGH)
        + " "
        + view.names.direction(depth.target),
    )


def _counts(depth: Depth, row: dict) -> str:
    counts = {name: int(row[name]) for name in ("for", "mixed", "against")}
    return depth.view.labels("positions.counts", **counts, **{f"mark_{name}": mark for name, mark in MARKS.items()})


def _with(question: Question) -> None:
    """With whom it is named most."""
    view, labels = question.view, question.view.labels
    pairs = question.pairs
    pairs = pairs[(pairs["a"] == question.a) | (pairs["b"] == question.a)]
    if pairs.empty:
        page.heading(labels("chart.countries.with"))
        page.figure(view, "countries.with", pairs)
        st.html(f'<p class="mv-note">{labels("countries.no_pairs", least=question.least, unit=question.unit)}</p>')
        return
    top = pairs.head(MOST)
    other = [row.b if row.a == question.a else row.a for row in top.itertuples()]
    frame = lengths(question, top, other, [question.name(value) for value in other])
    page.chart(
        view,
        "countries.with",
        charts.bars(theme.look(labels), frame),
        pairs,
        on_click=lambda found: take(question.a, str(found[0])),
        note=labels("countries.sign", least=question.least, unit=question.unit),
    )
