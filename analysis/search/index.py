"""The index of an edition's statements and articles: one SQLite file with two FTS5 tables.

SQLite keeps keys of words (`words.py`) and codes (what a statement is about, whose it is), never the texts: a row's
number is the position of the statement or the article in the edition. FTS5 gives words in order, nearness, exclusion,
beginnings and a rank (BM25).
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property, lru_cache
from itertools import batched
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import StoreError
from analysis.search.codes import Coded, Codes
from analysis.search.fts import expression
from analysis.search.names import Names, Speaker
from analysis.search.query import Query, parse
from analysis.search.words import key_text

MEMORY = ":memory:"
FORMAT = 1
"""The number of this layout; whoever changes what the file holds, or what keys words get, counts it up."""
_SCHEMA = """
CREATE VIRTUAL TABLE statements USING fts5(words, codes, content='', tokenize='ascii');
CREATE VIRTUAL TABLE articles USING fts5(title, words, codes, content='', tokenize='ascii');
CREATE TABLE codes (code TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE speakers (id TEXT, name_fa TEXT, name_en TEXT, kind TEXT, aliases TEXT);
"""
_WEIGHTS = {"statements": "1.0, 0.5", "articles": "5.0, 1.0, 0.5"}
"""How much an occurrence in each column counts for the rank."""
_BATCH = 2_000
_REMEMBERED = 32
"""Queries whose results are kept."""
_HASH = 64 << 20
"""Bytes that FTS5 gathers before it writes a piece of the index."""
Positions = np.ndarray[tuple[int], np.dtype[np.int64]]


class Index:
    """An index that is open for reading; any number of threads may search at once. `build` makes one."""

    def __init__(self, place: str, connection: sqlite3.Connection | None = None) -> None:
        """Use `Index.open` or `build`."""
        self._place = place
        self._free = [connection] if connection else []
        self._memory = threading.Lock() if place == MEMORY else None
        # A page that is filtered otherwise asks for the same words again.
        self._rowids = lru_cache(_REMEMBERED)(self._numbers_of)
        self._ranked = lru_cache(_REMEMBERED)(self._in_order)

    @classmethod
    def open(cls, path: Path) -> Index:
        """Open an index.

        Raises:
            StoreError: where there is none, or one of another layout.
        """
        index = cls(str(path))
        try:
            with index._connection() as connection:
                found = connection.execute("PRAGMA user_version").fetchone()[0]
        except sqlite3.Error as error:
            raise StoreError(f"{path} is no search index ({error}). Delete it; it is made again.") from error
        if found != FORMAT:
            raise StoreError(f"{path} is a search index of another layout. Delete it; it is made again.")
        return index

    def read(self, query: str) -> Query:
        """How a query is understood.

        Raises:
            QueryError: where it cannot be understood.
        """
        return parse(query, self._names)

    def find(self, query: str | Query) -> Positions:
        """The statements that a query finds, by position, in the order of the edition.

        Raises:
            QueryError: where the query cannot be understood.
        """
        return np.sort(self._rowids(*self._question("statements", query)))

    def articles(self, query: str | Query) -> Positions:
        """The articles whose title or text a query finds, with statements or without, in the order of the edition.

        Raises:
            QueryError: as `find`.
        """
        return np.sort(self._rowids(*self._question("articles", query)))

    def ranked(self, query: str | Query, table: str = "statements") -> Positions:
        """What `find` (or `articles`) gives, the most relevant first: rare words, and several of them, weigh most.

        Raises:
            QueryError: as `find`.
        """
        sql, match = self._question(table, query)
        order = f" ORDER BY bm25({table}, {_WEIGHTS[table]}), rowid"
        return self._ranked(sql + order, match).copy()

    def _in_order(self, sql: str, match: str) -> Positions:
        return np.array([row for (row,) in self._rows(sql, match)], dtype="int64")

    def _question(self, table: str, query: str | Query) -> tuple[str, str]:
        asked = self.read(query) if isinstance(query, str) else query
        columns = "words" if table == "statements" else "title words"
        return f"SELECT rowid FROM {table} WHERE {table} MATCH ?", expression(asked, columns, self._numbers)

    def _numbers_of(self, sql: str, match: str) -> Positions:
        # One text for all rows: half of a large edition comes in the time of a few thousand rows.
        [(joined,)] = self._rows(f"SELECT group_concat(rowid) FROM ({sql})", match)
        return np.fromstring(joined or "", dtype="int64", sep=",")

    @cached_property
    def _names(self) -> Names:
        return Names(Speaker(*row) for row in self._rows("SELECT id, name_fa, name_en, kind, aliases FROM speakers"))

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return dict(self._rows("SELECT code, number FROM codes"))

    def _rows(self, sql: str, *values: str) -> list[tuple[Any, ...]]:
        with self._connection() as connection:
            return connection.execute(sql, values).fetchall()

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """A connection that nobody else uses meanwhile; an index in memory has only one."""
        if self._memory:
            with self._memory:
                yield self._free[0]
            return
        try:
            connection = self._free.pop()
        except IndexError:
            uri = f"{Path(self._place).resolve().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        try:
            yield connection
        finally:
            self._free.append(connection)


def build(
    path: Path | str,
    statements: Iterable[str],
    articles: Iterable[tuple[str, str]],
    coded: Coded,
    speakers: pd.DataFrame,
) -> Index:
    """Write an index; a file appears under its name only when it is whole.

    Args:
        path: where to, or `MEMORY`.
        statements: the texts of the edition's statements, in its order.
        articles: title and text of its articles, in its order.
        coded: the facts of the edition.
        speakers: its table of speakers, of which the names are taken.

    Raises:
        OSError: where the file cannot be written.
    """
    place = str(path)
    unfinished = place if place == MEMORY else f"{place}.{os.getpid()}.part"
    if place != MEMORY:
        Path(unfinished).unlink(missing_ok=True)
    connection = sqlite3.connect(unfinished, check_same_thread=False, isolation_level=None)
    try:
        _fill(connection, statements, articles, Codes.of(coded), speakers)
    except BaseException:
        connection.close()
        if place != MEMORY:
            Path(unfinished).unlink(missing_ok=True)
        raise
    if place == MEMORY:
        return Index(MEMORY, connection)
    connection.close()
    Path(unfinished).replace(place)
    return Index.open(Path(place))


def _fill(
    connection: sqlite3.Connection,
    statements: Iterable[str],
    articles: Iterable[tuple[str, str]],
    codes: Codes,
    speakers: pd.DataFrame,
) -> None:
    # Nothing needs to be saved from a crash: the file has no name before it is whole.
    connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=8192;" + _SCHEMA)
    for table in _WEIGHTS:
        connection.execute(f"INSERT INTO {table}({table}, rank) VALUES ('hashsize', ?)", (_HASH,))
    connection.execute("BEGIN")
    _insert(
        connection,
        "INSERT INTO statements(rowid, words, codes) VALUES (?, ?, ?)",
        ((row, key_text(text), codes.of_statement(row)) for row, text in enumerate(statements)),
    )
    _insert(
        connection,
        "INSERT INTO articles(rowid, title, words, codes) VALUES (?, ?, ?, ?)",
        ((row, key_text(title), key_text(text), codes.of_article(row)) for row, (title, text) in enumerate(articles)),
    )
    _insert(connection, "INSERT INTO codes VALUES (?, ?)", ((code, number) for number, code in enumerate(codes.names)))
    columns = ["speaker_id", "name_fa", "name_en", "kind", "aliases"]
    _insert(
        connection,
        "INSERT INTO speakers VALUES (?, ?, ?, ?, ?)",
        speakers[columns].itertuples(index=False, name=None),
    )
    for table in _WEIGHTS:
        connection.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")
    connection.execute(f"PRAGMA user_version={FORMAT}")
    connection.execute("COMMIT")


def _insert(connection: sqlite3.Connection, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
    for some in batched(rows, _BATCH):
        connection.executemany(sql, some)
