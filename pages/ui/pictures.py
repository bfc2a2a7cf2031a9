"""Pictures of charts: made by the reader's browser (browser.js) of what it shows, with all that a memo needs on it."""

from __future__ import annotations

import html
import json
from functools import cache
from pathlib import Path

import streamlit as st

from analysis.text.calendar import today
from pages.ui import bidi, data, theme
from pages.ui.view import View

FORMS = ("svg", "png")
DARK = "#10161d"
"""The ground of pictures in the dark theme; white in the light one, as paper is."""


@cache
def script() -> str:
    """What the browser does by itself, for `theme.apply`."""
    faces = [
        {"url": face["url"], "range": face["unicodeRange"]} for face in st.get_option("theme.fontFaces") or () if face
    ]
    return Path(__file__).with_name("browser.js").read_text(encoding="utf-8") % {"faces": json.dumps(faces)}


def buttons(view: View, chart: str, title: str, sentence: str, about: str = "") -> str:
    """HTML of the buttons that save a chart as a picture.

    Args:
        view: what is in view.
        chart: the chart's id, for the name of the file.
        title: stands on the picture (plain text), as do:
        sentence: what is in view, in one sentence;
        about: what is counted.
    """
    labels = view.labels
    light = theme.look(labels).palette
    dark = st.context.theme.type == "dark"
    picture = {
        "title": bidi.plain(title),
        "sentence": bidi.plain(sentence),
        "about": bidi.plain(about),
        "source": bidi.plain(source(view)),
        "lang": labels.lang,
        "rtl": labels.rtl,
        "ink": light.ink,
        "soft": light.soft,
        "paper": DARK if dark else "#ffffff",
    }
    given = {
        "picture": json.dumps(picture, ensure_ascii=False),
        "file": file_name(chart),
        "done": labels("chart.saved"),
        "failed": labels("chart.not_saved"),
    }
    data_attributes = " ".join(f'data-{name}="{html.escape(value)}"' for name, value in given.items())
    shown = "".join(
        f'<button type="button" class="mv-small" data-form="{form}" '
        f'aria-label="{html.escape(labels("chart.picture", form=form.upper(), title=bidi.plain(title)))}" '
        f'title="{html.escape(labels(f"chart.{form}_help"))}">{form.upper()}</button>'
        for form in FORMS
    )
    return f'<div class="mv-take" {data_attributes}>{shown}<span role="status" class="mv-said"></span></div>'


def source(view: View) -> str:
    """The line at the foot of a picture: how many statements, from where, when."""
    labels = view.labels
    n = labels("statements.n_statements", n=view.totals.statements)
    here = data.edition()
    parts = [n, labels("app.name")]
    if here.kind == "store":
        parts.append(labels("history.version", n=here.version))
    if view.shows_demo:
        parts.append(labels("chart.has_demo"))
    return " · ".join([*parts, labels.date(today(), view.calendar)])


def file_name(chart: str) -> str:
    """The name of a file about a chart, without its ending: `mavaze-topics-frequency-2024-05-01`."""
    words = "".join(letter if letter.isalnum() else "-" for letter in bidi.plain(chart))
    return f"mavaze-{words.strip('-')[:80]}-{today().isoformat()}"
