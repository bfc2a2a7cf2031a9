"""Agreement of coders against published worked examples and sums by hand."""

import numpy as np
import pandas as pd
import pytest

from analysis.measure import reliability
from analysis.store.coding import UNIT_COLUMNS


def units(field: str, **coders: list[str | None]) -> pd.DataFrame:
    """Values by coder, unit by unit; None is a missing value."""
    rows = [
        (field, coder, f"{number:02}", value)
        for coder, values in coders.items()
        for number, value in enumerate(values)
        if value is not None
    ]
    return pd.DataFrame(rows, columns=list(UNIT_COLUMNS))


def row(frame: pd.DataFrame, field: str) -> pd.Series:
    found = reliability.agreement(frame)
    return found[found["field"] == field].iloc[0]


def test_nominal_data_of_four_coders_with_missing_values_as_krippendorff_has_them():
    """Krippendorff (2011), section C: alpha = 0.743; the twelfth unit has one value and counts nowhere."""
    table = {
        "a": "1 2 3 3 2 1 4 1 2 . . .",
        "b": "1 2 3 3 2 2 4 1 2 5 . 3",
        "c": ". 3 3 3 2 3 4 2 2 5 1 .",
        "d": "1 2 3 3 2 4 4 1 2 5 1 .",
    }
    coders = {who: [None if value == "." else value for value in values.split()] for who, values in table.items()}
    found = row(units("statement", **coders), "statement")
    assert found["alpha"] == pytest.approx(0.743, abs=0.0005)
    assert found["n"] == 11 and found["verdict"] == "tentative"


def test_binary_data_of_two_coders_as_krippendorff_has_them():
    """Krippendorff (2011), section A. By hand: 14 noughts, 6 ones, 4 units differ; 1 - 19 * 4 / (14 * 6) = 0.095."""
    found = row(units("statement", meg=list("0100000010"), owen=list("1110010000")), "statement")
    assert found["alpha"] == pytest.approx(1 - 19 * 4 / (14 * 6)) == pytest.approx(0.095, abs=0.0005)
    assert found["same"] == 0.6 and found["pairs"] == 10 and found["verdict"] == "low"


def test_sets_are_apart_by_masi():
    """Values a a, ab a, b b: Do = (4/3) / 6 = 2/9; De = 2 (3·2·1 + 3·1·2/3 + 2·1·2/3) / 30 = 28/45; 1 - 10/28."""
    frame = units("topics", one=["a", "a|b", "b"], other=["a", "a", "b"])
    assert reliability.alpha(frame, "topics") == pytest.approx(1 - 10 / 28)


def test_none_is_a_code_and_two_who_give_none_agree():
    frame = units("topics", one=["-", "a", "-", "b", "c"], other=["-", "a", "-", "b", "c"])
    assert row(frame, "topics")["alpha"] == 1


@pytest.mark.parametrize("values", [["yes"] * 4, ["yes"] * 9])
def test_too_little_and_no_variation_are_said(values: list[str]):
    found = row(units("statement", one=values, other=values), "statement")
    assert np.isnan(found["alpha"])
    assert found["verdict"] == ("not_enough" if len(values) < reliability.ENOUGH else "no_variation")


def test_the_interval_is_alpha_over_redrawn_units():
    """Each draw counts units as often as they were drawn: the same as alpha over a frame that repeats them."""
    rng = np.random.default_rng(1)
    codes = ["a", "b", "a|b", "-"]
    one = [codes[place] for place in rng.integers(0, 4, 12)]
    other = [value if keep else codes[0] for value, keep in zip(one, rng.random(12) < 0.6, strict=True)]
    drawn = []
    for times in np.random.default_rng(reliability.SEED).multinomial(12, np.full(12, 1 / 12), size=40):
        places = [place for place, n in enumerate(times) for _ in range(n)]
        again = units("topics", one=[one[p] for p in places], other=[other[p] for p in places])
        drawn.append(reliability.alpha(again, "topics"))
    low, high = reliability.interval(units("topics", one=one, other=other), "topics", resamples=40)
    assert (low, high) == pytest.approx(tuple(np.percentile(drawn, reliability.INTERVAL)))


def test_what_is_confused_with_what():
    frame = units("topics", mina=["a", "a|b", "-"], machine=["b", "a", "c"])
    found = reliability.confusion(frame, "mina", "machine")
    assert found[["a", "b", "n"]].to_numpy().tolist() == [["-", "c", 1], ["a", "b", 1], ["b", "-", 1]]
    frame = units("statement", mina=["yes", "no", "no"], nader=["no", "yes", "no"])
    assert reliability.confusion(frame)[["a", "b", "n"]].to_numpy().tolist() == [["no", "yes", 2]]
