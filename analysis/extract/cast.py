"""The cast of an article: who its names, titles and pronouns stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, islice

from analysis.extract.actors import (
    ONE_HOLDER,
    Actor,
    body_actor,
    core_key,
    is_indefinite,
    name_words,
    office_actor,
    person_id,
)
from analysis.extract.document import Document
from analysis.extract.phrases import Phrase
from analysis.extract.roster import Roster
from analysis.lexicon.tables import Row
from analysis.text.fold import fold_key

_WORD_BEFORE = re.compile(r"([^\W\d_][\w\u200c]*)[ \u00a0]+$")
_LONGEST_NAME = 24
_COUNTERPART = "counterpart"
_KEY, _ROLE, _ONCE = "title as written", "role", "office once held"
"""What actors are marked with in the roster, besides the ids of their titles."""
_NATIONAL = {"minister", "deputy_minister", "legislator", "judiciary", "spokesperson"}
"""Roles that are of the outlet's own state where no other is named («وزیر دفاع» in an Iranian outlet)."""
_EXACT = {"minister", "military", "judiciary", "international_official"}
"""Roles whose offices have one holder each, known by the office's full name («وزیر دفاع»)."""


class Cast:
    """Resolves the phrases of one article to actors.

    Names learnt from apposition («X، وزیر خارجه Y») come first, then the lexicon's dated offices; without a date an
    office stays an office.
    """

    def __init__(self, document: Document, article_id: str) -> None:
        self._document = document
        self._people = document.lexicon.people
        self._article_id = article_id
        self._roster = Roster()
        self._spoke: list[Actor] = []

    @property
    def actors(self) -> list[Actor]:
        """Everybody so far."""
        return self._roster.actors

    def introduce(self, phrase: Phrase) -> Actor:
        """The actor that a phrase with a personal name stands for, made where it is new."""
        assert phrase.name
        name = self._with_given_name(phrase, *phrase.name)
        known = None if name != self._document.text[slice(*phrase.name)] else self._bearer(phrase, name)
        actor = known or self._roster.named(name) or self._new_person(phrase, name)
        self._roster.call(actor, name, heard=True)
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
        if phrase.kind == "pronoun":
            people = [actor for actor in focus if actor.is_person] or self._spoke[-1:]
            return (people[-1:] or focus[-1:]), "pronoun"
        if phrase.kind == "this":
            return self._pointed_at(phrase, focus) or [self._described(phrase, seen_country)], "pronoun"
        if phrase.kind == "pronouns":
            return list(focus), "pronoun"
        country = seen_country if phrase.country == "?" else phrase.country
        if phrase.title_id == _COUNTERPART:
            return self._counterpart(country, focus), "title"
        if phrase.kind == "person":
            return [self._holder(phrase, country, speaking)], "title"
        return [self._keep(body_actor(self._document, phrase, country, self._article_id), phrase)], "body"

    def heard(self, actors: Sequence[Actor]) -> None:
        """Note who has spoken: «وی» after a body's words is the last person."""
        self._spoke = [actor for actor in actors if actor.is_person] or self._spoke

    def _pointed_at(self, phrase: Phrase, focus: list[Actor]) -> list[Actor]:
        """«این مقام آمریکایی»، «این نهاد»: somebody spoken of before whom the noun fits, the last one first."""
        body = self._document.lexicon.speech.titles[phrase.title_id]["kind"] == "body"
        alike = [actor for actor in focus if actor.is_person != body]
        titled = [actor for actor in alike if phrase.title_id in actor.title_ids]
        if titled:
            return titled[-1:]
        fitting = [a for a in alike if phrase.country in ("", "?") or a.country in ("", phrase.country)]
        marked = [*islice(self._roster.marked(phrase.title_id), 1)]
        if not (marked or fitting) and phrase.country not in ("", "?"):
            return []
        return marked or fitting[-1:] or alike[-1:] or (self._spoke or focus)[-1:]

    def _described(self, phrase: Phrase, country: str) -> Actor:
        """Somebody of whom nobody spoke before, as «این سخنگوی وزارت خارجهٔ X» describes them."""
        country = country if phrase.country == "?" else phrase.country
        if self._document.lexicon.speech.titles[phrase.title_id]["kind"] == "person":
            return self._holder(phrase, country, ())
        return self._keep(body_actor(self._document, phrase, country, self._article_id), phrase)

    def _keep(self, made: Actor, phrase: Phrase) -> Actor:
        """An actor just made, or the one of the article with the same id."""
        actor = self._roster.add(made)
        if phrase.title_id:
            actor.title_ids.add(phrase.title_id)
            self._roster.mark(actor, phrase.title_id)
        self._roster.mark(actor, (_ROLE, actor.role))
        actor.aliases.update(made.aliases)
        return actor

    def _with_given_name(self, phrase: Phrase, start: int, stop: int) -> str:
        """A name, with the given name before a surname that somebody else of the lexicon has («بیل اوربان»)."""
        name = self._document.text[start:stop]
        before = _WORD_BEFORE.search(self._document.text, max(0, start - _LONGEST_NAME), start)
        if not phrase.people or len(name.split()) > 1 or before is None:
            return name
        if self._document.found("cue", *before.span(1)):
            return name  # «پیام یلاگین»
        given = fold_key(before.group(1))
        words = {w for i in phrase.people if i in self._people.people for w in self._words_of(i)}
        return name if given not in self._people.given_names or given in words else f"{before.group(1)} {name}"

    def _words_of(self, speaker_id: str) -> set[str]:
        row = self._people.people[speaker_id]
        return {word for name in (row["name_fa"], *row.many("names")) for word in name_words(name)}

    def _bearer(self, phrase: Phrase, name: str) -> Actor | None:
        """Whom the lexicon knows by a name, unless it is the surname of somebody else whom the article names."""
        known = self._known(phrase)
        fresh = known is not None and not any(len(words) > 1 and words in known.heard_as for words in known.name_words)
        if known is not None and fresh and len(name.split()) == 1:
            return self._roster.others_heard_as(name, known) or known
        return known

    def _known(self, phrase: Phrase) -> Actor | None:
        """The actor for a name that the lexicon knows; a namesake of another state is not meant."""
        fitting = [i for i in dict.fromkeys(phrase.people) if self._fits(i, phrase)]
        if here := self._roster.first_of(fitting):
            return here
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
        if here := self._roster.with_id(speaker_id):
            return here
        row = self._people.people[speaker_id]
        office = self._people.office_on(speaker_id, self._document.day)
        actor = self._roster.add(Actor(speaker_id, "person", row["name_fa"], row["name_en"]))
        actor.role = office.role if office else "other"
        actor.country = office.country if office else self._country_of(row)
        actor.aliases = dict.fromkeys(row.many("names"))
        for name in (row["name_fa"], *actor.aliases):
            self._roster.call(actor, name)
        names = self._document.lexicon.speech.title_names
        if office and (title_id := names.get(fold_key(office.row["office_fa"]))):
            actor.title_ids.add(title_id)
            actor.title_cores.add(fold_key(office.row["office_fa"]))
            self._roster.mark(actor, title_id)
        self._roster.mark(actor, (_ROLE, actor.role))
        for held in self._people.by_person.get(speaker_id, []):
            self._roster.mark(actor, (_ONCE, names.get(fold_key(held.row["office_fa"])), held.country))
        return actor

    def _country_of(self, row: Row) -> str:
        """The state of somebody whose office on the day is not known: their nationality.

        Not where they may have been an international official then, who speaks for no state.
        """
        day = self._document.day
        offices = self._people.by_person.get(row["speaker_id"], [])
        possible = (office for office in offices if day is None or office.held_on(day))
        international = any(o.role == "international_official" and not o.country for o in possible)
        return "" if international else row["country"]

    def _new_person(self, phrase: Phrase, name: str) -> Actor:
        place = phrase.country if phrase.title_id and phrase.country not in ("", "?") else ""
        place = f"{phrase.title_id}:{place}" if place else self._article_id
        return self._roster.add(Actor(person_id(name, place), "person", name))

    def _entitle(self, actor: Actor, phrase: Phrase) -> None:
        """Remember the title that the text gives to somebody."""
        assert phrase.titles
        key = fold_key(self._document.text[slice(*phrase.titles)])
        actor.title_ids.add(phrase.title_id)
        actor.title_keys.add(key)
        actor.title_cores.add(core_key(self._document, *phrase.titles, actor.country))
        if actor.role == "other" and phrase.role:
            actor.role = phrase.role
        if phrase.country not in ("", "?"):
            actor.country = actor.country or phrase.country
        elif not actor.country and self._document.lexicon.speech.titles[phrase.title_id]["belongs"] == "state":
            actor.country = self._document.country
        actor.organisation = actor.organisation or phrase.organisation
        self._roster.mark(actor, phrase.title_id, (_KEY, key), (_ROLE, actor.role))

    def _counterpart(self, country: str, focus: list[Actor]) -> list[Actor]:
        """«همتای ایرانی او»: who in the article holds the same office of that state; nobody where it is not known."""
        roles = {actor.role for actor in focus if actor.is_person} & ONE_HOLDER
        alike = (actor for role in sorted(roles) for actor in self._roster.marked((_ROLE, role)))
        return [*islice((a for a in alike if a.is_person and country and a.country == country), 1)]

    def _holder(self, phrase: Phrase, country: str, speaking: Sequence[Actor]) -> Actor:
        """Who a title without a name means."""
        start, stop = phrase.titles or (phrase.start, phrase.stop)
        key, core = fold_key(self._document.text[start:stop]), core_key(self._document, start, stop, country)
        for actor in self._roster.marked((_KEY, key)):
            if not country or actor.country in ("", country):
                return actor
        if same := self._likely(phrase, country, core, speaking):
            return same
        home = country or self._document.country
        if not is_indefinite(self._document, phrase):
            once = [*islice(self._roster.marked((_ONCE, phrase.title_id, home)), 2)]
            found = once[0] if len(once) == 1 else self._in_office(phrase, home, core)
            if found:
                return self._titled(found, phrase, key, core, country)
        title = self._document.lexicon.speech.titles[phrase.title_id]
        national = title["belongs"] == "state" or (phrase.role in _NATIONAL and not phrase.organisation)
        made = office_actor(self._document, phrase, home if national else country, self._article_id)
        return self._titled(self._keep(made, phrase), phrase, key, core, country)

    def _likely(self, phrase: Phrase, country: str, core: str, speaking: Sequence[Actor]) -> Actor | None:
        """Who of the article may hold an office: who is speaking, the last one of the state, or the only one."""
        for actor in reversed(speaking):
            if actor.is_person and self._may_hold(actor, phrase, country, core):
                return actor
        marks = [phrase.title_id, *([(_ROLE, phrase.role)] if phrase.role in ONE_HOLDER else [])]
        other: dict[Actor, None] = {}
        for actor in chain.from_iterable(map(self._roster.marked, marks)):
            if actor.is_person and self._may_hold(actor, phrase, country, core):
                if country or actor.country == self._document.country:
                    return actor
                other[actor] = None
        return next(iter(other)) if len(other) == 1 else None

    def _titled(self, actor: Actor, phrase: Phrase, key: str, core: str, country: str) -> Actor:
        """Note the title that a text gives somebody; with the state it identifies them."""
        actor.title_keys.add(key)
        actor.title_cores.add(core)
        self._roster.mark(actor, (_KEY, key))
        state = self._document.lexicon.places.countries.get(country or actor.country)
        title = self._document.lexicon.speech.titles[phrase.title_id]
        if actor.kind == "person" and title["single"] and title["belongs"] == "state" and state is not None:
            actor.aliases[f"{title.many('names')[0]} {state['name_fa']}"] = None
        return actor

    def _may_hold(self, actor: Actor, phrase: Phrase, country: str, core: str) -> bool:
        if country and actor.country != country:
            return False
        if phrase.organisation and actor.organisation and phrase.organisation != actor.organisation:
            return False
        if phrase.role in ONE_HOLDER and phrase.role == actor.role:
            return True
        if phrase.title_id not in actor.title_ids:
            return False
        if any(core.startswith(other) or other.startswith(core) for other in actor.title_cores):
            return True
        bare = core in self._document.lexicon.speech.title_names
        return phrase.role not in _EXACT and (bare or bool(country) or bool(phrase.organisation))

    def _in_office(self, phrase: Phrase, country: str, core: str) -> Actor | None:
        """The person who held the office on the article's day, where one person holds it and the lexicon knows them.

        On the day on which it changes hands it is the new holder's.
        """
        speech, day = self._document.lexicon.speech, self._document.day
        single = bool(speech.titles[phrase.title_id]["single"])
        if not (single or phrase.role in _EXACT):
            return None
        held = []
        for office in self._people.offices_on(phrase.role, day):
            name = fold_key(office.row["office_fa"])
            same = speech.title_names.get(name) == phrase.title_id if single else name == core
            if same and (office.country == country or phrase.role == "international_official"):
                held.append(office)
        stays = [office for office in held if office.end != day] or held
        holders = {office.speaker_id for office in stays}
        return self._from_lexicon(holders.pop()) if len(holders) == 1 else None
