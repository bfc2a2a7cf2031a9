"""The sentences of a brief: what the view holds, and what must not be misread of it."""

from __future__ import annotations

import pandas as pd

from analysis.export.brief_asked import LEAST, Asked, Counted
from analysis.export.package import program
from analysis.export.readme import figures
from analysis.measure import positions
from analysis.measure.facts import NO_DAY, Facts, as_date, chosen
from analysis.schema import STANCES
from analysis.text.bidi import line
from analysis.text.words import Words

DEMO = "demo"
"""The id of the demonstration collection, all of which is invented."""
THIN_STATEMENTS, THIN_ARTICLES = 30, 10
"""Below either of these, coverage is called thin."""
ONE_SOURCE = 0.6
"""From this share of the statements on, it is said that they come from one source."""
_NAMED = 3


def findings(asked: Asked, counted: Counted, *, shares: bool) -> tuple[str, ...]:
    """What the view holds, in sentences.

    Args:
        asked: what is in view.
        counted: what was counted of it.
        shares: whether there are statements enough to tell shares.
    """
    labels, n = asked.names.labels, counted.totals["statements"]
    found = [_span(asked)]
    if not shares:
        return (*found, labels("brief.too_few", n=n, least=LEAST), *_stands(labels, counted))
    for key, frame, name in (
        ("most_about", counted.topics, asked.names.topic),
        ("most_by", counted.speakers, asked.names.speaker),
    ):
        top = frame.head(_NAMED)
        names = [
            f"{line(name(identity))} {labels('brief.share_n', share=labels.share(share), n=int(count))}"
            for identity, share, count in zip(top.iloc[:, 0], top["share"], top["n"], strict=True)
        ]
        if names:
            found.append(labels(f"brief.{key}", names=labels.listed(names)))
    if len(counted.periods) > 1:
        most = counted.periods.iloc[int(counted.periods["n"].argmax())].to_dict()
        n_dated = int(counted.periods["n"].sum())
        found.append(labels("brief.most_in", period=labels.period(most["period"]), n=int(most["n"]), of=n_dated))
    return (*found, *_stands(labels, counted))


def _span(asked: Asked) -> str:
    """From which day to which, in both calendars."""
    labels = asked.names.labels
    days = asked.facts.statements["day"].to_numpy()
    days = days[days != NO_DAY]
    if not len(days):
        return labels("brief.no_dates")
    first, last = (labels.both_dates(as_date(int(day)), asked.calendar) for day in (days.min(), days.max()))
    return labels("brief.on_day", day=first) if first == last else labels("brief.span", start=first, stop=last)


def _stands(labels: Words, counted: Counted) -> tuple[str, ...]:
    """How many positions there are, and for how many pairs they are enough for a label."""
    if counted.pairs.empty:
        return (labels("brief.no_positions"),)
    total = {name: int(counted.targets[name].sum()) for name in (*STANCES, "n")}
    enough = int((counted.pairs["label"] != positions.NOT_ENOUGH).sum())
    return labels("brief.stands", **total), labels("brief.labelled", n=enough, of=len(counted.pairs))


def caveats(asked: Asked, sources: pd.DataFrame) -> list[tuple[str, str, int]]:
    """What must not be misread: sentences, each with a name and the number that it tells (-1 where it tells none)."""
    labels, facts = asked.names.labels, asked.facts
    n, human = len(facts.statements), int(facts.statements["human"].sum())
    found: list[tuple[str, str, int]] = []

    def add(key: str, number: int = -1, /, **values: object) -> None:
        found.append((labels(f"brief.{key}", **{"n": number, **values}), key, number))

    if invented := _invented(facts):
        add("demo_all" if invented == n else "demo_some", invented, of=n)
    add("machine", n - human, of=n, human=human)
    if figures():
        add("errors", **{name: labels.decimal(float(value), 2) for name, value in figures().items()})
    for name, number in _left_out(asked).items():
        if number:
            add(name, number)
    if n < THIN_STATEMENTS or len(facts.articles) < THIN_ARTICLES:
        add("thin", n, articles=len(facts.articles))
    top = sources.iloc[0].to_dict()
    if len(sources) > 1 and top["share"] >= ONE_SOURCE:
        name = line(top["source"]) or labels("app.unknown")
        add("one_source", int(top["n"]), name=name, share=labels.share(top["share"]), of=n)
    add("collected")
    return found


def _invented(facts: Facts) -> int:
    """How many statements in view are of the demonstration."""
    demo = chosen(facts.whole.articles["collection"], (DEMO,))
    return int(demo[facts.statements["article"].to_numpy()].sum())


def _left_out(asked: Asked) -> dict[str, int]:
    """What is not counted, or counted though it usually is not, by the name of the sentence that says so."""
    facts, filters = asked.facts, asked.filters
    n = len(facts.statements)
    undated = int((facts.statements["day"].to_numpy() == NO_DAY).sum())
    found = {"undated_in": undated if filters.undated != "only" else 0}
    if (filters.start or filters.stop) and not filters.undated:
        found["undated_out"] = len(asked.with_changes(start=None, stop=None, undated="only").statements)
    other = abs(len(asked.with_changes(repeats=not filters.repeats).statements) - n)
    found["repeats_in" if filters.repeats else "repeats_out"] = other
    positions_there = len(asked.with_changes(relayed=not filters.relayed).positions)
    found["relayed_in" if filters.relayed else "relayed_out"] = abs(positions_there - len(facts.positions))
    if filters.sure:
        found["unsure"] = len(asked.with_changes(sure=0).statements) - n
    return found


def data(labels: Words, version: int | None, *, demo: bool) -> str:
    """The program and the version of the data."""
    if version is not None:
        return labels("brief.of_store", program=program(), version=version)
    return labels("brief.of_demo" if demo else "brief.of_tables", program=program())
