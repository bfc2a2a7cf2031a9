"""The text of a PDF, paragraph by paragraph."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTItem
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.psexceptions import PSException

from analysis.errors import RejectedInput
from analysis.read.limits import Limits
from analysis.read.page_types import Document
from analysis.read.pdf_lines import UNKNOWN, Glyph, Line, columns, line_text, names_brackets_as_they_look, paragraphs

READER = f"pdf pdfminer.six {version('pdfminer.six')}"
_UNKNOWN = re.compile(r"\(cid:\d+\)|[\0-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]+")
_PAGE_NUMBER = re.compile(r"[\W\d]*|(?:صفحه|page)\s*\d+(?:\s*(?:از|of|/)\s*\d+)?", re.IGNORECASE)
_TITLE = 1.25
"""How much larger than the body a title is."""
_ENDS = tuple(".!?؟:؛»…")
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # It logs every font that leaves out a number.


def parse(data: bytes, limits: Limits) -> Document:
    """The paragraphs of a PDF, without page numbers and running heads.

    Raises:
        RejectedInput: where it is locked, broken, has too many pages, or no text that can be read.
    """
    start = data[:1024].find(b"%PDF")
    if start < 0:
        raise RejectedInput("damaged", "not a PDF. Name it by what it is, or save it again.")
    try:
        pages = [columns(_glyphs(page)) for page in _pages(data, limits)]
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise RejectedInput("encrypted", "locked with a password. Save it without one.") from error
    except (PSException, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        problem = f"{type(error).__name__} {error}".strip()[:200]
        raise RejectedInput("damaged", f"not a whole PDF ({problem}). Save it again.") from error
    _check_letters(pages)
    mirrored = names_brackets_as_they_look(line for page in pages for column in page for line in column)
    kept = _without_furniture(pages, mirrored)
    title, kept = _title(kept)
    text = "\n".join(_paragraphs(kept))
    if not text.strip():
        raise RejectedInput("no_article", "a title and no text. Leave it out.")
    return Document(text, title, READER)


def _pages(data: bytes, limits: Limits) -> Iterator[list[LTItem]]:
    document = PDFDocument(PDFParser(io.BytesIO(data)))
    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=None)
    interpreter = PDFPageInterpreter(resources, device)
    for number, page in enumerate(PDFPage.create_pages(document)):
        if number == limits.pdf_pages:
            raise RejectedInput("too_many", f"more than {limits.pdf_pages:,} pages. Split it.")
        interpreter.process_page(page)
        yield list(device.get_result())


def _glyphs(items: list[LTItem]) -> Iterator[Glyph]:
    """The characters of a page that stand upright; watermarks across it do not."""
    for item in items:
        if isinstance(item, LTChar):
            if item.upright and item.size > 0 and item.get_text():
                text = UNKNOWN if _UNKNOWN.fullmatch(item.get_text()) else item.get_text()
                yield Glyph(text, item.x0, item.x1, item.matrix[5], item.size)
        elif hasattr(item, "__iter__"):
            yield from _glyphs(list(item))


def _check_letters(pages: list[list[list[Line]]]) -> None:
    texts = [glyph.text for page in pages for column in page for line in column for glyph in line.glyphs]
    letters = sum(text[0].isalpha() or text == UNKNOWN for text in texts)
    if letters < 20:
        remedy = "Recognise its text (OCR) and save that in a .txt file."
        raise RejectedInput("no_article", f"pictures of its pages and no text. {remedy}")
    unknown = texts.count(UNKNOWN)
    if unknown * 10 > letters:
        remedy = "Save it again from the program that made it, or its text in a .txt file."
        raise RejectedInput("not_text", f"its fonts do not say which letters they draw. {remedy}")


_Column = list[tuple[Line, str]]


def _without_furniture(pages: list[list[list[Line]]], mirrored: bool) -> list[_Column]:
    """The columns of all pages without page numbers and what stands at the edge of most pages."""
    read = [[[(line, line_text(line, mirrored=mirrored)) for line in column] for column in page] for page in pages]
    edges = Counter(
        key for page in read for key in {_key(text) for column in page for _, text in (*column[:2], *column[-2:])}
    )
    often = {key for key, times in edges.items() if times >= 3 and times * 2 > len(pages)}
    kept = []
    for page in read:
        for column in page:
            last = len(column) - 1
            kept.append(
                [
                    (line, text)
                    for place, (line, text) in enumerate(column)
                    if text
                    and not (place in {0, 1, last - 1, last} and _key(text) in often)
                    and not (len(pages) > 1 and place in {0, last} and _PAGE_NUMBER.fullmatch(text))
                ]
            )
    return [column for column in kept if column]


def _key(text: str) -> str:
    return re.sub(r"[\d\s]+", "", text)


def _title(kept: list[_Column]) -> tuple[str, list[_Column]]:
    """What stands at the head in larger letters, and the rest."""
    sizes = sorted(line.size for column in kept for line, text in column for _ in text)
    if not kept or not sizes:
        return "", kept
    least = _TITLE * sizes[len(sizes) // 2]
    first = kept[0]
    count = next((place for place, (line, _) in enumerate(first) if line.size < least), len(first))
    if not 0 < count <= 4:
        return "", kept
    return " ".join(text for _, text in first[:count]), [first[count:], *kept[1:]]


def _paragraphs(kept: list[_Column]) -> Iterator[str]:
    """All paragraphs; one that a page or a column cuts in two is one."""
    open_ended = ""
    size = 0.0
    for column in filter(None, kept):
        lines = [line for line, _ in column]
        found = paragraphs(lines, [text for _, text in column])
        if open_ended and abs(lines[0].size - size) < 0.12 * size:
            found[0] = f"{open_ended} {found[0]}"
        elif open_ended:
            yield open_ended
        size = lines[-1].size
        left, right = min(line.left for line in lines), max(line.right for line in lines)
        full = (lines[-1].left - left if not lines[-1].rightward else right - lines[-1].right) < 2 * size
        goes_on = full and len(lines) > 1 and not found[-1].endswith(_ENDS)
        yield from found[:-1] if goes_on else found
        open_ended = found[-1] if goes_on else ""
    if open_ended:
        yield open_ended
