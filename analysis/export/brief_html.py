"""A brief as one HTML file to print: styles, fonts and pictures are in it; it runs no script and asks no host."""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from analysis.export import brief_pictures
from analysis.export.brief import Brief, Table
from analysis.export.brief_pictures import FONTS, Picture
from analysis.text.bidi import address
from analysis.text.words import Words

Block = Picture | Table
_HERE = Path(__file__).parent
_FACES = {
    "vazirmatn-arabic.woff2": "U+0600-06FF,U+200C-200F,U+2066-2069,U+FB50-FDFF,U+FE70-FEFC",
    "vazirmatn-latin.woff2": "U+0000-00FF,U+2000-200B,U+2010-2027,U+202F-2065,U+2212",
}
"""The fonts that a file carries, and for which letters."""


def html(brief: Brief) -> str:
    """The brief as HTML; the same brief gives the same text."""
    return _template().render(
        brief=brief,
        dir="rtl" if brief.rtl else "ltr",
        words=Words(brief.lang),
        groups=groups(brief),
        pictures={one.name: _plain(brief_pictures.svg(one)) for one in brief.pictures},
        style=Markup(_style()),
        address=address,
    )


def groups(brief: Brief) -> list[list[Block]]:
    """Pictures and tables in the order in which they stand, two beside each other but for the wide table."""
    blocks: tuple[Block, ...] = (*brief.pictures, *brief.tables)
    named = {one.name: one for one in blocks}
    narrow = [named[name] for name in ("topics", "speakers", "sides", "time") if name in named]
    pairs = [narrow[i : i + 2] for i in range(0, len(narrow), 2)]
    return pairs + [[one] for one in brief.tables if one.name == "positions"]


def _plain(svg: str) -> Markup:
    """A picture to stand within the text; its own description of every mark would be read out letter by letter."""
    return Markup(svg.replace("<svg ", '<svg aria-hidden="true" ', 1))


@cache
def _template():  # type: ignore[no-untyped-def]
    loader = FileSystemLoader(_HERE)
    made = Environment(loader=loader, autoescape=select_autoescape(default=True), undefined=StrictUndefined)
    return made.get_template("brief.html.j2")


def _encoded(name: str) -> str:
    return base64.b64encode((FONTS / name).read_bytes()).decode()


@cache
def _style() -> str:
    faces = [
        "@font-face { font-family: Vazirmatn; font-weight: 100 900; "
        f"unicode-range: {letters}; src: url(data:font/woff2;base64,{_encoded(name)}) format('woff2'); }}"
        for name, letters in _FACES.items()
    ]
    return "\n".join([*faces, (_HERE / "brief.css").read_text("utf-8")])
