"""Scores of positions with their intervals, on the scale of labels. Frame in, Plotly figure out; no Streamlit."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from pages.ui import bidi
from pages.ui.charts import AXIS, Look, common, width

_SYMBOLS = {"for": "triangle-up", "against": "triangle-down", "mixed": "diamond", "thin": "circle-open"}
_ROW, _FOOT = 40, 40
"""Pixels of a row, and below the last one."""


def scores(
    look: Look, frame: pd.DataFrame, *, bounds: list[float], ends: tuple[str, str, str], picked: str = ""
) -> go.Figure:
    """A mark for each score, 0 = against to 1 = for, with its interval; the first row stands on top.

    Args:
        look: direction and colours.
        frame: columns id, label, shown (the label in words, at the row's end), score, low, high, tone (for, against,
            mixed or thin), text (the hover lines).
        bounds: the scores where labels change.
        ends: what stands at 0, at a half and at 1.
        picked: the id of the row that is drawn in full colour while the others fade.
    """
    palette, places = look.palette, list(range(len(frame)))
    labels = [bidi.wrap(label, 22, 2) for label in frame["label"]]
    shown = [bidi.wrap(text, 24, 2) for text in frame["shown"]]
    beside, other = ("r", "l") if look.rtl else ("l", "r")
    plan = common(look, height=16 + _FOOT + _ROW * len(frame))
    plan["margin"] |= {beside: width(labels) + 20, other: width(shown) + 28, "b": _FOOT}
    plan["xaxis"] = AXIS | {
        "range": [1.03, -0.02] if look.rtl else [-0.02, 1.03],
        "tickvals": [0, 0.5, 1],
        "ticktext": [look.text(text) for text in ends],
        "tickfont": {"color": palette.soft},
        "showgrid": False,
    }
    plan["yaxis"] = AXIS | {
        "tickvals": places,
        "ticktext": [look.text(label) for label in labels],
        "range": [len(frame) - 0.5, -0.5],
        "side": "right" if look.rtl else "left",
        "showgrid": False,
        "ticklabelstandoff": 8,
    }
    plan["shapes"] = [_bound(look, at) for at in bounds] + [
        _interval(look, place, row.low, row.high, _ink(look, row.tone), picked in ("", row.id))
        for place, row in enumerate(frame.itertuples())
    ]
    marks = go.Scatter(
        x=frame["score"],
        y=places,
        mode="markers",
        customdata=frame[["id"]],
        marker={
            "symbol": [_SYMBOLS[tone] for tone in frame["tone"]],
            "size": 14,
            "color": [_ink(look, tone) for tone in frame["tone"]],
            "opacity": [1.0 if picked in ("", value) else 0.4 for value in frame["id"]],
            "line": {"width": 1.5, "color": [_ink(look, tone) for tone in frame["tone"]]},
        },
        hovertext=[look.text(text) for text in frame["text"]],
        hoverinfo="text",
        cliponaxis=False,
        unselected={"marker": {"opacity": 1}},
        selected={"marker": {"opacity": 1}},
    )
    words = go.Scatter(
        x=[1.03] * len(frame),
        y=places,
        mode="text",
        text=[
            "<br>".join(f"\u00a0\u00a0{line}\u00a0\u00a0" for line in look.text(text).split("<br>")) for text in shown
        ],
        textposition="middle left" if look.rtl else "middle right",
        textfont={"size": 12},
        cliponaxis=False,
        hoverinfo="skip",
    )
    return go.Figure([marks, words], plan)


def _ink(look: Look, tone: str) -> str:
    return look.palette.soft if tone == "thin" else look.palette.stance_ink[tone]


def _bound(look: Look, at: float) -> dict:
    line = {"color": look.palette.grid, "width": 1, "dash": "solid" if at == 0.5 else "dot"}
    return {"type": "line", "x0": at, "x1": at, "yref": "paper", "y0": 0, "y1": 1, "line": line, "layer": "below"}


def _interval(look: Look, place: int, low: float, high: float, ink: str, full: bool) -> dict:
    line = {"color": ink, "width": 2.5}
    return {
        "type": "line",
        "x0": low,
        "x1": high,
        "y0": place,
        "y1": place,
        "line": line,
        "opacity": 0.55 if full else 0.2,
    }
