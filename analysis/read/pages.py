"""The article of an HTML page: its main text, title, outlet, address and time of publication.

Nothing is fetched, no script is run, no entity is resolved: a page is bytes. Main text is found by trafilatura after
furniture was taken out (`page_parts`), for it knows no Persian words and few of the agencies' classes.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from importlib.metadata import version

import trafilatura
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from analysis.errors import RejectedInput
from analysis.read import page_facts
from analysis.read.charset import decode
from analysis.read.dates import iso_time
from analysis.read.limits import MIB
from analysis.read.page_parts import lead_of, prune
from analysis.read.page_types import Page
from analysis.read.page_words import PageWords, letters, page_words
from analysis.read.telegram_pages import is_channel, messages_of

PAGE_BYTES = 8 * MIB
"""A page with more is no article's: the longest seen are below one."""
ELEMENTS = 100_000
READER = f"html trafilatura {version('trafilatura')}"
_ZWNJ = "\u200c"
_STAND_INS = "ꙮꙭꚙꙬ"
"""Letters that no page holds. trafilatura deletes every ZWNJ as a control character, so one of them stands in."""
_NAMES = 500
"""Letters of an element's class or id that are looked at."""
_LEAST = 60
"""Letters that an article has at least."""
_SENTENCE = 5
"""Words of a line that can be a sentence."""
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # It logs each page that it finds nothing in.
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def read_page(data: bytes, *, address: str = "", charset: str = "") -> Page:
    """The article of a page.

    Args:
        data: the page's bytes.
        address: where it lies; relative links are resolved against it, and it stands in for a missing outlet.
        charset: the encoding that the server declared.

    Raises:
        RejectedInput: with the code `empty`, `too_large`, `not_text` or `no_article`; it does not name the page.
    """
    page, used = parse_page(data, charset=charset)
    if is_channel(data):
        return _only_message(messages_of(page, used))
    words = page_words()
    metas, facts = page_facts.metas_of(page), page_facts.linked_data(page)
    title = page_facts.title_of(page, metas, facts)
    published, published_from = page_facts.time_of(page, metas, facts, title)
    shape = _Shape.of(page, title, words)
    text = _main_text(page, title, words)
    if reason := shape.why_no_article(text):
        raise RejectedInput("no_article", reason)
    return Page(
        title=title,
        text=text,
        source=page_facts.source_of(metas, facts, address),
        url=page_facts.address_of(page, metas, facts, address),
        published=published,
        published_from=published_from,
        charset=used,
    )


def read_messages(data: bytes, *, charset: str = "") -> list[Page]:
    """The messages of a Telegram channel's page.

    Raises:
        RejectedInput: as `read_page`.
    """
    page, used = parse_page(data, charset=charset)
    found = messages_of(page, used)
    if not found:
        raise RejectedInput("no_article", "the channel's page holds no message with a text. Check the address.")
    return found


def _only_message(found: list[Page]) -> Page:
    if len(found) == 1:
        return found[0]
    raise RejectedInput(
        "no_article",
        f"the page of a channel with {len(found)} messages. Give its address, or export the channel in Telegram.",
    )


def parse_page(data: bytes, *, charset: str = "") -> tuple[HtmlElement, str]:
    """The tree of a page and the encoding that it was read with.

    Raises:
        RejectedInput: where there is nothing to parse, or too much.
    """
    if not data.strip():
        raise RejectedInput("empty", "the page is empty. Check the address or save it again.")
    if len(data) > PAGE_BYTES:
        raise RejectedInput(
            "too_large", f"a page of {len(data) / MIB:.0f} MiB; {PAGE_BYTES // MIB} are read. Save its text."
        )
    try:
        text, used = decode(data, charset)
    except UnicodeError as error:
        raise RejectedInput("not_text", f"its letters cannot be told ({error}). Save it as UTF-8.") from error
    # No entity of a document type is resolved, and nothing is loaded; control characters are no text.
    parser = HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        page = document_fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise RejectedInput("no_article", "there is no text in the page. Check the address.") from error
    if sum(1 for _ in page.iter()) > ELEMENTS:
        raise RejectedInput("too_large", f"a page of more than {ELEMENTS:,} elements. Save its text.")
    for element in page.iter(etree.Element):
        for name in ("class", "id"):  # Some are made long enough to keep a search in them busy.
            if len(element.get(name, "")) > _NAMES:
                element.set(name, element.get(name)[:_NAMES])
    return page, used


def _main_text(page: HtmlElement, title: str, words: PageWords) -> str:
    """The article's lines; takes the page apart."""
    prune(page, words)
    lead = lead_of(page, words)
    links = {letters(link.text_content()) for link in page.iter("a")}
    source = etree.tostring(page, encoding="unicode", method="html")
    stand_in = next(char for char in _STAND_INS if char not in source)
    found = trafilatura.extract(source.replace(_ZWNJ, stand_in), include_comments=False, favor_recall=True) or ""
    lines = [line for line in map(_plain, found.replace(stand_in, _ZWNJ).splitlines()) if line]
    keys = [letters(line) for line in lines]
    if lead and not any(letters(lead) in key or (len(key) > 20 and key in letters(lead)) for key in keys):
        lines, keys = [_plain(lead), *lines], [letters(lead), *keys]
    kept = []
    for line, key in zip(lines, keys, strict=True):
        if key == letters(title) or key in links or words.is_furniture(line) or _is_date(line):
            continue
        kept.append(line)
    return "\n".join(kept)


def _plain(line: str) -> str:
    """A line without the signs that trafilatura sets before list items and around the cells of a row."""
    return line.strip().removeprefix("- ").strip("| ")


def _is_date(line: str) -> bool:
    if len(line) > 60 or not any(char.isdecimal() for char in line):
        return False
    try:
        return bool(iso_time(line))
    except ValueError:
        return line.isdecimal()


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a page looks like before it is taken apart."""

    title: str
    visible: str
    """Folded letters of what it shows."""
    links: int
    """Letters in links."""
    scripts: int
    words: PageWords

    @classmethod
    def of(cls, page: HtmlElement, title: str, words: PageWords) -> _Shape:
        shown = page.xpath("//body//text()[not(ancestor::script or ancestor::style or ancestor::template)]")
        links = sum(len(letters(link.text_content())) for link in page.iter("a"))
        return cls(title, letters(" ".join(shown)), links, len(page.xpath("//script")), words)

    def why_no_article(self, text: str) -> str:
        """A sentence that says why a text is no article; empty where it is one."""
        enough = len(letters(text)) >= _LEAST and any(len(line.split()) >= _SENTENCE for line in text.splitlines())
        short = len(letters(text)) < _LEAST * 5
        said = letters(self.title) + self.visible
        if short and any(phrase in said for phrase in self.words.error):
            return "the page says that there is nothing at this address. Check the address."
        if short and any(phrase in said for phrase in self.words.consent):
            return "a page that asks something of the reader first. Open it in a browser and save it from there."
        if enough:
            return ""
        if any(phrase in said for phrase in self.words.shell) or (self.scripts and len(self.visible) < _LEAST):
            return "only a browser's scripts would fill the page. Open it in a browser and save it from there."
        if self.links * 2 > len(self.visible) > _LEAST:
            return "a list of links without an article. Give the address of an article or of a feed."
        return "the page holds no text of an article. Check the address, or save the text as .txt."
