"""Statements as a list of cards: the sentences behind a figure, in the order that the reader chooses."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from analysis.measure.facts import NO_DAY, as_date
from pages.ui import cards, page, searching, state
from pages.ui.view import View

BY_DAY = ("newest", "oldest")
ORDERS = (*BY_DAY, "surest", "least_sure")
_LAST_DAY, _POSITION = 1 << 23, (1 << 31) - 1
"""Every day's number is smaller, and every position fits into it."""
RELEVANT = "relevant"
"""The order of a search's results, most relevant first."""


def order(view: View, options: tuple[str, ...] = ORDERS, **others: str) -> str:
    """Let the reader choose the order of a list; `others` are URL parameters that begin anew with it."""
    return page.choose(
        view, "statements.order", options, lambda name: view.labels(f"statements.{name}"), param="order", **others
    )


def statements(
    view: View,
    positions: np.ndarray | None = None,
    *,
    key: str,
    ordered: str = "",
    sure: np.ndarray | None = None,
    rules: bool = False,
    towards: str = "",
    link: str = "card.open",
    **more: str,
) -> None:
    """Statements as cards, a page at a time, each with the way to its article.

    Args:
        view: what is in view.
        positions: the statements to show, all in view where None.
        key: tells several lists on one page apart.
        ordered: one of `ORDERS`, or `RELEVANT`; the reader is asked where it is empty.
        sure: the confidence to sort by, of each of the positions; the statements' own where None.
        rules: say which rule found each position, and how sure it is.
        towards: mark only the evidence of positions towards this target, where one is given.
        link: key of the words of the way to the article.
        more: parameters of the article's page.
    """
    if positions is None:
        positions = view.facts.statements.index.to_numpy()
    if not len(positions):
        return page.empty(view)
    how = ordered or order(view, **{f"p_{key}": ""})
    shown = chosen(view, positions, key=key, ordered=how, sure=sure)
    texts = view.content.statements(shown)
    around = cards.beside(view, texts, sure_only=True, towards=towards)
    boxes(view, texts, around, key=key, rules=rules, link=link, **more)
    return None


def chosen(
    view: View,
    positions: np.ndarray,
    *,
    key: str,
    ordered: str,
    sure: np.ndarray | None = None,
    per_page: int = page.PER_PAGE,
) -> np.ndarray:
    """The statements (positions) of the page of a list that the reader chooses here; arguments as in `statements`."""
    first = page.pager(view, len(positions), key, per_page=per_page)
    return _sorted(view, positions, ordered, sure, first + per_page)[first:]


def boxes(
    view: View,
    texts: pd.DataFrame,
    around: cards.Beside,
    *,
    key: str,
    rules: bool = False,
    link: str = "card.open",
    **more: str,
) -> None:
    """Statements (rows of `content.statements`) as cards, in their order; the other arguments as in `statements`."""
    days = view.all.days_of(texts.index.to_numpy())
    for number, (row, day) in enumerate(zip(texts.to_dict("records"), days, strict=True)):
        with st.container(border=True, key=f"card_{key}_{number}"):
            st.html(cards.html(view, row, around, as_date(day), rules=rules))
            query = state.query() | {"id": row["article_id"], "s": row["statement_id"], **more}
            st.page_link(page.ARTICLE, label=page.forward(view.labels, link), icon="", query_params=query)


def _sorted(view: View, positions: np.ndarray, how: str, sure: np.ndarray | None, most: int) -> np.ndarray:
    """The first of the positions in one of the orders; equally sure ones newest first, undated ones last.

    What they are sorted by is put into one number, so that a million need not be sorted for the first ten: per cents of
    confidence, whether undated, the day, the position.
    """
    if how == RELEVANT:
        return searching.by_relevance(view, positions)[:most]
    days = view.all.days_of(positions).astype("int64")
    undated = days == NO_DAY
    keys = np.where(undated, 0, _LAST_DAY + (days if how == "oldest" else -days)) + (undated.astype("int64") << 24)
    if how not in BY_DAY:
        given = view.all.statements["confidence"].to_numpy()[positions] if sure is None else sure
        percents = np.rint(given * 100).astype("int64")
        keys += (percents if how == "least_sure" else 100 - percents) << 25
    keys = (keys << 31) + positions
    if most < len(keys):
        keys = np.partition(keys, most)[:most]
    return np.sort(keys) & _POSITION
