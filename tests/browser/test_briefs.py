"""Making a brief and opening it: the preview runs nothing, the file is whole, two pages hold it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open, settle
from tests.pages.sample import LINES, parse

pytestmark = pytest.mark.browser


def test_make_a_brief_open_it_and_print_it(open_page: Open, tmp_path: Path) -> None:
    page = open_page("/brief?lang=fa&topic=sanctions")
    preview = page.frame_locator("iframe")
    expect(preview.locator("blockquote").first).to_be_visible()
    page.get_by_role("textbox", name="پرسشی که گزارش پاسخ می‌دهد").fill("تحریم‌ها تا کی؟")
    page.keyboard.press("Enter")
    settle(page)
    expect(preview.locator(".question")).to_contain_text("تحریم‌ها تا کی؟")
    with page.expect_download() as download:
        page.get_by_role("button", name="HTML").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert re.fullmatch(r"mavaze-brief-\d{4}-\d\d-\d\d\.html", file.name)

    opened, asked = page.context.new_page(), []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(file.as_uri())
    words = {parse(marked)[0] for _, _, marked in LINES}
    quotes = [text.rpartition(" [")[0] for text in opened.locator("blockquote").all_inner_texts()]
    assert quotes and set(quotes) <= words
    expect(opened.locator("figure svg").first).to_be_visible()
    assert opened.evaluate("document.fonts.check('12px Vazirmatn', 'تحریم')")
    assert all(url.startswith(("file:", "data:")) for url in asked)
    printed = opened.pdf(prefer_css_page_size=True)
    assert 1 <= len(re.findall(rb"/Type\s*/Page[^s]", printed)) <= 2
    opened.close()
