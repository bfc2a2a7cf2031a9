"""What filters may choose from: the most frequent ones in Persian alphabetical order, and a way to the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import streamlit as st

from analysis.measure.facts import Facts, codes
from analysis.text.fold import fold_key
from pages.ui import collation, data
from pages.ui.active import name_of
from pages.ui.view import View

MOST = 500
"""Options that a list offers; a browser takes long to draw more of them."""
FOUND = 100
"""Options that a typed name offers."""


def offered(view: View, field: str) -> tuple[str, ...]:
    """The most frequent ids that a field of the filters may choose, in the alphabetical order of their names."""
    return _offered(_edition(), field, view.labels.lang, _name=name_of(view, field))


def is_cut(field: str) -> bool:
    """Whether there are more than those that are offered."""
    return len(_ranked(_edition(), field)) > MOST


def find(view: View, field: str, typed: str) -> list[str]:
    """The ids whose name in either language holds what was typed, however it is spelled; the most frequent first."""
    wanted = fold_key(typed)
    if not wanted:
        return []
    with st.spinner(view.labels("app.working")):
        spelled = _spelled(_edition(), field)
    found = (value for value, names in spelled if wanted in names)
    return [value for value, _ in zip(found, range(FOUND), strict=False)]


def _edition() -> data.Edition:
    return replace(data.edition(), newest=0)


@st.cache_resource(show_spinner=False, max_entries=64)
def _offered(here: data.Edition, field: str, lang: str, *, _name: Callable[[str], str]) -> tuple[str, ...]:
    return tuple(sorted(_ranked(here, field)[:MOST], key=lambda value: collation.key(_name(value))))


@st.cache_resource(show_spinner=False, max_entries=64)
def _ranked(here: data.Edition, field: str) -> tuple[str, ...]:
    """All ids that occur, the most frequent first; anonymous sources are left out."""
    return tuple(_COUNTS[field](data.content().facts))


@st.cache_resource(show_spinner=False, max_entries=8)
def _spelled(here: data.Edition, field: str) -> tuple[tuple[str, str], ...]:
    """The ids with their folded names in both languages."""
    names = data.speaker_names() if field == "speakers" else {}
    return tuple((value, "\n".join(map(fold_key, (*names.get(value, ()), value)))) for value in _ranked(here, field))


def _by_count(column: pd.Series) -> list[str]:
    counts = np.bincount(codes(column)[codes(column) >= 0], minlength=len(column.cat.categories))
    order = np.argsort(-counts, kind="stable")
    return [value for value in column.cat.categories[order[counts[order] > 0]] if value]


def _named(facts: Facts) -> list[str]:
    """Regions and organisations, which one filter chooses."""
    kinds = ("region", "organisation")
    return [f"{kind}:{value}" for kind in kinds for value in _by_count(facts.entities(kind)["entity"])]


_COUNTS: dict[str, Callable[[Facts], list[str]]] = {
    "speakers": lambda facts: _by_count(facts.said["speaker"]),
    "of": lambda facts: _by_count(facts.attributions["country"]),
    "topics": lambda facts: _by_count(facts.topics["topic"]),
    "countries": lambda facts: _by_count(facts.entities("country")["entity"]),
    "named": _named,
    "sources": lambda facts: _by_count(facts.articles["source"]),
    "collections": lambda facts: _by_count(facts.articles["collection"]),
}
