"""Noun phrases that can speak: names, titles, bodies, states and pronouns, with apposition."""

from __future__ import annotations

from typing import NamedTuple

from analysis.extract.document import Document
from analysis.extract.items import KINDS, Item
from analysis.extract.names import BEFORE_SUBJECT, STYLES, bare_name_end, kind_at, name_end, stands_after_source
from analysis.extract.titles import country_of, is_unsure, reach
from analysis.text.fold import fold_key

_PLURALS = ("ان", "ها")
_OF_PERSON = {"adviser", "deputy", "representative", "spokesperson", "envoy"}
"""Titles after which a name alone tells whose they are («مشاور X»), not who holds them."""
_GOVERNMENT = "government"
_QUOTED_ITEMS = 10
"""Items that the name of a body in quotation marks may take."""
_PLACES = ("country", "own_country", "region")
_STATES = "states"
"""The title of several states («کشورهای X و Y»)."""
_NEVER_FIRST = set(KINDS) - {
    *("pronoun", "pronouns", "this", "person", "title", "organisation", "country", "own_country", "region"),
    *STYLES,
}
"""Lexicon words that no phrase begins with."""
_DEPUTIES = {"foreign_minister": "deputy_foreign_minister", "foreign_ministry": "deputy_foreign_minister"}
"""What the deputy of an office is, where the office stands in the deputy's title («معاون حقوقی وزیر خارجه»)."""


class Phrase(NamedTuple):
    """A noun phrase that may name a speaker.

    Attributes:
        first, last: its items, `last` exclusive.
        start, stop: its stretch of the text.
        kind: `person`, `body`, `group`, `anonymous`, `state`, `pronoun`, `pronouns` or `this` («این مقام»).
        name: the stretch that is a personal name, if one is given.
        people: ids that the lexicon knows the name under.
        title_id, role: the title's, "" without one.
        titles: the stretch of the title with its complements.
        country: the state that the title or body belongs to; "?" for «این کشور», "" where none is named.
        organisation: the body that the title belongs to, or that speaks.
        subject: whether it stands where a subject can stand.
        after: kind of the item that follows.
        before: kind of the item before it.
    """

    first: int
    last: int
    start: int
    stop: int
    kind: str
    name: tuple[int, int] | None = None
    people: tuple[str, ...] = ()
    title_id: str = ""
    role: str = ""
    titles: tuple[int, int] | None = None
    country: str = ""
    organisation: str = ""
    subject: bool = False
    quoted: bool = False
    before: str = ""
    after: str = ""


def find_phrases(document: Document, items: list[Item]) -> list[Phrase]:
    """All such phrases of a sentence, in order, none inside another."""
    phrases: list[Phrase] = []
    i = 0
    while i < len(items):
        kind = items[i].kind
        never = kind in _NEVER_FIRST or (kind == "word" and i and not _opens(items, i))
        phrase = None if never else _read(document, items, i)
        if phrase is None:
            i += 1
            continue
        before = items[phrase.first - 1].kind if phrase.first else ""
        joined = before == "and" and bool(phrases) and phrase.first - phrases[-1].last == 1
        able = _can_be_subject(items, phrase.first) and not (joined and not phrases[-1].subject)
        after = items[phrase.last].kind if phrase.last < len(items) else ""
        subject = able and after != "object"
        phrases.append(phrase._replace(subject=subject, quoted=items[i].quoted, before=before, after=after))
        i = phrase.last
    return phrases


def _opens(items: list[Item], i: int) -> bool:
    """Whether a name that is no lexicon's word may begin at an item."""
    return items[i - 1].kind in BEFORE_SUBJECT or stands_after_source(items, i)


def follows_cue(items: list[Item], phrase: Phrase, cue: str) -> bool:
    """Whether a phrase stands right after a cue of some kind («به گفتهٔ X»)."""
    return phrase.first > 0 and items[phrase.first - 1].kind == "cue" and items[phrase.first - 1].match.id == cue


def _can_be_subject(items: list[Item], first: int) -> bool:
    """Whether a clause may begin before an item: not after a preposition, nor after a noun that it belongs to."""
    before = kind_at(items, first - 1)
    noun = before in ("word", "time") and kind_at(items, first - 2) == "this"
    closed = noun and kind_at(items, first - 3) == "preposition"  # «پس از این دیدار X …» with no comma
    dated = before == "number" and kind_at(items, first - 2) in ("time", "mark")
    return not before or before in BEFORE_SUBJECT or closed or dated or _stands_after_place(items, first)


def _stands_after_place(items: list[Item], first: int) -> bool:
    """Whether only where something happened stands before a name («در تهران X … گفت»)."""
    if kind_at(items, first) != "person" or kind_at(items, first - 1) not in _PLACES:
        return False
    where = items[first - 2] if first > 1 else None
    opens = not kind_at(items, first - 3) or kind_at(items, first - 3) in BEFORE_SUBJECT
    return where is not None and where.kind == "preposition" and "place" in where.match.entry.facets and opens


def _read(document: Document, items: list[Item], i: int) -> Phrase | None:
    item = items[i]
    if item.kind in ("pronoun", "pronouns"):
        return _phrase(items, i, i + 1, item.kind)
    if item.kind == "this":
        return _demonstrative(document, items, i)
    if (end := name_end(document, items, i)) > i:
        return _named(document, items, i, end)
    if item.kind == "title":
        phrase = _titled(document, items, i)
        return None if _lacks_owner(items, i, phrase) else phrase
    if item.kind == "open" and kind_at(items, i + 1) == "organisation" and kind_at(items, i + 2) == "close":
        return _body(items, i + 1, i + 2)._replace(first=i, last=i + 3, start=item.start, stop=items[i + 2].stop)
    if item.kind == "organisation":
        return _body(items, i, _organisation_end(items, i))
    if item.kind == "region" and any(m.id == _STATES for m in document.found("title", item.start, item.stop)):
        return _phrase(items, i, i + 1, "body", title_id=_STATES, titles=(item.start, item.stop))
    if item.kind in ("country", "own_country") and not is_unsure(item):
        return _phrase(items, i, i + 1, "state", country=country_of(document, item))
    return None


def _phrase(items: list[Item], first: int, last: int, kind: str, **facts: object) -> Phrase:
    return Phrase(first, last, items[first].start, items[last - 1].stop, kind, **facts)  # type: ignore[arg-type]


def _body(items: list[Item], first: int, last: int) -> Phrase:
    match = items[first].match
    return _phrase(items, first, last, "body", organisation=match.id, country=match.entry.facets[1])


def _organisation_end(items: list[Item], i: int) -> int:
    """The end of a body's name, with its state or its other name in apposition («X (Y)»، «X، «Y»»)."""
    last = i + 1 + (kind_at(items, i + 1) == "country")
    mark = last + (kind_at(items, last) == "comma")
    opens = kind_at(items, mark) in ("open", "left")
    if opens and kind_at(items, mark + 1) == "organisation" and kind_at(items, mark + 2) in ("close", "right"):
        return mark + 3
    return last


def _demonstrative(document: Document, items: list[Item], i: int) -> Phrase | None:
    """«این مقام روس»، «این دیپلمات ارشد»، «این سه کشور»: somebody spoken of before."""
    if kind_at(items, i + 1) in ("some", "number") and kind_at(items, i + 2) in ("word", "title"):
        return _phrase(items, i, i + 3, "pronouns")
    if kind_at(items, i + 1) != "title":
        return None
    phrase = _titled(document, items, i + 1)
    return phrase._replace(first=i, start=items[i].start, kind="this")


def _named(document: Document, items: list[Item], i: int, end: int) -> Phrase:
    """A name, and the title in apposition to it if one follows: «X، وزیر خارجه Y»."""
    people = tuple(m.id for item in items[i:end] if item.kind == "person" for m in item.matches)
    inner = [k for k in range(i, end) if items[k].kind in ("word", "person")]
    name = (items[inner[0]].start, items[inner[-1]].stop)
    after = end
    if kind_at(items, after) in ("comma", "dash"):
        after += 1
    if kind_at(items, after) == "title" and items[after].match.entry.facets[1] == "person":
        title = _titled(document, items, after, names=False)
        return title._replace(first=i, start=items[i].start, kind="person", name=name, people=people)
    return _phrase(items, i, end, "person", name=name, people=people)


def _titled(document: Document, items: list[Item], i: int, *, names: bool = True) -> Phrase:
    """A title or a body's name with its complements, and the name that follows in apposition."""
    title_id, (role, kind, _) = items[i].match.id, items[i].match.entry.facets
    end, country, organisation, closed = reach(document, items, i)
    if title_id == _STATES and kind_at(items, i + 1) == "country":
        return _phrase(items, i, i + 2, "state", country=country_of(document, items[i + 1]))
    if title_id == _GOVERNMENT and not country and kind_at(items, end) == "person":
        holder = document.lexicon.people.people.get(items[end].match.id)
        country = holder["country"] if holder else ""
        end = _holder_end(document, items, end)
    first = i - 1 if kind_at(items, i - 1) in ("one", "some") else i
    facts = {
        "title_id": _deputy(items, i, end) if title_id == "deputy" else title_id,
        "role": role,
        "titles": (items[first].start, items[end - 1].stop),
        "country": country,
        "organisation": organisation,
    }
    kind = _number(document, items, i, kind)
    if kind == "body" and title_id not in _DEPUTIES and (closing := _quoted_name_end(items, end)):
        facts["titles"] = (items[end + 1].start, items[closing - 2].stop)
        return _phrase(items, first, closing, kind, **facts)
    if names and kind in ("person", "anonymous") and (stop := _held_by(document, items, i, end, closed)):
        after = end + (kind_at(items, end) == "comma")
        named = _named(document, items, after, stop)
        return _phrase(items, first, stop, "person", **facts)._replace(name=named.name, people=named.people)
    return _phrase(items, first, end, kind, **facts)


def _deputy(items: list[Item], i: int, end: int) -> str:
    """The title of a deputy, after the office that stands in it."""
    inner = (items[j].match.id for j in range(i + 1, end) if items[j].kind == "title")
    return next((_DEPUTIES[title] for title in inner if title in _DEPUTIES), "deputy")


def _number(document: Document, items: list[Item], i: int, kind: str) -> str:
    """What a title stands for, one or several: «سخنگویان X» speak as a body, «یک سخنگوی X» is not the one we know."""
    if kind != "person":
        return kind
    if _is_plural(document, items[i]) or kind_at(items, i - 1) == "some":
        return "group"
    single = document.lexicon.speech.titles[items[i].match.id]["single"]
    return "anonymous" if single and kind_at(items, i - 1) == "one" else kind


def _holder_end(document: Document, items: list[Item], i: int) -> int:
    """The end of whose government it is («دولت X رئیس‌جمهور Y»)."""
    return reach(document, items, i + 1).end if kind_at(items, i + 1) == "title" else i + 1


def _quoted_name_end(items: list[Item], end: int) -> int:
    """Where a body's name in quotation marks ends («اندیشکدهٔ «X»»); 0 where none follows."""
    if kind_at(items, end) != "open":
        return 0
    closing = next((k for k in range(end + 2, min(end + _QUOTED_ITEMS, len(items))) if items[k].kind == "close"), -1)
    return closing + 1


def _held_by(document: Document, items: list[Item], i: int, end: int, closed: bool) -> int:
    """Where the name ends that follows a title in apposition («سفیر X، Y»); 0 where none does."""
    if end == i + 1 and items[i].match.id in _OF_PERSON:
        return 0
    after = end + (kind_at(items, end) == "comma")
    stop = name_end(document, items, after)
    if stop > after and any(item.kind == "person" for item in items[after:stop]):
        return stop if _named(document, items, after, stop).title_id == "" else 0
    if after == end and stop > after and items[after].kind in ("open", *STYLES):
        return stop
    bare = bare_name_end(document, items, end) if closed and after == end else end
    return bare if bare > end else 0


def _is_plural(document: Document, item: Item) -> bool:
    """Whether a title stands in the plural («کارشناسان»): a glued ending that the form does not have."""
    return fold_key(document.text[item.match.stop : item.stop]).startswith(_PLURALS)


def _lacks_owner(items: list[Item], i: int, phrase: Phrase) -> bool:
    """Whether a title that is one only with whose it is («امیر قطر»، «منبع آگاه») stands bare."""
    bare = phrase.last == i + 1 and kind_at(items, i - 1) not in ("one", "some", "this")
    longer = items[i].stop > items[i].match.stop
    if phrase.title_id == _STATES and longer:
        return True  # «کشورهایی که …» are any
    several = longer and phrase.kind == "body"  # «رسانه‌ها»
    return (several or items[i].match.entry.facets[2] == "named") and bare and not phrase.name
