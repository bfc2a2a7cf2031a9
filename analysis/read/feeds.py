"""A feed at an address: each entry is followed to its page. Pages of older entries are not asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.metadata import version
from urllib.parse import urljoin

from analysis.read import apart
from analysis.read.feed_files import Entry
from analysis.read.fetch import Answer, Web
from analysis.read.items import Item, Original, Rejected
from analysis.read.page_words import letters
from analysis.read.records import FIELDS

_HEAD = 2048
_FULL = 400
"""Letters from which on an entry's own words stand in for a page that cannot be read; less is a teaser."""
Follow = Callable[[str], Iterator[Item | Rejected]]


def is_feed(answer: Answer) -> bool:
    """Whether an answer is a feed, whatever it is declared as."""
    head = answer.data[:_HEAD].replace(b"\0", b"").lower()
    return any(mark in head for mark in (b"<rss", b"<feed", b"<rdf:rdf")) and b"<html" not in head


def read_feed(address: str, answer: Answer, web: Web, follow: Follow) -> Iterator[Item | Rejected]:
    """The articles of a feed's entries.

    What a page says about itself counts; the feed's title, time and outlet fill in what it leaves out. Where a page
    cannot be read and the entry holds a whole text, that is taken.

    Args:
        address: the feed's, as it was given.
        answer: the feed itself.
        follow: reads the page at an address.

    Raises:
        RejectedInput: where the feed itself cannot be read.
    """
    limits = web.limits
    entries: list[Entry] = apart.run("feed", address, limits.seconds, answer.data, limits.feed_entries + 1)
    seen: dict[str, int] = {}
    for number, entry in enumerate(entries[: limits.feed_entries], 1):
        where = f"{address}, entry {number}"
        link = urljoin(answer.url, entry.fields["url"].strip()) if entry.fields["url"].strip() else ""
        earlier = seen.setdefault(link, number) if link else number
        signature = "\n".join((entry.fields["title"], entry.fields["published"], entry.fields["text"]))
        if earlier != number:
            yield Rejected(where, "left_out", f"{where}: the same link as entry {earlier}. Nothing is to be done.")
        elif link and (web.known(link) or web.session.entries.get(link) == signature):
            yield Rejected(where, "left_out", f"{where}: {link} was read before. Nothing is to be done.")
        else:
            found = _read_entry(where, link, entry, follow)
            if link and isinstance(found, Item):
                web.session.entries[link] = signature
            yield found
    if len(entries) > limits.feed_entries:
        reason = f"{address}: more than {limits.feed_entries:,} entries; the first of them were read."
        yield Rejected(address, "too_many", f"{reason} Give a feed of newer entries.")


def _read_entry(where: str, link: str, entry: Entry, follow: Follow) -> Item | Rejected:
    if not link:
        problem = Rejected(where, "bad_record", f"{where}: the entry has no link. Nothing can be followed.")
        return _own_words(where, link, entry, problem)
    found = next(follow(link))
    if isinstance(found, Rejected):
        return _own_words(where, link, entry, found)
    return _filled(found, entry)


def _filled(item: Item, entry: Entry) -> Item:
    """An item with what its page leaves out."""
    fields, article = entry.fields, dict(item.article)
    article["title"] = article["title"] or fields["title"]
    if "." in article["source"] and article["source"] in article["url"]:  # Only a host stood in for the outlet.
        article["source"] = fields["source"] or article["source"]
    original = item.original
    given, read = fields["published"], article["published"]
    # A page that gives only the day is not contradicted by a feed that gives that day's time.
    if given and (not read or ("T" not in read and given.startswith(read))):
        article["published"] = given
        original = replace(original, published_from=entry.published_from)
    return Item(item.where, article, original)


def _own_words(where: str, link: str, entry: Entry, problem: Rejected) -> Item | Rejected:
    """The entry's own text, where it is a whole article and its page cannot be had."""
    fields = entry.fields
    if len(letters(fields["text"])) < _FULL:
        return problem
    article = dict.fromkeys(FIELDS, "") | {name: fields[name] for name in ("source", "title", "published", "text")}
    article["url"] = link
    reader = f"feed feedparser {version('feedparser')} (the page: {problem.code})"
    original = Original(entry.markup.encode(), "text/html", link or where, reader, entry.published_from)
    return Item(link or where, article, original)
