"""JSON read part by part: each value of a long list with the very characters that it was written in."""

from __future__ import annotations

import json
import re
from collections.abc import Generator
from typing import Any, NamedTuple

from analysis.errors import RejectedInput

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()
_STRICTER = "If it holds an object a line, name it .jsonl."


class Part(NamedTuple):
    """A value within a text."""

    value: Any
    start: int
    stop: int


class Reading:
    """One JSON text and where it came from."""

    def __init__(self, text: str, where: str, remedy: str = _STRICTER) -> None:
        self.text, self.where, self.remedy = text, where, remedy

    def skip(self, at: int) -> int:
        """The next place that is not space."""
        found = _SPACE.match(self.text, at)
        return found.end() if found else at

    def char(self, at: int) -> str:
        """The character there; empty at the end."""
        return self.text[at : at + 1]

    def value(self, at: int) -> Part:
        """The value that begins there.

        Raises:
            RejectedInput: where there is none.
        """
        try:
            value, stop = _DECODER.raw_decode(self.text, at)
        except json.JSONDecodeError as error:
            raise self.broken(error.msg, error.pos) from error
        except (ValueError, RecursionError, MemoryError) as error:  # Numbers of thousands of digits, endless brackets.
            raise self.broken(str(error)[:200], at) from error
        return Part(value, at, stop)

    def element(self, at: int, *, first: bool) -> int | None:
        """Where the next value of a list begins; None at its end. `at` is after the bracket or the value before."""
        return self._next(at, "]", first=first)

    def elements(self, at: int) -> Generator[Part, None, int]:
        """The values of the list whose bracket stands there; gives where it ends."""
        at, first = at + 1, True
        while (start := self.element(at, first=first)) is not None:
            part = self.value(start)
            yield part
            at, first = part.stop, False
        return self.skip(at) + 1

    def key(self, at: int, *, first: bool) -> Part | None:
        """The next key of an object, `stop` being where its value begins; None at the object's end."""
        start = self._next(at, "}", first=first)
        if start is None:
            return None
        if self.char(start) != '"':
            raise self.broken("Expecting property name enclosed in double quotes", start)
        name = self.value(start)
        colon = self.skip(name.stop)
        if self.char(colon) != ":":
            raise self.broken("Expecting ':' delimiter", colon)
        return Part(name.value, start, self.skip(colon + 1))

    def _next(self, at: int, closing: str, *, first: bool) -> int | None:
        at = self.skip(at)
        if self.char(at) == closing:
            return None
        if first:
            return at
        if self.char(at) != ",":
            raise self.broken("Expecting ',' delimiter", at)
        return self.skip(at + 1)

    def end(self, at: int) -> None:
        """Nothing may follow."""
        at = self.skip(at)
        if at < len(self.text):
            raise self.broken("Extra data", at)

    def broken(self, problem: str, at: int) -> RejectedInput:
        """The error that names the line."""
        line, column = self.text.count("\n", 0, at) + 1, at - self.text.rfind("\n", 0, at)
        return RejectedInput(
            "damaged", f"{self.where}, line {line}: not JSON: {problem}, column {column}. {self.remedy}"
        )
