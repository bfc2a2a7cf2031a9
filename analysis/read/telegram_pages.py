"""The messages of a Telegram channel's web page (t.me/s/CHANNEL), each of which is an article."""

from __future__ import annotations

from lxml import etree
from lxml.html import HtmlElement

from analysis.read.feed_files import as_text
from analysis.read.page_facts import metas_of
from analysis.read.page_types import Page

_MESSAGE = "contains(concat(' ', @class, ' '), ' tgme_widget_message ')"
_TEXT = ".//div[contains(@class, 'tgme_widget_message_text') and not(ancestor::*[contains(@class, '_reply')])]"


def is_channel(data: bytes) -> bool:
    """Whether a page holds messages of a channel."""
    return b"tgme_widget_message" in data


def messages_of(page: HtmlElement, charset: str) -> list[Page]:
    """The messages with a text, in the page's order; pictures alone and notes of the service are left out."""
    channel = metas_of(page).get("og:title", "")
    return [
        found
        for message in page.xpath(f"//div[{_MESSAGE} and not(contains(@class, 'service_message'))]")
        if (found := _message(message, channel, charset))
    ]


def _message(message: HtmlElement, channel: str, charset: str) -> Page | None:
    texts = message.xpath(_TEXT)
    text = as_text(etree.tostring(texts[-1], encoding="unicode", method="html", with_tail=False)) if texts else ""
    if not text:
        return None
    owner = message.xpath(".//*[contains(@class, 'tgme_widget_message_owner_name')]")
    times = message.xpath(".//a[contains(@class, 'tgme_widget_message_date')]//time/@datetime")
    post = message.get("data-post", "")
    return Page(
        title="",
        text=text,
        source=" ".join(owner[0].text_content().split()) if owner else channel,
        url=f"https://t.me/{post}" if post else "",
        published=str(times[0]) if times else "",
        published_from=f"time datetime {times[0]}" if times else "",
        charset=charset,
    )
