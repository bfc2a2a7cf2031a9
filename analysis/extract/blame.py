"""Sides on states: who is praised, blamed, accused, threatened, or told to stop."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from analysis.extract.document import Document
from analysis.extract.mentions import Mention
from analysis.extract.scope import Scope, Taken, Thing
from analysis.lexicon.matcher import longest, within

HARMS = ("use_of_force", "terrorism")
"""Topics that a state is blamed for when it is named as the doer."""
WANTS = ("call", "request", "must", "necessity")
"""Kinds of words by which something is asked for."""
HARM = 0.6
"""How surely a state beside a harm is blamed for it."""
TOLD = 0.75
"""How surely one is blamed whom sanctions are called for on, or who is told to stop."""
JOINED = 2
"""How many clauses further back the subject of a chain of deeds may stand."""
NEAR_HARM = 12
"""How many words may lie between the two."""

type Place = tuple[Mention, int, int]


class Sign(NamedTuple):
    """A sign of a side at words `[first, last]`: 1 for, -1 against, 0 both."""

    target: str
    side: int
    rule: str
    confidence: float
    first: int
    last: int


def find_places(document: Document, scope: Scope, mentions: list[Mention], own: frozenset[str]) -> list[Place]:
    """The states other than one's own that a statement names, each with its first and last word."""
    movements = [m for m in document.found("organisation", scope.start, scope.stop) if "movement" in m.entry.facets]
    return [
        (m, scope.word_at(m.start), scope.word_at(m.stop - 1))
        for m in within(mentions, scope.start, scope.stop)
        if m.kind == "country" and m.entity_id and m.entity_id not in own
        if not any(body.start <= m.start and m.stop <= body.stop for body in movements)
    ]


def on_states(scope: Scope, taken: Taken, states: list[Place], *, inner: bool) -> Iterator[Sign]:
    """A stance word and the state that is its object, or its subject, or whose deed it names."""
    bare = taken.end == taken.last and (taken.word.prepositions or taken.word.kind == "evaluate")
    before = [p for p in states if taken.low <= p[1] and p[2] < taken.first and not bare]
    after = [p for p in states if taken.last < p[1] and p[2] <= taken.high]
    if taken.word.reach == "subject":
        chosen = _subject(scope, before or _of_main_clause(scope, taken, states) or _of_joined(scope, taken, states))
    else:
        marks = [a for a, _ in scope.turns("object") if taken.low <= a < taken.first]
        if marks:
            before = [p for p in before if p[2] < marks[-1] <= p[2] + 8]
        chosen = _chain(scope, [p for p in before[::-1] if _is_object(scope, taken, p[1], -1, inner)])
        chosen = chosen or _chain(scope, [p for p in after if _is_object(scope, taken, p[1], taken.last, inner)])
    deeds = find_acts(scope, blaming=taken.word.kind not in ("welcome", "support")) if taken.side > 0 else []
    for state, first, last in chosen:
        if any(end < first <= end + 3 and (begin > taken.last or end < taken.first) for begin, end in deeds):
            continue  # «حمایت از تجاوز …»، «از توافق … استقبال کرد»: the deed, not the state
        span = min(taken.first, first), max(taken.end, last)
        yield Sign(f"state:{state.entity_id}", taken.side, taken.rule, taken.word.strength, *span)


def _subject(scope: Scope, places: list[Place]) -> list[Place]:
    """The first place that is neither an object nor governed by a preposition."""
    return [p for p in places if not scope.has("object", p[2] + 1, p[2] + 1) and not scope.preposition_of(p[1])][:1]


def _of_main_clause(scope: Scope, taken: Taken, places: list[Place]) -> list[Place]:
    """The places of the clause that a clause with «که» depends on: «… نشان داده که به تعهدات خود پایبند نیست»."""
    if not scope.has("that", taken.low - 1, taken.low - 1):
        return []
    low, _ = scope.clause_of(max(taken.low - 2, 0))
    return [p for p in places if low <= p[1] and p[2] < taken.low]


def _of_joined(scope: Scope, taken: Taken, places: list[Place]) -> list[Place]:
    """The places of the clauses that «و» joins to one without a subject: «… از توافق خارج شد و مردم را تهدید کرد»."""
    low = taken.low
    for _ in range(JOINED):
        if not low or not scope.has("and", low, low) or scope.hard[low - 1]:
            return []
        low, stop = scope.clause_of(low - 1)[0], low
        if found := [p for p in places if low <= p[1] and p[2] < stop]:
            return found
    return []


def _is_object(scope: Scope, taken: Taken, first: int, stop: int, inner: bool) -> bool:
    preposition = scope.preposition_of(first, stop, reach=9 if taken.word.prepositions else 6)
    if taken.word.prepositions and _is_object_of_noun(scope, taken, first):
        return False
    if taken.word.prepositions:
        return preposition in taken.word.prepositions
    # Where only inner politics are spoken of, blame of what happens in a state is blame of its government.
    return not preposition or (inner and taken.side < 0 and scope.has("within", first - 2, first - 1))


def _is_object_of_noun(scope: Scope, taken: Taken, first: int) -> bool:
    """Whether a state depends on another noun of stance: «از … برای حمایت از … تشکر کرد»."""
    stances = scope.document.found("stance", scope.start, scope.stop)
    nouns = {last for m in stances if (last := scope.span(m)[1]) < first and last != taken.last}
    return any(a - 1 in nouns and 0 < first - b <= 4 for a, b in scope.turns("preposition"))


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


def agents(scope: Scope, things: list[Thing], taken: list[Taken], places: list[Place]) -> Iterator[Sign]:
    """A state named as the doer of a harm: «حمله‌ای که از سوی … انجام شد»، «… این حمله را انجام داده است»."""
    harms = [t for t in things if is_harm(t)]
    for _, end in scope.turns("agent"):
        for state, first, _ in places:
            if 0 < first - end <= 2 and any(abs(t.first - first) <= NEAR_HARM for t in harms):
                yield Sign(f"state:{state.entity_id}", -1, "agent of harm", HARM, end, first)
    for deed in (t for t in taken if t.word.kind == "deed"):
        if any(deed.low <= t.first and t.last <= deed.end for t in harms):
            yield from on_states(scope, deed, places, inner=False)


def is_harm(thing: Thing) -> bool:
    """Whether a thing is a harm that its doer is blamed for."""
    wanted = thing.sign > 0 and not thing.act.alone and not thing.turned
    return thing.topic in HARMS and (wanted or thing.act.blames)


def urged(scope: Scope, taken: list[Taken], places: list[Place]) -> Iterator[Sign]:
    """Whoever is told to stop is blamed: «از … خواست به … پایان دهد»، «… باید از … دست بردارد»."""
    wants = [t for t in taken if t.word.kind in WANTS and t.side > 0]
    asked = {"", *scope.phrases("asked")}
    for first_halt, _ in scope.turns("halt"):
        for state, first, last in places:
            if not (0 < first_halt - last <= 20) or scope.sentence_end(last) < first_halt:
                continue
            if scope.preposition_of(first) not in asked or scope.has("object", last + 1, last + 1):
                continue
            if any(abs(t.first - first) <= 20 and scope.sentence_end(t.first) >= last for t in wants):
                yield Sign(f"state:{state.entity_id}", -1, "told to stop", TOLD, first, first_halt)


def sanctioned(scope: Scope, signs: list[Sign], states: list[Place]) -> Iterator[Sign]:
    """Whoever calls for sanctions on a state is against it."""
    for sign in signs:
        if sign.target != "topic:sanctions" or sign.side < 1:
            continue
        for state, first, _ in states:
            free = not scope.preposition_of(first) or scope.has("opposed", first - 3, first - 1)
            if sign.first <= first <= sign.last + 5 and free:
                yield sign._replace(target=f"state:{state.entity_id}", side=-1, rule="sanctioned", confidence=TOLD)


def acted_against(scope: Scope, taken: list[Taken], states: list[Place]) -> Iterator[Sign]:
    """Whoever calls for action against a state is against it: «خواستار اقدام فوری علیه … شد»."""
    harmed = {last + gap for _, last in find_acts(scope) for gap in range(1, 5)}  # «خواستار توقف حملات علیه …»
    opposed = [(a, b) for a, b in scope.turns("opposed") if a not in harmed]
    near = [(state, first, a) for state, first, _ in states for a, b in opposed if 0 < first - b <= 2]
    for call in (t for t in taken if t.side > 0 and t.word.kind in WANTS):
        for state, first, a in near:
            if call.last < a and first <= call.high:
                yield Sign(f"state:{state.entity_id}", -1, "action against", 0.64, call.first, first)


def find_acts(scope: Scope, *, blaming: bool = False) -> list[tuple[int, int]]:
    """Where acts stand in a statement, whatever it is about; only those that blame by themselves, if asked."""
    acts = scope.document.lexicon.stance.acts
    found = longest(scope.document.found("stance_act", scope.start, scope.stop))
    return [scope.span(m) for m in found if acts[int(m.id)].blames or not blaming]
