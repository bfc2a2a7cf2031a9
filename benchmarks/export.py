"""Seconds and memory of a snapshot: writing, checking and adding it to a new store.

Usage: python benchmarks/export.py [STATEMENTS] [--format csv parquet] [--add]

The articles are the demonstration dispatches' tables, repeated under new ids until there are STATEMENTS of them
(default 100,000).
"""

from __future__ import annotations

import argparse
import datetime as dt
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis import schema
from analysis.export import prepared
from analysis.export.snapshot import Content, write_snapshot
from analysis.export.taking import content_of_tables
from analysis.export.verify import verify
from analysis.schema import Tables

WHEN = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def repeated(tables: Tables, statements: int) -> Tables:
    """The tables again and again under new ids, until there are so many statements."""
    times = -(-statements // len(tables.statements))
    found = {}
    for table, frame in tables:
        ids = [name for name in ("article_id", "statement_id", "repeats", "duplicate_of") if name in frame]
        if table.name in ("speakers", "offices"):
            found[table.name] = frame
            continue
        parts = []
        for number in range(times):
            part = frame.copy()
            for name in ids:
                part[name] = part[name].where(part[name] == "", part[name] + f"-{number}")
            if table.name == "articles":
                part["published"] = part["published"] - pd.Timedelta(hours=number)
            parts.append(part)
        found[table.name] = pd.concat(parts, ignore_index=True)
    return Tables(**found)


def peak() -> float:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(name: str, work: Callable[[], object]) -> None:
    """Print the seconds that something takes, and the peak of memory before and after it."""
    before, started, cpu = peak(), time.perf_counter(), time.process_time()
    work()
    seconds, used = time.perf_counter() - started, time.process_time() - cpu
    print(
        f"{name:24} {seconds:7.1f} s ({used:.1f} s of processor)   peak {before:6.0f} -> {peak():6.0f} MB", flush=True
    )


def main() -> None:
    """Print a line for each measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("statements", nargs="?", type=int, default=100_000)
    parser.add_argument("--format", nargs="+", choices=("csv", "parquet"), default=["csv", "parquet"])
    parser.add_argument("--add", action="store_true", help="also add it to a new store")
    arguments = parser.parse_args()
    tables = repeated(prepared.load(), arguments.statements)
    schema.check(tables)
    size = sum(frame.memory_usage(deep=True).sum() for _, frame in tables) / 1e6
    print(f"{len(tables.statements)} statements, {len(tables.articles)} articles, {size:.0f} MB of tables")
    with tempfile.TemporaryDirectory() as folder:
        for kind in arguments.format:
            content: Content = content_of_tables(tables, created=WHEN)
            target = Path(folder) / f"{kind}.zip"
            measure(
                f"write, {kind}",
                lambda content=content, target=target, kind=kind: write_snapshot(target, content, kind=kind),
            )
            print(f"{'':24} {target.stat().st_size / 1e6:7.1f} MB")
        del tables, content
        for kind in arguments.format:
            measure(f"verify, {kind}", lambda kind=kind: verify(Path(folder) / f"{kind}.zip"))
        if arguments.add:
            from analysis.export.restore import add_snapshot
            from analysis.store import Store

            store = Store.open(Path(folder) / "store", create=True)
            measure("add to a new store", lambda: add_snapshot(store, Path(folder) / f"{arguments.format[0]}.zip"))


if __name__ == "__main__":
    main()
