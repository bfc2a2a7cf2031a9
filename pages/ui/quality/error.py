"""The measured error that labels carry, and what it means for a label that somebody reads."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.measure.measured import ACCURACIES, FEW, PARTS, SETS, TASKS, Measured, confidences, expected
from analysis.schema import STANCES
from pages.ui import bidi, charts_quality, charts_time, page, theme
from pages.ui.quality.looked import Looked, open_part
from pages.ui.view import View

TOLD = ("detection", "attribution", "topics", "countries", "position")
"""The tasks of which a sentence says what they mean for a label."""
ALONE = {"countries": "aside"}
"""What was annotated in one set alone."""
COLUMNS = {
    "p": "precision",
    "p_low": "precision_low",
    "p_high": "precision_high",
    "shown": "shown",
    "r": "recall",
    "r_low": "recall_low",
    "r_high": "recall_high",
    "n": "annotated",
    "f1": "f1",
}


def show(looked: Looked) -> None:
    """What is wrong of ten, and the figures by task, topic and stance."""
    view, labels, measured = looked.view, looked.view.labels, looked.measured
    page.heading(labels("quality.error"))
    if measured is None:
        page.figure(view, "quality.error", pd.DataFrame())
        st.html(f'<p class="mv-note">{labels("quality.not_measured")}</p>')
        return
    day = labels.date(measured.day, view.calendar)
    st.html(f'<p class="mv-note">{bidi.inline(labels("quality.measured_on", day=day, **measured.articles))}</p>')
    lines = [words for task in TOLD if (words := of_ten(view, measured, task))]
    lines.append(_positions(looked, measured))
    st.html(f'<ul class="mv-plain">{"".join(f"<li>{bidi.inline(line)}</li>" for line in lines if line)}</ul>')
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        part = page.choose(view, "quality.part", PARTS, lambda name: labels(f"quality.part_{name}"), param="part")
        chosen = page.choose(
            view, "quality.set", SETS[::-1], lambda name: labels(f"quality.set_{name}"), param="set", usual="unseen"
        )
    _chart(view, measured, part, chosen)


def of_ten(view: View, measured: Measured, task: str) -> str:
    """What a task's precision and recall mean for ten labels; "" where it was not measured."""
    found = measured.figure(task, name=ALONE.get(task, "unseen"))
    if not found:
        return ""
    labels = view.labels
    page.figure(view, f"quality.of_ten.{task}", found["p"])
    return labels(
        f"quality.of_ten_{task}",
        wrong=labels.decimal(10 * (1 - found["p"]), 1),
        low=labels.decimal(10 * (1 - found["p_high"]), 1),
        high=labels.decimal(10 * (1 - found["p_low"]), 1),
        missed=labels.decimal(10 * (1 - found["r"]), 1),
        n=int(found["shown"]),
        of=int(found["n"]),
    )


def _positions(looked: Looked, measured: Measured) -> str:
    """Of the positions in view: how many are wrong if each is right as often as its confidence was when measured."""
    view, labels = looked.view, looked.view.labels
    right, n = expected(confidences(view.facts, "positions", measured))
    page.figure(view, "quality.expected", right if n else None)
    if not n:
        return ""
    return labels("quality.of_ten_in_view", n=n, wrong=labels.decimal(10 * (1 - right), 1))


def figures(measured: Measured, part: str, chosen: str) -> pd.DataFrame:
    """The figures of a part in one set, as the table behind the chart: tasks in their order, topics by their number."""
    rows = measured.figures
    rows = rows[(rows["part"] == part) & (rows["set"] == chosen)]
    if part == "task":
        # An accuracy has one value: the share right of those that were found.
        right = rows["code"].isin(ACCURACIES)
        for mine, given in (("p", "f1"), ("p_low", "low"), ("p_high", "high"), ("shown", "n")):
            rows = rows.assign(**{mine: rows[mine].where(~right, rows[given])})
        rows = rows.assign(f1=rows["f1"].where(~right), n=rows["n"].where(~right))
        order = {code: place for place, code in enumerate((*TASKS, *ACCURACIES))}
        rows = rows[rows["code"].isin(order)].sort_values("code", key=lambda codes: codes.map(order))
    elif part == "stance":
        rows = rows.sort_values("code", key=lambda codes: codes.map(STANCES.index))
    else:
        rows = rows.sort_values(["n", "code"], ascending=[False, True])
    return rows[["code", *COLUMNS]].rename(columns=COLUMNS).reset_index(drop=True)


def _chart(view: View, measured: Measured, part: str, chosen: str) -> None:
    labels, every = view.labels, figures(measured, part, chosen)
    cases = every["annotated"].fillna(every["shown"])
    enough = every[cases >= FEW]
    words = [labels("quality.precision"), labels("quality.recall")]
    frames = [
        pd.DataFrame(
            {
                "id": enough["code"],
                "value": enough[side],
                "low": enough[f"{side}_low"],
                "high": enough[f"{side}_high"],
                "series": number,
            }
        )
        for number, side in enumerate(("precision", "recall"))
    ]
    frame = pd.concat(frames, ignore_index=True)
    shown = {row.code: _n(view, row) for row in enough.itertuples()}
    frame["label"] = [code(view, part, value) for value in frame["id"]]
    frame["shown"] = frame["id"].map(shown)
    frame = frame[frame["value"].notna()]
    frame["text"] = [
        f"{row.label}\n{words[row.series]}{labels('app.colon')}{labels.share(row.value)}\n"
        + labels("quality.interval", low=labels.share(row.low), high=labels.share(row.high))
        for row in frame.itertuples()
    ]
    frame["id"] = f"{part}:" + frame["id"]
    look = theme.look(labels)
    page.chart(
        view,
        "quality.error",
        charts_quality.dots(look, frame, percent=True),
        every,
        on_click=(lambda point: open_part(str(point[0]))) if part != "task" else None,
        legend=charts_time.legend(look, words),
        titled=False,
    )
    few = [f"{code(view, part, row.code)} ({labels.number(int(n))})"
           for row, n in zip(every.itertuples(), cases, strict=True) if n < FEW]  # fmt: skip
    if few:
        words_few = labels("quality.too_few", least=FEW, names=labels("app.comma").join(few))
        st.html(f'<p class="mv-note">{bidi.inline(words_few)}</p>')


def _n(view: View, row) -> str:  # type: ignore[no-untyped-def]
    labels = view.labels
    if pd.isna(row.annotated):
        return labels("quality.n_judged", n=int(row.shown))
    return labels("quality.n_both", shown=int(row.shown), n=int(row.annotated))


def code(view: View, part: str, value: str) -> str:
    """A task, a topic or a stance in words."""
    if part == "topic":
        return view.names.topic(value)
    return view.labels(f"stance.{value}" if part == "stance" else f"quality.task_{value.replace(' ', '_')}")
