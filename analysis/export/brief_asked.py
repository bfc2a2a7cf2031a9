"""What a brief is about, what a reader asks of it, and what is counted for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from analysis.lexicon.labels import Names
from analysis.measure import coverage, frequency, periods, positions
from analysis.measure.facts import Facts
from analysis.measure.filters import Filters
from analysis.measure.periods import Axis
from analysis.schema import STANCES
from analysis.serve.content import Content
from analysis.text.calendar import Calendar

PARTS = ("topics", "sides", "time", "speakers", "positions", "quotations")
"""What a reader may leave out; numbers and caveats always stand in a brief."""
QUOTATIONS, MOST_QUOTATIONS = 6, 12
"""How many quotations stand in a brief by default, and at most."""
LEAST = 10
"""Of fewer statements no shares are told and no pictures drawn."""
TOPICS, SPEAKERS, TARGETS, PAIRS = 7, 6, 6, 7
"""Rows of the pictures and tables."""


@dataclass(frozen=True)
class Choices:
    """What a reader asks of a brief.

    Attributes:
        title, question: in the reader's own words; "" = none.
        off: the parts (of `PARTS`) to leave out.
        quotations: how many to choose by rule.
        chosen: the ids of the statements to quote, instead of choosing by rule.
    """

    title: str = ""
    question: str = ""
    off: frozenset[str] = frozenset()
    quotations: int = QUOTATIONS
    chosen: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Asked:
    """What a brief is about.

    Attributes:
        content: the edition.
        filters: what is in view.
        narrow: the facts that filters leave.
        names: names in the brief's language.
        calendar: the reader's.
        made: the day of the brief.
        version: of the store; None where there is none.
        link: the address of the same view.
        demo: whether the tables are the seeds that come with the program.
    """

    content: Content
    filters: Filters
    narrow: Callable[[Filters], Facts]
    names: Names
    calendar: Calendar
    made: dt.date
    version: int | None = None
    link: str = ""
    demo: bool = False

    @cached_property
    def facts(self) -> Facts:
        """What is in view."""
        return self.narrow(self.filters)

    def with_changes(self, **changes: object) -> Facts:
        """The facts with some filters changed."""
        return self.narrow(replace(self.filters, **changes))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Counted:
    """All that is counted of a view: how much, and the frames of the measures that the names tell."""

    totals: Mapping[str, int]
    topics: pd.DataFrame
    speakers: pd.DataFrame
    sources: pd.DataFrame
    periods: pd.DataFrame
    axis: Axis
    incomplete: bool
    pairs: pd.DataFrame
    targets: pd.DataFrame

    @classmethod
    def of(cls, asked: Asked) -> Counted:
        """Count what is in view."""
        facts = asked.facts
        found, sources = frequency.totals(facts), coverage.by_source(facts)
        totals = {
            "statements": found.statements,
            "articles": found.articles,
            "n_speakers": found.speakers,
            "n_sources": int((sources["source"] != "").sum()),
            "undated": found.undated,
        }
        unit = periods.fitting(facts.statements["day"].to_numpy())
        by_period = periods.by_period(facts, unit, asked.calendar)
        axis = Axis(unit, asked.calendar, tuple(by_period["period"]))
        until = min(periods.complete_until(facts, asked.filters.stop), asked.made)
        pairs = positions.matrix(facts)
        targets = pairs.groupby("target", as_index=False)[[*STANCES, "n"]].sum()
        return cls(
            totals=totals,
            topics=frequency.by_topic(facts),
            speakers=frequency.by_speaker(facts),
            sources=sources,
            periods=by_period,
            axis=axis,
            incomplete=bool(axis.keys) and periods.is_incomplete(axis.keys[-1], until),
            pairs=pairs,
            targets=targets.sort_values(["n", "target"], ascending=[False, True], ignore_index=True),
        )

    def figures(self, notes: list[tuple[str, str, int]]) -> dict[str, pd.DataFrame]:
        """What a page registers of it; `notes` are the caveats."""
        return {
            "brief.totals": pd.DataFrame([self.totals]),
            "brief.topics": self.topics.head(TOPICS),
            "brief.time": self.periods,
            "brief.speakers": self.speakers.head(SPEAKERS)[["speaker", "role", "country", "n", "share"]],
            "brief.targets": self.targets.head(TARGETS),
            "brief.pairs": self.pairs.head(PAIRS)[["speaker", "target", *STANCES, "n", "label"]],
            "brief.caveats": pd.DataFrame([(name, n) for _, name, n in notes if n >= 0], columns=["name", "n"]),
        }
