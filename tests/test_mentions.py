"""Mentions of states, regions and organisations, and the words that only look like them."""

import pytest
from extraction import demo_lexicon, tables_of

from analysis.extract.document import read_document
from analysis.extract.mentions import find_mentions


def mentioned(text: str, kind: str = "country", country: str = "IR") -> list[str]:
    document = read_document(text, demo_lexicon(), country=country)
    return [m.entity_id for m in find_mentions(document) if m.kind == kind]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # names, formal and everyday
        ("ایران و روسیه با قطر تفاهم‌نامه امضا کردند.", ["IR", "RU", "QA"]),
        ("ایالات متحده آمریکا و انگلیس غایب بودند.", ["US", "GB"]),
        ("ایالات متحده آمريكا و بریتانیا آمدند.", ["US", "GB"]),
        ("کره جنوبی از کره‌شمالی فاصله گرفت.", ["KR", "KP"]),
        ("گینه بیسائو و گینه دو کشورند.", ["GW", "GN"]),
        ("جمهوری اسلامی ایران میزبان است.", ["IR"]),
        ("جمهوری اسلامی میزبان است.", ["IR"]),
        ("رژیم صهیونیستی به روستا حمله کرد.", ["IL"]),
        # endings written on
        ("این همان سیاست آمریکاست.", ["US"]),
        ("ایرانی‌ها و روس‌ها تجارت می‌کنند.", ["IR", "RU"]),
        # demonyms
        ("مقام‌های روس و دیپلمات‌های آلمانی رسیدند.", ["RU", "DE"]),
        ("هیئت عراقی با مقامات ترک دیدار کرد.", ["IQ", "TR"]),
        # the outlet's own state
        ("سفیر کشورمان در پاکستان رسید.", ["IR", "PK"]),
        # capitals and institutions
        ("کاخ سفید و کرملین خبر را تایید کردند.", ["US", "RU"]),
        ("تل‌آویو و واشنگتن همراه شدند.", ["IL", "US"]),
        # places inside
        ("کمک‌ها به غزه و کرانه باختری رسید.", ["PS", "PS"]),
        # false friends
        ("نفتکش در دریای عمان توقیف شد.", []),
        ("خبرگزاری فرانسه تصویر را منتشر کرد.", []),
        ("گزارش نیوزیلند هرالد از مسکو تایمز بلندتر بود.", []),
        ("بر پایه قرارداد الجزایر مرز روشن است.", []),
        ("معاون امور مالی شرکت استعفا داد.", []),
        ("بازارهای مالی آرام است.", []),
        ("کشورهای آمریکای لاتین غایب بودند.", []),
        ("ایران خودرو تولید را بالا برد.", []),
        ("دانش‌آموزان در زبان انگلیسی قبول شدند.", []),
        # a false friend hides only what stands in it
        ("وزیر خارجه عمان از امنیت دریای عمان گفت.", ["OM"]),
        # ambiguous forms with a hint beside them, and without
        ("دولت مالی سفیر خود را فراخواند.", ["ML"]),
        ("نخست‌وزیر چک به پاریس رفت.", ["CZ", "FR"]),
        ("او چک بانکی را نقد کرد.", []),
        ("سفیر ایران در رم دیدار کرد.", ["IR"]),
        ("نشست در وین برگزار شد.", []),
        ("دولت وین میزبان است.", ["AT"]),
        ("روابط تهران و مسقط گسترش یافت.", ["IR", "OM"]),
        ("از رم و شهرهای دیگر دیدن کرد.", []),
        ("در امان ماندیم.", []),
        # bodies with no state of their own, and bodies of a state
        ("اتحادیه اروپا و ناتو بیانیه دادند.", []),
        ("سازمان انرژی اتمی ایران بیانیه داد.", ["IR"]),
        ("", []),
    ],
)
def test_states(text: str, expected: list[str]) -> None:
    assert mentioned(text) == expected


@pytest.mark.parametrize("text", ["دريای عمان", "دریای‌عمان", "دریایعمان"])
def test_false_friends_in_any_spelling(text: str) -> None:
    assert mentioned(f"کشتی در {text} است.") == []


def test_our_country_is_the_outlets_own() -> None:
    assert mentioned("وزیر خارجه کشورمان رسید.", country="AF") == ["AF"]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("غرب و خاورمیانه و خلیج فارس", "region", ["west", "middle_east", "persian_gulf"]),
        ("آمریکای لاتین", "region", ["latin_america"]),
        ("اتحادیه اروپا و ناتو و آژانس بین‌المللی انرژی اتمی", "organisation", ["EU", "NATO", "IAEA"]),
        ("وادیم یلاگین و کیان دوست آمدند", "person", ["demo:yelagin-vadim", "demo:kiandust-farhad"]),
    ],
)
def test_other_kinds(text: str, kind: str, expected: list[str]) -> None:
    assert mentioned(text, kind) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("رم از طرح آتش‌بس حمایت کرد.", ["IT"]),
        ("بروکسل اعلام کرد که تحریم‌ها می‌ماند.", ["BE"]),
        ("نشست پایان یافت. دوحه نیز این حمله را محکوم کرد.", ["QA"]),
        ("رم در تابستان گرم است.", []),
        ("دوحه - فرستاده سازمان ملل گفت که راه دشوار است.", []),
        ("وین میزبانی است که همه از آن تشکر کردند.", []),
        ("دوشنبه در نشست خبری گفت که راه دشوار است.", []),
    ],
)
def test_an_ambiguous_capital_that_acts(text: str, expected: list[str]) -> None:
    assert mentioned(text) == expected


def test_rows_tell_which_statement_they_stand_in() -> None:
    text = "نمایندگان پاکستان رسیدند.\nیلاگین گفت که قطر شریک مهمی است."
    tables = tables_of(text)
    rows = tables.mentions[tables.mentions["kind"] == "country"].set_index("entity_id")
    (statement,) = tables.statements["statement_id"]
    assert rows.loc["PK", "statement_id"] == ""
    assert rows.loc["QA", "statement_id"] == statement
    assert rows.loc["QA", "text"] == "قطر" == text[rows.loc["QA", "start"] : rows.loc["QA", "stop"]]
