"""The search index of an edition, which lies beside its columns, and of tables in memory.

Making one holds Python busy for half a minute at 100,000 statements, while others read pages: so a large one is made by
a process of its own, `python -m analysis.serve.searching FOLDER`, which says how far it is.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.config import ROOT
from analysis.errors import StoreError
from analysis.measure.facts import Facts
from analysis.measure.filters import Find
from analysis.schema import Tables
from analysis.search import index
from analysis.search.index import Index
from analysis.search.stems import fingerprint
from analysis.serve.columns import Progress
from analysis.serve.content import Content

_BATCH = 4_000
_SMALL = 5_000
"""Statements up to which an index is made in this process, in some two seconds."""
_HEAVY = 8
"""How many statements an article counts as in the progress."""


def open_index(content: Content, folder: Path | None, progress: Progress = lambda done: None) -> Index:
    """The search index of an edition, made where it is missing; some thousand texts are held at a time.

    Args:
        content: the edition.
        folder: where its columns lie, and its index; in memory where None.
        progress: told how much is done, from 0 to 1.

    Raises:
        StoreError: where the index cannot be written.
    """
    if folder is None:
        return _build(content, index.MEMORY, progress)
    place = _place(folder)
    if not place.exists():
        try:
            if len(content.facts.statements) <= _SMALL:
                return _build(content, place, progress)
            _in_a_process(folder, progress)
        except (OSError, sqlite3.Error) as error:
            raise StoreError(
                f"{place}: the search index cannot be written ({error}). "
                "Make room there, or name another folder in MAVAZE_CACHE."
            ) from error
    return Index.open(place)


def _place(folder: Path) -> Path:
    return folder / f"search-{index.FORMAT}-{fingerprint()}.sqlite"


def _in_a_process(folder: Path, progress: Progress) -> None:
    command = [sys.executable, "-m", "analysis.serve.searching", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        for line in process.stdout:
            progress(float(line))
        said = process.stderr.read().strip()
    if process.returncode:
        raise OSError(said.splitlines()[-1] if said else f"it ended with {process.returncode}")


def _build(content: Content, place: Path | str, progress: Progress) -> Index:
    facts = content.facts
    total, done = (len(facts.statements) + _HEAVY * len(facts.articles)) or 1, 0

    def told(rows: Iterable[np.ndarray], weight: int) -> Iterator[np.ndarray]:
        nonlocal done
        for some in rows:
            yield some
            done += weight * len(some)
            progress(done / total)

    statements = (text for rows in told(_batches(len(facts.statements)), 1) for text in _texts(content, rows))
    articles = (pair for rows in told(_batches(len(facts.articles)), _HEAVY) for pair in _articles(content, rows))
    return index.build(place, statements, articles, facts, content.speakers())


def finder(tables: Tables) -> Find:
    """What `Filters.apply` needs to find words in tables; the index is made when something is looked for."""

    def find(words: str) -> np.ndarray:
        articles = zip(tables.articles["title"], tables.articles["text"], strict=True)
        made = index.build(index.MEMORY, tables.statements["text"], articles, Facts.of(tables), tables.speakers)
        return made.find(words)

    return find


def _texts(content: Content, rows: np.ndarray) -> pd.Series:
    return content.statements(rows)["text"]


def _articles(content: Content, rows: np.ndarray) -> Iterator[tuple[str, str]]:
    found = content.articles(rows)
    return zip(found["title"], found["text"], strict=True)


def _batches(n: int) -> Iterator[np.ndarray]:
    return (np.arange(first, min(first + _BATCH, n)) for first in range(0, n, _BATCH))


def main(folder: Path) -> None:
    """Make the index of the edition in a folder, and say how far it is, a number a line."""
    os.nice(5)  # Whoever reads pages meanwhile comes first.
    _build(Content.open(folder), _place(folder), lambda done: print(f"{done:.4f}", flush=True))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
