"""Extraction of a batch's articles: here, or by worker processes.

The articles are cut into chunks of a fixed size, so that what is found does not depend on how many workers there are.
Workers start by spawn (`deltalake` and DuckDB do not live through a fork). Where one is killed, the chunks that were
not finished go to a fresh pool; a chunk that ends its worker again and again is read one article at a time, so that
only the article at fault is left out.
"""

from __future__ import annotations

import logging
import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from itertools import batched
from types import TracebackType
from typing import Self

import pandas as pd

from analysis import schema
from analysis.extract.pipeline import extract
from analysis.lexicon.words import Words
from analysis.schema import ARTICLES, Tables

CHUNK = 50
"""Articles of a task."""
Row = dict[str, object]

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Extracted:
    """What was found in some articles."""

    tables: Tables = field(default_factory=Tables)
    failed: dict[str, str] = field(default_factory=dict)
    """Id of an article that could not be read to the reason."""


class Cancelled(Exception):
    """Somebody asked to stop."""


class Extractor:
    """Extracts articles. Use it as a context manager.

    Args:
        words: the words to read with.
        workers: 1 extracts in this process, more by as many others.
    """

    def __init__(self, words: Words, workers: int = 1) -> None:
        self.words, self.workers = words, workers
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        self.words.load()  # What is wrong with the words is said before anything is read.
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def extract(self, rows: Sequence[Row], cancelled: Callable[[], bool] = lambda: False) -> Extracted:
        """The tables of articles (rows of the articles table), in the order of the articles.

        Raises:
            Cancelled: where `cancelled` says so; it is asked between chunks.
        """
        chunks = list(batched(rows, CHUNK))
        if self.workers == 1 or len(chunks) == 1:
            done = []
            for chunk in chunks:
                _stop(cancelled)
                done.append(extract_chunk(self.words, chunk))
        else:
            done = self._by_workers(chunks, cancelled)
        tables = schema.concatenate([one.tables for one in done])
        return Extracted(tables, {key: why for one in done for key, why in one.failed.items()})

    def _by_workers(self, chunks: Sequence[tuple[Row, ...]], cancelled: Callable[[], bool]) -> list[Extracted]:
        done: dict[int, Extracted] = {}
        for _ in range(3):
            missing = [i for i in range(len(chunks)) if i not in done]
            try:
                pool = self._started()
                tasks = {i: pool.submit(extract_chunk, self.words, chunks[i]) for i in missing}
                self._collect(tasks, done, cancelled)
            except BrokenProcessPool:
                log.warning("a worker process ended; what it had not finished is done again")
                self._close()
            if len(done) == len(chunks):
                return [done[i] for i in range(len(chunks))]
        for i in range(len(chunks)):
            if i not in done:
                _stop(cancelled)
                done[i] = self._one_by_one(chunks[i])
        return [done[i] for i in range(len(chunks))]

    def _collect(
        self, tasks: dict[int, Future[Extracted]], done: dict[int, Extracted], cancelled: Callable[[], bool]
    ) -> None:
        for i, task in tasks.items():
            while True:
                try:
                    done[i] = task.result(timeout=0.5)
                    break
                except TimeoutError:
                    if cancelled():
                        for other in tasks.values():
                            other.cancel()
                        raise Cancelled from None

    def _one_by_one(self, chunk: tuple[Row, ...]) -> Extracted:
        """Each article in a task of its own, after its chunk has ended several workers."""
        found = []
        for row in chunk:
            try:
                found.append(self._started().submit(extract_chunk, self.words, (row,)).result())
            except BrokenProcessPool:
                self._close()
                found.append(Extracted(failed={str(row["article_id"]): "it ended the process that read it"}))
        tables = schema.concatenate([one.tables for one in found])
        return Extracted(tables, {key: why for one in found for key, why in one.failed.items()})

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            spawn = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self.workers, spawn, _ignore_interrupts)
        return self._pool

    def _close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _stop(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise Cancelled


def _ignore_interrupts() -> None:
    """Ctrl+C reaches all processes of a terminal; the one that started the workers decides what to do."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


def extract_chunk(words: Words, rows: Sequence[Row]) -> Extracted:
    """The tables of a few articles; where one of them fails, the others are read without it."""
    if not rows:
        return Extracted()
    lexicon = words.load()
    articles = ARTICLES.frame(pd.DataFrame(list(rows)))
    try:
        tables = extract(articles, lexicon)
        tables.articles = articles  # As they were prepared: a time in UTC no longer says how precise it was.
        schema.check(tables)
    except Exception as error:  # Whatever is wrong with one article must not stop the others.
        if len(rows) == 1:
            log.warning("article %s could not be read", rows[0]["article_id"], exc_info=True)
            return Extracted(failed={str(rows[0]["article_id"]): f"{type(error).__name__}: {error}"})
        middle = len(rows) // 2
        parts = [extract_chunk(words, part) for part in (rows[:middle], rows[middle:])]
        tables = schema.concatenate([part.tables for part in parts])
        return Extracted(tables, {key: why for part in parts for key, why in part.failed.items()})
    return Extracted(tables)
