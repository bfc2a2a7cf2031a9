"""The tables, loaded once for all sessions; nobody may change them."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pandas as pd
import streamlit as st

from analysis import schema
from analysis.measure import frequency
from analysis.measure.filters import Filters
from analysis.schema import Tables
from analysis.text.calendar import local_days, today


@st.cache_resource(show_spinner=False)
def tables() -> Tables:
    """Everything that there is to show. `MAVAZE_TABLES` names a folder of CSV tables to show instead of the seeds."""
    folder = os.environ.get("MAVAZE_TABLES", "")
    if folder:
        return read(Path(folder))
    from analysis.export import prepared  # Late: reading tables from a folder needs no extraction.

    return prepared.load()


@st.cache_resource(show_spinner=False)
def speaker_names() -> dict[str, tuple[str, str]]:
    """Each speaker's Persian and English name."""
    frame = tables().speakers
    return dict(zip(frame["speaker_id"], zip(frame["name_fa"], frame["name_en"], strict=True), strict=True))


@st.cache_resource(show_spinner=False)
def options() -> dict[str, list[str]]:
    """The ids that filters may choose from, by the name of the field of `Filters`; anonymous sources are left out."""
    every = tables()
    speakers = every.speakers
    spoke = speakers["speaker_id"].isin(every.attributions["speaker_id"]) & (speakers["kind"] != "anonymous")
    countries = every.mentions.loc[every.mentions["kind"] == "country", "entity_id"]
    return {
        "speakers": list(speakers.loc[spoke, "speaker_id"]),
        "topics": list(every.statement_topics["topic_id"].unique()),
        "countries": list(countries.unique()),
        "collections": [value for value in every.articles["collection"].unique() if value],
    }


@st.cache_resource(show_spinner=False)
def extent() -> tuple[dt.date, dt.date]:
    """The first and the last day of the dated articles; today where there are none."""
    days = local_days(tables().articles["published"].dropna())
    return (min(days), max(days)) if len(days) else (today(), today())


@st.cache_resource(show_spinner=False, max_entries=24)
def narrowed(query: tuple[tuple[str, str], ...]) -> Tables:
    """The tables narrowed by the filters of a URL query."""
    return Filters.from_query(dict(query)).apply(tables())


@st.cache_resource(show_spinner=False, max_entries=256)
def totals(query: tuple[tuple[str, str], ...]) -> frequency.Totals:
    """How much the filters of a URL query leave in view."""
    return frequency.totals(narrowed(query))


def key(filters: Filters) -> tuple[tuple[str, str], ...]:
    """The filters as a key of the caches."""
    return tuple(sorted(filters.to_query().items()))


def read(folder: Path) -> Tables:
    """The tables of a folder of CSV files, as `extract` writes them; a missing file is an empty table."""
    frames = {}
    for table in schema.TABLES:
        path = folder / f"{table.name}.csv"
        text = {column.name: "str" for column in table.columns if column.dtype == schema.TEXT}
        given = (
            pd.read_csv(path, dtype=text, keep_default_na=False, na_values={"published": [""]})
            if path.exists()
            else None
        )
        frames[table.name] = table.frame(given)
    return Tables(**frames)
