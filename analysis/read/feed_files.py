"""A saved feed (.xml): the words of its entries as they stand in it; no address is followed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import feedparser
from lxml import html

from analysis.errors import RejectedInput
from analysis.read import apart
from analysis.read.dates import find_time
from analysis.read.inputs import Source
from analysis.read.items import Item, Original, Rejected
from analysis.read.limits import Limits
from analysis.read.records import article

_BLOCK = re.compile("address|article|blockquote|br|dd|div|dt|figcaption|h[1-6r]|li|p|pre|section|tr")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed, as text."""

    fields: dict[str, str]
    markup: str
    published_from: str


def read_xml(source: Source, limits: Limits) -> Iterator[Item | Rejected]:
    """Each entry of a feed is an article."""
    data = source.read(limits.file_bytes)
    found: list[Entry] = apart.run("feed", source.where, limits.seconds, data, limits.feed_entries + 1)
    reader = f"feed feedparser {version('feedparser')}"
    for number, entry in enumerate(found[: limits.feed_entries], 1):
        where = f"{source.where}, entry {number}"
        try:
            if not entry.fields["text"].strip():
                raise RejectedInput("no_article", f"{where}: the entry holds no text. Give its address instead.")
            original = Original(entry.markup.encode(), "text/html", source.name, reader, entry.published_from)
            yield Item(where, article(entry.fields, where), original)
        except RejectedInput as error:
            yield Rejected(where, error.code, str(error))
    if len(found) > limits.feed_entries:
        reason = (
            f"{source.where}: more than {limits.feed_entries:,} entries; the first of them were read. Split the file."
        )
        yield Rejected(source.where, "too_many", reason)


def parse(data: bytes, most: int) -> list[Entry]:
    """The first entries of a feed.

    Raises:
        RejectedInput: where it is no feed, or declares entities.
    """
    if b"<!ENTITY" in data or b"<\0!\0E\0N\0T" in data or b"\0<\0!\0E\0N\0T" in data:
        raise RejectedInput("unsafe", "declares entities, which feeds have no need of. Save the feed without them.")
    # Only ever an open file: an address or a path given as text would be opened.
    feed = feedparser.parse(io.BytesIO(data))
    if not feed.get("version"):
        raise RejectedInput("unknown_kind", "no feed (RSS or Atom). Of .xml files only feeds are read.")
    name = str(feed.feed.get("title", "")).strip()
    entries = [_entry(entry, name) for entry in feed.entries[:most]]
    if not entries:
        raise RejectedInput("empty", "the feed holds no entry. Leave it out.")
    return entries


def _entry(entry: Any, name: str) -> Entry:
    longest = max([*(part.get("value", "") for part in entry.get("content", [])), entry.get("summary", "")], key=len)
    written = next((entry[key] for key in ("published", "updated") if entry.get(key)), "")
    published = find_time(written)
    fields = {
        "id": str(entry.get("id", "")),
        "url": str(entry.get("link", "")),
        "source": name,
        "title": as_text(entry.get("title", "")).replace("\n", " ").strip(),
        "published": published,
        "text": as_text(longest),
    }
    return Entry(fields, longest, f"feed {written}" if published else "")


def as_text(markup: str) -> str:
    """Markup as lines of text."""
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    pieces: list[str] = []
    root = html.fragment_fromstring(markup, create_parent="div")
    for event, element in html.etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        block = isinstance(element.tag, str) and bool(_BLOCK.fullmatch(element.tag))
        if event == "start":
            silent = element.tag in {"script", "style"}
            pieces += ["\n" if block else "", "" if silent else " ".join((element.text or "").split("\n"))]
        else:
            pieces += ["\n" if block else "", element.tail or "" if element is not root else ""]
    lines = (" ".join(line.split(" ")).strip() for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)
