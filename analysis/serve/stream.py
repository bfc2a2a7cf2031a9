"""A store's visible, corrected rows as streams of Arrow batches, with the positions that they have in an edition.

They come as they lie, because sorting texts would hold all of them: only what is narrow is put in order. Words that
come often are given as codes (DuckDB's ENUM types).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from analysis.measure.facts import WEAK
from analysis.schema import ENTITY_KINDS, MACHINE, ROLES, STANCES, TABLES
from analysis.serve.corrected import corrected, own_rows
from analysis.serve.rows import BATCH
from analysis.store import Store
from analysis.store.schema import arrow_schema

MEMORY = "1GB"
"""What DuckDB may hold while it joins; it writes the rest beside the edition."""
FACT = "fact."
"""Begins the names of the columns that are facts."""
_HUMAN = f"(t.coder <> '{MACHINE}')::UTINYINT"
_WEAK = " OR ".join(f"contains(t.rule, '{mark}')" for mark in WEAK)
_STATEMENT = "JOIN statement_at USING (statement_id)"


@dataclass(frozen=True, slots=True)
class _Plan:
    """How one table is read.

    Attributes:
        order: the columns that its rows are put in order by: texts, or positions among the facts.
        words: columns of words that come often.
        left_out: ids that positions say.
        joins: tables of positions.
        facts: column of the facts → SQL; a name alone means the codes of that column. A row's own position is among
            them.
    """

    order: tuple[str, ...]
    words: tuple[str, ...]
    facts: dict[str, str]
    left_out: tuple[str, ...] = ()
    joins: str = ""


PLANS: dict[str, _Plan] = {
    "articles": _Plan(
        ("article",),
        ("published_precision", "source", "collection", "batch_id"),
        {
            "article": "article",
            "source": "source",
            "collection": "collection",
            "batch": "batch_id",
            "copy": "(t.duplicate_of <> '')::UTINYINT",
        },
        (),
        "JOIN article_at USING (article_id)",
    ),
    "statements": _Plan(
        ("statement",),
        ("form", "coder"),
        {
            "statement": "statement",
            "article": "article",
            "again": "(t.form = 'headline' OR t.repeats <> '')::UTINYINT",
            "confidence": "t.confidence::FLOAT",
            "human": _HUMAN,
        },
        ("article_id",),
        f"JOIN article_at USING (article_id) {_STATEMENT}",
    ),
    "attributions": _Plan(
        ("statement", "part", "speaker_id"),
        ("speaker_id", "part", "basis", "role", "country", "coder"),
        {
            "statement": "statement",
            "speaker": "speaker_id",
            "relayed": "(t.part = 'relayed')::UTINYINT",
            "role": "role",
            "country": "country",
        },
        ("statement_id",),
        _STATEMENT,
    ),
    "mentions": _Plan(
        ("article", "start", "stop", "kind", "entity_id"),
        ("kind", "entity_id", "coder"),
        {"article": "article", "statement": "coalesce(statement, -1)", "kind": "kind", "entity": "entity_id"},
        ("article_id", "statement_id"),
        "JOIN article_at USING (article_id) LEFT JOIN statement_at USING (statement_id)",
    ),
    "statement_topics": _Plan(
        ("statement", "rank", "topic_id"),
        ("topic_id", "coder"),
        {"statement": "statement", "topic": "topic_id", "rank": "t.rank::SMALLINT"},
        ("statement_id",),
        _STATEMENT,
    ),
    "positions": _Plan(
        ("statement", "speaker_id", "target"),
        ("speaker_id", "target", "stance", "rule", "coder"),
        {
            "statement": "statement",
            "speaker": "speaker_id",
            "target": "target",
            "stance": "stance",
            "relayed": "t.relayed::UTINYINT",
            "confidence": "t.confidence::FLOAT",
            "human": _HUMAN,
            "plain": f"(t.coder <> '{MACHINE}' OR NOT ({_WEAK}))::UTINYINT",
        },
        ("statement_id",),
        _STATEMENT,
    ),
}
KNOWN = {"role": ROLES, "kind": ENTITY_KINDS, "stance": STANCES}
"""Categories of the facts that are all there whatever the rows hold."""


class Stream:
    """One store, read table by table.

    Attributes:
        counts: rows by table.
        categories: of each column of facts that has any, `table.column` → its values in the order of the codes.
        named: the frames of speakers and offices.

    Args:
        store: a store of the caller's own: its connection gets tables and settings.
        spill: a folder for what does not fit into memory.
    """

    def __init__(self, store: Store, spill: Path) -> None:
        self._con = store.connect()
        self._con.execute(f"SET memory_limit = '{MEMORY}'")
        self._con.execute(f"SET temp_directory = '{str(spill).replace(chr(39), chr(39) * 2)}'")
        changed = corrected(store)
        self.named = {"speakers": changed.tables.speakers, "offices": changed.tables.offices}
        self._list("touched_articles", changed.articles)
        self._list("touched_speakers", changed.speakers)
        for table in TABLES:
            if table.name in PLANS:
                self._view(table.name, table.names, None if changed.is_empty else getattr(changed.tables, table.name))
        self._number_rows()
        self.counts = {name: self._number(f"SELECT count(*) FROM visible_{name}") for name in PLANS}
        self.categories: dict[str, list[str]] = {}
        for name in PLANS:
            self._learn(name)

    def read(self, name: str) -> pa.RecordBatchReader:
        """A table's rows, batch by batch: texts under their names, facts under theirs with `FACT` before it."""
        plan = PLANS[name]
        names = next(table.names for table in TABLES if table.name == name)
        texts = [self._text(name, column) for column in names if column not in plan.left_out]
        facts = [f'{self._fact(name, column, sql)} AS "{FACT}{column}"' for column, sql in plan.facts.items()]
        sql = f"SELECT {', '.join([*texts, *facts])} FROM visible_{name} t {plan.joins}"
        return self._con.sql(sql).to_arrow_reader(BATCH)

    def by_id(self, key: str) -> np.ndarray:
        """The positions of articles or statements (`key`) in the order of their ids."""
        found = self._con.sql(f"SELECT {key} FROM {key}_at ORDER BY {key}_id").to_arrow_table()
        return found[key].to_numpy()

    def _list(self, name: str, values: list[str]) -> None:
        self._table(name, pa.table({"value": pa.array(values, pa.string())}))

    def _table(self, name: str, rows: pa.Table) -> None:
        self._con.register("given", rows)
        self._con.execute(f"CREATE TEMP TABLE {name} AS FROM given")
        self._con.unregister("given")

    def _number(self, sql: str) -> int:
        return int(self._con.sql(sql).fetchall()[0][0])

    def _view(self, name: str, columns: list[str], instead: object) -> None:
        """The view `visible_NAME` of the rows that count."""
        names = ", ".join(f'"{column}"' for column in columns)
        sql = f"SELECT {names} FROM {name}"
        if instead is not None:
            table = next(table for table in TABLES if table.name == name)
            self._table(f"corrected_{name}", pa.Table.from_pandas(instead, arrow_schema(table), preserve_index=False))
            own = own_rows(name, "value FROM touched_articles", "value FROM touched_speakers")
            sql = f"{sql} WHERE NOT {own} UNION ALL SELECT {names} FROM corrected_{name}"
        self._con.execute(f"CREATE TEMP VIEW visible_{name} AS {sql}")

    def _number_rows(self) -> None:
        """Say at which position of the edition each article and each statement stands."""
        place = "(row_number() OVER (ORDER BY {}) - 1)::INTEGER AS"
        self._con.execute(
            f"CREATE TEMP TABLE article_at AS SELECT article_id, {place.format('article_id')} article "
            "FROM visible_articles"
        )
        order = "article, start, stop, statement_id"
        self._con.execute(
            f"CREATE TEMP TABLE statement_at AS SELECT statement_id, {place.format(order)} statement "
            "FROM visible_statements JOIN article_at USING (article_id)"
        )

    def _learn(self, name: str) -> None:
        """Make types of the words that come often, and the categories of the facts."""
        plan = PLANS[name]
        lists = ", ".join(f'list(DISTINCT "{column}")' for column in plan.words)
        found = self._con.sql(f"SELECT {lists} FROM visible_{name}").fetchall()[0]
        for column, values in zip(plan.words, found, strict=True):
            words = sorted(values or [])
            self._type(f"{name}_{column}", words)
            for fact, sql in plan.facts.items():
                if sql == column:
                    known = list(self.named["speakers"]["speaker_id"]) if fact == "speaker" else KNOWN.get(fact, words)
                    self.categories[f"{name}.{fact}"] = list(known)
                    self._type(f"fact_{name}_{fact}", self.categories[f"{name}.{fact}"])

    def _type(self, name: str, words: list[str]) -> None:
        self._con.register("given", pa.table({"value": pa.array(words, pa.string())}))
        self._con.execute(f"CREATE TYPE {name} AS ENUM (SELECT value FROM given)")
        self._con.unregister("given")

    def _text(self, name: str, column: str) -> str:
        if column in PLANS[name].words:
            return f'TRY_CAST(t."{column}" AS {name}_{column}) AS "{column}"'
        table = next(table for table in TABLES if table.name == name)
        whole = next(c.dtype for c in table.columns if c.name == column) == "int64"
        return f't."{column}"::INTEGER AS "{column}"' if whole else f't."{column}"'

    def _fact(self, name: str, fact: str, sql: str) -> str:
        return f'TRY_CAST(t."{sql}" AS fact_{name}_{fact})' if f"{name}.{fact}" in self.categories else sql
