"""Corrections: what each field does, undoing in any order, what outlives another extraction."""

import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import schema
from analysis.errors import StoreError
from analysis.schema import Tables
from analysis.store import Store, check, commit, remove, restore
from analysis.store.apply import apply, in_force, orphaned
from analysis.store.corrections import log, record, undo
from analysis.store.schema import CORRECTIONS
from tools.invented import invented, refresh_of

TABLES = apply(invented(["x", "y"]), CORRECTIONS.frame())
WHO = "بازبین"


def rows(*given: dict[str, object]) -> pd.DataFrame:
    """Corrections as the store keeps them."""
    return CORRECTIONS.frame(
        [
            {
                "correction_id": f"c{number}",
                "at": pd.Timestamp("2025-01-01", tz="UTC") + pd.Timedelta(number, "s"),
                "who": WHO,
                "start": 0,
                "stop": 0,
                **{name: json.dumps(value) if isinstance(value, list | dict) else value for name, value in row.items()},
            }
            for number, row in enumerate(given)
        ]
    )


def of(number: int, **fields: object) -> dict[str, object]:
    """A correction of the statement with that number."""
    row = TABLES.statements.iloc[number]
    return {"article_id": row["article_id"], "start": row["start"], "stop": row["stop"], "exact": row["text"], **fields}


def corrected(*given: dict[str, object]) -> Tables:
    tables = apply(TABLES, rows(*given))
    schema.check(tables)
    assert orphaned(TABLES, rows(*given)) == set()
    return tables


def codes(tables: Tables, name: str, number: int) -> pd.DataFrame:
    frame = getattr(tables, name)
    return frame[frame["statement_id"] == TABLES.statements["statement_id"].iloc[number]].reset_index(drop=True)


SPEAKER = codes(TABLES, "attributions", 0)["speaker_id"].iloc[0]
TOPICS = codes(TABLES, "statement_topics", 0).sort_values("rank")["topic_id"].tolist()
OTHERS = [topic for topic in ("sanctions", "trade", "borders", "talks") if topic not in TOPICS]


def test_without_corrections_nothing_changes():
    assert apply(TABLES, CORRECTIONS.frame()) is TABLES


def test_another_speaker_takes_the_statement_and_its_positions():
    new = {"speaker_id": "person:new", "name_fa": "مهتاب تازه", "role": "spokesperson", "country": "IR"}
    tables = corrected(of(0, field="speaker", key=SPEAKER, new=new))
    row = codes(tables, "attributions", 0)
    assert row[["speaker_id", "role", "coder"]].to_numpy().tolist() == [["person:new", "spokesperson", WHO]]
    assert codes(tables, "positions", 0)["speaker_id"].tolist() == ["person:new"]
    assert "مهتاب تازه" in set(tables.speakers["name_fa"])


def test_a_speaker_is_added_and_removed():
    tables = corrected(of(0, field="speaker", new="person:new"))
    assert set(codes(tables, "attributions", 0)["speaker_id"]) == {SPEAKER, "person:new"}
    tables = corrected(of(0, field="speaker", key=SPEAKER))
    assert codes(tables, "attributions", 0).empty and codes(tables, "positions", 0).empty


def test_topics_are_added_removed_and_replaced_in_their_rank():
    def topics(*given: dict[str, object]) -> list[str]:
        frame = codes(corrected(*given), "statement_topics", 0).sort_values("rank")
        assert frame["rank"].tolist() == list(range(1, len(frame) + 1))
        return frame["topic_id"].tolist()

    first, second = TOPICS
    assert topics(of(0, field="topic", new=OTHERS[0])) == [first, second, OTHERS[0]]
    assert topics(of(0, field="topic", old=first)) == [second]
    assert topics(of(0, field="topic", old=first, new=OTHERS[0])) == [OTHERS[0], second]
    assert topics(of(0, field="topic", old=first, new=second)) == [second]


def test_countries_are_added_removed_and_replaced():
    old = codes(TABLES, "mentions", 0)["entity_id"].iloc[0]
    states = lambda *given: sorted(codes(corrected(*given), "mentions", 0)["entity_id"])  # noqa: E731
    assert states(of(0, field="country", new="IQ")) == sorted([old, "IQ"])
    assert states(of(0, field="country", old=old)) == []
    assert states(of(0, field="country", old=old, new="IQ")) == ["IQ"]


def test_stances_are_set_and_removed():
    key = [SPEAKER, "topic:sanctions"]
    row = codes(corrected(of(0, field="stance", key=key, new="mixed")), "positions", 0)
    assert row[["stance", "coder", "confidence"]].to_numpy().tolist() == [["mixed", WHO, 1.0]]
    assert codes(corrected(of(0, field="stance", key=key)), "positions", 0).empty
    new = codes(corrected(of(0, field="stance", key=["person:far", "state:TR"], new="for")), "positions", 0)
    assert new.loc[new["target"] == "state:TR", "relayed"].tolist() == [True]


def test_what_is_no_statement_goes_and_its_mentions_stay():
    tables = corrected(of(0, field="not_a_statement"))
    assert len(tables.statements) == len(TABLES.statements) - 1
    assert len(tables.mentions) == len(TABLES.mentions)
    assert all(codes(tables, name, 0).empty for name in ("attributions", "statement_topics", "positions", "mentions"))


def test_a_statement_is_added_by_its_span():
    text = TABLES.articles["text"].iloc[0]
    stop = text.index("\n")
    row = {"field": "add_statement", "article_id": "x", "start": 0, "stop": stop, "exact": text[:stop]}
    tables = corrected(row, {**row, "field": "topic", "new": "trade"})
    added = tables.statements[tables.statements["coder"] == WHO]
    assert added["text"].tolist() == [text[:stop]]
    assert (tables.statement_topics["statement_id"] == added["statement_id"].iloc[0]).sum() == 1


def test_a_machines_statement_takes_the_span_that_a_person_gave_and_keeps_its_codes():
    row = of(0, field="add_statement")
    row |= {"stop": row["stop"] - 6, "exact": row["exact"][:-6]}
    tables = corrected(row)
    assert len(tables.statements) == len(TABLES.statements)
    assert len(tables.positions) == len(TABLES.positions)
    assert tables.statements["text"].iloc[0] == row["exact"]


def test_two_speakers_become_one():
    one, other = TABLES.speakers["speaker_id"].iloc[:2]
    tables = corrected({"field": "merge_person", "key": one, "new": other})
    assert one not in set(tables.speakers["speaker_id"]) | set(tables.attributions["speaker_id"])
    assert len(tables.speakers) == len(TABLES.speakers) - 1
    merged = tables.speakers.set_index("speaker_id").loc[other]
    names = TABLES.speakers.set_index("speaker_id")["name_fa"]
    assert merged["name_fa"] == names[other] and names[one] in merged["aliases"].split("|")


def test_one_speaker_becomes_two_and_aliases_change():
    name = codes(TABLES, "attributions", 0)["mention"].iloc[0]
    new = {"speaker_id": "person:second", "name_fa": name, "mentions": [name]}
    tables = corrected({"field": "split_person", "key": SPEAKER, "new": new})
    assert codes(tables, "attributions", 0)["speaker_id"].tolist() == ["person:second"]
    tables = corrected({"field": "alias", "key": SPEAKER, "old": name, "new": "فرضی"})
    assert tables.speakers.set_index("speaker_id").loc[SPEAKER, "aliases"] == "فرضی"


def test_a_correction_finds_its_words_where_they_moved_and_is_orphaned_where_they_are_gone():
    moved = invented(["x", "y"])
    moved.articles["text"] = "مقدمه\n" + moved.articles["text"]
    for frame in (moved.statements, moved.attributions, moved.mentions, moved.statement_topics, moved.positions):
        for name in {"start", "stop", "cue_start", "cue_stop"} & set(frame.columns):
            frame[name] += 6
    log = rows(of(0, field="topic", new=OTHERS[0]), of(0, field="topic", new="نیست", exact="چنین چیزی نیست"))
    assert orphaned(moved, log) == {"c1"}
    assert OTHERS[0] in codes(apply(moved, log), "statement_topics", 0)["topic_id"].tolist()
    other_place = of(0, field="topic", new=OTHERS[0], start=0, stop=3, exact=TABLES.articles["text"].iloc[0][:3])
    assert orphaned(TABLES, rows(other_place)) == {"c0"}


def given_corrections() -> st.SearchStrategy[dict[str, object]]:
    number = st.integers(0, len(TABLES.statements) - 1)
    speakers = st.sampled_from([*TABLES.speakers["speaker_id"], "person:new"])
    topics = st.sampled_from(["", "sanctions", "trade", "borders", "talks"])
    made = st.one_of(
        st.builds(lambda n, key, new: of(n, field="speaker", key=key, new=new), number, speakers, speakers),
        st.builds(lambda n, old, new: of(n, field="topic", old=old, new=new), number, topics, topics),
        st.builds(lambda n, new: of(n, field="country", new=new), number, st.sampled_from(["TR", "IQ"])),
        st.builds(
            lambda n, who, new: of(n, field="stance", key=[who, "topic:sanctions"], new=new),
            number,
            speakers,
            st.sampled_from(["", "for", "mixed"]),
        ),
        st.builds(lambda n: of(n, field="not_a_statement"), number),
        st.builds(lambda n: of(n, field="add_statement"), number),
        st.builds(lambda key, new: {"field": "merge_person", "key": key, "new": new}, speakers, speakers),
    )
    return st.one_of(made, st.builds(lambda n: {"undoes": f"c{n}"}, st.integers(0, 9)))


@settings(max_examples=15, deadline=None)
@given(st.lists(given_corrections(), max_size=10))
def test_any_corrections_and_undos_leave_what_the_log_says(given):
    """Undone ones are as if never made, whatever came between; the tables keep the contract."""
    log = [row for n, row in enumerate(given) if "undoes" not in row or int(str(row["undoes"])[1:]) < n]
    log = [row for n, row in enumerate(log) if "undoes" not in row or int(str(row["undoes"])[1:]) < n]
    frame = rows(*log)
    tables = apply(TABLES, frame)
    schema.check(tables)
    undone: set[str] = set()
    for correction in reversed(frame.to_dict("records")):
        if correction["undoes"] and correction["correction_id"] not in undone:
            undone.add(correction["undoes"])
    assert set(frame.loc[~in_force(frame), "correction_id"]) == undone
    plain = frame[~frame["correction_id"].isin(undone) & (frame["undoes"] == "")]
    again = apply(TABLES, plain.reset_index(drop=True))
    for (table, left), (_, right) in zip(tables, again, strict=True):
        pd.testing.assert_frame_equal(left, right, obj=table.name)


def test_corrections_outlive_another_extraction_and_each_can_be_undone(filled):
    before = filled.tables()
    statement = before.statements.iloc[0]
    span = {name: statement[name] for name in ("article_id", "start", "stop")}
    store = record(filled, [{"field": "not_a_statement", "why": "نقل نیست", **span}], WHO)
    one, other = before.speakers["speaker_id"].iloc[:2]
    store = record(store, [{"field": "merge_person", "key": one, "new": other}], WHO)
    store = commit(store, refresh_of(["a1"], edition=9))
    assert len(store.tables().statements) == len(before.statements) - 1
    assert len(store.tables(corrected=False).statements) == len(before.statements)
    listed = store.corrections()
    assert listed[["who", "undone", "orphaned"]].to_numpy().tolist() == [[WHO, False, False]] * 2
    for correction in listed["correction_id"]:
        store = undo(store, correction, WHO)
    assert store.tables().speakers.equals(before.speakers)
    assert store.corrections()["undone"].tolist() == [True, True, False, False]
    store = undo(store, store.corrections()["correction_id"].iloc[3], WHO)
    assert one not in set(store.tables().speakers["speaker_id"])
    assert check(store) == []


def test_corrections_of_removed_articles_are_listed_as_orphaned(filled):
    row = filled.tables().statements.iloc[0]
    span = {name: row[name] for name in ("article_id", "start", "stop")}
    store = remove(record(filled, [{"field": "topic", "new": "trade", **span}], WHO), articles=["a1"])
    assert store.corrections()["orphaned"].tolist() == [True]
    assert [problem.severity for problem in check(store)] == ["harmless"]
    store = restore(store, store.version)
    assert store.corrections()["orphaned"].tolist() == [False]
    assert "trade" in set(store.tables(articles=["a1"]).statement_topics["topic_id"])


@pytest.mark.parametrize(
    ("row", "who", "words"),
    [
        ({"field": "topic", "new": "trade", "article_id": "a1", "start": 1, "stop": 5, "exact": "نیست"}, WHO, "Reload"),
        ({"field": "topic", "new": "trade", "article_id": "zz", "start": 1, "stop": 5}, WHO, "no article"),
        ({"field": "colour"}, WHO, "unknown"),
        ({"field": "alias"}, "machine", "names nobody"),
    ],
)
def test_wrong_corrections_are_refused(filled, row, who, words):
    with pytest.raises(StoreError, match=words):
        record(filled, [row], who)


def stored(store: Store, number: int = 0) -> dict[str, object]:
    """Where a statement of a store stands."""
    row = store.tables(corrected=False).statements.iloc[number]
    return {name: row[name] for name in ("article_id", "start", "stop")}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"field": "topic", "new": "sanctons"}, "Did you mean sanctions"),
        ({"field": "topic"}, "no topic is named"),
        ({"field": "country", "new": "Turkey"}, "no country code. Did you mean TR"),
        ({"field": "country", "new": "TR", "key": {"start": 0, "stop": 9999}}, "does not stand in the statement"),
        ({"field": "stance", "key": ["person:none", "topic:sanctions"], "new": "for"}, "nobody has the id"),
        ({"field": "stance", "key": "topic:sanctions", "new": "for"}, "Give .speaker_id, target"),
        ({"field": "stance", "key": ["state:IR", "planet:mars"], "new": "for"}, "no target"),
        ({"field": "stance", "key": ["state:IR", "topic:marz"], "new": "for"}, "no topic"),
        ({"field": "stance", "key": ["state:IR", "topic:sanctions"], "new": "unsure"}, "stance cannot be"),
        ({"field": "speaker", "new": {"speaker_id": "state:IR", "role": "king"}}, "role cannot be 'king'"),
        ({"field": "speaker", "key": "state:IR"}, "fits nothing"),
        ({"field": "speaker"}, "no speaker is named"),
        ({"field": "topic", "old": "sanctions_relief", "new": "sanctions"}, "fits nothing"),
        ({"field": "add_statement", "stop": 10**6}, "goes beyond one sentence"),
        ({"field": "merge_person", "key": "state:IR", "new": "state:IR", "article_id": ""}, "merged with itself"),
        ({"field": "split_person", "key": "state:IR", "new": "state:IQ", "article_id": ""}, "Give `mentions`"),
        ({"field": "topic", "new": "sanctions", "colour": "red"}, "'colour' is no part"),
    ],
)
def test_corrections_that_fit_nothing_are_refused_with_what_to_do(filled, row, words):
    with pytest.raises(StoreError, match=words):
        record(filled, [{**stored(filled), **row}], WHO)


def test_what_is_known_of_a_speaker_is_filled_in(filled):
    row = {"field": "speaker", "new": "state:TR", **stored(filled)}
    tables = record(filled, [row], WHO).tables()
    given = tables.attributions.set_index("speaker_id").loc["state:TR"]
    assert given[["role", "country", "coder"]].tolist() == ["organisation", "TR", WHO]
    named = tables.speakers.set_index("speaker_id").loc["state:TR"]
    assert named[["name_en", "kind"]].tolist() == ["Turkey", "body"]


def test_of_two_people_at_once_the_later_one_has_the_last_word_and_both_are_kept(filled):
    """Both saw the same statement; what the first one put there is what the second one replaces."""
    first, second = Store.open(filled.where), Store.open(filled.where)
    place, topic = stored(filled), filled.tables().statement_topics["topic_id"].iloc[0]
    new = [one for one in ("negotiation", "nuclear_deal") if one != topic]
    record(first, [{"field": "topic", "old": topic, "new": new[0], **place}], "مینا")
    store = record(second, [{"field": "topic", "old": topic, "new": new[1], **place}], "کاوه")
    found = store.tables().statement_topics
    mine = found[found["coder"] != "machine"]
    assert mine[["topic_id", "coder"]].to_numpy().tolist() == [[new[1], "کاوه"]]
    assert log(store)[["who", "in_force", "orphaned"]].to_numpy().tolist() == [
        ["کاوه", True, False],
        ["مینا", True, False],
    ]
    store = undo(store, log(store)["correction_id"].iloc[0], "مینا")
    assert new[0] in set(store.tables().statement_topics["topic_id"])


def test_what_is_said_of_a_statement_that_is_none_waits_until_it_is_one_again(filled):
    place = stored(filled)
    store = record(filled, [{"field": "topic", "new": "negotiation", **place}], WHO)
    store = record(store, [{"field": "not_a_statement", **place}], WHO)
    with pytest.raises(StoreError, match="no statement stands there"):
        record(store, [{"field": "topic", "new": "nuclear_deal", **place}], WHO)
    store = undo(store, log(store)["correction_id"].iloc[0], WHO)
    assert "negotiation" in set(store.tables().statement_topics["topic_id"])


def test_a_fourth_topic_takes_the_place_of_the_machines_last_one():
    new = [topic for topic in ("sanctions", "trade", "borders", "talks", "more") if topic not in TOPICS][:2]
    tables = corrected(*(of(0, field="topic", new=topic) for topic in new))
    assert codes(tables, "statement_topics", 0).sort_values("rank")["topic_id"].tolist() == [TOPICS[0], *new]


def test_undoing_what_is_not_there_is_refused(filled):
    with pytest.raises(StoreError, match="no correction"):
        undo(filled, "c9", WHO)
