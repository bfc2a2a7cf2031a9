"""Sentences of two sides next to each other, each with the way to its article."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
import streamlit as st

from analysis.measure.facts import as_date
from pages.ui import bidi, cards, page, state
from pages.ui.view import View


class Side(NamedTuple):
    """One of the two: its heading, a remark below it, and its statements (positions) in their order."""

    title: str
    note: str
    statements: np.ndarray


class Read(NamedTuple):
    """The texts of some statements (rows of `content.statements`), and what stands beside them."""

    texts: pd.DataFrame
    around: cards.Beside


def read(view: View, sides: Iterable[Side]) -> Read:
    """Fetch the texts of all of these sides at once: each fetch costs as much as the next."""
    places = np.unique(np.concatenate([np.asarray(side.statements) for side in sides]))
    texts = view.content.statements(places)
    return Read(texts, cards.beside(view, texts, sure_only=True))


def show(view: View, sides: tuple[Side, Side], key: str, found: Read) -> None:
    """Both sides in two columns; on narrow screens one below the other.

    Args:
        view: what is in view.
        sides: the two.
        key: tells several on a page apart.
        found: their texts, with those of others.
    """
    with st.container(key=f"mv_two_{key}"):
        columns = st.columns(2, gap="medium")
    for number, (column, side) in enumerate(zip(columns, sides, strict=True)):
        with column:
            note = f'<p class="mv-note">{bidi.inline(side.note)}</p>' if side.note else ""
            st.html(f'<h3 class="mv-side">{bidi.inline(side.title)}</h3>{note}')
            _cards(view, found.texts.loc[np.asarray(side.statements)], found.around, f"{key}_{number}")


def _cards(view: View, texts: pd.DataFrame, around: cards.Beside, key: str) -> None:
    days = view.all.days_of(texts.index.to_numpy())
    for number, (row, day) in enumerate(zip(texts.to_dict("records"), days, strict=True)):
        with st.container(border=True, key=f"side_{key}_{number}"):
            st.html(cards.html(view, row, around, as_date(day), rules=True))
            link = state.query() | {"id": row["article_id"], "s": row["statement_id"]}
            st.page_link(page.ARTICLE, label=page.forward(view.labels, "card.open"), icon="", query_params=link)
