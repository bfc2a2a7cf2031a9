"""Which words to read with, and a fingerprint of all that decides what an extraction finds."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path

from analysis.config import DATA, ROOT
from analysis.lexicon import Lexicon, load
from analysis.lexicon.overlay import NOTHING, Overlay

_CODE = ("text", "lexicon", "extract", "schema.py", "config.py")
"""What of the code takes part in an extraction."""
_PEOPLE = ("people.csv", "offices.csv")


@dataclass(frozen=True, slots=True)
class Words:
    """What a lexicon is loaded from; unlike the lexicon itself it goes to another process cheaply.

    Attributes:
        data: the folder that holds `lexicon/` and `codebook/`.
        people: where people.csv and offices.csv lie, if not in `data/lexicon`.
        overlay: words that people added to a store.
    """

    data: Path = DATA
    people: Path | None = None
    overlay: Overlay = NOTHING

    def load(self) -> Lexicon:
        """The compiled lexicon, once in a process; raises `DataError` as `analysis.lexicon.load`."""
        return load(self.data, self.people, self.overlay)

    def under(self, overlay: Overlay) -> Words:
        """The same folders with another overlay."""
        return replace(self, overlay=overlay)

    def fingerprint(self) -> str:
        """A hash of the words and the code; two extractions under one fingerprint find the same."""
        own = _fingerprint(self.data, self.people)
        if not self.overlay:
            return own
        return hashlib.blake2b(f"{own}{self.overlay}".encode(), digest_size=8).hexdigest()


@cache
def _fingerprint(data: Path, people: Path | None) -> str:
    digest = hashlib.blake2b(version("hazm").encode(), digest_size=8)
    for folder in (data / "lexicon", data / "codebook"):
        for path in _files(folder, ".csv", ".toml", ".txt"):
            if people is None or path.name not in _PEOPLE:
                digest.update(path.relative_to(data).as_posix().encode() + path.read_bytes())
    for path in [people / name for name in _PEOPLE] if people else []:
        digest.update(path.name.encode() + path.read_bytes())
    for part in _CODE:
        for path in _files(ROOT / "analysis" / part, ".py"):
            digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def _files(place: Path, *suffixes: str) -> list[Path]:
    found = [place] if place.is_file() else place.rglob("*")
    return sorted(path for path in found if path.suffix in suffixes)
