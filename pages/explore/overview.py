"""What is in view at a glance: how much, when, on which topics, by whom, from where; and what is new."""

import numpy as np
import pandas as pd
import streamlit as st

from analysis.measure import coverage, frequency, periods, trends
from analysis.measure.groups import Groups
from pages.ui import arrivals, bidi, charts, collation, listing, page, state, theme, timeline
from pages.ui.view import View

SPEAKERS = 10
PICKED = 500
"""Speakers that can be picked: those who speak most."""
SOURCES = 10
MOVED = 3
"""Rising topics that are named, and falling ones."""
RECENT = (1, 2, 3, 6)
"""Of how many periods the last ones are asked about: as few as have articles enough."""
TOPICS = "pages/explore/topics.py"
_CHOSEN = ("at", "who", "outlet")
"""Parameters of which one at a time says whose statements are listed below."""


def show() -> None:
    """The page."""
    view = page.start("overview")
    if view is None:
        return
    arrivals.show(view)
    _tiles(view)
    line = timeline.Timeline.of(view)
    left, right = _columns("mv_two_time")
    with left:
        timeline.chart(view, line)
    with right:
        _moved(view)
        timeline.event_list(view, line)
    left, right = _columns("mv_two_who")
    with left:
        _speakers(view)
    with right:
        _sources(view)
    _listed(view)


def _columns(key: str) -> list:
    """Two columns that stand below one another on a narrow screen."""
    with st.container(key=key):
        return st.columns([3, 2], gap="large")


def _tiles(view: View) -> None:
    labels, totals = view.labels, view.totals
    shown = [
        ("statements", totals.statements, {"view": ""}, {}),
        ("articles", totals.articles, {"view": "articles"}, {}),
        ("speakers", totals.speakers, {"view": "speakers"}, {}),
        ("undated", totals.undated, {"view": "articles"}, {"undated": "only", "start": None, "stop": None}),
    ]
    for column, (name, n, extra, changes) in zip(st.columns(4), shown, strict=True):
        page.figure(view, f"overview.total.{name}", n)
        with column, st.container(border=True, key=f"tile_{name}", gap=None):
            words = labels(f"total.{name}")
            st.html(f'<div class="mv-tile"><b>{labels.number(n)}</b><span>{words}</span></div>')
            link = state.query(**changes) | {key: value for key, value in extra.items() if value}
            st.page_link(page.STATEMENTS, label=page.forward(labels, "statements.open"), icon="", query_params=link)


def _moved(view: View) -> None:
    """The topics whose share rose and fell most in the last days, each with how sure that is."""
    labels, facts = view.labels, view.facts
    page.heading(labels("overview.moved"))
    asked = _recent(view)
    if asked is None:
        page.empty(view)
        return
    period, sides = asked
    found = trends.changes(facts, Groups.of(facts, "topic"), sides)
    tested = found[found["verdict"] != "thin"]
    rising = tested[tested["z"] > 0].head(MOVED)
    falling = tested[tested["z"] < 0].iloc[::-1].head(MOVED)
    page.figure(view, "overview.moved", pd.concat([rising, falling], ignore_index=True))
    before, now = (int(n) for n in sides.n)
    key = "overview.moved_note" if before else "overview.moved_alone"
    st.html(f'<p class="mv-note">{bidi.inline(labels(key, period=period, n=now, before=before))}</p>')
    if before and tested.empty:
        st.html(f'<p class="mv-moved-none">{labels("overview.thin")}</p>')
    _moved_list(view, "rising", rising)
    _moved_list(view, "falling", falling)
    with st.container(key="mv_link_topics"):
        st.page_link(TOPICS, label=page.forward(labels, "overview.moved_all"), icon="", query_params=state.query())


def _recent(view: View) -> tuple[str, trends.Sides] | None:
    """The last week, month or season, or several where one has too few articles; what it is called, and the sides."""
    unit = {"day": "week", "week": "month", "month": "month", "season": "season"}[
        periods.fitting(view.facts.statements["day"].to_numpy())
    ]
    for number in RECENT:
        days = trends.last(view.facts, unit, view.calendar, number)
        if days is None:
            return None
        sides = trends.Sides.of(view.facts, days)
        if sides.articles[1] >= trends.LEAST_ARTICLES or not sides.articles[0]:
            break
    first, last = (view.labels.period(periods.key_of(day, unit, view.calendar)) for day in days)
    return first if first == last else view.labels("overview.from_to", start=first, stop=last), sides


def _moved_list(view: View, way: str, rows: pd.DataFrame) -> None:
    if rows.empty:
        return
    labels = view.labels
    items = ""
    for row in rows.itertuples():
        clear = row.verdict == way
        sign = {"rising": "▲△", "falling": "▼▽"}[way][not clear]
        chance = "" if clear else f' <span class="chance">{labels("overview.chance")}</span>'
        items += (
            f'<li><span class="way {way if clear else ""}" aria-hidden="true">{sign}</span>'
            f"<span><b>{bidi.escape(view.names.topic(row.topic))}</b>{chance}</span>"
            f'<span class="shares">{bidi.inline(_shares(view, row))}</span>'
            f'<span class="sure">{bidi.inline(_surely(view, row))}</span></li>'
        )
    st.html(f'<h3 class="mv-subhead">{labels(f"overview.{way}")}</h3><ul class="mv-moved">{items}</ul>')


def _shares(view: View, row) -> str:
    labels = view.labels
    return labels("overview.share_from_to", now=labels.share(row.share), before=labels.share(row.share_before))


def _surely(view: View, row) -> str:
    """The odds ratio with its interval, the larger way round: 2.1 times more, or fewer."""
    labels = view.labels
    ratio, low, high = (row.ratio, row.low, row.high) if row.ratio >= 1 else (1 / row.ratio, 1 / row.high, 1 / row.low)
    shown = {name: labels.decimal(value) for name, value in (("ratio", ratio), ("low", low), ("high", high))}
    return labels("overview.odds_more" if row.ratio >= 1 else "overview.odds_less", **shown)


def _speakers(view: View) -> None:
    labels, names = view.labels, view.names
    counts = frequency.by_speaker(view.facts)
    if counts.empty:
        page.heading(labels("chart.overview.speakers"))
        return page.empty(view)
    top = counts.head(SPEAKERS)
    frame = pd.DataFrame({"id": top["speaker"], "n": top["n"]})
    frame["label"] = [names.speaker(value) for value in top["speaker"]]
    frame["shown"] = _counts(view, top)
    frame["text"] = [
        "\n".join(
            (
                names.speaker(row.speaker),
                names.role(row.role, row.country),
                labels("statements.n_statements", n=int(row.n)),
            )
        )
        for row in top.itertuples()
    ]
    page.chart(
        view,
        "overview.speakers",
        charts.bars(theme.look(labels), frame, picked=state.param("who")),
        counts[["speaker", "role", "country", "n", "share", "articles"]],
        on_click=lambda found: _choose("who", str(found[0])),
    )
    page.pick(
        labels("overview.pick_speaker"),
        names.order(counts["speaker"].head(PICKED), "speaker"),
        names.speaker,
        param="who",
        **_others("who"),
    )
    return None


def _sources(view: View) -> None:
    labels = view.labels
    counts = coverage.by_source(view.facts)
    top = counts.head(SOURCES)
    frame = pd.DataFrame({"id": top["source"], "n": top["n"]})
    frame["label"] = [_outlet(view, value) for value in top["source"]]
    frame["shown"] = _counts(view, top)
    frame["text"] = [
        "\n".join(
            (
                _outlet(view, row.source),
                labels("statements.n_statements", n=int(row.n)),
                labels("statements.n_articles", n=int(row.articles)),
                *([labels("overview.n_undated", n=int(row.undated))] if row.undated else []),
            )
        )
        for row in top.itertuples()
    ]
    page.chart(
        view,
        "overview.sources",
        charts.bars(theme.look(labels), frame, picked=state.param("outlet")),
        counts,
        on_click=lambda found: _choose("outlet", str(found[0])),
    )
    named = [value for value in counts["source"] if value]
    page.pick(
        labels("overview.pick_source"),
        sorted(named, key=collation.key),
        lambda value: value,
        param="outlet",
        **_others("outlet"),
    )


def _outlet(view: View, source: str) -> str:
    return source or view.labels("app.unknown")


def _counts(view: View, rows: pd.DataFrame) -> list[str]:
    labels, pairs = view.labels, zip(rows["n"], rows["share"], strict=True)
    return [f"{labels.number(int(n))} ({labels.share(share)})" for n, share in pairs]


def _choose(param: str, value: str) -> None:
    state.set_params(**{param: value}, **_others(param))


def _others(param: str) -> dict[str, str]:
    return {name: "" for name in (*_CHOSEN, "p_o") if name != param}


def _listed(view: View) -> None:
    """The statements behind what is picked, else the latest ones."""
    period, speaker, outlet = timeline.picked(), state.param("who"), state.param("outlet")
    if period:
        start, stop = periods.bounds(period)
        found = periods.in_period(view.facts, period)
        filters: dict[str, object] = {"start": start, "stop": stop, "undated": ""}
        _selected(view, view.labels.period(period), found, "at", filters)
    elif speaker:
        found = frequency.of_speaker(view.facts, speaker)
        _selected(view, view.names.speaker(speaker), found, "who", {"speakers": (speaker,)})
    elif outlet:
        _selected(view, outlet, coverage.of_source(view.facts, outlet), "outlet", {"sources": (outlet,)})
    else:
        page.heading(view.labels("overview.latest"))
        listing.statements(view, key="o", ordered="newest")


def _selected(view: View, title: str, found: np.ndarray, param: str, filters: dict[str, object]) -> None:
    page.selection(view, title, len(found), found, filter=filters, clear=(param, "p_o"))
    listing.statements(view, found, key="o")


show()
