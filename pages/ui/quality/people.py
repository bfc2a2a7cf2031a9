"""What people said of the codes: agreement on random samples, and what they corrected where they happened to look."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.measure import reliability
from analysis.store import Store
from analysis.store.apply import OF_STATEMENTS, changing
from analysis.store.coding import Sample, units
from analysis.store.schema import CORRECTIONS
from pages.ui import bidi, data, page, state, tables
from pages.ui.coding import at, drawn, results
from pages.ui.quality.looked import Looked, open_part

SAMPLES = 5
"""Samples that are told of."""


def show(looked: Looked) -> None:
    """Both; without a store there is neither."""
    view, labels, store = looked.view, looked.view.labels, data.store()
    page.heading(labels("quality.people"), labels("quality.people_note"))
    if store is None:
        st.html(f'<p class="mv-note">{labels("coding.no_store")}</p>')
    else:
        _samples(looked, store)
    link = state.query()
    st.page_link(drawn.CODING, label=page.forward(labels, "quality.to_coding"), icon="", query_params=link)
    page.heading(labels("quality.corrected"), labels("quality.corrected_note"))
    human = page.figure(view, "quality.touched", int(view.facts.statements["human"].sum()))
    words = labels("quality.touched", n=human, share=labels.share(human / max(len(view.facts.statements), 1)))
    st.html(f"<p>{bidi.inline(words)}</p>")
    if human:
        st.button(labels("quality.touched_open"), key="quality_touched", on_click=lambda: open_part("human:1"))
    if store is not None:
        _corrected(looked, store)


def _samples(looked: Looked, store: Store) -> None:
    """Alpha of people among each other and of each with the program, of the newest samples."""
    labels = looked.view.labels
    found = list(at.kept(store).values())[:SAMPLES]
    told = [row for sample in found for row in agreement(store, sample)]
    if not told:
        st.html(f'<p class="mv-note">{labels("quality.no_coding")}</p>')
        return
    frame = page.figure(looked.view, "quality.agreement", pd.DataFrame(told))
    for sample_id, rows in frame.groupby("sample", sort=False):
        link = state.query() | {"sample": str(sample_id), "view": "results"}
        st.page_link(drawn.CODING, label=page.forward(labels, "quality.sample"), icon="", query_params=link)
        body = tables.html(_readable(looked, rows), labels)
        name = labels("quality.people")
        st.html(f'<div class="mv-scroll" tabindex="0" role="region" aria-label="{name}">{body}</div>')


def _readable(looked: Looked, rows: pd.DataFrame) -> pd.DataFrame:
    labels = looked.view.labels
    people = rows["pair"] == results.PEOPLE
    pair = [labels("coding.pair_people") if is_people else labels("coding.pair_machine", name=name)
            for is_people, name in zip(people, rows["pair"], strict=True)]  # fmt: skip
    shown = rows[["field", "n", "same", "alpha", "low", "high", "verdict"]].assign(pair=pair)
    shown["field"] = [labels(f"coding.field_{value}") for value in rows["field"]]
    shown["verdict"] = [labels(f"verdict.{value}") for value in rows["verdict"]]
    return shown[["pair", "field", "alpha", "low", "high", "n", "same", "verdict"]]


def agreement(store: Store, sample: Sample) -> list[dict[str, object]]:
    """The rows of `reliability.agreement` with columns sample and pair, of the fields that anybody coded."""
    return _agreement(store.where, store.version, sample.sample_id, store, sample)


@st.cache_resource(show_spinner=False, max_entries=16)
def _agreement(place: str, version: int, key: str, _store: Store, _sample: Sample) -> list[dict[str, object]]:
    store, sample = _store, _sample
    coded = at.coded(store, sample)
    if not coded:
        return []
    machine = results.of_machine(store, sample)
    coders = sorted({who for who, _ in coded})
    pairs = [(results.PEOPLE, coded)] if len(coders) > 1 else []
    pairs += [(who, {key: codes for key, codes in coded.items() if key[0] == who} | machine) for who in coders]
    return [
        {"sample": sample.sample_id, "pair": name, **row}
        for name, chosen in pairs
        for row in reliability.agreement(units(chosen)).to_dict("records")
        if row["n"]
    ]


def _corrected(looked: Looked, store: Store) -> None:
    """By field, how many statements people changed, of those that they touched at all."""
    view, labels = looked.view, looked.view.labels
    log = changing(CORRECTIONS.frame(store.frame("corrections")))
    found = page.figure(view, "quality.corrected", corrected(log, set(_articles(looked, log))))
    if found.empty:
        st.html(f'<p class="mv-note">{labels("quality.nothing_corrected")}</p>')
        return
    shown = found.assign(change=[labels(f"quality.change_{field}") for field in found["change"]])
    st.html(f'<div class="mv-scroll">{tables.html(shown, labels)}</div>')


def _articles(looked: Looked, log: pd.DataFrame) -> list[str]:
    """The corrected articles that are in view."""
    inside = set(looked.view.facts.articles.index)
    places = {one: looked.view.content.article_position(one) for one in sorted(set(log["article_id"]) - {""})}
    return [one for one, place in places.items() if place in inside]


def corrected(log: pd.DataFrame, articles: set[str]) -> pd.DataFrame:
    """How often people changed what the program coded.

    Args:
        log: corrections in force (columns of `store.schema.CORRECTIONS`).
        articles: ids of the articles to count in.

    Returns:
        columns change (of `store.apply.OF_STATEMENTS`), n (statements that had such a correction), of (those that
        had any), share; the most frequent first.
    """
    rows = log[log["article_id"].isin(articles) & log["field"].isin(OF_STATEMENTS)]
    place = rows["article_id"] + ":" + rows["start"].astype("str")
    of = int(place.nunique())
    n = place.groupby(rows["field"]).nunique().sort_values(ascending=False, kind="stable")
    found = pd.DataFrame({"change": n.index.astype("str"), "n": n.to_numpy("int64"), "of": of})
    return found.assign(share=found["n"] / max(of, 1))
