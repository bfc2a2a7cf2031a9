"""What is chosen on the page on topics: a topic, a period, one of a group, a term; and the statements behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import streamlit as st

from analysis.measure import groups
from analysis.measure.groups import By, Groups
from analysis.measure.periods import UNITS, Unit, bounds, is_period
from pages.ui import listing, page, state
from pages.ui.topics import terms
from pages.ui.view import View

BY: tuple[By, ...] = ("speaker", "of", "source", "country")
"""What topics can be laid beside."""
PARAMS = ("pick", "group", "when", "term")
_FIELDS = {"speaker": "speakers", "of": "of", "source": "sources", "country": "countries"}


@dataclass(frozen=True)
class Chosen:
    """What the URL says; "" where nothing is chosen.

    Attributes:
        unit: the unit of time.
        topic: a code of the code book.
        period: a period of that unit in the reader's calendar.
        by, group: one speaker, speaker's country, source or mentioned country.
        term: a term that told the topic.
    """

    unit: Unit
    topic: str
    period: str
    by: By | None
    group: str
    term: str

    @property
    def is_any(self) -> bool:
        """Whether anything is chosen."""
        return bool(self.topic or self.period or self.group)


def read(view: View) -> Chosen:
    """What is chosen; what means nothing here counts as not chosen."""
    unit: Unit = next((unit for unit in UNITS if unit == state.param("unit")), "month")
    kind, _, group = state.param("group").partition(":")
    by = next((by for by in BY if by == kind and group), None)
    period = state.param("when")
    return Chosen(
        unit=unit,
        topic=state.param("pick"),
        period=period if period and is_period(period, unit, view.calendar) else "",
        by=by,
        group=group if by else "",
        term=state.param("term"),
    )


def choose(**values: str) -> None:
    """Choose something, for callbacks; what is not named is no longer chosen."""
    state.set_params(**(dict.fromkeys(PARAMS, "") | {"p_t": ""} | values))


def name_of(view: View, by: By) -> Callable[[str], str]:
    """How the groups of a kind are called."""
    named = {"speaker": view.names.speaker, "of": view.names.country, "country": view.names.country}
    return named.get(by, lambda value: value or view.labels("app.unknown"))


def pick_topic(view: View, topics: list[str]) -> None:
    """Let the reader choose a topic."""
    page.pick(
        view.labels("filter.topic"),
        view.names.order(topics, "topic"),
        view.names.topic,
        param="pick",
        p_t="",
        term="",
    )


def evidence(view: View, chosen: Chosen, topics: list[str], periods: list[str], others: list[str]) -> None:
    """The choices again, for those who use the keyboard, and the statements behind what is chosen.

    Args:
        view: what is in view.
        chosen: what is chosen.
        topics: the topics to choose from; none where they are chosen elsewhere on the page.
        periods: the periods with statements, newest first.
        others: the groups that charts of the page show, as `by:id`.
    """
    labels = view.labels
    if state.param("when") != chosen.period:
        state.set_params(when="")  # It is none of this unit and calendar, or no period at all.
    page.heading(labels("topics.pick"))
    with st.container(horizontal=True):
        if topics:
            pick_topic(view, topics)
        if others or chosen.group:
            page.pick(labels("topics.pick_group"), others, lambda value: _group(view, value), param="group", p_t="")
        page.pick(labels("topics.pick_period"), periods, labels.period, param="when", p_t="")
    if not chosen.is_any:
        return
    positions = _behind(view, chosen)
    page.selection(view, _title(view, chosen), len(positions), positions, filter=_as_filter(view, chosen), clear=PARAMS)
    listing.statements(view, positions, key="t")


def _behind(view: View, chosen: Chosen) -> np.ndarray:
    if chosen.topic and chosen.term:
        return terms.behind(view, chosen.topic, chosen.term)
    wanted: dict[By, str] = {"topic": chosen.topic} if chosen.topic else {}
    if chosen.by:
        wanted[chosen.by] = chosen.group
    return groups.evidence(view.facts, wanted, chosen.period)


def _title(view: View, chosen: Chosen) -> str:
    parts = [view.names.topic(chosen.topic)] if chosen.topic else []
    if chosen.by:
        parts.append(_group(view, f"{chosen.by}:{chosen.group}"))
    if chosen.topic and chosen.term:
        parts.append(view.labels("topics.with_term", term=chosen.term))
    elif chosen.period:
        parts.append(view.labels.period(chosen.period))
    return " · ".join(parts)


def _group(view: View, value: str) -> str:
    kind, _, group = value.partition(":")
    by = next((by for by in BY if by == kind), None)
    return f"{view.labels(f'topics.by_{by}')}{view.labels('app.colon')}{name_of(view, by)(group)}" if by else value


def _as_filter(view: View, chosen: Chosen) -> dict[str, object]:
    if chosen.term:
        return {}  # No filter knows the term that told a topic.
    wanted: dict[str, object] = {"topics": (chosen.topic,)} if chosen.topic else {}
    if chosen.by:
        wanted[_FIELDS[chosen.by]] = (chosen.group,)
    if chosen.period:
        wanted["start"], wanted["stop"] = bounds(chosen.period)
    return wanted


def largest(view: View, by: By, most: int) -> Groups:
    """The largest groups of a kind, the chosen one among them."""
    every = Groups.of(view.facts, by)
    shown = every.top(most)
    now = read(view)
    if now.by == by and now.group not in shown and now.group in every.names:
        shown = [*shown[: most - 1], now.group]
    return every.only(shown)
