"""Take what is not the article out of a page's tree: bars, boxes of links, comments, facts about the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from analysis.read.page_words import PageWords, letters

_WORDS = re.compile(r"[a-z]+")
_NEVER = (
    "script style noscript template iframe object embed svg canvas form nav footer aside button select figure dialog"
)
_BLOCKS = frozenset({"div", "p", "ul", "ol", "section", "h2", "h3", "h4", "article", "table", "blockquote"})
_MAIN_SHARE = 0.4
"""An element that holds this share of the page's prose is the article's own, whatever its class says."""
_BOX_TEXT = 40
"""Letters outside of links that a box of links may hold besides its heading."""
_BOX_PARTS = 40
_LEAD = 1200
_SENTENCE = 6
"""Words that a heading under the title has where it is a sentence."""
_PROSE = frozenset(".؟!?؛…")


def prune(page: HtmlElement, words: PageWords, title: str) -> None:
    """Take furniture out of a page, in place."""
    for element in page.xpath(" | ".join(f"//{tag}" for tag in _NEVER.split())):
        _drop(element)
    for element in page.xpath("//*[@role='navigation' or @role='banner' or @role='complementary' or @hidden]"):
        _drop(element)
    _unwrap_tables(page)
    _drop_boxes(page, words)
    _drop_ends(page, words)
    _drop_above(page, title)
    _drop_openers(page, words)
    for element in page.xpath("//p | //li | //h2 | //h3 | //h4"):
        if _is_link(element):
            _drop(element)


def lead_of(page: HtmlElement, words: PageWords) -> str:
    """The first paragraph where the page marks it as such; empty where it does not."""
    for element in page.iter("p", "div", "h2", "h3", "h4", "h5", "span"):
        if _names(element) & words.leads or element.get("itemprop") == "description":
            text = " ".join(element.text_content().split())
            if text and len(text) < _LEAD:
                return text
    for title in page.iter("h1"):
        below = next(
            (one for one in title.itersiblings("h2", "h3", "h4", "h5", "p") if one.text_content().strip()), None
        )
        text = " ".join(below.text_content().split()) if below is not None else ""
        if below is not None and title.getnext() is below and len(text.split()) >= _SENTENCE and len(text) < _LEAD:
            return text
    return ""


def _unwrap_tables(page: HtmlElement) -> None:
    """Tables that only place things on the page become plain blocks."""
    for table in page.xpath("//table[.//h1 or .//td//div or .//td//p or .//td//table]"):
        for part in table.iter("table", "tbody", "tr", "td", "th"):
            part.tag = "div"


def _names(element: HtmlElement) -> set[str]:
    return set(_WORDS.findall(f"{element.get('class', '')} {element.get('id', '')}".lower()))


def _drop(element: HtmlElement) -> None:
    parent = element.getparent()
    if parent is not None:
        element.drop_tree()


def _drop_boxes(page: HtmlElement, words: PageWords) -> None:
    whole = _amounts(page)
    for element in list(page.iter(etree.Element)):
        if element.tag in ("html", "body", "main", "article", "h1"):
            continue
        region = element.tag == "section" and element.get("role") == "region"
        names = _names(element)
        if (names & words.talk and not _is_body(element)) or (
            (region or names & words.boxes) and not _holds_article(element, whole)
        ):
            _drop(element)


def _drop_ends(page: HtmlElement, words: PageWords) -> None:
    """Headings behind which no article follows («آخرین اخبار»، «نظرات»), with what stands behind them."""
    whole = _amounts(page)
    for heading in list(page.iter("h2", "h3", "h4", "h5", "h6", "div", "span", "p", "strong")):
        if len(heading) > 2 or heading.getparent() is None or not words.ends(heading.text_content()):
            continue
        behind = [one for one in heading.itersiblings() if isinstance(one.tag, str)]
        if any(_holds_article(one, whole) for one in behind):
            behind = []
        for one in [heading, *behind]:
            _drop(one)


def _drop_above(page: HtmlElement, title: str) -> None:
    """What stands above the title: the page's head, facts about the article, the line above («روتیتر»)."""
    heads = page.iter("h1", "h2", "h3")
    place = next((head for head in heads if letters(head.text_content()) == letters(title)), None)
    whole = _amounts(page)
    while place is not None and place.tag != "body":
        for one in list(place.itersiblings(preceding=True)):
            if isinstance(one.tag, str) and one.tag != "head" and not _holds_article(one, whole):
                _drop(one)
        place = place.getparent()


def _is_body(element: HtmlElement) -> bool:
    """Whether an element is marked as the article's body, or holds it or the title."""
    return bool(element.xpath("self::*[@itemprop='articleBody'] | .//*[@itemprop='articleBody'] | .//h1"))


def _holds_article(element: HtmlElement, whole: tuple[int, int]) -> bool:
    amounts = _amounts(element)
    return _is_body(element) or any(part > all_of * _MAIN_SHARE for part, all_of in zip(amounts, whole, strict=True))


def _amounts(element: HtmlElement) -> tuple[int, int]:
    """Letters in paragraphs, and outside of links: an article has most of a page's."""
    return sum(len(p.text_content()) for p in element.iter("p")), _text_outside_links(element)


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
        if len(parent) > _BOX_PARTS or _text_outside_links(parent) - own > _BOX_TEXT:
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
