"""What the browser does by itself: the script that every page carries."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import streamlit as st


@cache
def script() -> str:
    """The text of browser.js, with the fonts that pictures embed."""
    faces = [
        {"url": face["url"], "range": face["unicodeRange"]}
        for face in st.get_option("theme.fontFaces") or ()
        if isinstance(face, dict)
    ]
    return Path(__file__).with_name("browser.js").read_text(encoding="utf-8") % {"faces": json.dumps(faces)}
