"""A statement as a card: who, when, the words with the evidence marked, what it is about, where it is from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from analysis.export import citing
from analysis.export.citing import title
from analysis.schema import MACHINE, Tables
from analysis.search.found import merged
from pages.ui import bidi, people, searching
from pages.ui.palette import MARKS
from pages.ui.view import View

AROUND = 90
"""Letters that are shown before what a search found in an article; twice as many stand behind it."""


@dataclass(frozen=True)
class Beside:
    """What stands beside a page of statements, by statement_id; taken from the tables in one go."""

    articles: dict[str, dict]
    attributions: dict[str, list[dict]]
    topics: dict[str, list[str]]
    countries: dict[str, list[str]]
    positions: dict[str, list[dict]]
    mentions: dict[str, list[dict]]
    asked: searching.Asked | None

    def is_asked(self, *codes: str) -> bool:
        """Whether the search asks for something by its code."""
        return self.asked is not None and not self.asked.codes.isdisjoint(codes)

    def found(self, statement: dict) -> list[tuple[int, int]]:
        """What of a statement's words the search asks for, by letter or by what they name, as places in its text."""
        if self.asked is None:
            return []
        named = [
            (row["start"] - statement["start"], row["stop"] - statement["start"])
            for row in self.mentions.get(statement["statement_id"], ())
            if self.is_asked(f"{row['kind']}:{row['entity_id']}")
        ]
        return merged([*self.asked.spans(statement["text"]), *named])


def beside(
    view: View, statements: pd.DataFrame, tables: Tables | None = None, *, sure_only: bool = False, towards: str = ""
) -> Beside:
    """Everything that the cards of these statements need. All of it is shown, whatever the filters leave out.

    Args:
        view: what is in view.
        statements: some rows of `content.statements`.
        tables: all of their articles, where the caller has them already.
        sure_only: but leave out positions that are not sure enough for the filters.
        towards: and those towards other targets than this one, where one is given.
    """
    ids = statements["statement_id"]
    if tables is None:
        tables = view.content.tables(view.all.statements["article"].to_numpy()[statements.index])
    named = tables.mentions[tables.mentions["statement_id"].isin(ids)]
    mentions = named[named["kind"] == "country"].sort_values("start").drop_duplicates(["statement_id", "entity_id"])
    topics = tables.statement_topics[tables.statement_topics["statement_id"].isin(ids)].sort_values("rank")
    positions = tables.positions[tables.positions["statement_id"].isin(ids)]
    if sure_only:
        least = view.filters.sure / 100 - 1e-6
        positions = positions[(positions["coder"] != MACHINE) | (positions["confidence"] >= least)]
    if towards:
        positions = positions[positions["target"] == towards]
    articles = tables.articles[tables.articles["article_id"].isin(statements["article_id"])]
    articles = articles.assign(text=articles["text"].str.slice(0, 4 * citing.LEAD))
    return Beside(
        articles={row["article_id"]: row for row in articles.to_dict("records")},
        attributions=_grouped(tables.attributions[tables.attributions["statement_id"].isin(ids)]),
        topics=topics.groupby("statement_id")["topic_id"].agg(list).to_dict(),
        countries=mentions.groupby("statement_id")["entity_id"].agg(list).to_dict(),
        positions=_grouped(positions),
        mentions=_grouped(named),
        asked=searching.asked(view),
    )


def _grouped(frame: pd.DataFrame) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for row in frame.to_dict("records"):
        found.setdefault(row["statement_id"], []).append(row)
    return found


def html(
    view: View,
    statement: dict,
    around: Beside,
    day,
    *,
    number: int | None = None,
    full: bool = False,
    rules: bool = False,
) -> str:
    """One card. `full` is the form on the article's page: basis, rule, confidence and coder in place of the source."""
    labels = view.labels
    identity = statement["statement_id"]
    badge = _badge(view, number) if number else ""
    when = "" if full else f'<span class="soft when">{bidi.escape(labels.both_dates(day, view.calendar))}</span>'
    chips = stances(view, around.positions.get(identity, ()), around.attributions.get(identity, ()))
    for kind, name, values in (
        ("topic", view.names.topic, around.topics.get(identity, ())),
        ("country", view.names.country, around.countries.get(identity, ())),
    ):
        chips += [_chip(name(value), f"{kind} hit" if around.is_asked(f"{kind}:{value}") else kind) for value in values]
    if statement["form"] == "headline" or statement["repeats"]:
        chips.append(_chip(labels("card.headline"), "thin"))
    if statement["coder"] != MACHINE:
        chips.append(_chip(f"✎ {labels('card.corrected', name=statement['coder'])}", "human"))
    speakers = who(view, around.attributions.get(identity, ()), around.is_asked)
    return (
        f'<article class="mv-card"><header>{badge}{speakers}{when}</header>'
        f'<p dir="rtl" lang="fa">{marked(statement, around.positions.get(identity, ()), around.found(statement))}</p>'
        f'<div class="mv-chips">{"".join(chips)}</div>'
        f"<footer>{_foot(view, statement, around, full=full, rules=rules)}</footer></article>"
    )


def _badge(view: View, number: int) -> str:
    """A statement's number, which leads to its place in the text; the number there leads here."""
    words = view.labels("article.to_text", number=number)
    shown = view.labels.number(number)
    return f'<a class="mv-chip" id="c-{number}" href="#t-{number}" title="{words}">{shown}</a>'


def who(view: View, attributions, is_asked: Callable[[str], bool] = lambda code: False) -> str:
    """The speakers of a statement with their roles, and whose words they pass on; those searched for are marked."""
    labels, shown = view.labels, []
    for row in attributions:
        hit = " hit" if is_asked(f"speaker:{row['speaker_id']}") else ""
        if row["part"] == "relayed":
            before, _, after = labels.table["card.relays"].partition("{name}")
            name = people.link(view, row["speaker_id"])
            shown.append(f'<span class="soft{hit}">{bidi.inline(before)}{name}{bidi.inline(after)}</span>')
            continue
        role = view.names.role(row["role"], row["country"])
        name = people.link(view, row["speaker_id"])
        shown.append(f'<span class="who{hit}">{name}</span> <span class="soft">{bidi.escape(role)}</span>')
    return "".join(f"<span>{part}</span>" for part in shown) or f'<span class="soft">{labels("citation.nobody")}</span>'


def stances(view: View, positions, attributions=()) -> list[str]:
    """A chip for each position: mark, stance, target; with «به روایت» where the holder only is passed on."""
    labels, chips = view.labels, []
    several = len({row["speaker_id"] for row in positions}) > 1
    relaying = [view.names.speaker(row["speaker_id"]) for row in attributions if row["part"] == "speaker"]
    for row in positions:
        target, stance = view.names.target(row["target"]), labels(f"stance.{row['stance']}")
        words = f"{MARKS[row['stance']]} {target}{labels('app.colon')}{stance}"
        if row["relayed"]:
            holder = view.names.speaker(row["speaker_id"])
            words += f" ({holder}{labels('app.comma')}{labels('card.relayed', name=labels.listed(relaying))})"
        elif several:
            words += f" ({view.names.speaker(row['speaker_id'])})"
        if row["coder"] != MACHINE:
            words += " ✎"
        chips.append(_chip(words, row["stance"]))
    return chips


def marked(statement: dict, positions, found=()) -> str:
    """The statement's words with the evidence of its positions marked, and in it what a search found.

    Where two pieces of evidence overlap, the first keeps its mark.
    """
    text, at, parts = statement["text"], 0, []
    for row in sorted(positions, key=lambda row: row["start"]):
        start, stop = row["start"] - statement["start"], row["stop"] - statement["start"]
        if not at <= start < stop <= len(text):
            continue
        words = with_found(text, found, start, stop)
        parts += [
            with_found(text, found, at, start),
            f'<mark class="{row["stance"]}">{MARKS[row["stance"]]} {words}</mark>',
        ]
        at = stop
    return "".join([*parts, with_found(text, found, at, len(text))])


def with_found(text: str, found, start: int, stop: int) -> str:
    """The stretch `[start, stop)` of a text as HTML, with what a search found (places in the text) marked."""
    parts = []
    for first, last in found:
        first, last = max(first, start), min(last, stop)
        if first < last:
            parts += [bidi.inline(text[start:first]), f'<mark class="hit">{bidi.inline(text[first:last])}</mark>']
            start = last
    return "".join([*parts, bidi.inline(text[start:stop])])


def extract(text: str, found) -> str:
    """The words around the first place that a search found in a long text, as HTML; "" where it found none."""
    if not found:
        return ""
    start = max(text.rfind("\n", 0, found[0][0]) + 1, found[0][0] - AROUND)
    start = start if start == 0 or text[start - 1] == "\n" else text.find(" ", start) + 1
    stop = text.find("\n", found[0][1])
    stop = min(len(text) if stop < 0 else stop, found[0][1] + 2 * AROUND)
    before, after = "… " if start else "", " …" if stop < len(text) else ""
    return f'<p dir="rtl" lang="fa">{before}{with_found(text, found, start, stop)}{after}</p>'


def _chip(text: str, kind: str) -> str:
    return f'<span class="mv-chip {kind}">{bidi.escape(text)}</span>'


def _foot(view: View, statement: dict, around: Beside, *, full: bool, rules: bool) -> str:
    labels = view.labels
    article = around.articles[statement["article_id"]]
    form = labels(f"form.{statement['form']}")
    found = around.positions.get(statement["statement_id"], ())
    fired = dict.fromkeys(_fired(view, row) for row in found if full or rules)  # Once for joint speakers.
    if full:
        basis = [labels(f"basis.{row['basis']}") for row in around.attributions.get(statement["statement_id"], ())]
        parts = [form, *dict.fromkeys(basis), *fired, coded(view, statement)]
    else:
        parts = [article["source"] or labels("app.unknown"), title(article), form, *fired, sure(view, statement)]
    return "".join(f"<span>{bidi.escape(part)}</span>" for part in parts if part)


def _fired(view: View, position: dict) -> str:
    rule = f"{view.labels('positions.rule')}: {view.names.rule(position['rule'])}"
    return f"{rule} ({sure(view, position)})"


def sure(view: View, row: dict) -> str:
    """How sure a machine is of a row, or who coded it."""
    if row["coder"] == MACHINE:
        return view.labels("card.confidence", share=view.labels.share(row["confidence"]))
    return view.labels("card.human", name=row["coder"])


def coded(view: View, row: dict) -> str:
    """Who coded a row, and how sure a machine is."""
    machine = f"{view.labels('card.machine')}{view.labels('app.comma')}" if row["coder"] == MACHINE else ""
    return machine + sure(view, row)
