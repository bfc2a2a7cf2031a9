"""Words that people add to a lexicon, or take out of it, without editing its files: names, terms, people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from analysis.lexicon.codebook import CodeBook, Term, term_key
from analysis.lexicon.people import PEOPLE_COLUMNS, People
from analysis.lexicon.tables import Row
from analysis.text.fold import fold_key


@dataclass(frozen=True, slots=True, order=True)
class Person:
    """Somebody whom the lexicon lacks."""

    speaker_id: str
    name_fa: str
    name_en: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Overlay:
    """What is laid over a lexicon. All of it is sorted, so that two overlays of the same words are equal.

    What does not fit the lexicon (a person or topic that it lacks) changes nothing: words may outlive what they were
    added to.

    Attributes:
        people: people who are added.
        aliases, dropped_aliases: speaker id and name that is added or taken out.
        terms: topic id, term and weight (1–3, as in terms.csv) that are added; in the place of one of the same letters.
        dropped_terms: topic id and term that are taken out.
    """

    people: tuple[Person, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    dropped_aliases: tuple[tuple[str, str], ...] = ()
    terms: tuple[tuple[str, str, int], ...] = ()
    dropped_terms: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        """Whether it changes anything."""
        return any(getattr(self, field.name) for field in fields(self))

    def over_people(self, known: People) -> People:
        """People with the added ones, each under the names that they have now."""
        people = {**{p.speaker_id: _row(p) for p in self.people if p.speaker_id not in known.people}, **known.people}
        added, dropped = _by_id(self.aliases), _by_id(self.dropped_aliases)
        for speaker_id in (added.keys() | dropped.keys()) & people.keys():
            row, gone = people[speaker_id], {fold_key(name) for name in dropped[speaker_id]}
            names = [name for name in row.many("names") if fold_key(name) not in gone]
            there = {fold_key(name) for name in (row["name_fa"], *names)}
            names += [name for name in added[speaker_id] if fold_key(name) not in there]
            people[speaker_id] = _changed(row, names="|".join(names))
        return replace(known, people=people)

    def over_codebook(self, known: CodeBook) -> CodeBook:
        """A code book with the added terms, and without those that were taken out."""
        terms = dict(known.terms)
        for topic_id, term in self.dropped_terms:
            terms.pop((topic_id, term_key(term)), None)
        for topic_id, term, weight in self.terms:
            if topic_id in known.topics:
                key = term_key(term)
                terms[topic_id, key] = Term(topic_id, term, key, weight)
        references = tuple(term for term in known.references if (term.topic_id, term.key) in terms)
        return replace(known, terms=terms, references=references)


NOTHING = Overlay()
"""The overlay that changes nothing."""


def _by_id(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one, word in pairs:
        found[one].append(word)
    return found


def _row(person: Person) -> Row:
    """A person as a line of people.csv."""
    own = {field.name: str(getattr(person, field.name)) for field in fields(person)}
    return Row({**dict.fromkeys(PEOPLE_COLUMNS, ""), "kind": "person", "checked": "no", **own})


def _changed(row: Row, **cells: str) -> Row:
    changed = Row({**row, **cells})
    for name in ("path", "line"):
        if hasattr(row, name):
            setattr(changed, name, getattr(row, name))
    return changed
