"""Folding: spellings of one word become the same letters, and every letter knows where it came from."""

import pytest

from analysis.text.fold import JOINED, NONE, SPACE, fold, fold_key

ZWNJ = "\u200c"
FAMILIES = {
    "ی": "يىۍېی",
    "ک": "كڪک",
    "ه": "ةۀه",
    "ا": "أإآٱا",
    "و": "ؤو",
}


@pytest.mark.parametrize(("plain", "variant"), [(plain, v) for plain, vs in FAMILIES.items() for v in vs])
def test_variants_of_a_letter_are_one(plain: str, variant: str) -> None:
    assert fold_key(variant) == plain


def test_hamza_on_yeh_is_yeh() -> None:
    assert fold_key("رئیس") == fold_key("رييس") == "رییس"


@pytest.mark.parametrize("spelling", ["می‌گوید", "می گوید", "میگوید", "مي‌گويد", "مِی‌گوید", "مـی‌گـوید", "می\u00a0گوید"])
def test_spellings_of_one_word(spelling: str) -> None:
    assert fold_key(spelling) == "میگوید"


def test_different_words_stay_different() -> None:
    assert len({fold_key(word) for word in ("شیر", "شور", "سیر", "شیرر", "شر")}) == 5


@pytest.mark.parametrize("digits", ["1403", "۱۴۰۳", "١٤٠٣", "𝟏𝟒𝟎𝟑"])
def test_digits_of_any_script(digits: str) -> None:
    assert fold_key(digits) == "1403"


@pytest.mark.parametrize(
    "word", ["مُدیرِ کُلّ", "مدیرـــ کل", "\u200eمدیر\u200f کل", "\u202bمدیر کل\u202c", "مد\u00adیر کل"]
)
def test_marks_tatweel_and_bidi_controls_are_dropped(word: str) -> None:
    assert fold_key(word) == "مدیرکل"


def test_presentation_forms() -> None:
    assert fold_key("ﺳﻔﯿﺮ") == "سفیر"


def test_latin_is_lowered_and_wide_letters_are_narrow() -> None:
    assert fold_key("IAEA ＮＰＴ") == "iaeanpt"


def test_line_breaks_are_kept() -> None:
    assert fold_key("سطر\r\nدیگر") == "سطر\n\nدیگر"


def test_gaps_tell_nothing_joint_and_space() -> None:
    folded = fold(f"می{ZWNJ}رود به")
    assert folded.letters == "میرودبه"
    assert list(folded.gaps) == [NONE, NONE, JOINED, NONE, NONE, SPACE, NONE]


def test_a_space_outweighs_a_joint() -> None:
    assert fold(f"می {ZWNJ}رود").gaps[2] == SPACE


def test_span_leads_back_to_the_words_as_written() -> None:
    text = "دیدارِ «رئيس‌جمهور» با سفیر"
    folded = fold(text)
    first = folded.letters.index("رییسجمهور")
    start, stop = folded.span(first, first + len("رییسجمهور"))
    assert text[start:stop] == "رئيس‌جمهور"


def test_word_boundaries() -> None:
    folded = fold("سفر، (وین) رفت‌وآمد")
    letters = folded.letters
    words = {letters[i : i + 3] for i in range(len(letters)) if letters[i].isalpha() and folded.starts[i]}
    assert words == {"سفر", "وین", "رفت", "وام"}
    assert folded.starts[len(folded.letters)]


@pytest.mark.parametrize("text", ["", "\u200c", " \t ", "\u200f\u064b"])
def test_a_text_without_letters(text: str) -> None:
    folded = fold(text)
    assert (folded.letters, folded.origin, folded.gaps) == ("", [], b"")


def test_emoji_count_as_one_character() -> None:
    text = "🔹 سفر 🇮🇷 🤝🏽"
    folded = fold(text)
    first = folded.letters.index("سفر")
    assert text[slice(*folded.span(first, first + 3))] == "سفر"


def test_lone_surrogates_do_no_harm() -> None:
    assert fold("سفر \ud83d وین").letters == "سفر\ud83dوین"
