"""Articles of files that hold one each: .txt, saved pages, Word documents, PDFs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version

from analysis.read import apart
from analysis.read.dates import iso_time
from analysis.read.encoding import decode, name_of
from analysis.read.inputs import Source
from analysis.read.items import Item, Rejected
from analysis.read.limits import Limits
from analysis.read.records import described

_LINES_WITH_DATE = 6
"""Lines at a document's head that may be its date."""
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Document:
    """What is read from a Word document or a PDF."""

    text: str
    title: str
    reader: str


def read_txt(source: Source, limits: Limits) -> Iterator[Item | Rejected]:
    """The whole file is the article's text."""
    data = source.read(limits.file_bytes)
    text, encoding = decode(data, source.where)
    yield described(source, {"text": text}, data, "text/plain", f"text {name_of(encoding)}", "", limits)


def read_html(source: Source, limits: Limits) -> Iterator[Item | Rejected]:
    """The main text of a saved page."""
    data = source.read(limits.file_bytes)
    page = apart.run("page", source.where, limits.seconds, data)
    given = {name: getattr(page, name) for name in ("title", "text", "source", "url", "published")}
    reader = f"html trafilatura {version('trafilatura')} {name_of(page.charset)}"
    yield described(source, given, data, "text/html", reader, page.published_from, limits)


def read_docx(source: Source, limits: Limits) -> Iterator[Item | Rejected]:
    """The paragraphs of a Word document."""
    yield _document("docx", _DOCX, source, limits)


def read_pdf(source: Source, limits: Limits) -> Iterator[Item | Rejected]:
    """The paragraphs of a PDF that holds its text, and not only a picture of it."""
    yield _document("pdf", "application/pdf", source, limits)


def _document(kind: str, media_type: str, source: Source, limits: Limits) -> Item:
    data = source.read(limits.file_bytes)
    document: Document = apart.run(kind, source.where, limits.seconds, data, limits)
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
