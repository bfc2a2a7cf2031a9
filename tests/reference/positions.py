"""The figures of the page on who stands where."""

from __future__ import annotations

import math
from collections import Counter, defaultdict

from tests.reference import odds
from tests.reference.asked import Asked
from tests.reference.world import Rows, Seen, World, narrow

ENOUGH, ALIKE = 5, 0.4
STANCES = ("for", "against", "mixed")
FOR = ((0.95, "consistently_for"), (0.85, "almost_always_for"), (0.60, "generally_for"))
AGAINST = ((0.05, "consistently_against"), (0.15, "almost_always_against"), (0.40, "generally_against"))


def matrix(asked: Asked, target: str = "") -> list[dict]:
    """Positions by speaker and target."""
    cells = by_cell(asked.world, asked.seen.positions)
    rows = [cell(*key, rows) for key, rows in cells.items() if target in ("", key[1])]
    return sorted(rows, key=order)


def order(row: dict) -> tuple:
    """Most positions first."""
    return -row["n"], row["speaker"], row["target"]


def by_cell(world: World, positions: Rows) -> dict[tuple[str, str], Rows]:
    """Positions by holder and target; anonymous ones are nobody's."""
    cells: dict[tuple[str, str], Rows] = defaultdict(list)
    for row in positions:
        if world.speakers[row["speaker_id"]]["kind"] != "anonymous":
            cells[row["speaker_id"], row["target"]].append(row)
    return cells


def cell(speaker: str, target: str, rows: Rows) -> dict:
    """One cell: counts, score and label."""
    found = Counter(row["stance"] for row in rows)
    score = (found["for"] + found["mixed"] / 2) / len(rows)
    counts = {stance: found[stance] for stance in STANCES}
    return (
        {"speaker": speaker, "target": target}
        | counts
        | {"n": len(rows), "score": score, "label": label(score, len(rows))}
    )


def label(score: float, n: int) -> str:
    """The label of a score."""
    if n < ENOUGH:
        return "not_enough"
    for least, name in FOR:
        if score >= least:
            return name
    return next((name for most, name in AGAINST if score <= most), "mixture")


def scored(world: World, seen: Seen, speaker: str = "", target: str = "") -> list[dict]:
    """Cells with what is uncertain of them."""
    rows = [
        cell(*key, mine) | _uncertain(mine)
        for key, mine in by_cell(world, seen.positions).items()
        if speaker in ("", key[0]) and target in ("", key[1])
    ]
    return sorted(rows, key=order)


def _uncertain(rows: Rows) -> dict:
    n, sizes = len(rows), Counter(row["statement"]["article_id"] for row in rows)
    effective = n / (1 + (sum(m * m for m in sizes.values()) / n - 1) * ALIKE)
    score = sum({"for": 1, "mixed": 0.5, "against": 0}[row["stance"]] for row in rows) / n
    z, m = odds.QUANTILE, effective
    middle = (score + z * z / (2 * m)) / (1 + z * z / m)
    half = z / (1 + z * z / m) * math.sqrt(score * (1 - score) / m + z * z / (4 * m * m))
    machine = [row["confidence"] for row in rows if row["coder"] == "machine"]
    return {
        "articles": len(sizes),
        "effective": effective,
        "low": max(middle - half, 0.0),
        "high": min(middle + half, 1.0),
        "human": n - len(machine),
        "confidence": sum(machine) / len(machine) if machine else None,
    }


def with_relayed(asked: Asked) -> Seen:
    """What is in view where relayed positions count as well."""
    return narrow(asked.world, {**asked.query, "relayed": "1"})


def relayed(asked: Asked) -> list[dict]:
    """Positions that others pass on."""
    seen, cells = with_relayed(asked), defaultdict(list)
    for row in seen.positions:
        if not row["relayed"] or asked.world.speakers[row["speaker_id"]]["kind"] == "anonymous":
            continue
        for told in seen.attributions:
            if told["statement_id"] == row["statement_id"] and told["part"] == "speaker":
                cells[row["speaker_id"], told["speaker_id"], row["target"]].append(row["stance"])
    rows = []
    for (speaker, relay, target), found in cells.items():
        counts = {stance: found.count(stance) for stance in STANCES}
        rows.append({"speaker": speaker, "relay": relay, "target": target} | counts | {"n": len(found)})
    return sorted(rows, key=lambda row: (-row["n"], row["speaker"], row["relay"], row["target"]))


def of_kind(asked: Asked) -> list[dict]:
    """The matrix of the kind of targets that is asked for."""
    kind = asked.param("kind", "topic", "state", "org")
    return [row for row in matrix(asked) if row["target"].startswith(kind)]


def line(asked: Asked) -> list[dict]:
    """The row, the column or the cell that is picked."""
    return scored(asked.world, asked.seen, asked.param("who"), asked.param("target"))


FIGURES = {
    "positions.matrix": of_kind,
    "positions.scores": line,
    "positions.relayed": relayed,
}
