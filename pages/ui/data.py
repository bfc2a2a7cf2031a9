"""The content of an edition, loaded once for all sessions; nobody may change them.

An edition is what a session works on: the seeds, a folder of tables, or one version of the store. The newest version of
the store is looked for at the beginning of a run, so that all of a page shows the same one.
"""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd
import streamlit as st

from analysis import config, schema
from analysis.errors import MavazeError, QueryError
from analysis.measure import frequency
from analysis.measure.facts import NO_DAY, Facts, as_date
from analysis.measure.filters import Filters
from analysis.schema import Tables
from analysis.search.index import Index
from analysis.serve.building import Building
from analysis.serve.columns import Progress
from analysis.serve.content import Content
from analysis.serve.editions import open_edition
from analysis.serve.searching import open_index
from analysis.store import Store
from analysis.store.lake import Lake
from analysis.text.calendar import today
from pages.ui.kept import Kept

Query = tuple[tuple[str, str], ...]
_EDITION = "mv_edition"
_VIEWS_ROWS = 4_000_000
"""Statements of all views together that are kept; one of a million statements holds up to 200 MB."""
_LEAST_ROWS = 100_000
"""What a small view counts as, so that there are not too many of them."""
_NEWEST_FOR = 3
"""Seconds for which the newest version of an object store is taken for known; a folder says when it changes."""


@dataclass(frozen=True)
class Edition:
    """Which tables a session works on.

    Attributes:
        kind: where the tables come from.
        place: the store or the folder.
        version, newest: the version of the store that is shown, and the newest when the run began.
    """

    kind: Literal["seeds", "folder", "store"] = "seeds"
    place: str = ""
    version: int = 0
    newest: int = 0

    @property
    def is_old(self) -> bool:
        """Whether the reader looks at an earlier version of the store."""
        return self.version < self.newest


def begin(version: int = 0) -> Edition:
    """Settle which edition this run works on.

    Args:
        version: the version of the store that the reader asks for; 0 = the newest.

    Raises:
        StoreError: where there is a store and it cannot be opened, or has no such version.
    """
    st.session_state[_EDITION] = found = _find(version)
    return found


def edition() -> Edition:
    """The edition of this run."""
    return st.session_state[_EDITION] if _EDITION in st.session_state else begin()


def store() -> Store | None:
    """The store of this run's edition, at its version; None where the tables come from elsewhere."""
    here = edition()
    return _store(_key()) if here.kind == "store" else None


def versions() -> pd.DataFrame:
    """All versions of the store, oldest first (columns of `store.schema.BATCHES`)."""
    here = edition()
    return _store(replace(here, version=here.newest, newest=0)).batches()


def clock(time: pd.Timestamp) -> str:
    """The time of day in Tehran, as HH:MM."""
    return time.tz_convert(config.TIME_ZONE).strftime("%H:%M")


def forget() -> None:
    """Look for the newest version again: something was just written."""
    _newest.clear()
    _newest_asked.clear()


def _find(version: int) -> Edition:
    folder = os.environ.get("MAVAZE_TABLES", "")
    if folder:
        return Edition("folder", folder)
    place = config.store_place()
    if not place:
        return Edition()
    stamp = Lake(place).stamp()  # Taken before reading: what is added meanwhile changes it.
    newest = _newest_asked(place) if stamp is None else _newest(place, stamp)
    return Edition("store", place, version or newest, newest)


@st.cache_resource(show_spinner=False, max_entries=4)
def _newest(place: str, stamp: int) -> int:
    return Store.open(place).version


@st.cache_resource(show_spinner=False, ttl=_NEWEST_FOR)
def _newest_asked(place: str) -> int:
    return Store.open(place).version


@st.cache_resource(show_spinner=False, max_entries=4)
def _store(here: Edition) -> Store:
    return Store.open(here.place, version=here.version)


def content() -> Content:
    """Everything that there is to show.

    It comes from the store (`MAVAZE_STORE`); `MAVAZE_TABLES` names a folder of CSV tables to show instead. The seeds
    are shown where there is neither.
    """
    return _content(_key())


def building() -> Building[Content]:
    """The edition in the making, the same for all sessions that wait for it."""
    return _building(_key())


def indexing() -> Building[Index]:
    """The search index in the making; begun when it is first asked for."""
    return _indexing(_key())


def search() -> Index:
    """The search index of the edition."""
    return _search(_key())


def speaker_names() -> dict[str, tuple[str, str]]:
    """Each speaker's Persian and English name."""
    return _speaker_names(_key())


def extent() -> tuple[dt.date, dt.date]:
    """The first and the last day of the dated articles; today where there are none."""
    return _extent(_key())


def narrowed(query: Query) -> Facts:
    """The facts narrowed by the filters of a URL query."""
    return _narrowed(_key(), query)


def totals(query: Query) -> frequency.Totals:
    """How much the filters of a URL query leave in view."""
    return _totals(_key(), query)


def key(filters: Filters) -> Query:
    """The filters as a key of the caches."""
    return tuple(sorted(filters.to_query().items()))


def _key() -> Edition:
    """The edition without what does not change its tables."""
    here = edition()
    return replace(here, newest=0)


@st.cache_resource(show_spinner=False, max_entries=3)
def _building(here: Edition) -> Building[Content]:
    def make(progress: Progress) -> Content:
        if here.kind == "store":
            return open_edition(Store.open(here.place, version=here.version), progress)
        if here.kind == "folder":
            return Content.of(read(Path(here.place)))
        from analysis.export import prepared  # Late: reading tables from a folder needs no extraction.

        return Content.of(prepared.load())

    return Building(make)


def _content(here: Edition) -> Content:
    try:
        return _building(here).wait()
    except MavazeError:
        _building.clear(here)  # The next one who asks tries again.
        raise


@st.cache_resource(show_spinner=False, max_entries=3)
def _speaker_names(here: Edition) -> dict[str, tuple[str, str]]:
    speakers = _content(here).facts.speakers
    return dict(zip(speakers.index, zip(speakers["name_fa"], speakers["name_en"], strict=True), strict=True))


@st.cache_resource(show_spinner=False, max_entries=3)
def _extent(here: Edition) -> tuple[dt.date, dt.date]:
    days = _content(here).facts.articles["day"].to_numpy()
    days = days[days != NO_DAY]
    return (as_date(days.min()), as_date(days.max())) if len(days) else (today(), today())  # type: ignore[return-value]


def _narrowed(here: Edition, query: Query) -> Facts:
    facts = _content(here).facts
    make = partial(Filters.from_query(dict(query)).narrow, facts, partial(_found, here))
    return _views().get((here, query), make, max(len(facts.statements), _LEAST_ROWS))


@st.cache_resource(show_spinner=False)
def _views() -> Kept[Facts]:
    return Kept(_VIEWS_ROWS)


def _found(here: Edition, words: str) -> np.ndarray:
    """The statements with some words; none where they are no query, which each page says (`searching.trouble`)."""
    try:
        return _search(here).find(words)
    except QueryError:
        return np.empty(0, dtype="int64")


@st.cache_resource(show_spinner=False, max_entries=3)
def _indexing(here: Edition) -> Building[Index]:
    return Building(partial(open_index, _content(here)))


def _search(here: Edition) -> Index:
    try:
        return _indexing(here).wait()
    except MavazeError:
        _indexing.clear(here)
        raise


@st.cache_resource(show_spinner=False, max_entries=256)
def _totals(here: Edition, query: Query) -> frequency.Totals:
    return frequency.totals(_narrowed(here, query))


def read(folder: Path) -> Tables:
    """The tables of a folder of CSV files, as `extract` writes them; a missing file is an empty table."""
    frames = {}
    for table in schema.TABLES:
        path = folder / f"{table.name}.csv"
        text = {column.name: "str" for column in table.columns if column.dtype == schema.TEXT}
        given = (
            pd.read_csv(path, dtype=text, keep_default_na=False, na_values={"published": [""]})
            if path.exists()
            else None
        )
        frames[table.name] = table.frame(given)
    return Tables(**frames)
