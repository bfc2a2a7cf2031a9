"""Where those compared stand: their positions by target, and where their scores lie furthest apart."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.measure import positions, standing
from pages.ui import bidi, charts_compare, charts_share, page, theme
from pages.ui.compared.question import Question, opened, take
from pages.ui.palette import MARKS

BARS, DIFFERENCES = 20, 10


def show(question: Question) -> None:
    """Both charts."""
    view, labels = question.view, question.view.labels
    found = question.stances
    if found.empty:
        page.heading(labels("chart.compare.positions"))
        page.figure(view, "compare.positions", found)
        st.html(f'<p class="mv-note">{labels("positions.none")}</p>')
        return
    with st.container(key="mv_two_stands"):
        left, right = st.columns((3, 2), gap="large")
    with left:
        _positions(question, found)
    with right:
        _scores(question)


def _positions(question: Question, found: pd.DataFrame) -> None:
    view, labels = question.view, question.view.labels
    shown = list(found["target"].drop_duplicates().head(max(BARS // len(question.sides), 3)))
    look = theme.look(labels)
    every = pd.MultiIndex.from_product([shown, list(question.places)], names=["target", "side"])
    rows = found.set_index(["target", "side"]).reindex(every).reset_index()
    # A side without a position has a line that says so.
    rows = rows.fillna(dict.fromkeys(("for", "mixed", "against", "n"), 0) | {"label": positions.NOT_ENOUGH})
    rows["group"] = rows["target"].map({value: place for place, value in enumerate(shown)})
    page.chart(
        view,
        "compare.positions",
        charts_compare.stances(
            look,
            bars(question, rows, [view.names.target(value) for value in rows["target"]], rows["target"]),
            [view.names.target(value) for value in shown],
            [f"{question.sign(side)} {name}" for side, name in question.names.items()],
        ),
        found,
        on_click=lambda point: opened(question, str(point[0]), target=str(point[1])),
        note=labels(f"compared.about_positions{'_named' if question.by == 'named' else ''}", n=positions.ENOUGH),
        legend=stance_legend(question),
    )
    n = found["target"].nunique()
    if n > len(shown):
        st.html(f'<p class="mv-note">{labels("compared.cut_targets", shown=len(shown), n=n)}</p>')
    if not view.filters.relayed:
        more = len(view.with_changes(relayed=True).positions) - len(view.facts.positions)
        if more > 0:
            page.note("relayed", labels("positions.relayed_out", n=more), labels("notice.repeats_show"), relayed=True)


def stance_legend(question: Question) -> str:
    """What the colours of stances mean."""
    labels = question.view.labels
    words = (labels("stance.for"), labels("stance.mixed"), labels("stance.against"))
    return charts_share.legend(theme.look(labels), words)


def bars(question: Question, rows: pd.DataFrame, heads: list[str], keys: pd.Series) -> pd.DataFrame:
    """Rows of counts as the bars of `charts_compare.stances`; they have group and side."""
    labels, names = question.view.labels, question.view.names
    frame = rows.assign(place=rows["side"].map(question.places), key=keys, few=rows["n"] < positions.ENOUGH)
    frame["shown"] = [label(question, row) for row in rows.to_dict("records")]
    frame["text"] = [
        "\n".join((head, names.side(row["side"]), labels(f"label.{row['label']}"), counts(question, row)))
        for head, row in zip(heads, rows.to_dict("records"), strict=True)
    ]
    return frame


def label(question: Question, row: dict) -> str:
    """A label in words of frequency, with n; «not enough» where there are too few."""
    labels, n = question.view.labels, int(row["n"])
    words = labels(f"label.{row['label']}") if n else labels("compared.no_position")
    return f"{words} ({labels.number(n)})" if n else words


def counts(question: Question, row: dict) -> str:
    """How many for, both ways and against, in words."""
    numbers = {name: int(row[name]) for name in MARKS}
    marks = {f"mark_{name}": mark for name, mark in MARKS.items()}
    return question.view.labels("positions.counts", **marks, **numbers)


def _scores(question: Question) -> None:
    view, labels = question.view, question.view.labels
    found = standing.differences(question.sides, question.held)
    tested = found[found["verdict"] != "thin"]
    if tested.empty:
        page.heading(labels("chart.compare.scores"))
        page.figure(view, "compare.scores", found)
        words = labels("compared.thin_scores", n=positions.ENOUGH, articles=standing.LEAST_ARTICLES)
        st.html(f'<p class="mv-note">{bidi.inline(words)}</p>')
        return
    top = tested.head(DIFFERENCES)
    finding = _finding(question, found)
    page.chart(
        view,
        "compare.scores",
        charts_compare.gaps(theme.look(labels), _drawn(question, top)),
        found,
        on_click=lambda point: take(target=str(point[0]), left=str(point[1]), right=str(point[2])),
        finding=finding,
    )
    rest = [finding]
    if len(top) < len(tested):
        rest.append(labels("compared.cut_differences", shown=len(top), n=len(tested)))
    if thin := len(found) - len(tested):
        rest.append(labels("compared.scores_thin", n=thin, least=positions.ENOUGH, articles=standing.LEAST_ARTICLES))
    st.html(f'<p class="mv-note">{bidi.inline(" ".join(rest))}</p>')


def _drawn(question: Question, top: pd.DataFrame) -> pd.DataFrame:
    labels, names = question.view.labels, question.view.names
    frame = top.assign(key=top["target"], place=top["more"].map(question.places), sure=top["verdict"] == "differs")
    frame["label"] = [names.target(value) for value in top["target"]]
    frame["shown"] = [
        f"{question.sign(row.more)} {labels.decimal(row.score, 2)} · "
        f"{question.sign(row.less)} {labels.decimal(row.score_less, 2)}"
        for row in top.itertuples()
    ]
    frame["text"] = [
        "\n".join(
            (
                label,
                labels("compared.score", name=question.names[row.more], score=labels.decimal(row.score, 2), n=row.n),
                labels(
                    "compared.score",
                    name=question.names[row.less],
                    score=labels.decimal(row.score_less, 2),
                    n=row.n_less,
                ),
                labels(
                    "compared.gap",
                    gap=labels.decimal(row.difference, 2),
                    low=labels.decimal(row.low, 2),
                    high=labels.decimal(row.high, 2),
                ),
                f"{labels(f'verdict.{row.verdict}')} (q = {labels.probability(row.q)})",
            )
        )
        for label, row in zip(frame["label"], top.itertuples(), strict=True)
    ]
    return frame


def _finding(question: Question, found: pd.DataFrame) -> str:
    labels, names = question.view.labels, question.view.names
    sure = found[found["verdict"] == "differs"].head(3)
    said = [
        labels(
            "compared.more_for",
            more=question.names[row.more],
            less=question.names[row.less],
            target=names.target(row.target),
        )
        for row in sure.itertuples()
    ]
    return " ".join(said) or labels("compared.alike_scores")
