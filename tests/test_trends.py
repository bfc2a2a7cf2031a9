"""What rises and falls, against a calculation by hand and against what the measure promises."""

import datetime as dt
import math

import numpy as np
import pandas as pd
import pytest

from analysis.measure import trends
from analysis.measure.facts import NO_DAY, Facts, day_number
from analysis.measure.groups import Groups
from analysis.measure.trends import Sides

BEFORE, RECENT = dt.date(2024, 4, 10), dt.date(2024, 6, 10)
JUNE = (dt.date(2024, 6, 1), dt.date(2024, 6, 30))
Article = tuple[dt.date | None, list[str]]


def facts(articles: list[Article]) -> Facts:
    """Facts of articles, each given as its day and the topics of each of its statements, joined by spaces."""
    days = [NO_DAY if day is None else day_number(day) for day, _ in articles]
    spoken = [(number, topics.split()) for number, (_, each) in enumerate(articles) for topics in each]
    rows = [(number, topic) for number, (_, topics) in enumerate(spoken) for topic in topics]
    owners = np.array([article for article, _ in spoken], dtype="int32")
    return Facts(
        {
            "articles": pd.DataFrame({"day": np.array(days, dtype="int32")}),
            "statements": pd.DataFrame({"article": owners, "day": np.array(days, dtype="int32")[owners]}),
            "topics": pd.DataFrame(
                {
                    "statement": np.array([number for number, _ in rows], dtype="int32"),
                    "topic": pd.Categorical([topic for _, topic in rows]),
                }
            ),
        }
    )


def compared(articles: list[Article]) -> pd.DataFrame:
    given = facts(articles)
    return trends.changes(given, Groups.of(given, "topic"), Sides.of(given, JUNE)).set_index("topic")


ALONE: list[Article] = [
    *[(BEFORE, [topic]) for topic in ["gas"] * 8 + ["oil"] * 32],
    *[(RECENT, [topic]) for topic in ["gas"] * 12 + ["oil"] * 8],
]
"""Articles of one statement each: gas in 8 of 40 before, and in 12 of 20 in June."""


def test_the_log_odds_ratio_by_hand() -> None:
    gas = compared(ALONE).loc["gas"]
    assert gas[["n", "of", "n_before", "of_before", "articles"]].tolist() == [12, 20, 8, 40, 20]
    assert gas["share"] == 0.6 and gas["share_before"] == 0.2
    # 20 of 60 in all, so that of the prior's 10 statements these are on gas:
    prior = 10 * 20.5 / 61
    design = (20 * 0.6 * 0.4 * 20 / 19 + 40 * 0.2 * 0.8 * 40 / 39) / (20 * 0.6 * 0.4 + 40 * 0.2 * 0.8)
    assert gas["design"] == pytest.approx(design) and 1 < design < 1.06  # n / (n - 1) of each side, nothing more
    now = (12 / design + prior, 8 / design + 10 - prior)
    then = (8 / design + prior, 32 / design + 10 - prior)
    log_odds = math.log(now[0] / now[1]) - math.log(then[0] / then[1])
    error = math.sqrt(sum(1 / part for part in (*now, *then)))
    assert gas["ratio"] == pytest.approx(math.exp(log_odds))
    assert gas["z"] == pytest.approx(log_odds / error)
    assert gas["low"] == pytest.approx(math.exp(log_odds - 1.959964 * error), rel=1e-6)
    assert gas["high"] == pytest.approx(math.exp(log_odds + 1.959964 * error), rel=1e-6)
    assert gas["p"] == pytest.approx(math.erfc(abs(log_odds / error) / math.sqrt(2)))
    assert gas["verdict"] == "rising"


def test_two_topics_that_fill_everything_mirror_one_another() -> None:
    found = compared(ALONE)
    assert found.loc["oil", "ratio"] == pytest.approx(1 / found.loc["gas", "ratio"])
    assert found.loc["oil", "verdict"] == "falling"
    assert found["q"].tolist() == pytest.approx([found["p"].max()] * 2)  # Benjamini and Hochberg on two equal p


def test_saying_it_again_in_the_same_article_is_no_more_evidence() -> None:
    once = compared(ALONE).loc["gas"]
    again = compared([(day, said * 5) for day, said in ALONE]).loc["gas"]
    assert again["n"] == 5 * once["n"] and again["share"] == once["share"]
    assert again["design"] == pytest.approx(5 * once["design"])
    assert again["z"] == pytest.approx(once["z"], rel=1e-3)
    spread = compared([(day, said) for day, said in ALONE for _ in range(5)]).loc["gas"]
    assert spread["z"] > 1.8 * once["z"]  # five times as many articles are


def test_mixed_articles_are_no_less_evidence_than_single_statements() -> None:
    # Every article has both topics in the same proportion: the share does not vary between articles at all.
    mixed: list[Article] = [(BEFORE, ["gas", "oil", "oil", "oil"])] * 10 + [(RECENT, ["gas", "gas", "oil", "oil"])] * 10
    assert compared(mixed)["design"].tolist() == [1, 1]


def test_what_is_rare_or_in_few_articles_is_not_tested() -> None:
    rare: list[Article] = [*ALONE, (BEFORE, ["tea"]), (RECENT, ["tea"] * 5), *[(RECENT, ["ink"] * 8) for _ in range(4)]]
    found = compared(rare)
    assert found.loc[["tea", "ink"], "verdict"].tolist() == ["thin", "thin"]  # 6 statements; 4 articles
    assert found.loc[["tea", "ink"], ["ratio", "low", "high", "z", "p", "q"]].isna().all(axis=None)
    assert found["verdict"].tolist()[-2:] == ["thin", "thin"]
    few = [article for article in ALONE if article[0] == BEFORE] + [(RECENT, ["gas"] * 5)] * 4
    assert set(compared(few)["verdict"]) == {"thin"}  # four articles on one side


def test_a_topic_of_every_statement_neither_rises_nor_falls() -> None:
    found = compared([(BEFORE, ["gas"])] * 12 + [(RECENT, ["gas"])] * 12).loc["gas"]
    assert (
        found["verdict"] == "unclear" and found["ratio"] == 1 and found["p"] == 1 and found["low"] < 1 < found["high"]
    )


def test_undated_articles_are_on_no_side() -> None:
    given = facts([*ALONE, (None, ["gas"] * 50)])
    sides = Sides.of(given, JUNE)
    assert sides.n.tolist() == [40, 20] and sides.articles.tolist() == [40, 20]
    assert sides.first == BEFORE
    assert trends.last(given, "month", "gregorian") == JUNE
    assert trends.last(given, "month", "gregorian", 3) == (dt.date(2024, 4, 1), JUNE[1])


def test_nothing_gives_nothing() -> None:
    given = facts([])
    assert trends.last(given, "month", "jalali") is None
    assert compared([]).empty
    assert compared([(None, ["gas"] * 20)]).empty


def test_chance_alone_is_seldom_called_a_change() -> None:
    """Of many topics without any change, in articles that cling to their topics, hardly any is called one."""
    chance = np.random.default_rng(7)
    topics = [f"t{number:02d}" for number in range(20)]
    called = tested = 0
    for _ in range(12):
        articles: list[Article] = []
        for _ in range(160):
            theme = chance.choice(20)
            said = [topics[theme if chance.random() < 0.6 else chance.choice(20)] for _ in range(chance.integers(1, 9))]
            articles.append((RECENT if chance.random() < 0.3 else BEFORE, said))
        found = compared(articles)
        called += found["verdict"].isin(["rising", "falling"]).sum()
        tested += (found["p"] < 0.05).sum()
    assert called <= 3
    assert tested <= 0.08 * 240  # about 5 %, although each article repeats itself
