"""What ids are called in Persian and English: speakers, topics, countries, regions, organisations, targets."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.config import DATA
from analysis.text.words import Lang, Words

TOPICS = "codebook/topics.csv"
_FILES = {
    "topic": (TOPICS, "topic_id", "label"),
    "country": ("lexicon/countries.csv", "country_id", "name"),
    "org": ("lexicon/organisations.csv", "organisation_id", "name"),
    "region": ("lexicon/regions.csv", "region_id", "name"),
}


@dataclass(frozen=True)
class Names:
    """Names in one language. An id that is not known is its own name, never an empty label.

    Args:
        labels: the words of the language.
        speakers: Persian and English name by speaker id.
    """

    labels: Words
    speakers: Mapping[str, tuple[str, str]]

    def speaker(self, speaker_id: str) -> str:
        """The speaker's name; the other language's where the reader's is unknown."""
        both = self.speakers.get(speaker_id, ("", ""))
        first, second = both if self.labels.rtl else both[::-1]
        return first or second or speaker_id

    def topic(self, topic_id: str) -> str:
        """The topic's label."""
        return self._of("topic", topic_id)

    def country(self, country_id: str) -> str:
        """The country's everyday name."""
        return self._of("country", country_id)

    def entity(self, entity: str) -> str:
        """What a statement names: `region:persian_gulf`, `organisation:IAEA`, `country:IR`."""
        kind, _, value = entity.partition(":")
        return self._of({"organisation": "org"}.get(kind, kind), value) if value else entity

    def node(self, node: str) -> str:
        """Who stands in a network of agreement: `country:IR`, or a speaker's id."""
        return self.entity(node) if node.startswith("country:") else self.speaker(node)

    def collection(self, collection: str) -> str:
        """The collection's name; an unnamed one is its own id."""
        return self.labels.get(f"collection.{collection}", collection or self.labels("app.unknown"))

    def role(self, role: str, country: str = "") -> str:
        """A role with its country: «وزیر خارجه، روسیه»."""
        words = self.labels.get(f"role.{role}", role)
        return f"{words}{self.labels('app.comma')}{self.country(country)}" if country else words

    def target(self, target: str) -> str:
        """What a position is about: `topic:sanctions`, `state:US`, `org:IAEA`."""
        kind, _, value = target.partition(":")
        return self._of({"state": "country"}.get(kind, kind), value) if value else target

    def _of(self, kind: str, value: str) -> str:
        return _table(kind, self.labels.lang).get(value) or value


def ids_of(kind: str) -> dict[str, tuple[str, str]]:
    """Every id of a kind (`topic`, `country`, `org`, `region`) with its Persian and English name."""
    name, key, column = _FILES[kind]
    return {row[key]: (row[f"{column}_fa"], row[f"{column}_en"]) for row in rows_of(name).values()}


@cache
def rows_of(name: str) -> dict[str, dict[str, str]]:
    """The lines of a CSV file of `data/` by their first column; none where there is no such file."""
    path = DATA / Path(name)
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {next(iter(row.values())): row for row in rows}


@cache
def _table(kind: str, lang: Lang) -> dict[str, str]:
    if kind not in _FILES:
        return {}
    name, key, column = _FILES[kind]
    return {row[key]: row[f"{column}_{lang}"] for row in rows_of(name).values() if row.get(key)}
