"""The search on pages: its box, how it was understood or what is wrong with it, and what of a text it asks for."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import streamlit as st

from analysis.errors import QueryError
from analysis.search import found
from analysis.search.query import And, Query
from pages.ui import bidi, data, state, understood
from pages.ui.view import View

EXAMPLES = ("word", "phrase", "without", "either", "near", "prefix", "name", "topic")
"""Keys of the examples in examples.toml; `search.about_…` says what each shows."""
FIRST_EXAMPLES = ("word", "phrase", "without", "near", "name")
MOST_RANKED = 20_000
"""Where a search finds more statements, they are not ordered by relevance: nobody reads so many."""
_BEGIN_ANEW = {"p_s": "", "p_a": "", "p_w": ""}


@dataclass(frozen=True)
class Asked:
    """The search that is in force.

    Attributes:
        query: how it was understood.
        codes: what is coded in a statement that it finds.
    """

    query: Query
    codes: frozenset[str]

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where a text holds what is searched for."""
        return found.spans(self.query, text)


def asked(view: View) -> Asked | None:
    """The search of the filters; None where there is none, or none that can be understood."""
    if not view.filters.words:
        return None
    try:
        query = data.search().read(view.filters.words)
    except QueryError:
        return None
    return Asked(query, found.codes(query))


def box(view: View) -> None:
    """The box to search in, with the way to write a query, and examples while nothing is searched for."""
    labels = view.labels
    data.indexing()  # It is begun in the background, so that the first search finds it made.
    with st.container(horizontal=True, vertical_alignment="bottom", wrap=False, gap="small", key="mv_search"):
        st.session_state["w_search"] = view.filters.words
        st.text_input(
            labels("search.box"),
            key="w_search",
            placeholder=labels("search.placeholder"),
            on_change=lambda: _take(st.session_state["w_search"]),
            max_chars=400,
        )
        with st.popover(labels("search.help"), width="content"):
            st.html(f'<p class="mv-note">{labels("search.help_intro")}</p>')
            for name in EXAMPLES:
                with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"mv_how_{name}"):
                    _example(view, name, "how")
                    st.html(f'<p class="mv-note">{bidi.inline(labels(f"search.about_{name}"))}</p>', width="stretch")
    if not view.filters.words:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="mv_examples"):
            st.html(f'<p class="mv-note">{labels("search.examples")}</p>', width="content")
            for name in FIRST_EXAMPLES:
                _example(view, name, "try")


def _example(view: View, name: str, where: str) -> None:
    query = _queries().get(f"{name}_{view.labels.lang}", _queries()[name])
    st.button(bidi.markdown(query), key=f"{where}_{name}", type="tertiary", on_click=lambda: _take(query))


@cache
def _queries() -> dict[str, str]:
    return tomllib.loads(Path(__file__).with_name("examples.toml").read_text(encoding="utf-8"))


def _take(words: str) -> None:
    state.change(words=words.strip())
    state.set_params(**_BEGIN_ANEW)


def told(view: View) -> None:
    """How the search in force was understood, or what is wrong with it; nothing where there is none."""
    if not view.filters.words:
        return
    labels = view.labels
    try:
        query = data.search().read(view.filters.words)
    except QueryError as problem:
        word = f" {bidi.escape(problem.word)}" if problem.word and problem.word != view.filters.words else ""
        text = f"<strong>{labels('search.trouble')}</strong> {labels(f'search.problem_{problem.code}')}{word}"
        st.html(f'<p class="mv-warn mv-trouble" role="alert">{text}</p>')
        return
    st.html(f'<p class="mv-note mv-told">{bidi.inline(understood.say(query, view.names))}</p>')


def ways_out(view: View) -> None:
    """Where a search finds nothing: each of its parts that can be dropped, and articles that hold it elsewhere."""
    labels, now = view.labels, asked(view)
    if now is None:
        return
    with st.container(key="mv_words_out", gap="small", horizontal_alignment="center"):
        for number, (text, shorter) in enumerate(_shorter(now.query)):
            n = data.totals(data.key(replace(view.filters, words=shorter))).statements
            if n:
                words = labels("search.drop", words=bidi.markdown(text), n=n)
                st.button(words, key=f"drop_{number}", on_click=lambda shorter=shorter: _take(shorter))
        n = len(articles(view))
        if n and state.param("view") != "articles":
            words = labels("search.in_articles", n=n)
            st.button(words, key="in_articles", on_click=lambda: state.set_params(view="articles"))


def _shorter(query: Query) -> list[tuple[str, str]]:
    """The words of a simple query, each with the query without it; none where it holds signs."""
    words = query.text.split()
    simple = all(not isinstance(part, And) for part in query.root.parts) and not set('"“”«»()~|*-') & set(query.text)
    if not simple or not 1 < len(words) < 6:
        return []
    return [(word, " ".join(words[:n] + words[n + 1 :])) for n, word in enumerate(words)]


def articles(view: View) -> np.ndarray:
    """The articles that a search finds in title or text, inside the other filters (positions)."""
    now = asked(view)
    if now is None:
        return np.empty(0, dtype="int64")
    others = view.with_changes(words="").articles.index.to_numpy()
    return np.intersect1d(others, data.search().articles(now.query))


def can_rank(view: View) -> bool:
    """Whether there is a search and what it finds can be ordered by relevance."""
    now = asked(view)
    return now is not None and len(data.search().find(now.query)) <= MOST_RANKED


def by_relevance(view: View, positions: np.ndarray, table: str = "statements") -> np.ndarray:
    """Positions, the most relevant first."""
    now = asked(view)
    if now is None:
        return positions
    ranked = data.search().ranked(now.query, table)
    return ranked[np.isin(ranked, positions)]
