"""The statements that name one, or two together: who says them, about what, when; and those of them that are picked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import streamlit as st

from analysis.measure import comention, frequency, naming, periods
from analysis.measure.facts import Facts, chosen
from analysis.schema import STANCES
from pages.ui import charts, charts_share, listing, page, state, theme
from pages.ui.together.question import PART, Question, sign
from pages.ui.view import View

MOST = 10
PICKED = 500
"""Speakers that can be picked: those who speak most."""


@dataclass(frozen=True)
class Depth:
    """What is looked at in depth: one, or two that are named together."""

    question: Question
    entities: tuple[str, ...]

    @property
    def view(self) -> View:
        """What is in view."""
        return self.question.view

    @cached_property
    def statements(self) -> np.ndarray:
        """The statements (positions) behind it."""
        return comention.evidence(self.view.facts, self.entities, self.question.within)

    @cached_property
    def facts(self) -> Facts:
        """Their facts."""
        return naming.part(self.view.facts, self.statements)

    @cached_property
    def speakers(self) -> pd.DataFrame:
        """Who says them."""
        return frequency.by_speaker(self.facts)

    @cached_property
    def countries(self) -> pd.DataFrame:
        """For which states they speak."""
        return naming.by_country(self.facts)

    @cached_property
    def months(self) -> pd.DataFrame:
        """When: columns period, n, of (all statements in view of that period), share."""
        n = periods.by_period(self.facts, "month", self.view.calendar)
        of = periods.by_period(self.view.facts, "month", self.view.calendar).set_index("period")["n"]
        found = n.assign(of=of.reindex(n["period"]).to_numpy())
        return found.assign(share=found["n"] / found["of"].where(found["of"] > 0))

    @property
    def target(self) -> str:
        """What positions towards it are recorded under; "" for a region and for two."""
        kind, _, value = self.entities[0].partition(":")
        prefix = {"country": "state", "organisation": "org"}.get(kind, "")
        return f"{prefix}:{value}" if prefix and len(self.entities) == 1 else ""

    @property
    def country(self) -> str:
        """The code of the state, "" unless it is one."""
        kind, _, value = self.entities[0].partition(":")
        return value if kind == "country" and len(self.entities) == 1 else ""


def speakers(depth: Depth) -> None:
    """Who says it."""
    names = depth.view.names
    top = depth.speakers.head(MOST)
    hover = [names.role(row.role, row.country) for row in top.itertuples()]
    counted(depth, "countries.speakers", depth.speakers, "speaker", names.speaker, "who", hover)


def countries(depth: Depth) -> None:
    """For which states they speak."""
    counted(depth, "countries.speaking", depth.countries, "country", depth.view.names.country, "sc")


def counted(  # type: ignore[no-untyped-def]
    depth: Depth, chart: str, counts: pd.DataFrame, column: str, name, param: str, hover: list[str] | None = None
) -> None:
    """Lying bars of counts; a click sets the parameter."""
    view, labels = depth.view, depth.view.labels
    if counts.empty:
        page.heading(labels(f"chart.{chart}"))
        return _none(view, chart, counts)
    top = counts.head(MOST)
    frame = pd.DataFrame({"id": top[column], "n": top["n"]})
    frame["label"] = [name(value) for value in top[column]]
    frame["shown"] = [
        f"{labels.number(int(n))} ({labels.share(s)})" for n, s in zip(top["n"], top["share"], strict=True)
    ]
    frame["text"] = [
        "\n".join([label, *([more] if more else []), shown])
        for label, shown, more in zip(frame["label"], frame["shown"], hover or [""] * len(frame), strict=True)
    ]
    page.chart(
        view,
        chart,
        charts.bars(theme.look(labels), frame, picked=state.param(param)),
        counts,
        on_click=lambda found: state.set_params(**{param: str(found[0]), "p_c": ""}),
    )
    return None


def _none(view: View, chart: str, counts: pd.DataFrame) -> None:
    page.figure(view, chart, counts)
    st.html(f'<p class="mv-note">{view.labels("countries.nobody")}</p>')


def topics(depth: Depth, base: Facts, about: str) -> pd.DataFrame:
    """The topics against those of the base; returns them."""
    view, labels = depth.view, depth.view.labels
    found = naming.particular(depth.facts, base)
    if found.empty:
        page.heading(labels("chart.countries.topics"))
        _none(view, "countries.topics", found)
        return found
    top = found.head(MOST)
    frame = pd.DataFrame({"id": top["topic"], "n": top["share"], "base": top["base_share"]})
    frame["label"] = [view.names.topic(value) for value in top["topic"]]
    frame["shown"] = [
        f"{labels.share(row.share)}{sign(row.q)} ({labels.number(int(row.n))})" for row in top.itertuples()
    ]
    frame["text"] = [
        f"{label}\n"
        + labels("countries.said_topic", share=labels.share(row.share), n=int(row.n), of=int(row.of))
        + "\n"
        + labels("countries.said_base", share=labels.share(row.base_share), n=int(row.base_n), of=int(row.base_of))
        + f"\nq = {labels.probability(row.q)}"
        for label, row in zip(frame["label"], top.itertuples(), strict=True)
    ]
    page.chart(
        view,
        "countries.topics",
        charts_share.against(theme.look(labels), frame, picked=state.param("pick")),
        found,
        on_click=lambda clicked: state.set_params(pick=str(clicked[0]), p_c=""),
        note=about,
    )
    return found


def over_time(depth: Depth) -> None:
    """When it is said."""
    view, labels = depth.view, depth.view.labels
    counts = depth.months
    if counts.empty:
        page.heading(labels("chart.countries.over_time"))
        return _none(view, "countries.over_time", counts)
    frame = pd.DataFrame({"id": counts["period"], "n": counts["n"]})
    frame["label"] = [labels.period(key, lines=True) for key in counts["period"]]
    frame["text"] = [
        f"{labels.period(row.period)}\n"
        + labels("countries.said_period", n=int(row.n), of=int(row.of), share=labels.share(row.share if row.of else 0))
        for row in counts.itertuples()
    ]
    page.chart(
        view,
        "countries.over_time",
        charts.columns(theme.look(labels), frame, picked=_period(view)),
        counts,
        on_click=lambda found: state.set_params(month=str(found[0]), p_c=""),
    )
    until = periods.complete_until(view.facts, view.filters.stop)
    notes = []
    if undated := len(depth.statements) - int(counts["n"].sum()):
        notes.append(labels("notice.undated_chart", n=undated))
    if periods.is_incomplete(counts["period"].iloc[-1], until):
        notes.append(labels("notice.incomplete"))
    if notes:
        st.html(f'<p class="mv-note">{" ".join(notes)}</p>')
    return None


def evidence(depth: Depth, found_topics: pd.DataFrame, own: pd.DataFrame | None = None) -> None:
    """The choices that narrow the sentences, and the sentences."""
    view, labels, names = depth.view, depth.view.labels, depth.view.names
    with st.container(horizontal=True, vertical_alignment="bottom", key="mv_depth"):
        _pick(view, "who", names.order(depth.speakers["speaker"].head(PICKED), "speaker"), names.speaker)
        _pick(view, "sc", names.order(depth.countries["country"], "country"), names.country)
        _pick(view, "pick", names.order(found_topics["topic"], "topic"), names.topic)
        months = depth.months
        _pick(view, "month", list(months.loc[months["n"] > 0, "period"])[::-1], lambda key: labels.period(key))
        if depth.target:
            _pick(view, "stance", ["any", *STANCES], lambda value: labels(f"countries.stance_{value}"))
        if own is not None and len(own):
            _pick(view, "own", names.order(own["speaker"].head(PICKED), "speaker"), names.speaker)
    positions = _chosen(depth)
    title = labels("countries.sentences", names=labels.listed([depth.question.name(value) for value in depth.entities]))
    clear = tuple(name for name in ("a", "b", *PART) if state.param(name))
    page.selection(view, title, len(positions), positions, filter=_as_filter(depth), clear=clear)
    units = len(comention.together(view.facts, depth.entities, depth.question.within))
    if not len(positions) and units and not len(depth.statements):
        st.html(f'<p class="mv-note">{labels("countries.outside", n=units, unit=depth.question.unit)}</p>')
    listing.statements(view, positions, key="c")


def _pick(view: View, param: str, options: list[str], name) -> None:  # type: ignore[no-untyped-def]
    if state.param(param) not in ("", *options):
        state.set_params(**{param: ""})  # What is not there cannot be picked.
    if options:
        page.pick(
            view.labels(f"countries.pick_{param}"),
            options,
            name,
            param=param,
            every=view.labels(f"countries.every_{param}"),
            p_c="",
        )


def _period(view: View) -> str:
    key = state.param("month")
    return key if periods.is_period(key, "month", view.calendar) else ""


def _as_filter(depth: Depth) -> dict[str, tuple[str, ...]]:
    """What chooses the same as filters: nothing does for two, as values of one filter are alternatives."""
    if len(depth.entities) > 1 or depth.question.within == "article":
        return {}
    entity = depth.entities[0]
    picked = {"speakers": state.param("who"), "of": state.param("sc"), "topics": state.param("pick")}
    if state.param("month") or state.param("stance") or state.param("own"):
        return {}
    found = {"countries": (depth.country,)} if depth.country else {"named": (entity,)}
    return found | {name: (value,) for name, value in picked.items() if value}


def _chosen(depth: Depth) -> np.ndarray:
    """The statements that all picks leave; those of an official of its own are taken from all in view."""
    view, facts = depth.view, depth.facts
    own, who, stance = state.param("own"), state.param("who"), state.param("stance")
    if own and depth.country:
        return _all_of(view, naming.spoken_by(view.facts, depth.country), frequency.of_speaker(view.facts, own))
    found = [depth.statements]
    if who:
        found.append(frequency.of_speaker(facts, who))
    if state.param("sc"):
        found.append(naming.spoken_by(facts, state.param("sc")))
    if state.param("pick"):
        found.append(frequency.of_topic(facts, state.param("pick")))
    if _period(view):
        found.append(periods.in_period(facts, _period(view)))
    if stance and depth.target:
        rows = view.facts.positions
        keep = chosen(rows["target"], (depth.target,))
        if stance in STANCES:
            keep &= chosen(rows["stance"], (stance,))
        if who:
            keep &= chosen(rows["speaker"], (who,))
        # A position may be taken towards a state that the statement itself does not name.
        found = [rows["statement"].to_numpy()[keep], *found[2 if who else 1 :]]
    return _all_of(view, *found)


def _all_of(view: View, *found: np.ndarray) -> np.ndarray:
    size = len(view.all.statements)
    every = np.ones(size, dtype=bool)
    for positions in found:
        mask = np.zeros(size, dtype=bool)
        mask[positions] = True
        every &= mask
    return np.flatnonzero(every)
