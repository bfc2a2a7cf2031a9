"""How much there is of each of those compared: when, and from which sources."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from analysis.measure import comparison, periods, sides
from analysis.measure.periods import Axis
from pages.ui import bidi, charts_compare, charts_time, page, theme
from pages.ui.compared.question import Question, opened

SOURCES = 8


def show(question: Question) -> None:
    """The sides with their numbers, which says what their signs mean; and what must be known before comparing."""
    view, labels = question.view, question.view.labels
    found = page.figure(view, "compare.amount", comparison.amount(view.facts, question.sides))
    page.heading(labels("compared.amount"))
    rows = (_line(question, row) for row in found.to_dict("records"))
    st.html(f'<ul class="mv-sides">{"".join(rows)}</ul>')
    with st.container(key="mv_two_amount"):
        left, right = st.columns(2, gap="large")
    with left:
        _over_time(question)
    with right:
        shares = _sources(question)
    for words in _unequal(question, found, shares):
        st.html(f'<p class="mv-note">{bidi.inline(words)}</p>')


def _line(question: Question, row: dict) -> str:
    view, labels = question.view, question.view.labels
    look = theme.look(labels)
    sign = charts_compare.sign(look, question.places[row["side"]])
    parts = [
        labels("compared.said", n=row["n"], articles=row["articles"], sources=row["sources"]),
        labels("compared.n_positions", n=row["positions"]),
    ]
    days = [labels.date(dt.date.fromisoformat(row[end]), view.calendar) for end in ("first", "last") if row[end]]
    if days:
        parts.append(days[0] if days[0] == days[1] else labels("compared.from_to", first=days[0], last=days[1]))
    if row["undated"]:
        parts.append(labels("compared.n_undated", n=row["undated"]))
    if row["n"] < comparison.ENOUGH:
        parts.append(labels("compared.thin_side", n=comparison.ENOUGH))
    about = _about(question, row["side"])
    who = f"<b>{bidi.inline(question.names[row['side']])}</b>" + (f" {bidi.inline(about)}" if about else "")
    return f'<li>{sign} <span>{who}<br><span class="soft">{bidi.inline(" · ".join(parts))}</span></span></li>'


def _about(question: Question, side: str) -> str:
    """The term of a holder of an office."""
    if question.terms is None:
        return ""
    labels = question.view.labels
    row = question.terms.set_index("speaker").loc[side.partition(":")[2]]
    if not row["from"] and not row["to"]:
        return labels("compared.term_unknown")
    return labels("compared.term", first=_day(question, row["from"]), last=_day(question, row["to"]))


def _day(question: Question, text: str) -> str:
    """A day, month or year of a term, which are Gregorian; what is not known so closely stays as it is."""
    labels, calendar = question.view.labels, question.view.calendar
    if len(text) == 10:
        return labels.date(dt.date.fromisoformat(text), calendar)
    if not text:
        return labels("compared.open")
    return labels.month(text, "gregorian") if len(text) == 7 else labels.digits(text)


def _over_time(question: Question) -> None:
    view, labels = question.view, question.view.labels
    days = view.facts.statements["day"].to_numpy()
    axis = Axis.of(days, periods.fitting(days), view.calendar)
    if not len(axis):
        st.html(f'<p class="mv-note">{labels("compared.all_undated")}</p>')
        return
    found = comparison.over_time(view.facts, question.sides, axis)
    spoken = {key: labels.period(key) for key in axis.keys}
    frame = found.assign(id=found["side"], label=found["side"].map(question.names), value=found["n"].astype("float64"))
    frame["place"] = frame["period"].map({key: place for place, key in enumerate(axis.keys)})
    frame["text"] = [
        f"{label}\n{spoken[period]}\n{labels('statements.n_statements', n=n)}"
        for label, period, n in zip(frame["label"], frame["period"], frame["n"], strict=True)
    ]
    until = periods.complete_until(view.facts, view.filters.stop)
    is_open = periods.is_incomplete(axis.keys[-1], until)
    look = theme.look(labels)
    page.chart(
        view,
        "compare.over_time",
        charts_time.lines(
            look, frame, ticks=[labels.period(key, lines=True) for key in axis.keys], percent=False, is_open=is_open
        ),
        found,
        on_click=lambda point: opened(question, str(point[0]), when=str(point[1])),
        legend=charts_time.legend(
            look, list(question.names.values()), open_mark=labels("topics.open_mark") if is_open else ""
        ),
    )


def _sources(question: Question) -> pd.DataFrame:
    view, labels = question.view, question.view.labels
    counted, names = comparison.clustered(view.facts, question.sides, "source")
    found = comparison.shares(question.sides, counted, names, "source")
    shown = list(found["source"].drop_duplicates().head(SOURCES))
    rows = [value or labels("app.unknown") for value in shown]
    page.chart(
        view,
        "compare.sources",
        charts_compare.dots(theme.look(labels), points(question, found, "source", shown), rows, len(question.sides)),
        found,
        on_click=lambda point: opened(question, str(point[0]), outlet=str(point[1])),
        legend=charts_compare.legend(theme.look(labels), list(question.names.values())),
    )
    return found


def points(question: Question, found: pd.DataFrame, kind: str, shown: list[str]) -> pd.DataFrame:
    """Rows of `comparison.shares` as the points of `charts_compare.dots`."""
    labels = question.view.labels
    name = {"topic": question.view.names.topic, "source": lambda value: value or labels("app.unknown")}[kind]
    frame = found[found[kind].isin(shown)].copy()
    frame["row"] = frame[kind].map({value: place for place, value in enumerate(shown)})
    frame["place"] = frame["side"].map(question.places)
    frame["few"] = frame["of"] < comparison.ENOUGH
    frame["key"] = frame[kind]
    frame["text"] = [
        "\n".join(
            (
                name(row[kind]),
                question.names[row["side"]],
                labels("compared.share", share=labels.share(row["share"]), n=row["n"], of=row["of"]),
                labels("compared.interval", low=labels.share(row["low"]), high=labels.share(row["high"])),
            )
        )
        for row in frame.to_dict("records")
    ]
    return frame


def _unequal(question: Question, found: pd.DataFrame, shares: pd.DataFrame) -> list[str]:
    """What makes the sides hard to compare."""
    view, labels, names = question.view, question.view.labels, question.names
    said = []
    most, least = found.loc[found["n"].idxmax()], found.loc[found["n"].idxmin()]
    if most["n"] >= comparison.UNEQUAL * least["n"]:
        values = {"more": names[most["side"]], "less": names[least["side"]], "n": int(most["n"] // least["n"])}
        said.append(labels("compared.unequal", **values))
    alike = page.figure(view, "compare.overlap", comparison.overlaps(shares, "source"))
    apart = alike[alike["overlap"] < comparison.ALIKE].sort_values("overlap", kind="stable")
    if len(apart):
        row = apart.iloc[0]
        values = {"a": names[row["more"]], "b": names[row["less"]], "share": labels.share(row["overlap"])}
        said.append(labels("compared.other_sources", **values))
    if len(apart) > 1:
        said.append(labels("compared.other_pairs", n=len(apart), of=len(alike)))
    if both := page.figure(view, "compare.shared", sides.shared(question.sides)):
        said.append(labels("compared.shared", n=both))
    if question.by == "office" and question.office[0] not in sides.SOLE:
        said.append(labels("compared.several_offices"))
    return said
