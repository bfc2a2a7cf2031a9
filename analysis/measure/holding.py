"""Who holds which positions: the nodes and the rows of a network of agreement (`measure.agreement`)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.measure.agreement import STATE, Asked, Held, Nodes
from analysis.measure.columns import crossed
from analysis.measure.facts import Facts, codes
from analysis.schema import STANCES


def held(facts: Facts, asked: Asked) -> Held:
    """The positions in view, by who holds them; anonymous sources are left out.

    Narrow the facts first: by default that leaves relayed positions out.
    """
    rows = facts.positions
    owners, names = _owners(facts, asked.nodes)
    keep = owners >= 0
    if asked.about != "all":
        topics = rows["target"].cat.categories.str.startswith("topic:")
        keep &= np.append(topics == (asked.about == "topic"), False)[codes(rows["target"])]
    n = np.bincount(owners[keep], minlength=len(names))
    enough = np.flatnonzero(n >= max(asked.active, 1))
    chosen = enough[np.lexsort((names[enough].astype(str), -n[enough]))][: asked.most]
    place = np.full(len(names) + 1, -1, dtype="int64")
    place[chosen] = np.arange(len(chosen))
    at = np.flatnonzero(keep & (place[owners] >= 0))
    used, target = np.unique(codes(rows["target"])[at], return_inverse=True)
    stance, statement = codes(rows["stance"])[at], rows["statement"].to_numpy()[at]
    frame = pd.DataFrame(
        {
            "node": place[owners[at]],
            "target": target,
            "in_favour": stance != STANCES.index("against"),
            "opposed": stance != STANCES.index("for"),
            "statement": statement,
            "article": facts.whole.statements["article"].to_numpy()[statement],
        }
    )
    nodes = pd.DataFrame({"node": names[chosen], "n": n[chosen].astype("int64")}).astype({"node": "str"})
    sides = crossed(frame["node"].to_numpy(), target, (len(chosen), max(len(used), 1)))
    nodes["concepts"] = np.diff(sides.indptr).astype("int64")
    targets = rows["target"].cat.categories.to_numpy()[used]
    return Held(asked, nodes, len(enough), int((n > 0).sum()), frame, targets)


def _owners(facts: Facts, nodes: Nodes) -> tuple[np.ndarray, np.ndarray]:
    """Who holds each position, as a place in the names, which are given too; -1 for nobody who stands in a network."""
    rows = facts.positions
    speakers = codes(rows["speaker"])
    if nodes == "speaker":
        return np.where(facts.anonymous[speakers], -1, speakers), rows["speaker"].cat.categories.to_numpy()
    said = facts.attributions
    size = len(rows["speaker"].cat.categories)
    wanted = np.zeros(len(facts.whole.statements), dtype=bool)
    wanted[rows["statement"].to_numpy()] = True
    at = np.flatnonzero(wanted[said["statement"].to_numpy()])
    known = said["statement"].to_numpy()[at].astype("int64") * size + codes(said["speaker"])[at]
    known, first = np.unique(known, return_index=True)
    holders = rows["statement"].to_numpy().astype("int64") * size + speakers
    place = np.minimum(np.searchsorted(known, holders), max(len(known) - 1, 0))
    names = said["country"].cat.categories.to_numpy().astype(str)
    found = np.full(len(rows), -1, dtype="int64")
    if len(known):
        states = codes(said["country"])[at][first]
        found = np.where(known[place] == holders, states[place], -1)
    nameless = np.append(names == "", True)[found]
    return np.where(nameless | facts.anonymous[speakers], -1, found), np.char.add(STATE, names)
