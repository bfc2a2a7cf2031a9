"""How much of each source is in view, and whether one source carries a change."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.measure.facts import NO_DAY, Facts, as_date, codes

CARRIES = 0.6
"""From this share of a change on, a source is said to carry it."""
MOST_SHARE = 0.9
"""A source that has this share of the statements anyway carries every change, and saying so tells nothing."""
MIN_CHANGE = 30
"""A change of fewer statements is not looked into."""
MIN_Z = 4.0
"""Nor one that is smaller than so many standard deviations of two counts that differ by chance (Poisson)."""


def by_source(facts: Facts) -> pd.DataFrame:
    """What each source has in view, most statements first.

    Returns:
        columns source, n (statements), share (n / statements in view), articles, undated (articles without a date),
        first and last (the days of its dated articles, ISO; "" where it has none).
    """
    source = facts.whole.articles["source"]
    names = source.cat.categories.astype("str").to_numpy()
    n_sources = len(names)
    of_article = codes(facts.articles["source"])
    days = facts.articles["day"].to_numpy()
    dated = days != NO_DAY
    first = np.full(n_sources, np.iinfo("int32").max)
    last = np.full(n_sources, NO_DAY)
    np.minimum.at(first, of_article[dated], days[dated])
    np.maximum.at(last, of_article[dated], days[dated])
    first[last == NO_DAY] = NO_DAY
    articles = np.bincount(of_article, minlength=n_sources)
    statements = np.bincount(_of_statements(facts), minlength=n_sources)
    found = np.flatnonzero(articles)
    found = found[np.lexsort([names[found], -articles[found], -statements[found]])]
    return pd.DataFrame(
        {
            "source": pd.Series(names[found], dtype="str"),
            "n": statements[found].astype("int64"),
            "share": statements[found] / max(len(facts.statements), 1),
            "articles": articles[found].astype("int64"),
            "undated": np.bincount(of_article[~dated], minlength=n_sources)[found].astype("int64"),
            "first": pd.Series([_iso(day) for day in first[found]], dtype="str"),
            "last": pd.Series([_iso(day) for day in last[found]], dtype="str"),
        }
    )


def of_source(facts: Facts, source: str) -> np.ndarray:
    """The statements (positions) of a source."""
    column = facts.whole.articles["source"]
    wanted = np.flatnonzero(column.cat.categories == source)
    return facts.statements.index.to_numpy()[np.isin(_of_statements(facts), wanted)]


@dataclass(frozen=True, slots=True)
class Carrier:
    """One source that most of a change between two periods comes from.

    Attributes:
        source: the source.
        change: how many statements more (or fewer, negative) there are of it.
        of: how many more or fewer there are of all sources.
        share: change / of.
        period, before: the first days of the two periods.
    """

    source: str
    change: int
    of: int
    share: float
    period: dt.date
    before: dt.date


def carrier(facts: Facts, bounds: list[tuple[int, int]]) -> Carrier | None:
    """The source that carries the largest change from one period to the next, if one does.

    A chart over time is easily read as news where only a source was added or ended. Of all steps between neighbouring
    periods the largest is taken; a source carries it where it makes up at least `CARRIES` of it, while the source
    holds less than `MOST_SHARE` of all statements.

    Args:
        facts: what is in view.
        bounds: the first and last day of each period, as numbers of days, in time and without gaps; an incomplete last
            period is best left out.

    Returns:
        None where there are fewer than two periods or sources, the change is too small, or many sources share it.
    """
    source = facts.whole.articles["source"]
    n_sources = len(source.cat.categories)
    if len(bounds) < 2 or n_sources < 2:
        return None
    days = facts.statements["day"].to_numpy()
    edges = np.array([first for first, _ in bounds] + [bounds[-1][1] + 1])
    places = np.searchsorted(edges, days, side="right") - 1
    inside = (places >= 0) & (places < len(bounds))
    of_source = _of_statements(facts)
    pairs = np.bincount(of_source[inside] * len(bounds) + places[inside], minlength=n_sources * len(bounds))
    table = pairs.reshape(n_sources, len(bounds))
    steps, counts = np.diff(table, axis=1), table.sum(axis=0)
    totals = steps.sum(axis=0)
    place = int(np.abs(totals).argmax())
    total = int(totals[place])
    if abs(total) < max(MIN_CHANGE, MIN_Z * np.sqrt(counts[place] + counts[place + 1])):
        return None
    most = int((steps[:, place] * np.sign(total)).argmax())
    change = int(steps[most, place])
    held = float((of_source == most).mean())
    if change / total < CARRIES or held >= MOST_SHARE:
        return None
    before, period = as_date(bounds[place][0]), as_date(bounds[place + 1][0])
    assert before is not None and period is not None
    return Carrier(str(source.cat.categories[most]), change, total, change / total, period, before)


def _of_statements(facts: Facts) -> np.ndarray:
    """The source of each statement in view, as a code."""
    return codes(facts.whole.articles["source"])[facts.statements["article"].to_numpy()].astype("int64")


def _iso(day: int) -> str:
    found = as_date(int(day))
    return found.isoformat() if found else ""
