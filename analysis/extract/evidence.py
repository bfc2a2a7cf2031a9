"""The evidence in a statement for each thing that its speaker may take a side on.

A candidate is a topic or a state that the statement names; what speaks for a side on it is counted under names such as
`state rule blame -` (a rule says so), `topic clause +` (a word for that side in its clause), `before -` (the speaker's
earlier statements). `data/lexicon/position_weights.toml` says how much each counts. Nothing tells who the speaker is.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import NamedTuple

from analysis.extract.blame import Place, Sign, is_harm
from analysis.extract.scope import PLAIN, Scope, Taken, Thing
from analysis.extract.sides import denies
from analysis.lexicon.matcher import longest

BESIDE = 4
"""Fewer words than this between a word and a target: they stand side by side."""
NEAR = ("beside", "clause")
PRESENT = ("condition", "contrast", "claim", "question", "halt", "opposed")
"""Kinds of turning words whose presence in the statement counts."""
MOST_JUDGED = 2.0
"""More praise or blame in one statement than this tells nothing more."""
STRENGTHS = 3
"""The highest strength in polarity.csv."""


@dataclass(slots=True)
class Candidate:
    """Something that a side may be taken on: where it stands, the signs that rules give, and the evidence.

    `shown` are the sides that some word shows: on what is only mentioned, or only named again and again, none is taken.
    """

    target: str
    places: list[tuple[int, int]] = field(default_factory=list)
    signs: list[Sign] = field(default_factory=list)
    evidence: dict[str, float] = field(default_factory=dict)
    shown: set[int] = field(default_factory=set)

    @property
    def kind(self) -> str:
        """`state` or `topic`."""
        return self.target.partition(":")[0]

    @property
    def name(self) -> str:
        """The state's or the topic's id."""
        return self.target.partition(":")[2]

    def most(self, name: str, amount: float = 1.0) -> None:
        """Count a piece of evidence once, as much as it is worth at most."""
        self.evidence[name] = max(self.evidence.get(name, 0.0), amount)

    def add(self, name: str, amount: float) -> None:
        """Count a piece of evidence each time."""
        self.evidence[name] = self.evidence.get(name, 0.0) + amount


class Judgement(NamedTuple):
    """A word of praise (1) or blame (-1) at words `[first, last]`, and how strong it is."""

    side: int
    strength: float
    first: int
    last: int


def sign_of(side: int) -> str:
    """How a side is written at the end of a piece of evidence."""
    return "+" if side > 0 else "-"


def find_judgements(scope: Scope) -> list[Judgement]:
    """The words of praise and blame of a statement; a denial or a negative verb beside one turns it round."""
    found = []
    denials = {last for _, last in scope.turns("denial")}
    for match in longest(scope.document.found("polarity", scope.start, scope.stop)):
        first, last = scope.span(match)
        verb = scope.next_verb(last, last + 2)
        denied = verb is not None and verb.negative and not scope.is_excepted(first)
        turned = denied or first - 1 in denials
        side = (1 if int(match.id) > 0 else -1) * (-1 if turned else 1)
        found.append(Judgement(side, abs(int(match.id)) / STRENGTHS, first, last))
    return found


def shared_evidence(
    scope: Scope,
    taken: list[Taken],
    judgements: list[Judgement],
    candidates: Collection[Candidate],
    tone: dict[str, float],
) -> dict[str, dict[str, float]]:
    """What counts for every target of the statement, under `state` and `topic` if there are such.

    `tone` is the article's.
    """
    counts = tone | {"words": math.log(max(len(scope.words), 1)), "candidates": math.log(len(candidates))}
    if not scope.document.lexicon.speech.first_person_forms.isdisjoint(scope.texts):
        counts["first person"] = 1.0
    counts |= {turn: 1.0 for turn in PRESENT if scope.turns(turn)}
    for word in taken:
        side = sign_of(word.side)
        counts[f"any {side}"] = counts.get(f"any {side}", 0.0) + 1
        counts[f"any {word.word.kind} {side}"] = 1.0
    for judgement in judgements:
        name = f"any judged {sign_of(judgement.side)}"
        counts[name] = min(counts.get(name, 0.0) + judgement.strength, MOST_JUDGED)
    kinds = dict.fromkeys(candidate.kind for candidate in candidates)
    return {kind: {f"{kind} {name}": amount for name, amount in counts.items()} for kind in kinds}


def weigh_state(
    scope: Scope, candidate: Candidate, states: list[Place], persons: set[int], topics: list[str], things: list[Thing]
) -> None:
    """Evidence of a state's part in the statement: its case, its company, its harms."""
    candidate.most("state")
    candidate.most("first state" if candidate.places[0] == states[0][1:] else "later state")
    candidate.add("named again", min(len(candidate.places) - 1, 3))
    for topic in topics or ["none"]:
        candidate.most(f"state with {topic}")
    harms = [t for t in things if is_harm(t)]
    for first, last in candidate.places:
        if first in persons:
            candidate.most("by person")
        candidate.most(f"state case {_case(scope, first, last)}")
        for harm in harms:
            gap = first - harm.last
            if 0 < gap <= 2 and not scope.preposition_of(first, harm.last):
                candidate.most("harm by state")
                candidate.shown.add(-1)
            elif 0 < gap <= 4:
                candidate.most("harm on state")
            elif scope.clause[harm.first] == scope.clause[first]:
                candidate.most("harm beside state")


def _case(scope: Scope, first: int, last: int) -> str:
    """A state's part in its clause: `object`, `head`, a preposition's (the preposition itself), or `none` of these."""
    if scope.has("object", last + 1, last + 1):
        return "object"
    if preposition := scope.preposition_of(first):
        return preposition
    return "head" if first == 0 or scope.clause[first - 1] != scope.clause[first] else "none"


def weigh_topic(candidate: Candidate, topics: list[str], states: list[Place]) -> None:
    """Evidence of a topic's part in the statement: which it is, how central, in what company."""
    candidate.most(candidate.target)
    plainly = any(sign.confidence >= PLAIN for sign in candidate.signs)
    uncoded = "none, plainly named" if plainly else "none"
    candidate.most(f"rank {topics.index(candidate.name) + 1 if candidate.name in topics else uncoded}")
    if states:
        candidate.most("topic with states")


def weigh_signs(candidate: Candidate) -> None:
    """Evidence of the rules that fire: which, for which side, how strong the word is."""
    for sign in candidate.signs:
        candidate.shown.add(sign.side)
        base, comma, turns = sign.rule.partition(",")
        candidate.most(f"{candidate.kind} rule {base} {sign_of(sign.side)}")
        candidate.most(f"{candidate.kind} strength {sign_of(sign.side)}", sign.confidence)
        if comma:
            candidate.most(f"rule{comma}{turns} {sign_of(sign.side)}")


def weigh_words(
    scope: Scope, candidate: Candidate, taken: list[Taken], judgements: list[Judgement], things: list[Thing]
) -> None:
    """Evidence of stance words, judgements and acts by how near they stand; an act turns the side of what judges it."""
    mine = [t for t in things if t.topic == candidate.name] if candidate.kind == "topic" else []
    for thing in mine:
        candidate.most(f"topic thing {sign_of(thing.sign)}")
        if thing.act.alone:
            candidate.most(f"topic alone {sign_of(thing.sign)}", thing.act.alone)
        if thing.act.blames:
            candidate.shown.add(thing.sign)
            candidate.most(f"topic blames {sign_of(thing.sign)}")
        if thing.turned:
            candidate.most("topic turned")
    for word in taken:
        if word.word.kind == "deed":  # «انجام داد»: the rule of the doer of a harm has it
            continue
        if mine and (denies(scope, word) or any(t.first <= word.last and word.first <= t.last for t in mine)):
            continue
        near = nearness(scope, word.first, word.end, candidate.places)
        taken_side = side_on(word.side, word.first, mine)
        candidate.shown.add(taken_side)
        side = sign_of(taken_side)
        candidate.most(f"{candidate.kind} {near} {side}")
        if near in NEAR:
            candidate.most(f"{candidate.kind} near {word.word.kind} {side}")
    for judgement in judgements:
        if candidate.kind == "topic":
            candidate.most(f"{candidate.target} judged {sign_of(judgement.side)}", judgement.strength)
        near = nearness(scope, judgement.first, judgement.last, candidate.places)
        if near in NEAR:
            judged = side_on(judgement.side, judgement.first, mine)
            candidate.shown.add(judged)
            candidate.add(f"{candidate.kind} judged {near} {sign_of(judged)}", judgement.strength)


def side_on(side: int, word: int, things: list[Thing]) -> int:
    """The side on a topic of a word that judges the nearest thing of it."""
    if not things:
        return side
    nearest = min(things, key=lambda t: abs(t.first - word))
    return nearest.sign if nearest.act.blames else side * nearest.sign


def nearness(scope: Scope, first: int, last: int, places: list[tuple[int, int]]) -> str:
    """How near words are to a target: `beside` it, in its `clause`, in its `part` of the sentence, `far`, or `none`."""
    best = "far" if places else "none"
    for begin, end in places:
        same = scope.part[first] == scope.part[begin]
        if same and max(begin - last, first - end) <= BESIDE:
            return "beside"
        if scope.clause[first] == scope.clause[begin]:
            best = "clause"
        elif same and best == "far":
            best = "part"
    return best
