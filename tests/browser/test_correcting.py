"""Correcting in a real browser, over a store of its own: a stance, a missed statement, and what a refresh leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from analysis.store import Store
from analysis.store.refresh import refresh
from tests.browser.conftest import Open, opener, serve, settle
from tests.store.adding import WORDS, item, keep

pytestmark = pytest.mark.browser

TEXT = """🔹 فرهاد کیان‌دوست، وزیر امور خارجه ایران، گفت: «ما با تحریم‌های یک‌جانبه مخالفیم.»
🔹 𐎠 هوا در آن روز آفتابی بود و کار نشست تا شب کشید."""
MISSED = "هوا در آن روز آفتابی بود"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store of one text with letters beyond the basic plane."""
    opened = Store.open(tmp_path_factory.mktemp("store") / "s", create=True)
    keep(opened, [item(TEXT, article_id="d1", title="نشست خبری")])
    return opened.reload()


@pytest.fixture(scope="module")
def over_store(browser: Browser, store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    """Open a path of a dashboard over that store."""
    folder = tmp_path_factory.mktemp("dashboard")
    with serve(folder, Path(store.where)) as address, opener(browser, address) as run:
        yield run


def kept(page: Page) -> None:
    """Keep, and wait until it is said to be kept."""
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.locator(".mv-done")).to_contain_text("Kept in the name of")
    settle(page)


def select(page: Page, words: str) -> None:
    """Drag the mouse over words of the article."""
    page.wait_for_selector("html[data-mv-selecting]", state="attached")
    ends = page.evaluate(
        """words => {
            const walk = document.createTreeWalker(document.querySelector('#mv-text'), NodeFilter.SHOW_TEXT);
            while (walk.nextNode()) {
                const node = walk.currentNode, at = node.data.indexOf(words);
                if (at < 0) continue;
                node.parentElement.scrollIntoView({block: 'center'});
                const middle = place => {
                    const range = document.createRange();
                    range.setStart(node, place);
                    range.setEnd(node, place + 1);
                    const box = range.getBoundingClientRect();
                    return [box.x + box.width / 2, box.y + box.height / 2];
                };
                return [middle(at), middle(at + words.length - 1)];
            }
        }""",
        words,
    )
    page.mouse.move(*ends[0])
    page.mouse.down()
    for share in (0.3, 0.6, 1.0):  # Moves that come all at once select nothing.
        page.mouse.move(*(first + (last - first) * share for first, last in zip(*ends, strict=True)))
        page.wait_for_timeout(50)
    page.mouse.up()


def test_a_stance_is_corrected_charts_follow_and_a_refresh_leaves_it(over_store: Open, store: Store) -> None:
    statement = store.tables().statements.iloc[0]
    assert "مخالف" in statement["text"]
    way = f"?lang=en&id={statement['article_id']}&s={statement['statement_id']}&edit=correct"
    page = over_store(f"/article{way}")
    page.get_by_role("textbox", name="Your name").fill("مینا")
    page.get_by_role("textbox", name="Your name").press("Enter")
    settle(page)
    editor = page.locator(".st-key-mv_editor")
    sides = editor.get_by_role("radiogroup", name=re.compile("towards .?Sanctions"))
    sides.get_by_text("conditional or both ways").click()
    expect(editor.locator(".mv-changes")).to_contain_text("conditional or both ways in place of against")
    kept(page)
    expect(page.locator(".mv-chip.human")).to_contain_text("Corrected by مینا (self-declared)")

    page.get_by_role("link", name="Overview").click()
    settle(page)
    page.goto(re.sub(r"/[^/]*$", f"/review{way.partition('&')[0]}&part=log", page.url))
    settle(page)
    expect(page.locator(".mv-note", has_text="1 of 1 statements in view")).to_be_visible()
    expect(page.locator(".mv-said-change")).to_contain_text("conditional or both ways in place of against")

    refresh(Store.open(store.where), words=WORDS)
    now = Store.open(store.where).tables()
    assert list(now.positions["stance"]) == ["mixed"] and list(now.positions["coder"]) == ["مینا"]

    page.get_by_role("button", name="Take back", exact=True).click()
    expect(page.locator(".mv-done")).to_contain_text("Taken back")
    settle(page)
    expect(page.locator(".mv-note", has_text="0 of 1 statements in view")).to_be_visible()


def test_words_that_the_mouse_selects_become_a_statement(over_store: Open, store: Store) -> None:
    page = over_store(f"/article?lang=en&id={store.tables().articles['article_id'].iloc[0]}&edit=add")
    select(page, MISSED)
    expect(page.locator(".mv-quoted")).to_have_text(MISSED)
    start = TEXT.index(MISSED)
    assert f"at={start}-" in page.url
    page.get_by_role("textbox", name="Your name").fill("نگار")
    page.get_by_role("textbox", name="Your name").press("Enter")
    settle(page)
    kept(page)
    expect(page.locator(".mv-boxed.here")).to_contain_text(MISSED)
    added = Store.open(store.where).tables().statements.set_index("text").loc[MISSED]
    assert (added["start"], added["coder"]) == (start, "نگار")
