"""The flat CSV: one row a statement, everything beside it, safe to open in a spreadsheet."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from analysis.measure.columns import among, joined
from analysis.schema import Tables
from analysis.text.calendar import jalali_texts, local_days

JOIN = " | "
"""Joins several values of one cell."""
MEANINGS = {
    "date_jalali": "day of publication in Tehran, Jalali",
    "date": "day of publication in Tehran, Gregorian",
    "source": "the outlet",
    "title": "the article's title",
    "url": "where the article stands on the web",
    "collection": "the collection that the article belongs to",
    "speaker": "who said it, in Persian; joint speakers are joined by |",
    "speaker_en": "the same in English",
    "speaker_id": "the same as ids of tables/speakers",
    "role": "their roles at the article's date, in the same order",
    "country": "the states they speak for, in the same order, ISO 3166-1 alpha-2",
    "statement": "the words of the article, verbatim",
    "form": "direct: the words themselves; indirect: the writer's words; headline",
    "cue": "the reporting words",
    "repeats": "the statement that this one restates",
    "relayed_from": "whose words the speaker passes on",
    "topics": "codes of the code book, most central first",
    "countries": "states that the statement names, ISO 3166-1 alpha-2",
    "positions": "speaker_id>target=stance; (relayed) where somebody else passes it on",
    "confidence": "probability that statement and speaker are right, 0-1",
    "coder": "machine, or the name of the person who coded the row",
    "article_id": "the article",
    "start": "where the statement begins in the article's text",
    "stop": "where it ends, exclusive",
    "statement_id": "the statement",
}
"""What each column of `flat` holds."""
COLUMNS = tuple(MEANINGS)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the start of a formula; some take the full-width signs for the plain ones."""


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
    said = tables.attributions.join(names, on="speaker_id").sort_values(["statement_id", "start", "speaker_id"])
    relayed = said[said["part"] == "relayed"]
    said = said[said["part"] == "speaker"]
    positions = tables.positions.sort_values(["statement_id", "start", "speaker_id", "target"])
    topics = tables.statement_topics.sort_values(["statement_id", "rank", "topic_id"])
    mentions = tables.mentions
    countries = mentions[(mentions["kind"] == "country") & (mentions["statement_id"] != "")]
    countries = countries.sort_values(["article_id", "start", "entity_id"]).drop_duplicates(
        ["statement_id", "entity_id"]
    )
    return {
        "speaker": _joined(said, said["name_fa"]),
        "speaker_en": _joined(said, said["name_en"]),
        "speaker_id": _joined(said, said["speaker_id"]),
        "role": _joined(said, said["role"]),
        "country": _joined(said, said["country"]),
        "relayed_from": _joined(relayed, relayed["name_fa"]),
        "topics": _joined(topics, topics["topic_id"]),
        "countries": _joined(countries, countries["entity_id"]),
        "positions": _joined(positions, _position_texts(positions)),
    }


def _joined(rows: pd.DataFrame, values: pd.Series) -> pd.Series:
    return joined(values, rows["statement_id"], JOIN)


def _position_texts(positions: pd.DataFrame) -> pd.Series:
    mark = pd.Series("", index=positions.index, dtype="str").where(~positions["relayed"], " (relayed)")
    return positions["speaker_id"] + ">" + positions["target"] + "=" + positions["stance"] + mark


def to_csv(frame: pd.DataFrame) -> bytes:
    """A frame as CSV that a spreadsheet opens with Persian intact and runs no formula of.

    The bytes begin with a byte-order mark. A text cell or heading that begins with `= + - @ TAB CR LF` or a full-width
    sign gets a leading apostrophe (CWE-1236); numbers stay numbers.
    """
    return codecs.BOM_UTF8 + _lines(frame, header=True)


def csv_pieces(tables: Tables, articles: int = 2000) -> Iterator[tuple[bytes, int]]:
    """The bytes of `to_csv(flat(tables))`, piece by piece, so that no more than so many articles are held at a time.

    Returns:
        each piece with the number of rows in it.
    """
    yield codecs.BOM_UTF8 + _lines(pd.DataFrame(columns=list(COLUMNS), dtype="str"), header=True), 0
    days = pd.Series(local_days(tables.articles["published"]).to_numpy(), index=tables.articles["article_id"])
    order = pd.DataFrame({"day": [day.isoformat() if day else "~" for day in days], "id": days.index})
    ids = order.sort_values(["day", "id"])["id"]
    for start in range(0, len(ids), articles):
        frame = flat(_of_articles(tables, ids.iloc[start : start + articles]))
        yield _lines(frame, header=False), len(frame)


def _of_articles(tables: Tables, ids: pd.Series) -> Tables:
    statements = tables.statements[among(tables.statements["article_id"], ids)]
    frames = {name: getattr(tables, name) for name in ("attributions", "statement_topics", "positions", "mentions")}
    return replace(
        tables,
        articles=tables.articles[among(tables.articles["article_id"], ids)],
        statements=statements,
        **{name: rows[among(rows["statement_id"], statements["statement_id"])] for name, rows in frames.items()},
    )


def _lines(frame: pd.DataFrame, *, header: bool) -> bytes:
    safe = frame.rename(columns=lambda name: guard(str(name)))
    for column in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[column]):
            text = safe[column].astype("str")
            safe[column] = text.where(~text.str.startswith(_FORMULA), "'" + text)
    return safe.to_csv(index=False, header=header, lineterminator="\r\n").encode()


def guard(text: str) -> str:
    """The text with an apostrophe before a first letter that a spreadsheet would read as the start of a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
