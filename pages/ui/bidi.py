"""Text of both directions, shown whole and harmless."""

from __future__ import annotations

import html
import re

from analysis.text.bidi import FSI, LRI, PDI, RLI, address, dropped, plain

__all__ = [
    "FSI",
    "LRI",
    "PDI",
    "RLI",
    "chart",
    "code",
    "dropped",
    "escape",
    "inline",
    "link",
    "markdown",
    "plain",
    "shorten",
    "wrap",
]

_LONGEST = 30
"""Letters of a word that a chart's label shows."""
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+!|~$:-])")


def escape(text: object) -> str:
    """The text for HTML, in an isolate of its own, so that its direction cannot disturb what stands beside it."""
    return f'<bdi dir="auto">{html.escape(plain(str(text)))}</bdi>'


def code(text: object) -> str:
    """A path, an address or an id for HTML: always from left to right."""
    return f'<bdi dir="ltr">{html.escape(plain(str(text)))}</bdi>'


def markdown(text: str) -> str:
    """The text for a place that reads Markdown, with everything that Markdown or HTML would read escaped."""
    return FSI + _MARKDOWN.sub(r"\\\1", plain(text)).replace("\n", " ") + PDI


def chart(text: str, *, rtl: bool) -> str:
    """The text for a Plotly label: escaped, and each line by itself in an isolate (RLM does not help there)."""
    start = RLI if rtl else LRI
    safe = [html.escape(plain(line), quote=False) for line in text.split("\n")]
    return "<br>".join(f"{start}{line}{PDI}" for line in safe)


def link(url: str) -> str:
    """The address for an HTML attribute, or "" unless it is an http or https address of some host."""
    return html.escape(address(url), quote=True)


def wrap(text: str, width: int, lines: int = 3) -> str:
    """The text broken between words into lines of about `width` characters; what is beyond `lines` becomes "…".

    A single word that would push a whole chart aside is cut as well.
    """
    rows: list[str] = []
    for word in (shorten(word, max(width, _LONGEST)) for word in text.split()):
        if rows and len(rows[-1]) + 1 + len(word) <= width:
            rows[-1] += f" {word}"
        else:
            rows.append(word)
    if len(rows) > lines:
        rows = [*rows[: lines - 1], f"{rows[lines - 1]}…"]
    return "\n".join(rows)


def inline(text: str) -> str:
    """Running text for HTML: escaped, direction controls dropped, without an isolate (it would break the sentence)."""
    return html.escape(plain(text))


def shorten(text: str, width: int) -> str:
    """The text cut to `width` letters, with "…" where something is left out."""
    return text if len(text) <= width else text[: width - 1].rstrip(" ‌") + "…"
