"""What is in view, to read: the search, and the statements, the articles and the speakers as lists."""

import numpy as np
import streamlit as st

from analysis.measure import frequency
from analysis.measure.facts import NO_DAY, as_date
from pages.ui import bidi, cards, listing, page, people, searching, state
from pages.ui.view import View, current

VIEWS = ("statements", "articles", "speakers")
AGAIN = {"p_s": "", "p_a": "", "p_w": ""}


def show() -> None:
    """The page."""
    view = page.start("statements")
    if view is None:
        # Articles may hold the words of a search outside of statements.
        view = current()
        if state.param("view") != "articles" or not len(searching.articles(view)):
            return
    labels = view.labels
    with st.container(horizontal=True, vertical_alignment="bottom"):
        shown = page.choose(
            view, "statements.view", VIEWS, lambda name: labels(f"statements.view_{name}"), param="view", **AGAIN
        )
        ordered = "newest"
        if shown != "speakers":
            orders = listing.ORDERS if shown == "statements" else listing.BY_DAY
            ordered = listing.order(view, (listing.RELEVANT, *orders) if searching.can_rank(view) else orders, **AGAIN)
    if shown == "articles":
        _articles(view, ordered)
    elif shown == "speakers":
        _speakers(view)
    else:
        listing.statements(view, key="s", ordered=ordered)


def _articles(view: View, ordered: str) -> None:
    labels, asked = view.labels, searching.asked(view)
    positions = view.facts.articles.index.to_numpy()
    if asked is not None:
        positions = np.union1d(positions, searching.articles(view))
        outside = len(positions) - len(view.facts.articles)
        if outside:
            st.html(f'<p class="mv-note">{labels("search.articles_note", n=outside)}</p>')
    if ordered == listing.RELEVANT:
        ranked = searching.by_relevance(view, positions, "articles")
        positions = np.concatenate([ranked, np.setdiff1d(positions, ranked)])
    else:
        positions = positions[_by_day(view, positions, newest=ordered == "newest")]
    first = page.pager(view, len(positions), "a")
    part = positions[first : first + page.PER_PAGE]
    counts = np.bincount(view.facts.statements["article"].to_numpy(), minlength=len(view.all.articles))[part]
    days = [as_date(day) for day in view.all.articles["day"].to_numpy()[part]]
    rows = view.content.articles(part).to_dict("records")
    for number, (row, day, n) in enumerate(zip(rows, days, counts, strict=True)):
        with st.container(border=True, key=f"card_a_{number}"):
            shown = [labels.both_dates(day, view.calendar), row["source"], view.names.collection(row["collection"])]
            shown.append(labels("statements.n_statements", n=int(n)))
            foot = "".join(f"<span>{bidi.escape(text)}</span>" for text in shown if text)
            st.html(f'<article class="mv-card">{_lines(row, asked)}<footer>{foot}</footer></article>')
            link = state.query() | {"id": row["article_id"]}
            st.page_link(page.ARTICLE, label=page.forward(labels, "card.open"), icon="", query_params=link)


def _by_day(view: View, positions: np.ndarray, *, newest: bool) -> np.ndarray:
    days = view.all.articles["day"].to_numpy("int64")[positions]
    return np.lexsort([positions, -days if newest else days, days == NO_DAY])


def _lines(article: dict, asked: searching.Asked | None) -> str:
    """An article's title, and the first place in its text that holds what is searched for."""
    title = cards.title(article)
    if asked is None:
        return f'<header><span class="who">{bidi.escape(title)}</span></header>'
    head = cards.with_found(title, asked.spans(title), 0, len(title))
    shown = f'<header><span class="who" dir="auto">{head}</span></header>'
    return shown + cards.extract(article["text"], asked.spans(article["text"]))


def _speakers(view: View) -> None:
    labels, names = view.labels, view.names
    counts = frequency.by_speaker(view.facts)
    st.html(f'<p class="mv-note">{labels("statements.anonymous_note")}</p>')
    if counts.empty:
        return page.empty(view)
    first = page.pager(view, len(counts), "w")
    for number, row in enumerate(counts.iloc[first : first + page.PER_PAGE].itertuples()):
        with st.container(border=True, key=f"card_w_{number}"):
            words = [
                labels("statements.n_statements", n=int(row.n)),
                labels("statements.n_articles", n=int(row.articles)),
            ]
            foot = "".join(f"<span>{bidi.escape(text)}</span>" for text in words)
            head = f'<span class="who">{people.link(view, row.speaker)}</span>'
            head += f'<span class="soft">{bidi.escape(names.role(row.role, row.country))}</span>'
            st.html(f'<article class="mv-card"><header>{head}</header><footer>{foot}</footer></article>')
            link = state.query(speakers=(row.speaker,))
            st.page_link(
                page.STATEMENTS, label=page.forward(labels, "statements.open_statements"), icon="", query_params=link
            )
    return None


show()
