"""How sure a statement and its speaker are: what the rules saw, weighed with weights that were fitted."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from analysis.extract.document import Document
from analysis.extract.flow import Attribution, Statement
from analysis.text.fold import fold_key

Evidence = dict[str, float]
"""Features of a statement by name, as `data/lexicon/confidence.toml` lists them."""

_MOST = 4
"""More rivals than this say no more."""
_CUES = ("verb", "passive", "cue")
_LONG_NAME = 6
"""Words from which a speaker's name or title may well have run over into its clause."""
_WORD = re.compile(r"[^\W\d_][\w\u200c]*")
_TAIL = 40
"""Letters at the end of a statement in which its last two words stand."""
_USUAL = 150
"""Letters of a usual statement; only a unit."""


def confidences(document: Document, statements: list[Statement]) -> list[float]:
    """The probability that each statement of an article is one, and its speaker the right one."""
    weights = document.lexicon.confidence
    return [round(weights.probability(found), 3) for found in evidence(document, statements)]


def evidence(document: Document, statements: list[Statement]) -> Iterator[Evidence]:
    """What speaks for and against each statement of an article (in order of the text).

    Features that merely hold count 1; lengths and distances are logarithms, so that the far end says little more.
    """
    cast = len({a.actor.speaker_id for s in statements for a in s.attributions})
    run, last = 0, 0
    for statement in statements:
        run = 0 if _own(statement) else run + 1
        found = _of_rule(statement) | _of_speaker(document, statement) | _of_words(document, statement)
        found["how far into the article"] = statement.start / len(document.text)
        found["speakers in the article"] = math.log(max(cast, 1))
        if run:
            found["sentences since the speaker was named"] = math.log1p(run)
            between = document.text[last : statement.start]
            found["goes on in a new paragraph"] = float("\n" in between)
            found["goes on after narration"] = float(bool(between.strip(' \n\t\u200c»”".،')))
            found["ends like a told event"] = float(_ends_in_past(document, statement))
        last = statement.stop
        yield {name: value for name, value in found.items() if value}


def _own(statement: Statement) -> bool:
    """Whether a statement names its speaker itself."""
    first = next((a for a in statement.attributions if a.part == "speaker"), None)
    return first is not None and first.basis != "continuation" and _inside(first, statement)


def _inside(attribution: Attribution, statement: Statement) -> bool:
    return statement.start <= attribution.start < statement.stop


def _of_rule(statement: Statement) -> Evidence:
    found = {f"rule {statement.rule}": 1.0, f"form {statement.form}": 1.0}
    if statement.repeats is not None:
        found["repeats a statement"] = 1.0
    if statement.relay is not None:
        found["passes words on"] = 1.0
    return found


def _of_speaker(document: Document, statement: Statement) -> Evidence:
    said = [a for a in statement.attributions if a.part == "speaker"]
    if not said:
        return {"no speaker": 1.0}
    first, actor = said[0], said[0].actor
    words = len(document.text[first.start : first.stop].split())
    return {
        f"basis {first.basis}": 1.0,
        f"{statement.rule} by {first.basis}": 1.0,
        f"speaker {actor.kind}": 1.0,
        f"{first.basis} of {actor.kind}": 1.0,
        "known speaker": float(actor.speaker_id in document.lexicon.people.people),
        "speaker without a state": float(not actor.country),
        "several speakers": float(len(said) > 1),
        "name of one word": float(first.basis == "name" and words == 1),
        "long name": float(words >= _LONG_NAME),
        **_of_place(document, statement, first),
    }


def _of_place(document: Document, statement: Statement, speaker: Attribution) -> Evidence:
    """How far the speaker's name stands from the cue, and who else could be meant."""
    others = _people(document, statement, speaker)
    found = {"others named": math.log1p(min(len(others), _MOST))}
    if statement.cue[0] == statement.cue[1] or not _inside(speaker, statement):
        return found
    low, high = sorted(((speaker.start, speaker.stop), statement.cue))
    found["letters between speaker and cue"] = math.log1p(max(high[0] - low[1], 0) / 10)
    found["others between speaker and cue"] = math.log1p(sum(low[1] <= a and b <= high[0] for a, b in others))
    found["cue before speaker"] = float(statement.cue < (speaker.start, speaker.stop))
    return found


def _people(document: Document, statement: Statement, speaker: Attribution) -> list[tuple[int, int]]:
    """Where other people are named; of a name and the surname inside it, the name.

    Titles say nothing here: most that stand beside a speaker are the speaker's own.
    """
    people: list[tuple[int, int]] = []
    for match in sorted(document.found("person", statement.start, statement.stop), key=lambda m: (m.start, -m.stop)):
        apart = match.stop <= speaker.start or match.start >= speaker.stop
        if apart and not (people and match.start < people[-1][1]):
            people.append((match.start, match.stop))
    return people


def _of_words(document: Document, statement: Statement) -> Evidence:
    text = document.text[statement.start : statement.stop]
    found = {
        "length": math.log(len(text) / _USUAL),
        "quotation marks": float(any(mark in text for mark in '«“"')),
    }
    for kind in _CUES if statement.cue[0] < statement.cue[1] else ():
        for match in document.found(kind, *statement.cue)[:1]:
            found[f"cue {match.id}"] = 1.0
    return found


def _ends_in_past(document: Document, statement: Statement) -> bool:
    start = max(statement.start, statement.stop - _TAIL)
    tail = [fold_key(word) for word in _WORD.findall(document.text, start, statement.stop)[-2:]]
    past = document.lexicon.speech.past_forms
    return bool(tail) and (tail[-1] in past or "".join(tail) in past)
