"""What every page has: heading, the question in one sentence, notices, the CSV, and the sentences behind a figure."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from analysis.export import flat
from analysis.measure.sentence import say
from analysis.text.calendar import is_month, month_bounds, today
from pages.ui import bidi, data, state, tables
from pages.ui.labels import Labels
from pages.ui.view import DEMO, View, current

PER_PAGE = 10
FIGURES = "mv_figures"
"""Where the session keeps the figures of the page that is shown."""
ADD = "pages/manage/add.py"
ARTICLE = "pages/read/article.py"
STATEMENTS = "pages/read/statements.py"


def start(name: str) -> View | None:
    """Head of a page: title, what it shows, what is in view, notices, CSV.

    Returns:
        the view, or None where nothing is in it; the page then has nothing more to show.
    """
    view = current()
    labels = view.labels
    st.session_state[FIGURES] = {}
    with st.container(
        horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute", wrap=False, key="mv_head"
    ):
        title(labels, name)
        csv(view, name)
    st.html(f'<p class="mv-sentence">{bidi.inline(say(view.filters, view.names, view.calendar))}</p>')
    notices(view)
    if not len(view.all.articles):
        st.html(f'<div class="mv-empty">{labels("app.empty_store")}</div>')
        st.page_link(ADD, label=forward(labels, "pages.add"), icon="", query_params=state.query())
        return None
    if not len(view.facts.articles):
        empty(view)
        return None
    return view


def title(labels: Labels, name: str) -> None:
    """The title of a page and what it is for."""
    st.html(
        f'<h1 class="mv-title">{labels(f"pages.{name}")}</h1><p class="mv-intro">{labels(f"intro.{name}")}</p>',
        width="stretch",
    )


def csv(view: View, name: str, *, articles: tuple[int, ...] = ()) -> None:
    """The button that makes the flat CSV of what is in view; it is built only when it is asked for.

    Args:
        view: what is in view.
        name: goes into the file's name.
        articles: only these articles (positions), whatever the filters say.
    """

    def build() -> bytes:
        tables = view.content.tables(articles) if articles else view.content.taken(view.facts)
        return flat.to_csv(flat.flat(tables))

    st.download_button(
        view.labels("app.download"),
        data=build,
        file_name=f"mavaze-{name}.csv",
        mime="text/csv",
        help=view.labels("app.download_help"),
        on_click="ignore",
        key=f"csv_{name}",
        width="content",
    )


def notices(view: View) -> None:
    """What must not be misread: invented articles in view, undated and repeated statements that are not counted."""
    demo_notice(view)
    labels, filters = view.labels, view.filters
    if (filters.start or filters.stop) and not filters.undated:
        left = view.totals_with(start=None, stop=None, undated="only")
        if left.statements or left.articles:
            note("undated", labels("notice.undated", n=left.statements), labels("notice.undated_show"), undated="only")
    other = view.totals_with(repeats=not filters.repeats)
    more = abs(other.statements - view.totals.statements)
    if more and filters.repeats:
        note("repeats", labels("notice.repeats_in", n=other.statements), labels("notice.repeats_hide"), repeats=False)
    elif more:
        note("repeats", labels("notice.repeats_out", n=more), labels("notice.repeats_show"), repeats=True)
    if filters.sure:
        note("sure", labels("notice.sure_out", **unsure(view)), labels("notice.sure_show"), sure=0)


def unsure(view: View) -> dict[str, int]:
    """How many statements and positions are out of view only because they are not sure enough."""
    every = view.with_changes(sure=0)
    return {
        "statements": len(every.statements) - len(view.facts.statements),
        "positions": len(every.positions) - len(view.facts.positions),
    }


def demo_notice(view: View, text: str = "") -> None:
    """Says that invented articles are in view, with one click to hide them.

    Args:
        view: what is in view.
        text: says it of one article, which is invented whatever the filters say.
    """
    if not (view.shows_demo or text):
        return
    labels = view.labels
    others = tuple(value for value in data.options()["collections"] if value != DEMO)
    shown = text or labels("notice.demo", name=view.names.collection(DEMO))
    with st.container(key="mv_demo", horizontal=True, vertical_alignment="center", wrap=False):
        st.html(f'<p class="mv-warn"><b>!</b> {bidi.inline(shown)}</p>', width="stretch")
        if others and view.shows_demo:
            st.button(
                labels("notice.demo_hide"), key="mv_demo_hide", on_click=lambda: state.change(collections=_kept(others))
            )


def _kept(others: tuple[str, ...]) -> tuple[str, ...]:
    chosen = tuple(value for value in state.filters().collections if value != DEMO)
    return chosen or others


def note(key: str, text: str, action: str, **changes: object) -> None:
    """A remark on what is not counted, with the button that changes it."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"mv_note_{key}"):
        st.html(f'<p class="mv-note">{text}</p>', width="content")
        st.button(action, key=f"note_{key}", type="tertiary", on_click=lambda: state.change(**changes))


def forward(labels: Labels, key: str) -> str:
    """The words of a link that leads on, with an arrow in the direction of reading."""
    return f"{labels(key)} {'←' if labels.rtl else '→'}"


def heading(text: str, note: str = "") -> None:
    """The heading of a part of a page (plain text)."""
    small = f'<p class="mv-note">{bidi.inline(note)}</p>' if note else ""
    st.html(f'<h2 class="mv-head">{bidi.inline(text)}</h2>{small}')


def empty(view: View) -> None:
    """Says that there is nothing to show and what to do."""
    st.html(f'<div class="mv-empty">{view.labels("app.empty")}</div>')


def pager(view: View, n: int, key: str) -> int:
    """Let the reader choose a page; returns the position of its first row."""
    labels = view.labels
    pages = -(-n // PER_PAGE)
    asked = state.param(f"p_{key}")
    number = min(max(int(asked) if asked.isascii() and asked.isdigit() else 1, 1), pages)
    first = (number - 1) * PER_PAGE
    shown = labels("statements.range", first=first + 1, last=min(first + PER_PAGE, n), n=n)
    if pages > 1:
        shown += f" · {labels('statements.page', page=number, pages=pages)}"
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key=f"pager_{key}"
    ):
        st.html(f'<p class="mv-note">{shown}</p>', width="content")
        if pages > 1:
            # The key holds the page, so that the URL alone decides which page it is.
            name = f"w_p_{key}_{number}_{pages}"
            st.pagination(
                pages,
                default=number,
                max_visible_pages=0,  # Only the arrows: the numbers would be in Latin digits.
                key=name,
                on_change=lambda: state.set_params(**{f"p_{key}": str(st.session_state[name])}),
            )
    return first


def month_param(view: View) -> str:
    """The month that the URL picks, "" unless it is a month of the reader's calendar."""
    month = state.param("month")
    return month if is_month(month, view.calendar) else ""


def pick_month(view: View, counts: pd.DataFrame, label: str, *, every: str | None = None, **others: str) -> str:
    """A choice among the months of `frequency.by_month` that have statements, newest first."""
    months = list(counts.loc[counts["n"] > 0, "month"])[::-1]
    if state.param("month") != month_param(view):
        state.set_params(month="")
    return pick(label, months, lambda key: view.labels.month(key, view.calendar), param="month", every=every, **others)


def month_notes(view: View, last: str) -> None:
    """Says what a chart over months leaves out, and whether its last month is still running."""
    labels = view.labels
    undated = view.totals.undated_statements
    notes = [labels("notice.undated_chart", n=undated)] if undated else []
    if month_bounds(last, view.calendar)[1] >= today():
        notes.append(labels("notice.incomplete"))
    if notes:
        st.html(f'<p class="mv-note">{" ".join(notes)}</p>')


def pick(label: str, options: list[str], name, *, param: str, every: str | None = None, **others: str) -> str:
    """A choice that stands in the URL: what a click on a chart sets can be set from the keyboard as well.

    Args:
        label: the choice's label.
        options: ids.
        name: id → what the reader sees.
        param: the URL parameter.
        every: what choosing nothing is called.
        others: parameters to set at the same time (empty = removed).
    """
    chosen = state.param(param)
    values = ["", *options]
    if chosen not in values:
        values.append(chosen)
    key = f"w_{param}"
    st.session_state[key] = chosen
    st.selectbox(
        label,
        values,
        format_func=lambda value: name(value) if value else (every or "—"),
        key=key,
        on_change=lambda: state.set_params(**{param: st.session_state[key], **others}),
    )
    return chosen


def choose(view: View, label: str, options: tuple[str, ...], name, *, param: str, **others: str) -> str:
    """A choice among a few that are all shown, in the URL; the first one stands for nothing chosen.

    Args:
        view: what is in view.
        label: key of the choice's label.
        options: ids.
        name: id → what the reader sees.
        param: the URL parameter.
        others: parameters to set at the same time (empty = removed).
    """
    key, asked = f"w_{param}", state.param(param)
    st.session_state[key] = asked if asked in options else options[0]
    st.segmented_control(
        view.labels(label),
        options,
        format_func=name,
        key=key,
        required=True,
        on_change=lambda: state.set_params(
            **{param: "" if st.session_state[key] == options[0] else st.session_state[key], **others}
        ),
    )
    return st.session_state[key]


def clicked(event_key: str) -> list:
    """The `customdata` of the point that a reader clicked on a chart; empty where the click undid a selection."""
    points = st.session_state[event_key]["selection"]["points"]
    found = points[0].get("customdata") if points else None
    if isinstance(found, dict):  # Plotly sends an array as {"0": …}.
        found = list(found.values())
    return list(found) if isinstance(found, (list, tuple)) else [found] if found else []


def figure(view: View, name: str, data: pd.DataFrame | float) -> None:
    """Note a figure that the page says in words or as a tile, so that tests can hold it against the tables."""
    del view
    st.session_state.setdefault(FIGURES, {})[name] = data


def chart(
    view: View,
    name: str,
    drawn: go.Figure,
    data: pd.DataFrame,
    *,
    on_click: Callable[[list], None] | None = None,
    note: str = "",
    titled: bool = True,
) -> None:
    """A chart with its heading, its table and its CSV; what is clicked goes to `on_click` before the page runs.

    Args:
        view: what is in view.
        name: the chart's id; its title is the label `chart.NAME`, its remark `about.NAME`.
        drawn: the figure.
        data: the measure's frame that it shows, ids and numbers.
        on_click: takes the `customdata` of the point that was clicked.
        note: a remark instead of `about.NAME`.
        titled: whether the heading is drawn here.
    """
    labels = view.labels
    figure(view, name, data)
    title = labels(f"chart.{name}")
    if titled:
        heading(title, note or labels.get(f"about.{name}", ""))
    key = "chart_" + name.replace(".", "_")

    def take() -> None:
        found = clicked(key)
        if found and on_click:
            on_click(found)

    st.plotly_chart(
        drawn,
        key=key,
        theme=None,
        alt=title,
        on_select=take if on_click else "ignore",
        selection_mode="points",
        config={"displayModeBar": False, "displaylogo": False},
    )
    tables.behind(view, data)
