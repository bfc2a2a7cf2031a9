"""Cut a text into lines and sentences, by positions only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_LETTER = r"[^\W\d_]"
_CLOSERS = "»”\"'’ˈ)\\]"
_END = re.compile(
    rf"""
    (?: (?<![!?؟…])[!?؟…]++ | (?<!\.)\.++ )  # the end mark, whole: no second try within a row of dots
    [{_CLOSERS}\u200c\u200f]*+               # quotation marks and brackets that it closes
    (?= \s | $ | [«“🔹🔸🔻🔺♦▪●•◾] | (?<=[.!?؟»”"]) [\u0600-\u06ff] )
    """,
    re.VERBOSE,
)
_BULLET = re.compile(r"(?<=\s)[🔹🔸🔻🔺♦▪●•◾◽🔴🔵🟢⚪⚫✅❇]\ufe0f?")
_LONGEST = 2500
"""Characters of the longest sentence; a text that never stops is cut there, as rules compare a sentence's words."""
_PAUSES = ("؛", "،", " ")
_SHORT = re.compile(rf"(?:^|[\s.«(\u200c]){_LETTER}$|(?:^|\s)(?:mr|dr|st|no|vs)$", re.IGNORECASE)


class Sentence(NamedTuple):
    """A sentence: `text[start:stop]`, without surrounding white space, its line's number, and whether it fills it."""

    start: int
    stop: int
    line: int
    alone: bool


def lines(text: str) -> Iterator[tuple[int, int]]:
    """The positions of the non-empty lines, without surrounding white space."""
    for match in _LINE.finditer(text):
        start, stop = strip(text, *match.span())
        if start < stop:
            yield start, stop


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text, in order; none crosses a line.

    A full stop ends a sentence before white space or, where agencies forgot the space, before a Persian letter; it does
    not after a single letter (initials, «ج.ا.ایران») or between digits. A bullet begins one. What goes on for
    thousands of characters without an end is cut at a pause.
    """
    return [
        Sentence(*span, number, span == line)
        for number, line in enumerate(lines(text))
        for span in _sentences_of_line(text, *line)
    ]


def _sentences_of_line(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    cuts = {m.end() for m in _END.finditer(text, start, stop) if _ends_sentence(text, start, m)}
    cuts |= {m.start() for m in _BULLET.finditer(text, start, stop)}
    here = start
    for cut in [*sorted(cuts), stop]:
        first, last = strip(text, here, cut)
        while last - first > _LONGEST:
            pause = _pause(text, first, first + _LONGEST)
            yield from _spoken(text, first, pause)
            first, last = strip(text, pause, last)
        yield from _spoken(text, first, last)
        here = cut


def _pause(text: str, start: int, stop: int) -> int:
    """The place after the last pause in the second half of a stretch; its end where there is none."""
    found = (text.rfind(mark, (start + stop) // 2, stop) + 1 for mark in _PAUSES)
    return next((place for place in found if place), stop)


def _spoken(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """A stretch without the white space at its ends, if it holds a letter or digit."""
    start, stop = strip(text, start, stop)
    if any(c.isalnum() for c in text[start:stop]):
        yield start, stop


def _ends_sentence(text: str, start: int, end: re.Match[str]) -> bool:
    if text[end.start()] != ".":
        return True
    before = text[max(start, end.start() - 12) : end.start()]
    if not before or _SHORT.search(before):
        return False
    after = text[end.end() : end.end() + 1]
    if before[-1].isdigit():
        return not after or after.isspace() or not after.isalnum()
    return not (after.isascii() and after.isalnum())


def strip(text: str, start: int, stop: int) -> tuple[int, int]:
    """A stretch without the white space (and ZWNJ, bidi marks) at its ends."""
    while start < stop and (text[start].isspace() or text[start] in "\u200c\u200e\u200f\ufeff"):
        start += 1
    while stop > start and (text[stop - 1].isspace() or text[stop - 1] in "\u200c\u200e\u200f\ufeff"):
        stop -= 1
    return start, stop
