"""Who or what is compared: speakers, holders of one office, countries that speak, countries that are named, times.

Each side is a set of statements in view, and the positions that count as its own. A statement of several joint speakers
belongs to each of them; anonymous sources belong to nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.measure import spans
from analysis.measure.columns import within
from analysis.measure.facts import NO_DAY, Facts, as_date, chosen, codes, day_number

By = Literal["speaker", "office", "country", "named", "period"]
BYS: tuple[By, ...] = ("speaker", "office", "country", "named", "period")
MOST = 6
"""More than so many cannot be told apart on a chart."""
OFFICES = (
    "foreign_minister",
    "head_of_state",
    "head_of_government",
    "supreme_leader",
    "spokesperson",
    "deputy_minister",
    "minister",
    "ambassador",
    "legislator",
    "military",
)
"""Roles that are offices of a state."""
SOLE = OFFICES[:4]
"""Offices that one person at a time holds; of the others a state has several."""
_KINDS = {"office": "speaker", "period": "span"}


@dataclass(frozen=True, slots=True)
class Side:
    """One of those compared.

    Attributes:
        id: `speaker:ID`, `country:IR` (who speaks for it), `named:IR` (what names it), `span:1403`.
        statements: its statements (positions in the whole table), sorted.
        positions: which rows of `facts.positions` (places) are its own.
    """

    id: str
    statements: np.ndarray
    positions: np.ndarray

    @property
    def key(self) -> str:
        """The id without what kind it is."""
        return self.id.partition(":")[2]


def of(facts: Facts, by: By, ids: Sequence[str], office: tuple[str, str] = ("", "")) -> list[Side]:
    """The sides of a comparison, in the order asked for; ids that are not known have nothing.

    Args:
        facts: what is in view.
        by: what is compared.
        ids: speakers, states (ISO 3166-1 alpha-2) or stretches of time (`spans`).
        office: role and state, for the holders of an office: only what they said in it counts.

    Raises:
        ValueError: where a stretch of time is none.
    """
    make = {"named": _naming, "period": _within}.get(by)
    kind = _KINDS.get(by, by)
    if make:
        return [Side(f"{kind}:{key}", *make(facts, key)) for key in ids]
    rows = facts.attributions
    column = rows["country" if by == "country" else "speaker"]
    # One look at all rows, whatever the number of sides.
    number = _numbers(column, ids)[codes(column)]
    found = np.flatnonzero(number >= 0)
    found = found[~facts.anonymous[codes(rows["speaker"])[found]]]
    if by == "office":
        for name, value in zip(("role", "country"), office, strict=True):
            found = found[codes(rows[name])[found] == rows[name].cat.categories.get_indexer(pd.Index([value]))[0]]
    return [Side(f"{kind}:{key}", *_spoken(facts, found[number[found] == i])) for i, key in enumerate(ids)]


def shared(sides: Sequence[Side]) -> int:
    """How many statements belong to more than one side."""
    every = np.concatenate([side.statements for side in sides])
    return int((np.bincount(every) > 1).sum()) if len(every) else 0


def states(facts: Facts, sides: Sequence[Side]) -> list[str]:
    """The state that each side speaks for: that of most of a speaker's statements; "" for a time."""
    rows = facts.said
    number = _numbers(rows["speaker"], [side.key if side.id.startswith("speaker:") else "" for side in sides])
    at = number[codes(rows["speaker"])]
    spoken = np.flatnonzero(at >= 0)
    width = max(len(rows["country"].cat.categories), 1)
    pairs = at[spoken].astype("int64") * width + codes(rows["country"])[spoken]
    counts = np.bincount(pairs, minlength=len(sides) * width).reshape(len(sides), width)
    found = []
    for side, mine in zip(sides, counts, strict=True):
        own = str(rows["country"].cat.categories[int(mine.argmax())]) if mine.sum() else ""
        found.append(side.key if side.id.startswith(("country:", "named:")) else own)
    return found


def offices(facts: Facts) -> pd.DataFrame:
    """The offices that somebody in view speaks in, most statements first.

    Returns:
        columns role, country, n.
    """
    rows = facts.said
    roles, countries = rows["role"].cat.categories, rows["country"].cat.categories
    known = codes(rows["role"]) >= 0
    pairs = codes(rows["role"]).astype("int64") * len(countries) + codes(rows["country"])
    counts = np.bincount(pairs[known], minlength=len(roles) * len(countries))
    places = np.flatnonzero(counts)
    frame = pd.DataFrame(
        {
            "role": roles.to_numpy()[places // max(len(countries), 1)],
            "country": countries.to_numpy()[places % max(len(countries), 1)],
            "n": counts[places],
        }
    ).astype({"role": "str", "country": "str", "n": "int64"})
    frame = frame[frame["role"].isin(OFFICES) & (frame["country"] != "")]
    return frame.sort_values(["n", "role", "country"], ascending=[False, True, True], ignore_index=True)


def holders(facts: Facts, role: str, country: str, terms: pd.DataFrame) -> pd.DataFrame:
    """The people who speak in an office, in the order of their terms.

    Args:
        facts: what is in view.
        role, country: the office, by what their attributions say at the article's date.
        terms: the terms that are known (columns of `schema.OFFICES`).

    Returns:
        columns speaker, n (statements in the office), from, to (the term, as far as it is known: a year, month or day,
        "" = unknown or not over), first, last (days of their statements, ISO, "" where undated). Whose term is not
        known stands where they first speak, undated ones last.
    """
    rows = facts.said
    keep = chosen(rows["role"], (role,)) & chosen(rows["country"], (country,))
    people = (facts.speakers["kind"] == "person").to_numpy()
    speakers = codes(rows["speaker"])[keep]
    days = facts.days_of(rows["statement"].to_numpy()[keep])
    counts = np.where(people, np.bincount(speakers, minlength=len(people)), 0)
    found = np.flatnonzero(counts)
    frame = pd.DataFrame({"speaker": facts.speakers.index.to_numpy()[found], "n": counts[found]})
    frame = frame.astype({"speaker": "str", "n": "int64"})
    term = _terms(terms[(terms["role"] == role) & (terms["country"] == country)])
    for name in ("from", "to"):
        frame[name] = pd.Series([term.get(value, ("", ""))[name == "to"] for value in frame["speaker"]], dtype="str")
    spoken = [days[(speakers == place) & (days != NO_DAY)] for place in found]
    frame["first"] = pd.Series([_iso(each.min()) if len(each) else "" for each in spoken], dtype="str")
    frame["last"] = pd.Series([_iso(each.max()) if len(each) else "" for each in spoken], dtype="str")
    begins = frame["from"].where(frame["from"] != "", frame["first"]).replace("", "~")
    order = np.lexsort([frame["speaker"].to_numpy("str"), begins.to_numpy("str")])
    return frame.iloc[order].reset_index(drop=True)


def _terms(rows: pd.DataFrame) -> dict[str, tuple[str, str]]:
    """The first begin and the last end of each speaker's terms in one office."""
    found: dict[str, tuple[str, str]] = {}
    for row in rows.sort_values("from", kind="stable").to_dict("records"):
        first = found.get(row["speaker_id"], (row["from"], ""))[0] or row["from"]
        found[row["speaker_id"]] = (first, row["to"])
    return found


def _spoken(facts: Facts, named: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What those of some attributions (places) say, and the positions that they hold."""
    rows = facts.attributions
    of_statement = rows["statement"].to_numpy()[named]
    statements = _distinct(facts, of_statement[~rows["relayed"].to_numpy()[named]])
    held, width = facts.positions, len(facts.speakers)
    # Only positions of statements that they are named in are looked at one by one.
    inside = _mask(facts, of_statement)
    places = np.flatnonzero(inside[held["statement"].to_numpy()])
    mine = held["statement"].to_numpy()[places].astype("int64") * width + codes(held["speaker"])[places]
    theirs = of_statement.astype("int64") * width + codes(rows["speaker"])[named]
    return statements, places[within(mine, np.sort(theirs))]


def _naming(facts: Facts, country: str) -> tuple[np.ndarray, np.ndarray]:
    """What names a state, and the positions that named speakers take towards it."""
    rows = facts.entities("country")
    named = rows["statement"].to_numpy()[chosen(rows["entity"], (country,))]
    held = facts.positions
    keep = chosen(held["target"], (f"state:{country}",)) & ~facts.anonymous[codes(held["speaker"])]
    return _distinct(facts, named[named >= 0]), np.flatnonzero(keep)


def _within(facts: Facts, span: str) -> tuple[np.ndarray, np.ndarray]:
    """What is said in a stretch of time."""
    first, last = (day_number(day) for day in spans.bounds(span))
    days = facts.statements["day"].to_numpy()
    statements = facts.statements.index.to_numpy()[(days >= first) & (days <= last)]
    held = facts.positions
    days = facts.days_of(held["statement"].to_numpy())
    keep = (days >= first) & (days <= last) & ~facts.anonymous[codes(held["speaker"])]
    return statements, np.flatnonzero(keep)


def _numbers(column: pd.Series, values: Sequence[str]) -> np.ndarray:
    """The number of each category among the values, by its code; -1 for others, and for no category."""
    known = column.cat.categories
    found = known.get_indexer(pd.Index(list(values), dtype="str"))
    table = np.full(len(known) + 1, -1, dtype="int8")
    table[found[found >= 0]] = np.flatnonzero(found >= 0)
    return table


def _mask(facts: Facts, statements: np.ndarray) -> np.ndarray:
    found = np.zeros(len(facts.whole.statements), dtype=bool)
    found[statements] = True
    return found


def _distinct(facts: Facts, statements: np.ndarray) -> np.ndarray:
    return np.flatnonzero(_mask(facts, statements))


def _iso(day: int) -> str:
    found = as_date(int(day))
    return found.isoformat() if found else ""
