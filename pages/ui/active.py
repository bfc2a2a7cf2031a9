"""Which filters are in force: what they are called, and each without which more would be in view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from analysis.measure.filters import Filters
from pages.ui.view import View


@dataclass(frozen=True)
class Active:
    """One filter that is in force.

    Attributes:
        key: tells them apart.
        shown: what it is, for the reader (plain text): «گوینده: …».
        without: the filters without it.
    """

    key: str
    shown: str
    without: Filters


def values(view: View) -> list[Active]:
    """Every value of every filter that is in force, in the order of the sidebar."""
    found = _spans(view)
    for field, kind in KINDS.items():
        given: tuple[str, ...] = getattr(view.filters, field)
        for value in given:
            rest = tuple(other for other in given if other != value)
            found.append(
                Active(
                    f"{field}_{value}",
                    _said(view, kind, name_of(view, field)(value)),
                    replace(view.filters, **{field: rest}),  # type: ignore[arg-type]
                )
            )
    return found + _switches(view)


def by_field(view: View) -> list[Active]:
    """The filters that are in force, all values of a field together."""
    found = _spans(view)
    for field, kind in KINDS.items():
        if given := getattr(view.filters, field):
            names = view.labels.listed([name_of(view, field)(value) for value in given])
            found.append(Active(field, _said(view, kind, names), view.filters.without(field)))
    return found + _switches(view)


KINDS = {
    "speakers": "speaker",
    "of": "of",
    "topics": "topic",
    "countries": "country",
    "named": "named",
    "sources": "source",
    "collections": "collection",
    "batches": "batch",
}
"""The label (`filter.…`) of each field that holds several values."""


def name_of(view: View, field: str) -> Callable[[str], str]:
    """How the values of a field are called."""
    names = view.names
    known: dict[str, Callable[[str], str]] = {
        "speakers": names.speaker,
        "of": names.country,
        "topics": names.topic,
        "countries": names.country,
        "named": names.entity,
        "collections": names.collection,
    }
    return known.get(field, str)


def _said(view: View, kind: str, words: str) -> str:
    return f"{view.labels(f'filter.{kind}')}{view.labels('app.colon')}{words}"


def _spans(view: View) -> list[Active]:
    """The words of a search and the period."""
    labels, filters = view.labels, view.filters
    found = []
    if filters.words:
        found.append(Active("words", _said(view, "words", f"«{filters.words}»"), filters.without("words")))
    if filters.start or filters.stop:
        ends = (filters.start, filters.stop)
        start, stop = (labels.date(end, view.calendar) if end else "…" for end in ends)
        dated = filters.without("start", "stop")
        found.append(Active("period", _said(view, "period", f"{start} – {stop}"), dated))
    if filters.undated:
        words = labels(f"filter.undated_{filters.undated}")
        found.append(Active("undated", _said(view, "undated", words), filters.without("undated")))
    return found


def _switches(view: View) -> list[Active]:
    labels, filters = view.labels, view.filters
    found = [
        Active(name, labels(f"filter.{name}"), filters.without(name))
        for name in ("ministers", "repeats", "relayed")
        if getattr(filters, name)
    ]
    if filters.sure:
        words = f"{labels('filter.sure')} ({labels.share(filters.sure / 100)})"
        found.append(Active("sure", words, filters.without("sure")))
    if filters.coded:
        words = _said(view, "coded", labels(f"filter.coded_{filters.coded}"))
        found.append(Active("coded", words, filters.without("coded")))
    return found
