"""The figures of the review page."""

from __future__ import annotations

import csv
from collections import Counter

from analysis.config import DATA
from tests.reference.asked import Asked
from tests.reference.world import ranked


def counts(asked: Asked) -> list[dict]:
    """How many statements and positions in view a person coded."""
    kinds = {"statements": asked.seen.statements, "positions": asked.seen.positions}
    return [
        {"coded": name, "human": sum(row["coder"] != "machine" for row in rows), "of": len(rows)}
        for name, rows in kinds.items()
    ]


def queue(asked: Asked) -> int:
    """Statements in view that only the machine coded."""
    return sum(row["coder"] == "machine" for row in asked.seen.statements)


def unknown(asked: Asked) -> list[dict]:
    """People in view whom the lexicon does not list, by the attributions to them."""
    with (DATA / "lexicon" / "people.csv").open(encoding="utf-8", newline="") as lines:
        known = {row["speaker_id"] for row in csv.DictReader(lines)}
    people = asked.world.speakers
    found = Counter(
        row["speaker_id"]
        for row in asked.seen.said
        if people[row["speaker_id"]]["kind"] == "person" and row["speaker_id"] not in known
    )
    return [{"speaker": speaker, "n": found[speaker]} for speaker in ranked(found)]


FIGURES = {"review.counts": counts, "review.queue": queue, "review.unknown": unknown}
