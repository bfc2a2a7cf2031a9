"""A reporting clause, and whether it brings the words themselves."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.extract.items import Item
from analysis.extract.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Report:
    """A reporting clause.

    Attributes:
        cue: the item that reports; None for a colon after a name.
        subjects: the phrases that are its subject; empty where the subject is left out.
        form: `direct` or `indirect`.
        rule: what found it.
        at: the item index of the cue (or colon).
    """

    cue: Item | None
    subjects: tuple[Phrase, ...]
    form: str
    rule: str
    at: int


def form_of(items: list[Item], at: int) -> str:
    """Direct after a colon, or where a quotation begins at once and makes up most of what follows."""
    j = at + 1
    while j < len(items) and items[j].kind in ("that", "comma", "adverb"):
        j += 1
    if j < len(items) and items[j].kind == "colon":
        return "direct"
    if j < len(items) and items[j].kind == "open":
        quoted = sum(i.quoted for i in items[j + 1 :])
        return "direct" if quoted * 2 >= len(items) - j - 1 else "indirect"
    return "indirect"
