"""Articles from files and folders, all or none: the first that cannot be read is an error.

A file that is named is read whatever it is called. Of a folder, every file of a kind that is read, sub-folders
included, in the order of their names, except for what by its name is something else: hidden files and folders, files
and folders that begin with `expected` or `README`, and the tables people, offices, speakers, statements,
attributions, mentions, statement_topics and positions (an overlay of people, the tables of an extraction).
`list_files` says what it left out. A file that several paths lead to is read once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import batched
from pathlib import Path

import pandas as pd

from analysis.errors import InputError
from analysis.extract.actors import short_hash
from analysis.read.inputs import of_file
from analysis.read.items import Item
from analysis.read.limits import LIMITS
from analysis.read.records import FIELDS, Article
from analysis.read.sources import KINDS, read_file, unknown, walk

BATCH = 200
"""Articles held in memory at a time."""


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
        elif path.suffix.lower() not in KINDS or not path.is_file():
            raise unknown(str(path))
        else:
            listing.files.append(path)
    listing.files = list({path.resolve(): path for path in reversed(listing.files)}.values())[::-1]
    return listing


def _list_folder(folder: Path, listing: Listing) -> None:
    before = len(listing.files)
    for path, problem in walk(folder):
        (listing.left_out if problem else listing.files).append(path)
    if len(listing.files) == before:
        raise InputError(f"{folder}: the folder holds nothing to read. Put {' '.join(KINDS)} files into it.")


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
        for found in read_file(of_file(file), LIMITS):
            if isinstance(found, Item):
                yield _named(found, seen)
            elif found.code != "left_out" and not (found.code == "unknown_kind" and file.suffix.lower() == ".zip"):
                raise InputError(found.reason)


def _named(item: Item, seen: dict[str, str]) -> Article:
    """The article with its id, after a check that no other has it."""
    article, where = item.article, item.where
    given = article["article_id"]
    if not given and item.original.media_type == "text/plain":
        given = article["article_id"] = Path(item.original.name).stem
    article["article_id"] = given or short_hash(article["source"], article["text"])
    earlier = seen.setdefault(article["article_id"], where)
    if earlier is where:
        return article
    if given:
        raise InputError(f"{where}: its id {given!r} is that of {earlier} already. Give each article an id of its own.")
    raise InputError(
        f"{where}: the same text from the same source as {earlier}. Remove one of them, or give each an id."
    )


__all__ = ["FIELDS", "Listing", "iter_articles", "list_files", "read_articles"]
