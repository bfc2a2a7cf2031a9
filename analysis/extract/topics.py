"""What a statement is about: the code book's terms in its own words, helped by what the article is about.

How a topic gets its points:

1. Each term found in the statement gives its weight (1–3) once, and half a point for each further time it stands
   there, one point at most. Of overlapping terms of one topic the longest counts.
2. Readers take a statement as going on with its article: a topic of the preceding sentence gets half a point, and the
   share of the article's sentences that are about a topic gives it up to three.
3. A topic with hints alone (weight 1) gets nothing for them, unless a good part of the article is about it.

A topic with three points and a third of the points of the foremost one is coded, up to three topics; where none has
three points, the foremost one alone; where none has any, the one that has two points of hints.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

from analysis.extract.document import Document
from analysis.extract.mentions import Mention
from analysis.lexicon.codebook import Term
from analysis.lexicon.matcher import Match, longest, within

MAX_TOPICS = 3
DECIDES = 3.0
"""Points with which a topic is coded beside others."""
SUFFICES = 1.0
"""Points with which the foremost topic is coded when none reaches `DECIDES`."""
SHARE = 1 / 3
"""A topic with less than this part of the foremost one's points is a side issue."""
STRONG = 2
"""A term of this weight needs no company; a topic without one is not told from the statement's words alone."""
REPEATED, REPEATED_MOST = 0.5, 1.0
BEFORE, THEME = 0.5, 3.0
"""Points for a topic of the preceding sentence, and for one that all sentences of the article are about."""
HINTS_HEARD = 0.7
"""Points from the article with which hints alone count."""
HINTS_SUFFICE = 2.0
"""Points of hints with which one topic is coded where nothing else tells any."""

type Span = tuple[int, int]

_LAST: Span = (1 << 62, 0)


@dataclass(frozen=True, slots=True)
class TopicCode:
    """A topic of a statement: its rank (1 = most central) and the term that weighs most.

    Where the article alone tells the topic, the span is the whole statement.
    """

    topic_id: str
    rank: int
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """A term of the code book and the places where it was found."""

    term: Term
    spans: tuple[Span, ...]

    @property
    def points(self) -> float:
        """The term's weight, a little more where it is repeated."""
        return self.term.weight + min(REPEATED * (len(self.spans) - 1), REPEATED_MOST)


@dataclass(frozen=True, slots=True)
class Score:
    """A topic's points in a statement: its terms, heaviest first, and what the article adds."""

    topic_id: str
    evidence: tuple[Evidence, ...]
    before: float = 0.0
    theme: float = 0.0

    @property
    def own(self) -> float:
        """The points of the statement's own words."""
        return sum(e.points for e in self.evidence)

    @property
    def is_strong(self) -> bool:
        """Whether more than hints speak for the topic."""
        return any(e.term.weight >= STRONG for e in self.evidence)

    @property
    def total(self) -> float:
        """All points."""
        around = self.before + self.theme
        return around + (self.own if self.is_strong or around >= HINTS_HEARD else 0.0)


class TopicReader:
    """Codes the statements of one article; what the article is about is worked out once."""

    def __init__(self, document: Document, mentions: list[Mention]) -> None:
        self._document = document
        self._mentions = mentions
        self._known: dict[Span, list[Score]] = {}
        self._topics = [
            {score.topic_id for score in _foremost(self._own(s.start, s.stop), STRONG)} for s in document.sentences
        ]
        self._themes = Counter(topic for topics in self._topics for topic in topics)

    def code(self, start: int, stop: int) -> list[TopicCode]:
        """The topics of the statement `text[start:stop]`, up to three, most central first."""
        codes = []
        scores = self.explain(start, stop)
        for rank, score in enumerate(_foremost(scores, SUFFICES) or _hinted(scores), 1):
            span = score.evidence[0].spans[0] if score.evidence else (start, stop)
            codes.append(TopicCode(score.topic_id, rank, *span))
        return codes

    def explain(self, start: int, stop: int) -> list[Score]:
        """The points of every topic that speaks up in `text[start:stop]`, foremost first, coded or not."""
        own = {score.topic_id: score.evidence for score in self._own(start, stop)}
        before = self._before(start)
        return _ranked(
            Score(topic, own.get(topic, ()), BEFORE * (topic in before), THEME * self._share(topic))
            for topic in dict.fromkeys([*own, *self._themes])
        )

    def _own(self, start: int, stop: int) -> list[Score]:
        if (start, stop) not in self._known:
            found = find_evidence(self._document, start, stop, self._mentions)
            self._known[start, stop] = _ranked(Score(topic, tuple(evidence)) for topic, evidence in found.items())
        return self._known[start, stop]

    def _before(self, start: int) -> set[str]:
        """The topics of the sentence that ends before the statement begins."""
        last = bisect_right(self._document.sentences, start, key=attrgetter("stop"))
        return self._topics[last - 1] if last else set()

    def _share(self, topic: str) -> float:
        return self._themes[topic] / max(len(self._topics), 1)


def code_topics(document: Document, start: int, stop: int, mentions: list[Mention]) -> list[TopicCode]:
    """The topics of one statement; for all statements of an article a `TopicReader` is quicker."""
    return TopicReader(document, mentions).code(start, stop)


def find_evidence(document: Document, start: int, stop: int, mentions: list[Mention]) -> dict[str, list[Evidence]]:
    """Topic id to the terms that speak for it in `text[start:stop]`, heaviest first."""
    book = document.lexicon.codebook
    named = _named(within(mentions, start, stop))
    context: dict[str, list[Match]] = {}
    for match in document.found("topic_context", start, stop):
        context.setdefault(match.id, []).append(match)
    counted: dict[str, list[Match]] = {}
    for match in document.found("topic", start, stop):
        if _counts(book.terms[match.id, match.entry.facets[0]], match, context, named):
            counted.setdefault(match.id, []).append(match)
    places: dict[str, dict[str, list[Span]]] = {}
    for topic, matches in counted.items():
        for match in longest(matches):
            places.setdefault(topic, {}).setdefault(match.entry.facets[0], []).append((match.start, match.stop))
    for term in book.references:
        if term.key not in named or not _counts(term, None, context, named):
            continue
        taken = [span for spans in places.get(term.topic_id, {}).values() for span in spans]
        if spans := [span for span in named[term.key] if not _overlaps(span, taken)]:
            places.setdefault(term.topic_id, {})[term.key] = spans
    return {
        topic: sorted(
            (Evidence(book.terms[topic, key], tuple(spans)) for key, spans in found.items()),
            key=lambda e: (-e.term.weight, e.spans[0]),
        )
        for topic, found in places.items()
    }


def _counts(term: Term, match: Match | None, context: dict[str, list[Match]], named: dict[str, list[Span]]) -> bool:
    """Whether nothing hides or silences a term and it has the company that it needs."""
    if any(phrase in context for phrase in term.silenced_by):
        return False
    if match is not None:
        longer = (hit for phrase in term.hidden_in for hit in context.get(phrase, ()))
        if any(hit.first <= match.first and match.last <= hit.last for hit in longer):
            return False
    return not term.company or any(key in context or key in named for key in term.company)


def _named(mentions: Iterable[Mention]) -> dict[str, list[Span]]:
    """Where the mentions stand that a reference means; `countries:n` stands at the first of at least n states."""
    named: dict[str, list[Span]] = {}
    for mention in mentions:
        named.setdefault(f"{mention.kind}:{mention.entity_id}", []).append((mention.start, mention.stop))
    states = sorted(spans[0] for reference, spans in named.items() if reference.startswith("country:"))
    return named | {f"countries:{n}": states[:1] for n in range(2, len(states) + 1)}


def _overlaps(span: Span, others: list[Span]) -> bool:
    return any(start < span[1] and span[0] < stop for start, stop in others)


def _ranked(scores: Iterable[Score]) -> list[Score]:
    return sorted(scores, key=lambda s: (-s.total, s.evidence[0].spans[0] if s.evidence else _LAST, s.topic_id))


def _foremost(scores: list[Score], suffices: float) -> list[Score]:
    """The scores, foremost first, that are coded."""
    if not scores or scores[0].total < min(suffices, DECIDES):
        return []
    least = max(DECIDES, SHARE * scores[0].total)
    return [score for score in scores if score.total >= least][:MAX_TOPICS] or scores[:1]


def _hinted(scores: list[Score]) -> list[Score]:
    """The score with the most points of hints, where there are enough of them."""
    best = max(scores, key=lambda s: s.own, default=None)
    return [best] if best is not None and best.own >= HINTS_SUFFICE else []
