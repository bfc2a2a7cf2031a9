"""Headlines and repeated lines: which body statement they restate."""

from __future__ import annotations

import re
from collections import Counter

from analysis.extract.document import Document
from analysis.extract.flow import Attribution, Statement
from analysis.text.fold import fold_key
from analysis.text.segment import Sentence

_WORD = re.compile(r"[^\W\d_][\w\u200c]*|\d+")
_ENDS = (".", "؟", "?", "!", "»", "”", '"', ":", "…")
_LONGEST = 160
_LEAST = 3
"""Words of content that a heading must have to be known again."""
_MOST = 60
"""Different statements that are looked up for a word of a heading; more hold the word only in a text without end."""
_SHARE = 0.6
"""How much of a heading's content must stand in the statement that it restates."""


def add_headlines(document: Document, statements: list[Statement]) -> list[Statement]:
    """Statements with the headlines that restate them, in order of the text.

    A heading is a line of its own, without end mark and without a cue, most of whose words one attributed statement
    holds; it belongs to that statement's speakers. «X: …» as the first line is a heading too.
    """
    taken = {s.start for s in statements if s.rule not in ("continuation", "block", "colon", "noun")}
    headings = [s for s in document.sentences if s.start not in taken and _is_heading(document, s)]
    if not headings or not statements:
        return statements
    first_at = {s.start: s for s in reversed(statements)}
    opens = _opens_block(document, statements)
    bodies = _Bodies(document, statements)
    found: dict[int, Statement] = {}
    for sentence in headings:
        best, old = bodies.restated(sentence), first_at.get(sentence.start)
        if best is not None:
            found[sentence.start] = _headline(sentence, best, old)
        elif old is not None and old.rule == "colon" and sentence == document.sentences[0]:
            old.form = "headline"
        elif old is None and opens and sentence == document.sentences[0]:
            found[sentence.start] = _headline(sentence, statements[0], None)
    kept = [s for s in statements if s.start not in found]
    return sorted([*kept, *found.values()], key=lambda s: s.start)


class _Bodies:
    """The statements that a heading may restate, found by their words."""

    def __init__(self, document: Document, statements: list[Statement]) -> None:
        self._document = document
        self._by_words: dict[frozenset[str], list[Statement]] = {}
        for statement in statements:
            self._by_words.setdefault(_words(document, statement.start, statement.stop), []).append(statement)
        self._with_word: dict[str, list[frozenset[str]]] = {}
        for words in self._by_words:
            for word in words:
                with_word = self._with_word.setdefault(word, [])
                if len(with_word) < _MOST:
                    with_word.append(words)

    def restated(self, heading: Sentence) -> Statement | None:
        """The first of the statements that share most words with a heading, if they hold enough of it."""
        own = _words(self._document, heading.start, heading.stop)
        if sum(not word.isdigit() for word in own) < _LEAST:
            return None
        shared = Counter(words for word in own for words in self._with_word.get(word, ()))
        best: list[tuple[int, int, Statement]] = []
        for words, count in shared.items():
            body = next((s for s in self._by_words[words] if s.start != heading.start and s.form != "headline"), None)
            if body is not None and count >= _SHARE * len(own):
                best.append((-count, body.start, body))
        return min(best, key=lambda b: b[:2])[2] if best else None


def _headline(sentence: Sentence, body: Statement, old: Statement | None) -> Statement:
    own = old is not None and old.rule == "colon" and not _stands_for(old, body)
    source = old if own and old is not None else body
    basis = [
        Attribution(a.actor, a.part, a.start, a.stop, a.basis if own else "continuation") for a in source.attributions
    ]
    return Statement(sentence.start, sentence.stop, "headline", (sentence.start,) * 2, "headline", basis, repeats=body)


def _stands_for(heading: Statement, body: Statement) -> bool:
    """Whether the state or office before a heading's colon stands for the person who says it in the body."""
    if len(heading.speakers) != 1 or len(body.speakers) != 1:
        return False
    named, speaker = heading.speakers[0], body.speakers[0]
    return named.kind == "body" and speaker.is_person and named.country == speaker.country != ""


def _opens_block(document: Document, statements: list[Statement]) -> bool:
    """Whether the second line names who speaks in the lines after it, so that the first is theirs in short."""
    sentences = document.sentences
    return (
        len(sentences) > 2
        and statements[0].rule == "block"
        and statements[0].start == sentences[2].start
        and sentences[1].alone
    )


def _is_heading(document: Document, sentence: Sentence) -> bool:
    """A short line of its own without an end mark."""
    short = sentence.stop - sentence.start <= _LONGEST
    return short and sentence.alone and not document.text.endswith(_ENDS, sentence.start, sentence.stop)


def _words(document: Document, start: int, stop: int) -> frozenset[str]:
    common = document.lexicon.function_words
    keys = (fold_key(word) for word in _WORD.findall(document.text[start:stop]))
    return frozenset(key for key in keys if len(key) > 1 and key not in common)
