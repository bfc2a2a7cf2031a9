"""The words of a text as search keys, each with its place in the text."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from analysis.search import stems
from analysis.text.fold import DROPPED, ZWNJ, fold_in_place

_WRITTEN = re.compile(rf"\d+|[^\W\d_]+(?:[{DROPPED}{ZWNJ}]+[^\W\d_]+)*{DROPPED}*")
"""A word as it is written: letters with nothing but ZWNJ and marks between them, or digits."""
_GOES_ON = rf"{DROPPED}|[{DROPPED}{ZWNJ}]*[^\W\d_]"
_APART = re.compile(rf"([^\W\d_]{DROPPED}*)(?: (?:{'|'.join(stems.APART_ENDINGS)})(?!{_GOES_ON}))+")
"""Endings that are written apart; what follows begins another word, be it a digit or a sign."""
_MOST = 1 << 20
"""Distinct words whose keys are remembered."""
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
    letters = sign = -1  # where the last word of letters ended, and where a «می» stands that waits for its verb
    for written in _WRITTEN.finditer(folded):
        start, stop = written.span()
        word = written.group()
        follows = letters >= 0 and folded[letters:start] == " "
        letters = -1 if word[0].isdigit() else stop
        if follows and word in stems.APART_ENDINGS:
            if sign < 0:
                found[-1] = Word(found[-1].key, found[-1].start, stop)
        elif word in stems.VERB_SIGNS:
            sign = start
        else:
            for number, part in enumerate(_parts(word)):
                begins = sign if number == 0 and follows and sign >= 0 else start + part.start
                found.append(Word(part.key, begins, start + part.stop))
                _join_spelling(found)
            sign = -1
    return found


def keys(text: str) -> list[str]:
    """The keys of the words of a text, in order."""
    return key_text(text).split()


def key_text(text: str) -> str:
    """The keys that `words` gives, joined by spaces; much faster, for whole editions."""
    folded = _APART.sub(r"\1", fold_in_place(text))
    joined = " ".join(filter(None, map(_KEYS.__getitem__, _WRITTEN.findall(folded))))
    for spelling, key in _several().items():
        if spelling in joined:
            joined = f" {joined} ".replace(f" {spelling} ", f" {key} ").strip()
    return joined


def _join_spelling(found: list[Word]) -> None:
    """Make one word of the last ones where they are a spelling of one («گفت و گو»)."""
    for spelling, key in _several().items():
        size = spelling.count(" ") + 1
        if spelling.endswith(found[-1].key) and " ".join(word.key for word in found[-size:]) == spelling:
            found[-size:] = [Word(key, found[-size].start, found[-1].stop)]
            return


@cache
def _several() -> dict[str, str]:
    """Spellings of several words to the key of the one word that they spell, the longest first."""
    several = {" ".join(map(_KEYS.__getitem__, form)): key for form, key in _stems().several.items()}
    return dict(sorted(several.items(), key=lambda pair: -len(pair[0])))


class _Keys(dict[str, str]):
    """Written words to their keys, joined by spaces; "" for «می», which belongs to the word behind it."""

    def __missing__(self, written: str) -> str:
        found = "" if written in stems.VERB_SIGNS else " ".join(part.key for part in _parts(written))
        if len(self) < _MOST:
            self[written] = found
        return found


_KEYS = _Keys()


@lru_cache(maxsize=1 << 16)
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


@cache
def _stems() -> stems.Stems:
    return stems.load()
