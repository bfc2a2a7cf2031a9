"""Take what is in view away: a snapshot that others can open, check and cite, and forms for other programs."""

from collections.abc import Callable
from io import BytesIO

import streamlit as st

from analysis.export import dna, networks
from analysis.export.snapshot import FORMATS, Content, write_snapshot
from analysis.export.taking import choose, content_of, content_of_tables
from analysis.measure.sentence import say
from analysis.text.calendar import today
from pages.ui import bidi, data, page, state
from pages.ui.view import View

WHAT = ("view", "all")


def show() -> None:
    """The page."""
    view = page.start("export")
    if view is None:
        return
    _snapshot(view)
    _others(view)
    _cite(view)


def _snapshot(view: View) -> None:
    labels = view.labels
    page.heading(labels("export.snapshot"), labels("export.snapshot_note"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        what = page.choose(view, "export.what", WHAT, lambda name: labels(f"export.{name}"), param="what")
        kind = page.choose(view, "export.format", FORMATS, lambda name: labels(f"export.{name}"), param="as")
        bytes_too = st.toggle(labels("export.originals"), key="w_originals", disabled=data.store() is None)

    def content() -> Content:
        filters = view.filters if what == "view" else None
        store = data.store()
        every = view.content.taken(view.all)
        if store is None:
            return content_of_tables(every, filters, view="statements")
        return content_of(store, filters, every=every, view="statements", originals=bytes_too)

    _button(view, "snapshot", lambda sink: write_snapshot(sink, content(), kind=kind))


def _others(view: View) -> None:
    labels = view.labels
    page.heading(labels("export.others"), labels("export.others_note"))
    words = say(view.filters, view.names, view.calendar)

    def chosen():
        return choose(view.content.taken(view.all), view.filters)[0]

    with st.container(horizontal=True):
        _button(view, "dna", lambda sink: dna.write_dna(sink, chosen(), words, labels.lang))
        _button(view, "graphml", lambda sink: networks.write_networks(sink, chosen(), words, labels.lang))


def _button(view: View, name: str, write: Callable[[BytesIO], object]) -> None:
    """A button that makes a file when it is asked for."""

    def build() -> bytes:
        sink = BytesIO()
        write(sink)
        return sink.getvalue()

    st.download_button(
        view.labels(f"export.get_{name}"),
        data=build,
        file_name=f"mavaze-{name}-{today().isoformat()}.zip",
        mime="application/zip",
        on_click="ignore",
        key=f"get_{name}",
        help=view.labels(f"export.help_{name}"),
    )


def _cite(view: View) -> None:
    """The address of what is in view, fixed to the version, so that a memo's figure can be opened again."""
    labels, here = view.labels, data.edition()
    if here.kind != "store":
        return
    page.heading(labels("export.cite"), labels("export.cite_note", version=here.version))
    link = state.query(version=here.version)
    st.page_link(page.STATEMENTS, label=page.forward(labels, "export.pinned"), icon="", query_params=link)
    words = "&".join(f"{key}={value}" for key, value in link.items())
    st.html(f'<p class="mv-note">{bidi.code(f"statements?{words}")}</p>')


show()
