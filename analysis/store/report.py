"""What adding and refreshing say while they run and at the end."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field

OUTCOMES: dict[str, str] = {
    "added": "new, and kept",
    "duplicate": "kept as a copy: the same text is there already",
    "near_duplicate": "kept as a copy: nearly the same text is there already",
    "new_version": "another text for an article that was there: the new one counts now",
    "unchanged": "was there already; nothing to do",
    "rejected": "not kept; the reason says why",
}
"""What becomes of an article that comes in, with its meaning."""
COPIES = ("duplicate", "near_duplicate")
KEPT = ("added", *COPIES, "new_version")
REASONS: dict[str, str] = {
    "bad_record": "a field does not hold what an article needs",
    "not_extracted": "the program failed on the article",
}
"""Why something is rejected, beside `analysis.read.items.REASONS`."""


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one article, or of one input that is none."""

    where: str
    outcome: str
    code: str = ""
    """For rejected ones: one of `REASONS` here or of `analysis.read.items`."""
    reason: str = ""
    """One English sentence; for copies, which article is copied and how similar they are."""
    article_id: str = ""
    title: str = ""
    other: str = ""
    """The article that this one copies."""
    similarity: float = 0.0
    """With `other`: the share of shingles in common, 1 for the same letters."""

    def values(self) -> dict[str, object]:
        """As JSON takes it, without what is empty."""
        return {name: value for name, value in asdict(self).items() if value}


@dataclass(frozen=True, slots=True)
class Committed:
    """A batch that is kept from now on."""

    version: int
    articles: int
    statements: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is."""

    done: int
    """Articles and rejected inputs that are finished."""
    total: int | None
    """How many there are; None where that is not known beforehand."""
    seconds: float
    """Since the run began."""

    @property
    def rate(self) -> float:
        """Articles a second."""
        return self.done / self.seconds if self.seconds > 0 else 0.0

    @property
    def remaining(self) -> float | None:
        """Seconds that are left at this rate; None where that cannot be said."""
        if self.total is None or not self.rate:
            return None
        return max(self.total - self.done, 0) / self.rate


@dataclass(slots=True)
class Report:
    """What a run did."""

    lines: list[Line] = field(default_factory=list)
    batches: list[Committed] = field(default_factory=list)
    cancelled: bool = False
    seconds: float = 0.0

    @property
    def counts(self) -> dict[str, int]:
        """How many articles had each outcome, in the order of `OUTCOMES`."""
        found = Counter(line.outcome for line in self.lines)
        return {outcome: found[outcome] for outcome in OUTCOMES}
