"""One Aho–Corasick pass over a folded text for every word of the lexicon."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple, Protocol

import ahocorasick

from analysis.text.fold import JOINED, SPACE, Folded, fold

_SUFFIX = {
    "name": re.compile(r"(?:ها|های|هایی)?(?:ست|یی|ی|اند|یم)?"),
    "noun": re.compile(r"(?:ها|هایی?|ان)?(?:ای|یی|ی|ست|ند|م|ش|شان|مان|تان|اش|ام|ات)?"),
}
"""Clitics, plurals and the copula that agencies write on to a word («آمریکاست»، «تحریمها»)."""
_PREFIXES = frozenset(("به", "در", "از", "بر", "با", "که"))
"""Function words, of two letters, that agencies glue to the next word («بهایران»); only before long words."""
_LONG_ENOUGH_FOR_PREFIX = 5
_LONG_ENOUGH_FOR_ENDING = 4
"""Shorter words with a glued ending are too often other words (حج → حجم)."""
_FIRST, _START = attrgetter("first"), attrgetter("start")


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


class Match(NamedTuple):
    """An entry found at letters `[first, last)` of a folded text, which came from `[start, stop)` of the text."""

    entry: Entry
    first: int
    last: int
    start: int
    stop: int
    kind: str
    """The entry's kind."""
    id: str
    """What the entry stands for."""


class _Pattern(NamedTuple):
    length: int
    closed: tuple[int, ...]  # letters before which the form has no gap
    by_ending: tuple[tuple[str, tuple[tuple[Entry, str, str], ...]], ...]  # each entry with its kind and id


class Matcher:
    """Finds lexicon entries in folded text.

    A form is listed with all the gaps (spaces, ZWNJ) that it may have; the text may close any of them and may open
    none with a space. A match begins at the beginning of a word and ends at the end of one, glued endings aside.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        by_shape: dict[tuple[str, tuple[int, ...]], dict[Entry, None]] = {}
        listed = list(entries)
        whole = fold("\n".join(" ".join(entry.form.split()) for entry in listed))  # all at once, which is much faster
        here = 0
        for entry, letters in zip(listed, whole.letters.split("\n"), strict=False):
            closed = tuple(i for i in range(1, len(letters)) if not whole.gaps[here + i])
            here += len(letters) + 1
            if letters:
                by_shape.setdefault((letters, closed), {})[entry] = None
        patterns: dict[str, list[_Pattern]] = {}
        for (key, closed), found in by_shape.items():
            by_ending: dict[str, list[tuple[Entry, str, str]]] = {}
            for entry in reversed(found):  # `find` turns the order round
                by_ending.setdefault(entry.ending, []).append((entry, entry.kind, entry.id))
            groups = tuple((ending, tuple(entries)) for ending, entries in by_ending.items())
            patterns.setdefault(key, []).append(_Pattern(len(key), closed, groups))
        self._automaton = ahocorasick.Automaton()
        for key, group in patterns.items():
            bare = all(ending == "word" for pattern in group for ending, _ in pattern.by_ending)
            self._automaton.add_word(key, (bare, tuple(reversed(group))))
        self._empty = not patterns
        if not self._empty:
            self._automaton.make_automaton()

    def find(self, folded: Folded) -> list[Match]:
        """All matches, by position, longest first; they may overlap."""
        if self._empty:
            return []
        found: list[Match] = []
        letters, origin, gaps, starts = folded.letters, folded.origin, folded.gaps, folded.starts
        end, new = len(letters), tuple.__new__
        for final, (only_bare, group) in self._automaton.iter(letters):
            last = final + 1
            free = starts[last]  # a word may begin after the match, so that nothing is glued to it
            if only_bare and not free:
                continue
            bare = free and (last >= end or gaps[last] != JOINED)
            stop = origin[final] + 1
            for length, closed, by_ending in group:
                first = last - length
                if not starts[first]:  # only a function word that begins a word may be written on to it
                    before = first - 2
                    if length < _LONG_ENOUGH_FOR_PREFIX or before < 0 or not starts[before]:
                        continue
                    if letters[before:first] not in _PREFIXES:
                        continue
                if SPACE in gaps[first + 1 : last] and any(gaps[first + i] == SPACE for i in closed):
                    continue
                for ending, entries in by_ending:
                    if bare if ending == "word" else free or _has_ending(folded, first, last, ending):
                        start = origin[first]
                        found += [
                            new(Match, (entry, first, last, start, stop, kind, id)) for entry, kind, id in entries
                        ]
        found.reverse()  # sorting is stable: of those that begin together the longest comes first
        found.sort(key=_FIRST)
        return found

    def find_whole(self, words: str) -> list[Match]:
        """The entries that some words are, from the first letter to the last."""
        folded = fold(words)
        return [m for m in self.find(folded) if m.first == 0 and m.last == len(folded.letters)]


class Layered(Matcher):
    """A matcher with some entries more and some less, without compiling the others again.

    Args:
        base: the matcher of most entries.
        more: entries that it lacks.
        without: entries of it that do not count.
    """

    def __init__(self, base: Matcher, more: Iterable[Entry], without: Iterable[Entry] = ()) -> None:
        super().__init__(more)
        self._base, self._without = base, frozenset(without)

    def find(self, folded: Folded) -> list[Match]:
        """All matches, by position, longest first; they may overlap."""
        found, more = self._base.find(folded), super().find(folded)
        if self._without:
            found = [match for match in found if match.entry not in self._without]
        return sorted([*found, *more], key=_place) if more else found


def _place(match: Match) -> tuple[int, int]:
    return match.first, -match.last


def longest(matches: Iterable[Match]) -> Iterator[Match]:
    """Of overlapping matches the one that begins first, of those the longest; equal spans are all kept."""
    kept: Match | None = None
    for match in matches:
        if kept is None or match.first >= kept.last or (match.first, match.last) == (kept.first, kept.last):
            kept = match
            yield match


class Spanned(Protocol):
    """Anything that stands at `[start, stop)` of a text."""

    @property
    def start(self) -> int: ...
    @property
    def stop(self) -> int: ...


def between[T: Spanned](found: Sequence[T], start: int, stop: int) -> Sequence[T]:
    """Those (sorted by start) that begin within `[start, stop)` of the text."""
    first = bisect_left(found, start, key=_START)
    return found[first : bisect_left(found, stop, lo=first, key=_START)]


def within[T: Spanned](found: Sequence[T], start: int, stop: int) -> list[T]:
    """Those (sorted by start) that lie within `[start, stop)` of the text."""
    return [item for item in between(found, start, stop) if item.stop <= stop]


def _has_ending(folded: Folded, first: int, last: int, ending: str) -> bool:
    """Whether one of the endings is glued to the letters `[first, last)` and ends the word."""
    if last - first < _LONG_ENOUGH_FOR_ENDING:
        return False
    glued = _SUFFIX[ending].match(folded.letters, last)
    return bool(glued and glued.end() > last and folded.starts[glued.end()])
