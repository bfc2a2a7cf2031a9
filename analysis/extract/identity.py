"""Who a title turns out to be: news names the office in its lead and the person after it."""

from __future__ import annotations

from analysis.extract.actors import Actor
from analysis.extract.document import Document
from analysis.extract.flow import Statement
from analysis.text.fold import fold_key

_LEAD = 3
"""Statements at the head of an article that may speak of somebody whom only the body names."""
_REPORTER = "reporter"
"""The title of those who only ask."""
_SEVERAL_TITLES = {"legislator", "ambassador", "envoy", "expert"}
"""Roles whose bearers news calls by several titles («نماینده تبریز»، «عضو کمیسیون انرژی»)."""
_ANY_ROLE = ("other", "anonymous", "")


def unite_titles(document: Document, statements: list[Statement]) -> None:
    """Give the statements of offices whose holder the article names elsewhere to that person.

    So for the office that speaks in the lead before anybody is named, if the first person who then speaks may hold it,
    and for every office in an article in which one named person speaks. An office may be a person's where states do
    not differ, no known office contradicts, and a title that one person holds at a time is theirs already.
    """
    speaking = [s.speakers[0] for s in statements if len(s.speakers) == 1]
    people = list(dict.fromkeys(actor for actor in speaking if actor.kind == "person"))
    if not people:
        _replace(statements, _bare_sources(document, speaking))
        return
    first = next(i for i, actor in enumerate(speaking) if actor.kind == "person")
    lead = list(dict.fromkeys(actor for actor in speaking[: min(first, _LEAD)] if _is_title(document, actor)))
    same = {}
    if len(lead) == 1 and _may_be(document, lead[0], people[0]):
        same[lead[0]] = people[0]
    if len(people) == 1:
        for actor in dict.fromkeys(speaking[first:]):
            if actor.kind == "office" and _may_be(document, actor, people[0]):
                same[actor] = people[0]
    same |= _bare_sources(document, speaking)
    for office, person in same.items():
        _take_over(person, office)
    _replace(statements, same)


def _replace(statements: list[Statement], same: dict[Actor, Actor]) -> None:
    for attribution in (one for statement in statements for one in statement.attributions) if same else ():
        attribution.actor = same.get(attribution.actor, attribution.actor)


def _bare_sources(document: Document, speaking: list[Actor]) -> dict[Actor, Actor]:
    """The source that a heading names in short («منبع آگاه: …») with the one of the body that it means.

    So where the article has only these two, and the body's description begins as the heading's does.
    """
    sources = list(dict.fromkeys(actor for actor in speaking if actor.kind == "anonymous"))
    if len(sources) != 2 or speaking[0] is not sources[0]:
        return {}
    bare, full = (_without_one(document, actor.name) for actor in sources)
    return {sources[0]: sources[1]} if full.startswith(bare) else {}


def _without_one(document: Document, name: str) -> str:
    """A description folded, without the word for «one» at its head."""
    first, _, rest = name.partition(" ")
    one = {fold_key(word["word"]) for word in document.lexicon.speech.words if word["class"] == "one"}
    return fold_key(rest if fold_key(first) in one else name)


def _is_title(document: Document, actor: Actor) -> bool:
    """Whether an actor is somebody known by a title only, «یک نماینده مجلس» among them."""
    titles = document.lexicon.speech.titles
    return actor.kind == "office" or (
        actor.kind == "anonymous" and any(titles[title]["kind"] == "person" for title in actor.title_ids)
    )


def _may_be(document: Document, office: Actor, person: Actor) -> bool:
    """Whether an office may be a person's, as far as the article and the lexicon tell."""
    if office.country and person.country and office.country != person.country:
        return False
    if office.organisation and person.organisation and office.organisation != person.organisation:
        return False
    titles = document.lexicon.speech.titles
    single = any(titles[title]["single"] for title in office.title_ids)
    vague = office.kind == "anonymous" or office.role in _SEVERAL_TITLES
    if office.title_ids & person.title_ids:
        return single or vague or not person.title_cores or _alike(office, person)
    if single or (office.role == "international_official" and office.organisation):
        return False
    if _REPORTER in office.title_ids:
        return False
    if office.role == person.role:
        return vague or not person.title_cores or _alike(office, person)
    held = {o.role for o in document.lexicon.people.by_person.get(person.speaker_id, [])}
    known = held or {person.role}
    return office.role in known or (not held and _ANY_ROLE[0] in (office.role, person.role))


def _alike(office: Actor, person: Actor) -> bool:
    """Whether one of the titles of both begins with one of the other's («مدیر کل»، «مدیر کل بنادر»)."""
    return any(a.startswith(b) or b.startswith(a) for a in office.title_cores for b in person.title_cores)


def _take_over(person: Actor, office: Actor) -> None:
    """Let a person have what the text says of their office."""
    person.title_ids |= office.title_ids
    person.title_keys |= office.title_keys
    person.country = person.country or office.country
    person.organisation = person.organisation or office.organisation
    if person.role in _ANY_ROLE:
        person.role = office.role if office.role not in _ANY_ROLE else person.role
