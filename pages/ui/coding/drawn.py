"""The samples that there are, and the form that draws another one of what is in view."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.measure.filters import Filters
from analysis.measure.sentence import say
from analysis.serve.drawing import draw
from analysis.store import Store
from analysis.store.coding import FOUND, Sample, keep_sample
from analysis.text.calendar import local_days
from pages.ui import bidi, page, state
from pages.ui.coding import at
from pages.ui.review import who
from pages.ui.view import View

SIZES = (20, 50, 100, 200)
USUAL = 50
OTHERS = (0.5, 0.25, 0.0)
"""Shares of sentences without a statement that can be chosen."""
MOST = 1000
"""Sentences of the largest sample."""
CODING = "pages/manage/coding.py"


def show(view: View, store: Store) -> None:
    """Both."""
    found = at.kept(store)
    _form(view, store, len(found))
    page.heading(view.labels("coding.samples"), "" if found else view.labels("coding.no_samples"))
    for sample in list(found.values())[: page.PER_PAGE * 3]:
        with st.container(border=True, key=f"card_sample_{sample.sample_id}"):
            _card(view, store, sample)


def _form(view: View, store: Store, known: int) -> None:
    labels = view.labels
    page.heading(labels("coding.draw"), labels("coding.draw_note"))
    at.coder()
    named = who.ask(labels)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="mv_draw"):
        size = st.number_input(labels("coding.size"), 2, MOST, USUAL, step=1, key="coding_size", width=150)
        others = st.segmented_control(
            labels("coding.others"),
            OTHERS,
            format_func=labels.share,
            default=OTHERS[0],
            required=True,
            key="coding_others",
            help=labels("coding.others_help"),
            width="content",
        )
        seed = st.number_input(
            labels("coding.seed"),
            0,
            2**31 - 1,
            known + 1,
            key="coding_seed",
            help=labels("coding.seed_help"),
            width=150,
        )
        st.button(
            labels("coding.draw_button"),
            type="primary",
            key="coding_draw",
            disabled=not named or at.closed(),
            on_click=lambda: _draw(view, int(size), float(others or 0), int(seed), named),
        )
    if at.closed() or not named:
        st.html(f'<p class="mv-note">{labels("coding.read_only" if at.closed() else "coding.name_first")}</p>')


def _draw(view: View, size: int, others: float, seed: int, named: str) -> None:
    made: list[str] = []

    def keep(store: Store) -> None:
        items = draw(view.content, view.facts, seed=seed, size=size, others=others)
        sample = Sample("", seed, size, others, view.filters.to_query(), items)
        made.append(keep_sample(store, sample, named)[1])

    if at.write(keep):
        state.set_params(sample=made[0], n="", view="")


def _card(view: View, store: Store, sample: Sample) -> None:
    labels = view.labels
    coded = at.coded(store, sample)
    day = next(iter(local_days(pd.Series([sample.at]))), None) if sample.at is not None else None
    found = sum(item.stratum == FOUND for item in sample.items)
    words = labels("coding.sample_facts", n=len(sample.items), found=found, others=len(sample.items) - found)
    sentence = bidi.inline(say(Filters.from_query(dict(sample.filters)), view.names, view.calendar))
    drawn = labels("coding.drawn_by", who=bidi.escape(sample.who), seed=labels.digits(sample.seed))
    coders = {one: sum(coder == one for coder, _ in coded) for one in sorted({coder for coder, _ in coded})}
    people = "".join(
        f"<span>{bidi.escape(coder)}: {labels('coding.n_coded', n=n, of=len(sample.items))}</span>"
        for coder, n in coders.items()
    )
    when = bidi.escape(labels.both_dates(day, view.calendar))
    st.html(
        f'<article class="mv-card"><header><span class="who">{bidi.inline(words)}</span>'
        f'<span class="soft when">{when}</span></header><p class="{labels.lang}">{sentence}</p>'
        f"<footer><span>{drawn}</span>{people or f'<span>{labels("coding.nobody")}</span>'}</footer></article>"
    )
    with st.container(horizontal=True, gap="medium"):
        own = {"sample": sample.sample_id}
        for name, more in (("code", {}), ("results", {"view": "results"})):
            label = page.forward(labels, f"coding.to_{name}")
            st.page_link(CODING, label=label, icon="", query_params=state.query() | own | more, width="content")
