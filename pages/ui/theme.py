"""Looks: direction of reading, type, cards, chips, marks."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from pages.ui import palette
from pages.ui.charts import Look
from pages.ui.labels import Labels

_CSS = Path(__file__).with_name("theme.css")


def apply(labels: Labels) -> None:
    """Set the page's language and direction, and its styles."""
    direction = "rtl" if labels.rtl else "ltr"
    st.html(
        f"<script>document.documentElement.lang='{labels.lang}';document.documentElement.dir='{direction}';</script>"
        f'<span class="mv-direction" data-direction="{direction}"></span>',
        unsafe_allow_javascript=True,
    )
    colours = "".join(f"--mv-{name}:{value};" for name, value in _colours(look(labels).palette).items())
    rtl = _rtl_rules() if labels.rtl else ""
    st.html(f"<style>.stApp{{{colours}}}{_css()}{rtl}</style>")


def look(labels: Labels) -> Look:
    """How charts are drawn, in the reader's theme."""
    return Look(labels, palette.of(st.context.theme.type))


def _colours(chosen: palette.Palette) -> dict[str, str]:
    colours = {"ink": chosen.ink, "soft": chosen.soft, "paper": chosen.paper, "line": chosen.grid, "accent": chosen.bar}
    colours["edge"] = chosen.edge
    for stance in ("for", "against", "mixed"):
        colours |= {
            f"{stance}-fill": chosen.stance_fill[stance],
            f"{stance}-ink": chosen.stance_ink[stance],
            f"{stance}-edge": chosen.stance_edge[stance],
        }
    return colours


@cache
def _css() -> str:
    return _CSS.read_text(encoding="utf-8")


@cache
def _rtl_rules() -> str:
    return _CSS.with_name("rtl.css").read_text(encoding="utf-8")
