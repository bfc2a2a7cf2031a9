"""PDFs: letters, order, paragraphs, columns; and those that hold nothing to read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from reading import only, pdf, refused, write

from analysis.read.limits import LIMITS

# Printed by Chromium 14x (--headless --no-pdf-header-footer --print-to-pdf) from a page dir=rtl in 13px DejaVu Sans: an
# h1 of 22px, three paragraphs, and two in two justified columns.
PERSIAN = Path(__file__).parent / "files" / "persian.pdf"
TEXT = """\
سه‌شنبه ۵ اردیبهشت ۱۴۰۲ - ۱۴:۳۰
کاوه مهرآیین، وزیر امور خارجه، در نشست خبری گفت: «ما از گفت‌وگو با همسایگان استقبال می‌کنیم و خانه‌ای امن برای همه می‌خواهیم.» او افزود که ۲۵ کشور (از جمله سه عضو NATO) در این نشست شرکت می‌کنند و سندی ۱۲٫۵ صفحه‌ای آماده است.
سخنگوی وزارتخانه هم تأیید کرد که تحریم‌ها باید برداشته شود.
نماینده ناحیه شمالی در بخش نخست سخنان خود یادآور شد که راه‌های بازرگانی بسته نمی‌ماند و کشتی‌ها تا پایان ماه به بندر خواهند رسید. به باور او هیچ کشوری نباید دیگری را به فشار بیشتر تهدید کند.
نماینده ناحیه جنوبی اما پاسخ داد که گفت‌وگو بدون ضمانت روشن سودی ندارد و از میانجی‌ها خواست پیش‌نویسی تازه بنویسند. او در پایان گفت که دو طرف هفته آینده دوباره دیدار می‌کنند."""
LOCK = f"/Encrypt<</Filter/Standard/V 1/R 2/O<{'41' * 32}>/U<{'42' * 32}>/P -4>>/ID[<41><41>]"


def test_a_persian_pdf_is_read_word_for_word() -> None:
    item = only(PERSIAN)
    assert item.article["text"] == TEXT
    assert item.article["title"] == "آغاز گفت‌وگوهای تازه در بندر نیلوفر"
    assert item.article["published"] == "2023-04-25T14:30:00"
    assert item.original.published_from.startswith("line 1: سه‌شنبه") and item.original.data == PERSIAN.read_bytes()


@pytest.mark.parametrize(
    ("data", "code", "says"),
    [
        (pdf(), "no_article", "OCR"),
        (pdf(trailer=LOCK), "encrypted", "password"),
        (pdf(pages=4), "too_many", "3 pages"),
        (b"%PDF-1.7\nnothing", "damaged", "not a whole PDF"),
        (b"<html>", "damaged", "not a PDF"),
        (PERSIAN.read_bytes()[:9000], "", ""),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, code: str, says: str, tmp_path: Path) -> None:
    rejected = refused(write(tmp_path / "a.pdf", data), replace(LIMITS, pdf_pages=3))
    assert says in rejected.reason and (not code or rejected.code == code), rejected


def test_a_pdf_that_takes_too_long_is_stopped() -> None:
    assert refused(PERSIAN, replace(LIMITS, pdf_seconds=0.001)).code == "timeout"
    assert only(PERSIAN)  # The next one is read all the same.
