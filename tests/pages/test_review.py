"""Correcting on the pages: the editor of a statement, adding one, the log, people and words, and where nothing can be."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.config import ROOT
from analysis.schema import Tables
from analysis.store import Batch, Store, commit
from analysis.store.corrections import log, record
from pages.ui import bidi, marked
from pages.ui.labels import Labels
from pages.ui.page import FIGURES
from pages.ui.review import adding, who
from pages.ui.review.codes import Codes, Place, Said, codes_of, corrections
from tests.pages import sample
from tests.pages.conftest import PAGES, opened
from tests.pages.hostile import PAYLOADS
from tests.pages.test_pages import html, text

BAHRAM, PAVEL, SALEM = "demo:nikravesh-bahram", "demo:orlov-pavel", "demo:al-sabti-salem"
TABLES = sample.build(articles=6)
Over = Callable[..., AppTest]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store of a few invented articles, for tests that only read it."""
    store = Store.open(tmp_path_factory.mktemp("made") / "s", create=True)
    return commit(store, Batch(kind="add", tables=TABLES))


@pytest.fixture
def store(made: Store, tmp_path: Path) -> Store:
    """A store of a test's own."""
    return Store.open(shutil.copytree(made.where, tmp_path / "s"))


@pytest.fixture(scope="module", autouse=True)
def _clean() -> Iterator[None]:
    """What the pages keep in the process goes with these tests; between them it may stay, as stores differ by place."""
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture
def over(monkeypatch: pytest.MonkeyPatch) -> Over:
    """Open a page by name over a store, in the name of somebody."""

    def run(name: str, store: Store, who: str = "مینا", **query: str) -> AppTest:
        monkeypatch.setenv("MAVAZE_STORE", store.where)
        monkeypatch.delenv("MAVAZE_TABLES", raising=False)
        app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
        for key, value in ({"lang": "en"} | query).items():
            app.query_params[key] = value
        app.session_state["mv_who"] = who
        return app.switch_page(PAGES[name]).run()

    return run


def a_position(tables: Tables = TABLES) -> dict:
    """A position on sanctions, with the place of its statement."""
    row = tables.positions[tables.positions["target"] == "topic:sanctions"].iloc[0]
    statement = tables.statements.set_index("statement_id").loc[row["statement_id"]]
    return {**row.to_dict(), "article_id": statement["article_id"], "text": statement["text"]}


def field(app: AppTest, name: str) -> str:
    """The key of a field of the editor."""
    kinds = (app.segmented_control, app.multiselect, app.selectbox, app.text_input)
    return next(one.key for kind in kinds for one in kind if (one.key or "").startswith(f"ed_{name}"))


def keep(app: AppTest):
    """The button that keeps what the editor says."""
    return next(one for one in app.button if (one.key or "").startswith("ed_keep"))


def place_of(tables: Tables, statement_id: str) -> Place:
    row = tables.statements.set_index("statement_id").loc[statement_id]
    return Place(row["article_id"], int(row["start"]), int(row["stop"]), row["text"], statement_id)


FIRST = Said(BAHRAM, "speaker", "foreign_minister", "IR")
OLD = Codes(True, "indirect", (FIRST,), ("sanctions",), ("US", "IR"), ((BAHRAM, "topic:sanctions", "against"),))
WANTED = {
    "another speaker, who takes the position": Codes(
        True, "indirect", (Said(PAVEL, "speaker", "foreign_minister", "RU"),), ("sanctions",), ("US", "IR"),
        ((PAVEL, "topic:sanctions", "against"),),
    ),
    "a second speaker and another role": Codes(
        True, "indirect", (Said(BAHRAM, "speaker", "minister", "IR"), Said(SALEM, "speaker", "minister", "OM")),
        ("sanctions",), ("US", "IR"), ((BAHRAM, "topic:sanctions", "against"),),
    ),
    "words that are passed on": Codes(
        True, "indirect", (FIRST, Said(PAVEL, "relayed", "foreign_minister", "RU")), ("sanctions",), ("US", "IR"),
        ((BAHRAM, "topic:sanctions", "against"), (PAVEL, "topic:sanctions", "for")),
    ),
    "three topics, the old one last": Codes(
        True, "indirect", (FIRST,), ("negotiation", "nuclear_deal", "sanctions"), ("US", "IR"),
        ((BAHRAM, "topic:sanctions", "against"),),
    ),
    "one topic for another, one state fewer, two more": Codes(
        True, "direct", (FIRST,), ("negotiation",), ("IR", "RU", "TR"), ((BAHRAM, "topic:sanctions", "mixed"),)
    ),
    "nothing but the words": Codes(True, "indirect", (), (), (), ()),
}  # fmt: skip


def test_corrections_lead_from_one_state_to_the_other(tmp_path: Path) -> None:
    """A statement for each wish, all coded alike; what is corrected of one leaves the others as they are."""
    tables = sample.build(articles=14)
    alike = [
        (one, old)
        for one in tables.statements["statement_id"]
        if (old := codes_of(tables, one)) and old.print == OLD.print
    ]
    asked = [(place_of(tables, one), old, new) for (one, old), new in zip(alike, WANTED.values(), strict=False)]
    assert len(asked) == len(WANTED) and not corrections(*asked[0][:2], asked[0][1], {}, {})
    rows = [row for place, old, new in asked for row in corrections(place, old, new, {}, {})]
    store = commit(Store.open(tmp_path / "s", create=True), Batch(kind="add", tables=tables))
    after = record(store, rows, "مینا").tables()
    for name, (place, _, new) in zip(WANTED, asked, strict=True):
        same = (after.statements["start"] == place.start) & (after.statements["article_id"] == place.article_id)
        now = codes_of(after, after.statements.loc[same, "statement_id"].iloc[0])
        assert now is not None, name
        assert (sorted(now.said, key=repr), now.topics, sorted(now.countries), sorted(now.stances), now.form) == (
            sorted(new.said, key=repr), new.topics, sorted(new.countries), sorted(new.stances), new.form
        ), name  # fmt: skip


def test_a_stance_is_corrected_seen_everywhere_and_taken_back(over: Over, store: Store) -> None:
    one = a_position()
    query = {"id": one["article_id"], "s": one["statement_id"], "edit": "correct"}
    app = over("article", store, **query)
    assert keep(app).disabled and "Nothing is changed yet." in text(app)
    app.text_input(key=field(app, "why")).set_value("دو شرط دارد")
    app.segmented_control(key=field(app, "stance_")).set_value("mixed").run()
    assert "conditional or both ways in place of" in " ".join(unescape(text(app)).split())
    keep(app).click().run()
    assert not app.exception
    said = text(app)
    assert (
        "Kept in the name of" in said
        and "self-declared" in said
        and "Corrections of this statement (1)" in str(app.expander)
    )
    kept = store.reload()
    assert kept.version == 2 and codes_of(kept.tables(), one["statement_id"]).stances[0][2] == "mixed"
    assert "Corrected by مینا" in said
    app = over("review", store, part="log")
    rows = log(kept)
    assert list(rows["why"]) == ["دو شرط دارد"] and "دو شرط دارد" in text(app)
    assert app.session_state[FIGURES]["review.counts"]["human"].tolist() == [1, 1]
    app.button(key=f"undo_log_{rows['correction_id'].iloc[0]}").click().run()
    assert not app.exception
    assert "Taken back in the name of" in text(app) and "taken back by" in text(app)
    back = store.reload()
    assert codes_of(back.tables(), one["statement_id"]).stances[0][2] == one["stance"]
    # The undo can be taken back in its turn.
    assert app.button(key=f"undo_log_{log(back)['correction_id'].iloc[0]}")


def test_what_somebody_else_changed_meanwhile_is_said_and_nothing_typed_is_lost(over: Over, store: Store) -> None:
    """Not even the name, role and state of a new speaker, who takes the position over."""
    one = a_position()
    app = over("article", store, id=one["article_id"], s=one["statement_id"], edit="correct")
    app.multiselect(key=field(app, "topics")).set_value(["negotiation"])
    app.multiselect(key=field(app, "speaker")).set_value(["کامران <b>ستوده"]).run()
    app.selectbox(key=field(app, "role_speaker_person")).set_value("deputy_minister")
    app.selectbox(key=field(app, "state_speaker_person")).set_value("IR").run()
    place = place_of(TABLES, one["statement_id"])
    record(store, [{"field": "topic", "old": "sanctions", "new": "nuclear_deal", **place.row}], "نگار")
    keep(app).click().run()
    assert not app.exception
    assert "Somebody else changed this statement meanwhile" in text(app)
    assert app.multiselect(key=field(app, "topics")).value == ["negotiation"]
    assert store.reload().version == 2
    keep(app).click().run()
    assert not app.exception and "<b>ستوده" not in html(app)
    after = store.reload().tables()
    now = codes_of(after, one["statement_id"])
    assert now is not None and now.topics == ("negotiation",)
    assert [(said.role, said.country) for said in now.said] == [("deputy_minister", "IR")]
    names = after.speakers.set_index("speaker_id")["name_fa"]
    assert names[now.said[0].speaker_id] == "کامران <b>ستوده"
    assert now.stances[0][0] == now.said[0].speaker_id


def test_without_a_name_it_is_not_kept_that_something_is_no_statement(over: Over, store: Store) -> None:
    statement = TABLES.statements.iloc[0]
    query = {"id": statement["article_id"], "s": statement["statement_id"], "edit": "correct"}
    app = over("article", store, who="", **query)
    app.segmented_control(key=field(app, "is_")).set_value("none").run()
    assert keep(app).disabled and "write your name first" in text(app)
    app.text_input(key="mv_who_field").set_value(" machine ").run()
    assert keep(app).disabled
    app.text_input(key="mv_who_field").set_value("نگار").run()
    assert not keep(app).disabled and "unauthenticated" in text(app)
    keep(app).click().run()
    assert not app.exception
    assert statement["statement_id"] not in set(store.reload().tables().statements["statement_id"])


def test_a_missed_statement_is_added(over: Over, store: Store) -> None:
    article = TABLES.articles.iloc[0]
    app = over("article", store, id=article["article_id"], edit="add")
    start = article["text"].index(sample.PLAIN)
    app.selectbox(key="mv_sentence").set_value(f"{start}-{start + len(sample.PLAIN)}").run()
    app.multiselect(key=field(app, "speaker")).set_value([PAVEL]).run()
    keep(app).click().run()
    assert not app.exception
    after = store.reload().tables()
    added = after.statements[after.statements["start"] == start].iloc[0]
    assert added["text"] == sample.PLAIN and added["coder"] == "مینا"
    assert codes_of(after, added["statement_id"]).ids("speaker") == [PAVEL]
    assert app.query_params["s"] == added["statement_id"]


def test_words_beyond_one_sentence_are_refused(over: Over, made: Store) -> None:
    statement = TABLES.statements.iloc[1]
    at = f"{statement['start']}-{statement['stop'] + 30}"
    app = over("article", made, id=statement["article_id"], edit="add", at=at)
    assert "reaches beyond one sentence" in text(app)
    assert not [button for button in app.button if (button.key or "").startswith("ed_keep")]


@pytest.mark.parametrize(("at", "words"), [("0-99999", None), ("9-3", None), ("x", None), ("2-7", "ایران تحریم‌های")])
def test_a_selection_is_whole_words(monkeypatch: pytest.MonkeyPatch, at: str, words: str | None) -> None:
    monkeypatch.setattr(adding.state, "param", lambda name: at)
    line = sample.HEADLINE
    found = adding.span(line)
    assert (line[slice(*found)] if found else None) == words


def test_pieces_of_the_text_carry_their_places() -> None:
    line = "🔹 الف\u200fب\u202e <b>پ</b> & «ت»\tث"
    words = f"{line}\n\nدوم"
    shown = marked.html(words, [marked.Mark(3, 7, "cue", "cue", title="x"), marked.Mark(5, 12, "topic", "topic")])
    pieces = re.findall(r'data-at="(\d+)">([^<]*)<', shown)
    for at, piece in pieces:
        plain = unescape(piece)
        assert bidi.plain(words[int(at) : int(at) + len(plain)]) == plain or not plain
    assert "".join(unescape(piece) for _, piece in pieces) == bidi.plain(words).replace("\n", "")


def test_where_nothing_can_be_corrected_it_says_so_and_how(over: Over, made: Store, tmp_path: Path,
                                                           monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    one, labels = a_position(), Labels("fa")
    query = {"id": one["article_id"], "s": one["statement_id"], "edit": "correct", "lang": "fa"}
    app = over("article", made, v="1", **query)
    assert labels("review.old_version") in text(app)
    app = over("review", made, v="1", part="people", lang="fa")
    assert labels("review.old_version") in text(app) and labels("review.part_people") in text(app)
    monkeypatch.setenv("MAVAZE_TABLES", str(sample.write(TABLES, tmp_path / "tables")))
    app = opened("article", **query)
    assert "MAVAZE_TABLES" in text(app) and "python -m analysis add" in text(app) and not app.exception
    assert not [button for button in app.button if (button.key or "").startswith("ed_keep")]


@pytest.mark.parametrize("given", PAYLOADS)
def test_a_name_is_one_line_without_marks_of_direction(given: str) -> None:
    name = who.clean(given)
    assert len(name) <= who.LONGEST and bidi.plain(name) == name and "\n" not in name


def test_the_log_is_filtered_lists_orphans_and_shows_hostile_words_as_text(over: Over, store: Store) -> None:
    one, labels = a_position(), Labels("fa")
    place = place_of(TABLES, one["statement_id"])
    gone = place_of(
        TABLES, TABLES.statements.loc[TABLES.statements["article_id"] != place.article_id, "statement_id"].iloc[0]
    )
    key = [one["speaker_id"], "topic:sanctions"]
    worst = PAYLOADS[0] + PAYLOADS[1]
    hostile = {"field": "stance", "key": key, "old": PAYLOADS[1], "new": "mixed", "why": worst, **place.row}
    added = {"field": "topic", "old": "", "new": "nuclear_deal", **gone.row}
    store = record(store, [hostile, added], PAYLOADS[0])
    store = record(store, [{"field": "country", "old": "", "new": "TR", **gone.row}], "نگار")
    store = commit(store, Batch(kind="remove", supersedes=(gone.article_id,)))
    app = over("review", store, who=PAYLOADS[2], part="log", state="orphaned", lang="fa")
    assert labels("review.orphans_note") in text(app) and text(app).count(labels("review.orphaned")) == 2
    app = over("review", store, part="log", by="نگار", lang="fa")
    assert labels("field.country") in text(app) and labels("review.part_log") in text(app)
    assert labels("said.add", what=labels("field.topic"), new="") not in text(app)
    assert labels("review.log_empty") in text(over("review", store, part="log", by="نگار", state="in_force", lang="fa"))
    query = {"id": one["article_id"], "s": one["statement_id"], "edit": "correct"}
    for page, asked in (("review", {"part": "log"}), ("article", query)):
        app = over(page, store, who=PAYLOADS[2], **asked)
        assert not app.exception
        shown = re.sub(r"<style>.*?</style>|<script>.*?</script>", "", html(app), flags=re.DOTALL)
        tags = set(re.findall(r"<(\w+)[^>]*class=.?pwned", shown))
        assert not tags and "<script>window.__pwned" not in shown and "<img src" not in shown


def test_people_are_merged_once_it_was_seen_what_that_changes(over: Over, store: Store) -> None:
    app = over("review", store, part="people", a=PAVEL, b=SALEM)
    assert not [button for button in app.button if button.key == "keep_merge"]
    app.button(key="preview_merge").click().run()
    assert not app.exception
    assert "articles would change" in text(app) and "Pavel Orlov" in text(app)
    assert store.reload().version == 1
    app.button(key="keep_merge").click().run()
    assert not app.exception and "Kept in the name of" in text(app)
    assert PAVEL not in set(store.reload().tables().attributions["speaker_id"])


def test_a_term_that_changes_nothing_says_so_and_a_wrong_one_why(over: Over, made: Store) -> None:
    app = over("review", made, part="people", do="term", t="trade_energy")
    app.text_input(key="term_new").set_value("گفت").run()
    app.button(key="preview_term").click().run()
    assert not app.exception and 'role="alert"' in html(app)
    app.text_input(key="term_new").set_value("هیچ‌جا نیامده").run()
    app.button(key="preview_term").click().run()
    assert "0 articles would change" in text(app) or "No code of any statement" in text(app)


def test_unknown_names_lead_to_merging(over: Over, made: Store) -> None:
    labels = Labels("fa")
    app = over("review", made, lang="fa")
    assert not app.exception and labels("review.part_queue") in text(app)
    app = over("review", made, part="unknown", lang="fa")
    assert not app.exception and labels("review.part_unknown") in text(app)
    found = app.session_state[FIGURES]["review.unknown"]
    assert set(found["speaker"]) == set(sample.PEOPLE) & set(TABLES.attributions["speaker_id"])
    assert found["n"].is_monotonic_decreasing
    assert f"{labels('review.same_as')} ←" in {link.proto.label for link in app.get("page_link")}
