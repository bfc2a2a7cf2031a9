"""What ids, roles and rules are called on a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.lexicon import labels as lexicon
from analysis.measure import spans
from pages.ui import collation
from pages.ui.labels import Labels


@dataclass(frozen=True)
class Names(lexicon.Names):
    """Names in the reader's language. An id that is not known is its own name, never an empty label."""

    labels: Labels

    def target(self, target: str) -> str:
        """What a position is about; `from:US` is what those who speak for a state say, `from:*` what anybody says."""
        kind, _, value = target.partition(":")
        if kind != "from":
            return super().target(target)
        return self.labels("compared.everybody") if value == "*" else self.country(value)

    def side(self, side: str) -> str:
        """One of those compared: `speaker:ID`, `country:IR`, `named:IR`, `span:1403`."""
        kind, _, value = side.partition(":")
        if kind == "speaker":
            return self.speaker(value)
        return self.country(value) if kind in ("country", "named") else self.span(value)

    def span(self, key: str) -> str:
        """A stretch of time (`analysis.measure.spans`): «۱۴۰۳», «نیمهٔ نخست ۱۴۰۳», «تیر ۱۴۰۳ تا آبان ۱۴۰۳»."""
        if not spans.is_span(key):
            return key
        first, to, last = key.partition(spans.TO)
        if to:
            return self.labels("compared.from_to", first=self.span(first), last=self.span(last))
        year, _, rest = key.partition("-")
        if not rest:
            return self.labels.digits(year)
        if rest.startswith("h"):
            return self.labels(f"compared.half_{rest[1:]}", year=self.labels.digits(year))
        return self.labels.period(key)

    def direction(self, target: str) -> str:
        """What being `for` the target means, in a sentence; "" where nothing is known of it."""
        kind, _, value = target.partition(":")
        if kind == "state":
            return self.labels("positions.direction_state")
        meaning = (
            lexicon.rows_of(lexicon.TOPICS).get(value, {}).get(f"for_{self.labels.lang}", "") if kind == "topic" else ""
        )
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
