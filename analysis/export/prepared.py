"""The tables of the seeds, extracted beforehand, so that the first view opens at once.

They are derived and can be deleted at any time. They lie in a folder named after a fingerprint of everything that
makes them (words, seeds, code), so tables that no longer fit are never found.
"""

from __future__ import annotations

import hashlib
import shutil
from functools import cache
from pathlib import Path

import pandas as pd

from analysis.config import CACHE, ROOT, SEEDS
from analysis.export.tables import TableWriter
from analysis.lexicon.words import Words
from analysis.read import seeds
from analysis.schema import TABLES, Tables
from analysis.store.duplicates import copies_among

_SUFFIXES = {".py", ".csv", ".toml", ".txt"}


@cache
def fingerprint() -> str:
    """A hash of the words, the seeds and the code that make the tables."""
    digest = hashlib.blake2b(Words().fingerprint().encode(), digest_size=8)
    for folder in (SEEDS, ROOT / "analysis" / "read", ROOT / "analysis" / "store" / "duplicates.py"):
        files = [folder] if folder.is_file() else folder.rglob("*")
        for path in sorted(p for p in files if p.suffix in _SUFFIXES):
            digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def extracted() -> Tables:
    """The tables of the seeds, with their near copies told as a store tells them."""
    tables = seeds.load()
    tables.articles = tables.articles.assign(duplicate_of=copies_among(tables.articles))
    return tables


def prepare(folder: Path = CACHE) -> Path:
    """Extract the seeds and keep their tables, in place of those kept before.

    Returns:
        The folder that holds them.

    Raises:
        MavazeError: where the words or the seeds break a rule, or the folder cannot be written.
    """
    kept = folder / f"seeds-{fingerprint()}"
    if not kept.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        with TableWriter(kept, "parquet") as writer:
            writer.add(extracted())
    for old in folder.glob("seeds-*"):
        if old != kept:
            shutil.rmtree(old, ignore_errors=True)
    return kept


def load(folder: Path = CACHE) -> Tables:
    """The tables of the seeds: those kept by `prepare` where they still fit, freshly extracted ones otherwise."""
    kept = folder / f"seeds-{fingerprint()}"
    if not kept.is_dir():
        return extracted()
    return Tables(**{table.name: table.frame(pd.read_parquet(kept / f"{table.name}.parquet")) for table in TABLES})


if __name__ == "__main__":
    prepare()
