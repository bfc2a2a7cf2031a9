"""What statements and articles are about and whose they are, as tokens of the index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import pandas as pd

_Array = np.ndarray[Any, np.dtype[Any]]


class Coded(Protocol):
    """The columns of `analysis.measure.facts.Facts` that codes are made of."""

    @property
    def articles(self) -> pd.DataFrame: ...
    @property
    def statements(self) -> pd.DataFrame: ...
    @property
    def attributions(self) -> pd.DataFrame: ...
    @property
    def mentions(self) -> pd.DataFrame: ...
    @property
    def topics(self) -> pd.DataFrame: ...


def token(number: int) -> str:
    """A code in the index."""
    return f"c{number}"


@dataclass(frozen=True)
class Codes:
    """The codes of every statement and article.

    Attributes:
        names: the codes (`country:RU`, `speaker:…`, `person:…`, `topic:…`) by number.
    """

    names: list[str]
    _statements: tuple[_Array, _Array]
    _articles: tuple[_Array, _Array]

    @classmethod
    def of(cls, facts: Coded) -> Codes:
        """The codes of an edition's facts."""
        names: list[str] = []
        statements, articles, numbers = [], [], []
        article_of = facts.statements["article"].to_numpy()
        mentions = facts.mentions
        for kind in mentions["kind"].cat.categories:
            some = mentions[(mentions["kind"] == kind).to_numpy()]
            numbers.append(_numbered(names, kind, some["entity"]))
            statements.append(some["statement"].to_numpy())
            articles.append(some["article"].to_numpy())
        for kind, frame in (("speaker", facts.attributions), ("topic", facts.topics)):
            numbers.append(_numbered(names, kind, frame[kind]))
            statements.append(frame["statement"].to_numpy())
            articles.append(article_of[frame["statement"].to_numpy()])
        every = np.concatenate(numbers)
        return cls(
            names,
            _grouped(np.concatenate(statements), every, len(facts.statements), len(names)),
            _grouped(np.concatenate(articles), every, len(facts.articles), len(names)),
        )

    def of_statement(self, position: int) -> str:
        """The tokens of a statement."""
        return _tokens(self._statements, position)

    def of_article(self, position: int) -> str:
        """The tokens of an article and of its statements."""
        return _tokens(self._articles, position)


def _numbered(names: list[str], kind: str, column: pd.Series) -> _Array:
    """The numbers of a column's codes; those that occur are added to `names`."""
    codes = np.asarray(column.array.codes)
    used = np.unique(codes)
    numbers = np.zeros(len(column.cat.categories), dtype="int64")
    numbers[used] = len(names) + np.arange(len(used))
    names += [f"{kind}:{column.cat.categories[code]}" for code in used]
    return numbers[codes]


def _grouped(rows: _Array, numbers: _Array, n: int, codes: int) -> tuple[_Array, _Array]:
    """Where the numbers of each row begin, and the numbers; each once in a row, those of row -1 left out."""
    inside = rows >= 0
    pairs = np.unique(rows[inside].astype("int64") * max(codes, 1) + numbers[inside])
    found, kept = np.divmod(pairs, max(codes, 1))
    return np.searchsorted(found, np.arange(n + 1)), kept


def _tokens(grouped: tuple[_Array, _Array], position: int) -> str:
    starts, numbers = grouped
    return " ".join(token(int(number)) for number in numbers[starts[position] : starts[position + 1]])
