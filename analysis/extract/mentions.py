"""Mentions of states, regions, organisations and people."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.extract.document import Document
from analysis.lexicon.matcher import Match, longest

NAMING = ("country", "region", "organisation", "person")
_NEAR = 20
"""Characters to look around for a name that «و» joins."""
_WITH_STATE = ("state_body", "movement", "other")
"""Kinds of bodies inside whose name a state is mentioned all the same («سازمان انرژی اتمی ایران»)."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An entity named at `[start, stop)` of the text."""

    kind: str
    entity_id: str
    start: int
    stop: int


def find_mentions(document: Document) -> list[Mention]:
    """All mentions, by position.

    A name inside a longer one is not a mention («آمریکا» in «آمریکای لاتین»), except for a state inside the name of one
    of its bodies; nor is one inside a phrase that only looks like it («دریای عمان»). Ambiguous names count only with a
    hint beside them.
    """
    matches = [m for kind in NAMING for m in document.found(kind) if m.id and not _is_hidden(document, m)]
    matches.sort(key=lambda m: (m.first, -m.last))
    kept = [*longest(m for m in matches if not _is_body(m)), *longest(m for m in matches if _is_body(m))]
    own = [Mention("country", document.country, m.start, m.stop) for m in document.found("own_country")]
    named = [Mention(m.kind, m.id, m.start, m.stop) for m in kept if _is_sure(document, m)]
    found = sorted(named + own, key=lambda m: (m.start, m.kind, m.entity_id, m.stop))
    by_key = {(m.start, m.kind, m.entity_id): m for m in found}  # «ایران عزیز» is one mention, not also «ایران»
    return sorted(by_key.values(), key=lambda m: (m.start, m.stop, m.kind, m.entity_id))


def _is_hidden(document: Document, match: Match) -> bool:
    """Whether a phrase around a name says that it is not one."""
    return any(
        phrase.start <= match.start
        and match.stop <= phrase.stop
        and (not phrase.id or match.id in phrase.id.split("|"))
        for phrase in document.found("not_name")
    )


def _is_body(match: Match) -> bool:
    return match.kind == "organisation" and match.entry.facets[0] in _WITH_STATE


def _is_sure(document: Document, match: Match) -> bool:
    """Whether a form that is also an ordinary word is used as a name: a word for a state or its organs is beside it."""
    if "unsure" not in match.entry.facets:
        return True
    if _joins_state(document, match):
        return True
    return any(
        0 <= match.start - hint.stop <= 2 or 0 <= hint.start - match.stop <= 2 for hint in document.found("state_word")
    )


def _joins_state(document: Document, match: Match) -> bool:
    """Whether «و» joins it to a sure name of a state («روابط تهران و مسقط»)."""
    for conjunction in document.found("and", max(match.start - 3, 0), match.stop + 3):
        for other in document.found("country", max(match.start - _NEAR, 0), match.stop + _NEAR):
            between = (min(match.stop, other.stop), max(match.start, other.start))
            joined = document.text[slice(*between)].strip() == document.text[conjunction.start : conjunction.stop]
            if joined and "unsure" not in other.entry.facets:
                return True
    return False
