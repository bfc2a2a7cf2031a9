"""What a page works on: the facts in view, with the words and names to show them in."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.measure.facts import Facts
from analysis.measure.filters import Filters
from analysis.measure.frequency import Totals
from analysis.serve.content import Content
from analysis.text.calendar import Calendar
from pages.ui import data, state
from pages.ui.labels import Labels
from pages.ui.names import Names

DEMO = "demo"
"""The id of the demonstration collection, all of which is invented."""


@dataclass(frozen=True)
class View:
    """What is in view (`facts`), of all that there is (`all`); nobody may change either. `content` holds the texts."""

    content: Content
    facts: Facts
    filters: Filters
    labels: Labels
    names: Names
    calendar: Calendar

    @property
    def all(self) -> Facts:
        """The facts of the whole edition."""
        return self.content.facts

    @property
    def totals(self) -> Totals:
        """How much is in view."""
        return data.totals(data.key(self.filters))

    def totals_with(self, **changes: object) -> Totals:
        """How much would be in view with some filters changed."""
        return data.totals(data.key(replace(self.filters, **changes)))  # type: ignore[arg-type]

    def with_changes(self, **changes: object) -> Facts:
        """The facts with some filters changed."""
        return data.narrowed(data.key(replace(self.filters, **changes)))  # type: ignore[arg-type]

    @property
    def shows_demo(self) -> bool:
        """Whether any article in view is of the demonstration collection."""
        return bool((self.facts.articles["collection"] == DEMO).any())


def current() -> View:
    """The view of this session's filters."""
    filters = state.filters()
    labels = Labels(state.lang())
    return View(
        content=data.content(),
        facts=data.narrowed(data.key(filters)),
        filters=filters,
        labels=labels,
        names=Names(labels, data.speaker_names()),
        calendar=state.calendar(),
    )
