"""Blind coding: drawn again alike, kept with the corrections, and never a change of the tables."""

import io
from functools import cache

import pandas as pd
import pytest

from analysis import schema
from analysis.errors import StoreError
from analysis.export.restore import add_snapshot
from analysis.export.snapshot import write_snapshot
from analysis.export.taking import content_of
from analysis.export.verify import verify
from analysis.measure.filters import Filters
from analysis.schema import MACHINE
from analysis.serve.content import Content
from analysis.serve.drawing import draw
from analysis.serve.editions import folder_of
from analysis.store import Batch, Store, commit
from analysis.store.check import check
from analysis.store.coding import (
    FOUND,
    NO,
    NOTHING,
    YES,
    Codes,
    Sample,
    codes_of,
    codes_of_machine,
    keep_codes,
    keep_sample,
    samples,
    units,
)
from analysis.store.corrections import record, undo
from analysis.store.schema import CORRECTIONS
from tests.pages.sample import build

TABLES = build(4)
SAID = Codes(YES, ("demo:nikravesh-bahram",), ("sanctions",), ("US",), {"topic:sanctions": "against"}, ("countries",))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A few invented articles."""
    opened = Store.open(tmp_path_factory.mktemp("coding") / "s", create=True)
    return commit(opened, Batch(kind="add", tables=TABLES, who="مینا"))


def drawn(seed: int = 7) -> Sample:
    items = draw(content(), Filters().narrow(content().facts, lambda words: []), seed=seed, size=8)
    return Sample("", seed, 8, 0.5, {}, items)


@cache
def content() -> Content:
    """What of the articles is shown before anybody corrects them."""
    return Content.of(TABLES)


def corrections(store: Store) -> pd.DataFrame:
    return CORRECTIONS.frame(store.frame("corrections"))


def test_a_seed_draws_the_same_sentences_again():
    one, again, other = drawn(), drawn(), drawn(seed=8)
    assert one.items == again.items != other.items
    assert [item.number for item in one.items] == list(range(1, 9))
    texts = TABLES.articles.set_index("article_id")["text"]
    assert all(texts[item.article_id][item.start : item.stop] == item.exact for item in one.items)
    spans = TABLES.statements
    for item in one.items:
        mine = spans[spans["article_id"] == item.article_id]
        inside = ((mine["start"] < item.stop) & (mine["stop"] > item.start)).any()
        assert inside == (item.stratum == FOUND)


def test_codes_are_kept_beside_tables_that_stay_as_they_are(store: Store, tmp_path):
    before = store.tables()
    place = folder_of(store)
    store, key = keep_sample(store, drawn(), "مینا")
    sample = samples(corrections(store))[key]
    first, second = sample.items[:2]
    store = keep_codes(store, key, first, Codes(NO), "مینا")
    store = keep_codes(store, key, first, SAID, "مینا")
    store = keep_codes(store, key, second, Codes(NO), "نادر")
    last = corrections(store)["correction_id"].iloc[-1]
    store = undo(store, last, "نادر")
    assert codes_of(corrections(store), sample) == {("مینا", 1): SAID}, (
        "the last word counts, and what is undone does not"
    )
    assert all(one.equals(two) for (_, one), (_, two) in zip(before, store.tables(), strict=True))
    assert store.corrections().empty and not [one for one in check(store) if one.table == "corrections"]
    assert (sample.seed, sample.size, sample.who, len(sample.items)) == (7, 8, "مینا", 8)
    assert folder_of(Store.open(store.where, version=store.version - 1)) == place, "no columns are made anew for codes"

    store = record(store, [{"field": "not_a_statement", **_place(before, 0)}], "مینا")
    assert len(store.tables().statements) == len(before.statements) - 1
    assert folder_of(store) != place

    packed = io.BytesIO()
    write_snapshot(packed, content_of(store))
    assert verify(packed, store).code == 0
    other = Store.open(tmp_path / "other", create=True)
    add_snapshot(other, packed)
    other = other.reload()
    assert codes_of(corrections(other), samples(corrections(other))[key]) == {("مینا", 1): SAID}

    one = Filters(sources=(before.articles["source"].iloc[0],))
    part = content_of(store, one).corrections
    inside = set(before.articles.loc[before.articles["source"] == one.sources[0], "article_id"])
    kept = part[part["field"] == "sample_item"]
    assert set(kept["article_id"]) <= inside and (part["field"] == "sample").sum() == 1


def _place(tables: schema.Tables, number: int) -> dict[str, object]:
    row = tables.statements.iloc[number]
    return {"article_id": row["article_id"], "start": int(row["start"]), "stop": int(row["stop"])}


def test_words_that_do_not_stand_there_are_refused(store: Store):
    item = drawn().items[0]
    wrong = type(item)(1, item.article_id, item.start + 1, item.stop, item.exact, FOUND)
    with pytest.raises(StoreError, match="Reload"):
        keep_codes(store, "x", wrong, Codes(NO), "مینا")


def test_what_the_program_says_of_a_sentence(store: Store):
    tables, sample = store.tables(corrected=False), drawn()
    found = codes_of_machine(tables, sample.items)
    assert {key[0] for key in found} == {MACHINE}
    for item in sample.items:
        codes = found[MACHINE, item.number]
        assert codes.statement == (YES if item.stratum == FOUND else NO)
    held = {row["statement_id"]: row for row in tables.positions.to_dict("records") if not row["relayed"]}
    some = next(item for item in sample.items if f"{item.article_id}:{item.start}" in held)
    position = held[f"{some.article_id}:{some.start}"]
    assert found[MACHINE, some.number].positions[position["target"]] == position["stance"]


def test_units_of_codes():
    coded = {("مینا", 1): SAID, ("مینا", 2): Codes(NO), ("نادر", 1): Codes(YES), ("نادر", 2): Codes()}
    rows = {tuple(row) for row in units(coded).to_numpy().tolist()}
    assert ("statement", "مینا", "2", "no") in rows and ("statement", "نادر", "1", "yes") in rows
    assert not any(row[1:3] == ("نادر", "2") for row in rows), "who cannot say gives no value"
    assert not any(row[:2] == ("countries", "مینا") for row in rows)
    assert ("positions", "مینا", "1", "topic:sanctions=against") in rows
    assert ("stance", "مینا", "1 topic:sanctions", "against") in rows
    assert ("topics", "نادر", "1", NOTHING) in rows
    assert Codes.of_json(SAID.to_json()) == SAID
