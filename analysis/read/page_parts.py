"""Take what is not the article out of a page's tree: bars, boxes of links, comments, facts about the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from analysis.read.page_words import PageWords, letters

_WORDS = re.compile(r"[a-z]+")
_NEVER = (
    "script style noscript template iframe object embed svg canvas form nav footer aside button select figure dialog"
)
_BLOCKS = frozenset({"div", "p", "ul", "ol", "section", "h2", "h3", "h4", "article", "table", "blockquote"})
_ABOVE = frozenset({"h2", "h3", "h4", "h5", "h6", "p", "div", "span"})
_MAIN_SHARE = 0.4
"""An element that holds this share of the page's prose is the article's own, whatever its class says."""
_BOX_TEXT = 40
"""Letters outside of links that a box of links may hold besides its heading."""
_KICKER = 150
_PROSE = frozenset(".؟!?؛…")


def prune(page: HtmlElement, words: PageWords, address: str = "") -> None:
    """Take furniture out of a page, in place."""
    for element in page.xpath(" | ".join(f"//{tag}" for tag in _NEVER.split())):
        _drop(element)
    for element in page.xpath("//*[@role='navigation' or @role='banner' or @role='complementary' or @hidden]"):
        _drop(element)
    _drop_boxes(page, words)
    _drop_ends(page, words)
    _drop_kicker(page)
    _drop_openers(page, words)
    for element in page.xpath("//p | //li | //h2 | //h3 | //h4"):
        if _is_link(element):
            _drop(element)


def lead_of(page: HtmlElement, words: PageWords) -> str:
    """The first paragraph where the page marks it as such; empty where it does not."""
    for element in page.iter("p", "div", "h2", "h3", "h4", "h5", "span"):
        if _names(element) & words.leads or element.get("itemprop") == "description":
            text = " ".join(element.text_content().split())
            if text and len(text) < 1200:
                return text
    return ""


def _names(element: HtmlElement) -> set[str]:
    return set(_WORDS.findall(f"{element.get('class', '')} {element.get('id', '')}".lower()))


def _drop(element: HtmlElement) -> None:
    parent = element.getparent()
    if parent is not None:
        element.drop_tree()


def _drop_boxes(page: HtmlElement, words: PageWords) -> None:
    prose = sum(len(p.text_content()) for p in page.iter("p")) or len(page.text_content())
    for element in list(page.iter()):
        if not isinstance(element.tag, str) or element.tag in ("html", "body", "main", "article", "h1"):
            continue
        region = element.tag == "section" and element.get("role") == "region"
        if (region or _names(element) & words.boxes) and not _holds_article(element, prose):
            _drop(element)


def _drop_ends(page: HtmlElement, words: PageWords) -> None:
    """Headings behind which no article follows («آخرین اخبار»، «نظرات»), with what stands behind them."""
    prose = sum(len(p.text_content()) for p in page.iter("p"))
    for heading in list(page.iter("h2", "h3", "h4", "h5", "h6", "div", "span", "p", "strong")):
        if len(heading) > 2 or heading.getparent() is None or not words.ends(heading.text_content()):
            continue
        behind = [one for one in heading.itersiblings() if isinstance(one.tag, str)]
        if any(_holds_article(one, prose) for one in behind):
            behind = []
        for one in [heading, *behind]:
            _drop(one)


def _drop_kicker(page: HtmlElement) -> None:
    """The line above the title («روتیتر»)."""
    for title in list(page.iter("h1")):
        above = title.getprevious()
        if above is None or above.tag not in _ABOVE or above.find(".//h1") is not None:
            continue
        if len(above.text_content()) < _KICKER:
            _drop(above)


def _holds_article(element: HtmlElement, prose: int) -> bool:
    if element.get("itemprop") == "articleBody" or element.find(".//h1") is not None:
        return True
    if element.find(".//*[@itemprop='articleBody']") is not None:
        return True
    return sum(len(p.text_content()) for p in element.iter("p")) > prose * _MAIN_SHARE


def _drop_openers(page: HtmlElement, words: PageWords) -> None:
    """Boxes that begin with «بیشتر بخوانید»: the heading, and the links in and behind it."""
    for element in list(page.iter()):
        if not isinstance(element.tag, str):
            continue
        if element.tail and words.opens_box(element.tail) and len(element.tail.strip()) < _BOX_TEXT:
            element.tail = " "
            for follower in list(_links_after(element)):
                _drop(follower)
        if element.text and words.opens_box(element.text):
            _drop_box(element)


def _drop_box(heading: HtmlElement) -> None:
    box = heading
    own = len(letters(heading.text or ""))
    while (parent := box.getparent()) is not None and parent.tag not in ("body", "article", "main", "html"):
        if _text_outside_links(parent) - own > _BOX_TEXT:
            break
        box = parent
    if _text_outside_links(box) - own > _BOX_TEXT * 2:
        return  # «بیشتر بخوانید» begins a whole paragraph: not a box.
    for follower in list(_links_after(box)):
        _drop(follower)
    _drop(box)


def _links_after(element: HtmlElement) -> Iterator[HtmlElement]:
    """The siblings behind an element up to the next text that is no link."""
    if element.tail and element.tail.strip():
        return
    for follower in element.itersiblings():
        if not isinstance(follower.tag, str):
            continue
        empty = not follower.text_content().strip()
        if not (empty or follower.tag == "a" or (follower.find(".//a") is not None and _is_link(follower))):
            return
        if not (empty and follower.tag in _BLOCKS):
            yield follower
        if follower.tail and follower.tail.strip():
            return


def _text_outside_links(element: HtmlElement) -> int:
    return len(letters(element.text_content())) - sum(len(letters(a.text_content())) for a in element.iter("a"))


def _is_link(element: HtmlElement) -> bool:
    """Whether all that an element says is a link, and it is not written as a sentence."""
    text = element.text_content().strip()
    if not text or text[-1] in _PROSE or element.find(".//h1") is not None:
        return False
    return element.find(".//a") is not None and _text_outside_links(element) <= 2
