"""An article's text with everything that was read from it marked: statements, speakers, cues, topics, countries,
stances. Marks may overlap, so the text is cut wherever one begins or ends, and each piece carries all of its marks."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from analysis.schema import Tables
from pages.ui import bidi
from pages.ui.labels import Labels
from pages.ui.palette import MARKS


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text: its classes, what is put before it and its tooltip (both HTML-safe)."""

    start: int
    stop: int
    classes: str
    before: str = ""
    title: str = ""


def marks(tables: Tables, article_id: str, in_view: set[str], here: str, labels: Labels) -> list[Mark]:
    """All marks of an article.

    Args:
        tables: every table, unfiltered.
        article_id: the article.
        in_view: the statements inside the filters; the others get a dashed line.
        here: the statement that the reader came from.
        labels: words for the tooltips.
    """
    statements = of_article(tables, article_id)
    ids = statements["statement_id"]
    found = []
    for number, row in enumerate(statements.to_dict("records"), 1):
        outside = row["statement_id"] not in in_view
        kind = f"s {row['form']}{' out' if outside else ''}{' here' if row['statement_id'] == here else ''}"
        badge = f'<span class="num" id="s-{number}">{labels.number(number)}</span>'
        found.append(Mark(row["start"], row["stop"], kind, badge))
        if row["cue_stop"] > row["cue_start"]:
            found.append(Mark(row["cue_start"], row["cue_stop"], "cue", title=labels("article.cue")))
    said = tables.attributions[tables.attributions["statement_id"].isin(ids)].drop_duplicates(["start", "stop"])
    found += _simple(said, "speaker", labels("article.speaker"))
    topics = tables.statement_topics[tables.statement_topics["statement_id"].isin(ids)]
    found += _simple(topics.drop_duplicates(["start", "stop"]), "topic", labels("article.topic"))
    mentions = tables.mentions[(tables.mentions["article_id"] == article_id) & (tables.mentions["kind"] == "country")]
    found += _simple(mentions, "country", labels("article.country"))
    for row in tables.positions[tables.positions["statement_id"].isin(ids)].to_dict("records"):
        sign = f'<span class="mark stance {row["stance"]}">{MARKS[row["stance"]]}</span>'
        found.append(
            Mark(row["start"], row["stop"], f"stance {row['stance']}", sign, labels(f"stance.{row['stance']}"))
        )
    return found


def of_article(tables: Tables, article_id: str) -> pd.DataFrame:
    """The statements of an article in the order of the text; their numbers are their places in it."""
    rows = tables.statements[tables.statements["article_id"] == article_id]
    return rows.sort_values(["start", "stop"], ignore_index=True)


def _simple(rows: pd.DataFrame, kind: str, title: str) -> list[Mark]:
    spans = zip(rows["start"], rows["stop"], strict=True)
    return [Mark(start, stop, kind, title=title) for start, stop in spans if stop > start]


def html(text: str, found: list[Mark]) -> str:
    """The text as paragraphs of HTML with its marks; everything in the text is escaped."""
    paragraphs, at = [], 0
    for line in text.split("\n"):
        inside = [mark for mark in found if mark.start < at + len(line) and mark.stop > at]
        if line.strip():
            paragraphs.append(f'<p dir="rtl" lang="fa">{_line(line, at, inside)}</p>')
        at += len(line) + 1
    return "".join(paragraphs)


def _line(line: str, offset: int, found: list[Mark]) -> str:
    ends = {0, len(line)}
    for mark in found:
        ends |= {max(mark.start - offset, 0), min(mark.stop - offset, len(line))}
    cuts = sorted(ends)
    return "".join(_piece(line, offset, start, stop, found) for start, stop in pairwise(cuts))


def _piece(line: str, offset: int, start: int, stop: int, found: list[Mark]) -> str:
    covering = [mark for mark in found if mark.start <= offset + start and mark.stop >= offset + stop]
    words = bidi.inline(line[start:stop])
    if not covering:
        return words
    before = "".join(mark.before for mark in covering if mark.start == offset + start)
    classes = " ".join(dict.fromkeys(mark.classes for mark in covering))
    titles = " · ".join(dict.fromkeys(mark.title for mark in covering if mark.title))
    tip = f' title="{bidi.inline(titles)}"' if titles else ""
    return f'{before}<span class="{classes}"{tip}>{words}</span>'
