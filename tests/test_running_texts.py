"""Texts that follow below their announcement, and what does or does not go on with somebody's words."""

import pytest
from extraction import KIANDUST, NOBODY, YELAGIN, who

LETTER = "ملت ما راه خود را می‌شناسد.\nدشمنان ناامید شدند.\nاز همه سپاسگزارم."


@pytest.mark.parametrize(
    "announcement",
    [
        f"متن پیام {KIANDUST} به شرح زیر است:",
        f"متن کامل سخنان {KIANDUST} از این قرار است:",
        f"محورهای سخنان {KIANDUST} به این شرح است:",
    ],
)
def test_a_text_below_is_its_authors(announcement: str) -> None:
    assert who(f"{announcement}\n{LETTER}") == [NOBODY, KIANDUST, KIANDUST, KIANDUST]


@pytest.mark.parametrize(
    "announcement", ["متن این پیام به شرح زیر است:", "محورهای این اظهارات به شرح ذیل است:", "متن نامه در ادامه می‌آید:"]
)
def test_a_text_below_without_an_author_is_of_who_spoke_last(announcement: str) -> None:
    text = f"{KIANDUST} در پیامی گفت که راه باز است.\n{announcement}\n{LETTER}"
    assert who(text) == [KIANDUST, NOBODY, KIANDUST, KIANDUST, KIANDUST]


@pytest.mark.parametrize(
    "line",
    ["نتایج بازی‌ها به شرح زیر است:", "قیمت سکه و ارز به این شرح است:", "متن گزارش خبرگزاری ایسنا به شرح زیر است:"],
)
def test_a_list_is_nobodys(line: str) -> None:
    assert who(f"{line}\nتیم اول دو بر صفر پیش افتاد.\nتیم دوم بازنده شد.") == [NOBODY] * 3


def test_what_people_at_large_say_breaks_off_no_speech() -> None:
    text = f"{KIANDUST}:\n🔹 ما راه را باز کردیم.\n🔹 می‌گویند که این راه بسته است.\n🔹 ما ایستاده‌ایم."
    assert who(text) == [NOBODY, KIANDUST, KIANDUST, KIANDUST]


def test_nobody_goes_on_by_calling_himself_by_name() -> None:
    told = f"{KIANDUST} گفت: راه باز است.\nکیان‌دوست که پیشتر سفیر بود اکنون وزیر خارجه است."
    assert who(told) == [KIANDUST, NOBODY]
    quoted = f"{KIANDUST} گفت: راه باز است.\nمی‌گویند «کیان‌دوست ساکت است» و این درست نیست."
    assert who(quoted) == [KIANDUST, KIANDUST]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (f"این ادعا در حالی مطرح می‌شود که {YELAGIN} گفته است راه باز است.", YELAGIN),
        (f"کیان‌دوست در حالی این سخنان را بیان می‌کند که {YELAGIN} پیشتر اعلام کرده بود راه باز است.", YELAGIN),
        ("این سفر در حالی انجام می‌شود که راه بسته است.", NOBODY),
        (f"{YELAGIN} گفت در حالی که راه باز است کسی نمی‌آید.", YELAGIN),
    ],
)
def test_what_somebody_said_while_others_tell(text: str, speaker: str) -> None:
    assert who(text) == [speaker]


def test_both_who_are_set_against_each_other_speak() -> None:
    text = f"در حالی که قطر می‌گوید راه باز است، {YELAGIN} تاکید کرد که راه بسته است."
    assert who(text) == [f"قطر + {YELAGIN}"]
