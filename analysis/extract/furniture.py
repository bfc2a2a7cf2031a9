"""Recognise page furniture: end marks, share bars, tags, channel signatures."""

from __future__ import annotations

import re

from analysis.extract.document import Document

_MARKS = "#@/"
_TAG = re.compile(r"[#@/][\w\u200c.]+")
_WORD = re.compile(r"\w")
_REST = 30
"""Letters that may follow a phrase of page furniture; a longer line holds more than furniture."""
_NOT_LETTERS = re.compile(r"[\W\d_]+")


def is_furniture(document: Document, start: int, stop: int) -> bool:
    """Whether a sentence says nothing but what every page says («انتهای پیام», «نظر شما», tags, a link)."""
    text = document.text[start:stop]
    if any(mark in text for mark in _MARKS):
        rest, tags = _TAG.subn("", text)
        if tags and not _WORD.search(rest):
            return True
    letters = document.folded.between(start, stop)
    if not any("\u0600" <= c <= "\u06ff" for c in letters):
        return True
    speech = document.lexicon.speech
    if len(letters) > speech.longest_furniture + _REST:
        return any(phrase in letters for phrase in speech.furniture_keys["any"])
    key = _NOT_LETTERS.sub("", letters)
    return any(_fits(key, phrases, where) for where, phrases in speech.furniture_keys.items())


def _fits(key: str, phrases: tuple[str, ...], where: str) -> bool:
    match where:
        case "start":
            return key.startswith(phrases) and any(key.startswith(p) and len(key) <= len(p) + _REST for p in phrases)
        case "any":
            return any(phrase in key for phrase in phrases)
        case _:
            return key in phrases
