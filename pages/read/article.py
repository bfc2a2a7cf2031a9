"""One article: its text with everything marked that was read from it, and its statements one by one."""

import streamlit as st

from analysis.text.calendar import local_days
from pages.ui import bidi, cards, marked, page, state
from pages.ui.palette import MARKS
from pages.ui.view import DEMO, View, current

LEGEND = ("statement", "headline", "speaker", "cue", "topic", "country", "stance")


def show() -> None:
    """The page."""
    view = current()
    labels = view.labels
    st.page_link(
        page.STATEMENTS, label=f"{'→' if labels.rtl else '←'} {labels('article.back')}", query_params=state.query()
    )
    identity = state.param("id")
    found = view.all.articles[view.all.articles["article_id"] == identity]
    if found.empty:
        st.html(f'<div class="mv-empty">{labels("article.missing")}</div>')
        return
    article = found.iloc[0].to_dict()
    _head(view, article, local_days(found["published"]).iloc[0])
    _legend(view)
    in_view = set(view.tables.statements.loc[view.tables.statements["article_id"] == identity, "statement_id"])
    with st.container(key="mv_two"):
        text, beside = st.columns([3, 2], gap="large")
    with text:
        found_marks = marked.marks(view.all, identity, in_view, state.param("s"), labels)
        st.html(f'<div class="mv-article" id="mv-text">{marked.html(article["text"], found_marks)}</div>')
    with beside:
        _statements(view, identity, in_view)
    page.csv(view, "article", articles=(identity,))


def _head(view: View, article: dict, day) -> None:
    labels = view.labels
    st.html(f'<h1 class="mv-title">{bidi.escape(cards.title(article))}</h1>')
    facts = [article["source"], labels.both_dates(day, view.calendar), view.names.collection(article["collection"])]
    shown = "".join(f"<span>{bidi.escape(fact)}</span>" for fact in facts if fact)
    address = bidi.link(article["url"])
    if address:
        words = labels("article.source_link")
        shown += f'<a href="{address}" target="_blank" rel="noopener noreferrer">{words} ↗</a>'
    st.html(f'<div class="mv-legend">{shown}</div>')
    if article["collection"] == DEMO:
        page.demo_notice(view, labels("article.demo"))


def _legend(view: View) -> None:
    labels, parts = view.labels, []
    for name in LEGEND:
        words = labels(f"article.{name}")
        kind = {"statement": "s", "headline": "s headline"}.get(name, name)
        badge = f'<span class="num">{labels.number(1)}</span>' if name == "statement" else ""
        if name != "stance":
            parts.append(f'<span class="mv-article">{badge}<span class="{kind}">{words}</span></span>')
            continue
        signs = "".join(
            f'<span class="stance {key}">{mark} {labels(f"stance.{key}")}</span> ' for key, mark in MARKS.items()
        )
        parts.append(f'<span class="mv-article">{words}: {signs}</span>')
    st.html(f'<div class="mv-legend" aria-label="{labels("article.legend")}">{"".join(parts)}</div>')


def _statements(view: View, identity: str, in_view: set[str]) -> None:
    labels = view.labels
    rows = marked.of_article(view.all, identity)
    page.heading(labels("article.statements"), labels("statements.n_statements", n=len(rows)))
    if rows.empty:
        st.html(f'<div class="mv-empty">{labels("article.none")}</div>')
        return
    if len(in_view) < len(rows):
        st.html(f'<p class="mv-note">{labels("article.other", n=len(rows) - len(in_view))}</p>')
    around = cards.beside(view, rows)
    numbers = {row_id: number for number, row_id in enumerate(rows["statement_id"], 1)}
    for row in rows.to_dict("records"):
        with st.container(border=True, key=f"card_s_{numbers[row['statement_id']]}"):
            st.html(cards.html(view, row, around, None, number=numbers[row["statement_id"]], full=True))
            if row["repeats"] in numbers:
                words = labels("article.repeats", number=numbers[row["repeats"]])
                st.html(f'<p class="mv-note">{words}</p>')


show()
