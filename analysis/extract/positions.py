"""Positions of a statement: which side its speaker takes on topics and states, by named rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from analysis.extract.document import Document
from analysis.extract.mentions import Mention
from analysis.extract.scope import COPULAS, Scope, Verb
from analysis.lexicon.matcher import Match, longest
from analysis.lexicon.stance import ALONE, Act, Word

UNDIRECTED = frozenset(
    "ukraine syria iraq yemen afghanistan lebanon caucasus persian_gulf caspian domestic_politics".split()
)
CONDITIONAL = frozenset(f"topic:{t}" for t in "nuclear_deal nuclear_programme bilateral_ties negotiation".split())
"""What can be wanted under a condition; a conditional threat is a threat."""
HARMS = {"use_of_force": -1, "terrorism": -1, "human_rights": 1}
"""Topics in which a state is blamed for the deed, with the side that the blame takes."""
WARLIKE = ("use_of_force", "terrorism", "sanctions")
MOST = 3
SURE_ENOUGH = 0.46
CENTRAL = 0.05


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
    """Evidence for one side: 1 for, -1 against, 0 both."""

    target: str
    side: int
    rule: str
    confidence: float
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Taken:
    """A stance word at words `[first, last]`, its side after negation, and the words `[low, high]` that it reaches."""

    word: Word
    side: int
    rule: str
    first: int
    last: int
    end: int
    low: int
    high: int

    def reaches(self, first: int, last: int) -> bool:
        return self.low <= first and last <= self.high and not (first <= self.last and self.first <= last)


@dataclass(frozen=True, slots=True)
class _Thing:
    """An act at words `[first, last]`: its topic and that topic's sign after the words that turn it round."""

    act: Act
    topic: str
    sign: int
    turned: bool
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
        mentions: the mentions in the statement.
        topics: the topics coded for it, most central first; no other topic becomes a target.
        cue: its reporting verb, if any.
        speaker_country: the speaker's own state, which is no target.
        relay: the stretch in which the speaker passes on somebody else's words.
    """
    scope = Scope(document, start, stop)
    directed = [t for t in topics if t not in UNDIRECTED]
    things = list(_things(document, scope, start, stop, directed))
    inside = [m for m in mentions if start <= m.start and m.stop <= stop]
    states = [m for m in inside if m.kind == "country" and m.entity_id not in ("", speaker_country)]
    taken = _taken(document, scope, start, stop)
    signs = [*_alone(scope, things)]
    for t in (t for t in taken if t.side < 0 or not _of_others(scope, t, states)):
        if t.word.topics:
            signs += _on_topics(scope, t, things, taken)
        if t.word.states:
            signs += _on_states(scope, t, states, inner=not directed)
    signs += _agents(scope, things, states)
    signs += _sanctioned(scope, signs, states)
    signs += _acted_against(scope, taken, things, states)
    if topics:  # what the statement is most about is most likely what its side is taken on
        signs = [replace(s, confidence=s.confidence + CENTRAL * (s.target == f"topic:{topics[0]}")) for s in signs]
    stands = [_stand(scope, s, relay) for s in _settle(scope, signs) if not ("palestine" in topics and s.target == "state:PS")]
    return sorted(stands, key=lambda s: -s.confidence)[:MOST]


def _things(document: Document, scope: Scope, start: int, stop: int, topics: list[str]) -> Iterator[_Thing]:
    matches = list(longest(document.found("stance_act", start, stop)))
    starts = [scope.word_at(m.start) for m in matches]
    for match in matches:
        act = document.lexicon.stance.acts[int(match.id)]
        first, last = scope.span(match)
        following = min((i for i in starts if i > last + 1), default=len(scope.words))
        for topic in [t for t in topics if t in act.signs][:1]:
            turned = not act.blames and _is_turned(scope, first, last, following)
            yield _Thing(act, topic, act.signs[topic] * (-1 if turned else 1), turned, first, last)


def _is_turned(scope: Scope, first: int, last: int, following: int) -> bool:
    """Whether a word of ending or fighting governs a noun: «لغو همه تحریم‌ها»، «تحریم‌ها … را لغو کند»."""
    relative = "که" in scope.texts[last + 1 : last + 5]
    for a, b in scope.turns.get("reverse", ()):
        if 0 < first - b <= 4 and scope.clause[a] == scope.clause[first] and not _parts(scope, b + 1, first):
            return True
        same = scope.clause[a] == scope.clause[last] and a <= min(last + 14, following)
        if a > last and (same or (relative and a <= scope.sentence_end(last))) and _is_verbal(scope, b):
            return True
    return False


def _parts(scope: Scope, first: int, stop: int) -> bool:
    return any(scope.texts[i] in ("و", "را") or scope.texts[i].endswith(("،", ":")) for i in range(first, stop))


def _is_verbal(scope: Scope, word: int) -> bool:
    """Whether a word is (or is completed at once by) a verb, rather than a noun with an object of its own."""
    return any(v.first <= word <= v.last or v.first == word + 1 for v in scope.verbs)


def _taken(document: Document, scope: Scope, start: int, stop: int) -> list[_Taken]:
    found: dict[tuple[int, int, str], _Taken] = {}
    kept = []
    for match in document.found("stance", start, stop):
        word = document.lexicon.stance.words[int(match.id)]
        first, last = scope.span(match)
        verb = _light(scope, word, last)
        if verb is None and ALONE not in word.lights and not ("بود" in word.lights and scope.glued(match) in COPULAS):
            continue
        if word.kind == "request" and not _asks_of(scope, first) or _is_asked(scope, word, first):
            continue
        negative = verb is not None and verb.negative
        kept.append(match)
        if side := word.negated_side if negative else word.side:
            low, high = _reach(scope, word, first, last, verb)
            rule = word.kind + (", negated" if negative else "")
            end = max(last, verb.last if verb else last)
            found[match.first, match.last, match.id] = _Taken(word, side, rule, first, last, end, low, high)
    words = document.lexicon.stance.words
    chosen = [
        *longest(m for m in kept if words[int(m.id)].topics),
        *longest(m for m in kept if not words[int(m.id)].topics),
    ]
    return [found[k] for m in chosen if (k := (m.first, m.last, m.id)) in found]


def _asks_of(scope: Scope, first: int) -> bool:
    """Whether somebody is asked: «از … خواست», not «خواست ملت»."""
    return any(first - 14 <= a < first and scope.texts[a] == "از" for a, _ in scope.turns.get("preposition", ()))


def _is_asked(scope: Scope, word: Word, first: int) -> bool:
    """Whether the words are a question's; a blaming question still blames."""
    end = scope.texts[scope.sentence_end(first)]
    return word.side > 0 and (end.endswith(("؟", "?", "؟»")) or scope.has("question", 0, first))


def _light(scope: Scope, word: Word, last: int) -> Verb | None:
    """The verb that completes a stance word: the next one in its clause, if it is one of the word's own."""
    far = 14 if "بود" in word.lights or word.kind in ("call", "accuse") else 6
    verb = scope.next_verb(last, min(last + far, scope.clause_of(last)[1]))
    return verb if verb and verb.past in word.lights else None


def _reach(scope: Scope, word: Word, first: int, last: int, verb: Verb | None) -> tuple[int, int]:
    left, right = scope.clause_of(first)
    if word.kind == "evaluate" and word.reach == "before" and verb is None:  # an adjective beside its noun
        return max(left, first - 3), min(last + 4, right)
    match word.reach:
        case "before" | "subject":
            return left, first - 1
        case "right":
            return last + 1, min(scope.sentence_end(last), last + 20)
        case "both":
            return left, min(scope.sentence_end(last), last + 20)
        case "any":
            return 0, len(scope.words) - 1
        case "genitive":
            return last + 1, min(last + 5, right)
    return left, right


def _alone(scope: Scope, things: list[_Thing]) -> Iterator[_Sign]:
    for thing in things:
        if thing.act.alone and not scope.has("condition", thing.first - 3, thing.first - 1):
            yield _Sign(f"topic:{thing.topic}", thing.sign, "act", thing.act.alone, thing.first, thing.last)


def _of_others(scope: Scope, taken: _Taken, states: list[Mention]) -> bool:
    """Whether the side is another state's: «حمایت ایران از …»، «آمریکا از … حمایت می‌کند»."""
    low, _ = scope.clause_of(taken.first)
    if taken.end == taken.last and any(a == taken.last + 1 for a, _ in scope.turns.get("third", ())):
        return True
    for state in states:
        first, last = scope.word_at(state.start), scope.word_at(state.stop - 1)
        if taken.end == taken.last and 0 < first - taken.last <= 2 and not scope.preposition_of(first, taken.last):
            return True
        if taken.end > taken.last and low <= first <= low + 2 and last < taken.first:
            follows = scope.texts[last + 1 : last + 3]
            return "را" not in follows and not scope.preposition_of(first) and "،" not in scope.texts[last]
    return False


def _on_topics(scope: Scope, taken: _Taken, things: list[_Thing], others: list[_Taken]) -> Iterator[_Sign]:
    for thing in things:
        if not taken.reaches(thing.first, thing.last) or not _is_governed(scope, taken, thing.first):
            continue
        if taken.word.kind == "reject" and scope.has("claim", taken.low, taken.first):
            continue  # a denial takes no side
        if thing.act.blames and taken.side > 0 or _shares_verb(scope, taken, thing):
            continue
        if taken.word.reach in ("right", "both", "any") and any(
            _claims(o, taken, thing) and _is_governed(scope, o, thing.first) for o in others
        ):
            continue
        side = thing.sign if thing.act.blames else taken.side * thing.sign
        if side > 0 and thing.topic in WARLIKE and not _is_direct(scope, taken, thing):
            continue
        rule = taken.rule + (", turned" if thing.turned else "")
        span = min(taken.first, thing.first), max(taken.end, thing.last)
        yield _Sign(f"topic:{thing.topic}", side, rule, taken.word.strength, *span)


def _shares_verb(scope: Scope, taken: _Taken, thing: _Thing) -> bool:
    """Whether the thing is itself a verb beside the stance word: «محکوم و تحریم کند»."""
    return thing.first == taken.last + 2 and scope.texts[taken.last + 1] == "و" and thing.last < taken.end


def _is_direct(scope: Scope, taken: _Taken, thing: _Thing) -> bool:
    """Whether a harm is itself what is wanted: nobody calls for war from the other end of a sentence."""
    gap = max(thing.first - taken.last, taken.first - thing.last)
    verbal = thing.topic == "sanctions" and scope.next_verb(thing.last, thing.last + 1) is not None
    return thing.turned or thing.act.signs[thing.topic] < 0 or gap <= 3 or verbal


def _claims(other: _Taken, taken: _Taken, thing: _Thing) -> bool:
    """Whether a nearer stance word has the thing: «می‌خواهم حمله را محکوم کنم» condemns, it does not call for."""
    near = other.word.topics and other.word.reach in ("near", "before") and other.word.strength >= SURE_ENOUGH
    return near and other is not taken and other.reaches(thing.first, thing.last)


def _is_governed(scope: Scope, taken: _Taken, first: int) -> bool:
    """Whether a noun has the preposition that the stance word asks for, if it asks for one."""
    allowed = taken.word.prepositions
    if not allowed:
        return True
    if first < taken.first:
        return scope.preposition_of(first, reach=9) in allowed
    between = [(a, b) for a, b in scope.turns.get("preposition", ()) if taken.last <= a and b < first]
    return first - taken.last <= 9 and any(" ".join(scope.texts[a : b + 1]) in allowed for a, b in between)


def _on_states(scope: Scope, taken: _Taken, states: list[Mention], *, inner: bool) -> Iterator[_Sign]:
    places = [(m, scope.word_at(m.start), scope.word_at(m.stop - 1)) for m in states]
    bare = taken.end == taken.last and (taken.word.prepositions or taken.word.kind == "evaluate")
    before = [p for p in places if taken.low <= p[1] and p[2] < taken.first and not bare]
    after = [p for p in places if taken.last < p[1] and p[2] <= taken.high]
    if taken.word.reach == "subject":
        chosen = [p for p in before if "را" not in scope.texts[p[2] + 1 : p[2] + 2] and not scope.preposition_of(p[1])][:1]
    else:
        marker = scope.marker(taken.low, taken.first)
        if marker >= 0:
            before = [p for p in before if p[2] < marker <= p[2] + 8]
        chosen = _chain(scope, [p for p in before[::-1] if _is_object(scope, taken, p[1], -1, inner)])
        if not chosen:
            chosen = _chain(scope, [p for p in after if _is_object(scope, taken, p[1], taken.last, inner)])
    for state, first, last in chosen:
        span = min(taken.first, first), max(taken.end, last)
        yield _Sign(f"state:{state.entity_id}", taken.side, taken.rule, taken.word.strength, *span)


def _is_object(scope: Scope, taken: _Taken, first: int, stop: int, inner: bool) -> bool:
    preposition = scope.preposition_of(first, stop)
    if taken.word.prepositions:
        return preposition in taken.word.prepositions
    # Where only inner politics are spoken of, blame of what happens in a state is blame of its government.
    return not preposition or (inner and preposition == "در" and taken.side < 0)


def _chain(scope: Scope, places: list[tuple[Mention, int, int]]) -> list[tuple[Mention, int, int]]:
    """The nearest place and those that «و» joins to it."""
    chosen = places[:1]
    for place in places[1:]:
        a, b = sorted((chosen[-1], place), key=lambda p: p[1])
        joint = scope.texts[a[2] + 1 : b[1]]
        listed = len(chosen) > 1 and (not joint or joint == ["،"])
        if joint != ["و"] and not listed:
            break
        chosen.append(place)
    return chosen


def _agents(scope: Scope, things: list[_Thing], states: list[Mention]) -> Iterator[_Sign]:
    """A state named as the doer of a harm: «حمله‌ای که از سوی … انجام شد»."""
    harms = [t for t in things if t.topic in HARMS and not t.turned]
    for _, b in scope.turns.get("agent", ()):
        for state in states:
            first = scope.word_at(state.start)
            if 0 < first - b <= 2 and any(abs(t.first - first) <= 25 for t in harms):
                yield _Sign(f"state:{state.entity_id}", -1, "agent of harm", 0.58, b, first)


def _sanctioned(scope: Scope, signs: list[_Sign], states: list[Mention]) -> Iterator[_Sign]:
    """Whoever calls for sanctions on a state is against it."""
    for sign in signs:
        if sign.target != "topic:sanctions" or sign.side < 1:
            continue
        for state in states:
            first = scope.word_at(state.start)
            preposition = scope.preposition_of(first)
            if sign.first <= first <= sign.last + 5 and preposition in ("", "علیه", "بر علیه", "بر"):
                yield replace(sign, target=f"state:{state.entity_id}", side=-1, rule="sanctioned")


def _acted_against(scope: Scope, taken: list[_Taken], things: list[_Thing], states: list[Mention]) -> Iterator[_Sign]:
    """Whoever calls for action against a state is against it: «خواستار اقدام فوری علیه … شد»."""
    for word in taken:
        if word.word.kind not in ("call", "request", "must", "necessity"):
            continue
        for state in states:
            first = scope.word_at(state.start)
            against = next((a for a, b in scope.turns.get("preposition", ()) if first - 2 <= b < first and "علیه" in scope.texts[b]), -1)
            harmed = any(against - 4 <= t.last < against for t in things)
            if word.last < against <= word.high and word.side > 0 and not harmed:
                yield _Sign(f"state:{state.entity_id}", -1, "action against", 0.58, word.first, first)


def _settle(scope: Scope, signs: list[_Sign]) -> Iterator[_Sign]:
    """One sign for each target: the surest; both sides where a word of contrast or a condition parts them."""
    by_target: dict[str, list[_Sign]] = {}
    for sign in signs:
        by_target.setdefault(sign.target, []).append(sign)
    for target, group in by_target.items():
        group.sort(key=lambda s: -s.confidence)
        best = group[0]
        same = [s for s in group if s.side == best.side]
        confidence = min(best.confidence + 0.06 * (len(same) - 1), 0.95)
        if confidence < SURE_ENOUGH:
            continue
        if target in CONDITIONAL and best.side > 0 and _has_condition(scope, best):
            best = replace(best, side=0, rule=best.rule + ", on condition")
        elif best.rule.endswith("negated") and best.side > 0 and scope.has("contrast", best.last, len(scope.words)):
            best = replace(best, side=0, rule=best.rule + ", in contrast")
        elif len(group) > len(same) and max(s.confidence for s in group if s.side != best.side) >= 0.6:
            other = next(s for s in group if s.side != best.side)
            if target == "topic:use_of_force" or scope.has("contrast", *sorted((best.first, other.last))):
                best = replace(best, side=0, rule=f"{best.rule} and {other.rule}")
        yield replace(best, confidence=confidence)


def _has_condition(scope: Scope, sign: _Sign) -> bool:
    first = max((i + 1 for i in range(sign.first) if scope.hard[i]), default=0)
    return scope.has("condition", first, scope.sentence_end(sign.last))


def _stand(scope: Scope, sign: _Sign, relay: tuple[int, int] | None) -> Stand:
    start, stop = scope.words[sign.first][0], scope.words[sign.last][1]
    relayed = relay is not None and relay[0] <= start and stop <= relay[1]
    stance = {1: "for", -1: "against", 0: "mixed"}[sign.side]
    return Stand(sign.target, stance, relayed, start, stop, sign.rule, round(sign.confidence, 3))
