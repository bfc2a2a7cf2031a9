"""The text of a Word document (.docx)."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from importlib.metadata import version

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from analysis.errors import RejectedInput
from analysis.read.limits import Limits
from analysis.read.page_types import Document

_PIECES = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "\u2011"}
_TEXT, _PARAGRAPH, _COPY = qn("w:t"), qn("w:p"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DECLARATIONS = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_TITLES = ("title", "heading 1")
_EMPTY_TITLES = ("word document", "document", "untitled")


def parse(data: bytes, limits: Limits) -> Document:
    """The document's paragraphs, those of tables, boxes and forms included, a line each.

    Raises:
        RejectedInput: where it is no .docx, is locked, holds entities, or unpacks to too much.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        locked = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e" in data
        raise RejectedInput(
            "encrypted" if locked else "damaged",
            "locked with a password. Save it without one."
            if locked
            else "an old Word document, not a .docx. Save it as .docx.",
        )
    _check_package(data, limits)
    try:
        document = docx.Document(io.BytesIO(data))
        title, headed = _title(document)
        lines = [_line(paragraph) for paragraph in _paragraphs(document.element.body) if paragraph is not headed]
    except (OpcError, KeyError, ValueError, etree.XMLSyntaxError, zipfile.BadZipFile) as error:
        problem = " ".join(str(error).split())[:200]
        raise RejectedInput("damaged", f"not a whole Word document ({problem}). Save it again.") from error
    text = "\n".join(lines)
    if not text.strip():
        raise RejectedInput("no_article", "the document holds no text. Leave it out, or save its text in a .txt file.")
    return Document(text, title, reader=f"docx python-docx {version('python-docx')}")


def _check_package(data: bytes, limits: Limits) -> None:
    """A .docx is a ZIP: count what comes out of it, and look for document types, before anybody parses it."""
    left = limits.document_bytes
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            if len(members) > limits.members:
                raise RejectedInput("too_many", f"more than {limits.members:,} parts. Save its text in a .txt file.")
            for member in members:
                if member.flag_bits & 1:
                    raise RejectedInput("encrypted", "locked with a password. Save it without one.")
                left -= _check_part(package, member, left, limits, len(data))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError) as error:
        raise RejectedInput("damaged", f"not a whole Word document ({str(error)[:200]}). Save it again.") from error


def _check_part(package: zipfile.ZipFile, member: zipfile.ZipInfo, left: int, limits: Limits, packed: int) -> int:
    """The size of a part, counted while it is unpacked."""
    size, most = 0, min(left, max(limits.ratio_from, limits.ratio * min(member.compress_size, packed)))
    markup, before = member.filename.endswith((".xml", ".rels")), b""
    with package.open(member) as part:
        while block := part.read(1 << 20):
            size += len(block)
            if size > most:
                raise RejectedInput("too_large", "unpacks to far more than its size. Save its text in a .txt file.")
            if markup and any(sign in before + block for sign in _DECLARATIONS):
                raise RejectedInput("unsafe", f"its part {member.filename} declares a document type. Save it anew.")
            before = block[-32:]
    return size


def _paragraphs(body: etree._Element) -> Iterator[etree._Element]:
    for paragraph in body.iter(_PARAGRAPH):
        if not any(above.tag == _COPY for above in paragraph.iterancestors()):
            yield paragraph


def _line(paragraph: etree._Element) -> str:
    """A paragraph's words; python-docx leaves out those in forms, tracked insertions and smart tags."""
    pieces = []
    for element in paragraph.iter(_TEXT, *_PIECES):
        if next(element.iterancestors(_PARAGRAPH)) is paragraph and element.getparent().tag == qn("w:r"):
            pieces.append(_PIECES.get(element.tag) or element.text or "")
    return "".join(pieces)


def _title(document: docx.document.Document) -> tuple[str, etree._Element | None]:
    """The title, and the paragraph that is its heading and so no part of the text."""
    given = (document.core_properties.title or "").strip()
    first = next((one for one in document.paragraphs[:10] if one.text.strip()), None)
    if first is not None:
        name = (first.style.name or "").lower() if first.style else ""
        if name in _TITLES or first.text.strip() == given:
            return first.text.strip(), first._p
    return given if given.lower() not in _EMPTY_TITLES else "", None
