"""The dashboard's words in the reader's language: those it shares with the snapshots, and its own beside this file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from analysis.text import words
from analysis.text.words import LANGS, Lang, Words

__all__ = ["LANGS", "Labels", "Lang", "keys"]


class Labels(Words):
    """Words by key, as `labels("topics.pick")`; see `analysis.text.words.Words`."""

    @property
    def table(self) -> Mapping[str, Any]:
        """All words of the language by key."""
        return _words(self.lang)


@cache
def _words(lang: Lang) -> dict[str, Any]:
    return words.shared(lang) | words.read(Path(__file__).with_name(f"{lang}.toml"))


def keys(lang: Lang) -> dict[str, Any]:
    """All words of a language by key, for the tests."""
    return dict(_words(lang))
