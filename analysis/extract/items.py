"""A sentence as a row of items: lexicon words, other words, and punctuation."""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import combining

from analysis.extract.document import Document
from analysis.lexicon.matcher import Match, between

KINDS = (
    "not_cue",
    "reference",
    "person",
    "title",
    "narration",
    "cue",
    "verb",
    "passive",
    "time",
    "organisation",
    "country",
    "region",
    "adverb",
    "own_country",
    "pronoun",
    "pronouns",
    "honorific",
    "style",
    "that",
    "object",
    "content",
    "conjunction",
    "while",
    "but",
    "and",
    "this",
    "one",
    "some",
    "qualifier",
    "tie",
    "place",
    "speech_noun",
    "text",
    "impersonal",
    "preposition",
)
"""What an item may be, besides `word`, `finite` (another finite verb), `number` and punctuation.

Of equally long ones the first named is taken.
"""
_PIECE = re.compile(r"[A-Za-z]+['’][A-Za-z]+|''|[^\W\d_][\w\u200c\u064b-\u0655\u0670]*|\d[\d.,/٫٬]*|[^\w\s\u200c]|_")
_PLURAL = "\u200cها"
_BEFORE_NOUN = ("preposition", "content", "cue", "this", "one", "some", "adverb")
_CLOSING = ("quote", "close")
_PUNCTUATION = {
    "،": "comma",
    ",": "comma",
    "؛": "comma",
    ";": "comma",
    ":": "colon",
    "«": "open",
    "“": "open",
    "»": "close",
    "”": "close",
    '"': "quote",
    "ˈ": "quote",
    "'": "quote",
    "‘": "open",
    "’": "close",
    "-": "dash",
    "–": "dash",
    "—": "dash",
    "ـ": "dash",
    "(": "left",
    ")": "right",
    "|": "dash",
    "/": "dash",
}


class Item(NamedTuple):
    """One item of a sentence: `text[start:stop]`, what it is, and the lexicon matches behind it."""

    kind: str
    start: int
    stop: int
    matches: tuple[Match, ...] = ()
    quoted: bool = False

    @property
    def match(self) -> Match:
        """The first lexicon match behind it."""
        return self.matches[0]


def followed(items: list[Item], at: int, kinds: set[str]) -> bool:
    """Whether the item after `at` is of one of the kinds."""
    return at + 1 < len(items) and items[at + 1].kind in kinds


class ItemReader:
    """Reads the sentences of one article as items; the matches that can be items are put in order once."""

    def __init__(self, document: Document) -> None:
        self._text, self._kind_of = document.text, document.lexicon.kind_of_word
        found = [match for kind in KINDS for match in document.found(kind)]  # the best kind first, and stays it
        self._matches = sorted(found, key=lambda m: (m.start, -m.stop))

    def read(self, start: int, stop: int, *, quoted: bool = False) -> list[Item]:
        """The items of a sentence, in order; the longest lexicon word wins.

        Args:
            start, stop: the sentence's stretch of the text.
            quoted: whether a quotation is open where the sentence begins.
        """
        text, items, here, last = self._text, list[Item](), start, -1
        for match in between(self._matches, start, stop):
            first = match.start
            if first < here:
                if match.stop == last and first == items[-1].start and match.kind == items[-1].kind:
                    items[-1] = items[-1]._replace(matches=(*items[-1].matches, match))
                continue
            if match.stop > stop:
                continue
            if first > here + 1 or (first > here and text[here] != " "):
                self._add_words(items, here, first)
            here = last = match.stop
            if text.startswith(_PLURAL, here):
                here += 1
            while here < stop and text[here] != " " and _goes_on(text[here]):
                here += 1
            items.append(Item(match.kind, first, here, (match,)))
        if here < stop:
            self._add_words(items, here, stop)
        return _mark_quotations(text, items, quoted)

    def _add_words(self, items: list[Item], start: int, stop: int) -> None:
        """Add what stands between lexicon words: other words, numbers and punctuation."""
        text, kind_of = self._text, self._kind_of
        for piece in _PIECE.finditer(text, start, stop):
            word = piece.group()
            kind = _PUNCTUATION.get(word[0])  # first, for the drawn-out dash «ـ» counts as a letter
            if kind is None:
                kind = kind_of(word)
            elif kind == "colon" and _between_digits(text, piece.start()):
                kind = "mark"  # «۲۰:۳۰» tells the time
            items.append(Item(kind, *piece.span()))


def _goes_on(character: str) -> bool:
    """Whether a word goes on after its lexicon form: an ending («کارشناسان»), the ezafe sign («خارجهٔ»)."""
    return character.isalpha() or combining(character) > 0


def _ends_word(text: str, mark: Item) -> bool:
    after = text[mark.stop : mark.stop + 1]
    return text[mark.start - 1 : mark.start].isalnum() and (not after or after.isspace())


def _between_digits(text: str, at: int) -> bool:
    return text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()


def _mark_quotations(text: str, items: list[Item], inside: bool) -> list[Item]:
    """Tell opening from closing straight quotation marks, and mark what stands within a quotation.

    A straight mark closes after a word and before a space. One that nothing in the sentence closes opens nothing,
    unless a colon stands before it.
    """
    before, last = "", -1
    for i, item in enumerate(items):
        if item.kind in _CLOSING:
            last = i
    for i, item in enumerate(items):
        kind = item.kind
        if kind == "finite" and before in _BEFORE_NOUN:
            kind = "word"  # «در نشست …»، «پس از بازگشت …»
        elif kind == "quote":
            closes = inside or _ends_word(text, item)
            kind = "close" if closes else "open" if i < last or before == "colon" else "mark"
        if kind == "close":
            inside = False
        if inside or kind != item.kind:
            items[i] = item._replace(kind=kind, quoted=inside)
        if kind == "open":
            inside = True
        before = kind
    return items
