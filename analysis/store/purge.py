"""Forgetting for good: a removed article's words leave the disk, in every table and every old version.

First the articles are removed like any others, so that nobody reads them; then files are written anew without their
rows; then a version says so; last the old files are deleted. Broken off anywhere, the same purge can be asked again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pandas as pd

from analysis.errors import StoreError
from analysis.store.commit import Batch, commit
from analysis.store.schema import DATA, NAMED
from analysis.store.store import Store
from analysis.store.versions import touched_ids


def purge(store: Store, articles: Collection[str], collection: str, who: str) -> Store:
    """Forget articles, by id or by collection, removed ones among them. See `upkeep.remove`."""
    ids = _chosen(store, articles, collection)

    def decide(newer: Store) -> Batch:
        return Batch(kind="remove", supersedes=tuple(ids), collection=collection, who=who, note="to be purged")

    store = commit(store, decide(store), decide=decide)
    gone = _count(store, ids)
    positions = _delete(store, ids, gone)
    purged = {
        str(batch): dict(zip(rows["name"], rows["rows"].tolist(), strict=True))
        for batch, rows in gone.groupby("batch_id")
    }
    # It hides nothing itself: what somebody added again meanwhile stays.
    batch = Batch(kind="purge", collection=collection, who=who, counts={"purged": purged, "removed": len(ids)})
    store = commit(store, batch, positions=positions)
    for name in DATA:
        store.lake.vacuum(name, 0, [], strays=False)
    return store


def quoted(ids: Iterable[str]) -> str:
    """Ids as a list of SQL."""
    return "(" + ", ".join("'" + one.replace("'", "''") + "'" for one in ids) + ")"


def _chosen(store: Store, articles: Collection[str], collection: str) -> list[str]:
    if collection:
        found = store.query(
            """SELECT article_id FROM all_articles GROUP BY article_id
            HAVING arg_max(collection, version) = ? ORDER BY article_id""",
            [collection],
        )
        if found.empty:
            raise StoreError(f"{store.where}: has no article of a collection {collection!r}. `stats` lists them.")
        return [str(article) for article in found["article_id"]]
    known = "SELECT DISTINCT article_id FROM all_articles WHERE article_id IN (SELECT unnest(?))"
    # What an earlier purge left off in the middle is named by its removal alone.
    batches = store.batches()
    before = touched_ids(batches, batches.loc[batches["kind"] == "remove", "version"].tolist())
    lost = set(articles) - set(store.query(known, [list(articles)])["article_id"]) - before
    if lost:
        raise StoreError(f"{store.where}: has no article {min(lost)}. Nothing was purged.")
    return sorted(set(articles))


def _count(store: Store, ids: list[str]) -> pd.DataFrame:
    """Rows to be forgotten, by table and committed batch (name, batch_id, rows)."""
    count, of_these = "count(*) AS rows", "WHERE article_id IN (SELECT unnest(?)) GROUP BY batch_id"
    parts = [
        store.query(
            f"SELECT ? AS name, batch_id, {count} FROM all_{name} {of_these}",
            [name, ids],
        )
        for name in DATA
        if name not in NAMED
    ]
    for name in NAMED:
        join = f"FROM all_{name} JOIN nameless USING (batch_id, speaker_id) GROUP BY batch_id"
        parts.append(store.query(f"{_NAMELESS} SELECT ? AS name, batch_id, {count} {join}", [ids, ids, name]))
    return pd.concat(parts, ignore_index=True)


_NAMELESS = """WITH named AS (
        SELECT batch_id, article_id, speaker_id FROM all_attributions
        UNION ALL SELECT batch_id, article_id, speaker_id FROM all_positions
        UNION ALL SELECT batch_id, article_id, entity_id FROM all_mentions WHERE kind = 'person'),
    nameless AS (
        SELECT batch_id, speaker_id FROM named WHERE article_id IN (SELECT unnest(?))
        EXCEPT SELECT batch_id, speaker_id FROM named WHERE article_id NOT IN (SELECT unnest(?)))"""
"""Speakers whom these articles name and no other article of their batch."""


def _delete(store: Store, ids: list[str], gone: pd.DataFrame) -> dict[str, int]:
    """Write the files of those rows anew without them. Only committed batches: others' unfinished ones are not ours."""
    positions = {}
    nameless = store.query(f"{_NAMELESS} FROM nameless ORDER BY ALL", [ids, ids])
    for name in (*NAMED, *(name for name in DATA if name not in NAMED)):  # Who is nameless, the codes tell.
        batches = gone.loc[gone["name"] == name, "batch_id"]
        condition = f"batch_id IN {quoted(batches)} AND article_id IN {quoted(ids)}"
        if name in NAMED:
            condition = " OR ".join(
                f"(batch_id IN {quoted([str(batch)])} AND speaker_id IN {quoted(rows['speaker_id'])})"
                for batch, rows in nameless.groupby("batch_id")
            )
        if len(batches):
            positions[name] = store.lake.delete(name, condition)
    return positions
