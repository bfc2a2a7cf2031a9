"""The matcher: which spellings of a lexicon word are found, and which longer words are not."""

import pytest

from analysis.lexicon.matcher import Entry, Matcher, longest, within
from analysis.text.fold import fold


def found(form: str, text: str, ending: str = "word") -> list[str]:
    matches = Matcher([Entry("word", "w", form, ending)]).find(fold(text))
    return [text[m.start : m.stop] for m in matches]


@pytest.mark.parametrize("text", ["روشن‌رود آمد", "روشن رود آمد", "روشنرود آمد", "روشن‌رُود آمد", "«روشن‌رود»"])
def test_the_text_may_close_or_keep_any_gap(text: str) -> None:
    assert len(found("روشن‌رود", text)) == 1
    assert len(found("روشن رود", text)) == 1


def test_the_text_may_open_no_gap_with_a_space() -> None:
    assert found("کاروان", "کار وان حمام") == []
    assert found("کاروان", "کار\u200cوان رسید") == ["کار\u200cوان"]


def test_one_gap_of_several_may_be_closed() -> None:
    assert found("وزیر امور خارجه", "وزیرامور خارجه رسید") == ["وزیرامور خارجه"]


@pytest.mark.parametrize("text", ["گفتمان", "ناگفت", "گفتوگو", "شگفت"])
def test_a_word_inside_another_is_not_found(text: str) -> None:
    assert found("گفت", text) == []


def test_a_plain_word_does_not_end_before_a_joint() -> None:
    assert found("گفت", "گفت\u200cوگو") == []
    assert found("گفت", "او گفت") == ["گفت"]


@pytest.mark.parametrize(
    ("form", "ending", "text"),
    [
        ("آمریکا", "name", "این سیاست آمریکاست"),
        ("آمریکا", "name", "سیاست آمریکایی"),
        ("روسیه", "name", "روسیه‌ای که"),
        ("تحریم", "noun", "تحریمها"),
        ("تحریم", "noun", "تحریم‌های تازه"),
        ("تحریم", "noun", "تحریم های تازه"),
        ("تحریم", "noun", "تحریمهای تازه"),
        ("کشتی", "noun", "کشتی‌هایشان"),
        ("مخالف", "noun", "مخالفان"),
        ("برنامه", "noun", "برنامه‌ای تازه"),
    ],
)
def test_clitics_plurals_and_the_copula(form: str, ending: str, text: str) -> None:
    (match,) = found(form, text, ending)
    assert fold(match).letters == fold(form).letters  # what is glued on is no part of the match


@pytest.mark.parametrize(("form", "text"), [("حج", "حجم"), ("جنگ", "جنگل"), ("ایران", "ایرانشهر"), ("تن", "تنش")])
def test_other_words_that_begin_alike(form: str, text: str) -> None:
    assert found(form, text, "noun") == []


@pytest.mark.parametrize("text", ["بهایران", "درایران", "ازایران", "که‌ایران"])
def test_a_glued_function_word_before_a_long_word(text: str) -> None:
    assert [fold(m).letters for m in found("ایران", text)] == ["ایران"]


def test_no_glued_function_word_before_a_short_word() -> None:
    assert found("وین", "بروین") == []


@pytest.mark.parametrize("text", ["(ایران)", "ایران،", "ایران/روسیه", "«ایران»", "#ایران", "ایران-روسیه", "ایران"])
def test_punctuation_is_a_word_boundary(text: str) -> None:
    assert found("ایران", text, "name") == ["ایران"]


def test_arabic_letters_and_digits_in_either() -> None:
    assert found("كانال ١٢", "کانال ۱۲ گزارش داد") == ["کانال ۱۲"]


def test_matches_come_by_position_longest_first_and_may_overlap() -> None:
    matcher = Matcher(Entry("t", form, form) for form in ("وزیر", "وزیر امور خارجه", "امور خارجه قطر"))
    folded = fold("وزیر امور خارجه قطر")
    matches = matcher.find(folded)
    assert [m.id for m in matches] == ["وزیر امور خارجه", "وزیر", "امور خارجه قطر"]
    assert [m.id for m in longest(matches)] == ["وزیر امور خارجه"]


def test_longest_keeps_all_meanings_of_one_span() -> None:
    matcher = Matcher([Entry("country", "GE", "گرجستان"), Entry("topic", "x", "گرجستان")])
    assert {m.kind for m in longest(matcher.find(fold("گرجستان")))} == {"country", "topic"}


def test_within_takes_only_what_lies_inside() -> None:
    text = "ایران ایران ایران"
    matches = Matcher([Entry("country", "IR", "ایران")]).find(fold(text))
    assert [m.start for m in within(matches, 1, len(text))] == [6, 12]
    assert [m.start for m in within(matches, 0, 16)] == [0, 6]


def test_matches_do_not_cross_a_line() -> None:
    assert found("وزیر خارجه", "وزیر\nخارجه") == []


def test_a_matcher_without_words_finds_nothing() -> None:
    assert Matcher([]).find(fold("ایران")) == []
    assert Matcher([Entry("x", "x", " \u200c ")]).find(fold("ایران")) == []


def test_matches_point_to_the_words_as_written() -> None:
    text = "سخنان رئيس‌ جمهورِ عراق"
    assert found("رئیس‌جمهور", text) == ["رئيس‌ جمهور"]
