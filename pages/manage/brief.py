"""The view as a page or two to print or to open in Word: choices, the files, the brief as it will be, its sentences."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import numpy as np
import streamlit as st

from analysis.export import brief, brief_html, brief_word
from analysis.export.brief import Brief
from analysis.export.brief_asked import MOST_QUOTATIONS, PARTS, QUOTATIONS, Asked, Choices
from analysis.export.brief_quotes import Quotation
from analysis.measure import frequency, periods, positions
from analysis.measure.filters import SEPARATOR
from analysis.text.calendar import today
from pages.ui import bidi, data, listing, page, state
from pages.ui.view import View

NONE = "none"
"""The parameter of the quotations where the reader unticked all."""
HEIGHT = 1150
"""Of the preview, in pixels: somewhat more than a page."""
_SHOWN = 160
_FORMS: dict[str, tuple[str, Callable[[Brief], bytes]]] = {
    "html": ("text/html", lambda made: brief_html.html(made).encode()),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", brief_word.docx),
}


def show() -> None:
    """The page."""
    view = page.start("brief")
    if view is None:
        return
    if not len(view.facts.statements):
        page.empty(view)
        return
    choices = _chosen()
    made = brief.build(_asked(view), choices)
    for name, figure in made.figures.items():
        page.figure(view, name, figure)
    with st.container(key="mv_two_brief"):
        beside, paper = st.columns([2, 3], gap="large")
    with beside:
        _files(view, made)
        _words(view)
        _parts(view, choices)
        _quotations(view, choices, made)
    with paper:
        page.heading(view.labels("making.preview"), view.labels("making.preview_note"))
        with st.container(border=True, key="mv_paper"):
            st.iframe(brief_html.html(made), height=HEIGHT, tab_index=0, alt=view.labels("making.preview"))
    _behind(view, made)


def _asked(view: View) -> Asked:
    """What the brief is about, with the address of all the statements in view."""
    here = data.edition()
    version = here.version if here.kind == "store" else None
    root = (st.context.url or "").rpartition("/")[0]
    return Asked(
        content=view.content,
        filters=view.filters,
        narrow=lambda filters: data.narrowed(data.key(filters)),
        names=view.names,
        calendar=view.calendar,
        made=today(),
        version=version,
        link=f"{root}/statements?{urlencode(state.query(version=version or 0))}",
        demo=here.kind == "seeds",
    )


def _chosen() -> Choices:
    """What the address asks of the brief."""
    off = frozenset(state.param("off").split(SEPARATOR)) & frozenset(PARTS)
    n, ticked = state.param("n"), state.param("quote")
    number = min(int(n), MOST_QUOTATIONS) if n.isascii() and n.isdecimal() else QUOTATIONS
    ids = tuple(ticked.split(SEPARATOR)) if ticked else None
    return Choices(state.param("title"), state.param("ask"), off, number, () if ticked == NONE else ids)


def _files(view: View, made: Brief) -> None:
    labels = view.labels
    page.heading(labels("making.files"), labels("making.files_note"))
    with st.container(horizontal=True, gap="small"):
        for form, (mime, build) in _FORMS.items():
            st.download_button(
                labels(f"making.get_{form}"),
                data=lambda build=build: build(made),
                file_name=f"mavaze-brief-{made.made.isoformat()}.{form}",
                mime=mime,
                on_click="ignore",
                key=f"brief_{form}",
                help=labels(f"making.help_{form}"),
                type="primary",
            )


def _words(view: View) -> None:
    """The reader's own title and question."""
    for name, longest in (("title", brief.TITLE), ("ask", brief.QUESTION)):
        key = f"w_brief_{name}"
        st.session_state[key] = state.param(name)[:longest]
        st.text_input(
            view.labels(f"making.{name}"),
            key=key,
            max_chars=longest,
            placeholder=view.labels(f"making.{name}_example"),
            on_change=lambda name=name, key=key: state.set_params(**{name: st.session_state[key].strip()}),
        )


def _parts(view: View, choices: Choices) -> None:
    """Which parts stand in the brief, and how many quotations."""
    labels, key = view.labels, "w_brief_parts"

    def take() -> None:
        off = [part for part in PARTS if part not in st.session_state[key]]
        state.set_params(off=SEPARATOR.join(off))

    st.session_state[key] = [part for part in PARTS if part not in choices.off]
    st.pills(
        labels("making.parts"),
        PARTS,
        selection_mode="multi",
        format_func=lambda part: labels(f"making.part_{part}"),
        key=key,
        on_change=take,
        wrap=True,
    )
    st.session_state["w_brief_n"] = choices.quotations
    st.selectbox(
        labels("making.n"),
        range(MOST_QUOTATIONS + 1),
        format_func=labels.number,
        key="w_brief_n",
        disabled=choices.chosen is not None or "quotations" in choices.off,
        on_change=lambda: state.set_params(n=str(st.session_state["w_brief_n"]), quote=""),
    )


def _quotations(view: View, choices: Choices, made: Brief) -> None:
    """What is offered for quoting, to tick; nothing ticked by hand leaves the choice to the rule."""
    labels = view.labels
    if "quotations" in choices.off:
        return
    ids = [one.statement for one in made.offered]
    chosen = ids[: choices.quotations] if choices.chosen is None else [one for one in ids if one in choices.chosen]
    page.heading(labels("making.quotations"), labels("making.quotations_note"))
    if left := len(chosen) - len(made.quotations):
        st.html(f'<p class="mv-note" role="status">{labels("making.left", n=left)}</p>')
    for number, one in enumerate(made.offered):
        key = f"w_quote_{number}"
        st.session_state[key] = one.statement in chosen
        with st.container(horizontal=True, gap="small", wrap=False, key=f"mv_quote_{number}"):
            st.checkbox(
                labels("making.tick", said=bidi.markdown(one.said)),
                key=key,
                on_change=_tick(one.statement, ids, chosen),
                label_visibility="collapsed",
            )
            st.html(f'<p class="mv-note">{_offer(one)}</p>', width="stretch")
    if choices.chosen is not None:
        st.button(labels("making.by_rule"), key="brief_by_rule", on_click=lambda: state.set_params(quote=""))


def _offer(one: Quotation) -> str:
    """Who said it, and the words, which are Persian in either language (HTML)."""
    words = bidi.inline(bidi.shorten(one.text, _SHOWN))
    return f'<b>{bidi.inline(one.said)}</b><br><span lang="fa"><bdi dir="rtl">{words}</bdi></span>'


def _tick(statement: str, ids: list[str], chosen: list[str]) -> Callable[[], None]:
    """Take a statement among those to quote, or out of them; they stand in the order in which they are offered."""
    now = set(chosen) ^ {statement}
    return lambda: state.set_params(quote=SEPARATOR.join(one for one in ids if one in now) or NONE)


def _behind(view: View, made: Brief) -> None:
    """The statements behind a line of the brief."""
    labels = view.labels
    lines = _lines(view, made)
    page.heading(labels("making.behind"), labels("making.behind_note"))
    chosen = page.pick(
        labels("making.line"),
        list(lines),
        lambda line: lines.get(line, line),
        param="line",
        every=labels("making.any_line"),
        p_b="",
    )
    if chosen not in lines:
        return
    kind, _, value = chosen.partition(":")
    found, filters = _found(view, kind, value)
    page.selection(view, lines[chosen], len(found), found, filter=filters, clear=("line", "p_b"))
    listing.statements(view, found, key="b")


def _lines(view: View, made: Brief) -> dict[str, str]:
    """Every line of the brief that tells a number, with what it is called."""
    labels, names, shown = view.labels, view.names, made.figures
    lines = {f"topic:{value}": names.topic(value) for value in shown["brief.topics"]["topic"]}
    lines |= {f"speaker:{value}": names.speaker(value) for value in shown["brief.speakers"]["speaker"]}
    lines |= {f"target:{value}": names.target(value) for value in shown["brief.targets"]["target"]}
    for row in shown["brief.pairs"].to_dict("records"):
        both = f"{names.speaker(row['speaker'])} {'←' if labels.rtl else '→'} {names.target(row['target'])}"
        lines[f"pair:{row['speaker']}{SEPARATOR}{row['target']}"] = both
    counts = shown["brief.time"]
    lines |= {f"period:{value}": labels.period(value) for value in counts.loc[counts["n"] > 0, "period"]}
    return {
        key: f"{labels('making.kind_' + key.partition(':')[0])}{labels('app.colon')}{name}"
        for key, name in lines.items()
    }


def _found(view: View, kind: str, value: str) -> tuple[np.ndarray, dict[str, object]]:
    """The statements (positions) of a line, and what it means as filters."""
    facts = view.facts
    if kind == "topic":
        return frequency.of_topic(facts, value), {"topics": (value,)}
    if kind == "speaker":
        return frequency.of_speaker(facts, value), {"speakers": (value,)}
    if kind == "period":
        start, stop = periods.bounds(value)
        return periods.in_period(facts, value), {"start": start, "stop": stop, "undated": ""}
    speaker, _, target = value.rpartition(SEPARATOR)
    rows = positions.evidence(facts, speaker, target)
    rows = rows[~facts.anonymous[rows["speaker"].cat.codes]]
    return np.unique(rows["statement"].to_numpy()), {"speakers": (speaker,)} if speaker else {}


show()
