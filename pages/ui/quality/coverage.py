"""How much of what is in view is coded: sentences, statements, by source and over time."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from analysis.measure import completeness, periods
from analysis.measure.completeness import CODES
from analysis.measure.periods import Axis
from analysis.serve.drawing import free
from analysis.text.segment import sentences
from pages.ui import bidi, charts, charts_time, data, page, state, theme
from pages.ui.quality.looked import Looked, open_part
from pages.ui.view import View

DRAWN = 100
"""Articles that are cut into sentences; of more, so many are drawn."""
SOURCES = 10
ENOUGH = 5
"""Statements below which a period has no share."""
MOST = 60
"""Periods of a chart."""


def show(looked: Looked) -> None:
    """The parts of it."""
    view, labels = looked.view, looked.view.labels
    page.heading(labels("quality.coverage"))
    _sentences(view)
    _articles(view)
    with st.container(key="mv_two_coverage"):
        left, right = st.columns(2, gap="large")
    with left:
        _shares(looked)
    with right:
        _sources(looked)
    _over_time(looked)


def _sentences(view: View) -> None:
    """How many sentences are statements; cutting texts takes time, so of many articles some are drawn."""
    labels = view.labels
    found = _cut(view.content.folder or id(view.content), data.key(view.filters), view)
    page.figure(view, "quality.sentences", pd.DataFrame([found]))
    numbers = {name: int(found[name]) for name in ("articles", "of", "sentences", "found")}
    key = "quality.sentences_all"
    more = {}
    if found["articles"] < found["of"]:
        key = "quality.sentences_drawn"
        more = {"low": labels.share(found["low"]), "high": labels.share(found["high"])}
    st.html(f"<p>{bidi.inline(labels(key, share=labels.share(found['share']), **numbers, **more))}</p>")


@st.cache_resource(show_spinner=False, max_entries=64)
def _cut(edition: object, query: data.Query, _view: View) -> dict[str, float]:
    every = _view.facts.articles.index.to_numpy()
    drawn = every
    if len(every) > DRAWN:
        drawn = np.sort(np.random.default_rng(completeness.SEED).choice(every, DRAWN, replace=False))
    tables = _view.content.tables(drawn)
    of_article = {key: rows for key, rows in tables.statements.groupby("article_id")}
    rows = []
    for article, text in tables.articles[["article_id", "text"]].itertuples(index=False):
        cut = sentences(text)
        empty = free(cut, of_article.get(article, tables.statements.head(0)))
        rows.append((len(cut), len(cut) - len(empty)))
    return completeness.sentences(pd.DataFrame(rows, columns=["sentences", "found"]), len(every))


def _articles(view: View) -> None:
    """Undated articles, and those in which nobody was found to speak."""
    labels, of = view.labels, len(view.facts.articles)
    silent = completeness.silent(view.facts)
    undated = completeness.undated(view.facts)
    page.figure(view, "quality.silent", len(silent))
    page.figure(view, "quality.undated", undated)
    words = [
        labels("quality.undated", n=undated, of=of, share=labels.share(undated / max(of, 1))),
        labels("quality.silent", n=len(silent), of=of, share=labels.share(len(silent) / max(of, 1))),
    ]
    st.html(f"<p>{bidi.inline(' '.join(words))}</p>")
    if not len(silent):
        return
    with st.expander(labels("quality.silent_list"), key="quality_silent"):
        rows = view.content.articles(silent[: page.PER_PAGE])
        for row in rows.to_dict("records"):
            link = state.query() | {"id": row["article_id"]}
            title = bidi.markdown(bidi.shorten(row["title"] or row["article_id"], 90))
            st.page_link(page.ARTICLE, label=title, icon="", query_params=link)
        if len(silent) > len(rows):
            st.html(f'<p class="mv-note">{labels("quality.silent_more", n=len(silent) - len(rows))}</p>')


def _shares(looked: Looked) -> None:
    view, labels = looked.view, looked.view.labels
    found = looked.coded.shares()
    frame = pd.DataFrame({"id": "without:" + found["code"], "n": found["share"]})
    frame["label"] = [labels(f"quality.has_{code}") for code in found["code"]]
    frame["shown"] = [labels.share(share) for share in found["share"]]
    frame["text"] = [
        f"{row.label}\n{labels.number(int(n))} {labels('column.of')} {labels.number(int(of))}"
        for row, n, of in zip(frame.itertuples(), found["n"], found["of"], strict=True)
    ]
    figure = charts.bars(theme.look(labels), frame, picked=state.param("open"))
    figure.update_xaxes(range=[1, 0] if labels.rtl else [0, 1])
    page.chart(view, "quality.coded", figure, found, on_click=lambda point: open_part(str(point[0])))


def _sources(looked: Looked) -> None:
    view, labels = looked.view, looked.view.labels
    found = looked.coded.by_source()
    code = page.choose(view, "quality.code", CODES[::-1], lambda name: labels(f"quality.code_{name}"), param="code")
    top = found.head(SOURCES)
    shares = top[f"{code}_share"]
    frame = pd.DataFrame({"id": "source:" + top["source"], "n": shares})
    frame["label"] = [value or labels("app.unknown") for value in top["source"]]
    frame["shown"] = [labels.share(share) for share in shares]
    frame["text"] = [
        f"{row.label}\n{labels(f'quality.has_{code}')}{labels('app.colon')}{row.shown}\n"
        + labels("statements.n_statements", n=int(n))
        for row, n in zip(frame.itertuples(), top["n"], strict=True)
    ]
    figure = charts.bars(theme.look(labels), frame, picked=state.param("open"))
    figure.update_xaxes(range=[1, 0] if labels.rtl else [0, 1])
    page.chart(view, "quality.by_source", figure, found, on_click=lambda point: open_part(str(point[0])))


def _over_time(looked: Looked) -> None:
    view, labels = looked.view, looked.view.labels
    days = view.facts.statements["day"].to_numpy()
    axis = Axis.of(days, periods.fitting(days), view.calendar).last(MOST)
    found = looked.coded.over_time(axis)
    if found.empty:
        page.heading(labels("chart.quality.over_time"))
        page.figure(view, "quality.over_time", found)
        page.empty(view)
        return
    parts = []
    for code in CODES:
        share = found[f"{code}_share"].where(found["n"] >= ENOUGH)
        words = labels(f"quality.has_{code}")
        text = [
            f"{words}\n{labels.period(key)}\n{labels.share(value)} ({labels.number(int(n))})" if n else words
            for key, value, n in zip(found["period"], found[f"{code}_share"], found["n"], strict=True)
        ]
        part = {"id": code, "label": words, "place": range(len(found)), "value": share, "text": text}
        parts.append(pd.DataFrame(part | {"period": found["period"]}))
    ticks = [labels.period(key, lines=True) for key in axis.keys]
    look = theme.look(labels)
    page.chart(
        view,
        "quality.over_time",
        charts_time.lines(look, pd.concat(parts, ignore_index=True), ticks=ticks, percent=True),
        found[found["n"] > 0].sort_values("period", ascending=False, kind="stable"),
        on_click=lambda point: open_part(f"period:{point[1]}"),
        legend=charts_time.legend(look, [labels(f"quality.has_{code}") for code in CODES]),
    )
