"""What a store holds, and how it came about."""

from __future__ import annotations

import json
from dataclasses import dataclass

import duckdb
import pandas as pd
import pyarrow as pa

from analysis.store import views
from analysis.store.schema import DATA, PHYSICAL
from analysis.store.store import Store
from analysis.store.versions import ids_of, undone_versions

COUNTED = ("articles", "statements", "speakers", "mentions", "statement_topics", "positions", "corrections")


@dataclass(frozen=True, slots=True)
class Stats:
    """What a version shows.

    Attributes:
        where, version: the store.
        rows: visible rows by table.
        duplicates: articles that copy another one.
        undated: articles whose time of publication is unknown.
        first, last: the earliest and the latest time of publication, NaT where none is known.
        collections, sources: articles by collection and by source (name, articles), most first.
        lexicons: articles by the lexicon that coded them (lexicon, articles).
        files, size: files of the newest state and their bytes; many small files are what `compact` is for.
        left_over: rows of broken adds, which `compact` sweeps after a day.
    """

    where: str
    version: int
    rows: dict[str, int]
    duplicates: int
    undated: int
    first: pd.Timestamp
    last: pd.Timestamp
    collections: pd.DataFrame
    sources: pd.DataFrame
    lexicons: pd.DataFrame
    files: int
    size: int
    left_over: int


def stats(store: Store) -> Stats:
    """Count what a store shows.

    Raises:
        DamagedStore: where a table cannot be read.
    """
    about = store.query(
        """SELECT count(*) FILTER (duplicate_of <> '') AS duplicates, count(*) FILTER (published IS NULL) AS undated,
        min(published) AS first, max(published) AS last FROM articles"""
    ).iloc[0]
    groups = {
        column: store.query(
            f"SELECT {column} AS name, count(*) AS articles FROM articles GROUP BY ALL ORDER BY articles DESC, name"
        )
        for column in ("collection", "source")
    }
    lexicons = store.coded().groupby("lexicon", as_index=False).agg(articles=("article_id", "size"))
    rows = {name: int(store.query(f"SELECT count(*) AS n FROM {name}")["n"].iloc[0]) for name in COUNTED}
    actions = [pa.table(store.lake.load(name).get_add_actions(flatten=True)) for name in PHYSICAL]
    return Stats(
        where=store.where,
        version=store.version,
        rows=rows,
        duplicates=int(about["duplicates"]),
        undated=int(about["undated"]),
        first=about["first"],
        last=about["last"],
        collections=groups["collection"],
        sources=groups["source"],
        lexicons=lexicons,
        files=sum(len(one) for one in actions),
        size=sum(sum(one["size_bytes"].to_pylist()) for one in actions),
        left_over=sum(int(left_over(store, name)["rows"].sum()) for name in DATA),
    )


def history(store: Store) -> pd.DataFrame:
    """The versions, newest first: version, at, kind, who, note, collection, articles (touched), undone."""
    batches = store.batches()
    undone = undone_versions(batches)
    frame = batches[["version", "at", "kind", "who", "note", "collection", "lexicon", "undoes"]].copy()
    frame["articles"] = [
        _touched(*row) for row in batches[["counts", "supersedes", "confirms"]].itertuples(index=False)
    ]
    frame["undone"] = frame["version"].isin(undone)
    return frame.iloc[::-1].reset_index(drop=True)


def _touched(counts: str, supersedes: str, confirms: str) -> int:
    """How many articles a batch brought, changed, hid or brought back."""
    found = json.loads(counts)
    named = len({*ids_of(supersedes), *ids_of(confirms)})
    return max(int(found.get("articles", 0)), int(found.get("restored", 0)), named)


def left_over(store: Store, name: str) -> pd.DataFrame:
    """Rows in a table's newest state of batches that this version does not know, by batch (batch_id, rows)."""
    rows = rows_by_batch(store, name)
    return rows[~rows["batch_id"].isin(store.batches()["batch_id"])].reset_index(drop=True)


def rows_by_batch(store: Store, name: str) -> pd.DataFrame:
    """Rows in a table's newest state by batch (batch_id, rows), whether committed or not."""
    with store.connect() as con:
        source = views.source(con, store.lake, name, store.lake.load(name))
        found = con.sql(f"SELECT batch_id, count(*) AS rows FROM ({source}) GROUP BY batch_id ORDER BY batch_id")
        try:
            return pd.DataFrame(found.to_arrow_table().to_pandas())
        except (duckdb.Error, OSError) as error:
            raise store.damage(error) from error
