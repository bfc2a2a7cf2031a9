"""The quotations of a brief: verbatim, with who said it, when, where it stands and who coded it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.export import citing
from analysis.export.brief_asked import MOST_QUOTATIONS, Asked, Choices
from analysis.measure import decisive
from analysis.measure.facts import as_date
from analysis.schema import MACHINE, Tables
from analysis.text.bidi import line, plain
from analysis.text.fold import fold_key

SHORTEST, LONGEST = 30, 480
"""Letters of a statement that is quoted by rule: shorter ones say little, longer ones take the place of two."""
_RANKED = 60
"""Statements in order from which quotations are taken; some are too long or said again elsewhere."""


@dataclass(frozen=True)
class Source:
    """Where words stand: the citation without the address, and the address, which nobody has checked."""

    text: str
    url: str


@dataclass(frozen=True)
class Quotation:
    """A statement that is quoted.

    Attributes:
        statement: its id; `article` that of its article.
        text: the words, verbatim.
        said: who said it and when.
        stance: the sides that its speakers take in it, as words; "" for none.
        coded: who coded it, and how sure the program is.
        where: the article as a source; `source` its number, and `number` that of the quotation, from 1.
    """

    statement: str
    article: str
    text: str
    said: str
    stance: str
    coded: str
    where: Source
    number: int = 0
    source: int = 0


def quotations(asked: Asked, choices: Choices) -> tuple[tuple[Quotation, ...], tuple[Quotation, ...]]:
    """What a brief quotes, which is what the reader chose, else as many as asked for by rule; and what may be quoted.

    The latter are the first by rule, and what the reader chose besides.
    """
    by_rule = _offered(asked, MOST_QUOTATIONS)
    chosen = by_rule[: choices.quotations] if choices.chosen is None else known(asked, choices.chosen)
    places = np.concatenate([by_rule, chosen[~np.isin(chosen, by_rule)]])
    each = dict(zip(places.tolist(), _quoted(asked, places), strict=True))
    return tuple(each[place] for place in chosen.tolist()), tuple(each.values())


def known(asked: Asked, ids: tuple[str, ...]) -> np.ndarray:
    """The statements in view (positions) of some ids; others are left out."""
    found = [asked.content.statement_position(identity) for identity in dict.fromkeys(ids)]
    inside = asked.facts.statements.index
    return np.array([place for place in found if place is not None and place in inside], dtype="int64")


def _offered(asked: Asked, most: int) -> np.ndarray:
    """The statements (positions) to quote by rule, without those that are too short, too long, or said again."""
    ranked = decisive.ranked(asked.facts, decisive.asked_targets(asked.filters), _RANKED)
    texts = asked.content.statements(ranked)["text"]
    fit = texts.str.len().between(SHORTEST, LONGEST).to_numpy()
    first = ~pd.Series([fold_key(text) for text in texts]).duplicated().to_numpy()
    return ranked[fit & first][:most]


def _quoted(asked: Asked, places: np.ndarray) -> Iterator[Quotation]:
    """Statements (positions) as quotations without numbers."""
    owners = asked.facts.whole.statements["article"].to_numpy()[places]
    days = asked.facts.whole.statements["day"].to_numpy()[places]
    tables = asked.content.tables(owners)
    articles = tables.articles.set_index("article_id", drop=False)
    labels = asked.names.labels
    for row, number in zip(asked.content.statements(places).to_dict("records"), days, strict=True):
        day = as_date(int(number))
        said = labels("brief.quoted", speaker=_who(asked, tables, row), day=labels.both_dates(day, asked.calendar))
        article = articles.loc[row["article_id"]].to_dict()
        yield Quotation(
            statement=row["statement_id"],
            article=row["article_id"],
            text=plain(row["text"]),
            said=said,
            stance=_stance(asked, tables, row["statement_id"]),
            coded=_coded(asked, row),
            where=Source(citing.where(article | {"url": ""}, day, labels), line(article["url"])),
        )


def _who(asked: Asked, tables: Tables, row: citing.Row) -> str:
    said = tables.attributions
    said = said[(said["statement_id"] == row["statement_id"]) & (said["part"] == "speaker")]
    labels = asked.names.labels
    return labels.listed([citing.speaker(asked.names, one) for one in said.to_dict("records")]) or labels(
        "citation.nobody"
    )


def _stance(asked: Asked, tables: Tables, statement: str) -> str:
    """The sides that the statement's speakers themselves take in it."""
    labels, rows = asked.names.labels, tables.positions
    rows = rows[(rows["statement_id"] == statement) & ~rows["relayed"]]
    pairs = zip(rows["target"], rows["stance"], strict=True)
    each = dict.fromkeys(
        f"{asked.names.target(target)}{labels('app.colon')}{labels(f'stance.{stance}')}" for target, stance in pairs
    )
    return labels("app.comma").join(each)


def _coded(asked: Asked, row: citing.Row) -> str:
    labels = asked.names.labels
    if row["coder"] == MACHINE:
        return labels("brief.coded_machine", share=labels.share(row["confidence"]))
    return labels("brief.coded_human", name=plain(row["coder"]))
