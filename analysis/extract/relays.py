"""Whose words a speaker passes on: «پیام X مبنی بر … را منعکس کرد»، «به نقل از X گفت»."""

from __future__ import annotations

from analysis.extract.items import Item
from analysis.extract.phrases import Phrase


def find_relay(
    items: list[Item], phrases: list[Phrase], start: int, stop: int
) -> tuple[Phrase, tuple[int, int]] | None:
    """The phrase that names who is relayed in `text[start:stop]`, and the stretch of what is passed on.

    The stretch reaches from the name to the object marker «را» or to the end; an object behind «که» or a colon is part
    of what is passed on.
    """
    for phrase in phrases:
        before = items[phrase.first - 1] if phrase.first else None
        if not (start <= phrase.start < stop) or before is None or before.kind != "cue":
            continue
        carried = before.match.id == "carried" and any(p.subject and p.last < phrase.first for p in phrases)
        if before.match.id != "relay" and not carried:
            continue
        end = next((i for i in items[phrase.last :] if i.kind in ("object", "that", "colon") and i.start < stop), None)
        return phrase, (phrase.stop, end.start if end and end.kind == "object" else stop)
    return None
