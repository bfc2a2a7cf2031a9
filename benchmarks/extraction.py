"""Speed (processor time of one core) and memory of extraction, beside hazm's Normalizer on the same text.

Usage: python benchmarks/extraction.py [ARTICLES] [--from FILE.jsonl …]

Without files, the demonstration dispatches are repeated until there are ARTICLES of them (default 500).
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from itertools import cycle, islice
from pathlib import Path

import pandas as pd
from hazm import Normalizer

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis import extract_batches
from analysis.config import SEEDS
from analysis.lexicon import load


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


def main() -> None:
    """Print a line for each measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="?", type=int, default=500)
    parser.add_argument("--from", dest="files", nargs="*", type=Path, default=[])
    arguments = parser.parse_args()
    chosen = texts(arguments.files, arguments.articles)
    megabytes = sum(len(text.encode()) for text in chosen) / 1e6
    started = time.process_time()
    lexicon = load()
    print(f"lexicon        {time.process_time() - started:8.2f} s   {peak_memory():8.0f} MB")
    frame = pd.DataFrame({"article_id": [f"b{i}" for i in range(len(chosen))], "text": chosen})
    next(extract_batches([frame.head(1)], lexicon))  # words that are looked up for the first time
    started = time.process_time()
    statements = sum(len(tables.statements) for tables in extract_batches([frame], lexicon))
    taken = time.process_time() - started
    print(f"extract        {taken:8.2f} s   {peak_memory():8.0f} MB   {megabytes / taken:6.2f} MB/s")
    print(f"               {statements} statements in {len(chosen)} articles")
    normalizer = Normalizer()
    started = time.process_time()
    for text in chosen:
        normalizer.normalize(text)
    normal = time.process_time() - started
    print(f"hazm Normalizer{normal:8.2f} s   {'':8}      {megabytes / normal:6.2f} MB/s   ratio {normal / taken:.2f}")


if __name__ == "__main__":
    main()
