"""One speaker: in which roles they speak, of what compared with all others, whom they name, whom they pass on.

`own` are the facts of the statements that the filters leave of the speaker (`Filters(speakers=(ID,))`), `base` the same
without the filter of speakers, which holds them all.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from analysis.measure import association
from analysis.measure.facts import NO_DAY, Facts, as_date, chosen, codes, kept

Way = Literal["passes_on", "passed_on"]
"""Whom a speaker passes on, and by whom they are passed on."""
WAYS: tuple[Way, ...] = ("passes_on", "passed_on")


def roles(own: Facts, speaker: str) -> pd.DataFrame:
    """The roles that articles give a speaker, each with the days on which they first and last did.

    Returns:
        columns role, country, n (statements), first, last (ISO days in Tehran, "" where none has a date); in the order
        of the first day, undated ones last.
    """
    rows = own.said
    rows = kept(rows, chosen(rows["speaker"], (speaker,)))
    days = own.days_of(rows["statement"].to_numpy())
    frame = rows[["role", "country"]].astype("str").assign(n=1, first=days, last=days)
    frame["first"] = frame["first"].where(frame["first"] != NO_DAY, np.iinfo("int32").max)
    found = frame.groupby(["role", "country"], as_index=False).agg({"n": "sum", "first": "min", "last": "max"})
    found = found.sort_values(["first", "n", "role"], ascending=[True, False, True], ignore_index=True)
    dated = found["last"].to_numpy() != NO_DAY
    for column in ("first", "last"):
        shown = [_iso(day) if known else "" for day, known in zip(found[column], dated, strict=True)]
        found[column] = pd.Series(shown, dtype="str")
    return found.astype({"n": "int64"})


def topics(own: Facts, base: Facts) -> pd.DataFrame:
    """The topics of a speaker against those of all others in view, most frequent first.

    Returns:
        columns topic, n, of (the speaker's statements), share, others_n, others_of, others_share (the same of all other
        statements in view; the share is missing where there are none), p, q (see `association`: whether the speaker
        speaks of it more than the others by more than chance; adjusted for all topics in view).
    """
    column = own.topics["topic"]
    known = column.cat.categories
    n, every = (np.bincount(codes(facts.topics["topic"]), minlength=len(known)) for facts in (own, base))
    of, others_of = len(own.statements), len(base.statements) - len(own.statements)
    frame = pd.DataFrame({"topic": known.astype("str"), "n": n, "of": of, "share": n / max(of, 1)})
    frame["others_n"], frame["others_of"] = every - n, others_of
    frame["others_share"] = (every - n) / others_of if others_of else np.nan
    frame["p"] = association.chance(n, every, np.full(len(known), of), len(base.statements)) if of else 1.0
    frame = frame[frame["n"] > 0]
    frame["q"] = association.adjusted(frame["p"].to_numpy(), tests=int(np.count_nonzero(every)))
    return frame.sort_values(["n", "topic"], ascending=[False, True], ignore_index=True)


def named(own: Facts, kinds: tuple[str, ...]) -> pd.DataFrame:
    """What the statements name, of some kinds, most frequent first; a statement counts once for each.

    Returns:
        columns entity (`country:IR`), n, of (statements), share.
    """
    parts = []
    for kind in kinds:
        rows = own.entities(kind)
        rows = kept(rows, rows["statement"].to_numpy() >= 0)[["statement", "entity"]].drop_duplicates()
        counts = np.bincount(codes(rows["entity"]), minlength=len(rows["entity"].cat.categories))
        names = rows["entity"].cat.categories.astype("str")
        parts.append(pd.DataFrame({"entity": kind + ":" + names, "n": counts})[counts > 0])
    found = pd.concat(parts, ignore_index=True)
    found["of"] = len(own.statements)
    found["share"] = found["n"] / max(len(own.statements), 1)
    return found.sort_values(["n", "entity"], ascending=[False, True], ignore_index=True)


def naming(own: Facts, entity: str) -> np.ndarray:
    """The statements (positions) that name something."""
    kind, _, value = entity.partition(":")
    rows = own.mentions
    rows = rows[chosen(rows["kind"], (kind,)) & chosen(rows["entity"], (value,))]
    found = np.unique(rows["statement"].to_numpy())
    return found[found >= 0]


def relays(base: Facts, speaker: str) -> pd.DataFrame:
    """Whose words a speaker passes on, and who passes on the speaker's.

    Returns:
        columns way (of `WAYS`), speaker (the other one), n (statements); most first within each way.
    """
    frames = []
    for way in WAYS:
        rows = _relays(base, speaker, way)
        counts = rows.drop_duplicates().astype({"speaker": "str"}).groupby("speaker", as_index=False).size()
        frames.append(counts.rename(columns={"size": "n"}).assign(way=way))
    found = pd.concat(frames, ignore_index=True)[["way", "speaker", "n"]].astype({"way": "str", "n": "int64"})
    order = found["way"].map({way: place for place, way in enumerate(WAYS)})
    return found.iloc[np.lexsort([found["speaker"], -found["n"], order])].reset_index(drop=True)


def relaying(base: Facts, speaker: str, way: Way, other: str) -> np.ndarray:
    """The statements (positions) behind a row of `relays`."""
    rows = _relays(base, speaker, way)
    return np.unique(rows["statement"].to_numpy()[chosen(rows["speaker"], (other,))])


def _relays(base: Facts, speaker: str, way: Way) -> pd.DataFrame:
    """Statements (column statement) and the other one (speaker) of one way; anonymous ones left out."""
    rows = base.attributions
    theirs = chosen(rows["speaker"], (speaker,)) & (rows["relayed"].to_numpy() == (way == "passed_on"))
    statements = rows["statement"].to_numpy()
    inside = np.zeros(len(base.whole.statements), dtype=bool)
    inside[statements[theirs]] = True
    others = inside[statements] & (rows["relayed"].to_numpy() == (way == "passes_on"))
    return kept(rows, others & ~base.anonymous[codes(rows["speaker"])])[["statement", "speaker"]]


def _iso(day: int) -> str:
    found = as_date(int(day))
    return found.isoformat() if found else ""
