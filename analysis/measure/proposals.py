"""Comparisons that what is in view suggests, for somebody who has chosen none."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.measure import naming, sides, spans
from analysis.measure.facts import Facts, codes
from analysis.text.calendar import Calendar

ENOUGH = 5
"""Holders of an office with fewer statements are passed over where two others have more."""


def proposals(facts: Facts, calendar: Calendar, terms: pd.DataFrame) -> pd.DataFrame:
    """The two people who speak most, the last two holders of the office most spoken from, the two states that speak
    most, and the last two years (else half-years, else months) that hold anything.

    Args:
        facts: what is in view.
        calendar: whose periods.
        terms: what is known of offices (columns of `schema.OFFICES`).

    Returns:
        columns by (one of `sides.BYS`), office (`ROLE.STATE` or ""), one, other (ids); what the view does not hold is
        left out.
    """
    found = [
        ("speaker", "", *_speakers(facts)),
        ("office", *_office(facts, terms)),
        ("country", "", *naming.by_country(facts)["country"].head(2)),
        ("period", "", *_spans(facts, calendar)),
    ]
    return pd.DataFrame([row for row in found if len(row) == 4], columns=["by", "office", "one", "other"], dtype="str")


def _speakers(facts: Facts) -> list[str]:
    people = (facts.speakers["kind"] == "person").to_numpy()
    counts = np.where(people, np.bincount(codes(facts.said["speaker"]), minlength=len(people)), 0)
    order = np.lexsort([facts.speakers.index.to_numpy("str"), -counts])[:2]
    return [str(facts.speakers.index[place]) for place in order if counts[place]]


def _office(facts: Facts, terms: pd.DataFrame) -> list[str]:
    known = sides.offices(facts)
    known = known[known["role"].isin(sides.SOLE)]
    for role, country in zip(known["role"], known["country"], strict=True):
        found = sides.holders(facts, role, country, terms)
        many = found[found["n"] >= ENOUGH]
        last = (many if len(many) > 1 else found)["speaker"].tail(2).tolist()
        if len(last) == 2:
            return [f"{role}.{country}", *last]
    return []


def _spans(facts: Facts, calendar: Calendar) -> list[str]:
    for size in ("year", "half", "month"):
        found = spans.held(facts.statements["day"].to_numpy(), size, calendar)
        if len(found) > 1:
            return found[-2:]
    return []
