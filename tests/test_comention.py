"""What is named together: counts and measures worked out by hand, and the same from tables by plain counting."""

from collections import Counter
from itertools import combinations
from math import log

import numpy as np
import pandas as pd
import pytest
from scipy.stats import fisher_exact

from analysis.config import DATA
from analysis.measure import association, comention, naming, networks
from analysis.measure.comention import Units
from analysis.measure.facts import Facts
from analysis.measure.filters import Filters
from analysis.schema import ENTITY_KINDS, Tables
from pages.ui import charts_map
from tests.pages.sample import build

VIEW = Filters().apply(build())
FACTS = Filters().narrow(Facts.of(build()))
NAMED = ("IR US", "IR US", "IR US RU", "IR", "RU CN", "CN", "", "IR IR")
"""What eight statements name: seven of them name a country, Iran five of them, the US three, Russia and China two."""


def facts_of(*statements: str, articles: tuple[int, ...] = ()) -> Facts:
    """Statements that name these; a name in small letters is a region, one with a dot in front an organisation."""
    rows = [(place, name) for place, names in enumerate(statements) for name in names.split()]
    of_article = np.array(articles or range(len(statements)), dtype="int32")
    kinds = ["organisation" if name[0] == "." else "region" if name.islower() else "country" for _, name in rows]
    ids = [name.strip(".") for _, name in rows]
    places = np.array([place for place, _ in rows], dtype="int32")
    mentions = {
        "article": of_article[places] if rows else places,
        "statement": places,
        "kind": pd.Categorical(kinds, categories=list(ENTITY_KINDS)),
        "entity": pd.Categorical(ids, categories=sorted(set(ids))),
    }
    frames = {
        "articles": pd.DataFrame({"day": np.zeros(int(of_article.max()) + 1, dtype="int32")}),
        "statements": pd.DataFrame({"article": of_article}),
        "mentions": pd.DataFrame(mentions),
    }
    return Facts(frames)


def pair(frame: pd.DataFrame, a: str, b: str) -> pd.Series:
    """The row of two countries."""
    return frame.set_index(["a", "b"]).loc[(f"country:{a}", f"country:{b}")]


def test_measures_by_hand() -> None:
    units = Units.of(facts_of(*NAMED), "statement")
    assert units.naming == 7  # one of the eight names nothing
    counts = units.counts().set_index("entity")["n"].to_dict()
    assert counts == {"country:IR": 5, "country:US": 3, "country:CN": 2, "country:RU": 2}
    row = pair(units.pairs(), "IR", "US")
    assert (row["n"], row["n_a"], row["n_b"], row["of"]) == (3, 5, 3, 7)
    assert row["expected"] == pytest.approx(5 * 3 / 7)
    assert row["share"] == pytest.approx(3 / 7)
    assert row["jaccard"] == pytest.approx(3 / 5)
    assert row["npmi"] == pytest.approx(log((3 / 7) / (5 / 7 * 3 / 7)) / -log(3 / 7))
    assert row["p"] == pytest.approx(10 / 35)  # of C(7, 3) places of the US, C(5, 3) are all beside Iran
    assert pair(units.pairs(), "CN", "RU")["p"] == pytest.approx(11 / 21)  # 1 - C(5, 2) / C(7, 2)


def test_a_minimum_leaves_rare_pairs_out_and_allows_for_all_that_could_be() -> None:
    units = Units.of(facts_of(*["IR US"] * 30, *["RU CN"] * 30, "IR RU"), "statement")
    found = units.pairs(2)
    assert [(row.a, row.b) for row in found.itertuples()] == [
        ("country:CN", "country:RU"),
        ("country:IR", "country:US"),
    ]
    # Six pairs of four states are tested, two of them with this p; the others are never named together often.
    assert found["q"].tolist() == pytest.approx((found["p"] * 6 / 2).tolist())
    assert (found["q"] < association.SIGNIFICANT).all()


def test_one_pair_is_one_test() -> None:
    units = Units.of(facts_of(*NAMED), "statement")
    found = units.pair("country:US", "country:IR").iloc[0]
    assert found["q"] == found["p"] == pytest.approx(10 / 35)
    never = units.pair("country:IR", "country:CN").iloc[0]
    assert (never["n"], never["npmi"], never["p"]) == (0, -1, 1)
    assert units.pair("country:IR", "country:FR").empty


def test_npmi_is_one_only_together_nought_by_chance_and_nought_where_all_have_both() -> None:
    n, a, b = np.array([4, 5, 10, 0]), np.array([4, 10, 10, 3]), np.array([4, 5, 10, 2])
    assert association.npmi(n, a, b, 10).tolist() == pytest.approx([1, 0, 0, -1])
    assert np.isnan(association.npmi(np.array([0]), np.array([0]), np.array([2]), 10)).all()


def test_chance_is_fishers_exact_test() -> None:
    n, a, b, of = 6, 9, 11, 30
    table = [[n, a - n], [b - n, of - a - b + n]]
    expected = fisher_exact(table, alternative="greater").pvalue
    assert association.chance(np.array([n]), np.array([a]), np.array([b]), of)[0] == pytest.approx(expected)


def test_adjusted_counts_the_tests_that_are_not_shown() -> None:
    assert association.adjusted(np.array([0.01, 0.02]), 4).tolist() == pytest.approx([0.04, 0.04])
    assert association.adjusted(np.empty(0), 4).size == 0


def test_regions_organisations_and_countries_with_organisations() -> None:
    facts = facts_of("IR .IAEA gulf", "IR .IAEA .UN", "US .UN gulf europe")
    assert Units.of(facts, "statement", "region").pairs()[["a", "b", "n"]].to_numpy().tolist() == [
        ["region:europe", "region:gulf", 1]
    ]
    assert Units.of(facts, "statement", "organisation").naming == 3
    mixed = Units.of(facts, "statement", "country_organisation").pairs()
    assert dict(zip(zip(mixed["a"], mixed["b"], strict=True), mixed["n"], strict=True)) == {
        ("country:IR", "organisation:IAEA"): 2,
        ("country:IR", "organisation:UN"): 1,
        ("country:US", "organisation:UN"): 1,
    }
    assert (mixed["of"] == 3).all()


@pytest.mark.parametrize("within", ["statement", "article"])
def test_pairs_against_counting_by_hand(within: comention.Within) -> None:
    named = VIEW.mentions[VIEW.mentions["kind"] == "country"]
    units = named.groupby(f"{within}_id")["entity_id"].agg(set)
    expected = Counter(pair for countries in units for pair in combinations(sorted(countries), 2))
    found = Units.of(FACTS, within).pairs()
    assert {(row.a[8:], row.b[8:]): row.n for row in found.itertuples()} == expected
    singles = Counter(country for countries in units for country in countries)
    assert {(row.a[8:], row.n_a) for row in found.itertuples()} <= set(singles.items())
    for row in found.itertuples():
        assert len(comention.together(FACTS, (row.a, row.b), within)) == row.n


def test_the_sentences_behind_a_pair() -> None:
    facts = facts_of("IR US", "IR", "US", "RU", articles=(0, 0, 1, 1))
    both = ("country:IR", "country:US")
    assert comention.evidence(facts, both, "statement").tolist() == [0]
    assert comention.evidence(facts, both, "article").tolist() == [0, 1]
    assert comention.either_of(facts, both).tolist() == [0, 1, 2]
    assert comention.evidence(facts, ("country:US",), "article").tolist() == [0, 2]
    assert comention.evidence(facts, ("country:IR", "country:XX"), "statement").size == 0
    assert comention.evidence(facts, ("nonsense",), "statement").size == 0


def test_communities_are_those_that_are_named_together_and_always_the_same() -> None:
    facts = facts_of(*["IR US OM"] * 6, *["RU CN KZ"] * 4, "IR RU", "FR")
    units = Units.of(facts, "statement")
    nodes, edges = networks.network(units.counts(), units.pairs(), "n")
    of = nodes.set_index("entity")["community"]
    assert of["country:IR"] == of["country:US"] == of["country:OM"] == 1
    assert of["country:RU"] == of["country:CN"] == of["country:KZ"] == 2
    assert "country:FR" not in of  # nothing is named together with it
    assert nodes[["x", "y"]].abs().max().max() <= 1
    again, _ = networks.network(units.counts(), units.pairs(), "n")
    pd.testing.assert_frame_equal(nodes, again)
    weak, _ = networks.network(units.counts(), units.pairs(), "npmi")
    assert len(edges) == 7
    assert len(weak) == 6


def test_topics_of_a_part_against_the_whole() -> None:
    base = FACTS
    negotiation = VIEW.statement_topics.loc[VIEW.statement_topics["topic_id"] == "negotiation", "statement_id"]
    part = naming.part(base, comention.evidence(base, ("country:OM",), "statement"))
    found = naming.particular(part, base).set_index("topic").loc["negotiation"]
    oman = VIEW.mentions.loc[VIEW.mentions["entity_id"] == "OM", "statement_id"].unique()
    assert found["n"] == negotiation.isin(oman).sum() == found["of"] == len(oman)
    assert found["base_n"] == len(negotiation)
    assert found["base_share"] == pytest.approx(len(negotiation) / len(VIEW.statements))
    assert found["q"] < association.SIGNIFICANT


def test_who_speaks_for_a_state() -> None:
    own = naming.officials(FACTS, "IR").set_index("speaker")
    said = VIEW.attributions[(VIEW.attributions["part"] == "speaker") & (VIEW.attributions["country"] == "IR")]
    assert own["n"].to_dict() == said["speaker_id"].value_counts().to_dict()
    assert (own["of"] == said["statement_id"].nunique()).all()
    by = naming.by_country(FACTS).set_index("country")["n"]
    assert by["IR"] == said["statement_id"].nunique() == len(naming.spoken_by(FACTS, "IR"))
    assert naming.officials(FACTS, "FR").empty


def test_empty_tables_give_empty_measures() -> None:
    none = Facts.of(Tables())
    for kind in comention.KINDS:
        units = Units.of(none, "article", kind)
        assert units.counts().empty
        assert units.pairs().empty
        nodes, edges = networks.network(units.counts(), units.pairs(), "n")
        assert nodes.empty
        assert edges.empty
    assert naming.particular(none, none).empty
    assert naming.by_country(none).empty


def test_the_map_knows_a_place_for_every_state_of_the_lexicon() -> None:
    known = charts_map.shapes()
    codes = pd.read_csv(DATA / "lexicon" / "countries.csv", keep_default_na=False)["country_id"]
    missing = set(codes) - set(known.outlines) - set(known.points)
    assert missing == {"IO", "SM", "UM", "VA", "WF"}  # neither scale has them; the table does
    assert known.outlines["IR"] == "IRN"
    assert known.points["BH"] == pytest.approx((50.5, 26), abs=0.3)
