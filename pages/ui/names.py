"""What ids are called: speakers, topics, countries, regions, organisations, targets."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.config import DATA
from pages.ui import collation
from pages.ui.labels import Labels, Lang

_FILES = {
    "topic": ("codebook/topics.csv", "topic_id", "label"),
    "country": ("lexicon/countries.csv", "country_id", "name"),
    "org": ("lexicon/organisations.csv", "organisation_id", "name"),
    "region": ("lexicon/regions.csv", "region_id", "name"),
}


@dataclass(frozen=True)
class Names:
    """Names in the reader's language. An id that is not known is its own name, never an empty label."""

    labels: Labels
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

    def role(self, role: str, country: str = "") -> str:
        """A role with its country: «وزیر خارجه، روسیه»."""
        words = self.labels.get(f"role.{role}", role)
        return f"{words}{self.labels('app.comma')}{self.country(country)}" if country else words

    def collection(self, collection: str) -> str:
        """The collection's name; an unnamed one is its own id."""
        return self.labels.get(f"collection.{collection}", collection or self.labels("app.unknown"))

    def target(self, target: str) -> str:
        """What a position is about: `topic:sanctions`, `state:US`, `org:IAEA`."""
        kind, _, value = target.partition(":")
        return self._of({"state": "country"}.get(kind, kind), value) if value else target

    def direction(self, target: str) -> str:
        """What being `for` the target means, in a sentence; "" where nothing is known of it."""
        kind, _, value = target.partition(":")
        if kind == "state":
            return self.labels("positions.direction_state")
        meaning = _rows(_FILES["topic"][0]).get(value, {}).get(f"for_{self.labels.lang}", "") if kind == "topic" else ""
        return self.labels("positions.direction", meaning=meaning) if meaning else ""

    def rule(self, rule: str) -> str:
        """The rule that found a position. Rules are joined by " and ", what changes them stands behind commas."""
        labels = self.labels
        parts = [
            labels("app.comma").join(labels.get(f"rule.{part.replace(' ', '_')}", part) for part in one.split(", "))
            for one in rule.split(" and ")
        ]
        return labels("app.and").join(parts)

    def order(self, ids: Iterable[str], kind: str) -> list[str]:
        """Ids of one kind (a method's name) in the alphabetical order of their names."""
        return sorted(ids, key=lambda value: collation.key(getattr(self, kind)(value)))

    def _of(self, kind: str, value: str) -> str:
        return _table(kind, self.labels.lang).get(value) or value


@cache
def _rows(name: str) -> dict[str, dict[str, str]]:
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
    return {row[key]: row[f"{column}_{lang}"] for row in _rows(name).values() if row.get(key)}
