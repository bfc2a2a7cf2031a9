"""Articles from files and folders.

A file that is named is read whatever it is called. Of a folder, every .txt, .jsonl, .json and .csv file is read,
sub-folders included, in the order of their names, except for what by its name is something else: hidden files and
folders, files and folders that begin with `expected` or `README`, and the CSV files people, offices, speakers,
statements, attributions, mentions, statement_topics and positions (an overlay of people, the tables of an
extraction). `list_files` says what it left out. A file that several paths lead to is read once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import batched
from pathlib import Path

import pandas as pd

from analysis.errors import InputError
from analysis.extract.actors import short_hash
from analysis.read.records import FIELDS, READERS, Article, Found, read_file
from analysis.schema import ARTICLES, TABLES

BATCH = 200
"""Articles held in memory at a time."""
_OTHER_NAMES = ("expected", "readme", ".")
_OTHER_TABLES = {table.name for table in TABLES if table is not ARTICLES} | {"people"}


@dataclass(slots=True)
class Listing:
    """The files to read, in order, and what of the folders was left out (hidden files aside)."""

    files: list[Path] = field(default_factory=list)
    left_out: list[Path] = field(default_factory=list)


def list_files(paths: Iterable[Path]) -> Listing:
    """The files that some files and folders stand for, each once.

    Raises:
        InputError: where a path is missing, a file is of a kind that is not read, or a folder holds nothing to read.
    """
    listing = Listing()
    for path in paths:
        if path.is_dir():
            _list_folder(path, listing)
        elif not path.exists():
            raise InputError(f"{path}: there is no such file or folder. Check the path.")
        elif path.suffix.lower() not in READERS or not path.is_file():
            raise InputError(f"{path}: not a file that is read here. Give {_kinds()}, or a folder of these.")
        else:
            listing.files.append(path)
    listing.files = list({path.resolve(): path for path in reversed(listing.files)}.values())[::-1]
    return listing


def _kinds() -> str:
    return " ".join(READERS)


def _list_folder(folder: Path, listing: Listing) -> None:
    before = len(listing.files)
    for place, folders, names in folder.walk():
        others = {name for name in folders if name.lower().startswith(_OTHER_NAMES)}
        folders[:] = sorted(set(folders) - others)
        for path in (place / name for name in sorted([*names, *others])):
            if _is_article_file(path):
                listing.files.append(path)
            elif not (path.name.startswith(".") or _describes(path)):
                listing.left_out.append(path)
    if len(listing.files) == before:
        raise InputError(f"{folder}: the folder holds nothing to read. Put {_kinds()} files into it.")


def _is_article_file(path: Path) -> bool:
    suffix = path.suffix.lower()
    other = path.name.lower().startswith(_OTHER_NAMES) or (suffix == ".csv" and path.stem.lower() in _OTHER_TABLES)
    return suffix in READERS and not other and path.is_file()


def _describes(path: Path) -> bool:
    """Whether it is the .toml of a .txt."""
    return path.suffix == ".toml" and path.with_suffix(".txt").is_file()


def read_articles(paths: Iterable[Path]) -> pd.DataFrame:
    """All articles of some files and folders, as `analysis.extract` takes them.

    Returns:
        a row an article with the text columns of `FIELDS`; `published` is ISO 8601, "" stands for unknown. The id is
        the one given, else the name of a .txt, else a hash of source and text.

    Raises:
        InputError: as `list_files`, and for whatever is wrong within a file.
    """
    return pd.concat(iter_articles(paths), ignore_index=True)


def iter_articles(paths: Iterable[Path], *, batch: int = BATCH) -> Iterator[pd.DataFrame]:
    """Like `read_articles`, in frames of at most `batch` articles; holds one frame and all ids in memory."""
    for found in batched(_articles(list_files(paths).files), batch):
        yield pd.DataFrame(found, columns=list(FIELDS), dtype="str")


def _articles(files: list[Path]) -> Iterator[Article]:
    seen: dict[str, str] = {}
    for file in files:
        for where, article in read_file(file):
            _note(where, article, seen)
            yield article


def _note(where: str, article: Article, seen: dict[str, str]) -> None:
    """Give an article its id and check that no other has it."""
    given = article["article_id"]
    article["article_id"] = given or short_hash(article["source"], article["text"])
    earlier = seen.setdefault(article["article_id"], where)
    if earlier is where:
        return
    if given:
        raise InputError(f"{where}: its id {given!r} is that of {earlier} already. Give each article an id of its own.")
    raise InputError(
        f"{where}: the same text from the same source as {earlier}. Remove one of them, or give each an id."
    )


__all__ = ["FIELDS", "Found", "Listing", "iter_articles", "list_files", "read_articles"]
