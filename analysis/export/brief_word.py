"""A brief as a Word document with real headings, tables, pictures and links from quotations to their sources."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from analysis.export import brief_pictures, word_text
from analysis.export.archive import rezipped
from analysis.export.brief import Brief, Table
from analysis.export.brief_html import groups
from analysis.export.brief_pictures import Picture
from analysis.text.bidi import address
from analysis.text.words import Words

_WIDTH, _PICTURE = 182.0, Mm(85)
"""Width of the text in millimetres, and that of a picture."""
_COLUMNS = {"speakers": (32, 30, 25), "positions": (48, 36, 42, 14, 14, 14, 14)}
"""Widths of the columns of tables, in millimetres."""
_SOFT = RGBColor(0x3F, 0x4A, 0x59)
_INK = RGBColor(0x18, 0x21, 0x2D)
_STYLES = {"Normal": 9.5, "Title": 16, "Heading 1": 11, "Quote": 9.5, "Caption": 8, "List Bullet": 9.5}
"""Sizes in points."""


def docx(brief: Brief) -> bytes:
    """The brief as a .docx; the same brief gives the same bytes."""
    writer = _Writer(brief)
    writer.head()
    writer.findings()
    for group in groups(brief):
        writer.side_by_side(group) if group[0].name != "positions" else writer.block(writer.document, group[0])
    if brief.rule:
        writer.quotations()
    writer.caveats()
    writer.sources()
    writer.foot()
    sink = io.BytesIO()
    writer.document.save(sink)
    return rezipped(sink.getvalue())


class _Writer:
    """Writes the parts of a brief one below the other."""

    def __init__(self, brief: Brief) -> None:
        self.brief, self.words = brief, Words(brief.lang)
        self.document = _empty(brief)

    def head(self) -> None:
        brief = self.brief
        self._text(self.document.add_paragraph(style="Title"), brief.title)
        for key, text in (("question", brief.question), ("in_view", brief.sentence)):
            if text:
                self._text(self._named(self.document.add_paragraph(), f"brief.{key}"), text)

    def findings(self) -> None:
        self.heading(self.document, self.words("brief.findings"))
        tiles = len(self.brief.tiles)
        table = self._table(self.document, 2, tiles, [_WIDTH / tiles] * tiles)
        for column, (name, number) in enumerate(self.brief.tiles):
            self._text(word_text.first(table.cell(0, column)), number, bold=True)
            self._text(word_text.first(table.cell(1, column)), name, style="Caption")
        for text in self.brief.findings:
            self._text(self.document.add_paragraph(style="List Bullet"), text)

    def side_by_side(self, group: list[Picture | Table]) -> None:
        """Pictures and a narrow table beside each other, in a table without lines."""
        table = self.document.add_table(1, 2)
        word_text.lay_out(table, (_WIDTH / 2, _WIDTH / 2), lines=False)
        if self.brief.rtl:
            word_text.turn_table(table)
        for cell, block in zip(table.rows[0].cells, group, strict=False):
            self.block(cell, block)
            _forget(word_text.first(cell))

    def block(self, place: Word | _Cell, block: Picture | Table) -> None:
        """A picture or a table with its heading and what is counted."""
        self.heading(place, block.title)
        if isinstance(block, Picture):
            paragraph = word_text.direct(place.add_paragraph(), rtl=self.brief.rtl)
            image = io.BytesIO(brief_pictures.png(block))
            shape = paragraph.add_run().add_picture(image, width=_PICTURE)
            shape._inline.docPr.set("descr", block.alt)
            shape._inline.docPr.set("name", block.name)
        else:
            self._rows(place, block)
        self._text(place.add_paragraph(style="Caption"), block.note)

    def quotations(self) -> None:
        brief, words = self.brief, self.words
        self.heading(self.document, words("brief.decisive"))
        self._text(self.document.add_paragraph(style="Caption"), brief.rule)
        for one in brief.quotations:
            said = self._text(self.document.add_paragraph(), one.said, bold=True)
            if one.stance:
                self._write(said, f" – {one.stance}")
            said.paragraph_format.keep_with_next = True
            # The words stay Persian in either language.
            quote = word_text.direct(self.document.add_paragraph(style="Quote"), rtl=True)
            word_text.write(quote, one.text + " ", rtl=True)
            word_text.link(quote, f"[{words.number(one.source)}]", anchor=f"source_{one.source}")
            self._text(self.document.add_paragraph(style="Caption"), one.coded)

    def caveats(self) -> None:
        self.heading(self.document, self.words("brief.caveats"))
        for text in self.brief.caveats:
            self._text(self.document.add_paragraph(style="List Bullet"), text)

    def sources(self) -> None:
        if not self.brief.sources:
            return
        self.heading(self.document, self.words("brief.sources"))
        for number, source in enumerate(self.brief.sources, 1):
            paragraph = self.document.add_paragraph(style="Caption")
            self._text(paragraph, f"[{self.words.number(number)}] {source.text} ")
            self._link(paragraph, source.url)
            word_text.bookmark(paragraph, f"source_{number}", number)

    def foot(self) -> None:
        for name, text in self.brief.about:
            paragraph = self.document.add_paragraph(style="Caption")
            self._text(paragraph, name + self.words("app.colon"), bold=True)
            if text == self.brief.link:
                self._link(paragraph, text)
            else:
                self._write(paragraph, text)

    def heading(self, place: Word | _Cell, text: str) -> None:
        """A heading of the second rank: the title is the first."""
        paragraph = self._text(place.add_paragraph(style="Heading 1"), text)
        word_text.rule_below(paragraph)

    def _rows(self, place: Word | _Cell, block: Table) -> None:
        table = self._table(place, len(block.rows) + 1, len(block.head), _COLUMNS[block.name])
        for column, text in enumerate(block.head):
            self._text(word_text.first(table.cell(0, column)), text, bold=True)
        for row, cells in enumerate(block.rows, 1):
            for column, text in enumerate(cells):
                self._text(word_text.first(table.cell(row, column)), text)
        word_text.repeat_head(table)

    def _table(self, place: Word | _Cell, rows: int, columns: int, widths: Sequence[float]) -> WordTable:
        table = place.add_table(rows, columns)
        word_text.lay_out(table, widths)
        if self.brief.rtl:
            word_text.turn_table(table)
        return table

    def _named(self, paragraph: Paragraph, key: str) -> Paragraph:
        return self._text(paragraph, self.words(key) + self.words("app.colon"), bold=True)

    def _text(self, paragraph: Paragraph, text: str, *, bold: bool = False, style: str = "") -> Paragraph:
        """A paragraph of the brief's language."""
        if style:
            paragraph.style = self.document.styles[style]
        if not paragraph.runs:
            word_text.direct(paragraph, rtl=self.brief.rtl)
        self._write(paragraph, text, bold=bold)
        return paragraph

    def _write(self, paragraph: Paragraph, text: str, *, bold: bool = False) -> None:
        word_text.write(paragraph, text, rtl=self.brief.rtl, bold=bold)

    def _link(self, paragraph: Paragraph, text: str) -> None:
        if address(text):
            word_text.link(paragraph, text, to=address(text))
        else:
            word_text.write(paragraph, text, rtl=False)


def _empty(brief: Brief) -> Word:
    document = Document()
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(14)
    section.top_margin = section.bottom_margin = Mm(12)
    for name, size in _STYLES.items():
        style = document.styles[name]
        style.font.size, style.font.italic = Pt(size), False
        style.font.color.rgb = _SOFT if name == "Caption" else _INK
        style.paragraph_format.space_before = Pt(5 if name in ("Heading 1", "Title") else 0)
        style.paragraph_format.space_after = Pt(1)
        style.paragraph_format.line_spacing = 1.0
    document.styles["Caption"].font.bold = False
    word_text.fonts(document)
    made = dt.datetime.combine(brief.made, dt.time())
    about = document.core_properties
    about.title, about.author, about.language = word_text.clean(brief.title), "Mavaze", brief.lang
    about.created = about.modified = made
    about.last_modified_by, about.comments, about.revision = "Mavaze", word_text.clean(brief.sentence), 1
    return document


def _forget(paragraph: Paragraph) -> None:
    """Take away the empty paragraph that a cell begins with."""
    paragraph._p.getparent().remove(paragraph._p)
