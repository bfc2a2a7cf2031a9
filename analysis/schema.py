"""The tables: the single definition that code, checks, exports, docs and tests read.

Offsets are 0-based code-point positions in `articles.text`, `stop` exclusive. Ids are short stable strings.
Text columns hold "" (never a missing value) where nothing is known; times are UTC, `NaT` where unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd
from pandas.api.types import pandas_dtype

from analysis.errors import ContractError

ROLES = (
    "foreign_minister",
    "minister",
    "deputy_minister",
    "head_of_state",
    "head_of_government",
    "supreme_leader",
    "spokesperson",
    "ambassador",
    "envoy",
    "international_official",
    "legislator",
    "judiciary",
    "military",
    "party",
    "expert",
    "organisation",
    "anonymous",
    "other",
)
MINISTER_ROLES = ("foreign_minister", "minister")
"""What "ministers only" means."""
FORMS = ("direct", "indirect", "headline")
BASES = ("name", "title", "pronoun", "continuation", "body")
PARTS = ("speaker", "relayed")
SPEAKER_KINDS = ("person", "office", "body", "anonymous")
ENTITY_KINDS = ("country", "region", "organisation", "person")
STANCES = ("for", "against", "mixed")
PRECISIONS = ("time", "day", "none")
MACHINE = "machine"
"""The coder of everything that the program codes by itself; a person's name otherwise."""

TEXT, INTEGER, NUMBER, FLAG, TIME = "str", "int64", "float64", "bool", "datetime64[us, UTC]"
BYTES = "object"
"""Bytes as they came; only the store keeps such a column, none of the tables below has one."""
_FILLERS: dict[str, object] = {TEXT: "", INTEGER: 0, NUMBER: 0.0, FLAG: False, TIME: None, BYTES: b""}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its dtype, its meaning, and, where they are few, the values that it may hold."""

    name: str
    dtype: str
    meaning: str
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its key and its columns, in order."""

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """The columns' names, in order."""
        return [column.name for column in self.columns]

    def frame(self, rows: list[dict[str, object]] | pd.DataFrame | None = None) -> pd.DataFrame:
        """Rows as a frame of exactly this table's columns and dtypes.

        Args:
            rows: dictionaries or a frame; columns that it lacks are filled with "", 0, False or NaT, columns that
                the table does not have are left out.
        """
        given = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(rows or [])
        given = given.reset_index(drop=True)
        return pd.DataFrame({c.name: _typed(given, c) for c in self.columns}, index=range(len(given)))


def _typed(given: pd.DataFrame, column: Column) -> pd.Series:
    dtype = pandas_dtype(column.dtype)
    if column.name not in given:
        return pd.Series([_FILLERS[column.dtype]] * len(given), dtype=dtype)
    values = given[column.name]
    # Most frames come out of a store and are right as they are; pandas copies a shared column before writing to it.
    if values.dtype == dtype and not (column.dtype == TEXT and values.hasnans):
        return values
    if column.dtype == TIME:
        values = pd.to_datetime(values, utc=True)
    if column.dtype == TEXT:
        values = values.where(values.notna(), "")
    return pd.Series(values, dtype=dtype)


def _coder() -> Column:
    return Column("coder", TEXT, "`machine`, or the name of the person who coded the row")


def _span(what: str) -> tuple[Column, Column]:
    return (
        Column("start", INTEGER, f"where {what} begins in the article's text"),
        Column("stop", INTEGER, f"where {what} ends, exclusive"),
    )


ARTICLES = Table(
    "articles",
    ("article_id",),
    (
        Column("article_id", TEXT, "stable id: the one given in the input, else a hash of source and text"),
        Column("external_id", TEXT, "the id that the source gives to the article"),
        Column("url", TEXT, "where the article stands on the web"),
        Column("source", TEXT, "the outlet"),
        Column("title", TEXT, "the title, which makes no statement"),
        Column("published", TIME, "time of publication, NaT where unknown"),
        Column("published_precision", TEXT, "how precisely that is known", PRECISIONS),
        Column("text", TEXT, "the text as its reader delivered it, never changed"),
        Column("collection", TEXT, "the collection that the article belongs to"),
        Column("content_hash", TEXT, "hash of the text"),
        Column("duplicate_of", TEXT, "the article that this one copies"),
        Column("batch_id", TEXT, "the batch that brought it in"),
    ),
)
STATEMENTS = Table(
    "statements",
    ("statement_id",),
    (
        Column("statement_id", TEXT, "hash of article_id, start and stop"),
        Column("article_id", TEXT, "the article"),
        *_span("the statement, its reporting clause included,"),
        Column("text", TEXT, "exactly `articles.text[start:stop]`"),
        Column("form", TEXT, "direct: the words themselves; indirect: the writer's words; headline", FORMS),
        Column("cue", TEXT, "the reporting words, verbatim"),
        Column("cue_start", INTEGER, "where the cue begins; equal to cue_stop where there is none"),
        Column("cue_stop", INTEGER, "where the cue ends, exclusive"),
        Column("repeats", TEXT, "the body statement that a headline or a repeated line restates"),
        Column("confidence", NUMBER, "probability that statement and speaker are right, 0-1"),
        _coder(),
    ),
)
ATTRIBUTIONS = Table(
    "attributions",
    ("statement_id", "speaker_id", "part"),
    (
        Column("statement_id", TEXT, "the statement"),
        Column("speaker_id", TEXT, "who"),
        Column("part", TEXT, "speaker, or relayed: whose words the speaker passes on", PARTS),
        Column("mention", TEXT, "the words that name them, verbatim"),
        *_span("the mention (if need be in an earlier sentence)"),
        Column("basis", TEXT, "what the speaker was known by", BASES),
        Column("role", TEXT, "their role at the article's date", ROLES),
        Column("country", TEXT, "the state they speak for at the article's date, ISO 3166-1 alpha-2"),
        _coder(),
    ),
)
SPEAKERS = Table(
    "speakers",
    ("speaker_id",),
    (
        Column("speaker_id", TEXT, "stable id"),
        Column("name_fa", TEXT, "fullest usual name in Persian"),
        Column("name_en", TEXT, "name in English"),
        Column("kind", TEXT, "what kind of speaker", SPEAKER_KINDS),
        Column("wikidata", TEXT, "Wikidata id"),
        Column("aliases", TEXT, "spellings and offices that identify, joined by |"),
    ),
)
OFFICES = Table(
    "offices",
    ("speaker_id", "role", "from"),
    (
        Column("speaker_id", TEXT, "the holder"),
        Column("role", TEXT, "the role", ROLES),
        Column("office_fa", TEXT, "the office in Persian, without the country"),
        Column("office_en", TEXT, "the office in English"),
        Column("country", TEXT, "ISO 3166-1 alpha-2, empty for international bodies"),
        Column("from", TEXT, "ISO date, month or year of taking office, empty where unknown"),
        Column("to", TEXT, "ISO date, month or year of leaving it, empty where unknown or still held"),
        Column("source", TEXT, "where the row is from"),
        Column("checked", TEXT, "whether it was checked", ("yes", "no")),
    ),
)
MENTIONS = Table(
    "mentions",
    ("article_id", "start", "kind", "entity_id"),
    (
        Column("article_id", TEXT, "the article"),
        *_span("the mention"),
        Column("text", TEXT, "the words, verbatim"),
        Column("kind", TEXT, "what kind of entity", ENTITY_KINDS),
        Column("entity_id", TEXT, "ISO 3166-1 alpha-2 for countries; region, organisation or speaker id"),
        Column("statement_id", TEXT, "the statement that it stands in, empty outside of statements"),
        _coder(),
    ),
)
STATEMENT_TOPICS = Table(
    "statement_topics",
    ("statement_id", "topic_id"),
    (
        Column("statement_id", TEXT, "the statement"),
        Column("topic_id", TEXT, "code of the code book"),
        Column("rank", INTEGER, "1 = most central"),
        *_span("the term that weighs most"),
        _coder(),
    ),
)
POSITIONS = Table(
    "positions",
    ("statement_id", "speaker_id", "target"),
    (
        Column("statement_id", TEXT, "the statement"),
        Column("speaker_id", TEXT, "whose position it is"),
        Column("target", TEXT, "`topic:CODE`, `state:ISO` or `org:ID`"),
        Column("stance", TEXT, "for, against or mixed", STANCES),
        Column("relayed", FLAG, "true where the holder is not the statement's speaker"),
        *_span("the evidence"),
        Column("rule", TEXT, "the rule that fired"),
        Column("confidence", NUMBER, "probability that the position is right, 0-1"),
        _coder(),
    ),
)
TABLES: tuple[Table, ...] = (
    ARTICLES,
    STATEMENTS,
    ATTRIBUTIONS,
    SPEAKERS,
    OFFICES,
    MENTIONS,
    STATEMENT_TOPICS,
    POSITIONS,
)
REFERENCES = (
    ("statements", "article_id", "articles"),
    ("mentions", "article_id", "articles"),
    ("attributions", "statement_id", "statements"),
    ("attributions", "speaker_id", "speakers"),
    ("statement_topics", "statement_id", "statements"),
    ("positions", "statement_id", "statements"),
    ("positions", "speaker_id", "speakers"),
)
"""Table, column, and the table whose column of the same name holds every value of it."""
OPTIONAL_REFERENCES = (("mentions", "statement_id", "statements"),)
"""The same, but a value may be empty as well."""


@dataclass(slots=True)
class Tables:
    """All tables of one extraction, as frames with the columns of this module."""

    articles: pd.DataFrame = field(default_factory=ARTICLES.frame)
    statements: pd.DataFrame = field(default_factory=STATEMENTS.frame)
    attributions: pd.DataFrame = field(default_factory=ATTRIBUTIONS.frame)
    speakers: pd.DataFrame = field(default_factory=SPEAKERS.frame)
    offices: pd.DataFrame = field(default_factory=OFFICES.frame)
    mentions: pd.DataFrame = field(default_factory=MENTIONS.frame)
    statement_topics: pd.DataFrame = field(default_factory=STATEMENT_TOPICS.frame)
    positions: pd.DataFrame = field(default_factory=POSITIONS.frame)

    def __iter__(self) -> Iterator[tuple[Table, pd.DataFrame]]:
        """Each table's definition with its frame, in the order of `TABLES`."""
        return ((table, getattr(self, table.name)) for table in TABLES)


def concatenate(parts: list[Tables]) -> Tables:
    """One `Tables` out of several; speakers and offices that several of them list are kept once."""
    if not parts:
        return Tables()
    frames: dict[str, pd.DataFrame] = {}
    for table in TABLES:
        frame = pd.concat([getattr(part, table.name) for part in parts], ignore_index=True)
        if table is SPEAKERS:
            frame["aliases"] = frame["speaker_id"].map(frame.groupby("speaker_id")["aliases"].agg(_join_aliases))
            frame = table.frame(frame)
        if table in (SPEAKERS, OFFICES):
            frame = frame.drop_duplicates(list(table.key), ignore_index=True)
        frames[table.name] = frame
    return Tables(**frames)


def _join_aliases(aliases: pd.Series) -> str:
    return "|".join(dict.fromkeys(alias for cell in aliases for alias in cell.split("|") if alias))


def check(tables: Tables) -> None:
    """Check columns, dtypes, keys, allowed values, references, and that every span is verbatim.

    Raises:
        ContractError: naming the table, the rule and the first row that breaks it.
    """
    for table, frame in tables:
        _check_shape(table, frame)
    _check_references(tables)
    texts = dict(zip(tables.articles["article_id"], tables.articles["text"], strict=True))
    _check_verbatim("statements", tables.statements, texts)
    _check_verbatim("mentions", tables.mentions, texts)
    cues = tables.statements[["article_id", "cue_start", "cue_stop", "cue"]]
    _check_verbatim("statements (cue)", cues.set_axis(["article_id", "start", "stop", "text"], axis=1), texts)
    named = tables.attributions.merge(tables.statements[["statement_id", "article_id"]], on="statement_id")
    _check_verbatim("attributions", named.assign(text=named["mention"]), texts)


def _check_shape(table: Table, frame: pd.DataFrame) -> None:
    if list(frame.columns) != table.names:
        raise ContractError(f"{table.name}: its columns are {list(frame.columns)}, the contract has {table.names}.")
    for column in table.columns:
        if str(frame[column.name].dtype) != column.dtype:
            raise ContractError(
                f"{table.name}.{column.name} is {frame[column.name].dtype}, the contract says {column.dtype}."
            )
        if column.allowed and not (known := frame[column.name].isin(column.allowed)).all():
            raise ContractError(
                f"{table.name}.{column.name} holds {frame.loc[~known, column.name].iloc[0]!r}, "
                f"allowed are {', '.join(column.allowed)}."
            )
    if (twice := frame.duplicated(list(table.key))).any():
        raise ContractError(
            f"{table.name}: two rows have the key {frame.loc[twice, list(table.key)].iloc[0].to_dict()}."
        )


def _check_references(tables: Tables) -> None:
    for child, column, parent in (*REFERENCES, *OPTIONAL_REFERENCES):
        frame: pd.DataFrame = getattr(tables, child)
        lost = ~frame[column].isin(getattr(tables, parent)[column])
        if (child, column, parent) in OPTIONAL_REFERENCES:
            lost &= frame[column] != ""
        if lost.any():
            raise ContractError(f"{child}.{column} names {frame.loc[lost, column].iloc[0]!r}, which {parent} lacks.")


def _check_verbatim(name: str, frame: pd.DataFrame, texts: Mapping[str, str]) -> None:
    for article_id, start, stop, text in zip(
        frame["article_id"], frame["start"], frame["stop"], frame["text"], strict=True
    ):
        if texts[article_id][start:stop] != text:
            raise ContractError(f"{name}: {article_id}[{start}:{stop}] is not verbatim what the row says: {text!r}.")
