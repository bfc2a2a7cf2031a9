"""Read a text of our own with the invented people of `seeds/demo` and say briefly what was found."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pandas as pd

from analysis import extract, schema
from analysis.config import DATA, SEEDS
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


def said(text: str, published: str | None = DAY) -> list[Said]:
    """The statements of a text, in order, speakers by their names."""
    tables = tables_of(text, published=published)
    names = dict(zip(tables.speakers["speaker_id"], tables.speakers["name_fa"], strict=True))
    texts = dict(zip(tables.statements["statement_id"], tables.statements["text"], strict=True))
    found = []
    for row in tables.statements.to_dict("records"):
        own = tables.attributions[tables.attributions["statement_id"] == row["statement_id"]]
        by_part = {
            part: tuple(names[i] for i in own.loc[own["part"] == part, "speaker_id"]) for part in schema.PARTS
        }
        found.append(
            Said(
                row["text"],
                row["form"],
                by_part["speaker"],
                by_part["relayed"],
                tuple(own.loc[own["part"] == "speaker", "basis"]),
                row["cue"],
                texts.get(row["repeats"], ""),
            )
        )
    return found


def who(text: str, published: str | None = DAY) -> list[str]:
    """For each sentence of a text who speaks in it: names joined by « | », "" where nobody but the reporter does."""
    by_start: dict[int, str] = {}
    at = 0
    for statement in said(text, published):
        at = text.index(statement.text, at)
        by_start[at] = " | ".join(statement.speakers)
    return [
        " + ".join(name for start, name in by_start.items() if s.start <= start < s.stop) for s in sentences(text)
    ]


def ids(text: str, published: str | None = DAY) -> list[str]:
    """The ids of all who speak in a text, once each, in order."""
    attributions = tables_of(text, published=published).attributions
    return list(dict.fromkeys(attributions.loc[attributions["part"] == "speaker", "speaker_id"]))
