"""Colours. Stances are teal, amber and grey, which colour-blind readers tell apart; a mark always stands beside."""

from __future__ import annotations

from dataclasses import dataclass, field

MARKS = {"for": "▲", "against": "▼", "mixed": "◆"}
"""The mark of each stance, so that nothing depends on colour alone."""


DASHES = ("solid", "dash", "dot")
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "x", "star")
SYMBOL_TEXT = ("●", "■", "◆", "▲", "✕", "★")
"""Lines and points of a series, by its number, and the same points as text for a legend."""


@dataclass(frozen=True)
class Palette:
    """The colours of one theme; `series` are those of Okabe and Ito, darkened where paper is white."""

    ink: str = "#18212d"
    soft: str = "#556070"
    paper: str = "#ffffff"
    grid: str = "#dfe4ea"
    edge: str = "#7b8899"
    bar: str = "#1d4f80"
    bar_faded: str = "#b9c9da"
    stance_fill: dict[str, str] = field(
        default_factory=lambda: {"for": "#bfe3dc", "against": "#f7d9ae", "mixed": "#d9dde3", "thin": "#ffffff"}
    )
    stance_ink: dict[str, str] = field(
        default_factory=lambda: {"for": "#0b5c54", "against": "#8a4406", "mixed": "#3f4a59", "thin": "#3f4a59"}
    )
    stance_edge: dict[str, str] = field(
        default_factory=lambda: {"for": "#5fb3a6", "against": "#dda35a", "mixed": "#a3adba", "thin": "#c3cbd5"}
    )
    found_fill: str = "#fff3b0"
    found_edge: str = "#7a6200"
    ramp: tuple[str, ...] = ("#eef3f8", "#d3e0ec", "#a9c4dc", "#6f9bc3", "#3b72a5", "#1d4f80")
    ramp_ink: tuple[str, ...] = ("#18212d", "#18212d", "#18212d", "#10161d", "#ffffff", "#ffffff")
    series: tuple[str, ...] = ("#1d4f80", "#b3530a", "#0b7a63", "#8e3b7e", "#6b5b00", "#4a5563")


LIGHT = Palette()
DARK = Palette(
    ink="#e8ecf1",
    soft="#a8b3c1",
    paper="#1a232d",
    grid="#33404e",
    edge="#66758a",
    bar="#6ea6dc",
    bar_faded="#34506c",
    stance_fill={"for": "#14504a", "against": "#5e3c10", "mixed": "#3a4552", "thin": "#10161d"},
    stance_ink={"for": "#b5ece2", "against": "#ffd9a0", "mixed": "#e0e6ed", "thin": "#c6cfda"},
    stance_edge={"for": "#2f9083", "against": "#b9812f", "mixed": "#71808f", "thin": "#465361"},
    found_fill="#4f4712",
    found_edge="#d9c24a",
    ramp=("#1a2632", "#20374e", "#29507a", "#3a6fa6", "#6498cb", "#a9cdf0"),
    ramp_ink=("#e8ecf1", "#e8ecf1", "#ffffff", "#ffffff", "#0b1118", "#0b1118"),
    series=("#8fc0f0", "#f0a35c", "#5cc9b0", "#d99ad0", "#d8c65a", "#b8c2ce"),
)


def of(theme: str | None) -> Palette:
    """The palette of a theme's type, "light" or "dark"."""
    return DARK if theme == "dark" else LIGHT
