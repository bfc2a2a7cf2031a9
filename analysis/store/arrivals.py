"""What a reader delivers, as articles of the store: with the store's id, checked, and the bytes that they came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from time import monotonic

import pandas as pd

from analysis.errors import InputError
from analysis.extract.actors import short_hash
from analysis.extract.pipeline import prepare_articles
from analysis.read.items import Item, Original, Rejected
from analysis.store.report import Line

MOST_BYTES = 1 << 26
"""Bytes of originals and texts that a batch holds at most; a single article may be larger."""
MOST_SECONDS = 60.0
"""How long an article of a slow feed waits for others before it is kept."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article on its way in.

    Attributes:
        where: where it was read.
        row: the columns of `schema.ARTICLES`, `duplicate_of` and `batch_id` still empty.
        original: the bytes that it came from.
        named_by_file: whether its id is only the name of its file, which another article may have as well.
    """

    where: str
    row: dict[str, object]
    original: Original
    named_by_file: bool = False

    @property
    def article_id(self) -> str:
        """The store's id."""
        return str(self.row["article_id"])

    @property
    def text(self) -> str:
        """The article's text."""
        return str(self.row["text"])

    @property
    def content_hash(self) -> str:
        """The hash of the text."""
        return str(self.row["content_hash"])

    def line(self, outcome: str, reason: str = "", *, other: str = "", similarity: float = 0.0, code: str = "") -> Line:
        """What became of it."""
        return Line(self.where, outcome, code, reason, self.article_id, str(self.row["title"]), other, similarity)


def store_id(source: str, given: str, url: str, text: str) -> str:
    """The store's id of an article.

    Args:
        source: the outlet, or the collection where the outlet is not known.
        given: the id that the input gives; the URL, else the text stands in for it.
        url: where the article stands on the web.
        text: its text.
    """
    return short_hash(source, given or url or text)


def prepare(items: Sequence[Item], collection: str) -> tuple[list[Arrival], list[Line]]:
    """Articles as the store takes them, and those that cannot be taken.

    Args:
        items: what the readers delivered.
        collection: the collection to put them into; where empty, each keeps the one that it brings.
    """
    if not items:
        return [], []
    try:
        return _prepare(items, collection), []
    except (InputError, ValueError) as error:
        if len(items) == 1:
            where = items[0].where
            return [], [Line(where, "rejected", "bad_record", f"{where}: {error}", title=items[0].article["title"])]
    middle = len(items) // 2
    halves = [prepare(part, collection) for part in (items[:middle], items[middle:])]
    return [a for arrivals, _ in halves for a in arrivals], [line for _, lines in halves for line in lines]


def _prepare(items: Sequence[Item], collection: str) -> list[Arrival]:
    given = [_given(item, collection) for item in items]
    # The rows of one article that comes twice share an id, which a table may not: they are checked under their number.
    table = prepare_articles(pd.DataFrame(given).assign(article_id=[str(i) for i in range(len(given))]))
    rows = table.to_dict("records")
    return [
        Arrival(
            item.where,
            {str(name): value for name, value in row.items()} | {"article_id": fields["article_id"]},
            item.original,
            _named_by_file(item),
        )
        for item, row, fields in zip(items, rows, given, strict=True)
    ]


def _given(item: Item, collection: str) -> dict[str, str]:
    article = item.article
    group = collection or article["collection"]
    key = article["external_id"] or article["article_id"]
    return article | {
        "article_id": store_id(article["source"] or group, key, article["url"], article["text"]),
        "external_id": key,
        "collection": group,
    }


def _named_by_file(item: Item) -> bool:
    name = item.original.name.replace("\\", "/").rpartition("/")[2]
    return not item.article["external_id"] and item.article["article_id"] == name.rpartition(".")[0] != ""


def gather(items: Iterable[Item | Rejected], most: int) -> Iterator[list[Item | Rejected]]:
    """Cut what readers deliver into batches: of at most `most`, of bounded size, none kept waiting for long."""
    batch: list[Item | Rejected] = []
    size, since = 0, monotonic()
    for item in items:
        if not batch:
            size, since = 0, monotonic()
        batch.append(item)
        if isinstance(item, Item):
            size += len(item.original.data) + 4 * len(item.article["text"])
        if len(batch) >= most or size >= MOST_BYTES or monotonic() - since >= MOST_SECONDS:
            yield batch
            batch = []
    if batch:
        yield batch


__all__ = ["MOST_BYTES", "MOST_SECONDS", "Arrival", "gather", "prepare", "store_id"]
