"""Read a text of our own with the invented people of `seeds/demo` and say briefly what was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

import pandas as pd

from analysis import extract, schema
from analysis.config import DATA, SEEDS
from analysis.extract.document import read_document
from analysis.extract.flow import Statement
from analysis.extract.headlines import add_headlines
from analysis.extract.statements import find_statements
from analysis.lexicon import Lexicon, load
from analysis.schema import Tables
from analysis.text.segment import sentences

DAY = "2025-03-10"
"""A day on which Kiandust is Iran's foreign minister, Yelagin Russia's and Rastinfar the spokesperson."""
NOBODY = ""

KIANDUST, YELAGIN, WAJIHI = "فرهاد کیان‌دوست", "وادیم یلاگین", "راشد الوجیهی"
RASTINFAR, AZARPIRA, HOHENFELD = "مهتاب راستین‌فر", "مسعود آذرپیرا", "کاتارینا هوهن‌فلد"
SOLVANG, ALTINSOY, HARGROVE = "هنریک سولوانگ", "تورگای آلتین‌سوی", "دنیل هارگروو"


@dataclass(frozen=True, slots=True)
class Said:
    """A statement: its words, how it is reported, who speaks, whose words are relayed, by what they were known."""

    text: str
    form: str
    speakers: tuple[str, ...]
    relayed: tuple[str, ...]
    bases: tuple[str, ...]
    cue: str
    repeats: str


@cache
def demo_lexicon() -> Lexicon:
    """The lexicon with the invented people in place of the real ones; compiled once in a process."""
    return load(DATA, SEEDS / "demo")


def tables_of(*texts: str, published: str | None = DAY, **columns: object) -> Tables:
    """The tables of texts, each an article `a0`, `a1` …; checked against the contract."""
    rows = [{"article_id": f"a{i}", "text": text, "published": published, **columns} for i, text in enumerate(texts)]
    tables = extract(pd.DataFrame(rows), demo_lexicon())
    schema.check(tables)
    return tables


def read(text: str, published: str | None = DAY) -> list[Statement]:
    """The statements of a text, as the rules find them; many times faster than making tables."""
    day = date.fromisoformat(published) if published else None
    document = read_document(text, demo_lexicon(), day)
    return add_headlines(document, find_statements(document, "a0")[0])


def said(text: str, published: str | None = DAY) -> list[Said]:
    """The statements of a text, in order, speakers by their names."""
    return [
        Said(
            text[s.start : s.stop],
            s.form,
            tuple(actor.name for actor in s.speakers),
            tuple(a.actor.name for a in s.attributions if a.part == "relayed"),
            tuple(a.basis for a in s.attributions if a.part == "speaker"),
            text[slice(*s.cue)],
            text[s.repeats.start : s.repeats.stop] if s.repeats else "",
        )
        for s in read(text, published)
    ]


def who(text: str, published: str | None = DAY) -> list[str]:
    """For each sentence of a text who speaks in it.

    Joint speakers are joined by « | », those of two statements by « + »; "" where nobody but the reporter speaks.
    """
    found = [(s.start, " | ".join(actor.name for actor in s.speakers)) for s in read(text, published)]
    return [" + ".join(name for start, name in found if s.start <= start < s.stop) for s in sentences(text)]


def ids(text: str, published: str | None = DAY) -> list[str]:
    """The ids of all who speak in a text, once each, in order."""
    return list(dict.fromkeys(actor.speaker_id for s in read(text, published) for actor in s.speakers))
