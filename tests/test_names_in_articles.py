"""Names that only their article tells: a surname like a common noun, the full name it completes, and who is meant."""

import pytest
from extraction import KIANDUST, NOBODY, YELAGIN, ids, said, who

DIBA = "شهراد دیبا معاون فنی سازمان بنادر در گفت‌وگو با ایسنا گفت: راه باز است.\nدیبا افزود: بندر آماده است."


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("پارسایی گفت: راه باز است.", "پارسایی"),
        ("پارسایی نیز تاکید کرد که راه باز است.", "پارسایی"),
        ("به گزارش ایسنا، پارسایی در پایان اظهار کرد: راه باز است.", "پارسایی"),
        ("پارسایی می‌گوید: «راه باز است.»", "پارسایی"),
        ("تجربه می‌گوید که راه باز است.", NOBODY),
        ("مردم می‌گویند: راه باز است.", NOBODY),
        ("پارسایی را دعوت کردند.", NOBODY),
        ("راه گفت و شنود باز است.", NOBODY),
    ],
)
def test_a_word_that_speaks_at_once_is_a_name(text: str, speaker: str) -> None:
    assert who(text) == [speaker]


def test_a_surname_completes_the_name_before_it() -> None:
    assert who(DIBA) == ["شهراد دیبا", "شهراد دیبا"]
    assert len(ids(DIBA)) == 1


def test_a_surname_after_a_style_takes_both_words() -> None:
    text = "سید شهراد دیبا با اشاره به نشست گفت: راه باز است.\nوی افزود: بندر آماده است.\nدیبا ادامه داد: کار تمام است."
    assert set(who(text)) == {"شهراد دیبا"}


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("خبرگزاری ایرنا به نقل از اسماعیل دیباپور گزارش داد که رای‌گیری فردا است.", "اسماعیل دیباپور"),
        ("به گفته رضا دیباپور مرز باز است.", "رضا دیباپور"),
        ("به گفته کارشناسان مرز باز است.", NOBODY),
    ],
)
def test_names_after_a_source(text: str, speaker: str) -> None:
    assert who(text) == [speaker]


def test_ranks_before_a_name() -> None:
    assert who("سردار سرلشکر پاسدار فرهاد کیان‌دوست گفت که راه باز است.") == [KIANDUST]


def test_a_photo_credit_is_no_source() -> None:
    assert who("منبع تصویر، رویترز\nفرهاد کیان‌دوست گفت که راه باز است.") == [NOBODY, KIANDUST]


def test_a_heading_names_the_source_of_the_body_in_short() -> None:
    text = "منبع آگاه: نشست لغو شد\nیک منبع آگاه نزدیک به تیم مذاکره‌کننده گفت که نشست فردا برگزار نمی‌شود."
    assert len(ids(text)) == 1
    other = "یک منبع دیپلماتیک: نشست لغو شد\nیک مقام ارشد اروپایی گفت که نشست فردا برگزار نمی‌شود."
    assert len(ids(other)) == 2


def test_this_spokesperson_is_nobody_named_before() -> None:
    text = "روزنامه نیویورک تایمز نوشت که راه بسته است.\nاین سخنگوی وزارت دفاع قطر که نامش منتشر نشده گفت: راه باز است."
    assert "قطر" in who(text)[1]


def test_a_state_in_a_title_is_no_second_speaker() -> None:
    (statement,) = said("رئیس اتاق بازرگانی مشترک ایران و قطر معتقد است راه باز است.")
    assert len(statement.speakers) == 1


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("دادگاهی در منامه، بانک مرکزی ایران و چند بانک قطری را به جریمه محکوم کرد.", NOBODY),
        ("قطر و عمان این حمله را محکوم کردند.", "قطر | عمان"),
    ],
)
def test_the_object_of_a_sentence_speaks_not(text: str, speakers: str) -> None:
    assert who(text) == [speakers]


def test_one_person_is_named_once_in_a_statement() -> None:
    text = f"{KIANDUST} گفت که راه باز است.\nاو و دو وزیر در بیانیه‌ای تاکید کردند که راه باز است."
    assert who(text)[1] == KIANDUST


def test_met_with_opposition() -> None:
    assert who("این درخواست با مخالفت دولت قطر روبه‌رو شد.") == ["دولت قطر"]
    assert who("تیم قطر با تیم عمان روبه‌رو شد.") == [NOBODY]
    assert YELAGIN in who(f"این طرح با انتقاد {YELAGIN} مواجه شده است.")[0]
