"""Statements as a list of cards: the sentences behind a figure, in the order that the reader chooses."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.measure import frequency
from analysis.measure.columns import among
from pages.ui import cards, page, state
from pages.ui.view import View

BY_DAY = ("newest", "oldest")
ORDERS = (*BY_DAY, "surest", "least_sure")


def order(view: View, options: tuple[str, ...] = ORDERS, **others: str) -> str:
    """Let the reader choose the order of a list; `others` are URL parameters that begin anew with it."""
    return page.choose(
        view, "statements.order", options, lambda name: view.labels(f"statements.{name}"), param="order", **others
    )


def statements(
    view: View,
    ids: pd.Series | None = None,
    *,
    key: str,
    ordered: str = "",
    sure: pd.Series | None = None,
    rules: bool = False,
) -> None:
    """Statements as cards, a page at a time, each with the way to its article.

    Args:
        view: what is in view.
        ids: the statements to show, all in view where None.
        key: tells several lists on one page apart.
        ordered: one of `ORDERS`; the reader is asked where it is empty.
        sure: the confidence to sort by, by statement_id; the statements' own where None.
        rules: say which rule found each position, and how sure it is.
    """
    rows = frequency.dated(view.tables)
    if ids is not None:
        rows = rows[among(rows["statement_id"], ids)]
    if rows.empty:
        return page.empty(view)
    rows = _sorted(view, rows, ordered or order(view, **{f"p_{key}": ""}), sure)
    first = page.pager(view, len(rows), key)
    part = rows.iloc[first : first + page.PER_PAGE]
    days = dict(zip(part["statement_id"], part["day"], strict=True))
    chosen = view.tables.statements["statement_id"].isin(part["statement_id"])
    texts = view.tables.statements[chosen].set_index("statement_id", drop=False)
    around = cards.beside(view, texts, sure_only=True)
    for number, identity in enumerate(part["statement_id"]):
        row = texts.loc[identity].to_dict()
        with st.container(border=True, key=f"card_{key}_{number}"):
            st.html(cards.html(view, row, around, days[identity], rules=rules))
            link = state.query() | {"id": row["article_id"], "s": identity}
            st.page_link(page.ARTICLE, label=page.forward(view.labels, "card.open"), icon="", query_params=link)
    return None


def _sorted(view: View, rows: pd.DataFrame, how: str, sure: pd.Series | None) -> pd.DataFrame:
    """The rows of `frequency.dated` in one of `ORDERS`; equally sure ones newest first, undated ones last."""
    if sure is None:
        sure = view.tables.statements.set_index("statement_id")["confidence"]
    rows = rows.assign(when=pd.to_datetime(rows["day"]), sure=rows["statement_id"].map(sure).round(2))
    first, rising = ([], []) if how in BY_DAY else (["sure"], [how == "least_sure"])
    return rows.sort_values(
        [*first, "when", "article_id", "start"], ascending=[*rising, how == "oldest", True, True], na_position="last"
    )
