"""What a statement is about: the code book's terms in its own words, and what the article around it is about.

Every topic that a term of the statement or of its article speaks for is a candidate. What speaks for it, and how much,
is a short list of named features (`TopicReader.explain` shows them): its terms, the weight of the strongest and how
many more there are, the topics that stand beside it, how much of the article is about it, and whether the sentences
shortly before and after are. Weights fitted on annotated articles (`weights.toml` beside the code book) turn them into
a probability. Up to three topics that are likely enough are coded, the likeliest first.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import sqrt
from operator import attrgetter
from typing import NamedTuple

from analysis.extract.document import Document
from analysis.extract.mentions import Mention
from analysis.extract.terms import Evidence, Span, find_evidence
from analysis.lexicon.codebook import Term

LIKELY = (0.25, 0.35, 0.42)
"""The probability from which the likeliest topic is coded, the next, and the last: hardly any statement has no topic,
few have three. All below one half, as a topic left out is as bad as one too many."""
PRESENCE = {3: 1.0, 2: 0.7, 1: 0.15}
"""How far a sentence is about a topic, by the weight of its strongest term."""
FADING = 0.6
"""What is left, one sentence on, of what a sentence was about."""
FAINT = 0.01
DECIDES = 3
"""The weight of a term that other topics feel."""
STRONG = 2
MOST_TERMS, MOST_OTHERS, MOST_AGAIN = 3, 5, 2
THEMES = 3
HEARD = 0.2
"""What the article must say of a topic, in all or close by, before it can be one that the statement leaves unsaid."""

type Presence = dict[str, float]

_LAST: Span = (1 << 62, 0)


class TopicCode(NamedTuple):
    """A topic of a statement: its rank (1 = most central) and the term that weighs most.

    Where the article alone tells the topic, the span is the whole statement.
    """

    topic_id: str
    rank: int
    start: int
    stop: int


class Score(NamedTuple):
    """A candidate topic of a statement: its terms, heaviest first, what speaks for it, and how likely it is."""

    topic_id: str
    evidence: tuple[Evidence, ...]
    features: dict[str, float]
    probability: float


class TopicReader:
    """Codes the statements of one article; what the article is about is worked out once."""

    def __init__(self, document: Document, mentions: list[Mention]) -> None:
        self._document = document
        self._mentions = mentions
        self._known: dict[Span, dict[str, list[Evidence]]] = {}
        presences = [_presence(self._own(s.start, s.stop)) for s in document.sentences]
        self._before = [*_fading(presences)]
        self._after = [*_fading(presences[::-1])][::-1]
        self._opening = presences[0] if presences else {}
        total = Counter[str]()
        for presence in presences:
            total.update(presence)
        self._shares = {topic: amount / len(presences) for topic, amount in total.items()}
        themes = sorted(self._shares.values(), reverse=True)[:THEMES]
        self._theme = {t: themes.index(share) + 1 for t, share in self._shares.items() if share in themes}

    def code(self, start: int, stop: int, without: Term | None = None) -> list[TopicCode]:
        """The topics of the statement `text[start:stop]`, up to three, most central first.

        `without` asks what would be coded if a term did not count in this statement.
        """
        codes = []
        for rank, score in enumerate(_coded(self.explain(start, stop, without)), 1):
            span = score.evidence[0].spans[0] if score.evidence else (start, stop)
            codes.append(TopicCode(score.topic_id, rank, *span))
        return codes

    def explain(self, start: int, stop: int, without: Term | None = None) -> list[Score]:
        """Every candidate topic of `text[start:stop]`, the likeliest first, coded or not."""
        own = self._own(start, stop)
        if without is not None:
            kept = {topic: [e for e in found if e.term != without] for topic, found in own.items()}
            own = {topic: found for topic, found in kept.items() if found}
        weights = self._document.lexicon.codebook.weights
        scores = []
        for topic, features in self._features(own, start, stop):
            evidence = tuple(own.get(topic, ()))
            scores.append(Score(topic, evidence, features, weights.probability(features)))
        return sorted(scores, key=_order)

    def evidence(self, start: int, stop: int) -> Iterator[Evidence]:
        """The terms that count in `text[start:stop]`."""
        for found in self._own(start, stop).values():
            yield from found

    def _own(self, start: int, stop: int) -> dict[str, list[Evidence]]:
        if (start, stop) not in self._known:
            self._known[start, stop] = find_evidence(self._document, start, stop, self._mentions)
        return self._known[start, stop]

    def _features(
        self, own: dict[str, list[Evidence]], start: int, stop: int
    ) -> Iterator[tuple[str, dict[str, float]]]:
        """Each candidate topic with what speaks for it."""
        points = {topic: sum(e.term.weight for e in found) for topic, found in own.items()}
        strong = [topic for topic, point in points.items() if point >= STRONG]
        deciding = [topic for topic, point in points.items() if point >= DECIDES]
        most = max(points.values(), default=0)
        sentences = self._document.sentences
        first = min(bisect_right(sentences, start, key=attrgetter("stop")), len(sentences) - 1)
        last = max(bisect_left(sentences, stop, key=attrgetter("start")) - 1, first)
        before, after = self._before[first], self._after[last]
        unsaid = (
            topic
            for topic, share in self._shares.items()
            if topic not in own and share + before.get(topic, 0.0) + after.get(topic, 0.0) >= HEARD
        )
        for topic in (*own, *unsaid):
            around = self._around(topic, first, last)
            beside = float(min(len(strong) - (topic in strong), MOST_OTHERS))
            if topic in own:
                features = {"others": beside, "part of the foremost": points[topic] / most, **around}
                features.update(_told(topic, own[topic]))
                features[f"topic {topic} told"] = 1.0
                for other in deciding:
                    if other != topic:
                        features[f"{topic} beside {other}"] = 1.0
            else:
                features = {f"silent, {name}": amount for name, amount in around.items()}
                features["silent"] = 1.0
                features["silent, others"] = beside
            features[f"topic {topic}"] = 1.0
            yield topic, features

    def _around(self, topic: str, first: int, last: int) -> dict[str, float]:
        """How far the article around sentences `first` to `last` is about a topic."""
        share = self._shares.get(topic, 0.0)
        around = {"share": share, "root of share": sqrt(share)}
        for name, nearby in (
            ("shortly before", self._before[first]),
            ("shortly after", self._after[last]),
            ("opening", self._opening),
        ):
            if topic in nearby:
                around[name] = nearby[topic]
        if topic in self._theme:
            around[f"theme {self._theme[topic]}"] = 1.0
        return around


def code_topics(document: Document, start: int, stop: int, mentions: list[Mention]) -> list[TopicCode]:
    """The topics of one statement; for all statements of an article a `TopicReader` is quicker."""
    return TopicReader(document, mentions).code(start, stop)


def _presence(own: dict[str, list[Evidence]]) -> Presence:
    return {topic: PRESENCE[found[0].term.weight] for topic, found in own.items()}


def _fading(presences: Sequence[Presence]) -> Iterator[Presence]:
    """Before each sentence: what the ones before it were about, the nearer the more."""
    current: Presence = {}
    for presence in presences:
        yield current
        current = {topic: amount * FADING for topic, amount in current.items() if amount > FAINT}
        for topic, amount in presence.items():
            current[topic] = current.get(topic, 0.0) + amount * (1 - FADING)


def _told(topic: str, found: list[Evidence]) -> dict[str, float]:
    """The terms, the strongest one's weight, how many more of each weight there are, how often they are repeated."""
    counts = Counter(e.term.weight for e in found)
    best = found[0].term.weight
    counts[best] -= 1
    told = {f"more of weight {w}": float(min(n, MOST_TERMS)) for w, n in counts.items() if n}
    told[f"term of weight {best}"] = told[f"{topic}, weight {best}"] = 1.0
    if again := sum(len(e.spans) for e in found) - len(found):
        told["again"] = float(min(again, MOST_AGAIN))
    for evidence in found:
        told[evidence.term.feature] = 1.0
    return told


def _order(score: Score) -> tuple[float, Span, str]:
    return -score.probability, score.evidence[0].spans[0] if score.evidence else _LAST, score.topic_id


def _coded(scores: Iterable[Score]) -> list[Score]:
    """The scores, likeliest first, that are coded."""
    return [score for score, least in zip(scores, LIKELY, strict=False) if score.probability >= least]
