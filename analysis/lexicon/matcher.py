"""One Aho–Corasick pass over a folded text for every word of the lexicon."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import ahocorasick

from analysis.text.fold import JOINED, SPACE, Folded, fold

_SUFFIX = {
    "name": re.compile(r"(?:ها|های|هایی)?(?:ست|یی|ی|اند|یم)?"),
    "noun": re.compile(r"(?:ها|هایی?|ان)?(?:ای|یی|ی|ست|ند|م|ش|شان|مان|تان|اش|ام|ات)?"),
    "word": re.compile(""),
}
"""Clitics, plurals and the copula that agencies write on to a word («آمریکاست»، «تحریمها»)."""
_PREFIXES = ("به", "در", "از", "بر", "با", "که")
"""Function words that agencies glue to the next word («بهایران»); only before long words."""
_LONG_ENOUGH_FOR_PREFIX = 5
_LONG_ENOUGH_FOR_ENDING = 4
"""Shorter words with a glued ending are too often other words (حج → حجم)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or phrase of the lexicon.

    Attributes:
        kind: what it is (`country`, `person`, `title`, `verb`, `topic` …).
        id: what it stands for.
        form: the word as the lexicon lists it.
        ending: what may be glued to it: `name`, `noun` or `word` (nothing).
        facets: further facts that the rules ask for.
    """

    kind: str
    id: str
    form: str
    ending: str = "word"
    facets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """An entry found at letters `[first, last)` of a folded text, which came from `[start, stop)` of the text."""

    entry: Entry
    first: int
    last: int
    start: int
    stop: int

    @property
    def kind(self) -> str:
        """The entry's kind."""
        return self.entry.kind

    @property
    def id(self) -> str:
        """What the entry stands for."""
        return self.entry.id


@dataclass(frozen=True, slots=True)
class _Pattern:
    key: str
    closed: tuple[int, ...]  # letters before which the form has no gap
    entries: tuple[Entry, ...]


class Matcher:
    """Finds lexicon entries in folded text.

    A form is listed with all the gaps (spaces, ZWNJ) that it may have; the text may close any of them and may open
    none with a space. A match begins at the beginning of a word and ends at the end of one, glued endings aside.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        by_shape: dict[tuple[str, tuple[int, ...]], dict[Entry, None]] = {}
        for entry in entries:
            folded = fold(entry.form)
            closed = tuple(i for i in range(1, len(folded.letters)) if not folded.gaps[i])
            if folded.letters:
                by_shape.setdefault((folded.letters, closed), {})[entry] = None
        patterns: dict[str, list[_Pattern]] = {}
        for (key, closed), found in by_shape.items():
            patterns.setdefault(key, []).append(_Pattern(key, closed, tuple(found)))
        self._automaton = ahocorasick.Automaton()
        for key, group in patterns.items():
            self._automaton.add_word(key, tuple(group))
        self._empty = not patterns
        if not self._empty:
            self._automaton.make_automaton()

    def find(self, folded: Folded) -> list[Match]:
        """All matches, by position, longest first; they may overlap."""
        if self._empty:
            return []
        found = [
            Match(entry, first, last + 1, *folded.span(first, last + 1))
            for last, group in self._automaton.iter(folded.letters)
            for pattern in group
            if _gaps_fit(folded, first := last + 1 - len(pattern.key), pattern)
            and _begins_word(folded, first, len(pattern.key))
            for entry in pattern.entries
            if _ends_word(folded, first, last + 1, entry.ending)
        ]
        found.sort(key=lambda m: (m.first, -m.last))
        return found


def longest(matches: Iterable[Match]) -> Iterator[Match]:
    """Of overlapping matches the one that begins first, of those the longest; equal spans are all kept."""
    kept: Match | None = None
    for match in matches:
        if kept is None or match.first >= kept.last or (match.first, match.last) == (kept.first, kept.last):
            kept = match
            yield match


def within(matches: list[Match], start: int, stop: int) -> list[Match]:
    """The matches (sorted by start) that lie within `[start, stop)` of the text."""
    first = bisect_left(matches, start, key=lambda m: m.start)
    last = bisect_left(matches, stop, key=lambda m: m.start)
    return [m for m in matches[first:last] if m.stop <= stop]


def _gaps_fit(folded: Folded, first: int, pattern: _Pattern) -> bool:
    if SPACE not in folded.gaps[first + 1 : first + len(pattern.key)]:
        return True
    return all(folded.gaps[first + i] != SPACE for i in pattern.closed)


def _begins_word(folded: Folded, first: int, length: int) -> bool:
    if folded.starts_word(first):
        return True
    if length < _LONG_ENOUGH_FOR_PREFIX:
        return False
    return any(
        folded.letters.startswith(p, first - len(p)) and folded.starts_word(first - len(p))
        for p in _PREFIXES
        if first >= len(p)
    )


def _ends_word(folded: Folded, first: int, last: int, ending: str) -> bool:
    if folded.starts_word(last):
        return ending != "word" or last >= len(folded.letters) or folded.gaps[last] != JOINED
    if last - first < _LONG_ENOUGH_FOR_ENDING:
        return False
    glued = _SUFFIX[ending].match(folded.letters, last)
    return bool(glued and glued.end() > last and folded.starts_word(glued.end()))
