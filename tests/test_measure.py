"""Measures against counting by hand."""

from collections import Counter

import pandas as pd
import pytest

from analysis.measure import frequency, groups, positions
from analysis.measure.facts import NO_DAY, Facts
from analysis.measure.filters import Filters
from analysis.measure.groups import Groups
from analysis.measure.periods import Axis
from analysis.schema import Tables
from tests.pages.sample import build

ALL = build()
VIEW = Filters().apply(ALL)
FACTS = Filters().narrow(Facts.of(ALL))


def test_totals() -> None:
    found = frequency.totals(FACTS)
    assert found.articles == 36
    assert found.undated == 4
    assert found.statements == (VIEW.statements["form"] != "headline").sum()
    assert found.speakers == 7  # the anonymous source is nobody's page
    assert frequency.totals(Facts.of(Tables())) == frequency.Totals(0, 0, 0, 0, 0)


def test_by_speaker_counts_a_joint_statement_for_each() -> None:
    found = frequency.by_speaker(FACTS).set_index("speaker")
    said = VIEW.attributions[VIEW.attributions["part"] == "speaker"]
    for speaker, row in found.iterrows():
        assert row["n"] == (said["speaker_id"] == speaker).sum()
    assert "anonymous:a1" not in found.index
    assert found.loc["demo:orlov-pavel", ["role", "country"]].tolist() == ["foreign_minister", "RU"]


def test_by_topic_gives_count_and_share() -> None:
    found = frequency.by_topic(FACTS).set_index("topic")
    counts = Counter(VIEW.statement_topics["topic_id"])
    assert found["n"].to_dict() == counts
    assert found["share"].to_dict() == pytest.approx({topic: n / len(VIEW.statements) for topic, n in counts.items()})


def test_topics_over_time_add_up() -> None:
    axis = Axis.of(FACTS.statements["day"].to_numpy(), "month", "jalali")
    found = groups.over_time(FACTS, axis, Groups.of(FACTS, "topic"))
    assert len(found) == found["topic"].nunique() * len(axis)
    assert (found["n"] <= found["of"]).all()
    assert found["share"].isna().equals(found["of"] == 0)
    articles = VIEW.articles.loc[VIEW.articles["published"].notna(), "article_id"]
    dated = VIEW.statements.loc[VIEW.statements["article_id"].isin(articles), "statement_id"]
    assert found["n"].sum() == VIEW.statement_topics["statement_id"].isin(dated).sum()


@pytest.mark.parametrize("by", ["speaker", "of", "country", "source"])
def test_a_matrix_adds_up_over_time_and_opens_its_statements(by: groups.By) -> None:
    topics, others = Groups.of(FACTS, "topic"), Groups.of(FACTS, by)
    cells = groups.across(FACTS, others, topics)
    axis = Axis.of(FACTS.statements["day"].to_numpy(), "season", "gregorian")
    over_time = groups.over_time_within(FACTS, axis, topics, others).groupby([others.column, "topic"])["n"].sum()
    for row in cells[cells["n"] > 0].to_dict("records"):
        group, topic = row[others.column], row["topic"]
        behind = groups.evidence(FACTS, {by: group, "topic": topic})
        assert len(behind) == row["n"] <= row["of"] == len(groups.evidence(FACTS, {by: group}))
        assert over_time[group, topic] == (FACTS.days_of(behind) != NO_DAY).sum()


def test_the_largest_groups_come_first() -> None:
    every = Groups.of(FACTS, "country")
    counts = dict(zip(every.names, every.counts, strict=True))
    top = every.top(3)
    assert [counts[name] for name in top] == sorted(counts.values(), reverse=True)[:3]
    only = every.only([top[1], "XX", top[0]])
    assert only.counts.tolist() == [counts[top[1]], 0, counts[top[0]]]


def test_the_positions_behind_a_cell_are_as_many_as_its_number() -> None:
    found = positions.matrix(FACTS)
    for row in found.to_dict("records"):
        behind = positions.evidence(FACTS, row["speaker"], row["target"])
        assert len(behind) == row["n"] == row["for"] + row["against"] + row["mixed"]
    assert found["n"].sum() == len(VIEW.positions)


@pytest.mark.parametrize(
    ("supports", "opposes", "mixes", "label"),
    [
        (4, 0, 0, "not_enough"),
        (5, 0, 0, "consistently_for"),
        (9, 1, 0, "almost_always_for"),
        (7, 3, 0, "generally_for"),
        (3, 3, 0, "mixture"),
        (0, 0, 6, "mixture"),
        (2, 6, 0, "generally_against"),
        (1, 12, 0, "almost_always_against"),
        (0, 5, 0, "consistently_against"),
    ],
)
def test_labels(supports: int, opposes: int, mixes: int, label: str) -> None:
    counts = pd.DataFrame({"for": [supports], "against": [opposes], "mixed": [mixes]})
    counts["n"] = counts.sum(axis=1)
    assert positions.labels(positions.score(counts), counts["n"]).tolist() == [label]


def test_empty_tables_give_empty_measures() -> None:
    none = Facts.of(Tables())
    assert frequency.by_speaker(none).empty
    assert frequency.by_topic(none).empty
    assert positions.matrix(none).empty
