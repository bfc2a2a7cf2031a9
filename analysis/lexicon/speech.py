"""The words of reporting: verbs, phrases, titles, pronouns, and the page furniture that says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from analysis.lexicon import borrowed
from analysis.lexicon.conjugate import (
    every_form,
    first_person_forms,
    third_person,
    third_person_plural,
    third_person_subjunctive,
)
from analysis.lexicon.matcher import Entry
from analysis.lexicon.tables import Row, check_allowed, check_unique, read_rows
from analysis.schema import ROLES
from analysis.text.fold import fold_key, fold_words

VERB_KINDS = ("say", "judge", "call", "open", "pass", "ask", "stands", "met")
CUE_KINDS = ("source", "carried", "setting", "written", "agent", "relay", "below")
TITLE_KINDS = ("person", "body", "group", "anonymous")
TITLE_BELONGS = ("state", "body", "any", "none", "named")
"""Whose a title is: of a state (the outlet's own by default), a body, either, neither; `named`: it is one only
together with whose it is («امیر قطر»)."""
WORD_CLASSES = (
    "pronoun",
    "pronouns",
    "this",
    "preposition",
    "and",
    "conjunction",
    "while",
    "but",
    "that",
    "object",
    "content",
    "adverb",
    "narration",
    "time",
    "honorific",
    "style",
    "own_country",
    "state_word",
    "one",
    "some",
    "qualifier",
    "tie",
    "place",
    "speech_noun",
    "text",
    "impersonal",
    "reference",
    "not_cue",
)
FURNITURE_PLACES = ("whole", "start", "any")
_PLACE = "place"
"""The note of a preposition that tells where somebody or something stands («در»)."""
_CLAIM = "claim"
"""The note of a phrase that brings a medium's own words («به نوشتهٔ»)."""
_PASSIVE = {"کرد": "شد", "داد": "داده شد", "نمود": "شد"}


@dataclass(frozen=True)
class Speech:
    """The lines of verbs.csv, cues.csv, titles.csv, words.csv and furniture.csv."""

    verbs: list[Row]
    cues: list[Row]
    titles: dict[str, Row]
    words: list[Row]
    furniture: list[Row]

    def entries(self) -> Iterator[Entry]:
        """The matcher's entries; a title's facets are its role, its kind and what it belongs to."""
        for row in self.verbs:
            for form in _active_forms(row):
                yield Entry("verb", row["kind"], form)
            for form in _passive_forms(row):
                yield Entry("passive", row["kind"], form)
        for row in self.cues:
            yield Entry("cue", row["kind"], row["phrase"], "word", _facets(row))
        for title_id, row in self.titles.items():
            for form in row.many("names"):
                yield Entry("title", title_id, form, "noun", (row["role"], row["kind"], row["belongs"]))
        for row in self.words:
            ending = "noun" if row["class"] in ("state_word", "own_country") else "word"
            facets = (_PLACE,) if row["note"] == _PLACE else ()
            yield Entry(row["class"], row["word"], row["word"], ending, facets)

    @cached_property
    def past_forms(self) -> frozenset[str]:
        """Folded third-person past forms of every verb that hazm lists: what narration ends with."""
        stems = {verb.partition("#")[0] for verb in borrowed.verbs()} - {""}
        past = frozenset(fold_key(form) for stem in stems for form in _narrative_forms(stem))
        # «کند» is rather of «کردن» than of «کندن».
        return past - {fold_key(form) for form in third_person_subjunctive()}

    @cached_property
    def future_forms(self) -> frozenset[str]:
        """Folded forms of «خواستن» that make a future («خواهد شد»), which no past event is told with."""
        return frozenset(fold_key(form) for form in every_form("خواست") if form.startswith(("خواه", "نخواه")))

    @cached_property
    def finite_forms(self) -> frozenset[str]:
        """Folded finite third-person forms: after one of them a new clause begins."""
        stems = {verb.partition("#")[0] for verb in borrowed.verbs()} - {""}
        forms = (fold_key(form) for stem in stems for form in third_person(stem) if " " not in form)
        return frozenset(form for form in forms if len(form) > 2 and not form.endswith("ه")) | {
            fold_key(form)
            for form in ("است", "نیست", "هستند", "نیستند", "بود", "بودند", "باشد", "شود", "شد", "کرد", "داد")
        }

    @cached_property
    def plural_forms(self) -> frozenset[str]:
        """Folded third-person plural forms of every verb («گفتند»): what one person alone is not told with."""
        return frozenset(fold_key(form) for form in third_person_plural())

    @cached_property
    def first_person_forms(self) -> frozenset[str]:
        """Folded first-person forms of every verb that hazm lists: what reporters do not write of themselves."""
        return frozenset(fold_words(first_person_forms()))

    @cached_property
    def title_names(self) -> dict[str, str]:
        """Folded name of an office to its title id."""
        return {fold_key(form): title_id for title_id, row in self.titles.items() for form in row.many("names")}

    @cached_property
    def longest_furniture(self) -> int:
        """Letters and signs of the longest phrase of page furniture."""
        return max((len(phrase) for phrases in self.furniture_keys.values() for phrase in phrases), default=0)

    @cached_property
    def furniture_keys(self) -> dict[str, tuple[str, ...]]:
        """Folded phrases of page furniture by where they stand: `whole` (all of a line), `start`, or `any`."""
        return {
            where: tuple(fold_key(row["phrase"]) for row in self.furniture if row["where"] == where)
            for where in FURNITURE_PLACES
        }


def _facets(row: Row) -> tuple[str, ...]:
    """What a phrase of reporting brings with it: a clause («با بیان اینکه …»), or a medium's own claim."""
    if row["kind"] == "carried":
        return ("claim",) if row["note"] == _CLAIM else ()
    return ("clause",) if fold_key(row["phrase"]).endswith("اینکه") else ()


def _narrative_forms(stem: str) -> tuple[str, ...]:
    return stem, stem + "ند", stem + "ه بود", stem + "ه بودند", stem + "ه شد", stem + "ه شدند"


def _active_forms(row: Row) -> Iterator[str]:
    forms = [form for light in row.many("light") for form in _third_person(light)] + row.many("forms")
    for element in row.many("element") or [""]:
        yield from (f"{element} {form}".strip() for form in forms)


def _third_person(light: str) -> Iterator[str]:
    """Forms of a light verb that may itself have a fixed first part («قرار داد», «بر شمرد»)."""
    fixed, _, stem = light.rpartition(" ")
    return (f"{fixed} {form}".strip() for form in third_person(stem))


def _passive_forms(row: Row) -> Iterator[str]:
    for element in row.many("element"):
        for light in row.many("light"):
            passive = _PASSIVE.get(light)
            if passive:
                fixed, _, stem = passive.rpartition(" ")
                yield from (f"{element} {fixed} {form}".replace("  ", " ") for form in third_person(stem))


def load(folder: Path) -> Speech:
    """Read the words of reporting.

    Raises:
        DataError: naming file, line and remedy.
    """
    verbs = read_rows(folder / "verbs.csv", ("element", "light", "forms", "kind", "note"), ("kind",))
    cues = read_rows(folder / "cues.csv", ("phrase", "kind", "note"), ("phrase", "kind"))
    titles = read_rows(
        folder / "titles.csv",
        ("title_id", "role", "kind", "belongs", "single", "names", "name_en"),
        ("title_id", "names"),
    )
    words = read_rows(folder / "words.csv", ("word", "class", "note"), ("word", "class"))
    furniture = read_rows(folder / "furniture.csv", ("phrase", "where", "note"), ("phrase", "where"))
    check_allowed(verbs, "kind", VERB_KINDS)
    check_allowed(cues, "kind", CUE_KINDS)
    check_allowed(titles, "role", ROLES)
    check_allowed(titles, "kind", TITLE_KINDS)
    check_allowed(titles, "belongs", TITLE_BELONGS)
    check_allowed(titles, "single", ("yes",), empty=True)
    check_allowed(words, "class", WORD_CLASSES)
    check_allowed(furniture, "where", FURNITURE_PLACES)
    check_unique(cues, "phrase")
    check_unique(titles, "title_id")
    check_unique(words, "word", "class")
    for row in verbs:
        if not (row["light"] or row["forms"]):
            raise row.error("neither `light` nor `forms` is given", "Give a light verb's past stem or whole forms")
    return Speech(verbs, cues, {row["title_id"]: row for row in titles}, words, furniture)
