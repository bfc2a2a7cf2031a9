"""Speakers whom the lexicon does not know: who they are, how often they speak, and in which words."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pandas as pd

from analysis.schema import Tables

COLUMNS = ("speaker_id", "name", "names", "kind", "role", "country", "articles", "statements", "sentences")
SENTENCES = 3
"""How many sentences of a speaker are kept."""
_SPELLINGS = 6
_KINDS = ("person", "office", "body")
_ALWAYS = ("state:", "org:", "body:foreign_ministry:", "body:government:", "body:embassy:")
"""Beginnings of ids that the lexicon gives itself."""


def unknown_speakers(tables: Tables, known: Collection[str]) -> pd.DataFrame:
    """The speakers of some articles whom the lexicon does not know; anonymous sources are left out.

    Args:
        tables: what `extract` returns.
        known: the ids of people.csv.

    Returns:
        columns speaker_id, name, names (how the articles write it, tuples), kind, role, country ("" where unknown),
        articles, statements, sentences (tuples of up to `SENTENCES`, verbatim); a row a speaker, most articles first.
    """
    said = tables.attributions[tables.attributions["part"] == "speaker"]
    said = said[~said["speaker_id"].isin(known) & ~said["speaker_id"].str.startswith(_ALWAYS)]
    said = said.merge(tables.speakers[["speaker_id", "name_fa", "kind"]], on="speaker_id")
    said = said[said["kind"].isin(_KINDS)].merge(tables.statements[["statement_id", "article_id", "text"]])
    rows = [
        {
            "speaker_id": speaker_id,
            "name": rows["name_fa"].iloc[0],
            "names": _first(rows.loc[rows["basis"].isin(("name", "title", "body")), "mention"], _SPELLINGS),
            "kind": rows["kind"].iloc[0],
            "role": next((role for role in rows["role"] if role != "other"), "other"),
            "country": next((country for country in rows["country"] if country), ""),
            "articles": rows["article_id"].nunique(),
            "statements": rows["statement_id"].nunique(),
            "sentences": _first(rows["text"], SENTENCES),
        }
        for speaker_id, rows in said.groupby("speaker_id", sort=False)
    ]
    return _sorted(pd.DataFrame(rows, columns=list(COLUMNS)))


def add_up(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """The same of all articles, from frames of `unknown_speakers` about different ones.

    Holds one row a speaker, whatever the number of articles.
    """
    total = pd.DataFrame(columns=list(COLUMNS))
    for part in parts:
        if part.empty:
            continue
        both = pd.concat([total, part], ignore_index=True) if len(total) else part
        grouped = both.groupby("speaker_id", sort=False)
        total = grouped.agg(
            name=("name", "first"),
            names=("names", lambda values: _joined(values, _SPELLINGS)),
            kind=("kind", "first"),
            role=("role", lambda values: next((v for v in values if v != "other"), "other")),
            country=("country", "max"),
            articles=("articles", "sum"),
            statements=("statements", "sum"),
            sentences=("sentences", lambda values: _joined(values, SENTENCES)),
        ).reset_index()
    return _sorted(total)


def _sorted(frame: pd.DataFrame) -> pd.DataFrame:
    order = ["articles", "statements", "speaker_id"]
    return frame.sort_values(order, ascending=[False, False, True], ignore_index=True)[list(COLUMNS)]


def _first(texts: pd.Series, most: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))[:most]


def _joined(values: Iterable[tuple[str, ...]], most: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for value in values for text in value))[:most]
