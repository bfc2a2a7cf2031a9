"""How long a page takes to be drawn again after a filter change, and what the server holds.

Usage: python benchmarks/pages.py STORE [--changes 12] [--pages topics countries]

`python tools/large.py STORE --statements 1000000` makes a store. A dashboard is run over it in a process of its own;
one reader opens each page, and changes its filters so that no cache knows the answer. Counted are the seconds from the
reader's asking to the end of the run, and the server's seconds of processor, which say the same where the machine does
other work as well.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.serve.editions import open_edition
from analysis.store import Store
from benchmarks.changes import PAGES, Changes
from benchmarks.client import Reader, Server, serve


async def measure(server: Server, changes: Changes, pages: list[str], count: int, *, each: bool) -> None:
    """Print one line a page."""
    queries = iter(changes)
    reader = await Reader.enter(server.port)
    first = await reader.open("", {"lang": "en"})
    print(f"first page of the first session: {first.seconds:.2f} s, {server.memory()} MB {first.errors or ''}")
    print(f"| page | median s | 90 % | most | median CPU s | 90 % | most | kB | memory |\n|---|{'---:|' * 8}")
    for page in pages:
        await reader.open(page, {"lang": "en"})  # What a page makes once for a version is no filter change.
        wall, cpu, sizes = [], [], []
        for _ in range(count):
            kind, query = next(queries)
            before = server.cpu()
            answer = await reader.open(page, query | changes.own(page))
            wall.append(answer.seconds)
            cpu.append(server.cpu() - before)
            sizes.append(answer.size)
            if each:
                print(f"  {page or 'overview'} {kind}: {wall[-1]:.2f} s, CPU {cpu[-1]:.2f} s, {answer.size // 1000} kB")
            for error in answer.errors:
                print(f"  ! {page or 'overview'} {query}: {error}")
        figures = " | ".join(f"{value:.2f}" for times in (wall, cpu) for value in np.quantile(times, [0.5, 0.9, 1]))
        print(f"| {page or 'overview'} | {figures} | {np.median(sizes) / 1000:.0f} | {server.memory()} |", flush=True)
    await reader.leave()


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", help="a store's folder")
    parser.add_argument("--changes", type=int, default=12, help="filter changes of each page")
    parser.add_argument("--pages", nargs="+", default=list(PAGES), help="only these")
    parser.add_argument("--each", action="store_true", help="also a line for each change")
    options = parser.parse_args()
    began = time.perf_counter()
    content = open_edition(Store.open(options.store))
    print(f"columns of {len(content.facts.statements):,} statements: {time.perf_counter() - began:.1f} s")
    changes = Changes(content.facts)
    pages = ["" if page == "overview" else page for page in options.pages]
    with serve(options.store) as server:
        asyncio.run(measure(server, changes, pages, options.changes, each=options.each))


if __name__ == "__main__":
    main()
