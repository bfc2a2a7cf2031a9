"""Headlines and repeated lines: which body statement they restate."""

from __future__ import annotations

import re

from analysis.extract.document import Document
from analysis.extract.statements import Attribution, Statement
from analysis.text.fold import fold_key
from analysis.text.segment import Sentence

_WORD = re.compile(r"[^\W\d_][\w\u200c]*|\d+")
_ENDS = (".", "؟", "?", "!", "»", "”", '"', ":", "…")
_LONGEST = 160
_SHARE = 0.6
"""How much of a heading's content must stand in the statement that it restates."""


def add_headlines(document: Document, statements: list[Statement]) -> list[Statement]:
    """Statements with the headlines that restate them, in order of the text.

    A heading is a line of its own, without end mark and without a cue, most of whose words one attributed statement
    holds; it belongs to that statement's speakers. «X: …» as the first line is a heading too.
    """
    taken = {s.start for s in statements if s.rule not in ("continuation", "block", "colon", "noun")}
    bodies = [(s, _words(document, s.start, s.stop)) for s in statements]
    found: dict[int, Statement] = {}
    for sentence in document.sentences:
        if sentence.start in taken or not _is_heading(document, sentence):
            continue
        own = _words(document, sentence.start, sentence.stop)
        best = _restated(own, [b for b in bodies if b[0].start != sentence.start and not _heads(document, b[0])])
        old = next((s for s in statements if s.start == sentence.start), None)
        if best is not None:
            found[sentence.start] = _headline(sentence, best, old)
        elif old is not None and old.rule == "colon" and sentence == document.sentences[0]:
            old.form = "headline"
    kept = [s for s in statements if s.start not in found]
    return sorted([*kept, *found.values()], key=lambda s: s.start)


def _heads(document: Document, statement: Statement) -> bool:
    return statement.form == "headline"


def _headline(sentence: Sentence, body: Statement, old: Statement | None) -> Statement:
    own = old is not None and old.rule == "colon"
    source = old if own and old is not None else body
    basis = [
        Attribution(a.actor, a.part, a.start, a.stop, a.basis if own else "continuation") for a in source.attributions
    ]
    return Statement(sentence.start, sentence.stop, "headline", (sentence.start,) * 2, "headline", basis, repeats=body)


def _is_heading(document: Document, sentence: Sentence) -> bool:
    """A short line of its own without an end mark."""
    text = document.text
    alone = (
        not text[: sentence.start].rpartition("\n")[2].strip() and not text[sentence.stop :].partition("\n")[0].strip()
    )
    return alone and sentence.stop - sentence.start <= _LONGEST and not text[: sentence.stop].endswith(_ENDS)


def _words(document: Document, start: int, stop: int) -> frozenset[str]:
    common = document.lexicon.function_words
    keys = (fold_key(word) for word in _WORD.findall(document.text[start:stop]))
    return frozenset(key for key in keys if len(key) > 1 and key not in common)


def _restated(own: frozenset[str], bodies: list[tuple[Statement, frozenset[str]]]) -> Statement | None:
    if len(own) < 3:
        return None
    best = max(bodies, key=lambda b: len(own & b[1]), default=None)
    return best[0] if best and len(own & best[1]) >= _SHARE * len(own) else None
