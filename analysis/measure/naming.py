"""Who speaks of a country, a region or an organisation, and about what: one in depth, or two together."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.measure import association
from analysis.measure.facts import Facts, chosen, codes, kept


def part(facts: Facts, statements: np.ndarray) -> Facts:
    """The facts of some statements (positions) of those in view, and of their articles."""
    whole = facts.whole
    inside = np.zeros(len(whole.statements) + 1, dtype=bool)  # The last place is that of -1, outside of statements.
    inside[statements] = True
    articles = np.zeros(len(whole.articles), dtype=bool)
    articles[whole.statements["article"].to_numpy()[statements]] = True

    def of(name: str) -> pd.DataFrame:
        rows: pd.DataFrame = getattr(facts, name)
        return kept(rows, inside[rows["statement"].to_numpy()])

    return Facts(
        {
            "articles": lambda: kept(facts.articles, articles[facts.articles.index.to_numpy()]),
            "statements": lambda: kept(facts.statements, inside[facts.statements.index.to_numpy()]),
            "attributions": lambda: of("attributions"),
            "mentions": lambda: of("mentions"),
            "topics": lambda: of("topics"),
            "positions": lambda: of("positions"),
            "speakers": facts.speakers,
        },
        whole,
    )


def by_country(facts: Facts) -> pd.DataFrame:
    """Statements by the state that their speakers speak for, most first; anonymous and stateless speakers left out.

    A joint statement counts for each of its states once.

    Returns:
        columns country, n, of (statements in view), share (n / of).
    """
    rows = facts.said[["statement", "country"]].drop_duplicates()
    known = rows["country"].cat.categories
    frame = pd.DataFrame(
        {"country": known.astype("str"), "n": np.bincount(codes(rows["country"]), minlength=len(known))}
    )
    frame = frame[(frame["n"] > 0) & (frame["country"] != "")]
    frame["of"] = len(facts.statements)
    frame["share"] = frame["n"] / max(len(facts.statements), 1)
    return frame.sort_values(["n", "country"], ascending=[False, True], ignore_index=True)


def officials(facts: Facts, country: str) -> pd.DataFrame:
    """Statements by each speaker who speaks for a state, most first, whatever they are about.

    Returns:
        columns speaker, n, of (statements of all its speakers), share (n / of).
    """
    rows = facts.said
    rows = rows[chosen(rows["country"], (country,))]
    counts = np.bincount(codes(rows["speaker"]), minlength=len(facts.speakers))
    found = np.flatnonzero(counts)
    frame = pd.DataFrame({"speaker": facts.speakers.index.to_numpy()[found], "n": counts[found]})
    frame["of"] = len(rows["statement"].unique())
    frame["share"] = frame["n"] / frame["of"]
    frame = frame.astype({"speaker": "str", "n": "int64", "of": "int64", "share": "float64"})
    return frame.sort_values(["n", "speaker"], ascending=[False, True], ignore_index=True)


def spoken_by(facts: Facts, country: str) -> np.ndarray:
    """The statements (positions) of those who speak for a state."""
    rows = facts.said
    return np.unique(rows["statement"].to_numpy()[chosen(rows["country"], (country,))])


def particular(facts: Facts, base: Facts) -> pd.DataFrame:
    """The topics of some statements against those of a base that holds them, most frequent first.

    Args:
        facts: the statements that are looked at, a part of the base.
        base: what they are compared with.

    Returns:
        columns topic, n, of (statements), share, base_n, base_of, base_share (the same in the base), p, q (see
        `association`: whether the topic is more frequent than in the rest of the base by more than chance).
    """
    topics = facts.topics["topic"]
    known = topics.cat.categories
    n = np.bincount(codes(topics), minlength=len(known))
    base_n = np.bincount(codes(base.topics["topic"]), minlength=len(known))
    of, base_of = len(facts.statements), len(base.statements)
    frame = pd.DataFrame({"topic": known.astype("str"), "n": n, "of": of, "share": n / max(of, 1)})
    frame["base_n"], frame["base_of"], frame["base_share"] = base_n, base_of, base_n / max(base_of, 1)
    frame["p"] = association.chance(n, base_n, np.full(len(known), of), base_of) if base_of else 1.0
    seen = frame["base_n"] > 0
    frame = frame[seen & (frame["n"] > 0)]
    frame["q"] = association.adjusted(frame["p"].to_numpy(), int(seen.sum()))
    return frame.sort_values(["n", "topic"], ascending=[False, True], ignore_index=True)
