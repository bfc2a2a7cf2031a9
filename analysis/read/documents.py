"""Articles of files that hold one each: .txt, saved pages, Word documents, PDFs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from importlib.metadata import version

from analysis.errors import RejectedInput
from analysis.read import apart
from analysis.read.dates import iso_time
from analysis.read.encoding import decode, name_of
from analysis.read.inputs import Source
from analysis.read.items import Item, Original, Rejected
from analysis.read.limits import Limits
from analysis.read.page_types import Document
from analysis.read.records import article, described
from analysis.read.telegram_pages import is_channel

_PAGE_FIELDS = ("title", "text", "source", "url", "published")
_MARKUP = ("text/html", "application/xhtml+xml")
_SAVED_FROM = re.compile(rb"<!-- saved from url=\(\d+\)(https?://\S{1,2000}) -->")
"""What browsers write into a page that they save."""
_HEAD = 4096
_LINES_WITH_DATE = 6
"""Lines at a document's head that may be its date."""
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read_txt(source: Source, limits: Limits) -> Iterator[Item | Rejected]:
    """The whole file is the article's text."""
    data = source.read(limits.file_bytes)
    text, encoding = decode(data, source.where)
    yield described(source, {"text": text}, data, "text/plain", f"text {name_of(encoding)}", "", limits)


def read_html(source: Source, limits: Limits) -> Iterator[Item | Rejected]:
    """The main text of a saved page, or the messages of a Telegram channel's."""
    data = source.read(limits.file_bytes)
    found = _SAVED_FROM.search(data[:_HEAD])
    address = found[1].decode("ascii", errors="ignore") if found else ""
    yield from _pages(source, data, data, limits, address, "")


def read_mhtml(source: Source, limits: Limits) -> Iterator[Item | Rejected]:
    """A page that was saved with its pictures in one file."""
    data = source.read(limits.file_bytes)
    message = message_from_bytes(data, policy=policy.default)
    part = next((part for part in message.walk() if part.get_content_type() in _MARKUP), None)
    page = part.get_payload(decode=True) if part else None
    if part is None or not isinstance(page, bytes) or not page:
        raise RejectedInput("damaged", f"{source.where}: holds no page. Save it again, as .html.")
    address = str(message.get("Snapshot-Content-Location") or part.get("Content-Location") or "")
    yield from _pages(source, data, page, limits, address, str(part.get_content_charset() or ""))


def _pages(
    source: Source, data: bytes, page: bytes, limits: Limits, address: str, charset: str
) -> Iterator[Item | Rejected]:
    if not is_channel(page):
        address = address if address.startswith(("http://", "https://")) else ""
        found = apart.run("page", source.where, limits.seconds, page, address=address, charset=charset)
        reader = f"html trafilatura {version('trafilatura')} {name_of(found.charset)}"
        given = {name: getattr(found, name) for name in _PAGE_FIELDS}
        yield described(source, given, data, "text/html", reader, found.published_from, limits)
        return
    for number, message in enumerate(apart.run("messages", source.where, limits.seconds, page, charset=charset), 1):
        where = f"{source.where}, message {number}"
        given = {name: getattr(message, name) for name in _PAGE_FIELDS}
        original = Original(data, "text/html", source.name, "html telegram", message.published_from)
        yield Item(where, article(given, where), original)


def read_docx(source: Source, limits: Limits) -> Iterator[Item | Rejected]:
    """The paragraphs of a Word document."""
    yield _document("docx", _DOCX, source, limits)


def read_pdf(source: Source, limits: Limits) -> Iterator[Item | Rejected]:
    """The paragraphs of a PDF that holds its text, and not only a picture of it."""
    yield _document("pdf", "application/pdf", source, limits)


def _document(kind: str, media_type: str, source: Source, limits: Limits) -> Item:
    data = source.read(limits.file_bytes)
    seconds = limits.pdf_seconds if kind == "pdf" else limits.seconds
    document: Document = apart.run(kind, source.where, seconds, data, limits)
    published, read_from = _date(document.text)
    given = {"text": document.text, "title": document.title, "published": published}
    return described(source, given, data, media_type, document.reader, read_from, limits)


def _date(text: str) -> tuple[str, str]:
    """The date that stands alone on one of the first lines. When a file was made says nothing of its article."""
    lines = [line.strip() for line in text.split("\n", 3 * _LINES_WITH_DATE) if line.strip()]
    for number, line in enumerate(lines[:_LINES_WITH_DATE], 1):
        if len(line) < 100:
            try:
                return iso_time(line), f"line {number}: {line}"
            except ValueError:
                continue
    return "", ""
