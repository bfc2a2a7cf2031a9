"""Invented tables whose texts are made to break files: quotes, line ends, formulas, marks of direction, half of nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from analysis import schema
from analysis.extract.actors import short_hash
from analysis.schema import Tables
from tests.pages.sample import NASTY

TEXTS = (
    'وزیر گفت: "نه"، و افزود: ""شاید"".',
    "سطر نخست\rسطر دوم\nسطر سوم\r\nسطر چهارم",
    "=HYPERLINK(1)",
    "+۹۸ شمارهٔ سفارت است",
    "-", "@سخنگو نوشت", "\tبا جهش آغاز می‌شود", "\u200cنیم‌فاصله در آغاز و پایان\u200c",
    NASTY,
    "\u2067متن\u2069 \u202eوارونه", "شکلک 🕊️ و 𐎠 در متن",
    "صفر\0میان متن", " فاصله در دو سر ", "NA", "null", "nan", "\\N", "a\x1ab", "\x85\u2028\u2029",
    "،؛؟", "'", '"', ",", ";", "|", "\ufeffنشان", "دراز " * 8_000,
)  # fmt: skip
TIMES = (None, "2024-05-01T10:30:00Z", "2024-05-01T10:30:00.000001Z", "1925-03-21T20:30:00.5Z")


def tables_of(
    texts: Sequence[str] = TEXTS, times: Sequence[str | None] = TIMES, sure: Sequence[float] = (0.1,)
) -> Tables:
    """An article of each text, all of which is one statement by one speaker about one topic."""
    rows: dict[str, list[dict[str, object]]] = {table.name: [] for table in schema.TABLES}
    for i, text in enumerate(texts):
        article, statement = f"n{i:03d}", f"s{i:03d}"
        time = times[i % len(times)]
        rows["articles"].append(
            {"article_id": article, "text": text, "title": text[:40], "source": "خبرگزاری نمونه", "url": "", "collection": "آزمون",
             "published": dt.datetime.fromisoformat(time) if time else None, "external_id": text[:5], "content_hash": short_hash(text),
             "published_precision": "time" if time else "none", "batch_id": "b"}
        )  # fmt: skip
        span = {"statement_id": statement, "start": 0, "stop": len(text), "coder": "machine"}
        rows["statements"].append(
            span | {"article_id": article, "text": text, "form": "direct", "cue": text[:1], "cue_stop": len(text[:1]),
                    "confidence": sure[i % len(sure)]}
        )  # fmt: skip
        rows["attributions"].append(
            span
            | {
                "speaker_id": "p1",
                "part": "speaker",
                "mention": text,
                "basis": "name",
                "role": "minister",
                "country": "OM",
            }
        )
        rows["statement_topics"].append(span | {"topic_id": "sanctions", "rank": 1})
        stance = schema.STANCES[i % 3]
        rows["positions"].append(
            span
            | {"speaker_id": "p1", "target": "topic:sanctions", "stance": stance, "rule": text[:9], "confidence": 1 / 3}
        )
        rows["mentions"].append(span | {"article_id": article, "text": text, "kind": "country", "entity_id": "OM"})
    rows["speakers"].append({"speaker_id": "p1", "name_fa": "سالم السبتی", "kind": "person", "aliases": '"|=1|السبتی'})
    rows["offices"].append(
        {"speaker_id": "p1", "role": "minister", "country": "OM", "checked": "no", "office_fa": "وزیر"}
    )
    return Tables(**{table.name: table.frame(rows[table.name]) for table in schema.TABLES})
