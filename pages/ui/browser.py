"""What the browser does by itself: the script that every page carries."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import streamlit as st

from pages.ui.labels import LANGS, keys


@cache
def script() -> str:
    """The text of browser.js, with the fonts that pictures embed and Streamlit's own words in both languages."""
    faces = [
        {"url": face["url"], "range": face["unicodeRange"]}
        for face in st.get_option("theme.fontFaces") or ()
        if isinstance(face, dict)
    ]
    languages = [{key: words for key, words in keys(lang).items() if key.startswith("streamlit.")} for lang in LANGS]
    words = [dict(zip(LANGS, (words[key] for words in languages), strict=True)) for key in languages[0]]
    given = {"faces": json.dumps(faces), "words": json.dumps(words, ensure_ascii=False)}
    return Path(__file__).with_name("browser.js").read_text(encoding="utf-8") % given
