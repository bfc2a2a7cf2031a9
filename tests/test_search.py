"""The search: what words are taken for the same, what a query asks for, what the index finds, where it is marked."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.errors import QueryError, StoreError
from analysis.measure.facts import Facts, ordered
from analysis.schema import Tables
from analysis.search import index
from analysis.search.found import spans
from analysis.search.index import Index
from analysis.search.query import And, Name, Near, Or, Term
from analysis.search.words import key_text, keys, words
from tests.pages import sample

TABLES: Tables = ordered(sample.build(12))
TEXTS = list(TABLES.statements["text"])


@pytest.fixture(scope="module")
def found() -> Index:
    """The index of the invented tables, in memory."""
    return make(index.MEMORY)


def make(place: str | Path, tables: Tables = TABLES) -> Index:
    articles = zip(tables.articles["title"], tables.articles["text"], strict=True)
    return index.build(place, tables.statements["text"], articles, Facts.of(tables), tables.speakers)


def holding(*words_: str) -> list[int]:
    """The statements whose text holds one of the words as they stand here."""
    return [n for n, text in enumerate(TEXTS) if any(word in text for word in words_)]


SAME = (
    ("تحریم", "تحریم‌های", "تحریمهای", "تحریم های", "تحریمی", "تحریم‌هایشان", "تحريم‌هاى", "تَحریم", "تحـریم"),
    ("گفتگو", "گفت‌وگو", "گفت و گو", "گفت وگو", "گفت‌و‌گوهای", "گفت وگوهای", "گفتوگوها"),
    ("وزیر خارجه", "وزیرخارجه", "وزیر‌خارجه", "وزیرِ خارجه", "وزير خارجۀ", "وزرای خارجه"),
    ("می‌گوید", "نمی‌گوید", "می گوید", "میگوید", "بگوید", "گفت", "گفتند", "نگفت"),
    ("بزرگ", "بزرگ‌تر", "بزرگ ترین", "بزرگترین"),
    ("هسته‌ای", "هسته ای", "هسته‌یی"),
    ("آمریکا", "امریکا", "آمریکاست", "آمریکایی", "امریکائی‌ها"),
    ("بین‌المللی", "بین المللی", "بینالمللی"),
    ("کتابش", "کتاب‌هایمان", "کتاب های", "کتابم"),
    ("همسایگان", "همسایه", "همسایه‌ها", "همسایگانش"),
    ("مذاکره", "مذاکرات", "مذاکراتی"),
    ("۱۴۰۳", "1403", "١٤٠٣"),
    ("به عنوان", "به‌عنوان", "بعنوان"),
    ("هیئت", "هیأت", "هیات"),
    ("مسئولان", "مسوولان", "مسؤولان"),
)
APART = (
    ("ماه", "ماهی"),
    ("رئیس", "رئیسی"),
    ("انتخاب", "انتخابات"),
    ("طالب", "طالبان"),
    ("سازمان", "ساز"),
    ("قوی", "قو"),
    ("رأی", "را"),
    ("ایران", "ایرلند"),
    ("صلح", "صلاح"),
    ("برجام", "برج"),
    ("شورا", "شور"),
    ("درمان", "در"),
    ("نفت", "نفر"),
)


@pytest.mark.parametrize("forms", SAME, ids=lambda forms: forms[0])
def test_spellings_and_endings_of_one_word_have_one_key(forms: tuple[str, ...]) -> None:
    assert {form: keys(form) for form in forms} == {form: keys(forms[0]) for form in forms}


@pytest.mark.parametrize(("one", "other"), APART)
def test_words_that_only_look_alike_stay_apart(one: str, other: str) -> None:
    assert keys(one) != keys(other)


def test_each_key_knows_its_place_in_the_text() -> None:
    text = "«تحریم های» تازه می‌شود؛ گفت و گوها دربارهٔ وزیرخارجه."
    places = [(word.key, text[word.start : word.stop]) for word in words(text)]
    assert places == [
        ("تحریم", "تحریم های"),
        ("تازه", "تازه"),
        ("شد", "می‌شود"),
        ("گفتگو", "گفت و گوها"),
        ("درباره", "دربارهٔ"),
        ("وزیر", "وزیرخارجه"),
        ("خارجه", "وزیرخارجه"),
    ]


PIECES = [
    "تحریم",
    "های",
    "‌",
    " ",
    "می",
    "گفت",
    "و",
    "گو",
    "ی",
    "ـ",
    "ً",
    "۱",
    "5",
    "US",
    "«",
    "»",
    ".",
    "\n",
    "\u202e",
    "🎉",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=20))
@example("تحریم های۱")
@example("تحریم های\u200c۱")
@example("تحریم های_")
@example("گفت وگو\u200cUS")
@settings(max_examples=150, deadline=None)
def test_both_ways_to_the_keys_agree_and_stay_within_the_text(text: str) -> None:
    with_places = words(text)
    assert key_text(text).split() == [word.key for word in with_places]
    assert all(0 <= word.start < word.stop <= len(text) for word in with_places)
    assert all(a.start <= b.start for a, b in pairwise(with_places))


def shape(node: object) -> object:
    """A query as nested tuples."""
    match node:
        case Term(written, _, phrase, prefix):
            return ("phrase" if phrase else "prefix" if prefix else "word", *written)
        case Name():
            return ("name", *(meaning.id for meaning in node.meanings))
        case Near(left, right, distance):
            return ("near", distance, shape(left), shape(right))
        case Or(parts):
            return ("or", *map(shape, parts))
        case And(parts, excluded):
            return ("and", *map(shape, parts), *(("not", shape(part)) for part in excluded))


TAHRIM, NAFT = ("word", "تحریم"), ("word", "نفت")
UNDERSTOOD = {
    "تحریم‌های نفت": ("and", TAHRIM, NAFT),
    "تحریم و نفت": ("and", TAHRIM, NAFT),
    "تحریم، نفت AND": ("and", TAHRIM, NAFT),
    '"رفع تحریم‌ها"': ("and", ("phrase", "رفع", "تحریم")),
    "«رفع تحریم‌ها» نفت": ("and", ("phrase", "رفع", "تحریم"), NAFT),
    "“رفع تحریم‌ها”": ("and", ("phrase", "رفع", "تحریم")),
    "تحریم -نفت": ("and", TAHRIM, ("not", NAFT)),
    "تحریم −«نفت خام»": ("and", TAHRIM, ("not", ("phrase", "نفت", "خام"))),
    "تحریم یا نفت": ("and", ("or", TAHRIM, NAFT)),
    "رفع تحریم OR نفت": ("and", ("word", "رفع"), ("or", TAHRIM, NAFT)),
    "(رفع تحریم) | نفت": ("and", ("or", ("and", ("word", "رفع"), TAHRIM), NAFT)),
    "تحریم ~۳ نفت": ("and", ("near", 3, TAHRIM, NAFT)),
    "تحریم~نفت": ("and", ("near", 5, TAHRIM, NAFT)),
    'تحریم NEAR/7 "نفت خام"': ("and", ("near", 7, TAHRIM, ("phrase", "نفت", "خام"))),
    "قطع* نفت": ("and", ("prefix", "قطع"), NAFT),
    "روسیه نفت": ("and", ("name", "RU"), NAFT),
    "Russia oil": ("and", ("name", "RU"), ("word", "oil")),
    "United States -UK": ("and", ("name", "US"), ("not", ("name", "GB"))),
    "sanctions": ("and", ("name", "sanctions")),
    "Nuclear deal": ("and", ("name", "nuclear_deal")),
    "nuclear": ("and", ("name", "nuclear_deal", "nuclear_programme")),
    "IAEA": ("and", ("name", "IAEA")),
    "Cem Cagan": ("and", ("name", "demo:cagan-cem")),
    "نیکروش": ("and", ("word", "نیک", "روش")),
    "بهرام نیک روش": ("and", ("name", "demo:nikravesh-bahram")),
    '"روسیه"': ("and", ("phrase", "روسیه")),
    "وزیرخارجه": ("and", ("word", "وزیر", "خارجه")),
    "US-IR": ("and", ("word", "us", "ir")),
}


@pytest.mark.parametrize("query", UNDERSTOOD)
def test_how_a_query_is_understood(found: Index, query: str) -> None:
    assert shape(found.read(query).root) == UNDERSTOOD[query]


BROKEN = {
    "": "empty",
    "،": "empty",
    "🎉": "empty",
    '""': "empty",
    "()": "empty",
    '"رفع تحریم': "quote",
    "«رفع": "quote",
    "»": "quote",
    "یا": "or",
    "تحریم OR": "or",
    "OR OR": "or",
    "یا تحریم": "or",
    "تحریم یا -نفت": "minus",
    "-تحریم": "only_minus",
    "(-تحریم)": "only_minus",
    "نفت (-تحریم)": "only_minus",
    "--تحریم": "minus",
    "~": "near",
    "تحریم ~5": "near",
    "تحریم ~5 (نفت یا گاز)": "near",
    "تحریم ~0 نفت": "far",
    "تحریم ~99999999999999999999 نفت": "far",
    "(تحریم": "bracket",
    "تحریم)": "bracket",
    "*": "prefix",
    "ت*": "prefix",
    "الف" * 200: "long",
}


@pytest.mark.parametrize("query", BROKEN)
def test_a_broken_query_says_what_is_wrong(found: Index, query: str) -> None:
    with pytest.raises(QueryError) as caught:
        found.find(query)
    assert caught.value.code == BROKEN[query]


SIGNS = [*"\"'«»()~|*-+^:{};%_,.&<>=\\/\0\u202e\ufdd0", " ", " ", "NEAR", "OR", "NOT", "یا", "تحریم", "c1", "words"]
HOSTILE = st.lists(st.sampled_from(SIGNS), max_size=12).map("".join) | st.text(max_size=30)


@given(HOSTILE)
@settings(max_examples=200, deadline=None)
def test_no_query_does_harm(found: Index, query: str) -> None:
    try:
        positions = found.find(query)
    except QueryError:
        return
    assert set(positions) <= set(range(len(TEXTS)))
    assert set(found.ranked(query)) == set(positions)
    spans(found.read(query), query)


FINDS = {
    "تحریمی": holding("تحریم"),
    "تحریم -ویتمور": [n for n in holding("تحریم") if "ویتمور" not in TEXTS[n]],
    "میانجیگری یا غنی‌سازی": holding("میانجی‌گری", "غنی‌سازی"),
    '"روابط همسایگی"': holding("روابط همسایگی"),
    '"همسایگی روابط"': [],
    "همسایگی ~1 راه": holding("راه روابط همسایگی"),
    "باز ~1 راه": [],
    "راه ~1 عربستان": [],
    "میانج*": holding("میانجی‌گری"),
}


@pytest.mark.parametrize("query", FINDS)
def test_finds_exactly_the_statements_with_the_words(found: Index, query: str) -> None:
    assert list(found.find(query)) == FINDS[query]


def of_code(frame: str, column: str, value: str) -> set[int]:
    rows = getattr(Facts.of(TABLES), frame)
    return set(rows.loc[(rows[column] == value).to_numpy(), "statement"]) - {-1}


@pytest.mark.parametrize("query", ["روسیه", "روسيه", "Russia", "russian federation"])
def test_a_state_is_found_by_any_of_its_names(found: Index, query: str) -> None:
    positions = set(found.find(query))
    assert of_code("mentions", "entity", "RU") <= positions  # «مسکو» too
    assert positions == of_code("mentions", "entity", "RU") | set(holding("روسیه"))


@pytest.mark.parametrize("query", ["پاول اورلوف", "پاول‌اورلوف", "پاولاورلوف", "Pavel Orlov", "pavel orlov", "Orlov"])
def test_a_speaker_is_found_by_any_spelling_and_with_what_they_say(found: Index, query: str) -> None:
    positions = set(found.find(query))
    assert positions == of_code("attributions", "speaker", "demo:orlov-pavel") | set(holding("پاول اورلوف"))
    assert any("اورلوف" not in TEXTS[n] for n in positions)


def test_a_topic_is_found_by_its_english_name(found: Index) -> None:
    assert of_code("topics", "topic", "negotiation") <= set(found.find("negotiation"))


def test_articles_without_statements_are_found_by_title_and_text(found: Index) -> None:
    assert len(found.articles("تحولات منطقه")) == len(TABLES.articles)
    assert list(found.articles("دیدار 7 تهران")) == [
        n for n, title in enumerate(TABLES.articles["title"]) if "دیدار 7 " in title
    ]


@pytest.mark.parametrize("number", range(0, len(TEXTS), 5))
def test_a_query_of_any_words_of_a_text_finds_and_marks_it(found: Index, number: int) -> None:
    text = TEXTS[number]
    drawn = random.Random(number).sample([w for w in words(text) if w.key != "و"], 3)
    query = " ".join(f'"{text[word.start : word.stop]}"' for word in drawn)
    assert number in found.find(query)
    marked = spans(found.read(query), text)
    assert all(any(start <= word.start and word.stop <= stop for start, stop in marked) for word in drawn)
    assert all(a[1] <= b[0] for a, b in pairwise(marked))


def test_marks_only_what_was_asked_for(found: Index) -> None:
    text = "تحریم‌های نفتی لغو شد؛ گاز و نفت خام ماند و تحریم بانکی نه."
    assert [text[a:b] for a, b in spans(found.read("تحریم ~2 نفت"), text)] == ["تحریم‌های", "نفتی"]
    assert [text[a:b] for a, b in spans(found.read('"نفت خام" -تحریم'), text)] == ["نفت خام"]


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    place = tmp_path / "search.sqlite"

    class Broken:
        def __iter__(self):
            yield "تحریم"
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        index.build(place, Broken(), [], Facts.of(TABLES), TABLES.speakers)
    assert list(tmp_path.iterdir()) == []
    built = make(place)
    assert [path.name for path in tmp_path.iterdir()] == ["search.sqlite"]
    assert np.array_equal(Index.open(place).find("تحریم"), built.find("تحریم"))


def test_what_is_no_index_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no index", encoding="utf-8")
    for place in (tmp_path / "text", tmp_path / "missing"):
        with pytest.raises(StoreError, match="Delete it"):
            Index.open(place)


def test_empty_tables_have_an_index() -> None:
    assert len(make(index.MEMORY, Tables()).find("تحریم Russia")) == 0
