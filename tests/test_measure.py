"""Measures against counting by hand."""

from collections import Counter

import pandas as pd
import pytest

from analysis.measure import frequency, positions
from analysis.measure.facts import Facts
from analysis.measure.filters import Filters
from analysis.schema import Tables
from analysis.text.calendar import CALENDARS, Calendar, local_days, month_key
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


@pytest.mark.parametrize("calendar", CALENDARS)
def test_by_month_counts_every_dated_statement_and_leaves_no_gap(calendar: Calendar) -> None:
    days = dict(zip(VIEW.articles["article_id"], local_days(VIEW.articles["published"]), strict=True))
    expected = Counter(month_key(days[a], calendar) for a in VIEW.statements["article_id"] if days[a])
    found = frequency.by_month(FACTS, calendar)
    assert dict(zip(found["month"], found["n"], strict=True)) == {month: expected[month] for month in found["month"]}
    assert found["n"].sum() == len(VIEW.statements) - frequency.totals(FACTS).undated_statements
    month = found["month"].iloc[0]
    assert len(frequency.in_month(FACTS, month, calendar)) == found["n"].iloc[0]


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


def test_topics_by_month_add_up() -> None:
    found = frequency.topics_by_month(FACTS, "jalali")
    months = frequency.by_month(FACTS, "jalali")
    assert len(found) == found["topic"].nunique() * len(months)
    assert (found["n"] <= found["of"]).all()
    assert found["share"].isna().equals(found["of"] == 0)
    articles = VIEW.articles.loc[VIEW.articles["published"].notna(), "article_id"]
    dated = VIEW.statements.loc[VIEW.statements["article_id"].isin(articles), "statement_id"]
    assert found["n"].sum() == VIEW.statement_topics["statement_id"].isin(dated).sum()


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
    assert frequency.by_month(none, "jalali").empty
    assert frequency.by_speaker(none).empty
    assert frequency.by_topic(none).empty
    assert frequency.topics_by_month(none, "jalali").empty
    assert positions.matrix(none).empty
