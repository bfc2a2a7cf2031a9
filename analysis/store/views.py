"""A store's tables as views of an in-memory DuckDB: `NAME` of the visible rows, `all_NAME` of every committed row."""

from __future__ import annotations

from urllib.parse import unquote

import duckdb
import pyarrow as pa
from deltalake import DeltaTable

from analysis.schema import ARTICLES, OFFICES, Table
from analysis.store.lake import Lake
from analysis.store.schema import CODES, NAMED, PHYSICAL, SQL_TYPES, WHOLE
from analysis.store.versions import Sight


def database(batches: pa.Table, sight: Sight) -> duckdb.DuckDBPyConnection:
    """An empty in-memory database that knows what a version sees, as `batches`, `seen` and `hidden`."""
    con = duckdb.connect()
    con.execute("SET TimeZone = 'UTC'")
    for name, rows in (("batches", batches), ("seen", sight.seen), ("hidden", sight.hidden)):
        con.register("given", rows)
        con.execute(f"CREATE TABLE {name} AS FROM given")
        con.unregister("given")
    return con


def files_of(delta: DeltaTable, seen: set[str] | None = None) -> list[str]:
    """Files of a local table that may hold rows of these batches; None: all of its files.

    A file of one batch says so in Delta's log; what others are still writing, and what came after an old version, is
    not even opened.
    """
    actions = pa.table(delta.get_add_actions(flatten=True)).to_pydict()
    if not actions["path"]:
        return []
    least, greatest = (actions.get(f"{side}.batch_id", [None] * len(actions["path"])) for side in ("min", "max"))
    root = unquote(delta.table_uri).removeprefix("file://").rstrip("/")
    return [
        f"{root}/{unquote(path)}"
        for path, low, high in zip(actions["path"], least, greatest, strict=True)
        if seen is None or low is None or low != high or low in seen
    ]


def add_table(con: duckdb.DuckDBPyConnection, name: str, source: str) -> None:
    """Make the views of one table over `source`, SQL that yields its physical rows."""
    con.execute(f"CREATE VIEW raw_{name} AS {source}")
    con.execute(
        f"CREATE VIEW all_{name} AS SELECT raw_{name}.*, batches.version FROM raw_{name} JOIN batches USING (batch_id)"
    )
    if name == "articles":
        con.execute(f"CREATE VIEW standing_articles AS {_standing(name, 'whole_from')}")
    con.execute(f"CREATE VIEW {name} AS {_visible(name)}")


def source(
    con: duckdb.DuckDBPyConnection,
    lake: Lake,
    name: str,
    delta: DeltaTable,
    seen: set[str] | None = None,
    remote: dict[str, object] | None = None,
) -> str:
    """SQL that yields the physical rows of a loaded table, only of these batches' files where `seen` names some.

    An object store's table is registered with the connection as a dataset, which its cursors do not see: what they
    have to register again is put into `remote`.
    """
    if lake.folder:
        return over_files(name, files_of(delta, seen))
    with lake.explained(name):
        dataset, alias = delta.to_pyarrow_dataset(), f"remote_{name}_{delta.version()}"
        con.register(alias, dataset)
    if remote is not None:
        remote[alias] = dataset
    return f"SELECT {columns_of(PHYSICAL[name])} FROM {alias}"


def over_files(name: str, files: list[str]) -> str:
    """SQL that yields the rows of a local table's files."""
    table = PHYSICAL[name]
    names = columns_of(table)
    if not files:
        nothing = ", ".join(f'CAST(NULL AS {SQL_TYPES[c.dtype]}) AS "{c.name}"' for c in table.columns)
        return f"SELECT {nothing} WHERE false"
    quoted = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
    return f"SELECT {names} FROM read_parquet([{quoted}])"


def columns_of(table: Table) -> str:
    """A table's columns, quoted: `from`, `to` and `at` are words of SQL."""
    return ", ".join(f'"{name}"' for name in table.names)


def _visible(name: str) -> str:
    if name in NAMED:
        return _named(name)
    if name == "articles":
        return _articles()
    if name not in (*WHOLE, *CODES):
        return f"SELECT r.* FROM raw_{name} r JOIN seen USING (batch_id)"
    since = "whole_from" if name in WHOLE else "codes_from"
    return f"SELECT * EXCLUDE (version) FROM ({_standing(name, since)})"


def _standing(name: str, since: str) -> str:
    """Rows of a table of articles or codes that no later batch hid, with their version."""
    return f"""SELECT r.*, s.version FROM raw_{name} r JOIN seen s USING (batch_id)
        LEFT JOIN hidden h ON h.article_id = r.article_id WHERE coalesce(h.{since}, 0) <= s.version"""


def _articles() -> str:
    """Articles; where the one that others copy was removed, the earliest of the copies takes its place."""
    names = ", ".join(f'v."{n}"' for n in ARTICLES.names if n not in ("duplicate_of", "batch_id"))
    # No common table expression: with one, DuckDB 2.0.0 never ends where a LIMIT is put on the view.
    return f"""SELECT {names}, CASE WHEN heirs.heir IS NULL THEN v.duplicate_of WHEN heirs.heir = v.article_id THEN ''
            ELSE heirs.heir END AS duplicate_of, v.batch_id
        FROM standing_articles v LEFT JOIN (
            SELECT c.duplicate_of, arg_min(c.article_id, (c.version, c.article_id)) AS heir FROM standing_articles c
            LEFT JOIN standing_articles o ON o.article_id = c.duplicate_of
            WHERE c.duplicate_of <> '' AND o.article_id IS NULL GROUP BY c.duplicate_of
        ) heirs ON heirs.duplicate_of = v.duplicate_of"""


def _named(name: str) -> str:
    """Speakers or offices that visible codes name, each once, the first batch's row before others.

    A batch speaks only of those whom its own visible codes name: what it said of others before a refresh is past.
    """
    owners = " UNION ".join(
        f"SELECT DISTINCT batch_id, {column} AS speaker_id FROM {codes}"
        for codes, column in (("attributions", "speaker_id"), ("positions", "speaker_id"), ("mentions", "entity_id"))
    )
    table = PHYSICAL[name]
    key = OFFICES.key if name == "offices" else ("speaker_id",)
    keys = ", ".join(f'"{k}"' for k in key)
    firsts = ", ".join(
        f'arg_min("{c}", (version, "row")) AS "{c}"' for c in table.names if c not in key and c != "aliases"
    )
    rows = f"""rows AS (SELECT r.*, s.version FROM raw_{name} r JOIN seen s USING (batch_id)
        WHERE (batch_id, speaker_id) IN ({owners}))"""
    if name == "offices":
        return f"WITH {rows} SELECT {keys}, {firsts} FROM rows GROUP BY {keys}"
    return f"""WITH {rows}, parts AS (
            SELECT speaker_id, alias, min((version, "row", place)) AS rank FROM (
                SELECT speaker_id, version, "row", unnest(string_split(aliases, '|')) AS alias,
                    generate_subscripts(string_split(aliases, '|'), 1) AS place FROM rows)
            WHERE alias <> '' GROUP BY speaker_id, alias),
        joined AS (SELECT speaker_id, string_agg(alias, '|' ORDER BY rank) AS aliases FROM parts GROUP BY speaker_id),
        firsts AS (SELECT {keys}, {firsts} FROM rows GROUP BY {keys})
        SELECT firsts.*, coalesce(joined.aliases, '') AS aliases FROM firsts LEFT JOIN joined USING (speaker_id)"""
