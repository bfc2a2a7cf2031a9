"""The statements, the articles and the speakers in view, as lists."""

import streamlit as st

from analysis.measure import frequency
from analysis.text.calendar import local_days
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
    labels = view.labels
    articles = view.tables.articles
    counts = view.tables.statements.groupby("article_id").size()
    articles = articles.assign(n=articles["article_id"].map(counts).fillna(0).astype("int64"))
    articles = articles.sort_values(["published", "article_id"], ascending=[not newest, True], na_position="last")
    first = page.pager(view, len(articles), "a")
    part = articles.iloc[first : first + page.PER_PAGE]
    for number, (row, day) in enumerate(zip(part.to_dict("records"), local_days(part["published"]), strict=True)):
        with st.container(border=True, key=f"card_a_{number}"):
            shown = [labels.both_dates(day, view.calendar), row["source"], view.names.collection(row["collection"])]
            shown.append(labels("statements.n_statements", n=row["n"]))
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
    counts = frequency.by_speaker(view.tables)
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
            head = f'<span class="who">{bidi.escape(names.speaker(row.speaker_id))}</span>'
            head += f'<span class="soft">{bidi.escape(names.role(row.role, row.country))}</span>'
            st.html(f'<article class="mv-card"><header>{head}</header><footer>{foot}</footer></article>')
            link = state.query(speakers=(row.speaker_id,))
            st.page_link(
                page.STATEMENTS, label=page.forward(labels, "statements.open_statements"), icon="", query_params=link
            )
    return None


show()
