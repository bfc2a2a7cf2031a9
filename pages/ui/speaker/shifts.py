"""How a speaker's stances moved: each target over time, the test in words, the sentences of both sides."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.measure import shifts, stances
from analysis.measure.facts import as_date, day_number
from pages.ui import bidi, charts_shift, page, state, theme
from pages.ui.palette import MARKS
from pages.ui.speaker import sides
from pages.ui.speaker.sides import Side
from pages.ui.view import View

ROWS = 8
"""Targets that are drawn: those that moved most surely, then those with most positions."""
TICKS = 4
DECISIVE = 3
"""Sentences of each side that are shown side by side."""


def show(view: View, speaker: str) -> None:
    """How the speaker's stance towards each target moved."""
    labels = view.labels
    found = shifts.moves(view.facts, speaker)
    if found.empty:
        page.figure(view, "speaker.moves", found)
        page.heading(labels("chart.speaker.moves"))
        st.html(f'<p class="mv-note">{labels("moves.none", n=2 * shifts.LEAST_ARTICLES)}</p>')
        return
    shown = found.head(ROWS)
    points = shifts.parts(view.facts, speaker)
    points = points[points["target"].isin(shown["target"])]
    target = _target(found)
    page.chart(
        view,
        "speaker.moves",
        _figure(view, shown, points, target),
        found.drop(columns="speaker"),
        on_click=lambda clicked: state.set_params(moved=str(clicked[0])),
        legend=_legend(view),
        finding=_finding(view, found),
        note=labels("moves.counted", sure=labels.share(stances.SURE, whole=True)),
    )
    if len(shown) < len(found):
        st.html(f'<p class="mv-note">{labels("moves.cut", n=len(shown), of=len(found))}</p>')
    picked = page.pick(
        labels("moves.pick"),
        found["target"].tolist(),
        view.names.target,
        param="moved",
        every=labels("moves.clearest", name=view.names.target(target)),
    )
    chosen = found[found["target"] == (picked or target)]
    if len(chosen):
        both(view, chosen.iloc[0].to_dict(), "moved")


def both(view: View, move: dict, key: str) -> None:
    """One move in words, and its decisive sentences before and after the cut."""
    st.html(f'<p class="mv-finding">{bidi.inline(words(view, move))}</p>')
    if not move["cut"]:
        return
    labels = view.labels
    rows = shifts.parts(view.facts, move["speaker"], move["target"])
    cut = day_number(pd.Timestamp(move["cut"]).date())
    later = (rows["day"] >= cut).to_numpy()
    rises = bool(move["change"] > 0)
    day = labels.date(as_date(cut), view.calendar)
    found = []
    for name, side, low_first in (("before", rows[~later], rises), ("after", rows[later], not rises)):
        order = side.sort_values(["value", "sure", "statement"], ascending=[low_first, False, True])
        found.append(Side(labels(f"moves.{name}", day=day), _counts(view, side), order["statement"].head(DECISIVE)))
    sides.show(view, (found[0], found[1]), key, sides.read(view, found))


def words(view: View, move: dict) -> str:
    """What the test says of a move, in a sentence or two."""
    labels = view.labels
    name = view.names.target(move["target"])
    if move["verdict"] == "steady":
        return labels("moves.steady", name=name, n=int(move["n"]), articles=int(move["articles"]))
    if not move["cut"]:
        return labels("moves.not_enough", name=name, n=int(move["n"]), articles=int(move["articles"]))
    values = {
        "name": name,
        "day": labels.date(pd.Timestamp(move["cut"]).date(), view.calendar),
        "before": labels.share(move["earlier"]),
        "after": labels.share(move["later"]),
        "n_before": int(move["n_earlier"]),
        "n_after": int(move["n_later"]),
        **{part: labels.decimal(move[part] * 100, 0, signed=True) for part in ("change", "low", "high")},
    }
    text = labels("moves.change", **values)
    if move["verdict"] == "not_enough":
        return f"{labels('moves.too_few', articles=int(move['articles']))} {text}"
    tested = {"p": labels.probability(move["p"]), "q": labels.probability(move["q"])}
    return f"{labels('moves.' + move['verdict'], **tested)} {text}"


def _target(found: pd.DataFrame) -> str:
    """The target that is opened where none is picked: the clearest one with a cut."""
    cut = found.loc[found["cut"] != "", "target"]
    return str(cut.iloc[0] if len(cut) else found["target"].iloc[0])


def _counts(view: View, side: pd.DataFrame) -> str:
    counts = {stance: int((side["stance"] == stance).sum()) for stance in MARKS}
    marks = {f"mark_{stance}": mark for stance, mark in MARKS.items()}
    return view.labels("positions.counts", **marks, **counts)


def _figure(view: View, shown: pd.DataFrame, points: pd.DataFrame, target: str):
    labels, look = view.labels, theme.look(view.labels)
    rows = shown.assign(
        id=shown["target"],
        label=[view.names.target(value) for value in shown["target"]],
        shown=[f"{charts_shift.VERDICTS[verdict]} {labels('verdict.' + verdict)}" for verdict in shown["verdict"]],
        cut=[float(day_number(pd.Timestamp(day).date())) if day else float("nan") for day in shown["cut"]],
    )
    places = {value: place for place, value in enumerate(shown["target"])}
    points = points.assign(id=points["target"].astype("str"), stance=points["stance"].astype("str"))
    grouped = points.groupby(["id", "day", "stance"], as_index=False).size().rename(columns={"size": "n"})
    grouped["row"] = grouped["id"].map(places)
    spans = grouped.groupby("id")["day"].agg(["min", "max"])
    rows["first"], rows["last"] = rows["id"].map(spans["min"]), rows["id"].map(spans["max"])
    grouped["text"] = [
        "\n".join(
            (
                view.names.target(one.id),
                f"{MARKS[one.stance]} {labels('stance.' + one.stance)}",
                labels.date(as_date(one.day), view.calendar),
                labels("statements.n_statements", n=int(one.n)),
            )
        )
        for one in grouped.itertuples()
    ]
    first, last = int(grouped["day"].min()), int(grouped["day"].max())
    step = max((last - first) / (TICKS - 1), 1)
    days = sorted({round(first + step * i) for i in range(TICKS) if first + step * i <= last + 0.5})
    ticks = [(day, labels.date(as_date(day), view.calendar)) for day in days]
    return charts_shift.timelines(look, grouped, rows, ticks, picked=state.param("moved") or target)


def _legend(view: View) -> str:
    labels = view.labels
    named = [(mark, labels(f"stance.{stance}")) for stance, mark in MARKS.items()]
    return charts_shift.legend([*named, ("┆", labels("moves.legend_cut")), ("━", labels("moves.legend_mean"))])


def _finding(view: View, found: pd.DataFrame) -> str:
    moved = [view.names.target(value) for value in found.loc[found["verdict"] == "shift", "target"]]
    return view.labels("moves.found", names=view.labels.listed(moved)) if moved else view.labels("moves.found_none")
