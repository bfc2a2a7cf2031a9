"""An article as the rules see it: its text, its sentences and every lexicon word found in it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from analysis.lexicon import Lexicon
from analysis.lexicon.matcher import Match
from analysis.text.fold import Folded, fold
from analysis.text.segment import Sentence, sentences


@dataclass(frozen=True, slots=True)
class Document:
    """One article, matched against the lexicon in one pass.

    Attributes:
        text: the article's text, as it stands.
        folded: its folded letters.
        sentences: its sentences, in order.
        matches: kind of lexicon entry to its matches, sorted by position, overlapping ones included.
        lexicon: what it was matched against.
        day: the day of publication (Tehran), None where unknown.
        country: the outlet's own country, which «کشورمان» means.
    """

    text: str
    folded: Folded
    sentences: list[Sentence]
    matches: dict[str, list[Match]]
    lexicon: Lexicon
    day: date | None
    country: str
    _starts: dict[str, list[int]] = field(default_factory=dict)

    def found(self, kind: str, start: int = 0, stop: int | None = None) -> list[Match]:
        """The matches of a kind that lie within `[start, stop)` of the text, overlapping ones included."""
        matches = self.matches.get(kind)
        if not matches or stop is None:
            return matches or []
        starts = self._starts.get(kind)
        if starts is None:
            starts = self._starts[kind] = [match.start for match in matches]
        first = bisect_left(starts, start)
        return [match for match in matches[first : bisect_left(starts, stop, first)] if match.stop <= stop]

    def add(self, kind: str, matches: list[Match]) -> None:
        """Let more matches of a kind be found."""
        self.matches[kind] = sorted([*self.found(kind), *matches], key=lambda m: (m.first, -m.last))
        self._starts.pop(kind, None)


def read_document(text: str, lexicon: Lexicon, day: date | None = None, country: str = "IR") -> Document:
    """Fold, cut and match a text."""
    folded = fold(text)
    matches: defaultdict[str, list[Match]] = defaultdict(list)
    for match in lexicon.matcher.find(folded):
        matches[match.kind].append(match)
    return Document(text, folded, sentences(text), dict(matches), lexicon, day, country)
