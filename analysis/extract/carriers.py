"""Who carries a story: datelines and media that stand before what is reported."""

from __future__ import annotations

from analysis.extract.items import Item, followed
from analysis.extract.phrases import Phrase

_LEAD = 8
"""Items at the head of a sentence among which a dateline («تهران - ایرنا -») may stand."""
_CARRIER = 30
"""Items that «به گزارش …» may take up to its comma."""


def lead_of(items: list[Item], home: str) -> int:
    """Where the sentence proper begins: after «به گزارش ایرنا،», «تهران - ایرنا -», «ایسنا:»."""
    at = 0
    for i, item in enumerate(items[:_LEAD]):
        if item.kind in ("person", "preposition"):
            return at
        if names_medium(item) and _heads_story(items, i, home):
            at = i + 2
        elif item.kind == "cue" and item.match.id in ("carried", "source") and _is_first(items, i, at):
            return _after_carrier(items, i) if item.match.id == "carried" or _holds_medium(items, i) else at
    return at


def _heads_story(items: list[Item], i: int, home: str) -> bool:
    """Whether a dash follows a medium, or a colon one of the outlet's own country."""
    ours = items[i].match.entry.facets[1] in ("", home)
    return followed(items, i, {"dash"}) or (ours and followed(items, i, {"colon"}))


def after_medium(items: list[Item], phrases: list[Phrase], lead: int) -> int:
    """The item after a medium that heads the sentence («پایگاه خبری X (…): Y گفت»، «شهر/خبرگزاری X Y گفت»); else 0."""
    first = next((p for p in phrases if lead <= p.first <= lead + 2 and not p.quoted), None)
    if first is None or not is_medium(items, first) or first.before == "cue":
        return 0
    at = first.last
    if at < len(items) and items[at].kind == "left":
        at = next((i + 1 for i in range(at, min(at + _LEAD, len(items))) if items[i].kind == "right"), at)
    if at < len(items) and items[at].kind == "colon":
        return at + 1
    return at if any(p.first == at and p.name for p in phrases) else 0


def _holds_medium(items: list[Item], cue: int) -> bool:
    """Whether a medium stands before the comma after a cue («بر اساس گزارش رویترز، X گفت»)."""
    reach = range(cue + 1, min(cue + _CARRIER, len(items)))
    comma = next((i for i in reach if items[i].kind == "comma"), reach.stop)
    return any(names_medium(items[i]) for i in range(cue + 1, comma))


def _is_first(items: list[Item], i: int, at: int) -> bool:
    """Whether nobody is named before item `i`, so that it opens the sentence."""
    return all(item.kind in ("mark", "time", "number", "comma", "left", "right", "adverb") for item in items[at:i])


def _after_carrier(items: list[Item], cue: int) -> int:
    """The item after the comma that closes «به گزارش …»; without one, the item after the medium's name."""
    reach = range(cue + 1, min(cue + _CARRIER, len(items)))
    for i in reach:
        if items[i].kind in ("comma", "colon") and not items[i].quoted:
            return i + 1
        if items[i].kind in ("verb", "person", "title"):
            break
    return next((i + 1 for i in reach if names_medium(items[i])), cue + 1)


def names_medium(item: Item) -> bool:
    return item.kind == "organisation" and item.match.entry.facets[0] == "medium"


def is_medium(items: list[Item], phrase: Phrase) -> bool:
    return phrase.title_id == "media" or any(names_medium(item) for item in items[phrase.first : phrase.last])
