"""Adding a missed statement: its words are selected in the text, or its sentence is chosen in a list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from analysis.schema import Tables
from analysis.text.segment import sentences, strip
from pages.ui import bidi, state
from pages.ui.review import editor
from pages.ui.review.codes import Place
from pages.ui.view import View

AT = "at"
"""The URL parameter with the words that are to become a statement: `start-stop`."""
_SPAN = re.compile(r"(\d{1,7})-(\d{1,7})", re.ASCII)
_LONG = 70
_JS = Path(__file__).with_name("select.js").read_text(encoding="utf-8")
_selection = st.components.v2.component("mavaze_selection", js=_JS)


def span(text: str) -> tuple[int, int] | None:
    """The whole words that the address names, without the space around them; None where it names none of this text."""
    found = _SPAN.fullmatch(state.param(AT))
    if not found or not 0 <= int(found[1]) < int(found[2]) <= len(text):
        return None
    start, stop = strip(text, int(found[1]), int(found[2]))
    if start == stop:
        return None
    while start > 0 and _inside_word(text, start):
        start -= 1
    while stop < len(text) and _inside_word(text, stop):
        stop += 1
    return start, stop


def _inside_word(text: str, place: int) -> bool:
    """Whether a place lies between two letters of a word; a mouse seldom hits its ends."""
    return all(letter.isalnum() or letter in "\u200c\u0654\u064b" for letter in text[place - 1 : place + 1])


def crosses(text: str, start: int, stop: int) -> bool:
    """Whether words belong to more than one sentence."""
    return not any(one.start <= start and stop <= one.stop for one in sentences(text))


def add(view: View, tables: Tables) -> None:
    """Choose words and code them."""
    labels, article = view.labels, tables.articles.iloc[0].to_dict()
    st.html(f'<p class="mv-note">{labels("review.select")}</p>')
    _selection(key="mv_selecting", on_picked_change=_take)
    _choose(view, tables, article["text"])
    found = span(article["text"])
    if found is None:
        return
    start, stop = found
    words = article["text"][start:stop]
    st.html(f'<blockquote class="mv-quoted" dir="rtl" lang="fa">{bidi.inline(words)}</blockquote>')
    if crosses(article["text"], start, stop):
        st.html(f'<p class="mv-warn" role="alert"><b>!</b> {labels("review.crosses")}</p>')
        return
    same = tables.statements[(tables.statements["start"] < stop) & (tables.statements["stop"] > start)]
    numbers = {identity: number for number, identity in enumerate(tables.statements["statement_id"], 1)}
    for row in same.to_dict("records"):
        if (row["start"], row["stop"]) == (start, stop):
            st.html(f'<p class="mv-note">{labels("review.is_one", number=numbers[row["statement_id"]])}</p>')
            return
        st.html(f'<p class="mv-note">{labels("review.overlaps", number=numbers[row["statement_id"]])}</p>')
    editor.editor(view, Place(article["article_id"], start, stop, words), None, tables)


def _choose(view: View, tables: Tables, text: str) -> None:
    """The sentences of the article; those that hold a statement already say so."""
    labels = view.labels
    spans = {f"{one.start}-{one.stop}": text[one.start : one.stop] for one in sentences(text)}
    inside = {
        key
        for key, one in zip(spans, sentences(text), strict=True)
        if ((tables.statements["start"] < one.stop) & (tables.statements["stop"] > one.start)).any()
    }

    def name(key: str) -> str:
        if key not in spans:
            return labels("review.selected")
        mark = "✓ " if key in inside else ""
        return f"{mark}{bidi.shorten(bidi.plain(spans[key]), _LONG)}"

    chosen = state.param(AT)
    keys = ["", *spans, *([chosen] if chosen and chosen not in spans else [])]
    st.session_state["mv_sentence"] = chosen
    st.selectbox(
        labels("review.sentence"),
        keys,
        format_func=lambda key: name(key) if key else labels("review.choose_sentence"),
        key="mv_sentence",
        help=labels("review.sentence_help"),
        on_change=lambda: state.set_params(**{AT: st.session_state["mv_sentence"]}),
    )


def _take() -> None:
    """Take over what was selected."""
    given: Any = st.session_state["mv_selecting"]
    picked = given.get("picked") if isinstance(given, Mapping) else getattr(given, "picked", None)
    if isinstance(picked, Mapping):
        start, stop = picked.get("start"), picked.get("stop")
        if isinstance(start, int | float) and isinstance(stop, int | float):
            state.set_params(**{AT: f"{int(start)}-{int(stop)}"})
