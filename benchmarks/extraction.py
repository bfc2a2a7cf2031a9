"""Speed (processor time of one core) and memory of extraction, beside hazm's Normalizer on the same text.

Usage: python benchmarks/extraction.py [ARTICLES] [--from FILE.jsonl …] [--run speed|length|memory …]

Without files, the demonstration dispatches are repeated until there are ARTICLES of them (default 500).
`speed` (the default) compares with hazm, `length` reads one article of growing length, `memory` reads 20,000 articles.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

import pandas as pd
from hazm import Normalizer

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis import extract_batches
from analysis.config import SEEDS
from analysis.extract.pipeline import BATCH
from analysis.lexicon import Lexicon, load

ROUNDS = 3
PIECE = 20_000
"""Characters of the shortest article whose length grows."""
MARKS = (2_000, 5_000, 10_000, 20_000)
"""Numbers of articles after which the memory is read."""


def texts(files: list[Path], count: int) -> list[str]:
    """That many article texts, repeated in a cycle if need be."""
    if files:
        found = [json.loads(line)["text"] for path in files for line in path.read_text("utf-8").splitlines() if line]
    else:
        found = [path.read_text("utf-8") for path in sorted((SEEDS / "demo").glob("*.txt"))]
    return list(islice(cycle(found), count))


def peak_memory() -> float:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def frame_of(chosen: list[str], first: int = 0) -> pd.DataFrame:
    """Texts as articles with ids of their own."""
    return pd.DataFrame({"article_id": [f"b{first + i}" for i in range(len(chosen))], "text": chosen})


def clock(work: Callable[[], object]) -> float:
    """Seconds of processor time that something takes."""
    started = time.process_time()
    work()
    return time.process_time() - started


def speed(chosen: list[str], lexicon: Lexicon) -> None:
    """Extraction and hazm's Normalizer over the same texts, one after the other; the best of three rounds each."""
    megabytes = sum(len(text.encode()) for text in chosen) / 1e6
    frame, normalizer = frame_of(chosen), Normalizer()
    rounds = [
        (clock(lambda: list(extract_batches([frame], lexicon))), clock(lambda: [*map(normalizer.normalize, chosen)]))
        for _ in range(ROUNDS)
    ]
    taken, normal = (min(column) for column in zip(*rounds, strict=True))
    print(f"extract        {taken:8.2f} s   {megabytes / taken:6.2f} MB/s   {len(chosen)} articles")
    print(f"hazm Normalizer{normal:8.2f} s   {megabytes / normal:6.2f} MB/s   ratio {normal / taken:.2f}")


def length(chosen: list[str], lexicon: Lexicon) -> None:
    """One article of growing length, with its lines and as one line: time for a megabyte should stay as it is."""
    whole = "\n".join(chosen)
    for name, text in (("lines", whole), ("one line", whole.replace("\n", " "))):
        for times in (1, 2, 4, 8, 16):
            part = text[: PIECE * times]
            taken = clock(lambda part=part: list(extract_batches([frame_of([part])], lexicon)))
            print(f"{name:9} {len(part):9} characters {taken:8.2f} s {taken / len(part.encode()) * 1e6:8.2f} s/MB")


def memory(chosen: list[str], lexicon: Lexicon) -> None:
    """The most memory held after so many articles that came batch by batch."""
    supply = cycle(chosen)
    frames = (frame_of([*islice(supply, BATCH)], first) for first in range(0, MARKS[-1], BATCH))
    for i, _ in enumerate(extract_batches(frames, lexicon), 1):
        if i * BATCH in MARKS:
            print(f"{i * BATCH:6} articles   peak {peak_memory():6.0f} MB", flush=True)


RUNS = {"speed": speed, "length": length, "memory": memory}


def main() -> None:
    """Print a line for each measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="?", type=int, default=500)
    parser.add_argument("--from", dest="files", nargs="*", type=Path, default=[])
    parser.add_argument("--run", nargs="*", choices=RUNS, default=["speed"])
    arguments = parser.parse_args()
    chosen = texts(arguments.files, arguments.articles)
    started = time.process_time()
    lexicon = load()
    next(extract_batches([frame_of(["\n".join(chosen[:20])])], lexicon))  # words that are looked up for the first time
    print(f"lexicon        {time.process_time() - started:8.2f} s   {peak_memory():8.0f} MB", flush=True)
    for name in arguments.run:
        RUNS[name](chosen, lexicon)


if __name__ == "__main__":
    main()
