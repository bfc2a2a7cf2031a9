"""An article's text with everything that was read from it marked, each kind in a way of its own that needs no colour.

Marks may overlap, so the text is cut wherever one begins or ends, and each piece carries all of its marks.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

import pandas as pd

from analysis.schema import MACHINE, Tables
from analysis.search.found import merged
from pages.ui import bidi
from pages.ui.names import Names
from pages.ui.palette import MARKS
from pages.ui.searching import Asked

KINDS = ("statement", "speaker", "cue", "topic", "country", "named", "stance", "found")
"""What can be marked, in the order of the legend."""
PICKED = "picked"
"""The kind of the words that the reader selected."""
_NAMED = ("region", "organisation")


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text: its kind, its classes, what is put before it and its tooltip (both HTML-safe)."""

    start: int
    stop: int
    kind: str
    classes: str
    before: str = ""
    title: str = ""


def marks(
    tables: Tables,
    in_view: set[str],
    here: str,
    names: Names,
    asked: Asked | None,
    picked: tuple[int, int] | None = None,
) -> list[Mark]:
    """All marks of an article.

    Args:
        tables: all of the article (`content.tables`).
        in_view: the statements inside the filters; the others get a dashed line.
        here: the statement that the reader chose.
        names: what ids are called, for the tooltips.
        asked: the search in force.
        picked: words that the reader selected.
    """
    return [
        *_statements(tables.statements, in_view, here, names),
        *_told(tables.attributions.drop_duplicates(["start", "stop"]), "speaker", "speaker_id", names.speaker, names),
        *_told(tables.statement_topics.drop_duplicates(["start", "stop"]), "topic", "topic_id", names.topic, names),
        *_mentions(tables.mentions, names),
        *_stances(tables.positions, names),
        *_found(tables, asked),
        *([Mark(*picked, PICKED, PICKED)] if picked else []),
    ]


def _statements(statements: pd.DataFrame, in_view: set[str], here: str, names: Names) -> Iterator[Mark]:
    labels = names.labels
    for number, row in enumerate(statements.to_dict("records"), 1):
        outside = row["statement_id"] not in in_view
        classes = f"s {row['form']}{' out' if outside else ''}{' here' if row['statement_id'] == here else ''}"
        words = labels("article.to_card", number=number)
        place = f'id="t-{number}" href="#c-{number}" title="{words}"'
        human = " ✎" if row["coder"] != MACHINE else ""
        badge = f'<a class="num{" out" if outside else ""}" {place}>{labels.number(number)}{human}</a>'
        yield Mark(row["start"], row["stop"], "statement", classes, badge)
        if row["cue_stop"] > row["cue_start"]:
            yield Mark(row["cue_start"], row["cue_stop"], "cue", "cue", title=labels("article.cue"))


def _told(rows: pd.DataFrame, kind: str, column: str, name, names: Names) -> Iterator[Mark]:
    """Marks that say of what they are: «موضوع: تحریم‌ها»."""
    words, colon = names.labels(f"article.{kind}"), names.labels("app.colon")
    for start, stop, value in zip(rows["start"], rows["stop"], rows[column], strict=True):
        if stop > start:
            yield Mark(start, stop, kind, kind, title=bidi.inline(f"{words}{colon}{name(value)}"))


def _mentions(mentions: pd.DataFrame, names: Names) -> Iterator[Mark]:
    yield from _told(mentions[mentions["kind"] == "country"], "country", "entity_id", names.country, names)
    others = mentions[mentions["kind"].isin(_NAMED)]
    targets = others["kind"].replace("organisation", "org") + ":" + others["entity_id"]
    yield from _told(others.assign(target=targets), "named", "target", names.target, names)


def _stances(positions: pd.DataFrame, names: Names) -> Iterator[Mark]:
    labels = names.labels
    for row in positions.to_dict("records"):
        stance = row["stance"]
        sign = f'<span class="mark stance {stance}">{MARKS[stance]}</span>'
        title = bidi.inline(f"{names.target(row['target'])}{labels('app.colon')}{labels(f'stance.{stance}')}")
        yield Mark(row["start"], row["stop"], "stance", f"stance {stance}", sign, title)


def _found(tables: Tables, asked: Asked | None) -> Iterator[Mark]:
    """What the search asks for: its words, and names of what it names."""
    if asked is None:
        return
    mentions = tables.mentions
    named = mentions[(mentions["kind"] + ":" + mentions["entity_id"]).isin(asked.codes)]
    said = tables.attributions
    spoken = said[("speaker:" + said["speaker_id"]).isin(asked.codes) & (said["stop"] > said["start"])]
    spans = [*asked.spans(tables.articles["text"].iloc[0])]
    for rows in (named, spoken):
        spans += list(zip(rows["start"], rows["stop"], strict=True))
    yield from (Mark(start, stop, "found", "hit") for start, stop in merged(spans))


def html(text: str, found: Iterable[Mark]) -> str:
    """The text as paragraphs of HTML with its marks; everything in the text is escaped."""
    lines = text.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    inside: list[list[Mark]] = [[] for _ in lines]
    for mark in found:
        for number in range(
            max(bisect_right(starts, mark.start) - 1, 0), bisect_left(starts, mark.stop, hi=len(lines))
        ):
            inside[number].append(mark)
    return "".join(
        f'<p dir="rtl" lang="fa">{_line(line, start, some)}</p>'
        for line, start, some in zip(lines, starts, inside, strict=False)
        if line.strip()
    )


def _line(line: str, offset: int, found: list[Mark]) -> str:
    ends = {0, len(line), *bidi.dropped(line)}  # So that a letter's place in a piece is its place in the text.
    for mark in found:
        ends |= {max(mark.start - offset, 0), min(mark.stop - offset, len(line))}
    return "".join(_piece(line, offset, start, stop, found) for start, stop in pairwise(sorted(ends)))


def _piece(line: str, offset: int, start: int, stop: int, found: list[Mark]) -> str:
    covering = [mark for mark in found if mark.start <= offset + start and mark.stop >= offset + stop]
    words, at = bidi.inline(line[start:stop]), f'data-at="{offset + start}"'
    if not covering:
        return f"<span {at}>{words}</span>"
    before = "".join(mark.before for mark in covering if mark.start == offset + start)
    classes = " ".join(dict.fromkeys(mark.classes for mark in covering))
    titles = " · ".join(dict.fromkeys(mark.title for mark in covering if mark.title))
    tip = f' title="{titles}"' if titles else ""
    return f'{before}<span class="{classes}"{tip} {at}>{words}</span>'
