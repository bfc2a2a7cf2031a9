"""What the network says in a sentence, what unites and divides it, and how polarised it is over time."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.measure import blocs, periods
from analysis.measure.facts import NO_DAY
from analysis.measure.periods import Axis, Unit
from pages.ui import bidi, charts, charts_share, charts_time, page, state, theme
from pages.ui.agreeing.question import Question

CONCEPTS, PERIODS = 12, 16
"""Concepts and periods that are drawn."""
ENOUGH = 5
"""Only pairs with so many concepts in common are named: fewer are not enough to say who agrees most."""
UNITS: tuple[Unit, ...] = ("month", "season")
LINES = ("modularity", "within_share", "between_share")


def finding(question: Question) -> None:
    """The network in plain sentences."""
    view, labels = question.view, question.view.labels
    held, found = question.held, question.blocs
    page.figure(view, "agreement.blocs", pd.DataFrame([found.quoted()]))
    page.figure(view, "agreement.nodes", held.n_nodes)
    said = {"nodes": len(held.nodes), "who": question.word("who"), "pairs": found.pairs, "of": held.n_nodes}
    lines = [labels("agreement.finding", **said, least=question.asked.least, active=question.asked.active)]
    pairs = question.pairs
    pairs = pairs[pairs["shared"] >= ENOUGH].sort_values(["subtract", "shared"], kind="stable")
    for name, pair in (("most", pairs.tail(1)), ("least", pairs.head(1))):
        row = next(pair.itertuples(), None)
        if row and (row.subtract > 0) == (name == "most") and row.subtract:
            counts = {"shared": int(row.shared), "agree": int(row.agree), "differ": int(row.differ)}
            lines.append(labels(f"agreement.finding_{name}", pair=question.both(row.one, row.other), **counts))
    if not found.is_enough:
        lines.append(labels("agreement.finding_thin", nodes=blocs.ENOUGH_NODES, pairs=blocs.ENOUGH_PAIRS))
    elif found.count < 2:
        lines.append(labels("agreement.finding_one", number=found.count))
    else:
        shares = {"within": labels.share(found.within_share), "between": labels.share(found.between_share)}
        if found.between_share != found.between_share:
            shares["between"] = "—"
        quoted = {"blocs": found.count, "modularity": labels.decimal(found.modularity, 2)}
        lines.append(labels("agreement.finding_blocs", **quoted, **shares))
    st.html('<div class="mv-finding">' + "".join(f"<p>{bidi.inline(line)}</p>" for line in lines) + "</div>")


def concepts(question: Question) -> None:
    """How many stand on either side of each concept."""
    view, labels, found = question.view, question.view.labels, question.held.concepts
    if found.empty:
        page.figure(view, "agreement.concepts", found)
        return
    top = found.head(CONCEPTS)
    frame = pd.DataFrame({"id": top["target"]} | {name: top[name] for name in ("for", "mixed", "against")})
    frame["n"] = frame[["for", "mixed", "against"]].sum(axis=1)
    frame["label"] = [view.names.target(value) for value in top["target"]]
    frame["shown"] = [labels("agreement.differ_short", share=labels.share(value)) for value in top["differ_share"]]
    frame["text"] = [
        "\n".join(
            (
                view.names.target(row["target"]),
                question.word("sides").format(
                    **{name: labels.number(row[name]) for name in ("for", "mixed", "against")}
                ),
                labels("agreement.said_concept", agree=row["agree"], differ=row["differ"]),
            )
        )
        for row in top.to_dict("records")
    ]
    look = theme.look(labels)
    page.chart(
        view,
        "agreement.concepts",
        charts_share.sides(look, frame, picked=state.param("c")),
        found,
        on_click=lambda got: state.set_params(c=str(got[0]), p_g=""),
        legend=charts_share.legend(
            look,
            tuple(labels(f"countries.stance_{name}") for name in ("for", "mixed", "against")),  # type: ignore[arg-type]
        ),
        note=labels("agreement.note_concepts", who=question.word("who")),
    )
    if len(found) > len(top):
        st.html(f'<p class="mv-note">{labels("agreement.cut_concepts", shown=len(top), n=len(found))}</p>')


def over_time(question: Question) -> pd.DataFrame:
    """How polarised the network of each period is; returns its frame."""
    view, labels = question.view, question.view.labels
    days = view.facts.days_of(question.held.rows["statement"].to_numpy())
    unit = _unit(question)
    whole = Axis.of(days, unit, view.calendar)
    axis = whole.last(PERIODS)
    found = blocs.over_time(view.facts, question.held, axis)
    if found["modularity"].notna().sum() < 2:
        page.heading(labels("chart.agreement.over_time"))
        page.figure(view, "agreement.over_time", found)
        words = labels("agreement.no_time", nodes=blocs.ENOUGH_NODES, pairs=blocs.ENOUGH_PAIRS)
        st.html(f'<p class="mv-note">{words}</p>')
        return found
    until = periods.complete_until(view.facts, view.filters.stop)
    is_open = periods.is_incomplete(axis.keys[-1], until)
    look = theme.look(labels)
    figure = charts_time.lines(
        look,
        _lines(question, found),
        ticks=[labels.period(key, lines=True) for key in axis.keys],
        percent=False,
        is_open=is_open,
    )
    steps = (0, 0.25, 0.5, 0.75, 1)
    shown = [labels.decimal(step, 2) for step in steps]
    figure.update_yaxes(range=[0, 1.05], tickvals=list(steps), ticktext=shown)
    charts.side_margin(figure, look, shown)
    page.chart(
        view,
        "agreement.over_time",
        figure,
        found,
        on_click=lambda got: state.set_params(when=str(got[1]), p_g=""),
        legend=charts_time.legend(
            look, [labels(f"column.{name}") for name in LINES], open_mark=labels("notice.incomplete") if is_open else ""
        ),
        note=labels("agreement.note_time", nodes=blocs.ENOUGH_NODES, pairs=blocs.ENOUGH_PAIRS),
    )
    notes = []
    if undated := int((days == NO_DAY).sum()):
        notes.append(labels("agreement.undated", n=undated))
    if len(whole) > len(axis):
        notes.append(labels("agreement.cut_periods", shown=len(axis), n=len(whole)))
    if notes:
        st.html(f'<p class="mv-note">{" ".join(notes)}</p>')
    return found


def _unit(question: Question) -> Unit:
    labels = question.view.labels
    return page.choose(  # type: ignore[return-value]
        question.view,
        "topics.unit",
        UNITS,
        lambda name: labels(f"topics.unit_{name}"),
        param="unit",
        usual="season",
        when="",
    )


def _lines(question: Question, found: pd.DataFrame) -> pd.DataFrame:
    labels = question.view.labels
    rows = []
    for name in LINES:
        for place, row in enumerate(found.to_dict("records")):
            value = row[name]
            shown = labels.decimal(value, 2) if name == "modularity" else labels.share(0 if value != value else value)
            words = {"n": int(row["n"]), "nodes": int(row["nodes"]), "pairs": int(row["pairs"])}
            lines = (
                labels.period(row["period"]),
                f"{labels(f'column.{name}')}{labels('app.colon')}{shown}",
                labels("agreement.said_period", **words, blocs=int(row["blocs"])),
            )
            one = {"id": name, "label": labels(f"column.{name}"), "place": place, "value": value}
            rows.append(one | {"text": "\n".join(lines), "period": row["period"]})
    return pd.DataFrame(rows)
