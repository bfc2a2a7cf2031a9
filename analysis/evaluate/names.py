"""When two names mean one speaker: the measure's own rule, independent of how the program reads names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

Names = set[str]
"""Folded forms of one speaker's names."""

_WORDS = tomllib.loads(Path(__file__).with_name("names.toml").read_text("utf-8"))
_LETTERS = str.maketrans(
    {"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "أ": "ا", "إ": "ا", "ؤ": "و", "ئ": "ی", "آ": "ا"}
)
_GAP = r"[\s\u200c]"
_HONORIFICS = [re.compile(rf"(^|\s){word.replace(' ', f'{_GAP}*')}(?={_GAP}|$)") for word in _WORDS["honorifics"]]
_SAME = [(re.compile(same["pattern"].replace("G", _GAP)), same["replacement"]) for same in _WORDS["same"]]
_GENERIC = frozenset(_WORDS["generic"].translate(_LETTERS).split())
_OFFICE = re.compile(_WORDS["office"].translate(_LETTERS))
_DROPPED = re.compile(r"[\u064b-\u065f\u0670\u200b-\u200f\u2066-\u2069«»\"'ˈ()\[\].،,:؛\-_\s]+")
_SURNAME = 4
"""Letters that a surname alone must have to stand for a name that ends with it."""


def fold(name: str) -> str:
    """Spelling-insensitive form of a name: no spaces, ZWNJ, quotes, diacritics or honorifics."""
    for honorific in _HONORIFICS:
        name = honorific.sub(" ", name)
    for pattern, replacement in _SAME:
        name = pattern.sub(replacement, name)
    return _DROPPED.sub("", name.translate(_LETTERS))


def name_set(name: str, aliases: Iterable[str] = ()) -> Names:
    """Folded forms that identify a speaker: the name, and every alias that is more than a pronoun or a bare title."""
    forms = (fold(form) for form in [name, *filter(_identifies, aliases)])
    return {form for form in forms if form}


def _identifies(alias: str) -> bool:
    words = re.split(rf"{_GAP}+", alias.translate(_LETTERS).strip())
    return any(word not in _GENERIC for word in words if word)


def same_speaker(one: Names, other: Names) -> bool:
    """True when two sets of folded names share one, or one personal name ends with the other (a surname)."""
    if one & other:
        return True
    both = [pair for a in one for b in other for pair in ((a, b), (b, a))]
    return any(len(short) >= _SURNAME and long.endswith(short) and not _OFFICE.search(long) for short, long in both)


def pairs(gold: list[Names], other: list[Names]) -> int:
    """How many speakers of one row find a partner of their own in the other."""
    left, found = list(other), 0
    for names in gold:
        partner = next((candidate for candidate in left if same_speaker(names, candidate)), None)
        if partner is not None:
            left.remove(partner)
            found += 1
    return found
