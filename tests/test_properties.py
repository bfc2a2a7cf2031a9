"""Whatever a text holds: nothing raises, every span is verbatim, and the same text reads the same twice."""

from __future__ import annotations

import pandas as pd
from extraction import demo_lexicon
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis import extract, schema
from analysis.schema import Tables
from analysis.text.fold import JOINED, NONE, SPACE, fold, fold_key
from analysis.text.segment import lines, sentences

FRAGMENTS = [
    *("وادیم یلاگین", "کیان‌دوست", "كيان دوست", "داریوش گلستان‌پور", "آقای", "دکتر"),
    *("وزیر امور خارجه", "سخنگوی", "وزارت خارجه", "معاون", "سفیر", "رئیس‌جمهور", "یک منبع آگاه", "این دیپلمات"),
    *("روسیه", "ایران", "کشورمان", "آمریکا", "مالی", "دریای عمان", "غزه", "واشنگتن", "آژانس", "ایسنا", "رویترز"),
    *("گفت", "افزود", "تاکید کرد", "خواستار", "شد", "اعلام شد", "محکوم کرد", "پرسید", "نوشت", "کند", "است"),
    *("به گفته", "از سوی", "با بیان اینکه", "به گزارش", "به نقل از", "پیام", "مبنی بر", "در این بیانیه آمده است"),
    *("تحریم‌ها", "جنگ", "گفت‌وگو", "توافق", "ما", "وی", "او", "آنها", "که", "و", "را", "با", "در", "از", "نیز"),
    *("«", "»", '"', "ˈ", "(", ")", ":", "،", "؛", ".", "؟", "!", "…", "-", "–", "/", "|", "*"),
    *("\n", "\n\n", "\r\n", "\u2028", " ", "\u200c", "\u200f", "\ufeff", "\t", "\xa0", "\0"),
    *("🔹", "🔴", "🇮🇷", "👩‍👩‍👧", "#وین", "@namuneh", "https://example.org/?q=۱", "۱۴۰۳/۱۲/۲۰", "3.5", "٪"),
    *("ﺳﻔﯿﺮ", "مُدیر", "کـــشور", "İ", "ß", "ﷺ", "ﬁ", "\u0301", "نظر شما", "انتهای پیام/"),
]
WORDS = st.lists(st.sampled_from(FRAGMENTS) | st.characters(), min_size=1, max_size=40)
TEXTS = st.builds(lambda words, gap: gap.join(words), WORDS, st.sampled_from([" ", "", "\u200c"]))
SPEAKERS = st.sampled_from(
    [
        *("وزیر امور خارجه روسیه", "وادیم یلاگین", "کيان‌دوست", "سخنگوی وزارت خارجه کشورمان", "یک منبع آگاه", "وی"),
        *("مازیار بهمنی‌نژاد، کارشناس مسائل منطقه،", "رویترز", "آمریکا", "این دیپلمات", "دکتر راستین‌فر", "دو طرف"),
    ]
)
CUES = st.sampled_from(
    [" گفت:", " تاکید کرد که", " با بیان اینکه", ":", " در توییتی نوشت", "گفت", " خواستار", " افزود"]
)
SAID = st.sampled_from(
    [
        *("ایران و روسیه خواهان لغو تحریم‌ها هستند", "حمله رژیم صهیونیستی به غزه را محکوم می‌کنیم", "ما آماده‌ایم"),
        *("رم از آتش‌بس حمايت کرد", "آمریکا باید به جنگ پایان دهد", "پیام عمان مبنی بر گفت‌وگو را رساندم", "باید دید"),
    ]
)
SENTENCES = st.builds(
    lambda mark, who, cue, opening, what, closing, end: f"{mark}{who}{cue} {opening}{what}{closing}{end}",
    st.sampled_from(["", "🔹 ", "به گزارش ایسنا، ", "تهران - ایرنا - ", "به گفته ", "و "]),
    *(SPEAKERS, CUES, st.sampled_from(["", "«", "“", '"', "ˈ"]), SAID, st.sampled_from(["", "»", "”", '"', "ˈ"])),
    st.sampled_from([".", "", "؟", "…", "\n", ".\n", "\u200c", " 😀\n", "، ", "؛ "]),
)
ARTICLES = st.lists(SENTENCES | WORDS.map(" ".join), min_size=1, max_size=8).map(" ".join)
FEW = settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
MANY = settings(FEW, max_examples=100)


@MANY
@given(TEXTS)
def test_fold_keeps_the_way_back(text: str) -> None:
    folded = fold(text)
    assert len(folded.letters) == len(folded.origin) == len(folded.gaps)
    assert all(a < b for a, b in zip(folded.origin, folded.origin[1:], strict=False))
    assert all(0 <= position < len(text) for position in folded.origin)
    assert set(folded.gaps) <= {NONE, JOINED, SPACE}
    for i, position in enumerate(folded.origin):
        assert fold_key(text[position]) == folded.letters[i]


@MANY
@given(TEXTS, st.data())
def test_a_span_folds_to_its_letters(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    if not folded.letters:
        return
    first = data.draw(st.integers(0, len(folded.letters) - 1))
    last = data.draw(st.integers(first + 1, len(folded.letters)))
    start, stop = folded.span(first, last)
    assert fold_key(text[start:stop]) == folded.letters[first:last]


@MANY
@given(TEXTS)
def test_folding_again_changes_nothing(text: str) -> None:
    letters = fold(text).letters
    assert fold(letters).letters == letters
    assert fold_key(text) == letters


@MANY
@given(TEXTS)
def test_sentences_are_ordered_stripped_and_within_their_lines(text: str) -> None:
    spans = list(lines(text))
    stop = 0
    for sentence in sentences(text):
        assert stop <= sentence.start < sentence.stop
        stop = sentence.stop
        words = text[sentence.start : sentence.stop]
        assert words == words.strip()
        assert any(char.isalnum() for char in words)
        begin, end = spans[sentence.line]
        assert begin <= sentence.start
        assert sentence.stop <= end


@MANY
@given(TEXTS)
def test_no_letter_is_lost_between_sentences(text: str) -> None:
    kept = {i for s in sentences(text) for i in range(s.start, s.stop)}
    assert all(i in kept for i, char in enumerate(text) if char.isalnum())


@MANY
@given(TEXTS)
def test_matches_are_words_of_the_lexicon(text: str) -> None:
    folded = fold(text)
    for match in demo_lexicon().matcher.find(folded):
        assert fold_key(text[match.start : match.stop]) == fold_key(match.entry.form)


@FEW
@given(st.lists(TEXTS.filter(str.strip), min_size=1, max_size=5), st.sampled_from([None, "2025-03-10"]))
def test_any_text_makes_tables_that_keep_the_contract(texts: list[str], published: str | None) -> None:
    frame = pd.DataFrame({"id": [f"a{i}" for i in range(len(texts))], "text": texts, "published": published})
    tables = extract(frame, demo_lexicon())
    schema.check(tables)
    assert tables.articles["text"].tolist() == texts
    for _, group in tables.statements.groupby("article_id"):
        assert (group["start"] >= group["stop"].shift(fill_value=0)).all()
    again = extract(frame, demo_lexicon())
    for table, rows in tables:
        pd.testing.assert_frame_equal(rows, getattr(again, table.name))


def _rows(tables: Tables, article_id: str) -> dict[str, list[dict[str, object]]]:
    """All rows of an article, and of its speakers."""
    statements = tables.statements[tables.statements["article_id"] == article_id]
    rows = {"statements": statements, "mentions": tables.mentions[tables.mentions["article_id"] == article_id]}
    for name in ("attributions", "statement_topics", "positions"):
        frame = getattr(tables, name)
        rows[name] = frame[frame["statement_id"].isin(statements["statement_id"])]
    speaking = tables.speakers["speaker_id"].isin(
        {*rows["attributions"]["speaker_id"], *rows["positions"]["speaker_id"]}
    )
    rows["speakers"] = tables.speakers[speaking].drop(columns="aliases").sort_values("speaker_id")
    return {name: frame.to_dict("records") for name, frame in rows.items()}


def _aliases(tables: Tables) -> dict[str, set[str]]:
    cells = zip(tables.speakers["speaker_id"], tables.speakers["aliases"], strict=True)
    return {speaker_id: set(cell.split("|")) - {""} for speaker_id, cell in cells}


@settings(FEW, max_examples=10)
@given(st.lists(ARTICLES.filter(str.strip), min_size=2, max_size=3))
def test_an_article_reads_the_same_in_any_company(texts: list[str]) -> None:
    frame = pd.DataFrame({"id": [f"a{i}" for i in range(len(texts))], "text": texts, "published": "2025-03-10"})
    together = extract(frame, demo_lexicon())
    schema.check(together)
    reversed_order = extract(frame[::-1], demo_lexicon())
    alone = [extract(frame[i : i + 1], demo_lexicon()) for i in range(len(frame))]
    for article_id, single in zip(frame["id"], alone, strict=True):
        rows = _rows(single, article_id)
        assert rows == _rows(together, article_id)
        assert rows == _rows(reversed_order, article_id)
    joined = schema.concatenate(alone)
    assert _aliases(together) == _aliases(reversed_order) == _aliases(joined)
    assert joined.statements.equals(together.statements)
