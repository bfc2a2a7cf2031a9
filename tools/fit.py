"""Fit logistic weights and write them as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from analysis.lexicon.weights import BIAS, Weights


def fit(
    evidence: Sequence[Mapping[str, float]],
    right: Sequence[bool],
    *,
    strength: float = 1.0,
    counts: Sequence[float] | None = None,
) -> Weights:
    """The weights that make the outcomes most likely, held small (an L2 penalty of inverse `strength`).

    Args:
        evidence: the features of each case.
        right: its outcome.
        strength: how far weights may grow.
        counts: how much each case counts; all the same where None.
    """
    vectorizer = DictVectorizer(sparse=True)
    features = vectorizer.fit_transform(evidence)
    model = LogisticRegression(C=strength, max_iter=2000).fit(features, right, sample_weight=counts)
    found = {
        str(name): round(float(weight), 3)
        for name, weight in zip(vectorizer.feature_names_, model.coef_[0], strict=True)
    }
    return Weights(round(float(model.intercept_[0]), 3), {name: weight for name, weight in found.items() if weight})


def write(path: Path, models: Mapping[str, Weights], note: str) -> None:
    """Write models as the TOML file that `analysis.lexicon.weights.load` reads, `note` as its opening comment."""
    lines = [f"# {line}".rstrip() for line in note.splitlines()]
    for name, weights in models.items():
        lines += ["", f"[{name}]", f"{BIAS} = {weights.bias}"]
        lines += [f'"{feature}" = {weight}' for feature, weight in sorted(weights.features.items())]
    path.write_text("\n".join(lines) + "\n", "utf-8")
