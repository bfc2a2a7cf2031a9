"""The pictures of a brief: Vega-Lite specifications, drawn without a browser and without asking any host.

Bars have their numbers beside them and nothing is told by colour alone, so that a print in grey says the same.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import pandas as pd
import vl_convert

from analysis.config import ROOT
from analysis.lexicon.labels import Names
from analysis.schema import STANCES
from analysis.text.bidi import line, turned
from analysis.text.words import Words

FONTS = ROOT / "static" / "fonts"
WIDTH = 332
"""Width in CSS pixels: half a line of the page."""
_VERSION = "5.21"
_INK, _SOFT, _BAR, _PALE, _EDGE = "#18212d", "#556070", "#1d4f80", "#b9c9da", "#7b8899"
_ROW, _LABEL, _LETTERS = 19, 128, 23
"""Height of a bar's row, width of the names beside the bars, and letters of a name that fit there."""
_HEAD = 18
_TIME_HEIGHT, _BELOW, _SIDE, _TICKS = 104, 30, 32, 5
"""Height of the columns and of what stands below them, room at both sides, and how many periods are named."""
_ROWS = {"field": "row", "type": "ordinal", "axis": None}
_SCALE = 3.0
"""Dots for each CSS pixel of a PNG: some 290 to the inch."""


@dataclass(frozen=True)
class Picture:
    """A picture.

    Attributes:
        name: tells it apart.
        title, note: stand above it; `alt` says for those who do not see it what it shows.
        spec: the specification as JSON.
        height: in CSS pixels.
    """

    name: str
    title: str
    note: str
    alt: str
    spec: str
    height: int


def svg(picture: Picture) -> str:
    """The picture as an SVG element whose texts are texts."""
    return _svg(picture.spec)


def png(picture: Picture) -> bytes:
    """The picture as a PNG."""
    _fonts()
    drawn: bytes = vl_convert.svg_to_png(svg(picture), scale=_SCALE)
    return drawn


def topics(counts: pd.DataFrame, n: int, names: Names) -> Picture:
    """What statements are about: shares with their numbers (columns topic, n, share)."""
    labels = names.labels
    given = counts.to_dict("records")
    shown = [labels("brief.share_n", share=labels.share(row["share"]), n=int(row["n"])) for row in given]
    rows = [
        {
            "row": place,
            "name": _short(names.topic(row["topic"]), labels),
            "n": int(row["n"]),
            "shown": _turned(words, labels),
        }
        for place, (row, words) in enumerate(zip(given, shown, strict=True))
    ]
    x = _across("n", labels, 1.75 * int(counts["n"].max()))
    bars = {"mark": {"type": "bar", "color": _BAR, "height": 12}, "encoding": {"x": x}}
    numbers = {"mark": _text(labels, dx=4), "encoding": {"x": x, "text": {"field": "shown"}}}
    spec = {"data": {"values": rows}, "encoding": {"y": _ROWS}, "layer": [bars, numbers, _beside(labels)]}
    first = f"{line(names.topic(counts['topic'].iloc[0]))} {shown[0]}"
    return _picture("topics", labels, spec, labels("brief.topics_note", n=n), first, len(rows) * _ROW)


def sides(counts: pd.DataFrame, n: int, names: Names) -> Picture:
    """Positions for, mixed and against by target, each in a column of its own (columns target, n and the stances)."""
    labels = names.labels
    order = ("for", "mixed", "against")
    most = max(int(counts[list(STANCES)].to_numpy().max()), 1)
    given = counts.to_dict("records")
    rows = [
        {
            "row": place,
            "name": _short(names.target(row["target"]), labels),
            "start": column,
            "stop": column + 0.62 * int(row[stance]) / most,
            "stance": stance,
            "shown": labels.number(int(row[stance])),
        }
        for place, row in enumerate(given)
        for column, stance in enumerate(order)
    ]
    heads = [
        {"start": column, "shown": _turned(labels(f"stance.{stance}").split(" ")[0], labels)}
        for column, stance in enumerate(order)
    ]
    fill = {"domain": list(order), "range": [_BAR, "#c9cfd6", "#e0a04a"]}
    colour = {"field": "stance", "type": "nominal", "scale": fill, "legend": None}
    x, stop = _across("start", labels, 3), {"field": "stop"}
    bars = {
        "mark": {"type": "bar", "height": 12, "stroke": _EDGE, "strokeWidth": 0.4},
        "encoding": {"y": _ROWS, "x": x, "x2": stop, "color": colour},
    }
    numbers = {"mark": _text(labels, dx=3), "encoding": {"y": _ROWS, "x": x | stop, "text": {"field": "shown"}}}
    above = {
        "data": {"values": heads},
        "mark": _text(labels) | {"color": _SOFT, "fontWeight": "bold"},
        "encoding": {"x": x, "y": {"value": -_HEAD / 2}, "text": {"field": "shown"}},
    }
    beside = _beside(labels) | {"data": {"values": rows[:: len(order)]}}
    beside["encoding"] |= {"y": _ROWS}
    layers = [bars, numbers, above, beside]
    spec = {"data": {"values": rows}, "layer": layers, "height": len(given) * _ROW, "padding": _padding(labels, _HEAD)}
    top = given[0]
    words = labels("brief.count", **{key: int(top[key]) for key in (*STANCES, "n")})
    alt = f"{line(names.target(top['target']))}{labels('app.colon')}{words}"
    return _picture("sides", labels, spec, labels("brief.sides_note", n=n), alt, len(counts) * _ROW + _HEAD)


def time(counts: pd.DataFrame, labels: Words, *, incomplete: bool) -> Picture:
    """Statements by period (columns period, n); an incomplete last one is pale."""
    keys = list(counts["period"])
    step = -(-len(keys) // _TICKS)
    ticks = {
        key: [_turned(part, labels) for part in labels.period(key, lines=True).split("\n")] for key in keys[::step]
    }
    rows = [
        {"key": key, "n": int(n), "pale": incomplete and key == keys[-1]}
        for key, n in zip(keys, counts["n"], strict=True)
    ]
    axis = {
        "values": list(ticks),
        "labelExpr": f"{json.dumps(ticks, ensure_ascii=False)}[datum.value]",
        "labelAngle": 0,
    }
    most = int(counts["n"].max())
    marks = sorted({most // 2, most} - {0})
    shown = {str(n): labels.number(n) for n in marks}
    encoding = {
        "x": {
            "field": "key",
            "type": "ordinal",
            "scale": {"reverse": labels.rtl, "paddingInner": 0.15},
            "axis": axis | {"title": None, "ticks": False, "labelOverlap": False, "domainColor": _EDGE},
        },
        "y": {
            "field": "n",
            "type": "quantitative",
            "axis": {
                "values": marks,
                "labelExpr": f"{json.dumps(shown, ensure_ascii=False)}[datum.value]",
                "title": None,
                "orient": "right" if labels.rtl else "left",
                "domain": False,
                "ticks": False,
                "gridColor": "#dfe4ea",
            },
        },
        "color": {"condition": {"test": "datum.pale", "value": _PALE}, "value": _BAR},
    }
    bars = {"type": "bar", "stroke": _BAR, "strokeWidth": 0.5}
    spec = {
        "data": {"values": rows},
        "mark": bars,
        "encoding": encoding,
        "width": WIDTH - 2 * _SIDE,
        "height": _TIME_HEIGHT,
    }
    spec["padding"] = {"left": _SIDE, "right": _SIDE, "top": 6, "bottom": _BELOW}
    top = counts.iloc[int(counts["n"].argmax())].to_dict()
    period = labels.period(top["period"])
    alt = labels("brief.most_in", period=period, n=int(top["n"]), of=int(counts["n"].sum()))
    note = labels("brief.time_note", n=int(counts["n"].sum()))
    if incomplete:
        note += " " + labels("brief.incomplete", period=labels.period(keys[-1]))
    return _picture("time", labels, spec, note, alt, _TIME_HEIGHT + _BELOW + 3)


def _picture(name: str, labels: Words, spec: dict[str, Any], note: str, alt: str, height: int) -> Picture:
    title = labels(f"brief.{name}")
    padding = spec.get("padding", _padding(labels))
    whole = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": WIDTH - _LABEL,
        "height": height,
        "autosize": {"type": "none"},  # The same size whatever the names.
        "padding": padding,
        "background": None,
        "config": {
            "font": "Vazirmatn",
            "view": {"stroke": None},
            "axis": {"labelFontSize": 10.5, "labelColor": _INK, "grid": name == "time"},
            "text": {"fontSize": 10.5, "baseline": "middle"},
        },
        **spec,
    }
    return Picture(name, title, note, f"{title}{labels('app.colon')}{alt}", json.dumps(whole), height + 6)


def _padding(labels: Words, top: int = 0) -> dict[str, int]:
    """Room for the names, where reading begins."""
    before, after = ("right", "left") if labels.rtl else ("left", "right")
    return {before: _LABEL, after: 0, "top": top + 3, "bottom": 3}


def _beside(labels: Words) -> dict[str, Any]:
    """The names before the bars."""
    away = 6
    x = WIDTH - _LABEL + away if labels.rtl else -away
    mark = {"type": "text", "align": "left" if labels.rtl else "right", "color": _INK, "limit": _LABEL - away}
    return {"mark": mark, "encoding": {"x": {"value": x}, "text": {"field": "name"}}}


def _across(column: str, labels: Words, most: float) -> dict[str, Any]:
    """The place of what is counted, from where reading begins."""
    scale = {"domain": [0, max(most, 1)], "reverse": labels.rtl, "nice": False}
    return {"field": column, "type": "quantitative", "axis": None, "scale": scale}


def _text(labels: Words, dx: int = 0) -> dict[str, Any]:
    """A text that goes on from where a bar ends."""
    return {"type": "text", "align": "right" if labels.rtl else "left", "dx": -dx if labels.rtl else dx, "color": _INK}


def _turned(text: str, labels: Words) -> str:
    return turned(text, rtl=labels.rtl)


def _short(name: str, labels: Words) -> str:
    text = line(name)
    cut = text if len(text) <= _LETTERS else text[: _LETTERS - 1].rstrip(" \u200c") + "…"
    return _turned(cut, labels)


@lru_cache(maxsize=256)
def _svg(spec: str) -> str:
    _fonts()
    drawn: str = vl_convert.vegalite_to_svg(spec, _VERSION, allowed_base_urls=[])
    return drawn


@cache
def _fonts() -> None:
    vl_convert.register_font_directory(str(FONTS))
