"""A query as an expression of SQLite's FTS5."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from analysis.search.codes import token
from analysis.search.query import And, Name, Near, Node, Or, Query, Term

_MOST_PAIRS = 64
"""Pairs of names' spellings that are looked for near each other."""
NOTHING = '"\uffff"'
"""A phrase that no text holds."""


def expression(query: Query, columns: str, numbers: Mapping[str, int]) -> str:
    """The expression.

    Args:
        query: what is asked for.
        columns: the columns that hold words.
        numbers: the number of each code that the index holds.
    """
    return _Writer(columns, numbers).node(query.root)


class _Writer:
    def __init__(self, columns: str, numbers: Mapping[str, int]) -> None:
        self._columns, self._numbers = columns, numbers

    def node(self, node: Node) -> str:
        match node:
            case Term():
                return self._words(_phrase(node.keys, prefix=node.prefix))
            case Name():
                return self._name(node)
            case Near(left, right, distance):
                pairs = list(product(_phrases(left), _phrases(right)))[:_MOST_PAIRS]
                near = " OR ".join(f"NEAR({a} {b}, {distance})" for a, b in pairs)
                return self._words(near)
            case Or(parts):
                return "(" + " OR ".join(self.node(part) for part in parts) + ")"
            case And(parts, excluded):
                found = " AND ".join(self.node(part) for part in parts)
                if not excluded:
                    return f"({found})"
                return f"(({found}) NOT (" + " OR ".join(self.node(part) for part in excluded) + "))"

    def _name(self, name: Name) -> str:
        ways = [self._words(" OR ".join(_phrase(form) for form in name.forms))] if name.forms else []
        tokens = [token(self._numbers[code]) for code in name.codes if code in self._numbers]
        if tokens:
            ways.append(f"codes : ({' OR '.join(tokens)})")
        return f"({' OR '.join(ways)})" if ways else self._words(NOTHING)

    def _words(self, phrases: str) -> str:
        return f"{{{self._columns}}} : ({phrases})"


def _phrases(part: Term | Name) -> list[str]:
    if isinstance(part, Term):
        return [_phrase(part.keys, prefix=part.prefix)]
    return [_phrase(form) for form in part.forms] or [NOTHING]


def _phrase(keys: tuple[str, ...], *, prefix: bool = False) -> str:
    return f'"{" ".join(keys)}"{"*" if prefix else ""}'
