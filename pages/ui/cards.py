"""A statement as a card: who, when, the words with the evidence marked, what it is about, where it is from."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.schema import MACHINE
from pages.ui import bidi
from pages.ui.palette import MARKS
from pages.ui.view import View

LEAD = 80
"""How many letters of its text stand for an article that has no title."""


@dataclass(frozen=True)
class Beside:
    """What stands beside a page of statements, by statement_id; taken from the tables in one go."""

    articles: dict[str, dict]
    attributions: dict[str, list[dict]]
    topics: dict[str, list[str]]
    countries: dict[str, list[str]]
    positions: dict[str, list[dict]]


def beside(view: View, statements: pd.DataFrame, *, sure_only: bool = False) -> Beside:
    """Everything that the cards of these statements need. All of it is shown, whatever the filters leave out.

    Args:
        view: what is in view.
        statements: some rows of `content.statements`.
        sure_only: but leave out positions that are not sure enough for the filters.
    """
    ids = statements["statement_id"]
    tables = view.content.tables(view.all.statements["article"].to_numpy()[statements.index])
    mentions = tables.mentions[tables.mentions["statement_id"].isin(ids)]
    mentions = (
        mentions[mentions["kind"] == "country"].sort_values("start").drop_duplicates(["statement_id", "entity_id"])
    )
    topics = tables.statement_topics[tables.statement_topics["statement_id"].isin(ids)].sort_values("rank")
    positions = tables.positions[tables.positions["statement_id"].isin(ids)]
    if sure_only:
        least = view.filters.sure / 100 - 1e-6
        positions = positions[(positions["coder"] != MACHINE) | (positions["confidence"] >= least)]
    articles = tables.articles[tables.articles["article_id"].isin(statements["article_id"])]
    articles = articles.assign(text=articles["text"].str.slice(0, 4 * LEAD))
    return Beside(
        articles={row["article_id"]: row for row in articles.to_dict("records")},
        attributions=_grouped(tables.attributions[tables.attributions["statement_id"].isin(ids)]),
        topics=topics.groupby("statement_id")["topic_id"].agg(list).to_dict(),
        countries=mentions.groupby("statement_id")["entity_id"].agg(list).to_dict(),
        positions=_grouped(positions),
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
    badge = f'<span class="mv-chip">{labels.number(number)}</span>' if number else ""
    when = "" if full else f'<span class="soft when">{bidi.escape(labels.both_dates(day, view.calendar))}</span>'
    chips = stances(view, around.positions.get(identity, ()), around.attributions.get(identity, ()))
    chips += [_chip(view.names.topic(value), "topic") for value in around.topics.get(identity, ())]
    chips += [_chip(view.names.country(value), "country") for value in around.countries.get(identity, ())]
    if statement["form"] == "headline" or statement["repeats"]:
        chips.append(_chip(labels("card.headline"), "thin"))
    return (
        f'<article class="mv-card"><header>{badge}{who(view, around.attributions.get(identity, ()))}{when}</header>'
        f'<p dir="rtl" lang="fa">{marked(statement, around.positions.get(identity, ()))}</p>'
        f'<div class="mv-chips">{"".join(chips)}</div>'
        f"<footer>{_foot(view, statement, around, full=full, rules=rules)}</footer></article>"
    )


def title(article: dict) -> str:
    """An article's title; its first words where it has none."""
    if article["title"]:
        return article["title"]
    first = article["text"].strip().split("\n")[0]
    if len(first) > LEAD:
        first = first[:LEAD].rpartition(" ")[0] + " …"
    return first or article["article_id"]


def who(view: View, attributions) -> str:
    """The speakers of a statement with their roles, and whose words they pass on."""
    labels, shown = view.labels, []
    for row in attributions:
        name = view.names.speaker(row["speaker_id"])
        if row["part"] == "relayed":
            shown.append(f'<span class="soft">{bidi.escape(labels("card.relays", name=name))}</span>')
            continue
        role = view.names.role(row["role"], row["country"])
        shown.append(f'<span class="who">{bidi.escape(name)}</span> <span class="soft">{bidi.escape(role)}</span>')
    return "".join(f"<span>{part}</span>" for part in shown) or f'<span class="soft">{labels("card.no_speaker")}</span>'


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
        chips.append(_chip(words, row["stance"]))
    return chips


def marked(statement: dict, positions) -> str:
    """The statement's words with the evidence of its positions marked; where two overlap, the first keeps its mark."""
    text, at, parts = statement["text"], 0, []
    for row in sorted(positions, key=lambda row: row["start"]):
        start, stop = row["start"] - statement["start"], row["stop"] - statement["start"]
        if not at <= start < stop <= len(text):
            continue
        mark = f'<mark class="{row["stance"]}">{MARKS[row["stance"]]} {_inline(text[start:stop])}</mark>'
        parts += [_inline(text[at:start]), mark]
        at = stop
    return "".join([*parts, _inline(text[at:])])


def _inline(text: str) -> str:
    return bidi.inline(text)


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
