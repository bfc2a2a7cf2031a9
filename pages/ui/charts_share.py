"""Charts of shares: a part against the whole, and for and against. Frame in, Plotly figure out; no Streamlit."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from pages.ui import bidi
from pages.ui.charts import Look, bars
from pages.ui.palette import MARKS

_STANCES = ("for", "mixed", "against")


def against(look: Look, frame: pd.DataFrame, *, picked: str = "") -> go.Figure:
    """Lying bars of a share, with a line where the same share of the whole stands.

    Args:
        look: direction and colours.
        frame: columns id, label, n (the share), base (that of the whole), shown (at the bar's end), text (hover lines).
        picked: the id that is drawn in full colour while the others fade.
    """
    figure = bars(look, frame, picked=picked)
    figure.update_traces(text=None)
    figure.add_scatter(
        x=frame["base"],
        y=list(range(len(frame))),
        mode="markers",
        customdata=frame[["id"]],
        marker={
            "symbol": "line-ns",
            "size": 22,
            "line": {"color": look.palette.ink, "width": 2.5},
        },
        hovertext=[look.text(text) for text in frame["text"]],
        hoverinfo="text",
        cliponaxis=False,
        unselected={"marker": {"opacity": 1}},
    )
    _at_ends(figure, look, frame, frame[["n", "base"]].max(axis=1))
    most = float(frame[["n", "base"]].max().max()) if len(frame) else 1.0
    figure.update_xaxes(range=[most, 0] if look.rtl else [0, most])
    return figure


def sides(look: Look, frame: pd.DataFrame, *, picked: str = "") -> go.Figure:
    """Lying bars of how many positions are for, both ways and against.

    Args:
        look: direction and colours.
        frame: columns id, label, for, mixed, against, n, shown (at the bar's end), text (the hover lines).
        picked: the id that is drawn in full colour while the others fade.
    """
    figure = bars(look, frame, picked=picked)
    figure.data = ()
    most = frame["n"].max()
    palette = look.palette
    places = list(range(len(frame)))
    faded = [1.0 if picked in ("", value) else 0.35 for value in frame["id"]]
    for stance in _STANCES:
        figure.add_bar(
            x=frame[stance],
            y=places,
            orientation="h",
            customdata=frame[["id"]].assign(stance=stance),
            marker={
                "color": palette.stance_fill[stance],
                "opacity": faded,
                "line": {"color": palette.stance_edge[stance], "width": 1},
            },
            # A number that has no room in its part stands in the hover lines only.
            text=[
                look.text(f"{MARKS[stance]} {look.labels.number(int(n))}") if n > most / 8 else ""
                for n in frame[stance]
            ],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": palette.stance_ink[stance]},
            constraintext="none",
            hovertext=[look.text(text) for text in frame["text"]],
            hoverinfo="text",
            unselected={"marker": {"opacity": 1}},
            selected={"marker": {"opacity": 1}},
        )
    _at_ends(figure, look, frame, frame["n"])
    figure.update_layout(barmode="stack")
    return figure


def _at_ends(figure: go.Figure, look: Look, frame: pd.DataFrame, ends: pd.Series) -> None:
    """Write what is shown beside the end of each bar."""
    figure.add_scatter(
        x=ends,
        y=list(range(len(frame))),
        mode="text",
        text=[look.text(f"\u00a0{text}\u00a0") for text in frame["shown"]],
        textposition="middle left" if look.rtl else "middle right",
        cliponaxis=False,
        hoverinfo="skip",
    )


def legend(look: Look, words: tuple[str, str, str]) -> str:
    """The legend of `sides` as HTML; words for: for, both ways, against."""
    palette = look.palette
    return "".join(
        [
            '<div class="mv-legend">',
            *(
                f'<span><span class="mv-swatch" style="background:{palette.stance_fill[stance]};'
                f'border-color:{palette.stance_edge[stance]}"></span>{MARKS[stance]} {bidi.escape(text)}</span>'
                for stance, text in zip(_STANCES, words, strict=True)
            ),
            "</div>",
        ]
    )
