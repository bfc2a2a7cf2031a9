"""Any corrections and undos, in any order: the tables show what the log says, and undoing all gives them back."""

from __future__ import annotations

from random import Random
from typing import Any

import pandas as pd
from corrections_model import Model, Row, rows_of
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import schema
from analysis.schema import Tables
from analysis.store.apply import apply, in_force, orphaned
from analysis.store.schema import CORRECTIONS
from tests.pages import sample

TABLES = apply(sample.build(articles=8), CORRECTIONS.frame())
SPEAKERS = [*TABLES.speakers["speaker_id"], "person:new", "person:other"]
TOPICS = ["sanctions", "negotiation", "bilateral_ties", "nuclear_deal", "trade_energy"]
STATES = ["IR", "US", "TR", "IQ"]
TARGETS = ["topic:sanctions", "topic:bilateral_ties", "state:TR"]
WHO = ["مینا", "کاوه"]


def correction(seed: int, tables: Tables = TABLES) -> Row:
    """Some correction: of a statement as it is or with other borders, or of people."""
    draw = Random(seed)
    field = draw.choices(
        ["topic", "stance", "speaker", "country", "not_a_statement", "add_statement", "merge_person", "split_person", "alias"],
        [20, 20, 20, 12, 6, 8, 4, 4, 3],
    )[0]  # fmt: skip
    if field in ("merge_person", "split_person", "alias"):
        return _of_person(draw, field)
    statement = tables.statements.iloc[draw.randrange(len(tables.statements))]
    start, stop = int(statement["start"]), int(statement["stop"])
    if draw.random() < 0.3:
        stop -= draw.choice([4, 9, (stop - start) * 2 // 3])
    row: Row = {"field": field, "article_id": statement["article_id"], "start": start, "stop": stop}
    row["exact"] = statement["text"][: stop - start]
    some: dict[str, Any] = {
        "topic": lambda: {"old": draw.choice(["", *TOPICS]), "new": draw.choice(["", *TOPICS])},
        "country": lambda: {"old": draw.choice(["", *STATES]), "new": draw.choice(["", *STATES])},
        "stance": lambda: {
            "key": f'["{draw.choice(SPEAKERS)}", "{draw.choice(TARGETS)}"]',
            "new": draw.choice(["", "for", "against", "mixed"]),
        },
        "speaker": lambda: {"key": draw.choice(["", *SPEAKERS]), "new": draw.choice(["", *SPEAKERS, _NEW, _RELAYED])},
    }
    return row | (some[field]() if field in some else {})


_NEW = '{"speaker_id": "person:new", "name_fa": "پریسا تازه‌وارد", "role": "expert"}'
_RELAYED = '{"speaker_id": "person:other", "part": "relayed", "country": "TR"}'


def _of_person(draw: Random, field: str) -> Row:
    one, other = draw.sample(SPEAKERS[:-1], 2)
    words = draw.sample(["وی", "سفیر ایران", "پاول اورلوف", "بهرام نیک‌روش", "جم چاگان"], 2)
    new = {
        "merge_person": other,
        "split_person": f'{{"speaker_id": "{other}", "name_fa": "نام", "mentions": ["{words[0]}", "{words[1]}"]}}',
        "alias": words[0],
    }
    return {"field": field, "key": one, "new": new[field], "old": words[1] if field == "alias" else ""}


def log_of(seeds: list[int]) -> pd.DataFrame:
    """A log; every fifth entry takes back an earlier one, an undo or not."""
    made: list[Row] = []
    for number, seed in enumerate(seeds):
        row = {"undoes": f"c{seed // 7 % number}"} if number and seed % 5 == 0 else correction(seed)
        at = pd.Timestamp("2025-01-01", tz="UTC") + pd.Timedelta(number, "s")
        made.append({"start": 0, "stop": 0, **row, "correction_id": f"c{number}", "at": at, "who": WHO[seed % 2]})
    return CORRECTIONS.frame(made)


def check(tables: Tables, log: pd.DataFrame) -> None:
    """Compare what is shown with what the log says."""
    shown = apply(tables, log)
    schema.check(shown)
    model = Model(tables).fold([{str(k): v for k, v in row.items()} for row in log.to_dict("records")])
    for name, found in rows_of(shown).items():
        assert found == model.shown()[name], name
    assert orphaned(tables, log) == model.lost


@settings(max_examples=5, deadline=None)
@given(st.lists(st.integers(0, 10**9), min_size=200, max_size=200))
def test_a_thousand_corrections_and_undos_show_what_the_log_says(seeds):
    log = log_of(seeds)
    check(TABLES, log)
    undos = log[in_force(log) & (log["undoes"] == "")].assign(
        undoes=lambda rows: rows["correction_id"], correction_id=lambda rows: "u" + rows["correction_id"]
    )
    assert apply(TABLES, CORRECTIONS.frame(pd.concat([log, undos]))) is TABLES
