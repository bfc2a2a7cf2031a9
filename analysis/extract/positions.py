"""Positions of a statement: which side its speaker takes on topics and states, by named rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from analysis.extract.document import Document
from analysis.extract.mentions import Mention
from analysis.extract.scope import Scope, Taken, Thing, find_acts, find_taken, find_things
from analysis.lexicon.matcher import Match

UNDIRECTED = {
    *("ukraine", "syria", "iraq", "yemen", "afghanistan", "lebanon", "caucasus"),
    *("persian_gulf", "caspian", "domestic_politics"),
}
"""Topics that nobody is for or against."""
CONDITIONAL = {"topic:nuclear_deal", "topic:nuclear_programme", "topic:bilateral_ties", "topic:negotiation"}
"""What can be wanted under a condition; a conditional threat is a threat."""
HARMS = ("use_of_force", "terrorism", "human_rights")
"""Topics that a state is blamed for when it is named as the doer."""
UNLIKELY = ("use_of_force", "terrorism", "sanctions")
"""What is called for in so many words or not at all."""
MOST = 3
SURE_ENOUGH = 0.5
AGAIN = 0.06
"""How much surer a second sign for the same side makes."""
CENTRAL = 0.06
"""How much surer the side on the most central topic is."""

type Place = tuple[Mention, int, int]


@dataclass(frozen=True, slots=True)
class Stand:
    """A side taken in a statement: on what, which, by which words and by which rule."""

    target: str
    stance: str
    relayed: bool
    start: int
    stop: int
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Sign:
    """A sign of a side at words `[first, last]`: 1 for, -1 against, 0 both."""

    target: str
    side: int
    rule: str
    confidence: float
    first: int
    last: int


def find_positions(
    document: Document,
    start: int,
    stop: int,
    mentions: list[Mention],
    topics: list[str],
    *,
    cue: Match | None,
    speaker_country: str,
    relay: tuple[int, int] | None,
) -> list[Stand]:
    """The positions of the statement at `[start, stop)`, surest first, at most `MOST`.

    Args:
        mentions: mentions of the article; those in the statement count.
        topics: the topics coded for it, most central first; no other topic becomes a target.
        cue: its reporting verb, if any.
        speaker_country: the speaker's own state, which is no target.
        relay: the stretch in which the speaker passes on somebody else's words.
    """
    scope = Scope(document, start, stop)
    directed = [t for t in topics if t not in UNDIRECTED]
    things = list(find_things(scope, directed))
    others = [m for m in mentions if m.kind == "country" and m.entity_id not in ("", speaker_country)]
    states = [
        (m, scope.word_at(m.start), scope.word_at(m.stop - 1)) for m in others if start <= m.start and m.stop <= stop
    ]
    taken = [t for t in find_taken(scope) if t.side < 0 or not _is_of_others(scope, t, states)]
    signs = [*_alone(scope, things), *_agents(scope, things, states), *_acted_against(scope, taken, states)]
    for word in taken:
        signs += _on_topics(scope, word, things, taken) if word.word.topics else []
        signs += _on_states(scope, word, states, inner=not directed) if word.word.states else []
    signs += _sanctioned(scope, signs, states)
    # A side on Palestine is not one on its government as well.
    signs = [s for s in signs if not ("palestine" in topics and s.target == "state:PS")]
    settled = _settle(scope, [_weigh(s, topics) for s in signs])
    return sorted((_stand(scope, s, relay) for s in settled), key=lambda s: -s.confidence)[:MOST]


def _weigh(sign: _Sign, topics: list[str]) -> _Sign:
    central = bool(topics) and sign.target == f"topic:{topics[0]}"
    return replace(sign, confidence=sign.confidence + CENTRAL) if central else sign


def _alone(scope: Scope, things: list[Thing]) -> Iterator[_Sign]:
    """Things that carry their side: «جنایت جنگی»، «پاسخ کوبنده»، «گسترش روابط»."""
    for thing in things:
        if thing.act.alone and not scope.has("condition", thing.first - 3, thing.first - 1):
            yield _Sign(f"topic:{thing.topic}", thing.sign, "act", thing.act.alone, thing.first, thing.last)


def _is_of_others(scope: Scope, taken: Taken, states: list[Place]) -> bool:
    """Whether the side is somebody else's: «حمایت این کشور از …»، «آمریکا از … حمایت می‌کند»."""
    bare = taken.end == taken.last
    if bare and any(a == taken.last + 1 for a, _ in scope.turns("third")):
        return True
    low, _ = scope.clause_of(taken.first)
    for _, first, last in states:
        if (
            bare
            and taken.word.prepositions
            and 0 < first - taken.last <= 2
            and not scope.preposition_of(first, taken.last)
        ):
            return True
        if not bare and low <= first <= low + 2 and last < taken.first:
            listed = scope.texts[last].endswith("،")
            return not (listed or scope.has("object", last + 1, last + 2) or scope.preposition_of(first))
    return False


def _on_topics(scope: Scope, taken: Taken, things: list[Thing], others: list[Taken]) -> Iterator[_Sign]:
    """A stance word and the acts in its reach."""
    if taken.word.kind == "reject" and scope.has("claim", taken.low, taken.first):
        return  # a denial takes no side
    for thing in things:
        if not taken.reaches(thing.first, thing.last) or not _is_governed(scope, taken, thing.first):
            continue
        if (thing.act.blames and taken.side > 0) or _shares_verb(scope, taken, thing):
            continue
        if taken.word.reach in ("right", "both", "any") and any(_claims(scope, o, taken, thing) for o in others):
            continue
        side = thing.sign if thing.act.blames else taken.side * thing.sign
        if side > 0 and thing.topic in UNLIKELY and not _is_direct(scope, taken, thing):
            continue
        rule = taken.rule + (", turned" if thing.turned else "")
        span = min(taken.first, thing.first), max(taken.end, thing.last)
        yield _Sign(f"topic:{thing.topic}", side, rule, taken.word.strength, *span)


def _is_governed(scope: Scope, taken: Taken, first: int) -> bool:
    """Whether a noun has the preposition that the stance word asks for, if it asks for one."""
    allowed = taken.word.prepositions
    if not allowed or first == taken.last + 1:  # «مخالف جنگ» beside «مخالف با جنگ»
        return True
    if first < taken.first:
        return scope.preposition_of(first, reach=9) in allowed
    between = [(a, b) for a, b in scope.turns("preposition") if taken.last <= a and b < first <= taken.last + 9]
    return any(" ".join(scope.texts[a : b + 1]) in allowed for a, b in between)


def _shares_verb(scope: Scope, taken: Taken, thing: Thing) -> bool:
    """Whether the thing is itself a verb beside the stance word: «محکوم و تحریم کند»."""
    return (
        thing.first == taken.last + 2 and scope.has("and", thing.first - 1, thing.first - 1) and thing.last < taken.end
    )


def _claims(scope: Scope, other: Taken, taken: Taken, thing: Thing) -> bool:
    """Whether a nearer stance word has the thing: «می‌خواهم حمله را محکوم کنم» condemns, it does not call for."""
    near = other.word.topics and other.word.reach in ("near", "before") and other.word.strength >= SURE_ENOUGH
    reached = near and other is not taken and other.reaches(thing.first, thing.last)
    return reached and _is_governed(scope, other, thing.first)


def _is_direct(scope: Scope, taken: Taken, thing: Thing) -> bool:
    """Whether a harm is itself what is wanted: nobody calls for war from the other end of a sentence."""
    gap = max(thing.first - taken.last, taken.first - thing.last)
    verbal = thing.topic == "sanctions" and scope.next_verb(thing.last, thing.last + 1) is not None
    return thing.turned or thing.act.signs[thing.topic] < 0 or gap <= 3 or verbal


def _on_states(scope: Scope, taken: Taken, states: list[Place], *, inner: bool) -> Iterator[_Sign]:
    """A stance word and the state that is its object, or its subject, or whose deed it names."""
    bare = taken.end == taken.last and (taken.word.prepositions or taken.word.kind == "evaluate")
    before = [p for p in states if taken.low <= p[1] and p[2] < taken.first and not bare]
    after = [p for p in states if taken.last < p[1] and p[2] <= taken.high]
    if taken.word.reach == "subject":
        chosen = [p for p in before if not scope.has("object", p[2] + 1, p[2] + 1) and not scope.preposition_of(p[1])][
            :1
        ]
    else:
        marks = [a for a, _ in scope.turns("object") if taken.low <= a < taken.first]
        if marks:
            before = [p for p in before if p[2] < marks[-1] <= p[2] + 8]
        chosen = _chain(scope, [p for p in before[::-1] if _is_object(scope, taken, p[1], -1, inner)])
        chosen = chosen or _chain(scope, [p for p in after if _is_object(scope, taken, p[1], taken.last, inner)])
    crimes = find_acts(scope, blaming=True) if taken.side > 0 else []
    for state, first, last in chosen:
        if any(taken.last < begin and end < first <= end + 3 for begin, end in crimes):
            continue  # «حمایت از تجاوز …» supports the deed
        span = min(taken.first, first), max(taken.end, last)
        yield _Sign(f"state:{state.entity_id}", taken.side, taken.rule, taken.word.strength, *span)


def _is_object(scope: Scope, taken: Taken, first: int, stop: int, inner: bool) -> bool:
    preposition = scope.preposition_of(first, stop)
    if taken.word.prepositions:
        return preposition in taken.word.prepositions
    # Where only inner politics are spoken of, blame of what happens in a state is blame of its government.
    return not preposition or (inner and taken.side < 0 and scope.has("within", first - 2, first - 1))


def _chain(scope: Scope, places: list[Place]) -> list[Place]:
    """The nearest place and those that «و» joins to it: «الف، ب و ج»."""
    chosen = places[:1]
    for place in places[1:]:
        (_, _, end), (_, begin, _) = sorted((chosen[-1], place), key=lambda p: p[1])
        joined = begin == end + 2 and scope.has("and", end + 1, end + 1)
        listed = len(chosen) > 1 and "،" in "".join(scope.texts[end:begin])[-1:]
        if not joined and not listed:
            break
        chosen.append(place)
    return chosen


def _agents(scope: Scope, things: list[Thing], states: list[Place]) -> Iterator[_Sign]:
    """A state named as the doer of a harm: «حمله‌ای که از سوی … انجام شد»."""
    harms = [t for t in things if t.topic in HARMS and not t.turned]
    for _, end in scope.turns("agent"):
        for state, first, _ in states:
            if 0 < first - end <= 2 and any(abs(t.first - first) <= 25 for t in harms):
                yield _Sign(f"state:{state.entity_id}", -1, "agent of harm", 0.58, end, first)


def _sanctioned(scope: Scope, signs: list[_Sign], states: list[Place]) -> Iterator[_Sign]:
    """Whoever calls for sanctions on a state is against it."""
    for sign in signs:
        if sign.target != "topic:sanctions" or sign.side < 1:
            continue
        for state, first, _ in states:
            free = not scope.preposition_of(first) or scope.has("opposed", first - 3, first - 1)
            if sign.first <= first <= sign.last + 5 and free:
                yield replace(sign, target=f"state:{state.entity_id}", side=-1, rule="sanctioned")


def _acted_against(scope: Scope, taken: list[Taken], states: list[Place]) -> Iterator[_Sign]:
    """Whoever calls for action against a state is against it: «خواستار اقدام فوری علیه … شد»."""
    acts = find_acts(scope)
    for call in (t for t in taken if t.side > 0 and t.word.kind in ("call", "request", "must", "necessity")):
        for state, first, _ in states:
            for a, b in scope.turns("opposed"):
                harmed = any(a - 4 <= last < a for _, last in acts)  # «خواستار توقف حملات علیه …»
                if call.last < a and 0 < first - b <= 2 and first <= call.high and not harmed:
                    yield _Sign(f"state:{state.entity_id}", -1, "action against", 0.58, call.first, first)


def _settle(scope: Scope, signs: list[_Sign]) -> Iterator[_Sign]:
    """One sign for each target, the surest, where it is sure enough."""
    by_target: dict[str, list[_Sign]] = {}
    for sign in sorted(signs, key=lambda s: -s.confidence):
        by_target.setdefault(sign.target, []).append(sign)
    for group in by_target.values():
        best, agreeing = group[0], [s for s in group if s.side == group[0].side]
        confidence = min(best.confidence + AGAIN * (len(agreeing) - 1), 0.95)
        if confidence >= SURE_ENOUGH:
            other = next((s for s in group if s.side != best.side), None)
            yield replace(_mix(scope, best, other), confidence=confidence)


def _mix(scope: Scope, best: _Sign, other: _Sign | None) -> _Sign:
    """Both sides where a condition, a contrast or a sign as good for the other side says so."""
    if best.target in CONDITIONAL and best.side > 0 and _has_condition(scope, best):
        return replace(best, side=0, rule=best.rule + ", on condition")
    if best.rule.endswith("negated") and best.side > 0 and scope.has("contrast", best.last, len(scope.words)):
        return replace(best, side=0, rule=best.rule + ", in contrast")
    if other is None or other.confidence < 0.6:
        return best
    parted = scope.has("contrast", min(best.first, other.first), max(best.last, other.last))
    if best.target == "topic:use_of_force" or parted:  # condemning an attack and justifying the answer to it
        return replace(best, side=0, rule=f"{best.rule} and {other.rule}")
    return best


def _has_condition(scope: Scope, sign: _Sign) -> bool:
    first = max((i + 1 for i in range(sign.first) if scope.hard[i]), default=0)
    return scope.has("condition", first, scope.sentence_end(sign.last))


def _stand(scope: Scope, sign: _Sign, relay: tuple[int, int] | None) -> Stand:
    start, stop = scope.words[sign.first][0], scope.words[sign.last][1]
    relayed = relay is not None and relay[0] <= start and stop <= relay[1]
    stance = {1: "for", -1: "against", 0: "mixed"}[sign.side]
    return Stand(sign.target, stance, relayed, start, stop, sign.rule, round(sign.confidence, 3))
