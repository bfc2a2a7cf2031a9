"""Names, terms and people that readers add: what would change is seen before, what is kept is extracted with, what is
taken back is gone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
from adding import WORDS, fresh, item, items
from adding import keep as bring

from analysis.errors import StoreError
from analysis.schema import Tables
from analysis.store import Store, check
from analysis.store.corrections import log, record, undo
from analysis.store.previews import keep, preview
from analysis.store.refresh import outdated, refresh
from analysis.store.vocabulary import words_of

WHO = "مینا"
MINISTER = "demo:kiandust-farhad"
TEXTS = {
    "n0": "دکتر نیک‌آیین در گفت‌وگو با خبرنگاران تأکید کرد که پرونده آزادراه دریایی بسته نشده است.",
    "n1": "به گزارش خبرنگار ما، نیک‌آیین گفت: راه‌اندازی آزادراه دریایی به توافق دو کشور بستگی دارد.",
    "n2": "مهتاب راستین‌فر، سخنگوی وزارت خارجه، گفت: گفت‌وگو درباره آزادراه‌های دریایی ادامه دارد.",
}
"""A surname that no lexicon knows, and a phrase that is no term."""
ALIAS = {"field": "alias", "key": MINISTER, "new": "نیک‌آیین"}
TERM = {"field": "term", "key": "bilateral_ties", "new": {"term": "آزادراه دریایی", "weight": 3}}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store of these articles, and of one that holds neither, for tests that only read it."""
    store = fresh(tmp_path_factory.mktemp("words"))
    bring(store, [*items(1), *(item(text, article_id=name) for name, text in TEXTS.items())])
    return store.reload()


@pytest.fixture
def store(made: Store, tmp_path: Path) -> Store:
    return Store.open(shutil.copytree(made.where, tmp_path / "store"))


def said(store: Store) -> dict[str, tuple[str, list[str]]]:
    """Speaker and topics of each of the articles with an id of ours."""
    tables = store.tables(corrected=False)
    names = tables.articles.set_index("article_id")["external_id"]
    rows = tables.statements.merge(tables.attributions[["statement_id", "speaker_id"]], on="statement_id")
    topics = tables.statement_topics.groupby("statement_id")["topic_id"].agg(list)
    found = zip(rows["article_id"].map(names), rows["speaker_id"], rows["statement_id"].map(topics), strict=True)
    return {name: (speaker, of) for name, speaker, of in found if name[0] == "n"}


def assert_same(one: Tables, other: Tables) -> None:
    """The same rows; the order of a speaker's names is that of the batches."""
    for (table, left), (_, right) in zip(one, other, strict=True):
        names = [name for name in table.names if name != "aliases"]
        pd.testing.assert_frame_equal(left[names], right[names], obj=table.name)


def test_a_name_is_extracted_with_until_it_is_taken_back(store):
    before = store.tables()
    seen = preview(store, ALIAS, words=WORDS)
    assert (seen.articles, seen.holding, seen.cut) == (2, 2, False)
    assert seen.counted == {"statements": 0, "attributions": 4, "topics": 0, "mentions": 2, "positions": 0}
    assert set(seen.changes["field"]) == {"speaker"} and set(seen.changes["after"]) == {MINISTER}
    assert store.reload().version == store.version
    kept = keep(store, ALIAS, WHO, words=WORDS)
    now = said(kept)
    assert [now[name][0] for name in ("n0", "n1")] == [MINISTER, MINISTER]
    assert outdated(kept, WORDS) == [] and check(kept) == []
    # Only what holds the word, or names the person, was written again; the others are confirmed.
    assert kept.batches()["kind"].tolist() == ["add", "correct", "refresh"]
    back = undo(kept, log(kept)["correction_id"].iloc[0], WHO, words=WORDS)
    assert_same(before, back.tables())
    assert outdated(back.reload(), WORDS) == []
    assert log(back)[["in_force", "undone_by"]].to_numpy().tolist() == [[True, ""], [False, WHO]]


def test_a_term_is_extracted_with_and_can_be_taken_out(made, store):
    seen = preview(made, TERM, words=WORDS)
    assert set(seen.changes["field"]) == {"topic"} and seen.articles == 2
    kept = keep(store, TERM, WHO, words=WORDS)
    before, after = said(made), said(kept)
    assert after["n0"][1] == ["bilateral_ties"] != before["n0"][1]
    assert {name for name in TEXTS if before[name] != after[name]} == {"n0", "n1"}
    told = {(row.before, row.after) for row in seen.changes.itertuples()}
    assert told == {("|".join(before[name][1]), "|".join(after[name][1])) for name in ("n0", "n1")}
    out = keep(kept, {**TERM, "old": "آزادراه دریایی", "new": ""}, WHO, words=WORDS)
    assert said(out) == before
    assert words_of(out, WORDS).load().codebook.terms.keys() == WORDS.load().codebook.terms.keys()


def test_somebody_whom_only_articles_name_becomes_one_person(made, store):
    """A surname alone means nobody outside of its article; once it is a person's name it is one in both."""
    unknown = {speaker for speaker, _ in said(made).values()} - {"demo:rastinfar-mahtab"}
    assert len(unknown) == 2
    person = {"field": "add_person", "new": {"name_fa": "کامیار نیک‌آیین", "names": ["نیک‌آیین"], "country": "IR"}}
    kept = keep(store, person, WHO, words=WORDS)
    now = said(kept)
    assert now["n0"][0] == now["n1"][0] != now["n2"][0]
    assert "کامیار نیک‌آیین" in set(kept.tables().speakers["name_fa"])
    # A further name of somebody new is kept with their first one.
    named = keep(kept, {"field": "alias", "key": now["n0"][0], "new": "مهندس آیینی"}, WHO, words=WORDS)
    assert log(named)["field"].tolist() == ["alias", "add_person"] and outdated(named, WORDS) == []


def test_words_that_are_only_written_down_make_articles_outdated_until_a_refresh(store):
    written = record(store, [ALIAS], WHO, words=WORDS)
    assert len(outdated(written, WORDS)) == 4
    refresh(written, words=WORDS)
    bring(written, [item(TEXTS["n1"].replace("آزادراه", "خط آهن"), article_id="n3")])
    assert outdated(written.reload(), WORDS) == []
    assert said(written.reload())["n3"][0] == MINISTER


def test_a_preview_says_when_it_has_not_looked_at_everything(made):
    seen = preview(made, TERM, most=1, words=WORDS)
    assert (seen.articles, seen.holding, seen.looked_at, seen.cut) == (1, 2, 1, True)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({**ALIAS, "new": "راستین‌فر"}, "name of مهتاب راستین‌فر.*merge"),
        ({**ALIAS, "new": "کیان دوست"}, "already"),
        ({**ALIAS, "new": "رو"}, "too short"),
        ({**ALIAS, "new": "درباره"}, "function word"),
        ({**ALIAS, "new": "افغانستان"}, "another kind"),
        ({**ALIAS, "new": "نیک|آیین"}, "line break"),
        ({**ALIAS, "new": ""}, "no name is given"),
        ({**ALIAS, "new": "", "old": "نیک‌روش"}, "no name of"),
        ({**ALIAS, "new": "", "old": "فرهاد کیان‌دوست"}, "only further names"),
        ({**ALIAS, "key": "demo:kiandust-farhat"}, "Did you mean demo:kiandust-farhad"),
        ({**ALIAS, "key": "state:IR"}, "no person"),
        ({**TERM, "key": "bilateral"}, "no topic of the code book. Did you mean bilateral_ties"),
        ({**TERM, "new": {"term": "رایزنی", "weight": 7}}, "weight cannot be 7"),
        ({**TERM, "new": "country:IQ"}, "stands for mentions"),
        ({**TERM, "new": "", "old": "آزادراه دریایی"}, "no term of bilateral_ties"),
        ({**TERM, "new": ""}, "no term is named"),
        ({"field": "add_person", "new": {"name_fa": "نیک‌آیین"}}, "no full name"),
        ({"field": "add_person", "new": {"name_fa": "کامیار نیک‌آیین", "country": "XX"}}, "no country code"),
    ],
)
def test_words_that_do_not_fit_are_refused(made, row, words):
    with pytest.raises(StoreError, match=words):
        preview(made, row, words=WORDS)


def test_a_word_of_half_of_everything_is_refused(store):
    bring(store, [item(f"گزارش شماره {n} درباره بازار شهر {n}.", article_id=f"p{n}") for n in range(20)])
    with pytest.raises(StoreError, match=r"stands in 20 of 2\d articles"):
        preview(store.reload(), {**TERM, "new": "بازار شهر"}, words=WORDS)
