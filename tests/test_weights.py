"""Fitted weights: what they say and what they refuse."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.errors import DataError
from analysis.lexicon.weights import Weights, load, load_model


def test_evidence_moves_the_probability() -> None:
    weights = Weights(0.0, {"cue": 2.0, "distance": -1.0})
    assert weights.probability({}) == 0.5
    assert weights.probability({"cue": 1}) > 0.85
    assert weights.probability({"cue": 1, "distance": 2}) == 0.5
    assert weights.probability({"unheard of": 1}) == 0.5
    assert weights.probability({"cue": 1e9}) <= 1


def test_each_table_of_a_file_is_a_model(tmp_path: Path) -> None:
    path = tmp_path / "weights.toml"
    path.write_text('[statement]\nbias = 1\n"rule verb" = 0.5\n[position]\nbias = -1.0\n', "utf-8")
    assert load(path) == {"statement": Weights(1.0, {"rule verb": 0.5}), "position": Weights(-1.0, {})}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[statement]\nverb = 1\n", "bias"),
        ("statement = 1\n", "statement"),
        ('[statement]\nbias = 0\nverb = "high"\n', "verb"),
        ("[statement]\nbias = nan\n", "bias"),
        ("[statement\n", "Restore"),
    ],
)
def test_a_broken_file_says_what_is_wrong(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "weights.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(DataError, match=says):
        load(path)


def test_a_model_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "weights.toml"
    with pytest.raises(DataError, match="Restore"):
        load_model(path, "statement")
    path.write_text("[position]\nbias = 0\n", "utf-8")
    with pytest.raises(DataError, match=r"no table \[statement\]"):
        load_model(path, "statement")
