"""Who a speaker is, what they speak of, where they stand and whether that has changed."""

import pandas as pd
import streamlit as st

from analysis.measure import frequency
from pages.ui import bidi, charts, page, theme
from pages.ui.speaker import contradictions, person, profile, said, shifts, stands
from pages.ui.speaker.person import Person
from pages.ui.view import View

MOST = 20


def show() -> None:
    """The page."""
    view = page.start("speaker")
    if view is None:
        return
    found = person.choose(view)
    if found is None:
        _most(view)
    else:
        _page(found)


def _page(found: Person) -> None:
    profile.show(found)
    if not len(found.view.facts.statements):
        words = found.view.labels("speaker.nothing", name=found.name)
        st.html(f'<div class="mv-empty" role="status">{bidi.inline(words)}</div>')
        return
    target = stands.show(found)
    if target:
        stands.decisive(found, target)
    shifts.show(found.view, found.speaker)
    contradictions.show(found.view, found.speaker)
    topics, named = said.show(found)
    said.sentences(found, topics, named, said.relays(found))


def _most(view: View) -> None:
    """Who speaks most, to begin with."""
    labels = view.labels
    counts = frequency.by_speaker(view.facts)
    if counts.empty:
        return page.empty(view)
    top = counts.head(MOST)
    frame = pd.DataFrame({"id": top["speaker"], "n": top["n"]})
    frame["label"] = [view.names.speaker(value) for value in top["speaker"]]
    frame["shown"] = [
        f"{labels.number(int(n))} ({labels.share(s)})" for n, s in zip(top["n"], top["share"], strict=True)
    ]
    frame["text"] = [
        f"{label}\n{view.names.role(row.role, row.country)}\n{shown}"
        for label, shown, row in zip(frame["label"], frame["shown"], top.itertuples(), strict=True)
    ]
    return page.chart(
        view,
        "speaker.most",
        charts.bars(theme.look(labels), frame),
        counts,
        on_click=lambda clicked: person.take(str(clicked[0])),
    )


show()
