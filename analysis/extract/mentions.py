"""Mentions of states, regions, organisations and people."""

from __future__ import annotations

from typing import NamedTuple

from analysis.extract.document import Document
from analysis.lexicon.matcher import Match, longest, within

NAMING = ("country", "region", "organisation", "person")
_NEAR = 20
"""Characters to look around for a name that «و» joins."""
_AFTER = ("preposition", "adverb", "verb")
"""What may follow a capital that is a subject."""
_DEEDS = ("verb", "stance")
"""What a government does that a city does not."""
_WITH_STATE = ("state_body", "movement", "other")
"""Kinds of bodies inside whose name a state is mentioned all the same («سازمان انرژی اتمی ایران»)."""


class Mention(NamedTuple):
    """An entity named at `[start, stop)` of the text."""

    kind: str
    entity_id: str
    start: int
    stop: int


def find_mentions(document: Document) -> list[Mention]:
    """All mentions, by position.

    A name inside a longer one is not a mention («آمریکا» in «آمریکای لاتین»), except for a state inside the name of one
    of its bodies; nor is one inside a phrase that only looks like it («دریای عمان»). Ambiguous names count only with a
    hint beside them, or where a capital acts («رم … حمایت کرد»).
    """
    matches = [m for kind in NAMING for m in document.found(kind) if m.id]
    matches.sort(key=lambda m: (m.first, -m.last))
    hidden = _hidden(document, matches)
    matches = [m for m in matches if (m.start, m.stop, m.id) not in hidden]
    kept = [*longest(m for m in matches if not _is_body(m)), *longest(m for m in matches if _is_body(m))]
    own = [Mention("country", document.country, m.start, m.stop) for m in document.found("own_country")]
    hints = _Hints(document)
    named = [Mention(m.kind, m.id, m.start, m.stop) for m in kept if hints.are_for(m)]
    found = sorted(named + own, key=lambda m: (m.start, m.kind, m.entity_id, m.stop))
    by_key = {(m.start, m.kind, m.entity_id): m for m in found}  # «ایران عزیز» is one mention, not also «ایران»
    return sorted(by_key.values(), key=lambda m: (m.start, m.stop, m.kind, m.entity_id))


def _hidden(document: Document, matches: list[Match]) -> set[tuple[int, int, str]]:
    """Start, stop and id of the names that a phrase around them says to be none."""
    return {
        (match.start, match.stop, match.id)
        for phrase in document.found("not_name")
        for match in within(matches, phrase.start, phrase.stop)
        if not phrase.id or match.id in phrase.id.split("|")
    }


def _is_body(match: Match) -> bool:
    return match.kind == "organisation" and match.entry.facets[0] in _WITH_STATE


class _Hints:
    """What tells that a form which is also an ordinary word is used as a name."""

    def __init__(self, document: Document) -> None:
        self._document = document
        words = document.found("state_word")
        self._starts, self._stops = {m.start for m in words}, {m.stop for m in words}
        self._heads = {s.start: s for s in document.sentences}

    def are_for(self, match: Match) -> bool:
        """Whether a form needs no hint, or has one: a word for a state beside it, «و» and a state, or a deed."""
        if "unsure" not in match.entry.facets:
            return True
        beside = any(match.start - gap in self._stops or match.stop + gap in self._starts for gap in range(3))
        return beside or _joins_state(self._document, match) or self._acts(match)

    def _acts(self, match: Match) -> bool:
        """Whether a capital is the subject of a sentence that says something or takes a side, as a government does.

        It stands at the head, and no noun, dash or colon follows («دوحه - …» is a dateline, «دوشنبه …» a day).
        """
        sentence, found = self._heads.get(match.start), self._document.found
        if sentence is None or "capital" not in match.entry.facets or found("time", match.start, match.stop):
            return False
        if not any(m.start == match.stop + 1 for kind in _AFTER for m in found(kind, match.stop, match.stop + _NEAR)):
            return False
        return any(found(kind, match.stop, sentence.stop) for kind in _DEEDS)


def _joins_state(document: Document, match: Match) -> bool:
    """Whether «و» joins it to a sure name of a state («روابط تهران و مسقط»)."""
    for conjunction in document.found("and", max(match.start - 3, 0), match.stop + 3):
        for other in document.found("country", max(match.start - _NEAR, 0), match.stop + _NEAR):
            between = (min(match.stop, other.stop), max(match.start, other.start))
            joined = document.text[slice(*between)].strip() == document.text[conjunction.start : conjunction.stop]
            if joined and "unsure" not in other.entry.facets:
                return True
    return False
