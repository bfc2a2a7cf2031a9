"""Pages and feeds of our own about invented people."""

from __future__ import annotations

TITLE = "آرمین دلفروز: گفت‌وگوها ادامه دارد"
LINES = (
    "آرمین دلفروز، سخنگوی وزارت امور خارجه، روز دوشنبه در نشست خبری گفت: گفت‌وگوها با میانجی‌ها ادامه دارد و پیام تازه‌ای رسیده است.",
    "وی افزود که ایران آمادهٔ پذیرش متنی است که رفع تحریم‌ها را تضمین کند.",
    "دلفروز دربارهٔ سفر آیندهٔ وزیر خارجهٔ عمان به تهران نیز گفت که زمان آن به‌زودی اعلام می‌شود.",
)
TEXT = "\n".join(LINES)


def page(title: str = TITLE, lines: tuple[str, ...] = LINES, head: str = "", extra: str = "") -> str:
    body = "".join(f"<p>{line}</p>" for line in lines)
    return f"""<!DOCTYPE html><html lang="fa" dir="rtl"><head><title>{title} - پایگاه نمونه</title>{head}
<meta property="og:site_name" content="پایگاه نمونه"></head><body><nav><a href="/">صفحه نخست</a> <a href="/p">سیاست</a></nav>
<article><h1>{title}</h1><div class="body">{body}</div></article>{extra}<footer>تمامی حقوق محفوظ است</footer></body></html>"""


def rss(*items: str, title: str = "خوراک نمونه", head: str = "") -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>{head}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>{title}</title><link>https://feed.example/</link>{"".join(items)}</channel></rss>"""


def item(
    title: str, link: str, published: str = "Tue, 03 Oct 2023 10:30:00 +0330", content: str = "", summary: str = ""
) -> str:
    return f"""<item><title>{title}</title><link>{link}</link><pubDate>{published}</pubDate><description>{summary}</description>
<content:encoded><![CDATA[{content}]]></content:encoded></item>"""
