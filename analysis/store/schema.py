"""The store's own tables, in the manner of `analysis.schema`: what lies on the disk beside the contract's columns."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from analysis import schema
from analysis.schema import BYTES, FLAG, INTEGER, NUMBER, TEXT, TIME, Column, Table

FORMAT = 1
"""The number of this layout; a store written by a newer one is not opened."""
KINDS = ("add", "refresh", "remove", "restore", "purge", "compact", "correct", "import")
"""What a batch does."""
HIDES_ALL = ("add", "import", "remove", "purge")
"""Kinds whose superseded articles lose text and codes; `refresh` hides codes only."""
RESTORABLE = ("remove", "refresh")
"""Kinds that a later `restore` may take back."""

ORIGINALS = Table(
    "originals",
    ("article_id",),
    (
        Column("article_id", TEXT, "the article"),
        Column("name", TEXT, "file name or URL that it came from"),
        Column("media_type", TEXT, "what the bytes are: text/html, application/pdf, …"),
        Column("reader", TEXT, "which reader made the article of them, with its library's version"),
        Column("published_from", TEXT, "what the time of publication was read from"),
        Column("data", BYTES, "the bytes as they came"),
    ),
)
BANDS = Table(
    "bands",
    ("article_id", "band"),
    (
        Column("article_id", TEXT, "the article"),
        Column("band", INTEGER, "which band of its MinHash signature"),
        Column("value", INTEGER, "the band's hash; articles that share one are compared"),
    ),
)
CORRECTIONS = Table(
    "corrections",
    ("correction_id",),
    (
        Column("correction_id", TEXT, "stable id"),
        Column("at", TIME, "when it was made"),
        Column("who", TEXT, "who made it"),
        Column("why", TEXT, "their reason"),
        Column("field", TEXT, "what it corrects; analysis.store.corrections lists the fields"),
        Column("key", TEXT, "which row of that field: a topic, a country, a target, a speaker"),
        Column("old", TEXT, "what stood there, text or JSON"),
        Column("new", TEXT, "what is right, text or JSON"),
        Column("article_id", TEXT, "the article, empty where the correction concerns none"),
        Column("start", INTEGER, "where the corrected statement begins in the article's text"),
        Column("stop", INTEGER, "where it ends, exclusive"),
        Column("exact", TEXT, "exactly `articles.text[start:stop]` when the correction was made"),
        Column("undoes", TEXT, "the correction that this one takes back"),
    ),
)
BATCHES = Table(
    "batches",
    ("version",),
    (
        Column("version", INTEGER, "the store's version that the batch made: 1, 2, 3 …"),
        Column("batch_id", TEXT, "the batch, named on every row that it wrote"),
        Column("kind", TEXT, "what it did", KINDS),
        Column("at", TIME, "when it was committed"),
        Column("who", TEXT, "who asked for it"),
        Column("note", TEXT, "what they say about it"),
        Column("collection", TEXT, "the collection that it concerns"),
        Column("lexicon", TEXT, "fingerprint of the words and the code that extracted"),
        Column("counts", TEXT, "JSON: rows written by table, and what else was counted"),
        Column("supersedes", TEXT, "JSON: ids of the articles whose earlier rows it hides"),
        Column("confirms", TEXT, "JSON: ids of the articles whose codes this lexicon would make again as they are"),
        Column("undoes", INTEGER, "the version that it takes back, 0 for none"),
        Column("tables", TEXT, "JSON: each table's Delta version after this batch"),
    ),
)
WHOLE = ("articles", "originals", "bands")
"""Tables of the article itself; refresh leaves them alone."""
CODES = ("statements", "attributions", "mentions", "statement_topics", "positions")
"""Tables that extraction makes of an article."""
NAMED = ("speakers", "offices")
"""Tables that a batch writes once for all its articles."""


def _physical(table: Table) -> Table:
    """A table as it lies on the disk: with the batch, and the article or the row's place in the batch."""
    names = set(table.names)
    more = [Column("batch_id", TEXT, "the batch that wrote the row")]
    if table.name in CODES:
        more.append(Column("article_id", TEXT, "the article"))
    if table.name in NAMED:
        more.append(Column("row", INTEGER, "the row's place in its batch; the first one names a speaker"))
    return Table(table.name, table.key, (*table.columns, *(c for c in more if c.name not in names)))


PHYSICAL: dict[str, Table] = {
    table.name: _physical(table) for table in (*schema.TABLES, ORIGINALS, BANDS, CORRECTIONS)
} | {"batches": BATCHES}
"""Every table of a store as it lies on the disk; `batches` is written last."""
DATA = tuple(name for name in PHYSICAL if name != "batches")
ORDER: dict[str, tuple[str, ...]] = {
    "articles": ("article_id",),
    "statements": ("article_id", "start", "stop", "statement_id"),
    "attributions": ("article_id", "statement_id", "part", "speaker_id"),
    "speakers": ("speaker_id",),
    "offices": ("speaker_id", "role", "from"),
    "mentions": ("article_id", "start", "kind", "entity_id"),
    "statement_topics": ("article_id", "statement_id", "rank", "topic_id"),
    "positions": ("article_id", "statement_id", "speaker_id", "target"),
    "originals": ("article_id",),
    "bands": ("article_id", "band"),
    "corrections": ("at", "correction_id"),
    "batches": ("version",),
}
"""The order of every frame that the store gives, whatever batches and files the rows lie in."""

_ARROW: dict[str, pa.DataType] = {
    TEXT: pa.string(),
    INTEGER: pa.int64(),
    NUMBER: pa.float64(),
    FLAG: pa.bool_(),
    TIME: pa.timestamp("us", tz="UTC"),
    BYTES: pa.binary(),
}
SQL_TYPES = {
    TEXT: "VARCHAR",
    INTEGER: "BIGINT",
    NUMBER: "DOUBLE",
    FLAG: "BOOLEAN",
    TIME: "TIMESTAMPTZ",
    BYTES: "BLOB",
}
"""DuckDB's types of the contract's dtypes."""


def arrow_schema(table: Table) -> pa.Schema:
    """The Arrow schema of a table."""
    return pa.schema([(column.name, _ARROW[column.dtype]) for column in table.columns])


def select(table: Table, names: Iterable[str]) -> Table:
    """A table of some of its columns, in the order asked for."""
    by_name = {column.name: column for column in table.columns}
    return Table(table.name, (), tuple(by_name[name] for name in names))
