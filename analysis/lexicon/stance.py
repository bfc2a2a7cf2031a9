"""Words of stance: what takes a side, what a side is taken on, and what turns it round."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.lexicon.conjugate import every_form, present_stems
from analysis.lexicon.matcher import Entry
from analysis.lexicon.tables import Row, check_allowed, check_unique, read_rows
from analysis.text.fold import fold_key

WORD_COLUMNS = (
    "phrase",
    "light",
    "stance",
    "negated",
    "reach",
    "prepositions",
    "targets",
    "strength",
    "kind",
    "note",
)
ACT_COLUMNS = ("phrase", "topics", "sign", "blames", "alone", "note")
TURN_COLUMNS = ("phrase", "turn", "note")
VERB_COLUMNS = ("past", "forms", "negated", "copula")
POLARITY_COLUMNS = ("phrase", "side", "strength", "note")
REACHES = ("near", "before", "right", "both", "any", "genitive", "subject")
TURNS = (
    "reverse",
    "reverse from",
    "condition",
    "contrary",
    "contrast",
    "question",
    "claim",
    "third",
    "preposition",
    "agent",
    "opposed",
    "asked",
    "within",
    "object",
    "and",
    "link",
    "that",
    "copula",
    "denial",
    "named",
    "halt",
    "purpose",
    "field",
    "any",
    "except",
    "adverb",
)
SIDES = {"for": 1, "against": -1, "": 0}
ALONE = "-"
"""Stands among the verbs of a word that may also stand without one."""
OTHER_WAY = "~"
"""Stands after a topic for which an act counts the other way round."""
_SHORT = 4
"""Words up to this length take no glued ending: «تن» would be found in «تنش»."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase that takes a side (`محکوم` + `کرد`).

    Attributes:
        lights: past stems of the verbs that complete it; `ALONE` among them: it may stand without one.
        copular: whether one of them is the copula, which may be written on to it and may stand far from it.
        side: 1 for, -1 against; `negated_side` is the same under a negated verb, 0 where nothing follows from that.
        reach: where its object stands.
        prepositions: those that mark its object, folded; none: a bare object.
        topics, states: what its object may be.
        strength: how surely it makes a position, 0-1.
        kind: the name of the rule.
    """

    phrase: str
    lights: frozenset[str]
    copular: bool
    side: int
    negated_side: int
    reach: str
    prepositions: frozenset[str]
    topics: bool
    states: bool
    strength: float
    kind: str


@dataclass(frozen=True, slots=True)
class Act:
    """A thing to take a side on (`تحریم`), or one that has its side already (`لغو تحریم`).

    Attributes:
        signs: topic to 1 where wanting the thing is `for` the topic, -1 where it is `against`.
        blames: whether the word itself condemns («جنایت جنگی»), so that nothing turns it round.
        alone: how surely naming it takes its side, 0 where that needs a stance word.
    """

    phrase: str
    signs: dict[str, int]
    blames: bool
    alone: float


@dataclass(frozen=True, slots=True)
class Stance:
    """Stance words, acts, turning words, the verbs that complete them, and words of praise and blame.

    `written_on` are the copulas that are written on to a word, `denials` the words that turn a noun round, folded.
    """

    words: list[Word]
    acts: list[Act]
    turns: list[Row]
    verbs: list[Row]
    polarity: list[Row]
    written_on: frozenset[str]
    denials: frozenset[str]

    def entries(self) -> Iterator[Entry]:
        """The matcher's entries; the id of a word and of an act is its place in the list."""
        for i, word in enumerate(self.words):
            yield Entry("stance", str(i), word.phrase, "noun" if len(fold_key(word.phrase)) > _SHORT else "word")
        for i, act in enumerate(self.acts):
            yield Entry("stance_act", str(i), act.phrase, "noun")
        for row in self.turns:
            if row["turn"] != "copula":
                yield Entry("stance_turn", row["turn"], row["phrase"])
        for row in self.verbs:
            yield from _verb_entries(row)
        for row in self.polarity:  # the id is a number: «دروغ» -3
            yield Entry("polarity", row["side"] + row["strength"], row["phrase"], "noun")


def _verb_entries(row: Row) -> Iterator[Entry]:
    past = row["past"]
    listed = dict.fromkeys(row.many("negated"), "negative") | dict.fromkeys(row.many("forms"), "positive")
    for form in every_form(past):
        if len(form.split()) <= 3:
            listed.setdefault(form, "negative" if is_negated(form, past) else "positive")
    for form, sense in listed.items():
        yield Entry("stance_verb", past, form, "word", (sense, _mood(form, past)))


def _mood(form: str, past: str) -> str:
    if form.endswith(past + "ن"):
        return "infinitive"
    return "participle" if form.endswith(past + "ه") else "finite"


def is_negated(form: str, past: str) -> bool:
    """Whether a form of a verb is a negated one («نکرده است»، «نخواهد شد»، «داده نمی‌شود»)."""
    # The last four are the auxiliaries of compound forms: «نشد»، «نشود»، «نباشد»، «نخواهد», and «نمی».
    stems = {past, *present_stems(past), "شد", "شو", "باش", "بود", "خواه", "می"}
    return any(word.startswith("ن" + stem) for word in form.split() for stem in stems)


def load(folder: Path) -> Stance:
    """Read stance.csv, stance_acts.csv, stance_turns.csv, stance_verbs.csv and polarity.csv.

    Raises:
        DataError: naming file, line and remedy.
    """
    words = read_rows(folder / "stance.csv", WORD_COLUMNS, ("phrase", "reach", "targets", "strength", "kind"))
    acts = read_rows(folder / "stance_acts.csv", ACT_COLUMNS, ("phrase", "topics", "sign"))
    turns = read_rows(folder / "stance_turns.csv", TURN_COLUMNS, ("phrase", "turn"))
    verbs = read_rows(folder / "stance_verbs.csv", VERB_COLUMNS, ("past",))
    polarity = read_rows(folder / "polarity.csv", POLARITY_COLUMNS, ("phrase", "side", "strength"))
    check_allowed(words, "stance", ("for", "against"), empty=True)
    check_allowed(words, "negated", ("for", "against"), empty=True)
    check_allowed(words, "reach", REACHES)
    check_allowed(words, "targets", ("topic", "state", "both"))
    check_allowed(acts, "sign", ("+", "-"))
    check_allowed(acts, "blames", ("yes",), empty=True)
    check_allowed(turns, "turn", TURNS)
    check_allowed(verbs, "copula", ("yes",), empty=True)
    check_allowed(polarity, "side", ("+", "-"))
    check_allowed(polarity, "strength", ("1", "2", "3"))
    check_unique(words, "phrase", "light", "targets")
    check_unique(polarity, "phrase")
    check_unique(acts, "phrase")
    check_unique(turns, "phrase", "turn")
    check_unique(verbs, "past")
    known = {row["past"]: row["copula"] == "yes" for row in verbs}
    written_on, denials = (
        frozenset(fold_key(row["phrase"]) for row in turns if row["turn"] == turn) for turn in ("copula", "denial")
    )
    return Stance(
        [_word(row, known) for row in words], [_act(row) for row in acts], turns, verbs, polarity, written_on, denials
    )


def _word(row: Row, verbs: dict[str, bool]) -> Word:
    lights = frozenset(row.many("light") or [ALONE])
    if unknown := lights - verbs.keys() - {ALONE}:
        raise row.error(f"the verb {', '.join(sorted(unknown))} is unknown", "Add it to stance_verbs.csv")
    return Word(
        row["phrase"],
        lights,
        any(verbs.get(light, False) for light in lights),
        SIDES[row["stance"]],
        SIDES[row["negated"]],
        row["reach"],
        frozenset(" ".join(map(fold_key, phrase.split())) for phrase in row.many("prepositions")),
        row["targets"] != "state",
        row["targets"] != "topic",
        _share(row, "strength"),
        row["kind"],
    )


def _act(row: Row) -> Act:
    sign = 1 if row["sign"] == "+" else -1
    signs = {t.rstrip(OTHER_WAY): -sign if t.endswith(OTHER_WAY) else sign for t in row.many("topics")}
    return Act(row["phrase"], signs, row["blames"] == "yes", _share(row, "alone") if row["alone"] else 0.0)


def _share(row: Row, column: str) -> float:
    try:
        value = float(row[column])
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise row.error(f"`{column}` is {row[column]!r}", "Write a number from 0 to 1")
    return value
