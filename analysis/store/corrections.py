"""What people correct: an append-only list beside the machine's rows, applied when they are read.

| field | key | old | new |
|---|---|---|---|
| `speaker` | the speaker replaced or removed; empty: one is added | – | speaker_id, or an object with speaker_id and what is known (part, role, country, mention, start, stop, name_fa, name_en, kind); empty: removed |
| `topic` | – | the topic removed | the topic added |
| `country` | empty, or an object with start and stop of the mention | the state whose mentions go | the state mentioned |
| `stance` | `[speaker_id, target]` | – | for, against, mixed; empty: no position |
| `not_a_statement` | – | – | – |
| `add_statement` | – | – | empty, or an object with form |
| `merge_person` | the speaker that goes | – | the speaker that takes its rows |
| `split_person` | the speaker | – | an object with speaker_id, mentions (words), name_fa … of the new one |
| `alias` | the speaker | the name taken out | the name added |
| `term` | the topic | the term taken out | the term added, or an object with term and weight (1–3; 2 by default) |
| `add_person` | their id; empty: one is made of the name | – | an object with name_fa, name_en, country, names (a list) |
| `sample`, `sample_item`, `coding` | the sample | – | blind coding, as `store.coding` says; changes no table |

`alias`, `term` and `add_person` are words: the store extracts with them (`store.vocabulary`). `record` writes them down; `previews.keep`
does and extracts again what they concern, as `undo` does.

Objects and lists are JSON. Fields of a statement need article_id, start, stop and exact, and so do `sample_item` and
`coding`; the others none of them.
"""  # noqa: E501 - a table reads better uncut.

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.errors import StoreError
from analysis.lexicon.words import Words
from analysis.schema import MACHINE
from analysis.store.apply import OF_CODING, OF_STATEMENTS, PEOPLE, TERMS, apply, in_force, orphaned
from analysis.store.checking import FIELDS, prepared
from analysis.store.commit import Batch, commit
from analysis.store.concerned import rows_of
from analysis.store.following import follow_words
from analysis.store.schema import CORRECTIONS
from analysis.store.store import Store

__all__ = [
    "FIELDS", "OF_CODING", "OF_STATEMENTS", "PEOPLE", "TERMS", "apply", "in_force", "log", "orphaned", "record", "undo",
]  # fmt: skip

CODING = "coding"
"""How a batch counts, among its corrections, those that are blind coding."""
Given = Mapping[str, object]


def record(store: Store, rows: Sequence[Given], who: str, *, words: Words | None = None) -> Store:
    """Keep corrections.

    Args:
        store: the store, at its newest version.
        rows: field, key, old, new, why, article_id, start, stop, exact as the field needs them; `key` and `new` may be
            dictionaries or lists.
        who: the person's name, which becomes `coder` of what they made.
        words: the words under those of the store; those of `data/` by default.

    Raises:
        StoreError: no name, an unknown field or id, words that do not stand where they should, a correction that fits
            nothing; or as `commit` says.
    """
    _check_who(who)
    texts = _texts(store, {str(row.get("article_id") or "") for row in rows})
    ready: list[Mapping[str, object]] = []
    for row in rows:
        ready.append(prepared(store, row, words, ready, texts))
    made = _numbered(store, ready, who)
    _check_fits(store, made)
    return _commit(store, made, who)


def undo(store: Store, correction_id: str, who: str, why: str = "", *, words: Words | None = None) -> Store:
    """Take one correction back; an undo can itself be taken back.

    What words were added or taken out is extracted again.

    Raises:
        StoreError: there is no such correction, or as `commit` says.
    """
    _check_who(who)
    if correction_id not in set(store.frame("corrections", ["correction_id", "at"])["correction_id"]):
        raise StoreError(f"{store.where}: has no correction {correction_id}. `corrections()` lists them.")
    made = _numbered(store, [{"undoes": correction_id, "why": why}], who)
    return follow_words(_commit(store, made, who), set(made["correction_id"]), who, words)


def log(store: Store) -> pd.DataFrame:
    """Every correction and every undo, the newest first.

    Returns:
        the columns of `store.schema.CORRECTIONS` and `in_force` (no undo in force takes it back), `orphaned` (it is in
        force and fits nothing any more), `undone_by` (who took it back, "" where nobody did).
    """
    frame = store.corrections()
    force = ~frame["undone"]
    undos = frame[force & (frame["undoes"] != "")].drop_duplicates("undoes", keep="last")
    by = dict(zip(undos["undoes"], undos["who"], strict=True))
    undone_by = pd.Series([by.get(one, "") for one in frame["correction_id"]], dtype="str")
    frame = frame.drop(columns="undone").assign(in_force=force, undone_by=undone_by)
    columns = [*CORRECTIONS.names, "in_force", "orphaned", "undone_by"]
    return frame[columns].iloc[::-1].reset_index(drop=True)


def _check_who(who: str) -> None:
    if not who.strip() or who == MACHINE:
        raise StoreError(f"corrections: {who!r} names nobody. Say who makes the correction.")


def _texts(store: Store, articles: set[str]) -> dict[str, str]:
    found = store.frame("articles", ["article_id", "text"], "article_id IN (SELECT unnest(?))", [sorted(articles)])
    return dict(zip(found["article_id"], found["text"], strict=True))


def _check_fits(store: Store, made: pd.DataFrame) -> None:
    """What is recorded has something to correct, as things stand."""
    asked = made[made["field"].isin(OF_STATEMENTS)]
    if asked.empty:
        return
    articles = sorted(set(asked["article_id"]))
    log = CORRECTIONS.frame(store.frame("corrections"))
    log = log[log["article_id"].isin(["", *articles])]
    lost = orphaned(rows_of(store, articles, []), CORRECTIONS.frame(pd.concat([log, asked], ignore_index=True)))
    for row in asked[asked["correction_id"].isin(lost)].to_dict("records"):
        raise StoreError(
            f"corrections: {row['field']} {row['old'] or row['key'] or row['new']} fits nothing at "
            f"{row['article_id']}[{row['start']}:{row['stop']}]: no statement stands there any more, or what it is "
            "about is gone. Reload and look at it again."
        )


def _numbered(store: Store, rows: Sequence[Mapping[str, object]], who: str) -> pd.DataFrame:
    """Corrections with ids and times."""
    last = store.frame("corrections", ["at", "correction_id"])["at"].max()
    now = pd.Timestamp.now("UTC")
    if pd.notna(last):  # Two machines' clocks differ; the order in which they are made must not.
        now = max(now, last + pd.Timedelta(microseconds=1))
    return CORRECTIONS.frame(
        [
            {
                "start": 0,
                "stop": 0,
                **row,
                "who": who,
                "correction_id": secrets.token_hex(8),
                "at": now + pd.Timedelta(microseconds=number),
            }
            for number, row in enumerate(rows)
        ]
    )


def _commit(store: Store, made: pd.DataFrame, who: str) -> Store:
    coding = int(made["field"].isin(OF_CODING).sum())
    counts = {CODING: coding} if coding else {}
    return commit(store, Batch(kind="correct", corrections=made, who=who, counts=counts))
