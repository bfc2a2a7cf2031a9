"""One article: its text with everything marked that was read from it, and its statements one by one."""

from pathlib import PurePosixPath
from urllib.parse import urlsplit

import streamlit as st

from analysis.measure.facts import as_date
from analysis.schema import Tables
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
    place = view.content.article_position(identity)
    if place is None:
        st.html(f'<div class="mv-empty">{labels("article.missing")}</div>')
        return
    tables = view.content.tables([place])
    article = tables.articles.iloc[0].to_dict()
    _head(view, article, as_date(view.all.articles["day"].to_numpy()[place]))
    _copies(view, article)
    _legend(view)
    here = view.facts.statements["article"].to_numpy() == place
    in_view = set(view.content.statements(view.facts.statements.index[here])["statement_id"])
    with st.container(key="mv_two"):
        text, beside = st.columns([3, 2], gap="large")
    with text:
        found_marks = marked.marks(tables, identity, in_view, state.param("s"), labels)
        st.html(f'<div class="mv-article" id="mv-text">{marked.html(article["text"], found_marks)}</div>')
    with beside:
        _statements(view, tables, in_view)
    page.csv(view, "article", articles=(place,))
    _origin(view, identity)


def _copies(view: View, article: dict) -> None:
    """Of which article this one is a copy, and which are copies of it."""
    labels, content = view.labels, view.content
    original = content.article_position(article["duplicate_of"]) if article["duplicate_of"] else None
    copies = content.copies(article["article_id"])
    for words, places in (("article.copy_of", [] if original is None else [original]), ("article.copied_by", copies)):
        if len(places):
            st.html(f'<p class="mv-note">{labels(words, n=len(places))}</p>')
        for row in content.articles(places[:COPIES]).to_dict("records"):
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


def _statements(view: View, tables: Tables, in_view: set[str]) -> None:
    labels = view.labels
    rows = tables.statements
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
