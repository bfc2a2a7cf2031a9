"""The flat CSV: one row a statement, everything beside it, safe to open in a spreadsheet."""

from __future__ import annotations

import pandas as pd

from analysis.measure.columns import joined
from analysis.schema import Tables
from analysis.text.calendar import jalali_texts, local_days

JOIN = " | "
"""Joins several values of one cell."""
COLUMNS = (
    "date_jalali",
    "date",
    "source",
    "title",
    "url",
    "collection",
    "speaker",
    "speaker_en",
    "speaker_id",
    "role",
    "country",
    "statement",
    "form",
    "cue",
    "repeats",
    "relayed_from",
    "topics",
    "countries",
    "positions",
    "confidence",
    "coder",
    "article_id",
    "start",
    "stop",
    "statement_id",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def flat(tables: Tables) -> pd.DataFrame:
    """One row a statement, ordered by date, article and place in it, undated ones last.

    Returns:
        the columns of `COLUMNS`. Joint speakers stand in one cell joined by " | ", their roles and countries in the
        same order. topics and countries are ids, most central and first named first; positions read
        `speaker_id>target=stance`, with `(relayed)` behind those that the speaker only passes on.
    """
    articles = tables.articles
    days = local_days(articles["published"])
    known = articles[["article_id", "source", "title", "url", "collection"]].assign(
        date=[day.isoformat() if day else "" for day in days], date_jalali=jalali_texts(days)
    )
    rows = tables.statements.rename(columns={"text": "statement"}).merge(known, on="article_id", how="left")
    ids = rows["statement_id"]
    for column, values in _beside(tables).items():
        rows[column] = values.reindex(ids).fillna("").to_numpy()
    rows["order"] = rows["date"].where(rows["date"] != "", "~")  # "~" sorts behind every digit.
    rows = rows.sort_values(["order", "article_id", "start", "statement_id"], ignore_index=True)
    return rows[list(COLUMNS)]


def _beside(tables: Tables) -> dict[str, pd.Series]:
    names = tables.speakers.set_index("speaker_id")[["name_fa", "name_en"]]
    said = tables.attributions.join(names, on="speaker_id")
    relayed = said[said["part"] == "relayed"]
    said = said[said["part"] == "speaker"]
    topics = tables.statement_topics.sort_values(["statement_id", "rank", "topic_id"])
    mentions = tables.mentions
    countries = mentions[(mentions["kind"] == "country") & (mentions["statement_id"] != "")]
    countries = countries.sort_values(["article_id", "start"]).drop_duplicates(["statement_id", "entity_id"])
    return {
        "speaker": _joined(said, said["name_fa"]),
        "speaker_en": _joined(said, said["name_en"]),
        "speaker_id": _joined(said, said["speaker_id"]),
        "role": _joined(said, said["role"]),
        "country": _joined(said, said["country"]),
        "relayed_from": _joined(relayed, relayed["name_fa"]),
        "topics": _joined(topics, topics["topic_id"]),
        "countries": _joined(countries, countries["entity_id"]),
        "positions": _joined(tables.positions, _position_texts(tables.positions)),
    }


def _joined(rows: pd.DataFrame, values: pd.Series) -> pd.Series:
    return joined(values, rows["statement_id"], JOIN)


def _position_texts(positions: pd.DataFrame) -> pd.Series:
    mark = pd.Series("", index=positions.index, dtype="str").where(~positions["relayed"], " (relayed)")
    return positions["speaker_id"] + ">" + positions["target"] + "=" + positions["stance"] + mark


def to_csv(frame: pd.DataFrame) -> bytes:
    """A frame as CSV that a spreadsheet opens with Persian intact and runs no formula of.

    The bytes begin with a byte-order mark. A text cell or heading that begins with `= + - @ TAB CR` gets a leading
    apostrophe (CWE-1236); numbers stay numbers.
    """
    safe = frame.rename(columns=lambda name: guard(str(name)))
    for column in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[column]):
            text = safe[column].astype("str")
            safe[column] = text.where(~text.str.startswith(_FORMULA), "'" + text)
    # A CSV that comes back as a string would lack the mark, whatever encoding it was asked for.
    return safe.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def guard(text: str) -> str:
    """The text with an apostrophe before a first letter that a spreadsheet would read as the start of a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
