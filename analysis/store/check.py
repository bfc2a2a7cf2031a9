"""Every invariant of a store, over everything: visible rows, superseded ones, and what broken adds left."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa

from analysis.errors import StoreError
from analysis.extract.actors import short_hash
from analysis.schema import REFERENCES, TABLES
from analysis.store import views
from analysis.store.inventory import rows_by_batch
from analysis.store.schema import CODES, DATA, PHYSICAL, RESTORABLE, arrow_schema
from analysis.store.store import Store

HARMLESS, WRONG = "harmless", "wrong"
_BACKUP = "Put the store back from a backup, or remove and add the articles again"
_AGAIN = "Run `refresh` on the articles"
_CHUNK = 2_000
"""Texts held in memory at a time."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it should be.

    Attributes:
        table: the table, `batches` for the versions themselves.
        what: what is wrong.
        where: the first places, with how many there are.
        remedy: what to do.
        severity: `harmless` (nothing is lost or wrong in what is shown) or `wrong`.
    """

    table: str
    what: str
    where: str
    remedy: str
    severity: str = WRONG

    def __str__(self) -> str:
        return f"{self.severity}: {self.table}: {self.what} ({self.where}). {self.remedy}."


def check(store: Store) -> list[Problem]:
    """Check a store. Memory stays bounded whatever its size; others may write meanwhile.

    Returns:
        What is wrong, worst first; empty where all is clean.
    """
    parts = (_notice, _versions, _files, _strays, _rows, _verbatim, _hashes, _corrections)
    found = [problem for part in parts for problem in _tried(part(store))]
    return sorted(dict.fromkeys(found), key=lambda problem: problem.severity == HARMLESS)


def _tried(problems: Iterator[Problem]) -> Iterator[Problem]:
    """Problems, and as the last one what broke the search for them."""
    try:
        yield from problems
    except (StoreError, duckdb.Error) as error:
        yield Problem("store", "cannot be checked any further", str(error).splitlines()[0], _BACKUP)


def _notice(store: Store) -> Iterator[Problem]:
    if store.notice:
        yield Problem("batches", "its last entry is broken", store.notice, "Follow the advice and check again")


def _versions(store: Store) -> Iterator[Problem]:
    """Versions count from 1, batches have ids of their own, tables only grow, what is taken back may be."""
    batches = store.batches()
    if list(batches["version"]) != list(range(1, len(batches) + 1)):
        yield Problem("batches", "versions are not consecutive", f"{len(batches)} rows", _BACKUP)
    for batch in batches.loc[batches.duplicated("batch_id"), "batch_id"]:
        yield Problem("batches", "two versions name one batch", batch, _BACKUP)
    before: dict[str, int] = {}
    kinds = dict(zip(batches["version"], batches["kind"], strict=True))
    for version, tables, undoes in zip(batches["version"], batches["tables"], batches["undoes"], strict=True):
        now = json.loads(tables)
        if any(now.get(name, -1) < position for name, position in before.items()):
            yield Problem("batches", "a table's Delta version goes back", f"version {version}", _BACKUP)
        if undoes and (undoes >= version or kinds.get(undoes) not in RESTORABLE):
            yield Problem("batches", "takes back what cannot be taken back", f"version {version}", _BACKUP)
        before = now


def _files(store: Store) -> Iterator[Problem]:
    """Logs, columns and files of every table are there and whole."""
    for name in PHYSICAL:
        try:
            delta = store.lake.load(name)
        except StoreError as error:
            if name not in store.positions or not _loads(store, name):
                yield Problem(name, "its log cannot be read", str(error), _BACKUP)
            else:
                yield Problem(
                    name, "its last log entry is broken", str(error),
                    "Nothing that was committed needs it: move the newest file of its _delta_log away",
                )  # fmt: skip
            continue
        expected = arrow_schema(PHYSICAL[name]).remove_metadata()
        if pa.schema(delta.schema().to_arrow()).remove_metadata() != expected:
            yield Problem(name, "its columns are not those of this program", store.lake.uri(name), "Update Mavaze")
        if store.lake.folder:
            for file in views.files_of(delta):
                if what := _broken(Path(file)):
                    remedy = _AGAIN if name in CODES else _BACKUP
                    yield Problem(name, what, file, f"Put the file back from a backup. Without one: {remedy.lower()}")


def _loads(store: Store, name: str) -> bool:
    try:
        store.lake.load(name, store.positions[name])
    except StoreError:
        return False
    return True


def _broken(file: Path) -> str:
    if not file.exists():
        return "a file is missing"
    with file.open("rb") as opened:
        if opened.seek(0, 2) < 12:
            return "a file is cut off"
        opened.seek(-4, 2)
        return "" if opened.read() == b"PAR1" else "a file is cut off"


def _strays(store: Store) -> Iterator[Problem]:
    """Rows belong to committed batches, as many as the batch says; else they are what broken adds left."""
    counts = {
        batch: json.loads(cell) for batch, cell in store.batches()[["batch_id", "counts"]].itertuples(index=False)
    }
    purged: dict[str, dict[str, int]] = {}
    for cell in counts.values():
        for batch, rows in cell.get("purged", {}).items():
            known = purged.setdefault(batch, {})
            known.update({name: known.get(name, 0) + number for name, number in rows.items()})
    for name in DATA:
        found = rows_by_batch(store, name)
        left = found[~found["batch_id"].isin(list(counts))]
        if len(left):
            yield Problem(
                name, "rows of adds that were broken off or are still at work, which nobody sees",
                f"{left['rows'].sum()} rows of {len(left)} batches", "`compact` sweeps them after a day", HARMLESS,
            )  # fmt: skip
        there: dict[str, int] = dict(zip(found["batch_id"], found["rows"].tolist(), strict=True))
        for batch, cell in counts.items():
            told = int(cell.get(name, 0)) - purged.get(batch, {}).get(name, 0)
            if there.get(batch, 0) != told:
                where = f"batch {batch}: {there.get(batch, 0)} rows, {told} were committed"
                yield Problem(name, "rows are missing or too many", where, _BACKUP)


def _rows(store: Store) -> Iterator[Problem]:
    """Visible rows: keys, allowed values, references, one row an article, duplicates, originals and bands."""
    for table in TABLES:
        keys = ", ".join(f'"{name}"' for name in table.key)
        twice = f"SELECT {keys} FROM {table.name} GROUP BY {keys} HAVING count(*) > 1"
        yield from _found(store, table.name, "two visible rows have one key", twice, _AGAIN)
        for column in table.columns:
            allowed = ", ".join(f"'{value}'" for value in column.allowed)
            if allowed:
                other = f'SELECT "{column.name}", {keys} FROM {table.name} WHERE "{column.name}" NOT IN ({allowed})'
                yield from _found(store, table.name, f"{column.name} holds what it may not", other, _AGAIN)
    for child, key, parent in REFERENCES:
        lost = f"SELECT DISTINCT {key} FROM {child} WHERE {key} NOT IN (SELECT {key} FROM {parent})"
        yield from _found(store, child, f"{key} names what {parent} lacks", lost, _AGAIN)
    lost = """SELECT article_id, duplicate_of FROM articles WHERE duplicate_of <> ''
        AND duplicate_of NOT IN (SELECT article_id FROM articles WHERE duplicate_of = '')"""
    yield from _found(store, "articles", "duplicate_of names no original", lost, "Add the article again")
    for name, severity in (("originals", WRONG), ("bands", HARMLESS)):
        none = f"SELECT article_id FROM articles WHERE article_id NOT IN (SELECT article_id FROM {name})"
        yield from _found(store, name, "an article has none", none, "Add the article again", severity)


def _verbatim(store: Store) -> Iterator[Problem]:
    """Every span of every version, also of superseded ones, is verbatim in the text that it was read from."""
    cue = "cue_start AS start, cue_stop AS stop, cue AS text"
    spans = {
        "statements": "SELECT article_id, version, start, stop, text FROM all_statements",
        "statements (cue)": f"SELECT article_id, version, {cue} FROM all_statements",
        "attributions": "SELECT article_id, version, start, stop, mention AS text FROM all_attributions",
        "mentions": "SELECT article_id, version, start, stop, text FROM all_mentions",
    }
    for name, rows in spans.items():
        # The article as it was when the codes were made: its last row at or before their version.
        other = f"""SELECT s.article_id, s.start, s.stop FROM ({rows}) s ASOF LEFT JOIN all_articles a
            ON s.article_id = a.article_id AND s.version >= a.version
            WHERE a.text IS NULL OR substring(a.text, s.start + 1, s.stop - s.start) <> s.text"""
        yield from _found(store, name, "a span is not verbatim what the row says", other, _AGAIN)


def _hashes(store: Store) -> Iterator[Problem]:
    with store.connect() as con:
        cursor = con.execute("SELECT article_id, text, content_hash FROM all_articles")
        while rows := cursor.fetchmany(_CHUNK):
            for article, text, found in rows:
                if short_hash(text) != found:
                    yield Problem("articles", "the text is not the one that was added", article, _BACKUP)


def _corrections(store: Store) -> Iterator[Problem]:
    frame = store.corrections()
    unknown = frame[(frame["undoes"] != "") & ~frame["undoes"].isin(frame["correction_id"])]
    for correction in unknown["correction_id"]:
        yield Problem("corrections", "takes back one that is not there", correction, _BACKUP)
    lost = frame.loc[frame["orphaned"], "correction_id"]
    if len(lost):
        what = "corrections fit nothing any more"
        yield Problem(
            "corrections", what, _some(lost), "Look at them in Review: make them again or undo them", HARMLESS
        )


def _found(store: Store, table: str, what: str, sql: str, remedy: str, severity: str = WRONG) -> Iterator[Problem]:
    """A problem where a query finds rows."""
    try:
        rows = store.query(f"FROM ({sql}) LIMIT 1000")
    except StoreError as error:
        yield Problem(table, "cannot be checked", str(error), _BACKUP)
        return
    if len(rows):
        yield Problem(table, what, _some(rows.astype(str).agg(" ".join, axis=1)), remedy, severity)


def _some(places: pd.Series) -> str:
    more = f" and {len(places) - 3} more" if len(places) > 3 else ""
    return ", ".join(places.head(3)) + (more if len(places) < 1000 else " and many more")
