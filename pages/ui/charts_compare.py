"""Charts of things next to each other: shares with intervals, stances, and what differs most.

As in `charts.py`: frame in, Plotly figure out, no Streamlit. A side is told by the colour and the form of its points,
by its place among those compared.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from pages.ui import bidi
from pages.ui.charts import AXIS, Look, common, steps, width
from pages.ui.palette import MARKS, SYMBOL_TEXT, SYMBOLS

_STANCES = ("for", "mixed", "against")
_FARTHEST = 5
"""Odds ratios beyond 2 to this power are drawn at the edge."""
_STILL = {"unselected": {"marker": {"opacity": 1}}, "selected": {"marker": {"opacity": 1}}}


def sign(look: Look, place: int) -> str:
    """The mark of a side as HTML."""
    return f'<span class="dot" style="color:{look.palette.series[place % 6]}">{SYMBOL_TEXT[place % 6]}</span>'


def legend(look: Look, names: Sequence[str]) -> str:
    """Which mark is whose, as HTML."""
    parts = (f"<span>{sign(look, place)}{bidi.escape(name)}</span>" for place, name in enumerate(names))
    return f'<div class="mv-legend">{"".join(parts)}</div>'


def dots(look: Look, frame: pd.DataFrame, rows: Sequence[str], sides: int, *, picked: str = "") -> go.Figure:
    """Shares with their intervals: a row for each group, in it a point for each side below the other.

    Args:
        look: direction and colours.
        frame: columns key, side (what a click returns), row (place in `rows`), place (of the side), share, low, high,
            few (bool: too few for a share, drawn hollow), text (the hover lines).
        rows: the groups' labels, the first on top.
        sides: how many sides there are.
        picked: the key of the row that is marked.
    """
    high = 10 + 13 * sides + 10
    plan = common(look, height=40 + high * len(rows))
    most = min(float(frame["high"].max()), 1.0) if frame["high"].notna().any() else 1.0
    ends = steps(most, whole=False)
    labels = [bidi.wrap(label, 20, 2) for label in rows]
    plan["margin"] |= {"t": 26, "r" if look.rtl else "l": width(labels) + 16, "l" if look.rtl else "r": 22}
    plan["xaxis"] = _across(
        look, (0, max(ends[-1], most)), ends, [look.labels.share(value, whole=True) for value in ends]
    )
    plan["yaxis"] = _rows(look, labels)
    keys = frame.drop_duplicates("row").set_index("row")["key"]
    plan["shapes"] = _bands(look, [keys.get(place) == picked and bool(picked) for place in range(len(rows))])
    traces: list[dict] = []
    for place, mine in frame[frame["share"].notna()].groupby("place"):
        at = (mine["row"] + (int(place) - (sides - 1) / 2) * 13 / high).tolist()  # type: ignore[call-overload]
        traces += _points(look, int(place), at, mine, middle="share")  # type: ignore[call-overload]
    return _quick(traces, plan)


def ratios(look: Look, frame: pd.DataFrame) -> go.Figure:
    """Odds ratios of at least 1 with their intervals, on a scale on which doubling is always equally long.

    Args:
        look: direction and colours.
        frame: columns key, more, less (what a click returns), label, shown (a line below it), place (of the side that
            has more), ratio, low, high, sure (bool: drawn full), text (the hover lines); the first row stands on top.
    """
    found = frame.assign(**{name: frame[name].map(_doublings) for name in ("ratio", "low", "high")})
    far = max(2, math.ceil(found["high"].max() - 1e-9))
    least = min(-1, math.floor(found["low"].min()))
    values = [value for value in range(least, far + 1) if far - least <= 5 or value % 2 == 0]
    shown = [_power(look, value) for value in values]
    return _ranked(look, found, "ratio", (least - 0.15, far + 0.15), values, shown)


def gaps(look: Look, frame: pd.DataFrame) -> go.Figure:
    """Differences of scores, of at least 0, with their intervals.

    Args:
        look: direction and colours.
        frame: as for `ratios`, with difference in place of ratio.
    """
    least = -0.5 if frame["low"].min() > -0.5 else -1.0
    values = [value / 2 for value in range(int(least * 2), 3)]
    shown = [_minus(look, value) for value in values]
    return _ranked(look, frame, "difference", (least - 0.05, 1.05), values, shown)


def stances(look: Look, frame: pd.DataFrame, groups: Sequence[str], sides: Sequence[str]) -> go.Figure:
    """How many positions are for, both ways and against, as parts of a bar; below each group a bar for each side.

    Args:
        look: direction and colours.
        frame: columns key, side (what a click returns), group, place (of group and side), for, mixed, against, n, few
            (bool: too few for a label, drawn pale), shown (at the bar's end), text (the hover lines).
        groups: the groups' names, the first on top.
        sides: the sides' names; bars have none where there is one only.
    """
    step = len(sides) + 1.1
    at = frame["group"] * step + frame["place"] + 1.15
    last = step * len(groups)
    beside, ends = ("r", "l") if look.rtl else ("l", "r")
    labels = [bidi.shorten(name, 22) for name in sides]
    plan = common(look, height=int(16 + 27 * last))
    plan["margin"] |= {
        "t": 4,
        beside: (width(labels) + 16) if len(sides) > 1 else 8,
        ends: width(list(frame["shown"])) + 14,
    }
    plan["xaxis"] = AXIS | {"visible": False, "range": [1.005, -0.002] if look.rtl else [-0.002, 1.005]}
    plan["yaxis"] = AXIS | {
        "tickvals": at.tolist(),
        "ticktext": [look.text(labels[place]) for place in frame["place"]],
        "range": (last, 0.1),
        "side": "right" if look.rtl else "left",
        "showgrid": False,
        "ticklabelstandoff": 6,
        "showticklabels": len(sides) > 1,
    }
    plan |= {
        "barmode": "stack",
        "bargap": 0.22,
        "annotations": [_head(look, name, number * step + 0.36) for number, name in enumerate(groups)],
    }
    drawn = frame.assign(at=at)
    return _quick([*(_part(look, drawn, stance) for stance in _STANCES), _ends(look, drawn)], plan)


def _part(look: Look, frame: pd.DataFrame, stance: str) -> dict:
    palette = look.palette
    shares = frame[stance] / frame["n"].where(frame["n"] > 0)
    few = frame["few"].tolist()
    return {
        "type": "bar",
        "x": shares.fillna(0.0).tolist(),
        "y": frame["at"].tolist(),
        "orientation": "h",
        "customdata": frame[["side", "key"]].to_numpy().tolist(),
        "marker": {
            "color": [palette.stance_fill["thin" if thin else stance] for thin in few],
            "line": {"color": palette.stance_edge[stance], "width": 1},
        },
        # A number that has no room in its part stands in the hover lines only.
        "text": [
            look.text(f"{MARKS[stance]} {look.labels.number(int(n))}") if share > 0.12 else ""
            for n, share in zip(frame[stance], shares.fillna(0.0), strict=True)
        ],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"color": [palette.stance_ink["thin" if thin else stance] for thin in few]},
        "constraintext": "none",
        "hovertext": [look.text(text) for text in frame["text"]],
        "hoverinfo": "text",
        **_STILL,
    }


def _ends(look: Look, frame: pd.DataFrame) -> dict:
    return {
        "type": "scatter",
        # Where there is no position there is no bar either: what is shown stands where it would begin.
        "x": [1.0 if n else 0.0 for n in frame["n"]],
        "y": frame["at"].tolist(),
        "mode": "text",
        "text": [look.text(f"\u00a0{text}\u00a0") for text in frame["shown"]],
        "customdata": frame[["side", "key"]].to_numpy().tolist(),
        "textposition": "middle left" if look.rtl else "middle right",
        "textfont": {"color": look.palette.soft, "size": 12},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _head(look: Look, name: str, at: float) -> dict:
    # Centred in its box: in Persian, text that is drawn from its end would be moved by its own length.
    end = "right" if look.rtl else "left"
    place = {"x": 0, "xref": "x", "y": at, "yref": "y", "xanchor": end, "yanchor": "middle", "align": "center"}
    return place | {"text": f"<b>{look.text(bidi.shorten(name, 60))}</b>", "showarrow": False, "font": {"size": 13}}


def _ranked(
    look: Look, frame: pd.DataFrame, middle: str, ends: tuple[float, float], values: list, shown: list[str]
) -> go.Figure:
    """Rows with a point and an interval each; 0 is where nothing differs."""
    labels = [
        f"{bidi.shorten(label, 24)}\n{below}" for label, below in zip(frame["label"], frame["shown"], strict=True)
    ]
    plan = common(look, height=44 + 42 * max(len(frame), 1))
    plan["margin"] |= {"t": 30, "r" if look.rtl else "l": width(labels) + 16, "l" if look.rtl else "r": 16}
    plan["xaxis"] = _across(look, ends, values, shown)
    plan["yaxis"] = _rows(look, labels)
    line = {"type": "line", "x0": 0, "x1": 0, "y0": -0.5, "y1": len(frame) - 0.5, "layer": "below"}
    plan["shapes"] = [line | {"line": {"color": look.palette.edge, "width": 1.5}}]
    traces: list[dict] = []
    for place, mine in frame.assign(row=range(len(frame))).groupby("place"):
        mine = mine.assign(few=~mine["sure"])
        traces += _points(look, int(place), mine["row"].tolist(), mine, middle=middle, size=11)  # type: ignore[call-overload]
    return _quick(traces, plan)


def _points(look: Look, place: int, at: list[float], frame: pd.DataFrame, *, middle: str, size: int = 9) -> list[dict]:
    """A side's intervals as one broken line, and its points, which alone can be clicked."""
    colour, symbol = look.palette.series[place % 6], SYMBOLS[place % 6]
    across: list[float | None] = []
    upright: list[float | None] = []
    for low, high, y in zip(frame["low"], frame["high"], at, strict=True):
        across += [low, high, None]
        upright += [y, y, None]
    ids = frame[["side", "key"]] if "side" in frame else frame[["key", "more", "less"]]
    hidden = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "x": across, "y": upright}
    return [
        hidden | {"line": {"color": colour, "width": 1.6}},
        {
            "type": "scatter",
            "mode": "markers",
            "x": frame[middle].tolist(),
            "y": at,
            "customdata": ids.to_numpy().tolist(),
            "marker": {
                "symbol": [f"{symbol}-open" if few else symbol for few in frame["few"]],
                "size": size,
                "color": colour,
                "line": {"width": 2, "color": colour},
            },
            "hovertext": [look.text(text) for text in frame["text"]],
            "hoverinfo": "text",
            "cliponaxis": False,
            **_STILL,
        },
    ]


def _across(look: Look, ends: tuple[float, float], values: Sequence[float], shown: Sequence[str]) -> dict:
    return AXIS | {
        "range": ends[::-1] if look.rtl else ends,
        "tickvals": list(values),
        "ticktext": [look.text(text) for text in shown],
        "tickfont": {"color": look.palette.soft, "size": 12},
        "gridcolor": look.palette.grid,
        "side": "top",
    }


def _rows(look: Look, labels: Sequence[str]) -> dict:
    return AXIS | {
        "tickvals": list(range(len(labels))),
        "ticktext": [look.text(label) for label in labels],
        "range": (len(labels) - 0.5, -0.5),
        "side": "right" if look.rtl else "left",
        "showgrid": False,
        "ticklabelstandoff": 8,
    }


def _bands(look: Look, picked: Sequence[bool]) -> list[dict]:
    """A hair line between rows, and a frame around the one that is picked."""
    whole = {"xref": "paper", "x0": 0, "x1": 1, "layer": "below"}
    rules = [
        whole | {"type": "line", "y0": place - 0.5, "y1": place - 0.5, "line": {"color": look.palette.grid, "width": 1}}
        for place in range(1, len(picked))
    ]
    frames = [
        whole
        | {"type": "rect", "y0": place - 0.48, "y1": place + 0.48, "line": {"color": look.palette.ink, "width": 1.5}}
        for place, is_picked in enumerate(picked)
        if is_picked
    ]
    return rules + frames


def _quick(traces: list[dict], plan: dict) -> go.Figure:
    """A figure whose properties Plotly does not check one by one, which takes longer than to draw it."""
    return go.Figure({"data": traces, "layout": plan}, _validate=False)


def _doublings(ratio: float) -> float:
    return max(-_FARTHEST, min(_FARTHEST, math.log2(ratio))) if ratio > 0 else -_FARTHEST


def _power(look: Look, doublings: int) -> str:
    """«۴×», and «۴÷» where it is a quarter: a slash would be a decimal point to Persian readers."""
    number, mark = look.labels.number(2 ** abs(doublings)), "×" if doublings >= 0 else "÷"
    return number + mark if look.rtl else mark + number


def _minus(look: Look, value: float) -> str:
    """A number whose minus stands where Persian readers expect it in a line from right to left: behind the digits."""
    text = look.labels.decimal(abs(value), 1)
    return text if value >= 0 else f"{text}\u2212" if look.rtl else f"\u2212{text}"
