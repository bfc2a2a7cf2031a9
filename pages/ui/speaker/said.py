"""When a speaker spoke, of what, whom and what they name, whom they pass on; and the statements that are picked."""

from __future__ import annotations

from functools import reduce

import numpy as np
import pandas as pd
import streamlit as st

from analysis.measure import frequency, periods, profile
from pages.ui import bidi, charts, charts_share, listing, page, state, tables, theme
from pages.ui.speaker.person import Person

MOST = 10
PICKS = ("pick", "named", "month", "relay")
SIGN, SIGNIFICANT = "*", 0.05


def show(person: Person) -> tuple[list[str], list[str]]:
    """The charts; returns the topics, and what is named."""
    with st.container(key="mv_two_said"):
        left, right = st.columns(2, gap="large")
    with left:
        _over_time(person)
        countries = _named(person, "speaker.countries", ("country",))
    with right:
        topics = _topics(person)
        bodies = _named(person, "speaker.bodies", ("organisation", "region"))
    return topics, [*countries, *bodies]


def _over_time(person: Person) -> None:
    view, labels = person.view, person.view.labels
    counts = periods.by_period(view.facts, _unit(person), view.calendar)
    if counts.empty:
        page.heading(labels("chart.speaker.over_time"))
        page.figure(view, "speaker.over_time", counts)
        st.html(f'<p class="mv-note">{labels("notice.undated_chart", n=len(view.facts.statements))}</p>')
        return
    frame = pd.DataFrame({"id": counts["period"], "n": counts["n"]})
    frame["label"] = [labels.period(key, lines=True) for key in counts["period"]]
    frame["text"] = [
        f"{labels.period(row.period)}\n{labels('statements.n_statements', n=int(row.n))}" for row in counts.itertuples()
    ]
    page.chart(
        view,
        "speaker.over_time",
        charts.columns(theme.look(labels), frame, picked=_period(person)),
        counts,
        on_click=lambda found: _take(month=str(found[0])),
    )
    notes = []
    if undated := len(view.facts.statements) - int(counts["n"].sum()):
        notes.append(labels("notice.undated_chart", n=undated))
    if periods.is_incomplete(counts["period"].iloc[-1], periods.complete_until(person.base, view.filters.stop)):
        notes.append(labels("speaker.incomplete", period=labels.period(counts["period"].iloc[-1])))
    if notes:
        st.html(f'<p class="mv-note">{" ".join(notes)}</p>')


def _unit(person: Person) -> periods.Unit:
    """Months, or seasons where there would be very many of them."""
    return "season" if periods.fitting(person.view.facts.statements["day"].to_numpy()) == "season" else "month"


def _topics(person: Person) -> list[str]:
    view, labels = person.view, person.view.labels
    found = profile.topics(view.facts, person.base)
    if found.empty:
        page.heading(labels("chart.speaker.topics"))
        page.figure(view, "speaker.topics", found)
        st.html(f'<p class="mv-note">{labels("speaker.no_topics")}</p>')
        return []
    top = found.head(MOST)
    frame = pd.DataFrame({"id": top["topic"], "n": top["share"], "base": top["others_share"].fillna(0.0)})
    frame["label"] = [view.names.topic(value) for value in top["topic"]]
    frame["shown"] = [
        f"{labels.share(row.share)}{SIGN if row.q <= SIGNIFICANT else ''} ({labels.number(int(row.n))})"
        for row in top.itertuples()
    ]
    frame["text"] = [_said_topic(person, row) for row in top.itertuples()]
    page.chart(
        view,
        "speaker.topics",
        charts_share.against(theme.look(labels), frame, picked=state.param("pick")),
        found,
        on_click=lambda clicked: _take(pick=str(clicked[0])),
    )
    return list(found["topic"])


def _said_topic(person: Person, row) -> str:  # type: ignore[no-untyped-def]
    labels = person.view.labels
    others = {
        "n": int(row.others_n),
        "of": int(row.others_of),
        "share": labels.share(row.others_n / max(row.others_of, 1)),
    }
    return "\n".join(
        (
            person.view.names.topic(row.topic),
            labels("countries.said_topic", share=labels.share(row.share), n=int(row.n), of=int(row.of)),
            labels("countries.said_base", **others),
            f"q = {labels.probability(row.q)}",
        )
    )


def _named(person: Person, chart: str, kinds: tuple[str, ...]) -> list[str]:
    view, labels = person.view, person.view.labels
    found = profile.named(view.facts, kinds)
    if found.empty:
        page.heading(labels(f"chart.{chart}"))
        page.figure(view, chart, found)
        st.html(f'<p class="mv-note">{labels("speaker.no_named")}</p>')
        return []
    top = found.head(MOST)
    frame = pd.DataFrame({"id": top["entity"], "n": top["n"]})
    frame["label"] = [view.names.entity(value) for value in top["entity"]]
    frame["shown"] = [
        f"{labels.number(int(n))} ({labels.share(s)})" for n, s in zip(top["n"], top["share"], strict=True)
    ]
    frame["text"] = [f"{label}\n{shown}" for label, shown in zip(frame["label"], frame["shown"], strict=True)]
    page.chart(
        view,
        chart,
        charts.bars(theme.look(labels), frame, picked=state.param("named")),
        found,
        on_click=lambda clicked: _take(named=str(clicked[0])),
    )
    return list(found["entity"])


def relays(person: Person) -> pd.DataFrame:
    """Whom they pass on, and who passes them on; returns these."""
    view, labels = person.view, person.view.labels
    found = page.figure(view, "speaker.relays", profile.relays(person.base, person.speaker))
    page.heading(labels("speaker.relays"), labels("speaker.relays_note"))
    if found.empty:
        st.html(f'<p class="mv-note">{labels("speaker.relays_none")}</p>')
    else:
        tables.show(view, found.head(2 * MOST), labels("speaker.relays"))
    return found


def sentences(person: Person, topics: list[str], named: list[str], told: pd.DataFrame) -> None:
    """The choices that narrow the statements, and the statements; what may be chosen is what the charts show."""
    view, labels, names = person.view, person.view.labels, person.view.names
    months = periods.by_period(view.facts, _unit(person), view.calendar)
    page.heading(labels("speaker.sentences"))
    with st.container(horizontal=True, vertical_alignment="bottom", key="mv_said"):
        _pick(person, "pick", "topic", names.order(topics, "topic"), names.topic)
        _pick(person, "named", "named", names.order(named, "entity"), names.entity)
        _pick(person, "month", "month", list(months.loc[months["n"] > 0, "period"])[::-1], labels.period)
        if len(told):
            keys = [f"{row.way}~{row.speaker}" for row in told.itertuples()]
            _pick(person, "relay", "relay", keys, lambda key: _relay(person, key))
    found = _chosen(person)
    if not any(state.param(name) for name in PICKS):
        return listing.statements(view, found, key="s")
    clear = tuple(name for name in PICKS if state.param(name))
    page.selection(view, _title(person), len(found), found, filter=_as_filter(person), clear=clear)
    return listing.statements(view, found, key="s")


def _pick(person: Person, param: str, words: str, options: list[str], name) -> None:  # type: ignore[no-untyped-def]
    if state.param(param) not in ("", *options):
        state.set_params(**{param: ""})  # What is not there cannot be picked.
    labels = person.view.labels
    page.pick(
        labels(f"speaker.pick_{words}"), options, name, param=param, every=labels(f"speaker.every_{words}"), p_s=""
    )


def _take(**values: str) -> None:
    state.set_params(**values, p_s="")


def _period(person: Person) -> str:
    key = state.param("month")
    unit = periods.unit_of(key)
    return key if unit in ("month", "season") and periods.is_period(key, unit, person.view.calendar) else ""


def _relay(person: Person, key: str) -> str:
    way, _, other = key.partition("~")
    return bidi.plain(
        f"{person.view.labels(f'way.{way}')}{person.view.labels('app.colon')}{person.view.names.speaker(other)}"
    )


def _chosen(person: Person) -> np.ndarray:
    """The statements that all picks leave; those with which others pass the speaker on are not the speaker's own."""
    facts = person.view.facts
    way, _, other = state.param("relay").partition("~")
    found = [facts.statements.index.to_numpy()]
    if way in profile.WAYS:
        found = [profile.relaying(person.base, person.speaker, way, other)]
    if state.param("pick"):
        found.append(frequency.of_topic(person.base, state.param("pick")))
    if state.param("named"):
        found.append(profile.naming(person.base, state.param("named")))
    if _period(person):
        found.append(periods.in_period(person.base, _period(person)))
    return reduce(np.intersect1d, found)


def _title(person: Person) -> str:
    names, parts = person.view.names, [person.name]
    for param, name in (("pick", names.topic), ("named", names.entity), ("month", person.view.labels.period)):
        if state.param(param):
            parts.append(name(state.param(param)))
    return " · ".join([*parts, *([_relay(person, state.param("relay"))] if state.param("relay") else [])])


def _as_filter(person: Person) -> dict[str, object]:
    """What choosing the same as filters means; none knows who passes on whom."""
    if state.param("relay"):
        return {}
    found: dict[str, object] = {"speakers": (person.speaker,)}
    kind, _, value = state.param("named").partition(":")
    if kind == "country":
        found["countries"] = (value,)
    elif kind:
        found["named"] = (state.param("named"),)
    if state.param("pick"):
        found["topics"] = (state.param("pick"),)
    if _period(person):
        found["start"], found["stop"] = periods.bounds(_period(person))
    return found
