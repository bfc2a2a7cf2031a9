"""Articles at an address: a page, a feed, a Telegram channel's page, a PDF or Word document."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from analysis.errors import RejectedInput
from analysis.read import apart
from analysis.read.documents import read_docx, read_pdf, read_txt
from analysis.read.encoding import name_of
from analysis.read.feeds import is_feed, read_feed
from analysis.read.fetch import Answer, Session, Web, fetch
from analysis.read.inputs import Source
from analysis.read.items import Item, Original, Rejected
from analysis.read.limits import Limits
from analysis.read.pages import READER
from analysis.read.records import FIELDS
from analysis.read.robots import permission
from analysis.read.telegram_pages import is_channel

Reader = Callable[[Source, Limits], Iterator[Item | Rejected]]

_HEAD = 1024
_MARKUP = re.compile(rb"<(!doctype\s+html|html|head|body|title|meta|div|article|p)[\s>]", re.IGNORECASE)
_HTML = ("text/html", "application/xhtml+xml")


def read_url(address: str, web: Web) -> Iterator[Item | Rejected]:
    """The articles at an address, one after the other; what is wrong is a `Rejected`, never an error.

    A page gives one item, a channel's page at t.me one for each message, a feed one for each entry. What the bytes are
    is seen from the bytes: what a server declares is often wrong. Only the address itself, its redirects, the
    robots.txt of their hosts and the pages of a feed's entries are asked for.
    """
    try:
        validators = web.session.validators.get(address, {})
        answer = fetch(address, web, permit=permission(web), headers=validators)
        if answer.status == 304:
            raise RejectedInput("left_out", f"{address}: unchanged since it was last read. Nothing is to be done.")
        if is_feed(answer):
            yield from read_feed(address, answer, web, lambda link: _read_page(link, web))
            _remember(address, answer, web)
        else:
            yield from _read_answer(address, answer, web)
    except RejectedInput as error:
        yield Rejected(address, error.code, str(error))


def _read_page(address: str, web: Web) -> Iterator[Item | Rejected]:
    """What is at the address of a feed's entry; a feed there is not followed further."""
    try:
        answer = fetch(address, web, permit=permission(web))
        if is_feed(answer):
            raise RejectedInput("no_article", f"{address}: a feed inside of a feed. Give its address by itself.")
        yield from _read_answer(address, answer, web)
    except RejectedInput as error:
        yield Rejected(address, error.code, str(error))


def _remember(address: str, answer: Answer, web: Web) -> None:
    """What lets a server say that a feed is unchanged."""
    pairs = (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified"))
    web.session.validators[address] = {name: answer.headers[of] for name, of in pairs if of in answer.headers}


def _read_answer(address: str, answer: Answer, web: Web) -> Iterator[Item | Rejected]:
    data, declared = answer.data, answer.media_type
    if not data.strip():
        raise RejectedInput("empty", f"{address}: the answer is empty. Check the address.")
    if data.startswith(b"%PDF"):
        yield from _read_document(read_pdf, ".pdf", answer, web)
    elif data.startswith(b"PK\x03\x04") and b"word/" in data:
        yield from _read_document(read_docx, ".docx", answer, web)
    elif _MARKUP.search(data[:_HEAD].replace(b"\0", b"")) or declared in _HTML:
        yield from _read_pages(address, answer, web)
    elif declared == "text/plain":
        yield from _read_document(read_txt, ".txt", answer, web)
    else:
        kind = declared or "unknown"
        raise RejectedInput(
            "unknown_kind", f"{address}: of a kind that is not read from the network ({kind}). Download it and add it."
        )


def _read_pages(address: str, answer: Answer, web: Web) -> Iterator[Item]:
    """A page's article, or the messages of a channel's page."""
    kind = "messages" if is_channel(answer.data) else "page"
    where = {} if kind == "messages" else {"address": answer.url}
    found = apart.run(kind, address, web.limits.seconds, answer.data, charset=answer.charset, **where)
    for page in found if kind == "messages" else [found]:
        article = dict.fromkeys(FIELDS, "")
        article |= {name: getattr(page, name) for name in ("title", "text", "source", "url", "published")}
        reader = f"{READER} {name_of(page.charset)}" if kind == "page" else "html telegram"
        original = Original(answer.data, "text/html", answer.url, reader, page.published_from)
        yield Item(address if kind == "page" else page.url or address, article, original)


def _read_document(reader: Reader, suffix: str, answer: Answer, web: Web) -> Iterator[Item | Rejected]:
    """A file at an address, read as a file is."""
    parts = urlsplit(answer.url)
    name = unquote(PurePosixPath(parts.path).stem) or "document"
    source = Source(answer.url, name + suffix, lambda: io.BytesIO(answer.data), lambda: None)
    for found in reader(source, web.limits):
        if isinstance(found, Item):
            article = found.article | {"url": answer.url, "source": found.article["source"] or parts.hostname or ""}
            found = Item(found.where, article, replace(found.original, name=answer.url))
        yield found


__all__ = ["Session", "Web", "read_url"]
