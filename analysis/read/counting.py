"""How many articles inputs hold, as far as that can be told without reading them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from analysis.read.sources import walk

_ONE = {".txt", ".html", ".htm", ".xhtml", ".docx", ".pdf"}


def count_articles(inputs: Iterable[str | Path]) -> int | None:
    """The number of articles and of files that are turned away; None where an input does not say (a feed, an archive).

    It is near enough for a progress bar: a line that holds no article counts as one.
    """
    total = 0
    for given in inputs:
        path = Path(given)
        files = [file for file, _ in walk(path)] if path.is_dir() else [path]
        for file in files:
            found = _count(file) if file.is_file() else None
            if found is None:
                return None
            total += found
    return total


def _count(file: Path) -> int | None:
    suffix = file.suffix.lower()
    if suffix in _ONE:
        return 1
    try:
        if suffix == ".jsonl":
            with file.open("rb") as lines:
                return sum(1 for line in lines if line.strip())
        if suffix == ".csv":
            with file.open(encoding="utf-8-sig", newline="") as rows:
                return max(sum(1 for row in csv.reader(rows) if row) - 1, 0)
        if suffix == ".parquet":
            import pyarrow.parquet as pq

            return int(pq.read_metadata(file).num_rows)
    except (OSError, ValueError, csv.Error):
        return None
    return None
