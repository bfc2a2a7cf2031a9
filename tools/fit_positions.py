"""Fit the weights by which evidence becomes a position, on annotated articles.

Usage: python tools/fit_positions.py GOLD.jsonl…

Each line of a file is an article with `doc_id`, `text`, `published`, `speakers` (`name`, `country`) and `sentences`
(`start`, `stop`, `speaker`, `positions`). The statements are the annotated sentences that have a speaker, with the
topics that the program codes, so that the weights learn how far those are to be trusted. A file that is given twice
counts double, as those that best follow the guidelines should. Prints what cross-validation finds on articles of
outlets that were left out, and writes data/lexicon/position_weights.toml.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.config import DATA
from analysis.extract.candidates import CandidateReader
from analysis.extract.document import read_document
from analysis.extract.mentions import find_mentions
from analysis.extract.positions import MOST, SURE_ENOUGH
from analysis.extract.topics import TopicReader
from analysis.lexicon import Lexicon, load
from analysis.lexicon.weights import Weights
from tools.fit import write

NONE, FOR, AGAINST = 0, 1, 2
SIDES = {"": NONE, "for": FOR, "against": AGAINST, "mixed": FOR}
"""A mixed position is mostly support under a condition; rules tell it from plain support."""
STRENGTH = 0.1
"""Inverse strength of the L2 penalty, chosen by cross-validation."""
LEAST_ARTICLES = 5
"""Evidence seen in fewer articles is left out."""
FOLDS = 6
NOTE = """How much each piece of evidence counts for a side, beside taking none (log-odds). By tools/fit_positions.py.
A name that ends in + or - is evidence for, or against.
Not to be edited by hand."""


@dataclass(frozen=True, slots=True)
class Case:
    """A target that a speaker may have taken a side on: where, with which evidence, and the side annotated."""

    article: str
    outlet: str
    statement: int
    evidence: dict[str, float]
    stance: str


def cases(path: Path, lexicon: Lexicon) -> Iterator[tuple[list[Case], int]]:
    """For each article of a file its cases and the number of annotated positions."""
    for line in path.read_text("utf-8").splitlines():
        if line.strip():
            article = json.loads(line)
            yield article_cases(article, lexicon)


def article_cases(article: dict[str, Any], lexicon: Lexicon) -> tuple[list[Case], int]:
    """The cases of an article and the number of its annotated positions."""
    published = str(article.get("published") or "")
    document = read_document(
        article["text"], lexicon, date.fromisoformat(published[:10]) if len(published) > 9 else None
    )
    mentions = find_mentions(document)
    topics, reader = TopicReader(document, mentions), CandidateReader(document, mentions)
    countries = {speaker["name"]: speaker.get("country") or "" for speaker in article["speakers"]}
    outlet = str(article.get("source") or "")
    found, positions = [], 0
    for number, row in enumerate(article["sentences"]):
        names = [name.strip() for name in (row["speaker"] or "").split("|") if name.strip()]
        if not names:
            continue
        start, stop = row["start"], row["stop"]
        own = frozenset(countries.get(name, "") for name in names)
        coded = [topic.topic_id for topic in topics.code(start, stop)]
        reading = reader.read(start, stop, coded, own, row["speaker"])
        stances = {position["target"]: position["stance"] for position in row["positions"]}
        positions += len(stances)
        for candidate in reading.candidates:
            evidence = {**reading.shared[candidate.kind], **candidate.evidence}
            found.append(Case(article["doc_id"], outlet, number, evidence, stances.get(candidate.target, "")))
    return found, positions


def common(found: list[Case]) -> list[dict[str, float]]:
    """The evidence of each case without what hardly any article has."""
    articles: dict[str, set[str]] = {}
    for case in found:
        for name in case.evidence:
            articles.setdefault(name, set()).add(case.article)
    kept = {name for name, seen in articles.items() if len(seen) >= LEAST_ARTICLES}
    return [{name: amount for name, amount in case.evidence.items() if name in kept} for case in found]


def fit(evidence: list[dict[str, float]], sides: Any) -> tuple[DictVectorizer, LogisticRegression]:
    """A model of three outcomes."""
    vectorizer = DictVectorizer()
    return vectorizer, LogisticRegression(C=STRENGTH, max_iter=3000).fit(vectorizer.fit_transform(evidence), sides)


def validate(found: list[Case], evidence: list[dict[str, float]], sides: Any, positions: int) -> None:
    """Print F1 by threshold, and how far the probabilities are from what was right, on outlets left out in turn."""
    chances = np.zeros((len(found), 3))
    for known, new in GroupKFold(FOLDS).split(found, groups=[case.outlet for case in found]):
        vectorizer, model = fit([evidence[i] for i in known], sides[known])
        chances[new] = model.predict_proba(vectorizer.transform([evidence[i] for i in new]))
    for threshold in (0.2, 0.25, 0.3, 0.35, 0.4, 0.5):
        coded = right = 0
        for chosen in _chosen(found, chances, threshold):
            coded += len(chosen)
            right += sum(sides[i] == 1 + int(chances[i][AGAINST] > chances[i][FOR]) for i in chosen)
        mark = "  <- in use" if threshold == SURE_ENOUGH else ""
        print(
            f"threshold {threshold:.2f}: F1 {2 * right / (coded + positions):.3f}, precision {right / coded:.3f}{mark}"
        )
    print(f"calibration error {_calibration_error(chances, sides):.3f}")


def _chosen(found: list[Case], chances: Any, threshold: float) -> list[list[int]]:
    """The cases that would be coded, statement by statement."""
    by_statement: dict[tuple[str, int], list[int]] = {}
    for i, case in enumerate(found):
        if chances[i][FOR:].max() >= threshold:
            by_statement.setdefault((case.article, case.statement), []).append(i)
    return [sorted(group, key=lambda i: -chances[i][FOR:].max())[:MOST] for group in by_statement.values()]


def _calibration_error(chances: Any, sides: Any) -> float:
    """The expected calibration error of the coded positions, in ten bins."""
    best = chances[:, FOR:].argmax(axis=1) + FOR
    sure = chances[np.arange(len(best)), best]
    coded = sure >= SURE_ENOUGH
    bins = np.minimum((sure * 10).astype(int), 9)
    gaps = [
        abs(sure[at].mean() - (best[at] == sides[at]).mean()) * at.sum()
        for at in ((bins == number) & coded for number in range(10))
        if at.any()
    ]
    return float(sum(gaps) / coded.sum())


def weights(vectorizer: DictVectorizer, model: LogisticRegression) -> dict[str, Weights]:
    """The log-odds of either side beside none, as `analysis.lexicon.weights` reads them."""
    models = {}
    for name, side in (("for", FOR), ("against", AGAINST)):
        found = (model.coef_[side] - model.coef_[NONE]).round(3)
        bias = round(float(model.intercept_[side] - model.intercept_[NONE]), 3)
        features = {str(f): float(w) for f, w in zip(vectorizer.feature_names_, found, strict=True) if w}
        models[name] = Weights(bias, features)
    return models


def main() -> None:
    """Fit, print what cross-validation finds, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=DATA / "lexicon" / "position_weights.toml")
    arguments = parser.parse_args()
    lexicon = load()
    read = [article for path in arguments.gold for article in cases(path, lexicon)]
    found, positions = [case for part, _ in read for case in part], sum(count for _, count in read)
    evidence, sides = common(found), np.array([SIDES[case.stance] for case in found])
    kinds = len(set().union(*evidence))
    print(f"{len(read)} articles, {len(found)} cases, {positions} positions, {kinds} kinds of evidence")
    validate(found, evidence, sides, positions)
    write(arguments.out, weights(*fit(evidence, sides)), f"{NOTE}\nFitted on {len(read)} articles.")
    print(f"written: {arguments.out}")


if __name__ == "__main__":
    main()
