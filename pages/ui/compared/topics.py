"""What those compared speak of: shares side by side, and where they differ most."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.measure import comparison, odds
from pages.ui import bidi, charts_compare, charts_time, page, state, theme
from pages.ui.compared.amount import points
from pages.ui.compared.question import Question, opened, take

TOPICS, DIFFERENCES = 10, 10


def show(question: Question) -> None:
    """Both charts."""
    with st.container(key="mv_two_topics"):
        left, right = st.columns(2, gap="large")
    with left:
        _shares(question)
    with right:
        _differences(question)


def _shares(question: Question) -> None:
    view, labels = question.view, question.view.labels
    found = comparison.shares(question.sides, *question.topics, "topic")
    if found.empty:
        page.heading(labels("chart.compare.topics"))
        page.figure(view, "compare.topics", found)
        return page.empty(view)
    shown = list(found["topic"].drop_duplicates().head(TOPICS))
    look = theme.look(labels)
    page.chart(
        view,
        "compare.topics",
        charts_compare.dots(
            look,
            points(question, found, "topic", shown),
            [view.names.topic(value) for value in shown],
            len(question.sides),
            picked=state.param("pick"),
        ),
        found,
        on_click=lambda point: opened(question, str(point[0]), pick=str(point[1])),
        legend=charts_compare.legend(look, list(question.names.values())),
    )
    n = found["topic"].nunique()
    if n > len(shown):
        st.html(f'<p class="mv-note">{labels("compared.cut", shown=len(shown), n=n)}</p>')
    return None


def _differences(question: Question) -> None:
    view, labels = question.view, question.view.labels
    found = comparison.differences(question.sides, *question.topics, "topic")
    tested = found[found["verdict"] != "thin"]
    if tested.empty:
        page.heading(labels("chart.compare.differences"))
        page.figure(view, "compare.differences", found)
        words = labels("compared.thin", n=odds.LEAST, articles=odds.LEAST_ARTICLES)
        st.html(f'<p class="mv-note">{bidi.inline(words)}</p>')
        return
    top = tested.head(DIFFERENCES)
    finding = _finding(question, found)
    page.chart(
        view,
        "compare.differences",
        charts_compare.ratios(theme.look(labels), _drawn(question, top)),
        found,
        on_click=lambda point: take(pick=str(point[0]), left=str(point[1]), right=str(point[2])),
        finding=finding,
    )
    thin = len(found) - len(tested)
    rest = [finding]
    if len(top) < len(tested):
        rest.append(labels("compared.cut_differences", shown=len(top), n=len(tested)))
    if thin:
        rest.append(labels("compared.not_tested", n=thin, least=odds.LEAST, articles=odds.LEAST_ARTICLES))
    st.html(f'<p class="mv-note">{bidi.inline(" ".join(rest))}</p>')


def _drawn(question: Question, top: pd.DataFrame) -> pd.DataFrame:
    labels, look = question.view.labels, theme.look(question.view.labels)
    frame = top.assign(key=top["topic"], place=top["more"].map(question.places), sure=top["verdict"] == "differs")
    frame["label"] = [question.view.names.topic(value) for value in top["topic"]]
    ends = ((question.sign(row.more), row.share, question.sign(row.less), row.share_less) for row in top.itertuples())
    frame["shown"] = [f"{more} {labels.share(one)} · {less} {labels.share(other)}" for more, one, less, other in ends]
    frame["text"] = [
        "\n".join(
            (
                label,
                f"{question.names[row.more]}: "
                + labels("compared.share", share=labels.share(row.share), n=row.n, of=row.of),
                f"{question.names[row.less]}: "
                + labels("compared.share", share=labels.share(row.share_less), n=row.n_less, of=row.of_less),
                labels(
                    "compared.times",
                    ratio=charts_time.times(look, row.ratio),
                    low=charts_time.times(look, row.low),
                    high=charts_time.times(look, row.high),
                ),
                f"{labels(f'verdict.{row.verdict}')} (q = {labels.probability(row.q)})",
            )
        )
        for label, row in zip(frame["label"], top.itertuples(), strict=True)
    ]
    return frame


def _finding(question: Question, found: pd.DataFrame) -> str:
    """Who speaks more of what than whom, of what is more than chance."""
    labels = question.view.labels
    sure = found[found["verdict"] == "differs"]
    said = [
        labels(
            "compared.more_than",
            more=question.names[more],
            less=question.names[less],
            topics=labels.listed([question.view.names.topic(value) for value in rows["topic"]]),
        )
        for (more, less), rows in list(sure.groupby(["more", "less"], sort=False))[:3]
    ]
    return " ".join(said) or labels("compared.alike")
