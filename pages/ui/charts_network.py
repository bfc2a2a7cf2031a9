"""The network of what is named together. Frames in, an option of ECharts out; no Streamlit.

Places are given, so that the same network is always drawn alike. Communities differ by colour and by shape, links that
are significant by a solid line.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pages.ui import bidi
from pages.ui.charts import Look

WIDTH, HEIGHT = 1000, 560
_SHAPES = ("circle", "rect", "diamond", "triangle", "roundRect", "pin")
_SHAPE_TEXT = ("●", "■", "◆", "▲", "▢", "⬮")


def graph(
    look: Look, nodes: pd.DataFrame, edges: pd.DataFrame, *, picked: Sequence[str] = ()
) -> tuple[str, dict[str, object]]:
    """The network as an option of ECharts.

    Args:
        look: direction and colours.
        nodes: columns id, label, n, community (from 1), x, y (from -1 to 1), text (the hover lines).
        edges: columns a, b, strength (from 0 to 1), sure (bool: a solid line), text (the hover lines); and colour and
            opacity where they mean something.
        picked: ids of the nodes to frame.
    """
    palette = look.palette
    most = float(nodes["n"].max()) if len(nodes) else 1.0
    items = [
        {
            "id": row.id,
            "name": bidi.plain(row.label),
            "x": round(row.x * WIDTH / 2, 1),
            "y": round(row.y * HEIGHT / 2, 1),
            "symbol": _SHAPES[kind(row.community)],
            "symbolSize": round(10 + 38 * (row.n / most) ** 0.5, 1),
            "itemStyle": {
                "color": colour(look, row.community),
                "borderColor": palette.ink if row.id in picked else palette.paper,
                "borderWidth": 3 if row.id in picked else 1,
            },
            "tooltip": {"formatter": _hover(look, row.text)},
        }
        for row in nodes.itertuples()
    ]
    links = [
        {
            "source": row.a,
            "target": row.b,
            "lineStyle": {
                "width": round(1 + 6 * row.strength, 1),
                "type": "solid" if row.sure else "dashed",
                "opacity": getattr(row, "opacity", 0.75 if row.sure else 0.45),
                "color": getattr(row, "colour", palette.edge),
                "curveness": 0.08,
            },
            "tooltip": {"formatter": _hover(look, row.text)},
        }
        for row in edges.itertuples()
    ]
    font = {"fontFamily": "Vazirmatn, sans-serif", "fontSize": 13, "color": palette.ink}
    return "echarts", {
        "height": HEIGHT,
        "animation": False,
        "textStyle": font,
        "tooltip": {
            "backgroundColor": palette.paper,
            "borderColor": palette.grid,
            "textStyle": font,
            "confine": True,
        },
        "series": [
            {
                "type": "graph",
                "layout": "none",
                "preserveAspect": "contain",
                "data": items,
                "links": links,
                "selectedMode": "single",
                "select": {"itemStyle": {"borderColor": palette.ink, "borderWidth": 3}},
                "emphasis": {"focus": "adjacency", "lineStyle": {"opacity": 0.9}},
                "label": {
                    "show": True,
                    "position": "bottom",
                    "distance": 6,
                    "textBorderColor": palette.paper,
                    "textBorderWidth": 2.5,
                    **font,
                },
                "labelLayout": {"hideOverlap": True},
                "left": 70,
                "right": 70,
                "top": 30,
                "bottom": 40,
                "cursor": "pointer",
            }
        ],
    }


def kind(community: int) -> int:
    """The number of a community's shape and colour; those beyond the sixth share the last."""
    return min(community, len(_SHAPES)) - 1


def colour(look: Look, community: int) -> str:
    """A community's colour."""
    return look.palette.series[kind(community)]


def legend(
    look: Look, communities: Sequence[tuple[int, str]], lines: tuple[str, str], colours: tuple[str, str] | None = None
) -> str:
    """The legend as HTML: each community's mark with its members, and what the two kinds of lines mean.

    Args:
        look: direction and colours.
        communities: the number and the members of each.
        lines: what a solid and a dashed line mean.
        colours: those of the two, where they differ.
    """
    parts = [
        f'<span><span class="dot" style="color:{colour(look, number)}">{_SHAPE_TEXT[kind(number)]}</span>'
        f"{bidi.escape(text)}</span>"
        for number, text in communities
    ]
    parts += [
        f'<span><span class="stroke" style="border-top-style:{style};border-top-color:{colour_of}"></span>'
        f"{bidi.escape(text)}</span>"
        for style, text, colour_of in zip(("solid", "dashed"), lines, colours or (look.palette.edge,) * 2, strict=True)
        if text
    ]
    return f'<div class="mv-legend">{"".join(parts)}</div>'


def _hover(look: Look, text: str) -> str:
    direction = "rtl" if look.rtl else "ltr"
    lines = "<br>".join(bidi.inline(line) for line in text.split("\n"))
    return f'<div dir="{direction}">{lines}</div>'
