"""The page on topics: every figure against the tables, and every choice from the keyboard and by link."""

from collections import Counter

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analysis.measure.filters import Filters
from analysis.text.calendar import local_days, month_key
from pages.ui.labels import LANGS, Labels
from tests.pages import sample
from tests.pages.conftest import Open
from tests.pages.test_pages import text

VIEW = Filters().apply(sample.build())
VIEWS = ("rising", "multiples", "across", "terms")


def figures(app: AppTest) -> dict[str, pd.DataFrame]:
    """What the page shows, by name."""
    assert not app.exception
    return app.session_state["mv_figures"]


def of_topic(topic: str) -> pd.Series:
    rows = VIEW.statement_topics
    return rows.loc[rows["topic_id"] == topic, "statement_id"]


def n_listed(app: AppTest, lang: str, n: int) -> bool:
    """Whether the evidence holds so many statements."""
    return Labels(lang)("statements.n_statements", n=n) in text(app)


@pytest.mark.parametrize(("name", "lang"), [*zip(VIEWS, LANGS * 2, strict=True)])
def test_every_view_opens_with_everything_chosen(open_page: Open, name: str, lang: str) -> None:
    found = figures(
        open_page("topics", lang=lang, view=name, pick="sanctions", unit="season", measure="count", average="on")
    )
    drawn = {"rising": "topics.rising", "multiples": "topics.multiples", "terms": "topics.terms"}
    assert drawn.get(name, "topics.across") in " ".join(found)
    others = {value for key, value in drawn.items() if key != name}
    assert not others & found.keys()  # what is not shown is not computed


def test_frequency_is_what_the_tables_hold(open_page: Open) -> None:
    app = open_page("topics", lang="en", sort="name")
    shown = figures(app)["topics.frequency"].set_index("topic")["n"].to_dict()
    assert shown == Counter(VIEW.statement_topics["topic_id"])


@pytest.mark.parametrize(("lang", "calendar"), [("fa", "jalali"), ("en", "gregorian")])
def test_over_time_is_what_the_tables_hold(open_page: Open, lang: str, calendar: str) -> None:
    shown = figures(open_page("topics", lang=lang))["topics.over_time"]
    day = dict(zip(VIEW.articles["article_id"], local_days(VIEW.articles["published"]), strict=True))
    article = dict(zip(VIEW.statements["statement_id"], VIEW.statements["article_id"], strict=True))
    rows = zip(VIEW.statement_topics["topic_id"], VIEW.statement_topics["statement_id"], strict=True)
    dated = [(topic, day[article[statement]]) for topic, statement in rows]
    expected = Counter((topic, month_key(when, calendar)) for topic, when in dated if when)  # type: ignore[arg-type]
    for row in shown.itertuples():
        assert row.n == expected[row.topic, row.period]
        assert row.of == sum(bool(d) and month_key(d, calendar) == row.period for d in map(day.get, article.values()))  # type: ignore[arg-type]


def test_the_incomplete_last_period_is_said_and_drawn(open_page: Open) -> None:
    app = open_page("topics", lang="en")
    assert "The last period (September 2025) is not complete: what is known ends on 21 September 2025." in text(app)
    assert "Period not complete" in text(app)
    drawn = app.get("plotly_chart")[1].proto.spec
    assert "circle-open" in drawn and "2px,5px" in drawn
    complete = open_page("topics", lang="en", to="2025-08-31")
    assert "is not complete" not in text(complete)
    assert "circle-open" not in complete.get("plotly_chart")[1].proto.spec


def test_a_period_of_another_unit_or_calendar_is_not_chosen(open_page: Open) -> None:
    app = open_page("topics", lang="en", pick="sanctions", when="2025-07")
    assert app.selectbox(key="pick_when").value == "2025-07"
    app.segmented_control(key="w_unit").set_value("season").run()
    assert not app.exception
    assert app.query_params["unit"] == "season" and "when" not in app.query_params
    assert "Q3 2025" in app.selectbox(key="pick_when").options
    app.query_params["when"] = "1404-05"
    assert not app.run().exception


@pytest.mark.parametrize(("by", "group"), [("speaker", "demo:nikravesh-bahram"), ("of", "IR"), ("country", "US")])
def test_a_cell_opens_as_many_statements_as_it_says_and_becomes_a_filter(open_page: Open, by: str, group: str) -> None:
    app = open_page("topics", lang="en", view="across", by=by, pick="sanctions", group=f"{by}:{group}")
    name = next(name for name in figures(app) if name.startswith("topics.across"))
    cells = figures(app)[name]
    column = "speaker" if by == "speaker" else "country"
    cell = cells[(cells["topic"] == "sanctions") & (cells[column] == group)].iloc[0]
    said = VIEW.attributions[VIEW.attributions["part"] == "speaker"]
    mentioned = VIEW.mentions[VIEW.mentions["kind"] == "country"]
    chosen = {
        "speaker": said.loc[said["speaker_id"] == group, "statement_id"],
        "of": said.loc[said["country"] == group, "statement_id"],
        "country": mentioned.loc[mentioned["entity_id"] == group, "statement_id"],
    }[by]
    assert cell["n"] == of_topic("sanctions").isin(chosen).sum() > 0
    assert cell["of"] == chosen.nunique()
    assert n_listed(app, "en", cell["n"])
    app.button(key="to_filter_pick_group_when_term").click().run()
    assert not app.exception
    assert app.query_params["topic"] == "sanctions" and app.query_params[by] == group
    assert "pick" not in app.query_params and "group" not in app.query_params


def test_small_charts_share_out_what_the_large_one_shows(open_page: Open) -> None:
    found = figures(open_page("topics", lang="en", view="multiples", by="source"))
    large, small = found["topics.over_time"], found["topics.multiples"]
    both = small.groupby(["topic", "period"])[["n", "of"]].sum()
    expected = large.set_index(["topic", "period"])[["n", "of"]].sort_index()
    pd.testing.assert_frame_equal(both, expected)


def test_terms_are_words_of_the_statements(open_page: Open) -> None:
    app = open_page("topics", lang="en", view="terms", pick="negotiation")
    counts = figures(app)["topics.terms"]
    assert counts["n"].sum() == len(of_topic("negotiation")) == counts["of"].iloc[0]
    marked = VIEW.statement_topics.merge(VIEW.statements[["statement_id", "start", "text"]], on="statement_id")
    marked = marked[marked["topic_id"] == "negotiation"]
    words = Counter(
        text[start - first : stop - first]
        for text, first, start, stop in zip(
            marked["text"], marked["start_y"], marked["start_x"], marked["stop"], strict=True
        )
    )
    assert sorted(counts["n"]) == sorted(words.values())
    term = counts["term"].iloc[0]
    assert term in app.selectbox(key="pick_term").options
    app.selectbox(key="pick_term").select(term).run()
    assert not app.exception
    assert n_listed(app, "en", counts["n"].iloc[0])
    assert f"because of “{term}”" in text(app)


def test_changes_say_their_test_and_what_is_too_thin(open_page: Open) -> None:
    app = open_page("topics", lang="en", recent="12")
    found = figures(app)["topics.rising"]
    assert {"ratio", "low", "high", "z", "p", "q", "verdict"} <= set(found.columns)
    assert "Monroe, Colaresi and Quinn 2008" in text(app)
    assert "Rao and Scott 1992" in text(app)
    dated = VIEW.statements.merge(VIEW.articles[["article_id", "published"]])["published"].notna().sum()
    assert (found["of"] + found["of_before"]).unique().tolist() == [dated]
    thin = open_page("topics", lang="en", start="2025-09-01")
    assert "Not enough evidence" in text(thin)


def test_a_chosen_period_is_compared_with_the_rest(open_page: Open) -> None:
    app = open_page("topics", lang="en", unit="season", when="2025-q2", recent="period")
    found = figures(app)["topics.changes"]
    assert "1 April 2025 to 30 June 2025" in text(app)
    assert found["of"].iloc[0] > 0


@pytest.mark.parametrize("name", ["rising", "multiples"])
def test_undated_statements_alone_show_what_they_can(open_page: Open, name: str) -> None:
    app = open_page("topics", lang="en", undated="only", view=name)
    assert not app.exception
    assert "undated statements are not in this chart" in text(app)
