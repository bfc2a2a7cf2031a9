"""Looks: direction of reading, type, cards, chips, marks."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import streamlit as st

from pages.ui import browser, palette
from pages.ui.charts import Look
from pages.ui.labels import Labels

_CSS = Path(__file__).with_name("theme.css")

# A deep link that is the first visit to a fresh server finds no page of its name yet: Streamlit says "Page not found"
# in a dialog, and then opens the page all the same. The dialog is closed for the reader, on our own pages only.
_SCRIPT = """
if (window.mavazePages === undefined) {
  window.mavazePages = %s;
  const close = () => document.querySelectorAll('[role=dialog]').forEach(dialog => {
    const ours = window.mavazePages.includes(location.pathname.split('/').pop());
    if (ours && dialog.textContent.includes('Page not found')) dialog.querySelector('button')?.click();
  });
  const watch = new MutationObserver(close);
  watch.observe(document.body, {childList: true, subtree: true});
  close();
  setTimeout(() => watch.disconnect(), 20000);
}
"""


def apply(labels: Labels, pages: list[str]) -> None:
    """Set the page's language and direction, and its styles.

    Args:
        labels: the words of the reader's language.
        pages: the names of all pages, as they stand in addresses.
    """
    script = _SCRIPT % json.dumps(pages) + browser.script()
    direction = "rtl" if labels.rtl else "ltr"
    st.html(
        f"<script>document.documentElement.lang='{labels.lang}';document.documentElement.dir='{direction}';{script}</script>"
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
    colours |= {"found-fill": chosen.found_fill, "found-edge": chosen.found_edge}
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
