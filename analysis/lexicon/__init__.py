"""The words that the rules work with: read from `data/`, checked, and compiled into one matcher."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path

from analysis.config import DATA
from analysis.lexicon import borrowed, codebook, people, places, speech, stance, weights
from analysis.lexicon.codebook import CodeBook
from analysis.lexicon.matcher import Layered, Matcher
from analysis.lexicon.overlay import Overlay
from analysis.lexicon.people import People
from analysis.lexicon.places import Places
from analysis.lexicon.speech import Speech
from analysis.lexicon.stance import Stance
from analysis.lexicon.tables import check_allowed
from analysis.lexicon.weights import Weights, load_model
from analysis.text.fold import fold_key, fold_words

_RARE = 1000
_TANWIN = ("\u0627\u064b", "\u064b\u0627")
"""The ending that only adverbs have («رسماً»)."""


@dataclass(frozen=True)
class Lexicon:
    """Everything that `data/` holds, checked, with the matcher compiled from it. Build it with `load`."""

    places: Places
    people: People
    speech: Speech
    codebook: CodeBook
    stance: Stance
    confidence: Weights
    position_weights: dict[str, Weights]
    matcher: Matcher

    @cached_property
    def known_words(self) -> frozenset[str]:
        """Folded words of hazm's list: what is not among them, before a title, is a name.

        Words that its corpus hardly has are foreign names; those with no count are inflected forms.
        """
        return _known_words()

    @cached_property
    def kind_of_word(self) -> Callable[[str], str]:
        """What a word that no lexicon lists is in a sentence: `finite`, `adverb`, `word`, `number` or `mark`."""
        finite = self.speech.finite_forms

        @lru_cache(maxsize=1 << 16)
        def kind(word: str) -> str:
            if not word[0].isalpha():
                return "number" if word[0].isdigit() else "mark"
            return "finite" if fold_key(word) in finite else "adverb" if word.endswith(_TANWIN) else "word"

        return kind

    @cached_property
    def function_words(self) -> frozenset[str]:
        """Folded words that carry no content of their own."""
        return frozenset(fold_words(borrowed.stop_words()))


@cache
def _known_words() -> frozenset[str]:
    return frozenset(fold_words(word for word, count in borrowed.word_counts() if not 0 < count < _RARE))


def load(data: Path = DATA, people_folder: Path | None = None, overlay: Overlay | None = None) -> Lexicon:
    """Read and compile the lexicon; once for each pair of folders in a process.

    Args:
        data: the folder that holds `lexicon/` and `codebook/`.
        people_folder: where people.csv and offices.csv lie, if not in `data/lexicon` (an overlay of invented people
            for the demonstration collection).
        overlay: words that people added to a store, or took out.

    Raises:
        DataError: naming file, line and remedy.
    """
    folder = people_folder or data / "lexicon"
    return _overlaid(data, folder, overlay) if overlay else _load(data, folder)


@cache
def _load(data: Path, people_folder: Path) -> Lexicon:
    words = data / "lexicon"
    parts = (
        places.load(words),
        people.load(people_folder, people.load_given_names(words)),
        speech.load(words),
        codebook.load(data / "codebook"),
        stance.load(words),
    )
    rows = [*parts[1].people.values(), *(office.row for office in parts[1].offices)]
    check_allowed(rows, "country", tuple(parts[0].countries), empty=True)
    matcher = Matcher(entry for part in parts for entry in part.entries())
    return Lexicon(
        *parts,
        confidence=load_model(words / "confidence.toml", "statement"),
        position_weights=weights.load(words / "position_weights.toml"),
        matcher=matcher,
    )


@lru_cache(maxsize=8)
def _overlaid(data: Path, people_folder: Path, overlay: Overlay) -> Lexicon:
    known = _load(data, people_folder)
    people, book = overlay.over_people(known.people), overlay.over_codebook(known.codebook)
    before = dict.fromkeys([*known.people.entries(), *known.codebook.entries()])
    after = dict.fromkeys([*people.entries(), *book.entries()])
    matcher = Layered(known.matcher, (e for e in after if e not in before), before.keys() - after.keys())
    return replace(known, people=people, codebook=book, matcher=matcher)
