"""What others write is shown as text: on no page does it run, load, link or dress anything."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from analysis.store import Batch, Store, commit
from tests.browser.conftest import Open, opener, serve, settle
from tests.pages import hostile

pytestmark = pytest.mark.browser

WHO = f"who={quote(hostile.speaker(1))}&target=topic:sanctions"
PATHS = (
    "/?lang=fa",
    "/topics?lang=en&pick=sanctions",
    "/countries?lang=fa&a=IR&b=OM",
    f"/positions?lang=en&{WHO}",
    "/statements?lang=fa",
    "/statements?lang=en&p_s=2",
    "/statements?lang=en&view=articles",
    "/statements?lang=fa&view=speakers",
    "/article?lang=fa&id=n001",
    "/article?lang=en&id=n007",
    "/export?lang=fa",
    "/history?lang=en",
)
HARM = """() => [
    window.__pwned === undefined ? '' : 'a script ran',
    ...[...document.querySelectorAll('.pwned, [class*=pwned], iframe[srcdoc], [autofocus]')].map(e => e.outerHTML),
    ...[...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => a.name.startsWith('on')))
        .map(e => e.outerHTML),
    ...[...document.querySelectorAll('[href], [src]')].filter(e => {
        const to = e.getAttribute('href') || e.getAttribute('src') || '';
        return /^\\s*(javascript|vbscript|data:text)/i.test(to) || new URL(to, location).host === 'pwned.example';
    }).map(e => e.outerHTML),
    ...[...document.querySelectorAll('.katex, svg a:not([*|href^="speaker?"]), h1 h1, [style*="90px"]')].map(e => e.outerHTML),
    ...[...document.querySelectorAll('strong, em, del, code, b, tspan')]
        .filter(e => /^(pwned|pwnedbold|درشت)$/.test(e.textContent.trim())).map(e => e.outerHTML),
].filter(Boolean).map(text => text.slice(0, 300))"""
OVERRIDES = """() => {
    const walk = document.createTreeWalker(document.querySelector('.stApp'), NodeFilter.SHOW_TEXT), found = [];
    while (walk.nextNode()) if (/[\\u202a-\\u202e]/.test(walk.currentNode.data)) found.push(walk.currentNode.data);
    return found;
}"""
WIDE = """() => ['[data-testid=stMain]', '[data-testid=stSidebarContent]', 'html']
    .filter(name => { const e = document.querySelector(name); return e.scrollWidth > e.clientWidth + 1 })"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the hostile edition, whose batch has a hostile author and note as well."""
    store = Store.open(tmp_path_factory.mktemp("hostile") / "s", create=True)
    who, note = hostile.PAYLOADS[1], hostile.PAYLOADS[7]
    commit(store, Batch(kind="add", tables=hostile.build(), who=who, note=note, collection=hostile.PAYLOADS[3]))
    return Path(store.where)


@pytest.fixture(scope="module")
def over_hostile(browser: Browser, place: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    """Open a path of a dashboard over that store. A request to another host fails the test."""
    with serve(tmp_path_factory.mktemp("dashboard"), place) as address, opener(browser, address) as run:
        yield run


def test_no_page_does_what_the_texts_say(over_hostile: Open) -> None:
    page = over_hostile(PATHS[0])
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    wrong = {}
    for path in PATHS:
        page.goto(re.sub(r"(http://[^/]+).*", r"\1", page.url) + path)
        settle(page)
        hover(page)
        found = [*page.evaluate(HARM), *page.evaluate(OVERRIDES), *page.evaluate(WIDE), *dialogs]
        if found:
            wrong[path] = found
    assert not wrong


def hover(page: Page) -> None:
    """Move over the first marks of every chart, so that what they say of themselves is drawn."""
    for chart in page.locator(".js-plotly-plot").all():
        for mark in chart.locator(".point path, .points path, .choroplethlayer path").all()[:4]:
            if mark.is_visible():
                mark.hover(force=True, timeout=2_000)
