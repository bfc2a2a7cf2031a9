"""Where an article comes from: its copies, what it was read from, and the bytes as they came."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import urlsplit

import streamlit as st

from pages.ui import bidi, cards, data, page, state
from pages.ui.view import View

MOST = 10
"""Copies of an article that are listed."""
BYTES = "application/octet-stream"


def copies(view: View, article: dict) -> None:
    """Of which article this one is a copy, and which are copies of it."""
    labels, content = view.labels, view.content
    original = content.article_position(article["duplicate_of"]) if article["duplicate_of"] else None
    found = content.copies(article["article_id"])
    for words, places in (("article.copy_of", [] if original is None else [original]), ("article.copied_by", found)):
        if len(places):
            st.html(f'<p class="mv-note">{labels(words, n=len(places))}</p>')
        for row in content.articles(places[:MOST]).to_dict("records"):
            label = bidi.markdown(" · ".join(text for text in (row["source"], cards.title(row)) if text))
            st.page_link(page.ARTICLE, label=label, icon="", query_params=state.query() | {"id": row["article_id"]})


def origin(view: View, identity: str) -> None:
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
