"""Where the words of a query stand in one text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

from analysis.search.query import Name, Near, Query, Term
from analysis.search.words import Word, words

Span = tuple[int, int]


def spans(query: Query, text: str) -> list[Span]:
    """The stretches `[start, stop)` of a text that a query asks for, in order, none overlapping another.

    What a query excludes is not among them, and what is found by its code only has no words here.
    """
    found = words(text)
    places: dict[str, list[int]] = {}
    for number, word in enumerate(found):
        places.setdefault(word.key, []).append(number)
    runs: set[Span] = set()
    for part in query.positive():
        if isinstance(part, Near):
            runs |= _near(part, found, places)
        else:
            runs |= _runs(part, found, places)
    return merged((found[first].start, found[last - 1].stop) for first, last in runs)


def merged(stretches: Iterable[Span]) -> list[Span]:
    """Stretches in order, those that overlap made one."""
    result: list[Span] = []
    for start, stop in sorted(stretches):
        if result and start < result[-1][1]:
            result[-1] = (result[-1][0], max(stop, result[-1][1]))
        else:
            result.append((start, stop))
    return result


def _runs(part: Term | Name, found: Sequence[Word], places: dict[str, list[int]]) -> set[Span]:
    """Where a term stands, as numbers of words `[first, last)`."""
    if isinstance(part, Name):
        return {run for form in part.forms for run in _phrase(form, found, places)}
    if part.prefix:
        return {(n, n + 1) for key, numbers in places.items() if key.startswith(part.keys[0]) for n in numbers}
    return set(_phrase(part.keys, found, places))


def _phrase(keys: tuple[str, ...], found: Sequence[Word], places: dict[str, list[int]]) -> list[Span]:
    return [
        (first, first + len(keys))
        for first in places.get(keys[0], ())
        if all(word.key == key for word, key in zip(found[first : first + len(keys)], keys, strict=False))
        and first + len(keys) <= len(found)
    ]


def _near(near: Near, found: Sequence[Word], places: dict[str, list[int]]) -> set[Span]:
    pairs = product(_runs(near.left, found, places), _runs(near.right, found, places))
    return {
        run for a, b in pairs if a != b and 0 <= max(a[0], b[0]) - min(a[1], b[1]) <= near.distance for run in (a, b)
    }


def codes(query: Query) -> frozenset[str]:
    """The codes that the names of a query stand for (`country:RU`, `speaker:…`, `topic:…`)."""
    return frozenset(code for part in query.positive() if isinstance(part, Name) for code in part.codes)
