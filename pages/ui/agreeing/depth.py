"""What one agrees and differs on with others, or two with each other, both sides' sentences beside each other."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from analysis.measure.facts import as_date
from pages.ui import bidi, cards, charts, charts_agreement, page, state, theme
from pages.ui.agreeing.matrix import lengths
from pages.ui.agreeing.question import Question, take
from pages.ui.palette import MARKS

MOST, ROWS, CONCEPTS, CARDS = 24, 10, 3, 2
"""Pairs of one node that are drawn; of two, concepts that are drawn, whose sentences are shown, sentences a side."""


def one(question: Question) -> None:
    """With whom the chosen one agrees, and with whom not."""
    view, labels, node = question.view, question.view.labels, question.a
    found = question.pairs[(question.pairs["one"] == node) | (question.pairs["other"] == node)]
    page.heading(question.name(node))
    row = question.held.nodes.set_index("node").loc[node]
    bloc = question.blocs.of[node]
    words = labels("agreement.said_node", n=int(row["n"]), concepts=int(row["concepts"]))
    bloc_words = labels("agreement.in_bloc", number=bloc) if bloc else labels("agreement.no_bloc")
    st.html(f'<p class="mv-note">{bidi.inline(words)} · {bidi.inline(bloc_words)}</p>')
    if found.empty:
        page.figure(view, "agreement.node", found)
        st.html(f'<p class="mv-note">{labels("agreement.no_pairs_of", least=question.asked.least)}</p>')
        return
    top = found if len(found) <= MOST else pd.concat([found.head(MOST // 2), found.tail(MOST // 2)])
    page.chart(
        view,
        "agreement.node",
        charts_agreement.diverging(theme.look(labels), lengths(question, top, node)),
        found,
        on_click=lambda got: take(node, str(got[0])),
        note=labels(f"agreement.note_{question.measure}"),
    )


def two(question: Question) -> None:
    """What two agree and differ on."""
    view, labels, a, b = question.view, question.view.labels, question.a, question.b
    page.heading(question.both(a, b))
    found = question.held.between(a, b)
    if found.empty:
        page.figure(view, "agreement.pair", found)
        st.html(f'<p class="mv-note">{labels("agreement.nothing_shared")}</p>')
        return
    counts = {"n": len(found), "agree": int(found["agree"].sum()), "differ": int(found["differ"].sum())}
    few = "" if len(found) >= question.asked.least else " " + labels("agreement.too_few", least=question.asked.least)
    st.html(f'<p class="mv-note">{bidi.inline(labels("agreement.pair_said", **counts) + few)}</p>')
    shown = found.head(ROWS)
    page.chart(
        view,
        "agreement.pair",
        charts.squares(
            theme.look(labels),
            _cells(question, shown),
            rows=[view.names.target(value) for value in shown["target"]],
            columns=[question.name(a), question.name(b)],
            picked=f"{state.param('c')}~{a}",
            wide=True,
        ),
        found,
        on_click=lambda got: state.set_params(c=str(got[0]).partition("~")[0], p_g=""),
        note=labels("agreement.note_pair"),
    )
    if len(found) > ROWS:
        st.html(f'<p class="mv-note">{labels("agreement.cut_shared", shown=ROWS, n=len(found))}</p>')
    asked = state.param("c")
    concepts = [asked] if asked in set(found["target"]) else list(found["target"].head(CONCEPTS))
    for number, target in enumerate(concepts):
        row = found.set_index("target").loc[target]
        _beside(question, number, target, bool(row["agree"]), bool(row["differ"]))


def _cells(question: Question, found: pd.DataFrame) -> pd.DataFrame:
    """What each of both says of each concept, as the cells of `charts.squares`."""
    view, palette, held = question.view, theme.look(question.view.labels).palette, question.held
    nodes, targets = held.nodes["node"].tolist(), held.targets.tolist()
    rows = []
    for number, row in enumerate(found.to_dict("records")):
        for column, (end, node) in enumerate((("one", question.a), ("other", question.b))):
            pro, con = int(row[f"for_{end}"]), int(row[f"against_{end}"])
            side = held.counts[:, nodes.index(node), targets.index(row["target"])] > 0
            tone = "mixed" if side.all() else "for" if side[0] else "against"
            counts = [
                f"{MARKS[mark]}\u00a0{view.labels.number(n)}" for mark, n in (("for", pro), ("against", con)) if n
            ]
            words = view.labels("agreement.said_sides", pro=pro, con=con)
            rows.append(
                {
                    "id": f"{row['target']}~{node}",
                    "row": number,
                    "column": column,
                    "fill": palette.stance_fill[tone],
                    "ink": palette.stance_ink[tone],
                    "edge": palette.stance_edge[tone],
                    "shown": "\n".join(counts),
                    "text": "\n".join((question.name(node), view.names.target(str(row["target"])), words)),
                }
            )
    return pd.DataFrame(rows)


def _beside(question: Question, number: int, target: str, agree: bool, differ: bool) -> None:
    """Both sides' newest sentences on a concept, side by side."""
    view, labels = question.view, question.view.labels
    kind = "torn" if agree and differ else "differ" if differ else "agree"
    words = view.names.target(target) + labels("app.colon") + labels(f"agreement.they_{kind}")
    st.html(f'<h3 class="mv-head">{bidi.inline(words)}</h3>')
    direction = view.names.direction(target)
    if direction:
        st.html(f'<p class="mv-note">{bidi.inline(direction)}</p>')
    with st.container(key=f"mv_two_{number}"):
        columns = st.columns(2, gap="large")
    for column, node in zip(columns, (question.a, question.b), strict=True):
        statements = np.unique(question.held.of(node, target)["statement"].to_numpy())
        with column:
            n = labels("statements.n_statements", n=len(statements))
            st.html(f'<p class="mv-note"><b>{bidi.inline(question.name(node))}</b> · {n}</p>')
            _cards(question, statements, f"{number}_{node == question.b:d}")


def _cards(question: Question, statements: np.ndarray, key: str) -> None:
    view = question.view
    days = view.all.days_of(statements)
    newest = statements[np.lexsort((statements, -days.astype("int64")))][:CARDS]
    texts = view.content.statements(newest)
    around = cards.beside(view, texts, sure_only=True)
    for place, row in enumerate(texts.to_dict("records")):
        with st.container(border=True, key=f"card_side_{key}_{place}"):
            day = as_date(int(view.all.days_of(newest[place : place + 1])[0]))
            st.html(cards.html(view, row, around, day, rules=True))
            link = state.query() | {"id": row["article_id"], "s": row["statement_id"]}
            st.page_link(page.ARTICLE, label=page.forward(view.labels, "card.open"), icon="", query_params=link)
