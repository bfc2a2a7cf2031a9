"""Every page in a real browser, Persian and English: its layout, its words, and what axe-core says of it."""

import os
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from analysis.schema import Tables
from tests.browser.conftest import Open, settle
from tests.pages import sample

pytestmark = pytest.mark.browser

PATHS = {
    "overview": "/?",
    "topics": "/topics?pick=sanctions&",
    "countries": "/countries?a=IR&b=US&",
    "positions": "/positions?who=demo:nikravesh-bahram&target=topic:sanctions&",
    "comparison": "/comparison?ids=demo:nikravesh-bahram~demo:orlov-pavel~demo:cagan-cem&pick=sanctions&",
    "speaker": "/speaker?who=demo:nikravesh-bahram&",
    "statements": "/statements?",
    "article": "/article?id=a001&",
    "add": "/add?",
    "export": "/export?",
    "brief": "/brief?",
    "history": "/history?",
}
NO_CARDS = ("add", "export", "brief", "history")
"""Pages that list no statements; the tables of these tests lie in no store."""
OVERFLOWS = """() => ['[data-testid=stMain]', '[data-testid=stSidebarContent]', 'html']
    .filter(name => { const e = document.querySelector(name); return e.scrollWidth > e.clientWidth + 1 })"""
# Text of charts that sticks out of its drawing, and chips that lie on each other.
CLIPPED = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
    const frame = plot.getBoundingClientRect();
    return [...plot.querySelectorAll('.xtick text, .ytick text, .textpoint text, .bartext')].filter(text => {
        const box = text.getBoundingClientRect();
        return box.width && (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1);
    }).map(text => text.textContent);
})"""
OVERLAPPING = """() => [
    ['.mv-chips, [data-testid=stMultiSelectTagsContainer]', '.mv-chip, [data-tag]'],
    ['.js-plotly-plot', '.textpoint text'],
    ['.js-plotly-plot', '.xtick text:not([transform*=rotate])'],
    ['.js-plotly-plot', '.ytick text'],
].flatMap(([rows, parts]) => [...document.querySelectorAll(rows)].map(row => [row, parts])).flatMap(([row, parts]) => {
    const boxes = [...row.querySelectorAll(parts)].map(part => part.getBoundingClientRect());
    return boxes.filter((a, i) => boxes.some((b, j) => j > i && a.left < b.right - 1 && b.left < a.right - 1
        && a.top < b.bottom - 1 && b.top < a.bottom - 1));
}).length"""
FONTS = "() => [...document.fonts].filter(font => font.status === 'loaded').map(font => font.family)"
# What a reader sees or hears, less what is in the articles' language whatever the page's is, and ids and addresses.
WORDS = """() => {
    const apart = '[lang=fa]:not(html), [data-testid=stIconMaterial], bdi[dir=ltr], code, script, style, noscript, ' +
        'input[type=file], .st-key-mv_examples, [class*=st-key-mv_how_]';  // The examples are queries in Persian.
    const walk = document.createTreeWalker(document.querySelector('.stApp'), NodeFilter.SHOW_TEXT), found = [];
    while (walk.nextNode()) {
        const at = walk.currentNode.parentElement, text = walk.currentNode.data.trim();
        if (text && !at.closest(apart) && at.checkVisibility()) found.push(text);
    }
    for (const e of document.querySelectorAll('.stApp [aria-label], .stApp [placeholder], .stApp [title], .stApp [alt]'))
        if (!e.closest(apart))
            for (const name of ['aria-label', 'placeholder', 'title', 'alt'])
                if (e.getAttribute(name)) found.push(name + '=' + e.getAttribute(name));
    return [document.title, ...found];
}"""
ISOLATES = re.compile("[\u2066-\u2069]")
LATIN, PERSIAN, LATIN_DIGIT = re.compile("[A-Za-z]{2,}"), re.compile("[\u0621-\u06cc]{2,}"), re.compile("[0-9]")
NAMED = frozenset(
    [
        "CSV",
        "PNG",
        "SVG",
        "JSON",
        "JSONL",
        "XML",
        "HTML",
        "PDF",
        "TXT",
        "ZIP",
        "zip",
        "RSS",
        "Atom",
        "DOCX",
        "Word",
        "Excel",
        "Parquet",
        "GraphML",
        "Gephi",
        "DNA",
        "Telegram",
        "NPMI",
    ]
)
"""Names of formats, programs and measures, the same in both languages."""
OURS = ("Discourse Network Analyzer", "MAVAZE_TABLES", "sample")
"""The same, of several words, a setting, and the rule of the invented positions."""
SERIOUS = ("serious", "critical")
WALK = os.environ.get("MAVAZE_WALK", "")
"""Anything but nothing looks at English pages in a narrow window and in the dark as well."""


@pytest.fixture(scope="module")
def data_words() -> list[str]:
    """What the articles say of themselves, longest first: it stays in its language on every page."""
    tables: Tables = sample.build()
    columns = (
        tables.articles["title"],
        tables.articles["source"],
        tables.articles["url"],
        tables.articles["article_id"],
    )
    return sorted({text for column in columns for text in column}, key=len, reverse=True)


@pytest.mark.parametrize("lang", ["fa", "en"])
@pytest.mark.parametrize("name", PATHS)
def test_looks(open_page: Open, data_words: list[str], name: str, lang: str) -> None:
    page = open_page(f"{PATHS[name]}lang={lang}")
    root = page.locator("html")
    expect(root).to_have_attribute("lang", lang)
    expect(root).to_have_attribute("dir", "rtl" if lang == "fa" else "ltr")
    assert "Vazirmatn" in page.evaluate(FONTS)
    assert page.locator(".mv-card").count() > 0 or name in NO_CARDS
    sidebar = page.locator('[data-testid="stSidebar"]').bounding_box()
    main = page.locator('[data-testid="stMain"]').bounding_box()
    assert sidebar and main
    assert (sidebar["x"] > main["x"]) == (lang == "fa")
    found = {"words": foreign(page, lang, data_words), "wide": misplaced(page), "light": barriers(page)}
    if lang == "fa" or WALK:
        found |= narrow_and_dark(page)
    assert {what: faults for what, faults in found.items() if faults} == {}


def narrow_and_dark(page: Page) -> dict[str, list[str]]:
    """The same page in a narrow window, and then dark."""
    page.set_viewport_size({"width": 900, "height": 1000})
    settle(page)
    found = {"narrow": misplaced(page)}
    page.emulate_media(color_scheme="dark")
    page.reload()
    settle(page)
    assert page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor") == "rgb(16, 22, 29)"
    return found | {"dark": barriers(page)}


def misplaced(page: Page) -> list[str]:
    """What scrolls sideways, is cut off, or lies on something else."""
    overlapping = page.evaluate(OVERLAPPING)
    return [*page.evaluate(OVERFLOWS), *page.evaluate(CLIPPED), *([f"{overlapping} overlaps"] if overlapping else [])]


def foreign(page: Page, lang: str, data: list[str]) -> list[str]:
    """Words and digits of the other language that are not what the articles say."""
    wrong = []
    for text in page.evaluate(WORDS):
        rest = ISOLATES.sub("", text)
        for known in (*OURS, *data):
            rest = rest.replace(known, "")
        attribute, _, value = (
            rest.partition("=") if rest.startswith(("aria-", "placeholder=", "title=", "alt=")) else ("", "", rest)
        )
        if lang == "fa":
            words = [word for word in LATIN.findall(value) if word not in NAMED and value != "English"]
            words += LATIN_DIGIT.findall(value)
        else:
            words = [word for word in PERSIAN.findall(value) if word != "فارسی"]
        if words:
            wrong.append(f"{attribute or 'text'}: {text[:120]}")
    return list(dict.fromkeys(wrong))


def barriers(page: Page) -> list[str]:
    """What axe-core finds serious or critical."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))} {node['html'][:120]}"
        for rule in found
        if rule["impact"] in SERIOUS
        for node in rule["nodes"]
    ]
