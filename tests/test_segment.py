"""Lines and sentences, by position."""

from itertools import pairwise

import pytest

from analysis.text.segment import lines, sentences, strip


def cut(text: str) -> list[str]:
    return [text[s.start : s.stop] for s in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سفر آغاز شد. وزیر رسید؟ بله!", ["سفر آغاز شد.", "وزیر رسید؟", "بله!"]),
        ("این راه درست است.وی چنین افزود.", ["این راه درست است.", "وی چنین افزود."]),
        ("رشد 3.5 درصدی و ۲.۷ میلیارد دلار ثبت شد.", ["رشد 3.5 درصدی و ۲.۷ میلیارد دلار ثبت شد."]),
        ("سفیر ج.ا.ایران در باکو گفت.", ["سفیر ج.ا.ایران در باکو گفت."]),
        ("سفیر ج. ا. ایران رسید. دیدار کرد.", ["سفیر ج. ا. ایران رسید.", "دیدار کرد."]),
        ("نشانی example.org را ببینید.", ["نشانی example.org را ببینید."]),
        ("شاید... ما منتظریم", ["شاید...", "ما منتظریم"]),
        ("شاید… ما منتظریم", ["شاید…", "ما منتظریم"]),
        ("او گفت: «راه باز است.» سپس رفت.", ["او گفت: «راه باز است.»", "سپس رفت."]),
        ('او گفت: "راه باز است." سپس رفت.', ['او گفت: "راه باز است."', "سپس رفت."]),
        ("راه باز است. «دیگر چه؟»", ["راه باز است.", "«دیگر چه؟»"]),
        ("سفر در سال 1403. دیدار بعدی نزدیک است.", ["سفر در سال 1403.", "دیدار بعدی نزدیک است."]),
        ("🔹 راه باز است 🔹 در بسته است", ["🔹 راه باز است", "🔹 در بسته است"]),
        ("چه باید کرد؟! کسی نمی‌داند.", ["چه باید کرد؟!", "کسی نمی‌داند."]),
        ("راه باز است (تا شب.) سپس بسته می‌شود.", ["راه باز است (تا شب.)", "سپس بسته می‌شود."]),
        ("#وین #مذاکره", ["#وین #مذاکره"]),
        ("", []),
        ("\n \n\u200c\n", []),
        ("***\nراه باز است\n---", ["راه باز است"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n", "\u2028", "\u2029", "\x85"])
def test_no_sentence_crosses_a_line(end: str) -> None:
    text = f"تیتر بی‌نقطه{end}متن خبر همین است"
    assert cut(text) == ["تیتر بی‌نقطه", "متن خبر همین است"]
    assert [s.line for s in sentences(text)] == [0, 1]


def test_sentences_are_stripped_and_ordered() -> None:
    text = " \u200fراه باز است. \u200c وی رفت.\u200e \n\t پایان سفر "
    spans = [(s.start, s.stop) for s in sentences(text)]
    assert cut(text) == ["راه باز است.", "وی رفت.", "پایان سفر"]
    assert all(a < b for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_lines_leave_out_blank_ones() -> None:
    text = "\n یک \n\n\u200c\nدو"
    assert [text[a:b] for a, b in lines(text)] == ["یک", "دو"]


def test_strip_may_leave_nothing() -> None:
    start, stop = strip("  \u200c ", 0, 4)
    assert start == stop
