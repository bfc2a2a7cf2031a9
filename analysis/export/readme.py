"""The README of a snapshot, in Persian and English, from the two texts beside this module."""

from __future__ import annotations

import codecs
import textwrap
from functools import cache
from pathlib import Path

from analysis.config import ROOT
from analysis.export.package import About, program, time_text
from analysis.schema import Tables
from analysis.text.words import LANGS, Lang, Words

_WIDTH = 120
_COUNTED = ("articles", "statements", "positions", "speakers")
_FIGURES = {"detection": "n_detection", "attribution": "n_attribution", "topics": "n_topics", "position": "n_position"}


def text(about: About, tables: Tables, words: dict[str, str], link: str, kind: str) -> bytes:
    """The README: both languages, with the mark and the line ends that every editor of Windows knows.

    Args:
        about: where the snapshot comes from.
        tables: what it shows.
        words: the filters in words, by language.
        link: the filters as a link.
        kind: of the tables, csv or parquet.
    """
    parts = [_in(lang, about, tables, words[lang], link, kind) for lang in LANGS]
    return codecs.BOM_UTF8 + ("\n" + "=" * 100 + "\n\n").join(parts).replace("\n", "\r\n").encode()


def _in(lang: Lang, about: About, tables: Tables, sentence: str, link: str, kind: str) -> str:
    labels = Words(lang)
    made = time_text(about.created)
    version = about.store_version
    template = Path(__file__).with_name(f"readme.{lang}.txt").read_text("utf-8")
    store = "" if version is None else labels("snapshot.of_version", version=version, batch=about.batch_id)
    citation = labels("snapshot.citation", program=program(), made=made, store=store, words=sentence)
    quality = labels("snapshot.quality", **figures()) if figures() else ""
    filled = template.format(
        words=sentence,
        created=made,
        program=program(),
        store=store,
        link=link,
        kind=kind,
        part="" if about.whole else labels("snapshot.not_whole"),
        quality=quality,
        citation=citation,
        **{f"n_{name}": labels.number(len(getattr(tables, name))) for name in _COUNTED},
    )
    return "\n".join(_wrapped(line) for line in filled.split("\n"))


def _wrapped(line: str) -> str:
    return line if len(line) <= _WIDTH else textwrap.fill(line, _WIDTH, break_long_words=False, break_on_hyphens=False)


@cache
def figures() -> dict[str, str]:
    """F1 on the articles set aside, by measure, from the table in docs/quality.md; empty where it is not there."""
    path = ROOT / "docs" / "quality.md"
    found: dict[str, str] = {}
    column = None
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if "set aside" in cells:
            column = cells.index("set aside")
        elif column and cells[0] in _FIGURES and len(cells) > column:
            found.setdefault(_FIGURES[cells[0]], cells[column].partition(" ")[0])
    return found if len(found) == len(_FIGURES) else {}
