"""The sentences behind what is compared, those of two sides next to each other."""

from __future__ import annotations

import numpy as np
import streamlit as st

from analysis.measure import coverage, frequency, periods, spans, tone
from analysis.measure.sides import Side
from pages.ui import bidi, listing, page, state
from pages.ui.compared import tones
from pages.ui.compared.question import PAGES, PICKS, Question, take
from pages.ui.view import View


def show(question: Question) -> None:
    """The choices of what is opened, and the sentences."""
    view, labels = question.view, question.view.labels
    page.heading(labels("compared.sentences"), labels("compared.sentences_help"))
    _choices(question)
    ordered = listing.order(view, **dict.fromkeys(PAGES, ""))
    _direction(view)
    with st.container(key="mv_two_sentences"):
        columns = st.columns(2, gap="large")
    for column, param, side in zip(columns, PAGES, question.shown, strict=True):
        with column:
            _column(question, question.sides[question.places[side]], param, ordered)


def _column(question: Question, side: Side, param: str, ordered: str) -> None:
    view = question.view
    found = _chosen(question, side)
    title = " · ".join(
        part for part in (f"{question.sign(side.id)} {question.names[side.id]}", _what(question, side)) if part
    )
    clear = (*PICKS, param) if any(map(state.param, PICKS)) else ()
    page.selection(view, title, len(found), found, filter=_as_filter(question, side), clear=clear, key=param)
    if not len(found):
        st.html(f'<p class="mv-note">{bidi.inline(view.labels("compared.none_of", name=question.names[side.id]))}</p>')
        return
    listing.statements(view, found, key=param[-1], ordered=ordered, rules=bool(state.param("target")))


def _choices(question: Question) -> None:
    """What a click on a chart sets, from the keyboard."""
    view, names = question.view, question.view.names
    with st.container(horizontal=True, vertical_alignment="bottom", key="mv_compared_picks"):
        if len(question.sides) > 2:
            ids = list(question.places)
            for param, now in zip(("left", "right"), question.shown, strict=True):
                _one(view, param, ids, names.side, now)
        groups, known = question.topics[1], sum(side.n for side in question.topics[0]) > 0
        _pick(view, "pick", names.order(groups[known], "topic"), names.topic)
        _pick(view, "target", question.targets, names.target)
        _pick(view, "tone", tones.known(question), lambda value: tones.name(question, value))
        sources = coverage.by_source(view.facts)["source"]
        _pick(view, "outlet", [value for value in sources if value], str)


def _one(view: View, param: str, ids: list[str], name, now: str) -> None:  # type: ignore[no-untyped-def]
    key = f"w_side_{param}"
    st.session_state[key] = now
    others = dict.fromkeys(PAGES, "")
    st.selectbox(
        view.labels(f"compared.{param}"),
        ids,
        format_func=name,
        key=key,
        on_change=lambda: state.set_params(**{param: st.session_state[key]}, **others),
    )


def _pick(view: View, param: str, options: list[str], name) -> None:  # type: ignore[no-untyped-def]
    if state.param(param) not in ("", *options):
        state.set_params(**{param: ""})  # What is not there cannot be picked.
    if not options:
        return
    key, asked = f"pick_compared_{param}", state.param(param)
    st.session_state[key] = asked
    st.selectbox(
        view.labels(f"compared.pick_{param}"),
        ["", *options],
        format_func=lambda value: name(value) if value else view.labels("compared.any"),
        key=key,
        on_change=lambda: (
            tones.pick(st.session_state[key])
            if param == "tone" and st.session_state[key]
            else take(**{param: st.session_state[key]})
        ),
    )


def _direction(view: View) -> None:
    words = view.names.direction(state.param("target")) if state.param("target") else ""
    if words:
        st.html(f'<p class="mv-note">{bidi.inline(words)}</p>')


def _chosen(question: Question, side: Side) -> np.ndarray:
    """The statements of a side that are asked for."""
    view, facts = question.view, question.view.facts
    if state.param("target"):
        rows = question.held
        mine = rows[(rows["side"] == question.places[side.id]) & (rows["target"] == state.param("target"))]
        return np.unique(mine["statement"].to_numpy("int64"))
    if state.param("tone"):
        return tone.evidence(facts, question.voices, *_towards(question, side))
    if state.param("pick"):
        return _both(view, side.statements, frequency.of_topic(facts, state.param("pick")))
    if state.param("outlet"):
        return _both(view, side.statements, coverage.of_source(facts, state.param("outlet")))
    if when := _period(view):
        return side.statements[periods.within(facts.days_of(side.statements), when)]
    return side.statements


def _towards(question: Question, side: Side) -> tuple[str, str]:
    """Who speaks of whom in a side's column: the other way round in the column of the one who is spoken of."""
    one, _, other = state.param("tone").partition(tones.BESIDE)
    mine = question.voices[question.places[side.id]].id
    return (mine, other if mine == one else one)


def _both(view: View, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    inside = np.zeros(len(view.all.statements), dtype=bool)
    inside[other] = True
    return one[inside[one]]


def _period(view: View) -> str:
    key = state.param("when")
    unit = periods.unit_of(key)
    return key if unit and periods.is_period(key, unit, view.calendar) else ""


def _what(question: Question, side: Side) -> str:
    """What of a side is shown."""
    view, names = question.view, question.view.names
    if state.param("target"):
        return names.target(state.param("target"))
    if state.param("tone"):
        return view.labels("compared.about", name=names.side(_towards(question, side)[1]))
    if state.param("pick"):
        return names.topic(state.param("pick"))
    return state.param("outlet") or (view.labels.period(_period(view)) if _period(view) else "")


def _as_filter(question: Question, side: Side) -> dict[str, object]:
    """What chooses the same as filters; nothing does for an office, a period of the chart or who speaks of whom."""
    if question.by == "office" or state.param("tone") or state.param("when") or state.param("target"):
        return {}
    field = {"speaker": "speakers", "country": "of", "named": "countries"}.get(question.by, "")
    found: dict[str, object] = {field: (side.key,)} if field else {}
    if question.by == "period":
        found = dict(zip(("start", "stop"), spans.bounds(side.key), strict=True)) | {"undated": ""}
    for param, name in (("pick", "topics"), ("outlet", "sources")):
        if state.param(param):
            found[name] = (state.param(param),)
    return found
