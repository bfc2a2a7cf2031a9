"""The actors of an article, found by id, name or title in the same time however many there are."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from analysis.extract.actors import Actor, name_words
from analysis.text.fold import fold_key


class Roster:
    """The actors of one article, in the order in which they were added."""

    def __init__(self) -> None:
        self.actors: list[Actor] = []
        self._place: dict[Actor, int] = {}
        self._by_id: dict[str, Actor] = {}
        self._by_key: dict[str, Actor] = {}
        self._by_name: dict[str, Actor] = {}
        self._by_ending: dict[str, Actor] = {}
        self._heard: dict[str, dict[Actor, None]] = {}
        self._marked: dict[Hashable, dict[Actor, None]] = {}

    def add(self, actor: Actor) -> Actor:
        """Take up a new actor, or give back the one who is already here under its id."""
        if actor.speaker_id not in self._by_id:
            self._place[actor] = len(self.actors)
            self.actors.append(actor)
            self._by_id[actor.speaker_id] = actor
        return self._by_id[actor.speaker_id]

    def with_id(self, speaker_id: str) -> Actor | None:
        return self._by_id.get(speaker_id)

    def first_of(self, speaker_ids: Iterable[str]) -> Actor | None:
        """The first added of those who are here."""
        return self._first(self._by_id.get(speaker_id) for speaker_id in speaker_ids)

    def call(self, actor: Actor, name: str, *, heard: bool = False) -> None:
        """Note a spelling of somebody's name; `heard` where the article itself uses it."""
        key, words = fold_key(name), name_words(name)
        if heard and words not in actor.heard_as:
            actor.heard_as.add(words)
            for ending in _endings(words):
                self._heard.setdefault(ending, {})[actor] = None
        if key in actor.name_keys and words in actor.name_words:
            return
        actor.name_keys.add(key)
        actor.name_words.add(words)
        self._enter(self._by_key, key, actor)
        if actor.kind == "person":
            self._enter(self._by_name, "".join(words), actor)
            for ending in _endings(words):
                self._enter(self._by_ending, ending, actor)

    def named(self, name: str) -> Actor | None:
        """Who has a name: the same, else a longer one that ends with it, or a shorter one with which it ends."""
        key, words = fold_key(name), name_words(name)
        if key in self._by_key or len(key) < 3:
            return self._by_key.get(key)
        shorter = (self._by_name.get(ending) for ending in _endings(words))
        return self._first([self._by_ending.get("".join(words)), *shorter])

    def others_heard_as(self, surname: str, actor: Actor) -> Actor | None:
        """Who else the article calls by a name that ends with a surname."""
        return next((other for other in self._heard.get(fold_key(surname), {}) if other is not actor), None)

    def mark(self, actor: Actor, *marks: Hashable) -> None:
        """Note what else somebody is known by (a title, a role, an office): the last one marked is found first."""
        for mark in marks:
            marked = self._marked.setdefault(mark, {})
            marked.pop(actor, None)
            marked[actor] = None

    def marked(self, mark: Hashable) -> Iterator[Actor]:
        """Those who have a mark, the last one first."""
        return reversed(self._marked.get(mark, {}))

    def _enter(self, index: dict[str, Actor], key: str, actor: Actor) -> None:
        here = index.get(key)
        if here is None or self._place[actor] < self._place[here]:
            index[key] = actor

    def _first(self, actors: Iterable[Actor | None]) -> Actor | None:
        return min((actor for actor in actors if actor is not None), key=self._place.__getitem__, default=None)


def _endings(words: tuple[str, ...]) -> list[str]:
    """The last words of a name, the last two, … all: its parts may stand apart or together."""
    return ["".join(words[i:]) for i in range(len(words))]
