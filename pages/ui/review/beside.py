"""Correcting beside an article: nothing, the chosen statement, or one that the program missed."""

from __future__ import annotations

import streamlit as st

from analysis.schema import Tables
from pages.ui import page, state
from pages.ui.review import adding, editor, keeping, past
from pages.ui.review.codes import Place, codes_of
from pages.ui.view import View

EDIT = "edit"
MODES = ("", "correct", "add")


def mode() -> str:
    """What the reader does with the article, as the address says."""
    asked = state.param(EDIT)
    return asked if asked in MODES else ""


def correct(view: View, tables: Tables, chosen: str) -> None:
    """The switch of what to do, and what belongs to it.

    Args:
        view: what is in view.
        tables: all of the article.
        chosen: the statement that the reader chose, "" for none.
    """
    labels = view.labels
    page.choose(view, "review.mode", MODES, lambda one: labels(f"review.mode_{one or 'read'}"), param=EDIT, at="")
    keeping.told()
    rows = tables.statements.set_index("statement_id", drop=False)
    if chosen:
        row = rows.loc[chosen]
        past.of_statement(view, row["article_id"], int(row["start"]), int(row["stop"]))
    if not mode():
        return
    if why := keeping.refused(view):
        st.html(f'<div class="mv-empty">{why}</div>')
    elif mode() == "add":
        adding.add(view, tables)
    elif not chosen:
        st.html(f'<p class="mv-note" role="status">{labels("review.choose_first")}</p>')
    else:
        row = rows.loc[chosen]
        place = Place(row["article_id"], int(row["start"]), int(row["stop"]), row["text"], chosen)
        editor.editor(view, place, codes_of(tables, chosen), tables)
