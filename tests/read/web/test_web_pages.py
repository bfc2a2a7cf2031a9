"""Pages of our own in the style of the agencies' markup; `data-keep` marks what belongs to the article."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import html

from analysis.errors import DataError, InputError, RejectedInput
from analysis.read.outlets import feeds_of, load_outlets
from analysis.read.page_words import page_words
from analysis.read.pages import read_page
from tests.read.web.texts import LINES, TEXT, TITLE, page

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))
WORD = re.compile(r"[\w\u200c]+")
LEAKS = {"aa": 0.3}
"""Words outside of the article for each of its own, where there are any: a notice that no rule knows."""

TIMES = {
    "aa": "2023-10-03T15:20:00+03:00",
    "alalam": "2023-10-03T07:40:00+00:00",
    "bbc": "2023-10-04T16:51:29+00:00",
    "dw": "2023-10-04",
    "entekhab": "2023-10-02T09:05:00",
    "euronews": "2023-10-05T17:02:11+02:00",
    "farda": "2023-10-03T20:10:00+00:00",
    "fars": "2023-10-03T14:25:00",
    "hamshahri": "2023-10-05T20:48:00",
    "ilna": "2023-10-02T11:42:06",
    "iranintl": "2023-10-04T12:40:00+00:00",
    "irib": "2023-10-01T16:10:00",
    "irna": "2023-10-04T10:15:00+00:00",
    "isna": "2023-10-03T13:01:00",
    "khabaronline": "2023-10-01T22:10:00+03:30",
    "mehr": "2023-10-04T13:45:00",
    "mfa": "2023-10-02T18:20:00",
    "presstv": "2023-10-04T08:12:00",
    "tabnak": "2023-10-03T11:20:00",
    "tasnim": "2023-10-05T10:23:00+03:30",
    "yjc": "2023-10-02T17:35:00",
}
SOURCES = {
    "alalam": "alalam.example",
    "fars": "fars.example",
    "irib": "irib.example",
    "mfa": "mfa.example",
    "tabnak": "tabnak.example",
    "tasnim": "تسنیم نمونه",
    "bbc": "بی‌بی‌سی نمونه",
    "irna": "خبرگزاری نمونهٔ ایران",
}


def words(text: str) -> Counter[str]:
    return Counter(WORD.findall(text.replace("\u200f", "")))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_pages_in_the_style_of_the_agencies(path: Path) -> None:
    tree = html.document_fromstring(path.read_bytes())
    kept = [" ".join(one.text_content().split()) for one in tree.xpath("//*[@data-keep]")]
    found = read_page(
        path.read_text().replace(" data-keep", "").encode(), address=f"https://www.{path.stem}.example/a/1"
    )
    wanted, given = words(" ".join(kept)), words(found.text)
    assert not wanted - given
    assert (given - wanted).total() <= LEAKS.get(path.stem, 0) * wanted.total(), given - wanted
    assert found.title == " ".join(tree.xpath("//h1 | //h2[@class='news-title']")[0].text_content().split())
    assert found.published == TIMES[path.stem]
    assert found.source == SOURCES.get(path.stem, found.source)


def test_headings_and_paragraphs_are_lines() -> None:
    path = next(path for path in PAGES if path.stem == "irna")
    lines = read_page(path.read_bytes()).text.splitlines()
    assert len(lines) == 7 and "تحریم‌ها باید یک‌جا برداشته شود" in lines


def test_a_canonical_address_of_another_site_is_not_believed() -> None:
    data = page(head='<link rel="canonical" href="https://other.example/x">').encode()
    assert read_page(data, address="https://www.news.example/1").url == "https://www.news.example/1"
    assert read_page(data).url == "https://other.example/x"
    data = page(head='<link rel="canonical" href="https://news.example/">').encode()
    assert read_page(data, address="https://www.news.example/1").url == "https://www.news.example/1"


@pytest.mark.parametrize(
    ("head", "published", "start"),
    [
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2023-10-02"}</script><meta name="pubdate" content="2023-10-02T10:00:00">',
            "2023-10-02T10:00:00",
            "meta pubdate",
        ),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"0001-01-01T00:00:00"}</script>',
            "",
            "",
        ),
        ('<meta property="article:published_time" content="۱۴۰۲/۰۷/۱۰ ۱۳:۳۰">', "2023-10-02T13:30:00", "meta article"),
        ('<meta property="article:modified_time" content="2023-10-02">', "", ""),
        ('<meta property="article:published_time" content="soon">', "", ""),
    ],
)
def test_where_a_time_is_read_from(head: str, published: str, start: str) -> None:
    found = read_page(page(head=head).encode())
    assert found.published == published and found.published_from.startswith(start)


def test_dates_of_comments_and_of_the_day_are_not_the_articles() -> None:
    comments = "<div class='comments'>" + "<p>سلام</p>" * 40 + "<span>علی ۱۵ آبان ۱۴۰۲ - ۱۰:۰۰</span></div>"
    assert read_page(page(extra=comments).encode()).published == ""


LIST = (
    "<html><body><h1>سیاست خارجی</h1><ul>"
    + "".join(f'<li><a href="/{n}">وزیر خارجه در گفت‌وگوی تلفنی شمارهٔ {n} با همتای خود گفت</a></li>' for n in range(40))
    + "</ul></body></html>"
)
NO_ARTICLE = {
    "list": (LIST, "list of links"),
    "error": (
        "<html><title>خطای ۴۰۴</title><body><h1>صفحه مورد نظر یافت نشد</h1><p>لطفاً به صفحهٔ نخست بازگردید یا از جست‌وجوی سایت استفاده کنید تا خبر خود را بیابید.</p></body></html>",
        "nothing at this address",
    ),
    "consent": (
        "<html><title>Before you continue</title><body><p>We value your privacy. Before you continue to the site we and our partners need your consent to store cookies.</p></body></html>",
        "asks something",
    ),
    "transfer": (
        "<html><head><title>در حال انتقال به سایت مورد نظر هستید</title></head><body>در حال انتقال به سایت مورد نظر هستید...<script>x()</script></body></html>",
        "asks something",
    ),
    "shell": (
        '<html><head><script src="/app.js"></script></head><body><div id="root"></div><noscript>You need to enable JavaScript to run this app.</noscript></body></html>',
        "browser's scripts",
    ),
    "nothing": ("<html><body><p>سلام</p></body></html>", "no text of an article"),
    "bare": ("   <!-- -->", "no text"),
}


@pytest.mark.parametrize("name", NO_ARTICLE)
def test_pages_without_an_article(name: str) -> None:
    data, reason = NO_ARTICLE[name]
    with pytest.raises(RejectedInput, match=reason) as error:
        read_page(data.encode())
    assert error.value.code == "no_article"


@pytest.mark.parametrize(
    "data",
    [
        "<div>" * 60_000 + page(),
        "<b><table><tr><td>" * 5_000 + page(),
        page(extra="<div class='share-bar'><a>x</a></div>" * 3_000),
        page(head='<script type="application/ld+json">' + "[" * 100_000 + "</script>"),
        page(head="<!DOCTYPE x [<!ENTITY a 'b'><!ENTITY c SYSTEM 'file:///etc/passwd'>]>", extra="<p>&a;&c;</p>"),
        page(extra=f"<p class='{'share-' * 50_000}'>x</p>"),
    ],
    ids=["deep", "tables", "boxes", "json", "entities", "class"],
)
def test_hostile_pages_end(data: str) -> None:
    try:
        assert "root:" not in read_page(data.encode()).text
    except RejectedInput as error:
        assert error.code in ("no_article", "too_large")


def test_pages_that_are_too_large() -> None:
    for data in (b"<p>" + b"x" * (9 << 20), b"<p>x</p>" * 110_000):
        with pytest.raises(RejectedInput) as error:
            read_page(data)
        assert error.value.code == "too_large"


def test_zwnj_and_quotation_marks_stay() -> None:
    line = "وی گفت: «می‌خواهیم گفت‌وگو‌ها‌ی هسته‌ای ادامه یابد و تحریم‌ها برداشته شود»؛ این را ۱۲ بار گفته‌ایم."
    assert read_page(page(lines=(*LINES, line)).encode()).text == f"{TEXT}\n{line}"


def test_a_saved_page_of_a_channel_with_one_message() -> None:
    data = f'<html><body><div class="tgme_widget_message" data-post="a/1"><div class="tgme_widget_message_text">{LINES[0]}</div></div></body></html>'
    assert read_page(data.encode()).text == LINES[0]
    with pytest.raises(RejectedInput, match="2 messages"):
        read_page(data.replace("</body>", data + "</body>").encode())


def test_the_list_of_outlets(tmp_path: Path) -> None:
    outlets = load_outlets()
    assert {"irna", "isna", "tasnim", "mehr", "fars", "mfa"} <= set(outlets)
    assert not any(outlet.checked for outlet in outlets.values())
    assert feeds_of("irna") == list(outlets["irna"].feeds)
    with pytest.raises(InputError, match="no outlet"):
        feeds_of("nowhere")
    with pytest.raises(InputError, match="no feed"):
        feeds_of("mfa")
    good = '[a]\nname_fa="ا"\nname_en="A"\ncountry="IR"\nhomepage="https://a.example/"\nfeeds=["https://a.example/rss"]\nchecked="no"\n'
    for old, new, problem in (
        ("[a]", "[A b]", "TOML"),
        ("[a]", "[A]", "no id"),
        ('"IR"', '"Iran"', "country"),
        ('checked="no"', 'checked="maybe"', "checked"),
        ('"https://a.example/rss"', '"file:///etc/passwd"', "address"),
        ('name_en="A"', "", "no field `name_en`"),
        ('checked="no"', 'checked="no"\nrss="x"', "there is no field `rss`"),
    ):
        path = tmp_path / "sources.toml"
        path.write_text(good.replace(old, new))
        with pytest.raises(DataError, match=problem):
            load_outlets(path)


def test_the_words_of_pages(tmp_path: Path) -> None:
    (tmp_path / "pages.csv").write_text("kind,value,note\nbocks,share,\n")
    with pytest.raises(DataError, match=r"line 2.*bocks"):
        page_words(tmp_path)


def test_the_title_is_without_the_sites_name() -> None:
    assert read_page(page(head=f'<meta property="og:title" content="{TITLE} | پایگاه نمونه">').encode()).title == TITLE
    assert (
        read_page(page().replace("<h1>", "<h1 hidden>").replace(f"<h1 hidden>{TITLE}</h1>", "").encode()).title == TITLE
    )
