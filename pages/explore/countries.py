"""Which countries are named together."""

import pandas as pd
import streamlit as st

from analysis.measure import comention
from pages.ui import charts, listing, page, state, theme
from pages.ui.view import View

MOST = 14


def show() -> None:
    """The page."""
    view = page.start("countries")
    if view is None:
        return
    within = _within(view)
    counts = comention.countries(view.facts, within)
    if counts.empty:
        return page.empty(view)
    pairs = comention.pairs(view.facts, within)
    _matrix(view, within, counts, pairs)
    _evidence(view, within, counts)
    return None


def _within(view: View) -> comention.Within:
    st.session_state["w_within"] = "article" if state.param("within") == "article" else "statement"
    st.segmented_control(
        view.labels("countries.within"),
        ["statement", "article"],
        format_func=lambda name: view.labels(f"countries.within_{name}"),
        key="w_within",
        required=True,
        on_change=lambda: state.set_params(within=st.session_state["w_within"].replace("statement", ""), p_c=""),
    )
    return st.session_state["w_within"]


def _matrix(view: View, within: comention.Within, counts: pd.DataFrame, pairs: pd.DataFrame) -> None:
    labels, names = view.labels, view.names
    unit = labels(f"countries.unit_{within}")
    page.heading(labels("chart.countries.matrix"), labels("countries.note", unit=unit))
    shown = list(counts["country"].head(MOST))
    figure = charts.squares(
        theme.look(labels),
        _cells(view, shown, counts, pairs),
        rows=[names.country(value) for value in shown],
        columns=[names.country(value) for value in shown],
        picked=_cell_id(state.param("a"), state.param("b")),
    )
    page.chart(view, "countries.matrix", figure, pairs, on_click=lambda found: _take(str(found[0])), titled=False)
    if len(counts) > MOST:
        st.html(f'<p class="mv-note">{labels("countries.cut", shown=MOST, n=len(counts))}</p>')


def _cells(view: View, shown: list[str], counts: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    labels, names = view.labels, view.names
    palette = theme.look(labels).palette
    place = {country: number for number, country in enumerate(shown)}
    both = pairs[pairs["a"].isin(shown) & pairs["b"].isin(shown)]
    turned = both.rename(columns={"a": "b", "b": "a"})
    frame = pd.concat([both, turned], ignore_index=True)[["a", "b", "n"]]
    most = int(frame["n"].max()) if len(frame) else 1
    # Steps by square root: counts are skewed, and a linear ramp would leave all but a few cells pale.
    step = ((frame["n"] / most) ** 0.5 * (len(palette.ramp) - 1)).round().astype("int64").clip(lower=1)
    frame["fill"] = [palette.ramp[value] for value in step]
    frame["ink"] = [palette.ramp_ink[value] for value in step]
    frame["edge"] = frame["fill"]
    own = counts[counts["country"].isin(shown)]
    diagonal = pd.DataFrame({"a": own["country"], "b": own["country"], "n": own["n"]})
    diagonal = diagonal.assign(fill="rgba(0,0,0,0)", ink=palette.soft, edge=palette.grid)
    frame = pd.concat([frame, diagonal], ignore_index=True)
    frame["row"], frame["column"] = frame["a"].map(place), frame["b"].map(place)
    frame["id"] = [_cell_id(a, b) for a, b in zip(frame["a"], frame["b"], strict=True)]
    frame["shown"] = [labels.number(int(n)) for n in frame["n"]]
    frame["text"] = [
        (names.country(a) if a == b else names.country(a) + labels("app.and") + names.country(b))
        + f"\n{labels.number(int(n))}"
        for a, b, n in zip(frame["a"], frame["b"], frame["n"], strict=True)
    ]
    return frame


def _cell_id(a: str, b: str) -> str:
    return "~".join(sorted({a, b} - {""}))


def _take(cell: str) -> None:
    first, _, second = cell.partition("~")
    state.set_params(a=first, b=second, p_c="")


def _evidence(view: View, within: comention.Within, counts: pd.DataFrame) -> None:
    labels, names = view.labels, view.names
    options = names.order(counts["country"], "country")
    with st.container(horizontal=True):
        first = page.pick(labels("countries.pick_a"), options, names.country, param="a", p_c="")
        second = page.pick(
            labels("countries.pick_b"), options, names.country, param="b", every=labels("countries.any"), p_c=""
        )
    chosen = tuple(value for value in dict.fromkeys((first, second)) if value)
    if not chosen:
        return
    ids = comention.evidence(view.facts, chosen, within)
    page.heading(
        labels.listed([names.country(value) for value in chosen]), labels("statements.n_statements", n=len(ids))
    )
    if not len(ids) and (behind := comention.behind(view.facts, chosen, within)):
        unit = labels(f"countries.unit_{within}")
        st.html(f'<p class="mv-note">{labels("countries.outside", n=behind, unit=unit)}</p>')
    listing.statements(view, ids, key="c")


show()
