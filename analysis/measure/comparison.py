"""Two to six sides next to each other: how much of each there is, what it is about, where shares differ most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Literal

import numpy as np
import pandas as pd

from analysis.measure import odds
from analysis.measure.columns import crossed
from analysis.measure.facts import NO_DAY, Facts, as_date, codes
from analysis.measure.groups import Groups
from analysis.measure.intervals import wilson
from analysis.measure.odds import Clustered
from analysis.measure.periods import Axis
from analysis.measure.sides import Side

Kind = Literal["topic", "source"]
VERDICTS = ("differs", "unclear", "thin")
ENOUGH = 10
"""Sides with fewer statements are called thin."""
UNEQUAL = 4
"""Sides of which one has so many times as many statements as another are called unequal."""
ALIKE = 0.5
"""Sides are called reported by different sources where the shares that each source has of them overlap by less."""


def amount(facts: Facts, sides: Sequence[Side]) -> pd.DataFrame:
    """How much there is of each side.

    Returns:
        columns side, n (statements), share (n / statements in view), articles, sources, undated (statements),
        first, last (days, ISO, "" where none is dated), positions.
    """
    whole = facts.whole
    article, day = whole.statements["article"].to_numpy(), whole.statements["day"].to_numpy()
    source = codes(whole.articles["source"])
    rows: list[dict[str, object]] = []
    for side in sides:
        articles, days = np.unique(article[side.statements]), day[side.statements]
        dated = days[days != NO_DAY]
        rows.append(
            {
                "side": side.id,
                "n": len(side.statements),
                "share": len(side.statements) / max(len(facts.statements), 1),
                "articles": len(articles),
                "sources": len(np.unique(source[articles])),
                "undated": len(days) - len(dated),
                "first": _iso(dated.min()) if len(dated) else "",
                "last": _iso(dated.max()) if len(dated) else "",
                "positions": len(side.positions),
            }
        )
    return pd.DataFrame(rows)


def over_time(facts: Facts, sides: Sequence[Side], axis: Axis) -> pd.DataFrame:
    """Statements of each side in each period (columns side, period, n); those without a date are left out."""
    counts = [axis.count(facts.days_of(side.statements))[0] for side in sides]
    grid = pd.MultiIndex.from_product([[side.id for side in sides], axis.keys], names=["side", "period"])
    frame = pd.DataFrame({"n": np.concatenate(counts)}, index=grid).astype("int64").reset_index()
    return frame.astype({"side": "str", "period": "str"})


def clustered(facts: Facts, sides: Sequence[Side], kind: Kind) -> tuple[list[Clustered], np.ndarray]:
    """Each side's statements by topic or source, with what their articles do to chance; and the groups' ids."""
    groups = Groups.of(facts, kind)
    article = facts.whole.statements["article"].to_numpy()
    shape = (len(facts.whole.articles), len(groups.names))
    found = []
    for side in sides:
        inside = np.zeros(len(facts.whole.statements), dtype=bool)
        inside[side.statements] = True
        keep = inside[groups.statements]
        table = crossed(article[groups.statements[keep]], groups.codes[keep], shape)
        sizes = np.bincount(article[side.statements], minlength=shape[0])
        found.append(Clustered.of_table(table, sizes))
    return found, groups.names.astype("str")


def shares(sides: Sequence[Side], counted: Sequence[Clustered], names: np.ndarray, kind: Kind) -> pd.DataFrame:
    """The share of each group on each side, with Wilson's interval of as many independent statements.

    Args:
        sides: what is compared.
        counted, names: from `clustered`.
        kind: names the column of the groups.

    Returns:
        columns `kind`, side, n, of, share, low, high (95 %); the groups with the largest shares (added up over the
        sides) first, then the sides in their order. A side without statements has no share.
    """
    rows = []
    for side, one in zip(sides, counted, strict=True):
        share = np.divide(one.n, one.of, out=np.full(len(names), np.nan), where=one.of > 0)
        low, high = wilson(share, one.of / odds.design(one))
        values = {"n": one.n.astype("int64"), "of": one.of, "share": share, "low": low, "high": high}
        rows.append(pd.DataFrame({kind: names, "side": side.id} | values))
    found = pd.concat(rows, ignore_index=True)
    total = found.groupby(kind)["share"].transform("sum")
    place = found["side"].map({side.id: number for number, side in enumerate(sides)})
    order = np.lexsort([place.to_numpy(), found[kind].to_numpy("str"), -total.round(12).to_numpy()])
    return found.iloc[order][(total > 0).to_numpy()[order]].reset_index(drop=True)


def differences(sides: Sequence[Side], counted: Sequence[Clustered], names: np.ndarray, kind: Kind) -> pd.DataFrame:
    """Where two sides differ in their shares, for each pair of sides; the surest first, as Monroe and others rank.

    Statements that two sides share, and articles in which both speak, make them more alike than the test knows; it then
    errs towards "may be chance".

    Returns:
        columns `kind`, more, less (the sides with the larger and the smaller odds); n, of, share (of `more`); n_less,
        of_less, share_less; articles (with the group, of either side), design, ratio, low, high (odds ratio of more by
        less), z, p, q (over all pairs and groups), verdict (one of `VERDICTS`). See `odds` for the test.
    """
    rows = [_pair(sides, counted, names, kind, i, j) for i, j in combinations(range(len(sides)), 2)]
    every = pd.concat(rows, ignore_index=True)
    thin = every["thin"]
    found = odds.with_ratios(every)
    sure = found["q"] <= odds.LEVEL
    found["verdict"] = pd.Series(np.select([thin, sure], ["thin", "differs"], "unclear"), dtype="str")
    order = {"z": False, "n": False, kind: True, "more": True, "less": True}
    # Equally sure ones must not be ordered by how a computer rounds.
    ordered = found.assign(z=found["z"].round(9)).sort_values(list(order), ascending=list(order.values()))
    return found.loc[ordered.index].reset_index(drop=True)


def _pair(
    sides: Sequence[Side], counted: Sequence[Clustered], names: np.ndarray, kind: Kind, i: int, j: int
) -> pd.DataFrame:
    one, other = counted[i], counted[j]
    tested = odds.compared(one, other)
    shares = [side.n / max(side.of, 1) for side in (one, other)]
    swap = np.where(tested["thin"], shares[1] > shares[0], tested["log_odds"] < 0)
    ids = np.array([sides[i].id, sides[j].id])
    frame = pd.DataFrame({kind: names, "more": ids[swap.astype(int)], "less": ids[1 - swap.astype(int)]})
    columns = (("n", [one.n, other.n]), ("of", [one.of, other.of]), ("share", shares))
    for name, (mine, theirs) in columns:
        frame[name], frame[f"{name}_less"] = np.where(swap, theirs, mine), np.where(swap, mine, theirs)
    frame = frame.astype(dict.fromkeys(("n", "of", "n_less", "of_less"), "int64"))
    for name in ("log_odds", "z"):
        tested[name] = tested[name].abs()
    return frame.join(tested)[(one.n + other.n > 0)]


def overlaps(shares: pd.DataFrame, kind: Kind) -> pd.DataFrame:
    """How alike two sides are in where they come from: the sum over all groups of the smaller of both shares.

    Renkonen, O. (1938), "percentage similarity": 1 where each group has the same share on both sides, 0 where no group
    is on both.

    Returns:
        columns more, less (two sides in their order), overlap.
    """
    table = shares.pivot_table(index=kind, columns="side", values="share", sort=False).fillna(0.0)
    return pd.DataFrame(
        [{"more": a, "less": b, "overlap": float(table[[a, b]].min(axis=1).sum())} for a, b in _pairs(table)]
    )


def _pairs(table: pd.DataFrame) -> Iterator[tuple[str, str]]:
    return combinations([str(name) for name in table.columns], 2)


def _iso(day: int) -> str:
    found = as_date(int(day))
    return found.isoformat() if found else ""
