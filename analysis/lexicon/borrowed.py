"""What the lexicon takes from hazm.

hazm brings NLTK along, whose import takes a second, and only compiling the lexicon needs it: processes that open a
store or show a page start without.
"""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def verbs() -> tuple[str, ...]:
    """Its verbs as `past#present` stems."""
    from hazm import verbs_list

    return tuple(verbs_list())


@cache
def stop_words() -> tuple[str, ...]:
    """Its words that carry no content of their own."""
    from hazm import stopwords_list

    return tuple(stopwords_list())


def word_counts() -> list[tuple[str, int]]:
    """Its words, each with how often its corpus has it; 0 for inflected forms."""
    from hazm import words_list

    return [(word, count) for word, count, _ in words_list()]


@cache
def conjugation() -> Any:
    """Its conjugator: a method for each tense."""
    from hazm import Conjugation

    return Conjugation()
