"""Our own dispatches about invented speakers, as readers deliver them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from analysis.config import SEEDS
from analysis.lexicon.words import Words
from analysis.read.items import Item, Original, Rejected
from analysis.read.records import FIELDS
from analysis.store import Store
from analysis.store.add import add
from analysis.store.report import Report

WORDS = Words(people=SEEDS / "demo")
TOPICS = (
    ("لغو تحریم‌ها", "وین"),
    ("امنیت دریای خزر", "باکو"),
    ("بازسازی سوریه", "دمشق"),
    ("کریدور شمال و جنوب", "آستارا"),
    ("حقآبه هیرمند", "زابل"),
    ("صادرات گاز", "بغداد"),
    ("مبارزه با قاچاق", "کابل"),
    ("گردشگری سلامت", "مشهد"),
    ("تبادل زندانیان", "مسقط"),
    ("ترخیص دارایی‌های مسدود", "دوحه"),
    ("ایمنی کشتیرانی در تنگه", "بندرعباس"),
    ("همکاری دانشگاهی", "اصفهان"),
    ("مدیریت گرد و غبار", "اهواز"),
)
SENTENCES = (
    "فرهاد کیان‌دوست، وزیر امور خارجه ایران، در نشست خبری گفت که گفت‌وگوها درباره {0} هفته آینده در {1} پی گرفته می‌شود.",
    "وی افزود: با همتای روس درباره {0} رایزنی کرده‌ایم و پیش‌نویس تازه‌ای برای نشست {1} آماده است.",
    "مهتاب راستین‌فر، سخنگوی وزارت خارجه، تصریح کرد کارشناسان دو کشور پیش از {1} سند {0} را بازبینی می‌کنند.",
    "به گفته این دیپلمات، تهران از هر ابتکاری که به {0} کمک کند استقبال می‌کند و میزبان {1} قدردانی می‌شود.",
)


def dispatch(number: int) -> str:
    """A text of some ninety words; no two of the numbers below 13 give similar ones."""
    return "\n".join(
        sentence.format(*TOPICS[(number * (i + 1) + i) % len(TOPICS)]) for i, sentence in enumerate(SENTENCES)
    )


def item(text: str, *, name: str = "d.jsonl", where: str = "", **fields: str) -> Item:
    """An article as a reader delivers it."""
    article = dict.fromkeys(FIELDS, "") | {"source": "خبرگزاری نمونه", "published": "2025-03-10"} | fields
    original = Original(text.encode(), "application/json", name, "jsonl", "column published")
    return Item(where or f"{name}, {article['article_id']}", article | {"text": text}, original)


def items(count: int, start: int = 0) -> list[Item]:
    """Dispatches with ids of their own."""
    return [item(dispatch(i), article_id=f"d{i}", title=f"خبر {i}") for i in range(start, start + count)]


def keep(store: Store, given: Iterable[Item | Rejected], **options: object) -> Report:
    """Add with the invented people."""
    return add(store, given, **{"words": WORDS, **options})  # type: ignore[arg-type]


def outcomes(report: Report) -> list[str]:
    """What became of each article, in order."""
    return [line.outcome for line in report.lines]


def fresh(folder: Path) -> Store:
    """An empty store."""
    return Store.open(folder / "store", create=True)
