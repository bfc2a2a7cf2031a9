"""Text of both directions in Word: paragraphs, runs and tables that say themselves which way they are read.

Word decides by runs (ECMA-376, 17.3.2.30 `rtl`, 17.3.1.6 `bidi`, 17.4.1 `bidiVisual`), so that each stretch of the
other script is a run of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

FONT = "Arial"
"""A font with Persian letters that stands on every desk with Word."""
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LATIN = re.compile(r"[A-Za-z](?:[\x20-\x7e]*[A-Za-z0-9/])?")
_ARABIC = "\u0600-\u06ef\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc"
_PERSIAN = re.compile(f"[{_ARABIC}](?:[^A-Za-z\n]*[{_ARABIC}])?")


def runs(text: str, *, rtl: bool) -> Iterator[tuple[str, bool]]:
    """A text in stretches of one direction.

    Args:
        text: what to cut.
        rtl: the direction of the paragraph, in which marks and digits between the stretches stand.
    """
    text, at = clean(text), 0
    for found in (_LATIN if rtl else _PERSIAN).finditer(text):
        start, stop = found.span()
        if found.group().count("(") > found.group().count(")") and text[stop : stop + 1] == ")":
            stop += 1
        if text[at:start]:
            yield text[at:start], rtl
        yield text[start:stop], not rtl
        at = stop
    if text[at:]:
        yield text[at:], rtl


def clean(text: str) -> str:
    """The text without the characters that no XML may hold."""
    return _NOT_XML.sub("", text)


def write(paragraph: Paragraph, text: str, *, rtl: bool, bold: bool = False, style: str = "") -> None:
    """Add a text to a paragraph.

    Args:
        paragraph: where to.
        text: what.
        rtl: the direction of the text, which may be another than that of the paragraph.
        bold: whether it is bold.
        style: a style of characters.
    """
    for words, turned in runs(text, rtl=rtl):
        run = paragraph.add_run(words, style=style or None)
        run.bold = bold or None
        if turned:
            turn(run, bold=bold)


def turn(run: Run, *, bold: bool = False) -> None:
    """Make a run one of Persian, read from right to left."""
    properties = run._r.get_or_add_rPr()
    if bold:
        properties.append(_made("w:bCs"))
    properties.append(_made("w:rtl"))
    properties.append(_made("w:lang", {"w:bidi": "fa-IR"}))


def direct(paragraph: Paragraph, *, rtl: bool) -> Paragraph:
    """Give a paragraph its direction."""
    if rtl:
        # `bidi` has its place among the properties of a paragraph: before spacing, indents and alignment.
        properties = paragraph._p.get_or_add_pPr()
        properties.insert_element_before(
            _made("w:bidi"), "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr"
        )
    return paragraph


def turn_table(table: Table) -> None:
    """Let the columns of a table run from right to left."""
    style = table._tbl.tblPr.find(qn("w:tblStyle"))
    element = _made("w:bidiVisual")
    if style is None:
        table._tbl.tblPr.insert(0, element)
    else:
        style.addnext(element)


def lay_out(table: Table, widths: Iterable[float], *, lines: bool = True) -> None:
    """Give a table its columns' widths in millimetres, and thin lines below its rows."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    if lines:
        borders = _made("w:tblBorders")
        for side in ("bottom", "insideH"):
            borders.append(_made(f"w:{side}", {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": "C3CBD5"}))
        layout = table._tbl.tblPr.find(qn("w:tblLayout"))
        layout.addprevious(borders)


def repeat_head(table: Table) -> None:
    """Say that the first row is the head of the table."""
    table.rows[0]._tr.get_or_add_trPr().append(_made("w:tblHeader"))


def rule_below(paragraph: Paragraph) -> None:
    """Draw a line below a paragraph."""
    borders = _made("w:pBdr")
    borders.append(_made("w:bottom", {"w:val": "single", "w:sz": "6", "w:space": "1", "w:color": "7B8899"}))
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Make a paragraph one that a link leads to."""
    start = _made("w:bookmarkStart", {"w:id": str(number), "w:name": name})
    stop = _made("w:bookmarkEnd", {"w:id": str(number)})
    paragraph._p.append(start)
    paragraph._p.append(stop)


def link(paragraph: Paragraph, text: str, *, to: str = "", anchor: str = "") -> None:
    """Add a link, which is always read from left to right.

    Args:
        paragraph: where to.
        text: what is seen.
        to: an address that was checked.
        anchor: a bookmark, instead of an address.
    """
    made = OxmlElement("w:hyperlink")
    if to:
        made.set(qn("r:id"), paragraph.part.relate_to(to, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    else:
        made.set(qn("w:anchor"), anchor)
    run = paragraph.add_run(clean(text))
    made.append(run._r)
    paragraph._p.append(made)


def fonts(document: Document) -> None:
    """One font for all styles, with the Persian letters as large as the others."""
    for style in document.styles:
        if not hasattr(style, "font"):
            continue
        properties = style.element.get_or_add_rPr()
        for old in properties.findall(qn("w:rFonts")):
            properties.remove(old)
        names = {f"w:{kind}": FONT for kind in ("ascii", "hAnsi", "cs", "eastAsia")}
        properties.insert(0, _made("w:rFonts", names))
        for old in properties.findall(qn("w:iCs")):
            properties.remove(old)  # Persian letters are not slanted.
        for old in properties.findall(qn("w:bCs")) if style.font.bold is False else ():
            properties.remove(old)
        if style.font.size:
            size = str(int(style.font.size.pt * 2))
            for old in properties.findall(qn("w:szCs")):
                properties.remove(old)
            properties.find(qn("w:sz")).addnext(_made("w:szCs", {"w:val": size}))
    language = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    if language is not None:
        language.set(qn("w:val"), "en-GB")
        language.set(qn("w:bidi"), "fa-IR")


def first(cell: _Cell) -> Paragraph:
    """The paragraph that every cell has."""
    return cell.paragraphs[0]


def _made(name: str, attributes: dict[str, str] | None = None) -> BaseOxmlElement:
    element: BaseOxmlElement = OxmlElement(name)
    for key, value in (attributes or {}).items():
        element.set(qn(key), value)
    return element
