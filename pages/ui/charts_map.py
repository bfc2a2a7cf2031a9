"""The map: how often each state is named. Frame in, Plotly figure out; no Streamlit.

Outlines come from `static/topojson` (tools/map_shapes.py makes them), so that no browser asks anybody else for them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import pandas as pd
import plotly.graph_objects as go

from analysis.config import ROOT
from pages.ui import bidi
from pages.ui.charts import Look

SCOPES = {
    "world": {"lonaxis_range": (-168, 190), "lataxis_range": (-56, 82)},
    "west_asia": {"lonaxis_range": (24, 78), "lataxis_range": (9, 45)},
    "europe": {"lonaxis_range": (-14, 48), "lataxis_range": (34, 66)},
}
"""What part of the earth is drawn."""
_WIDTHS = {"world": 460, "west_asia": 560, "europe": 560}


@dataclass(frozen=True)
class Shapes:
    """What can be drawn: the outline's code by ISO 3166-1 alpha-2, and a point where there is no outline."""

    outlines: dict[str, str]
    points: dict[str, tuple[float, float]]


@cache
def shapes() -> Shapes:
    """The shapes of `static/topojson/world_110m.json`."""
    world = json.loads((ROOT / "static" / "topojson" / "world_110m.json").read_text(encoding="utf-8"))
    found = {shape["properties"]["iso2"]: shape["id"] for shape in world["objects"]["countries"]["geometries"]}
    return Shapes(found, {code: (place[0], place[1]) for code, place in world["small"].items()})


def steps(values: pd.Series, colours: int) -> list[float]:
    """The upper ends of up to `colours` classes of the positive values, each as many times the one before.

    Counts are skewed: equally wide classes would leave all states but a few pale.
    """
    found = values[values > 0]
    if found.empty:
        return []
    least, most = float(found.min()), float(found.max())
    return [most * (least / most) ** (power / colours) for power in range(colours - 1, -1, -1)]


def world(look: Look, frame: pd.DataFrame, *, scope: str = "world", picked: str = "") -> go.Figure:
    """Coloured states; those that are too small for an outline are points.

    Args:
        look: direction and colours.
        frame: columns id, iso2, step (the number of the colour, from 1), text (the hover lines).
        scope: one of `SCOPES`.
        picked: the id of the state to frame.
    """
    palette, known = look.palette, shapes()
    figure = go.Figure()
    drawn = frame[frame["iso2"].isin(known.outlines)]
    frames = {"color": [palette.ink if value == picked else palette.paper for value in drawn["id"]]}
    ramp = palette.ramp
    figure.add_choropleth(
        locations=[known.outlines[code] for code in drawn["iso2"]],
        z=drawn["step"],
        zmin=-0.5,
        zmax=len(ramp) - 0.5,
        colorscale=[(edge / len(ramp), colour) for place, colour in enumerate(ramp) for edge in (place, place + 1)],
        showscale=False,
        marker={"line": frames | {"width": [2.5 if value == picked else 0.5 for value in drawn["id"]]}},
        **_points(look, drawn),
    )
    dots = frame[frame["iso2"].isin(known.points)]
    if len(dots):
        places = [known.points[code] for code in dots["iso2"]]
        figure.add_scattergeo(
            lon=[lon for lon, _ in places],
            lat=[lat for _, lat in places],
            marker={
                "size": 11,
                "color": [ramp[value] for value in dots["step"]],
                "line": {
                    "color": [palette.ink if value == picked else palette.edge for value in dots["id"]],
                    "width": [2.5 if value == picked else 1 for value in dots["id"]],
                },
            },
            **_points(look, dots),
        )
    _layout(figure, look, scope)
    return figure


def legend(look: Look, shown: Sequence[str], none: str) -> str:
    """The legend as HTML: a square of each colour with its values, and that of states that are not named."""
    ramp = look.palette.ramp[1:]
    colours = ramp[-len(shown) :] if shown else ()
    parts = [(look.palette.paper, none), *zip(colours, shown, strict=True)]
    edge = look.palette.edge
    squares = "".join(
        f'<span><span class="mv-swatch" style="background:{colour};border-color:{edge}"></span>'
        f"{bidi.escape(text)}</span>"
        for colour, text in parts
    )
    return f'<div class="mv-legend">{squares}</div>'


def _points(look: Look, frame: pd.DataFrame) -> dict[str, object]:
    return {
        "customdata": frame[["id"]],
        "hovertext": [look.text(text) for text in frame["text"]],
        "hoverinfo": "text",
        "unselected": {"marker": {"opacity": 1}},
        "selected": {"marker": {"opacity": 1}},
    }


def _layout(figure: go.Figure, look: Look, scope: str) -> None:
    palette = look.palette
    figure.update_geos(
        resolution=110,
        projection_type="natural earth" if scope == "world" else "mercator",
        showland=True,
        landcolor=palette.paper,
        showcountries=True,
        countrycolor=palette.edge,
        countrywidth=0.5,
        showcoastlines=True,
        coastlinecolor=palette.edge,
        coastlinewidth=0.5,
        showframe=False,
        bgcolor="rgba(0,0,0,0)",
        **SCOPES[scope],
    )
    font = {"family": "Vazirmatn, sans-serif", "size": 13, "color": palette.ink}
    figure.update_layout(
        height=_WIDTHS[scope],
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        font=font,
        paper_bgcolor="rgba(0,0,0,0)",
        showlegend=False,
        dragmode=False,
        clickmode="event+select",
        hoverlabel={
            "bgcolor": palette.paper,
            "bordercolor": palette.grid,
            "align": "right" if look.rtl else "left",
            "font": font,
        },
    )
