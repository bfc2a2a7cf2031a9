"""The filters as one plain sentence: hand-written expectations in both languages, several filters at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from analysis.lexicon.labels import Names
from analysis.measure.filters import Filters
from analysis.measure.sentence import say
from analysis.text.words import Words

SPEAKERS = {
    "a": ("بهرام نیک‌روش", "Bahram Nikravesh"),
    "b": ("پاول اورلوف", "Pavel Orlov"),
    "c": ("لاله پورمند", "Laleh Pourmand"),
    "d": ("جم چاگان", "Cem Çağan"),
    "e": ("سالم السبتی", "Salem Al-Sabti"),
}
DAY = dt.date
CASES: list[tuple[dict[str, Any], str, str]] = [
    ({}, "همهٔ گفته‌ها.", "All statements."),
    ({"ministers": True}, "گفته‌های وزیران.", "Statements by ministers."),
    (
        {"of": ("RU",), "ministers": True, "topics": ("sanctions",)},
        "گفته‌های وزیران روسیه دربارهٔ تحریم‌ها.",
        "Statements by ministers of Russia about Sanctions.",
    ),
    (
        {"of": ("IR", "RU")},
        "گفته‌های گویندگان ایران یا روسیه.",
        "Statements by speakers for Iran or Russia.",
    ),
    (
        {"speakers": ("a", "b"), "of": ("IR",), "words": "نفت"},
        "گفته‌های بهرام نیک‌روش و پاول اورلوف از سوی ایران یافت‌شده با جست‌وجوی «نفت».",
        "Statements by Bahram Nikravesh and Pavel Orlov on behalf of Iran found by searching for “نفت”.",
    ),
    (
        {"speakers": ("a",), "ministers": True, "of": ("IR",)},
        "گفته‌های بهرام نیک‌روش در سمت وزیر ایران.",
        "Statements by Bahram Nikravesh while a minister of Iran.",
    ),
    (
        {"speakers": ("a", "b", "c", "d", "e"), "countries": ("IR", "RU", "US", "CN", "QA", "OM")},
        "گفته‌های بهرام نیک‌روش، پاول اورلوف، لاله پورمند و ۲ مورد دیگر"
        " با نام‌بردن از ایران، روسیه، آمریکا یا ۳ مورد دیگر.",
        "Statements by Bahram Nikravesh, Pavel Orlov, Laleh Pourmand and 2 others"
        " mentioning Iran, Russia, United States or 3 others.",
    ),
    (
        {"topics": ("sanctions", "negotiation"), "countries": ("RU", "US"), "named": ("region:persian_gulf",)},
        "همهٔ گفته‌ها دربارهٔ تحریم‌ها یا مذاکره و میانجی‌گری، با نام‌بردن از روسیه یا آمریکا و نیز از خلیج فارس.",
        "All statements about Sanctions or Negotiation, mentioning Russia or United States and also Persian Gulf.",
    ),
    (
        {"named": ("organisation:NATO", "region:red_sea"), "sources": ("ایرنا",), "words": ' "خط  قرمز" -نفت\n'},
        'همهٔ گفته‌ها با نام‌بردن از سازمان پیمان آتلانتیک شمالی یا دریای سرخ، یافت‌شده با جست‌وجوی «"خط قرمز" -نفت»،'
        " در خبرهای ایرنا.",
        'All statements mentioning NATO or Red Sea, found by searching for “"خط قرمز" -نفت”, in articles by ایرنا.',
    ),
    (
        {
            "speakers": ("b",),
            "topics": ("ukraine",),
            "sources": ("ایرنا", "فارس"),
            "start": DAY(2024, 3, 20),
            "undated": "with",
            "repeats": True,
            "sure": 80,
            "coded": "machine",
        },
        "گفته‌های پاول اورلوف دربارهٔ اوکراین، در خبرهای ایرنا یا فارس، از ۱ فروردین ۱۴۰۳ به بعد،"
        " همراه با خبرهای بی‌تاریخ، با شمردن تیترها و سطرهای تکراری، با اطمینان دست‌کم ۸۰٪،"
        " کدگذاری‌شده فقط به دست برنامه.",
        "Statements by Pavel Orlov about Ukraine, in articles by ایرنا or فارس, since 20 March 2024,"
        " with undated articles, counting headlines and repeated lines, with a confidence of at least 80%,"
        " coded by the program alone.",
    ),
    (
        {"collections": ("demo",), "batches": ("x",), "undated": "only", "start": DAY(2024, 1, 1), "relayed": True},
        "همهٔ گفته‌ها در مجموعهٔ نمایشی (ساختگی)، در یک دستهٔ افزوده‌شده، در خبرهای بی‌تاریخ، با موضع‌های به‌روایت دیگران.",
        "All statements in Demonstration (invented), in one added batch, in undated articles,"
        " with positions relayed by others.",
    ),
    (
        {"batches": ("x", "y", "z"), "stop": DAY(2024, 3, 19)},
        "همهٔ گفته‌ها در ۳ دستهٔ افزوده‌شده، تا ۲۹ اسفند ۱۴۰۲.",
        "All statements in 3 added batches, until 19 March 2024.",
    ),
]
PERIODS = [
    (DAY(2024, 8, 17), DAY(2024, 8, 17), "در ۲۷ مرداد ۱۴۰۳.", "on 17 August 2024."),
    (DAY(2024, 7, 22), DAY(2024, 8, 21), "در مرداد ۱۴۰۳.", "from 22 July 2024 to 21 August 2024."),
    (DAY(2024, 8, 1), DAY(2024, 8, 31), "از ۱۱ مرداد ۱۴۰۳ تا ۱۰ شهریور ۱۴۰۳.", "in August 2024."),
    (DAY(2024, 3, 20), DAY(2025, 3, 20), "در سال ۱۴۰۳.", "from 20 March 2024 to 20 March 2025."),
    (DAY(2024, 1, 1), DAY(2024, 12, 31), "از ۱۱ دی ۱۴۰۲ تا ۱۱ دی ۱۴۰۳.", "in 2024."),
    (DAY(2024, 1, 1), DAY(2024, 2, 29), "از ۱۱ دی ۱۴۰۲ تا ۱۰ اسفند ۱۴۰۲.", "from 1 January 2024 to 29 February 2024."),
    (DAY(2023, 1, 1), DAY(2024, 12, 31), "از ۱۱ دی ۱۴۰۱ تا ۱۱ دی ۱۴۰۳.", "from 1 January 2023 to 31 December 2024."),
]


@pytest.mark.parametrize(("given", "persian", "english"), CASES)
def test_filters_say_themselves(given: dict[str, Any], persian: str, english: str) -> None:
    assert say(Filters(**given), Names(Words("fa"), SPEAKERS), "jalali") == persian
    assert say(Filters(**given), Names(Words("en"), SPEAKERS), "gregorian") == english


@pytest.mark.parametrize(("start", "stop", "persian", "english"), PERIODS)
def test_a_period_is_called_by_its_name(start: dt.date, stop: dt.date, persian: str, english: str) -> None:
    filters = Filters(start=start, stop=stop)
    assert say(filters, Names(Words("fa"), {}), "jalali") == f"همهٔ گفته‌ها {persian}"
    assert say(filters, Names(Words("en"), {}), "gregorian") == f"All statements {english}"


def test_what_a_link_names_and_nobody_knows_is_its_own_name() -> None:
    filters = Filters(speakers=("nobody",), named=("region:atlantis", "rubbish"), topics=("none",))
    assert say(filters, Names(Words("en"), {}), "gregorian") == (
        "Statements by nobody about none, mentioning atlantis or rubbish."
    )
