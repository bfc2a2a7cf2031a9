"""What adding costs: generated articles, really extracted, in batches; then all of them again.

    python benchmarks/store_add.py [ARTICLES] [WORKERS] [SENTENCES]

It prints the seconds of every batch, the last ones against the first ones, the peak memory of this process, and how
long adding everything again takes (it must change nothing).
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import mean

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.config import SEEDS
from analysis.lexicon.words import Words
from analysis.read.files import read_articles
from analysis.read.items import Item, Original
from analysis.read.records import FIELDS
from analysis.store import Store
from analysis.store.add import add

BATCH = 500


def generate(count: int, sentences: int) -> Iterator[Item]:
    """Articles of the words of the invented dispatches, in an order of their own in each.

    Whole sentences that come again in thousands of articles would make every article a candidate copy of every other,
    which no agency's news does.
    """
    words = [word for text in read_articles([SEEDS / "demo"])["text"] for word in text.split()]
    for number in range(count):
        chance = random.Random(number)
        text = "\n".join(" ".join(chance.sample(words, 14)).strip(".،:») ") + "." for _ in range(sentences))
        article = dict.fromkeys(FIELDS, "") | {"article_id": str(number), "text": text, "published": "2025-03-10"}
        yield Item(str(number), article, Original(text.encode(), "text/plain", "generated", "none"))


def main() -> None:
    """Add, and add again."""
    given = [int(argument) for argument in sys.argv[1:4]]
    count, workers, sentences = [*given, *(2000, 1, 8)[len(given) :]]
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(f"{folder}/store", create=True)
        words = Words(people=SEEDS / "demo")
        words.load()
        for run in ("adding", "adding again"):
            started = time.perf_counter()
            report = add(store, generate(count, sentences), words=words, batch=BATCH, workers=workers)
            seconds = time.perf_counter() - started
            took = [one.seconds for one in report.batches]
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(f"{run}: {count} articles, {workers} workers, {seconds:.1f} s, peak {memory} MB")
            print("  outcomes:", {name: n for name, n in report.counts.items() if n})
            print("  seconds a batch:", " ".join(f"{one:.1f}" for one in took) or "nothing was written")
            if len(took) > 1:
                ends = max(1, min(10, len(took) // 2))
                print(f"  last {ends} against first {ends}: {mean(took[-ends:]) / mean(took[:ends]):.2f}")
        started = time.perf_counter()
        Store.open(store.where)
        print(f"opening: {time.perf_counter() - started:.3f} s")


if __name__ == "__main__":
    main()
