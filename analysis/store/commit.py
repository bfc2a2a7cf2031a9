"""Adding a batch: rows first, and last the one row of `batches` that makes them a version.

Rows are appended under a fresh batch_id, which nobody sees yet. The row of `batches` is then a compare-and-swap: it
is refused where somebody committed since. If what they committed touches the batch, its maker decides anew; the rows
that were written stay unseen for ever, and `compact` sweeps them.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import pandas as pd

from analysis.errors import ContractError, StoreError
from analysis.schema import Tables
from analysis.store.lake import Conflict
from analysis.store.schema import BANDS, BATCHES, CODES, CORRECTIONS, KINDS, NAMED, ORIGINALS, PHYSICAL
from analysis.store.store import Store
from analysis.store.versions import cell_of, touched_ids, undone_versions

ATTEMPTS = 200
"""How often a batch is tried again while others commit before it."""
STALE = timedelta(hours=12)
"""Rows older than this are written again before they are committed: `compact` may have swept them after a day."""
FOLD = 64
"""Files of `batches` after which they are made one, so that opening a store stays fast."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What one commit adds.

    Attributes:
        kind: one of `store.schema.KINDS`.
        tables: rows in the contract's shape; `articles.batch_id` is filled in by `commit`. A refresh brings codes only.
        originals, bands, corrections: rows of the tables of `store.schema`.
        supersedes: articles whose earlier rows it hides (kind `refresh`: their codes only).
        confirms: articles whose codes its lexicon would make again exactly as they are.
        undoes: the version that a `restore` takes back.
        who, note, collection, lexicon: as in `store.schema.BATCHES`.
        counts: what was counted besides rows.
    """

    kind: str
    tables: Tables = field(default_factory=Tables)
    originals: pd.DataFrame = field(default_factory=ORIGINALS.frame)
    bands: pd.DataFrame = field(default_factory=BANDS.frame)
    corrections: pd.DataFrame = field(default_factory=CORRECTIONS.frame)
    supersedes: tuple[str, ...] = ()
    confirms: tuple[str, ...] = ()
    undoes: int = 0
    who: str = ""
    note: str = ""
    collection: str = ""
    lexicon: str = ""
    counts: Mapping[str, object] = field(default_factory=dict)


def commit(
    store: Store,
    batch: Batch,
    *,
    decide: Callable[[Store], Batch] | None = None,
    positions: Mapping[str, int] | None = None,
) -> Store:
    """Add a batch; it is kept once this returns.

    Args:
        store: the store on whose state the batch was decided.
        batch: what to add.
        decide: asked for the batch anew, with a newer store, when somebody's commit touches the same articles, texts
            or near-duplicates. Without it such a commit is an error.
        positions: Delta versions that upkeep made and this batch shows.

    Returns:
        The store at the version that the batch made.

    Raises:
        StoreError: the store is read-only, the disk full, another writer touched the same articles, and the like;
            nothing was added.
        ContractError: the batch's rows contradict each other.
    """
    if store.read_only:
        raise StoreError(
            f"{store.where}: opened for reading only ({store.notice or f'version {store.version}'}). "
            "Open its newest version to add to it."
        )
    written: _Written | None = None
    for attempt in range(ATTEMPTS):
        if attempt or _is_behind(store):
            newer = store.reload()
            if newer.read_only:
                raise StoreError(newer.notice)
            if is_touched(store, newer, batch):
                if decide is None:
                    raise StoreError(
                        f"{store.where}: version {newer.version} of somebody else changes the same articles; "
                        "nothing was added. Do it again on the newest version."
                    )
                batch, written = decide(newer), None
            store = newer
        if written is None or pd.Timestamp.now("UTC") - written.at > STALE:
            written = _write(store, batch)
        row = _row(store, batch, written, positions or {})
        try:
            log_version = store.lake.append_alone("batches", row, store.log_version)
        except Conflict:
            time.sleep(secrets.randbelow(20) / 1000)
            continue
        committed = store.after(row, log_version)
        _fold(committed)
        return committed
    raise StoreError(f"{store.where}: others commit without a pause; nothing was added. Try again later.")


@dataclass(frozen=True, slots=True)
class _Written:
    """Rows that lie in the tables and are not yet committed."""

    batch_id: str
    at: pd.Timestamp
    counts: dict[str, int]
    positions: dict[str, int]


def _write(store: Store, batch: Batch) -> _Written:
    """Append a batch's rows under a fresh batch_id."""
    rows = physical_rows(batch)
    at = pd.Timestamp.now("UTC")
    batch_id = f"{at:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
    counts, positions = {}, {}
    for name, frame in rows.items():
        if len(frame):
            counts[name] = len(frame)
            positions[name] = store.lake.append(name, frame.assign(batch_id=batch_id))
    return _Written(batch_id, at, counts, positions)


def physical_rows(batch: Batch) -> dict[str, pd.DataFrame]:
    """A batch's rows as they lie on the disk, except for the batch_id.

    Raises:
        ContractError: codes of a statement that the batch lacks, of an article that it does not bring or supersede.
    """
    if batch.kind not in KINDS:
        raise ContractError(f"batches.kind cannot be {batch.kind!r}, allowed are {', '.join(KINDS)}.")
    rows = {table.name: frame for table, frame in batch.tables}
    rows |= {"originals": batch.originals, "bands": batch.bands, "corrections": batch.corrections}
    article_of = rows["statements"].set_index("statement_id")["article_id"]
    own = set(rows["articles"]["article_id"]) if batch.kind != "refresh" else set(batch.supersedes)
    for name in CODES:
        frame = rows[name]
        if "article_id" not in frame:
            frame = frame.assign(article_id=frame["statement_id"].map(article_of))
        lost = ~frame["article_id"].isin(own)
        if lost.any():
            row = frame[lost].iloc[0].to_dict()
            raise ContractError(f"{name}: a row belongs to no article or statement of its batch: {row}.")
        rows[name] = frame
    for name in NAMED:
        rows[name] = rows[name].assign(row=range(len(rows[name])))
    if batch.kind == "refresh" and len(rows["articles"]):
        raise ContractError("articles: a refresh changes no article, its batch may not bring one.")
    return {name: PHYSICAL[name].frame(frame) for name, frame in rows.items()}


def _row(store: Store, batch: Batch, written: _Written, made: Mapping[str, int]) -> pd.DataFrame:
    """The row of `batches`."""
    positions = store.positions
    for name, position in [*written.positions.items(), *made.items()]:
        positions[name] = max(position, positions.get(name, 0))
    supersedes = list(batch.supersedes)
    if batch.kind in ("add", "import"):
        # What was removed and is added again must not come twice when the removal is taken back.
        known = set(store.sight().hidden["article_id"])
        supersedes += [article for article in batch.tables.articles["article_id"] if article in known]
    values = {
        "version": store.version + 1,
        "batch_id": written.batch_id,
        "at": pd.Timestamp.now("UTC"),
        "counts": json.dumps({**batch.counts, **written.counts}),
        "supersedes": cell_of(supersedes),
        "confirms": cell_of(batch.confirms),
        "tables": json.dumps(positions),
    }
    values |= {name: getattr(batch, name) for name in ("kind", "who", "note", "collection", "lexicon", "undoes")}
    return BATCHES.frame([values])


def is_touched(old: Store, new: Store, batch: Batch) -> bool:
    """Whether what was committed between two versions changes what a batch was decided on.

    That is: the same article, the same text, a shared MinHash band, or the version that it takes back.
    """
    between = new.batches().query("version > @old.version")
    if between.empty:
        return False
    if batch.undoes and batch.undoes in undone_versions(between):
        return True
    mine = {*batch.tables.articles["article_id"], *batch.supersedes, *batch.confirms}
    if batch.undoes:
        mine |= touched_ids(new.batches(), [batch.undoes])
    theirs = touched_ids(between, list(between["version"]))
    if mine & theirs:
        return True
    given = {"batches": list(between["batch_id"]), "ids": list(theirs)}
    with new.connect() as con:
        texts = list(batch.tables.articles["content_hash"])
        same = con.execute(
            f"{_THEIRS} SELECT count(*) FROM articles JOIN theirs USING (article_id) {_MINE}",
            {**given, "mine": list(mine), "texts": texts},
        ).fetchall()
        con.register("my_bands", batch.bands[["band", "value"]])
        near = con.execute(
            f"{_THEIRS} SELECT count(*) FROM bands JOIN my_bands USING (band, value) JOIN theirs USING (article_id)",
            given,
        ).fetchall()
    return bool(same[0][0] or near[0][0])


_THEIRS = """WITH theirs AS (SELECT article_id FROM articles
    WHERE batch_id IN (SELECT unnest($batches)) OR article_id IN (SELECT unnest($ids)))"""
_MINE = "WHERE article_id IN (SELECT unnest($mine)) OR content_hash IN (SELECT unnest($texts))"


def _is_behind(store: Store) -> bool:
    """Whether somebody committed since a store was opened, before work is put into rows."""
    return store.lake.newest("batches") != store.log_version


def _fold(store: Store) -> None:
    """Make one file of the many small ones of `batches`, now and then; no harm where somebody is faster."""
    if (store.version % FOLD) == 0:
        store.lake.compact("batches", once=True)
