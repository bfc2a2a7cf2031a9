"""The README of a snapshot, in Persian and English, from the two texts beside this module."""

from __future__ import annotations

import codecs
import textwrap
from pathlib import Path

from analysis.export.package import About, program, time_text
from analysis.measure.measured import load
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


def figures() -> dict[str, str]:
    """F1 on the articles set aside, by the name that the words give it; empty where nothing was measured."""
    measured = load()
    found = {name: measured.figure(task, name="aside") for task, name in _FIGURES.items()} if measured else {}
    return {name: f"{one['f1']:.3f}" for name, one in found.items()} if all(found.values()) else {}
