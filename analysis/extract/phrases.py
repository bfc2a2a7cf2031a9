"""Noun phrases that can speak: names, titles, bodies, states and pronouns, with apposition."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.extract.document import Document
from analysis.extract.items import KINDS, Item
from analysis.text.fold import fold_key

_NAME_WORDS = 4
_STYLES = ("honorific", "style")
_AFTER_NAME = {"preposition", "time", "adverb", "verb", "colon", "cue"}
_TITLE_ITEMS = 12
_TITLE_WORDS = 5
"""Plain words that a title may have («معاون بهبود دام و طیور سازمان جهاد»)."""
_INSIDE_TITLE = {"country", "organisation", "region", "own_country", "title", "word", "number"}
_GOES_ON_ABROAD = {"ambassador", "envoy", "representative", "legislator", "adviser", "embassy"}
"""Titles whose complement may follow a preposition («سفیر ایران در مسکو»، «نمایندهٔ مردم تبریز در مجلس»)."""
_PLURALS = ("ان", "ها")
_OF_PERSON = {"adviser", "deputy", "representative", "spokesperson", "envoy"}
"""Titles after which a name alone tells whose they are («مشاور X»), not who holds them."""
_BEFORE_SUBJECT = {
    "comma",
    "colon",
    "close",
    "adverb",
    "time",
    "and",
    "conjunction",
    "but",
    "that",
    "verb",
    "passive",
    "narration",
    "dash",
    "finite",
    "mark",
    "object",
    "open",
}
_NEVER_FIRST = set(KINDS) - {
    *("pronoun", "pronouns", "this", "person", "title", "organisation", "country", "own_country"),
    *_STYLES,
}
"""Lexicon words that no phrase begins with."""
_DEPUTIES = {"foreign_minister": "deputy_foreign_minister", "foreign_ministry": "deputy_foreign_minister"}
"""What the deputy of an office is, where the office stands in the deputy's title («معاون حقوقی وزیر خارجه»)."""


@dataclass(frozen=True, slots=True)
class Phrase:
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
        phrase = _read(document, items, i)
        if phrase is None:
            i += 1
            continue
        before = items[phrase.first - 1].kind if phrase.first else ""
        after = items[phrase.last].kind if phrase.last < len(items) else ""
        phrases.append(
            replace(
                phrase,
                subject=_can_be_subject(items, phrase.first) and after != "object",
                quoted=items[i].quoted,
                before=before,
                after=after,
            )
        )
        i = phrase.last
    return phrases


def _can_be_subject(items: list[Item], first: int) -> bool:
    """Whether a clause may begin before an item: not after a preposition, nor after a noun that it belongs to."""
    before = _kind(items, first - 1)
    closed = before in ("word", "time") and _kind(items, first - 2) == "this"  # «پس از این دیدار، …» with no comma
    return not before or before in _BEFORE_SUBJECT or closed


def _read(document: Document, items: list[Item], i: int) -> Phrase | None:
    item = items[i]
    if item.kind in _NEVER_FIRST or (item.kind == "word" and i and items[i - 1].kind not in _BEFORE_SUBJECT):
        return None
    if item.kind in ("pronoun", "pronouns"):
        return _phrase(items, i, i + 1, item.kind)
    if item.kind == "this":
        return _demonstrative(document, items, i)
    if (name_end := _name_end(document, items, i)) > i:
        return _named(document, items, i, name_end)
    if item.kind == "title":
        phrase = _titled(document, items, i)
        return None if _lacks_owner(items, i, phrase) else phrase
    if item.kind == "organisation":
        last = i + 1 + (_kind(items, i + 1) == "country")
        return _phrase(items, i, last, "body", organisation=item.match.id, country=item.match.entry.facets[1])
    if item.kind in ("country", "own_country") and not _unsure(item):
        return _phrase(items, i, i + 1, "state", country=_country(document, item))
    return None


def _phrase(items: list[Item], first: int, last: int, kind: str, **facts: object) -> Phrase:
    return Phrase(first, last, items[first].start, items[last - 1].stop, kind, **facts)  # type: ignore[arg-type]


def _kind(items: list[Item], i: int) -> str:
    return items[i].kind if 0 <= i < len(items) else ""


def _closes(item: Item) -> bool:
    """Whether a title is a body of state, which ends what a title belongs to («معاون وزارت خارجه»)."""
    return item.kind == "title" and item.match.entry.facets[1] == "body" and item.match.entry.facets[2] == "state"


def _unsure(item: Item) -> bool:
    return all("unsure" in match.entry.facets for match in item.matches)


def _country(document: Document, item: Item) -> str:
    return document.country if item.kind == "own_country" else item.match.id


def _demonstrative(document: Document, items: list[Item], i: int) -> Phrase | None:
    """«این مقام روس»، «این دیپلمات ارشد»: somebody spoken of before."""
    if _kind(items, i + 1) != "title":
        return None
    phrase = _titled(document, items, i + 1)
    return replace(phrase, first=i, start=items[i].start, kind="this")


def _name_end(document: Document, items: list[Item], i: int) -> int:
    """Where a personal name that begins at `i` ends; `i` where none does.

    A name is one that the lexicon knows, words after an honorific, or words (in quotation marks or not) that a title
    follows in apposition at the head of a clause.
    """
    j = i
    while _kind(items, j) in _STYLES:
        j += 1
    if _kind(items, j) == "person":
        return j + 1
    words = j
    while _kind(items, words) == "word" and words - j < _NAME_WORDS and not items[words].matches:
        words += 1
    if j > i and words > j and _styled(document, items, i, j):
        return min(words, j + 3)
    if _kind(items, j) == "open":
        inside = j + 1
        while _kind(items, inside) in _STYLES:
            inside += 1
        if _kind(items, inside) == "person" and _kind(items, inside + 1) == "close":
            return inside + 2
        end = inside
        while _kind(items, end) in ("word", "honorific", "style", "dash") and end - inside < 5:
            end += 1
        apposition = _kind(items, end + 1) == "title" or (
            _kind(items, end + 1) == "comma" and _kind(items, end + 2) == "title"
        )
        return end + 1 if end > inside and _kind(items, end) == "close" and apposition else i
    if 2 <= words - j <= _NAME_WORDS and (i == 0 or items[i - 1].kind in _BEFORE_SUBJECT):
        if _kind(items, words) in _AFTER_NAME and _looks_like_name(document, items, j, words, title=False):
            return words
        after = words + (_kind(items, words) in ("comma", "dash"))
        if _kind(items, after) == "title" and _looks_like_name(document, items, j, words, title=True):
            return words
    return i


def _looks_like_name(document: Document, items: list[Item], first: int, last: int, *, title: bool) -> bool:
    """Whether words look like a personal name: the first is a given name or, before a title, all are foreign ones."""
    words = [document.text[item.start : item.stop] for item in items[first:last]]
    return _is_given(document, words[0]) or (title and all(_is_foreign(document, word) for word in words))


def _styled(document: Document, items: list[Item], first: int, after: int) -> bool:
    """Whether what follows a style of address is a name; a rank that is a noun as well («شهید») asks for more."""
    word = document.text[items[after].start : items[after].stop]
    key = fold_key(word)
    if key in document.lexicon.speech.first_person_forms or key in document.lexicon.function_words:
        return False
    sure = any(item.kind == "honorific" for item in items[first:after])
    return sure or _is_given(document, word) or _is_foreign(document, word)


def _is_given(document: Document, word: str) -> bool:
    return fold_key(word) in document.lexicon.people.given_names


def _is_foreign(document: Document, word: str) -> bool:
    """Whether a word is no Persian one as far as hazm's list knows; endings written apart would mislead."""
    return "\u200c" not in word and not word.isascii() and fold_key(word) not in document.lexicon.known_words


def _named(document: Document, items: list[Item], i: int, end: int) -> Phrase:
    """A name, and the title in apposition to it if one follows: «X، وزیر خارجه Y»."""
    people = tuple(m.id for item in items[i:end] if item.kind == "person" for m in item.matches)
    inner = [k for k in range(i, end) if items[k].kind in ("word", "person")]
    name = (items[inner[0]].start, items[inner[-1]].stop)
    after = end
    if _kind(items, after) in ("comma", "dash"):
        after += 1
    if _kind(items, after) == "title" and items[after].match.entry.facets[1] == "person":
        title = _titled(document, items, after, names=False)
        return replace(title, first=i, start=items[i].start, kind="person", name=name, people=people)
    return _phrase(items, i, end, "person", name=name, people=people)


def _titled(document: Document, items: list[Item], i: int, *, names: bool = True) -> Phrase:
    """A title or a body's name with its complements, and the name that follows in apposition."""
    entry = items[i].match.entry
    role, kind, _ = entry.facets
    if kind == "person" and _is_plural(document, items[i]):
        kind = "group"
    end, country, organisation = _complements(document, items, i)
    title_id = entry.id
    if title_id == "deputy":
        inner = (items[j].match.id for j in range(i + 1, end) if items[j].kind == "title")
        title_id = next((_DEPUTIES[title] for title in inner if title in _DEPUTIES), title_id)
    first = i - 1 if _kind(items, i - 1) == "one" else i
    titles = (items[first].start, items[end - 1].stop)
    facts = {
        "title_id": title_id,
        "role": role,
        "titles": titles,
        "country": country,
        "organisation": organisation,
    }
    if title_id == "media" and _kind(items, end) == "open":
        closing = next((k for k in range(end + 1, min(end + 6, len(items))) if items[k].kind == "close"), 0)
        if closing:
            facts["titles"] = (items[end + 1].start, items[closing - 1].stop)
            return _phrase(items, first, closing + 1, kind, **facts)
    if names and kind == "person" and not (end == i + 1 and title_id in _OF_PERSON):
        after = end + (_kind(items, end) == "comma")
        name_end = _name_end(document, items, after)
        if name_end > after and any(item.kind == "person" for item in items[after:name_end]):
            named = _named(document, items, after, name_end)
            if named.title_id == "":
                return replace(_phrase(items, first, name_end, "person", **facts), name=named.name, people=named.people)
        if after == end and name_end > after and items[after].kind in ("open", *_STYLES):
            named = _named(document, items, after, name_end)
            return replace(_phrase(items, first, name_end, "person", **facts), name=named.name, people=named.people)
    return _phrase(items, first, end, kind, **facts)


def _is_plural(document: Document, item: Item) -> bool:
    """Whether a title stands in the plural («کارشناسان»): a glued ending that the form does not have."""
    return fold_key(document.text[item.match.stop : item.stop]).startswith(_PLURALS)


def _lacks_owner(items: list[Item], i: int, phrase: Phrase) -> bool:
    """Whether a title that is one only with whose it is («امیر قطر»، «منبع آگاه») stands bare."""
    bare = phrase.last == i + 1 and _kind(items, i - 1) not in ("one", "this")
    return items[i].match.entry.facets[2] == "named" and bare and not phrase.name


def _complements(document: Document, items: list[Item], i: int) -> tuple[int, str, str]:
    """How far a title reaches, and the state and the body that it belongs to.

    It reaches over the nouns that follow, up to the state or body that closes it.
    """
    title = items[i].match.id
    abroad = title in _GOES_ON_ABROAD
    country = organisation = ""
    closed, words = False, 0
    j = i + 1
    while j < len(items) and j - i < _TITLE_ITEMS:
        kind = items[j].kind
        person = kind == "title" and items[j].match.entry.facets[1] == "person"
        words += kind == "word"
        if words > _TITLE_WORDS or (kind == "number" and j > i + 1):
            break
        if closed and ((kind == "word" and not abroad) or person):
            break
        if kind in _INSIDE_TITLE and not (kind == "country" and _unsure(items[j]) and not abroad):
            if kind in ("country", "own_country"):
                country = country or _country(document, items[j])
            elif kind == "organisation":
                organisation = organisation or items[j].match.id
                country = country or items[j].match.entry.facets[1]
            closed = closed or kind in ("country", "own_country", "organisation") or _closes(items[j])
            j += 1
        elif kind == "this" and _kind(items, j + 1) == "word":
            country = country or "?"
            closed = True
            j += 2
        elif kind == "and" and not closed and _kind(items, j + 1) in ("word", "title", "region"):
            j += 2
        elif kind == "and" and _kind(items, j - 1) == "region" and _kind(items, j + 1) == "country":
            j += 2  # «معاون اروپا و آمریکای وزارت خارجه»
        elif kind == "preposition" and abroad and _kind(items, j + 1) in _INSIDE_TITLE - {"number", "word"}:
            j += 2
            while _kind(items, j) in ("organisation", "country", "title", "own_country"):
                j += 1
            break
        else:
            break
    return j, country, organisation
