"""Every figure of every page equals one computed straight from the tables, whatever the filters and the page's choices.

Addresses are drawn at random; `MAVAZE_EXAMPLES=500` draws that many for each page instead of a few.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from analysis import schema
from analysis.schema import Tables
from pages.ui.page import FIGURES
from tests.pages import sample
from tests.pages.conftest import opened
from tests.pages.test_pages import html
from tests.reference import (
    agreement,
    brief,
    comparison,
    countries,
    overview,
    positions,
    quality,
    review,
    speaker,
    stances,
    topics,
)
from tests.reference.asked import Asked
from tests.reference.world import World

REFERENCE = {
    name: figure
    for page in (
        agreement,
        brief,
        comparison,
        countries,
        overview,
        positions,
        quality,
        review,
        speaker,
        stances,
        topics,
    )
    for name, figure in page.FIGURES.items()
}
EXAMPLES = int(os.environ.get("MAVAZE_EXAMPLES", "6"))
REGIONS, BODIES = ("persian_gulf", "middle_east", "caucasus"), ("IAEA", "UN")


def edition() -> Tables:
    """The invented tables with all that filters ask for: closer days, copies, batches, human codes, regions, bodies."""
    tables = sample.build(articles=90)
    articles, mentions = tables.articles, tables.mentions
    number = articles.index.to_series()
    days = pd.to_timedelta(number * 9, unit="D")  # Five days apart in place of fourteen.
    articles = articles.assign(
        published=articles["published"] + days,
        duplicate_of=articles["duplicate_of"].where(number % 13 != 5, articles["article_id"].shift(1)),
        batch_id=pd.Series([f"b{value // 30}" for value in number], dtype="str"),
    )
    human = {"coder": "مینا", "confidence": 0.5}
    statements = tables.statements.copy()
    statements.loc[statements.index % 11 == 3, list(human)] = list(human.values())
    positions = tables.positions.copy()
    positions.loc[positions.index % 7 == 2, list(human)] = list(human.values())
    # One stance turns once and for all, others go up and down.
    early = positions["statement_id"].str[1:4].astype(int) > 60
    positions.loc[early & (positions["target"] == "topic:sanctions"), "stance"] = "for"
    positions.loc[(positions.index % 3 == 0) & (positions["target"] == "topic:negotiation"), "stance"] = "against"
    positions.loc[(positions.index % 4 == 1) & positions["target"].str.endswith("ties"), "stance"] = "mixed"
    positions.loc[positions.index % 8 == 3, "rule"] = "sample, nearby"
    more = mentions.iloc[::3].assign(kind="region", entity_id=lambda rows: [REGIONS[i % 3] for i in range(len(rows))])
    bodies = mentions.iloc[1::4].assign(
        kind="organisation", entity_id=lambda rows: [BODIES[i % 2] for i in range(len(rows))]
    )
    people = mentions.iloc[2::4].assign(
        kind="person", entity_id=lambda rows: [PEOPLE[i % len(PEOPLE)] for i in range(len(rows))]
    )
    outside = mentions.iloc[::5].assign(statement_id="", kind="country", entity_id="QA")
    mentions = pd.concat([mentions, more, bodies, people, outside], ignore_index=True)
    mentions = mentions.drop_duplicates(list(schema.MENTIONS.key), ignore_index=True)
    attributions = tables.attributions.copy()
    # Two people in one office.
    also = (attributions["speaker_id"] == "demo:pourmand-laleh") & (attributions.index % 3 > 0)
    attributions.loc[also, "role"] = "foreign_minister"
    changed = {"statements": statements, "positions": positions, "mentions": mentions, "attributions": attributions}
    return dataclasses.replace(tables, articles=articles, **changed)


PEOPLE = ("demo:nikravesh-bahram", "demo:orlov-pavel", "demo:whitmore-daniel", "demo:pourmand-laleh", "body:qa-mfa")
TABLES = sample.partly_corrected(edition())
WORLD = World.of(TABLES)
CODES = ("sanctions", "negotiation", "bilateral_ties", "nuclear_deal", "use_of_force", "trade_energy")
STATES = ("IR", "US", "RU", "TR", "QA")
NAMED = ("region:persian_gulf", "organisation:IAEA")
OUTLETS = tuple(sorted(set(TABLES.articles["source"])))


def one(*values: str) -> some.SearchStrategy[str]:
    """Nothing, which comes more often, or one of the values."""
    return some.sampled_from(("", "", *values))


def several(*values: str) -> some.SearchStrategy[str]:
    """Nothing, or up to two of the values, as an address joins them."""
    chosen = some.lists(some.sampled_from(values), min_size=1, max_size=2, unique=True).map("~".join)
    return some.one_of(some.just(""), some.just(""), some.just(""), chosen)


DAYS = [row["day"] for row in WORLD.articles if row["day"]]
SPANS = ("1403", "1404", "2024", "2025", "1403-h1", "1403-h2", "2025-h1", "1404-03")
PERIODS = ("1403-12", "1404-03", "2025-03", "1404-q1", "w1404-01-02", "2025-q2", "1399-01")
FILTERS = some.fixed_dictionaries(
    {
        "from": some.one_of(some.just(""), some.just(""), some.dates(min(DAYS), max(DAYS)).map(dt.date.isoformat)),
        "to": some.one_of(some.just(""), some.just(""), some.dates(min(DAYS), max(DAYS)).map(dt.date.isoformat)),
        "undated": one("with", "only"),
        "speaker": several(*PEOPLE),
        "of": several("IR", "RU", "OM"),
        "topic": several(*CODES),
        "country": several(*STATES),
        "named": several(*NAMED),
        "source": several(*OUTLETS),
        "collection": several("press", "demo"),
        "batch": several("b0", "b1"),
        "ministers": one("1"),
        "repeats": one("1"),
        "relayed": one("1"),
        "sure": one("80", "65"),
        "coded": one("human", "machine"),
        "lang": some.sampled_from(("fa", "en")),
        "cal": one("jalali", "gregorian"),
    }
)
CHOICES: dict[str, dict[str, some.SearchStrategy[str]]] = {
    "overview": {"at": one(*PERIODS), "who": one(*PEOPLE), "outlet": one(*OUTLETS)},
    "topics": {
        "pick": one(*CODES),
        "unit": one("season", "week", "day"),
        "measure": one("count"),
        "average": one("on"),
        "series": several(*CODES),
        "view": one("multiples", "across", "terms"),
        "by": one("of", "source", "country"),
        "group": one(*(f"speaker:{who}" for who in PEOPLE), "of:IR", "country:US", "source:روزنامهٔ آزمون"),
        "when": one(*PERIODS),
        "recent": one("1", "6", "12", "period"),
        "sort": one("name"),
        "extent": one("all"),
    },
    "countries": {
        "kind": one("region", "organisation", "country_organisation"),
        "within": one("article"),
        "by": one("share", "jaccard", "npmi"),
        "least": one("1", "5"),
        "view": one("network", "map", "list"),
        "a": one("IR", "US", "country:QA", *NAMED),
        "b": one("", "", "RU", "US", "region:caucasus", "organisation:UN"),
        "who": one(*PEOPLE),
        "sc": one("IR"),
    },
    "positions": {
        "who": one(*PEOPLE),
        "target": one("topic:sanctions", "state:TR"),
        "kind": one("topic", "state", "org"),
        "via": one("demo:cagan-cem~demo:orlov-pavel~topic:use_of_force"),
        "candidates": one("moved"),
        "moved": one("demo:orlov-pavel~topic:sanctions"),
    },
    "statements": {"view": one("articles", "speakers"), "order": one("oldest", "least_sure")},
    "article": {"id": some.sampled_from(("a000", "a001", "a035")), "s": one("a000:0")},
    "speaker": {
        "who": some.sampled_from((*PEOPLE, "")),
        "target": one("topic:sanctions", "state:TR"),
        "pick": one(*CODES),
        "named": one("country:IR", "region:caucasus"),
        "month": one(*PERIODS),
        "moved": one("topic:sanctions"),
        "opposed": one("topic:negotiation"),
        "relay": one("passes_on~demo:cagan-cem", "passed_on~demo:orlov-pavel"),
    },
    "comparison": {
        "by": some.sampled_from(comparison.BYS),
        "office": one("foreign_minister.IR", "foreign_minister.RU", "minister.TR"),
        "ids": some.tuples(*(some.lists(some.sampled_from(kind), max_size=4) for kind in (PEOPLE, STATES, SPANS))).map(
            lambda lists: "~".join(value for values in lists for value in values)
        ),
        "pick": one(*CODES),
        "target": one("topic:sanctions", "from:*"),
    },
    "agreement": {
        "nodes": one("state"),
        "by": one("congruence", "conflict"),
        "view": one("matrix", "list"),
        "on": one("topic", "actor"),
        "again": one("once", "article", "all"),
        "norm": one("no", "jaccard", "cosine"),
        "least": one("1"),
        "active": one("1", "5"),
        "unit": one("month"),
        "a": one(*PEOPLE, "country:IR"),
        "b": one("", *PEOPLE, "country:RU"),
        "c": one("topic:sanctions"),
        "when": one(*PERIODS),
    },
    "review": {"part": one("log", "people", "unknown", "unknown"), "do": one("term"), "state": one("orphaned")},
    "coding": {},
    "quality": {
        "part": one("topic", "stance"),
        "set": one("aside", "further"),
        "code": one("speaker", "country"),
        "open": one("without:position", "who:known", "who:nobody", "who:anonymous", "source:روزنامهٔ آزمون", "human:1")
        | one("undated:1", "stance:for", "bin_statements:9", "bin_positions:6", "bin_positions:8"),
    },
    "brief": {
        "off": one("quotations", "topics~sides"),
        "n": one("0", "3", "12"),
        "quote": some.sampled_from(("", "", "", "a000:0~a001:0", "a000:0~nothing")),
        "line": one("topic:sanctions", "speaker:demo:orlov-pavel", "pair:demo:orlov-pavel~topic:nuclear_deal"),
        "title": one("تحریم‌ها"),
    },
    "export": {},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The edition as a folder of tables, which all pages of this module show."""
    place = sample.write(TABLES, tmp_path_factory.mktemp("edition"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAVAZE_TABLES", str(place))
        st.cache_resource.clear()
        yield place
    st.cache_resource.clear()


def run(name: str, query: dict[str, str]) -> AppTest:
    """A page at an address."""
    app = opened(name, **query)
    assert not app.exception
    return app


def registered(app: AppTest) -> dict[str, object]:
    """The figures that a page has shown."""
    if FIGURES not in app.session_state:
        return {}
    return app.session_state[FIGURES]


def drawn(name: str) -> some.SearchStrategy[dict[str, str]]:
    """Addresses of a page: no more than a few filters at once, or nothing would be in view."""
    both = some.tuples(
        FILTERS, some.fixed_dictionaries(CHOICES[name]), some.sets(some.sampled_from(sorted(MOST)), max_size=3)
    )
    return both.map(
        lambda parts: {
            key: value
            for key, value in {
                **{key: value for key, value in parts[0].items() if key not in MOST or key in parts[2]},
                **parts[1],
            }.items()
            if value
        }
    )


MOST = (
    "from",
    "to",
    "undated",
    "speaker",
    "of",
    "topic",
    "country",
    "named",
    "source",
    "collection",
    "batch",
    "sure",
    "coded",
)
"""Filters of which an address has three at most."""


@pytest.mark.parametrize("name", CHOICES)
def test_every_figure_equals_the_tables(folder: Path, name: str) -> None:
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=EXAMPLES < 50,
        phases=[Phase.generate],  # Shrinking would run a page hundreds of times more.
        suppress_health_check=list(HealthCheck),
    )
    @given(drawn(name))
    def compare(query: dict[str, str]) -> None:
        app, asked = run(name, query), Asked(WORLD, query, name)
        found = registered(app)
        if name not in ("article", "export") and asked.seen.articles and name != "statements":
            assert found or "mv-empty" in html(app), "a page registers no figure"
        for key, figure in found.items():
            reference = REFERENCE.get(key) or next(
                (REFERENCE[one] for one in REFERENCE if key.startswith(f"{one}.")), None
            )
            assert reference, f"{key} has no reference in tests/reference"
            equal(key, figure, reference(asked))

    compare()


def equal(name: str, figure: object, expected: object) -> None:
    """Check that a frame has exactly these rows, or that a number is this one."""
    if not isinstance(figure, pd.DataFrame):
        assert figure == expected, name
        return
    assert isinstance(expected, list)
    if expected:
        assert sorted(figure.columns) == sorted(expected[0]), name
    rows = figure.to_dict("records")
    assert len(rows) == len(expected), (name, rows, expected)
    for place, (row, wanted) in enumerate(zip(rows, expected, strict=True)):
        wrong = {key: (row[key], value) for key, value in wanted.items() if not alike(row[key], value)}
        assert not wrong, (name, place, wrong, row)


def alike(one: object, other: object) -> bool:
    """Whether two cells hold the same; a missing number is None in the reference."""
    if other is None:
        return bool(pd.isna(one))
    if isinstance(other, float):
        return math.isclose(float(one), other, rel_tol=1e-6, abs_tol=1e-9)  # type: ignore[arg-type]
    return one == other


def test_the_numbers_of_the_tiles_are_registered_ones(folder: Path) -> None:
    app = run("overview", {"lang": "en", "topic": "sanctions"})
    shown = [int(number) for number in re.findall(r'class="mv-tile"><b>([\d,]+)</b>', html(app))]
    figures = app.session_state[FIGURES]
    names = ("statements", "articles", "speakers", "undated")
    assert shown == [figures[f"overview.total.{name}"] for name in names]
