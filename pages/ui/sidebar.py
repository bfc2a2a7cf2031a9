"""The sidebar: pages, language and the filters that hold on every page."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from analysis.measure.filters import SURE
from analysis.text.calendar import CALENDARS, parts
from pages.ui import active, data, options, periods, saved, state
from pages.ui.labels import Labels
from pages.ui.view import View

Pages = dict[str, list]
"""Pages by section (`explore` …), as `st.Page` objects; each carries its label key as url_path."""


def navigation(labels: Labels, pages: Pages, here: object) -> None:
    """The links to the pages, each with the filters in its address, and the switch of language.

    Streamlit's own menu would drop the filters from the address at each change of page.
    """
    other = "en" if labels.lang == "fa" else "fa"
    with st.container(key="mv_brand", horizontal=True, wrap=False, vertical_alignment="top", gap="small"):
        brand = f'<div class="mv-brand"><b>{labels("app.name")}</b><span>{labels("app.tagline")}</span></div>'
        st.html(brand, width="stretch")
        # A period is written in a calendar, and each language has its own.
        own = {key: value for key, value in state.own_params().items() if key not in ("month", "when")}
        st.page_link(
            here, label=labels("app.language"), icon="", query_params=state.query(lang=other) | own, width="content"
        )
    with st.container(key="mv_nav", gap=None):
        for section, entries in pages.items():
            st.html(f'<div class="mv-section">{labels(f"pages.{section}")}</div>')
            for name, page in entries:
                st.page_link(page, label=labels(f"pages.{name}"), icon="", query_params=state.query())


def views(labels: Labels, pages: Pages, here: str) -> None:
    """The views that the desk saved, folded away."""
    with st.expander(labels("views.title"), key="mv_views_panel"):
        saved.panel(labels, {name: page for entries in pages.values() for name, page in entries}, here)


def filters(view: View) -> None:
    """The widgets of the filters. They are set from the state at each run; their callbacks change the state."""
    labels = view.labels
    with st.container(key="mv_filters"):
        st.html(f'<div class="mv-section">{labels("app.filters")}</div>')
        _words(view)
        _period(view)
        _choice(view, "speakers")
        _switch(view, "ministers", "filter.ministers", help=labels("filter.ministers_help"))
        _choice(view, "topics")
        _choice(view, "countries")
        rare = ("of", "named", "sources", "collections")
        used = any(getattr(view.filters, field) for field in rare)
        with st.expander(labels("filter.more"), expanded=used):
            for field in rare:
                _choice(view, field)
        st.html(f'<div class="mv-section">{labels("app.counting")}</div>')
        _switch(view, "repeats", "filter.repeats")
        _switch(view, "relayed", "filter.relayed")
        _sure(view)
        _coded(view)
        _calendar(view)


def _words(view: View) -> None:
    st.session_state["w_filter_words"] = view.filters.words
    st.text_input(
        view.labels("filter.words"),
        key="w_filter_words",
        type="search",
        max_chars=300,
        placeholder=view.labels("filter.words_example"),
        help=view.labels("filter.words_help"),
        on_change=lambda: state.change(words=st.session_state["w_filter_words"].strip()),
    )


def _choice(view: View, field: str) -> None:
    labels, kind, key = view.labels, active.KINDS[field], f"w_{field}"
    chosen = list(getattr(view.filters, field))
    known = options.offered(view, field)
    typed = ""
    if options.is_cut(field):
        typed = st.text_input(
            labels(f"filter.find_{kind}"),
            key=f"w_find_{field}",
            type="search",
            placeholder=labels("filter.find_part"),
            help=labels("filter.find_help", n=options.MOST),
        )
        if typed:
            known = tuple(options.find(view, field, typed))
            st.html(f'<p class="mv-note" role="status">{labels("filter.found", n=len(known))}</p>')
    # What a link names and the data lack is still shown, so that the view can be understood and cleared.
    extra = [value for value in chosen if value not in known]
    st.session_state[key] = chosen
    st.multiselect(
        labels(f"filter.{kind}"),
        [*extra, *known],
        format_func=active.name_of(view, field),
        key=key,
        placeholder=labels("app.none_chosen"),
        select_all=False,
        wrap=True,
        on_change=lambda: state.change(**{field: tuple(st.session_state[key])}),
    )


def _switch(view: View, field: str, label: str, help: str | None = None) -> None:
    key = f"w_{field}"
    st.session_state[key] = getattr(view.filters, field)
    st.toggle(view.labels(label), key=key, help=help, on_change=lambda: state.change(**{field: st.session_state[key]}))


def _sure(view: View) -> None:
    """A switch, as nobody has a feeling for per cents; a link may still ask for another bound."""
    st.session_state["w_sure"] = bool(view.filters.sure)
    help = view.labels("filter.sure_help", share=view.labels.share((view.filters.sure or SURE) / 100))
    st.toggle(
        view.labels("filter.sure"),
        key="w_sure",
        help=help,
        on_change=lambda: state.change(sure=SURE if st.session_state["w_sure"] else 0),
    )


def _period(view: View) -> None:
    labels, filters = view.labels, view.filters
    first, last = data.extent()
    span = (filters.start, filters.stop)
    asked = st.session_state.pop("mv_custom", False) and filters.undated != "only"
    shown = periods.CUSTOM if asked else periods.named(span, last, view.calendar)
    st.session_state["w_span"] = shown
    st.selectbox(
        labels("filter.period"),
        [*periods.PRESETS, periods.CUSTOM],
        format_func=lambda name: labels(f"filter.period_{name}"),
        key="w_span",
        on_change=lambda: _take_preset(first, last, view),
    )
    if shown == periods.CUSTOM:
        _custom(view, span, first, last)
    if filters.start or filters.stop or filters.undated:
        names = {"": "out", "with": "with", "only": "only"}
        st.session_state["w_undated"] = filters.undated
        st.selectbox(
            labels("filter.undated"),
            list(names),
            format_func=lambda value: labels(f"filter.undated_{names[value]}"),
            key="w_undated",
            on_change=lambda: state.change(undated=st.session_state["w_undated"]),
        )


def _take_preset(first: dt.date, last: dt.date, view: View) -> None:
    name = st.session_state["w_span"]
    if name != periods.CUSTOM:
        start, stop = periods.preset(name, last, view.calendar)
        undated = view.filters.undated if start and view.filters.undated != "only" else ""
        state.change(start=start, stop=stop, undated=undated)
        return
    st.session_state["mv_custom"] = True
    start, stop = view.filters.start or first, view.filters.stop or last
    bounds = periods.months(parts(start, view.calendar)[:2], parts(stop, view.calendar)[:2], view.calendar)
    state.change(start=bounds[0], stop=bounds[1])


def _custom(view: View, span: periods.Span, first: dt.date, last: dt.date) -> None:
    labels, calendar = view.labels, view.calendar
    ends = [parts(given or limit, calendar)[:2] for given, limit in zip(span, (first, last), strict=True)]
    years = [end[0] for end in ends]
    known = range(min(parts(first, calendar)[0], *years), max(parts(last, calendar)[0], *years) + 1)

    def take() -> None:
        st.session_state["mv_custom"] = True
        chosen = [(st.session_state[f"w_{end}_year"], st.session_state[f"w_{end}_month"]) for end in ("from", "to")]
        start, stop = periods.months(*chosen, calendar)
        state.change(start=start, stop=stop)

    for end, (year, month) in zip(("from", "to"), ends, strict=True):
        with st.container(horizontal=True, wrap=False, key=f"mv_{end}"):
            st.session_state[f"w_{end}_month"], st.session_state[f"w_{end}_year"] = month, year
            st.selectbox(
                labels(f"filter.{end}_month"),
                range(1, 13),
                format_func=lambda number: labels.month_name(number, calendar),
                key=f"w_{end}_month",
                on_change=take,
            )
            st.selectbox(
                labels(f"filter.{end}_year"), known, format_func=labels.digits, key=f"w_{end}_year", on_change=take
            )


def _coded(view: View) -> None:
    st.session_state["w_coded"] = view.filters.coded
    st.selectbox(
        view.labels("filter.coded"),
        ("", "human", "machine"),
        format_func=lambda value: view.labels(f"filter.coded_{value or 'any'}"),
        key="w_coded",
        help=view.labels("filter.coded_help"),
        on_change=lambda: state.change(coded=st.session_state["w_coded"]),
    )


def _calendar(view: View) -> None:
    st.session_state["w_calendar"] = view.calendar
    st.segmented_control(
        view.labels("app.calendar"),
        CALENDARS,
        format_func=lambda name: view.labels(f"calendars.{name}"),
        key="w_calendar",
        required=True,
        on_change=lambda: state.set_calendar(st.session_state["w_calendar"]),
    )
