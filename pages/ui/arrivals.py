"""One line about what was added to the store since the reader last looked, with the way to exactly that."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from analysis.measure import frequency
from analysis.measure.filters import Filters
from pages.ui import bidi, data, page, seen, state
from pages.ui.view import View

NAMED = 3
"""Speakers that are named; the rest are counted."""
HISTORY = "pages/manage/history.py"


def show(view: View) -> None:
    """The line; nothing where the data come from no store, or an old version is shown."""
    found = seen.added()
    if found is None:
        return
    seen.remember()
    labels = view.labels
    with st.container(key="mv_since", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<p class="mv-since">{_words(view, found)}</p>', width="content")
        if found.batches:
            # Exactly these: the other filters are left behind.
            link = state.query(**_only(found.batches))
            st.page_link(
                page.STATEMENTS, label=page.forward(labels, "since.open"), icon="", query_params=link, width="content"
            )
        if found.removed:
            words = page.forward(labels, "pages.history")
            st.page_link(HISTORY, label=words, icon="", query_params=state.query(), width="content")
        if found.since and (found.batches or found.removed):
            st.button(labels("since.mark"), key="mv_seen_mark", type="tertiary", on_click=seen.mark)


def _only(batches: tuple[str, ...]) -> dict[str, object]:
    """The changes that leave nothing but these batches in view."""
    default = replace(Filters(), batches=batches)
    return {name: getattr(default, name) for name in Filters.__slots__}


def _words(view: View, found: seen.Added) -> str:
    labels = view.labels
    day = labels.date(found.since, view.calendar) if found.since else ""
    parts = []
    if found.batches:
        facts = data.narrowed(data.key(Filters(batches=found.batches)))
        speakers = frequency.by_speaker(facts)
        counts = {"batches": len(found.batches), "articles": len(facts.articles), "statements": len(facts.statements)}
        page.figure(view, "overview.since", pd.DataFrame([counts]))
        page.figure(view, "overview.since_speakers", speakers)
        parts.append(labels("since.added" if found.since else "since.newest", **counts))
        if len(speakers):
            names = [view.names.speaker(value) for value in speakers["speaker"]]
            parts.append(labels("since.by", names=_listed(view, names)))
    if found.removed:
        parts.append(labels("since.removed", n=found.removed))
    if not parts:
        return bidi.inline(labels("since.nothing", day=day))
    head = f"<b>{bidi.inline(labels('since.head', day=day))}</b> " if found.since else ""
    return head + bidi.inline(labels("app.comma").join(parts)) + labels("sentence.end")


def _listed(view: View, names: list[str]) -> str:
    """The first names, and how many more there are."""
    labels = view.labels
    if len(names) > NAMED + 1:
        names = [*names[:NAMED], labels("since.others", n=len(names) - NAMED)]
    return labels("app.comma").join(names[:-1]) + labels("app.and") + names[-1] if len(names) > 1 else names[0]
