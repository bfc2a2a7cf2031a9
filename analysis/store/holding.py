"""Which articles hold some words, in any of the spellings that the lexicon takes for the same."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from analysis.lexicon.matcher import Entry, Matcher
from analysis.store.store import Store
from analysis.text.fold import fold, fold_key

_BETWEEN = r"[\P{L}ـ]*"
"""What may stand between two letters of a word: more than the matcher allows, which is asked afterwards."""


def holding(store: Store, forms: Sequence[str], ending: str = "noun") -> list[str]:
    """Ids of the articles in whose text one of the words stands, in order.

    DuckDB looks for the letters in all their spellings; what it finds is asked again as the matcher finds words.

    Args:
        store: the store, at the version that is meant.
        forms: the words.
        ending: what may be glued to them, as in `lexicon.matcher.Entry`.
    """
    patterns = [pattern_of(form) for form in forms if fold_key(form)]
    if not patterns:
        return []
    found = store.query(
        "SELECT article_id, text FROM articles WHERE regexp_matches(text, ?) ORDER BY article_id", ["|".join(patterns)]
    )
    matcher = Matcher(Entry("word", "", form, ending) for form in forms)
    held = [bool(matcher.find(fold(text))) for text in found["text"]]
    return [str(article) for article in found.loc[held, "article_id"]]


def pattern_of(form: str) -> str:
    """A regular expression (RE2) that matches wherever a text holds a word's letters in any spelling."""
    return _BETWEEN.join(f"[{_spellings().get(letter, re.escape(letter))}]" for letter in fold_key(form))


@cache
def _spellings() -> dict[str, str]:
    """Every folded letter to the characters that fold to it, escaped for a class of RE2."""
    found: dict[str, list[str]] = defaultdict(list)
    for code in range(0x20, 0x10000):
        char = chr(code)
        if unicodedata.category(char) not in ("Cn", "Cs", "Co") and len(key := fold_key(char)) == 1:
            found[key].append(f"\\x{{{code:X}}}")
    return {key: "".join(chars) for key, chars in found.items()}
