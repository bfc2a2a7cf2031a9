"""What is named together: countries, regions and organisations; two of them, or one, in depth."""

import streamlit as st

from pages.ui import page
from pages.ui.together import entity, matrix, network, pair
from pages.ui.together.question import PART, Question, ask

_SHOW = {"matrix": matrix.show, "network": network.network, "map": network.world, "list": matrix.listed}


def show() -> None:
    """The page."""
    view = page.start("countries")
    if view is None:
        return
    question = ask(view)
    if question.counts.empty:
        st.html(f'<div class="mv-empty">{view.labels("countries.none_named", unit=question.unit)}</div>')
        return None
    if question.pairs.empty and question.shown != "map":
        text = view.labels("countries.no_pairs", least=question.least, unit=question.unit)
        st.html(f'<div class="mv-empty">{text}</div>')
    else:
        _SHOW[question.shown](question)
    _picks(question)
    if question.b:
        return pair.show(question)
    return entity.show(question) if question.a else None


def _picks(question: Question) -> None:
    """What a click on a chart chooses, from the keyboard."""
    labels = question.view.labels
    options = question.order(question.counts["entity"])
    begin = {name: "" for name in PART}
    with st.container(horizontal=True):
        page.pick(
            labels("countries.pick_a"), options, question.name, param="a", every=labels("countries.none"), **begin
        )
        page.pick(labels("countries.pick_b"), options, question.name, param="b", every=labels("countries.any"), **begin)


show()
