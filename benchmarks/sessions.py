"""Many readers at once: errors, times, and whether the server's memory stays bounded.

Usage: python benchmarks/sessions.py STORE [--readers 30] [--steps 40] [--pause 3]

Each reader enters, opens pages and changes filters, with a pause to read in between. One change in four is what
somebody else asked for before, as colleagues who follow the same events do.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.serve.editions import open_edition
from analysis.store import Store
from benchmarks.changes import PAGES, Changes
from benchmarks.client import Reader, Server, serve

SHOWN = tuple(page for page in PAGES if page not in ("add", "export"))


@dataclass
class Seen:
    """What all readers saw together."""

    seconds: list[float] = field(default_factory=list)
    entering: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)


async def read(
    server: Server, number: int, queries: Iterator[tuple[str, dict[str, str]]], seen: Seen, steps: int, pause: float
) -> None:
    """One reader's visit."""
    chance = random.Random(number)
    await asyncio.sleep(number * pause / 10)  # Nobody comes at the same moment.
    reader = await Reader.enter(server.port)
    try:
        answer = await reader.open("", {"lang": "fa"})
        seen.entering.append(answer.seconds)
        seen.errors += answer.errors
        page = ""
        for _ in range(steps):
            await asyncio.sleep(chance.expovariate(1 / pause))
            page = chance.choice(SHOWN) if chance.random() < 0.4 else page
            query = chance.choice(seen.asked) if seen.asked and chance.random() < 0.25 else next(queries)[1]
            seen.asked.append(query)
            answer = await reader.open(page, query)
            seen.seconds.append(answer.seconds)
            seen.errors += answer.errors
    except Exception as error:
        seen.errors.append(f"{type(error).__name__}: {error}")
    finally:
        await reader.leave()


async def visit(server: Server, changes: Changes, readers: int, steps: int, pause: float) -> Seen:
    """All readers' visits."""
    seen, queries = Seen(), iter(changes)
    async with asyncio.TaskGroup() as group:
        for number in range(readers):
            group.create_task(read(server, number, queries, seen, steps, pause))
    return seen


def watch(server: Server, found: list[int], stop: threading.Event) -> None:
    """Note the server's memory every second."""
    while not stop.wait(1):
        found.append(server.memory()["own"])


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", help="a store's folder")
    parser.add_argument("--readers", type=int, default=30)
    parser.add_argument("--steps", type=int, default=40, help="pages that each of them opens")
    parser.add_argument("--pause", type=float, default=3, help="seconds between two of them, on average")
    parser.add_argument("--rounds", type=int, default=2, help="how often they all come")
    options = parser.parse_args()
    changes = Changes(open_edition(Store.open(options.store)).facts)
    with serve(options.store) as server:
        print(f"before: {server.memory()} MB")
        for number in range(1, options.rounds + 1):
            held: list[int] = []
            stop = threading.Event()
            watcher = threading.Thread(target=watch, args=(server, held, stop))
            watcher.start()
            began, cpu = time.perf_counter(), server.cpu()
            seen = asyncio.run(visit(server, changes, options.readers, options.steps, options.pause))
            lasted, used = time.perf_counter() - began, server.cpu() - cpu
            stop.set()
            watcher.join()
            median, most, longest = np.quantile(seen.seconds, [0.5, 0.9, 1])
            print(
                f"round {number}: {options.readers} readers, {len(seen.seconds)} pages in {lasted:.0f} s "
                f"({used:.0f} s of processor), median {median:.2f} s, 90 % {most:.2f} s, most {longest:.2f} s, "
                f"entering {np.median(seen.entering):.2f} s, {len(seen.errors)} errors; "
                f"own memory at most {max(held)} MB, afterwards {server.memory()}",
                flush=True,
            )
            for error in sorted(set(seen.errors))[:10]:
                print(f"  ! {seen.errors.count(error)} × {error}")


if __name__ == "__main__":
    main()
