"""The search index of an edition, which lies beside its columns, and of tables in memory.

Making it takes longer than making the columns and holds Python busy, so that a large one is made by a process of its
own: `python -m analysis.serve.searching FOLDER` writes it into an edition's folder and says how far it is.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

import numpy as np

from analysis.config import ROOT
from analysis.errors import StoreError
from analysis.measure.facts import Facts
from analysis.measure.filters import Find
from analysis.schema import Tables
from analysis.search import index
from analysis.search.index import Index
from analysis.serve.columns import Progress
from analysis.serve.content import Content

_BATCH = 4_000
_SMALL = 5_000
"""Statements up to which the index is made at once, in some two seconds."""
_ARTICLE = 6
"""How many statements an article counts as, where it is said how far an index is."""
_MAKES = tuple(
    ROOT / name for name in ("data/search", "data/lexicon", "data/codebook", "analysis/search", "analysis/text")
)
"""The folders whose words and code decide what an index holds."""


def open_index(content: Content, progress: Progress = lambda done: None) -> Index:
    """The search index of an edition; it is made where it is missing, and where words or code are others than then.

    Args:
        content: the edition.
        progress: told how much is done, from 0 to 1.

    Raises:
        StoreError: where it cannot be written.
    """
    if content.folder is None:
        return index_of(content, progress=progress)
    place = content.folder / f"search-{_fingerprint()}.sqlite"
    if not place.exists():
        try:
            if len(content.facts.statements) <= _SMALL:
                index_of(content, place, progress)
            else:
                _in_a_process(content.folder, progress)
        except (OSError, sqlite3.Error) as error:
            raise StoreError(
                f"{place}: the search index cannot be written ({error}). Make room there, or name another folder in "
                "MAVAZE_CACHE."
            ) from error
    return Index.open(place)


def index_of(content: Content, place: Path | str = index.MEMORY, progress: Progress = lambda done: None) -> Index:
    """Make the index of an edition, holding the texts of some thousand rows at a time.

    Args:
        content: the edition.
        place: the file to write; in memory by default.
        progress: told how much is done, from 0 to 1.

    Raises:
        OSError: where the file cannot be written.
    """
    facts = content.facts
    n, articles = len(facts.statements), len(facts.articles)

    def tell(statements_done: int, articles_done: int) -> None:
        progress((statements_done + _ARTICLE * articles_done) / (n + _ARTICLE * articles))

    def statements() -> Iterator[str]:
        for rows in _batches(n):
            yield from content.statements(rows)["text"]
            tell(int(rows[-1]) + 1, 0)

    def titles_and_texts() -> Iterator[tuple[str, str]]:
        for rows in _batches(articles):
            found = content.articles(rows)
            yield from zip(found["title"], found["text"], strict=True)
            tell(n, int(rows[-1]) + 1)

    return index.build(place, statements(), titles_and_texts(), facts, content.speakers())


def finder(tables: Tables) -> Find:
    """What `Filters.apply` needs to find words in tables; the index is made when something is looked for."""

    def find(words: str) -> np.ndarray:
        articles = zip(tables.articles["title"], tables.articles["text"], strict=True)
        made = index.build(index.MEMORY, tables.statements["text"], articles, Facts.of(tables), tables.speakers)
        return made.find(words)

    return find


def _batches(n: int) -> Iterator[np.ndarray]:
    return (np.arange(first, min(first + _BATCH, n)) for first in range(0, n, _BATCH))


@cache
def _fingerprint() -> str:
    """A hash of the words and the code that make an index."""
    digest = hashlib.blake2b(version("hazm").encode(), digest_size=8)
    for folder in _MAKES:
        for path in sorted(p for p in folder.rglob("*") if p.suffix in {".py", ".csv", ".txt", ".toml"}):
            digest.update(str(path.relative_to(folder)).encode() + path.read_bytes())
    return digest.hexdigest()


def _in_a_process(folder: Path, progress: Progress) -> None:
    command = [sys.executable, "-m", "analysis.serve.searching", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        for line in process.stdout:
            progress(float(line))
        said = process.stderr.read().strip()
    if process.returncode:
        raise OSError(said.splitlines()[-1] if said else f"ended with {process.returncode}")


def main(folder: Path) -> None:
    """Make the index of the edition in a folder, and say how far it is, a number a line."""
    os.nice(5)  # Whoever reads pages meanwhile comes first.
    content = Content.open(folder)
    place = folder / f"search-{_fingerprint()}.sqlite"
    index_of(content, place, lambda done: print(f"{done:.4f}", flush=True))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
