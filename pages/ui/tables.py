"""Small tables as HTML: Streamlit's own table is drawn on a canvas that knows no right-to-left."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from html import escape

import pandas as pd
import streamlit as st

from analysis.export.flat import to_csv
from pages.ui import bidi
from pages.ui.labels import Labels
from pages.ui.view import View

SHARES = (
    *("jaccard", "confidence", "overlap", "same", "right"),
    *("earlier", "later", "near", "alike", "slip", "sure_for", "sure_against"),
)
"""Columns of shares of 1, besides those with `share` in their names."""
PROBABILITIES = ("p", "q")
MOST = 200
"""Rows shown at most; the CSV has them all, and the page says so."""


def html(frame: pd.DataFrame, labels: Labels) -> str:
    """A frame as an HTML table. Headings are `column.NAME` of the labels; cells must be text or numbers.

    Floats are decimals, but for those of the columns in `SHARES` and `PROBABILITIES`.
    """
    head = "".join(f'<th scope="col">{bidi.escape(labels(f"column.{name}"))}</th>' for name in frame.columns)
    body = "".join(
        "<tr>"
        + "".join(
            f"<td>{bidi.escape(_cell(name, value, labels))}</td>"
            for name, value in zip(frame.columns, row, strict=True)
        )
        + "</tr>"
        for row in frame.head(MOST).itertuples(index=False)
    )
    return f'<table class="mv-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def show(view: View, frame: pd.DataFrame, title: str) -> None:
    """The table behind a chart, with names in place of ids; `title` is its name for those who do not see it."""
    labels = view.labels
    if len(frame) > MOST:
        st.html(f'<p class="mv-note">{labels("app.table_cut", shown=MOST, n=len(frame))}</p>')
    body = html(readable(view, frame.head(MOST)), labels)
    name = escape(bidi.plain(title), quote=True)
    st.html(f'<div class="mv-scroll" tabindex="0" role="region" aria-label="{name}">{body}</div>')


def readable(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with each id as its name; what a column holds is known by the column's name."""
    return frame.assign(**{name: [shown(value) for value in frame[name]] for name, shown in _shown(view, frame)})


def csv(view: View, frame: pd.DataFrame) -> bytes:
    """The table behind a chart as CSV: all rows, the same names and headings, numbers as numbers."""
    named = readable(view, frame)
    return to_csv(named.rename(columns={name: view.labels(f"column.{name}") for name in named.columns}))


def _shown(view: View, frame: pd.DataFrame) -> list[tuple[str, Callable[[str], str]]]:
    labels, names = view.labels, view.names

    def day(value: str) -> str:
        return labels.date(dt.date.fromisoformat(value), view.calendar) if value else "—"

    def code(value: str) -> str:
        kinds = (f"quality.task_{value.replace(' ', '_')}", f"stance.{value}", f"quality.has_{value}")
        return next((words for key in kinds if (words := labels.get(key, ""))), names.topic(value))

    known: dict[str, Callable[[str], str]] = {
        "speaker": names.speaker,
        "relay": names.speaker,
        "way": lambda value: labels(f"way.{value}"),
        "topic": names.topic,
        "country": names.country,
        "a": names.entity,
        "b": names.entity,
        "entity": names.entity,
        "side": names.side,
        "spoken_of": names.side,
        "more": names.side,
        "less": names.side,
        "node": names.node,
        "one": names.node,
        "other": names.node,
        "role": lambda value: names.role(value),
        "collection": names.collection,
        "target": names.target,
        "month": lambda value: labels.month(value, view.calendar),
        "period": labels.period,
        "verdict": lambda value: labels(f"verdict.{value}"),
        "field": lambda value: labels(f"coding.field_{value}"),
        "who": lambda value: labels(f"quality.who_{value}"),
        "code": code,
        "by": lambda value: labels(f"by.{value}"),
        "source": lambda value: value or labels("app.unknown"),
        "first": day,
        "last": day,
        "cut": day,
        "label": lambda value: labels(f"label.{value}"),
    }
    return [(name, known[name]) for name in frame.columns if name in known]


def _cell(name: str, value: object, labels: Labels) -> str:
    if isinstance(value, str):
        return value
    if not isinstance(value, float):
        return labels.number(int(value))  # type: ignore[call-overload]
    if math.isnan(value):
        return labels.decimal(value)
    if name in PROBABILITIES:
        return labels.probability(value)
    return labels.share(value) if name in SHARES or "share" in name else labels.decimal(value)
