"""What counts as a copy of a text and what does not."""

from __future__ import annotations

import pytest
from extraction import demo_lexicon

from analysis.store.duplicates import NEAR, SAME, bands_of, best_original, letters, similarity

SPEECH = (
    "فرهاد کیان‌دوست، وزیر امور خارجه ایران، در نشست خبری امروز خود گفت: گفت‌وگوهای فنی درباره لغو تحریم‌ها در هفته "
    "آینده در وین از سر گرفته می‌شود و هیأت ایرانی با دستورکار روشن در آن شرکت می‌کند.\n"
    "وی با اشاره به سفر اخیر خود به مسکو افزود: با همتای روس درباره همکاری‌های منطقه‌ای، کریدور شمال ـ جنوب و امنیت "
    "دریای خزر رایزنی کردیم و بر ادامه هماهنگی دو کشور تأکید شد.\n"
    "وزیر امور خارجه در پاسخ به پرسشی درباره پیشنهاد تازه اروپا تصریح کرد: هنوز متن رسمی به دست ما نرسیده است و تا "
    "زمانی که همه جزئیات روشن نشود درباره آن داوری نمی‌کنیم.\n"
    "کیان‌دوست در پایان خاطرنشان کرد که تهران از هر ابتکاری که به ثبات منطقه کمک کند استقبال می‌کند."
)
CONDOLENCE = (
    "مهتاب راستین‌فر، سخنگوی وزارت امور خارجه، با ابراز تأسف از وقوع سیل در {0} و جان باختن {1} نفر از شهروندان این "
    "کشور، به دولت و ملت {0} و خانواده‌های داغدار تسلیت گفت و برای آسیب‌دیدگان این حادثه شفای عاجل آرزو کرد. وی آمادگی "
    "هلال احمر برای فرستادن کمک‌های امدادی به منطقه را اعلام کرد و گفت سفارت در کنار هم‌میهنان است."
)


def is_copy(one: str, other: str) -> bool:
    """Whether each counts as a copy of the other, and would be found."""
    found = best_original(one, [("o", other)], demo_lexicon())
    back = best_original(other, [("o", one)], demo_lexicon())
    assert (found is None) == (back is None)
    assert found is None or {*bands_of(one)} & {*bands_of(other)}
    return found is not None


def without_paragraph(number: int) -> str:
    lines = SPEECH.split("\n")
    return "\n".join(lines[:number] + lines[number + 1 :])


@pytest.mark.parametrize(
    "copy",
    [
        pytest.param(SPEECH.replace("\u200c", " "), id="spaces for ZWNJ"),
        pytest.param(SPEECH.replace("ی", "ي").replace("ک", "ك"), id="Arabic letters"),
        pytest.param(f"  {SPEECH}\r\n\r\n", id="white space around"),
        pytest.param(SPEECH.replace("،", ",").replace(":", " :"), id="other marks"),
    ],
)
def test_other_spellings_of_a_text_are_the_same(copy: str) -> None:
    assert letters(copy) == letters(SPEECH)
    assert similarity(copy, SPEECH) == 1
    assert bands_of(copy) == bands_of(SPEECH)


@pytest.mark.parametrize(
    "copy",
    [
        pytest.param(f"کیان‌دوست: مذاکره از سر گرفته می‌شود\nبه گزارش خبرگزاری نمونه، {SPEECH}", id="another headline"),
        pytest.param(without_paragraph(3), id="the last paragraph cut"),
        pytest.param(without_paragraph(2), id="a paragraph left out"),
        pytest.param(SPEECH.replace("تصریح کرد", "گفت").replace("وی با", "کیان‌دوست با"), id="edited words"),
        pytest.param(f"{SPEECH}\nانتهای پیام/ ۱۲۳۴\nکد خبر ۸۸۱۲۳۴\nنظر شما", id="furniture"),
    ],
)
def test_a_slightly_edited_text_is_a_copy(copy: str) -> None:
    assert NEAR <= similarity(SPEECH, copy) < 1
    assert is_copy(SPEECH, copy)


def test_two_texts_of_one_formula_are_no_copies() -> None:
    turkey, iraq = CONDOLENCE.format("ترکیه", "۱۲"), CONDOLENCE.format("عراق", "۱۲")
    assert similarity(turkey, iraq) > NEAR
    assert not is_copy(turkey, iraq)
    assert not is_copy(turkey, CONDOLENCE.format("ترکیه", "۴۰"))
    assert is_copy(turkey, CONDOLENCE.format("ترکیه", "12"))
    assert is_copy(turkey, turkey.replace("شفای عاجل آرزو", "آرزوی بهبود"))


def test_people_of_the_lexicon_are_not_exchanged() -> None:
    other = SPEECH.replace("فرهاد کیان‌دوست", "وادیم یلاگین").replace("کیان‌دوست", "یلاگین")
    assert similarity(SPEECH, other) > NEAR
    assert not is_copy(SPEECH, other)


def test_a_short_text_is_only_a_copy_of_the_same_letters() -> None:
    short = "راستین‌فر: پاسخ ایران روشن و قاطع است و تغییری نکرده است"
    assert [band for band, _ in bands_of(short)] == [SAME]
    assert is_copy(short, short.replace("\u200c", " "))
    assert best_original(f"{short}.. فوری", [("o", short)], demo_lexicon()) is None
    assert best_original(SPEECH, [("o", short)], demo_lexicon()) is None


def test_another_text_on_the_same_matter_is_no_copy() -> None:
    other = (
        "وزیر خارجه ایران از برگزاری دور تازه مذاکرات فنی در وین خبر داد و گفت تیم ایرانی با آمادگی کامل به این شهر "
        "می‌رود. کیان‌دوست که امروز با خبرنگاران سخن می‌گفت، پیشنهاد اروپا را هنوز رسمی ندانست و از رایزنی با مسکو "
        "درباره دریای خزر و راه‌گذر شمال به جنوب سخن گفت."
    )
    assert not is_copy(SPEECH, other)


def test_the_most_similar_original_counts_and_of_equals_the_first() -> None:
    near, nearer = without_paragraph(2), f"{SPEECH} انتهای پیام"
    assert best_original(SPEECH, [("a", near), ("b", nearer), ("c", nearer)], demo_lexicon()) == (
        "b",
        pytest.approx(similarity(SPEECH, nearer)),
    )
    assert best_original(SPEECH, [("a", nearer), ("b", SPEECH)], demo_lexicon()) == ("b", 1.0)
    assert best_original(SPEECH, [], demo_lexicon()) is None


def test_bands_stay_what_they_are() -> None:
    """They are kept in stores. Where this fails, other numbers come out: give `SCHEME` a new name."""
    assert bands_of("متن")[0] == PINNED[0]
    assert bands_of(SPEECH)[1] == PINNED[1]
    assert len(bands_of(SPEECH)) == 33


PINNED = [(0, 8861205599720775248), (1, -4767942199739984227)]
