"""What a page says about itself: title, outlet, address, time of publication."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from analysis.read.dates import find_time, iso_time
from analysis.read.page_words import letters

_META_TIMES = (
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "nastooh:publishdate",
    "datepublished",
    "publishdate",
    "pubdate",
    "publish_date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "date",
)
_LABELS = ("تاریخ انتشار", "زمان انتشار", "تاریخ خبر", "منتشر شده", "Published")
_NEAR = 20
"""Short lines between the title and a line that dates the article; other dates are those of the day or of comments."""
_LINE = 120
_UNSEEN = ("script", "style", "title", "head", "html")
_DIGITS = re.compile(r"\d")
_SUFFIX = re.compile(r"\s+[-–—|»]\s+|\s*[|»]\s*")
_JSON_BYTES = 1 << 20

Metas = dict[str, str]


def metas_of(page: HtmlElement) -> Metas:
    """The page's `<meta>` elements by property or name, in lower case; the first of each counts."""
    found: Metas = {}
    for meta in page.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = " ".join((meta.get("content") or "").split())
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def linked_data(page: HtmlElement) -> dict[str, Any]:
    """The JSON-LD object that describes an article; empty where there is none, or it is broken."""
    for script in page.xpath("//script[@type='application/ld+json']"):
        try:
            given = json.loads((script.text or "")[:_JSON_BYTES], strict=False)
        except (ValueError, RecursionError):
            continue
        for one in _objects(given):
            kinds = one.get("@type")
            if any("Article" in str(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])):
                return one
    return {}


def _objects(given: object) -> Iterator[dict[str, Any]]:
    many = given if isinstance(given, list) else [given]
    for one in many:
        if isinstance(one, dict):
            yield one
            graph = one.get("@graph")
            yield from (part for part in (graph if isinstance(graph, list) else ()) if isinstance(part, dict))


def title_of(page: HtmlElement, metas: Metas, data: dict[str, Any]) -> str:
    """The article's title, without the name of the site."""
    heads = [" ".join(head.text_content().split()) for head in page.iter("h1")]
    whole = page.findtext(".//title") or ""
    given = [_text(data.get("headline")), metas.get("og:title", ""), metas.get("twitter:title", "")]
    given += [metas.get("dc.title", ""), " ".join(whole.split())]
    # The heading that the page's own facts repeat, often with the site's name behind it, is the title.
    for head in filter(letters, heads):
        if any(letters(head) in letters(one) for one in given):
            return head
    found = next(filter(None, [*given[:4], *heads, given[4]]), "")
    parts = _SUFFIX.split(found)
    site = letters(metas.get("og:site_name", ""))
    return parts[0] if len(parts) > 1 and (found == given[4] or letters(parts[-1]) == site) else found


def source_of(metas: Metas, data: dict[str, Any], address: str) -> str:
    """The outlet: the site's name as the page gives it, else the host of its address."""
    publisher = data.get("publisher")
    publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
    name = _text(publisher.get("name")) if isinstance(publisher, dict) else _text(publisher)
    found = metas.get("og:site_name") or name or metas.get("application-name") or ""
    return found or _host(address)


def address_of(page: HtmlElement, metas: Metas, data: dict[str, Any], address: str) -> str:
    """The page's canonical address; what another site's page would claim is not believed."""
    links = [str(link) for link in page.xpath("//link[@rel='canonical']/@href")]
    main = data.get("mainEntityOfPage")
    claims = [*links, metas.get("og:url", ""), _text(data.get("url"))]
    claims.append(_text(main.get("@id")) if isinstance(main, dict) else _text(main))
    for claim in filter(None, claims):
        try:
            whole = urljoin(address, claim.strip())
            parts = urlsplit(whole)
        except ValueError:
            continue
        same = not address or _host(whole) == _host(address)
        if parts.scheme in ("http", "https") and parts.netloc and same and (parts.path.strip("/") or parts.query):
            return whole
    return address


def _host(address: str) -> str:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return re.sub(r"^(www|m|amp)\.", "", host)


def time_of(page: HtmlElement, metas: Metas, data: dict[str, Any], title: str) -> tuple[str, str]:
    """The time of publication as ISO 8601 and what it was read from; both empty where the page does not say.

    The first that the page gives counts; where it gives only the day, another that gives the time of that day does.
    """
    first = ("", "")
    for found, where in _times(page, metas, data, title):
        if not first[0]:
            first = found, where
        if "T" in found and found[:10] == first[0][:10]:
            return found, where
    return first


def _times(page: HtmlElement, metas: Metas, data: dict[str, Any], title: str) -> Iterator[tuple[str, str]]:
    given = [("json-ld datePublished", _text(data.get("datePublished")))]
    given += [(f"meta {name}", metas[name]) for name in _META_TIMES if name in metas]
    given += [("time datetime", str(time.get("datetime"))) for time in page.xpath("//time[@datetime]")[:1]]
    given += [
        ("itemprop datePublished", str(one.get("content") or one.get("datetime") or one.text_content()))
        for one in page.xpath("//*[@itemprop='datePublished' and not(self::meta)]")[:1]
    ]
    for where, text in given:
        if found := _time(text):
            yield found, f"{where} {text[:60]}"
    yield from ((found, f"text {line}") for line, found in _time_lines(page, title))


def _time(text: str) -> str:
    try:
        return iso_time(text)
    except ValueError:
        return find_time(text)


def _time_lines(page: HtmlElement, title: str) -> list[tuple[str, str]]:
    """Short lines with a date: those that call it the time of publication first, then by distance from the title."""
    lines = list(_short_lines(page))
    key = letters(title)
    head = next((at for at, line in enumerate(lines) if key and letters(line) == key), -1)
    found = []
    for at, line in enumerate(lines):
        labelled = any(label in line for label in _LABELS)
        near = head >= 0 and abs(at - head) <= _NEAR
        if (labelled or near) and _DIGITS.search(line) and (time := find_time(line)):
            found.append((not labelled, abs(at - head), len(line), line, time))
    return [(line, time) for *_, line, time in sorted(found)]


def _short_lines(page: HtmlElement) -> Iterator[str]:
    for element in page.iter():
        if isinstance(element.tag, str) and element.tag not in _UNSEEN and len(element) < 8:
            given = element.text_content() if len(element) else element.text
            text = " ".join((given or "").split())
            if text and len(text) < _LINE:
                yield text


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
