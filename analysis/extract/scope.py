"""What a statement's stance words reach, and what turns the things that they are about round."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from analysis.extract.document import Document
from analysis.lexicon.matcher import Match, longest
from analysis.lexicon.stance import ALONE, Act, Word
from analysis.text.fold import fold_key

_WORD = re.compile(r"\S+")
_CLOSERS = r"[»”\")\]]*$"
_hard = lru_cache(maxsize=1 << 14)(re.compile(rf"[.!؟?؛…]+{_CLOSERS}").search)  # of a word: most come again
_pause = lru_cache(maxsize=1 << 14)(re.compile(rf"[،,:؛.!؟?]{_CLOSERS}").search)
_ASKS = re.compile(rf"[؟?]{_CLOSERS}")
_NO_LETTER = re.compile(r"[\W\d_]+")
FAR, NEAR = 14, 6
"""How many words after a stance word the verb that completes it may stand: «خواستار … شد», «انتقاد کرد»."""
PLAIN = 0.6
"""How surely an act must take its side to do so without its topic being coded."""
JUDGING = ("evaluate", "importance", "worry")
"""Kinds of words that follow what they judge, with their verb close behind."""
AHEAD = 20
"""How many words a call reaches: «خواستار آن شد که …»."""


class Verb(NamedTuple):
    """A verb form at words `[first, last]`."""

    past: str
    negative: bool
    mood: str
    first: int
    last: int


class Taken(NamedTuple):
    """A stance word at words `[first, last]`, completed at `end`.

    `side` is its side after negation; it reaches the words `[low, high]`.
    """

    word: Word
    side: int
    rule: str
    first: int
    last: int
    end: int
    low: int
    high: int

    def reaches(self, first: int, last: int) -> bool:
        """Whether words lie in its reach and are not its own."""
        return self.low <= first and last <= self.high and not (first <= self.last and self.first <= last)


class Thing(NamedTuple):
    """An act at words `[first, last]`: a topic of the statement and its sign after the words that turn it round."""

    act: Act
    topic: str
    sign: int
    turned: bool
    first: int
    last: int


class Scope:
    """The words of `[start, stop)` of a document, by number, with their clauses, verbs and turning words."""

    def __init__(self, document: Document, start: int, stop: int) -> None:
        self.document, self.start, self.stop = document, start, stop
        self.words = [m.span() for m in _WORD.finditer(document.text, start, stop)]
        self._starts = [a for a, _ in self.words]
        self.texts = [fold_key(document.text[a:b]) for a, b in self.words]
        self.pauses = [bool(_pause(text)) for text in self.texts]
        self.verbs = [self._verb(m) for m in longest(document.found("stance_verb", start, stop))]
        self._turns: dict[str, list[tuple[int, int]]] = {}
        for m in document.found("stance_turn", start, stop):
            self._turns.setdefault(m.id, []).append(self.span(m))
        adverbs = {word for a, b in self.turns("adverb") for word in range(a, b + 1)}  # «به شدت» governs nothing
        self._prepositions = {b: a for a, b in sorted(self.turns("preposition"), reverse=True) if a not in adverbs}
        self.hard = self._hard_breaks()
        self.clause = self._clauses()
        self.part = [0, *accumulate(self.hard)]  # full stops before each word

    def span(self, match: Match) -> tuple[int, int]:
        """The numbers of the first and the last word of a match."""
        return self.word_at(match.start), self.word_at(match.stop - 1)

    def word_at(self, position: int) -> int:
        """The number of the word at a position of the text."""
        return bisect_right(self._starts, position, 1) - 1

    def turns(self, turn: str) -> list[tuple[int, int]]:
        """Where turning words of a kind stand."""
        return self._turns.get(turn, [])

    def has(self, turn: str, first: int, last: int) -> bool:
        """Whether a turning word of a kind lies within `[first, last]`."""
        return any(first <= a and b <= last for a, b in self._turns.get(turn, ()))

    def phrases(self, turn: str) -> set[str]:
        """The turning words of a kind that stand in the statement, folded."""
        return {" ".join(self.texts[a : b + 1]) for a, b in self.turns(turn)}

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

    def preposition_of(self, word: int, stop: int = -1, reach: int = 6) -> str:
        """The preposition that governs a noun, looked for back to word `stop`; "" where its phrase has none."""
        first = self._prepositions
        for i in range(word - 1, max(word - reach - 1, stop), -1):
            if i in first:
                return " ".join(self.texts[first[i] : i + 1])
            if self.clause[i] != self.clause[word] or self.has("object", i, i) or self.pauses[i]:
                return ""
        return ""

    def is_asking(self, word: int) -> bool:
        """Whether a word stands in a question."""
        return bool(_ASKS.search(self.texts[self.sentence_end(word)])) or self.has("question", 0, word)

    def is_excepted(self, word: int) -> bool:
        """Whether a word is what a negative verb leaves: «چیزی جز دروغ نیست»."""
        return any(0 < word - b <= 6 and self.clause[b] == self.clause[word] for _, b in self.turns("except"))

    def copula_on(self, match: Match) -> bool:
        """Whether a copula is written on to the last word of a match («مخالفیم»)."""
        first, last = self.words[self.word_at(match.stop - 1)]
        rest = fold_key(_NO_LETTER.sub("", self.document.text[max(match.stop, first) : last]))
        return rest in self.document.lexicon.stance.written_on

    def _verb(self, match: Match) -> Verb:
        first, last = self.span(match)
        sense, mood = match.entry.facets
        return Verb(match.id, sense == "negative", mood, first, last)

    def _hard_breaks(self) -> list[bool]:
        hard = [bool(_hard(text)) for text in self.texts]
        for first, _ in self.turns("contrast"):
            if first:
                hard[first - 1] = True
        return hard

    def _clauses(self) -> list[int]:
        """A clause ends with a finite verb, with «که», with a colon and with a full stop.

        A bare participle ends it only before a pause or a linking word: «منابع بلوکه شده ایران».
        """
        ends = {v.last: v.mood for v in self.verbs}
        links, that = ({a for a, b in self.turns(turn) if a == b} for turn in ("link", "that"))
        numbers, number = [], 0
        for i, text in enumerate(self.texts):
            numbers.append(number)
            linked = i + 1 in links or self.pauses[i]
            verbal = ends.get(i) == "finite" or (ends.get(i) == "participle" and linked)
            if self.hard[i] or verbal or i in that or text.endswith(":"):
                number += 1
        return numbers


def find_things(scope: Scope, topics: list[str]) -> Iterator[Thing]:
    """The acts of a statement, each under the most central coded topic that it stands for, else, if plain, its own."""
    matches = list(longest(scope.document.found("stance_act", scope.start, scope.stop)))
    starts = [scope.word_at(m.start) for m in matches]
    for match in matches:
        act = scope.document.lexicon.stance.acts[int(match.id)]
        first, last = scope.span(match)
        listed = 0 if scope.pauses[last] else 1
        others = (i for i in starts if i > last + listed and not scope.preposition_of(i, last))
        following = min(others, default=len(scope.words))
        plain = list(act.signs) if act.alone >= PLAIN else []
        for topic in ([t for t in topics if t in act.signs] or plain)[:1]:
            ends = act.signs[topic] < 0
            turned = not act.blames and _is_turned(scope, first, last, following, ends=ends)
            turned ^= scope.has("contrary", first - 3, first - 1)
            yield Thing(act, topic, act.signs[topic] * (-1 if turned else 1), turned, first, last)


def _is_turned(scope: Scope, first: int, last: int, following: int, *, ends: bool) -> bool:
    """Whether a word of ending or fighting governs a noun: «لغو همه تحریم‌ها»، «تحریم‌ها … را لغو کند».

    What `ends` something itself is turned by a later word only as its marked object: «ریشه‌کنی … نابودی … است».
    """
    marks = [a for a, _ in scope.turns("object") if last < a <= last + 3]
    relative = any(scope.has("that", a + 1, a + 1) for a in marks)  # «تحریم‌ها را که … است لغو کند»
    for _, b in scope.turns("reverse from"):  # «خروج آمریکا از برجام»
        near = 0 < first - b <= 6 and scope.clause[b] == scope.clause[first]
        ruled = near and scope.preposition_of(first, b) in scope.phrases("asked")
        if ruled and not parts(scope, b + 1, first, by=("and", "object")):
            return True
    passed = not marks and any(scope.clause[a] == scope.clause[first] and a < first for a, _ in scope.turns("object"))
    for a, b in scope.turns("reverse"):
        if 0 < first - b <= 4 and scope.clause[a] == scope.clause[first] and not parts(scope, b + 1, first):
            return True
        same = scope.clause[a] == scope.clause[last] and a <= min(last + FAR, following)
        if ends and not marks:
            continue
        if a > last and not passed and (same or (relative and a <= scope.sentence_end(last))) and _is_verbal(scope, b):
            return True
    return False


def parts(scope: Scope, first: int, stop: int, by: tuple[str, ...] = ("and", "object", "preposition")) -> bool:
    """Whether a pause or a word of the kinds `by` lies within `[first, stop)`."""
    words = range(first, stop)
    return any(scope.has(t, i, i) for i in words for t in by) or any(scope.pauses[first:stop])


def _is_verbal(scope: Scope, word: int) -> bool:
    """Whether a word is a verb's part («را لغو کند»، «باید لغو و … شود») rather than a noun with its own object."""
    return (
        scope.has("and", word + 1, word + 1)
        or scope.has("object", word - 1, word - 1)
        or any(v.first <= word <= v.last or v.first == word + 1 for v in scope.verbs)
    )


def find_taken(scope: Scope) -> list[Taken]:
    """The stance words of a statement that are completed as they must be."""
    words = scope.document.lexicon.stance.words
    valid: dict[tuple[int, int, str], Taken | None] = {}
    kept = []
    for match in scope.document.found("stance", scope.start, scope.stop):
        word = words[int(match.id)]
        first, last = scope.span(match)
        verb = _light(scope, word, last)
        if verb is None and ALONE not in word.lights and not (word.copular and scope.copula_on(match)):
            continue
        if word.kind == "request" and not scope.has("asked", first - FAR, first - 1):
            continue  # «از … خواست», not «خواست ملت»
        if word.side > 0 and scope.is_asking(first):
            continue  # a blaming question still blames
        kept.append(match)
        valid[match.first, match.last, match.id] = _take(scope, word, match, verb)
    chosen = [
        *longest(m for m in kept if words[int(m.id)].topics),
        *longest(m for m in kept if not words[int(m.id)].topics),
    ]
    return [taken for m in chosen if (taken := valid[m.first, m.last, m.id])]


def _light(scope: Scope, word: Word, last: int) -> Verb | None:
    """The verb that completes a stance word: the next one in its clause, if it is one of the word's own."""
    far = FAR if (word.copular and word.kind not in JUDGING) or word.kind in ("call", "accuse") else NEAR
    verb = scope.next_verb(last, min(last + far, scope.clause_of(last)[1]))
    if verb and word.kind in (*JUDGING, "accuse") and scope.has("named", last + 1, verb.first - 1):
        return verb  # «خطرناک توصیف کرد» like «خطرناک دانست»
    return verb if verb and verb.past in word.lights else None


def _take(scope: Scope, word: Word, match: Match, verb: Verb | None) -> Taken | None:
    first, last = scope.span(match)
    negative = verb is not None and verb.negative and not scope.is_excepted(first)
    negative = negative != _is_denied(scope, match, first)
    side = word.negated_side if negative else word.side
    rule = word.kind + (", negated" if negative else "")
    end = max(last, verb.last if verb else last)
    return Taken(word, side, rule, first, last, end, *_reach(scope, word, first, last, verb)) if side else None


def _is_denied(scope: Scope, match: Match, first: int) -> bool:
    """Whether a noun of stance is itself turned round by the word before it: «عدم حمایت از …»."""
    glued = fold_key(_NO_LETTER.sub("", scope.document.text[scope.words[first][0] : match.start]))
    return glued in scope.document.lexicon.stance.denials or any(b == first - 1 for _, b in scope.turns("denial"))


def _reach(scope: Scope, word: Word, first: int, last: int, verb: Verb | None) -> tuple[int, int]:
    left, right = scope.clause_of(first)
    if word.kind == "evaluate" and word.reach == "before" and verb is None:  # an adjective beside its noun
        return max(left, first - 3), min(last + 4, right)
    match word.reach:
        case "before" | "subject":
            return left, first - 1
        case "right":
            ahead = AHEAD if verb or word.kind != "call" else NEAR + 2  # «درخواست آتش‌بس» in a headline
            if verb is None and word.kind == "stress":
                return last + 1, min(right, last + ahead)
            return last + 1, min(scope.sentence_end(last), last + ahead)
        case "both":
            return left, min(scope.sentence_end(last), last + AHEAD)
        case "any":
            return 0, len(scope.words) - 1
        case "genitive":
            return last + 1, min(last + 5, right)
    return left, right
