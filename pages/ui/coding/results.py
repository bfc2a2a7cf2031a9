"""What came of a sample: how far its coders agree with each other and with the program, and where they differ."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from analysis.measure import reliability
from analysis.schema import MACHINE
from analysis.serve.editions import last_changed
from analysis.store import Store
from analysis.store.coding import FOUND, NOTHING, Codes, Item, Sample, codes_of_machine, units
from pages.ui import bidi, charts_quality, page, state, theme
from pages.ui.coding import sheet
from pages.ui.coding.at import At

PEOPLE = "people"
"""The pair that stands for all people among each other."""
LEAST = -0.2
"""Where the axis of alpha begins."""
CONFUSED = 12
"""Confusions that are shown."""


def show(here: At) -> None:
    """Alpha by field, what is confused with what, and the sentences on which codes differ."""
    labels = here.view.labels
    found = sum(item.stratum == FOUND for item in here.sample.items)
    n = len(here.sample.items)
    facts = labels("coding.sample_facts", n=n, found=found, others=n - found)
    coders = labels("app.comma").join(f"{who} ({labels.number(len(here.done(who)))})" for who in here.coders)
    st.html(f'<p class="mv-sentence">{bidi.inline(facts)} {bidi.inline(coders or labels("coding.nobody"))}</p>')
    if not here.coders:
        return
    machine = of_machine(here.store, here.sample)
    pair = _pair(here)
    chosen = _coded(here, machine, pair)
    values = units(chosen)
    _alpha(here, pair, reliability.agreement(values))
    left, right = st.columns([2, 3], gap="large")
    with left:
        _confusion(here, pair, values)
    with right:
        _differences(here, chosen)


def of_machine(store: Store, sample: Sample) -> dict[tuple[str, int], Codes]:
    """What the program says of a sample's items today; worked out once for each state of the tables."""
    return _of_machine(store.where, last_changed(store.batches(), store.version), sample.sample_id, store, sample)


@st.cache_resource(show_spinner=False, max_entries=16)
def _of_machine(place: str, version: int, key: str, _store: Store, _sample: Sample) -> dict[tuple[str, int], Codes]:
    tables = _store.tables(corrected=False, articles=sorted({item.article_id for item in _sample.items}))
    return codes_of_machine(tables, _sample.items)


def _pair(here: At) -> str:
    labels = here.view.labels
    options = ([PEOPLE] if len(here.coders) > 1 else []) + here.coders

    def called(value: str) -> str:
        return (
            labels("coding.pair_people") if value == PEOPLE else labels("coding.pair_machine", name=bidi.plain(value))
        )

    chosen = page.choose(here.view, "coding.pair", tuple(options), called, param="pair", field="")
    return chosen


def _coded(here: At, machine: dict[tuple[str, int], Codes], pair: str) -> dict[tuple[str, int], Codes]:
    if pair == PEOPLE:
        return here.coded
    return {key: codes for key, codes in here.coded.items() if key[0] == pair} | machine


def _alpha(here: At, pair: str, found: pd.DataFrame) -> None:
    view, labels = here.view, here.view.labels
    known = found[found["alpha"].notna()]
    frame = pd.DataFrame({"id": known["field"], "value": known["alpha"], "low": known["low"], "high": known["high"]})
    frame["label"] = [labels(f"coding.field_{name}") for name in known["field"]]
    frame["shown"] = [f"α {labels.decimal(value, 2)} · {labels(f'verdict.{verdict}')}"
                      for value, verdict in zip(known["alpha"], known["verdict"], strict=True)]  # fmt: skip
    frame["low"] = frame["low"].clip(lower=LEAST)
    frame["value"] = frame["value"].clip(lower=LEAST)
    frame["series"] = 0
    says = [say(here, row) for row in known.itertuples()]
    frame["text"] = [f"{label}\n{words}" for label, words in zip(frame["label"], says, strict=True)]
    if frame.empty:
        page.heading(labels("chart.coding.agreement"))
        page.figure(view, "coding.agreement", found)
    else:
        marks = (reliability.TENTATIVE, reliability.RELIABLE)
        pairs = zip(frame["label"], says, strict=True)
        page.chart(
            view,
            "coding.agreement",
            charts_quality.dots(theme.look(labels), frame, least=LEAST, marks=marks),
            found,
            on_click=lambda point: state.set_params(field=str(point[0])),
            finding=labels("app.comma").join(labels("app.colon").join(pair) for pair in pairs),
        )
    told = "".join(
        f"<li>{bidi.inline(labels(f'coding.field_{row.field}'))}{labels('app.colon')}{bidi.inline(say(here, row))}</li>"
        for row in found.itertuples()
    )
    st.html(f'<ul class="mv-note mv-alpha">{told}</ul>')


def say(here: At, row) -> str:  # type: ignore[no-untyped-def]
    """One field's agreement in words."""
    labels = here.view.labels
    if row.verdict == "not_enough":
        return labels("coding.alpha_few", n=int(row.n), least=reliability.ENOUGH)
    same = labels.share(row.same)
    if row.verdict == "no_variation":
        return labels("coding.alpha_none", n=int(row.n), same=same)
    words = labels(
        "coding.alpha_says",
        alpha=labels.decimal(row.alpha, 2, signed=False),
        low=labels.decimal(row.low, 2),
        high=labels.decimal(row.high, 2),
        n=int(row.n),
        same=same,
        verdict=labels(f"verdict.{row.verdict}"),
    )
    return words + (labels("app.comma") + labels("coding.alpha_thin") if row.n < reliability.THIN else "")


def _confusion(here: At, pair: str, values: pd.DataFrame) -> None:
    view, labels = here.view, here.view.labels
    one, other = ("", "") if pair == PEOPLE else (pair, MACHINE)
    found = page.figure(view, "coding.confusion", reliability.confusion(values, one, other))
    page.heading(
        labels("coding.confusion"), labels("coding.confusion_note" if pair == PEOPLE else "coding.confusion_two")
    )
    if found.empty:
        st.html(f'<p class="mv-note">{labels("coding.no_confusion")}</p>')
        return
    items = "".join(
        f"<li><b>{bidi.inline(labels(f'coding.field_{row.field}'))}</b>{labels('app.colon')}"
        f"{bidi.escape(value(here, row.field, row.a))} {'←' if labels.rtl else '→'} "
        f"{bidi.escape(value(here, row.field, row.b))} ({labels.number(row.n)})</li>"
        for row in found.sort_values("n", ascending=False, kind="stable").head(CONFUSED).itertuples()
    )
    st.html(f'<ul class="mv-note mv-confused">{items}</ul>')


def value(here: At, field: str, code: str) -> str:
    """One value of a field in words."""
    labels, names = here.view.labels, here.view.names
    if code == NOTHING:
        return labels("coding.nothing")
    if field == "positions":
        target, _, stance = code.rpartition("=")
        return f"{names.target(target)}{labels('app.colon')}{labels(f'stance.{stance}')}"
    known: dict[str, Callable[[str], str]] = {
        "statement": lambda one: labels(f"coding.answer_{one}"),
        "speakers": lambda one: sheet.called(here, one),
        "topics": names.topic,
        "countries": names.country,
        "stance": lambda one: labels(f"stance.{one}"),
    }
    return known[field](code)


def _differences(here: At, chosen: dict[tuple[str, int], Codes]) -> None:
    """The sentences on which codes differ, side by side, with the way to the article where it is settled."""
    view, labels = here.view, here.view.labels
    field = page.pick(
        labels("coding.field"),
        list(reliability.FIELDS),
        lambda name: labels(f"coding.field_{name}"),
        param="field",
        every=labels("coding.every_field"),
        p_d="",
    )
    shown = _differing(here, chosen, field)
    hidden = _unseen(here) if here.coder else set()
    visible = [item for item in shown if item.number not in hidden]
    page.heading(labels("coding.differences"), labels("coding.n_differences", n=len(visible)))
    if len(visible) < len(shown):
        st.html(f'<p class="mv-note">{labels("coding.hidden", n=len(shown) - len(visible))}</p>')
    if not visible:
        st.html(f'<p class="mv-note">{labels("coding.no_differences")}</p>')
        return
    first = page.pager(view, len(visible), "d")
    for item in visible[first : first + page.PER_PAGE]:
        with st.container(border=True, key=f"card_item_{item.number}"):
            _side_by_side(here, item, chosen)


def _differing(here: At, chosen: dict[tuple[str, int], Codes], field: str) -> list[Item]:
    values = units(chosen)
    rows = values if not field else values[values["field"] == field]
    if not field:
        rows = rows[rows["field"] != "stance"]
    sizes = rows.groupby(["field", "unit"])["value"].agg(["size", "nunique"])
    differ = sizes[(sizes["size"] > 1) & (sizes["nunique"] > 1)].index.get_level_values("unit")
    numbers = {int(str(unit).split(" ")[0]) for unit in differ}
    return [item for item in here.sample.items if item.number in numbers]


def _unseen(here: At) -> set[int]:
    """Items that the reader has not coded yet: what others say of them stays hidden."""
    return {item.number for item in here.sample.items} - here.done(here.coder)


def _side_by_side(here: At, item: Item, chosen: dict[tuple[str, int], Codes]) -> None:
    labels = here.view.labels
    said = {who: codes for (who, number), codes in sorted(chosen.items()) if number == item.number}
    head = "".join(f'<th scope="col">{bidi.escape(_who(here, who))}</th>' for who in said)
    rows = [
        _row(
            labels("coding.field_statement"),
            [labels(f"coding.answer_{one.statement or 'unknown'}") for one in said.values()],
        )
    ]
    for name in ("speakers", "topics", "countries", "positions"):
        cells = [
            labels("coding.answer_unknown")
            if name in one.unsure
            else labels("app.comma").join(value(here, name, code) for code in one.values(name))
            or labels("coding.nothing")
            if one.statement == "yes"
            else ""
            for one in said.values()
        ]
        rows.append(_row(labels(f"coding.field_{name}"), cells))
    st.html(
        f'<article class="mv-card"><p dir="rtl" lang="fa">{bidi.inline(item.exact)}</p></article>'
        f'<div class="mv-scroll"><table class="mv-table"><thead><tr><td></td>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )
    with st.container(horizontal=True, gap="medium"):
        place = here.view.content.article_position(item.article_id)
        if place is not None:
            link = state.query() | {"id": item.article_id} | _statement(here, place, item)
            label = page.forward(labels, "coding.settle")
            st.page_link(page.ARTICLE, label=label, icon="", query_params=link, width="content")


def _row(name: str, cells: list[str]) -> str:
    differ = ' class="differs"' if len({cell for cell in cells if cell}) > 1 else ""
    shown = "".join(f"<td>{bidi.escape(cell)}</td>" for cell in cells)
    mark = "≠ " if differ else ""
    return f'<tr{differ}><th scope="row">{mark}{bidi.inline(name)}</th>{shown}</tr>'


def _who(here: At, who: str) -> str:
    return here.view.labels("coding.machine") if who == MACHINE else who


def _statement(here: At, place: int, item: Item) -> dict[str, str]:
    """The statement in the sentence, if there is one, as the article's page takes it."""
    rows = here.view.content.tables([place]).statements
    inside = rows[(rows["start"] >= item.start) & (rows["stop"] <= item.stop)]
    return {"s": str(inside["statement_id"].iloc[0])} if len(inside) else {}
