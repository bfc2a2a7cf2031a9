"""The terms of the code book that gave statements their topic."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from analysis.config import DATA
from analysis.lexicon import codebook
from analysis.measure import frequency
from analysis.measure import terms as measure
from pages.ui import charts, page, state, theme
from pages.ui.view import View

MOST = 15
ARTICLE = "~article"
"""Stands for "no term of its own" in the URL."""


def terms(view: View, topics: list[str]) -> None:
    """The terms of one topic, the most frequent first."""
    labels, names = view.labels, view.names
    asked = state.param("pick")
    topic = asked if asked in topics else topics[0]
    found = _telling(view, topic)
    counts = measure.counted(found)
    n = len(frequency.of_topic(view.facts, topic))
    shown = counts.head(MOST)
    frame = pd.DataFrame({"id": shown["term"].where(shown["by"] != "article", ARTICLE), "n": shown["n"]})
    frame["label"] = [_label(view, term, by) for term, by in zip(shown["term"], shown["by"], strict=True)]
    frame["shown"] = [
        f"{labels.share(share)} ({labels.number(n)})" for share, n in zip(shown["share"], shown["n"], strict=True)
    ]
    frame["text"] = frame["label"] + "\n" + frame["shown"]
    key = "terms_sampled" if len(found) < n else "terms_all"
    page.chart(
        view,
        "topics.terms",
        charts.bars(theme.look(labels), frame, picked=state.param("term")),
        counts,
        on_click=lambda point: state.set_params(pick=topic, term=str(point[0]), group="", when="", p_t=""),
        note=labels(f"topics.{key}", topic=names.topic(topic), n=len(found), of=n),
    )
    options = [term if by != "article" else ARTICLE for term, by in zip(counts["term"], counts["by"], strict=True)]
    page.pick(
        labels("topics.pick_term"),
        options,
        lambda value: labels("topics.told_by_article") if value == ARTICLE else value,
        param="term",
        pick=topic,
        group="",
        when="",
        p_t="",
    )


def behind(view: View, topic: str, term: str) -> np.ndarray:
    """The statements (positions) to which a term gave the topic, of those that were looked at."""
    found = _telling(view, topic)
    return found.loc[found["term"] == ("" if term == ARTICLE else term), "statement"].to_numpy()


def _telling(view: View, topic: str) -> pd.DataFrame:
    rows = view.facts.topics
    rows = measure.sampled(rows[rows["topic"] == topic])
    statements = view.content.statements(rows["statement"].to_numpy())
    spans = view.content.topic_spans(rows.index.to_numpy())
    return measure.telling(statements, spans, _known().get(topic, {}))


@cache
def _known() -> dict[str, dict[str, str]]:
    """The code book's terms as they are written, by topic and folded letters."""
    found: dict[str, dict[str, str]] = {}
    for (topic, key), term in codebook.read_terms(DATA / "codebook").items():
        found.setdefault(topic, {})[key] = term.term
    return found


def _label(view: View, term: str, by: str) -> str:
    if by == "article":
        return view.labels("topics.told_by_article")
    return view.labels("topics.told_by_name", name=term) if by == "name" else term
