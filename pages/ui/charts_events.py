"""Events on a chart over time, and a last period that still goes on; no Streamlit."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from pages.ui.charts import Look

LETTER = 7.5
"""About how many pixels a digit of a mark is wide."""

FEW = 15
"""Events up to which a line reaches down to the bars."""


def mark(look: Look, figure: go.Figure, marks: pd.DataFrame) -> None:
    """Draw events as thin lines with their numbers on top; a number can be clicked.

    Args:
        look: words, direction and colours.
        figure: a chart of `charts.columns`.
        marks: columns place, lines, number (text), text (the hover lines), days (what a click returns).
    """
    if marks.empty:
        return
    top = figure.layout.yaxis.range[1]
    figure.update_yaxes(range=(0, top * 1.13))
    line = {"type": "line", "layer": "below", "line": {"color": look.palette.edge, "width": 0.8, "dash": "dot"}}
    places = [place for lines in marks["lines"] for place in lines]
    # Many long lines are a fence that hides the bars; short ones still show where events lie close together.
    foot = 0 if len(places) <= FEW else top * 0.97
    figure.update_layout(shapes=[line | {"x0": place, "x1": place, "y0": foot, "y1": top * 1.03} for place in places])
    figure.add_scatter(
        x=marks["place"],
        y=[top * 1.08] * len(marks),
        mode="markers+text",
        # The marker is what can be hit; nobody sees it.
        marker={"symbol": "square", "size": 20, "color": "rgba(0,0,0,0.003)"},
        text=[look.text(number) for number in marks["number"]],
        textfont={"size": 12, "color": look.palette.ink},
        customdata=marks[["days"]],
        hovertext=[look.text(text) for text in marks["text"]],
        hoverinfo="text",
        cliponaxis=False,
        unselected={"marker": {"opacity": 1}, "textfont": {"color": look.palette.ink}},
    )


def hatch_last(figure: go.Figure, n: int) -> None:
    """Hatch the last of n bars: its period still goes on."""
    figure.data[0].marker.pattern = {"shape": [""] * (n - 1) + ["/"], "fillmode": "overlay", "size": 6, "solidity": 0.3}
