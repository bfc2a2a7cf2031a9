"""Who agrees with whom: worked out by hand, and as Discourse Network Analyzer (DNA) gives it for its own sample data."""

from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest

from analysis.measure import agreement, blocs
from analysis.measure.agreement import Asked, Held
from analysis.measure.holding import held
from analysis.measure.periods import Axis
from tests.held import facts_of

ALL = Asked(counting="once", norm="no", least=1, active=1)
THREE = [
    # On four concepts: a and b say the same of p and q, the opposite of r; c shares q with both and is torn on it.
    ("a", "topic:p", "for", 0),
    ("a", "topic:p", "for", 1),
    ("a", "topic:q", "against", 1),
    ("a", "topic:r", "for", 2),
    ("b", "topic:p", "for", 3),
    ("b", "topic:q", "against", 3),
    ("b", "topic:q", "against", 3),
    ("b", "topic:r", "against", 4),
    ("b", "state:XX", "for", 4),
    ("c", "topic:q", "mixed", 5),
    ("anonymous:1", "topic:p", "for", 5),
]


def row(found: Held, a: str, b: str) -> dict:
    """The row of two nodes, whichever stands first."""
    rows = [one for one in found.pairs.to_dict("records") if {one["a"], one["b"]} == {a, b}]
    return rows[0] if rows else {}


def weights(found: Held, a: str, b: str) -> tuple[float, ...]:
    one = row(found, a, b)
    return one["congruence"], one["conflict"], one["subtract"]


def test_counts_by_hand() -> None:
    found = held(facts_of(THREE), ALL)
    assert found.nodes.to_dict("list") == {"node": ["b", "a", "c"], "n": [5, 4, 1], "concepts": [4, 3, 1]}
    ab = row(found, "a", "b")
    assert (ab["shared"], ab["agree"], ab["differ"]) == (3, 2, 1)
    assert weights(found, "a", "b") == (2, 1, 1)  # p and q; r; two less one
    ac = row(found, "a", "c")
    assert (ac["shared"], ac["agree"], ac["differ"]) == (1, 1, 1)
    assert weights(found, "a", "c") == (1, 1, 0)  # a mixed position agrees and differs


def test_norms_by_hand() -> None:
    # a says three things, b four: p+ q- r+ against p+ q- r- X+; two of them in common, five different ones in all.
    expected = {"average": (2 / 3.5, 1 / 3.5), "jaccard": (2 / 5, 1 / 5), "cosine": (2 / 12, 1 / 12)}
    for norm, (congruence, conflict) in expected.items():
        found = held(facts_of(THREE), Asked(counting="once", norm=norm, least=1, active=1))  # type: ignore[arg-type]
        assert weights(found, "a", "b") == pytest.approx((congruence, conflict, congruence - conflict))


def test_what_is_said_again_counts_as_it_is_asked() -> None:
    # a says p+ in two articles, b says q- twice in one: congruence is 1*1 + 1*1, 2*1 + 1*1, and 2*1 + 1*2.
    found = {
        kind: held(facts_of(THREE), Asked(counting=kind, norm="no", least=1, active=1))
        for kind in agreement.COUNTINGS[1:]
    }  # type: ignore[arg-type]
    assert {kind: weights(one, "a", "b")[0] for kind, one in found.items()} == {"once": 2, "article": 3, "all": 4}
    # Jaccard of all: only a: r+ 1; only b: r- 1, X+ 1; both: 4.
    every = held(facts_of(THREE), Asked(counting="all", norm="jaccard", least=1, active=1))
    assert weights(every, "a", "b")[0] == pytest.approx(4 / (1 + 2 + 4))


@pytest.mark.parametrize(
    ("stances", "sides"),
    [
        ("for for for for against", (1, 0)),  # 0.8
        ("for for for against against", (1, 0)),  # 0.6
        ("for against", (1, 1)),  # 0.5
        ("mixed mixed against", (0, 1)),  # 1 of 3
        ("mixed against for for", (1, 0)),  # 2.5 of 4
        ("for for against against against", (0, 1)),  # 0.4
        ("mixed", (1, 1)),
    ],
)
def test_what_is_mostly_said(stances: str, sides: tuple[int, int]) -> None:
    rows = [("a", "topic:p", stance, 0) for stance in stances.split()]
    assert tuple(held(facts_of(rows), Asked(active=1)).counts[:, 0, 0]) == sides


def test_minimums_leave_thin_pairs_and_nodes_out() -> None:
    assert len(held(facts_of(THREE), Asked(least=1, active=1)).pairs) == 3
    assert len(held(facts_of(THREE), Asked(least=2, active=1)).pairs) == 1
    few = held(facts_of(THREE), Asked(active=2, most=1))
    assert (list(few.nodes["node"]), few.n_nodes, few.n_all) == (["b"], 2, 3)
    assert held(facts_of(THREE), Asked(active=9)).pairs.empty


def test_concepts_may_be_topics_or_states() -> None:
    assert set(held(facts_of(THREE), Asked(about="actor", active=1)).targets) == {"state:XX"}
    assert set(held(facts_of(THREE), Asked(about="topic", active=1)).targets) == {"topic:p", "topic:q", "topic:r"}


def test_states_gather_those_who_speak_for_them() -> None:
    rows = [
        ("x@IR", "topic:p", "for", 0),
        ("y@IR", "topic:q", "for", 1),
        ("z@RU", "topic:p", "for", 2),
        ("w", "topic:p", "for", 3),
    ]
    found = held(facts_of(rows), Asked(nodes="state", norm="no", least=1, active=1))
    assert found.nodes.to_dict("list") == {"node": ["country:IR", "country:RU"], "n": [2, 1], "concepts": [2, 1]}
    assert weights(found, "country:IR", "country:RU") == (1, 0, 1)


def test_what_unites_and_what_divides() -> None:
    found = held(facts_of(THREE), ALL).concepts.set_index("target")
    # q: a and b against, c both: all three pairs agree, those with c differ as well.
    assert found.loc["topic:q", ["n", "for", "mixed", "against", "agree", "differ"]].tolist() == [4, 0, 1, 2, 3, 2]
    assert found.loc["topic:r", "differ_share"] == 1
    assert "state:XX" not in found.index  # nobody else speaks of it


def test_what_two_say_of_the_same() -> None:
    found = held(facts_of(THREE), ALL)
    rows = found.between("a", "b")
    assert list(rows["target"]) == ["topic:r", "topic:p", "topic:q"]  # the difference first
    assert rows.iloc[1][["for_one", "against_one", "for_other", "against_other", "agree", "differ"]].tolist() == [
        2,
        0,
        1,
        0,
        True,
        False,
    ]
    assert found.of("a", "topic:p")["statement"].tolist() == [0, 1]


# DNA's manual, figure "Illustration: Affiliation network": five actors, who speaks of which concept, who is linked.
FIGURE = {"a1": "c1", "a2": "c1 c2 c3", "a3": "c3 c5", "a4": "c3", "a5": "c3 c4"}
LINKED = {("a1", "a2"), ("a2", "a3"), ("a2", "a4"), ("a2", "a5"), ("a3", "a4"), ("a3", "a5"), ("a4", "a5")}


def test_the_figure_of_dnas_manual() -> None:
    rows = [(actor, f"topic:{one}", "for", 0) for actor, concepts in FIGURE.items() for one in concepts.split()]
    found = held(facts_of(rows), ALL).pairs
    assert {tuple(sorted(pair)) for pair in zip(found["a"], found["b"], strict=True)} == LINKED
    assert set(found["congruence"]) == {1.0} and set(found["conflict"]) == {0.0}


# How often each organisation says yes or no to each concept in the sample of DNA (rDNA/inst/extdata/sample.dna in
# github.com/leifeld/dna): 40 statements, 7 organisations, 6 concepts.
SAMPLE = {
    "Alliance": {"co2": "yes yes", "legislation": "yes", "greenhouse": "yes"},
    "EEA": {"economy": "no no", "co2": "no yes"},
    "EPA": {"legislation": "yes " * 10, "economy": "no"},
    "NPRA": {"economy": "no no", "legislation": "no no"},
    "Senate": {"economy": "no no", "legislation": "yes yes", "co2": "no"},
    "Sierra": {"real": "yes", "co2": "yes", "economy": "yes yes", "greenhouse": "yes", "legislation": "yes"},
    "PIRG": {"real": "yes yes", "economy": "yes", "greenhouse": "yes", "co2": "yes", "trade": "yes"},
}


def sample(norm: agreement.Norm) -> Held:
    rows = [
        (who, f"topic:{concept}", "for" if word == "yes" else "against", 0)
        for who, said in SAMPLE.items()
        for concept, words in said.items()
        for word in words.split()
    ]
    return held(facts_of(rows), Asked(counting="all", norm=norm, least=1, active=1))


def test_dnas_sample_gives_what_dna_is_tested_for() -> None:
    """rDNA/rDNA/tests/testthat/test-network.R: dim 7 x 6, sum 40; one mode: sum 276, "Envi* 10 2" in its second row.

    That network ignores the qualifier; for a binary one it is congruence + conflict.
    """
    found = sample("no")
    assert found.counts.shape == (2, 7, 6) and found.counts.sum() == 40
    weights = found.weights()
    both = pd.DataFrame(weights.congruence + weights.conflict, found.nodes["node"], found.nodes["node"])
    assert both.to_numpy().sum() - np.trace(both.to_numpy()) == 276
    assert both.loc["EPA", ["Alliance", "EEA"]].tolist() == [10, 2]


def test_dnas_polarisation_of_its_sample_follows_from_our_congruence_and_conflict() -> None:
    """rDNA/rDNA/tests/testthat/test-polarization.R expects 0.5342493: the best of all splits into halves.

    DNA's `Polarization.qualityAbsdiff` sums over every cell of the congruence and the conflict matrix, both by average
    activity; so the number comes out only where all of them are right.
    """
    weights = sample("average").weights()
    congruence, conflict = (np.where(np.eye(7), 0, one) for one in (weights.congruence, weights.conflict))

    def quality(split: tuple[int, ...]) -> float:
        group = np.array(split)
        size = np.bincount(group)
        inside = (size * (size - 1)).sum()
        across = 7 * 6 - inside
        same = group[:, None] == group
        expected_in = (size * (size - 1) / inside * congruence.sum() / inside)[group][:, None]
        expected_out = size[0] * size[1] / across * conflict.sum() / across
        far = np.where(same, abs(congruence - expected_in) + conflict, congruence + abs(conflict - expected_out))
        return float(far[~np.eye(7, dtype=bool)].sum() / (2 * (congruence.sum() + conflict.sum())))

    best = max(quality(split) for split in product((0, 1), repeat=7) if sum(split) in (3, 4))
    assert best == pytest.approx(0.5342493, abs=5e-8)


TWO_CAMPS = [
    (who, f"topic:{concept}", stance, 0)
    for camp, stance in (("abc", "for"), ("xyz", "against"))
    for who in camp
    for concept in "pqr"
]


def test_two_camps_that_say_the_opposite_are_two_blocs() -> None:
    found = blocs.blocs(held(facts_of(TWO_CAMPS), Asked()))
    assert {who: found.of[who] for who in "abcxyz"} == dict.fromkeys("abc", 1) | dict.fromkeys("xyz", 2)
    # Two triangles of equal weight without a link between them: 2 * (1/2 - (1/2)^2).
    assert (found.count, found.modularity, found.within_share, found.between_share, found.ei) == (
        2,
        pytest.approx(0.5),
        1,
        1,
        -1,
    )
    assert (found.nodes, found.pairs, found.is_enough) == (6, 15, True)


def test_all_of_one_mind_are_not_polarised() -> None:
    rows = [(who, f"topic:{concept}", "for", 0) for who in "abcdef" for concept in "pq"]
    found = blocs.blocs(held(facts_of(rows), Asked(active=1)))
    assert (found.count, found.modularity, found.within_share) == (1, pytest.approx(0), 1)
    assert np.isnan(found.between_share)  # there is no conflict


def test_modularity_is_that_of_networkx() -> None:
    import networkx as nx

    rng = np.random.default_rng(7)
    stances = rng.choice(["for", "against"], size=(12, 6))
    rows = [
        (f"s{i:02d}", f"topic:{j}", str(stances[i, j]), 0)
        for i, j in product(range(12), range(6))
        if rng.random() < 0.7
    ]
    one = held(facts_of(rows), Asked(active=1))
    found = blocs.blocs(one)
    graph = blocs.allies(one.weights())
    names = list(one.nodes["node"])
    groups = [{place for place in graph if found.of[names[place]] == number} for number in range(1, found.count + 1)]
    groups += [{place} for place in graph if not found.of[names[place]]]
    assert found.modularity == pytest.approx(nx.community.modularity(graph, groups, weight="weight"))
    inside = sum(row.congruence for row in one.pairs.itertuples() if found.of[row.a] == found.of[row.b] > 0)
    assert found.within_share == pytest.approx(inside / one.pairs["congruence"].sum())


def test_polarisation_over_time_says_where_too_little_is_there() -> None:
    of_one_mind = [(who, f"topic:{concept}", "for", 1) for who in "abcxyz" for concept in "pqr"]
    thin = [("a", "topic:p", "for", 2), ("b", "topic:p", "for", 2)]
    facts = facts_of([*TWO_CAMPS, *of_one_mind, *thin], days=[20_000, 20_100, 20_200])
    one = held(facts, Asked())
    axis = Axis.of(facts.statements["day"].to_numpy(), "season", "gregorian")
    found = blocs.over_time(facts, one, axis)
    assert list(found["period"]) == ["2024-q4", "2025-q1", "2025-q2"]
    assert found["modularity"].tolist()[:2] == pytest.approx([0.5, 0])
    assert found["n"].tolist() == [18, 18, 2] and found["modularity"].isna().tolist() == [False, False, True]


def test_pairs_of_all_nodes_are_looked_at_once() -> None:
    found = held(facts_of(TWO_CAMPS), Asked()).pairs
    assert len(found) == len(list(combinations("abcxyz", 2)))
