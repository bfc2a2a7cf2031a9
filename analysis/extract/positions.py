"""Positions of a statement: which side its speaker takes on topics and states, by named rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from analysis.extract.blame import (
    HARMS,
    Place,
    Sign,
    acted_against,
    agents,
    find_places,
    on_states,
    sanctioned,
    urged,
)
from analysis.extract.document import Document
from analysis.extract.mentions import Mention
from analysis.extract.scope import AHEAD, Scope, Taken, Thing, find_taken, find_things, parts

UNDIRECTED = {
    *("ukraine", "syria", "iraq", "yemen", "afghanistan", "lebanon", "caucasus"),
    *("persian_gulf", "caspian", "domestic_politics"),
}
"""Topics that nobody is for or against."""
CONDITIONAL = {"topic:nuclear_deal", "topic:nuclear_programme", "topic:bilateral_ties", "topic:negotiation"}
"""What can be wanted under a condition; a conditional threat is a threat."""
UNLIKELY = ("use_of_force", "terrorism", "sanctions")
"""What is called for in so many words or not at all."""
FIELDS = ("trade_energy", "culture_health", "environment", "arms", "migration")
"""Topics that states cooperate on."""
JUDGES = ("condemn", "criticise", "reject")
"""Kinds of words whose object is marked where there is a mark."""
MOST = 3
SURE_ENOUGH = 0.5
AGAIN = 0.06
"""How much surer a second sign for the same side makes."""
CENTRAL = 0.06
"""How much surer the side on the most central topic is."""


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
    """The positions of the statement at `[start, stop)`, surest first, at most `MOST`.

    Args:
        mentions: mentions of the article; those in the statement count.
        topics: the topics coded for it, most central first; another one becomes a target only by an
            act that speaks plainly («توقف فوری جنگ»).
        own: the speakers' own states, which are no targets.
        relay: the stretch in which the speaker passes on somebody else's words.
    """
    scope = Scope(document, start, stop)
    directed = [t for t in topics if t not in UNDIRECTED]
    things = list(find_things(scope, directed))
    states = find_places(document, scope, mentions, own)
    taken = [t for t in find_taken(scope) if t.side < 0 or not _is_of_others(scope, t, states)]
    signs = [*_alone(scope, things), *agents(scope, things, taken, states)]
    signs += [*acted_against(scope, taken, states), *urged(scope, taken, states)]
    for word in (t for t in taken if t.word.kind != "deed"):
        signs += _on_topics(scope, word, things, taken) if word.word.topics else []
        signs += on_states(scope, word, states, inner=not directed) if word.word.states else []
    signs += [*sanctioned(scope, signs, states), *_fields(scope, signs, topics)]
    home = {f"state:{document.country}"} if not own - {""} else set()  # most speakers of unknown state are at home
    signs = [s for s in signs if not (s.side > 0 and s.target in home)]
    # A side on Palestine is not one on its government as well.
    signs = [s for s in signs if not ("palestine" in topics and s.target == "state:PS")]
    settled = _settle(scope, [_weigh(s, topics) for s in signs])
    return sorted((_stand(scope, s, relay) for s in settled), key=lambda s: -s.confidence)[:MOST]


def _weigh(sign: Sign, topics: list[str]) -> Sign:
    central = bool(topics) and sign.target == f"topic:{topics[0]}"
    return replace(sign, confidence=sign.confidence + CENTRAL) if central else sign


def _alone(scope: Scope, things: list[Thing]) -> Iterator[Sign]:
    """Things that carry their side: «جنایت جنگی»، «پاسخ کوبنده»، «گسترش روابط»."""
    for thing in things:
        claimed = scope.has("claim", thing.first - 4, thing.first - 1)
        if thing.act.alone and not claimed and not scope.has("condition", thing.first - 3, thing.first - 1):
            yield Sign(f"topic:{thing.topic}", thing.sign, "act", thing.act.alone, thing.first, thing.last)


def _fields(scope: Scope, signs: list[Sign], topics: list[str]) -> Iterator[Sign]:
    """Whoever wants closer ties wants them in the fields that are named: «گسترش همکاری‌ها در حوزهٔ انرژی»."""
    found = [(m.id, scope.word_at(m.start)) for m in scope.document.found("topic", scope.start, scope.stop)]
    for sign in signs:
        if sign.target != "topic:bilateral_ties" or sign.side < 1:
            continue
        for _, end in scope.turns("field"):
            if not sign.first < end <= sign.last + 12 or scope.sentence_end(sign.last) < end:
                continue
            for topic in {t for t, at in found if end < at <= end + 8 and t in topics and t in FIELDS}:
                yield replace(sign, target=f"topic:{topic}", rule="field of cooperation", last=end)


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


def _on_topics(scope: Scope, taken: Taken, things: list[Thing], others: list[Taken]) -> Iterator[Sign]:
    """A stance word and the acts in its reach."""
    if taken.word.kind == "reject" and scope.has("claim", taken.low, taken.first):
        return  # a denial takes no side
    reached = [t for t in things if taken.reaches(t.first, t.last) and _is_governed(scope, taken, t.first)]
    if taken.word.kind == "evaluate" and taken.end == taken.last:  # an adjective beside its noun
        reached = [t for t in reached if t.first > taken.last or not parts(scope, t.last, taken.first)]
    marks = [a for a, _ in scope.turns("object") if taken.low <= a < taken.first]
    if marks and taken.word.kind in JUDGES and not taken.word.prepositions:  # «… را به دلیل وقفه در مذاکرات محکوم کرد»
        reached = [t for t in reached if t.last < marks[-1]]
    reached = [t for t in reached if not _is_aside(scope, taken, t)]
    reached = [t for t in reached if not any(_is_in_relative(scope, taken, o, t) for o in reached)]
    for thing in reached or _before_relative(scope, taken, things):
        if (thing.act.blames and taken.side > 0) or _shares_verb(scope, taken, thing):
            continue
        if taken.word.reach in ("right", "both", "any") and any(_claims(scope, o, taken, thing) for o in others):
            continue
        side = thing.sign if thing.act.blames else taken.side * thing.sign
        if side > 0 and thing.topic in UNLIKELY and not _is_direct(scope, taken, thing):
            continue
        rule = taken.rule + (", turned" if thing.turned else "")
        span = min(taken.first, thing.first), max(taken.end, thing.last)
        yield Sign(f"topic:{thing.topic}", side, rule, taken.word.strength, *span)


def _before_relative(scope: Scope, taken: Taken, things: list[Thing]) -> list[Thing]:
    """The thing that a relative clause parts from its stance word: «از گفت‌وگویی که در جریان است حمایت می‌کنیم»."""
    if taken.word.reach not in ("near", "before", "both"):
        return []
    marks = taken.word.prepositions
    for thing in reversed(things):
        relative = scope.has("that", thing.last + 1, thing.last + 5)
        if not relative or not 0 < taken.first - thing.last <= AHEAD or scope.sentence_end(thing.last) < taken.first:
            continue
        marked = scope.preposition_of(thing.first, reach=9) in marks if marks else _is_marked(scope, thing.last)
        return [thing] if marked else []
    return []


def _is_aside(scope: Scope, taken: Taken, thing: Thing) -> bool:
    """Whether a thing only tells where or for what: «برای مذاکره نباید پیش‌شرط گذاشت»."""
    if taken.word.prepositions or thing.act.blames:
        return False
    preposition = scope.preposition_of(thing.first, reach=3)
    if taken.word.kind in ("must", "must not") and thing.last < taken.first:
        return bool(preposition)
    return taken.word.kind in (*JUDGES, "must") and preposition in scope.phrases("within")


def _is_in_relative(scope: Scope, taken: Taken, head: Thing, thing: Thing) -> bool:
    """Whether a thing only tells more about another one: «خواستار توافقی شد که برنامهٔ موشکی را دربرگیرد»."""
    return taken.last < head.first and head.last < thing.first and scope.has("that", head.last + 1, head.last + 2)


def _is_marked(scope: Scope, last: int) -> bool:
    return any(last < a <= last + 4 and scope.has("that", a + 1, a + 1) for a, _ in scope.turns("object"))


def _is_governed(scope: Scope, taken: Taken, first: int) -> bool:
    """Whether a noun has the preposition that the stance word asks for, if it asks for one."""
    allowed = taken.word.prepositions
    if not allowed or (first == taken.last + 1 and taken.word.copular):  # «مخالف جنگ» beside «مخالف با جنگ»
        return True
    if first < taken.first:
        nearest = scope.preposition_of(first, reach=9)
        aims = [a for a, b in scope.turns("purpose") if b < first and scope.clause[a] == scope.clause[first]]
        if aims and nearest in scope.phrases("purpose"):  # «از تلاش‌ها برای … حمایت کرد»
            nearest = scope.preposition_of(aims[-1], reach=9)
        return nearest in allowed
    between = [(a, b) for a, b in scope.turns("preposition") if taken.last <= a and b < first <= taken.last + 9]
    if not any(" ".join(scope.texts[a : b + 1]) in allowed for a, b in between):
        return False
    nearest = scope.preposition_of(first, taken.last - 1, reach=9)
    return not nearest or nearest in allowed or nearest in scope.phrases("purpose")  # «حمایت از تلاش‌ها برای …»


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
    if taken.word.kind == "must" and thing.topic in HARMS:  # «حمله باید کار … بوده باشد»
        return thing.turned or thing.act.signs[thing.topic] < 0
    if scope.has("within", taken.last + 1, thing.first):  # «می‌خواهیم در این جنگ پیروز شویم»
        return False
    verbal = thing.topic == "sanctions" and scope.next_verb(thing.last, thing.last + 1) is not None
    return thing.turned or thing.act.signs[thing.topic] < 0 or gap <= 3 or verbal


def _settle(scope: Scope, signs: list[Sign]) -> Iterator[Sign]:
    """One sign for each target, the surest, where it is sure enough."""
    by_target: dict[str, list[Sign]] = {}
    for sign in sorted(signs, key=lambda s: -s.confidence):
        by_target.setdefault(sign.target, []).append(sign)
    for group in by_target.values():
        best, agreeing = group[0], [s for s in group if s.side == group[0].side]
        confidence = min(best.confidence + AGAIN * (len(agreeing) - 1), 0.95)
        if confidence >= SURE_ENOUGH:
            other = next((s for s in group if s.side != best.side), None)
            yield replace(_mix(scope, best, other), confidence=confidence)


def _mix(scope: Scope, best: Sign, other: Sign | None) -> Sign:
    """Both sides where a condition, a contrast or a sign as good for the other side says so."""
    if best.target in CONDITIONAL and best.side > 0 and _has_condition(scope, best):
        return replace(best, side=0, rule=best.rule + ", on condition")
    if best.rule.endswith("negated") and best.side > 0 and scope.has("contrast", best.last, len(scope.words)):
        return replace(best, side=0, rule=best.rule + ", in contrast")
    if other is None or other.confidence < (0.56 if best.target == "topic:use_of_force" else 0.6):
        return best
    parted = scope.has("contrast", min(best.first, other.first), max(best.last, other.last))
    if best.target == "topic:use_of_force" or parted:  # condemning an attack and justifying the answer to it
        return replace(best, side=0, rule=f"{best.rule} and {other.rule}")
    return best


def _has_condition(scope: Scope, sign: Sign) -> bool:
    first = max((i + 1 for i in range(sign.first) if scope.hard[i]), default=0)
    return scope.has("condition", first, scope.sentence_end(sign.last))


def _stand(scope: Scope, sign: Sign, relay: tuple[int, int] | None) -> Stand:
    start, stop = scope.words[sign.first][0], scope.words[sign.last][1]
    relayed = relay is not None and relay[0] <= start and stop <= relay[1]
    stance = {1: "for", -1: "against", 0: "mixed"}[sign.side]
    return Stand(sign.target, stance, relayed, start, stop, sign.rule, round(sign.confidence, 3))
