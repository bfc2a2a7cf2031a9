"""How often codes were wrong where that was measured: on annotated articles that nobody saw while the program was made.

The figures lie in data/quality.toml, which tools/measure_quality.py writes; docs/quality.md says what they mean.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from analysis.config import DATA
from analysis.measure.facts import Facts

SETS = ("aside", "further", "unseen")
"""Articles of the collection that rules were made on; of other outlets and years; both together."""
TASKS = ("detection", "attribution", "identity", "countries", "topics", "position target", "position")
ACCURACIES = ("speaker accuracy", "form accuracy", "stance accuracy")
PARTS = ("task", "topic", "stance")
FEW = 30
"""Below so many cases a figure says too little to be shown as one."""
BINS = 10
BIN_COLUMNS = ("bin", "n", "share", "confidence", "right", "judged")
FILE = DATA / "quality.toml"
_COLUMNS = ("f1", "low", "high", "n", "p", "p_low", "p_high", "r", "r_low", "r_high", "shown")


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured.

    Attributes:
        day: when.
        articles: how many articles each of `SETS` has.
        figures: columns set, part (of `PARTS`), code, f1, low, high, n (annotated), p, p_low, p_high, r, r_low, r_high,
            shown (found by the program); NaN where there is none. An accuracy has its share right as f1.
        bins: by what confidences are of (`statements`, `positions`): columns low, high, n, confidence (mean), right.
        judged: how many were judged for them, and the expected calibration error, by the same.
    """

    day: dt.date
    articles: Mapping[str, int]
    figures: pd.DataFrame
    bins: Mapping[str, pd.DataFrame]
    judged: Mapping[str, Mapping[str, float]]

    def figure(self, code: str, *, name: str = "unseen", part: str = "task") -> dict[str, float]:
        """One row of `figures`; empty where it was not measured."""
        rows = self.figures
        found = rows[(rows["set"] == name) & (rows["part"] == part) & (rows["code"] == code)]
        return {} if found.empty else {key: float(found[key].iloc[0]) for key in _COLUMNS}


@cache
def load() -> Measured | None:
    """What was measured; None where there is no such file."""
    if not FILE.exists():
        return None
    given: dict[str, Any] = tomllib.loads(FILE.read_text("utf-8"))
    rows = [
        {"set": name, "part": part, "code": code, **{key: float(one.get(key, np.nan)) for key in _COLUMNS}}
        for name in SETS
        for part in PARTS
        for code, one in given[name].get(part, {}).items()
    ]
    calibration = given["calibration"]
    return Measured(
        given["measured"],
        {name: given[name]["articles"] for name in SETS},
        pd.DataFrame(rows),
        {name: pd.DataFrame(one["bins"]) for name, one in calibration.items()},
        {name: {key: value for key, value in one.items() if key != "bins"} for name, one in calibration.items()},
    )


def confidences(facts: Facts, of: str, measured: Measured | None) -> pd.DataFrame:
    """How many codes of the program in view have which confidence, beside how many of such were right when measured.

    Args:
        facts: what is in view.
        of: `statements` or `positions`.
        measured: what was measured; None leaves `right` empty.

    Returns:
        columns bin (0 to 9: confidence from bin / 10 on), n, share (of all), confidence (mean of those in view), right
        (measured, NaN where nothing was), judged (how many that rests on); a row for each of the bins that is
        not empty.
    """
    rows = getattr(facts, of)
    sure = rows["confidence"].to_numpy()[~rows["human"].to_numpy()].astype("float64")
    places = bin_of(sure)
    n = np.bincount(places, minlength=BINS)
    sums = np.bincount(places, weights=sure, minlength=BINS)
    known = pd.DataFrame({"low": [], "n": [], "right": []}) if measured is None else measured.bins[of]
    by_bin = known.assign(bin=(known["low"] * BINS).round().astype("int64")).set_index("bin")
    found = np.flatnonzero(n)
    return pd.DataFrame(
        {
            "bin": found,
            "n": n[found],
            "share": n[found] / max(len(sure), 1),
            "confidence": sums[found] / n[found],
            "right": by_bin["right"].reindex(found).to_numpy("float64"),
            "judged": by_bin["n"].reindex(found).fillna(0).to_numpy("int64"),
        }
    )


def bin_of(sure: np.ndarray) -> np.ndarray:
    """The bin of each confidence, 0 to 9."""
    # 0.7 as a narrow number lies a hair below 0.7: rounded first, it stays in the bin that it names.
    return np.minimum((np.round(sure.astype("float64"), 4) * BINS + 1e-9).astype("int64"), BINS - 1)


def expected(bins: pd.DataFrame) -> tuple[float, int]:
    """The share of codes in view that is right if those of each bin are right as often as measured.

    right = sum over bins of n x right / sum over bins of n, of the bins in which anything was judged.

    Returns:
        the share, NaN where nothing was measured; and how many codes it is of.
    """
    known = bins[bins["right"].notna()]
    n = int(known["n"].sum())
    return (float((known["n"] * known["right"]).sum() / n) if n else np.nan), n
