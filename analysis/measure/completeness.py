"""What is coded of what is in view, and what is not: by source and over time, and who the speakers are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.measure.facts import NO_DAY, Facts, codes, kept
from analysis.measure.periods import Axis

CODES = ("speaker", "topic", "country", "position")
"""What a statement may be coded with. A speaker counts where somebody is named, not only «یک منبع آگاه»."""
WHO = ("known", "person", "office", "body", "anonymous", "nobody")
"""Who speaks: a person whom people.csv knows, one whom it does not, an office without a known holder, a body (a state,
an organisation), an anonymous source, nobody at all."""
_GROUP_COLUMNS = ("n", *(f"{code}_share" for code in CODES))
RESAMPLES = 1000
SEED = 20


@dataclass(frozen=True)
class Coded:
    """Which statements in view have which codes."""

    facts: Facts

    @cached_property
    def has(self) -> dict[str, np.ndarray]:
        """By code, whether each statement in view has it."""
        countries = self.facts.entities("country")["statement"].to_numpy()
        rows = {
            "speaker": self.facts.said["statement"].to_numpy(),
            "topic": self.facts.topics["statement"].to_numpy(),
            "country": countries[countries >= 0],
            "position": self.facts.positions["statement"].to_numpy(),
        }
        index = self.facts.statements.index.to_numpy()
        return {code: _mark(self.facts, statements)[index] for code, statements in rows.items()}

    def shares(self) -> pd.DataFrame:
        """How many statements have a speaker, a topic, a country, a position.

        Returns:
            columns code (of `CODES`), n, of (statements in view), share; in their order.
        """
        of = len(self.facts.statements)
        n = [int(self.has[code].sum()) for code in CODES]
        return pd.DataFrame({"code": list(CODES), "n": n, "of": of, "share": [count / max(of, 1) for count in n]})

    def without(self, code: str) -> np.ndarray:
        """The statements (positions) in view that lack one of `CODES`."""
        return self.facts.statements.index.to_numpy()[~self.has[code]]

    def by_source(self) -> pd.DataFrame:
        """The same by source, as shares of its statements; most statements first.

        Returns:
            columns source, n (statements), speaker_share, topic_share, country_share, position_share.
        """
        source = self.facts.whole.articles["source"]
        names = source.cat.categories.astype("str").to_numpy()
        of = codes(source)[self.facts.statements["article"].to_numpy()]
        found = self._grouped(of, len(names)).assign(source=pd.Series(names, dtype="str"))
        found = found[found["n"] > 0].sort_values(["n", "source"], ascending=[False, True], ignore_index=True)
        return found[["source", *_GROUP_COLUMNS]]

    def over_time(self, axis: Axis) -> pd.DataFrame:
        """The same by period of the articles' days; shares are NaN where a period has no statement.

        Returns:
            columns period, n, speaker_share, topic_share, country_share, position_share; a row for each period of the
            axis.
        """
        of = axis.codes(self.facts.statements["day"].to_numpy())
        found = self._grouped(of, len(axis)).assign(period=pd.Series(axis.keys, dtype="str"))
        return found[["period", *_GROUP_COLUMNS]]

    def _grouped(self, of: np.ndarray, groups: int) -> pd.DataFrame:
        """Statements and shares of codes by group, given as a number of each statement (-1 for none)."""
        places = of.astype("int64") + 1  # The group of those that are in none comes first, and goes.
        n = np.bincount(places, minlength=groups + 1)[1:]
        columns: dict[str, np.ndarray] = {"n": n.astype("int64")}
        for code in CODES:
            mine = np.bincount(places[self.has[code]], minlength=groups + 1)[1:]
            columns[f"{code}_share"] = np.divide(mine, n, out=np.full(groups, np.nan), where=n > 0)
        return pd.DataFrame(columns)


def _mark(facts: Facts, statements: np.ndarray) -> np.ndarray:
    marked = np.zeros(len(facts.whole.statements), dtype=bool)
    marked[statements] = True
    return marked


def silent(facts: Facts) -> np.ndarray:
    """The articles (positions) in view in which no statement was found at all, whatever the filters."""
    speaks = np.zeros(len(facts.whole.articles), dtype=bool)
    speaks[facts.whole.statements["article"].to_numpy()] = True
    index = facts.articles.index.to_numpy()
    return index[~speaks[index]]


def undated(facts: Facts) -> int:
    """How many articles in view have no day."""
    return int((facts.articles["day"].to_numpy() == NO_DAY).sum())


def sentences(counts: pd.DataFrame, articles: int) -> dict[str, float]:
    """The share of sentences in which a statement was found.

    Args:
        counts: columns sentences and found, a row for each article that was cut into sentences.
        articles: how many there are; where only some were drawn and cut, the share has an interval.

    Returns:
        articles (that were cut), of (all), sentences, found, share = found / sentences, and low and high: its 95 %
        interval from redrawn articles, NaN where all were cut.
    """
    total, found = int(counts["sentences"].sum()), int(counts["found"].sum())
    values: dict[str, float] = {"articles": len(counts), "of": articles, "sentences": total, "found": found}
    values |= {"share": found / total if total else np.nan, "low": np.nan, "high": np.nan}
    n = len(counts)
    if n >= articles or not total:
        return values
    times = np.random.default_rng(SEED).multinomial(n, np.full(n, 1 / n), size=RESAMPLES)
    drawn = (times @ counts["found"].to_numpy()) / np.maximum(times @ counts["sentences"].to_numpy(), 1)
    low, high = np.percentile(drawn, (2.5, 97.5))
    return values | {"low": float(low), "high": float(high)}


@dataclass(frozen=True)
class Speaking:
    """Who speaks in view.

    Attributes:
        facts: what is in view.
        known: the ids of the people whom the lexicon knows.
    """

    facts: Facts
    known: frozenset[str]

    @cached_property
    def kinds(self) -> np.ndarray:
        """By the code of a speaker, who that is, as a number (`WHO`)."""
        number = {name: place for place, name in enumerate(WHO)}
        speakers = self.facts.speakers
        found = speakers["kind"].map(number).to_numpy("int8", copy=True)
        found[speakers.index.isin(list(self.known)) & (found == number["person"])] = number["known"]
        return found

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The attributions to speakers themselves."""
        return kept(self.facts.attributions, ~self.facts.attributions["relayed"].to_numpy())

    @cached_property
    def counts(self) -> np.ndarray:
        """Statements by the code of the speaker."""
        return np.bincount(codes(self.rows["speaker"]), minlength=len(self.kinds))

    def by_who(self) -> pd.DataFrame:
        """How many statements in view are of speakers whom the lexicon knows, and of others.

        Returns:
            columns who (of `WHO`), speakers, n (statements that such a speaker makes; one with several counts for each
            of their kinds), share (of the statements in view); a row for each of `WHO`.
        """
        of = len(self.facts.statements)
        speakers = np.bincount(self.kinds[self.counts > 0], minlength=len(WHO))
        n = [len(self.of(who)) for who in WHO]
        shares = [count / max(of, 1) for count in n]
        return pd.DataFrame({"who": list(WHO), "speakers": speakers.astype("int64"), "n": n, "share": shares})

    def unknown(self) -> pd.DataFrame:
        """The people whom the lexicon does not know and the offices without a known holder, most statements first.

        Returns:
            columns speaker, who (`person` or `office`), n (statements), articles.
        """
        wanted = np.isin(self.kinds, [WHO.index("person"), WHO.index("office")])
        speaker = codes(self.rows["speaker"])
        mine = wanted[speaker]
        article = self.facts.whole.statements["article"].to_numpy()[self.rows["statement"].to_numpy()[mine]]
        pairs = np.sort(speaker[mine].astype("int64") << 32 | article)
        first = np.concatenate([[True], pairs[1:] != pairs[:-1]])[: len(pairs)]
        articles = np.bincount(pairs[first] >> 32, minlength=len(self.kinds))
        found = np.flatnonzero(wanted & (self.counts > 0))
        found = found[np.argsort(-self.counts[found], kind="stable")]
        return pd.DataFrame(
            {
                "speaker": self.facts.speakers.index[found].astype("str"),
                "who": np.array(WHO)[self.kinds[found]],
                "n": self.counts[found].astype("int64"),
                "articles": articles[found].astype("int64"),
            }
        ).astype({"speaker": "str", "who": "str"})

    def of(self, who: str) -> np.ndarray:
        """The statements (positions) of one of `WHO`."""
        index, statements = self.facts.statements.index.to_numpy(), self.rows["statement"].to_numpy()
        if who == "nobody":
            return index[~_mark(self.facts, statements)[index]]
        mine = (self.kinds == WHO.index(who))[codes(self.rows["speaker"])]
        return index[_mark(self.facts, statements[mine])[index]]
