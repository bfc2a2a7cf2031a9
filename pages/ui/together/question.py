"""What the reader asks of what is named together, as the address says it, and the counts that answer it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
import streamlit as st

from analysis.measure import association, comention, networks
from analysis.measure.comention import Kind, Within
from analysis.measure.networks import Measure
from pages.ui import collation, page, state
from pages.ui.charts_map import SCOPES
from pages.ui.view import View

WITHIN: tuple[Within, ...] = ("statement", "article")
SHOWN = ("matrix", "network", "map", "list")
LEAST = 3
"""Pairs that fewer units name are left out unless the reader asks for them: NPMI and Jaccard overrate rare ones."""
LEASTS = ("1", "2", "5", "10", "20")
PART = ("who", "sc", "pick", "month", "stance", "own", "p_c")
"""The parameters that narrow one country's view; another country begins without them."""
MINUS = "\u2212"
SIGN = "*"
"""Stands at what goes together significantly more often than by chance."""


@dataclass(frozen=True)
class Question:
    """What is asked: which kind is looked at, together in what, counted how, from how many units on, and which ones.

    `shown` says how it is drawn, `scope` which part of the earth.
    """

    view: View
    kind: Kind
    within: Within
    measure: Measure
    least: int
    shown: str
    scope: str
    a: str
    b: str

    @cached_property
    def units(self) -> comention.Units:
        """What the units in view name."""
        return comention.Units.of(self.view.facts, self.within, self.kind)

    @cached_property
    def counts(self) -> pd.DataFrame:
        """What is named, most first."""
        return self.units.counts()

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """What is named together, strongest first."""
        found = self.units.pairs(self.least)
        return found.sort_values([self.measure, "n"], ascending=False, kind="stable", ignore_index=True)

    @property
    def unit(self) -> str:
        """The reader's word for several of the units."""
        return self.view.labels(f"countries.unit_{self.within}")

    @property
    def some_units(self) -> str:
        """The same, before what they do: «گفته‌هایی که»."""
        return self.view.labels(f"countries.units_{self.within}")

    def name(self, entity: str) -> str:
        """What something is called."""
        return self.view.names.entity(entity)

    def both(self, a: str, b: str) -> str:
        """What two are called."""
        return self.name(a) + self.view.labels("app.and") + self.name(b)

    def value(self, measure: str, value: float) -> str:
        """A measure's value in the reader's script."""
        labels = self.view.labels
        if measure in ("n", "share"):
            return labels.number(int(value)) if measure == "n" else labels.share(value)
        return labels.decimal(value, 2)

    def drawn(self, measure: str, value: float, *, short: bool = False) -> str:
        """The same for a chart; for a narrow square Jaccard and NPMI stand in hundredths.

        A minus before digits would stand to their right in a line from right to left: there it is written behind them.
        """
        found = self.value(measure, value)
        if short and measure in ("jaccard", "npmi") and not pd.isna(value):
            found = self.view.labels.decimal(100 * value, 0)
        return found[1:] + found[0] if self.view.labels.rtl and found[0] == MINUS else found

    def said(self, pair) -> str:  # type: ignore[no-untyped-def]
        """All of a row of `pairs`, in lines."""
        labels = self.view.labels
        sure = "significant" if pair.q <= association.SIGNIFICANT else "not_significant"
        return "\n".join(
            (
                self.both(pair.a, pair.b),
                labels(
                    "countries.said_n", n=int(pair.n), of=int(pair.of), unit=self.unit, share=labels.share(pair.share)
                ),
                labels("countries.said_expected", expected=labels.decimal(pair.expected, 1)),
                labels(
                    "countries.said_measures",
                    jaccard=self.value("jaccard", pair.jaccard),
                    npmi=self.value("npmi", pair.npmi),
                ),
                labels(f"countries.{sure}", q=labels.probability(pair.q)),
            )
        )

    def order(self, entities: Iterable[str]) -> list[str]:
        """In the alphabetical order of their names."""
        return sorted(entities, key=lambda value: collation.key(self.name(value)))


def ask(view: View) -> Question:
    """The choices above the chart."""
    labels = view.labels
    begin = {name: "" for name in ("a", "b", *PART)}

    def named(section: str):  # type: ignore[no-untyped-def]
        return lambda value: labels(f"countries.{section}_{value}")

    with st.container(horizontal=True, vertical_alignment="bottom", key="mv_together"):
        kind: Kind = page.choose(  # type: ignore[assignment]
            view, "countries.kind", comention.KINDS, named("kind"), param="kind", **begin
        )
        # The map knows states only.
        options = SHOWN if kind == "country" else tuple(name for name in SHOWN if name != "map")
        shown = page.choose(view, "countries.view", options, named("view"), param="view")
        scope = ""
        if shown == "map":
            scope = page.choose(view, "countries.scope", tuple(SCOPES), named("scope"), param="scope")
        within: Within = page.choose(  # type: ignore[assignment]
            view, "countries.within", WITHIN, named("within"), param="within", p_c=""
        )
        measure: Measure = page.choose(  # type: ignore[assignment]
            view, "countries.by", networks.MEASURES, named("by"), param="by"
        )
        with st.container(width=160):
            least = page.pick(
                labels("countries.least"),
                list(LEASTS),
                labels.digits,
                param="least",
                every=labels("countries.least_usual", n=LEAST),
            )
    a, b = _asked(kind)
    return Question(view, kind, within, measure, int(least) if least in LEASTS else LEAST, shown, scope, a, b)


def take(a: str, b: str = "") -> None:
    """Choose one, or two that are named together."""
    state.set_params(a=a, b=b, **{name: "" for name in PART})


def sign(q: float) -> str:
    """The sign of what is significant."""
    return SIGN if q <= association.SIGNIFICANT else ""


def _asked(kind: Kind) -> tuple[str, str]:
    """The one or the two that the address asks for; it is mended where it asks for something else.

    A bare code is a country's; what is of no kind that is looked at is not asked for; one alone is the first.
    """
    given = state.param("a"), state.param("b")
    entities = [value if ":" in value else f"country:{value}" for value in given if value]
    known = [value for value in dict.fromkeys(entities) if value.partition(":")[0] in comention.sides(kind)]
    a, b = (*known, "", "")[:2]
    if (a, b) != given:
        state.set_params(a=a, b=b)
    return a, b
