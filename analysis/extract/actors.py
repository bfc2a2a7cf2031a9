"""The actors of an article, and ids that do not depend on how the article spells them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from analysis.extract.document import Document
from analysis.extract.phrases import Phrase
from analysis.text.fold import fold_key

ONE_HOLDER = {"foreign_minister", "head_of_state", "head_of_government", "supreme_leader"}
"""Roles that a state gives to one person at a time."""
_KINDS = {"group": "body", "state": "body", "body": "body", "anonymous": "anonymous"}
_STANDING = ("foreign_ministry", "government", "embassy")
"""Bodies of which a state has one."""


def short_hash(*parts: object) -> str:
    """A short stable id made of several values."""
    return hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=8).hexdigest()


@dataclass(slots=True, eq=False)
class Actor:
    """Somebody who may speak in an article: a person, an office, a body or an anonymous source.

    Attributes:
        title_ids, title_keys, title_cores: the titles' ids, as written (folded), and without the state.
        name_keys, name_words: all spellings of the name, folded and as folded words.
        heard_as: the spellings that the article itself uses.
    """

    speaker_id: str
    kind: str
    name: str
    name_en: str = ""
    role: str = "other"
    country: str = ""
    organisation: str = ""
    title_ids: set[str] = field(default_factory=set)
    title_keys: set[str] = field(default_factory=set)
    title_cores: set[str] = field(default_factory=set)
    name_keys: set[str] = field(default_factory=set)
    name_words: set[tuple[str, ...]] = field(default_factory=set)
    heard_as: set[tuple[str, ...]] = field(default_factory=set)
    aliases: dict[str, None] = field(default_factory=dict)

    @property
    def is_person(self) -> bool:
        """Whether «وی» can mean it."""
        return self.kind in ("person", "office", "anonymous")


def core_key(document: Document, start: int, stop: int, country: str) -> str:
    """What a title says besides its state: «وزیر دفاع ایران» and «وزیر دفاع کشورمان» have the same core.

    Bodies and other states («سفیر ایران در مسکو») stand in it under their ids, so that spellings make no difference.
    """
    own = country or document.country
    cut = [(m.start, m.stop, "" if m.id == own else m.id) for m in document.found("country", start, stop)]
    cut += [(m.start, m.stop, "") for m in document.found("own_country", start, stop)]
    cut += [(m.start, m.stop, m.id) for m in document.found("organisation", start, stop)]
    parts, here = [], start
    for first, last, name in sorted(cut, key=lambda c: (c[0], -c[1])):
        if first >= here:
            parts += [fold_key(document.text[here:first]), name]
            here = last
    return "".join([*parts, fold_key(document.text[here:stop])])


def is_indefinite(document: Document, phrase: Phrase) -> bool:
    """Whether a title means somebody whose name is not given («یک سخنگوی وزارت خارجه»)."""
    start, stop = phrase.titles or (phrase.start, phrase.stop)
    return any(match.start == start for match in document.found("one", start, stop))


def name_words(name: str) -> tuple[str, ...]:
    """The folded words of a name; parts that a ZWNJ joins are one word."""
    return tuple(key for word in name.split() if (key := fold_key(word)))


def person_id(name: str, place: str) -> str:
    """The id of a person whom the lexicon does not know: made of the folded full name.

    Args:
        name: as the article writes it.
        place: title and state, or the article: where a surname stands alone, it means nobody outside of it.
    """
    words = name_words(name)
    return f"person:{short_hash(''.join(words)) if len(words) > 1 else short_hash(*words, place)}"


def office_actor(document: Document, phrase: Phrase, country: str, article_id: str) -> Actor:
    """An office whose holder neither the article nor the lexicon names."""
    start, stop = phrase.titles or (phrase.start, phrase.stop)
    text = document.text[start:stop]
    title = document.lexicon.speech.titles[phrase.title_id]
    state = document.lexicon.places.countries.get(country)
    if is_indefinite(document, phrase):
        found = f"anonymous:{short_hash(article_id, fold_key(text))}"
        return Actor(found, "anonymous", text, role=phrase.role or "anonymous", country=country)
    exact = phrase.role in ONE_HOLDER or bool(title["single"]) or fold_key(text) == fold_key(title.many("names")[0])
    core = core_key(document, start, stop, country)
    bare = not (country or phrase.organisation or title["single"]) and core in document.lexicon.speech.title_names
    key = phrase.title_id if exact else short_hash(core)
    key = short_hash(article_id, core) if bare else key  # «رئیس» alone is somebody of this article only
    name = title.many("names")[0] if exact else text
    if state is not None and (exact or not _names_state(document, start, stop)):
        name = f"{name} {state['name_fa']}"
    place = country if title["belongs"] != "body" or not title["single"] else ""
    return Actor(
        ":".join(part for part in ("office", key, place) if part),
        "office",
        name,
        role=phrase.role or "other",
        country=country,
        organisation=phrase.organisation,
        aliases={text: None} if country else {},
    )


def body_actor(document: Document, phrase: Phrase, country: str, article_id: str) -> Actor:
    """A state, a body, a group or an anonymous source."""
    text = document.text[phrase.start : phrase.stop]
    places, kind = document.lexicon.places, _KINDS.get(phrase.kind, "body")
    role = phrase.role or "organisation"
    if phrase.kind == "anonymous":
        return Actor(f"anonymous:{short_hash(article_id, fold_key(text))}", kind, text, role="anonymous")
    if phrase.kind == "state":
        row = places.countries[country]
        names = dict.fromkeys([*row.many("names"), *row.many("capitals"), *row.many("institutions")])
        return Actor(f"state:{country}", kind, row["name_fa"], row["name_en"], "organisation", country, aliases=names)
    if not phrase.title_id:
        row = places.organisations[phrase.organisation]
        names = dict.fromkeys(row.many("names"))
        return Actor(
            f"org:{phrase.organisation}", kind, row["name_fa"], row["name_en"], role, row["country"], aliases=names
        )
    if phrase.title_id in _STANDING and (country or phrase.country == ""):
        return _standing_body(document, phrase, country or document.country)
    core = core_key(document, phrase.start, phrase.stop, country)
    bare = not (country or phrase.organisation) and core in document.lexicon.speech.title_names
    key = short_hash(article_id, core) if bare else short_hash(core, country) if country else short_hash(core)
    name, state = text, places.countries.get(country)
    if state is not None and not _names_state(document, phrase.start, phrase.stop):
        name = f"{text} {state['name_fa']}"
    return Actor(f"body:{key}", kind, name, role=role, country=country)


def _names_state(document: Document, start: int, stop: int) -> bool:
    """Whether a stretch names a state or a body that says which."""
    return bool(document.found("country", start, stop) or document.found("organisation", start, stop))


def _standing_body(document: Document, phrase: Phrase, country: str) -> Actor:
    title, state = document.lexicon.speech.titles[phrase.title_id], document.lexicon.places.countries[country]
    name = f"{title.many('names')[0]} {state['name_fa']}"
    english = f"{title['name_en']} of {state['name_en']}"
    return Actor(f"body:{phrase.title_id}:{country}", "body", name, english, "organisation", country)
