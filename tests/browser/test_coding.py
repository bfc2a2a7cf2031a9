"""Two people code five sentences blind, in a real browser over a store of its own, and read how far they agree."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from analysis.store import Batch, Store, commit
from tests.browser.conftest import opener, serve, settle
from tests.pages import sample

pytestmark = pytest.mark.browser


def test_two_people_code_five_statements_and_read_alpha(browser: Browser, tmp_path: Path) -> None:
    store = Store.open(tmp_path / "s", create=True)
    commit(store, Batch(kind="add", tables=sample.build(6), who="مینا"))
    with serve(tmp_path, tmp_path / "s") as address, opener(browser, address) as run:
        page = run("/coding?lang=fa&coder=مینا")
        page.locator(".st-key-coding_size input").fill("5")
        page.keyboard.press("Tab")
        settle(page)
        page.get_by_role("radio", name="۰٪", exact=True).click()
        settle(page)
        page.get_by_role("button", name="نمونه بگیر").click()
        settle(page)
        key = re.search(r"sample=(\w+)", page.url)
        assert key
        # Nothing of the program's codes is on the sheet.
        assert not page.locator(".mv-chip, .mv-card").count()
        _code(page, no=1)
        expect(page.get_by_text("همهٔ جمله‌ها را کدگذاری کرده‌اید")).to_be_visible()

        page = run(f"/coding?lang=fa&coder=نادر&sample={key[1]}")
        _code(page, no=2)
        page.get_by_role("radio", name="نتیجه").click()
        settle(page)
        # Mina: no, yes ×4; Nader: no, no, yes ×3. One of five differs; 1 - 9 * 1 / (3 * 7) = 0.571.
        expect(page.locator(".mv-alpha")).to_contain_text("آلفا ۰٫۵۷")
        expect(page.locator(".mv-alpha")).to_contain_text("۵ واحد")
        expect(page.locator("[class*=st-key-card_item]")).to_have_count(1)
        expect(page.locator("[class*=st-key-card_item] th").filter(has_text="مینا")).to_be_visible()
        page.get_by_role("link", name="تعیین تکلیف در متن خبر").click()
        settle(page)
        expect(page.locator(".mv-article").first).to_be_visible()
    assert (store.reload().frame("corrections")["field"] == "coding").sum() == 10


def _code(page: Page, no: int) -> None:
    """Code five sentences with the keyboard: the first ones are no statements, the others are."""
    for number in range(5):
        if number >= no:
            page.get_by_role("radio", name="آری").click()
            settle(page)
        done = page.get_by_text(f"{'۱۲۳۴۵'[number]} از ۵ جمله را کدگذاری کرده‌اید")
        for _ in range(5):  # A key that comes while the page is drawn is pressed again.
            page.keyboard.press("Alt+n" if number < no else "Alt+k")
            settle(page)
            if done.is_visible():
                break
        expect(done).to_be_visible()
