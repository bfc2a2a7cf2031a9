"""Texts that speak for who wrote them: «در این بیانیه آمده است: …»."""

from __future__ import annotations

from analysis.extract.carriers import is_medium
from analysis.extract.items import Item
from analysis.extract.lines import Line
from analysis.extract.phrases import Phrase
from analysis.extract.report import Report, form_of

TEXTS = ("text", "speech_noun")
_IN_TEXT = 5
"""Items that may stand between «در» and the text («در بخش دیگری از این گزارش»)."""
_OF_TEXT = ("text", "speech_noun", "word", "qualifier")
_BEFORE_CLAUSE = ("comma", "adverb", "and", "but", "mark", "time", "finite", "dash", "colon")
_LEADING = ("adverb", "time", "but", "and", "mark")
"""What may stand before a text that is the subject."""
_AGAIN, _TO_COLON = 4, 14
"""Items within which a second text, and a colon, follow the first («متن کامل این نامه»)."""
_SPOKEN = (*TEXTS, "cue", "narration", "not_cue")
"""Items that name a text or a speech («پیام X»، «این اظهارات»، «گفت‌وگو»)."""
_NEAR = 3
"""Items before a verb among which a text is named for it."""


def find_document(items: list[Item], phrases: list[Phrase], since: int, at: int) -> Report | None:
    """«در این بیانیه آمده است: …»، «در گزارش X تاکید شده که …»: a text that speaks for who wrote it."""
    item = items[at]
    if item.kind == "verb" and item.match.id == "say":
        return _speaking_text(items, phrases, since, at)
    if item.kind != "passive" and item.match.id != "stands":
        return None
    nouns = (i for i in range(since + 1, at) if items[i].kind in TEXTS and not items[i].quoted)
    noun = next((i for i in nouns if _stands_in(items, i, since)), None)
    if noun is None:
        return None
    owner = next((p for p in phrases if noun < p.first <= noun + 2 and p.last <= at and p.before in _OF_TEXT), None)
    return Report(item, (owner,) if owner else (), form_of(items, at), "source" if owner else "document", at)


def _speaking_text(items: list[Item], phrases: list[Phrase], since: int, at: int) -> Report | None:
    """«این گزارش می‌گوید …»، «گزارش X می‌افزاید که …»: a text at the head of the clause is what speaks."""
    first = next((i for i in range(since, at) if items[i].kind not in _LEADING), at)
    noun = first + (items[first].kind == "this")
    if noun >= at or items[noun].kind != "text" or items[noun].quoted:
        return None
    owner = next((p for p in phrases if p.first == noun + 1 and p.last <= at and p.before == "text"), None)
    if noun == first and owner is None:
        return None
    after = items[owner.last if owner else noun + 1]
    if after.kind in ("preposition", "object", "comma", "cue"):
        return None  # «این گزارش را X … اعلام کرد»
    return Report(items[at], (owner,) if owner else (), form_of(items, at), "source" if owner else "document", at)


def in_text(items: list[Item], since: int, at: int) -> bool:
    """Whether a text is named just before the verb («او در این گزارش آورده است …»)."""
    return any(item.kind in TEXTS for item in items[max(since, at - _NEAR) : at])


def _stands_in(items: list[Item], noun: int, since: int) -> bool:
    """Whether a text is what something stands in («در …»، «در بخش دیگری از …»), at the head of a clause."""
    for i in range(noun - 1, max(since, noun - _IN_TEXT) - 1, -1):
        item = items[i]
        if item.kind == "adverb" or (item.kind == "preposition" and "place" in item.match.entry.facets):
            return i == since or items[i - 1].kind in _BEFORE_CLAUSE
    return False


def announces_text(line: Line) -> Report | None:
    """«متن کامل نامهٔ X بدین شرح است: …»، «پاسخ‌های X را در ادامه می‌خوانید:»: what follows is all X's.

    The line begins with one text, and another or a verb of standing in it comes before the colon.
    """
    items = line.items
    if found := _stands_below(items, line.phrases):
        return found
    colon = next((i for i, item in enumerate(items) if item.kind == "colon"), 0)
    if not 2 <= colon <= _TO_COLON or items[0].kind not in TEXTS:
        return None
    again = next((i for i in range(1, min(colon, _AGAIN)) if items[i].kind in TEXTS), 0)
    if not again and not any(item.kind == "cue" and item.match.id == "stands" for item in items[:colon]):
        return None
    owner = next((p for p in line.phrases if again < p.first <= again + 2 and p.last < colon), None)
    if owner is not None and is_medium(items, owner):
        return None
    return Report(None, (owner,) if owner else (), "direct", "document" if owner is None else "source", colon)


def _stands_below(items: list[Item], phrases: list[Phrase]) -> Report | None:
    """«متن پیام X به شرح زیر است:»، «محورهای این سخنان از این قرار است:»: what follows is X's, or who spoke last's."""
    at = next((i for i, item in enumerate(items) if item.kind == "cue" and item.match.id == "below"), 0)
    text = next((i for i in range(at) if items[i].kind in _SPOKEN and not items[i].quoted), at)
    end = next((i for i in range(at + 1, len(items)) if items[i].kind in ("colon", "mark")), len(items) - 1)
    if text == at or end > at + _NEAR:
        return None
    owners = (p for p in phrases if text < p.first <= text + _NEAR and p.last <= at and not p.quoted)
    owner = next((p for p in owners if p.before in _SPOKEN or p.before == "word"), None)
    last = max(i for i in range(text, at) if items[i].kind in _SPOKEN)
    if is_medium(items, owner) if owner else items[last + 1].kind == "word":
        return None  # «متن طرح به شرح زیر است» is nobody's
    return Report(None, (owner,) if owner else (), "direct", "source" if owner else "document", end)
