"""A page as a reader asks for it: the address, and what the filters in it leave."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from tests.reference import periods
from tests.reference.world import Seen, World, narrow, ranked

MINE = ("topic", "speaker", "of", "source", "country")
"""What statements can be grouped by."""


@dataclass
class Asked:
    """One page with its address."""

    world: World
    query: Mapping[str, str]
    page: str = ""

    @cached_property
    def seen(self) -> Seen:
        """What is in view."""
        return narrow(self.world, self.query)

    @property
    def calendar(self) -> str:
        """The reader's calendar."""
        usual = "gregorian" if self.query.get("lang") == "en" else "jalali"
        return self.query.get("cal") or usual

    @property
    def days(self) -> list:
        """The day of each statement in view; None where it has none."""
        return [row["article"]["day"] for row in self.seen.statements]

    def param(self, name: str, *allowed: str, other: str = "") -> str:
        """A parameter of the address; where only some values mean something, `other` for the rest."""
        value = self.query.get(name, "")
        return value if not allowed or value in allowed else other

    def key(self, row: dict, unit: str) -> str:
        """The period of a statement, "" where it is undated."""
        day = row["article"]["day"]
        return periods.key(day, unit, self.calendar) if day else ""


def groups(seen: Seen, by: str) -> dict[str, set[str]]:
    """The ids of the statements of each group."""
    found: dict[str, set[str]] = defaultdict(set)
    if by == "topic":
        pairs = [(row["topic_id"], row["statement_id"]) for row in seen.topics]
    elif by == "speaker":
        pairs = [(row["speaker_id"], row["statement_id"]) for row in seen.said]
    elif by == "of":
        pairs = [(row["country"], row["statement_id"]) for row in seen.said if row["country"]]
    elif by == "source":
        pairs = [(row["article"]["source"], row["statement_id"]) for row in seen.statements]
    else:
        rows = [row for row in seen.mentions if row["kind"] == "country" and row["statement_id"]]
        pairs = [(row["entity_id"], row["statement_id"]) for row in rows]
    for group, statement in pairs:
        found[group].add(statement)
    return dict(found)


def column(by: str) -> str:
    """What the column of a kind of groups is called."""
    return "country" if by == "of" else by


def top(found: Mapping[str, set[str]]) -> list[str]:
    """The groups, the largest first."""
    return ranked(Counter({name: len(ids) for name, ids in found.items()}))
