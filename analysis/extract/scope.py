"""Words and clauses of a statement: what a stance word reaches, and what turns it round."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from analysis.extract.document import Document
from analysis.lexicon.matcher import Match, longest

_WORD = re.compile(r"\S+")
_HARD = re.compile(r"[.!؟?؛…]+[»”\")\]]*$")
_PAUSE = re.compile(r"[،,:؛.!؟?][»”\")\]]*$")
_LINKS = frozenset(("و", "که", "تا", "زیرا", "چون", "چرا"))
_CLITIC = re.compile(r"[\W\d_]+")
COPULAS = frozenset(("ند", "یم", "ست", "اند", "ایم", "م", "ام", "است"))
"""Copulas that are written on to a word."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb form at words `[first, last]`."""

    past: str
    negative: bool
    mood: str
    first: int
    last: int


class Scope:
    """The words of `[start, stop)` of a document, by number, with their clauses, verbs and turning words."""

    def __init__(self, document: Document, start: int, stop: int) -> None:
        self.words = [m.span() for m in _WORD.finditer(document.text, start, stop)]
        self._starts = [a for a, _ in self.words]
        self.texts = [document.text[a:b] for a, b in self.words]
        self.verbs = [self._verb(m) for m in longest(document.found("stance_verb", start, stop))]
        self.turns: dict[str, list[tuple[int, int]]] = {}
        for m in document.found("stance_turn", start, stop):
            self.turns.setdefault(m.id, []).append(self.span(m))
        self.hard = self._hard_breaks()
        self.clause = self._clauses()

    def span(self, match: Match) -> tuple[int, int]:
        """The numbers of the first and the last word of a match."""
        return self.word_at(match.start), self.word_at(match.stop - 1)

    def word_at(self, position: int) -> int:
        """The number of the word at a position of the text."""
        return max(bisect_right(self._starts, position) - 1, 0)

    def clause_of(self, word: int) -> tuple[int, int]:
        """The first and the last word of the clause that a word belongs to."""
        first = last = word
        while first > 0 and self.clause[first - 1] == self.clause[word]:
            first -= 1
        while last + 1 < len(self.words) and self.clause[last + 1] == self.clause[word]:
            last += 1
        return first, last

    def sentence_end(self, word: int) -> int:
        """The last word before the next full stop, semicolon or word of contrast."""
        return next((i for i in range(word, len(self.words)) if self.hard[i]), len(self.words) - 1)

    def next_verb(self, word: int, last: int) -> Verb | None:
        """The first verb that begins after a word, up to `last`."""
        return next((v for v in self.verbs if word < v.first <= last), None)

    def has(self, turn: str, first: int, last: int) -> bool:
        """Whether a turning word lies within `[first, last]`."""
        return any(first <= a and b <= last for a, b in self.turns.get(turn, ()))

    def preposition_of(self, word: int, stop: int = -1, reach: int = 6) -> str:
        """The preposition that governs a noun, looked for back to word `stop`; "" where its phrase has none."""
        last = {b: a for a, b in sorted(self.turns.get("preposition", ()), reverse=True)}
        for i in range(word - 1, max(word - reach - 1, stop), -1):
            if i in last:
                return " ".join(self.texts[last[i] : i + 1])
            if self.clause[i] != self.clause[word] or self.texts[i] == "را" or _PAUSE.search(self.texts[i]):
                return ""
        return ""

    def marker(self, first: int, last: int) -> int:
        """The last «را» within `[first, last]`, -1 where there is none."""
        return next((i for i in range(last, first - 1, -1) if self.texts[i] == "را"), -1)

    def glued(self, match: Match) -> str:
        """What is written on to the last word of a match («مخالفیم»)."""
        return _CLITIC.sub("", self.texts[self.word_at(match.stop - 1)][match.stop - self._starts[self.word_at(match.stop - 1)] :])

    def _verb(self, match: Match) -> Verb:
        first, last = self.span(match)
        sense, mood = match.entry.facets
        return Verb(match.id, sense == "negative", mood, first, last)

    def _hard_breaks(self) -> list[bool]:
        hard = [bool(_HARD.search(text)) for text in self.texts]
        for first, _ in self.turns.get("contrast", ()):
            if first:
                hard[first - 1] = True
        return hard

    def _clauses(self) -> list[int]:
        """A clause ends with a finite verb, with «که», with a colon and with a full stop.

        A bare participle ends it only before a pause or a linking word: «منابع بلوکه شده ایران».
        """
        ends = {v.last: v.mood for v in self.verbs}
        numbers, number = [], 0
        for i, text in enumerate(self.texts):
            numbers.append(number)
            follows = self.texts[i + 1] if i + 1 < len(self.texts) else ""
            linked = bool(_PAUSE.search(text)) or follows in _LINKS
            verbal = ends.get(i) == "finite" or (ends.get(i) == "participle" and linked)
            if self.hard[i] or verbal or text == "که" or text.endswith(":"):
                number += 1
        return numbers
