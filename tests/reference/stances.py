"""Shifts and contradiction candidates, from their definitions."""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import permutations

import numpy as np

from tests.reference import odds
from tests.reference.asked import Asked
from tests.reference.world import Rows, Seen, narrow

VALUE = {"for": 1.0, "mixed": 0.5, "against": 0.0}
BY_DOER = ("topic:use_of_force", "topic:terrorism")


def _taken(seen: Seen) -> Rows:
    """Positions that count: sure, said once, by somebody who has a name."""
    return [
        row
        for row in seen.positions
        if (row["coder"] != "machine" or row["confidence"] >= 0.5 - 1e-6)
        and not row["relayed"]
        and row["statement"]["form"] != "headline"
        and not row["statement"]["repeats"]
        and not row["statement"]["article"]["duplicate_of"]
        and seen.world.speakers[row["speaker_id"]]["kind"] != "anonymous"
    ]


def _cells(rows: Rows) -> dict[tuple[str, str], Rows]:
    found: dict[tuple[str, str], Rows] = defaultdict(list)
    for row in rows:
        found[row["speaker_id"], row["target"]].append(row)
    return found


def _z(sums: list[float], counts: list[int], days: list, k: int) -> float:
    """How good the cut after k articles is; -1 where none is allowed."""
    m = len(sums)
    if not 2 <= k <= m - 2 or days[k] == days[k - 1]:
        return -1.0
    mean = sum(sums) / sum(counts)
    off = [s - n * mean for s, n in zip(sums, counts, strict=True)]
    return abs(sum(off[:k])) / math.sqrt(k * (m - k) / (m * (m - 1)) * sum(value**2 for value in off))


def _move(key: tuple[str, str], rows: Rows) -> dict | None:
    """The best cut of one speaker and target, without its test; None where there are too few articles."""
    of: dict[tuple, list[float]] = defaultdict(list)
    for row in rows:
        article = row["statement"]["article"]
        if article["day"]:
            of[article["day"], row["statement"]["article_id"]].append(VALUE[row["stance"]])
    if len(of) < 4:
        return None
    days = [day for day, _ in sorted(of)]
    values = [of[one] for one in sorted(of)]
    sums, counts = [sum(one) for one in values], [len(one) for one in values]
    names = ("cut", "n_earlier", "n_later", "earlier", "later", "change", "low", "high", "p", "q")
    found = {"speaker": key[0], "target": key[1], "n": sum(counts), "articles": len(of), "verdict": "not_enough"}
    found |= dict.fromkeys(names) | {"cut": ""}
    if len({round(s / n, 9) for s, n in zip(sums, counts, strict=True)}) == 1:
        mean = sums[0] / counts[0]
        return found | {"verdict": "steady", "earlier": mean, "later": mean, "change": 0.0}
    z = [round(_z(sums, counts, days, k), 9) for k in range(1, len(of))]
    if max(z) < 0:
        return found
    k = z.index(max(z)) + 1
    sides = [(sums[:k], counts[:k]), (sums[k:], counts[k:])]
    means = [sum(s) / sum(n) for s, n in sides]
    low, high = _newcombe(means[0], k, means[1], len(of) - k)
    found |= {"cut": days[k].isoformat(), "n_earlier": sum(counts[:k]), "n_later": sum(counts[k:])}
    found |= {"earlier": means[0], "later": means[1], "change": means[1] - means[0], "low": low, "high": high}
    whole = sum(sums) / sum(counts)
    off = [s - n * whole for s, n in zip(sums, counts, strict=True)]
    return found | {"verdict": "noise", "z": max(z), "off": off, "days": days}


def _newcombe(p: float, m: int, q: float, n: int) -> tuple[float, float]:
    (low_p, high_p), (low_q, high_q) = _wilson(p, m), _wilson(q, n)
    return q - p - math.hypot(q - low_q, high_p - p), q - p + math.hypot(high_q - q, p - low_p)


def _wilson(p: float, n: int) -> tuple[float, float]:
    z = odds.QUANTILE
    spread = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return tuple((p + z * z / (2 * n) + sign * spread) / (1 + z * z / n) for sign in (-1, 1))  # type: ignore[return-value]


def _p(off: list[float], days: list) -> tuple[float, bool]:
    """How often the articles in another order are cut as well, and whether any order would be a surprise."""
    m = len(off)
    cuts = [k for k in range(2, m - 1) if days[k] != days[k - 1]]
    # Column k sums the articles before the cut k, in units in which all cuts are alike.
    before = np.array([[1 / math.sqrt(k * (m - k)) if i < k else 0.0 for k in cuts] for i in range(m)])
    values = np.array(off)
    least = np.abs(values @ before).max() - 1e-9
    if m <= 7:
        every = np.abs(values[np.array(list(permutations(range(m))))] @ before).max(axis=1)
        return float(np.mean(every >= least)), bool(np.mean(every >= every.max() - 1e-9) <= 0.05)
    drawn, reached, draws = np.random.default_rng(20), 0, 0
    while draws < 4000:
        for order in drawn.permuted(np.tile(np.arange(m), (200, 1)), axis=1):
            draws += 1
            reached += bool(np.abs(values[order] @ before).max() >= least)
            if reached == 50:
                return 50 / draws, True
    return (reached + 1) / (draws + 1), True


def _selected(z: float, m: int) -> float:
    """Miller and Siegmund's p."""
    if z < 1.5:
        return 1.0
    e, density = 2 / m, math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    return min(max(density * ((z - 1 / z) * 2 * math.log((1 - e) / e) + 4 / z), 0), 1)


def moves(seen: Seen, speaker: str = "") -> list[dict]:
    """How stances moved, of one speaker or of all."""
    cells = _cells(_taken(seen))
    found = [_move(key, cells[key]) for key in sorted(cells) if not speaker or key[0] == speaker]
    rows = [row for row in found if row]
    cut = [row for row in rows if row["verdict"] == "noise"]
    clearest = sorted(cut, key=lambda row: (-row["z"], -row["n"], row["speaker"], row["target"]))
    for place, row in enumerate(clearest):
        surprising = False
        row["p"] = _selected(row["z"], row["articles"])
        if speaker or place < 40:
            row["p"], surprising = _p(row["off"], row["days"])
            if not surprising:
                row |= {"verdict": "not_enough", "p": None}
        row["surprising"] = surprising
    tested = [row for row in cut if row["p"] is not None]
    for row, q in zip(tested, odds.false_discoveries([row["p"] for row in tested], len(tested)), strict=True):
        row["q"] = q
        if row["surprising"] and q <= 0.05 and abs(row["change"]) >= 0.25:
            row["verdict"] = "shift"
    ranks = ("shift", "noise", "steady", "not_enough")

    def order(row: dict) -> tuple:
        p = math.inf if row["p"] is None else row["p"]
        change = math.inf if row["change"] is None else -abs(row["change"])
        return ranks.index(row["verdict"]), p, change, -row["n"], row["speaker"], row["target"]

    kept = [{k: v for k, v in row.items() if k not in ("z", "off", "days", "surprising")} for row in rows]
    return sorted(kept, key=order)


def candidates(seen: Seen, speaker: str = "") -> list[dict]:
    """Contradiction candidates, of one speaker or of all."""
    found = [
        _candidate(seen, key, rows)
        for key, rows in sorted(_cells(_taken(seen)).items())
        if (not speaker or key[0] == speaker) and key[1] not in BY_DOER
    ]
    rows = [row for row in found if row]
    return sorted(
        rows, key=lambda row: (not row["human"], -row["score"], row["statement_for"], row["statement_against"])
    )


def _candidate(seen: Seen, key: tuple[str, str], rows: Rows) -> dict | None:
    counts = {stance: sum(row["stance"] == stance for row in rows) for stance in ("for", "mixed", "against")}
    fewer, n = min(counts["for"], counts["against"]), counts["for"] + counts["against"]
    if fewer < 2:
        return None
    slip = 1 - sum(math.comb(n, k) * 0.1**k * 0.9 ** (n - k) for k in range(fewer))
    articles = {row["article_id"]: place for place, row in enumerate(seen.world.articles)}
    ordered = sorted(seen.world.statements, key=lambda row: (articles[row["article_id"]], row["start"], row["stop"]))
    number = {row["statement_id"]: place for place, row in enumerate(ordered)}
    sides = []
    for stance in ("for", "against"):
        mine = [row for row in rows if row["stance"] == stance]
        sides.append(sorted(mine, key=lambda row: (not _plain(row), -_sure(row), number[row["statement_id"]]))[:8])
    pairs = [pair for a in sides[0] for b in sides[1] if (pair := _pair(seen, key, a, b, slip, number))]
    if min(len({pair[f"statement_{stance}"] for pair in pairs}) for stance in ("for", "against")) < 2:
        return None
    plain = [pair for pair in pairs if pair.pop("plain")]
    if not plain:
        return None
    best = min(plain, key=lambda row: (not row["human"], -row["score"], row["statement_for"], row["statement_against"]))
    return {"speaker": key[0], "target": key[1]} | counts | best


def _plain(row: dict) -> bool:
    return row["coder"] != "machine" or not (", nearby" in row["rule"] or "wording" in row["rule"])


def _sure(row: dict) -> float:
    return row["confidence"] if row["coder"] == "machine" else 1.0


def _pair(seen: Seen, key: tuple[str, str], a: dict, b: dict, slip: float, number: dict[str, int]) -> dict | None:
    """Two sentences side by side; None where they do not speak of the same."""
    states, topics = zip(*(_about(seen, key, row) for row in (a, b)), strict=True)
    if key[1].startswith("topic:") and states[0] and states[1] and not states[0] & states[1]:
        return None
    first, second = (row["statement"]["article"]["day"] for row in (a, b))
    days = float(abs((first - second).days)) if first and second else None
    days = 0.0 if a["statement"]["article_id"] == b["statement"]["article_id"] else days
    human = a["coder"] != "machine" and b["coder"] != "machine"
    slip = 0.0 if human else slip
    if (days or 0) > 730 or slip > 0.2:
        return None
    shared = len(states[0] & states[1]) + len(topics[0] & topics[1])
    alike = (1 + shared) / (1 + len(states[0] | states[1]) + len(topics[0] | topics[1]))
    near = 0.5 if days is None else 1 / (1 + days / 365)
    found = {"statement_for": number[a["statement_id"]], "statement_against": number[b["statement_id"]], "human": human}
    found |= {"sure_for": _sure(a), "sure_against": _sure(b), "days": days, "near": near, "alike": alike, "slip": slip}
    score = round(_sure(a) * _sure(b) * near * alike * (1 - slip), 6)
    return found | {"score": score, "plain": _plain(a) and _plain(b)}


def _about(seen: Seen, key: tuple[str, str], row: dict) -> tuple[set[str], set[str]]:
    """The foreign states and the topics of a statement, but for the target."""
    world, statement = seen.world, row["statement_id"]
    named = {
        one["entity_id"] for one in world.mentions if one["statement_id"] == statement and one["kind"] == "country"
    }
    own = {
        one["country"] for one in world.attributions if (one["statement_id"], one["speaker_id"]) == (statement, key[0])
    }
    topics = {one["topic_id"] for one in world.topics if one["statement_id"] == statement}
    kind, _, name = key[1].partition(":")
    return named - own - ({name} if kind == "state" else set()), topics - ({name} if kind == "topic" else set())


def _own(asked: Asked) -> tuple[Seen, str]:
    """What is in view of the speaker's own, as the speaker's page shows it."""
    speaker = asked.query.get("who") or asked.query.get("speaker", "")
    return narrow(asked.world, {**asked.query, "speaker": speaker}), speaker


def own_moves(asked: Asked) -> list[dict]:
    """The moves of the page on one speaker."""
    return [{name: value for name, value in row.items() if name != "speaker"} for row in moves(*_own(asked))]


FIGURES = {
    "speaker.moves": own_moves,
    "speaker.contradictions": lambda asked: candidates(*_own(asked)),
    "positions.moves": lambda asked: moves(asked.seen),
    "positions.contradictions": lambda asked: candidates(asked.seen)[:200],
}
