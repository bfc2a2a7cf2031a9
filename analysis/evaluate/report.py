"""What `evaluate` says: figures with intervals, by form, basis, outlet and year, reliability, disagreements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from analysis.evaluate.calibration import SURE, Calibration
from analysis.evaluate.compare import Disagreement, Result
from analysis.evaluate.figures import Figures, figures, too_few

BY = ("form", "basis", "source", "year")
"""What the figures can be split by: columns of `Result.counts`."""
IN_SLICES = ("detection", "attribution", "speaker accuracy", "topics", "position")
"""The measures that a line of a split shows."""
_TOO_FEW = "too few"
_WIDTH = 25
_NAME = 30


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything that was asked of an evaluation.

    Attributes:
        result: what was compared.
        figures: over all articles.
        by: the figures of parts of the sentences, by column of `Result.counts`, then by its value.
        gaps: how much higher the figures are than those of other articles; empty where none were given.
        calibration: reliability of the confidences, by what they are of; empty where it was not asked for.
        parts: precision and recall with intervals of their own, by kind (`PARTS`), then by task or code.
    """

    result: Result
    figures: Figures
    by: dict[str, dict[str, Figures]]
    gaps: Figures
    calibration: dict[str, Calibration]
    parts: dict[str, Figures] = field(default_factory=dict)

    def values(self) -> dict[str, Any]:
        """The figures as plain values, for JSON."""
        found: dict[str, Any] = {**self.figures}
        found |= {"by": self.by} if self.by else {}
        found |= {"gap": self.gaps} if self.gaps else {}
        found |= {"parts": self.parts} if self.parts else {}
        if self.calibration:
            found["calibration"] = {name: _plain(one) for name, one in self.calibration.items()}
        return found

    def text(self, *, errors: int = 0, kinds: Sequence[str] = ()) -> str:
        """All of it to read, and the first disagreements of each kind (of all kinds, unless some are named)."""
        lines = list(_figure_lines(self.figures))
        for column, groups in self.by.items():
            lines += _slice_lines(column, groups)
        lines += _gap_lines(self.gaps) if self.gaps else []
        for name, one in self.calibration.items():
            lines += calibration_lines(name, one)
        return "\n".join([*lines, *_disagreement_lines(self.result.disagreements, errors, kinds)])


def split(result: Result, by: Iterable[str], *, resamples: int) -> dict[str, dict[str, Figures]]:
    """The figures by column of `Result.counts` and its value; what is not known is left out."""
    found: dict[str, dict[str, Figures]] = {}
    for column in by:
        groups = result.counts.groupby(column, sort=True)
        found[column] = {
            str(value): figures(group, resamples=resamples) for value, group in groups if value not in ("", "none")
        }
    return found


def _gap_lines(gaps: Figures) -> Iterator[str]:
    """How much higher the figures of the first articles are than those of the others."""
    yield f"\n{'gap':<18}{'difference':>11}  {'95 % of resamples':<18}{'n':>7}"
    for name, value in gaps.items():
        if too_few(name, value):
            yield f"{name:<18}{_TOO_FEW:>11}{'':<20}{value['n']:>7}"
            continue
        clear = "" if value["low"] <= 0 <= value["high"] else "  clear"
        interval = f"{value['low']:+.3f} to {value['high']:+.3f}"
        yield f"{name:<18}{value['f1']:>+11.3f}  {interval:<18}{value['n']:>7}{clear}"


def calibration_lines(title: str, found: Calibration) -> Iterator[str]:
    """The reliability of confidences, bin by bin, and the expected calibration error."""
    yield f"\n{title}: {found.n} judged, {found.right:.1%} right"
    yield f"{'confidence':<14}{'n':>6}{'mean':>8}{'right':>8}"
    for row in found.bins[found.bins["n"] > 0].itertuples():
        yield f"{row.low:.1f} to {row.high:.1f}{'':<4}{row.n:>6}{row.confidence:>8.3f}{row.right:>8.3f}"
    yield f"expected calibration error {found.error:.3f} (95 % of resamples {found.low:.3f} to {found.high:.3f})"
    yield f"confidence of {SURE:.0%} or more: {found.sure[0]:.0%} of them, {found.sure[1]:.1%} right"


def _plain(found: Calibration) -> dict[str, Any]:
    """The reliability as plain values; bins that hold nothing are left out."""
    bins = found.bins[found.bins["n"] > 0].round(4).to_dict("records")
    values = {"n": found.n, "right": found.right, "error": found.error, "low": found.low, "high": found.high}
    sure = {"least": SURE, "share": round(found.sure[0], 4), "right": round(found.sure[1], 4)}
    return {name: round(value, 4) for name, value in values.items()} | {"sure": sure, "bins": bins}


def _figure_lines(found: Figures) -> Iterator[str]:
    intervals = any("low" in value for value in found.values())
    yield f"{'measure':<18}{'P':>8}{'R':>8}{'F1/acc':>8}{'n':>7}" + ("  95 % of resamples" if intervals else "")
    nothing = float("nan")
    for name, value in found.items():
        p, r = value.get("p", nothing), value.get("r", nothing)
        line = f"{name:<18}{p:>8.3f}{r:>8.3f}{value['f1']:>8.3f}{value['n']:>7}"
        if intervals:
            line += f"  {_TOO_FEW}" if too_few(name, value) else f"  {value['low']:.3f} to {value['high']:.3f}"
        yield line


def _slice_lines(column: str, groups: dict[str, Figures]) -> Iterator[str]:
    """A line for each part: F1 or accuracy, its interval and n; parts that hold too little are only named.

    What is missed has no basis, so by basis only sentences that were found are counted.
    """
    thin = [value for value, found in groups.items() if all(too_few(name, found[name]) for name in IN_SLICES)]
    yield f"\n{f'by {column}':<{_NAME}}{'articles':>9}  " + "".join(f"{name:<{_WIDTH}}" for name in IN_SLICES).rstrip()
    for value, found in groups.items():
        if value not in thin:
            cells = "".join(f"{_cell(name, found[name]):<{_WIDTH}}" for name in IN_SLICES)
            yield f"{value:<{_NAME}}{found['detection'].get('articles', ''):>9}  {cells}".rstrip()
    if thin:
        yield f"{_TOO_FEW}: " + ", ".join(f"{value} ({groups[value]['attribution']['n']})" for value in thin)


def _cell(name: str, value: dict[str, Any]) -> str:
    if too_few(name, value):
        return f"{_TOO_FEW} ({value['n']})"
    interval = f" {value['low']:.2f}–{value['high']:.2f}" if "low" in value else ""
    return f"{value['f1']:.3f}{interval} ({value['n']})"


def _disagreement_lines(disagreements: list[Disagreement], most: int, kinds: Sequence[str]) -> Iterator[str]:
    chosen = [one for one in disagreements if one.kind in kinds] if kinds else disagreements
    by_kind = sorted(chosen, key=lambda one: one.kind)  # Stable: the order of the articles stays.
    for kind, group in groupby(by_kind, key=lambda one: one.kind) if most else ():
        found = list(group)
        yield f"\n{kind} ({len(found)})"
        for one in found[:most]:
            yield f"  {one.article_id}[{one.sentence}] {one.text}"
            yield f"      gold: {one.gold}"
            yield f"      ours: {one.ours}"
