"""A brief: what is in view on a page or two, as words, numbers, pictures and quotations that a page or a file shows.

`build` says what stands in it, in the reader's language and as plain text; `brief_html` and `brief_word` lay it out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from analysis.errors import MavazeError
from analysis.export import brief_fit, brief_pictures, brief_quotes, brief_words
from analysis.export.brief_asked import LEAST, PAIRS, SPEAKERS, TARGETS, TOPICS, Asked, Choices, Counted
from analysis.export.brief_pictures import Picture
from analysis.export.brief_quotes import Quotation, Source
from analysis.lexicon.labels import Names
from analysis.measure import positions
from analysis.measure.sentence import say
from analysis.text.bidi import line
from analysis.text.words import Lang, Words

_STANCES = ("for", "mixed", "against")
_PERIODS = 3
"""Fewer periods make no picture over time."""
TITLE, QUESTION = 160, 400
"""Letters of the title and the question that a reader writes."""


@dataclass(frozen=True)
class Table:
    """A table: what it is called, its head, its rows, and what is counted."""

    name: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Brief:
    """A brief, all of it plain text in its language; quotations and titles of articles are Persian in both.

    Attributes:
        lang: its language.
        title: what it is called; `question` what the reader asked, "" for nothing.
        sentence: what is in view.
        tiles: how much is in view, as pairs of a name and a number.
        findings: sentences.
        pictures, tables: those.
        quotations: what is quoted, numbered from 1; `offered` what might be, and `rule` says how it was chosen.
        sources: where the quotations stand, in the order of `Quotation.source` (from 1).
        caveats: what must not be misread.
        about: pairs of a name and a text: date, data, link.
        figures: the numbers and ids behind all of it, by name.
    """

    lang: Lang
    title: str
    question: str
    sentence: str
    tiles: tuple[tuple[str, str], ...]
    findings: tuple[str, ...]
    pictures: tuple[Picture, ...]
    tables: tuple[Table, ...]
    quotations: tuple[Quotation, ...]
    offered: tuple[Quotation, ...] = field(compare=False)
    rule: str
    sources: tuple[Source, ...]
    caveats: tuple[str, ...]
    about: tuple[tuple[str, str], ...]
    made: dt.date
    link: str
    figures: Mapping[str, pd.DataFrame] = field(compare=False)

    @property
    def rtl(self) -> bool:
        """Whether it is read from right to left."""
        return self.lang == "fa"


def build(asked: Asked, choices: Choices | None = None) -> Brief:
    """The brief of what is in view; quotations that do not fit on two pages are left out, and that is said.

    Raises:
        MavazeError: where nothing is in view.
    """
    choices = choices or Choices()
    facts, names = asked.facts, asked.names
    labels = names.labels
    if not len(facts.statements):
        raise MavazeError(labels("brief.nothing"))
    counted = Counted.of(asked)
    enough = len(facts.statements) >= LEAST
    found, offered = brief_quotes.quotations(asked, choices) if "quotations" not in choices.off else ((), ())
    notes = brief_words.caveats(asked, counted.sources)
    whole = Brief(
        lang=labels.lang,
        title=line(choices.title)[:TITLE] or labels("brief.untitled"),
        question=line(choices.question)[:QUESTION],
        sentence=line(say(asked.filters, names, asked.calendar)),
        tiles=tuple((labels(f"brief.{name}"), labels.number(n)) for name, n in counted.totals.items()),
        findings=brief_words.findings(asked, counted, shares=enough),
        pictures=_pictures(asked, counted, choices) if enough else (),
        tables=_tables(asked, counted, choices),
        quotations=found,
        offered=offered,
        rule=_rule(choices, found, labels) if "quotations" not in choices.off else "",
        sources=tuple(dict.fromkeys(quotation.where for quotation in found)),
        caveats=tuple(text for text, _, _ in notes),
        about=_about(asked),
        made=asked.made,
        link=asked.link,
        figures=counted.figures(notes),
    )
    return _fitted(whole, labels("brief.cut"), labels.number)


def _rule(choices: Choices, found: tuple[Quotation, ...], labels: Words) -> str:
    """How the quotations were chosen, or why there are none."""
    if not found:
        return labels("brief.not_quoted")
    return labels("brief.rule" if choices.chosen is None else "brief.picked") + labels("brief.persian")


def _pictures(asked: Asked, counted: Counted, choices: Choices) -> tuple[Picture, ...]:
    """The pictures that the view holds enough for and the reader did not leave out."""
    found = []
    if "topics" not in choices.off and len(counted.topics) > 1:
        found.append(brief_pictures.topics(counted.topics.head(TOPICS), counted.totals["statements"], asked.names))
    if "sides" not in choices.off and counted.targets["n"].sum() >= positions.ENOUGH:
        found.append(brief_pictures.sides(counted.targets.head(TARGETS), int(counted.targets["n"].sum()), asked.names))
    if "time" not in choices.off and len(counted.periods) >= _PERIODS:
        labels = asked.names.labels
        found.append(brief_pictures.time(counted.periods, labels, incomplete=counted.incomplete))
    return tuple(found)


def _tables(asked: Asked, counted: Counted, choices: Choices) -> tuple[Table, ...]:
    found = []
    if "speakers" not in choices.off and len(counted.speakers):
        found.append(_speakers(asked.names, counted))
    if "positions" not in choices.off and len(counted.pairs):
        found.append(_positions(asked.names, counted.pairs))
    return tuple(found)


def _speakers(names: Names, counted: Counted) -> Table:
    labels = names.labels
    shown = counted.speakers.head(SPEAKERS)
    n, shares = counted.totals["statements"], counted.totals["statements"] >= LEAST
    rows = tuple(
        (
            line(names.speaker(row["speaker"])),
            line(names.role(row["role"], row["country"])),
            labels("brief.share_n", share=labels.share(row["share"]), n=row["n"])
            if shares
            else labels.number(row["n"]),
        )
        for row in shown.to_dict("records")
    )
    head = (labels("brief.speaker"), labels("brief.role"), labels("brief.statements"))
    note = labels("brief.speakers_note", n=n, shown=len(shown), all=len(counted.speakers)) if shares else ""
    return Table("speakers", labels("brief.speakers"), head, rows, note)


def _positions(names: Names, pairs: pd.DataFrame) -> Table:
    labels = names.labels
    shown = pairs.head(PAIRS)
    rows = tuple(
        (
            line(names.speaker(row["speaker"])),
            line(names.target(row["target"])),
            labels(f"label.{row['label']}"),
            *(labels.number(int(row[key])) for key in (*_STANCES, "n")),
        )
        for row in shown.to_dict("records")
    )
    stances = (labels(f"stance.{stance}").split(" ")[0].capitalize() for stance in _STANCES)
    head = (*(labels(f"brief.{name}") for name in ("speaker", "target", "label")), *stances, labels("brief.all"))
    note = labels("brief.positions_note", shown=len(shown), all=len(pairs), enough=positions.ENOUGH)
    return Table("positions", labels("brief.positions"), head, rows, note)


def _about(asked: Asked) -> tuple[tuple[str, str], ...]:
    labels = asked.names.labels
    return (
        (labels("brief.made"), labels.both_dates(asked.made, asked.calendar)),
        (labels("brief.version"), brief_words.data(labels, asked.version, demo=asked.demo)),
        *(((labels("brief.link"), asked.link),) if asked.link else ()),
    )


def _fitted(whole: Brief, words: str, number: Callable[[int], str]) -> Brief:
    """The brief with as many quotations, from the first on, as two pages hold."""
    kept = brief_fit.quotations(whole)
    left = len(whole.quotations) - kept
    shown = whole.quotations[:kept]
    sources = tuple(dict.fromkeys(quotation.where for quotation in shown))
    place = {where: number_ for number_, where in enumerate(sources, 1)}
    shown = tuple(replace(one, number=i, source=place[one.where]) for i, one in enumerate(shown, 1))
    rule = whole.rule + (words.format(n=number(left)) if left else "")
    ids = pd.DataFrame({"statement": [one.statement for one in shown]}, dtype="str")
    figures = {**whole.figures, "brief.quotations": ids}
    return replace(whole, quotations=shown, sources=sources, rule=rule, figures=figures)
