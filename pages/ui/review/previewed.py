"""A correction that reaches further than a statement: what it would change is seen first, then it is kept or not."""

from __future__ import annotations

import json

import pandas as pd
import streamlit as st

from analysis.errors import MavazeError
from analysis.store import Store
from analysis.store.previews import Preview, preview
from pages.ui import bidi, data
from pages.ui.palette import MARKS
from pages.ui.review import keeping, saying, who
from pages.ui.review.codes import Row
from pages.ui.view import View

SHOWN = 40
"""Changed codes on the page."""
_SEEN = "mv_previewed"
COUNTED = ("statements", "attributions", "topics", "mentions", "positions")


def offer(view: View, row: Row | None, *, key: str) -> None:
    """The button that shows what a correction would change; below it the changes, and the button that keeps it.

    Args:
        view: what is in view.
        row: the correction; None while it is not complete.
        key: tells the forms of a page apart.
    """
    labels = view.labels
    st.button(labels("review.preview"), key=f"preview_{key}", disabled=row is None, on_click=lambda: _see(row))
    if row is None or st.session_state.get(_SEEN) != _name(row):
        return
    here = data.edition()
    with st.spinner(labels("review.previewing")):
        found = _preview(here.place, here.version, _name(row), _row=row, _store=keeping.at_hand())
    if isinstance(found, str):
        st.html(f'<p class="mv-warn mv-trouble" role="alert"><b>!</b> {bidi.code(found)}</p>')
        return
    _changes(view, row, found)
    why = st.text_input(labels("review.why"), key=f"why_{key}", max_chars=300, help=labels("review.why_help"))
    named = who.ask(labels)
    if st.button(labels("review.keep"), key=f"keep_{key}", type="primary", disabled=not named):
        with st.spinner(labels("review.keeping")):
            store = keeping.keep_further(labels, row, why)
        if store is not None:
            st.session_state.pop(_SEEN, None)
        st.rerun()


def _name(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True)


def _see(row: Row | None) -> None:
    if row is not None:
        st.session_state[_SEEN] = _name(row)


@st.cache_resource(show_spinner=False, max_entries=16)
def _preview(place: str, version: int, name: str, *, _row: Row, _store: Store) -> Preview | str:
    """What a correction would change; what is wrong with it where it cannot be."""
    try:
        return preview(_store, _row)
    except MavazeError as error:
        return str(error)


def _changes(view: View, row: Row, found: Preview) -> None:
    labels = view.labels
    st.html(f'<p class="mv-subhead">{saying.say(view, row)}</p>')
    if found.cut:
        st.html(f'<p class="mv-note">{labels("review.looked_at", n=found.looked_at, of=found.holding)}</p>')
    counted = [labels(f"review.n_{name}", n=found.counted[name]) for name in COUNTED if found.counted.get(name)]
    words = labels("review.articles_change", n=found.articles)
    if counted:
        words += labels("app.colon") + labels("app.comma").join(counted)
    st.html(f'<p class="mv-sentence" role="status">{words}</p>')
    rows = found.changes
    if rows.empty:
        st.html(f'<p class="mv-note">{labels("review.changes_nothing")}</p>')
        return
    if len(rows) > SHOWN:
        st.html(f'<p class="mv-note">{labels("review.changes_cut", shown=SHOWN, n=len(rows))}</p>')
    st.html(f'<div class="mv-scroll" tabindex="0">{_table(view, rows.head(SHOWN))}</div>')


def _table(view: View, rows: pd.DataFrame) -> str:
    labels = view.labels
    names = ("sentence", "code", "before", "after")
    head = "".join(f'<th scope="col">{labels(f"column.{name}")}</th>' for name in names)
    body = []
    for row in rows.to_dict("records"):
        text = bidi.shorten(bidi.plain(row["text"]), 160)
        if row["field"] == "alias":
            cell = bidi.escape(view.names.speaker(row["text"]))
        else:
            cell = f'<span dir="rtl" lang="fa">{bidi.inline(text)}</span>'
        sides = "".join(f"<td>{_codes(view, row['field'], row[side])}</td>" for side in ("before", "after"))
        body.append(f"<tr><td>{cell}</td><td>{labels.get(f'field.{row["field"]}', row['field'])}</td>{sides}</tr>")
    return f'<table class="mv-table"><thead><tr>{head}</tr></thead><tbody>{"".join(body)}</tbody></table>'


def _codes(view: View, field: str, ids: str) -> str:
    """Ids joined by | in words."""
    names, labels = view.names, view.labels
    shown = []
    for one in filter(None, ids.split("|")):
        if field == "stance":
            target, _, stance = one.rpartition("=")
            shown.append(f"{MARKS[stance]} {names.target(target)}{labels('app.colon')}{labels(f'stance.{stance}')}")
        elif field == "statement":
            shown.append(labels("review.is_statement_short"))
        elif field == "alias":
            shown.append(one)
        else:
            shown.append(getattr(names, field)(one))
    return labels("app.comma").join(map(bidi.escape, shown)) or "—"
