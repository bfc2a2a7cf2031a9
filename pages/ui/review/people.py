"""Corrections of speakers and terms in all articles: merge, split, another name, a term, a person nobody knows yet."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from analysis.lexicon.labels import TOPICS, ids_of, rows_of
from analysis.measure.facts import codes
from pages.ui import bidi, data, options, page
from pages.ui.review import keeping, previewed
from pages.ui.review.codes import Row, new_person
from pages.ui.view import View

WAYS = ("merge", "split", "alias", "term", "person")
WEIGHTS = (1, 2, 3)


def show(view: View) -> None:
    """The form of what the reader wants to do."""
    labels = view.labels
    page.heading(labels("review.part_people"))
    if why := keeping.refused(view):
        st.html(f'<div class="mv-empty">{why}</div>')
        return
    way = page.choose(view, "review.way", WAYS, lambda name: labels(f"review.way_{name}"), param="do")
    st.html(f'<p class="mv-note">{labels(f"review.about_{way}")}</p>')
    row = {"merge": _merge, "split": _split, "alias": _alias, "term": _term, "person": _person}[way](view)
    previewed.offer(view, row, key=way)


def _speaker(view: View, param: str, label: str, *, people: bool = False) -> str:
    """Somebody who speaks, found by any spelling of the name; how often they speak tells namesakes apart."""
    labels = view.labels
    typed = st.text_input(
        labels("review.find", what=labels(label)),
        key=f"find_{param}",
        type="search",
        placeholder=labels("filter.find_part"),
        help=labels("filter.find_help", n=options.MOST),
    )
    found = options.find(view, "speakers", typed) if typed else list(options.offered(view, "speakers"))
    if people:
        kinds = view.all.speakers["kind"]
        found = [one for one in found if kinds.get(one) == "person"]
    often = _often(data.edition().place, data.edition().version, _view=view)

    def name(value: str) -> str:
        return f"{bidi.plain(view.names.speaker(value))} · {labels('statements.n_statements', n=often.get(value, 0))}"

    return page.pick(labels(label), found, name, param=param)


@st.cache_resource(show_spinner=False, max_entries=4)
def _often(place: str, version: int, *, _view: View) -> dict[str, int]:
    """In how many statements each speaker speaks."""
    said = _view.all.said["speaker"]
    counts = np.bincount(codes(said), minlength=len(said.cat.categories))
    return {str(said.cat.categories[at]): int(counts[at]) for at in np.flatnonzero(counts)}


def _merge(view: View) -> Row | None:
    left, right = st.columns(2)
    with left:
        gone = _speaker(view, "a", "review.merge_from")
    with right:
        kept = _speaker(view, "b", "review.merge_into")
    if gone and gone == kept:
        st.html(f'<p class="mv-warn"><b>!</b> {view.labels("review.merge_same")}</p>')
    return {"field": "merge_person", "key": gone, "new": kept} if gone and kept and gone != kept else None


def _split(view: View) -> Row | None:
    labels = view.labels
    key = _speaker(view, "a", "review.split_from")
    if not key:
        return None
    found = keeping.at_hand().query(
        "SELECT mention, count(*) AS n FROM attributions WHERE speaker_id = ? AND mention <> '' "
        "GROUP BY mention ORDER BY n DESC, mention LIMIT 300",
        [key],
    )
    often = dict(zip(found["mention"], found["n"], strict=True))
    words = st.multiselect(
        labels("review.split_words"),
        list(often),
        format_func=lambda word: f"{bidi.plain(word)} · {labels('statements.n_statements', n=int(often[word]))}",
        key=f"split_{key}",
        placeholder=labels("review.nothing"),
        select_all=False,
        wrap=True,
        help=labels("review.split_help"),
    )
    name, name_en, _ = _naming(view, f"split_{key}", state=False)
    if not (words and (name or name_en)):
        return None
    made = {"speaker_id": new_person(name or name_en, key), "mentions": words, "name_fa": name, "name_en": name_en}
    return {"field": "split_person", "key": key, "new": made}


def _alias(view: View) -> Row | None:
    labels = view.labels
    key = _speaker(view, "a", "review.alias_of", people=True)
    if not key:
        return None
    now = [one for one in _aliases(key) if one]
    words = bidi.escape(labels("app.comma").join(now)) if now else labels("review.nothing")
    st.html(f'<p class="mv-note">{labels("review.aliases", names=words)}</p>')
    left, right = st.columns(2)
    new = left.text_input(labels("review.alias_new"), key=f"alias_{key}", max_chars=80).strip()
    with right:
        old = st.selectbox(
            labels("review.alias_old"),
            ["", *now],
            format_func=lambda value: bidi.plain(value) or labels("review.nothing"),
            key=f"alias_old_{key}",
        )
    return {"field": "alias", "key": key, "old": old or "", "new": new} if new or old else None


def _aliases(speaker: str) -> list[str]:
    rows = data.content().speakers()
    found = rows.loc[rows["speaker_id"] == speaker, "aliases"]
    return found.iloc[0].split("|") if len(found) else []


def _term(view: View) -> Row | None:
    labels = view.labels
    left, middle, right = st.columns([3, 3, 2])
    with left:
        topics = view.names.order(rows_of(TOPICS), "topic")
        topic = page.pick(labels("field.topic"), topics, view.names.topic, param="t")
    term = middle.text_input(labels("review.term"), key="term_new", max_chars=80).strip()
    with right:
        weight = st.selectbox(
            labels("review.weight"),
            WEIGHTS,
            index=1,
            format_func=lambda number: labels(f"review.weight_{number}"),
            key="term_weight",
        )
    return {"field": "term", "key": topic, "new": {"term": term, "weight": weight}} if topic and term else None


def _person(view: View) -> Row | None:
    name, name_en, country = _naming(view, "person", state=True)
    others = st.text_input(
        view.labels("review.other_names"), key="person_others", help=view.labels("review.other_names_help")
    )
    if not name:
        return None
    names = [one.strip() for one in others.replace("،", ",").split(",") if one.strip()]
    return {
        "field": "add_person",
        "key": "",
        "new": {"name_fa": name, "name_en": name_en, "country": country, "names": names},
    }


def _naming(view: View, key: str, *, state: bool) -> tuple[str, str, str]:
    """A person's name in both languages, and their state."""
    labels = view.labels
    places = st.columns(3 if state else 2)
    name = places[0].text_input(labels("review.name_fa"), key=f"fa_{key}", max_chars=80).strip()
    name_en = places[1].text_input(labels("review.name_en"), key=f"en_{key}", max_chars=80).strip()
    country = ""
    if state:
        with places[2]:
            country = st.selectbox(
                labels("field.state"),
                ["", *view.names.order(ids_of("country"), "country")],
                format_func=lambda value: view.names.country(value) if value else labels("review.no_state"),
                key=f"state_{key}",
            )
    return name, name_en, country or ""


def unknown(view: View) -> pd.DataFrame:
    """People in view whom the words do not know, by how many statements they make (speaker, n), most first.

    Whom the lexicon lists, or somebody added, is known; so are the seeds' people, who have a file of their own.
    """
    said = view.facts.said["speaker"]
    counts = np.bincount(codes(said), minlength=len(said.cat.categories))
    ids = said.cat.categories
    log = keeping.log()
    added = set(log.loc[(log["field"] == "add_person") & log["in_force"], "key"])
    known = {*rows_of("lexicon/people.csv"), *added}
    person = (view.all.speakers["kind"] == "person").to_numpy()
    strange = person & ~ids.isin(list(known)) & (counts > 0)
    if data.edition().kind == "seeds":
        strange &= ~ids.str.startswith("demo:")
    frame = pd.DataFrame({"speaker": ids[strange].astype("str"), "n": counts[strange]})
    return frame.sort_values(["n", "speaker"], ascending=[False, True], ignore_index=True)
