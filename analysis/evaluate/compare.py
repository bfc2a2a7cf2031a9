"""Compare two sides sentence by sentence: what counts for and against us, and every disagreement."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from analysis.evaluate.figures import STANCE, TOPIC, Figures, figures
from analysis.evaluate.names import pairs, same_speaker
from analysis.evaluate.rows import Article, Held, Row

KINDS = ("missed", "spurious", "wrong", "form", "countries", "topics", "position")
"""What two sides may differ in."""
COUNT_COLUMNS = ("article_id", "source", "year", "form", "basis", "measure", "tp", "fp", "fn")


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
    """What was counted, and the disagreements in the order of the articles.

    Attributes:
        counts: columns article_id, source, year (of ours, "" where unknown), form (of the gold, else ours), basis (of
            ours), measure, tp, fp, fn (for an accuracy, right ones as tp and wrong ones as fp); a row for each
            measure of each sentence. `topic:CODE` counts one topic, `stance:for` the positions with one stance.
        articles: how many articles were compared.
        disagreements: of all kinds.
    """

    counts: pd.DataFrame
    articles: int
    disagreements: list[Disagreement]

    @property
    def figures(self) -> Figures:
        """The figures over all articles."""
        return figures(self.counts)


def compare(gold: list[Article], ours: list[Article]) -> Result:
    """Score one side against the gold; both hold the same articles and sentences in the same order."""
    tally = _Tally()
    for theirs, article in zip(ours, gold, strict=True):
        seen: list[tuple[set[str], set[str]]] = []
        for s, row in article.rows.items():
            tally.where = (article.article_id, s, article.text[row.start : row.stop])
            tally.add(theirs, row, theirs.rows[s], seen)
    return Result(pd.DataFrame(tally.rows, columns=list(COUNT_COLUMNS)), len(gold), tally.disagreements)


@dataclass(slots=True)
class _Tally:
    rows: list[tuple[object, ...]] = field(default_factory=list)
    disagreements: list[Disagreement] = field(default_factory=list)
    where: tuple[str, int, str] = ("", 0, "")
    group: tuple[str, ...] = ()

    def add(self, article: Article, gold: Row, ours: Row, seen: list[tuple[set[str], set[str]]]) -> None:
        """Count one sentence."""
        form = gold.form if gold.speakers else ours.form
        self.group = (article.article_id, article.source, article.year, form, ours.basis)
        self._add_speakers(gold, ours)
        self._add_identity(gold, ours, seen)
        self._add_sets("countries", gold.countries, ours.countries)
        if gold.speakers:
            self._add_sets("topics", gold.topics, ours.topics)
            for topic in gold.topics | ours.topics:
                self._count_sets(TOPIC + topic, gold.topics & {topic}, ours.topics & {topic})
        self._add_positions(gold.positions, list(ours.positions))

    def _count(self, measure: str, tp: int, fp: int, fn: int) -> None:
        if tp or fp or fn:
            self.rows.append((*self.group, measure, tp, fp, fn))

    def _count_sets(self, measure: str, gold: set[str], ours: set[str]) -> None:
        self._count(measure, len(gold & ours), len(ours - gold), len(gold - ours))

    def _count_right(self, measure: str, right: bool) -> None:
        self._count(measure, right, not right, 0)

    def _add_speakers(self, gold: Row, ours: Row) -> None:
        hits = pairs(gold.speakers, ours.speakers)
        relayed = pairs(gold.nested, ours.speakers) if len(ours.speakers) > len(gold.speakers) else 0
        extra = max(len(ours.speakers) - hits - relayed, 0)
        both = bool(gold.speakers and ours.speakers)
        match = both and hits == len(gold.speakers) and not extra
        self._count("detection", both, bool(ours.speakers) and not both, bool(gold.speakers) and not both)
        self._count("attribution", hits, extra, len(gold.speakers) - hits)
        if both:
            self._count_right("speaker accuracy", match)
            self._count_right("form accuracy", gold.form == ours.form)
        if (gold.speakers or ours.speakers) and not match:
            kind = "wrong" if both else "missed" if gold.speakers else "spurious"
            self._differ(kind, _said(gold), _said(ours))
        elif both and gold.form != ours.form:
            self._differ("form", _said(gold), _said(ours))

    def _add_identity(self, gold: Row, ours: Row, seen: list[tuple[set[str], set[str]]]) -> None:
        """Whether two sentences of an article that have one speaker on one side have one on the other."""
        if len(gold.ids) != 1 or not ours.ids:
            return
        pairs_here = [(ids == gold.ids, our_ids == ours.ids) for ids, our_ids in seen]
        tp = sum(same and same_ours for same, same_ours in pairs_here)
        fp = sum(same_ours and not same for same, same_ours in pairs_here)
        fn = sum(same and not same_ours for same, same_ours in pairs_here)
        self._count("identity", tp, fp, fn)
        seen.append((gold.ids, ours.ids))

    def _add_sets(self, measure: str, gold: set[str], ours: set[str]) -> None:
        self._count_sets(measure, gold, ours)
        if gold != ours:
            self._differ(measure, ", ".join(sorted(gold)), ", ".join(sorted(ours)))

    def _add_positions(self, gold: list[Held], left: list[Held]) -> None:
        for held in gold:
            hit = next((one for one in left if one.target == held.target and same_speaker(held.who, one.who)), None)
            exact = hit is not None and hit.stance == held.stance
            self._count("position target", hit is not None, 0, hit is None)
            self._count("position", exact, hit is not None and not exact, not exact)
            self._count(STANCE + held.stance, exact, 0, not exact)
            if hit is not None and not exact:
                self._count(STANCE + hit.stance, 0, 1, 0)
            if hit is not None:
                left.remove(hit)
                self._count_right("stance accuracy", exact)
            if not exact:
                self._differ("position", str(held), str(hit or ""))
        for one in left:
            self._count("position target", 0, 1, 0)
            self._count("position", 0, 1, 0)
            self._count(STANCE + one.stance, 0, 1, 0)
            self._differ("position", "", str(one))

    def _differ(self, kind: str, gold: str, ours: str) -> None:
        self.disagreements.append(Disagreement(kind, *self.where, gold or "none", ours or "none"))


def _said(row: Row) -> str:
    return f"{' | '.join(row.shown)} ({row.form})" if row.shown else ""
