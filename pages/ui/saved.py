"""The views that the desk saved by name: a list in the sidebar, to open, rename, overwrite and delete."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from analysis.errors import ViewsError
from analysis.export import views
from analysis.export.views import SavedView
from pages.ui import bidi, state
from pages.ui.labels import Labels

_SAID, _GONE, _CHOSEN = "mv_views_said", "mv_views_gone", "mv_views_chosen"


def panel(labels: Labels, pages: dict[str, object], here: str) -> None:
    """The list with its buttons.

    Args:
        labels: the words of the reader's language.
        pages: the pages (`st.Page`) by name.
        here: the name of the page that is shown.
    """
    try:
        shelf = views.read(views.place())
    except ViewsError as error:
        return st.html(f'<p class="mv-note">{bidi.code(error)}</p>')
    with st.container(key="mv_views", gap="small"):
        for view in shelf.views:
            if view.page in pages:
                label = bidi.markdown(view.name)
                st.page_link(pages[view.page], label=label, icon="", query_params=params(view))
        if not shelf.views:
            st.html(f'<p class="mv-note">{labels("views.none")}</p>')
        if here in views.PAGES:
            _save(labels, here)
        if shelf.views:
            _change(labels, shelf.views, here)
        _said(labels)
        for problem in shelf.problems[:3]:
            words = labels("views.problem", line=problem.line, file=views.place().name)
            st.html(f'<p class="mv-note">{bidi.inline(words)} {bidi.code(problem.reason)}</p>')
    return None


def params(view: SavedView) -> dict[str, str]:
    """The parameters of a saved view's address, in the reader's language."""
    return view.params | {"lang": state.lang()}


def _now(name: str, page: str) -> SavedView:
    """What is shown, under a name. The language is the reader's own, the calendar belongs to what is seen."""
    query = state.query() | {"cal": state.calendar()} | state.own_params()
    query.pop("lang", None)
    return SavedView(name, page, urlencode(query))


def _save(labels: Labels, here: str) -> None:
    with st.form("mv_save_view", clear_on_submit=True, border=False):
        name = st.text_input(
            labels("views.name"), max_chars=views.LONGEST, placeholder=labels("views.name_help"), key="w_view_name"
        )
        if st.form_submit_button(labels("views.save"), width="stretch") and _try(
            lambda: views.save(views.place(), _now(name, here))
        ):
            _done(labels("views.saved", name=bidi.plain(name)))
            st.rerun()


def _change(labels: Labels, kept: tuple[SavedView, ...], here: str) -> None:
    names = [view.name for view in kept]
    with st.popover(labels("views.change"), width="stretch"):
        if st.session_state.get(_CHOSEN) not in names:
            st.session_state[_CHOSEN] = names[0]
        chosen = st.selectbox(labels("views.which"), names, key=_CHOSEN)
        if here in views.PAGES:
            st.button(
                labels("views.overwrite"),
                help=labels("views.overwrite_help"),
                on_click=lambda: _try(lambda: views.save(views.place(), _now(chosen, here), overwrite=True)),
                width="stretch",
                key="w_view_overwrite",
            )
        new = st.text_input(labels("views.new_name"), max_chars=views.LONGEST, key="w_view_new")
        st.button(
            labels("views.rename"),
            disabled=not new.strip(),
            on_click=lambda: _try(lambda: _rename(chosen, new)),
            width="stretch",
            key="w_view_rename",
        )
        st.button(
            labels("views.delete"), on_click=lambda: _try(lambda: _delete(chosen)), width="stretch", key="w_view_delete"
        )


def _rename(name: str, new: str) -> None:
    st.session_state[_CHOSEN] = views.rename(views.place(), name, new).name
    st.session_state["w_view_new"] = ""


def _delete(name: str) -> None:
    st.session_state[_GONE] = views.delete(views.place(), name)


def _bring_back() -> None:
    gone: SavedView = st.session_state.pop(_GONE)
    views.save(views.place(), replace(gone))


def _try(act: Callable[[], object]) -> bool:
    """Do something with the file; what hinders it is said in the sidebar."""
    st.session_state.pop(_SAID, None)
    state.touch()
    try:
        act()
    except ViewsError as error:
        st.session_state[_SAID] = ("problem", str(error))
        return False
    return True


def _done(words: str) -> None:
    st.session_state[_SAID] = ("done", words)


def _said(labels: Labels) -> None:
    kind, words = st.session_state.pop(_SAID, ("", ""))
    if words:
        shown = bidi.code(words) if kind == "problem" else bidi.inline(words)
        st.html(f'<p class="mv-note" role="status">{shown}</p>')
    gone = st.session_state.get(_GONE)
    if gone:
        st.html(
            f'<p class="mv-note" role="status">{bidi.inline(labels("views.deleted", name=bidi.plain(gone.name)))}</p>'
        )
        st.button(labels("views.bring_back"), on_click=lambda: _try(_bring_back), key="w_view_back")
