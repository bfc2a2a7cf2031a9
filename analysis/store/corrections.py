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
| `alias` | the speaker | the alias removed | the alias added |
| `sample`, `sample_item`, `coding` | the sample | – | blind coding, as `store.coding` says; changes no table |

Objects and lists are JSON. Fields of a statement need article_id, start, stop and exact, and so do `sample_item` and
`coding`; the others none of them.
"""  # noqa: E501 - a table reads better uncut.

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.errors import StoreError
from analysis.store.apply import OF_CODING, OF_STATEMENTS, PEOPLE, apply, in_force, orphaned
from analysis.store.commit import Batch, commit
from analysis.store.schema import CORRECTIONS
from analysis.store.store import Store

__all__ = ["OF_CODING", "OF_STATEMENTS", "PEOPLE", "apply", "in_force", "orphaned", "record", "undo"]

FIELDS = (*OF_STATEMENTS, *PEOPLE, *OF_CODING)
"""What can be kept."""
_WITH_PLACE = (*OF_STATEMENTS, "sample_item", "coding")
CODING = "coding"
"""How a batch counts, among its corrections, those that are blind coding."""
Given = Mapping[str, object]


def record(store: Store, rows: Sequence[Given], who: str) -> Store:
    """Keep corrections.

    Args:
        store: the store, at its newest version.
        rows: field, key, old, new, why, article_id, start, stop, exact as the field needs them; `key` and `new` may be
            dictionaries or lists.
        who: the person's name, which becomes `coder` of what they made.

    Raises:
        StoreError: no name, an unknown field, words that do not stand where they should; or as `commit` says.
    """
    if not who.strip() or who == "machine":
        raise StoreError(f"corrections: {who!r} names nobody. Say who makes the correction.")
    texts = _texts(store, {str(row.get("article_id", "")) for row in rows})
    made = [_checked(texts, row) for row in rows]
    return _commit(store, made, who)


def undo(store: Store, correction_id: str, who: str, why: str = "") -> Store:
    """Take one correction back; an undo can itself be taken back.

    Raises:
        StoreError: there is no such correction, or as `commit` says.
    """
    if correction_id not in set(store.frame("corrections", ["correction_id", "at"])["correction_id"]):
        raise StoreError(f"{store.where}: has no correction {correction_id}. `corrections()` lists them.")
    return _commit(store, [{"undoes": correction_id, "why": why}], who)


def _texts(store: Store, articles: set[str]) -> dict[str, str]:
    found = store.frame("articles", ["article_id", "text"], "article_id IN (SELECT unnest(?))", [sorted(articles)])
    return dict(zip(found["article_id"], found["text"], strict=True))


def _checked(texts: Mapping[str, str], given: Given) -> dict[str, object]:
    row = {str(name): _text(value) for name, value in given.items()}
    field = row.get("field")
    if field not in FIELDS:
        raise StoreError(f"corrections: the field {field!r} is unknown. Fields are {', '.join(FIELDS)}.")
    if field in _WITH_PLACE:
        article, start, stop = (row.get(name) for name in ("article_id", "start", "stop"))
        if article not in texts:
            raise StoreError(f"corrections: the store has no article {article!r}. Reload and correct it again.")
        exact = texts[str(article)][int(str(start)) : int(str(stop))]
        if not exact or row.setdefault("exact", exact) != exact:
            raise StoreError(f"corrections: {article}[{start}:{stop}] is {exact!r}, not {row['exact']!r}. Reload.")
    return row


def _text(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, Mapping | list | tuple) else value


def _commit(store: Store, rows: list[dict[str, object]], who: str) -> Store:
    last = store.frame("corrections", ["at", "correction_id"])["at"].max()
    now = pd.Timestamp.now("UTC")
    if pd.notna(last):  # Two machines' clocks differ; the order in which they are made must not.
        now = max(now, last + pd.Timedelta(microseconds=1))
    frame = CORRECTIONS.frame(
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
    coding = int(frame["field"].isin(OF_CODING).sum())
    counts = {CODING: coding} if coding else {}
    return commit(store, Batch(kind="correct", corrections=frame, who=who, counts=counts))
