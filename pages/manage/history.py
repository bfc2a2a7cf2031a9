"""The versions of the store, newest first; each opens as it was."""

import json

import streamlit as st

from analysis.text.calendar import local_days
from pages.ui import bidi, data, page, state
from pages.ui.view import View, current

COUNTED = ("articles", "statements", "corrections")
"""What is said of a version, where it has any."""

GONE = ("remove", "purge")
"""Kinds that take articles away."""


def show() -> None:
    """The page."""
    view = current()
    labels = view.labels
    page.title(labels, "history")
    here = data.edition()
    if here.kind != "store":
        st.html(f'<div class="mv-empty">{labels("history.no_store")}</div>')
        return
    words = labels("history.store", place=bidi.code(here.place), n=here.newest)
    st.html(f'<p class="mv-sentence">{words}</p>')
    rows = data.versions()
    if rows.empty:
        st.html(f'<div class="mv-empty">{labels("app.empty_store")}</div>')
        return
    first = page.pager(view, len(rows), "v")
    part = rows.iloc[::-1].iloc[first : first + page.PER_PAGE]
    for row, day in zip(part.to_dict("records"), local_days(part["at"]), strict=True):
        with st.container(border=True, key=f"card_v_{row['version']}"):
            st.html(_card(view, row, day))
            if row["version"] != here.version:
                version = 0 if row["version"] == here.newest else row["version"]
                link = state.query(version=version, batches=())
                st.page_link(page.STATEMENTS, label=page.forward(labels, "history.open"), icon="", query_params=link)


def _card(view: View, row: dict, day) -> str:
    labels = view.labels
    counts = json.loads(row["counts"] or "{}")
    hidden = len(json.loads(row["supersedes"] or "[]"))
    facts = [labels(f"history.n_{name}", n=counts[name]) for name in COUNTED if counts.get(name)]
    if hidden:
        facts.append(labels("history.n_removed" if row["kind"] in GONE else "history.n_superseded", n=hidden))
    if row["undoes"]:
        facts.append(labels("history.undoes", n=row["undoes"]))
    facts += [view.names.collection(row["collection"])] if row["collection"] else []
    facts += [text for text in (row["who"], row["note"]) if text]
    shown = "".join(f"<span>{bidi.escape(fact)}</span>" for fact in facts)
    here = f'<span class="soft">{labels("history.here")}</span>' if row["version"] == data.edition().version else ""
    return (
        f'<article class="mv-card"><header><span class="who">{labels("history.version", n=row["version"])}</span>'
        f"<span>{labels.get(f'history.kind_{row["kind"]}', row['kind'])}</span>{here}"
        f'<span class="soft when">{bidi.escape(labels.both_dates(day, view.calendar))} '
        f"{labels.digits(data.clock(row['at']))}</span></header><footer>{shown}</footer></article>"
    )


show()
