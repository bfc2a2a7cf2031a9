"""The few rows of a store that corrections concern, so that a large store is not read for a handful of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.schema import TABLES, Tables
from analysis.store.apply import PEOPLE, changing
from analysis.store.case import values
from analysis.store.schema import NAMED

if TYPE_CHECKING:
    from analysis.store.store import Store

_NAMING = " UNION ".join(
    f"SELECT statement_id FROM {name} WHERE speaker_id IN (SELECT unnest(?))" for name in ("attributions", "positions")
)
_SPEAKER = {"attributions": "speaker_id", "positions": "speaker_id", "mentions": "entity_id"}


def concerned(corrections: pd.DataFrame) -> tuple[list[str], list[str]]:
    """The articles and the speakers whose rows corrections in force may change.

    Args:
        corrections: rows of `store.schema.CORRECTIONS`, undos among them.
    """
    rows = changing(corrections)
    people = rows[rows["field"].isin(PEOPLE)]
    named = set(people["key"]) | set(people.loc[people["field"] == "merge_person", "new"])
    split = people.loc[people["field"] == "split_person", "new"]
    named |= {str((values(new) or {}).get("speaker_id", "")) for new in split}
    return sorted(set(rows["article_id"]) - {""}), sorted(named - {""})


def rows_of(store: Store, articles: list[str], speakers: list[str], *, statements: bool = False) -> Tables:
    """The machine's rows of some articles and of some speakers, with all speakers and offices.

    Args:
        store: the store, at the version that is meant.
        articles, speakers: ids.
        statements: whether the statements of the speakers' rows come along.
    """
    frames = {}
    for table in TABLES:
        values: list[object] = [articles, speakers] if table.name in _SPEAKER else [articles]
        where = "" if table.name in NAMED else own_rows(table.name)
        if table.name == "statements" and statements:
            where, values = f"({where} OR statement_id IN ({_NAMING}))", [articles, speakers, speakers]
        frames[table.name] = store.frame(table.name, table.names, where, values if where else ())
    return Tables(**frames)


def own_rows(name: str, articles: str = "unnest(?)", speakers: str = "unnest(?)") -> str:
    """The condition in SQL for a table's rows of some articles and of some speakers.

    Args:
        name: a table of articles or codes.
        articles, speakers: what to select ids from.
    """
    mine = f"article_id IN (SELECT {articles})"
    return f"({mine} OR {_SPEAKER[name]} IN (SELECT {speakers}))" if name in _SPEAKER else mine
