"""Where a coder is: the sample and the item, which stand in the address, and the name that they go by."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from analysis.errors import MavazeError
from analysis.store import Store
from analysis.store.coding import Codes, Item, Sample, codes_of, samples
from analysis.store.schema import CORRECTIONS
from analysis.text.fold import fold_key
from pages.ui import bidi, data, state
from pages.ui.review import who
from pages.ui.view import View

NAME = "name:"
"""What the id of a speaker begins with who has none: the name as a coder typed it."""
LONGEST = 80
_OURS = "field IN ('sample', 'sample_item', 'coding') OR undoes <> ''"
_TROUBLE = "mv_coding_trouble"


@dataclass(frozen=True)
class At:
    """Attributes: what is in view, the store, the sample, what people said of it so far, and who codes ("" nobody)."""

    view: View
    store: Store
    sample: Sample
    coded: dict[tuple[str, int], Codes]
    coder: str

    @property
    def coders(self) -> list[str]:
        """Everybody who coded some of it."""
        return sorted({coder for coder, _ in self.coded})

    def done(self, coder: str) -> set[int]:
        """The numbers of the items that somebody has coded."""
        return {number for who, number in self.coded if who == coder}

    def next(self, after: int = 0) -> Item | None:
        """The first item behind a number that the coder has not coded, else the first one at all."""
        done = self.done(self.coder)
        left = [item for item in self.sample.items if item.number not in done]
        return next((item for item in left if item.number > after), left[0] if left else None)


def kept(store: Store) -> dict[str, Sample]:
    """All samples of a store by id, the newest first."""
    return samples(_corrections(store))


def coded(store: Store, sample: Sample) -> dict[tuple[str, int], Codes]:
    """What people said of a sample."""
    return codes_of(_corrections(store), sample)


def _corrections(store: Store) -> pd.DataFrame:
    return CORRECTIONS.frame(store.frame("corrections", where=_OURS))


def coder() -> str:
    """The name that the reader goes by; a link (`coder=`) may give one to who has none."""
    if not who.name() and state.param("coder"):
        who.go_by(state.param("coder"))
    return who.name()


def speaker_id(view: View, chosen: str) -> str:
    """The id of a speaker whom a coder chose or typed: typed words become the id of the one speaker of that name."""
    known = data.speaker_names()
    if chosen in known or chosen.startswith(NAME):
        return chosen
    wanted = fold_key(chosen)
    found = [key for key, names in known.items() if wanted and wanted in map(fold_key, names)]
    return found[0] if len(found) == 1 else NAME + re.sub(r"[|=\s]+", " ", bidi.plain(chosen)).strip()[:LONGEST]


def closed() -> bool:
    """Whether nothing can be kept: an old version is shown, or the store is broken."""
    store = data.store()
    return data.edition().is_old or bool(state.version()) or store is None or bool(store.notice)


def write(keep: Callable[[Store], object]) -> bool:
    """Run what writes to the newest version of the store; where it fails, the page says why. For callbacks."""
    try:
        keep(Store.open(data.edition().place))
    except MavazeError as error:
        st.session_state[_TROUBLE] = str(error)
        return False
    data.forget()
    return True


def trouble(view: View) -> None:
    """Say why the last thing was not kept."""
    problem = st.session_state.pop(_TROUBLE, "")
    if problem:
        words = f"<b>{view.labels('coding.not_kept')}</b><br>{bidi.code(problem)}"
        st.html(f'<div class="mv-empty" role="alert">{words}</div>')
