"""How a search was understood, in words."""

from __future__ import annotations

from analysis.search.names import Meaning
from analysis.search.query import And, Name, Near, Node, Or, Query, Term
from pages.ui.labels import Labels
from pages.ui.names import Names


def say(query: Query, names: Names) -> str:
    """What a query asks for, as a sentence (plain text)."""
    teller = _Teller(names)
    text = teller.labels("search.looks_for", what=teller.all_of(query.root))
    if query.silent:
        left = teller.either([teller.quoted(word) for word in dict.fromkeys(query.silent)])
        text += " " + teller.labels("search.silent", words=left)
    return text


class _Teller:
    def __init__(self, names: Names) -> None:
        self.names = names
        self.labels: Labels = names.labels

    def quoted(self, text: str) -> str:
        return self.labels("search.quoted", text=text)

    def either(self, parts: list[str]) -> str:
        return self.labels("app.or").join(parts)

    def all_of(self, node: And) -> str:
        parts = [self.node(part) for part in node.parts]
        text = self.labels("search.and").join(parts)
        if node.excluded:
            without = self.either([self.node(part) for part in node.excluded])
            text += self.labels("search.without", what=without)
        return text

    def node(self, node: Node) -> str:
        match node:
            case Term(_, text, phrase, prefix):
                kind = "phrase" if phrase else "prefix" if prefix else "word"
                return self.labels(f"search.{kind}", text=self.quoted(text.rstrip("*")))
            case Name():
                return self.either([self.meaning(meaning) for meaning in _told(node)])
            case Near(left, right, distance):
                return self.labels("search.near", a=self.short(left), b=self.short(right), n=distance)
            case Or(parts):
                return self.labels("search.group", what=self.either([self.node(part) for part in parts]))
            case And():
                return self.labels("search.group", what=self.all_of(node))

    def short(self, part: Term | Name) -> str:
        if isinstance(part, Name):
            return self.either([self.quoted(name) for name in dict.fromkeys(map(self.name_of, _told(part)))])
        return self.quoted(part.text)

    def meaning(self, meaning: Meaning) -> str:
        return self.labels(f"search.{meaning.kind}", name=self.name_of(meaning))

    def name_of(self, meaning: Meaning) -> str:
        if meaning.kind == "speaker":
            return self.names.speaker(meaning.id)
        if meaning.kind == "topic":
            return self.names.topic(meaning.id)
        if meaning.kind == "country":
            return self.names.country(meaning.id)
        return self.names.target(f"{'org' if meaning.kind == 'organisation' else meaning.kind}:{meaning.id}")


def _told(name: Name) -> list[Meaning]:
    """What a name stands for; of a state that speaks as well, the state."""
    states = {meaning.id for meaning in name.meanings if meaning.kind == "country"}
    return [m for m in name.meanings if not (m.kind == "speaker" and m.id.removeprefix("state:") in states)]
