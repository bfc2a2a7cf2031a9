"""What the store costs as it grows: seconds a batch, opening, reading, checking, memory. Nothing is extracted.

Usage: python benchmarks/store.py [ARTICLES] [--batch 500] [--statements 6] [--store DIR]

Invented articles (default 100,000) are added in batches by `commit` alone; `python -m analysis add` extracts besides.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import mean

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.store import Store, check, commit, compact, stats
from tools.invented import batch_of


def clock[Found](name: str, work: Callable[[], Found]) -> Found:
    """Print the seconds that something takes; give back what it gives."""
    began = time.perf_counter()
    found = work()
    print(f"{name}: {time.perf_counter() - began:.2f} s, peak memory so far {peak_memory():.0f} MB", flush=True)
    return found


def peak_memory() -> float:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def fill(place: Path, articles: int, size: int, statements: int) -> None:
    """Add all batches and print what the first and the last ten took."""
    store, seconds, memory = Store.open(place, create=True), [], []
    for first in range(0, articles, size):
        batch = batch_of([f"n{number}" for number in range(first, first + size)], statements=statements)
        began = time.perf_counter()
        store = commit(store, batch)
        seconds.append(time.perf_counter() - began)
        memory.append(peak_memory())
    head, tail = mean(seconds[:10]), mean(seconds[-10:])
    print(f"{len(seconds)} batches of {size}: first ten {head:.3f} s, last ten {tail:.3f} s, ratio {tail / head:.2f}")
    print(f"peak memory after ten batches {memory[min(9, len(memory) - 1)]:.0f} MB, at the end {memory[-1]:.0f} MB")


def measure(place: Path) -> None:
    """Open, read and check."""
    store = clock("open", lambda: Store.open(place))
    clock("views of DuckDB", lambda: store.connect())
    clock("one article's tables", lambda: store.tables(articles=["n7"]))
    clock("stats", lambda: stats(store))
    clock("open version 1", lambda: Store.open(place, version=1).frame("articles", ["article_id"]))
    problems = clock("check", lambda: check(store))
    print(f"problems: {[str(problem) for problem in problems]}")


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="?", type=int, default=100_000)
    parser.add_argument("--batch", type=int, default=500)
    parser.add_argument("--statements", type=int, default=6)
    parser.add_argument("--store", type=Path, help="a new folder to keep the store in (default: a temporary one)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = options.store or Path(folder) / "store"
        fill(place, options.articles, options.batch, options.statements)
        measure(place)
        clock("compact", lambda: compact(Store.open(place), grace=timedelta(0)))
        print("after compaction:")
        measure(place)
        clock("all tables", lambda: Store.open(place).tables())


if __name__ == "__main__":
    main()
