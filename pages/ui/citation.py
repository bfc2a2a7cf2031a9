"""An article or a statement as a citation, in Persian and in English, with the day in both calendars."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from analysis.schema import Tables
from analysis.text.calendar import Calendar
from analysis.text.words import Lang
from pages.ui import bidi
from pages.ui.labels import Labels
from pages.ui.names import Names

_RLM = "\u200f"
"""Keeps the number of a day on its side of a source that is written in Latin letters."""
_CALENDARS: dict[Lang, Calendar] = {"fa": "jalali", "en": "gregorian"}


@dataclass(frozen=True)
class Cited:
    """What is cited.

    Attributes:
        tables: all of the article (`content.tables`).
        day: when it was published, in Tehran.
        statement: the id of the statement that is cited; "" = the article.
        link: the address of the view.
        title: what the article is called.
    """

    tables: Tables
    day: dt.date | None
    statement: str
    link: str
    title: str


def cite(cited: Cited, names: Names, lang: Lang) -> str:
    """The citation as plain text, in one of the two languages whatever the reader's is.

    Args:
        cited: what is cited.
        names: names in any language; those of `lang` are used.
        lang: the citation's language.
    """
    own = Names(Labels(lang), names.speakers)
    labels, article = own.labels, cited.tables.articles.iloc[0]
    parts = [
        labels("citation.title", title=cited.title),
        article["source"],
        labels("citation.published", date=labels.both_dates(cited.day, _CALENDARS[lang]))
        if cited.day
        else labels("app.undated"),
        article["url"],
    ]
    comma = labels("app.comma") + (_RLM if labels.rtl else "")
    lines = [comma.join(_plain(part) for part in parts if part) + labels("sentence.end")]
    if cited.statement:
        lines.insert(0, _said(cited, own))
    lines.append(labels("citation.link", link=cited.link))
    return "\n".join(lines)


def _said(cited: Cited, names: Names) -> str:
    """Who said it, and the words."""
    labels, tables = names.labels, cited.tables
    words = tables.statements.set_index("statement_id")["text"][cited.statement]
    said = tables.attributions
    said = said[(said["statement_id"] == cited.statement) & (said["part"] == "speaker")]
    who = []
    for row in said.to_dict("records"):
        role = names.role(row["role"], row["country"])
        who.append(labels("citation.speaker", name=names.speaker(row["speaker_id"]), role=role))
    speaker = labels.listed(who) or labels("card.no_speaker")
    return labels("citation.said", speaker=_plain(speaker), words=_plain(words))


def _plain(text: str) -> str:
    """Text in one line, without characters that steer direction."""
    return " ".join(bidi.plain(text).split())
