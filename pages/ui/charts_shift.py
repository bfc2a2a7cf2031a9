"""Charts of how stances moved: each speaker's positions over time, and before against after."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from pages.ui import bidi
from pages.ui.charts import AXIS, Look, common, width

SYMBOLS = {"for": "triangle-up", "mixed": "diamond", "against": "triangle-down"}
VERDICTS = {"shift": "◆", "noise": "◇", "steady": "●", "not_enough": "○"}
"""The mark of each verdict."""
_DRAWN = {"shift": "diamond", "noise": "diamond-open", "steady": "circle", "not_enough": "circle-open"}
_ROW = 74
_HIGH = 0.27
"""How far from the middle of its row a position for or against stands."""


def timelines(
    look: Look, points: pd.DataFrame, rows: pd.DataFrame, ticks: Sequence[tuple[int, str]], *, picked: str = ""
) -> go.Figure:
    """The positions towards each target in a row of its own, high for, low against, with the cut and both means.

    Args:
        look: direction and colours.
        points: columns row (place from 0), day (a number), stance, n, id (the target), text (the hover lines).
        rows: columns label, shown (a line below the label), id, cut (a day's number, NaN without one), earlier,
            later (means, 0 to 1), first, last (the days of the row's positions).
        ticks: days that are labelled, with their labels.
        picked: the row that stands out.
    """
    palette = look.palette
    first, last = float(points["day"].min()), float(points["day"].max())
    edge = max((last - first) * 0.03, 1)
    labels = [f"{bidi.shorten(label, 24)}\n{shown}" for label, shown in zip(rows["label"], rows["shown"], strict=True)]
    plan = common(look, height=56 + _ROW * max(len(rows), 1))
    beside, ends = ("r", "l") if look.rtl else ("l", "r")
    plan["margin"] |= {"t": 34, beside: width(labels) + 20, ends: 48, "b": 6}
    span = (first - edge, last + edge)
    plan["xaxis"] = AXIS | {
        "range": span[::-1] if look.rtl else span,
        "tickvals": [day for day, _ in ticks],
        "ticktext": [look.text(label) for _, label in ticks],
        "side": "top",
        "gridcolor": palette.grid,
    }
    plan["yaxis"] = AXIS | {
        "tickvals": list(range(len(rows))),
        "ticktext": [look.text(label) for label in labels],
        "range": (len(rows) - 0.5, -0.5),
        "side": "right" if look.rtl else "left",
        "showgrid": False,
        "ticklabelstandoff": 8,
    }
    shapes = [_line(palette.grid, *span, at + 0.5) for at in range(len(rows) - 1)]
    for at, row in enumerate(rows.itertuples()):
        shapes += _levels(look, at, row, stands_out=row.id == picked)
    marks = go.Scatter(
        x=points["day"],
        y=points["row"] - points["stance"].map({"for": _HIGH, "mixed": 0.0, "against": -_HIGH}),
        mode="markers",
        customdata=points[["id"]],
        marker={
            "symbol": [SYMBOLS[stance] for stance in points["stance"]],
            "size": [8 + min(4 * math.log2(n), 10) for n in points["n"]],
            "color": [palette.stance_edge[stance] for stance in points["stance"]],
            "line": {"width": 1, "color": [palette.stance_ink[stance] for stance in points["stance"]]},
        },
        hovertext=[look.text(text) for text in points["text"]],
        hoverinfo="text",
        cliponaxis=False,
        unselected={"marker": {"opacity": 1}},
    )
    return go.Figure(marks, plan | {"shapes": shapes})


def _levels(look: Look, at: int, row, *, stands_out: bool) -> list[dict]:
    """The cut of a row as a dashed line, and the means on both sides as strokes."""
    if math.isnan(row.cut):
        return []
    ink = look.palette.ink if stands_out else look.palette.soft
    cut = {"type": "line", "x0": row.cut - 0.5, "x1": row.cut - 0.5, "y0": at - 0.42, "y1": at + 0.42, "layer": "below"}
    shapes = [cut | {"line": {"color": ink, "width": 1.5, "dash": "dash"}}]
    for start, stop, mean in ((row.first, row.cut - 0.5, row.earlier), (row.cut - 0.5, row.last, row.later)):
        level = at - _HIGH * (2 * mean - 1)
        shapes.append(_line(ink, start, stop, level) | {"line": {"color": ink, "width": 2}})
    return shapes


def _line(colour: str, start: float, stop: float, height: float) -> dict:
    ends = {"x0": start, "x1": stop, "y0": height, "y1": height}
    return ends | {"type": "line", "line": {"color": colour, "width": 1}, "layer": "below"}


def moved(look: Look, frame: pd.DataFrame, *, ends: tuple[str, str], picked: str = "") -> go.Figure:
    """The change of each mean with its interval; right (in Persian left) of the middle is towards `for`.

    Args:
        look: direction and colours.
        frame: columns id, label, shown (a line below the label), change, low, high, verdict, text (the hover lines);
            the first row stands on top.
        ends: what the axis says at -1 and at 1.
        picked: the id of the row that stands out.
    """
    palette, places = look.palette, list(range(len(frame)))
    colours = [
        palette.bar
        if picked in ("", value) and verdict == "shift"
        else palette.ink
        if picked == value
        else palette.soft
        for verdict, value in zip(frame["verdict"], frame["id"], strict=True)
    ]
    labels = [
        f"{bidi.shorten(a, 34)}\n{bidi.shorten(b, 34)}" for a, b in zip(frame["label"], frame["shown"], strict=True)
    ]
    plan = common(look, height=60 + 44 * max(len(frame), 1))
    plan["margin"] |= {"t": 34, "r" if look.rtl else "l": width(labels) + 20, "l" if look.rtl else "r": 14}
    span = (-1.08, 1.08)
    plan["xaxis"] = AXIS | {
        "range": span[::-1] if look.rtl else span,
        "tickvals": [-1, 0, 1],
        "ticktext": [look.text(text) for text in (ends[0], "0" if not look.rtl else "۰", ends[1])],
        "side": "top",
        "gridcolor": palette.grid,
    }
    plan["yaxis"] = AXIS | {
        "tickvals": places,
        "ticktext": [look.text(label) for label in labels],
        "range": (len(frame) - 0.5, -0.5),
        "side": "right" if look.rtl else "left",
        "showgrid": False,
        "ticklabelstandoff": 8,
    }
    middle = _line(palette.edge, 0, 0, 0) | {"y0": -0.5, "y1": len(frame) - 0.5}
    whiskers = [
        {"type": "scatter", "x": [low, high], "y": [at, at], "mode": "lines", "hoverinfo": "skip"}
        | {"line": {"color": colour, "width": 2}}
        for at, low, high, colour in zip(places, frame["low"], frame["high"], colours, strict=True)
    ]
    points = {
        "type": "scatter",
        "x": frame["change"].tolist(),
        "y": places,
        "mode": "markers",
        "customdata": frame[["id"]].to_numpy().tolist(),
        "marker": {"symbol": [_DRAWN[verdict] for verdict in frame["verdict"]], "size": 12, "color": colours}
        | {"line": {"width": 2, "color": colours}},
        "hovertext": [look.text(text) for text in frame["text"]],
        "hoverinfo": "text",
        "unselected": {"marker": {"opacity": 1}},
    }
    return go.Figure({"data": [*whiskers, points], "layout": plan | {"shapes": [middle]}}, _validate=False)


def legend(words: Sequence[tuple[str, str]]) -> str:
    """A legend as HTML: marks with what they mean."""
    parts = (f"<span>{mark} {bidi.escape(text)}</span>" for mark, text in words)
    return f'<div class="mv-legend">{"".join(parts)}</div>'
