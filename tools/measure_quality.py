"""Measure how well annotated articles are read that nobody saw while the program was made; write data/quality.toml.

Usage: python tools/measure_quality.py --aside GOLD.jsonl… --further GOLD.jsonl… [--more GOLD.jsonl…] [--out FILE]

  aside    articles of the collection that rules were made on, set aside before
  further  articles of other outlets and years
  more     articles that no weights were fitted on; they count for the calibration alone, beside the others

The figures are those of `python -m analysis evaluate GOLD.jsonl… --calibration --json`. The page on quality, the README
of a snapshot and docs/quality.md tell them; run it again whenever the rules or the weights change.
"""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from analysis.config import DATA, TIME_ZONE
from analysis.evaluate import RESAMPLES, answer
from analysis.evaluate.figures import ACCURACIES, FEW, MACRO

NOTE = """\
# How well Mavaze reads articles that nobody saw while it was made. Written by tools/measure_quality.py, not to be
# edited; docs/quality.md says what is measured. The annotators were language models.
# p, r, f1: precision, recall, their harmonic mean (of an accuracy, f1 is the share right); n: annotated, shown: found
# by the program; low and high: 95 % intervals from redrawn articles. aside, further: the two sets; unseen: both.
"""
KEYS = ("f1", "low", "high", "n", "p", "p_low", "p_high", "r", "r_low", "r_high", "shown")


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("aside", "further", "more"):
        parser.add_argument(
            f"--{name}", nargs="+", type=Path, default=[], metavar="GOLD.jsonl", required=name != "more"
        )
    parser.add_argument("--resamples", type=int, default=RESAMPLES)
    parser.add_argument("--out", type=Path, default=DATA / "quality.toml")
    options = parser.parse_args()
    sets = {"aside": options.aside, "further": options.further, "unseen": [*options.aside, *options.further]}
    text = NOTE + f"measured = {datetime.now(TIME_ZONE).date()}\n"
    for name, paths in sets.items():
        found = answer(paths, resamples=options.resamples)
        text += f"\n{name}.articles = {found.result.articles}\n" + _set(name, found.values())
    judged = answer([*sets["unseen"], *options.more], calibration=True, resamples=options.resamples)
    for name, one in zip(("statements", "positions"), judged.values()["calibration"].values(), strict=True):
        text += f"\n[calibration.{name}]\n" + _lines(one, ("n", "right", "error", "low", "high"))
        text += f"articles = {judged.result.articles}\n"
        for row in one["bins"]:
            text += f"\n[[calibration.{name}.bins]]\n" + _lines(row, ("low", "high", "n", "confidence", "right"))
    options.out.write_text(text, "utf-8")
    print(f"{options.out}: written")


def _set(name: str, found: dict[str, Any]) -> str:
    text = ""
    for kind, figures in found["parts"].items():
        for code, one in figures.items():
            # Of what was not annotated in a set, precision would be of nothing.
            if one["n"] and (kind != "task" or one["n"] >= FEW) and not _partly(name, code):
                text += _figure(name, kind, code, one)
    for code in (*ACCURACIES, MACRO):
        text += _figure(name, "task", code, found[code])
    return text


def _figure(name: str, kind: str, code: str, values: dict[str, Any]) -> str:
    """One figure on a line of its own."""
    told = ", ".join(f"{key} = {values[key]}" for key in KEYS if key in values)
    return f'{name}.{kind}."{code}" = {{ {told} }}\n'


def _partly(name: str, task: str) -> bool:
    """Countries are annotated in the articles set aside alone."""
    return task == "countries" and name != "aside"


def _lines(values: dict[str, Any], keys: tuple[str, ...]) -> str:
    return "".join(f"{key} = {values[key]}\n" for key in keys if key in values)


if __name__ == "__main__":
    main()
