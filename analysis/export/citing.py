"""An article or a statement as a citation, in Persian and in English, with the day in both calendars."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analysis.lexicon.labels import Names
from analysis.schema import Tables
from analysis.text.bidi import line
from analysis.text.calendar import Calendar
from analysis.text.words import Lang, Words

Row = Mapping[Any, Any]
"""A row of a table by column."""
LEAD = 80
"""How many letters of its text stand for an article that has no title."""
_MARKS: dict[Lang, str] = {"fa": "\u200f", "en": "\u200e"}
"""Keeps the number of a day on its side of a source that is written in the other direction's letters."""
_CALENDARS: dict[Lang, Calendar] = {"fa": "jalali", "en": "gregorian"}


@dataclass(frozen=True)
class Cited:
    """What is cited.

    Attributes:
        tables: all of the article (`content.tables`).
        day: when it was published, in Tehran.
        statement: the id of the statement that is cited; "" = the article.
        link: the address of the view.
    """

    tables: Tables
    day: dt.date | None
    statement: str
    link: str


def cite(cited: Cited, speakers: Mapping[str, tuple[str, str]], lang: Lang) -> str:
    """The citation as plain text, in one of the two languages whatever the reader's is.

    Args:
        cited: what is cited.
        speakers: Persian and English name by speaker id.
        lang: the citation's language.
    """
    names, article = Names(Words(lang), speakers), cited.tables.articles.iloc[0].to_dict()
    lines = [where(article, cited.day, names.labels), names.labels("citation.link", link=cited.link)]
    if cited.statement:
        lines.insert(0, _said(cited, names))
    return "\n".join(lines)


def where(article: Row, day: dt.date | None, labels: Words) -> str:
    """Where words stand: title, source, the day in both calendars, address."""
    parts = [
        labels("citation.title", title=title(article)),
        article["source"],
        labels("citation.published", date=labels.both_dates(day, _CALENDARS[labels.lang]))
        if day
        else labels("app.undated"),
        article["url"],
    ]
    comma = labels("app.comma") + _MARKS[labels.lang]
    # An address takes what stands behind it for a part of itself.
    end = "" if article["url"] else labels("sentence.end")
    return comma.join(line(part) for part in parts if part) + end


def title(article: Row) -> str:
    """An article's title; the first words of its text where it has none."""
    if any(map(str.isalnum, article["title"])):  # Some channels' titles are a single sign.
        return article["title"]
    lines = article["text"].strip().split("\n")
    first = next((line for line in lines if any(map(str.isalnum, line))), lines[0])
    if len(first) > LEAD:
        first = first[:LEAD].rpartition(" ")[0] + " …"
    return first or article["article_id"]


def speaker(names: Names, row: Row) -> str:
    """A speaker of a statement with the role, by a row of the attributions."""
    role = names.role(row["role"], row["country"])
    return line(names.labels("citation.speaker", name=names.speaker(row["speaker_id"]), role=role))


def _said(cited: Cited, names: Names) -> str:
    """Who said it, and the words."""
    labels, tables = names.labels, cited.tables
    words = tables.statements.set_index("statement_id")["text"][cited.statement]
    said = tables.attributions
    said = said[(said["statement_id"] == cited.statement) & (said["part"] == "speaker")]
    who = [speaker(names, row) for row in said.to_dict("records")]
    return labels("citation.said", speaker=labels.listed(who) or labels("citation.nobody"), words=line(words))
