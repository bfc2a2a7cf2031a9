"""What a page gives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """An article as a page holds it; what the page does not say is empty."""

    title: str
    text: str
    """Paragraphs, headings and list items as lines."""
    source: str
    """The outlet as the page names it, else the host of its address."""
    url: str
    """The canonical address, else the one that was given."""
    published: str
    """ISO 8601; a day alone is `YYYY-MM-DD`; a time without an offset is Tehran's."""
    published_from: str
    """What says so: `json-ld datePublished …`, `meta article:published_time …`, `time datetime …`, `text …`."""
    charset: str
    """The encoding that it was read with."""


@dataclass(frozen=True, slots=True)
class Document:
    """What is read from a Word document or a PDF."""

    text: str
    title: str
    reader: str
    """With the version of its library."""
