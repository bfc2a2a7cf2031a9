"""The cast of an article: who its names, titles and pronouns stand for."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from analysis.extract.document import Document
from analysis.extract.phrases import Phrase
from analysis.text.fold import fold_key

_ONE_HOLDER = {"foreign_minister", "head_of_state", "head_of_government", "supreme_leader"}
"""Roles that a state gives to one person at a time."""
_COUNTERPART = "counterpart"
_KINDS = {"group": "body", "state": "body", "body": "body", "anonymous": "anonymous"}


def short_hash(*parts: object) -> str:
    """A short stable id made of several values."""
    return hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=8).hexdigest()


@dataclass(slots=True, eq=False)
class Actor:
    """Somebody who may speak in an article: a person, an office, a body or an anonymous source."""

    speaker_id: str
    kind: str
    name: str
    name_en: str = ""
    role: str = "other"
    country: str = ""
    organisation: str = ""
    title_ids: set[str] = field(default_factory=set)
    title_keys: set[str] = field(default_factory=set)
    name_keys: set[str] = field(default_factory=set)
    aliases: dict[str, None] = field(default_factory=dict)

    @property
    def is_person(self) -> bool:
        """Whether «وی» can mean it."""
        return self.kind in ("person", "office", "anonymous")


class Cast:
    """Resolves the phrases of one article to actors.

    Names learnt from apposition («X، وزیر خارجه Y») come first, then the lexicon's dated offices; without a date an
    office stays an office.
    """

    def __init__(self, document: Document, article_id: str) -> None:
        self._document = document
        self._people = document.lexicon.people
        self._article_id = article_id
        self.actors: list[Actor] = []
        self._order: dict[str, int] = {}
        self._keys: dict[str, Actor] = {}
        self._endings: dict[str, Actor] = {}

    def introduce(self, phrase: Phrase) -> Actor:
        """The actor that a phrase with a personal name stands for, made where it is new."""
        assert phrase.name
        name = self._document.text[slice(*phrase.name)]
        key = fold_key(name)
        actor = self._known(phrase) or self._named(key) or self._new_person(phrase, name, key)
        self._remember(actor, key)
        if phrase.title_id:
            self._entitle(actor, phrase)
        return actor

    def resolve(
        self, phrase: Phrase, *, focus: list[Actor], seen_country: str = "", speaking: Sequence[Actor] = ()
    ) -> tuple[list[Actor], str]:
        """The actors that any phrase stands for, and what they were known by.

        Args:
            focus: whom the text was about last: what a pronoun means.
            seen_country: the foreign state that was named last: what «این کشور» means.
            speaking: who spoke in the sentence before: whose bare title is repeated.
        """
        if phrase.name:
            return [self.introduce(phrase)], "name"
        if phrase.kind in ("pronoun", "this"):
            people = [actor for actor in focus if actor.is_person]
            titled = [actor for actor in self.actors if phrase.title_id and phrase.title_id in actor.title_ids]
            if not any(actor in titled for actor in people):
                people = titled or people
            return (people[-1:] or focus[-1:]), "pronoun"
        if phrase.kind == "pronouns":
            return list(focus), "pronoun"
        country = seen_country if phrase.country == "?" else phrase.country
        if phrase.title_id == _COUNTERPART:
            return self._counterpart(country, focus), "title"
        if phrase.kind == "person":
            return [self._holder(phrase, country, speaking)], "title"
        return [self._body(phrase, country)], "body"

    def _known(self, phrase: Phrase) -> Actor | None:
        """The actor for a name that the lexicon knows; a namesake of another state is not meant."""
        fitting = [i for i in dict.fromkeys(phrase.people) if self._fits(i, phrase)]
        known = [self.actors[self._order[i]] for i in fitting if i in self._order]
        if known:
            return min(known, key=lambda actor: self._order[actor.speaker_id])
        if len(fitting) > 1:
            day = self._document.day
            by_title = [i for i in fitting if self._held_title(i, phrase)]
            in_office = [i for i in by_title or fitting if self._people.office_on(i, day)]
            fitting = in_office or by_title or fitting
        return self._from_lexicon(fitting[0]) if fitting else None

    def _fits(self, speaker_id: str, phrase: Phrase) -> bool:
        if speaker_id not in self._people.people:
            return False
        country = phrase.country
        if not country or country == "?":
            return True
        states = {o.country for o in self._people.by_person.get(speaker_id, [])}
        states.add(self._people.people[speaker_id]["country"])
        return country in states or "" in states

    def _held_title(self, speaker_id: str, phrase: Phrase) -> bool:
        return bool(phrase.role) and any(o.role == phrase.role for o in self._people.by_person.get(speaker_id, []))

    def _from_lexicon(self, speaker_id: str) -> Actor:
        if speaker_id in self._order:
            return self.actors[self._order[speaker_id]]
        row = self._people.people[speaker_id]
        office = self._people.office_on(speaker_id, self._document.day)
        actor = Actor(speaker_id, "person", row["name_fa"], row["name_en"])
        actor.role = office.role if office else "other"
        actor.country = office.country if office else row["country"]
        actor.aliases = dict.fromkeys(row.many("names"))
        if office and (title_id := self._document.lexicon.speech.title_names.get(fold_key(office.row["office_fa"]))):
            actor.title_ids.add(title_id)
        self._add(actor)
        for name in (row["name_fa"], *actor.aliases):
            self._remember(actor, fold_key(name))
        return actor

    def _named(self, key: str) -> Actor | None:
        """An actor of this name: the same, or the surname of a longer one."""
        if key in self._keys or len(key) < 3:
            return self._keys.get(key)
        shorter = (self._keys.get(key[i:]) for i in range(1, len(key) - 3))
        found = [self._endings.get(key), *(actor for actor in shorter if actor and actor.kind == "person")]
        return min((actor for actor in found if actor), key=lambda a: self._order[a.speaker_id], default=None)

    def _remember(self, actor: Actor, key: str) -> None:
        """Let a name be known again; the first who bears it keeps it."""
        actor.name_keys.add(key)
        self._keys.setdefault(key, actor)
        if actor.kind == "person" and len(key) > 3:
            for i in range(len(key) - 2):
                self._endings.setdefault(key[i:], actor)

    def _add(self, actor: Actor) -> None:
        self._order.setdefault(actor.speaker_id, len(self.actors))
        self.actors.append(actor)

    def _new_person(self, phrase: Phrase, name: str, key: str) -> Actor:
        actor = Actor(f"person:{short_hash(key)}", "person", name)
        self._add(actor)
        return actor

    def _entitle(self, actor: Actor, phrase: Phrase) -> None:
        """Remember the title that the text gives to somebody."""
        assert phrase.titles
        actor.title_ids.add(phrase.title_id)
        actor.title_keys.add(fold_key(self._document.text[slice(*phrase.titles)]))
        if actor.role == "other" and phrase.role:
            actor.role = phrase.role
        if phrase.country not in ("", "?"):
            actor.country = actor.country or phrase.country
        elif not actor.country and self._document.lexicon.speech.titles[phrase.title_id]["belongs"] == "state":
            actor.country = self._document.country
        actor.organisation = actor.organisation or phrase.organisation

    def _counterpart(self, country: str, focus: list[Actor]) -> list[Actor]:
        """«همتای ایرانی او»: who in the article holds the same office of that state; nobody where it is not known."""
        roles = {actor.role for actor in focus if actor.is_person} & _ONE_HOLDER
        return [a for a in self.actors if a.is_person and country and a.country == country and a.role in roles][:1]

    def _holder(self, phrase: Phrase, country: str, speaking: Sequence[Actor]) -> Actor:
        """Who a title without a name means."""
        text = self._document.text[slice(*(phrase.titles or (phrase.start, phrase.stop)))]
        key = fold_key(text)
        for actor in reversed(self.actors):
            if key in actor.title_keys and (not country or actor.country in ("", country)):
                return actor
        same = [a for a in self.actors if a.is_person and self._may_hold(a, phrase, country)]
        for actor in (*reversed(speaking), *same[::-1]):
            if actor in same and (country or actor.country == self._document.country or actor in speaking):
                return actor
        if len(same) == 1:
            return same[0]
        once = [a for a in self.actors if self._once_held(a, phrase, country or self._document.country)]
        if len(once) == 1:
            return once[0]
        if found := self._in_office(phrase, country or self._document.country):
            found.title_keys.add(key)
            return found
        return self._office(phrase, country, text, key)

    def _may_hold(self, actor: Actor, phrase: Phrase, country: str) -> bool:
        if country and actor.country != country:
            return False
        if phrase.organisation and actor.organisation and phrase.organisation != actor.organisation:
            return False
        same_role = phrase.role == actor.role and phrase.role in _ONE_HOLDER
        bare = fold_key(self._document.text[slice(*(phrase.titles or (0, 0)))]) in (
            self._document.lexicon.speech.title_names
        )
        return (phrase.title_id in actor.title_ids or same_role) and (
            bare or bool(country) or bool(phrase.organisation and phrase.organisation == actor.organisation)
        )

    def _once_held(self, actor: Actor, phrase: Phrase, country: str) -> bool:
        """Whether the lexicon says that somebody named in the article held the office at some time."""
        names = self._document.lexicon.speech.title_names
        return any(
            o.country == country and names.get(fold_key(o.row["office_fa"])) == phrase.title_id
            for o in self._people.by_person.get(actor.speaker_id, [])
        )

    def _in_office(self, phrase: Phrase, country: str) -> Actor | None:
        """The person who held the office on the article's day, where one person holds it and the lexicon knows them.

        On the day on which it changes hands it is the new holder's.
        """
        speech, day = self._document.lexicon.speech, self._document.day
        if not speech.titles[phrase.title_id]["single"]:
            return None
        held = [
            office
            for office in self._people.offices_on(phrase.role, day)
            if speech.title_names.get(fold_key(office.row["office_fa"])) == phrase.title_id
            and (office.country == country or phrase.role == "international_official")
        ]
        stays = [office for office in held if office.end != day] or held
        holders = {office.speaker_id for office in stays}
        return self._from_lexicon(holders.pop()) if len(holders) == 1 else None

    def _office(self, phrase: Phrase, country: str, text: str, key: str) -> Actor:
        title = self._document.lexicon.speech.titles[phrase.title_id]
        belongs, names = title["belongs"], title.many("names")
        if belongs == "state" and not country:
            country = self._document.country
        exact = phrase.role in _ONE_HOLDER or key == fold_key(names[0])
        speaker_id = (
            f"office:{phrase.title_id}:{country}" if exact and country else f"office:{short_hash(key, country)}"
        )
        if speaker_id in self._order:
            return self.actors[self._order[speaker_id]]
        name = names[0] if exact else text
        state = self._document.lexicon.places.countries.get(country)
        if exact and state is not None:
            name = f"{name} {state['name_fa']}"
        actor = Actor(speaker_id, "office", name, role=phrase.role or "other", country=country)
        actor.title_ids.add(phrase.title_id)
        actor.title_keys.add(key)
        actor.organisation = phrase.organisation
        if country:
            actor.aliases[text] = None
        self._add(actor)
        return actor

    def _body(self, phrase: Phrase, country: str) -> Actor:
        text = self._document.text[phrase.start : phrase.stop]
        places = self._document.lexicon.places
        kind = _KINDS.get(phrase.kind, "body")
        role = phrase.role or "organisation"
        if phrase.kind == "anonymous":
            actor = Actor(f"anonymous:{short_hash(self._article_id, fold_key(text))}", kind, text, role="anonymous")
        elif phrase.kind == "state":
            row = places.countries[country]
            actor = Actor(f"state:{country}", kind, row["name_fa"], row["name_en"], "organisation", country)
            actor.aliases = dict.fromkeys([*row.many("names"), *row.many("capitals"), *row.many("institutions")])
        elif not phrase.title_id:
            row = places.organisations[phrase.organisation]
            actor = Actor(f"org:{phrase.organisation}", kind, row["name_fa"], row["name_en"], role, row["country"])
            actor.aliases = dict.fromkeys(row.many("names"))
        elif phrase.title_id in ("foreign_ministry", "government", "embassy") and (country or phrase.country == ""):
            actor = self._ministry(phrase, country or self._document.country)
        else:
            actor = Actor(f"body:{short_hash(fold_key(text))}", kind, text, role=role, country=country)
        if actor.speaker_id in self._order:
            return self.actors[self._order[actor.speaker_id]]
        actor.title_ids = {phrase.title_id} - {""}
        self._add(actor)
        return actor

    def _ministry(self, phrase: Phrase, country: str) -> Actor:
        title, state = self._document.lexicon.speech.titles[phrase.title_id], self._document.lexicon.places.countries
        name = f"{title.many('names')[0]} {state[country]['name_fa']}"
        english = f"{title['name_en']} of {state[country]['name_en']}"
        return Actor(f"body:{phrase.title_id}:{country}", "body", name, english, "organisation", country)
