"""The sentences behind what is chosen, and the network as files for other programs."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import numpy as np
import pandas as pd
import streamlit as st

from analysis.export import agreement, dna
from analysis.export.taking import choose
from analysis.measure import periods
from analysis.measure.agreement import STATE
from analysis.measure.sentence import say
from analysis.schema import Tables
from analysis.text.calendar import today
from pages.ui import listing, page, state
from pages.ui.agreeing.question import PART, Question


def picks(question: Question) -> None:
    """What a click on a chart chooses, from the keyboard."""
    labels = question.view.labels
    options = question.order(question.held.nodes["node"])
    begin = dict.fromkeys(PART, "")
    with st.container(horizontal=True):
        for param, every in (("a", "anybody"), ("b", "with_anybody")):
            label = question.word(f"pick_{param}")
            page.pick(label, options, question.name, param=param, every=labels(f"agreement.{every}"), **begin)


def sentences(question: Question, over_time: pd.DataFrame) -> None:
    """The choices that narrow the sentences, and the sentences; nothing where nothing is chosen."""
    view, labels, held = question.view, question.view.labels, question.held
    months = over_time.loc[over_time["n"] > 0, "period"]
    rows = _of_nodes(question)
    targets = [held.targets[place] for place in np.unique(rows["target"].to_numpy())]
    with st.container(horizontal=True):
        _pick(question, "c", view.names.order(targets, "target"), view.names.target)
        _pick(question, "when", list(months)[::-1], labels.period)
    concept, when = state.param("c"), state.param("when")
    if not (question.a or concept or when):
        return
    if concept in targets:
        rows = rows[rows["target"].to_numpy() == int(np.flatnonzero(held.targets == concept)[0])]
    if when in set(months):
        rows = rows[periods.within(view.facts.days_of(rows["statement"].to_numpy()), when)]
    found = np.unique(rows["statement"].to_numpy())
    parts = [question.name(node) for node in (question.a, question.b) if node]
    parts += [view.names.target(concept)] if concept in targets else []
    parts += [labels.period(when)] if when in set(months) else []
    clear = tuple(name for name in ("a", "b", "c", "when") if state.param(name))
    page.selection(view, " · ".join(parts), len(found), found, filter=_as_filter(question), clear=clear)
    listing.statements(view, found, key="g", rules=True)


def _of_nodes(question: Question) -> pd.DataFrame:
    """The rows of one that is chosen; of two those on what both take a side on."""
    held = question.held
    if not question.b:
        return held.of(question.a) if question.a else held.rows
    rows = pd.concat([held.of(question.a), held.of(question.b)])
    shared = held.between(question.a, question.b)["target"]
    return rows[np.isin(held.targets[rows["target"].to_numpy()], shared.to_numpy())]


def _pick(question: Question, param: str, options: list[str], name: Callable[[str], str]) -> None:
    if state.param(param) not in ("", *options):
        state.set_params(**{param: ""})  # What is not there cannot be picked.
    if options:
        labels = question.view.labels
        every = labels(f"agreement.every_{param}")
        page.pick(labels(f"agreement.pick_{param}"), options, name, param=param, every=every, p_g="")


def _as_filter(question: Question) -> dict[str, object]:
    """What chooses the same as a filter: one node."""
    if question.b or not question.a or state.param("c") or state.param("when"):
        return {}
    return {"of": (question.a.removeprefix(STATE),)} if question.a.startswith(STATE) else {"speakers": (question.a,)}


def files(question: Question) -> None:
    """The networks for Gephi, visone and R, and the statements for Discourse Network Analyzer."""
    view, labels = question.view, question.view.labels
    page.heading(labels("agreement.files"), labels("agreement.files_note"))
    words = say(view.filters, view.names, view.calendar)

    def chosen() -> Tables:
        return choose(view.content.taken(view.all), view.filters)[0]

    with st.container(horizontal=True):
        _button(
            question,
            "graphml",
            lambda sink: agreement.write_agreement(sink, chosen(), words, question.asked, labels.lang),
        )
        _button(question, "dna", lambda sink: dna.write_dna(sink, chosen(), words, labels.lang))


def _button(question: Question, name: str, write: Callable[[BytesIO], object]) -> None:
    """A button that makes a file when it is asked for."""

    def build() -> bytes:
        sink = BytesIO()
        write(sink)
        return sink.getvalue()

    labels = question.view.labels
    st.download_button(
        labels(f"agreement.get_{name}"),
        data=build,
        file_name=f"mavaze-{'agreement' if name == 'graphml' else name}-{today().isoformat()}.zip",
        mime="application/zip",
        on_click="ignore",
        key=f"get_agreement_{name}",
        help=labels(f"agreement.help_{name}"),
    )
