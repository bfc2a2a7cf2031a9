"""Articles in, tables out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import pandas as pd

from analysis import schema
from analysis.config import TIME_ZONE
from analysis.errors import InputError
from analysis.extract.actors import Actor, short_hash
from analysis.extract.confidence import confidences
from analysis.extract.document import Document, read_document
from analysis.extract.flow import Statement
from analysis.extract.headlines import add_headlines
from analysis.extract.mentions import Mention, find_mentions
from analysis.extract.positions import PositionReader
from analysis.extract.statements import find_statements
from analysis.extract.topics import TopicCode, TopicReader
from analysis.lexicon import Lexicon, load
from analysis.schema import MACHINE, Tables

BATCH = 200
"""Articles whose tables `extract_batches` holds in memory at a time."""

Rows = dict[str, list[dict[str, object]]]


def extract(articles: pd.DataFrame, lexicon: Lexicon | None = None) -> Tables:
    """Read all articles and return every table of the contract.

    Args:
        articles: a row an article, with a column `text` and any of `article_id` (or `doc_id`, `id`), `external_id`,
            `title`, `source`, `url`, `published` (a date or time; naive ones are Tehran's), `collection`; other
            columns are ignored. Articles without an id get one made of source and text.
        lexicon: the words to read with; those of `data/` by default.

    Raises:
        InputError: where there is no `text` column, a text is empty, a date cannot be read, or two articles share an
            id.
    """
    return schema.concatenate(list(extract_batches([articles], lexicon)))


def extract_batches(articles: Iterable[pd.DataFrame], lexicon: Lexicon | None = None) -> Iterator[Tables]:
    """Like `extract`, for frames that come one after the other; holds one batch of results in memory.

    Speakers and offices are repeated in every batch that mentions them.
    """
    lexicon = lexicon or load()
    for frame in articles:
        prepared = prepare_articles(frame)
        for start in range(0, len(prepared), BATCH):
            yield _extract_rows(prepared.iloc[start : start + BATCH], lexicon)


def prepare_articles(frame: pd.DataFrame) -> pd.DataFrame:
    """The articles table (all columns of `schema.ARTICLES`) of a frame as `extract` takes it.

    Raises:
        InputError: as `extract` says.
    """
    if "text" not in frame:
        raise InputError(f"the articles have no column `text`; their columns are {', '.join(map(str, frame))}")
    given = frame.reset_index(drop=True).copy()
    for name in ("doc_id", "id"):
        if "article_id" not in given and name in given:
            given["article_id"] = given[name].map(lambda value: "" if pd.isna(value) else str(value))
    times = [_published(value, i) for i, value in enumerate(given.get("published", [None] * len(given)))]
    given["published"] = [time for time, _ in times]
    given["published_precision"] = [precision for _, precision in times]
    table = schema.ARTICLES.frame(given)
    if (empty := table["text"].str.strip() == "").any():
        raise InputError(f"article {_name(table, int(empty.argmax()))} has an empty text")
    table["content_hash"] = table["text"].map(short_hash)
    made = [short_hash(source, text) for source, text in zip(table["source"], table["text"], strict=True)]
    table["article_id"] = table["article_id"].where(table["article_id"] != "", pd.Series(made, dtype="str"))
    if (twice := table.duplicated("article_id")).any():
        raise InputError(
            f"two articles have the id {table.loc[twice, 'article_id'].iloc[0]}; give each an id of its own"
        )
    return table


def _name(table: pd.DataFrame, row: int) -> str:
    return str(table.loc[row, "article_id"] or table.loc[row, "title"] or f"number {row + 1}")


def _published(value: Any, row: int) -> tuple[pd.Timestamp | None, str]:
    """A time of publication in UTC, and how precisely it is known; naive ones are Tehran's."""
    if value is None or value == "" or value is pd.NaT or (isinstance(value, float) and pd.isna(value)):
        return None, "none"
    try:
        time = pd.Timestamp(value)
    except (ValueError, TypeError) as error:
        raise InputError(
            f"article number {row + 1}: `published` is {value!r}; write it like 2024-05-01 or 2024-05-01T10:30+03:30"
        ) from error
    whole_day = len(value) <= 10 if isinstance(value, str) else type(value) is date
    if time.tzinfo is None:
        time = time.tz_localize(TIME_ZONE, ambiguous=True, nonexistent="shift_forward")
    return time.tz_convert("UTC"), "day" if whole_day else "time"


def _extract_rows(articles: pd.DataFrame, lexicon: Lexicon) -> Tables:
    rows: Rows = {table.name: [] for table in schema.TABLES}
    seen: dict[str, Actor] = {}
    columns = (articles["article_id"], articles["text"], articles["published"])
    for article_id, text, published in zip(*columns, strict=True):
        day = None if pd.isna(published) else published.tz_convert(TIME_ZONE).date()
        _extract_article(article_id, read_document(text, lexicon, day), rows, seen)
    rows["speakers"] = [_speaker_row(actor) for actor in seen.values()]
    rows["offices"] = [{**office.row} for speaker_id in seen for office in lexicon.people.by_person.get(speaker_id, [])]
    tables = Tables(**{table.name: table.frame(rows[table.name]) for table in schema.TABLES})
    tables.articles = articles.reset_index(drop=True)
    tables.offices = tables.offices.drop_duplicates(list(schema.OFFICES.key), ignore_index=True)
    return tables


def _extract_article(article_id: str, document: Document, rows: Rows, seen: dict[str, Actor]) -> None:
    mentions = find_mentions(document)
    statements = read_statements(document, article_id)
    ids = {id(s): short_hash(article_id, s.start, s.stop) for s in statements}
    reader, positions = TopicReader(document, mentions), PositionReader(document, mentions)
    for statement, sure in zip(statements, confidences(document, statements), strict=True):
        _add_statement(document, article_id, statement, sure, ids, rows, seen)
        topics = reader.code(statement.start, statement.stop)
        _add_codes(statement, ids[id(statement)], positions, topics, rows)
    rows["mentions"] += _mention_rows(document, article_id, mentions, statements, ids)


def read_statements(document: Document, article_id: str) -> list[Statement]:
    """The statements of an article with its headlines, in order of the text."""
    found, _ = find_statements(document, article_id)
    return add_headlines(document, found)


def _add_statement(
    document: Document,
    article_id: str,
    statement: Statement,
    sure: float,
    ids: dict[int, str],
    rows: Rows,
    seen: dict[str, Actor],
) -> None:
    statement_id = ids[id(statement)]
    start, stop = statement.start, statement.stop
    rows["statements"].append(
        {
            "statement_id": statement_id,
            "article_id": article_id,
            "start": start,
            "stop": stop,
            "text": document.text[start:stop],
            "form": statement.form,
            "cue": document.text[slice(*statement.cue)],
            "cue_start": statement.cue[0],
            "cue_stop": statement.cue[1],
            "repeats": ids.get(id(statement.repeats), ""),
            "confidence": sure,
            "coder": MACHINE,
        }
    )
    for attribution in statement.attributions:
        _note(attribution.actor, seen)
        rows["attributions"].append(
            {
                "statement_id": statement_id,
                "speaker_id": attribution.actor.speaker_id,
                "part": attribution.part,
                "mention": document.text[attribution.start : attribution.stop],
                "start": attribution.start,
                "stop": attribution.stop,
                "basis": attribution.basis,
                "role": attribution.actor.role,
                "country": attribution.actor.country,
                "coder": MACHINE,
            }
        )


def _add_codes(
    statement: Statement, statement_id: str, positions: PositionReader, topics: list[TopicCode], rows: Rows
) -> None:
    start, stop = statement.start, statement.stop
    rows["statement_topics"] += [
        {
            "statement_id": statement_id,
            "topic_id": topic.topic_id,
            "rank": topic.rank,
            "start": topic.start,
            "stop": topic.stop,
            "coder": MACHINE,
        }
        for topic in topics
    ]
    speakers = statement.speakers
    if not speakers:
        return
    stands = positions.find(
        start,
        stop,
        [topic.topic_id for topic in topics],
        own=frozenset(actor.country for actor in speakers),
        speaker=frozenset(actor.speaker_id for actor in speakers),
        relay=statement.relay,
    )
    relayed = [a.actor for a in statement.attributions if a.part == "relayed"]
    for stand in stands:
        passed = [one for one in relayed if stand.relayed and stand.target != f"state:{one.country}"]
        for holder in passed or speakers:
            rows["positions"].append(
                {
                    "statement_id": statement_id,
                    "speaker_id": holder.speaker_id,
                    "target": stand.target,
                    "stance": stand.stance,
                    "relayed": holder not in speakers,
                    "start": stand.start,
                    "stop": stand.stop,
                    "rule": stand.rule,
                    "confidence": stand.confidence,
                    "coder": MACHINE,
                }
            )


def _note(actor: Actor, seen: dict[str, Actor]) -> None:
    """Keep one row a speaker; names and aliases that several articles use are joined."""
    known = seen.setdefault(actor.speaker_id, actor)
    if known is not actor:
        known.aliases.update(actor.aliases)


def _speaker_row(actor: Actor) -> dict[str, object]:
    aliases = [alias.replace("|", " ") for alias in actor.aliases if alias != actor.name]
    return {
        "speaker_id": actor.speaker_id,
        "name_fa": actor.name,
        "name_en": actor.name_en,
        "kind": actor.kind,
        "aliases": "|".join(aliases),
    }


def _mention_rows(
    document: Document,
    article_id: str,
    mentions: list[Mention],
    statements: list[Statement],
    ids: dict[int, str],
) -> list[dict[str, object]]:
    rows = []
    starts = [s.start for s in statements]
    for mention in mentions:
        before = bisect_right(starts, mention.start)
        inside = statements[before - 1] if before and mention.stop <= statements[before - 1].stop else None
        rows.append(
            {
                "article_id": article_id,
                "start": mention.start,
                "stop": mention.stop,
                "text": document.text[mention.start : mention.stop],
                "kind": mention.kind,
                "entity_id": mention.entity_id,
                "statement_id": ids[id(inside)] if inside else "",
                "coder": MACHINE,
            }
        )
    return rows
