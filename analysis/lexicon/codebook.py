"""The topic code book: the topics, and the terms that tell them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import DataError
from analysis.lexicon import weights
from analysis.lexicon.matcher import Entry
from analysis.lexicon.tables import Row, check_allowed, check_unique, read_rows
from analysis.lexicon.weights import Weights
from analysis.text.fold import fold_key

TOPIC_COLUMNS = ("topic_id", "label_fa", "label_en", "directed", "for_fa", "for_en", "about_fa", "about_en")
TERM_COLUMNS = ("topic_id", "term", "weight", "with", "unless", "note")
WEIGHTS = ("1", "2", "3")
MODEL = "topic"
"""The table of weights.toml."""
_REFERENCE = re.compile(r"(country|region|organisation|countries):(\w+)")
_KINDS = "country:IQ, region:persian_gulf, organisation:IAEA or countries:2"


@dataclass(frozen=True, slots=True)
class Term:
    """A line of the code book.

    Attributes:
        topic_id: the topic that it speaks for.
        term: a word or phrase, or a reference to mentions (`country:IQ`, `countries:2` = two states or more).
        key: the folded letters by which it is found; of a reference, the reference.
        weight: 3 = decides by itself, 2 = strong, 1 = a hint that needs a stronger term beside it.
        company: keys of the words and references (column `with`) of which the statement must hold one.
        hidden_in: keys of longer phrases (column `unless`) in which the term does not count.
        silenced_by: keys of other phrases (column `unless`) that silence it anywhere in the statement.
    """

    topic_id: str
    term: str
    key: str
    weight: int
    company: tuple[str, ...] = ()
    hidden_in: tuple[str, ...] = ()
    silenced_by: tuple[str, ...] = ()

    @property
    def feature(self) -> str:
        """Its own name among the evidence: terms seen often have a weight of their own in weights.toml."""
        return f"{self.topic_id}: {self.term}"


@dataclass(frozen=True, slots=True)
class CodeBook:
    """The code book.

    Attributes:
        topics: topic id to its line, in the code book's order.
        terms: topic id and key to term.
        references: the terms that stand for mentions instead of words.
        phrases: the words and phrases of the columns `with` and `unless`.
        weights: how much each piece of evidence counts (weights.toml, fitted).
    """

    topics: dict[str, Row]
    terms: dict[tuple[str, str], Term]
    references: tuple[Term, ...]
    phrases: tuple[str, ...]
    weights: Weights

    def entries(self) -> Iterator[Entry]:
        """The matcher's entries: `topic` (id = the topic, facet = the term's key), `topic_context` (id = the key)."""
        for (topic_id, key), term in self.terms.items():
            if not is_reference(key):
                yield Entry("topic", topic_id, term.term, "noun", (key,))
        for phrase in self.phrases:
            yield Entry("topic_context", fold_key(phrase), phrase, "noun")


def is_reference(term: str) -> bool:
    """Whether a term stands for mentions (`country:IQ`), not for words of the text."""
    return _REFERENCE.fullmatch(term) is not None


def term_key(term: str) -> str:
    """What makes two terms the same: their folded letters; a reference itself."""
    return term if is_reference(term) else fold_key(term)


def load(folder: Path) -> CodeBook:
    """Read topics.csv, terms.csv and weights.toml.

    Raises:
        DataError: naming file, line and remedy.
    """
    topics = read_rows(
        folder / "topics.csv", TOPIC_COLUMNS, ("topic_id", "label_fa", "label_en", "about_fa", "about_en")
    )
    check_unique(topics, "topic_id")
    check_allowed(topics, "directed", ("yes", "no"))
    for row in topics:
        if (row["directed"] == "yes") != bool(row["for_fa"] and row["for_en"]):
            raise row.error("`directed` does not fit `for_fa` and `for_en`", "Say what `for` means, or write no")
    rows = _term_rows(folder)
    check_allowed(rows, "topic_id", tuple(row["topic_id"] for row in topics))
    terms = _terms(rows)
    references = tuple(term for term in terms.values() if is_reference(term.key))
    phrases = (phrase for row in rows for column in ("with", "unless") for phrase in row.many(column))
    return CodeBook(
        {row["topic_id"]: row for row in topics},
        terms,
        references,
        tuple(dict.fromkeys(phrase for phrase in phrases if not is_reference(phrase))),
        _weights(folder / "weights.toml"),
    )


def read_terms(folder: Path) -> dict[tuple[str, str], Term]:
    """The terms alone, by topic id and key, for those who only want to name them.

    Raises:
        DataError: naming file, line and remedy.
    """
    return _terms(_term_rows(folder))


def _term_rows(folder: Path) -> list[Row]:
    rows = read_rows(folder / "terms.csv", TERM_COLUMNS, ("topic_id", "term", "weight"))
    check_allowed(rows, "weight", WEIGHTS)
    return rows


def _weights(path: Path) -> Weights:
    models = weights.load(path)
    if MODEL not in models:
        raise DataError(path, 0, f"there is no table [{MODEL}]", "Restore the file, or fit it again")
    return models[MODEL]


def _terms(rows: list[Row]) -> dict[tuple[str, str], Term]:
    terms: dict[tuple[str, str], Term] = {}
    lines: dict[tuple[str, str], int] = {}
    for row in rows:
        term = _term(row)
        place = (term.topic_id, term.key)
        if place in terms:
            problem = f"{row['term']} stands for {term.topic_id} in line {lines[place]} already"
            raise row.error(problem, "Merge the two lines; spaces, ZWNJ and Arabic letters make no other term")
        terms[place], lines[place] = term, row.line
    return terms


def _term(row: Row) -> Term:
    for cell in (row["term"], *row.many("with"), *row.many("unless")):
        if not any(char.isalnum() for char in cell):
            raise row.error(f"{cell!r} holds no letter", "Write a word or phrase")
        if ":" in cell and not is_reference(cell):
            raise row.error(f"{cell} is no reference to mentions", f"Write it like {_KINDS}")
        if "|" in row["term"]:
            raise row.error("a term of several values", "Give each term a line of its own")
    if any(is_reference(phrase) for phrase in row.many("unless")):
        raise row.error("`unless` holds a reference", "Write phrases; references may stand in `term` and `with`")
    key = term_key(row["term"])
    unless = [fold_key(phrase) for phrase in row.many("unless")]
    return Term(
        row["topic_id"],
        row["term"],
        key,
        int(row["weight"]),
        tuple(term_key(cell) for cell in row.many("with")),
        tuple(phrase for phrase in unless if key in phrase),
        tuple(phrase for phrase in unless if key not in phrase),
    )
