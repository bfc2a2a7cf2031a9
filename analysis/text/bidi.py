"""Text of both directions in plain form: without what could disguise it, and isolated from what stands beside it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

RLI, LRI, FSI, PDI = "\u2067", "\u2066", "\u2068", "\u2069"
_RLE, _LRE, _PDF = "\u202b", "\u202a", "\u202c"
_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\x00-\x08\x0b-\x1f\x7f]")


def plain(text: str) -> str:
    """The text without characters that steer direction: in a name or a title they could disguise what it says.

    ZWNJ and ZWJ, which Persian spelling needs, stay.
    """
    return _CONTROLS.sub("", text)


def dropped(text: str) -> set[int]:
    """The places around the characters that `plain` leaves out."""
    return {place for found in _CONTROLS.finditer(text) for place in found.span()}


def line(text: str) -> str:
    """The same in one line."""
    return " ".join(plain(text).split())


def turned(text: str, *, rtl: bool) -> str:
    """The text as one of its direction, for pictures, which know no markup.

    An embedding, not an isolate: at an isolate Chromium misplaces the first letter of an SVG's text.
    """
    return f"{_RLE if rtl else _LRE}{plain(text)}{_PDF}"


def address(url: str) -> str:
    """The address, or "" unless it is an http or https address of some host."""
    try:
        parts = urlsplit(plain(url.strip()))
    except ValueError:
        return ""
    return parts.geturl() if parts.scheme in ("http", "https") and parts.netloc else ""
