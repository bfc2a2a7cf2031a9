"""What is taken: everything, or what filters leave in view, with what it takes to open it elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pandas as pd

from analysis.export.package import About
from analysis.export.snapshot import CODED, Content
from analysis.measure.filters import Filters
from analysis.schema import SPEAKERS, Tables
from analysis.serve.searching import finder
from analysis.store import Store

_BYTES = 128 << 20
"""Bytes of originals that are held at a time."""


def content_of(
    store: Store,
    filters: Filters | None = None,
    *,
    every: Tables | None = None,
    view: str = "",
    originals: bool = False,
    created: dt.datetime | None = None,
) -> Content:
    """What a snapshot of a store holds.

    Args:
        store: the store, at the version to take.
        filters: what to take; None for everything, repeats and relayed positions included.
        every: all tables of the store, where they are at hand.
        view: the page of the dashboard that it is taken from.
        originals: whether to take the original bytes as well.
        created: the time to name; now by default.
    """
    every = store.tables() if every is None else every
    tables, whole = choose(every, filters)
    ids = set(tables.articles["article_id"])
    corrections = corrections_of(store.frame("corrections"), ids).drop(columns="batch_id")
    before = None
    if whole and len(corrections):
        before = store.tables(corrected=False, articles=None if filters is None else sorted(ids))
        # A correction may give rows to a speaker whom the machine names in none of these articles.
        there = store.frame("speakers", SPEAKERS.names)
        wanted = there["speaker_id"].isin({*before.speakers["speaker_id"], *tables.speakers["speaker_id"]})
        before.speakers = there[wanted].reset_index(drop=True)
    coded = _among(store.coded()[CODED.names], ids)
    batches = store.batches()
    about = About(
        created or _now(),
        filters,
        view,
        store.version,
        str(batches["batch_id"].iloc[-1]) if len(batches) else "",
        tuple(sorted(set(coded["lexicon"]) - {""})),
        whole,
    )
    return Content(tables, about, before, corrections, coded, _originals(store, ids) if originals else None)


def content_of_tables(
    every: Tables, filters: Filters | None = None, *, view: str = "", created: dt.datetime | None = None
) -> Content:
    """What a snapshot of tables holds that lie in no store."""
    tables, whole = choose(every, filters)
    return Content(tables, About(created or _now(), filters, view, whole=whole))


def choose(every: Tables, filters: Filters | None) -> tuple[Tables, bool]:
    """The tables that filters leave, with the speakers whom their rows name, and whether their articles are whole.

    None leaves everything. An article is whole where none of its statements and positions is left out.
    """
    if filters is None:
        return every, True
    tables = filters.apply(every, finder(every))
    rows = (tables.attributions["speaker_id"], tables.positions["speaker_id"], tables.mentions["entity_id"])
    named = pd.concat(rows).drop_duplicates()
    tables = replace(
        tables,
        speakers=every.speakers[every.speakers["speaker_id"].isin(named)],
        offices=every.offices[every.offices["speaker_id"].isin(named)],
    )
    statements = every.statements["article_id"].isin(tables.articles["article_id"])
    positions = every.positions["statement_id"].isin(every.statements.loc[statements, "statement_id"])
    whole = int(statements.sum()) == len(tables.statements) and int(positions.sum()) == len(tables.positions)
    return tables, whole


def corrections_of(given: pd.DataFrame, ids: set[str]) -> pd.DataFrame:
    """The corrections of some articles and of speakers, and what takes these back (columns: the store's table)."""
    chosen = given["article_id"].isin(ids) | ((given["article_id"] == "") & (given["undoes"] == ""))
    found = set(given.loc[chosen, "correction_id"])
    # An undo names a correction and no article, and can be taken back itself.
    while more := set(given.loc[given["undoes"].isin(found), "correction_id"]) - found:
        found |= more
    return given[given["correction_id"].isin(found)].reset_index(drop=True)


def _originals(store: Store, ids: set[str]) -> Iterator[pd.DataFrame]:
    sizes = store.query("SELECT article_id, octet_length(data) AS bytes FROM originals ORDER BY article_id")
    for part in _portions(sizes[sizes["article_id"].isin(ids)]):
        yield store.originals(part)


def _portions(sizes: pd.DataFrame) -> Iterable[Sequence[str]]:
    part: list[str] = []
    held = 0
    for article, size in zip(sizes["article_id"], sizes["bytes"], strict=True):
        if part and held + size > _BYTES:
            yield part
            part, held = [], 0
        part.append(article)
        held += size
    if part:
        yield part


def _among(frame: pd.DataFrame, ids: set[str]) -> pd.DataFrame:
    return frame[frame["article_id"].isin(ids)].reset_index(drop=True)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)
