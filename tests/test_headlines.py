"""Headings that restate the body, and the lines that every page has."""

import pytest
from extraction import KIANDUST, YELAGIN, said, who

BODY = "کیان‌دوست گفت که پایبندی همه طرف‌ها به تعهدات ضروری است و تهران از این خواسته عقب نمی‌نشیند."


def test_a_sub_heading_that_restates_the_body() -> None:
    heading, body = said(f"پایبندی همه طرف‌ها به تعهدات ضروری است\n{BODY}")
    assert (heading.form, heading.speakers, heading.repeats) == ("headline", (KIANDUST,), BODY)
    assert (body.form, body.speakers, body.repeats) == ("indirect", (KIANDUST,), "")


def test_a_heading_may_stand_after_what_it_restates() -> None:
    _, heading = said(f"{BODY}\nپایبندی همه طرف‌ها به تعهدات ضروری است")
    assert heading.form == "headline"
    assert heading.repeats == BODY


def test_a_heading_belongs_to_the_statement_that_it_restates_best() -> None:
    text = f"مسکو به گسترش کریدور شمال و جنوب متعهد است\n{BODY}\nیلاگین افزود که مسکو به گسترش کریدور شمال و جنوب متعهد است."
    assert who(text) == [YELAGIN, KIANDUST, YELAGIN]
    assert said(text)[0].repeats.startswith("یلاگین افزود")


@pytest.mark.parametrize(
    "heading",
    [
        "رشد بورس‌های آسیایی در هفته‌ای آرام",  # says something else
        "آیا همه طرف‌ها به تعهدات پایبندند؟",  # a question
        "تعهدات ضروری",  # too short to tell
    ],
)
def test_a_heading_that_restates_nothing(heading: str) -> None:
    assert who(f"{heading}\n{BODY}") == ["", KIANDUST]


def test_a_heading_with_a_name_and_a_colon() -> None:
    heading, body = said(f"کیان‌دوست: پایبندی همه طرف‌ها به تعهدات ضروری است\n{BODY}")
    assert (heading.form, heading.speakers, heading.repeats) == ("headline", (KIANDUST,), BODY)
    assert body.form == "indirect"


def test_a_first_line_with_a_colon_is_a_heading_even_alone() -> None:
    (heading,) = said("یلاگین: توافق تازه به زودی امضا می‌شود")
    assert (heading.form, heading.speakers, heading.repeats) == ("headline", (YELAGIN,), "")


def test_a_lead_with_its_own_verb_is_no_heading() -> None:
    lead, _ = said(f"کیان‌دوست تاکید کرد که پایبندی همه طرف‌ها به تعهدات ضروری است\n{BODY}")
    assert (lead.form, lead.repeats) == ("indirect", "")


def test_each_of_two_headings_names_its_statement() -> None:
    second = "وی افزود که بازگشایی گذرگاه‌های مرزی به سود بازرگانان است."
    text = f"پایبندی همه طرف‌ها به تعهدات ضروری است\n{BODY}\nبازگشایی گذرگاه‌های مرزی به سود بازرگانان\n{second}"
    assert [s.repeats for s in said(text)] == [BODY, "", second, ""]


@pytest.mark.parametrize(
    "line",
    [
        "نظر شما",
        "انتهای پیام/",
        "انتهاي پيام",
        "پایان پیام/ ۱۲۳",
        "#تهران #دوحه #مذاکره",
        "@namuneh_news",
        "کد خبر: ۱۲۳۴۵",
        "https://example.org/n/1",
        "۱۴۰۳/۱۲/۲۰ ۱۰:۳۰",
        "***",
    ],
)
def test_page_furniture_says_nothing(line: str) -> None:
    text = f"کیان‌دوست گفت: «ما آماده‌ایم.»\n{line}"
    assert [s.text for s in said(text)] == ["کیان‌دوست گفت: «ما آماده‌ایم.»"]


def test_a_sentence_that_begins_like_furniture_still_speaks() -> None:
    text = "نظر شما درباره طرح تازه چیست؟ کیان‌دوست گفت که طرح تازه به سود همه ملت‌های منطقه خواهد بود."
    assert who(text)[-1] == KIANDUST


def test_the_first_line_of_a_post_is_whose_who_is_named_in_its_second() -> None:
    text = "میزبانی از بدخواهان نشانه ناسپاسی است\nوادیم یلاگین:\n🔹 تجارت دو کشور رونق دارد."
    assert [(s.form, s.speakers) for s in said(text)] == [("headline", (YELAGIN,)), ("direct", (YELAGIN,))]


def test_a_first_line_before_narration_has_no_speaker() -> None:
    text = "میزبانی از بدخواهان نشانه ناسپاسی است\nنشست دو هیئت در مسکو برگزار شد.\nیلاگین گفت که راه باز است."
    assert [s.form for s in said(text)] == ["indirect"]
