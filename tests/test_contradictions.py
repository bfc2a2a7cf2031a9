"""Contradiction candidates: what is one and what is none, with scores that a reader can work out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from scipy.stats import binom

from analysis.measure import contradictions
from analysis.measure.facts import Facts
from tests.stances import DAY, facts

FOR, AGAINST, MIXED = "for", "against", "mixed"


def both(
    *, days: int = 0, states: Sequence[tuple[str, ...]] = ((), ()), target: str = "topic:sanctions", **common
) -> Facts:
    """A speaker twice for and twice against a target, each side in an article of its own."""
    later = DAY + dt.timedelta(days=days)
    rows = [(0, DAY, FOR, "p0", target, states[0], ()), (1, later, AGAINST, "p0", target, states[1], ())]
    return facts([row for row in rows for _ in range(2)], **common)


def found(of: Facts) -> dict:
    rows = contradictions.candidates(of)
    return rows.iloc[0].to_dict() if len(rows) else {}


def test_the_score_by_hand() -> None:
    row = found(both(days=73, states=(("US", "RU"), ("US",))))
    slip = 1 - 0.9**4 - 4 * 0.1 * 0.9**3  # two or more slips among four sides
    assert row["slip"] == pytest.approx(slip) == pytest.approx(float(binom.sf(1, 4, 0.1)))
    assert (row["for"], row["against"], row["mixed"], row["days"]) == (2, 2, 0, 73)
    assert row["near"] == pytest.approx(1 / 1.2)  # 73 days are a fifth of a year
    assert row["alike"] == pytest.approx(2 / 3)  # both name the US, one Russia besides
    assert row["score"] == pytest.approx(0.9 * 0.9 / 1.2 * 2 / 3 * (1 - slip), rel=1e-6)
    assert not row["human"]


def test_one_statement_on_a_side_is_no_candidate() -> None:
    assert not found(facts([(0, DAY, FOR), (1, DAY, AGAINST), (2, DAY, AGAINST)]))
    assert found(facts([(0, DAY, FOR), (1, DAY, AGAINST), (2, DAY, AGAINST), (3, DAY, FOR)]))


def test_a_change_over_years_is_none() -> None:
    assert found(both(days=contradictions.FARTHEST))
    assert not found(both(days=contradictions.FARTHEST + 1))


def test_a_missing_date_stands_for_a_year() -> None:
    rows = [(number, None, side) for number, side in enumerate((FOR, FOR, AGAINST, AGAINST))]
    assert found(facts(rows))["near"] == 0.5
    assert found(facts([(0, *row[1:]) for row in rows]))["near"] == 1  # within one article


def test_sides_on_other_partners_are_none() -> None:
    assert not found(both(states=(("CN",), ("FR",)), target="topic:bilateral_ties"))
    assert found(both(states=(("CN",), ("CN", "FR")), target="topic:bilateral_ties"))
    assert found(both(states=(("CN",), ()), target="topic:bilateral_ties"))
    assert not found(
        both(states=(("IR", "CN"), ("IR", "FR")), target="topic:bilateral_ties")
    )  # one's own is no partner
    assert found(both(states=(("TR", "CN"), ("TR", "FR")), target="state:TR"))


@pytest.mark.parametrize("target", contradictions.BY_DOER)
def test_whose_force_is_meant_is_not_known(target: str) -> None:
    assert not found(both(target=target))


def test_conditions_are_on_no_side() -> None:
    assert not found(facts([(number, DAY, side) for number, side in enumerate((FOR, FOR, MIXED, MIXED))]))


def test_each_side_needs_a_plain_word() -> None:
    assert not found(both(rule="call, nearby"))
    assert not found(both(rule="wording"))


def test_few_of_many_are_slips_of_the_machine() -> None:
    many = [(number, DAY, AGAINST if number > 1 else FOR) for number in range(20)]
    assert not found(facts(many))
    people = found(facts(many, coder="مینا"))
    assert (people["human"], people["slip"], people["for"], people["against"]) == (True, 0, 2, 18)


@pytest.mark.parametrize(
    "change", [{"relayed": True}, {"confidence": 0.4}, {"form": "headline"}, {"copy": True}, {"kind": "anonymous"}]
)
def test_what_never_counts(change: dict) -> None:
    assert not found(both(**change))


def test_pairs_of_a_candidate_stand_in_the_order_of_their_scores() -> None:
    rows = [
        (0, DAY, FOR),
        (1, DAY + dt.timedelta(days=10), FOR),
        (2, DAY + dt.timedelta(days=40), AGAINST),
        (3, DAY, AGAINST),
    ]
    pairs = contradictions.pairs(facts(rows), "p0", "topic:sanctions")
    assert pairs["days"].tolist() == [0, 10, 30, 40]
    assert pairs["score"].is_monotonic_decreasing
    best = found(facts(rows))
    assert (best["statement_for"], best["statement_against"]) == (0, 3)
