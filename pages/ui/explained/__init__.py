"""What each chart shows and how it is computed: the words behind the «؟» beside it, which the guide prints as well."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.text.words import Lang


@dataclass(frozen=True, slots=True)
class Explained:
    """The words on one chart, plain text.

    Attributes:
        read: how to read it.
        how: how it is computed, with the letters of the formula explained.
        source: whose formula it is, "" where it is plain counting.
    """

    read: str
    how: str
    source: str = ""


@cache
def charts(lang: Lang) -> dict[str, Explained]:
    """The words on every chart, by its id, in the order of the pages."""
    written = Path(__file__).with_name(f"{lang}.toml").read_text(encoding="utf-8")
    return {name: Explained(**words) for name, words in tomllib.loads(written).items()}


def of(lang: Lang, name: str) -> Explained | None:
    """The words on a chart or on a part of one (`countries.topics.RU`), None where there are none."""
    known = charts(lang)
    while name not in known and "." in name:
        name = name.rpartition(".")[0]
    return known.get(name)
