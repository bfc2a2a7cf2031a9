"""Small editions in which invented speakers take sides, made of one row for each statement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from analysis import schema
from analysis.measure.facts import Facts, ordered
from analysis.schema import Tables

DAY = dt.date(2025, 3, 21)
Row = tuple
"""Article (a number), day or None, stance; then speaker, target, the states and topics that the statement names."""


def facts(rows: Iterable[Sequence], **common: object) -> Facts:
    """The facts of statements; `common` says of all of them: relayed, confidence, coder, rule, form, copy, kind."""
    return Facts.of(tables(rows, **common))


def tables(rows: Iterable[Sequence], **common: object) -> Tables:
    """The tables of statements."""
    found: dict[str, list[dict]] = {table.name: [] for table in schema.TABLES}
    coder, relayed = common.get("coder", "machine"), bool(common.get("relayed"))
    names = set()
    for number, given in enumerate(sorted(rows, key=lambda row: row[0])):
        article, day, stance, who, target, states, topics = (
            *given,
            *("p0", "topic:sanctions", (), ())[len(given) - 3 :],
        )
        article, statement = f"a{article:05d}", f"s{number:05d}"
        if not found["articles"] or found["articles"][-1]["article_id"] != article:
            time = dt.datetime.combine(day, dt.time(9), dt.UTC) if day else None
            copied = "a99999" if common.get("copy") else ""
            found["articles"].append({"article_id": article, "text": "", "published": time, "duplicate_of": copied})
        key = {"statement_id": statement, "coder": coder}
        form = common.get("form", "direct")
        found["statements"].append(key | {"article_id": article, "form": form, "confidence": 0.9, "start": number})
        country = "IR"
        part = "relayed" if relayed else "speaker"
        found["attributions"].append(key | {"speaker_id": who, "part": part, "country": country, "role": "other"})
        sure, rule = common.get("confidence", 0.9), common.get("rule", "call")
        held = {"speaker_id": who, "target": target, "stance": stance, "relayed": relayed}
        found["positions"].append(key | held | {"confidence": sure, "rule": rule})
        for rank, topic in enumerate(topics, 1):
            found["statement_topics"].append(key | {"topic_id": topic, "rank": rank})
        for at, state in enumerate(states):
            place = {"article_id": article, "kind": "country", "entity_id": state, "start": 100 * number + at}
            found["mentions"].append(key | place)
        names.add(who)
    kind = common.get("kind", "person")
    found["speakers"] = [{"speaker_id": name, "name_fa": name, "name_en": name, "kind": kind} for name in sorted(names)]
    return ordered(Tables(**{table.name: table.frame(found[table.name]) for table in schema.TABLES}))
