"""Contradiction candidates: one speaker on opposite sides of one target, in two sentences that speak of the same.

What is no contradiction is left out by rule:

- a change over years, which is a shift (`FARTHEST`);
- sides on other partners: sentences that name foreign states, and none in common («همکاری با …» with one, refused to
  another);
- force and terror: whoever condemns an attack may threaten an answer to it, and the code does not say whose force is
  meant (`BY_DOER`);
- a condition: its code is mixed, and mixed is on no side;
- a side that no word shows in its rule, only words nearby or the wording as a whole: each side needs one that is plain;
- a slip of the machine: among n sides taken, k of the rarer one are no more than it would miscode by its measured
  error (`ERROR`): P(X >= k) > `SLIP`, X binomial with n and `ERROR`. Codes of people do not slip.

Each pair of sentences that is left has the score

    sure_for * sure_against * near * alike * (1 - slip)

where sure is the confidence of a code (1 where a person coded it), near = 1 / (1 + days / 365) with the days between
the two articles (1/2 where a date is missing; 1 within one article), and alike = (1 + shared) / (1 + all): of the
foreign states and other topics of the two sentences, how many both have. A candidate has the score of its best pair.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.stats import binom

from analysis.measure.columns import crossed, within
from analysis.measure.facts import NO_DAY, Facts, codes
from analysis.measure.stances import SIDES, keys, named, taken

BY_DOER = ("topic:use_of_force", "topic:terrorism")
"""Targets whose sides depend on whose act is meant."""
FARTHEST = 730
"""Days between two articles from which another side is a change and no contradiction."""
ERROR = 0.1
"""The share of wrong sides among the machine's: twice what it is where annotators too see a position (0.05)."""
SLIP = 0.2
"""Rarer sides that are more likely than this to be slips alone are left out."""
YEAR = 365.0
UNDATED = 0.5
"""How near sentences are of which one has no date: as if a year lay between them."""
MOST = 8
"""The surest statements of each side of a candidate that are laid side by side."""
_PAIR = ("key", "statement_for", "statement_against")
COLUMNS = ("speaker", "target", "for", "mixed", "against", *_PAIR[1:], "human")
FACTORS = ("sure_for", "sure_against", "days", "near", "alike", "slip", "score")


def candidates(facts: Facts, speaker: str = "", target: str = "") -> pd.DataFrame:
    """The targets on which one speaker, or any, took opposite sides, each with its best pair of sentences.

    Args:
        facts: what is in view.
        speaker: only this one.
        target: only this one.

    Returns:
        columns speaker, target; for, mixed, against (positions that count, `stances.taken`); statement_for,
        statement_against (positions of the two in the whole edition), human (people coded both of them; else the
        contradiction is a candidate); sure_for, sure_against, days (between the articles, missing where one has no
        date), near, alike, slip, score. Highest score first.
    """
    rows = taken(facts, speaker, target)
    found = _pairs(facts, rows)
    best = found.drop_duplicates("key")  # They stand in the order of their scores.
    counts = _counts(rows, best["key"].to_numpy())
    return best.assign(**named(rows, best["key"].to_numpy()), **counts)[[*COLUMNS, *FACTORS]].reset_index(drop=True)


def pairs(facts: Facts, speaker: str, target: str) -> pd.DataFrame:
    """All pairs of sentences of one candidate, the best first; columns as `candidates` has, but for the counts."""
    found = _pairs(facts, taken(facts, speaker, target))
    return found[[*_PAIR[1:], "human", *FACTORS]].reset_index(drop=True)


def _pairs(facts: Facts, rows: pd.DataFrame) -> pd.DataFrame:
    """The pairs of all candidates, by score."""
    rows = rows.assign(key=keys(rows), row=np.arange(len(rows)))
    rows = rows[(rows["value"] != 0.5) & ~rows["target"].isin(BY_DOER)]
    rows, slip = _both_sides(rows)
    rows = rows.sort_values(["key", "value", "plain", "sure", "statement"], ascending=[True, True, False, False, True])
    rows = rows[rows.groupby(["key", "value"]).cumcount() < MOST].reset_index(drop=True)
    rows["row"] = np.arange(len(rows))
    columns = ["key", "statement", "article", "day", "sure", "plain", "human", "row"]
    sides = [rows.loc[rows["value"] == value, columns] for value in (1.0, 0.0)]
    found = sides[0].merge(sides[1], on="key", suffixes=("_for", "_against"))
    found = _compared(facts, rows, found)
    found["slip"] = np.where(found["human"], 0.0, found["key"].map(slip))
    found = _enough(found[found["slip"] <= SLIP])
    score = found["sure_for"] * found["sure_against"] * found["near"] * found["alike"] * (1 - found["slip"])
    found["score"] = score.round(6)  # What differs by less is equal.
    order = ["human", "score", "statement_for", "statement_against"]
    return found.sort_values(order, ascending=[False, False, True, True])


def _both_sides(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    """The rows of the speakers and targets that have both sides, and how likely the rarer side is all slips."""
    sides = rows.groupby("key")["value"].agg(["size", "sum"])
    fewer = np.minimum(sides["sum"], sides["size"] - sides["sum"])
    sides = sides[fewer >= SIDES]
    slip = pd.Series(binom.sf(fewer[fewer >= SIDES] - 1, sides["size"], ERROR), index=sides.index)
    return rows[within(rows["key"].to_numpy(), sides.index.to_numpy())], slip


def _compared(facts: Facts, rows: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """The pairs that speak of the same, with how near and how alike they are."""
    states, topics = _about(facts, rows)
    first, second = found["row_for"].to_numpy(), found["row_against"].to_numpy()
    shared_states = _shared(states, first, second)
    foreign = _sizes(states)
    on_topic = rows["target"].astype("str").str.startswith("topic:").to_numpy(bool)[first]
    apart = on_topic & (foreign[first] > 0) & (foreign[second] > 0) & (shared_states == 0)
    shared = shared_states + _shared(topics, first, second)
    sizes = foreign + _sizes(topics)
    found["alike"] = (1 + shared) / (1 + sizes[first] + sizes[second] - shared)
    undated = (found["day_for"] == NO_DAY) | (found["day_against"] == NO_DAY)
    days = (found["day_for"].astype("int64") - found["day_against"]).abs().astype("float64")
    days = days.mask(undated).mask(found["article_for"] == found["article_against"], 0.0)
    found["days"] = days
    found["near"] = (1 / (1 + days / YEAR)).fillna(UNDATED)
    found["human"] = found["human_for"] & found["human_against"]
    return found[~apart & ~(days > FARTHEST).to_numpy()]


def _enough(found: pd.DataFrame) -> pd.DataFrame:
    """The candidates whose pairs hold enough statements of each side, a plain one among them; their plain pairs."""
    of = found.groupby("key")
    enough = (of["statement_for"].transform("nunique") >= SIDES) & (
        of["statement_against"].transform("nunique") >= SIDES
    )
    return found[enough & found["plain_for"] & found["plain_against"]].copy()


def _about(facts: Facts, rows: pd.DataFrame) -> tuple[csr_array, csr_array]:
    """The foreign states that each row's statement names, and its topics, each but for the target itself."""
    statements = rows["statement"].to_numpy()
    target = rows["target"].astype("str")
    own = pd.DataFrame({"statement": statements, "speaker": codes(rows["speaker"]), "row": rows["row"].to_numpy()})
    mentions, topics = facts.whole.entities("country"), facts.whole.topics
    states = _crossed(mentions, "entity", statements, own)
    said = facts.whole.attributions
    said = said[within(said["statement"].to_numpy(), np.unique(statements))]
    home = own.merge(said.assign(speaker=codes(said["speaker"])), on=["statement", "speaker"])
    kinds = mentions["entity"].cat.categories
    homes = kinds.get_indexer(pd.Index(home["country"].astype("str")))
    states = _without(states, home["row"].to_numpy(), homes)
    states = _without(states, rows["row"].to_numpy(), kinds.get_indexer(pd.Index(target.str.removeprefix("state:"))))
    found = _crossed(topics, "topic", statements, own)
    about = topics["topic"].cat.categories.get_indexer(pd.Index(target.str.removeprefix("topic:")))
    return states, _without(found, rows["row"].to_numpy(), about)


def _crossed(facts: pd.DataFrame, column: str, statements: np.ndarray, own: pd.DataFrame) -> csr_array:
    """What the statement of each row has, as a table of noughts and ones."""
    mine = facts[within(facts["statement"].to_numpy(), np.unique(statements))]
    found = own.merge(pd.DataFrame({"statement": mine["statement"], "code": codes(mine[column])}), on="statement")
    table = crossed(found["row"].to_numpy(), found["code"].to_numpy(), (len(own), len(facts[column].cat.categories)))
    table.data[:] = 1
    return table


def _without(table: csr_array, rows: np.ndarray, columns: np.ndarray) -> csr_array:
    """The table with some of its cells empty; a negative column is none."""
    taken_out = crossed(rows[columns >= 0], columns[columns >= 0], table.shape)
    taken_out.data[:] = 1
    left = csr_array(table - table.multiply(taken_out))
    left.eliminate_zeros()
    return left


def _shared(table: csr_array, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    return np.asarray(table[first].multiply(table[second]).sum(axis=1)).ravel()


def _sizes(table: csr_array) -> np.ndarray:
    return np.diff(table.indptr)


def _counts(rows: pd.DataFrame, wanted: np.ndarray) -> dict[str, np.ndarray]:
    """How many positions of each kind the wanted speakers and targets have."""
    of, places = np.unique(wanted, return_inverse=True)
    found = keys(rows)
    mine = within(found, of)
    at, values = np.searchsorted(of, found[mine]), rows["value"].to_numpy()[mine]
    return {
        name: np.bincount(at[values == value], minlength=len(of))[places]
        for name, value in (("for", 1.0), ("mixed", 0.5), ("against", 0.0))
    }
