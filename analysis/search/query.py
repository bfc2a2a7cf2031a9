"""The query language: words, phrases, names, exclusion, alternatives, nearness, beginnings of words.

    تحریم نفت               both words, in any form
    "رفع تحریم"             these words in this order; «…» does the same
    -اسرائیل                without it
    روسیه یا چین            either (also OR)
    تحریم ~5 نفت            at most five words between them (also NEAR/5)
    قطع*                    words that begin so
    (الف یا ب) پ            brackets group

«یا» binds the words beside it, so that «تحریم روسیه یا چین» asks for «تحریم» with either of the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.errors import QueryError
from analysis.search.names import LONGEST, Meaning, Names
from analysis.search.words import Word, words
from analysis.text.fold import fold_key

LONGEST_QUERY = 400
USUAL_DISTANCE, FARTHEST = 5, 50
PROBLEMS = {
    "empty": "the query holds no word; write one",
    "long": f"the query is too long; at most {LONGEST_QUERY} characters are read",
    "quote": "a quotation mark is not closed; close it, or take it out",
    "bracket": "a bracket is not closed or not opened; add its other half, or take it out",
    "or": "«یا» / OR needs a word on both sides",
    "near": "~ / NEAR needs a word or a phrase on both sides, not a group",
    "far": f"~ / NEAR takes a number from 1 to {FARTHEST}",
    "minus": "a minus sign needs a word behind it, and cannot stand in an alternative or a nearness",
    "only_minus": "the query only excludes; write a word that is to be found as well",
    "prefix": "a beginning needs two letters or more before the *",
}
_OPEN = '"“”„«»'
_CLOSE = {"«": "»", "»": "«"}
_TOKEN = re.compile(
    r"""(?P<space>[\s,،؛;]+)|(?P<left>\()|(?P<right>\))
    |(?P<near>~(?P<tilde>\d*)|NEAR(?:/(?P<slash>\d*))?(?=[\s("“”„«»]|$))
    |(?P<or>\||(?:OR|یا)(?=[\s("“”„«»-]|$))
    |(?P<and>(?:AND|&|\+)(?=[\s("“”„«»-]|$))
    |(?P<minus>[-−–](?=\S))
    |(?P<word>[^\s()"“”„«»~|]+)""",
    re.VERBOSE,
)
_SILENT = frozenset("و")
"""Words that a list of words may hold without asking for them."""


@dataclass(frozen=True, slots=True)
class Term:
    """Words in this order: one word, or a phrase. With `prefix` the last one is only the beginning of a word."""

    keys: tuple[str, ...]
    text: str
    phrase: bool = False
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A name: whatever speaks of what it stands for, by code or by words; `keys` are its own words."""

    keys: tuple[str, ...]
    text: str
    meanings: tuple[Meaning, ...]

    @property
    def forms(self) -> tuple[tuple[str, ...], ...]:
        """The words of all its names."""
        own = (self.keys,) if self.keys else ()
        return tuple(dict.fromkeys([*own, *(form for meaning in self.meanings for form in meaning.forms)]))

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes that stand for it."""
        return tuple(dict.fromkeys(code for meaning in self.meanings for code in meaning.codes))


@dataclass(frozen=True, slots=True)
class Near:
    """Two that stand at most `distance` words apart, in either order."""

    left: Term | Name
    right: Term | Name
    distance: int


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of the parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts, and none of the excluded ones."""

    parts: tuple[Node, ...]
    excluded: tuple[Node, ...] = ()


Node = Term | Name | Near | Or | And


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was understood.

    Attributes:
        text: as it was written.
        root: what it asks for.
        silent: words that it holds and does not ask for.
    """

    text: str
    root: And
    silent: tuple[str, ...] = ()

    def positive(self) -> Iterator[Term | Name | Near]:
        """What may be marked in a text that was found."""
        yield from _positive(self.root)


def parse(text: str, names: Names) -> Query:
    """Understand a query.

    Raises:
        QueryError: where it cannot be understood; `code` is one of `PROBLEMS`.
    """
    if len(text) > LONGEST_QUERY:
        raise _problem("long")
    return _Parser(text, names).query()


@dataclass(frozen=True, slots=True)
class _Sign:
    kind: str
    text: str
    distance: int = 0


class _Parser:
    """Recursive descent over nodes and signs: alternatives bind before the words that must all occur."""

    def __init__(self, text: str, names: Names) -> None:
        self._text, self._names = text, names
        self._silent: list[str] = []
        self._items = list(self._lex())
        self._at = 0

    def query(self) -> Query:
        root = self._all(inside=False)
        return Query(self._text, root, tuple(self._silent))

    def _all(self, *, inside: bool) -> And:
        parts: list[Node] = []
        excluded: list[Node] = []
        while (item := self._peek()) is not None:
            if isinstance(item, _Sign) and item.kind == "right":
                if not inside:
                    raise _problem("bracket", item.text)
                break
            if isinstance(item, _Sign) and item.kind == "minus":
                self._at += 1
                excluded.append(self._near("minus"))
                if self._sees("or"):
                    raise _problem("minus", self._text)
            else:
                parts.append(self._either())
        if not parts:
            raise _problem("only_minus" if excluded else "empty", self._text)
        return And(tuple(parts), tuple(excluded))

    def _either(self) -> Node:
        parts = [self._near("or")]
        while self._sees("or"):
            self._at += 1
            parts.append(self._near("or"))
        return Or(tuple(parts)) if len(parts) > 1 else parts[0]

    def _near(self, problem: str) -> Node:
        left = self._one(problem)
        pairs: list[Node] = []
        while (sign := self._sign("near")) is not None:
            self._at += 1
            right = self._one("near")
            if not isinstance(left, Term | Name) or not isinstance(right, Term | Name):
                raise _problem("near", sign.text)
            if not 1 <= sign.distance <= FARTHEST:
                raise _problem("far", sign.text)
            pairs.append(Near(left, right, sign.distance))
            left = right
        if not pairs:
            return left
        return And(tuple(pairs)) if len(pairs) > 1 else pairs[0]

    def _one(self, problem: str) -> Node:
        item = self._peek()
        if item is None or (isinstance(item, _Sign) and item.kind != "left"):
            blamed = item.kind if item is not None and item.kind in ("near", "or") else problem
            raise _problem("minus" if item is not None and item.kind == "minus" else blamed, self._text)
        self._at += 1
        if not isinstance(item, _Sign):
            return item
        inner = self._all(inside=True)
        if not self._sees("right"):
            raise _problem("bracket", item.text)
        self._at += 1
        return inner.parts[0] if len(inner.parts) == 1 and not inner.excluded else inner

    def _peek(self) -> Term | Name | _Sign | None:
        return self._items[self._at] if self._at < len(self._items) else None

    def _sign(self, kind: str) -> _Sign | None:
        item = self._peek()
        return item if isinstance(item, _Sign) and item.kind == kind else None

    def _sees(self, kind: str) -> bool:
        return self._sign(kind) is not None

    def _lex(self) -> Iterator[Term | Name | _Sign]:
        at, text = 0, self._text
        run: list[tuple[int, int]] = []
        while at < len(text):
            if text[at] in _OPEN:
                yield from self._run(run)
                stop = self._closing(at)
                yield self._phrase(text[at + 1 : stop])
                at = stop + 1
                continue
            found = _TOKEN.match(text, at)
            assert found is not None and found.lastgroup is not None  # any character fits one of the groups
            kind = found.lastgroup
            at = found.end()
            if kind == "word" and not found.group().endswith("*"):
                run.append(found.span())
            elif kind == "word":
                yield from self._run(run)
                yield self._prefix(found.group())
            elif kind not in ("space", "and"):
                yield from self._run(run)
                distance = found["tilde"] or found["slash"]
                yield _Sign(kind, found.group(), int(distance) if distance else USUAL_DISTANCE)
        yield from self._run(run)

    def _closing(self, at: int) -> int:
        closers = _CLOSE.get(self._text[at], '"“”„')
        stop = next((i for i in range(at + 1, len(self._text)) if self._text[i] in closers), -1)
        if stop < 0:
            raise _problem("quote", self._text[at])
        return stop

    def _phrase(self, text: str) -> Term:
        found = tuple(word.key for word in words(text))
        if not found:
            raise _problem("empty", text)
        return Term(found, text.strip(), phrase=True)

    def _prefix(self, written: str) -> Term:
        stem = fold_key(written.rstrip("*"))
        if len(stem) < 2 or not stem.isalnum():
            raise _problem("prefix", written)
        return Term((stem,), written, prefix=True)

    def _run(self, run: list[tuple[int, int]]) -> Iterator[Term | Name]:
        """Words that stand together: names among them, longest first, and each of the others by itself."""
        if not run:
            return
        found, spans = words(self._text[run[0][0] : run[-1][1]]), list(run)
        offset = run[0][0]
        run.clear()
        at = 0
        while at < len(spans):
            for size in range(min(LONGEST, len(spans) - at), 0, -1):
                start, stop = spans[at][0], spans[at + size - 1][1]
                if meanings := self._names.of(self._text[start:stop]):
                    own = tuple(w.key for w in found if start <= w.start + offset < stop)
                    yield Name(own, self._text[start:stop], meanings)
                    break
            else:
                size = 1
                start, stop = spans[at]
                yield from self._word(self._text[start:stop], [w for w in found if start <= w.start + offset < stop])
            at += size

    def _word(self, written: str, found: list[Word]) -> Iterator[Term]:
        if written in _SILENT:
            self._silent.append(written)
        elif found:
            yield Term(tuple(word.key for word in found), written)


def _problem(code: str, word: str = "") -> QueryError:
    return QueryError(code, f"{PROBLEMS[code][0].upper()}{PROBLEMS[code][1:]}.", word)


def _positive(node: Node) -> Iterator[Term | Name | Near]:
    if isinstance(node, Or | And):
        for part in node.parts:
            yield from _positive(part)
    else:
        yield node
