"""The figures of the page on one speaker, and of how a label came about, which the page on positions shows as well."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict

from analysis.schema import ROLES
from tests.reference import odds, periods, positions
from tests.reference.asked import Asked
from tests.reference.overview import speakers
from tests.reference.world import Seen, narrow, ranked


def who(asked: Asked) -> str:
    """The speaker that the page is about: the one that the address names, else the only one that is filtered."""
    chosen = [value for value in asked.param("speaker").split("~") if value]
    return asked.param("who") or (chosen[0] if len(chosen) == 1 else "")


def own(asked: Asked) -> Seen:
    """What the filters leave of the speaker."""
    return narrow(asked.world, {**asked.query, "speaker": who(asked)})


def base(asked: Asked) -> Seen:
    """What they leave of everybody."""
    return narrow(asked.world, {key: value for key, value in asked.query.items() if key != "speaker"})


def roles(asked: Asked) -> list[dict]:
    """The roles that articles give."""
    found: dict[tuple[str, str], list[dt.date | None]] = defaultdict(list)
    for row in own(asked).said:
        if row["speaker_id"] == who(asked):
            found[row["role"], row["country"]].append(row["statement"]["article"]["day"])
    rows = []
    for (role, country), days in found.items():
        known = sorted(day.isoformat() for day in days if day)
        ends = {"first": known[0], "last": known[-1]} if known else {"first": "", "last": ""}
        rows.append({"role": role, "country": country, "n": len(days)} | ends)
    return sorted(rows, key=lambda row: (not row["first"], row["first"], -row["n"], ROLES.index(row["role"])))


def topics(asked: Asked) -> list[dict]:
    """Topics against those of all others."""
    mine, every = own(asked), base(asked)
    n, all_n = (Counter(row["topic_id"] for row in seen.topics) for seen in (mine, every))
    of, all_of = len(mine.statements), len(every.statements)
    rows = []
    for topic in ranked(n):
        others, others_of = all_n[topic] - n[topic], all_of - of
        row = {"topic": topic, "n": n[topic], "of": of, "share": n[topic] / of, "others_n": others}
        row |= {"others_of": others_of, "others_share": others / others_of if others_of else None}
        rows.append(row | {"p": odds.at_least(n[topic], all_n[topic], of, all_of)})
    for row, q in zip(rows, odds.false_discoveries([row["p"] for row in rows], len(all_n)), strict=True):
        row["q"] = q
    return rows


def named(*kinds: str):
    """What the statements name."""

    def count(asked: Asked) -> list[dict]:
        mine = own(asked)
        found: dict[str, set] = defaultdict(set)
        for row in mine.mentions:
            if row["kind"] in kinds and row["statement_id"]:
                found[f"{row['kind']}:{row['entity_id']}"].add(row["statement_id"])
        n, of = Counter({name: len(ids) for name, ids in found.items()}), len(mine.statements)
        return [{"entity": name, "n": n[name], "of": of, "share": n[name] / of} for name in ranked(n)]

    return count


def over_time(asked: Asked) -> list[dict]:
    """When."""
    days = [row["article"]["day"] for row in own(asked).statements]
    unit = periods.unit_for(days)
    unit = unit if unit in ("month", "season") else "month"
    counts = Counter(periods.key(day, unit, asked.calendar) for day in days if day)
    return [{"period": key, "n": counts[key]} for key in periods.axis(days, unit, asked.calendar)]


def relays(asked: Asked) -> list[dict]:
    """Whom they pass on, and who passes them on."""
    seen, rows = base(asked), []
    for way, mine, others in (("passes_on", "speaker", "relayed"), ("passed_on", "relayed", "speaker")):
        theirs = {
            row["statement_id"] for row in seen.attributions if row["speaker_id"] == who(asked) and row["part"] == mine
        }
        pairs = {
            (row["speaker_id"], row["statement_id"])
            for row in seen.attributions
            if row["statement_id"] in theirs
            and row["part"] == others
            and asked.world.speakers[row["speaker_id"]]["kind"] != "anonymous"
        }
        counts = Counter(speaker for speaker, _ in pairs)
        rows += [{"way": way, "speaker": speaker, "n": counts[speaker]} for speaker in ranked(counts)]
    return rows


def stands(asked: Asked) -> list[dict]:
    """The row of the matrix."""
    return positions.scored(asked.world, own(asked), who(asked))


def target(asked: Asked) -> str:
    """The target that is looked at: the one in the address, else that on both sides of which there is most."""
    rows = stands(asked)
    if asked.param("target") in [row["target"] for row in rows]:
        return asked.param("target")
    return max(rows, key=lambda row: min(row["for"], row["against"]))["target"]


def derived(asked: Asked) -> list[dict]:
    """How one label came about: that of the cell in the address, or on the page of a speaker of the one looked at."""
    if asked.page == "positions":
        return positions.line(asked)
    return [row for row in stands(asked) if row["target"] == target(asked)]


def decisive(stance: str):
    """The surest statements of one side."""

    def choose(asked: Asked) -> list[dict]:
        rows = [
            row
            for row in own(asked).positions
            if (row["speaker_id"], row["target"], row["stance"]) == (who(asked), target(asked), stance)
        ]
        places = {row["statement_id"]: place for place, row in enumerate(asked.world.statements)}

        def key(row: dict) -> tuple:
            day = row["statement"]["article"]["day"]
            number = day.toordinal() if day else 0
            return row["coder"] == "machine", -row["confidence"], -number, places[row["statement_id"]]

        return [{"statement_id": row["statement_id"]} for row in sorted(rows, key=key)[:3]]

    return choose


FIGURES = {
    "positions.derived": derived,
    "speaker.most": lambda asked: speakers(asked.seen),
    "speaker.n": lambda asked: len(own(asked).statements),
    "speaker.articles": lambda asked: len({row["article_id"] for row in own(asked).statements}),
    "speaker.roles": roles,
    "speaker.topics": topics,
    "speaker.countries": named("country"),
    "speaker.bodies": named("organisation", "region"),
    "speaker.over_time": over_time,
    "speaker.relays": relays,
    "speaker.positions": stands,
    "speaker.decisive.for": decisive("for"),
    "speaker.decisive.against": decisive("against"),
}
