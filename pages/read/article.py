"""One article: its text with everything marked that was read from it, and its statements one by one."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

import numpy as np
import streamlit as st

from analysis.export import citing
from analysis.measure.facts import NO_DAY, as_date
from analysis.schema import Tables
from pages.ui import bidi, cards, marked, page, provenance, searching, state
from pages.ui.palette import MARKS
from pages.ui.review import adding, beside
from pages.ui.view import DEMO, View, current

OFF = "off"
"""The URL parameter with the kinds of marks that are switched off."""
SHOW_CHOSEN = """
<script>
(() => {
  const key = %s;
  if (window.mavazeShown === key) return;
  window.mavazeShown = key;
  document.querySelector('.mv-article .here')?.scrollIntoView({block: 'center'});
})();
</script>"""


@dataclass(frozen=True)
class Reading:
    """The article that is read.

    Attributes:
        place: its position.
        tables: all of it.
        day: when it was published.
        chosen: the id of the statement that the reader chose, "" for none.
        in_view: the ids of its statements inside the filters.
    """

    place: int
    tables: Tables
    day: dt.date | None
    chosen: str
    in_view: set[str]

    @property
    def article(self) -> dict:
        return self.tables.articles.iloc[0].to_dict()


def show() -> None:
    """The page."""
    view = current()
    labels = view.labels
    identity = state.param("id")
    place = view.content.article_position(identity)
    if place is None:
        _back(view)
        st.html(f'<div class="mv-empty">{labels("article.missing")}</div>')
        return
    here = _read(view, place)
    _ways(view, here)
    _head(view, here)
    searching.told(view)
    provenance.copies(view, here.article)
    kinds = _legend(view)
    with st.container(key="mv_two"):
        text, cards_column = st.columns([3, 2], gap="large")
    with text:
        picked = adding.span(here.article["text"]) if beside.mode() == "add" else None
        marks = marked.marks(here.tables, here.in_view, here.chosen, view.names, searching.asked(view), picked)
        shown = marked.html(here.article["text"], [m for m in marks if m.kind in kinds or m.kind == marked.PICKED])
        st.html(f'<div class="mv-article" id="mv-text">{shown}</div>')
    with cards_column:
        _statements(view, here)
    provenance.origin(view, identity)
    if here.chosen:
        key = f"'{place}.{list(here.tables.statements['statement_id']).index(here.chosen)}'"
        st.html(SHOW_CHOSEN % key, unsafe_allow_javascript=True)


def _read(view: View, place: int) -> Reading:
    tables = view.content.tables([place])
    inside = view.facts.statements["article"].to_numpy() == place
    in_view = set(view.content.statements(view.facts.statements.index[inside])["statement_id"])
    chosen = state.param("s")
    known = chosen in set(tables.statements["statement_id"])
    day = as_date(view.all.articles["day"].to_numpy()[place])
    return Reading(place, tables, day, chosen if known else "", in_view)


def _link(here: Reading, **changes: str) -> dict[str, str]:
    """The parameters of this article's address."""
    kept = {"edit": state.param("edit"), OFF: state.param(OFF)}
    own = {"id": here.article["article_id"], "s": here.chosen} | kept | changes
    return state.query() | {key: value for key, value in own.items() if value}


def _back(view: View) -> None:
    arrow = "→" if view.labels.rtl else "←"
    words = f"{arrow} {view.labels('article.back')}"
    st.page_link(page.STATEMENTS, label=words, icon="", query_params=state.query(), width="content")


def _ways(view: View, here: Reading) -> None:
    """Back to the list, the articles before and after this one, newest first, and what can be taken."""
    labels = view.labels
    order = _newest_first(view)
    at = np.flatnonzero(order == here.place)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="mv_ways"):
        _back(view)
        if len(at):
            number = int(at[0])
            _to_article(view, here, order, number - 1, "newer")
            st.html(f'<p class="mv-note">{labels("article.place", n=number + 1, of=len(order))}</p>', width="content")
            _to_article(view, here, order, number + 1, "older")
        else:
            st.html(f'<p class="mv-note">{labels("article.outside")}</p>', width="content")
        _take(view, here)


def _newest_first(view: View) -> np.ndarray:
    """The articles in view (positions) in the order of the list: newest first, undated ones last."""
    positions = view.facts.articles.index.to_numpy()
    days = view.facts.articles["day"].to_numpy("int64")
    return positions[np.lexsort([positions, -days, days == NO_DAY])]


def _to_article(view: View, here: Reading, order: np.ndarray, number: int, way: str) -> None:
    if not 0 <= number < len(order):
        return
    row = view.content.articles(order[[number]]).iloc[0].to_dict()
    st.page_link(
        page.ARTICLE,
        label=_arrow(view, f"article.{way}", back=way == "newer"),
        icon="",
        query_params=_link(here, id=row["article_id"], s=""),
        help=bidi.markdown(cards.title(row)),
        width="content",
    )


def _arrow(view: View, key: str, *, back: bool) -> str:
    words = view.labels(key)
    if back:
        return f"{'→' if view.labels.rtl else '←'} {words}"
    return f"{words} {'←' if view.labels.rtl else '→'}"


def _take(view: View, here: Reading) -> None:
    """Citation, CSV and text."""
    labels = view.labels
    with st.popover(labels("citation.open"), width="content"):
        st.html(f'<p class="mv-note">{labels("citation.of_statement" if here.chosen else "citation.of_article")}</p>')
        address = f"{st.context.url or ''}?{urlencode(_link(here))}"
        cited = citing.Cited(here.tables, here.day, here.chosen, address)
        for lang in ("fa", "en"):
            with st.container(key=f"mv_cite_{lang}"):
                st.caption(labels(f"citation.in_{lang}"))
                st.code(citing.cite(cited, view.names.speakers, lang), language=None, wrap_lines=True)
    page.csv(view, "article", articles=(here.place,))
    st.download_button(
        labels("article.get_text"),
        data=here.article["text"],
        file_name="article.txt",
        mime="text/plain",
        on_click="ignore",
        key="get_text",
        width="content",
    )


def _head(view: View, here: Reading) -> None:
    labels, article = view.labels, here.article
    st.html(f'<h1 class="mv-title">{bidi.escape(cards.title(article))}</h1>')
    collection = view.names.collection(article["collection"])
    facts = [article["source"], labels.both_dates(here.day, view.calendar), collection]
    shown = "".join(f"<span>{bidi.escape(fact)}</span>" for fact in facts if fact)
    address = bidi.link(article["url"])
    if address:
        words = labels("article.source_link")
        shown += f'<a href="{address}" target="_blank" rel="noopener noreferrer">{words} ↗</a>'
    st.html(f'<div class="mv-legend">{shown}</div>')
    if article["collection"] == DEMO:
        page.demo_notice(view, labels("article.demo"))


def _legend(view: View) -> set[str]:
    """What the marks mean; each kind is a switch that stands in the address. Returns the kinds that are shown."""
    labels = view.labels
    kinds = [kind for kind in marked.KINDS if kind != "found" or searching.asked(view) is not None]
    off = set(state.param(OFF).split("~"))
    # The key holds what is off, so that the URL alone decides; styles see which switches there are.
    key = f"w_marks_{'_'.join(kind for kind in kinds if kind in off)}"
    st.session_state[key] = [kind for kind in kinds if kind not in off]

    def take() -> None:
        hidden = [kind for kind in kinds if kind not in st.session_state[key]]
        state.set_params(**{OFF: "~".join(hidden)})

    with st.container(key="mv_marks"):
        st.pills(
            labels("article.legend"),
            kinds,
            selection_mode="multi",
            format_func=lambda kind: _kind(view, kind),
            key=key,
            on_change=take,
            help=labels("article.legend_help"),
        )
    return set(st.session_state[key])


def _kind(view: View, kind: str) -> str:
    words = view.labels(f"article.{kind}")
    if kind == "stance":
        words += " " + " ".join(f"{mark} {view.labels(f'stance.{key}')}" for key, mark in MARKS.items())
    return words


def _statements(view: View, here: Reading) -> None:
    labels, rows = view.labels, here.tables.statements
    page.heading(labels("article.statements"), labels("statements.n_statements", n=len(rows)))
    if rows.empty:
        st.html(f'<div class="mv-empty">{labels("article.none")}</div>')
        beside.correct(view, here.tables, "")
        return
    if len(here.in_view) < len(rows):
        st.html(f'<p class="mv-note">{labels("article.other", n=len(rows) - len(here.in_view))}</p>')
    _choose(view, here)
    beside.correct(view, here.tables, here.chosen)
    around = cards.beside(view, rows, here.tables)
    numbers = {row_id: number for number, row_id in enumerate(rows["statement_id"], 1)}
    shown = []
    for row in rows.to_dict("records"):
        number, again = numbers[row["statement_id"]], numbers.get(row["repeats"])
        note = f'<p class="mv-note">{labels("article.repeats", number=again)}</p>' if again else ""
        chosen = " here" if row["statement_id"] == here.chosen else ""
        card = cards.html(view, row, around, None, number=number, full=True)
        shown.append(f'<div class="mv-boxed{chosen}">{card}{note}</div>')
    # One element for all: a long article has hundreds of them.
    st.html("".join(shown))


def _choose(view: View, here: Reading) -> None:
    """Choose a statement: the one before, the one after, or any; it can be cited, and the text shows it."""
    labels, ids = view.labels, list(here.tables.statements["statement_id"])
    texts = dict(zip(ids, here.tables.statements["text"], strict=True))
    at = ids.index(here.chosen) if here.chosen else -1
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="mv_choose"):

        def name(value: str) -> str:
            if value not in texts:
                return bidi.plain(value)
            return f"{labels.number(ids.index(value) + 1)} · {bidi.shorten(bidi.plain(texts[value]), 60)}"

        page.pick(labels("article.chosen"), ids, name, param="s")
        for way, number in (("before", at - 1), ("after", at + 1)):
            target = ids[number] if 0 <= number < len(ids) else ""
            st.button(
                _arrow(view, f"article.{way}", back=way == "before"),
                key=f"go_{way}",
                disabled=not target,
                on_click=lambda target=target: state.set_params(s=target),
            )


show()
