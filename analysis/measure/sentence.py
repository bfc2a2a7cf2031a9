"""The filters said in one plain sentence."""

from __future__ import annotations

from typing import Protocol

from analysis.measure.filters import Filters
from analysis.text.calendar import Calendar, month_bounds, month_key, parts
from analysis.text.words import Words

MOST = 4
"""How many values of one filter are named; of more, the rest are counted."""


class Names(Protocol):
    """What ids are called in one language."""

    @property
    def labels(self) -> Words:
        """The words of that language."""

    def speaker(self, speaker_id: str, /) -> str:
        """A speaker's name."""

    def topic(self, topic_id: str, /) -> str:
        """A topic's label."""

    def country(self, country_id: str, /) -> str:
        """A country's name."""

    def entity(self, entity: str, /) -> str:
        """What is named: `region:persian_gulf`, `organisation:IAEA`."""

    def collection(self, collection: str, /) -> str:
        """A collection's name."""


def say(filters: Filters, names: Names, calendar: Calendar) -> str:
    """What is in view, as a plain sentence in the reader's language (plain text, not HTML)."""
    labels = names.labels
    head, *rest = [
        _who(filters, names),
        *_what(filters, names),
        *_where(filters, names),
        *_when(filters, labels, calendar),
        *_how(filters, labels),
    ]
    return (
        " ".join([head, *rest[:1]]) + "".join(labels("app.comma") + part for part in rest[1:]) + labels("sentence.end")
    )


def _who(filters: Filters, names: Names) -> str:
    """Whose statements: speakers, ministers and those who speak for some states, each alone or together."""
    key = "_".join(
        part
        for part, given in (
            ("speakers", filters.speakers),
            ("ministers", filters.ministers),
            ("states", filters.of),
        )
        if given
    )
    if not key:
        return names.labels("sentence.all")
    values = {
        "names": _joined(names.labels, [names.speaker(value) for value in filters.speakers], "and"),
        "states": _either(names.labels, [names.country(value) for value in filters.of]),
    }
    return names.labels(f"sentence.of_{key}", **values)


def _what(filters: Filters, names: Names) -> list[str]:
    """What statements are about, whom they name and in which words."""
    labels = names.labels
    found = []
    if filters.topics:
        found.append(labels("sentence.about", names=_either(labels, [names.topic(value) for value in filters.topics])))
    named = [
        _either(labels, [name(value) for value in values])
        for name, values in ((names.country, filters.countries), (names.entity, filters.named))
        if values
    ]
    if named:
        found.append(labels("sentence.mentioning", names=labels("sentence.and_also").join(named)))
    if filters.words:
        found.append(labels("sentence.found_by", words=" ".join(filters.words.split())))
    return found


def _where(filters: Filters, names: Names) -> list[str]:
    """In which articles."""
    labels = names.labels
    found = []
    if filters.sources:
        found.append(labels("sentence.in_sources", names=_either(labels, list(filters.sources))))
    if filters.collections:
        collections = [names.collection(value) for value in filters.collections]
        found.append(labels("sentence.in_collection", names=_joined(labels, collections, "and")))
    if filters.batches:
        n = len(filters.batches)
        found.append(labels("sentence.in_batch" if n == 1 else "sentence.in_batches", n=n))
    return found


def _when(filters: Filters, labels: Words, calendar: Calendar) -> list[str]:
    if filters.undated == "only":
        return [labels("sentence.only_undated")]
    period = _period(filters, labels, calendar)
    if not period:
        return []
    return [period, labels("sentence.with_undated")] if filters.undated == "with" else [period]


def _period(filters: Filters, labels: Words, calendar: Calendar) -> str:
    """The period; a day, a month or a year by its name."""
    first, last = filters.start, filters.stop
    start, stop = labels.date(first, calendar), labels.date(last, calendar)
    if first is None or last is None:
        one = labels("sentence.since", start=start) if first else labels("sentence.until", stop=stop)
        return one if first or last else ""
    if first == last:
        return labels("sentence.on", day=start)
    months = [month_key(day, calendar) for day in (first, last)]
    whole = month_bounds(months[0], calendar)[0] == first and month_bounds(months[1], calendar)[1] == last
    if whole and months[0] == months[1]:
        return labels("sentence.in_month", month=labels.month(months[0], calendar))
    years = [parts(day, calendar)[0] for day in (first, last)]
    if whole and years[0] == years[1] and [month[5:] for month in months] == ["01", "12"]:
        return labels("sentence.in_year", year=labels.digits(years[0]))
    return labels("sentence.between", start=start, stop=stop)


def _how(filters: Filters, labels: Words) -> list[str]:
    """What is counted as well, and how sure it is."""
    found = [labels(f"sentence.with_{name}") for name in ("repeats", "relayed") if getattr(filters, name)]
    if filters.sure:
        found.append(labels("sentence.sure", share=labels.share(filters.sure / 100)))
    if filters.coded:
        found.append(labels(f"sentence.coded_{filters.coded}"))
    return found


def _either(labels: Words, names: list[str]) -> str:
    return _joined(labels, names, "or")


def _joined(labels: Words, names: list[str], word: str) -> str:
    """Names as "a, b and c" or "a, b or c"; of more than `MOST` the rest are counted."""
    if len(names) > MOST:
        left = len(names) - MOST + 1
        names = [*names[: MOST - 1], labels("sentence.others", n=left)]
    if len(names) < 2:
        return "".join(names)
    return labels("app.comma").join(names[:-1]) + labels(f"app.{word}") + names[-1]
