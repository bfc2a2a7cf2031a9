"""From a folded word to its key: what stays of it without plurals, «ی», clitics, «می» and comparatives.

An ending is taken off only where a word that the lists know stays; a word that is listed itself keeps its ending
(«قوی», «سازمان»). The lists are hazm's words that its corpus really has, and the names of the lexicon. What these rules
would join or part wrongly stands in `data/search/spellings.csv` and `kept_endings.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hazm import verbs_list, words_list

from analysis.config import DATA
from analysis.lexicon.tables import Row, check_unique, read_rows
from analysis.text.fold import fold_key, fold_words

_PLURALS = ("ها", "های", "هایی", "هایم", "هایت", "هایش", "هایمان", "هایتان", "هایشان")
_COMPARATIVES = ("تر", "ترین", "ترها", "ترینها", "تری")
APART_ENDINGS = frozenset((*_PLURALS, "ای", "یی", "ی", "تر", "ترین", "اند", "ایم"))
"""Endings that are also written apart, behind a space."""
JOINED_ENDINGS = APART_ENDINGS | {*_COMPARATIVES, "ان", "ام", "ات", "اش", "م", "ت", "ش", "مان", "تان", "شان"}
JOINED_ENDINGS |= {"اید", "ست", "است"}
"""Endings that may stand behind a ZWNJ."""
VERB_SIGNS = frozenset(("می", "نمی"))
"""What stands before a verb, apart, joined or glued."""

_PLURAL = tuple(sorted(_PLURALS, key=len, reverse=True))
_GLUED = (
    *((ending, "") for ending in _PLURAL),
    *((ending, "") for ending in sorted(_COMPARATIVES, key=len, reverse=True)),
    *((ending, "او") for ending in ("یشان", "یمان", "یتان", "یش", "یم", "یت", "یان", "یی")),
    *((ending, "ه") for ending in ("اش", "ام", "ای", "اند")),
    *((ending, "") for ending in ("شان", "مان", "تان", "ات", "ست", "ان", "ی", "م", "ت", "ش")),
)
"""Endings as they are glued, longest first, with the letters of which one must stand before them («ای» in «هسته‌ای»)."""
_SHORTEST = 3
"""Letters that must stay; before «ها» two are enough («آن‌ها»)."""
_REALLY_THERE = 1
"""How often hazm's corpus has a word that counts as known; its list holds many more that nobody writes."""
_PERSONS = ("یم", "ید", "ند", "م", "ی", "د", "")
_NO_JOINERS = frozenset("ادذرزژو")
"""Letters after which no letter is joined: behind them two words look the same with and without a space."""
_LISTS = ("countries", "people")
"""Lists of the lexicon whose names count as known words."""
_PERSON_COLUMNS = ("speaker_id", "name_fa", "name_en", "names", "kind", "country", "wikidata", "source", "checked")


@dataclass(frozen=True)
class Stems:
    """The lists that decide, folded.

    Attributes:
        known: words that keep their ending.
        plurals: known words that are broken or Arabic plurals («مذاکرات»).
        parts: glued writing of known compounds to their parts («رئیسجمهور»).
        spellings: other spellings of a word to the first («گفت‌وگو» to «گفتگو»).
        several: spellings of several words, as their parts, to that first one.
        verbs: stems of verbs, past or present, to the past stem.
    """

    known: frozenset[str]
    plurals: frozenset[str]
    parts: dict[str, tuple[str, ...]]
    spellings: dict[str, str]
    several: dict[tuple[str, ...], str]
    verbs: dict[str, str]

    def key(self, word: str) -> str:
        """The key of one folded word; of a word that no rule fits, the word itself."""
        return self._known(word) or self._verb(word) or self._plural(word) or word

    def keys(self, word: str) -> tuple[str, ...]:
        """The keys of a word written in one piece, which may be two words glued («وزیرخارجه»)."""
        found = self._known(word) or self._verb(word)
        if found:
            parts = self.parts.get(found)
            return tuple(key for part in parts for key in self.keys(part)) if parts else (found,)
        if plain := self._plural(word):
            return self.keys(plain)
        return self._split(word) or (word,)

    def is_solid(self, word: str) -> bool:
        """Whether letters are one word that the lists know, with or without an ending."""
        found = self._known(word)
        return bool(found) and found not in self.parts

    def _known(self, word: str, depth: int = 3) -> str:
        if word in self.spellings:
            return self.spellings[word]
        if word in self.plurals:
            return self._singular(word) or word
        if word in self.known or word in self.parts:
            return word
        if depth:
            if word.endswith("گان") and word[:-3] + "ه" in self.known:
                return word[:-3] + "ه"
            for ending, after in _GLUED:
                if not word.endswith(ending):
                    continue
                rest = word[: -len(ending)]
                if len(rest) < (2 if ending in _PLURAL else _SHORTEST) or (after and rest[-1] not in after):
                    continue
                if found := self._known(rest, depth - 1):
                    return found
        return ""

    def _singular(self, word: str) -> str:
        for ending, added in (("ات", "ه"), ("ات", ""), ("ان", ""), ("ین", "")):
            rest = word.removesuffix(ending)
            if rest != word and len(rest) >= _SHORTEST and rest + added in self.known:
                return rest + added
        return ""

    def _verb(self, word: str) -> str:
        for sign in ("نمی", "می", "ن", "ب", ""):
            if word.startswith(sign):
                rest = word[len(sign) :]
                for person in _PERSONS if sign else _PERSONS[:-1]:
                    stem = rest.removesuffix(person)
                    if (stem != rest or not person) and len(stem) >= 2 and stem in self.verbs:
                        return self.verbs[stem]
        return ""

    def _plural(self, word: str) -> str:
        """A word that no list holds without its «ها»: nothing else ends like that."""
        for ending in _PLURAL:
            if word.endswith(ending) and len(word) - len(ending) >= 2:
                return word[: -len(ending)]
        return ""

    def _split(self, word: str) -> tuple[str, ...]:
        if len(word) > 4 and word[0] == "ب" and (rest := self._known(word[1:])):
            return ("به", *self.keys(rest))
        for at in range(3, len(word) - 2):
            first, second = word[:at], word[at:]
            seen = first[-1] in _NO_JOINERS or min(at, len(second)) > _SHORTEST
            if seen and first in self.known and (found := self._known(second)):
                return (*self.keys(first), *self.keys(found))
        return ()


@cache
def load(data: Path = DATA) -> Stems:
    """The lists of hazm and of the lexicon.

    Raises:
        DataError: naming file, line and remedy.
    """
    spelled = read_rows(data / "search" / "spellings.csv", ("word", "spellings"), ("word", "spellings"))
    spellings = _spellings(spelled)
    several = {tuple(pieces(form)): fold_key(row["word"]) for row in spelled for form in row.many("spellings")}
    kept = read_rows(data / "search" / "kept_endings.csv", ("word",), ("word",))
    check_unique(kept, "word")
    listed = [(word, tags) for word, count, tags in words_list() if count >= _REALLY_THERE]
    whole = dict(zip(fold_words(word for word, _ in listed), listed, strict=True))
    known = {key for key, (word, _) in whole.items() if "\u200c" not in word}
    known |= set(spellings.values()) | set(fold_words(row["word"] for row in kept))
    demonyms, names = _names(data / "lexicon")
    known = (known | {piece for name in names for piece in pieces(name) if len(piece) >= _SHORTEST}) - demonyms
    compounds = [*(word for word, _ in whole.values() if "\u200c" in word), *names]
    parts = {
        "".join(some): some
        for word in compounds
        if "\u200c" in word and " " not in word
        for some in _runs([piece for piece in pieces(word) if piece not in JOINED_ENDINGS])
    }
    verbs = _verbs()
    past = {stem for stem in verbs.values() if len(stem) >= _SHORTEST}
    known |= past
    spellings = {f"ن{stem}": stem for stem in past if f"ن{stem}" not in known} | spellings
    return Stems(
        known=frozenset(known),
        plurals=frozenset(key for key, (_, tags) in whole.items() if "PL" in tags)
        - set(fold_words(row["word"] for row in kept)),
        parts={key: value for key, value in parts.items() if key not in known},
        spellings=spellings,
        several={form: key for form, key in several.items() if len(form) > 1},
        verbs=verbs,
    )


def pieces(word: str) -> Iterator[str]:
    """The folded parts of a word or name that spaces and ZWNJ set apart."""
    return (fold_key(piece) for piece in re.split(r"[\s\u200c]+", word) if fold_key(piece))


def _runs(parts: list[str]) -> Iterator[tuple[str, ...]]:
    """Every two or more parts of a compound that stand together."""
    for first in range(len(parts)):
        for last in range(first + 2, len(parts) + 1):
            yield tuple(parts[first:last])


def _names(folder: Path) -> tuple[set[str], list[str]]:
    """Demonyms, which do lose their «ی», and the names of people and states, which keep what looks like an ending."""
    from analysis.lexicon.places import COUNTRY_COLUMNS

    countries = read_rows(folder / "countries.csv", COUNTRY_COLUMNS)
    people = read_rows(folder / "people.csv", _PERSON_COLUMNS)
    demonyms = {piece for row in countries for name in row.many("demonyms") for piece in pieces(name)}
    states = [name for row in countries for name in (row["name_fa"], *row.many("names"), *row.many("capitals"))]
    return demonyms - {piece for name in states for piece in pieces(name)}, [*states, *_of_people(people)]


def _of_people(people: Iterable[Row]) -> Iterator[str]:
    for row in people:
        yield from (row["name_fa"], *row.many("names"))


def _spellings(rows: list[Row]) -> dict[str, str]:
    check_unique(rows, "word")
    found: dict[str, str] = {}
    for row in rows:
        first = fold_key(row["word"])
        for form in (row["word"], *row.many("spellings")):
            key = fold_key(form)
            if found.setdefault(key, first) != first:
                raise row.error(f"{form} stands for {found[key]} already", "Merge the two lines")
    return found


def _verbs() -> dict[str, str]:
    stems: dict[str, str] = {}
    for verb in verbs_list():
        past, _, present = verb.partition("#")
        for stem in (past, present):
            if stem:
                stems.setdefault(fold_key(stem), fold_key(past))
    return stems
