"""What the reader asks about who agrees with whom, as the address says it, and the network that answers it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
import streamlit as st

from analysis.measure import agreement, blocs, holding
from analysis.measure.agreement import Asked, Held, Measure
from analysis.measure.blocs import Blocs
from pages.ui import page, state
from pages.ui.view import View

SHOWN = ("network", "matrix", "list")
LEASTS = ("1", "2", "3", "5", "10")
ACTIVES = ("1", "3", "5", "10", "20")
PART = ("c", "when", "p_g")
"""The parameters that narrow the sentences; others that are chosen begin without them."""
MINUS = "\u2212"


@dataclass(frozen=True)
class Question:
    """What is asked: which network, by which measure, how it is drawn, and which one or two are looked at."""

    view: View
    held: Held
    measure: Measure
    shown: str
    a: str
    b: str

    @property
    def asked(self) -> Asked:
        """What the network is asked for."""
        return self.held.asked

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """The network, strongest first by the measure (columns of `Held.pairs`; one, other in the place of a, b)."""
        found = self.held.pairs.rename(columns={"a": "one", "b": "other"})
        order = [self.measure, "shared", "one", "other"]
        return found.sort_values(order, ascending=[False, False, True, True], ignore_index=True)

    @cached_property
    def blocs(self) -> Blocs:
        """Its blocs."""
        return blocs.blocs(self.held)

    def name(self, node: str) -> str:
        """What a node is called."""
        return self.view.names.node(node)

    def both(self, a: str, b: str) -> str:
        """What two are called."""
        return self.name(a) + self.view.labels("app.and") + self.name(b)

    def order(self, nodes: Iterable[str]) -> list[str]:
        """In the alphabetical order of their names."""
        return self.view.names.order(nodes, "node")

    def word(self, key: str) -> str:
        """A word of the page that differs for speakers and states."""
        return self.view.labels(f"agreement.{key}_{self.asked.nodes}")

    def number(self, value: float) -> str:
        """A weight: a whole number where nothing is divided, else to two decimals."""
        labels = self.view.labels
        return labels.number(round(value)) if self.asked.norm == "no" else labels.decimal(value, 2)

    def signed(self, value: float) -> str:
        """A weight with its sign for a chart.

        A sign before digits would stand to their right in a line from right to left: there it is written behind them.
        """
        digits = self.number(abs(value))
        if not value:
            return digits
        sign = MINUS if value < 0 or self.measure == "conflict" else "+"
        return digits + sign if self.view.labels.rtl else sign + digits

    def said(self, pair) -> str:  # type: ignore[no-untyped-def]
        """All of a row of `pairs`, in lines."""
        labels = self.view.labels
        counts = {name: int(getattr(pair, name)) for name in ("shared", "agree", "differ")}
        weights = {name: self.number(getattr(pair, name)) for name in ("congruence", "conflict")}
        lines = (
            self.both(pair.one, pair.other),
            labels("agreement.said_counts", **counts),
            labels("agreement.said_weights", **weights),
        )
        return "\n".join(lines)


def ask(view: View) -> Question:
    """The choices above the chart."""
    labels = view.labels
    begin = dict.fromkeys(("a", "b", *PART), "")

    def words(section: str) -> Callable[[str], str]:
        return lambda value: labels(f"agreement.{section}_{value}")

    def choose(name: str, options: tuple[str, ...], param: str, **others: str) -> str:
        return page.choose(view, f"agreement.{name}", options, words(name), param=param, **others)

    with st.container(horizontal=True, vertical_alignment="bottom", key="mv_agreeing"):
        nodes = choose("nodes", agreement.NODES, "nodes", **begin)
        measure = choose("measure", agreement.MEASURES, "by")
        shown = choose("view", SHOWN, "view")
    with (
        st.expander(labels("agreement.how"), key="w_agreeing_how", type="compact"),
        st.container(horizontal=True, vertical_alignment="bottom", key="mv_agreeing_how"),
    ):
        counting = choose("counting", agreement.COUNTINGS, "again")
        norm = choose("norm", agreement.NORMS, "norm")
        about = choose("about", agreement.ABOUTS, "on", c="")
        least = _least(view, "least", LEASTS, Asked().least)
        active = _least(view, "active", ACTIVES, Asked().active)
    asked = Asked(nodes, about, counting, norm, least, active)  # type: ignore[arg-type]
    held = holding.held(view.facts, asked)
    a, b = _known(held)
    return Question(view, held, measure, shown, a, b)  # type: ignore[arg-type]


def _least(view: View, name: str, options: tuple[str, ...], usual: int) -> int:
    with st.container(width=190):
        found = page.pick(
            view.labels(f"agreement.{name}"),
            [value for value in options if value != str(usual)],
            view.labels.digits,
            param=name,
            every=view.labels("countries.least_usual", n=usual),
        )
    return int(found) if found in options else usual


def _known(held: Held) -> tuple[str, str]:
    """The one or two that the address asks for; it is mended where it asks for nodes that are not in the network."""
    there, given = set(held.nodes["node"]), (state.param("a"), state.param("b"))
    known = [node for node in dict.fromkeys(given) if node in there]
    a, b = (*known, "", "")[:2]
    if (a, b) != given:
        state.set_params(a=a, b=b)
    return a, b


def take(a: str, b: str = "") -> None:
    """Choose one, or two."""
    state.set_params(a=a, b=b, **dict.fromkeys(PART, ""))
