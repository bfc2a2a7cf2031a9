"""Agreement and conflict as bars to either side. Frame in, Plotly figure out; no Streamlit."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from pages.ui import bidi
from pages.ui.charts import AXIS, Look, common, width


def colours(look: Look) -> tuple[str, str]:
    """The colours of lines of agreement and of conflict; that of conflict is always dashed as well."""
    return look.palette.stance_ink["for"], look.palette.stance_ink["against"]


def diverging(look: Look, frame: pd.DataFrame, *, picked: str = "") -> go.Figure:
    """Lying bars that go with the reading for what is above nothing, and against it for what is below.

    Args:
        look: direction and colours.
        frame: columns id, label, value, shown (what stands at the bar's end, with its sign), text (the hover lines).
        picked: the id that is drawn in full colour while the others fade.
    """
    places, palette = list(range(len(frame))), look.palette
    labels = [bidi.wrap(label, 34, 2) for label in frame["label"]]
    values = frame["value"].astype("float64")
    low, high = min(float(values.min()), 0.0), max(float(values.max()), 0.0)
    room = (high - low or 1.0) * 0.16  # For the numbers at the bars' ends.
    span = (low - room if low < 0 else 0, high + room)
    plan = common(look, height=24 + 34 * len(frame))
    plan["margin"] |= {"r" if look.rtl else "l": width(labels) + 16}
    plan["xaxis"] = AXIS | {
        "visible": True,
        "showgrid": False,
        "showticklabels": False,
        "zeroline": True,
        "zerolinecolor": palette.edge,
        "range": span[::-1] if look.rtl else span,
    }
    plan["yaxis"] = AXIS | {
        "tickvals": places,
        "ticktext": [look.text(label) for label in labels],
        "autorange": "reversed",
        "side": "right" if look.rtl else "left",
        "showgrid": False,
        "ticklabelstandoff": 8,
    }
    sides = ["for" if value >= 0 else "against" for value in values]
    bar = go.Bar(
        x=values,
        y=places,
        orientation="h",
        customdata=frame[["id"]],
        marker={
            "color": [palette.stance_fill[side] for side in sides],
            "opacity": [1.0 if picked in ("", value) else 0.35 for value in frame["id"]],
            "line": {"color": [palette.stance_edge[side] for side in sides], "width": 1.2},
        },
        text=[look.text(text) for text in frame["shown"]],
        textposition="outside",
        cliponaxis=False,
        hovertext=[look.text(text) for text in frame["text"]],
        hoverinfo="text",
        unselected={"marker": {"opacity": 1}},
        selected={"marker": {"opacity": 1}},
    )
    return go.Figure(bar, plan | {"bargap": 0.32})
