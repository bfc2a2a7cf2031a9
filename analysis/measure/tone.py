"""How those compared speak of each other: whom they name, and where they stand towards the other's state."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.measure import positions
from analysis.measure.facts import Facts, codes
from analysis.measure.sides import Side, states
from analysis.schema import STANCES


def towards(facts: Facts, sides: Sequence[Side]) -> pd.DataFrame:
    """What each side says of each other one.

    Persons are no targets of positions: what is counted is the stance towards the state that the other one speaks for,
    and how often the other one (a person, or the state itself) is named. Those who speak for the same state take no
    stance towards each other that way.

    Args:
        facts: what is in view.
        sides: speakers, holders of an office, or the officials of states (`sides.of(facts, "country", …)`).

    Returns:
        columns side (who speaks), other (of whom), named (statements), for, mixed, against, n (positions), score, label
        (`positions.LABELS`); a row for each ordered pair, in the order of the sides.
    """
    own, naming = states(facts, sides), [_naming(facts, side) for side in sides]
    stances = facts.positions["stance"]
    rows: list[dict[str, object]] = []
    for i, side in enumerate(sides):
        mine = np.zeros(len(facts.whole.statements), dtype=bool)
        mine[side.statements] = True
        for j, other in enumerate(sides):
            if i == j:
                continue
            held = codes(stances)[_towards(facts, side, own[j] if own[j] != own[i] else "")]
            counts = {name: int((held == stances.cat.categories.get_loc(name)).sum()) for name in STANCES}
            named = int(mine[naming[j]].sum())
            rows.append({"side": side.id, "spoken_of": other.id, "named": named} | counts)
    frame = pd.DataFrame(rows, columns=["side", "spoken_of", "named", *STANCES])
    frame["n"] = frame[list(STANCES)].sum(axis=1)
    frame["score"] = positions.score(frame.assign(n=frame["n"].where(frame["n"] > 0)))
    frame["label"] = positions.labels(frame["score"], frame["n"])
    return frame[["side", "spoken_of", "named", "for", "mixed", "against", "n", "score", "label"]]


def evidence(facts: Facts, sides: Sequence[Side], side: str, other: str) -> np.ndarray:
    """The statements (positions) in which one side names the other or takes a stance towards its state."""
    of = {each.id: (each, state) for each, state in zip(sides, states(facts, sides), strict=True)}
    if side not in of or other not in of or side == other:
        return np.empty(0, dtype="int64")
    (one, mine), (two, theirs) = of[side], of[other]
    named = np.intersect1d(one.statements, _naming(facts, two), assume_unique=True)
    held = facts.positions["statement"].to_numpy()[_towards(facts, one, theirs if theirs != mine else "")]
    return np.union1d(named, held)


def _naming(facts: Facts, side: Side) -> np.ndarray:
    """The statements that name a side, each once."""
    rows = facts.entities("person" if side.id.startswith("speaker:") else "country")
    wanted = rows["entity"].cat.categories.get_indexer(pd.Index([side.key]))[0]
    if wanted < 0:
        return np.empty(0, dtype="int64")
    found = rows["statement"].to_numpy()[codes(rows["entity"]) == wanted]
    return np.unique(found[found >= 0])


def _towards(facts: Facts, side: Side, state: str) -> np.ndarray:
    """Which of a side's positions (places) are towards a state."""
    if not state:
        return np.empty(0, dtype="int64")
    target = facts.positions["target"]
    wanted = target.cat.categories.get_indexer(pd.Index([f"state:{state}"]))[0]
    return side.positions[codes(target)[side.positions] == wanted] if wanted >= 0 else side.positions[:0]
