"""Which of the phrases before a verb is its subject."""

from __future__ import annotations

from analysis.extract.carriers import is_medium
from analysis.extract.items import Item
from analysis.extract.phrases import Phrase

_BODIES = ("state", "body", "group")
_NEW_CLAUSE = ("finite", "but", "comma", "and", "mark")
_SUBORDINATE = ("that", "conjunction")


def subjects_before(items: list[Item], phrases: list[Phrase], since: int, at: int) -> tuple[Phrase, ...]:
    """The subject among the phrases before a verb: the first that can be one, with those joined to it.

    Where the sentence opens with a subordinate clause, the first one after its comma.
    """
    before = [p for p in phrases if since <= p.first and p.last <= at]
    able = [p for p in before if p.subject or (p.kind == "person" and _follows_dateline(items, p, since))]
    if _opens_subordinate(items, since, able):
        able = [p for p in able if p.before in ("comma", "adverb", "verb", "finite")] or able
    able = _of_last_clause(items, able, at)
    named = [p for p in before if p.kind == "person" and p.name and p.before == "word" and p.after != "object"]
    first = next(iter(able or named), None)
    if first is None:
        return ()
    if first.kind == "state":
        better = next((p for p in able if p.kind != "state"), None)
        joined = before.index(first) + 1 < len(before) and before[before.index(first) + 1].before in ("and", "comma")
        first = better if better is not None and not joined else first
    joint = joint_phrases(before[before.index(first) :])
    if len(joint) > 1 and joint[-1].after == "object":
        return joint[:1] if joint[0].before == "" else ()  # «… X و Y را محکوم کرد»: they are the object
    return joint


def _follows_dateline(items: list[Item], phrase: Phrase, since: int) -> bool:
    """Whether a person stands right after the medium that carries the story («به گزارش ایسنا X … گفت»)."""
    return 0 < phrase.first == since and items[since - 1].kind == "organisation"


def _of_last_clause(items: list[Item], able: list[Phrase], at: int) -> list[Phrase]:
    """The phrases from the subject of the last main clause on («X … کرد، ولی Y گفت»، headings glued to a lead).

    A finite verb ends its clause where no «که» or conjunction opened a subordinate one after the subject.
    """
    start = 0
    for k in range(1, len(able)):
        between = items[able[start].last : able[k].first]
        kinds = [item.kind for item in between if not item.quoted]
        if not any(kind in ("finite", "verb", "passive") for kind in kinds) or able[k].before in _SUBORDINATE:
            continue
        if not any(kind in ("that", "conjunction", "content") for kind in kinds) and _may_take_over(
            items, able[start], able[k]
        ):
            start = k
    return able[start:]


def _may_take_over(items: list[Item], first: Phrase, phrase: Phrase) -> bool:
    """Whether a phrase after a finished clause is the next one's subject («ایسنا نوشت X … گفت»)."""
    if phrase.kind == "pronouns":
        return False
    return phrase.before in _NEW_CLAUSE or (phrase.before == "verb" and is_medium(items, first))


def joint_phrases(phrases: list[Phrase]) -> tuple[Phrase, ...]:
    """A phrase and those joined to it: «X و Y», «X، Y و Z»."""
    joint = phrases[:1]
    for phrase in phrases[1:]:
        if phrase.kind == "state" and joint[0].kind == "person":
            break  # «رئیس اتاق مشترک X و Y» is one
        alike = phrase.before == "and" or (phrase.kind in _BODIES) == (joint[0].kind in _BODIES)
        gap = phrase.first - joint[-1].last
        listed = gap == 1 or (gap == 2 and phrase.before == "and" and joint[-1].after == "comma")  # «X، وزیر Y، و Z»
        if listed and phrase.before in ("and", "comma") and alike:
            joint.append(phrase)
        else:
            break
    while len(joint) > 1 and joint[-1].before != "and":
        joint.pop()
    return tuple(joint)


def _opens_subordinate(items: list[Item], since: int, able: list[Phrase]) -> bool:
    head = items[since : since + 4]
    first = able[0].first if able else 0
    return any(i.kind == "conjunction" or (i.kind == "that" and i.stop <= items[first].start) for i in head)
