"""The words of a text as search keys, each with its place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from analysis.search import stems
from analysis.text.fold import DROPPED, ZWNJ, fold_in_place

_WRITTEN = re.compile(rf"\d+|[^\W\d_]+(?:[{DROPPED}{ZWNJ}]+[^\W\d_]+)*")
"""A word as it is written: letters with nothing but ZWNJ and marks between them, or digits."""
_PIECE = re.compile(rf"[^{ZWNJ}]+")


class Word(NamedTuple):
    """A key and the stretch `[start, stop)` of the text that it stands for."""

    key: str
    start: int
    stop: int


class _Part(NamedTuple):
    """A key of a written word and the stretch of it, counted from its beginning."""

    key: str
    start: int
    stop: int


def words(text: str) -> list[Word]:
    """The words of a text in order.

    Endings that are written apart belong to the word before them («تحریم های»), «می» to the verb after it. Two words
    that are written in one («وزیرخارجه») give two keys, several spellings of one word one.
    """
    found: list[Word] = []
    folded = fold_in_place(text)
    before = sign = -1  # where the last word ended, and where a «می» stands that waits for its verb
    for written in _WRITTEN.finditer(folded):
        start, stop = written.span()
        word = written.group()
        if word in stems.VERB_SIGNS:
            sign, before = start, stop
            continue
        if word in stems.APART_ENDINGS and found and before == found[-1].stop and _only_space(folded, before, start):
            last = found[-1]
            found[-1] = Word(last.key, last.start, stop)
            before = stop
            continue
        parts = _parts(word)
        for part in parts:
            found.append(Word(part.key, start + part.start, start + part.stop))
        if sign >= 0 and parts and _only_space(folded, before, start):
            found[-len(parts)] = Word(found[-len(parts)].key, sign, found[-len(parts)].stop)
        before, sign = stop, -1
        _join_spelling(found)
    return found


def keys(text: str) -> list[str]:
    """The keys of the words of a text, in order."""
    return [word.key for word in words(text)]


def _only_space(folded: str, start: int, stop: int) -> bool:
    return folded[start:stop] == " "


def _join_spelling(found: list[Word]) -> None:
    """Make one word of the last two or three where they are a spelling of one («گفت وگو», «گفت و گو»)."""
    if len(found) > 2 and found[-2].key == "و":
        first = -3
    elif len(found) > 1 and found[-1].key[0] == "و":
        first = -2
    else:
        return
    if joined := _stems().spellings.get("".join(word.key for word in found[first:])):
        found[first:] = [Word(joined, found[first].start, found[-1].stop)]


@lru_cache(maxsize=1 << 18)
def _parts(written: str) -> tuple[_Part, ...]:
    """The keys of a written word; each distinct word of a corpus is looked at once."""
    rules = _stems()
    pieces = [
        _Part(match.group().replace(DROPPED, ""), match.start(), match.end()) for match in _PIECE.finditer(written)
    ]
    pieces = [piece for piece in pieces if piece.key]
    if len(pieces) > 1 and pieces[0].key in stems.VERB_SIGNS:
        pieces = [_Part(pieces[1].key, pieces[0].start, pieces[1].stop), *pieces[2:]]
    while len(pieces) > 1 and pieces[-1].key in stems.JOINED_ENDINGS:
        pieces = [*pieces[:-2], _Part(pieces[-2].key, pieces[-2].start, pieces[-1].stop)]
    if not pieces:
        return ()
    start, stop = pieces[0].start, pieces[-1].stop
    if len(pieces) > 1:
        whole = "".join(piece.key for piece in pieces)
        if rules.is_solid(whole):
            return (_Part(rules.key(whole), start, stop),)
    found: list[_Part] = []
    for piece in pieces:
        several = rules.keys(piece.key) if piece.key.isalpha() else (piece.key,)
        found += [_Part(key, piece.start, piece.stop) for key in several]
    return tuple(found)


@lru_cache(maxsize=1)
def _stems() -> stems.Stems:
    return stems.load()
