"""Keeping a store in order: removing and bringing back, making few files of many."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

import pandas as pd

from analysis.errors import StoreError
from analysis.store.commit import Batch, commit
from analysis.store.inventory import left_over
from analysis.store.purge import purge as _purge
from analysis.store.purge import quoted
from analysis.store.schema import DATA, PHYSICAL, RESTORABLE
from analysis.store.store import Store
from analysis.store.versions import ids_of, positions_of, undone_versions

GRACE = timedelta(days=1)
"""How long a file that is needed no more is kept for readers that are still at work, and how long the rows of a
broken add may lie about."""


def remove(
    store: Store, *, articles: Collection[str] = (), collection: str = "", purge: bool = False, who: str = ""
) -> Store:
    """Take articles out of the store's sight, with all that was read from them.

    Args:
        store: the store, at its newest version.
        articles: their ids.
        collection: every article of this collection.
        purge: forget them for good, also those that were removed before: their rows and bytes leave the disk, old
            versions open without them, and readers that opened the store before must open it again.
        who: who asks for it.

    Raises:
        StoreError: no article is meant, an id is unknown, or as `commit` says.
    """
    if bool(articles) == bool(collection):
        raise StoreError("remove: say which articles, or which collection, and not both.")
    if purge:
        return _purge(store, articles, collection, who)

    def decide(newer: Store) -> Batch:
        ids = tuple(_chosen(newer, articles, collection))
        return Batch(kind="remove", supersedes=ids, collection=collection, who=who, counts={"removed": len(ids)})

    return commit(store, decide(store), decide=decide)


def _chosen(store: Store, articles: Collection[str], collection: str) -> list[str]:
    if collection:
        ids = store.frame("articles", ["article_id"], "collection = ?", [collection])["article_id"].tolist()
        if not ids:
            raise StoreError(f"{store.where}: has no article of a collection {collection!r}. `stats` lists them.")
        return [str(article) for article in ids]
    found = store.frame("articles", ["article_id"], "article_id IN (SELECT unnest(?))", [list(articles)])
    if lost := sorted(set(articles) - set(found["article_id"])):
        raise StoreError(f"{store.where}: has no article {lost[0]}. Nothing was removed.")
    return sorted(set(articles))


def restore(store: Store, version: int, *, who: str = "") -> Store:
    """Take back a `remove` or a `refresh`: from now on it is as if that version had not been.

    Raises:
        StoreError: the version does something else, was taken back already, or its articles were purged.
    """
    batches = store.batches()
    row = batches[batches["version"] == version]
    if row.empty or row["kind"].iloc[0] not in RESTORABLE:
        kind = "is not there" if row.empty else f"is a batch of kind {row['kind'].iloc[0]}"
        raise StoreError(
            f"{store.where}: version {version} {kind}; only {' and '.join(RESTORABLE)} can be taken back. "
            "`history` lists the versions."
        )
    if version in undone_versions(batches):
        raise StoreError(f"{store.where}: version {version} was taken back already.")
    ids = ids_of(row["supersedes"].iloc[0])
    if row["kind"].iloc[0] == "remove":
        known = "SELECT DISTINCT article_id FROM all_articles WHERE article_id IN (SELECT unnest(?))"
        if store.query(known, [ids]).empty:
            raise StoreError(
                f"{store.where}: the articles of version {version} were purged; nothing can bring them back."
            )
    return commit(store, Batch(kind="restore", undoes=version, who=who, counts={"restored": len(ids)}))


def compact(store: Store, *, grace: timedelta = GRACE, sweep: timedelta = GRACE, who: str = "") -> Store:
    """Make few large files of many small ones, sweep what broken adds left, and delete files that nobody needs.

    Every version stays openable. Others may read and write meanwhile.

    Args:
        store: the store.
        grace: files that are needed no more are deleted after this time. With less than a day, files that no log
            names stay, and readers that opened the store longer ago than that may have to open it again.
        sweep: rows of batches that were not committed are deleted after this time; less than `commit.STALE` only
            where nobody else writes.
        who: who asks for it.

    Raises:
        StoreError: as `commit` says.
    """
    store = store.reload()
    if store.read_only:
        raise StoreError(store.notice)
    positions, swept = {}, 0
    for name in DATA:
        left = left_over(store, name)
        old = [batch for batch in left["batch_id"] if _age(batch) >= sweep]
        if old:
            swept += int(left.loc[left["batch_id"].isin(old), "rows"].sum())
            store.lake.delete(name, f"batch_id IN {quoted(old)}")
        positions[name] = store.lake.compact(name)
    # Rows of others' unfinished batches may lie between; they stay unseen until their row of `batches` is there.
    store = commit(store, Batch(kind="compact", who=who, counts={"swept": swept}), positions=positions)
    store.lake.compact("batches", once=True)
    hours = int(grace.total_seconds() // 3600)
    batches = store.batches()
    # What was newest before the grace began was opened by readers within it.
    first = max(int((batches["at"] < pd.Timestamp.now("UTC") - grace).sum()), 1)
    for name in PHYSICAL:
        keep = {positions_of(batches.iloc[:count]).get(name, 0) for count in range(first, len(batches) + 1)}
        if name == "batches":
            keep = {store.log_version}
        store.lake.vacuum(name, hours, sorted(keep), strays=grace >= GRACE)
    return store


def _age(batch_id: str) -> timedelta:
    began = pd.to_datetime(batch_id.partition("-")[0], format="%Y%m%dT%H%M%S", utc=True)
    return (pd.Timestamp.now("UTC") - began).to_pytimedelta()
