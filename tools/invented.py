"""Invented articles with all their tables, made without extraction: for tests, trials and benchmarks of the store."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from analysis import schema
from analysis.extract.actors import short_hash
from analysis.schema import Tables
from analysis.store import Batch
from analysis.store.schema import BANDS, ORIGINALS

NAMES = ("بهرام فرضی", "نسرین نمونه", "کیوان خیالی", "پروانه ساختگی", "داود آزمایشی", "سیما پنداری")
WORDS = (
    "گفت‌وگوها در فضای خوبی پیش می‌رود",
    "تحریم‌های یک‌جانبه باید برداشته شود",
    "همکاری‌های مرزی دو کشور گسترش می‌یابد",
    "به تعهدات خود پایبند می‌مانیم",
    "از گسترش روابط اقتصادی استقبال می‌کنیم",
    "این اقدام به ثبات منطقه آسیب می‌زند",
)
COUNTRIES = (("TR", "ترکیه"), ("OM", "عمان"), ("QA", "قطر"), ("CN", "چین"), ("RU", "روسیه"))
TOPICS = ("sanctions", "trade", "borders", "talks")
BANDS_EACH = 16


def invented(ids: Sequence[str], *, statements: int = 3, edition: int = 0, source: str = "خبرگزاری نمونه") -> Tables:
    """Tables of articles with these ids.

    Args:
        ids: article ids; the same id always gives the same text.
        statements: how many statements an article has.
        edition: another number gives the same texts other codes, as another lexicon would.
        source: the outlet.
    """
    rows: dict[str, list[dict[str, object]]] = {table.name: [] for table in schema.TABLES}
    seen: dict[str, str] = {}
    for article_id in ids:
        _add(rows, seen, article_id, statements, edition, source)
    rows["speakers"] = [
        {"speaker_id": speaker, "name_fa": name, "name_en": "", "kind": "person", "aliases": name}
        for speaker, name in seen.items()
    ]
    return Tables(**{table.name: table.frame(rows[table.name]) for table in schema.TABLES})


def _add(
    rows: dict[str, list[dict[str, object]]],
    seen: dict[str, str],
    article_id: str,
    statements: int,
    edition: int,
    source: str,
) -> None:
    chance, codes = random.Random(article_id), random.Random(f"{article_id} {edition}")
    text = f"گزارش شمارهٔ {article_id}\n"
    for number in range(statements):
        name, (iso, country) = chance.choice(NAMES), chance.choice(COUNTRIES)
        sentence = f"{name} در دیدار با هیئت {country} گفت: {chance.choice(WORDS)} و {chance.choice(WORDS)} ({number})."
        start, stop = len(text), len(text) + len(sentence)
        statement, speaker = short_hash(article_id, start, stop), f"person:{short_hash(name)}"
        seen[speaker] = name
        own = {"statement_id": statement, "coder": schema.MACHINE, "start": start, "stop": stop}
        cue = start + sentence.index("گفت")
        rows["statements"].append({
            **own, "article_id": article_id, "text": sentence, "form": "direct", "cue": "گفت",
            "cue_start": cue, "cue_stop": cue + 3, "confidence": round(codes.random(), 3),
        })  # fmt: skip
        rows["attributions"].append({
            **own, "speaker_id": speaker, "part": "speaker", "mention": name, "stop": start + len(name),
            "basis": "name", "role": "minister", "country": "IR",
        })  # fmt: skip
        place = start + sentence.index(country)
        rows["mentions"].append({
            **own, "article_id": article_id, "start": place, "stop": place + len(country), "text": country,
            "kind": "country", "entity_id": iso,
        })  # fmt: skip
        for rank, topic in enumerate(codes.sample(TOPICS, 2), 1):
            rows["statement_topics"].append({**own, "topic_id": topic, "rank": rank})
        rows["positions"].append({
            **own, "speaker_id": speaker, "target": "topic:sanctions", "stance": codes.choice(schema.STANCES),
            "relayed": False, "rule": "invented", "confidence": 0.5,
        })  # fmt: skip
        text += sentence + "\n"
    rows["articles"].append({
        "article_id": article_id, "external_id": article_id, "url": f"https://example.org/{article_id}",
        "source": source, "title": f"گزارش {article_id}", "text": text, "content_hash": short_hash(text),
        "published": pd.Timestamp("2024-05-01", tz="UTC") + pd.Timedelta(minutes=chance.randrange(10**6)),
        "published_precision": "time", "collection": "نمونه",
    })  # fmt: skip


def batch_of(ids: Sequence[str], *, edition: int = 0, statements: int = 3, lexicon: str = "first") -> Batch:
    """A batch that adds invented articles."""
    tables = invented(ids, statements=statements, edition=edition)
    return Batch(
        kind="add",
        tables=tables,
        originals=originals_of(tables),
        bands=bands_of(tables),
        who="نویسنده",
        lexicon=lexicon,
    )


def refresh_of(ids: Sequence[str], *, edition: int, statements: int = 3, lexicon: str = "second") -> Batch:
    """A batch that codes invented articles anew."""
    tables = invented(ids, statements=statements, edition=edition)
    codes = replace(tables, articles=schema.ARTICLES.frame())
    return Batch(kind="refresh", tables=codes, supersedes=tuple(ids), lexicon=lexicon)


def originals_of(tables: Tables) -> pd.DataFrame:
    """The texts' bytes, as if they had come as text files."""
    articles = tables.articles
    return ORIGINALS.frame(
        pd.DataFrame(
            {
                "article_id": articles["article_id"],
                "name": articles["article_id"] + ".txt",
                "media_type": "text/plain",
                "reader": "text",
                "data": [text.encode() for text in articles["text"]],
            }
        )
    )


def bands_of(tables: Tables) -> pd.DataFrame:
    """Bands of which no two articles share one."""
    ids = tables.articles["article_id"]
    return BANDS.frame(
        [
            {"article_id": article, "band": band, "value": int(short_hash(article, band), 16) >> 1}
            for article in ids
            for band in range(BANDS_EACH)
        ]
    )
