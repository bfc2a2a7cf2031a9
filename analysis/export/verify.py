"""Whether a snapshot is what was written, keeps every rule of the tables, and what a later store would change."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import BinaryIO

import pandas as pd

from analysis import schema
from analysis.errors import ContractError, SnapshotError
from analysis.export import package
from analysis.export.archive import SUMS
from analysis.export.differences import Change, compare
from analysis.export.flat import guard
from analysis.export.reading import Snapshot
from analysis.measure.filters import Filters
from analysis.schema import Tables
from analysis.serve.searching import finder
from analysis.store import Store
from analysis.store.apply import apply

SAME, DIFFERS, BROKEN = 0, 1, 2
"""Exit codes."""


@dataclass(slots=True)
class Verdict:
    """What was found.

    Attributes:
        problems: sentences, each naming the file; none where the snapshot is whole.
        rows: number of rows by table.
        changes: what a store would change, by table; None where none was asked.
        store_version: of that store.
        about: what the snapshot says of itself.
    """

    problems: list[str] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    changes: list[Change] | None = None
    store_version: int | None = None
    about: dict[str, object] = field(default_factory=dict)

    @property
    def code(self) -> int:
        """0 whole and the same, 1 the store differs, 2 broken."""
        return BROKEN if self.problems else DIFFERS if any(self.changes or ()) else SAME

    def text(self) -> str:
        """The verdict in words, for the command line."""
        if self.problems:
            return "\n".join(["broken:", *(f"  {problem}" for problem in self.problems)])
        counts = ", ".join(f"{n} {name}" for name, n in self.rows.items() if n)
        lines = [f"whole: {counts or 'nothing in it'}"]
        if self.changes is not None:
            changed = [line for change in self.changes if change for line in change.lines()]
            named = f"version {self.store_version} of the store"
            lines += [f"{named} differs under the same filters:", *changed] if changed else [f"{named} says the same"]
        return "\n".join(lines)

    def values(self) -> dict[str, object]:
        """The verdict as JSON takes it."""
        changes = None if self.changes is None else [asdict(change) for change in self.changes]
        found = {"code": self.code, "problems": self.problems, "rows": self.rows}
        return {**found, "about": self.about, "store_version": self.store_version, "changes": changes}


def verify(path: Path | BinaryIO, store: Store | None = None) -> Verdict:
    """Check a snapshot, and compare it with a store under the same filters.

    It is compared only where it is whole.
    """
    verdict = Verdict()
    try:
        with Snapshot(path) as snapshot:
            verdict.about = snapshot.about
            verdict.problems += _files(snapshot)
            if not verdict.problems:
                tables = snapshot.tables()
                verdict.rows = {table.name: len(frame) for table, frame in tables}
                verdict.problems += _contents(snapshot, tables)
            if store is not None and not verdict.problems:
                verdict.store_version = store.version
                verdict.changes = compare(tables, shown(store.tables(), snapshot))
    except SnapshotError as error:
        verdict.problems.append(str(error))
    return verdict


def shown(tables: Tables, snapshot: Snapshot) -> Tables:
    """Tables under the filters of a snapshot."""
    if snapshot.about.get("everything", False):
        return tables
    return Filters.from_query(snapshot.about.get("filters", {})).apply(tables, finder(tables))


def _files(snapshot: Snapshot) -> Iterator[str]:
    """Every file is there, listed and unchanged."""
    known: dict[str, str] = {}
    for line in snapshot.bytes(SUMS).decode("utf-8", "replace").splitlines():
        digest, _, name = line.partition("  ")
        known[name] = digest
    for name in sorted(snapshot.members.keys() - known.keys() - {SUMS}):
        yield f"{name}: a file that {SUMS} does not list; it was not there when the snapshot was made."
    digests: dict[str, str] = {}
    for name, digest in known.items():
        try:
            digests[name] = snapshot.sha256(name)
        except SnapshotError as error:
            yield str(error)
            continue
        if digests[name] != digest:
            yield f"{name}: its bytes are not those that were written ({SUMS} has another hash)."
    for resource in snapshot.resources:
        name = resource["path"]
        if resource.get("hash") != f"sha256:{digests.get(name, '')}":
            yield f"{name}: {package.NAME} has another hash for it, or it is missing."
        elif resource.get("bytes") != snapshot.members[name].file_size:
            yield f"{name}: {package.NAME} gives {resource.get('bytes')} bytes, it has another size."


def _contents(snapshot: Snapshot, tables: Tables) -> Iterator[str]:
    """Row counts, the rules of the tables, and that all files tell the same."""
    counted = {resource["name"]: resource.get("rows") for resource in snapshot.resources}
    for table, frame in tables:
        if counted.get(table.name) != len(frame):
            yield f"{table.name}: {package.NAME} promises {counted.get(table.name)} rows, there are {len(frame)}."
    for name in ("tables", "before_corrections") if snapshot.has_before else ("tables",):
        try:
            schema.check(tables if name == "tables" else snapshot.before())
        except ContractError as error:
            yield f"{name}: {error}"
            return
    yield from _flat(snapshot, tables)
    yield from _corrections(snapshot, tables)
    yield from _originals(snapshot, tables)


def _flat(snapshot: Snapshot, tables: Tables) -> Iterator[str]:
    columns = ["statement_id", "statement"]
    try:
        data = io.BytesIO(snapshot.bytes("statements.csv"))
        found = pd.read_csv(data, dtype="str", keep_default_na=False, encoding="utf-8-sig")[columns]
    except (ValueError, KeyError) as error:
        yield f"statements.csv: cannot be read ({error})."
        return
    ours = tables.statements[["statement_id", "text"]].set_axis(columns, axis=1)
    ours = ours.assign(statement_id=ours["statement_id"].map(guard), statement=ours["statement"].map(guard))
    first, second = (frame.sort_values(columns, ignore_index=True) for frame in (found, ours))
    if not first.equals(second):
        yield "statements.csv: it does not hold the statements of tables/statements."


def _corrections(snapshot: Snapshot, tables: Tables) -> Iterator[str]:
    given = snapshot.corrections()
    lost = ~given["article_id"].isin([*tables.articles["article_id"], ""])
    if lost.any():
        yield f"corrections: one is of the article {given.loc[lost, 'article_id'].iloc[0]!r}, which is not here."
    if len(given) and snapshot.about.get("whole", False):
        applied = apply(snapshot.before(), given)
        if any(compare(tables, applied)):
            yield "corrections: applied to what the machine coded they do not give the tables."


def _originals(snapshot: Snapshot, tables: Tables) -> Iterator[str]:
    articles = set(tables.articles["article_id"])
    for row in snapshot.originals().itertuples():
        if row.article_id not in articles:
            yield f"{row.path}: of the article {row.article_id!r}, which is not here."
        if row.path not in snapshot.members or snapshot.sha256(str(row.path)) != row.sha256:
            yield f"{row.path}: missing, or not the bytes that originals.csv names."
