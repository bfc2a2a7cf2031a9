"""A store, opened at one version: what it sees does not change, whatever others add meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock

import duckdb
import pandas as pd
import pyarrow as pa
from deltalake import DeltaTable

from analysis import config
from analysis.errors import DamagedStore, StoreError
from analysis.schema import TABLES, Tables
from analysis.store import views
from analysis.store.apply import PEOPLE, apply, corrections_only, in_force, named_only, orphaned
from analysis.store.concerned import concerned, rows_of
from analysis.store.lake import Lake
from analysis.store.schema import BATCHES, CORRECTIONS, DATA, NAMED, ORDER, PHYSICAL, arrow_schema, select
from analysis.store.versions import Sight, positions_of, see


@dataclass(slots=True)
class Store:
    """A store at one version. Open it with `Store.open`; several threads may read one.

    Attributes:
        where: the folder or the URL.
        version: the version that it shows, 0 for an empty store.
        read_only: an old version, or one whose last log entry is broken: nothing can be added to it.
        notice: why it is read-only where nobody asked for that, else "".
    """

    where: str
    version: int
    read_only: bool
    notice: str
    lake: Lake
    log_version: int
    """The Delta version of `batches` that was read."""
    _rows: pd.DataFrame
    _positions: dict[str, int]
    _lock: RLock = field(default_factory=RLock)
    _con: duckdb.DuckDBPyConnection | None = None
    _broken: dict[str, DamagedStore] = field(default_factory=dict)
    _remote: dict[str, object] = field(default_factory=dict)

    @classmethod
    def open(cls, where: str | Path | None = None, *, create: bool = False, version: int | None = None) -> Store:
        """Open a store.

        Args:
            where: a folder or an object store's URL; MAVAZE_STORE where None.
            create: make the store where there is none.
            version: an old version, which is then read-only; the newest by default.

        Raises:
            StoreError: no store there, no such version, written by a newer Mavaze, no rights.
            DamagedStore: where not even an earlier entry of its log can be read.
        """
        place = where or config.store_place()
        if not place:
            raise StoreError("No store is named. Set MAVAZE_STORE or give --store: a folder or an object store's URL.")
        lake = Lake(place)
        if not lake.exists():
            if not create:
                raise StoreError(f"{lake.where}: no store is there. Check the place, or add articles to make one.")
            lake.create()
        rows, log_version, notice = _read_batches(lake)
        return cls._at(lake, rows, log_version, notice, version)

    @classmethod
    def _at(cls, lake: Lake, rows: pd.DataFrame, log_version: int, notice: str, version: int | None) -> Store:
        newest = int(rows["version"].iloc[-1]) if len(rows) else 0
        shown = newest if version is None else version
        if not 0 <= shown <= newest:
            raise StoreError(f"{lake.where}: has no version {version}. It has versions 0 to {newest}.")
        # Also an old version is read from the newest files: they hold all its rows, and stay when others are vacuumed.
        positions = positions_of(rows)
        chosen = rows[rows["version"] <= shown].reset_index(drop=True)
        read_only = version is not None or bool(notice)
        return cls(lake.where, shown, read_only, notice, lake, log_version, chosen, positions)

    def reload(self) -> Store:
        """The same store at its newest version."""
        rows, log_version, notice = _read_batches(self.lake)
        return Store._at(self.lake, rows, log_version, notice, None)

    def after(self, row: pd.DataFrame, log_version: int) -> Store:
        """The store after a row of `batches` that this process just committed on top of this version."""
        rows = pd.concat([self._rows, row], ignore_index=True) if len(self._rows) else row
        return Store._at(self.lake, rows, log_version, "", None)

    def batches(self) -> pd.DataFrame:
        """The rows of `batches` up to this version (columns: `store.schema.BATCHES`)."""
        return self._rows.copy()

    @property
    def positions(self) -> dict[str, int]:
        """The Delta version at which each table is read."""
        return dict(self._positions)

    def sight(self) -> Sight:
        """Which batches this version sees and what they hide."""
        return see(self._rows)

    def connect(self) -> duckdb.DuckDBPyConnection:
        """A DuckDB connection with a view `NAME` of each table's visible rows and `all_NAME` of all committed ones.

        Besides: `batches`, `seen` (batch_id, version) and `hidden` (article_id, whole_from, codes_from). It reads
        this version's files where they lie, and lies in memory alone: what is made in it changes no store.

        Raises:
            DamagedStore: where a table's log is broken or a table is missing.
        """
        with self._lock:
            if self._con is None:
                con = views.database(pa.Table.from_pandas(self._rows, schema=arrow_schema(BATCHES)), self.sight())
                for name in sorted(DATA, key=NAMED.__contains__):  # Views of these read the others.
                    self._add(con, name)
                self._con = con
            cursor = self._con.cursor()
        for name, dataset in self._remote.items():
            cursor.register(name, dataset)
        return cursor

    def _add(self, con: duckdb.DuckDBPyConnection, name: str) -> None:
        """Make a table's views; without them where its log is broken, so that the others can be read."""
        try:
            delta = self._load(name)
            seen = set(self._rows["batch_id"])
            source = (
                views.source(con, self.lake, name, delta, seen, self._remote) if delta else views.over_files(name, [])
            )
            views.add_table(con, name, source)
        except DamagedStore as error:
            self._broken[name] = error
        except duckdb.CatalogException:  # Speakers stand on other tables.
            self._broken[name] = next(iter(self._broken.values()))
        except duckdb.Error as error:
            self._broken[name] = self.damage(error)

    def _load(self, name: str) -> DeltaTable | None:
        """A table where this version reads it; None where nothing was ever added to it."""
        if name not in self._positions:
            return None
        try:
            return self.lake.load(name, self._positions[name])
        except DamagedStore:
            own = positions_of(self._rows)
            if own.get(name) in (None, self._positions[name]):
                raise
            return self.lake.load(name, own[name])  # An old version stood before what is broken now.

    def query(self, sql: str, parameters: object = None) -> pd.DataFrame:
        """The rows of a query over the views of `connect`.

        Raises:
            DamagedStore: where a file cannot be read.
            duckdb.Error: where the query is wrong.
        """
        with self.connect() as con:
            try:
                return pd.DataFrame(con.sql(sql, params=parameters).to_arrow_table().to_pandas())
            except duckdb.CatalogException as error:
                named = (self._broken[name] for name in self._broken if f" {name} " in str(error))
                raise next(named, error) from error
            except (duckdb.IOException, duckdb.InvalidInputException, duckdb.SerializationException, OSError) as error:
                raise self.damage(error) from error

    def frame(
        self, name: str, columns: Sequence[str] | None = None, where: str = "", parameters: Sequence[object] = ()
    ) -> pd.DataFrame:
        """Visible rows of one table, in the order of `store.schema.ORDER`.

        Args:
            name: a table of the contract, or originals, bands, corrections.
            columns: physical columns (`store.schema.PHYSICAL`); all by default.
            where: a condition in SQL; put values as `?` and give them in `parameters`.
            parameters: the values.
        """
        table = PHYSICAL[name]
        chosen = select(table, columns or table.names)
        condition = f"WHERE {where}" if where else ""
        order = ", ".join(f'"{column}"' for column in ORDER[name])
        sql = f"SELECT {views.columns_of(chosen)} FROM {name} {condition} ORDER BY {order}"
        return chosen.frame(self.query(sql, list(parameters)))

    def tables(self, *, corrected: bool = True, articles: Collection[str] | None = None) -> Tables:
        """The visible rows in the contract's shape, corrections applied.

        Args:
            corrected: False gives what the machine coded.
            articles: only these articles, with the speakers and offices that their rows name; all by default.
        """
        corrections = CORRECTIONS.frame(self.frame("corrections")) if corrected else CORRECTIONS.frame()
        people = corrections[corrections["field"].isin(PEOPLE)]
        frames = {}
        for table in TABLES:
            where, parameters = _only(table.name, articles, {*people["key"], *people["new"]})
            frames[table.name] = self.frame(table.name, table.names, where, parameters)
        tables = Tables(**frames)
        if articles is None:
            return apply(tables, corrections)
        of_these = corrections["article_id"].isin(["", *articles]) | (corrections["undoes"] != "")
        return named_only(apply(tables, corrections[of_these]))

    def corrections(self) -> pd.DataFrame:
        """Every correction in the order made, with `undone` and `orphaned` (it fits nothing any more).

        Blind coding is left out: it corrects nothing (`store.coding`).
        """
        frame = corrections_only(CORRECTIONS.frame(self.frame("corrections")))
        articles, speakers = concerned(frame)
        lost = orphaned(rows_of(self, articles, speakers), frame) if articles or speakers else set()
        return frame.assign(undone=~in_force(frame), orphaned=frame["correction_id"].isin(lost))

    def originals(self, article_ids: Collection[str]) -> pd.DataFrame:
        """The bytes of these articles as they came (columns: `store.schema.ORIGINALS`, batch_id)."""
        return self.frame("originals", where="article_id IN (SELECT unnest(?))", parameters=[list(article_ids)])

    def coded(self) -> pd.DataFrame:
        """The lexicon that made or confirmed each article's visible codes (article_id, lexicon, version)."""
        return self.query(
            """WITH made AS (
                SELECT a.article_id, b.version, b.lexicon FROM articles a JOIN batches b USING (batch_id)
                UNION ALL SELECT unnest(from_json(nullif(ids, ''), '["VARCHAR"]')), version, lexicon FROM (
                    SELECT version, lexicon, unnest([supersedes, confirms]) AS ids
                    FROM batches JOIN seen USING (batch_id, version) WHERE kind = 'refresh'))
            SELECT article_id, arg_max(lexicon, version) AS lexicon, max(version) AS version FROM made
            WHERE article_id IN (SELECT article_id FROM articles) GROUP BY article_id ORDER BY article_id"""
        )

    def damage(self, error: Exception) -> DamagedStore:
        """What reading a file raised, in words that name the file and say what to do."""
        words = str(error).splitlines()[0][:300]
        name = next((name for name in DATA if f"/{name}/" in words), "")
        return DamagedStore(
            f"{self.where}: a file of {name or 'the store'} cannot be read ({words}). Put the file back from a backup; "
            "the other tables and versions before that batch stay readable, and `check` lists what is broken."
        )


def _only(name: str, articles: Collection[str] | None, speakers: Collection[str]) -> tuple[str, list[object]]:
    """The condition that leaves rows of some articles, with the speakers that they name and some more; its values."""
    if articles is None:
        return "", []
    chosen: list[object] = [list(articles)]
    if name not in NAMED:
        return "article_id IN (SELECT unnest(?))", chosen
    named = " UNION ".join(
        f"SELECT {column} FROM {table} WHERE article_id IN (SELECT unnest(?))"
        for table, column in (("attributions", "speaker_id"), ("positions", "speaker_id"), ("mentions", "entity_id"))
    )
    return f"speaker_id IN ({named}) OR speaker_id IN (SELECT unnest(?))", [*chosen * 3, list(speakers)]


def _read_batches(lake: Lake) -> tuple[pd.DataFrame, int, str]:
    """The rows of `batches`, their Delta version, and a notice where its last entry is broken."""
    notice = ""
    try:
        delta = lake.load("batches")
    except DamagedStore as error:
        delta, notice = _last_whole(lake, error)
    with duckdb.connect() as con:
        try:
            rows = con.sql(views.source(con, lake, "batches", delta)).to_arrow_table().to_pandas()
        except (duckdb.Error, OSError) as error:
            raise DamagedStore(
                f"{lake.uri('batches')}: a file of the list of versions cannot be read "
                f"({str(error).splitlines()[0][:200]}). Put it back from a backup."
            ) from error
    return BATCHES.frame(rows.sort_values("version")), int(delta.version()), notice


def _last_whole(lake: Lake, error: DamagedStore) -> tuple[DeltaTable, str]:
    """The newest readable state of `batches` where its last entries are broken, and what to say about it."""
    if lake.folder:
        numbers = sorted(
            int(p.stem) for p in (lake.folder / "batches" / "_delta_log").glob("*.json") if p.stem.isdigit()
        )
        for number in reversed(numbers[:-1]):
            try:
                delta = lake.load("batches", number)
            except DamagedStore:
                continue
            broken = lake.folder / "batches" / "_delta_log" / f"{number + 1:020}.json"
            return delta, (
                f"{broken}: this entry of the list of versions is broken, so the store is opened as it was before, for "
                "reading only. Put the file back from a backup; without one, move it away (what it added is lost)."
            )
    raise error
