"""What is compared, as the address says it, what is wrong with it, and the counts that answer it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.lexicon import labels as lexicon
from analysis.measure import comparison, sides, spans, standing, tone
from analysis.measure.filters import SEPARATOR
from analysis.measure.odds import Clustered
from analysis.measure.sides import BYS, MOST, By, Side
from pages.ui import state
from pages.ui.palette import SYMBOL_TEXT
from pages.ui.view import View

PICKS = ("pick", "target", "tone", "outlet", "when")
"""The parameters that say which sentences are opened, one at a time."""
PAGES = ("p_l", "p_r")
BEGIN = dict.fromkeys((*PICKS, *PAGES, "left", "right"), "")
"""Another comparison begins without these."""


@dataclass(frozen=True)
class Question:
    """What is compared.

    Attributes:
        view: what is in view.
        by, office, ids: what the address asks for; the office as role and state.
        problems: what of it cannot be, in words.
        sides: what remains, at most `MOST`, each with statements in view.
        terms: the holders of the office, where one is chosen (`sides.holders`).
    """

    view: View
    by: By
    office: tuple[str, str]
    ids: tuple[str, ...]
    problems: tuple[str, ...]
    sides: list[Side]
    terms: pd.DataFrame | None

    @cached_property
    def names(self) -> dict[str, str]:
        """What each side is called, by id."""
        return {side.id: self.view.names.side(side.id) for side in self.sides}

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each side stands."""
        return {side.id: place for place, side in enumerate(self.sides)}

    def sign(self, side: str) -> str:
        """The mark of a side on charts."""
        return SYMBOL_TEXT[self.places[side]]

    @cached_property
    def topics(self) -> tuple[list[Clustered], np.ndarray]:
        """The sides by topic."""
        return comparison.clustered(self.view.facts, self.sides, "topic")

    @cached_property
    def held(self) -> pd.DataFrame:
        """The positions of the sides."""
        return standing.held(self.view.facts, self.sides)

    @cached_property
    def stances(self) -> pd.DataFrame:
        """The same, counted."""
        return standing.stances(self.sides, self.held)

    @property
    def targets(self) -> list[str]:
        """What anybody takes a position on, most first."""
        return list(self.stances["target"].drop_duplicates())

    @cached_property
    def voices(self) -> list[Side]:
        """Who speaks of whom: states that are named speak through their officials; times do not speak."""
        if self.by == "period":
            return []
        return sides.of(self.view.facts, "country", [s.key for s in self.sides]) if self.by == "named" else self.sides

    @cached_property
    def tone(self) -> pd.DataFrame:
        """How they speak of each other."""
        return tone.towards(self.view.facts, self.voices)

    @cached_property
    def states(self) -> list[str]:
        """For which state each of them speaks."""
        return sides.states(self.view.facts, self.voices)

    @property
    def shown(self) -> tuple[str, str]:
        """The two sides whose sentences stand next to each other."""
        known = list(self.places)
        left = state.param("left") if state.param("left") in known else ""
        right = state.param("right") if state.param("right") in known else ""
        if not left or left == right:
            left = next(one for one in known if one != right)
        return left, right or next(one for one in known if one != left)


def read(view: View) -> Question:
    """What the address asks for."""
    by: By = state.param("by") if state.param("by") in BYS else "speaker"  # type: ignore[assignment]
    role, _, country = state.param("office").partition(".") if by == "office" else ("", "", "")
    terms = sides.holders(view.facts, role, country, view.content.offices()) if by == "office" else None
    ids, problems = _ids(view, by, terms)
    found = sides.of(view.facts, by, ids, (role, country))
    for side in found:
        if not len(side.statements):
            problems.append(_nothing(view, by, side))
    found = [side for side in found if len(side.statements)]
    if terms is not None and role and terms.empty:
        problems.append(view.labels("compared.no_holders", office=view.names.role(role, country)))
    elif len(found) == 1:
        problems.append(view.labels("compared.one_only", name=view.names.side(found[0].id)))
    if by == "period":
        problems += _overlapping(view, found)
    return Question(view, by, (role, country), tuple(ids), tuple(problems), found, terms)


def asked() -> tuple[str, ...]:
    """The ids in the address, as they stand there."""
    return tuple(value for value in state.param("ids").split(SEPARATOR) if value)


def take(**picked: str) -> None:
    """Open the sentences of something, and of nothing else."""
    state.set_params(**(dict.fromkeys((*PICKS, *PAGES), "") | picked))


def opened(question: Question, side: str, **picked: str) -> None:
    """The same, and show a side's next to the other's that is shown."""
    left, right = question.shown
    take(**(picked if side in (left, right) else picked | {"left": side, "right": right}))


def _ids(view: View, by: By, terms: pd.DataFrame | None) -> tuple[list[str], list[str]]:
    """The ids that can be compared, and what is wrong with the others."""
    labels, given = view.labels, asked()
    problems: list[str] = []
    if terms is not None and not given:
        given = tuple(terms["speaker"].tail(MOST))
        if len(terms) > MOST:
            problems.append(labels("compared.last_holders", n=len(terms), most=MOST))
    once = list(dict.fromkeys(given))
    if len(once) < len(given):
        twice = dict.fromkeys(value for value in given if given.count(value) > 1)
        problems.append(labels("compared.twice", names=labels.listed([_name(view, by, value) for value in twice])))
    known = [value for value in once if _is_known(view, by, value)]
    if len(known) < len(once):
        unknown = [value for value in once if value not in known]
        problems.append(labels("compared.unknown", names=labels.listed(unknown)))
    if len(known) > MOST:
        problems.append(labels("compared.too_many", most=MOST, n=len(known)))
    return known[:MOST], problems


def _is_known(view: View, by: By, value: str) -> bool:
    if by == "period":
        return spans.is_span(value)
    if by in ("country", "named"):
        return value in lexicon.ids_of("country")
    speakers = view.all.speakers
    return value in speakers.index and speakers.loc[value, "kind"] != "anonymous"


def _name(view: View, by: By, value: str) -> str:
    kind = {"office": "speaker", "period": "span"}.get(by, by)
    return view.names.side(f"{kind}:{value}") if _is_known(view, by, value) else value


def _nothing(view: View, by: By, side: Side) -> str:
    return view.labels(f"compared.nothing_{by}", name=view.names.side(side.id))


def _overlapping(view: View, found: list[Side]) -> list[str]:
    pairs = [(a, b) for i, a in enumerate(found) for b in found[i + 1 :] if spans.overlap(a.key, b.key)]
    names = view.names
    return [view.labels("compared.overlap", a=names.side(a.id), b=names.side(b.id)) for a, b in pairs]
