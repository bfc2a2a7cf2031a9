"""What a statement's speaker may take a side on, gathered with the evidence for each side."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from analysis.extract.blame import Place, find_places
from analysis.extract.document import Document
from analysis.extract.evidence import (
    MOST_JUDGED,
    Candidate,
    Judgement,
    find_judgements,
    shared_evidence,
    sign_of,
    weigh_signs,
    weigh_state,
    weigh_topic,
    weigh_words,
)
from analysis.extract.mentions import Mention
from analysis.extract.scope import Scope, Taken, Thing, find_taken, find_things
from analysis.extract.sides import find_signs
from analysis.lexicon.matcher import Match, longest, within

UNDIRECTED = {
    *("ukraine", "syria", "iraq", "yemen", "afghanistan", "lebanon", "caucasus"),
    *("persian_gulf", "caspian", "domestic_politics"),
}
"""Topics that nobody is for or against."""
NAMED_PLAINLY = 2
"""The weight of a term with which a topic that is not coded may be a target all the same."""
OFTEN = 3
"""More earlier statements for a side than these tell nothing more."""

type Spans = dict[str, list[tuple[int, int]]]


class Reading(NamedTuple):
    """What was found in a statement, and what counts for all states (`shared["state"]`) or all topics in it."""

    scope: Scope
    taken: list[Taken]
    judgements: list[Judgement]
    things: list[Thing]
    candidates: list[Candidate]
    shared: dict[str, dict[str, float]]


@dataclass(slots=True)
class _Past:
    """How often a speaker took each side on something before, and in which statement last, on which side."""

    times: Counter[int] = field(default_factory=Counter)
    last: int = 0
    side: int = 0


class CandidateReader:
    """Reads one article's statements, in their order; knows the article's tone and what the speaker said before."""

    def __init__(self, document: Document, mentions: list[Mention]) -> None:
        self._document = document
        self._mentions = mentions
        judgements = list(longest(document.found("polarity")))
        self._tones = _read_tones(document, mentions, judgements)
        self._tone = _tone(judgements, len(document.sentences))
        self._said: dict[Hashable, int] = defaultdict(int)
        self._before: dict[tuple[Hashable, str], _Past] = defaultdict(_Past)

    def read(self, start: int, stop: int, topics: list[str], own: frozenset[str], speaker: Hashable) -> Reading:
        """The candidates of the statement at `[start, stop)`.

        Args:
            topics: the topics coded for it, most central first; another one becomes a target where a term or an act
                names it plainly («توقف فوری جنگ»).
            own: the speakers' own states, which are no targets.
            speaker: tells the speaker's statements from those of others in the article.
        """
        scope = Scope(self._document, start, stop)
        terms, plain = self._terms(scope)
        directed = [t for t in topics if t not in UNDIRECTED]
        directed += [t for t in plain if t not in directed]
        things, taken = list(find_things(scope, directed)), find_taken(scope)
        states, persons = self._states(scope, own)
        candidates = _candidates(directed, terms, things, states)
        if "palestine" in topics:  # a side on Palestine is not one on its government as well
            candidates.pop("state:PS", None)
        for sign in find_signs(scope, taken, things, states, topics):
            if sign.target in candidates:
                candidates[sign.target].signs.append(sign)
        judgements = find_judgements(scope)
        for candidate in candidates.values():
            if candidate.kind == "state":
                weigh_state(scope, candidate, states, persons, topics, things)
                self._weigh_tone(candidate)
            else:
                weigh_topic(candidate, topics, states)
            weigh_signs(candidate)
            weigh_words(scope, candidate, taken, judgements, things)
            self._weigh_before(candidate, speaker)
        self._remember(candidates.values(), speaker)
        shared = shared_evidence(scope, taken, judgements, candidates.values(), self._tone) if candidates else {}
        return Reading(scope, taken, judgements, things, list(candidates.values()), shared)

    def _terms(self, scope: Scope) -> tuple[Spans, list[str]]:
        """Where the terms of each topic stand, and the topics with a direction that one of them names plainly."""
        terms: Spans = {}
        plain: dict[str, None] = {}
        book = self._document.lexicon.codebook.terms
        for match in self._document.found("topic", scope.start, scope.stop):
            terms.setdefault(match.id, []).append(scope.span(match))
            if match.id not in UNDIRECTED and book[match.id, match.entry.facets[0]].weight >= NAMED_PLAINLY:
                plain[match.id] = None
        return terms, list(plain)

    def _states(self, scope: Scope, own: frozenset[str]) -> tuple[list[Place], set[int]]:
        """The states that a statement names, in person of their office-holders too, and the words of the latter."""
        states = find_places(self._document, scope, self._mentions, own)
        named, persons = {first for _, first, _ in states}, set()
        for mention in within(self._mentions, scope.start, scope.stop):
            if mention.kind != "person":
                continue
            office = self._document.lexicon.people.office_on(mention.entity_id, self._document.day)
            first, last = scope.word_at(mention.start), scope.word_at(mention.stop - 1)
            if office and office.country and office.country not in own and first not in named:
                states.append((Mention("country", office.country, mention.start, mention.stop), first, last))
                persons.add(first)
        return sorted(states, key=lambda place: place[1]), persons

    def _weigh_tone(self, candidate: Candidate) -> None:
        """How often, and in what tone, the article names a state."""
        named, blamed, praised = self._tones.get(candidate.name, (0, 0, 0))
        if named:
            candidate.add("article names", math.log(1 + named))
            candidate.add("article tone -", blamed / (named + 1))
            candidate.add("article tone +", praised / (named + 1))

    def _weigh_before(self, candidate: Candidate, speaker: Hashable) -> None:
        """Which sides the speaker's earlier statements took on the same."""
        past = self._before.get((speaker, candidate.target))
        if past is None:
            return
        for side in (1, -1):
            if times := past.times[side]:
                candidate.shown.add(side)
                candidate.add(f"{candidate.kind} before {sign_of(side)}", min(times, OFTEN) / OFTEN)
        if past.last >= self._said[speaker] - 1:
            candidate.most(f"{candidate.kind} just before {sign_of(past.side)}")

    def _remember(self, candidates: Iterable[Candidate], speaker: Hashable) -> None:
        self._said[speaker] += 1
        for candidate in candidates:
            if candidate.signs:
                surest = max(candidate.signs, key=lambda sign: sign.confidence)
                past = self._before[speaker, candidate.target]
                past.times[surest.side] += 1
                past.last, past.side = self._said[speaker], surest.side


def _tone(judgements: list[Match], sentences: int) -> dict[str, float]:
    """How many words of praise and of blame an article has for each of its sentences."""
    sides = Counter(int(m.id) > 0 for m in judgements)
    share = {sign_of(1 if praise else -1): count / max(sentences, 1) for praise, count in sides.items()}
    return {f"article judged {side}": min(amount, MOST_JUDGED) for side, amount in share.items()}


def _read_tones(
    document: Document, mentions: list[Mention], judgements: list[Match]
) -> dict[str, tuple[int, int, int]]:
    """State to the number of sentences that name it, and how many of those have more blame, or more praise."""
    tones: dict[str, tuple[int, int, int]] = {}
    for sentence in document.sentences:
        states = {m.entity_id for m in within(mentions, sentence.start, sentence.stop) if m.kind == "country"}
        net = sum(int(m.id) for m in within(judgements, sentence.start, sentence.stop)) if states else 0
        for state in states:
            named, blamed, praised = tones.get(state, (0, 0, 0))
            tones[state] = named + 1, blamed + (net < 0), praised + (net > 0)
    return tones


def _candidates(directed: list[str], terms: Spans, things: list[Thing], states: list[Place]) -> dict[str, Candidate]:
    candidates: dict[str, Candidate] = {}
    for state, first, last in states:
        target = f"state:{state.entity_id}"
        candidates.setdefault(target, Candidate(target)).places.append((first, last))
    for topic in directed:
        candidates[f"topic:{topic}"] = Candidate(f"topic:{topic}", terms.get(topic, []))
    for thing in things:
        target = f"topic:{thing.topic}"
        candidates.setdefault(target, Candidate(target)).places.append((thing.first, thing.last))
    return candidates
