"""A sentence as a row of items: lexicon words, other words, and punctuation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import combining

from analysis.extract.document import Document
from analysis.lexicon.matcher import Match
from analysis.text.fold import fold_key

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
    "that",
    "object",
    "conjunction",
    "and",
    "this",
    "one",
    "speech_noun",
    "preposition",
)
"""What an item may be, besides `word`, `finite` (another finite verb), `number` and punctuation.

Of equally long ones the first named is taken.
"""
_RANK = {kind: rank for rank, kind in enumerate(KINDS)}
_PIECE = re.compile(r"[^\W\d_][\w\u200c\u064b-\u0655\u0670]*|\d[\d.,/٫٬]*|[^\w\s\u200c]|_")
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
    "-": "dash",
    "–": "dash",
    "—": "dash",
    "ـ": "dash",
    "(": "left",
    ")": "right",
    "|": "dash",
    "/": "dash",
}


@dataclass(frozen=True, slots=True)
class Item:
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


def read_items(document: Document, start: int, stop: int, *, quoted: bool = False) -> list[Item]:
    """The items of a sentence, in order; the longest lexicon word wins.

    Args:
        quoted: whether a quotation is open where the sentence begins.
    """
    found: dict[tuple[int, int], list[Match]] = {}
    for kind in KINDS:
        for match in document.found(kind, start, stop):
            found.setdefault((match.start, match.stop), []).append(match)
    items: list[Item] = []
    here = start
    for (first, last), matches in sorted(found.items(), key=lambda f: (f[0][0], -f[0][1])):
        if first < here:
            continue
        items += _pieces(document, here, first)
        best = min(matches, key=lambda m: _RANK[m.kind]).kind
        items.append(Item(best, first, last, tuple(m for m in matches if m.kind == best)))
        here = last
        while here < stop and combining(document.text[here]):  # the ezafe sign of «خارجهٔ»
            here += 1
    items += _pieces(document, here, stop)
    return _mark_quotations(items, quoted)


def _pieces(document: Document, start: int, stop: int) -> list[Item]:
    items = []
    finite = document.lexicon.speech.finite_forms
    for piece in _PIECE.finditer(document.text, start, stop):
        first = piece.group()[0]
        kind = _PUNCTUATION.get(first) or ("word" if first.isalpha() else "number" if first.isdigit() else "mark")
        if kind == "word" and fold_key(piece.group()) in finite:
            kind = "finite"
        items.append(Item(kind, *piece.span()))
    return items


def _mark_quotations(items: list[Item], inside: bool) -> list[Item]:
    """Tell opening from closing straight quotation marks, and mark what stands within a quotation."""
    marked = []
    for item in items:
        kind = item.kind
        if kind == "quote":
            kind = "close" if inside else "open"
        if kind == "close":
            inside = False
        marked.append(Item(kind, item.start, item.stop, item.matches, inside))
        if kind == "open":
            inside = True
    return marked
