"""What a brief counts and quotes."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict

from analysis.text.fold import fold_key
from tests.reference import overview, periods, positions
from tests.reference.asked import Asked
from tests.reference.world import Seen, narrow, ranked

STANCES = ("for", "against", "mixed")


def totals(asked: Asked) -> list[dict]:
    """How much is in view."""
    seen = asked.seen
    return [
        {
            "statements": len(seen.statements),
            "articles": len(seen.articles),
            "n_speakers": len({row["speaker_id"] for row in seen.said}),
            "n_sources": len({row["source"] for row in seen.articles} - {""}),
            "undated": sum(row["day"] is None for row in seen.articles),
        }
    ]


def topics(asked: Asked) -> list[dict]:
    """The seven most frequent topics."""
    counts = Counter(row["topic_id"] for row in asked.seen.topics)
    n = len(asked.seen.statements)
    return [{"topic": topic, "n": counts[topic], "share": counts[topic] / n} for topic in ranked(counts)[:7]]


def speakers(asked: Asked) -> list[dict]:
    """The six who speak most."""
    rows = overview.speakers(asked.seen)[:6]
    return [{key: row[key] for key in ("speaker", "role", "country", "n", "share")} for row in rows]


def time(asked: Asked) -> list[dict]:
    """Statements by period, in the unit that fits."""
    dated = [day for day in asked.days if day]
    if not dated:
        return []
    unit = periods.unit_for(asked.days)
    counts = Counter(periods.key(day, unit, asked.calendar) for day in dated)
    return [{"period": key, "n": counts[key]} for key in periods.axis(asked.days, unit, asked.calendar)]


def _held(seen: Seen) -> list[dict]:
    """The positions of those who have a name."""
    return [row for row in seen.positions if seen.world.speakers[row["speaker_id"]]["kind"] != "anonymous"]


def pairs(asked: Asked) -> list[dict]:
    """The seven pairs of a speaker and a target with most positions, with their labels."""
    found: dict[tuple, Counter] = defaultdict(Counter)
    for row in _held(asked.seen):
        found[row["speaker_id"], row["target"]][row["stance"]] += 1
    rows = []
    for (speaker, target), counts in found.items():
        n = sum(counts.values())
        score = (counts["for"] + counts["mixed"] / 2) / n
        label = positions.label(score, n)
        rows.append(
            {"speaker": speaker, "target": target, **{one: counts[one] for one in STANCES}, "n": n, "label": label}
        )
    return sorted(rows, key=lambda row: (-row["n"], row["speaker"], row["target"]))[:7]


def targets(asked: Asked) -> list[dict]:
    """The six targets with most positions."""
    found: dict[str, Counter] = defaultdict(Counter)
    for row in _held(asked.seen):
        found[row["target"]][row["stance"]] += 1
    rows = [
        {"target": target, **{one: counts[one] for one in STANCES}, "n": sum(counts.values())}
        for target, counts in found.items()
    ]
    return sorted(rows, key=lambda row: (-row["n"], row["target"]))[:6]


def caveats(asked: Asked) -> list[dict]:
    """The numbers of what must not be misread, in the order in which it is said."""
    seen, query = asked.seen, dict(asked.query)
    n = len(seen.statements)

    def other(**changes: str) -> Seen:
        return narrow(asked.world, query | changes)

    found = []
    demo = sum(row["article"]["collection"] == "demo" for row in seen.statements)
    if demo:
        found.append(("demo_all" if demo == n else "demo_some", demo))
    found.append(("machine", sum(row["coder"] == "machine" for row in seen.statements)))
    undated = query.get("undated", "")
    left = {"undated_in": 0 if undated == "only" else sum(day is None for day in asked.days)}
    if (query.get("from") or query.get("to")) and not undated:
        left["undated_out"] = len(other(**{"from": "", "to": "", "undated": "only"}).statements)
    counted = query.get("repeats") == "1"
    left["repeats_in" if counted else "repeats_out"] = abs(len(other(repeats="" if counted else "1").statements) - n)
    counted = query.get("relayed") == "1"
    there = len(other(relayed="" if counted else "1").positions)
    left["relayed_in" if counted else "relayed_out"] = abs(there - len(seen.positions))
    if int(query.get("sure") or 0):
        left["unsure"] = len(other(sure="0").statements) - n
    found += [(name, number) for name, number in left.items() if number]
    if n < 30 or len(seen.articles) < 10:
        found.append(("thin", n))
    sources = Counter(row["article"]["source"] for row in seen.statements)
    of_articles = {row["source"] for row in seen.articles}
    first = min(of_articles, key=lambda name: (-sources[name], -sum(a["source"] == name for a in seen.articles), name))
    if len(of_articles) > 1 and sources[first] / n >= 0.6:
        found.append(("one_source", sources[first]))
    return [{"name": name, "n": number} for name, number in found]


def quotations(asked: Asked) -> list[dict]:
    """The statements to quote, chosen one by one by the rule; the sample's texts all fit on two pages."""
    query = asked.query
    if "quotations" in query.get("off", "").split("~"):
        return []
    inside = [row["statement_id"] for row in asked.seen.statements]
    ticked = query.get("quote", "")
    if ticked:
        return [{"statement": one} for one in dict.fromkeys(ticked.split("~")) if one in inside]
    number = int(query["n"]) if query.get("n") else 6
    chosen, texts = [], set()
    for row in _in_turn(_candidates(asked)):
        key = fold_key(row["text"])
        if 30 <= len(row["text"]) <= 480 and key not in texts:
            chosen.append({"statement": row["statement_id"]})
        texts.add(key)
    return chosen[:number]


def _candidates(asked: Asked) -> list[dict]:
    """What may be quoted, with all that the rule asks of it."""
    seen, rows = asked.seen, []
    said = {}
    for row in seen.said:
        said.setdefault(row["statement_id"], row["speaker_id"])
    held = defaultdict(list)
    for row in seen.positions:
        if not row["relayed"]:
            held[row["statement_id"]].append(row)
    wanted = _wanted(asked)
    order = {row["statement_id"]: place for place, row in enumerate(asked.world.statements)}
    for row in seen.statements:
        identity, article = row["statement_id"], row["article"]
        if identity not in said or row["form"] == "headline" or row["repeats"] or article["duplicate_of"]:
            continue
        side, stance, sure, human = 0, "", row["confidence"], row["coder"] != "machine"
        if held[identity]:
            best = max(
                held[identity],
                key=lambda one: (
                    not wanted or one["target"] in wanted,
                    one["coder"] != "machine" or 0,
                    one["confidence"],
                ),
            )
            side = 2 if not wanted or best["target"] in wanted else 1
            stance, sure = best["stance"], min(sure, best["confidence"])
            human = human or best["coder"] != "machine"
        day: dt.date | None = article["day"]
        rows.append(
            {
                **row,
                "turn": (said[identity], article["source"], stance, (day.year, day.month) if day else None),
                "rank": (not human, -side),
                "late": (-int((1.0 if human else sure) * 100 + 0.5), -(day.toordinal() if day else 0), order[identity]),
            }
        )
    return rows


def _wanted(asked: Asked) -> set[str]:
    query = asked.query
    kinds = (("topic", "topic:"), ("country", "state:"))
    found = {prefix + value for key, prefix in kinds for value in query.get(key, "").split("~") if value}
    bodies = [
        value.split(":", 1)[1] for value in query.get("named", "").split("~") if value.startswith("organisation:")
    ]
    return found | {f"org:{value}" for value in bodies}


def _in_turn(rows: list[dict]) -> list[dict]:
    """Sixty of the rows: each time the best of those whose speaker, source, side and month were chosen least."""
    used = [Counter() for _ in range(4)]
    picked = []
    while rows and len(picked) < 60:
        best = min(
            rows, key=lambda row: (row["rank"], [n[one] for n, one in zip(used, row["turn"], strict=True)], row["late"])
        )
        rows = [row for row in rows if row is not best]
        for counter, one in zip(used, best["turn"], strict=True):
            counter[one] += 1
        picked.append(best)
    return picked


FIGURES = {
    "brief.totals": totals,
    "brief.topics": topics,
    "brief.time": time,
    "brief.speakers": speakers,
    "brief.pairs": pairs,
    "brief.targets": targets,
    "brief.caveats": caveats,
    "brief.quotations": quotations,
}
