"""Who stands where, towards topics, states and organisations."""

import numpy as np
import pandas as pd
import streamlit as st

from analysis.measure import positions
from pages.ui import bidi, charts, listing, page, state, theme
from pages.ui.palette import MARKS
from pages.ui.view import View

SPEAKERS, TARGETS = 14, 9
_LEGEND = {"for": "legend_for", "mixed": "legend_mixture", "against": "legend_against", "thin": "legend_thin"}


def show() -> None:
    """The page."""
    view = page.start("positions")
    if view is None:
        return
    counts = positions.matrix(view.facts)
    if counts.empty:
        st.html(f'<div class="mv-empty">{view.labels("positions.none")}</div>')
        return
    _matrix(view, counts)
    _evidence(view, counts)


def _matrix(view: View, counts: pd.DataFrame) -> None:
    labels, names = view.labels, view.names
    by_speaker = counts.groupby("speaker")["n"].sum().sort_values(ascending=False, kind="stable")
    by_target = counts.groupby("target")["n"].sum().sort_values(ascending=False, kind="stable")
    speakers, targets = list(by_speaker.index[:SPEAKERS]), list(by_target.index[:TARGETS])
    cells = _cells(view, counts[counts["speaker"].isin(speakers) & counts["target"].isin(targets)], speakers, targets)
    figure = charts.squares(
        theme.look(labels),
        cells,
        rows=[names.speaker(value) for value in speakers],
        columns=[names.target(value) for value in targets],
        picked=f"{state.param('who')}~{state.param('target')}",
        wide=True,
    )
    shown = counts[["speaker", "target", "for", "mixed", "against", "n", "label"]]
    page.chart(
        view,
        "positions.matrix",
        figure,
        shown,
        on_click=lambda found: _take(str(found[0])),
        legend=_legend(view),
    )
    if len(speakers) < len(by_speaker) or len(targets) < len(by_target):
        cut = {
            "speakers": len(speakers),
            "all_speakers": len(by_speaker),
            "targets": len(targets),
            "all_targets": len(by_target),
        }
        st.html(f'<p class="mv-note">{labels("positions.cut", **cut)}</p>')
    if not view.filters.relayed:
        more = len(view.with_changes(relayed=True).positions) - len(view.facts.positions)
        if more > 0:
            page.note("relayed", labels("positions.relayed_out", n=more), labels("notice.repeats_show"), relayed=True)


def _cells(view: View, counts: pd.DataFrame, speakers: list[str], targets: list[str]) -> pd.DataFrame:
    labels, names = view.labels, view.names
    palette = theme.look(labels).palette
    tone = [_tone(label) for label in counts["label"]]
    frame = pd.DataFrame(
        {
            "id": counts["speaker"] + "~" + counts["target"],
            "row": counts["speaker"].map({value: place for place, value in enumerate(speakers)}),
            "column": counts["target"].map({value: place for place, value in enumerate(targets)}),
            "fill": [palette.stance_fill[value] for value in tone],
            "ink": [palette.stance_ink[value] for value in tone],
            "edge": [palette.stance_edge[value] for value in tone],
        }
    )
    rows = counts.to_dict("records")
    frame["shown"] = [_counts_short(labels, row) for row in rows]
    frame["text"] = [
        "\n".join(
            (
                names.speaker(row["speaker"]),
                names.target(row["target"]),
                labels("label." + row["label"]),
                _counts(labels, row),
            )
        )
        for row in rows
    ]
    return frame


def _tone(label: str) -> str:
    if label == positions.NOT_ENOUGH:
        return "thin"
    return "mixed" if label == "mixture" else label.rpartition("_")[2]


def _counts_short(labels, row: dict) -> str:
    return "\n".join(f"{MARKS[stance]}\u00a0{labels.number(int(row[stance]))}" for stance in MARKS if row[stance])


def _counts(labels, row: dict) -> str:
    numbers = {stance: int(row[stance]) for stance in MARKS}
    marks = {f"mark_{stance}": mark for stance, mark in MARKS.items()}
    return labels("positions.counts", **marks, **numbers)


def _legend(view: View) -> str:
    labels = view.labels
    palette = theme.look(labels).palette
    parts = []
    for tone, key in _LEGEND.items():
        colours = f"background:{palette.stance_fill[tone]};border-color:{palette.stance_edge[tone]}"
        words = labels(f"positions.{key}", n=positions.ENOUGH)
        mark = f"{MARKS[tone]} " if tone in MARKS else ""
        parts.append(f'<span><span class="mv-swatch" style="{colours}"></span>{mark}{words}</span>')
    return f'<div class="mv-legend">{"".join(parts)}</div>'


def _take(cell: str) -> None:
    speaker, _, target = cell.partition("~")
    state.set_params(who=speaker, target=target, p_p="")


def _evidence(view: View, counts: pd.DataFrame) -> None:
    labels, names = view.labels, view.names
    with st.container(horizontal=True):
        speaker = page.pick(
            labels("positions.pick_speaker"),
            names.order(counts["speaker"].unique(), "speaker"),
            names.speaker,
            param="who",
            every=labels("positions.any_speaker"),
            p_p="",
        )
        target = page.pick(
            labels("positions.pick_target"),
            names.order(counts["target"].unique(), "target"),
            names.target,
            param="target",
            every=labels("positions.any_target"),
            p_p="",
        )
    if not speaker and not target:
        return
    found = positions.evidence(view.facts, speaker, target)
    sure = found.groupby("statement")["confidence"].max()
    _summary(view, counts, speaker, target, sure.index.to_numpy())
    listing.statements(view, sure.index.to_numpy(), key="p", sure=sure.to_numpy(), rules=True)


def _summary(view: View, counts: pd.DataFrame, speaker: str, target: str, shown: np.ndarray) -> None:
    labels, names = view.labels, view.names
    rows = (
        counts[(counts["speaker"] == speaker if speaker else True) & (counts["target"] == target if target else True)]
        if speaker or target
        else counts
    )
    if rows.empty:
        return
    title = " ← ".join(part for part in (speaker and names.speaker(speaker), target and names.target(target)) if part)
    if not labels.rtl:
        title = title.replace("←", "→")
    total = {stance: int(rows[stance].sum()) for stance in MARKS}
    note = _counts(labels, total)
    if speaker and target:
        note = f"{labels('label.' + rows['label'].iloc[0])} · {note}"
    page.selection(
        view,
        title,
        len(shown),
        shown,
        filter=_as_filter(speaker, target),
        clear=("who", "target"),
        note=note,
    )
    direction = names.direction(target) if target else ""
    if direction:
        st.html(f'<p class="mv-note">{bidi.inline(direction)}</p>')


def _as_filter(speaker: str, target: str) -> dict[str, object]:
    """What the pick means as filters: the speaker, and statements that are about the target or name it."""
    kind, _, value = target.partition(":")
    found: dict[str, object] = {"speakers": (speaker,)} if speaker else {}
    if kind == "org":
        return found | {"named": (f"organisation:{value}",)}
    field = {"topic": "topics", "state": "countries"}.get(kind)
    return found | ({field: (value,)} if field else {})


show()
