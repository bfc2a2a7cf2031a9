"""Ids that corrections may name: those of the lexicon, and those that stand in the store."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from analysis.config import TIME_ZONE
from analysis.errors import StoreError
from analysis.lexicon import people
from analysis.lexicon.labels import ids_of
from analysis.lexicon.people import People
from analysis.lexicon.words import Words
from analysis.store.store import Store

Facts = dict[str, str]
_BODIES = {"org": "org", "state": "country"}
"""Beginnings of the ids of bodies that the lexicon lists, with what lists them."""
_KINDS = {"office": "office", "body": "body", "org": "body", "state": "body", "anonymous": "anonymous"}
"""Kinds of speakers by the beginnings of their ids; people have others as well (`person:`, `demo:`)."""
_STANDS_IN = {
    "topic": "SELECT 1 FROM statement_topics WHERE topic_id = $1",
    "country": "SELECT 1 FROM mentions WHERE kind = 'country' AND entity_id = $1",
    "org": "SELECT 1 FROM mentions WHERE kind = 'organisation' AND entity_id = $1",
}
_NAMES = {"topic": "topic", "country": "country code", "org": "organisation"}
_NEAR = 3


@cache
def _people(folder: Path) -> People:
    return people.load(folder)


@dataclass(frozen=True, slots=True)
class Known:
    """Looks up ids.

    Attributes:
        store: the store, at the version that is meant.
        words: the words whose people count, under those of the store.
        earlier: corrections that are recorded together with the one at hand, before it.
    """

    store: Store
    words: Words
    earlier: Sequence[Mapping[str, object]] = ()

    @property
    def people(self) -> People:
        """The lexicon's people, those that were added to the store among them."""
        return self.words.overlay.over_people(_people(self.words.people or self.words.data / "lexicon"))

    def check(self, kind: str, value: str) -> None:
        """Check a `topic`, `country` or `org`.

        Raises:
            StoreError: nothing has that id; it names those that are nearest.
        """
        listed = ids_of(kind)
        if value not in listed and self.store.query(f"{_STANDS_IN[kind]} LIMIT 1", [value]).empty:
            near = nearest(value, {key: " ".join(names) for key, names in listed.items()})
            raise StoreError(f"corrections: {value!r} is no {_NAMES[kind]}.{near}")

    def speaker(self, speaker_id: str) -> Facts | None:
        """What is known of a speaker (kind, name_fa, name_en); None where nobody has that id."""
        rows = self.store.frame("speakers", ["name_fa", "name_en", "kind"], "speaker_id = ?", [speaker_id])
        if len(rows):
            return {str(name): str(value) for name, value in rows.iloc[0].items()}
        begin, _, rest = speaker_id.partition(":")
        if row := self.people.people.get(speaker_id):
            return {name: row[name] for name in ("name_fa", "name_en", "kind")}
        if begin in _BODIES and rest in ids_of(_BODIES[begin]):
            name_fa, name_en = ids_of(_BODIES[begin])[rest]
            return {"name_fa": name_fa, "name_en": name_en, "kind": "body"}
        return self._given(speaker_id)

    def check_speaker(self, speaker_id: str) -> Facts:
        """The same.

        Raises:
            StoreError: nobody has that id; it names those that are nearest.
        """
        found = self.speaker(speaker_id)
        if found is None:
            rows = self.store.frame("speakers", ["speaker_id", "name_fa", "name_en"]).itertuples(index=False, name=None)
            near = nearest(speaker_id, {speaker: f"{fa} {en}".strip() for speaker, fa, en in rows})
            raise StoreError(f"corrections: nobody has the id {speaker_id!r}.{near} Give name_fa to add somebody new.")
        return found

    def role(self, speaker_id: str, article_id: str) -> Facts:
        """The role and the state of a speaker at an article's date, as far as they are known."""
        begin, _, rest = speaker_id.partition(":")
        if begin in _BODIES:
            return {"role": "organisation", "country": rest if begin == "state" else ""}
        times = self.store.frame("articles", ["published"], "article_id = ?", [article_id])["published"]
        day = None if times.isna().all() else times.iloc[0].tz_convert(TIME_ZONE).date()
        if office := self.people.office_on(speaker_id, day):
            return {"role": office.role, "country": office.country}
        usual = self.store.query(
            """SELECT role, country FROM attributions WHERE speaker_id = ?
            GROUP BY ALL ORDER BY count(*) DESC, role, country LIMIT 1""",
            [speaker_id],
        )
        return {str(name): str(value) for name, value in usual.iloc[0].items()} if len(usual) else {}

    def _given(self, speaker_id: str) -> Facts | None:
        """Somebody whom an earlier correction brought in."""
        for row in reversed(self.earlier):
            new = str(row["new"])
            if new.startswith("{") and (given := json.loads(new)).get("speaker_id") == speaker_id:
                return {name: str(given.get(name, "")) for name in ("name_fa", "name_en", "kind")}
        rows = self.store.query(
            """SELECT coalesce(new->>'name_fa', '') AS name_fa, coalesce(new->>'name_en', '') AS name_en,
                coalesce(new->>'kind', 'person') AS kind FROM corrections
            WHERE new LIKE '{%' AND (new->>'speaker_id' = $1 OR (field = 'add_person' AND "key" = $1))
            ORDER BY "at" DESC LIMIT 1""",
            [speaker_id],
        )
        return {str(name): str(value) for name, value in rows.iloc[0].items()} if len(rows) else None


def kind_of(speaker_id: str) -> str:
    """What kind of speaker an id is of."""
    return _KINDS.get(speaker_id.partition(":")[0], "person")


def nearest(value: str, names: dict[str, str]) -> str:
    """A sentence that names the ids nearest to a value, by id or by name; empty where none is near."""
    low = value.casefold()
    by_word = {name.casefold(): key for key, name in names.items() if name}
    by_word |= {key.casefold(): key for key in names}
    inside = [key for word, key in by_word.items() if len(low) > 2 and low in word]
    found = [by_word[word] for word in get_close_matches(low, by_word, _NEAR, 0.6)]
    ids = list(dict.fromkeys([*found, *inside]))[:_NEAR]
    told = [f"{key} ({names[key]})" if names[key] else key for key in ids]
    return f" Did you mean {' or '.join(told)}?" if told else ""
