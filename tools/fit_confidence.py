"""Fit data/lexicon/confidence.toml: how sure a statement and its speaker are.

Usage: python tools/fit_confidence.py GOLD.jsonl… [--check OTHER.jsonl…] [--out FILE] [--dry]

Fits on the annotated articles that are given, each file counting the same however many articles it holds. Says how
well the confidence holds on articles that were left out of the fit (ten parts, whole articles), and on those of
--check, which are only looked at. Fit again whenever the rules that find statements have changed.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from analysis.config import DATA, TIME_ZONE
from analysis.evaluate import prepare
from analysis.evaluate.calibration import calibrate, judge
from analysis.evaluate.report import calibration_lines
from analysis.extract.actors import short_hash
from analysis.extract.confidence import Evidence, evidence
from analysis.extract.document import read_document
from analysis.extract.pipeline import read_statements
from analysis.lexicon import Lexicon, load
from analysis.lexicon.weights import Weights
from analysis.schema import Tables
from tools.fit import fit, write

PARTS = 10
STRENGTHS = (0.03, 0.1, 0.3, 1.0)
NOTE = """\
How sure a statement and its speaker are: the log-odds are the bias plus the sum of what holds (lengths and distances
are logarithms; analysis/extract/confidence.py says what each line means). Fitted, not to be edited:
python tools/fit_confidence.py GOLD.jsonl…
{n} statements of {articles} annotated articles, {right:.0%} of them right; L2 penalty 1/{strength}; {day}."""


@dataclass(frozen=True, slots=True)
class Example:
    """The evidence for one statement of an article, whether it is right, and how much it counts in the fit."""

    article_id: str
    found: Evidence
    right: bool
    count: float


def main() -> None:
    """Fit, report and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path, metavar="GOLD.jsonl")
    parser.add_argument("--check", nargs="+", type=Path, default=[], metavar="OTHER.jsonl")
    parser.add_argument("--out", type=Path, default=DATA / "lexicon" / "confidence.toml")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    options = parser.parse_args()
    lexicon = load()
    examples = read_files(options.gold, lexicon)
    strength = min(STRENGTHS, key=lambda each: loss(left_out(examples, each)))
    _say("left out of the fit in turn", left_out(examples, strength))
    weights = fit_examples(examples, strength)
    if options.check:
        _say("only looked at", rated(read_files(options.check, lexicon), weights))
    if not options.dry:
        articles = len({one.article_id for one in examples})
        right = sum(one.right for one in examples) / len(examples)
        note = NOTE.format(n=len(examples), articles=articles, right=right, strength=strength, day=date.today())
        write(options.out, {"statement": weights}, note)
        print(f"{len(weights.features)} weights written to {options.out}")


def read_files(paths: list[Path], lexicon: Lexicon) -> list[Example]:
    """The examples of several files; together those of a file count as much as those of any other."""
    files = [read_examples(path, lexicon) for path in paths]
    mean = sum(map(len, files)) / len(files)
    return [replace(one, count=mean / len(examples)) for examples in files for one in examples]


def read_examples(path: Path, lexicon: Lexicon) -> list[Example]:
    """The evidence for each statement of the annotated articles of a file, and whether people say the same."""
    gold, tables = prepare([path], lexicon=lexicon)
    right = judge(tables, gold).statements.set_index("statement_id")["right"]
    return [
        Example(article_id, found, bool(right[key]), 1.0)
        for article_id, key, found in _evidence(tables, lexicon)
        if key in right.index
    ]


def _evidence(tables: Tables, lexicon: Lexicon) -> list[tuple[str, str, Evidence]]:
    rows = []
    for one in tables.articles.itertuples():
        day = None if pd.isna(one.published) else one.published.tz_convert(TIME_ZONE).date()
        document = read_document(one.text, lexicon, day)
        statements = read_statements(document, one.article_id)
        keys = [short_hash(one.article_id, s.start, s.stop) for s in statements]
        rows += [(one.article_id, *pair) for pair in zip(keys, evidence(document, statements), strict=True)]
    return rows


def fit_examples(examples: list[Example], strength: float) -> Weights:
    """The weights that fit these examples."""
    return fit(
        [one.found for one in examples],
        [one.right for one in examples],
        strength=strength,
        counts=[one.count for one in examples],
    )


def rated(examples: list[Example], weights: Weights) -> pd.DataFrame:
    """Examples with the confidence that weights give them, as `calibrate` takes them."""
    rows = [(one.article_id, "", weights.probability(one.found), one.right) for one in examples]
    return pd.DataFrame(rows, columns=["article_id", "statement_id", "confidence", "right"])


def left_out(examples: list[Example], strength: float) -> pd.DataFrame:
    """Each example rated by weights that were fitted without its article."""
    part = {article: i % PARTS for i, article in enumerate(dict.fromkeys(one.article_id for one in examples))}
    frames = []
    for number in range(PARTS):
        inside = [one for one in examples if part[one.article_id] != number]
        outside = [one for one in examples if part[one.article_id] == number]
        if outside:
            frames.append(rated(outside, fit_examples(inside, strength)))
    return pd.concat(frames, ignore_index=True)


def loss(judged: pd.DataFrame) -> float:
    """The mean squared distance of the confidence from what was right (Brier)."""
    return float(((judged["confidence"] - judged["right"]) ** 2).mean())


def _say(title: str, judged: pd.DataFrame) -> None:
    print(*calibration_lines(f"statements, {title}", calibrate(judged, resamples=1000)), sep="\n")
    print(f"mean squared distance {loss(judged):.4f}\n")


if __name__ == "__main__":
    main()
