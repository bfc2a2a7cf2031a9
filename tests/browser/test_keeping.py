"""Adding, taking away and going back in time, in a real browser over a store of its own."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from analysis.export.verify import verify
from analysis.store import Batch, Store, commit
from tests.browser.conftest import Open, opener, serve, settle
from tests.pages import sample

pytestmark = pytest.mark.browser

ADDED = """سخنگوی وزارت خارجه ایران گفت: «ما تحریم‌های یک‌جانبه را محکوم می‌کنیم.»
وی افزود که گفت‌وگو با همسایگان ادامه دارد."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store of the invented tables."""
    opened = Store.open(tmp_path_factory.mktemp("store") / "s", create=True)
    return commit(opened, Batch(kind="add", tables=sample.build(), who="مینا"))


@pytest.fixture(scope="module")
def over_store(browser: Browser, store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    """Open a path of a dashboard over that store."""
    folder = tmp_path_factory.mktemp("dashboard")
    with serve(folder, Path(store.where)) as address, opener(browser, address) as run:
        yield run


def finished(page: Page) -> None:
    """Wait until a job's report is there."""
    expect(page.locator(".mv-head", has_text=re.compile("Finished|پایان یافت"))).to_be_visible(timeout=90_000)
    settle(page)


def test_paste_see_go_back_and_take_away(over_store: Open, store: Store, tmp_path: Path) -> None:
    page = over_store("/add?lang=fa&way=paste")
    page.get_by_role("textbox", name="متن یک خبر").fill(ADDED)
    page.get_by_role("textbox", name="عنوان").fill("نشست <b>خبری</b>")
    page.get_by_role("button", name="افزودن", exact=True).click()
    finished(page)
    expect(page.locator(".mv-sentence", has_text="۱ افزوده")).to_be_visible()
    page.get_by_role("link", name=re.compile("دیدن آنچه افزوده شد")).click()
    settle(page)
    expect(page.locator(".mv-card")).to_have_count(1)
    expect(page.locator(".mv-card")).to_contain_text("نشست <b>خبری</b>")
    page.locator("[class*=st-key-card_a] a").click()
    settle(page)
    expect(page.locator(".mv-article", has_text="محکوم می‌کنیم").first).to_be_visible()

    page.get_by_role("link", name="نسخه‌ها").click()
    settle(page)
    page.locator("[class*=st-key-card_v_1] a").click()
    settle(page)
    expect(page.get_by_text("نسخهٔ ۱ از ۲ را می‌بینید.")).to_be_visible()
    assert "v=1" in page.url and "id=" not in page.url

    page.get_by_role("link", name="خروجی").click()
    settle(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="دریافت نسخهٔ همراه").click()
    download.value.save_as(tmp_path / "taken.zip")
    found = verify(tmp_path / "taken.zip", store.reload())
    assert not found.problems
