"""The overview: what a click opens, events, what moved, and what is new since the last look.

That its figures are those of the tables is tested with those of the other pages, in test_figures.py.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from types import SimpleNamespace

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analysis.lexicon import events as known_events
from analysis.lexicon.events import Event
from analysis.measure.facts import Facts
from analysis.measure.filters import Filters
from analysis.text.calendar import today
from pages.ui import arrivals, seen, timeline
from pages.ui.chart import FIGURES
from pages.ui.labels import Labels
from tests.pages import sample
from tests.pages.conftest import Open
from tests.pages.test_pages import html, text

TABLES = sample.build()
FA, EN = Labels("fa"), Labels("en")


def figures(app: AppTest) -> dict[str, object]:
    return app.session_state[FIGURES]


def query(app: AppTest) -> dict[str, str]:
    return {name: value[0] if isinstance(value, list) else value for name, value in app.query_params.items()}


def counted() -> pd.DataFrame:
    """The statements that count once, with day and source of their article, straight from the tables."""
    articles = TABLES.articles[TABLES.articles["duplicate_of"] == ""]
    statements = TABLES.statements[(TABLES.statements["form"] != "headline") & (TABLES.statements["repeats"] == "")]
    found = statements.merge(articles[["article_id", "published", "source"]], on="article_id")
    return found.assign(month=found["published"].dt.tz_convert("Asia/Tehran").dt.strftime("%Y-%m"))


@pytest.fixture
def invented(monkeypatch: pytest.MonkeyPatch) -> tuple[Event, ...]:
    """Two events of the demonstration within the sample's days, and one after them."""
    days = (dt.date(2024, 8, 17), dt.date(2025, 3, 3), dt.date(2026, 1, 1))
    made = tuple(
        Event(day, day, f"رویداد {n}", f"Event {n}", "talks", ("IR",), ("sanctions",), checked=False, collection="demo")
        for n, day in enumerate(days, 1)
    )
    monkeypatch.setattr(known_events, "load", lambda: made)
    return made


def test_what_is_marked_and_what_moved(open_page: Open, invented: tuple[Event, ...]) -> None:
    app = open_page("overview", lang="en")
    assert not app.exception
    found = figures(app)
    assert found["overview.events"]["event"].tolist() == ["Event 1", "Event 2"]
    assert EN("overview.events", n=2) in text(app)
    moved = found["overview.moved"]
    assert len(moved) <= 6 and (moved["verdict"] != "thin").all()
    clear = moved[moved["verdict"] != "unclear"]
    assert ((clear["verdict"] == "rising") == (clear["z"] > 0)).all()
    assert text(app).count(EN("overview.chance")) == (moved["verdict"] == "unclear").sum()
    assert 'class="mv-since"' not in html(app)  # Tables of a folder come in no batches.


def test_a_period_opens_its_statements_and_becomes_a_filter(open_page: Open) -> None:
    app = open_page("overview", lang="fa", at="1404-02")
    n = len(counted()[lambda rows: rows["published"].between("2025-04-21", "2025-05-21 20:30", inclusive="left")])
    assert FA("statements.n_statements", n=n) in text(app)
    assert re.search(r"<h2[^>]*>اردیبهشت ۱۴۰۴</h2>", html(app))
    app.button(key="to_filter_at_p_o").click().run()
    assert query(app)["from"] == "2025-04-21" and query(app)["to"] == "2025-05-21" and "at" not in query(app)
    assert "همهٔ گفته‌ها در اردیبهشت ۱۴۰۴." in text(app)


def test_a_period_that_is_none_picks_nothing(open_page: Open) -> None:
    app = open_page("overview", lang="en", at="nonsense")
    assert not app.exception and "at" not in query(app)
    assert EN("overview.latest") in text(app)


@pytest.mark.parametrize("at", ["", "1403-q9", "w2024-13-40", "2024-00", "1403-05-40"])
def test_only_keys_of_periods_are_taken_from_the_address(monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    monkeypatch.setattr(timeline.state, "param", lambda _: at)
    assert timeline.picked() == ""


def test_a_source_and_a_speaker_are_chosen_from_the_keyboard_one_at_a_time(open_page: Open) -> None:
    app = open_page("overview", lang="fa")
    app.selectbox(key="pick_outlet").set_value("روزنامهٔ آزمون").run()
    n = int((counted()["source"] == "روزنامهٔ آزمون").sum())
    assert query(app)["outlet"] == "روزنامهٔ آزمون" and FA("statements.n_statements", n=n) in text(app)
    app.selectbox(key="pick_who").set_value("demo:orlov-pavel").run()
    assert query(app)["who"] == "demo:orlov-pavel" and "outlet" not in query(app)
    assert "پاول اورلوف" in text(app)


def test_an_event_makes_its_month_the_period(open_page: Open, invented: tuple[Event, ...]) -> None:
    app = open_page("overview", lang="en")
    app.button_group(key="w_event_2").set_value(1).run()
    assert not app.exception
    assert (query(app)["from"], query(app)["to"]) == ("2024-08-01", "2024-08-31")
    assert "All statements in August 2024." in text(app)


PLACE = "/somewhere/store"
TODAY = today()


class Asked:
    """Streamlit and the dashboard's data as `seen` asks them: a store of four versions, the third a removal."""

    def __init__(self, cookie: str = "", *, newest: int = 4, version: int = 4, kind: str = "store") -> None:
        self.cookies = {seen_name(): cookie} if cookie else {}
        self.context = SimpleNamespace(cookies=self.cookies)
        self.session_state: dict[str, object] = {}
        self.written: list[str] = []
        self.here = SimpleNamespace(kind=kind, place=PLACE, version=version, newest=newest, is_old=version < newest)
        rows = [
            (1, "b1", "add", ""),
            (2, "b2", "add", ""),
            (3, "b3", "remove", '["x", "y"]'),
            (4, "b4", "add", '["z"]'),
        ]
        self.rows = pd.DataFrame(rows, columns=["version", "batch_id", "kind", "supersedes"])
        articles = pd.DataFrame({"batch": pd.Categorical(["b1", "b1", "b4"], categories=["b1", "b2", "b4"])})
        self.facts = Facts({"articles": articles})

    def edition(self) -> SimpleNamespace:
        return self.here

    def versions(self) -> pd.DataFrame:
        return self.rows[self.rows["version"] <= self.here.newest]

    def content(self) -> SimpleNamespace:
        return SimpleNamespace(facts=self.facts)

    def html(self, body: str, **_: object) -> None:
        self.written.append(body)


def seen_name() -> str:
    return f"mavaze_seen_{hashlib.sha256(PLACE.encode()).hexdigest()[:12]}"


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch):
    def make(cookie: str = "", **more: object) -> Asked:
        asked = Asked(cookie, **more)  # type: ignore[arg-type]
        monkeypatch.setattr(seen, "st", asked)
        monkeypatch.setattr(seen, "data", asked)
        return asked

    return make


def test_a_first_look_says_what_the_newest_batch_brought_and_is_remembered(ask) -> None:
    asked = ask()
    assert seen.added() == seen.added() == seen.Added(None, ("b4",), 0)
    seen.remember()
    assert f"{seen_name()}=4.{TODAY.isoformat()};" in asked.written[0]


def test_a_later_look_counts_from_the_version_that_was_seen(ask) -> None:
    asked = ask("1.2026-01-02")
    # b2's articles were removed: there is nothing of it to see.
    assert seen.added() == seen.Added(dt.date(2026, 1, 2), ("b4",), 2)
    seen.remember()
    assert not asked.written
    seen.mark()
    assert seen.added() == seen.Added(TODAY, (), 0)
    seen.remember()
    assert "4." in asked.written[0]


def test_where_nothing_can_be_new(ask) -> None:
    ask("1.2026-01-02", kind="folder")
    assert seen.added() is None
    ask("1.2026-01-02", version=2)
    assert seen.added() is None


@pytest.mark.parametrize("cookie", ["9.2026-01-02", "x", "4.2026-13-40", "4.2026-01-02;<script>", "-1.2026-01-02"])
def test_a_cookie_that_means_nothing_here_is_a_first_look(ask, cookie: str) -> None:
    ask(cookie)
    assert seen.added() == seen.Added(None, ("b4",), 0)


def test_the_link_leads_to_exactly_what_is_new() -> None:
    assert Filters(**arrivals._only(("b4",))) == Filters(batches=("b4",))  # type: ignore[arg-type]
