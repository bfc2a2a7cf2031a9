"""Positions for tests of who agrees with whom: given one by one, and the invented tables with many in common."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.measure.facts import Facts
from analysis.schema import STANCES, Tables
from tests.pages.sample import build

Position = tuple[str, str, str, int]
"""Who holds it, on what, the stance, and the number of the article."""


def facts_of(positions: Sequence[Position], days: Sequence[int] = ()) -> Facts:
    """A statement of its own for each position; `days` are those of the articles, 0, 1, 2 … where not given.

    A speaker whose id begins with `anonymous:` is anonymous; the two letters behind `@` are the state that one speaks
    for.
    """
    size = len(positions)
    article = np.array([one[3] for one in positions], dtype="int32")
    of_article = np.array(days or range(int(article.max(initial=0)) + 1), dtype="int32")
    people = sorted({one[0] for one in positions})
    speaker = pd.Categorical([one[0] for one in positions], categories=people)
    targets = sorted({one[1] for one in positions})
    kinds = ["anonymous" if one.startswith("anonymous:") else "person" for one in people]
    place = np.arange(size, dtype="int32")
    states = [one[0].partition("@")[2] for one in positions]
    frames = {
        "articles": pd.DataFrame({"day": of_article}),
        "statements": pd.DataFrame({"article": article, "day": of_article[article]}),
        "attributions": pd.DataFrame(
            {
                "statement": place,
                "speaker": speaker,
                "relayed": np.zeros(size, dtype=bool),
                "country": pd.Categorical(states, categories=sorted(set(states))),
            }
        ),
        "positions": pd.DataFrame(
            {
                "statement": place,
                "speaker": speaker,
                "target": pd.Categorical([one[1] for one in positions], categories=targets),
                "stance": pd.Categorical([one[2] for one in positions], categories=list(STANCES)),
            }
        ),
        "speakers": pd.DataFrame({"kind": kinds}, index=pd.Index(people, name="speaker_id")),
    }
    return Facts(frames)


TARGETS = ("topic:sanctions", "topic:negotiation", "topic:use_of_force", "state:US")
SAID = ("for", "against", "for", "mixed", "against")


def varied() -> Tables:
    """The invented tables with positions on fewer concepts, of all stances, so that most pairs have some in common."""
    tables = build()
    number = tables.positions.index.to_series()
    target = pd.Series([TARGETS[n * 7 // 3 % len(TARGETS)] for n in number], dtype="str")
    stance = pd.Series([SAID[n * 5 // 4 % len(SAID)] for n in number], dtype="str")
    return replace(tables, positions=tables.positions.assign(target=target, stance=stance))
