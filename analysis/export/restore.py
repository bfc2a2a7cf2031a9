"""A snapshot put into a store: its rows, originals and corrections as they are, without extracting anything again.

Ids stay. An article that the store has with the same text is left out; one that it has with another text is rejected,
because a snapshot is a memory of what once was and must not hide what is newer. Where an article is new but copies one
that the store had before, it is marked as a copy of that. Corrections come along with every article that is there in
the end, each once. Where filters left out rows of the articles, the store takes what there is as coded by words that
nobody knows, so that `refresh` completes it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import BinaryIO, cast

import pandas as pd

from analysis.errors import SnapshotError
from analysis.export.reading import Snapshot
from analysis.export.taking import corrections_of
from analysis.export.verify import verify
from analysis.extract.actors import short_hash
from analysis.lexicon.words import Words
from analysis.read.items import Original
from analysis.schema import Tables
from analysis.store import Batch, Store, commit
from analysis.store.add import Heard
from analysis.store.arrivals import Arrival
from analysis.store.decisions import Decision, decide
from analysis.store.report import KEPT, Committed, Line, Progress, Report
from analysis.store.rows import only
from analysis.store.schema import BANDS, ORIGINALS

BATCH = 2000
"""Articles of a version, at most: what of a snapshot is in memory more than once."""
_NO_BYTES = Original(b"", "", "", "")


class _NothingNew(Exception):
    """Somebody else has added all of it meanwhile."""


def add_snapshot(
    store: Store,
    path: Path | BinaryIO,
    *,
    who: str = "",
    note: str = "",
    listen: Callable[[Heard], None] | None = None,
) -> Report:
    """Add a snapshot to a store.

    Each batch is kept once it is committed; adding the same again changes nothing.

    Args:
        store: any version that is not read-only; the newest one is used.
        path: the snapshot.
        who, note: kept with each version.
        listen: told what became of each article, each committed batch, and how far it is.

    Returns:
        what became of every article.

    Raises:
        SnapshotError: where it is not whole (see `analysis.export.verify`); nothing was added.
        StoreError: where the store cannot be written.
    """
    verdict = verify(path)
    if verdict.problems:
        more = f" and {len(verdict.problems) - 1} more" if len(verdict.problems) > 1 else ""
        raise SnapshotError(f"The snapshot is not whole: {verdict.problems[0]}{more} Nothing was added.")
    with Snapshot(path) as snapshot:
        run = _Run(store.reload(), snapshot, who, note, listen or (lambda heard: None))
        for ids, lexicon in run.portions():
            run.take(ids, lexicon)
    run.report.seconds = monotonic() - run.since
    return run.report


class _Run:
    """One call of `add_snapshot`."""

    def __init__(self, store: Store, snapshot: Snapshot, who: str, note: str, listen: Callable[[Heard], None]) -> None:
        self.store, self.snapshot, self.listen = store, snapshot, listen
        self.who, self.note = who, note or _note(snapshot)
        self.whole = bool(snapshot.about.get("whole"))
        self.tables = snapshot.before() if self.whole else snapshot.tables()
        # What is the same text is decided by this hash, so it is not taken on trust.
        articles = self.tables.articles
        self.tables.articles = articles.assign(content_hash=articles["text"].map(short_hash).astype("str"))
        self.ids = set(self.tables.articles["article_id"])
        self.rows = {str(row["article_id"]): row for row in records(self.tables.articles)}
        self.spare = _unnamed(self.tables)
        self.corrections, self.originals = snapshot.corrections(), snapshot.originals()
        self.roots: dict[str, str] = {}
        """Articles of the snapshot that turned out to copy one that the store had before."""
        self.words, self.report, self.since = Words(), Report(), monotonic()

    def portions(self) -> Iterator[tuple[list[str], str]]:
        """Ids with the lexicon that coded them, in portions of one lexicon, originals before their copies."""
        known = self.snapshot.coded()
        coded = dict(zip(known["article_id"], known["lexicon"], strict=True)) if self.whole else {}
        articles = self.tables.articles
        order = pd.DataFrame(
            {
                "id": articles["article_id"],
                "copy": articles["duplicate_of"] != "",
                "lexicon": [coded.get(article, "") for article in articles["article_id"]],
            }
        ).sort_values(["lexicon", "copy", "id"])
        for lexicon, group in order.groupby("lexicon", sort=False):
            ids = group["id"].tolist()
            for start in range(0, len(ids), BATCH):
                yield ids[start : start + BATCH], str(lexicon)

    def take(self, ids: list[str], lexicon: str) -> None:
        """Add one portion."""
        started = monotonic()
        pending = _Pending(self, ids, lexicon)
        made = pending.decide(self.store)
        if made is not None:
            try:
                self.store = commit(self.store, made, decide=pending.decide_again)
                made = pending.made
            except _NothingNew:
                made = None
        self.report.lines += pending.lines
        for line in pending.lines:
            self.listen(line)
        if made is not None:
            rows = (len(made.tables.articles), len(made.tables.statements))
            self.report.batches.append(Committed(self.store.version, *rows, monotonic() - started))
            self.listen(self.report.batches[-1])
        self.listen(Progress(len(self.report.lines), len(self.ids), monotonic() - self.since))


class _Pending:
    """Articles on their way in, until they are committed."""

    def __init__(self, run: _Run, ids: list[str], lexicon: str) -> None:
        self.run, self.lexicon, self.ids = run, lexicon, ids
        self.lines: list[Line] = []
        self.made: Batch | None = None

    def decide(self, store: Store) -> Batch | None:
        """What to commit, as things stand in a store; None for nothing."""
        run = self.run
        arrivals = [Arrival(f"{run.snapshot.name}, {one}", run.rows[one], _NO_BYTES) for one in self.ids]
        decisions, _ = decide(store, arrivals, run.words)
        kept: list[Decision] = []
        copied: dict[str, str] = {}
        self.lines = []
        for decision in decisions:
            line, copies = self._fate(decision)
            self.lines.append(line)
            if line.outcome in KEPT:
                kept.append(decision)
                copied[line.article_id] = copies
        self.made = self._batch(store, kept, copied)
        return self.made

    def decide_again(self, store: Store) -> Batch:
        """The same for `commit`, when somebody else was faster."""
        made = self.decide(store)
        if made is None:
            raise _NothingNew
        return made

    def _fate(self, decision: Decision) -> tuple[Line, str]:
        """What becomes of an article, and what it is marked as a copy of."""
        run, arrival, line = self.run, decision.arrival, decision.line
        if line.outcome == "unchanged":
            return line, ""
        if line.outcome == "new_version":
            reason = "The store has another text under this id. Add the article itself to make it a new version."
            return arrival.line("rejected", reason, code="other_text"), ""
        own = str(arrival.row["duplicate_of"])
        if own:
            other = run.roots.get(own, own)
            return arrival.line("duplicate", "A copy by the snapshot.", other=other), other
        # What copies another article of the snapshot, and was not called so there, is not called so here.
        if not line.other or line.other in run.ids:
            return arrival.line("added"), ""
        run.roots[arrival.article_id] = decision.copies
        return line, decision.copies

    def _batch(self, store: Store, kept: list[Decision], copied: dict[str, str]) -> Batch | None:
        run = self.run
        tables = only(run.tables, copied) if kept else Tables()
        articles, speakers = tables.articles, tables.speakers
        articles = articles.assign(duplicate_of=articles["article_id"].map(copied).fillna("").astype("str"))
        if kept and not run.report.batches:
            speakers = pd.concat([speakers, run.spare], ignore_index=True).drop_duplicates("speaker_id")
        tables = replace(tables, articles=articles, speakers=speakers)
        corrections = self._corrections(store)
        if not kept and corrections.empty:
            return None
        collections = set(articles["collection"])
        rows = [
            {"article_id": one.arrival.article_id, "band": band, "value": value}
            for one in kept
            for band, value in one.bands
        ]
        return Batch(
            kind="import",
            tables=tables,
            originals=self._originals(set(copied)),
            bands=BANDS.frame(rows),
            corrections=corrections,
            who=run.who,
            note=run.note,
            collection=collections.pop() if len(collections) == 1 else "",
            lexicon=self.lexicon,
        )

    def _corrections(self, store: Store) -> pd.DataFrame:
        """Corrections of the articles that are there in the end, and of none; those that the store lacks."""
        here = {line.article_id for line in self.lines if line.outcome != "rejected"}
        given = corrections_of(self.run.corrections, here)
        known = store.frame("corrections", ["correction_id"])["correction_id"]
        return given[~given["correction_id"].isin(known)].reset_index(drop=True)

    def _originals(self, ids: set[str]) -> pd.DataFrame:
        """The original bytes; of an article that comes without, its record in the snapshot, which is what came."""
        run = self.run
        listed = run.originals[run.originals["article_id"].isin(ids)]
        there = listed.assign(data=[run.snapshot.bytes(path) for path in listed["path"]])
        without: list[dict[str, object]] = [
            {
                "article_id": article,
                "name": run.note,
                "media_type": "application/json",
                "reader": "snapshot",
                "data": json.dumps(run.rows[article], ensure_ascii=False, default=str).encode(),
            }
            for article in sorted(ids.difference(listed["article_id"]))
        ]
        return ORIGINALS.frame([*records(there), *without])


def _unnamed(tables: Tables) -> pd.DataFrame:
    """Speakers whom no row names; corrections may, so that they come with the first batch."""
    named = pd.concat([tables.attributions["speaker_id"], tables.positions["speaker_id"], tables.mentions["entity_id"]])
    return tables.speakers[~tables.speakers["speaker_id"].isin(named)]


def records(frame: pd.DataFrame) -> list[dict[str, object]]:
    """A frame's rows as dictionaries."""
    return cast(list[dict[str, object]], frame.to_dict("records"))


def _note(snapshot: Snapshot) -> str:
    about = snapshot.about
    version = about.get("store_version")
    made = f"version {version} of another store, " if version is not None else ""
    return f"snapshot of {made}made {snapshot.package.get('created', '')} ({about.get('program', '')})"
