"""What was added to the store since a reader last looked; their browser remembers which version that was.

There are no accounts. A cookie of the dashboard's own holds the newest version that was marked as seen and the day;
it never leaves the reader's browser and this server. Its value is only a number and a date: whatever else stands there
counts as no cookie.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from dataclasses import dataclass

import streamlit as st

from analysis.text.calendar import today
from pages.ui import data

GONE = ("remove", "purge")
"""Kinds of versions that take articles away."""
MOST = 200
"""Batches that are named in a link at most; an address must not grow without end."""
_SEEN = "mv_seen"
_VALUE = re.compile(r"(\d{1,9})\.(\d{4}-\d{2}-\d{2})", re.ASCII)
_YEAR = 365 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Seen:
    """The version that a reader has seen, and on which day."""

    version: int
    day: dt.date


@dataclass(frozen=True, slots=True)
class Added:
    """What is new in the store.

    Attributes:
        since: the day of the last look; None where this is the first one, and the newest batch is meant.
        batches: the ids of the batches of which articles are in the store, newest first.
        removed: how many articles were taken away since.
    """

    since: dt.date | None
    batches: tuple[str, ...]
    removed: int


def added() -> Added | None:
    """What came since the reader's last look; None where there are no batches, or an old version is shown.

    A first look is remembered, so that the next one has something to compare with.
    """
    here = data.edition()
    if here.kind != "store" or here.is_old:
        return None
    before = _read()
    versions = data.versions()
    kept = set(data.content().facts.articles["batch"].unique())
    full = versions[versions["batch_id"].isin(kept)].iloc[::-1]
    if before is None or before.version > here.newest:  # Another store in the same place may have fewer versions.
        _keep(counts=False)
        return Added(None, tuple(full["batch_id"].head(1)), 0) if len(full) else None
    later = versions[versions["version"] > before.version]
    gone = later.loc[later["kind"].isin(GONE), "supersedes"]
    removed = sum(len(json.loads(ids or "[]")) for ids in gone)
    return Added(before.day, tuple(full.loc[full["version"] > before.version, "batch_id"].head(MOST)), removed)


def mark() -> None:
    """Remember the newest version as seen today; for a callback."""
    _keep(counts=True)


def remember() -> None:
    """Let the browser keep what this session has to remember, where it does not yet."""
    name = _name()
    value, _ = st.session_state.get(_SEEN, {}).get(name, ("", False))
    if value and _cookie(name) != value:
        cookie = f"{name}={value};path=/;max-age={_YEAR};SameSite=Lax"
        st.html(f"<script>document.cookie={json.dumps(cookie)}</script>", unsafe_allow_javascript=True)


def _read() -> Seen | None:
    name = _name()
    value, counts = st.session_state.get(_SEEN, {}).get(name, ("", False))
    if value and not counts:
        return None
    found = _VALUE.fullmatch(value or _cookie(name))
    try:
        return Seen(int(found[1]), dt.date.fromisoformat(found[2])) if found else None
    except ValueError:
        return None


def _cookie(name: str) -> str:
    value = st.context.cookies.get(name)
    return value if isinstance(value, str) else ""


def _keep(*, counts: bool) -> None:
    """Remember the newest version; `counts`: compare with it in this session already."""
    value = f"{data.edition().newest}.{today().isoformat()}"
    kept = st.session_state.get(_SEEN, {})
    st.session_state[_SEEN] = kept | {_name(): (value, counts)}


def _name() -> str:
    """The cookie's name: a store each, so that two on one server are told apart. It does not give the place away."""
    return f"mavaze_seen_{hashlib.sha256(data.edition().place.encode()).hexdigest()[:12]}"
