"""Whether a sentence without a cue goes on with what somebody was saying."""

from __future__ import annotations

from analysis.extract.document import Document
from analysis.extract.lines import Line
from analysis.text.fold import fold_key

_CLOSERS = ("»", "”", '"', "ˈ")
_SCENE, _OPENING = ("narration", "while"), 4
"""What only a reporter's sentence opens with, and among how many items it stands."""
_NO_WORDS = ("mark", "close", "open", "comma", "dash", "right")


def goes_on(document: Document, line: Line, form: str, said: str, *, point: bool = False) -> bool:
    """Whether an uncued sentence goes on with what the last one reports.

    Words that were quoted without quotation marks go on until a past event is told; reported ones and those whose
    quotation was closed go on only in the first person, or with «وی» and no past event.

    Args:
        form: the form of the last statement.
        said: its text.
        point: whether a number stood before the sentence as before the points of a list.
    """
    own = has_first_person(document, line)
    open_ended = is_open_ended(form, said)
    opens = point or line.items[0].kind in ("pronoun", "mark") if line.items else point  # «وی …», or a bullet
    return own or ((open_ended or opens) and _sounds_spoken(document, line))


def is_open_ended(form: str, said: str) -> bool:
    """Whether somebody's own words may go on: no quotation mark has closed them."""
    return form in ("direct", "headline") and not said.rstrip(".؟!… ").endswith(_CLOSERS)


def is_number(line: Line) -> bool:
    """Whether a sentence is nothing but the number of the point after it («🔹 ۱.»)."""
    return bool(line.items) and all(item.kind in ("mark", "number") for item in line.items)


def tells_scene(line: Line) -> bool:
    """Whether a sentence opens as only a reporter's does («این در حالی است که …», «به گزارش …»)."""
    carried = any(item.kind == "cue" and item.match.id == "carried" for item in line.items[:_OPENING])
    return carried or any(item.kind in _SCENE for item in line.items[:_OPENING])


def has_first_person(document: Document, line: Line) -> bool:
    """Whether somebody speaks of themselves, outside of quotation marks."""
    forms = document.lexicon.speech.first_person_forms
    return any(
        item.kind in ("word", "finite", "own_country") and fold_key(document.text[item.start : item.stop]) in forms
        for item in line.items
        if not item.quoted
    )


def _sounds_spoken(document: Document, line: Line) -> bool:
    """Whether a sentence without a cue sounds like somebody's words: no past event, no scene."""
    if tells_scene(line):
        return False
    words = [item for item in line.items if item.kind not in _NO_WORDS]
    if not words:
        return False
    past = document.lexicon.speech.past_forms
    tail = [fold_key(document.text[item.start : item.stop]) for item in words[-2:]]
    will = document.lexicon.speech.future_forms
    return tail[0] in will or not (tail[-1] in past or "".join(tail) in past)
