"""Positions of a statement: which side its speaker takes on topics and states, as the evidence for each weighs."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator
from typing import NamedTuple

from analysis.extract.blame import Sign
from analysis.extract.candidates import CandidateReader, Reading
from analysis.extract.document import Document
from analysis.extract.evidence import NEAR, Candidate, nearness, side_on
from analysis.extract.mentions import Mention
from analysis.extract.scope import PLAIN, Scope

CONDITIONAL = {"topic:nuclear_deal", "topic:nuclear_programme", "topic:bilateral_ties", "topic:negotiation"}
"""What can be wanted under a condition; a conditional threat is a threat."""
MOST = 3
SURE_ENOUGH = 0.34
"""The probability from which a position is coded: F1 is highest where that is half of the F1 that is reached."""
SURE_RULED = 0.18
"""The same where a rule finds a plain word for that side."""
SURE_UNSHOWN = 0.6
"""The same where no stance word and no judgement is for that side, and the company alone tells it."""
BOTH, BOTH_ANSWERED = 0.6, 0.56
"""How strong a sign for the other side makes a position mixed; the latter where an attack is answered."""


class Stand(NamedTuple):
    """A side taken in a statement: on what, which, by which words and by which rule."""

    target: str
    stance: str
    relayed: bool
    start: int
    stop: int
    rule: str
    confidence: float


class PositionReader:
    """Reads the positions of one article's statements, which must come in their order."""

    def __init__(self, document: Document, mentions: list[Mention]) -> None:
        self._document = document
        self._reader = CandidateReader(document, mentions)

    def find(
        self,
        start: int,
        stop: int,
        topics: list[str],
        *,
        own: frozenset[str],
        speaker: Hashable = "",
        relay: tuple[int, int] | None = None,
    ) -> list[Stand]:
        """The positions of the statement at `[start, stop)`, surest first, at most `MOST`.

        Args:
            topics: the topics coded for it, most central first; another one becomes a target where a term or an act
                names it plainly («توقف فوری جنگ»).
            own: the speakers' own states, which are no targets.
            speaker: tells the speaker's statements from those of others in the article.
            relay: the stretch in which the speaker passes on somebody else's words.
        """
        reading = self._reader.read(start, stop, topics, own, speaker)
        home = f"state:{self._document.country}" if not own - {""} else ""  # most speakers of unknown state are at home
        found = []
        for candidate, chances in zip(reading.candidates, self._chances(reading), strict=True):
            side = max(chances, key=lambda s: chances[s])
            if chances[side] < _least(candidate, side):
                continue
            if side < 0 or candidate.target != home:
                found.append((chances[side], _stand(reading, candidate, side, chances[side], relay)))
        return [stand for _, stand in sorted(found, key=lambda pair: -pair[0])[:MOST]]

    def _chances(self, reading: Reading) -> Iterator[dict[int, float]]:
        """How likely each side is, for each candidate: the odds for and against are set beside taking none."""
        models = {
            1: self._document.lexicon.position_weights["for"],
            -1: self._document.lexicon.position_weights["against"],
        }
        shared = {
            (kind, side): model.odds(evidence)
            for kind, evidence in reading.shared.items()
            for side, model in models.items()
        }
        for candidate in reading.candidates:
            odds = {s: shared[candidate.kind, s] + m.odds(candidate.evidence) - m.bias for s, m in models.items()}
            likely = {side: math.exp(min(amount, 30.0)) for side, amount in odds.items()}
            total = 1 + sum(likely.values())
            yield {side: amount / total for side, amount in likely.items()}


def find_positions(
    document: Document,
    start: int,
    stop: int,
    mentions: list[Mention],
    topics: list[str],
    *,
    own: frozenset[str],
    relay: tuple[int, int] | None,
) -> list[Stand]:
    """The positions of one statement; for all statements of an article a `PositionReader` is better and quicker."""
    return PositionReader(document, mentions).find(start, stop, topics, own=own, relay=relay)


def _stand(reading: Reading, candidate: Candidate, side: int, chance: float, relay: tuple[int, int] | None) -> Stand:
    scope = reading.scope
    best = _strongest(candidate, side) or _weak_sign(reading, candidate, side)
    reason = _mixed(scope, candidate, best)
    start, stop = scope.words[best.first][0], scope.words[best.last][1]
    relayed = relay is not None and relay[0] <= start and stop <= relay[1]
    stance = "mixed" if reason else "for" if side > 0 else "against"
    return Stand(candidate.target, stance, relayed, start, stop, best.rule + reason, round(chance, 3))


def _least(candidate: Candidate, side: int) -> float:
    """The least probability with which a side is coded, by what shows it."""
    if side not in candidate.shown:
        return SURE_UNSHOWN
    ruled = _strongest(candidate, side)
    return SURE_RULED if ruled and ruled.confidence >= PLAIN else SURE_ENOUGH


def _strongest(candidate: Candidate, side: int) -> Sign | None:
    return max((s for s in candidate.signs if s.side == side), key=lambda s: s.confidence, default=None)


def _weak_sign(reading: Reading, candidate: Candidate, side: int) -> Sign:
    """What shows a side that no rule finds: a word for it nearby, else its target, else the whole statement."""
    mine = [t for t in reading.things if candidate.target == f"topic:{t.topic}"]
    shown = [(w.side, w.first, w.end, f"{w.word.kind}, nearby") for w in reading.taken]
    shown += [(j.side, j.first, j.last, "praise or blame, nearby") for j in reading.judgements]
    for near in NEAR:
        for word_side, first, last, rule in shown:
            agrees = side_on(word_side, first, mine) == side
            if agrees and nearness(reading.scope, first, last, candidate.places) == near:
                place = min(candidate.places, key=lambda p: abs(p[0] - first))
                return Sign(candidate.target, side, rule, 0.0, min(first, place[0]), max(last, place[1]))
    first, last = candidate.places[0] if candidate.places else (0, len(reading.scope.words) - 1)
    return Sign(candidate.target, side, "wording", 0.0, first, last)


def _mixed(scope: Scope, candidate: Candidate, best: Sign) -> str:
    """Why a position is mixed: a condition, a contrast, or a sign as good for the other side; else nothing."""
    if best.target in CONDITIONAL and best.side > 0 and _has_condition(scope, best):
        return ", on condition"
    if best.rule.endswith("negated") and best.side > 0 and scope.has("contrast", best.last, len(scope.words)):
        return ", in contrast"
    other = _strongest(candidate, -best.side)
    answered = best.target == "topic:use_of_force"  # condemning an attack and justifying the answer to it
    if other is None or not best.confidence or other.confidence < (BOTH_ANSWERED if answered else BOTH):
        return ""
    parted = scope.has("contrast", min(best.first, other.first), max(best.last, other.last))
    return f" and {other.rule}" if answered or parted else ""


def _has_condition(scope: Scope, sign: Sign) -> bool:
    first = max((i + 1 for i in range(sign.first) if scope.hard[i]), default=0)
    return scope.has("condition", first, scope.sentence_end(sign.last))
