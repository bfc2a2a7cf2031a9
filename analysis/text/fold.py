"""Fold Persian text for matching, keeping where every letter came from.

Spellings that readers take for the same word fold to the same letters: Arabic and Persian forms of a letter, digits
of any script, marks and diacritics. Spaces and ZWNJ are not letters; they are kept beside the letters as *gaps*, so
that «می گوید», «می‌گوید» and «میگوید» are the same letters with different gaps. The text itself is never changed.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

NONE, JOINED, SPACE = 0, 1, 2
"""What stands before a folded letter: nothing, a ZWNJ, or white space."""

_VARIANTS = dict(zip("يىۍېكڪةۀأإآٱؤئ", "ییییککههااااوی", strict=True))
DROPPED, ZWNJ = "\0", "\1"
"""What `fold_in_place` writes for a character that is dropped, and for a ZWNJ."""
_BLANK = " "


class _FoldTable(dict[int, str]):
    """Character to folded character, worked out once for each character that is met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = self[code] = _fold_character(char)
        return folded


def _fold_character(char: str) -> str:
    if char == "\u200c":
        return ZWNJ
    if char in "\n\r\v\f\x85\u2028\u2029":
        return "\n"
    if len(plain := unicodedata.normalize("NFKC", char)) == 1:  # presentation forms of old web pages
        char = plain
    if char in _VARIANTS:
        return _VARIANTS[char]
    category = unicodedata.category(char)
    if category in ("Zs", "Cc"):
        return _BLANK
    if category in ("Mn", "Cf") or char == "ـ":
        return DROPPED
    if category == "Nd":
        return str(unicodedata.digit(char))
    lower = char.lower()
    return lower if len(lower) == 1 else char


_TABLE = _FoldTable()
_ALPHANUMERIC = np.array([chr(code).isalnum() for code in range(0x10000)])
"""Whether a character is a letter or a digit; those of the higher planes (the last entry stands for them) are not."""
_NO_LETTERS = str.maketrans("", "", DROPPED + ZWNJ + _BLANK)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and the way back.

    Attributes:
        letters: the folded text without spaces, ZWNJ, diacritics; line breaks are kept as "\\n".
        origin: for each letter, its position in the text that was folded.
        gaps: for each letter, what stood before it (`NONE`, `JOINED`, `SPACE`).
        starts: for each letter, and for the place after the last, whether a word may begin there: after a gap or
            punctuation, and at both ends of the text.
    """

    letters: str
    origin: list[int]
    gaps: bytes
    starts: bytes

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The stretch `[start, stop)` of the original text that letters `[first, last)` came from."""
        return self.origin[first], self.origin[last - 1] + 1

    def between(self, start: int, stop: int) -> str:
        """The letters that came from `[start, stop)` of the original text."""
        first = bisect_left(self.origin, start)
        return self.letters[first : bisect_left(self.origin, stop, first)]


def fold(text: str) -> Folded:
    """Fold a text for matching.

    Every letter of the result comes from exactly one character of `text`; folding the result again changes nothing.
    """
    if not text:
        return Folded("", [], b"", b"\1")
    characters = np.frombuffer(text.translate(_TABLE).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kept = characters > ord(_BLANK)
    kept |= characters == ord("\n")
    origin = np.flatnonzero(kept)
    before = kept.cumsum()  # how many letters stand before a character that is none
    gaps = np.zeros(len(origin) + 1, dtype=np.uint8)
    gaps[before[characters == ord(ZWNJ)]] = JOINED
    gaps[before[characters == ord(_BLANK)]] = SPACE
    gaps = gaps[:-1]
    letters = characters[kept]
    alphanumeric = _ALPHANUMERIC[np.minimum(letters, len(_ALPHANUMERIC) - 1)]
    starts = np.ones(len(origin) + 1, dtype=np.uint8)
    starts[1:-1] = (gaps[1:] != NONE) | ~(alphanumeric[1:] & alphanumeric[:-1])
    folded = letters.tobytes().decode("utf-32-le", "surrogatepass")
    return Folded(folded, origin.tolist(), gaps.tobytes(), starts.tobytes())


def fold_in_place(text: str) -> str:
    """The text with every character folded where it stands, so that positions stay: what is dropped becomes `DROPPED`,
    a ZWNJ `ZWNJ`, white space a space."""
    return text.translate(_TABLE)


@lru_cache(maxsize=1 << 16)
def fold_key(text: str) -> str:
    """The folded letters alone: equal for two spellings of one word. What `fold(text).letters` is, but faster."""
    return text.translate(_TABLE).translate(_NO_LETTERS)


def fold_words(words: Iterable[str]) -> Iterator[str]:
    """`fold_key` of very many words at once, in order; no word may hold a line break."""
    return iter("\n".join(words).translate(_TABLE).translate(_NO_LETTERS).split("\n"))
