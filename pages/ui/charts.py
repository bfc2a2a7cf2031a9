"""Charts: frame in, Plotly figure out; no Streamlit.

Every label is wrapped in an isolate (`bidi.chart`), or Persian would come out in the wrong order. In a right-to-left
page the first column stands on the right. Points carry their id in `customdata`, which is what a click returns.
"""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from pages.ui import bidi
from pages.ui.labels import Labels
from pages.ui.palette import Palette


@dataclass(frozen=True)
class Look:
    """How a chart is drawn: words, direction and colours."""

    labels: Labels
    palette: Palette

    @property
    def rtl(self) -> bool:
        """Whether reading goes from right to left."""
        return self.labels.rtl

    def text(self, text: str) -> str:
        """A label, isolated line by line."""
        return bidi.chart(text, rtl=self.rtl)


def columns(look: Look, frame: pd.DataFrame, *, picked: str = "") -> go.Figure:
    """Upright bars over time.

    Args:
        look: direction and colours.
        frame: columns id, label, n, text (what stands in the hover line).
        picked: the id that is drawn in full colour while the others fade.
    """
    labels = [look.text(label) for label in frame["label"]]
    most = float(frame["n"].max()) if len(frame) else 1.0
    plan = common(look, height=280)
    plan["xaxis"] = AXIS | _places(look, labels, most=7)
    values, shown = _values(look, most)
    plan["yaxis"] = AXIS | _upright(look, values, shown, most)
    plan["margin"] |= {"b": FOOT, "r" if look.rtl else "l": width(shown) + 16}
    bar = go.Bar(
        x=list(range(len(frame))),
        y=frame["n"],
        customdata=frame[["id"]],
        marker={"color": _faded(look, frame["id"], picked), "cornerradius": 3},
        hovertext=[look.text(text) for text in frame["text"]],
        hoverinfo="text",
        **_unfaded(),
    )
    # All of it at once: each later change of a figure is checked anew, and costs as much as the first.
    return go.Figure(bar, plan)


def bars(look: Look, frame: pd.DataFrame, *, picked: str = "") -> go.Figure:
    """Lying bars, the first row on top.

    Args:
        look: direction and colours.
        frame: columns id, label, n, shown (what stands at the bar's end), text (the hover line).
        picked: the id that is drawn in full colour while the others fade.
    """
    places = list(range(len(frame)))
    labels = [bidi.wrap(label, 24, 2) for label in frame["label"]]
    most = float(frame["n"].max()) if len(frame) else 1.0
    plan = common(look, height=24 + 34 * len(frame))
    # The numbers at the bars' ends stand in the margin, which has room for the longest.
    beside, ends = ("r", "l") if look.rtl else ("l", "r")
    plan["margin"] |= {beside: width(labels) + 16, ends: width(list(frame["shown"])) + 10}
    plan["xaxis"] = AXIS | {"visible": False, "range": [most, 0] if look.rtl else [0, most]}
    plan["yaxis"] = AXIS | {
        "tickvals": places,
        "ticktext": [look.text(label) for label in labels],
        "autorange": "reversed",
        "side": "right" if look.rtl else "left",
        "showgrid": False,
        "ticklabelstandoff": 8,
    }
    bar = go.Bar(
        x=frame["n"],
        y=places,
        orientation="h",
        customdata=frame[["id"]],
        marker={"color": _faded(look, frame["id"], picked), "cornerradius": 3},
        text=[look.text(text) for text in frame["shown"]],
        textposition="outside",
        cliponaxis=False,
        hovertext=[look.text(text) for text in frame["text"]],
        hoverinfo="text",
        **_unfaded(),
    )
    return go.Figure(bar, plan | {"bargap": 0.32})


def squares(
    look: Look,
    cells: pd.DataFrame,
    rows: Sequence[str],
    columns: Sequence[str],
    *,
    picked: str = "",
    wide: bool = False,
    links: Sequence[str] = (),
) -> go.Figure:
    """A matrix of clickable cells. A heat map would be natural, but its clicks do not reach the server.

    Args:
        look: direction and colours.
        cells: columns id, row, column (positions from 0), fill, ink, edge (colours), shown (text in the cell), text
            (the hover lines).
        rows: labels of the rows, the first on top.
        columns: labels of the columns, in reading order.
        picked: the id of the cell to frame.
        wide: give each row more height, for cells with up to three lines.
        links: where the label of each row leads to; nowhere where empty.
    """
    height = 52 if wide else 36
    lines = [_rule(look, place) for place in range(1, len(rows))]
    shapes = lines + [_cell(look, cell, cell.id == picked) for cell in cells.itertuples()]
    rows, columns = [bidi.wrap(label, 20, 2) for label in rows], [bidi.shorten(label, 18) for label in columns]
    # Labels of one line that stand at 40 degrees have room even where columns are 26 pixels wide.
    slant = width(columns) * 0.64 + 24
    # The label of the last column reaches beyond it, away from the rows' labels.
    beyond = max(8, width(columns) * 0.77 - 16)
    beside, ends = ("r", "l") if look.rtl else ("l", "r")
    plan = common(look, height=int(slant) + 14 + height * max(len(rows), 1))
    plan["margin"] |= {"t": slant, beside: width(rows) + 16, ends: beyond}
    across = (-0.5, len(columns) - 0.5)
    plan["xaxis"] = AXIS | {
        "tickvals": list(range(len(columns))),
        "ticktext": [look.text(label) for label in columns],
        "tickangle": 40 if look.rtl else -40,
        "side": "top",
        "range": across[::-1] if look.rtl else across,
        "showgrid": False,
    }
    plan["yaxis"] = AXIS | {
        "tickvals": list(range(len(rows))),
        "ticktext": [
            _linked(look.text(label), link) for label, link in zip(rows, links or [""] * len(rows), strict=True)
        ],
        "side": "right" if look.rtl else "left",
        "range": (len(rows) - 0.5, -0.5),
        "showgrid": False,
        "ticklabelstandoff": 6,
    }
    marks = {
        "type": "scatter",
        "x": cells["column"].tolist(),
        "y": cells["row"].tolist(),
        "mode": "markers+text",
        "customdata": cells[["id"]].to_numpy().tolist(),
        "marker": {"symbol": "square", "size": height - 4, "color": "rgba(0,0,0,0.003)", "line": {"width": 0}},
        "text": [look.text(text) for text in cells["shown"]],
        "textfont": {"color": list(cells["ink"]), "size": 12 if wide else 13},
        "hovertext": [look.text(text) for text in cells["text"]],
        "hoverinfo": "text",
        "cliponaxis": False,
        "unselected": {"marker": {"opacity": 1}, "textfont": {"color": None}},
    }
    return quick([marks], plan | {"shapes": shapes})


def quick(traces: list[dict[str, Any]], drawn: dict[str, Any] | None = None) -> go.Figure:
    """A figure whose properties Plotly does not check one by one, which takes a second for a hundred traces."""
    return go.Figure({"data": traces, "layout": drawn or {}}, _validate=False)


def _linked(label: str, link: str) -> str:
    """A label as a link, line by line; the link opens in its place and not in a window of its own, as Plotly has it."""
    if not link:
        return label
    safe = html.escape(link, quote=True)
    return "<br>".join(f'<a href="{safe}" target="_self">{line}</a>' for line in label.split("<br>"))


def _rule(look: Look, place: int) -> dict:
    """A hair line above a row, which leads the eye from its label to cells far away."""
    ends = {"xref": "paper", "x0": 0, "x1": 1, "y0": place - 0.5, "y1": place - 0.5}
    return ends | {"type": "line", "line": {"color": look.palette.grid, "width": 1}, "layer": "below"}


def _cell(look: Look, cell, picked: bool) -> dict:
    edge = {"color": look.palette.ink, "width": 2.5} if picked else {"color": cell.edge, "width": 1}
    box = {"x0": cell.column - 0.47, "x1": cell.column + 0.47, "y0": cell.row - 0.44, "y1": cell.row + 0.44}
    return box | {"type": "rect", "fillcolor": cell.fill, "line": edge, "layer": "below"}


def _faded(look: Look, ids: pd.Series, picked: str) -> list[str]:
    return [look.palette.bar if picked in ("", value) else look.palette.bar_faded for value in ids]


def _unfaded() -> dict:
    # A click would fade every other bar until the next figure; the picked one is shown by its colour already.
    return {"unselected": {"marker": {"opacity": 1}}, "selected": {"marker": {"opacity": 1}}}


FOOT = 46
"""Pixels below a lying axis, for labels of two lines."""
AXIS = {"automargin": False, "zeroline": False, "fixedrange": True, "ticks": ""}
"""What all axes have in common."""


def common(look: Look, *, height: int) -> dict:
    """What all charts have in common: type, colours, margins, and what a click does."""
    font = {"family": "Vazirmatn, sans-serif", "size": 13, "color": look.palette.ink}
    return {
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 16, "b": 8},
        "font": font,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "dragmode": False,
        "clickmode": "event+select",
        "hoverlabel": {
            "bgcolor": look.palette.paper,
            "bordercolor": look.palette.grid,
            "align": "right" if look.rtl else "left",
            "font": font,
        },
    }


def layout(figure: go.Figure, look: Look, *, height: int) -> None:
    """Give a figure what all charts have in common."""
    figure.update_layout(common(look, height=height))
    figure.update_xaxes(AXIS)
    figure.update_yaxes(AXIS)


def width(labels: Sequence[str]) -> float:
    """About how many pixels the longest line is wide."""
    return max((len(line) for label in labels for line in label.split("\n")), default=0) * 7.2


def side_margin(figure: go.Figure, look: Look, labels: Sequence[str]) -> None:
    """Make room for the labels of the upright axis, on the side where reading begins."""
    # Plotly's own margins are too small for labels that stand on the right of an axis, and cut them off.
    figure.update_layout(margin={"r" if look.rtl else "l": width(labels) + 16})


def place_axis(figure: go.Figure, look: Look, labels: list[str], *, most: int) -> None:
    """The lying axis of places 0, 1, 2 …, at most `most` of which have their label."""
    figure.update_layout(margin={"b": FOOT})
    figure.update_xaxes(_places(look, labels, most=most))


def _places(look: Look, labels: list[str], *, most: int) -> dict:
    step = max(1, -(-len(labels) // most))
    # Counted from the end, so that the newest month always has its label.
    places = [place for place in range(len(labels)) if (len(labels) - 1 - place) % step == 0]
    ends = (-0.6, len(labels) - 0.4)
    return {
        "tickvals": places,
        "ticktext": [labels[place] for place in places],
        "range": ends[::-1] if look.rtl else ends,
        "showgrid": False,
        "showline": True,
        "linecolor": look.palette.grid,
        "tickangle": 0,
    }


def value_axis(figure: go.Figure, look: Look, *, most: float, percent: bool = False) -> None:
    """The upright axis of values from 0 to at least `most`, in the reader's digits."""
    values, shown = _values(look, most, percent=percent)
    side_margin(figure, look, shown)
    figure.update_yaxes(_upright(look, values, shown, most))


def _values(look: Look, most: float, *, percent: bool = False) -> tuple[list[float], list[str]]:
    values = steps(most, whole=not percent)
    return values, [look.labels.share(value) if percent else look.labels.number(round(value)) for value in values]


def _upright(look: Look, values: list[float], shown: list[str], most: float) -> dict:
    return {
        "side": "right" if look.rtl else "left",
        "gridcolor": look.palette.grid,
        "range": (0, max(values[-1], most * 1.05)),
        "tickvals": values,
        "ticktext": shown,
        "tickfont": {"color": look.palette.soft},
    }


def steps(most: float, *, whole: bool, about: int = 4) -> list[float]:
    """Round values from 0 to at least `most`, some `about` of them, for an axis in the reader's digits."""
    if most <= 0:
        return [0.0, 1.0]
    raw = most / about
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= raw * (1 - 1e-9))
    if whole:
        step = max(1.0, float(math.ceil(step)))
    return [step * number for number in range(math.ceil(most / step - 1e-9) + 1)]
