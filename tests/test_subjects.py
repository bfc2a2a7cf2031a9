"""Who is the subject of a reporting clause: where titles and names end, carriers, joined and glued clauses."""

import pytest
from extraction import KIANDUST, NOBODY, YELAGIN, said, who


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("یک منبع در وزارت نفت هند گفت که خرید ادامه دارد.", ["یک منبع در وزارت نفت هند"]),
        ("یک منبع نزدیک به تیم مذاکره‌کننده گفت که متن آماده است.", ["یک منبع نزدیک به تیم مذاکره‌کننده"]),
        ("یک منبع وابسته به دولت قطر در گفت‌وگو با ایسنا مدعی شد که متن آماده است.", ["یک منبع وابسته به دولت قطر"]),
        ("یک منبع امنیتی به خبرگزاری رویترز گفت که راه بسته است.", ["یک منبع امنیتی"]),
        ("منابع مصری گفتند که مرز باز است.", ["منابع مصری"]),
        ("دو دیپلمات ارشد قطری گفتند که مرز باز است.", ["دو دیپلمات ارشد قطری"]),
        ("یکی از مقامات ارشد قطر گفت که مرز باز است.", ["یکی از مقامات ارشد قطر"]),
        ("مقام‌های قطر و عمان می‌گویند مرز باز است.", ["مقام‌های قطر و عمان"]),
        ("کشورهای قطر، عمان و کویت اعلام کردند که مرز باز است.", ["قطر", "عمان", "کویت"]),
    ],
)
def test_sources_and_several(text: str, speakers: list[str]) -> None:
    assert [name for statement in said(text) for name in statement.speakers] == speakers


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("دبیرکل سازمان ملل بار دیگر تاکید کرد که راه باز است.", "دبیرکل سازمان ملل"),
        ("مدیر شرکت نیکاسان قطر استفاده از قطعات تازه را لازم خواند.", "مدیر شرکت نیکاسان قطر"),
        ("سرکنسول عمان در نزوا نیز گفت که راه باز است.", "سرکنسول عمان در نزوا"),
        ("سخنگوی کمیسیون امنیت ملی مجلس گفت که راه باز است.", "سخنگوی کمیسیون امنیت ملی مجلس"),
        ("رئیس پیشین شورای شهر نزوا رسماً اعلام کرد که راه باز است.", "رئیس پیشین شورای شهر نزوا"),
    ],
)
def test_where_a_title_ends(text: str, mention: str) -> None:
    statement = said(text)[0]
    assert [name for name in statement.speakers if name] == [mention]


@pytest.mark.parametrize(
    "text",
    [
        "'کوربن تاسالوف ' در صفحه خود نوشت که راه باز است.",
        "«کوربن تاسالوف» سخنگوی دولت قطر می‌گوید: «راه باز است.»",
        "سفیر قطر کوربن تاسالوف گفت که راه باز است.",
        "کوربن تاسالوف، سفیر قطر، گفت که راه باز است.",
    ],
)
def test_foreign_names(text: str) -> None:
    assert who(text) == ["کوربن تاسالوف"]


def test_a_rank_in_the_plural_is_no_style_of_address() -> None:
    assert who("تعدادی از ژنرال‌های ارتش قطر گفتند که راه باز است.") != ["های ارتش قطر"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("پایگاه خبری نمونه (namune.ir) : فرهاد کیان‌دوست گفت که راه باز است.", KIANDUST),
        ("نزوا/خبرگزاری ایرنا فرهاد کیان‌دوست گفت که راه باز است.", KIANDUST),
        ("به گزارش ایرنا فرهاد کیان‌دوست گفت که راه باز است.", KIANDUST),
        ("بر اساس گزارش خبرگزاری رویترز، فرهاد کیان‌دوست خواستار گفت‌وگو شد.", KIANDUST),
        ("خبرگزاری ایرنا در گزارشی نوشت فرهاد کیان‌دوست با انتقاد از تحریم گفت: «راه باز است.»", KIANDUST),
        ("به نوشته روزنامه واشنگتن‌پست، مرز از فردا باز است.", "واشنگتن پست"),
    ],
)
def test_carriers(text: str, speaker: str) -> None:
    assert who(text) == [speaker]


def test_a_home_medium_that_carries_the_story_says_nothing() -> None:
    assert who("به نوشته روزنامه کیهان، مرز از فردا باز است.") == [NOBODY]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("وادیم یلاگین فهرست را ارائه کرد، ولی فرهاد کیان‌دوست می‌گوید که کار مانده است.", KIANDUST),
        ("وادیم یلاگین وارد تهران شد و گفت که راه باز است.", YELAGIN),
        ("وادیم یلاگین که دیروز وارد تهران شده است، گفت که راه باز است.", YELAGIN),
        ("به گفته فرهاد کیان‌دوست، قطر این طرح را رد کرد.", KIANDUST),
        ("فرهاد کیان‌دوست این مطلب را رد کرد و گفت که راه باز است.", KIANDUST),
    ],
)
def test_the_clause_that_reports(text: str, speaker: str) -> None:
    assert who(text) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "باید یادآور شد که چهار دور گفت‌وگو برگزار شده است.",
        "به طور خلاصه باید گفت که راه دراز است.",
        "وادیم یلاگین در مجلس سوگند یاد کرد.",
        "قطر می‌خواهد بندر تازه‌ای بسازد.",
        "شورا درباره گزارش شش‌ماهه‌ای که توافق در آن ذکر شده است نشست داشت.",
        "رسانه‌ها از سقوط شهر خبر داده‌اند.",
    ],
)
def test_nobody_speaks(text: str) -> None:
    assert who(text) == [NOBODY]


@pytest.mark.parametrize(
    "text",
    [
        "در این بیانیه همچنین آمده است: «راه باز است.»",
        "در متن این پیام تاکید شده که راه باز است.",
        "در پایان این نامه گفته شده: «راه باز است.»",
        "او در این یادداشت آورده است راه باز است.",
    ],
)
def test_a_text_speaks_for_who_wrote_it(text: str) -> None:
    assert who(f"فرهاد کیان‌دوست در بیانیه‌ای نوشت: «زمان کم است.»\n{text}") == [KIANDUST, KIANDUST]


def test_a_text_speaks_for_its_owner() -> None:
    assert who("در گزارش وزارت خارجه قطر آمده است که راه باز است.") == ["وزارت امور خارجه قطر"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("وادیم یلاگین گفت: «راه باز است.", "فرهاد کیان‌دوست گفت که زمان کم است."),
        ('وادیم یلاگین" وزیر امور خارجه روسیه گفت که راه باز است.', "فرهاد کیان‌دوست گفت که زمان کم است."),
        ("'' وادیم یلاگین گفت که راه باز است.", "فرهاد کیان‌دوست گفت که زمان کم است."),
    ],
)
def test_marks_that_nobody_closed_hide_nobody(first: str, second: str) -> None:
    assert who(f"{first} {second}") == [YELAGIN, KIANDUST]


def test_a_quotation_goes_on_to_its_mark() -> None:
    text = "وادیم یلاگین گفت: «راه باز است. قطر اعلام کرد که نمی‌آید. زمان کم است.»"
    assert who(text) == [YELAGIN] * 3


def test_the_time_of_day_is_no_colon() -> None:
    assert who("ساعت ۲۰:۳۰ فرهاد کیان‌دوست گفت که راه باز است.") == [KIANDUST]
