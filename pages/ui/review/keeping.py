"""Keeping corrections: whether this page may, doing it, and saying what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from analysis import config
from analysis.errors import MavazeError
from analysis.store import Store, previews
from analysis.store.apply import corrections_only
from analysis.store.corrections import in_force, record, undo
from analysis.store.schema import CORRECTIONS
from pages.ui import bidi, data, state
from pages.ui.labels import Labels
from pages.ui.review import who
from pages.ui.review.codes import Codes, Place, Row, codes_of
from pages.ui.view import View

_SAID = "mv_kept"


def refused(view: View) -> str:
    """Why nothing can be corrected here, as HTML; "" where it can."""
    labels, here = view.labels, data.edition()
    if here.kind != "store":
        how = bidi.code(f"python -m analysis add FILE --store {config.STORE.name}")
        return labels(f"review.no_store_{here.kind}", how=how, docs=bidi.code("docs/store.md"))
    if here.is_old or state.version():
        return labels("review.old_version")
    store = data.store()
    if store and store.notice:
        return labels("history.broken") + " " + bidi.code(store.notice)
    return ""


def at_hand() -> Store:
    """The store of this run's edition."""
    store = data.store()
    assert store is not None, "nothing is corrected where there is no store"
    return store


def newest() -> Store:
    """The store at its newest version, open for writing."""
    return Store.open(data.edition().place)


def keep(
    labels: Labels, rows: Sequence[Row], why: str, *, check: Callable[[Store], str] = lambda store: ""
) -> Store | None:
    """Keep corrections in the name of the reader.

    Args:
        labels: the reader's words.
        rows: as `analysis.store.corrections.record` takes them.
        why: the reader's reason.
        check: says why they do not fit the newest store any more; "" where they do.

    Returns:
        the store that has them; None where it could not be, which the page says.
    """
    return _do(labels, lambda store: record(store, [{**row, "why": why.strip()} for row in rows], who.name()), check)


def keep_further(labels: Labels, row: Row, why: str) -> Store | None:
    """Keep a correction of speakers or words; the articles that it concerns are read again."""
    return _do(labels, lambda store: previews.keep(store, {**row, "why": why.strip()}, who.name()), lambda store: "")


def take_back(labels: Labels, ids: Sequence[str], why: str = "") -> Store | None:
    """Undo corrections, or undos, the last one first."""

    def undone(store: Store) -> Store:
        for one in reversed(ids):
            store = undo(store, one, who.name(), why.strip())
        return store

    return _do(labels, undone, lambda store: "", said="review.taken_back")


def _do(
    labels: Labels, write: Callable[[Store], Store], check: Callable[[Store], str], *, said: str = "review.kept"
) -> Store | None:
    if not who.name():
        say("warn", labels("review.no_name"))
        return None
    try:
        store = newest()
        problem = check(store)
        if problem:
            say("warn", problem)
            return None
        store = write(store)
    except (MavazeError, OSError) as error:
        say("warn", f"{labels('review.not_kept')} {bidi.code(error)}")
        return None
    finally:
        data.forget()
    say("done", labels(said, version=store.version, name=who.shown(labels, who.name())))
    return store


def unchanged(labels: Labels, place: Place, old: Codes | None) -> Callable[[Store], str]:
    """A check that nobody changed a statement meanwhile."""

    def check(store: Store) -> str:
        if store.version == data.edition().version:
            return ""
        tables = store.tables(articles=[place.article_id])
        if tables.articles.empty:
            return labels("review.gone")
        now = codes_of(tables, place.statement_id) if place.statement_id else None
        return "" if now == old else labels("review.changed_meanwhile")

    return check


def say(kind: str, words: str) -> None:
    """Say something (HTML) at the next run of the page."""
    st.session_state[_SAID] = (kind, words)


def told() -> None:
    """What came of the last attempt; once."""
    kind, words = st.session_state.pop(_SAID, ("", ""))
    if kind == "warn":
        st.html(f'<p class="mv-warn mv-trouble" role="alert"><b>!</b> {words}</p>')
    elif kind:
        st.html(f'<p class="mv-done" role="status"><b>✓</b> {words}</p>')


def log() -> pd.DataFrame:
    """Every correction of this edition's store in the order made, with `in_force`; nobody may change it."""
    store = data.store()
    return _log(store.where, store.version, _store=store) if store else CORRECTIONS.frame().assign(in_force=False)


@st.cache_resource(show_spinner=False, max_entries=4)
def _log(place: str, version: int, *, _store: Store) -> pd.DataFrame:
    frame = corrections_only(CORRECTIONS.frame(_store.frame("corrections")))
    return frame.assign(in_force=in_force(frame))
