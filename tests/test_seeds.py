"""What comes with the program: the first article as it is expected to be read, and the invented demonstration."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator

import pandas as pd
import pytest
from extraction import demo_lexicon

from analysis import schema
from analysis.config import DATA, SEEDS
from analysis.evaluate import evaluate
from analysis.measure.facts import Facts
from analysis.measure.filters import Filters
from analysis.measure.positions import NOT_ENOUGH, matrix
from analysis.read import seeds
from analysis.schema import Tables
from analysis.store.duplicates import NEAR, letters, similarity

EXPECTED = SEEDS / "expected"
FIRST = "seed-000"
AMIRABDOLLAHIAN, LAVROV = "person:amirabdollahian-hossein", "person:lavrov-sergey"


@pytest.fixture(scope="module")
def tables() -> Tables:
    return seeds.load()


@pytest.fixture(scope="module")
def statements(tables: Tables) -> pd.DataFrame:
    """The first article's statements with the line that each stands in."""
    text = tables.articles.set_index("article_id").loc[FIRST, "text"]
    found = tables.statements[tables.statements["article_id"] == FIRST]
    return found.assign(line=[text.count("\n", 0, start) + 1 for start in found["start"]]).sort_values("line")


def expected(table: str) -> list[dict[str, str]]:
    with (EXPECTED / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def of_statements(frame: pd.DataFrame, statements: pd.DataFrame) -> Iterator[dict[str, object]]:
    """Rows that belong to the first article's statements, with their line."""
    joined = frame.merge(statements[["statement_id", "line"]], on="statement_id").sort_values("line", kind="stable")
    return iter(joined.to_dict("records"))


def agreement(gold: set[tuple[object, ...]], found: set[tuple[object, ...]]) -> float:
    """F1."""
    return 2 * len(gold & found) / (len(gold) + len(found))


# The first article


def test_the_first_article_is_the_one_given() -> None:
    path = SEEDS / "000_9ef539f0e3886c65.txt"
    assert (
        hashlib.sha256(path.read_bytes()).hexdigest()
        == "1f34873ef32a8e401e7bb409ebdc3411d0603bc30129360e48183525400e7b73"
    )


def test_the_tables_keep_the_contract(tables: Tables) -> None:
    schema.check(tables)


def test_fifteen_lines_are_attributed_each_whole(statements: pd.DataFrame) -> None:
    assert statements["line"].tolist() == [int(row["line"]) for row in expected("statements")]
    assert len(statements) == 15
    spans = statements[["line", "start", "stop", "form"]].astype(str).to_dict("records")
    assert spans == [{name: row[name] for name in ("line", "start", "stop", "form")} for row in expected("statements")]


def test_nine_lines_are_one_ministers_and_six_the_others(tables: Tables, statements: pd.DataFrame) -> None:
    own = tables.attributions[tables.attributions["part"] == "speaker"]
    speakers = [row["speaker_id"] for row in of_statements(own, statements)]
    assert speakers == [AMIRABDOLLAHIAN] * 9 + [LAVROV] * 6


def test_lead_last_but_one_paragraph_and_furniture_are_nobodys(tables: Tables, statements: pd.DataFrame) -> None:
    assert not {1, 17, 18} & set(statements["line"])
    text = tables.articles.set_index("article_id").loc[FIRST, "text"]
    assert text.split("\n")[17] == "نظر شما"


def test_headings_repeat_the_statement_below_them(statements: pd.DataFrame) -> None:
    line = dict(zip(statements["statement_id"], statements["line"], strict=True))
    found = {row["line"]: line.get(row["repeats"]) for row in statements.to_dict("records") if row["repeats"]}
    assert found == {int(row["line"]): int(row["repeats"]) for row in expected("statements") if row["repeats"]}
    assert statements.loc[statements["repeats"] != "", "form"].tolist() == ["headline"] * 4


@pytest.mark.parametrize("row", expected("attributions"), ids=lambda row: f"{row['line']}-{row['part']}")
def test_who_speaks_and_by_which_words(row: dict[str, str], tables: Tables, statements: pd.DataFrame) -> None:
    found = [
        one
        for one in of_statements(tables.attributions, statements)
        if str(one["line"]) == row["line"] and one["part"] == row["part"]
    ]
    assert [one["speaker_id"] for one in found] == [row["speaker_id"]]
    assert (found[0]["role"], found[0]["country"]) == (row["role"], row["country"])
    if row["mention"]:  # Sub-headings name nobody.
        assert (found[0]["mention"], found[0]["basis"]) == (row["mention"], row["basis"])


def test_nobody_else_is_attributed(tables: Tables, statements: pd.DataFrame) -> None:
    assert len(list(of_statements(tables.attributions, statements))) == len(expected("attributions"))


def test_the_countries_of_every_line(tables: Tables) -> None:
    text = tables.articles.set_index("article_id").loc[FIRST, "text"]
    mentions = tables.mentions[(tables.mentions["article_id"] == FIRST) & (tables.mentions["kind"] == "country")]
    found = {(text.count("\n", 0, one.start) + 1, one.entity_id) for one in mentions.itertuples()}
    assert found == {(int(row["line"]), row["country"]) for row in expected("mentions")}
    words = {(text.count("\n", 0, one.start) + 1, one.entity_id, one.text) for one in mentions.itertuples()}
    assert words >= {(int(row["line"]), row["country"], row["words"]) for row in expected("mentions")}


def test_topics_and_positions_agree_well(tables: Tables, statements: pd.DataFrame) -> None:
    topics = {(row["line"], row["topic_id"]) for row in of_statements(tables.statement_topics, statements)}
    assert agreement({(int(row["line"]), row["topic_id"]) for row in expected("topics")}, topics) >= 0.75
    keys = ("speaker_id", "target", "stance")
    gold = {(int(row["line"]), *(row[key] for key in keys)) for row in expected("positions")}
    held = {(row["line"], *(row[key] for key in keys)) for row in of_statements(tables.positions, statements)}
    assert agreement(gold, held) >= 0.6


def test_the_ukrainian_ministers_wish_is_his_own(tables: Tables, statements: pd.DataFrame) -> None:
    relayed = [row for row in of_statements(tables.positions, statements) if row["relayed"]]
    assert {row["line"] for row in relayed} == {7}
    assert {row["speaker_id"] for row in relayed} == {"person:kuleba-dmytro"}
    assert ("topic:use_of_force", "against") in {(row["target"], row["stance"]) for row in relayed}


def test_the_measure_says_the_same() -> None:
    figures = evaluate(EXPECTED / "seed-000.jsonl", only=FIRST).figures
    assert {name: figures[name]["f1"] for name in ("detection", "attribution", "countries")} == {
        "detection": 1.0,
        "attribution": 1.0,
        "countries": 1.0,
    }
    assert figures["topics"]["f1"] >= 0.75
    assert figures["position"]["f1"] >= 0.6


# The demonstration


def real_people() -> set[str]:
    with (DATA / "lexicon" / "people.csv").open(encoding="utf-8", newline="") as file:
        return {row["speaker_id"] for row in csv.DictReader(file)}


def test_two_collections_of_one_and_of_sixty(tables: Tables) -> None:
    articles = tables.articles
    assert articles["collection"].value_counts().to_dict() == {seeds.DEMO: 60, seeds.FIRST: 1}
    demo = articles[articles["collection"] == seeds.DEMO]
    assert demo["article_id"].str.startswith("demo-").all()
    assert demo["source"].str.contains("ساختگی").all()
    dated = demo["published"].dropna()
    assert len(demo) - len(dated) == 3
    assert set(dated.dt.strftime("%Y-%m")) == set(pd.period_range("2024-06", "2026-11", freq="M").astype(str))
    assert dated.max().day < 20  # The last month is incomplete.


def test_no_real_person_speaks_or_is_named_in_the_demonstration(tables: Tables) -> None:
    people = real_people()
    assert {AMIRABDOLLAHIAN, LAVROV} <= people
    demo = tables.articles.loc[tables.articles["collection"] == seeds.DEMO, "article_id"]
    said = tables.statements.loc[tables.statements["article_id"].isin(demo), "statement_id"]
    assert len(said) > 100
    for frame in (tables.attributions, tables.positions):
        assert not set(frame.loc[frame["statement_id"].isin(said), "speaker_id"]) & people
    mentions = tables.mentions[tables.mentions["article_id"].isin(demo)]
    named = set(mentions.loc[mentions["kind"] == "person", "entity_id"])
    assert named and not named & people


def test_invented_people_stay_in_the_demonstration(tables: Tables) -> None:
    first = tables.statements.loc[tables.statements["article_id"] == FIRST, "statement_id"]
    speakers = tables.attributions.loc[tables.attributions["statement_id"].isin(first), "speaker_id"]
    assert len(speakers) and not speakers.str.startswith("demo:").any()


def test_states_and_bodies_keep_their_ids(tables: Tables) -> None:
    demo = tables.articles.loc[tables.articles["collection"] == seeds.DEMO, "article_id"]
    mentions = tables.mentions[tables.mentions["article_id"].isin(demo)]
    assert {"IR", "RU", "US", "QA"} <= set(mentions.loc[mentions["kind"] == "country", "entity_id"])
    assert "body:foreign_ministry:QA" in set(tables.speakers["speaker_id"])


def test_three_dispatches_are_near_copies_of_others(tables: Tables) -> None:
    text = tables.articles.set_index("article_id")["text"]
    for original, copy in (("demo-09", "demo-36"), ("demo-16", "demo-46"), ("demo-24", "demo-60")):
        assert NEAR <= similarity(letters(text[original]), letters(text[copy])) < 1


@pytest.fixture(scope="module")
def positions(tables: Tables) -> pd.DataFrame:
    """The positions held in the demonstration, each with its day; what is undated or counted once already left out."""
    rows = Filters(collections=(seeds.DEMO,)).apply(tables)
    days = rows.statements[["statement_id", "article_id"]].merge(rows.articles[["article_id", "published"]])
    found = rows.positions.merge(days, on="statement_id").dropna(subset="published")
    return found.assign(day=found["published"].dt.strftime("%Y-%m-%d"))


def test_positions_are_enough_for_labels_of_every_kind(tables: Tables) -> None:
    found = matrix(Filters(collections=(seeds.DEMO,)).narrow(Facts.of(tables)))
    labelled = found[found["label"] != NOT_ENOUGH]
    assert labelled["speaker"].nunique() >= 8
    assert labelled["label"].nunique() >= 4


@pytest.mark.parametrize(
    ("speaker", "target", "start", "stop", "stance"),
    [
        ("azarpira-masoud", "topic:negotiation", "2024-06", "2025-12", "against"),
        ("azarpira-masoud", "topic:negotiation", "2025-12", "2026-04", "mixed"),
        ("azarpira-masoud", "topic:negotiation", "2026-06", "2027", "for"),
        ("damavandipur-armin", "topic:negotiation", "2024-06", "2025-12", "for"),
        ("damavandipur-armin", "topic:negotiation", "2025-12", "2026-05", "mixed"),
        ("damavandipur-armin", "topic:negotiation", "2026-05", "2027", "against"),
        ("sarhudi-fawwaz", "state:IR", "2024-06", "2025-02", "against"),
        ("sarhudi-fawwaz", "state:IR", "2026-02", "2027", "for"),
        ("hargrove-daniel", "topic:sanctions", "2024-06", "2026-02", "for"),
        ("hargrove-daniel", "topic:sanctions", "2026-10", "2027", "against"),
        ("montfleury-benoit", "topic:sanctions", "2025-08", "2025-09", "against"),
        ("montfleury-benoit", "topic:sanctions", "2025-09", "2025-10", "for"),
        ("zuhayrawi-mazin", "topic:trade_energy", "2024-06", "2026-03-03", "for"),
        ("sanawbari-layth", "topic:trade_energy", "2026-03-03", "2027", "against"),
    ],
)
def test_positions_change_as_told(
    positions: pd.DataFrame, speaker: str, target: str, start: str, stop: str, stance: str
) -> None:
    of = positions[(positions["speaker_id"] == f"demo:{speaker}") & (positions["target"] == target)]
    assert set(of.loc[(of["day"] >= start) & (of["day"] < stop), "stance"]) == {stance}


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [("altinsoy-turgay", "wajihi-rashid", True), ("ashcombe-meredith", "ouyang-jianmin", False)],
)
def test_two_agree_and_two_disagree_in_the_same_months(
    positions: pd.DataFrame, one: str, other: str, agree: bool
) -> None:
    of_topics = positions[positions["target"].str.startswith("topic:")].assign(month=positions["day"].str[:7])
    sides = [of_topics[of_topics["speaker_id"] == f"demo:{who}"] for who in (one, other)]
    met = sides[0].merge(sides[1], on=["target", "month"])
    assert met[["target", "month"]].drop_duplicates().shape[0] >= 6
    assert set(met["stance_x"] == met["stance_y"]) == {agree}


def test_the_annotated_dispatches_are_those_shipped_and_read_well() -> None:
    path = SEEDS / "demo" / "expected.jsonl"
    annotated = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    texts = {f"demo-{path.name[:2]}": path.read_text("utf-8") for path in (SEEDS / "demo").glob("*.txt")}
    assert len(annotated) == 33
    assert all(one["text"] == texts[one["doc_id"]] for one in annotated)
    found = evaluate(path, lexicon=demo_lexicon()).figures
    figures = {name: found[name]["f1"] for name in ("detection", "attribution", "countries", "topics", "position")}
    assert figures["detection"] >= 0.93
    assert figures["attribution"] >= 0.9
    assert figures["countries"] >= 0.97
    assert figures["topics"] >= 0.78
    assert figures["position"] >= 0.65
