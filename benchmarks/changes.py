"""What readers do: pages, and changes of filters of every kind, no two of which are the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import cycle

import numpy as np

from analysis.measure.facts import Facts, as_date, codes

PAGES = (
    *("", "topics", "countries", "positions", "speaker", "comparison", "agreement", "statements"),
    *("review", "quality", "brief", "history", "add", "export"),
)
"""The pages that filters change; the first one is the overview."""
_CYCLE = ("~", "ministers", "speaker", "topic", "topics", "country", "of", "source", "named", "repeats", "sure", "year")


class Changes:
    """Queries that nobody asked for before, so that no cache answers them.

    Each leaves out another day at the edge of the edition beside what it is about: that changes hardly a figure, and
    makes it another question.
    """

    def __init__(self, facts: Facts) -> None:
        self._first = as_date(int(np.sort(np.unique(facts.articles["day"]))[1])) or dt.date(2020, 1, 1)
        self._last = as_date(int(facts.articles["day"].max())) or dt.date(2026, 1, 1)
        self._number = 0
        country = facts.entities("country")["entity"]
        body = facts.entities("organisation")["entity"]
        self._speakers = facts.positions["speaker"]
        self._values = {
            "speaker": cycle(_frequent(facts.attributions["speaker"])),
            "topic": cycle(_frequent(facts.topics["topic"])),
            "country": cycle(_frequent(country)),
            "of": cycle([value for value in _frequent(facts.attributions["country"]) if value]),
            "source": cycle(_frequent(facts.articles["source"])),
            "named": cycle([f"organisation:{value}" for value in _frequent(body)]),
        }

    def own(self, page: str) -> dict[str, str]:
        """The parameters of a page's own with which it has most to show."""
        first, second = _frequent(self._speakers, 2)
        about = {"speaker": {"who": first}, "comparison": {"by": "speaker", "ids": f"{first}~{second}"}}
        return about.get(page, {})

    def __iter__(self) -> Iterator[tuple[str, dict[str, str]]]:
        """The kind of the change, and the URL's parameters, without end."""
        for kind in cycle(_CYCLE):
            self._number += 1
            day = self._first + dt.timedelta(days=self._number % 700)
            query = {"lang": ("fa", "en")[self._number % 2], "from": day.isoformat()}
            if self._number >= 700:
                query["to"] = (self._last - dt.timedelta(days=self._number // 700)).isoformat()
            yield kind, query | self._part(kind)

    def _part(self, kind: str) -> dict[str, str]:
        if kind in self._values:
            return {kind: next(self._values[kind])}
        if kind == "topics":
            return {"topic": "~".join(next(self._values["topic"]) for _ in range(3))}
        if kind == "year":
            start = self._last - dt.timedelta(days=365 + self._number)
            return {"from": start.isoformat(), "undated": "with"}
        return {"ministers": {"ministers": "1"}, "repeats": {"repeats": "1"}, "sure": {"sure": "80"}}.get(kind, {})


def _frequent(column: object, most: int = 12) -> list[str]:
    """The values that come most often."""
    counts = np.bincount(codes(column)[codes(column) >= 0])  # type: ignore[arg-type]
    return [str(column.cat.categories[place]) for place in np.argsort(-counts, kind="stable")[:most]]  # type: ignore[attr-defined]
