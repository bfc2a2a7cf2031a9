"""Charts of change: lines over time, small multiples of them, and what rises or falls with its interval.

As in `charts.py`: frame in, Plotly figure out, no Streamlit; time runs in the direction of reading.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from pages.ui import bidi
from pages.ui.charts import Look, layout, place_axis, quick, side_margin, value_axis
from pages.ui.palette import DASHES, SYMBOL_TEXT, SYMBOLS

MANY = 60
"""From so many periods on points are small: large ones would hide the line."""
OPEN_DASH = "2px,5px"
"""The stroke that leads to a period which is not over."""
MARKS = {"rising": "▲", "falling": "▼", "unclear": "○"}
"""The mark of each verdict, so that nothing depends on colour alone."""
_SYMBOLS = {"rising": "triangle-up", "falling": "triangle-down", "unclear": "circle-open"}
_PANEL, _BETWEEN, _MARGINS = 190, 86, 94
"""The height of a small chart with its title and labels, of those alone, and what stands above the first and below the
last; in pixels."""
_FARTHEST = 5
"""Odds ratios beyond 2 to this power are drawn at the edge."""


def lines(look: Look, frame: pd.DataFrame, *, ticks: Sequence[str], percent: bool, is_open: bool = False) -> go.Figure:
    """A line for each series over time, told apart by colour, dash and marker.

    Args:
        look: direction and colours.
        frame: columns id, label, place (0, 1, 2 …), value, text (the hover line), period, and mean where the line is a
            moving average beside the values, which are then faint; sorted by id, place.
        ticks: the label of each place.
        percent: whether the values are shares of 1.
        is_open: whether the last period is not complete: its points are hollow, and a dotted line leads to them.
    """
    traces = [
        trace
        for number, (_, rows) in enumerate(frame.groupby("id", sort=False))
        for trace in _series(look, rows, number, last=len(ticks) - 1, is_open=is_open)
    ]
    figure = quick(traces)
    layout(figure, look, height=380)
    place_axis(figure, look, [look.text(label) for label in ticks], most=7)
    value_axis(figure, look, most=_most(frame), percent=percent)
    return figure


def multiples(
    look: Look,
    frame: pd.DataFrame,
    *,
    panels: Sequence[str],
    ticks: Sequence[str],
    percent: bool,
    is_open: bool = False,
    columns: int = 3,
) -> go.Figure:
    """The lines of `lines` in a small chart for each panel, all with the same axes.

    Args:
        look: direction and colours.
        frame: as for `lines`, and panel (a place in `panels`); sorted by panel, id, place.
        panels: the title of each panel, in reading order; up to two lines.
        ticks: the label of each place; the first and the last are written.
        percent: whether the values are shares of 1.
        is_open: whether the last period is not complete.
        columns: how many panels stand side by side.
    """
    columns = max(min(columns, len(panels)), 1)
    n_rows = max(-(-len(panels) // columns), 1)
    height = _MARGINS - _BETWEEN + _PANEL * n_rows
    traces = []
    for panel, found in frame.groupby("panel"):
        axes = {"xaxis": f"x{int(panel) + 1}", "yaxis": f"y{int(panel) + 1}"}  # type: ignore[call-overload]
        for number, (_, rows) in enumerate(found.groupby("id", sort=False)):
            made = _series(look, rows, number, last=len(ticks) - 1, is_open=is_open, small=True)
            traces += [trace | axes for trace in made]
    base = go.Figure()
    layout(base, look, height=height)
    value_axis(base, look, most=_most(frame), percent=percent)
    place_axis(base, look, [look.text(label) for label in ticks], most=2)
    shared = base.to_plotly_json()["layout"]
    across, upright = shared.pop("xaxis"), shared.pop("yaxis")
    # Not at the very ends, where the labels of neighbouring charts would touch.
    ends = sorted({round(part * (len(ticks) - 1)) for part in (0.1, 0.9)}) if ticks else []
    across |= {"tickvals": ends, "ticktext": [look.text(ticks[place]) for place in ends], "tickfont": {"size": 11}}
    upright["tickfont"] = upright["tickfont"] | {"size": 11}
    shared["annotations"] = []
    for place, title in enumerate(panels):
        left, right, bottom, top = _corner(look, place, columns, n_rows, height)
        number = place + 1
        shared[f"xaxis{number}"] = across | {"domain": [left, right], "anchor": f"y{number}"}
        first = {"showticklabels": place % columns == 0}
        shared[f"yaxis{number}"] = upright | first | {"domain": [bottom, top], "anchor": f"x{number}"}
        shared["annotations"].append(
            {"text": look.text(title), "x": (left + right) / 2, "y": top, "xref": "paper", "yref": "paper"}
            | {"showarrow": False, "yanchor": "bottom", "yshift": 4, "font": {"size": 12, "color": look.palette.ink}}
        )
    shared["margin"]["t"] = 48
    return quick(traces, shared)


def _corner(look: Look, place: int, columns: int, n_rows: int, height: int) -> tuple[float, float, float, float]:
    """Left, right, bottom and top of a panel, as parts of the drawing."""
    row, column = divmod(place, columns)
    if look.rtl:
        column = columns - 1 - column
    beside, between = 0.04, _BETWEEN / (height - _MARGINS) if n_rows > 1 else 0.0
    wide, high = (1 - beside * (columns - 1)) / columns, (1 - between * (n_rows - 1)) / n_rows
    left, top = column * (wide + beside), 1 - row * (high + between)
    return left, left + wide, max(top - high, 0.0), top


def intervals(look: Look, frame: pd.DataFrame, *, picked: str = "") -> go.Figure:
    """Odds ratios with their intervals on a scale on which doubling and halving are equally long.

    Args:
        look: direction and colours.
        frame: columns id, label, shown (a line below the label), ratio, low, high, verdict, text (the hover lines);
            the first row stands on top.
        picked: the id of the row that is drawn in full colour while the others fade.
    """
    palette, places = look.palette, list(range(len(frame)))
    middle, low, high = (frame[name].map(_doublings) for name in ("ratio", "low", "high"))
    colour = [
        palette.soft if verdict == "unclear" else palette.bar if picked in ("", value) else palette.bar_faded
        for verdict, value in zip(frame["verdict"], frame["id"], strict=True)
    ]
    figure = go.Figure()
    for at, left, right, ink in zip(places, low, high, colour, strict=True):
        figure.add_scatter(x=[left, right], y=[at, at], mode="lines", line={"color": ink, "width": 2}, hoverinfo="skip")
    figure.add_scatter(
        x=middle,
        y=places,
        mode="markers",
        customdata=frame[["id"]],
        marker={"symbol": [_SYMBOLS[verdict] for verdict in frame["verdict"]], "size": 12, "color": colour}
        | {"line": {"width": 2, "color": colour}},
        hovertext=[look.text(text) for text in frame["text"]],
        hoverinfo="text",
        unselected={"marker": {"opacity": 1}},
    )
    layout(figure, look, height=70 + 40 * max(len(frame), 1))
    labels = [
        f"{bidi.shorten(label, 26)}\n{shown}" for label, shown in zip(frame["label"], frame["shown"], strict=True)
    ]
    side_margin(figure, look, labels)
    far = max(1, math.ceil(max(low.abs().max(), high.abs().max()) - 1e-9)) if len(frame) else 1
    ends = (-far - 0.15, far + 0.15)
    step = 1 if far <= 3 else 2
    values = [value for value in range(-far, far + 1) if value % step == 0]
    figure.update_xaxes(
        range=ends[::-1] if look.rtl else ends,
        tickvals=values,
        ticktext=[look.text(_power(look, value)) for value in values],
        gridcolor=palette.grid,
        side="top",
    )
    figure.add_shape(
        type="line", x0=0, x1=0, y0=-0.5, y1=len(frame) - 0.5, line={"color": palette.edge, "width": 1.5}, layer="below"
    )
    figure.update_yaxes(
        tickvals=places,
        ticktext=[look.text(label) for label in labels],
        range=(len(frame) - 0.5, -0.5),
        side="right" if look.rtl else "left",
        showgrid=False,
        ticklabelstandoff=8,
    )
    figure.update_layout(margin={"t": 30})
    return figure


def times(look: Look, value: float) -> str:
    """How many times as much, in the reader's digits: «۲×», «۰٫۵×»."""
    number = look.labels.decimal(value)
    return f"{number}×" if look.rtl else f"×{number}"


def _power(look: Look, doublings: int) -> str:
    """«۴×», and «۴÷» where it is a quarter: a slash would be a decimal point to Persian readers."""
    number, sign = look.labels.number(2 ** abs(doublings)), "×" if doublings >= 0 else "÷"
    return number + sign if look.rtl else sign + number


def legend(look: Look, labels: Sequence[str], *, open_mark: str = "") -> str:
    """The legend of `lines` as HTML: Plotly's own stands in the wrong order and on the wrong side in Persian.

    Args:
        look: direction and colours.
        labels: the name of each series, in their order.
        open_mark: what a hollow point means; left out where empty.
    """
    parts = []
    for number, label in enumerate(labels):
        colour = look.palette.series[number % 6]
        stroke = {"solid": "solid", "dash": "dashed", "dot": "dotted"}[DASHES[number % 3]]
        parts.append(
            f'<span><span class="stroke" style="border-top-style:{stroke};border-top-color:{colour}"></span>'
            f'<span class="dot" style="color:{colour}">{SYMBOL_TEXT[number % 6]}</span>{bidi.escape(label)}</span>'
        )
    if open_mark:
        parts.append(f'<span><span class="dot">○</span> {bidi.escape(open_mark)}</span>')
    return f'<div class="mv-legend">{"".join(parts)}</div>'


def _series(
    look: Look, rows: pd.DataFrame, number: int, *, last: int, is_open: bool, small: bool = False
) -> list[dict[str, Any]]:
    """A line without points, the stroke to an open end, and the points, which alone can be clicked."""
    colour, symbol = look.palette.series[number % 6], SYMBOLS[number % 6]
    averaged = "mean" in rows
    places, line = rows["place"].tolist(), _values(rows["mean" if averaged else "value"])
    stroke = {"color": colour, "dash": DASHES[number % 3], "width": 1.8 if small else 2.2}
    end = len(places) - 1 if is_open else len(places)
    hidden = {"type": "scatter", "mode": "lines", "hoverinfo": "skip"}
    traces: list[dict[str, Any]] = [hidden | {"x": places[:end], "y": line[:end], "line": stroke}]
    if is_open:
        last_two = slice(max(end - 1, 0), None)
        traces.append(hidden | {"x": places[last_two], "y": line[last_two], "line": stroke | {"dash": OPEN_DASH}})
    size = (4 if small else 5) if last >= MANY or averaged else 6 if small else 8
    hollow = [is_open and place == last for place in places]
    opacity = 0.45 if averaged else 1
    points = {
        "type": "scatter",
        "x": places,
        # Of very many points those at nothing would make a thick band.
        "y": _values(rows["value"].where(rows["value"] != 0) if last >= MANY else rows["value"]),
        "mode": "markers",
        "name": look.text(str(rows["label"].iloc[0])),
        "customdata": rows[["key" if "key" in rows else "id", "period"]].to_numpy().tolist(),
        "marker": {
            "symbol": [f"{symbol}-open" if is_hollow else symbol for is_hollow in hollow],
            "size": [size + 2 if is_hollow else size for is_hollow in hollow],
            "color": colour,
            "opacity": opacity,
            "line": {"width": 1.5 if is_open else 0, "color": colour},
        },
        "hovertext": [look.text(text) for text in rows["text"]],
        "hoverinfo": "text",
        "unselected": {"marker": {"opacity": opacity}},
    }
    return [*traces, points]


def _values(column: pd.Series) -> list[float | None]:
    return [None if math.isnan(value) else value for value in column.tolist()]


def _most(frame: pd.DataFrame) -> float:
    columns = [name for name in ("value", "mean") if name in frame]
    most = frame[columns].max().max() if len(frame) else 1
    return float(most) if most == most else 1.0  # Without any value there is no largest.


def _doublings(ratio: float) -> float:
    return max(-_FARTHEST, min(_FARTHEST, math.log2(ratio))) if ratio > 0 else -_FARTHEST
