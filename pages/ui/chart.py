"""A chart with all that belongs to it: heading, what is counted, the table behind it, CSV and pictures."""

from __future__ import annotations

from collections.abc import Callable
from zlib import crc32

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from analysis.measure.sentence import say
from pages.ui import bidi, explained, pictures, tables
from pages.ui.headings import heading
from pages.ui.view import View

Figure = go.Figure | tuple[str, dict]
"""A Plotly figure, or `("echarts", option)`, whose `height` are pixels."""
OnClick = Callable[[list], object]
FIGURES = "mv_figures"
"""Where the session keeps the figures of the page that is shown."""


def figure[T](view: View, name: str, shown: T) -> T:
    """Register a number or a frame that a page shows, so that it can be compared with the tables.

    Args:
        view: what is in view.
        name: tells the figures of a page apart.
        shown: the number, or the frame with ids and numbers.

    Returns:
        what was given.
    """
    st.session_state.setdefault(FIGURES, {})[name] = shown
    return shown


def forget_figures() -> None:
    """Begin a page that has shown nothing yet."""
    st.session_state[FIGURES] = {}


def chart(
    view: View,
    name: str,
    drawn: Figure,
    data: pd.DataFrame,
    *,
    on_click: OnClick | None = None,
    note: str = "",
    titled: bool = True,
    legend: str = "",
    finding: str = "",
    part: str = "",
) -> None:
    """A chart; a click on one of its points runs `on_click(customdata)` before the page is drawn again.

    Args:
        view: what is in view.
        name: `chart.NAME` is its title, `about.NAME` (where there is one) says what is counted.
        drawn: the figure.
        data: the frame that it shows, with ids and numbers: the table and the CSV behind it.
        on_click: takes what a point carries: its `customdata`, or the item's `name` in ECharts.
        note: what is counted, instead of `about.NAME`.
        titled: whether the title is drawn as a heading.
        legend: HTML that stands above the chart, and on its pictures.
        finding: what the chart shows in one sentence, for those who do not see it.
        part: tells the charts of one name on a page apart; stands behind the title.
    """
    labels = view.labels
    title = labels(f"chart.{name}") + (f" · {part}" if part else "")
    about = note or labels.get(f"about.{name}", "")
    whole = f"{name}.{part}" if part else name
    key = slug(whole)
    figure(view, whole, data)
    with st.container(key=f"mv_chart_{key}", gap="small"):
        if titled:
            heading(title, about)
        if legend:
            st.html(legend)
        alt = title + labels("app.colon") + (finding or labels("chart.alt", n=len(data)))
        _draw(drawn, key=f"chart_{key}", alt=alt, on_click=on_click)
        _behind(view, key, whole, title, about, data)


def slug(name: str) -> str:
    """A name as part of a widget's key, which becomes a CSS class: what no class can hold becomes a check sum."""
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in name)
    return plain if name.isascii() else f"{plain.strip('_')}_{crc32(name.encode()):08x}"


def _draw(drawn: Figure, *, key: str, alt: str, on_click: OnClick | None) -> None:
    def take() -> None:
        found = picked(drawn[1], key) if isinstance(drawn, tuple) else clicked(key)
        if found and on_click:
            on_click(found)

    if isinstance(drawn, tuple):
        selected = {"on_select": take} if on_click else {}
        height = drawn[1].get("height", "content")
        option = {name: value for name, value in drawn[1].items() if name != "height"}
        st.echarts_chart(option, key=key, theme=None, alt=alt, renderer="svg", height=height, **selected)
        return
    selected = {"on_select": take, "selection_mode": "points"} if on_click else {}
    config = {"displayModeBar": False, "displaylogo": False, "topojsonURL": "app/static/topojson/", "scrollZoom": False}
    st.plotly_chart(drawn, key=key, theme=None, alt=alt, config=config, **selected)


@st.fragment
def _behind(view: View, key: str, name: str, title: str, text: str, data: pd.DataFrame) -> None:
    """The table, the CSV and the pictures. A fragment: opening the table draws nothing else again."""
    labels = view.labels
    with st.container(horizontal=True, vertical_alignment="top", gap="small", key=f"mv_behind_{key}"):
        table = st.expander(labels("app.table"), key=f"table_{key}", on_change="rerun", type="compact")
        with table:
            if table.open:
                tables.show(view, data, title)
        _explained(view, key, name)
        st.download_button(
            "CSV",
            data=lambda: tables.csv(view, data),
            file_name=f"{pictures.file_name(name)}.csv",
            mime="text/csv",
            help=labels("chart.csv_help", title=bidi.plain(title)),
            on_click="ignore",
            key=f"csv_{key}",
            width="content",
        )
        sentence = say(view.filters, view.names, view.calendar)
        st.html(pictures.buttons(view, name, title, sentence, text), width="content")


def _explained(view: View, key: str, name: str) -> None:
    """What the chart shows and how it is computed, behind a question mark."""
    labels = view.labels
    words = explained.of(labels.lang, name)
    if words is None:
        return
    opened = st.popover(
        labels("explained.sign"), key=f"why_{key}", help=labels("explained.open"), on_change="rerun", width="content"
    )
    with opened:
        if opened.open:
            parts = [("read", words.read), ("how", words.how), ("source", words.source)]
            shown = "".join(
                f"<dt>{labels(f'explained.{part}')}</dt><dd>{bidi.inline(text)}</dd>" for part, text in parts if text
            )
            st.html(f'<dl class="mv-explained">{shown}</dl>')


def clicked(event_key: str) -> list:
    """What the point that a reader clicked on carries; empty where the click undid a selection."""
    points = (st.session_state[event_key] or {}).get("selection", {}).get("points", [])
    found = points[0].get("customdata") if points else None
    if isinstance(found, dict):  # Plotly sends an array as {"0": …}.
        found = list(found.values())
    return list(found) if isinstance(found, (list, tuple)) else [found] if found else []


def picked(option: dict, event_key: str) -> list:
    """The id (or name) of the item of an ECharts chart that a reader clicked on; of a link, those of both its ends."""
    groups = (st.session_state[event_key] or {}).get("selection", {}).get("selected", [])
    for group in groups:
        series, at = option["series"][group["series_index"]], group["data_indices"][-1]
        if group["data_type"] == "edge":
            link = (series.get("links") or series.get("edges"))[at]
            return [link["source"], link["target"]]
        item = series["data"][at]
        return [item.get("id", item.get("name")) if isinstance(item, dict) else item]
    return []
