"""Adding articles: read, decide, extract and keep, batch by batch; what is once committed stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from time import monotonic

import pandas as pd

from analysis import schema
from analysis.errors import StoreError
from analysis.lexicon.words import Words
from analysis.read.items import Item, Rejected
from analysis.schema import Tables
from analysis.store.arrivals import Arrival, gather, prepare
from analysis.store.commit import Batch, commit
from analysis.store.decisions import Decision, decide
from analysis.store.extracting import Cancelled, Extracted, Extractor
from analysis.store.report import Committed, Line, Progress, Report
from analysis.store.rows import only
from analysis.store.schema import BANDS, ORIGINALS
from analysis.store.store import Store
from analysis.store.vocabulary import words_of

BATCH = 500
"""Articles of a batch, at most."""
Heard = Line | Committed | Progress
"""What a run tells while it goes on."""


class _NothingNew(Exception):
    """Somebody else has added all of a batch meanwhile."""


def add(
    store: Store,
    items: Iterable[Item | Rejected],
    *,
    collection: str = "",
    who: str = "",
    note: str = "",
    batch: int = BATCH,
    words: Words | None = None,
    progress: Callable[[Progress], None] | None = None,
    listen: Callable[[Line | Committed], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    total: int | None = None,
    workers: int = 1,
    removed_stay: bool = False,
) -> Report:
    """Add what readers deliver to a store.

    Each batch is kept as soon as it is committed; an error or a cancel later on takes nothing of it back. Adding the
    same again changes nothing.

    Args:
        store: any version that is not read-only; the newest one is used.
        items: articles, and what was turned away; only a batch of them is held in memory.
        collection: the collection to put all of them into; where empty, each keeps the one that it names.
        who, note: kept with each version.
        batch: articles of a batch, at most.
        words: the words to extract with, under those that people added to the store; those of `data/` by default.
        progress: called after each step with how far it is.
        listen: called for every article once its fate is certain, and for every committed batch.
        cancelled: asked now and then; where it says True, the batch that is not yet committed is dropped.
        total: how many articles there are, where that is known.
        workers: processes that extract; 1 does it in this one.
        removed_stay: leave articles alone that somebody removed (for schedules); else they are added again.

    Returns:
        what became of every article, in the order in which they came.

    Raises:
        StoreError: the store cannot be written; batches that were committed before stay.
        DataError: the words break a rule; nothing was added.
    """
    if store.read_only:
        shown = store.notice or f"version {store.version}"
        raise StoreError(f"{store.where}: opened for reading only ({shown}). Open its newest version to add to it.")
    run = _Run(store, collection, who, note, words, removed_stay)
    run.progress, run.listen, run.cancelled = progress, listen, cancelled or (lambda: False)
    run.total = total
    with Extractor(run.words, workers) as extractor:
        run.extractor = extractor
        try:
            for given in gather(_until(items, run.cancelled), batch):
                run.take(given)
        except Cancelled:
            run.report.cancelled = True
    run.report.seconds = monotonic() - run.since
    return run.report


def _until(items: Iterable[Item | Rejected], cancelled: Callable[[], bool]) -> Iterable[Item | Rejected]:
    for item in items:
        if cancelled():
            raise Cancelled
        yield item


class _Run:
    """One call of `add`."""

    progress: Callable[[Progress], None] | None
    listen: Callable[[Line | Committed], None] | None
    cancelled: Callable[[], bool]
    total: int | None
    extractor: Extractor

    def __init__(
        self, store: Store, collection: str, who: str, note: str, words: Words | None, removed_stay: bool
    ) -> None:
        self.store, self.collection, self.who, self.note = store.reload(), collection, who, note
        self.words, self.removed_stay = words_of(self.store, words), removed_stay
        self.report = Report()
        self.since = monotonic()

    def take(self, given: Sequence[Item | Rejected]) -> None:
        """Add one batch."""
        rejected = [Line(r.where, "rejected", r.code, r.reason) for r in given if isinstance(r, Rejected)]
        arrivals, more = prepare([item for item in given if isinstance(item, Item)], self.collection)
        self._tell([*rejected, *more])
        while arrivals:
            arrivals = self._keep(arrivals)

    def _keep(self, arrivals: Sequence[Arrival]) -> list[Arrival]:
        """Commit what is new of some articles; returns those that must wait for the next batch."""
        started = monotonic()
        pending = _Pending(self, arrivals)
        made = pending.decide(self.store)
        waiting = pending.waiting
        try:
            if made is not None:
                self.store = commit(self.store, made, decide=pending.decide_again)
                made = pending.made
        except _NothingNew:
            made = None
        self._tell([d.line for d in pending.decisions] + pending.failed)
        if made is not None:
            counts = (len(made.tables.articles), len(made.tables.statements))
            done = Committed(self.store.version, *counts, monotonic() - started)
            self.report.batches.append(done)
            if self.listen:
                self.listen(done)
        return waiting

    def _tell(self, lines: Sequence[Line]) -> None:
        if not lines:
            return
        self.report.lines += lines
        if self.listen:
            for line in lines:
                self.listen(line)
        if self.progress:
            self.progress(Progress(len(self.report.lines), self.total, monotonic() - self.since))


class _Pending:
    """Articles that are being added as one batch, until it is committed.

    Attributes:
        decisions: what becomes of them, by the last decision.
        made: the batch made of it; None where there is nothing to write.
        waiting: articles that must wait for the next batch.
        failed: what is said of articles that could not be extracted.
    """

    def __init__(self, run: _Run, arrivals: Sequence[Arrival]) -> None:
        self.run, self.arrivals = run, list(arrivals)
        self.decisions: list[Decision] = []
        self.waiting: list[Arrival] = []
        self.failed: list[Line] = []
        self.made: Batch | None = None
        self._tables = Tables()

    def decide(self, store: Store) -> Batch | None:
        """What to commit, as things stand in a store; None for nothing."""
        while True:
            self.decisions, waiting = decide(store, self.arrivals, self.run.words, removed_stay=self.run.removed_stay)
            if waiting:
                self.waiting = waiting
                self.arrivals = self.arrivals[: len(self.arrivals) - len(waiting)]
            failed = self._extract([d.arrival for d in self.decisions if d.kept])
            if not failed:
                break
            # What copies an article that could not be read is to be decided without it.
            self.failed += [_failed(a, failed[a.article_id]) for a in self._arrived() if a.article_id in failed]
            self.arrivals = [d.arrival for d in self.decisions if d.arrival.article_id not in failed]
        kept = [d for d in self.decisions if d.kept]
        self.made = self._batch(kept) if kept else None
        return self.made

    def decide_again(self, store: Store) -> Batch:
        """The same for `commit`, when somebody else was faster."""
        made = self.decide(store)
        if made is None:
            raise _NothingNew
        return made

    def _arrived(self) -> list[Arrival]:
        return [d.arrival for d in self.decisions]

    def _extract(self, arrivals: Sequence[Arrival]) -> dict[str, str]:
        """Extract what is not extracted yet; returns the reasons of those that failed."""
        there = set(self._tables.articles["article_id"])
        missing = [a.row for a in arrivals if a.article_id not in there]
        if not missing:
            return {}
        found: Extracted = self.run.extractor.extract(missing, self.run.cancelled)
        self._tables = schema.concatenate([self._tables, found.tables]) if there else found.tables
        return found.failed

    def _batch(self, kept: Sequence[Decision]) -> Batch:
        ids = [d.arrival.article_id for d in kept]
        tables = only(self._tables, ids)
        copied = {d.arrival.article_id: d.copies for d in kept}
        tables.articles["duplicate_of"] = tables.articles["article_id"].map(copied).astype("str")
        outcomes = pd.Series([d.line.outcome for d in kept]).value_counts()
        return Batch(
            kind="add",
            tables=tables,
            originals=ORIGINALS.frame([_original(d.arrival) for d in kept]),
            bands=BANDS.frame(
                [
                    {"article_id": d.arrival.article_id, "band": band, "value": value}
                    for d in kept
                    for band, value in d.bands
                ]
            ),
            supersedes=tuple(d.arrival.article_id for d in kept if d.line.outcome == "new_version"),
            who=self.run.who,
            note=self.run.note,
            collection=self.run.collection,
            lexicon=self.run.words.fingerprint(),
            counts={str(outcome): int(n) for outcome, n in outcomes.items()},
        )


def _failed(arrival: Arrival, why: str) -> Line:
    reason = f"{arrival.where}: the program failed on it ({why}). Please report the article; the others are kept."
    return arrival.line("rejected", reason, code="not_extracted")


def _original(arrival: Arrival) -> dict[str, object]:
    given = arrival.original
    names = ("name", "media_type", "reader", "published_from", "data")
    return {"article_id": arrival.article_id} | {name: getattr(given, name) for name in names}
