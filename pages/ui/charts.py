"""Charts: frame in, Plotly figure out; no Streamlit.

Every label is wrapped in an isolate (`bidi.chart`), or Persian would come out in the wrong order. In a right-to-left
page the first column stands on the right. Points carry their id in `customdata`, which is what a click returns.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

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
    places = list(range(len(frame)))
    figure = go.Figure(
        go.Bar(
            x=places,
            y=frame["n"],
            customdata=frame[["id"]],
            marker={"color": _faded(look, frame["id"], picked), "cornerradius": 3},
            hovertext=[look.text(text) for text in frame["text"]],
            hoverinfo="text",
            **_unfaded(),
        )
    )
    layout(figure, look, height=280)
    place_axis(figure, look, [look.text(label) for label in frame["label"]], most=7)
    value_axis(figure, look, most=float(frame["n"].max()) if len(frame) else 1)
    return figure


def bars(look: Look, frame: pd.DataFrame, *, picked: str = "") -> go.Figure:
    """Lying bars, the first row on top.

    Args:
        look: direction and colours.
        frame: columns id, label, n, shown (what stands at the bar's end), text (the hover line).
        picked: the id that is drawn in full colour while the others fade.
    """
    places = list(range(len(frame)))
    figure = go.Figure(
        go.Bar(
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
    )
    labels = [bidi.wrap(label, 24, 2) for label in frame["label"]]
    layout(figure, look, height=24 + 34 * len(frame))
    side_margin(figure, look, labels)
    most = float(frame["n"].max()) if len(frame) else 1.0
    # The numbers at the bars' ends stand in the margin, which has room for the longest.
    figure.update_layout(margin={"l" if look.rtl else "r": width(list(frame["shown"])) + 10})
    figure.update_xaxes(visible=False, range=[most, 0] if look.rtl else [0, most])
    figure.update_yaxes(
        tickvals=places,
        ticktext=[look.text(label) for label in labels],
        autorange="reversed",
        side="right" if look.rtl else "left",
        showgrid=False,
        ticklabelstandoff=8,
    )
    figure.update_layout(bargap=0.32)
    return figure


def squares(
    look: Look,
    cells: pd.DataFrame,
    rows: Sequence[str],
    columns: Sequence[str],
    *,
    picked: str = "",
    wide: bool = False,
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
    """
    height = 52 if wide else 36
    figure = go.Figure(
        go.Scatter(
            x=cells["column"],
            y=cells["row"],
            mode="markers+text",
            customdata=cells[["id"]],
            marker={"symbol": "square", "size": height - 4, "color": "rgba(0,0,0,0.003)", "line": {"width": 0}},
            text=[look.text(text) for text in cells["shown"]],
            textfont={"color": list(cells["ink"]), "size": 12 if wide else 13},
            hovertext=[look.text(text) for text in cells["text"]],
            hoverinfo="text",
            cliponaxis=False,
            unselected={"marker": {"opacity": 1}, "textfont": {"color": None}},
        )
    )
    lines = [_rule(look, place) for place in range(1, len(rows))]
    figure.update_layout(shapes=lines + [_cell(look, cell, cell.id == picked) for cell in cells.itertuples()])
    rows, columns = [bidi.wrap(label, 20, 2) for label in rows], [bidi.shorten(label, 18) for label in columns]
    # Labels of one line that stand at 40 degrees have room even where columns are 26 pixels wide.
    slant = width(columns) * 0.64 + 24
    layout(figure, look, height=int(slant) + 14 + height * max(len(rows), 1))
    side_margin(figure, look, rows)
    # The label of the last column reaches beyond it, away from the rows' labels.
    beyond = max(8, width(columns) * 0.77 - 16)
    figure.update_layout(margin={"t": slant, "l" if look.rtl else "r": beyond})
    ends = (-0.5, len(columns) - 0.5)
    figure.update_xaxes(
        tickvals=list(range(len(columns))),
        ticktext=[look.text(label) for label in columns],
        tickangle=40 if look.rtl else -40,
        side="top",
        range=ends[::-1] if look.rtl else ends,
        showgrid=False,
    )
    figure.update_yaxes(
        tickvals=list(range(len(rows))),
        ticktext=[look.text(label) for label in rows],
        side="right" if look.rtl else "left",
        range=(len(rows) - 0.5, -0.5),
        showgrid=False,
        ticklabelstandoff=6,
    )
    return figure


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


def layout(figure: go.Figure, look: Look, *, height: int) -> None:
    """What all charts have in common: type, colours, margins, and what a click does."""
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 16, "b": 8},
        font={"family": "Vazirmatn, sans-serif", "size": 13, "color": look.palette.ink},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        showlegend=False,
        dragmode=False,
        clickmode="event+select",
        hoverlabel={
            "bgcolor": look.palette.paper,
            "bordercolor": look.palette.grid,
            "align": "right" if look.rtl else "left",
        }
        | {"font": {"family": "Vazirmatn, sans-serif", "size": 13, "color": look.palette.ink}},
    )
    figure.update_xaxes(automargin=False, zeroline=False, fixedrange=True, ticks="")
    figure.update_yaxes(automargin=False, zeroline=False, fixedrange=True, ticks="")


def width(labels: Sequence[str]) -> float:
    """About how many pixels the longest line is wide."""
    return max((len(line) for label in labels for line in label.split("\n")), default=0) * 7.2


def side_margin(figure: go.Figure, look: Look, labels: Sequence[str]) -> None:
    """Make room for the labels of the upright axis, on the side where reading begins."""
    # Plotly's own margins are too small for labels that stand on the right of an axis, and cut them off.
    figure.update_layout(margin={"r" if look.rtl else "l": width(labels) + 16})


def place_axis(figure: go.Figure, look: Look, labels: list[str], *, most: int) -> None:
    """The lying axis of places 0, 1, 2 …, at most `most` of which have their label."""
    step = max(1, -(-len(labels) // most))
    # Counted from the end, so that the newest month always has its label.
    places = [place for place in range(len(labels)) if (len(labels) - 1 - place) % step == 0]
    ends = (-0.6, len(labels) - 0.4)
    figure.update_layout(margin={"b": 46})
    figure.update_xaxes(
        tickvals=places,
        ticktext=[labels[place] for place in places],
        range=ends[::-1] if look.rtl else ends,
        showgrid=False,
        showline=True,
        linecolor=look.palette.grid,
        tickangle=0,
    )


def value_axis(figure: go.Figure, look: Look, *, most: float, percent: bool = False) -> None:
    """The upright axis of values from 0 to at least `most`, in the reader's digits."""
    values = steps(most, whole=not percent)
    shown = [look.labels.share(value) if percent else look.labels.number(round(value)) for value in values]
    side_margin(figure, look, shown)
    figure.update_yaxes(
        side="right" if look.rtl else "left",
        gridcolor=look.palette.grid,
        range=(0, max(values[-1], most * 1.05)),
        tickvals=values,
        ticktext=shown,
        tickfont={"color": look.palette.soft},
    )


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
