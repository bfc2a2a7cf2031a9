"""What differs between two states of some articles' codes, statement by statement."""

from __future__ import annotations

import pandas as pd

from analysis.schema import INTEGER, TEXT, Column, Table, Tables
from analysis.schema import TABLES as CONTRACT

FIELDS = ("statement", "speaker", "topic", "country", "stance", "alias")
CHANGES = Table(
    "changes",
    (),
    (
        Column("article_id", TEXT, "the article, empty for a speaker's names"),
        Column("statement_id", TEXT, "the statement, empty for a speaker's names"),
        Column("start", INTEGER, "where the statement begins"),
        Column("stop", INTEGER, "where it ends, exclusive"),
        Column("text", TEXT, "the statement's words; of names, the speaker's id"),
        Column("field", TEXT, "what differs", FIELDS),
        Column("before", TEXT, "ids joined by |, empty for none"),
        Column("after", TEXT, "the same after the change"),
    ),
)
COUNTED = {
    "statements": "statements",
    "attributions": "attributions",
    "topics": "statement_topics",
    "mentions": "mentions",
    "positions": "positions",
}
"""What is counted, and the table whose rows are compared."""
_PEOPLE = ("coder", "confidence")
"""Columns that say who coded a row, not what it says."""


def counted(before: Tables, after: Tables) -> dict[str, int]:
    """Rows that differ, by what they say: added, gone or changed, each counted once by its key."""
    found = {}
    for name, table_name in COUNTED.items():
        table = next(table for table in CONTRACT if table.name == table_name)
        columns = [column for column in table.names if column not in _PEOPLE]
        sides = [getattr(side, table_name)[columns] for side in (before, after)]
        both = pd.concat(sides, ignore_index=True)  # A row has a key of its own: what is there twice is on both sides.
        found[name] = len(both.loc[~both.duplicated(keep=False), list(table.key)].drop_duplicates())
    return found


def changes_of(before: Tables, after: Tables) -> pd.DataFrame:
    """Codes that differ (columns: `CHANGES`), in the order of the articles' texts."""
    spans = pd.concat([after.statements, before.statements]).drop_duplicates("statement_id")
    spans = spans.set_index("statement_id")[["article_id", "start", "stop", "text"]]
    parts = [_names(before, after)]
    for field in FIELDS[:-1]:
        sides = [_codes(side, field) for side in (before, after)]
        both = pd.concat(sides, axis=1, keys=["before", "after"]).fillna("")
        both = both[both["before"] != both["after"]]
        parts.append(spans.join(both, how="inner").rename_axis("statement_id").reset_index().assign(field=field))
    frame = pd.concat(parts, ignore_index=True)
    frame["order"] = frame["field"].map({name: number for number, name in enumerate(FIELDS)})
    return CHANGES.frame(frame.sort_values(["article_id", "start", "stop", "statement_id", "order"]))


def _codes(tables: Tables, field: str) -> pd.Series:
    """What a field says of each statement: ids joined by `|`."""
    if field == "statement":
        statements = tables.statements["statement_id"]
        return pd.Series(statements.to_numpy(), index=statements.to_numpy(), dtype="str")
    if field == "speaker":
        rows = tables.attributions[tables.attributions["part"] == "speaker"]
        said, order = rows["speaker_id"], rows["speaker_id"]
    elif field == "topic":
        rows = tables.statement_topics
        said, order = rows["topic_id"], rows["rank"]
    elif field == "country":
        rows = tables.mentions[(tables.mentions["kind"] == "country") & (tables.mentions["statement_id"] != "")]
        rows = rows.drop_duplicates(["statement_id", "entity_id"])
        said, order = rows["entity_id"], rows["entity_id"]
    else:
        rows = tables.positions
        said = rows["target"] + "=" + rows["stance"]
        order = rows["target"]
    frame = pd.DataFrame({"statement_id": rows["statement_id"], "said": said, "order": order})
    frame = frame.sort_values(["statement_id", "order", "said"])
    return frame.groupby("statement_id")["said"].agg("|".join).astype("str")


def _names(before: Tables, after: Tables) -> pd.DataFrame:
    """Speakers who are there on both sides under other names."""
    both = before.speakers.merge(after.speakers, on="speaker_id", suffixes=("_before", "_after"))
    both = both[both["aliases_before"] != both["aliases_after"]]
    names = {"before": both["aliases_before"], "after": both["aliases_after"]}
    return pd.DataFrame({"text": both["speaker_id"], **names, "field": "alias", "start": 0, "stop": 0})
