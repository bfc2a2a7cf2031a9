"""Which sentences a short text should quote: the surest that take a side, of as many speakers and sources as can be.

The rule, from the first word to the last: what a person coded comes before what only the program did; then what takes a
side on what is asked about, then what takes any side; of these a speaker, a source, a side and a month that have been
quoted less often; then the surer one (in whole per cent), then the newer one.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.measure.facts import NO_DAY, Facts, chosen, codes
from analysis.measure.filters import Filters

POOL = 2_000
"""From how many of the surest statements quotations are chosen."""
_FAR = 1 << 20
"""Days beyond which days are not told apart; an undated statement counts as older than all."""


def asked_targets(filters: Filters) -> tuple[str, ...]:
    """The targets of positions that filters ask about."""
    named = [f"org:{value.partition(':')[2]}" for value in filters.named if value.startswith("organisation:")]
    topics = [f"topic:{value}" for value in filters.topics]
    return (*topics, *(f"state:{value}" for value in filters.countries), *named)


def ranked(facts: Facts, targets: tuple[str, ...] = (), most: int = 40) -> np.ndarray:
    """Statements (positions) by the rule above, the first to quote first.

    Statements without a named speaker, headlines, repeated lines, copies and what is only passed on are never chosen,
    whatever the filters count; of joint speakers the first counts.

    Args:
        facts: what is in view.
        targets: what is asked about, as targets of positions.
        most: how many to give.
    """
    rows = _candidates(facts, targets)
    left = np.arange(len(rows))
    columns = {name: rows[name].to_numpy() for name in ("speaker", "source", "stance", "month")}
    used = {name: np.zeros(len(rows), dtype="int64") for name in columns}
    rank, order = rows["rank"].to_numpy(), rows["order"].to_numpy()
    picked: list[int] = []
    while len(left) and len(picked) < most:
        keys = [order[left], *(used[name][left] for name in reversed(columns)), rank[left]]
        best = left[np.lexsort(keys)[0]]
        picked.append(best)
        for name, values in columns.items():
            used[name] += values == values[best]
        left = left[left != best]
    return rows["statement"].to_numpy()[picked]


def _candidates(facts: Facts, targets: tuple[str, ...]) -> pd.DataFrame:
    """The pool: columns statement, speaker, source, stance, month (codes), rank and order (smaller is better)."""
    whole = facts.whole
    said = facts.said
    first = ~pd.Series(said["statement"].to_numpy()).duplicated().to_numpy()
    places = said["statement"].to_numpy()[first]
    article = whole.statements["article"].to_numpy()
    fit = ~whole.statements["again"].to_numpy()[places] & ~whole.articles["copy"].to_numpy()[article[places]]
    places, speakers = places[fit], codes(said["speaker"])[first][fit]
    side, stance, sure, human = _sides(facts, targets)
    rank = np.where(human, 0, 3)[places] + 2 - side[places]
    day = whole.statements["day"].to_numpy()[places].astype("int64")
    percent = np.floor(sure[places].astype("float64") * 100 + 0.5).astype("int64")
    # One number that sorts like (per cent, day, place): the smaller, the better.
    order = ((100 - percent) << 52) + ((_FAR - day.clip(-_FAR, _FAR)) << 28) + places
    if len(places) > POOL:
        kept = np.lexsort([order, rank])[:POOL]
        places, speakers, rank, order, day = (values[kept] for values in (places, speakers, rank, order, day))
    return pd.DataFrame(
        {
            "statement": places,
            "speaker": speakers,
            "source": codes(whole.articles["source"])[article[places]],
            "stance": stance[places],
            "month": np.where(
                day == NO_DAY, NO_DAY, day.astype("datetime64[D]").astype("datetime64[M]").astype("int64")
            ),
            "rank": rank,
            "order": order,
        }
    )


def _sides(facts: Facts, targets: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """By statement: 2 where it takes a side on what is asked, 1 on anything, else 0; the stance; how sure; by a person.

    Of several positions the one on what is asked counts, then the surest. A statement that takes a side is as sure as
    the less sure of the two codes; what a person coded is sure.
    """
    statements = facts.whole.statements
    side, stance = np.zeros(len(statements), dtype="int8"), np.full(len(statements), -1, dtype="int8")
    sure, human = statements["confidence"].to_numpy().copy(), statements["human"].to_numpy().copy()
    rows = facts.positions
    rows = rows[~rows["relayed"].to_numpy()]
    asked = chosen(rows["target"], targets) if targets else np.ones(len(rows), dtype=bool)
    sureness = np.where(rows["human"].to_numpy(), 1, rows["confidence"].to_numpy())
    best = np.lexsort([np.arange(len(rows))[::-1], sureness, asked])  # The best of each statement is written last.
    places = rows["statement"].to_numpy()[best]
    side[places] = np.where(asked, 2, 1)[best]
    stance[places] = codes(rows["stance"])[best]
    sure[places] = np.minimum(sure[places], rows["confidence"].to_numpy()[best])
    human[places] |= rows["human"].to_numpy()[best]
    sure[human] = 1
    return side, stance, sure, human
