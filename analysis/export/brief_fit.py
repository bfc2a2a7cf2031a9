"""How much of two pages a brief takes, estimated from its letters: nothing lays it out where files are made.

The estimates are those of brief.css, rounded up; a test prints briefs and counts their pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.export.brief import Brief
    from analysis.export.brief_quotes import Source

PAGES = 2
_PAGE, _LOST = 273.0, 28.0
"""Millimetres of a page, and what is lost where a picture or a quotation does not break across two pages."""
_LINE, _SMALL, _HEAD, _ROW = 4.9, 4.2, 8.0, 5.1
"""Heights of a line, a line of notes, a heading and a row of a table, in millimetres."""
_LETTERS, _QUOTED_LETTERS, _SMALL_LETTERS, _HALF_LETTERS = 108, 118, 124, 62
"""Letters of a line, of one in Persian, of a line of notes, and of one of notes below half a line."""
_PIXEL = 25.4 / 96


def quotations(brief: Brief) -> int:
    """How many of the quotations fit on two pages, from the first on."""
    room = PAGES * _PAGE - _LOST - _without(brief)
    seen: set[Source] = set()
    for place, one in enumerate(brief.quotations):
        room -= lines(one.said + one.stance) * _LINE + lines(one.text, _QUOTED_LETTERS) * _LINE + _SMALL + 1.2
        if one.where not in seen:
            room -= lines(one.where.text + one.where.url, _SMALL_LETTERS - 14) * _SMALL
        seen.add(one.where)
        if room < 0:
            return place
    return len(brief.quotations)


def lines(text: str, letters: int = _LETTERS) -> int:
    """Lines that a text takes."""
    return max(1, -(-len(text) // letters))


def _without(brief: Brief) -> float:
    """Millimetres of everything but the quotations and where they stand."""
    head = 9 + _of((brief.question, brief.sentence), _LINE, _LETTERS)
    findings = _HEAD + 14 + _of(brief.findings, _LINE, _LETTERS)
    caveats = _HEAD + _of(brief.caveats, _SMALL, _SMALL_LETTERS)
    quoted = 2 * _HEAD + 2 * _SMALL if brief.quotations else 0
    return head + findings + _shown(brief) + caveats + quoted + 14


def _shown(brief: Brief) -> float:
    """Millimetres of the pictures and tables."""
    narrow = [one.height * _PIXEL + 2 * lines(one.note, _HALF_LETTERS) * _SMALL / 2 + _HEAD for one in brief.pictures]
    total = 0.0
    for table in brief.tables:
        wide = table.name == "positions"
        letters = 30 if wide else 20
        rows = sum(max(lines(cell, letters) for cell in row) for row in table.rows)
        height = _HEAD + (rows + 1) * _ROW + lines(table.note, _SMALL_LETTERS if wide else _HALF_LETTERS) * _SMALL
        total += height if wide else 0
        narrow += [] if wide else [height]
    return total + sum(max(narrow[i : i + 2]) for i in range(0, len(narrow), 2))


def _of(texts: Iterable[str], height: float, letters: int) -> float:
    return sum(lines(text, letters) * height for text in texts if text)
