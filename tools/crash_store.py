"""Kill writers at random moments and see whether the store keeps its promises.

Usage: python tools/crash_store.py [--kills 200] [--seed N] [--store DIR]

Two processes add and refresh invented articles in one store; each writes the ids that it was told are kept into a file
of its own. A third one reads all the time. One of the writers at a time is killed (kill -9) at a random moment and
started again. Afterwards `check` must find nothing wrong (rows that nobody sees may be left over), every acknowledged
article must be there exactly once, and the reader must never have failed or seen a part of a batch.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.store import Batch, Store, check, commit
from tools.invented import batch_of, refresh_of

EACH = 5
"""Articles of a batch."""
SHARED = 40
"""Articles that both writers try to add."""


def write(place: Path, name: str) -> None:
    """Add and refresh until killed; ids are acknowledged only when `commit` has returned."""
    store, chance = Store.open(place / "store"), random.Random()
    with (place / f"{name}.acknowledged").open("a") as acknowledged:
        (place / f"{name}.ready").touch()
        while True:
            known = [line for file in place.glob("*.acknowledged") for line in file.read_text().splitlines()]
            if known and chance.random() < 0.3:
                store = refresh(store, chance.choice(known).split()[:EACH])
                continue
            prefix = f"{name}-{secrets.token_hex(4)}"
            wanted = [f"{prefix}-{number}" for number in range(EACH)]
            batch = batch_of([*wanted, f"shared-{chance.randrange(SHARED)}"], statements=2)
            store = commit(store, without_known(store, batch), decide=lambda now, mine=batch: without_known(now, mine))
            acknowledged.write(" ".join(batch.tables.articles["article_id"]) + "\n")
            acknowledged.flush()
            os.fsync(acknowledged.fileno())


def refresh(store: Store, ids: list[str]) -> Store:
    """Code some articles anew."""
    batch = refresh_of(ids, edition=secrets.randbelow(1000), statements=2)
    return commit(store, batch, decide=lambda now: batch)


def without_known(store: Store, batch: Batch) -> Batch:
    """A batch without the shared article where the store has it already."""
    ids = list(batch.tables.articles["article_id"])
    found = store.frame("articles", ["article_id"], "article_id = ?", [ids[-1]])
    return batch if found.empty else batch_of(ids[:-1], statements=2)


def read(place: Path) -> None:
    """Read the newest and old versions until told to stop; write down what went wrong."""
    polls, problems = 0, []
    while not (place / "stop").exists():
        try:
            store = Store.open(place / "store")
            if polls % 5 == 4:
                store = Store.open(place / "store", version=random.randint(0, store.version))
            problems += half_batches(store)
        except Exception as error:  # Whatever it is: a reader must not fail.
            problems.append(f"{type(error).__name__}: {error}")
        polls += 1
        (place / "reader.json").write_text(json.dumps({"polls": polls, "problems": problems}))


def half_batches(store: Store) -> list[str]:
    """Batches of which a part only is there, and articles without all of their codes."""
    parts = store.query(
        f"""SELECT regexp_replace(article_id, '-[0-9]$', '') AS batch, count(*) AS n FROM articles
        WHERE article_id NOT LIKE 'shared-%' GROUP BY batch HAVING n <> {EACH}"""
    )
    codes = " UNION ALL ".join(
        f"""SELECT '{table}' AS name, a.article_id, count(c.article_id) AS n FROM articles a
        LEFT JOIN {table} c USING (article_id) GROUP BY a.article_id HAVING n <> {number}"""
        for table, number in (("statements", 2), ("statement_topics", 4), ("positions", 2), ("originals", 1))
    )
    found = [*parts.itertuples(index=False), *store.query(codes).itertuples(index=False)]
    return [f"version {store.version}: {tuple(row)}" for row in found]


def start(place: Path, *words: str) -> subprocess.Popen[bytes]:
    """One of the processes."""
    return subprocess.Popen([sys.executable, __file__, "--place", str(place), *words])


def trial(place: Path, kills: int, seed: int) -> dict[str, object]:
    """Run it; what was found, `problems` being empty where all promises were kept."""
    chance, began = random.Random(seed), time.monotonic()
    Store.open(place / "store", create=True)
    names = ("left", "right")
    writers = {name: start(place, "--write", name) for name in names}
    reader = start(place, "--read")
    problems = []
    try:
        for _ in range(kills):
            name = chance.choice(names)
            while not (place / f"{name}.ready").exists() and writers[name].poll() is None:
                time.sleep(0.01)
            time.sleep(chance.uniform(0, 1.2))
            if writers[name].poll() is not None:
                problems.append(f"the writer {name} ended by itself")
                break
            writers[name].kill()
            writers[name].wait()
            (place / f"{name}.ready").unlink()
            writers[name] = start(place, "--write", name)
    finally:
        for writer in writers.values():
            writer.kill()
            writer.wait()
        (place / "stop").touch()
        reader.wait(60)
    return {**judge(place, problems), "kills": kills, "seconds": round(time.monotonic() - began)}


def judge(place: Path, problems: list[str]) -> dict[str, object]:
    """What is in the store against what was acknowledged, and what the reader saw."""
    store = Store.open(place / "store")
    found = check(store)
    rows = store.frame("articles", ["article_id"])["article_id"].tolist()
    lines = [line.split() for file in place.glob("*.acknowledged") for line in file.read_text().splitlines()]
    promised = {article for line in lines for article in line if len(line) in (EACH, EACH + 1)}
    reader = json.loads((place / "reader.json").read_text())
    problems += [str(problem) for problem in found if problem.severity != "harmless"]
    problems += [f"{article} was acknowledged and is not there" for article in sorted(promised - set(rows))]
    problems += [f"{article} is there twice" for article in sorted({a for a in rows if rows.count(a) > 1})]
    problems += [f"reader: {problem}" for problem in reader["problems"]] + half_batches(store)
    return {
        "problems": problems[:20],
        "versions": store.version,
        "articles": len(rows),
        "acknowledged": len(promised),
        "left_over": [str(problem) for problem in found if problem.severity == "harmless"],
        "polls": reader["polls"],
    }


def main() -> int:
    """Run the trial, or one of its processes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--store", type=Path, help="a new folder to work in (default: a temporary one)")
    parser.add_argument("--place", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--write", help=argparse.SUPPRESS)
    parser.add_argument("--read", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.write:
        write(options.place, options.write)
    elif options.read:
        read(options.place)
    else:
        with tempfile.TemporaryDirectory() as folder:
            place = options.store or Path(folder)
            place.mkdir(exist_ok=True)
            found = trial(place, options.kills, options.seed)
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return 1 if found["problems"] else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
