"""Whether a stance moved: against counting by hand, and against scipy."""

from __future__ import annotations

import datetime as dt
import math
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest, false_discovery_control, permutation_test

from analysis.measure import shifts
from tests.stances import DAY, facts

FOR, AGAINST, MIXED = "for", "against", "mixed"


def moves(*articles: tuple[str, ...], **options: bool) -> dict:
    """The move of one speaker towards one target: the stances of each article, a day apart."""
    rows = [(number, DAY + dt.timedelta(days=number), side) for number, sides in enumerate(articles) for side in sides]
    found = shifts.moves(facts(rows), **options)
    assert len(found) <= 1
    return found.iloc[0].to_dict() if len(found) else {}


def test_a_stance_that_turns_once_in_eight_articles() -> None:
    found = moves(*[(AGAINST,)] * 4, *[(FOR,)] * 4)
    assert (found["n_earlier"], found["n_later"], found["earlier"], found["later"]) == (4, 4, 0, 1)
    assert (found["verdict"], found["change"], found["cut"]) == ("shift", 1, str(DAY + dt.timedelta(days=4)))
    assert found["p"] == found["q"] <= 0.05


def test_all_orders_of_seven_articles_are_tried() -> None:
    # Three against, then four for: of the 35 ways to place the three, they stand first in one and last in another, and
    # no other way leaves two pure parts. p = 2 / 35.
    found = shifts.permuted(np.array([-4, -4, -4, 3, 3, 3, 3]) / 7, np.arange(7))
    assert found == (pytest.approx(2 / 35), False)  # 2 / 35 > 0.05: no order of so few is a surprise.
    assert moves(*[(AGAINST,)] * 3, *[(FOR,)] * 4)["verdict"] == "not_enough"


def test_the_best_cut_by_hand() -> None:
    # Values 0, 0, 1, 0, 1, 1; mean 1/2; off: -, -, +, -, +, + halves. Sums before the cuts after 2, 3 and 4 articles:
    # 1, 1/2, 1; squares in all 6/4, so that Z^2 = sum^2 * m (m - 1) / (k (m - k)) / 1.5 is 30/12 for k = 2 and 4.
    found = moves((AGAINST,), (AGAINST,), (FOR,), (AGAINST,), (FOR,), (FOR,))
    assert (found["n_earlier"], found["n_later"], found["earlier"], found["later"]) == (2, 4, 0, 0.75)


def test_a_stance_that_goes_up_and_down_is_noise() -> None:
    assert moves(*[(FOR,), (AGAINST,)] * 6)["verdict"] == "noise"


def test_one_side_throughout_is_steady() -> None:
    found = moves(*[(FOR,)] * 5)
    assert (found["verdict"], found["earlier"], found["change"], found["cut"]) == ("steady", 1, 0, "")
    assert math.isnan(found["p"])


def test_too_few_articles_say_so() -> None:
    assert moves((FOR,), (AGAINST,), (FOR,)) == {}
    assert moves((FOR,), (AGAINST,), (FOR,), thin=True)["verdict"] == "not_enough"


def test_articles_are_witnesses_however_much_they_hold() -> None:
    # Ten statements in one article on either side are one article on either side.
    assert moves((AGAINST,) * 10, (FOR,) * 10) == {}
    one, ten = (moves(*[(AGAINST,) * n] * 2, *[(FOR,) * n] * 2) for n in (1, 10))
    assert (one["low"], one["high"], one["verdict"]) == (ten["low"], ten["high"], ten["verdict"])


def test_no_cut_parts_a_day() -> None:
    rows = [(number, DAY + dt.timedelta(days=number // 5), FOR if number > 2 else AGAINST) for number in range(10)]
    found = shifts.moves(facts(rows)).iloc[0]
    assert (found["n_earlier"], found["n_later"], found["cut"]) == (5, 5, str(DAY + dt.timedelta(days=1)))


def test_undated_articles_cannot_shift() -> None:
    rows = [(number, None, FOR if number > 3 else AGAINST) for number in range(8)]
    assert shifts.moves(facts(rows)).empty


def test_what_never_counts() -> None:
    rows = [(number, DAY + dt.timedelta(days=number), FOR if number > 3 else AGAINST) for number in range(8)]
    assert len(shifts.moves(facts(rows)))
    for change in ({"relayed": True}, {"confidence": 0.4}, {"form": "headline"}, {"copy": True}, {"kind": "anonymous"}):
        assert shifts.moves(facts(rows, **change)).empty, change
    assert len(shifts.moves(facts(rows, confidence=0.4, coder="مینا")))  # A person's code counts.


def test_the_test_is_that_of_scipy() -> None:
    values = np.array([0, 0, 0.5, 0, 0, 1, 0.5, 1, 1, 1])
    off = values - values.mean()
    cuts = np.arange(2, 9)

    def best(order: np.ndarray, axis: int) -> np.ndarray:
        sums = np.abs(np.take(off, order.astype(int)).cumsum(axis=axis).take(cuts - 1, axis=axis))
        return (sums / np.sqrt(cuts * (10 - cuts))).max(axis=axis)

    theirs = permutation_test(
        (np.arange(10),), best, permutation_type="pairings", vectorized=True, n_resamples=4000, rng=1,
        alternative="greater",
    )  # fmt: skip
    mine, _ = shifts.permuted(off, np.arange(10))
    assert mine == pytest.approx(theirs.pvalue, abs=0.01)


def test_exact_p_by_counting() -> None:
    off = np.array([-1.5, -0.5, -0.5, 0.5, 0.5, 1.5])

    def best(row: tuple[float, ...]) -> float:
        return max(abs(sum(row[:k])) / math.sqrt(k * (6 - k)) for k in (2, 3, 4))

    every = [best(row) for row in permutations(off.tolist())]
    reached = sum(value >= best(tuple(off.tolist())) - 1e-9 for value in every)
    assert shifts.permuted(off, np.arange(6))[0] == pytest.approx(reached / 720)


def test_false_alarms_are_as_rare_as_they_should_be() -> None:
    drawn = np.random.default_rng(7)
    found = [shifts.permuted(drawn.normal(size=12), np.arange(12))[0] for _ in range(150)]
    assert np.mean(np.array(found) <= 0.05) <= 0.09  # 5 % and two standard errors


def test_intervals_of_wilson_and_newcombe() -> None:
    for k, n in ((0, 4), (3, 7), (9, 9)):
        theirs = binomtest(k, n).proportion_ci(method="wilson")
        assert np.allclose(shifts.wilson(np.array(k / n), np.array(n)), (theirs.low, theirs.high))
    # Newcombe (1998), table II, example (a): 56/70 and 48/80 differ by 0.2 with 0.0524 to 0.3339 by method 10.
    low, high = shifts.newcombe(np.array(48 / 80), np.array(80), np.array(56 / 70), np.array(70))
    assert (round(float(low), 4), round(float(high), 4)) == (0.0524, 0.3339)


def test_q_is_that_of_benjamini_and_hochberg_and_order_does_not_matter() -> None:
    drawn = np.random.default_rng(3)
    rows = [
        (100 * who + number, DAY + dt.timedelta(days=number), FOR if drawn.random() < 0.2 + 0.05 * number else AGAINST, f"p{who}")
        for who in range(4)
        for number in range(12)
    ]  # fmt: skip
    found = shifts.moves(facts(rows))
    tested = found.dropna(subset="p")
    assert np.allclose(tested["q"], false_discovery_control(tested["p"]))
    pd.testing.assert_frame_equal(found, shifts.moves(facts(rows[::-1])))
    for who in range(4):
        alone = shifts.moves(facts(rows), f"p{who}").iloc[0]
        assert alone["p"] == found.set_index("speaker").loc[f"p{who}", "p"]
