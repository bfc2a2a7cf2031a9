"""Lines of a PDF's page out of its glyphs, each of which stands somewhere: right to left, in logical order.

PDFs of Persian text hold glyphs in whatever order the program drew them, many as presentation forms, and a ZWNJ as a
space that takes no room. The libraries that give text out give it in the order of drawing, reversed in part, or without
the ZWNJs; where each glyph stands is the same in all files.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

ZWNJ = "\u200c"
UNKNOWN = "\ufffd"
"""What a font draws without saying what it is: pictures mostly, and the letter under the hamza of «خانهٔ»."""
_SPACE = 0.12
"""Room between two glyphs that is a space, in ems."""
_NEAR = 0.1
_COLUMN = 1.2
"""Room that may part two columns, in ems."""
_LEAST_LINES, _LEAST_LETTERS = 4, 12
"""Lines, and letters of a line, that make a column; less is a table."""
_NOT_JOINING = frozenset("اآأإدذرزژوؤةىء")
_MIRRORED = str.maketrans("()[]{}«»<>", ")(][}{»«><")
_BRACKETS = frozenset("()[]«»")
_OPENING = frozenset("([«")
_RUNS = re.compile(r"N(?:C?N)*(?:L(?:[LNCS]*[LN])?)?|L(?:[LNCS]*[LN])?|.", re.DOTALL)
"""What is written from left to right within a line from right to left: numbers, Latin words."""


class Glyph(NamedTuple):
    """A drawn character."""

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, or what of it stands in one column."""

    glyphs: tuple[Glyph, ...]
    left: float
    right: float
    base: float
    size: float

    @property
    def rightward(self) -> bool:
        """Whether it holds no letter that is written from right to left."""
        return not any(_is_arabic(char) for glyph in self.glyphs for char in glyph.text)


def columns(glyphs: Iterable[Glyph]) -> list[list[Line]]:
    """The lines of a page, those of a column together, in the order of reading."""
    return _cut(list(_pieces(glyphs)))


def _pieces(glyphs: Iterable[Glyph]) -> Iterator[Line]:
    """Lines, parted wherever there is room enough for a column's edge."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: (-one.base, one.left)):
        if rows and abs(rows[-1][0].base - glyph.base) <= 0.35 * min(rows[-1][0].size, glyph.size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    for row in rows:
        if not any(glyph.text.strip() for glyph in row):
            continue
        row.sort(key=lambda one: one.left)
        piece: list[Glyph] = []
        reach = row[0].left
        for glyph in row:
            if glyph.text.strip():
                if any(one.text.strip() for one in piece) and glyph.left - reach > _COLUMN * glyph.size:
                    yield _line(piece)
                    piece = []
                reach = max(reach, glyph.right) if piece else glyph.right
            piece.append(glyph)
        yield _line(piece)


def _line(glyphs: list[Glyph]) -> Line:
    inked = [glyph for glyph in glyphs if glyph.text.strip()]
    sizes = sorted(glyph.size for glyph in inked)
    left, right = min(glyph.left for glyph in inked), max(glyph.right for glyph in inked)
    return Line(tuple(glyphs), left, right, inked[0].base, sizes[len(sizes) // 2])


def _cut(pieces: list[Line], depth: int = 8) -> list[list[Line]]:
    """Columns where there are some, else lines over the whole width."""
    if depth and (edge := _gutter(pieces)) is not None:
        right = [piece for piece in pieces if piece.left >= edge]
        left = [piece for piece in pieces if piece.left < edge]
        both = [left, right] if all(piece.rightward for piece in pieces) else [right, left]
        return [column for part in both for column in _cut(part, depth - 1)]
    parts = _stacked(pieces)
    if depth and len(parts) > 1 and any(_gutter(part) is not None for part in parts):
        return [column for part in parts for column in _cut(part, depth - 1)]
    return [_joined(pieces)] if pieces else []


def _gutter(pieces: list[Line]) -> float | None:
    """Where a column begins: no piece stands across, and there is text on both sides."""
    reach, best, found = 0.0, 0.0, None
    for number, piece in enumerate(sorted(pieces, key=lambda one: one.left)):
        if number and piece.left - reach > max(best, _COLUMN * piece.size * 0.8):
            sides = (
                [one for one in pieces if one.left < piece.left],
                [one for one in pieces if one.left >= piece.left],
            )
            if all(map(_is_column, sides)):
                best, found = piece.left - reach, piece.left
        reach = max(reach, piece.right) if number else piece.right
    return found


def _is_column(pieces: list[Line]) -> bool:
    letters = sum(len(piece.glyphs) for piece in pieces)
    return len({piece.base for piece in pieces}) >= _LEAST_LINES and letters >= _LEAST_LETTERS * len(pieces)


def _stacked(pieces: list[Line]) -> list[list[Line]]:
    """Parts above one another, with more room between them than lines have."""
    parts: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda one: -one.base):
        if parts and parts[-1][-1].base - piece.base <= 2.2 * piece.size:
            parts[-1].append(piece)
        else:
            parts.append([piece])
    return parts


def _joined(pieces: list[Line]) -> list[Line]:
    """Whole lines again, where nothing parts a column."""
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda one: -one.base):
        if rows and abs(rows[-1][0].base - piece.base) <= 0.35 * piece.size:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_line([glyph for piece in row for glyph in piece.glyphs]) for row in rows]


def line_text(line: Line, *, mirrored: bool) -> str:
    """A line's words in the order of reading.

    Args:
        line: the line.
        mirrored: whether the file names brackets as they look, so that they have to be turned.
    """
    drawn = _spaced(line)
    if line.rightward:
        return "".join(drawn).strip()
    kinds = "".join(_kind(text) for text in drawn)
    runs = [drawn[found.start() : found.end()] for found in _RUNS.finditer(kinds)]
    turned = (run if len(run) > 1 or not mirrored else [run[0].translate(_MIRRORED)] for run in reversed(runs))
    return "".join(text for run in turned for text in run).strip()


def names_brackets_as_they_look(lines: Iterable[Line]) -> bool:
    """Whether the brackets of most lines would be the wrong way round if they were not turned."""
    first = [next((text for text in reversed(_spaced(line)) if text in _BRACKETS), "") for line in lines]
    return 2 * sum(text in _OPENING for text in first) <= sum(map(bool, first))


def _kind(text: str) -> str:
    """Latin letter, number, what may stand within one, letter from right to left, anything else."""
    char = text[0]
    if char.isdecimal():
        return "N"
    if _is_arabic(char):
        return "A"
    if char.isalpha():
        return "L"
    return "C" if char in ".,:/٫٬" else "S"


def _is_arabic(char: str) -> bool:
    return unicodedata.bidirectional(char) in {"R", "AL"} or unicodedata.bidirectional(char) == "NSM" or char == ZWNJ


def _spaced(line: Line) -> list[str]:
    """What is drawn, from left to right, with the spaces and ZWNJs that stand between."""
    rightward, em = line.rightward, line.size
    inked = _with_marks(line)
    gaps = [glyph for glyph in line.glyphs if not glyph.text.strip() or glyph.text == ZWNJ]
    drawn: list[str] = []
    for place, (glyph, text) in enumerate(inked):
        if place:
            before = inked[place - 1][0]
            drawn.extend(_between(before, glyph, gaps, em, rightward=rightward))
        drawn.append(text)
    return drawn


def _between(left: Glyph, right: Glyph, gaps: list[Glyph], em: float, *, rightward: bool) -> list[str]:
    room = right.left - left.right
    if room > _SPACE * em:
        return [" "]
    if rightward or not all(_is_arabic(char) and char.isalpha() for char in (_folded(left)[0], _folded(right)[0])):
        return []
    near = _NEAR * em
    if any(left.right - near <= gap.left <= right.left + near for gap in gaps) or _ends(right):
        return [ZWNJ]
    return []


def _ends(glyph: Glyph) -> bool:
    """Whether a letter that joins the next one has the form of a word's end: then a ZWNJ parts them."""
    form = unicodedata.decomposition(glyph.text[-1]).partition(" ")[0]
    return form in {"<final>", "<isolated>"} and _folded(glyph)[-1] not in _NOT_JOINING and glyph.text[-1] > "\ufb00"


def _folded(glyph: Glyph) -> str:
    """A glyph as letters: presentation forms and ligatures are letters that were told how to look."""
    text = glyph.text
    if any("\ufb00" <= char <= "\ufdff" or "\ufe70" <= char <= "\ufeff" for char in text):
        text = unicodedata.normalize("NFKC", text).replace(" ", "")
    return text or glyph.text


def _with_marks(line: Line) -> list[tuple[Glyph, str]]:
    """The glyphs from left to right; marks with the letter that they stand over; what is drawn twice, once."""
    letters: list[tuple[Glyph, str]] = []
    marks: list[Glyph] = []
    for glyph in sorted(line.glyphs, key=lambda one: one.left + one.right):
        text = _folded(glyph)
        if not text.strip() or text == ZWNJ:
            continue
        if all(unicodedata.category(char) == "Mn" for char in text):
            marks.append(glyph)
        elif not (letters and _is_again(letters[-1][0], glyph)):
            letters.append((glyph, text))
    for mark in marks if letters else ():
        # A mark beside all letters ends its word: it belongs to the letter on its right.
        middle, last = (mark.left + mark.right) / 2, len(letters) - 1
        place = min(bisect_left(letters, middle, key=lambda one: one[0].right), last)
        letters[place] = (letters[place][0], letters[place][1] + _folded(mark))
    return [(glyph, text.replace(UNKNOWN + "\u0654", "ه\u0654")) for glyph, text in letters if text != UNKNOWN]


def _is_again(one: Glyph, other: Glyph) -> bool:
    return one.text == other.text and abs(one.left - other.left) < 0.08 * one.size


def paragraphs(lines: list[Line], texts: list[str]) -> list[str]:
    """Lines joined where one goes on in the next: where the next one's first word had no room left in it."""
    if not lines:
        return []
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    steps = sorted(above.base - below.base for above, below in pairwise(lines))
    usual = steps[len(steps) // 3] if steps else 0.0
    found = [texts[0]]
    for (above, below), text in zip(pairwise(lines), texts[1:], strict=True):
        close = above.base - below.base <= 1.25 * usual and abs(above.size - below.size) < 0.12 * above.size
        room = above.left - left if not above.rightward else right - above.right
        if close and room < _first_word(below) + 0.3 * below.size:
            found[-1] = f"{found[-1]} {text}"
        else:
            found.append(text)
    return found


def _first_word(line: Line) -> float:
    """How wide the word is that a line begins with, and the space before it."""
    inked = sorted((glyph for glyph in line.glyphs if glyph.text.strip()), key=lambda one: one.left)
    ordered = inked if line.rightward else inked[::-1]
    for one, following in pairwise(ordered):
        room = following.left - one.right if line.rightward else one.left - following.right
        if room > _SPACE * line.size:
            return abs(one.right - line.left if line.rightward else line.right - one.left)
    return line.right - line.left
