"""Charts of how far codes can be trusted: shares with intervals, and confidence beside what was right; no Streamlit."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from pages.ui import bidi
from pages.ui.charts import AXIS, Look, common, width
from pages.ui.palette import SYMBOLS


def dots(
    look: Look, frame: pd.DataFrame, *, least: float = 0.0, marks: Sequence[float] = (), percent: bool = False
) -> go.Figure:
    """Values between 0 and 1 with their intervals, row by row.

    Args:
        look: direction and colours.
        frame: columns id, label, shown (a line below the label), value, low, high (NaN where unknown), series (number
            of its colour and mark), text (the hover lines); rows with the same label stand in one line.
        least: where the axis begins.
        marks: values at which a line helps reading.
        percent: write the axis as percentages.
    """
    palette = look.palette
    labels = [f"{bidi.shorten(one, 30)}\n{more}" for one, more in zip(frame["label"], frame["shown"], strict=True)]
    rows = list(dict.fromkeys(labels))
    place = {label: number for number, label in enumerate(rows)}
    many = int(frame["series"].max()) + 1 if len(frame) else 1
    at = [
        place[label] + (series - (many - 1) / 2) * 0.3 / max(many - 1, 1) * 1.4
        for label, series in zip(labels, frame["series"], strict=True)
    ]
    ink = [palette.series[int(series)] for series in frame["series"]]
    lines = [
        go.Scatter(x=[low, high], y=[y, y], mode="lines", line={"color": colour, "width": 2.5}, hoverinfo="skip")
        for low, high, y, colour in zip(frame["low"], frame["high"], at, ink, strict=True)
        if pd.notna(low)
    ]
    points = go.Scatter(
        x=frame["value"],
        y=at,
        mode="markers",
        customdata=frame[["id"]],
        marker={"symbol": [SYMBOLS[int(series)] for series in frame["series"]], "size": 11, "color": ink},
        hovertext=[look.text(text) for text in frame["text"]],
        hoverinfo="text",
        unselected={"marker": {"opacity": 1}},
    )
    plan = common(look, height=56 + (38 + 8 * (many - 1)) * max(len(rows), 1))
    plan["margin"] |= {"t": 34, "r" if look.rtl else "l": width(rows) + 16, "l" if look.rtl else "r": 18}
    ticks = [value / 5 for value in range(-5, 6) if value / 5 >= least - 1e-9]
    ends = (least - 0.02, 1.02)
    plan["xaxis"] = AXIS | {
        "range": ends[::-1] if look.rtl else ends,
        "tickvals": ticks,
        "ticktext": [look.labels.share(v) if percent else look.labels.decimal(v, 1) for v in ticks],
        "gridcolor": palette.grid,
        "side": "top",
    }
    plan["yaxis"] = AXIS | {
        "tickvals": list(range(len(rows))),
        "ticktext": [look.text(label) for label in rows],
        "range": (len(rows) - 0.5, -0.5),
        "side": "right" if look.rtl else "left",
        "showgrid": False,
        "ticklabelstandoff": 8,
    }
    shape = {"type": "line", "y0": -0.5, "y1": len(rows) - 0.5, "layer": "below"}
    stroke = {"color": palette.edge, "width": 1.5, "dash": "dot"}
    return go.Figure([*lines, points], plan | {"shapes": [shape | {"x0": x, "x1": x, "line": stroke} for x in marks]})


def calibration(look: Look, frame: pd.DataFrame, words: tuple[str, str]) -> go.Figure:
    """How many codes have which confidence (columns), and how many of such were right when measured (points).

    Args:
        look: direction and colours.
        frame: columns id, label, n, share (of all), confidence (mean), right (NaN where not measured), few (whether
            that rests on too few), text.
        words: what the two marks are called, for those who hover.
    """
    palette, places = look.palette, list(range(len(frame)))
    labels = [look.text(label) for label in frame["label"]]
    columns = go.Bar(
        x=places,
        y=frame["share"],
        customdata=frame[["id"]],
        marker={"color": palette.bar_faded, "cornerradius": 3},
        hovertext=[look.text(text) for text in frame["text"]],
        hoverinfo="text",
        name=words[0],
        unselected={"marker": {"opacity": 1}},
        selected={"marker": {"opacity": 1}},
    )
    measured = frame[frame["right"].notna()]
    at = [places[place] for place in frame.index.get_indexer(measured.index)]
    middle = go.Scatter(
        x=at,
        y=measured["confidence"],
        mode="lines",
        line={"color": palette.soft, "dash": "dot", "width": 1.5},
        hoverinfo="skip",
    )
    right = go.Scatter(
        x=at,
        y=measured["right"],
        mode="markers",
        customdata=measured[["id"]],
        marker={
            "symbol": ["diamond-open" if few else "diamond" for few in measured["few"]],
            "size": 11,
            "color": palette.series[1],
        },
        hovertext=[look.text(text) for text in measured["text"]],
        hoverinfo="text",
        name=words[1],
        unselected={"marker": {"opacity": 1}},
    )
    values = [0.0, 0.25, 0.5, 0.75, 1.0]
    shown = [look.labels.share(value) for value in values]
    ends = (-0.6, len(frame) - 0.4)
    plan = common(look, height=290)
    plan["margin"] |= {"b": 30, "r" if look.rtl else "l": width(shown) + 16}
    plan["xaxis"] = AXIS | {
        "tickvals": places,
        "ticktext": labels,
        "range": ends[::-1] if look.rtl else ends,
        "showgrid": False,
        "tickangle": 0,
    }
    plan["yaxis"] = AXIS | {
        "tickvals": values,
        "ticktext": [look.text(text) for text in shown],
        "range": (0, 1.06),
        "gridcolor": palette.grid,
        "side": "right" if look.rtl else "left",
    }
    return go.Figure([columns, middle, right], plan)
