"""The filters said in one plain sentence."""

from __future__ import annotations

from typing import Protocol

from analysis.measure.filters import Filters
from analysis.text.calendar import Calendar
from analysis.text.words import Words


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

    def collection(self, collection: str, /) -> str:
        """A collection's name."""


def say(filters: Filters, names: Names, calendar: Calendar) -> str:
    """What is in view, as a plain sentence in the reader's language (plain text, not HTML)."""
    labels = names.labels
    parts = [_who(filters, names)]
    if filters.topics:
        parts.append(labels("sentence.about", names=_either(labels, [names.topic(value) for value in filters.topics])))
    if filters.countries:
        named = _either(labels, [names.country(value) for value in filters.countries])
        parts.append(labels("sentence.mentioning", names=named))
    if filters.words:
        parts.append(labels("sentence.with_words", words=filters.words))
    if filters.collections:
        named = labels.listed([names.collection(value) for value in filters.collections])
        parts.append(labels("sentence.in_collection", names=named))
    if filters.batches:
        parts.append(labels("sentence.in_batches", n=len(filters.batches)))
    parts += _when(filters, labels, calendar)
    if filters.repeats:
        parts.append(labels("sentence.with_repeats"))
    if filters.relayed:
        parts.append(labels("sentence.with_relayed"))
    if filters.sure:
        parts.append(labels("sentence.sure", share=labels.share(filters.sure / 100)))
    head, *rest = parts
    return (
        " ".join([head, *rest[:1]]) + "".join(labels("app.comma") + part for part in rest[1:]) + labels("sentence.end")
    )


def _who(filters: Filters, names: Names) -> str:
    labels = names.labels
    if not filters.speakers:
        return labels("sentence.of_ministers" if filters.ministers else "sentence.all")
    key = "sentence.of_speakers_ministers" if filters.ministers else "sentence.of_speakers"
    return labels(key, names=labels.listed([names.speaker(value) for value in filters.speakers]))


def _either(labels: Words, names: list[str]) -> str:
    return labels("app.or").join(names)


def _when(filters: Filters, labels: Words, calendar: Calendar) -> list[str]:
    if filters.undated == "only":
        return [labels("sentence.only_undated")]
    start = labels.date(filters.start, calendar)
    stop = labels.date(filters.stop, calendar)
    with_undated = [labels("sentence.with_undated")] if filters.undated == "with" else []
    if filters.start and filters.stop:
        return [labels("sentence.between", start=start, stop=stop), *with_undated]
    if filters.start:
        return [labels("sentence.since", start=start), *with_undated]
    if filters.stop:
        return [labels("sentence.until", stop=stop), *with_undated]
    return []
