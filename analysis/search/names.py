"""Names that a query may hold, in Persian or English, and what they stand for in the tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from analysis.config import DATA
from analysis.lexicon.labels import rows_of
from analysis.lexicon.tables import read_rows
from analysis.search.words import keys
from analysis.text.fold import fold_key

_ENGLISH, _ENGLISH_COLUMNS = DATA / "search" / "english_names.csv", ("kind", "id", "names")
LONGEST = 7
"""Words of the longest name that is looked for."""
_NOT_LETTERS = re.compile(r"[\W_]+")
_BRACKETS = re.compile(r"[()]")
_SHORTEST_SURNAME = 3
Form = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name stands for.

    Attributes:
        kind: `country`, `region`, `organisation`, `topic` or `speaker`.
        id: its id in the tables.
        codes: what statements are indexed with where they are about it or, of a speaker, theirs.
        forms: its Persian names as keys of words.
    """

    kind: str
    id: str
    codes: tuple[str, ...]
    forms: tuple[Form, ...]


@dataclass(frozen=True)
class Speaker:
    """A speaker of the edition as the index keeps it; `aliases` are joined by `|`."""

    id: str
    name_fa: str
    name_en: str
    kind: str
    aliases: str


class Names:
    """All names of the lexicon and of an edition's speakers.

    Args:
        speakers: those of the edition; anonymous sources have no names.
    """

    def __init__(self, speakers: Iterable[Speaker] = ()) -> None:
        self._by_key: dict[str, dict[Meaning, None]] = {key: dict(found) for key, found in _fixed().items()}
        for speaker in speakers:
            if speaker.kind != "anonymous":
                self._add_speaker(speaker)

    def of(self, text: str) -> tuple[Meaning, ...]:
        """What a name in any spelling stands for; several where several bear it, none where it is no name."""
        return tuple(self._by_key.get(name_key(text), ()))

    def _add_speaker(self, speaker: Speaker) -> None:
        aliases = [alias.strip() for alias in speaker.aliases.split("|") if alias.strip()]
        persian = [speaker.name_fa, *(alias for alias in aliases if not alias.isascii())]
        codes = (f"speaker:{speaker.id}", f"person:{speaker.id}")
        meaning = Meaning("speaker", speaker.id, codes, _forms(persian))
        names = [*persian, speaker.name_en, *aliases]
        if speaker.kind == "person" and len(surname := speaker.name_en.split(" ")[-1]) >= _SHORTEST_SURNAME:
            names.append(surname)
        for name in names:
            if key := name_key(name):
                self._by_key.setdefault(key, {})[meaning] = None


def name_key(text: str) -> str:
    """The letters and digits of a name, folded, without accents: equal for all ways to write it."""
    plain = text
    if not text.isascii():
        plain = (
            "".join(char for char in unicodedata.normalize("NFKD", text) if char.isascii()) if _latin(text) else text
        )
    return _NOT_LETTERS.sub("", fold_key(plain))


def _latin(text: str) -> bool:
    return any(char.isascii() and char.isalpha() for char in text)


def _forms(names: Iterable[str]) -> tuple[Form, ...]:
    return tuple(form for form in dict.fromkeys(tuple(keys(name)) for name in names) if form)


@cache
def _fixed() -> dict[str, dict[Meaning, None]]:
    found: dict[str, dict[Meaning, None]] = {}
    more = {(row["kind"], row["id"]): row.many("names") for row in read_rows(_ENGLISH, _ENGLISH_COLUMNS)}
    for names, meaning in [*_places(), *_topics()]:
        for name in [*names, *more.get((meaning.kind, meaning.id), ())]:
            if key := name_key(name):
                found.setdefault(key, {})[meaning] = None
    return found


def _places() -> Iterator[tuple[list[str], Meaning]]:
    files = {"country": "countries", "region": "regions", "organisation": "organisations"}
    for kind, file in files.items():
        for identity, row in rows_of(f"lexicon/{file}.csv").items():
            unsure = set(row.get("ambiguous", "").split("|"))
            persian = [name for name in (row["name_fa"], *row["names"].split("|")) if name and name not in unsure]
            # A state's id is a common word of English more often than not (IN, TO); a body's is its abbreviation.
            names = [*persian, row["name_en"], *([identity] if kind == "organisation" else [])]
            yield names, Meaning(kind, identity, (f"{kind}:{identity}",), _forms(persian))


def _topics() -> Iterator[tuple[list[str], Meaning]]:
    """Topics by their English name and by each longer word of it: in Persian one searches for the words themselves."""
    for identity, row in rows_of("codebook/topics.csv").items():
        forms = _forms(_BRACKETS.split(row["label_fa"]))
        name = row["label_en"]
        words = [word for word in re.findall(r"\w+", name) if len(word) > 3]
        yield [name, *words], Meaning("topic", identity, (f"topic:{identity}",), forms)
