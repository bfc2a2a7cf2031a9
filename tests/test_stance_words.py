"""The words of taking a side: which are found, which side they take, and which ordinary words they are not."""

from pathlib import Path

import pytest

from analysis.extract.document import read_document
from analysis.lexicon import load
from analysis.lexicon.matcher import longest
from analysis.lexicon.tables import check_allowed, check_unique, read_rows

POLARITY = Path(__file__).parents[1] / "data" / "lexicon" / "polarity.csv"


def found(kind: str, text: str) -> list[int]:
    return [int(match.id) for match in longest(read_document(text, load()).found(kind, 0, len(text)))]


def sides(text: str) -> set[tuple[str, int, int]]:
    words = load().stance.words
    return {(words[i].kind, words[i].side, words[i].negated_side) for i in found("stance", text)}


def acts(text: str) -> dict[str, int]:
    return {topic: sign for i in found("stance_act", text) for topic, sign in load().stance.acts[i].signs.items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("مهران کاویان از این حمله اعلام انزجار کرد.", ("condemn", -1, 0)),
        ("او برنامه دولت را به باد انتقاد گرفت.", ("criticise", -1, 0)),
        ("کاویان گفت: این مذاکره را قبول نداریم.", ("reject", -1, 0)),
        ("توان دفاعی ما قابل مذاکره نیست.", ("insist", -1, 1)),
        ("سلاح اتمی در دکترین ما جایی ندارد.", ("reject", 0, -1)),
        ("این دولت را به رسمیت نمی‌شناسیم.", ("reject", -1, 0)),
        ("کاویان برای ازسرگیری گفت‌وگو اظهار تمایل کرد.", ("ready", 1, 0)),
        ("وقتش رسیده که تحریم‌ها برداشته شود.", ("necessity", 1, 0)),
        ("آن کشور به تعهدات برجامی خود عمل نکرده است.", ("blame", 0, -1)),
        ("نقش ارزنده عمان را می‌ستاییم.", ("praise", 1, 0)),
    ],
)
def test_a_word_of_stance_is_found_with_its_side(text: str, expected: tuple[str, int, int]) -> None:
    assert expected in sides(text)


@pytest.mark.parametrize("text", ["در حال حاضر مذاکره‌ای در کار است.", "در مقطع حاضر خبری نیست."])
def test_an_ordinary_use_of_a_word_is_no_readiness(text: str) -> None:
    words = load().stance.words
    assert all(words[i].strength == 0 for i in found("stance", text) if words[i].kind == "ready")


@pytest.mark.parametrize(
    ("text", "topic", "sign"),
    [
        ("کاهش کارکنان سفارت", "bilateral_ties", -1),
        ("تعداد کارکنان سفارت", "bilateral_ties", 1),
        ("تمدید معافیت‌ها", "sanctions", -1),
        ("اعتیاد به تحریم", "sanctions", -1),
        ("تامین حقابه", "environment", 1),
        ("مبادله استاد و دانشجو", "culture_health", 1),
        ("جهانی عاری از سلاح‌های هسته‌ای", "arms", -1),
        ("دستگیری غیرقانونی اتباع", "detainees", 1),
        ("سرکوب مخالفان", "human_rights", 1),
        ("پناهگاه تروریست‌ها", "terrorism", -1),
        ("پایبندی به آتش‌بس", "use_of_force", -1),
        ("کاهش تعهدات برجامی", "nuclear_deal", -1),
    ],
)
def test_an_act_has_its_direction(text: str, topic: str, sign: int) -> None:
    assert acts(text)[topic] == sign


def test_words_of_praise_and_blame_have_one_side_each() -> None:
    rows = read_rows(POLARITY, ("phrase", "side", "strength", "note"), ("phrase", "side", "strength"))
    check_allowed(rows, "side", ("+", "-"))
    check_allowed(rows, "strength", ("1", "2", "3"))
    check_unique(rows, "phrase")
    assert [row["phrase"] for row in rows] == sorted(row["phrase"] for row in rows)
