"""How positions are said and drawn wherever they are shown: counts, labels, colours, the legend."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.measure import positions
from pages.ui import bidi, theme
from pages.ui.labels import Labels
from pages.ui.palette import MARKS
from pages.ui.view import View

_LEGEND = {"for": "legend_for", "mixed": "legend_mixture", "against": "legend_against", "thin": "legend_thin"}
_NONE = "legend_none"
KINDS = {"topic": "topics", "state": "countries", "org": "named"}
"""The kinds of targets, and the field of the filters that chooses such a one."""


def tone(label: str) -> str:
    """The colour of a label: for, mixed, against, or thin where there is none."""
    if label == positions.NOT_ENOUGH:
        return "thin"
    return "mixed" if label == positions.MIXTURE else label.rpartition("_")[2]


def counts(labels: Labels, row: Mapping[str, Any]) -> str:
    """How many are for, both ways, against, in words."""
    numbers = {stance: int(row[stance]) for stance in MARKS}
    marks = {f"mark_{stance}": mark for stance, mark in MARKS.items()}
    return labels("positions.counts", **marks, **numbers)


def counts_short(labels: Labels, row: Mapping[str, Any]) -> str:
    """The same in a square, a line for each that occurs."""
    return "\n".join(f"{MARKS[stance]}\u00a0{labels.number(int(row[stance]))}" for stance in MARKS if row[stance])


def title(view: View, speaker: str, target: str) -> str:
    """A cell, a row or a column of the matrix as a heading."""
    names = view.names
    parts = (speaker and names.speaker(speaker), target and names.target(target))
    return (" ← " if view.labels.rtl else " → ").join(part for part in parts if part)


def legend(view: View, *, empty: bool = False) -> str:
    """The legend of colours as HTML; `empty` says what an empty square is as well."""
    labels, palette = view.labels, theme.look(view.labels).palette
    parts = []
    for name, key in _LEGEND.items():
        words = labels(f"positions.{key}", n=positions.ENOUGH)
        mark = f"{MARKS[name]} " if name in MARKS else ""
        parts.append(_swatch(palette.stance_fill[name], palette.stance_edge[name], mark + words))
    if empty:
        parts.append(_swatch("transparent", palette.grid, labels(f"positions.{_NONE}"), style="dashed"))
    return f'<div class="mv-legend">{"".join(parts)}</div>'


def _swatch(fill: str, edge: str, words: str, style: str = "solid") -> str:
    colours = f"background:{fill};border-color:{edge};border-style:{style}"
    return f'<span><span class="mv-swatch" style="{colours}"></span>{bidi.inline(words)}</span>'


def as_filter(speaker: str, target: str) -> dict[str, object]:
    """What a cell means as filters: the speaker, and statements that are about the target or name it."""
    kind, _, value = target.partition(":")
    found: dict[str, object] = {"speakers": (speaker,)} if speaker else {}
    if kind == "org":
        value = f"organisation:{value}"
    return found | ({KINDS[kind]: (value,)} if kind in KINDS else {})
