"""Choosing what is compared, and what is proposed where nothing is chosen."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analysis.measure import sides, spans
from analysis.measure.filters import SEPARATOR
from analysis.measure.proposals import proposals
from analysis.measure.sides import BYS, By
from pages.ui import bidi, options, page, state
from pages.ui.compared.question import BEGIN, Question, asked
from pages.ui.view import View

HERE = "pages/compare/comparison.py"
OFFICES = 60
"""Offices offered: those most spoken from."""
FREE = "free"
_SIZES = (*spans.SIZES, FREE)


def choose(view: View) -> By:
    """The choices above the page, all of which stand in the address."""
    labels = view.labels
    by: By = page.choose(  # type: ignore[assignment]
        view,
        "compared.by",
        BYS,
        lambda name: labels(f"compared.by_{name}"),
        param="by",
        ids="",
        office="",
        size="",
        **BEGIN,
    )
    if by == "speaker":
        _people(view)
    elif by == "office":
        _office(view)
    elif by == "period":
        _periods(view)
    else:
        field = {"country": "of", "named": "countries"}[by]
        _several(view, "compared.countries", list(options.offered(view, field)), view.names.country)
    return by


def _several(view: View, label: str, known: list[str], name: Callable[[str], str], usual: tuple[str, ...] = ()) -> None:
    """Two to six of something; what a link names and is not offered can still be seen and taken away."""
    chosen = list(dict.fromkeys(asked())) or list(usual)
    st.session_state["w_ids"] = chosen
    st.multiselect(
        view.labels(label, most=sides.MOST),
        [*(value for value in chosen if value not in known), *known],
        format_func=name,
        key="w_ids",
        placeholder=view.labels("compared.choose_some"),
        select_all=False,
        wrap=True,
        on_change=lambda: state.set_params(ids=SEPARATOR.join(st.session_state["w_ids"]), **BEGIN),
    )


def _people(view: View) -> None:
    known = list(options.offered(view, "speakers"))
    if options.is_cut("speakers"):
        typed = st.text_input(
            view.labels("filter.find_speaker"),
            key="w_find_compared",
            type="search",
            placeholder=view.labels("filter.find_part"),
            help=view.labels("filter.find_help", n=options.MOST),
        )
        if typed:
            known = options.find(view, "speakers", typed)
            st.html(f'<p class="mv-note" role="status">{view.labels("filter.found", n=len(known))}</p>')
    _several(view, "compared.speakers", known, view.names.speaker)


def _office(view: View) -> None:
    labels, names = view.labels, view.names
    found = sides.offices(view.facts).head(OFFICES)
    counts = {f"{row.role}.{row.country}": int(row.n) for row in found.itertuples()}

    def name(office: str) -> str:
        role, _, country = office.partition(".")
        shown = names.role(role, country)
        return f"{shown} ({labels('statements.n_statements', n=counts[office])})" if office in counts else shown

    office = page.pick(
        labels("compared.office"),
        list(counts),
        name,
        param="office",
        every=labels("compared.choose_office"),
        ids="",
        **BEGIN,
    )
    if not office:
        return
    role, _, country = office.partition(".")
    holders = sides.holders(view.facts, role, country, view.content.offices())
    shown = tuple(holders["speaker"].tail(sides.MOST))
    if len(holders):
        _several(view, "compared.holders", list(holders["speaker"]), names.speaker, shown)


def _periods(view: View) -> None:
    labels, names = view.labels, view.names
    free = spans.TO in state.param("ids")
    size = page.choose(
        view,
        "compared.size",
        _SIZES,
        lambda name: labels(f"compared.size_{name}"),
        param="size",
        usual=FREE if free else "year",
        ids="",
        **BEGIN,
    )
    days = view.facts.statements["day"].to_numpy()
    if size == FREE:
        return _two_spans(view, spans.held(days, "month", view.calendar))
    known = spans.held(days, size, view.calendar)[::-1]  # type: ignore[arg-type]
    return _several(view, "compared.periods", known, names.span)


def _two_spans(view: View, months: list[str]) -> None:
    """Two spans from month to month; half of the months each until the reader chooses."""
    if len(months) < 2:
        st.html(f'<p class="mv-note">{view.labels("compared.no_months")}</p>')
        return
    half = len(months) // 2
    usual = [(months[0], months[half - 1]), (months[half], months[-1])]
    given = [tuple(value.split(spans.TO, 1)) for value in asked() if spans.TO in value][:2]
    now = [*given, *usual[len(given) :]]
    if not given:
        # The address says what is shown.
        state.set_params(ids=SEPARATOR.join(spans.TO.join(ends) for ends in now))

    def take() -> None:
        ends = [[st.session_state[f"w_span_{number}_{end}"] for end in ("from", "to")] for number in (0, 1)]
        state.set_params(ids=SEPARATOR.join(spans.TO.join(sorted(one)) for one in ends), **BEGIN)

    with st.container(horizontal=True, vertical_alignment="bottom"):
        for number, ends in enumerate(now):
            for end, value in zip(("from", "to"), ends, strict=True):
                key = f"w_span_{number}_{end}"
                st.session_state[key] = value
                st.selectbox(
                    view.labels(f"compared.span_{number + 1}_{end}"),
                    months if value in months else [value, *months],
                    format_func=view.names.span,
                    key=key,
                    on_change=take,
                )


def troubles(question: Question) -> None:
    """What of the choice cannot be, or must be known of it, with a way on."""
    for words in question.problems:
        st.html(f'<p class="mv-trouble" role="status">{bidi.inline(words)}</p>')
    if question.ids and len(question.sides) < len(asked()):
        kept = SEPARATOR.join(side.key for side in question.sides)
        label = "compared.only_rest" if len(question.sides) > 1 else "compared.begin_anew"
        st.button(
            question.view.labels(label),
            key="compared_rest",
            on_click=lambda: state.set_params(ids=kept if len(question.sides) > 1 else "", **BEGIN),
        )


def propose(view: View) -> None:
    """Comparisons that the view suggests, as links."""
    labels, names = view.labels, view.names
    found = page.figure(view, "compare.proposals", proposals(view.facts, view.calendar, view.content.offices()))
    st.html(f'<div class="mv-empty">{labels("compared.choose_two")}</div>')
    if found.empty:
        return
    page.heading(labels("compared.proposed"))
    for row in found.itertuples():
        kind = {"office": "speaker", "period": "span"}.get(row.by, row.by)
        words = {"a": names.side(f"{kind}:{row.one}"), "b": names.side(f"{kind}:{row.other}")}
        if row.by == "office":
            words["office"] = names.role(*row.office.split("."))
        query = {"by": row.by, "ids": f"{row.one}{SEPARATOR}{row.other}"}
        if row.office:
            query["office"] = row.office
        label = bidi.markdown(labels(f"compared.propose_{row.by}", **words))
        st.page_link(HERE, label=label, icon="", query_params=state.query() | query)
