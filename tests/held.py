"""Facts of positions that are given one by one, for tests of who agrees with whom."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.measure.facts import Facts
from analysis.schema import STANCES

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
