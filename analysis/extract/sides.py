"""Sides on topics: what stance words make of the things that a statement names, by named rules."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.extract.blame import HARMS, Place, Sign, acted_against, agents, on_states, sanctioned, urged
from analysis.extract.scope import Scope, Taken, Thing, parts

UNLIKELY = ("use_of_force", "terrorism", "sanctions")
"""What is called for in so many words or not at all."""
FIELDS = ("trade_energy", "culture_health", "environment", "arms", "migration")
"""Topics that states cooperate on."""
WISHES = ("hope", "call", "request")
"""Kinds of words after which a negative verb says what is not wanted."""
JUDGES = ("condemn", "criticise", "reject")
"""Kinds of words whose object is marked where there is a mark."""
PHRASE = 9
"""How many words an object may go on before its mark: «حملهٔ دیروز به کشتی تجاری در آب‌های آزاد را»."""
CLAUSE = 30
"""How many words a relative clause may put between an object and its verb."""
SURE_ENOUGH = 0.5
"""How strong a stance word must be to keep others from its object."""


def find_signs(
    scope: Scope, taken: list[Taken], things: list[Thing], states: list[Place], topics: list[str]
) -> list[Sign]:
    """Every sign of a side on a topic or a state, by rule."""
    kept = [t for t in taken if t.side < 0 or not _is_of_others(scope, t, states)]
    directed = bool(things)
    signs = [*_alone(scope, things), *agents(scope, things, kept, states)]
    signs += [*acted_against(scope, kept, states), *urged(scope, kept, states)]
    for word in (t for t in kept if t.word.kind != "deed"):
        signs += _on_topics(scope, word, things, kept) if word.word.topics else []
        signs += on_states(scope, word, states, inner=not directed) if word.word.states else []
    return [*signs, *sanctioned(scope, signs, states), *_fields(scope, signs, topics)]


def denies(scope: Scope, taken: Taken) -> bool:
    """Whether a stance word only denies what is told, which takes no side: «گزارش حمله را رد کرد»."""
    return taken.word.kind == "reject" and scope.has("claim", taken.low, taken.first)


def _alone(scope: Scope, things: list[Thing]) -> Iterator[Sign]:
    """Things that carry their side: «جنایت جنگی»، «پاسخ کوبنده»، «گسترش روابط»."""
    for thing in things:
        claimed = scope.has("claim", thing.first - 4, thing.first - 1)
        open_ = any(scope.has(turn, thing.first - 3, thing.first - 1) for turn in ("condition", "any"))
        if thing.act.alone and not claimed and not open_:
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
                yield sign._replace(target=f"topic:{topic}", rule="field of cooperation", last=end)


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
    if denies(scope, taken):
        return
    reached = [t for t in things if taken.reaches(t.first, t.last) and _is_governed(scope, taken, t.first)]
    if taken.word.kind == "evaluate" and taken.end == taken.last:  # an adjective beside its noun
        reached = [t for t in reached if t.last < taken.first and not parts(scope, t.last, taken.first)]
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
        if _is_wished_away(scope, taken, thing):
            continue
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
        relative = scope.has("that", thing.last + 1, thing.last + (5 if marks else PHRASE + 1))
        if not relative or not 0 < taken.first - thing.last <= CLAUSE or scope.sentence_end(thing.last) < taken.first:
            continue
        governed = scope.preposition_of(thing.first, reach=9)
        if governed and not marks:  # «حمله با پهپاد به کشتی را که …»: the attack, not the drone
            continue
        marked = governed in marks if marks else _is_marked(scope, thing.last)
        return [thing] if marked else []
    return []


def _is_wished_away(scope: Scope, taken: Taken, thing: Thing) -> bool:
    """Whether a wish is for something not to be or do: «امیدواریم تحریم‌ها اثری نداشته باشد» takes no side with them."""
    if taken.word.kind not in WISHES or taken.side < 0 or thing.first < taken.last or thing.turned or thing.act.blames:
        return False
    verb = scope.next_verb(thing.last, scope.clause_of(thing.last)[1])
    return verb is not None and verb.negative


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
    """Whether the noun phrase that begins so is the object of what comes after a relative clause: «حمله … را که …»."""
    marks = (a for a, _ in scope.turns("object") if last < a <= last + PHRASE and scope.clause[a] == scope.clause[last])
    return any(scope.has("that", a + 1, a + 1) for a in marks)


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
    if not near or other is taken:
        return False
    if other.reaches(thing.first, thing.last):
        return _is_governed(scope, other, thing.first)
    return other.word.kind in JUDGES and bool(_before_relative(scope, other, [thing]))


def _is_direct(scope: Scope, taken: Taken, thing: Thing) -> bool:
    """Whether a harm is itself what is wanted: nobody calls for war from the other end of a sentence."""
    gap = max(thing.first - taken.last, taken.first - thing.last)
    if taken.word.kind == "must" and thing.topic in HARMS:  # «حمله باید کار … بوده باشد»
        return thing.turned or thing.act.signs[thing.topic] < 0
    if scope.has("within", taken.last + 1, thing.first):  # «می‌خواهیم در این جنگ پیروز شویم»
        return False
    verbal = thing.topic == "sanctions" and scope.next_verb(thing.last, thing.last + 1) is not None
    return thing.turned or thing.act.signs[thing.topic] < 0 or gap <= 3 or verbal
