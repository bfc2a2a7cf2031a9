"""Feeds at an address, followed to their pages."""

from __future__ import annotations

from dataclasses import replace

from analysis.read.items import Item, Rejected
from analysis.read.web import Web, read_url
from tests.read.web.conftest import Site
from tests.read.web.texts import LINES, TEXT, TITLE, item, page, rss

XML = "application/rss+xml"
WORDS = "".join(f"<p>{line}</p>" for line in (*LINES, *LINES))


def read(address: str, web: Web) -> tuple[list[Item], list[Rejected]]:
    found = list(read_url(address, web))
    return [one for one in found if isinstance(one, Item)], [one for one in found if isinstance(one, Rejected)]


def test_entries_are_followed_to_their_pages(site: Site, web: Web) -> None:
    site.page("/1", page())
    site.page(
        "/2", page("عنوان دیگر", head='<meta property="article:published_time" content="2023-09-01T08:00:00+03:30">')
    )
    feed = rss(item("عنوان خوراک", "/1"), item("عنوان خوراک", f"{site.base}/2"))
    items, rejected = read(site.page("/feed/rss", feed, XML), web)
    assert rejected == [] and [one.where for one in items] == [f"{site.base}/1", f"{site.base}/2"]
    assert [one.article["title"] for one in items] == [TITLE, "عنوان دیگر"]
    assert [one.article["text"] for one in items] == [TEXT, TEXT]
    assert items[0].article["published"] == "2023-10-03T10:30:00+03:30"  # The feed's, for the page has none.
    assert items[0].original.published_from == "feed Tue, 03 Oct 2023 10:30:00 +0330"
    assert items[1].article["published"] == "2023-09-01T08:00:00+03:30"  # The page's own.
    assert site.log == ["/robots.txt", "/feed/rss", "/1", "/2"]


def test_atom(site: Site, web: Web) -> None:
    site.page("/1", page())
    feed = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="{site.base}/"><title>خوراک</title>
    <link rel="self" href="/atom"/><link rel="next" href="/atom?page=2"/>
    <entry><title>یک</title><link href="1"/><id>urn:1</id><updated>2023-10-03T10:30:00Z</updated><published>2023-10-02T10:30:00Z</published></entry></feed>"""
    items, rejected = read(site.page("/atom", feed, "text/xml"), web)
    assert rejected == [] and len(items) == 1
    assert items[0].article["published"] == "2023-10-02T10:30:00+00:00"
    assert site.log == ["/robots.txt", "/atom", "/1"]  # Pages of older entries are not asked for.


def test_one_entry_never_stops_the_others(site: Site, web: Web) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /closed", "text/plain")
    site.page("/1", page())
    site.page("/empty", "<html><body></body></html>")
    site.page("/inner", rss(item("x", "/1")), XML)
    links = ("/gone", "http://10.0.0.1/x", "file:///etc/passwd", "/closed", "/empty", "/inner", "/1", "/1", "")
    items, rejected = read(site.page("/feed", rss(*(item("عنوان", link) for link in links)), XML), web)
    assert [one.where for one in items] == [f"{site.base}/1"]
    assert [one.code for one in rejected] == [
        "http_error",
        "private_address",
        "bad_address",
        "robots",
        "no_article",
        "no_article",
        "left_out",
        "bad_record",
    ]
    assert "entry 7" in rejected[6].reason


def test_a_whole_text_in_the_feed_stands_in_for_the_page(site: Site, web: Web) -> None:
    feed = rss(
        item("عنوان", "/gone", content=WORDS),
        item("عنوان", "/gone2", summary="تنها یک جملهٔ کوتاه از خبر."),
        item("بی‌پیوند", "", content=WORDS),
    )
    items, rejected = read(site.page("/feed", feed, XML), web)
    assert [one.article["text"] for one in items] == [f"{TEXT}\n{TEXT}"] * 2
    assert items[0].article["url"] == f"{site.base}/gone" and items[0].article["source"] == "خوراک نمونه"
    assert "http_error" in items[0].original.reader
    assert [one.code for one in rejected] == ["http_error"]


def test_too_many_entries(site: Site, web: Web) -> None:
    site.page("/1", page())
    few = replace(web, limits=replace(web.limits, feed_entries=3))
    feed = rss(*(item("عنوان", f"/1?{number}") for number in range(9)))
    site.pages |= {f"/1?{number}": site.pages["/1"] for number in range(9)}
    items, rejected = read(site.page("/feed", feed, XML), few)
    assert len(items) == 3 and [one.code for one in rejected] == ["too_many"]
    assert site.log == ["/robots.txt", "/feed", "/1?0", "/1?1", "/1?2"]


def test_entities_are_not_resolved(site: Site, web: Web) -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    outside = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{site.base}/secret"><!ENTITY y SYSTEM "file:///etc/passwd">]>'
    for number, head in enumerate((bomb, outside)):
        _, rejected = read(site.page(f"/{number}", rss(item("&b;&x;&y;", "/1"), head=head), XML), web)
        assert [one.code for one in rejected] == ["unsafe"]
    assert "/secret" not in site.log


def test_what_is_no_whole_feed(site: Site, web: Web) -> None:
    for number, body in enumerate((rss(), "<rss", '<feed xmlns="http://www.w3.org/2005/Atom"/>')):
        items, rejected = read(site.page(f"/{number}", body, XML), web)
        assert items == [] and len(rejected) == 1
        assert rejected[0].code in ("empty", "unknown_kind")


def test_a_page_that_names_a_feed_is_only_a_page(site: Site, web: Web) -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    items, _ = read(site.page("/a", page(head=head)), web)
    assert len(items) == 1 and site.log == ["/robots.txt", "/a"]


def test_a_feed_declared_as_a_page(site: Site, web: Web) -> None:
    site.page("/1", page())
    items, _ = read(site.page("/feed", rss(item("عنوان", "/1")), "text/html"), web)
    assert [one.article["text"] for one in items] == [TEXT]


def test_reading_again_asks_only_for_what_is_new(site: Site, web: Web) -> None:
    site.page("/1", page())
    site.page("/2", page())
    address = site.page("/feed", rss(item("یک", "/1")), XML, ETag='"a"')
    read(address, web)
    site.page("/feed", rss(item("یک", "/1"), item("دو", "/2")), XML, ETag='"b"')
    items, rejected = read(address, web)
    assert [one.where for one in items] == [f"{site.base}/2"] and [one.code for one in rejected] == ["left_out"]
    assert site.headers[-2]["if-none-match"] == '"a"' and site.log.count("/1") == 1
    site.page("/feed", "", status=304)
    items, rejected = read(address, web)
    assert items == [] and [one.code for one in rejected] == ["left_out"] and "unchanged" in rejected[0].reason


def test_what_is_kept_is_not_fetched(site: Site, web: Web) -> None:
    site.page("/1", page())
    knowing = replace(web, known=lambda address: address.endswith("/1"))
    items, rejected = read(site.page("/feed", rss(item("یک", "/1")), XML), knowing)
    assert items == [] and [one.code for one in rejected] == ["left_out"]
    assert site.log == ["/robots.txt", "/feed"]


def test_a_channels_page_gives_its_messages(site: Site, web: Web) -> None:
    def message(number: int, text: str, reply: str = "") -> str:
        return f"""<div class="tgme_widget_message_wrap"><div class="tgme_widget_message js-widget_message" data-post="nemune/{number}">
        <a class="tgme_widget_message_owner_name"><span>کانال نمونه</span></a>{reply}
        <div class="tgme_widget_message_text js-message_text" dir="auto">{text}</div><div class="tgme_widget_message_footer">
        <span class="tgme_widget_message_views">۱.۲K</span><a class="tgme_widget_message_date" href="#"><time datetime="2023-10-0{number}T07:00:00+00:00">10:30</time></a></div></div></div>"""

    reply = '<a class="tgme_widget_message_reply"><div class="tgme_widget_message_text">پیام پیشین</div></a>'
    body = (
        message(1, f"🔴 {LINES[0]}<br/><br/>{LINES[1]}")
        + message(2, LINES[2], reply)
        + '<div class="tgme_widget_message service_message">نام کانال عوض شد</div>'
    )
    html = f'<html><head><meta property="og:title" content="کانال نمونه"></head><body>{body}</body></html>'
    items, rejected = read(site.page("/s/nemune", html), web)
    assert rejected == []
    assert [one.article["text"] for one in items] == [f"🔴 {LINES[0]}\n{LINES[1]}", LINES[2]]
    assert [one.article["url"] for one in items] == ["https://t.me/nemune/1", "https://t.me/nemune/2"]
    assert {one.article["source"] for one in items} == {"کانال نمونه"}
    assert items[0].article["published"] == "2023-10-01T07:00:00+00:00"
