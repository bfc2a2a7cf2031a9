"""Extracting again what was extracted with other words or another code than today's.

Only codes that come out differently are written; of the others it is noted that they were confirmed, so that a second
refresh has nothing to do. A refresh that was interrupted goes on where it stopped. Corrections are kept apart from
codes and stay.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import batched
from time import monotonic

import pandas as pd

from analysis import schema
from analysis.errors import StoreError
from analysis.lexicon.words import Words
from analysis.schema import OFFICES, SPEAKERS, Tables
from analysis.store.commit import Batch, commit
from analysis.store.extracting import Cancelled, Extractor
from analysis.store.report import Committed, Line, Progress
from analysis.store.rows import NAMING, articles_of, only, rows_by_article
from analysis.store.schema import CODES
from analysis.store.store import Store
from analysis.store.vocabulary import words_of

BATCH = 500
"""Articles of a batch."""
_GIVEN = ("speaker_id", "name_fa", "name_en", "kind", "wikidata")
"""What the lexicon says of a person; spellings come from the articles as well."""


@dataclass(slots=True)
class Refreshed:
    """What a refresh did."""

    changed: int = 0
    """Articles whose codes came out differently and were written."""
    confirmed: int = 0
    """Articles whose codes came out as they were."""
    failed: list[Line] = field(default_factory=list)
    """Articles on which the program failed; they keep the codes that they have."""
    batches: list[Committed] = field(default_factory=list)
    cancelled: bool = False
    seconds: float = 0.0


def follow(store: Store, before: Words, after: Words, ids: Sequence[str], who: str = "", note: str = "") -> Store:
    """Bring a store up to date after its words changed, where it is known which articles that can concern.

    These are extracted again. Of the others those that were up to date before are confirmed as they are, so that
    nothing is outdated for the sake of a word that it does not hold.

    Args:
        store: the store after the change, at its newest version or shortly behind.
        before, after: the words without and with the change.
        ids: the articles that it can concern.
        who, note: kept with the versions.
    """
    run = _Run(store.reload(), after, who, note, lambda: False, own=False)
    run.same = lambda newer: _made_with(newer, before) - set(ids)
    with Extractor(after) as run.extractor:
        for chosen in [*batched(ids, BATCH)] or [()]:
            run.take(chosen)
            run.same = None
    return run.store


def _made_with(store: Store, words: Words) -> set[str]:
    """The articles whose codes were made or confirmed with some words."""
    coded = store.coded()
    return set(coded.loc[coded["lexicon"] == words.fingerprint(), "article_id"])


class _NothingLeft(Exception):
    """Somebody else has refreshed all of a batch meanwhile."""


def outdated(store: Store, words: Words) -> list[str]:
    """Ids of the articles whose codes were made or confirmed under another fingerprint, the earliest added first.

    The words that people added to the store are laid over `words`, here as wherever something is extracted.
    """
    return _stale(store, words_of(store, words))


def _stale(store: Store, words: Words) -> list[str]:
    """The same for exactly these words."""
    coded = store.coded()
    stale = coded.loc[coded["lexicon"] != words.fingerprint(), "article_id"]
    order = store.query("SELECT article_id FROM articles JOIN batches USING (batch_id) ORDER BY version, article_id")
    return [str(article) for article in order["article_id"] if article in set(stale)]


def refresh(
    store: Store,
    *,
    words: Words | None = None,
    who: str = "",
    note: str = "",
    batch: int = BATCH,
    progress: Callable[[Progress], None] | None = None,
    listen: Callable[[Line | Committed], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    workers: int = 1,
) -> Refreshed:
    """Extract again every article whose codes are of other words or code.

    Args:
        store: any version that is not read-only; the newest one is used.
        words: the words to extract with, under those that people added to the store; those of `data/` by default.
        who, note: kept with each version.
        batch: articles of a batch; each is kept as soon as it is committed.
        progress: called after each batch with how far it is.
        listen: called for every committed batch and for every article that failed.
        cancelled: asked now and then; where it says True, the batch that is not yet committed is dropped.
        workers: processes that extract; 1 does it in this one.

    Raises:
        StoreError: the store cannot be written; batches that were committed before stay.
        DataError: the words break a rule; nothing was changed.
    """
    if store.read_only:
        shown = store.notice or f"version {store.version}"
        raise StoreError(f"{store.where}: opened for reading only ({shown}). Open its newest version to refresh it.")
    run = _Run(store.reload(), words, who, note, cancelled or (lambda: False))
    since = monotonic()
    with Extractor(run.words, workers) as run.extractor:
        todo = _stale(run.store, run.words)
        done = 0
        try:
            for ids in batched(todo, batch):
                for told in run.take(ids):
                    if listen:
                        listen(told)
                done += len(ids)
                if progress:
                    progress(Progress(done, len(todo), monotonic() - since))
        except Cancelled:
            run.report.cancelled = True
    run.report.seconds = monotonic() - since
    return run.report


class _Run:
    """One call of `refresh`."""

    extractor: Extractor

    def __init__(
        self,
        store: Store,
        words: Words | None,
        who: str,
        note: str,
        cancelled: Callable[[], bool],
        *,
        own: bool = True,
    ) -> None:
        """`own`: lay the store's own words over those given; else these are exactly the words to read with."""
        self.words = words_of(store, words) if own or words is None else words
        self.store, self.who, self.note, self.cancelled = store, who, note, cancelled
        self.report = Refreshed()
        self.same: Callable[[Store], set[str]] | None = None
        """Articles that the next batch confirms without extracting them."""
        self._made: Batch | None = None
        self._failed: list[Line] = []

    def take(self, ids: Sequence[str]) -> list[Line | Committed]:
        """Refresh a batch of articles; returns what is to be told of it."""
        started = monotonic()
        made = self._make(self.store, ids)

        def again(store: Store) -> Batch:
            stale = set(_stale(store, self.words))
            batch = self._make(store, [article for article in ids if article in stale])
            if batch is None:
                raise _NothingLeft
            return batch

        told: list[Line | Committed] = []
        try:
            if made is not None:
                self.store = commit(self.store, made, decide=again)
                made = self._made or made
                self.report.changed += len(made.supersedes)
                self.report.confirmed += len(made.confirms)
                counts = (len(made.supersedes), len(made.tables.statements))
                told.append(Committed(self.store.version, *counts, monotonic() - started))
        except _NothingLeft:
            self.store = self.store.reload()
        self.report.batches += [one for one in told if isinstance(one, Committed)]
        self.report.failed += self._failed
        return [*self._failed, *told]

    def _make(self, store: Store, ids: Sequence[str]) -> Batch | None:
        """The batch that brings the codes of some articles up to date; None where none of them is there."""
        self._made, self._failed = None, []
        kept = store.tables(corrected=False, articles=ids)
        same = sorted(self.same(store)) if self.same else []
        if kept.articles.empty and not same:
            return None
        rows = [{str(k): v for k, v in row.items()} for row in kept.articles.to_dict("records")]
        found = self.extractor.extract(rows, self.cancelled)
        titles = dict(zip(kept.articles["article_id"], kept.articles["title"], strict=True))
        self._failed = [_failed(article, titles[article], why) for article, why in found.failed.items()]
        read = [article for article in titles if article not in found.failed]
        changed = _changed(kept, found.tables, read, set(self.words.load().people.people))
        tables = only(found.tables, changed)
        tables.articles = schema.ARTICLES.frame()
        if not (read or same):
            return None
        self._made = Batch(
            kind="refresh",
            tables=tables,
            supersedes=tuple(changed),
            confirms=(*(article for article in read if article not in set(changed)), *same),
            who=self.who,
            note=self.note,
            lexicon=self.words.fingerprint(),
        )
        return self._made


def _changed(kept: Tables, found: Tables, ids: Sequence[str], known: set[str]) -> list[str]:
    """The articles whose codes differ, or that name somebody of whom the lexicon now says something else."""
    before, after = (rows_by_article(tables, CODES) for tables in (kept, found))
    renamed = _said_of(kept, known) ^ _said_of(found, known)
    others = {speaker for speaker, _ in renamed}
    naming: set[str] = set()
    for name, column in NAMING:
        frame: pd.DataFrame = getattr(found, name)
        naming.update(articles_of(found, frame)[frame[column].isin(others)])
    return [article for article in ids if before.get(article) != after.get(article) or article in naming]


def _said_of(tables: Tables, known: set[str]) -> set[tuple[str, tuple[object, ...]]]:
    """What is said of the lexicon's people and their offices, by speaker."""
    said: set[tuple[str, tuple[object, ...]]] = set()
    for frame, columns in ((tables.speakers, _GIVEN), (tables.offices, tuple(OFFICES.names))):
        people = frame[frame[SPEAKERS.key[0]].isin(known)]
        said |= {(str(row[0]), row) for row in people[list(columns)].itertuples(index=False, name=None)}
    return said


def _failed(article_id: str, title: str, why: str) -> Line:
    reason = f"{title or article_id}: the program failed on it ({why}). It keeps the codes that it has."
    return Line(article_id, "rejected", "not_extracted", reason, article_id, title)
