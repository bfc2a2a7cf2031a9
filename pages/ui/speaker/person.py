"""Which speaker the page is about, and the facts that it rests on."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from analysis.measure.facts import Facts
from pages.ui import bidi, options, people, state
from pages.ui.view import View

AGAIN = dict.fromkeys(("target", "pick", "named", "month", "relay", "moved", "opposed", "p_s"), "")
"""What another speaker begins without."""
FIELD = "speakers"


@dataclass(frozen=True)
class Person:
    """The speaker that is looked at.

    Attributes:
        speaker: the id.
        row: the row of `schema.SPEAKERS`.
        view: what the filters leave of the speaker's statements.
        base: what they leave of everybody's.
    """

    speaker: str
    row: dict[str, str]
    view: View
    base: Facts

    @property
    def name(self) -> str:
        """What the speaker is called."""
        return self.view.names.speaker(self.speaker)


def choose(view: View) -> Person | None:
    """Let the reader choose a speaker (`who` in the address). A filter that names one alone chooses it as well."""
    speaker = _asked(view)
    with st.container(horizontal=True, vertical_alignment="bottom", key="mv_who"):
        _pick(view, speaker)
    if not speaker:
        return None
    row = view.content.speaker(speaker)
    if row is None or not people.has_page(view, speaker):
        key = "unknown" if row is None else "anonymous"
        st.html(f'<div class="mv-empty">{view.labels(f"speaker.{key}")}</div>')
        return None
    chosen = view.filters.speakers
    if chosen and speaker not in chosen:
        words = view.labels("speaker.other_filter", name=view.names.speaker(speaker))
        st.html(f'<p class="mv-note" role="status">{bidi.inline(words)}</p>')
    own = replace(view.filters, speakers=(speaker,))
    mine = replace(view, facts=view.with_changes(speakers=(speaker,)), filters=own)
    return Person(speaker, row, mine, view.with_changes(speakers=()))


def _asked(view: View) -> str:
    chosen = view.filters.speakers
    return state.param("who") or (chosen[0] if len(chosen) == 1 else "")


def _pick(view: View, speaker: str) -> None:
    """The choice of a speaker; of very many a typed part of the name finds the others."""
    labels = view.labels
    known = list(options.offered(view, FIELD))
    if options.is_cut(FIELD):
        typed = st.text_input(
            labels("filter.find_speaker"),
            key="w_find_who",
            type="search",
            placeholder=labels("filter.find_part"),
            help=labels("filter.find_help", n=options.MOST),
        )
        if typed:
            known = options.find(view, FIELD, typed)
            st.html(f'<p class="mv-note" role="status">{labels("filter.found", n=len(known))}</p>')
    # What the filter chose is shown as chosen, though the address of the page does not name it.
    key, values = "pick_who", ["", *dict.fromkeys([*known, *([speaker] if speaker else [])])]
    st.session_state[key] = speaker
    st.selectbox(
        labels("speaker.pick"),
        values,
        format_func=lambda value: view.names.speaker(value) if value else "—",
        key=key,
        on_change=lambda: take(st.session_state[key]),
    )


def take(speaker: str) -> None:
    """Look at another speaker; for callbacks."""
    state.set_params(who=speaker, **AGAIN)
