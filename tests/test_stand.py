"""Who stands where, by hand: labels, their intervals, what is at second hand; and one speaker against all others."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis import schema
from analysis.measure import positions, profile
from analysis.measure.facts import Facts
from analysis.measure.filters import Filters
from analysis.schema import Tables
from tests.pages import sample

A, B, SOURCE = "person:a", "person:b", "anonymous:c"
SANCTIONS = "topic:sanctions"


def tables(*rows: tuple[str, str, str, str]) -> Tables:
    """A statement for each (article, speaker, stance, coder), with one position on sanctions where there is a stance."""
    articles = sorted({row[0] for row in rows})
    frames = {
        "articles": [
            {"article_id": one, "published": f"2024-01-{place + 1:02d}T12:00Z"} for place, one in enumerate(articles)
        ],
        "statements": [
            {"statement_id": str(place), "article_id": row[0], "confidence": 0.9, "coder": "machine"}
            for place, row in enumerate(rows)
        ],
        "attributions": [
            {"statement_id": str(place), "speaker_id": row[1], "part": "speaker", "role": "minister", "country": "IR"}
            for place, row in enumerate(rows)
        ],
        "positions": [
            {"statement_id": str(place), "speaker_id": row[1], "target": SANCTIONS, "stance": row[2], "coder": row[3]}
            | {"confidence": (0.5, 0.7)[place % 2]}
            for place, row in enumerate(rows)
            if row[2]
        ],
        "speakers": [{"speaker_id": one, "kind": "anonymous" if one == SOURCE else "person"} for one in (SOURCE, A, B)],
    }
    made = {table.name: table.frame(frames.get(table.name, [])) for table in schema.TABLES}
    return Tables(**made)


def facts(*rows: tuple[str, str, str, str]) -> Facts:
    return Facts.of(tables(*rows))


@pytest.mark.parametrize(
    ("supports", "opposes", "label"),
    [
        (3, 2, "generally_for"),
        (2, 3, "generally_against"),
        (17, 3, "almost_always_for"),
        (3, 17, "almost_always_against"),
        (19, 1, "consistently_for"),
        (1, 19, "consistently_against"),
        (11, 10, "mixture"),
    ],
)
def test_what_is_said_against_is_judged_as_what_is_said_for(supports: int, opposes: int, label: str) -> None:
    counts = pd.DataFrame({"for": [supports], "against": [opposes], "mixed": [0], "n": [supports + opposes]})
    score = positions.score(counts)
    assert positions.labels(score, counts["n"]).tolist() == [label]
    least, most = positions.BOUNDS[label]
    assert least <= score.iloc[0] <= most


@pytest.mark.parametrize(
    ("x", "n", "low", "high"), [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611)]
)
def test_the_interval_is_wilsons(x: int, n: int, low: float, high: float) -> None:
    """The values of Newcombe, Statistics in Medicine 17 (1998), table I, method 3."""
    found = positions.interval(pd.Series([x / n]), pd.Series([float(n)]))
    assert [end.iloc[0] for end in found] == pytest.approx([low, high], abs=5e-5)


def test_positions_of_one_article_weigh_less() -> None:
    """3 and 2 positions in two articles: Σm²/n = 13/5 = 2.6, so 5 / (1 + 1.6 · 0.4) = 3.05 independent ones."""
    rows = [("x", A, "for", "machine")] * 3 + [("y", A, "for", "مینا"), ("y", A, "mixed", "machine")]
    row = positions.scored(facts(*rows), A).iloc[0]
    assert (row["n"], row["articles"], row["human"], row["label"]) == (5, 2, 1, "almost_always_for")
    assert row["score"] == pytest.approx(0.9) and row["effective"] == pytest.approx(5 / 1.64)
    assert row["confidence"] == pytest.approx((0.5 + 0.7 + 0.5 + 0.5) / 4)  # those of the machine
    apart = [(name, A, "for", "machine") for name in "vwxy"] + [("z", A, "mixed", "machine")]
    other = positions.scored(facts(*apart), A).iloc[0]
    assert other["effective"] == 5 and other["low"] > row["low"]
    assert positions.within(0.62, 0.9) == ["almost_always_for", "generally_for"]


def test_anonymous_sources_stand_nowhere() -> None:
    found = positions.scored(facts(("x", SOURCE, "for", "machine"), ("x", A, "against", "machine")))
    assert found["speaker"].tolist() == [A]


def test_what_people_coded_and_then_what_is_surest_is_decisive() -> None:
    rows = [("x", A, "for", "machine"), ("x", A, "for", "machine"), ("y", A, "for", "machine"), ("y", A, "for", "مینا")]
    found = positions.decisive(facts(*rows, ("y", A, "against", "machine")), A, SANCTIONS, "for")
    assert found.tolist() == [3, 1, 2]  # a person's; 0.7; of two with 0.5 the newer one


def test_positions_at_second_hand() -> None:
    everything = Filters(relayed=True).narrow(Facts.of(sample.build()))
    found = positions.relayed(everything)
    assert found[["speaker", "relay", "target"]].drop_duplicates().to_numpy().tolist() == [
        ["demo:cagan-cem", "demo:orlov-pavel", "topic:use_of_force"]
    ]
    behind = positions.relayed_statements(everything, *found.loc[0, ["speaker", "relay", "target"]])
    assert len(behind) == found.loc[0, "n"] == found.loc[0, "against"]
    assert positions.relayed(Filters().narrow(Facts.of(sample.build()))).empty
    relays = profile.relays(Filters().narrow(Facts.of(sample.build())), "demo:orlov-pavel")
    assert relays.to_dict("records") == [{"way": "passes_on", "speaker": "demo:cagan-cem", "n": len(behind)}]
    assert profile.relays(everything, "demo:cagan-cem")["way"].tolist() == ["passed_on"]


def test_a_speaker_against_all_others() -> None:
    """2 of A's 2 statements on the topic, 0 of B's 2: one of the C(4, 2) = 6 ways to draw two."""
    made = tables(*[(name, speaker, "", "machine") for speaker in (A, B) for name in "xy"])
    about = schema.STATEMENT_TOPICS.frame([{"statement_id": one, "topic_id": "sanctions", "rank": 1} for one in "01"])
    base = Facts.of(replace(made, statement_topics=about))
    own = Filters(speakers=(A,)).narrow(base)
    row = profile.topics(own, base).iloc[0]
    assert row[["n", "of", "others_n", "others_of"]].tolist() == [2, 2, 0, 2]
    assert (row["share"], row["others_share"]) == (1, 0) and row["p"] == pytest.approx(1 / 6) and row["q"] == row["p"]
    roles = profile.roles(own, A).to_dict("records")
    assert roles == [{"role": "minister", "country": "IR", "n": 2, "first": "2024-01-01", "last": "2024-01-02"}]
    assert profile.named(own, ("country",)).empty and positions.scored(own, A).empty
