"""The matrix of speakers and targets, a part at a time where it is large."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.ui import charts, page, people, state, theme
from pages.ui.stand import words
from pages.ui.view import View

SPEAKERS, TARGETS = 14, 9
"""Rows and columns that are shown at once; a narrow window has no room for more columns."""
ALL = "all"


def kind(view: View) -> str:
    """Let the reader choose the kind of targets; "" for all."""
    chosen = page.choose(
        view,
        "positions.kind",
        (ALL, *words.KINDS),
        lambda name: view.labels(f"positions.kind_{name}"),
        param="kind",
        p_cols="",
        p_rows="",
    )
    return "" if chosen == ALL else chosen


def show(view: View, counts: pd.DataFrame) -> None:
    """The matrix of these cells (columns of `positions.matrix`)."""
    names = view.names
    speakers = _largest(counts, "speaker")
    targets = _largest(counts, "target")
    with st.container(horizontal=True, gap="large", key="mv_parts"):
        row = page.pager(view, len(speakers), "rows", per_page=SPEAKERS, what=view.labels("positions.rows"))
        column = page.pager(view, len(targets), "cols", per_page=TARGETS, what=view.labels("positions.columns"))
    speakers, targets = speakers[row : row + SPEAKERS], targets[column : column + TARGETS]
    shown = counts[counts["speaker"].isin(speakers) & counts["target"].isin(targets)]
    figure = charts.squares(
        theme.look(view.labels),
        _cells(view, shown, speakers, targets),
        rows=[names.speaker(value) for value in speakers],
        columns=[names.target(value) for value in targets],
        picked=f"{state.param('who')}~{state.param('target')}",
        wide=True,
        links=[people.in_chart(view, value) for value in speakers],
    )
    page.chart(
        view,
        "positions.matrix",
        figure,
        counts[["speaker", "target", "for", "mixed", "against", "n", "score", "label"]],
        on_click=lambda found: take(*str(found[0]).split("~")),
        legend=words.legend(view, empty=True),
    )


def take(speaker: str, target: str) -> None:
    """Choose a cell; for callbacks."""
    state.set_params(who=speaker, target=target, **AGAIN)


AGAIN = dict.fromkeys(("p_p", "p_for", "p_mixed", "p_against"), "")
"""The lists of sentences begin anew with another cell."""


def _largest(counts: pd.DataFrame, column: str) -> list[str]:
    return list(counts.groupby(column)["n"].sum().sort_values(ascending=False, kind="stable").index)


def _cells(view: View, counts: pd.DataFrame, speakers: list[str], targets: list[str]) -> pd.DataFrame:
    labels, names = view.labels, view.names
    palette = theme.look(labels).palette
    rows = counts.to_dict("records")
    tones = [words.tone(row["label"]) for row in rows]
    frame = pd.DataFrame(
        {
            "speaker": counts["speaker"].to_numpy(),
            "target": counts["target"].to_numpy(),
            "fill": [palette.stance_fill[tone] for tone in tones],
            "ink": [palette.stance_ink[tone] for tone in tones],
            "edge": [palette.stance_edge[tone] for tone in tones],
            "shown": [words.counts_short(labels, row) for row in rows],
            "more": [f"{labels('label.' + row['label'])}\n{words.counts(labels, row)}" for row in rows],
        }
    )
    # What nobody said anything for or against is a square as well, visibly empty.
    every = pd.MultiIndex.from_product([speakers, targets], names=["speaker", "target"]).to_frame(index=False)
    empty = every.merge(frame[["speaker", "target"]], how="left", indicator=True)
    empty = empty.loc[empty.pop("_merge") == "left_only"].assign(
        fill="rgba(0,0,0,0)", ink=palette.soft, edge=palette.grid, shown="", more=labels("positions.legend_none")
    )
    frame = pd.concat([frame, empty], ignore_index=True)
    frame["row"] = frame["speaker"].map({value: place for place, value in enumerate(speakers)})
    frame["column"] = frame["target"].map({value: place for place, value in enumerate(targets)})
    frame["id"] = frame["speaker"] + "~" + frame["target"]
    frame["text"] = [
        "\n".join((names.speaker(row.speaker), names.target(row.target), row.more)) for row in frame.itertuples()
    ]
    return frame
