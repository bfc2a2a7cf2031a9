"""Who agrees with whom: speakers or states linked by the sides that they take, blocs, and how far apart these are."""

import streamlit as st

from pages.ui import page
from pages.ui.agreeing import depth, evidence, matrix, network, overall
from pages.ui.agreeing.question import ask

_SHOW = {"network": network.show, "matrix": matrix.show, "list": matrix.listed}


def show() -> None:
    """The page."""
    view = page.start("agreement")
    if view is None:
        return
    question = ask(view)
    if question.pairs.empty:
        words = {"least": question.asked.least, "active": question.asked.active, "who": question.word("who")}
        st.html(f'<div class="mv-empty">{view.labels("agreement.none", **words)}</div>')
        page.figure(view, "agreement.nodes", question.held.n_nodes)
        return
    overall.finding(question)
    _SHOW[question.shown](question)
    st.html(f'<p class="mv-note">{view.labels("agreement.matter")}</p>')
    evidence.picks(question)
    if question.b:
        depth.two(question)
    elif question.a:
        depth.one(question)
    overall.concepts(question)
    periods = overall.over_time(question)
    evidence.sentences(question, periods)
    evidence.files(question)
    if not view.filters.relayed:
        more = len(view.with_changes(relayed=True).positions) - len(view.facts.positions)
        if more > 0:
            words = view.labels("positions.relayed_out", n=more)
            page.note("relayed", words, view.labels("notice.repeats_show"), relayed=True)


show()
