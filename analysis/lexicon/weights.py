"""Fitted weights: how far each piece of evidence makes something likely."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import DataError

BIAS = "bias"


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model: the log-odds are the bias plus the weighted sum of the features.

    Attributes:
        bias: the log-odds where there is no evidence.
        features: the weight of each feature; others count nothing.
    """

    bias: float
    features: dict[str, float]

    def odds(self, evidence: Mapping[str, float]) -> float:
        """The log-odds, given how much there is of each feature; 1 for one that is merely there."""
        odds, weight = self.bias, self.features.get
        for name, amount in evidence.items():  # a loop: a generator would take twice the time, and this is called often
            odds += weight(name, 0.0) * amount
        return odds

    def probability(self, evidence: Mapping[str, float]) -> float:
        """The probability that belongs to the log-odds."""
        return 1 / (1 + math.exp(-max(min(self.odds(evidence), 30.0), -30.0)))


def load(path: Path) -> dict[str, Weights]:
    """The models of a TOML file, by the name of their table; each has a line `bias` and one for each feature.

    Raises:
        DataError: where the file is no TOML, or a weight is no number.
    """
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(
            path, 0, f"the weights cannot be read ({error})", "Restore the file, or fit it again"
        ) from error
    models = {}
    for name, table in tables.items():
        if not isinstance(table, dict) or BIAS not in table:
            raise DataError(path, 0, f"`{name}` is no model", f"Make it a table with a line `{BIAS} = …`")
        for feature, weight in table.items():
            if isinstance(weight, bool) or not isinstance(weight, int | float) or not math.isfinite(weight):
                raise DataError(path, 0, f"`{feature}` of [{name}] is {weight!r}", "Write a finite number")
        models[name] = Weights(float(table[BIAS]), {k: float(v) for k, v in table.items() if k != BIAS})
    return models


def load_model(path: Path, name: str) -> Weights:
    """The model of one table of a TOML file.

    Raises:
        DataError: as `load` says, and where the file has no such table.
    """
    models = load(path)
    if name not in models:
        raise DataError(path, 0, f"there is no table [{name}]", "Restore the file, or fit it again")
    return models[name]
