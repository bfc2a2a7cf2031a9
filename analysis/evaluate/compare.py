"""Compare two sides sentence by sentence: the figures, and every disagreement."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from analysis.evaluate.names import pairs, same_speaker
from analysis.evaluate.rows import Article, Held, Row

MEASURES = ("detection", "attribution", "identity", "countries", "topics", "position target", "position")
Figures = dict[str, dict[str, float]]
"""Measure to `f1` (or accuracy) and `n`, the most of them with `p` and `r`."""
_COMMON = 10
"""A topic that is annotated less often says nothing by itself."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One sentence of which the two sides say different things."""

    kind: str
    article_id: str
    sentence: int
    text: str
    gold: str
    ours: str


@dataclass(slots=True)
class Result:
    """The figures, and the disagreements in the order of the articles."""

    figures: Figures
    disagreements: list[Disagreement]


@dataclass(slots=True)
class Count:
    """True positives, false positives, false negatives."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def add(self, tp: int, fp: int, fn: int) -> None:
        """Add to all three."""
        self.tp, self.fp, self.fn = self.tp + tp, self.fp + fp, self.fn + fn

    def add_sets(self, gold: set[str], ours: set[str]) -> None:
        """Count two sets against each other."""
        self.add(len(gold & ours), len(ours - gold), len(gold - ours))

    def figures(self) -> dict[str, float]:
        """Precision, recall, F1 and how many there are in the gold."""
        p = self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0
        r = self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0
        f1 = 2 * p * r / (p + r) if p + r else 0.0
        return {"p": round(p, 4), "r": round(r, 4), "f1": round(f1, 4), "n": self.tp + self.fn}


def compare(gold: list[Article], ours: list[Article]) -> Result:
    """Score one side against the gold; both hold the same articles and sentences in the same order."""
    tally = _Tally()
    for theirs, article in zip(ours, gold, strict=True):
        seen: list[tuple[set[str], set[str]]] = []
        for s, row in article.rows.items():
            tally.where = (article.article_id, s, article.text[row.start : row.stop])
            tally.add(row, theirs.rows[s], seen)
    return Result(tally.figures(), tally.disagreements)


@dataclass(slots=True)
class _Tally:
    counts: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    per_topic: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    right: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    speakers: int = 0
    stances: int = 0
    disagreements: list[Disagreement] = field(default_factory=list)
    where: tuple[str, int, str] = ("", 0, "")

    def add(self, gold: Row, ours: Row, seen: list[tuple[set[str], set[str]]]) -> None:
        """Count one sentence."""
        self._add_speakers(gold, ours)
        self._add_identity(gold, ours, seen)
        self._add_sets("countries", gold.countries, ours.countries)
        if gold.speakers:
            self._add_sets("topics", gold.topics, ours.topics)
            for topic in gold.topics | ours.topics:
                self.per_topic[topic].add_sets(gold.topics & {topic}, ours.topics & {topic})
        self._add_positions(gold.positions, list(ours.positions))

    def _add_speakers(self, gold: Row, ours: Row) -> None:
        hits = pairs(gold.speakers, ours.speakers)
        relayed = pairs(gold.nested, ours.speakers) if len(ours.speakers) > len(gold.speakers) else 0
        extra = max(len(ours.speakers) - hits - relayed, 0)
        both = bool(gold.speakers and ours.speakers)
        match = both and hits == len(gold.speakers) and not extra
        self.counts["detection"].add(both, bool(ours.speakers) and not both, bool(gold.speakers) and not both)
        self.counts["attribution"].add(hits, extra, len(gold.speakers) - hits)
        if both:
            self.speakers += 1
            self.right["speaker"] += match
            self.right["form"] += gold.form == ours.form
        if (gold.speakers or ours.speakers) and not match:
            kind = "wrong speaker" if both else "missed" if gold.speakers else "spurious"
            self._differ(kind, _said(gold), _said(ours))

    def _add_identity(self, gold: Row, ours: Row, seen: list[tuple[set[str], set[str]]]) -> None:
        """Whether two sentences of an article that have one speaker on one side have one on the other."""
        if len(gold.ids) != 1 or not ours.ids:
            return
        for gold_ids, our_ids in seen:
            same_gold, same_ours = gold_ids == gold.ids, our_ids == ours.ids
            self.counts["identity"].add(
                same_gold and same_ours, same_ours and not same_gold, same_gold and not same_ours
            )
        seen.append((gold.ids, ours.ids))

    def _add_sets(self, measure: str, gold: set[str], ours: set[str]) -> None:
        self.counts[measure].add_sets(gold, ours)
        if gold != ours:
            self._differ(measure, ", ".join(sorted(gold)), ", ".join(sorted(ours)))

    def _add_positions(self, gold: list[Held], left: list[Held]) -> None:
        for held in gold:
            hit = next((one for one in left if one.target == held.target and same_speaker(held.who, one.who)), None)
            exact = hit is not None and hit.stance == held.stance
            self.counts["position target"].add(hit is not None, 0, hit is None)
            self.counts["position"].add(exact, hit is not None and not exact, not exact)
            if hit is not None:
                left.remove(hit)
                self.stances += 1
                self.right["stance"] += exact
            if not exact:
                self._differ("position", str(held), str(hit or ""))
        for one in left:
            self.counts["position target"].add(0, 1, 0)
            self.counts["position"].add(0, 1, 0)
            self._differ("position", "", str(one))

    def _differ(self, kind: str, gold: str, ours: str) -> None:
        self.disagreements.append(Disagreement(kind, *self.where, gold or "none", ours or "none"))

    def figures(self) -> Figures:
        """All measures, rounded to four digits."""
        figures = {measure: self.counts[measure].figures() for measure in MEASURES}
        common = [count for count in self.per_topic.values() if count.tp + count.fn >= _COMMON]
        macro = sum(count.figures()["f1"] for count in common) / max(len(common), 1)
        figures["topics macro"] = {"f1": round(macro, 4), "n": len(common)}
        for name, n in (("speaker", self.speakers), ("form", self.speakers), ("stance", self.stances)):
            figures[f"{name} accuracy"] = {"f1": round(self.right[name] / max(n, 1), 4), "n": n}
        return figures


def _said(row: Row) -> str:
    return f"{' | '.join(row.shown)} ({row.form})" if row.shown else ""
