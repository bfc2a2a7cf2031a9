"""The sentences behind a number of this page."""

from __future__ import annotations

import numpy as np

from analysis.measure import coverage, frequency, periods
from analysis.measure.completeness import CODES, WHO
from analysis.measure.facts import NO_DAY, chosen
from analysis.measure.measured import BINS, bin_of
from analysis.schema import STANCES
from pages.ui import listing, page, state
from pages.ui.quality import confidence, error
from pages.ui.quality.looked import OPEN, Looked
from pages.ui.view import View

SPEAKERS = 30
"""Unknown speakers that can be chosen: those who speak most."""


def show(looked: Looked) -> None:
    """What is picked; a click on a chart picks, and so does this choice."""
    view, labels = looked.view, looked.view.labels
    page.heading(labels("quality.opened"), labels("quality.opened_note"))
    asked = page.pick(labels("quality.open"), _options(looked), lambda part: title(looked, part), param=OPEN, p_q="")
    found = statements(looked, asked) if asked else None
    if found is None:
        return
    page.figure(view, f"quality.open.{asked}", len(found))
    page.selection(view, title(looked, asked), len(found), found, filter=_filter(asked), clear=(OPEN, "p_q"))
    listing.statements(view, found, key="q")


def _options(looked: Looked) -> list[str]:
    unknown = looked.speaking.unknown()["speaker"].head(SPEAKERS)
    parts = [f"without:{code}" for code in CODES] + [f"who:{who}" for who in WHO]
    parts += [f"speaker:{speaker}" for speaker in unknown]
    parts += [f"bin_{of}:{number}" for of in confidence.OF for number in range(BINS)]
    parts += [f"stance:{stance}" for stance in STANCES]
    asked = state.param(OPEN)
    return [*parts, "undated:1", "human:1", *([asked] if asked and asked not in parts else [])]


def title(looked: Looked, part: str) -> str:
    """A part in words."""
    view, labels = looked.view, looked.view.labels
    kind, _, value = part.partition(":")
    if kind == "speaker":
        return labels("quality.open_speaker", name=view.names.speaker(value))
    if kind in ("topic", "stance"):
        return error.code(view, kind, value) if value in STANCES or kind == "topic" else value
    if kind == "period":
        return labels.period(value) if periods.unit_of(value) else value
    if kind.startswith("bin_") and value.isascii() and value.isdigit():
        return labels(f"quality.open_{kind}", bin=confidence.bin_name(looked, int(value)))
    if kind == "source":
        return value or labels("app.unknown")
    return labels.get(f"quality.open_{kind}_{value}", part)


def statements(looked: Looked, part: str) -> np.ndarray | None:
    """The statements (positions) of a part; None where there is no such part."""
    view, facts = looked.view, looked.view.facts
    kind, _, value = part.partition(":")
    index = facts.statements.index.to_numpy()
    if kind == "without" and value in CODES:
        return looked.coded.without(value)
    if kind == "who" and value in WHO:
        return looked.speaking.of(value)
    if kind == "speaker":
        return frequency.of_speaker(facts, value)
    if kind == "source":
        return coverage.of_source(facts, value)
    if kind == "topic":
        return frequency.of_topic(facts, value)
    if kind == "period" and periods.unit_of(value):
        return periods.in_period(facts, value)
    if kind == "undated":
        return index[facts.statements["day"].to_numpy() == NO_DAY]
    if kind == "human":
        return index[facts.statements["human"].to_numpy()]
    if kind == "stance" and value in STANCES:
        return np.unique(facts.positions["statement"].to_numpy()[chosen(facts.positions["stance"], [value])])
    if kind in ("bin_statements", "bin_positions") and value.isascii() and value.isdigit():
        return _of_bin(view, kind, int(value))
    return None


def _of_bin(view: View, kind: str, number: int) -> np.ndarray:
    rows = view.facts.statements if kind == "bin_statements" else view.facts.positions
    mine = ~rows["human"].to_numpy() & (bin_of(rows["confidence"].to_numpy()) == number)
    found = rows.index.to_numpy() if kind == "bin_statements" else rows["statement"].to_numpy()
    return np.unique(found[mine])


def _filter(part: str) -> dict[str, object]:
    """What a part means as a filter, where it means one."""
    kind, _, value = part.partition(":")
    fields = {"speaker": "speakers", "source": "sources", "topic": "topics"}
    return {fields[kind]: (value,)} if kind in fields and value else {"coded": "human"} if kind == "human" else {}
