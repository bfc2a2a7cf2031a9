"""The statements, the articles and the speakers in view, as lists."""

import numpy as np
import streamlit as st

from analysis.measure import frequency
from analysis.measure.facts import NO_DAY, as_date
from pages.ui import bidi, cards, listing, page, state
from pages.ui.view import View

VIEWS = ("statements", "articles", "speakers")


def show() -> None:
    """The page."""
    view = page.start("statements")
    if view is None:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        again = {"p_s": "", "p_a": "", "p_w": ""}
        shown = page.choose(
            view, "statements.view", VIEWS, lambda name: view.labels(f"statements.view_{name}"), param="view", **again
        )
        ordered = "newest"
        if shown != "speakers":
            orders = listing.ORDERS if shown == "statements" else listing.BY_DAY
            ordered = listing.order(view, orders, **again)
    if shown == "articles":
        _articles(view, newest=ordered == "newest")
    elif shown == "speakers":
        _speakers(view)
    else:
        listing.statements(view, key="s", ordered=ordered)


def _articles(view: View, *, newest: bool) -> None:
    labels, articles = view.labels, view.facts.articles
    positions, days = articles.index.to_numpy(), articles["day"].to_numpy("int64")
    positions = positions[np.lexsort([positions, -days if newest else days, days == NO_DAY])]
    first = page.pager(view, len(positions), "a")
    part = positions[first : first + page.PER_PAGE]
    counts = np.bincount(view.facts.statements["article"].to_numpy(), minlength=len(view.all.articles))[part]
    shown_days = [as_date(day) for day in view.all.articles["day"].to_numpy()[part]]
    rows = view.content.articles(part).to_dict("records")
    for number, (row, day, n) in enumerate(zip(rows, shown_days, counts, strict=True)):
        with st.container(border=True, key=f"card_a_{number}"):
            shown = [labels.both_dates(day, view.calendar), row["source"], view.names.collection(row["collection"])]
            shown.append(labels("statements.n_statements", n=int(n)))
            foot = "".join(f"<span>{bidi.escape(text)}</span>" for text in shown if text)
            title = bidi.escape(cards.title(row))
            st.html(
                f'<article class="mv-card"><header><span class="who">{title}</span></header>'
                f"<footer>{foot}</footer></article>"
            )
            link = state.query() | {"id": row["article_id"]}
            st.page_link(page.ARTICLE, label=page.forward(labels, "card.open"), icon="", query_params=link)


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
            head = f'<span class="who">{bidi.escape(names.speaker(row.speaker))}</span>'
            head += f'<span class="soft">{bidi.escape(names.role(row.role, row.country))}</span>'
            st.html(f'<article class="mv-card"><header>{head}</header><footer>{foot}</footer></article>')
            link = state.query(speakers=(row.speaker,))
            st.page_link(
                page.STATEMENTS, label=page.forward(labels, "statements.open_statements"), icon="", query_params=link
            )
    return None


show()
