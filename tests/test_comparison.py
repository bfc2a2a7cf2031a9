"""Comparing: against counting by hand, and against published examples of its formulas."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from analysis.measure import comparison, sides, spans, standing, tone
from analysis.measure.facts import NO_DAY, Facts
from analysis.measure.intervals import newcombe, newcombe_p, wilson
from analysis.measure.proposals import proposals
from analysis.schema import ENTITY_KINDS, OFFICES, ROLES, STANCES

DAY = 19_800  # 18 March 2024, 28 Esfand 1402.
Said = tuple[int, str, str, str, str]
"""Article, speaker (joint ones by +), topic, position as TARGET=STANCE, and whom it names; "" for none."""
STATES = {"mina": "IR", "kaveh": "IR", "john": "US"}
FM = "foreign_minister"


def facts(said: list[Said], roles: dict[str, str] | None = None, days: dict[int, int] | None = None) -> Facts:
    """Facts of statements of invented speakers; article n is of the day `DAY` + n unless `days` says otherwise."""
    articles = max(article for article, *_ in said) + 1
    day = np.array([(days or {}).get(number, DAY + number) for number in range(articles)], dtype="int32")
    owner = np.array([article for article, *_ in said], dtype="int32")
    who = [(number, name) for number, row in enumerate(said) for name in row[1].split("+")]
    held = [(number, row[1].split("+")[0], *row[3].split("=")) for number, row in enumerate(said) if row[3]]
    named = [(number, *row[4].split(":")) for number, row in enumerate(said) if row[4]]
    about = [(number, row[2]) for number, row in enumerate(said) if row[2]]
    people = sorted({name for _, name in who} | {"nobody"})
    category = pd.Categorical

    def of(rows: list, place: int) -> list:
        return [row[place] for row in rows]

    return Facts(
        {
            "articles": pd.DataFrame({"day": day, "source": category(["agency"] * articles)}),
            "statements": pd.DataFrame({"article": owner, "day": day[owner]}),
            "attributions": pd.DataFrame(
                {
                    "statement": np.array(of(who, 0), dtype="int32"),
                    "speaker": category(of(who, 1), categories=people),
                    "relayed": False,
                    "role": category([(roles or {}).get(name, FM) for name in of(who, 1)], categories=ROLES),
                    "country": category([STATES.get(name, "") for name in of(who, 1)]),
                }
            ),
            "positions": pd.DataFrame(
                {
                    "statement": np.array(of(held, 0), dtype="int32"),
                    "speaker": category(of(held, 1), categories=people),
                    "target": category(of(held, 2)),
                    "stance": category(of(held, 3), categories=STANCES),
                }
            ),
            "topics": pd.DataFrame(
                {"statement": np.array(of(about, 0), dtype="int32"), "topic": category(of(about, 1))}
            ),
            "mentions": pd.DataFrame(
                {
                    "statement": np.array(of(named, 0), dtype="int32"),
                    "kind": category(of(named, 1), categories=ENTITY_KINDS),
                    "entity": category(of(named, 2)),
                }
            ),
            "speakers": pd.DataFrame({"kind": ["person"] * len(people)}, index=people),
        }
    )


@pytest.mark.parametrize(
    ("n", "of", "low", "high"), [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611)]
)
def test_wilsons_interval_is_that_of_newcombes_paper(n: int, of: int, low: float, high: float) -> None:
    """Table I of Newcombe (1998), "Two-sided confidence intervals for the single proportion", method 3."""
    assert wilson(np.array([n / of]), np.array([of])) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
    ],
)
def test_newcombes_interval_is_that_of_his_paper(one: tuple, other: tuple, low: float, high: float) -> None:
    """Table II of Newcombe (1998), method 10."""
    given = [np.array([float(value)]) for n, of in (one, other) for value in (n / of, of)]
    assert newcombe(*given) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))
    assert (newcombe_p(*given)[0] < 0.05) == (low > 0)


def test_p_is_where_the_interval_reaches_nought() -> None:
    given = [np.array([value]) for value in (0.8, 70.0, 0.6, 80.0)]
    p = newcombe_p(*given)[0]
    z = next(value / 100 for value in range(900) if newcombe(*given, value / 100)[0] <= 0)
    assert p == pytest.approx(math.erfc(z / math.sqrt(2)), rel=0.05)
    assert newcombe_p(given[2], given[3], given[0], given[1])[0] == pytest.approx(p)
    assert newcombe_p(given[0], given[1], given[0], given[1])[0] == pytest.approx(1)


ALONE: list[Said] = [
    *[(n, "mina", "gas" if n < 12 else "oil", "", "") for n in range(20)],
    *[(n + 20, "john", "gas" if n < 8 else "oil", "", "") for n in range(40)],
]
"""Articles of one statement each: gas in 12 of Mina's 20 and in 8 of John's 40."""


def test_where_two_differ_by_hand() -> None:
    given = facts(ALONE)
    both = sides.of(given, "speaker", ["john", "mina"])
    counted, names = comparison.clustered(given, both, "topic")
    gas = comparison.differences(both, counted, names, "topic").set_index("topic").loc["gas"]
    assert gas[["more", "less"]].tolist() == ["speaker:mina", "speaker:john"]
    assert gas[["n", "of", "n_less", "of_less", "articles"]].tolist() == [12, 20, 8, 40, 20]
    # 20 of 60 in all, so that of the prior's 10 statements these are on gas:
    prior = 10 * 20.5 / 61
    design = (20 * 0.6 * 0.4 * 20 / 19 + 40 * 0.2 * 0.8 * 40 / 39) / (20 * 0.6 * 0.4 + 40 * 0.2 * 0.8)
    mina = (12 / design + prior, 8 / design + 10 - prior)
    john = (8 / design + prior, 32 / design + 10 - prior)
    assert gas["ratio"] == pytest.approx(mina[0] / mina[1] / (john[0] / john[1]))
    error = math.sqrt(sum(1 / value for value in mina + john))
    assert gas["z"] == pytest.approx(math.log(gas["ratio"]) / error)
    assert gas["low"] == pytest.approx(math.exp(math.log(gas["ratio"]) - 1.959964 * error))
    assert gas["verdict"] == "differs" and gas["q"] == pytest.approx(math.erfc(gas["z"] / math.sqrt(2)))


def test_shares_have_the_interval_of_as_many_independent_statements() -> None:
    # One article of five statements on gas, and one of five on oil: they weigh no more than two.
    given = facts([(n // 5, "mina", "gas" if n < 5 else "oil", "", "") for n in range(10)])
    mina = sides.of(given, "speaker", ["mina"])
    found = comparison.shares(mina, *comparison.clustered(given, mina, "topic"), "topic")
    # Between articles: ((5 - 2.5)² + (0 - 2.5)²) · 2 / 1 = 25; of ten independent ones: 10 · ½ · ½ = 2.5.
    assert found["share"].tolist() == [0.5, 0.5]
    low, high = wilson(np.array([0.5]), np.array([10 / 10]))
    assert found.loc[0, ["low", "high"]].tolist() == [pytest.approx(low[0]), pytest.approx(high[0])]


def test_too_little_is_not_tested() -> None:
    given = facts([(n, "mina" if n % 2 else "john", "gas", "", "") for n in range(8)])
    both = sides.of(given, "speaker", ["mina", "john"])
    found = comparison.differences(both, *comparison.clustered(given, both, "topic"), "topic")
    assert found["verdict"].tolist() == ["thin"] and found["ratio"].isna().all()


def test_chance_is_seldom_called_a_difference() -> None:
    rng = np.random.default_rng(7)
    false = 0
    for _ in range(4):
        said = [
            (int(article), who, f"t{topic}", "", "")
            for who, first in (("mina", 0), ("john", 60))
            for article in range(first, first + 60)
            for topic in np.where(rng.random(4) < 0.6, rng.integers(20), rng.integers(20, size=4))
        ]
        given = facts(said)
        both = sides.of(given, "speaker", ["mina", "john"])
        found = comparison.differences(both, *comparison.clustered(given, both, "topic"), "topic")
        false += int((found["verdict"] == "differs").sum())
    assert false <= 2  # of 80


def test_scores_that_lie_apart_by_hand() -> None:
    said: list[Said] = [(n, "mina", "", "topic:gas=for", "") for n in range(5)]
    said += [(n + 5, "john", "", f"topic:gas={'mixed' if n == 0 else 'against'}", "") for n in range(5)]
    given = facts(said)
    both = sides.of(given, "speaker", ["mina", "john"])
    rows = standing.held(given, both)
    counts = standing.stances(both, rows)
    assert counts[["for", "mixed", "against", "n", "score"]].to_numpy().tolist() == [[5, 0, 0, 5, 1], [0, 1, 4, 5, 0.1]]
    assert counts["label"].tolist() == ["consistently_for", "almost_always_against"]
    gap = standing.differences(both, rows).iloc[0]
    # Mina's positions do not vary. John's: ½ - 0.1 once, -0.1 four times; 0.2 · 5 / 4 between articles, less than
    # 5 · 0.1 · 0.9 by chance, so that nothing is taken off.
    assert gap["design"] == 1 and gap["difference"] == pytest.approx(0.9)
    (low_1, _), (_, high_2) = (wilson(np.array([score]), np.array([5.0])) for score in (1.0, 0.1))
    assert gap["low"] == pytest.approx(0.9 - math.hypot(1 - low_1[0], high_2[0] - 0.1))
    assert gap["verdict"] == "differs" and gap["q"] == gap["p"] < 0.05


@pytest.mark.parametrize("said", [[(n, "mina", "", "topic:gas=for", "") for n in range(4)], []])
def test_few_positions_are_not_compared(said: list[Said]) -> None:
    given = facts([*said, *((n + 9, "john", "", "topic:gas=against", "") for n in range(6))])
    both = sides.of(given, "speaker", ["mina", "john"])
    assert set(standing.differences(both, standing.held(given, both))["verdict"]) <= {"thin"}


def test_tone_is_counted_in_each_direction() -> None:
    said: list[Said] = [
        *[(n, "mina", "", "state:US=against", "person:john") for n in range(5)],
        (5, "john", "", "state:IR=for", ""),
        (6, "john", "", "state:IR=mixed", "person:kaveh"),
        (7, "kaveh", "", "state:IR=for", "person:mina"),
    ]
    given = facts(said)
    three = sides.of(given, "speaker", ["mina", "john", "kaveh"])
    found = tone.towards(given, three).set_index(["side", "spoken_of"])

    def counted(side: str, other: str) -> list:
        columns = ["named", "for", "mixed", "against", "n", "label"]
        return found.loc[(f"speaker:{side}", f"speaker:{other}"), columns].tolist()

    assert counted("mina", "john") == [5, 0, 0, 5, 5, "consistently_against"]
    assert counted("john", "mina") == [0, 1, 1, 0, 2, "not_enough"]
    assert counted("john", "kaveh") == [1, 1, 1, 0, 2, "not_enough"]
    # Both speak for Iran: what Kaveh says of Iran says nothing of Mina; that he names her does.
    assert counted("kaveh", "mina") == [1, 0, 0, 0, 0, "not_enough"]
    assert tone.evidence(given, three, "speaker:john", "speaker:kaveh").tolist() == [5, 6]
    assert tone.evidence(given, three, "speaker:john", "speaker:john").tolist() == []


def test_states_that_are_named_are_compared_by_who_speaks_of_them() -> None:
    said: list[Said] = [
        (0, "mina", "", "state:US=against", "country:US"),
        (1, "john", "", "state:US=for", "country:US"),
        (2, "john", "", "state:IR=against", "country:IR"),
    ]
    given = facts(said)
    both = sides.of(given, "named", ["US", "IR"])
    found = standing.stances(both, standing.held(given, both))
    assert found[["target", "side", "n", "score"]].to_numpy().tolist() == [
        ["from:*", "named:US", 2, 0.5],
        ["from:*", "named:IR", 1, 0.0],
        ["from:US", "named:US", 1, 1.0],
        ["from:US", "named:IR", 1, 0.0],
        ["from:IR", "named:US", 1, 0.0],
    ]


def test_holders_of_an_office_stand_in_the_order_of_their_terms() -> None:
    said: list[Said] = [(n, name, "", "", "") for n, name in enumerate(("mina", "kaveh", "mina", "john"))]
    given = facts(said, days={3: NO_DAY})
    columns = ["speaker_id", "role", "country", "from", "to"]
    terms = OFFICES.frame(
        pd.DataFrame([["kaveh", FM, "IR", "2013-08", "2021"], ["mina", "envoy", "IR", "1999", ""]], columns=columns)
    )
    found = sides.holders(given, FM, "IR", terms)
    assert found[["speaker", "n", "from", "to"]].to_numpy().tolist() == [
        ["kaveh", 1, "2013-08", "2021"],
        ["mina", 2, "", ""],
    ]
    assert found["first"].tolist() == ["2024-03-19", "2024-03-18"]
    assert sides.holders(given, FM, "IR", OFFICES.frame())["speaker"].tolist() == ["mina", "kaveh"]
    assert sides.holders(given, "envoy", "IR", terms).empty
    assert sides.offices(given).to_numpy().tolist() == [[FM, "IR", 3], [FM, "US", 1]]


def test_only_what_was_said_in_the_office_counts() -> None:
    given = facts([(0, "mina", "", "state:US=for", ""), (1, "kaveh", "", "", "")], roles={"mina": "envoy"})
    mina, kaveh = sides.of(given, "office", ["mina", "kaveh"], (FM, "IR"))
    assert not len(mina.statements) and not len(mina.positions) and kaveh.statements.tolist() == [1]


def test_joint_statements_belong_to_both() -> None:
    given = facts([(0, "mina+john", "gas", "", ""), (0, "mina", "gas", "", ""), (1, "kaveh", "", "", "")])
    found = sides.of(given, "speaker", ["mina", "john", "kaveh", "unknown"])
    assert [side.statements.tolist() for side in found] == [[0, 1], [0], [2], []]
    assert sides.shared(found) == 1
    assert comparison.amount(given, found)["articles"].tolist() == [1, 1, 1, 0]


def test_stretches_of_time() -> None:
    assert [day.isoformat() for day in spans.bounds("1403")] == ["2024-03-20", "2025-03-20"]
    assert [day.isoformat() for day in spans.bounds("1403-h2")] == ["2024-09-22", "2025-03-20"]
    assert [day.isoformat() for day in spans.bounds("2024-h1")] == ["2024-01-01", "2024-06-30"]
    assert [day.isoformat() for day in spans.bounds("2024-02..2024-q2")] == ["2024-02-01", "2024-06-30"]
    days = np.array([DAY, DAY + 1, DAY + 2, NO_DAY], dtype="int32")
    assert spans.held(days, "year", "jalali") == ["1402", "1403"]
    assert spans.held(days, "half", "gregorian") == ["2024-h1"]
    assert spans.overlap("1403", "1403-h2") and not spans.overlap("1402", "1403")


@pytest.mark.parametrize(
    "text", ["", "1403-h3", "1403-13", "1403..1402", "1403..1404..1405", "0000", "tomorrow", "۱۴۰۳"]
)
def test_what_is_no_stretch_of_time(text: str) -> None:
    assert not spans.is_span(text)
    with pytest.raises(ValueError):
        spans.bounds(text)


def test_sides_by_time_hold_the_days_at_both_ends() -> None:
    given = facts([(n, "mina", "", "state:US=for", "") for n in range(4)])  # 28 Esfand 1402 to 2 Farvardin 1403
    before, after = sides.of(given, "period", ["1402", "1403"])
    assert before.statements.tolist() == [0, 1] and after.statements.tolist() == [2, 3]
    assert after.positions.tolist() == [2, 3]


def test_proposals_are_of_what_is_in_view() -> None:
    said: list[Said] = [
        (0, "mina", "", "", ""),
        (1, "kaveh", "", "", ""),
        (2, "kaveh", "", "", ""),
        (3, "john", "", "", ""),
    ]
    found = proposals(facts(said), "jalali", OFFICES.frame())
    assert found.to_numpy().tolist() == [
        ["speaker", "", "kaveh", "john"],
        ["office", f"{FM}.IR", "mina", "kaveh"],
        ["country", "", "IR", "US"],
        ["period", "", "1402", "1403"],
    ]
    assert proposals(facts(said[:1]), "jalali", OFFICES.frame()).empty
