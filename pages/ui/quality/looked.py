"""What the parts of the page share: the codes in view and who speaks; and how a part is opened."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache, cached_property

from analysis.config import SEEDS
from analysis.lexicon import labels as lexicon
from analysis.measure.completeness import Coded, Speaking
from analysis.measure.measured import Measured, load
from pages.ui import state
from pages.ui.view import View

OPEN = "open"
"""The URL parameter that says which part's sentences are listed: a kind, a colon and what of it."""


@dataclass(frozen=True)
class Looked:
    """What is looked at."""

    view: View

    @cached_property
    def coded(self) -> Coded:
        """Which statements have which codes."""
        return Coded(self.view.facts)

    @cached_property
    def speaking(self) -> Speaking:
        """Who speaks."""
        return Speaking(self.view.facts, known())

    @property
    def measured(self) -> Measured | None:
        """What was measured on annotated articles."""
        return load()


@cache
def known() -> frozenset[str]:
    """The people whom the lexicon knows, and the invented ones of the demonstration."""
    with (SEEDS / "demo" / "people.csv").open(encoding="utf-8", newline="") as lines:
        invented = {next(iter(row.values())) for row in csv.DictReader(lines)}
    return frozenset(invented | set(lexicon.rows_of("lexicon/people.csv")))


def open_part(part: str) -> None:
    """List the sentences of a part; for callbacks."""
    state.set_params(**{OPEN: part, "p_q": ""})
