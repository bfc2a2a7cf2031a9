"""One article: its text with everything marked that was read from it, and its statements one by one."""

from pathlib import PurePosixPath
from urllib.parse import urlsplit

import streamlit as st

from analysis.text.calendar import local_days
from pages.ui import bidi, cards, data, marked, page, state
from pages.ui.palette import MARKS
from pages.ui.view import DEMO, View, current

LEGEND = ("statement", "headline", "speaker", "cue", "topic", "country", "stance")

COPIES = 10
"""Copies of an article that are listed."""
BYTES = "application/octet-stream"


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
    _copies(view, article)
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
    _origin(view, identity)


def _copies(view: View, article: dict) -> None:
    """Of which article this one is a copy, and which are copies of it."""
    labels, every = view.labels, view.all.articles
    original = every[every["article_id"] == article["duplicate_of"]] if article["duplicate_of"] else every.head(0)
    copies = every[every["duplicate_of"] == article["article_id"]]
    for words, rows in (("article.copy_of", original), ("article.copied_by", copies)):
        if len(rows):
            st.html(f'<p class="mv-note">{labels(words, n=len(rows))}</p>')
        for row in rows.head(COPIES).to_dict("records"):
            label = bidi.markdown(" · ".join(text for text in (row["source"], cards.title(row)) if text))
            st.page_link(page.ARTICLE, label=label, icon="", query_params=state.query() | {"id": row["article_id"]})


def _origin(view: View, identity: str) -> None:
    """What the article was read from, how, and the bytes as they came; only a store keeps these."""
    labels, store = view.labels, data.store()
    if store is None:
        return
    with st.expander(labels("article.origin")):
        rows = store.originals([identity])
        if rows.empty:
            st.html(f'<p class="mv-note">{labels("article.no_origin")}</p>')
            return
        row = rows.iloc[0]
        shown = {name: row[name] for name in ("name", "reader", "published_from")}
        lines = [f"{labels(f'article.{name}')}: {bidi.code(value)}" for name, value in shown.items() if value]
        st.html("".join(f'<p class="mv-note">{line}</p>' for line in lines))
        # Not under its own type: a page that came from elsewhere is to be saved, not to be shown under our address.
        name = PurePosixPath(urlsplit(row["name"]).path).name or "original"
        st.download_button(
            labels("article.get_origin"), data=row["data"], file_name=name, mime=BYTES, on_click="ignore", key="origin"
        )


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
