"""From a label to how it came about, to its sentences, to the article, and to who said them."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open, settle

pytestmark = pytest.mark.browser


def test_a_label_is_followed_to_its_sentences_and_to_the_article(open_page: Open) -> None:
    page = open_page("/positions?lang=en&ministers=1")
    page.locator(".st-key-chart_positions_matrix .points path").first.click(force=True)
    expect(page).to_have_url(re.compile("who=.*target="))
    settle(page)
    steps = page.locator(".mv-steps li")
    counts = [int(number) for number in re.findall(r"\d+", steps.first.inner_text())]
    n, _, *stances = counts
    assert n == sum(stances) > 0
    expect(steps.nth(1)).to_contain_text(f"÷ {n} =")
    expect(page.locator(".mv-card mark").first).to_be_visible()
    page.get_by_role("link", name=re.compile("Read in the article")).first.click()
    page.wait_for_selector(".mv-article .here .stance, .mv-article .stance .here, .mv-article .stance")
    settle(page)
    expect(page).to_have_url(re.compile("/article.*ministers=1"))
    page.go_back()
    expect(page.locator("h1")).to_have_text("Positions")
    settle(page)
    name = page.locator(".st-key-chart_positions_matrix .ytick a").first
    words = name.text_content() or ""
    name.click(force=True)  # What lies in a drawing is never "uncovered" to Playwright.
    expect(page.locator("h1")).to_have_text("Speaker")
    settle(page)
    expect(page).to_have_url(re.compile("/speaker.*ministers=1.*who="))
    expect(page.locator("h2").first).to_have_text(re.sub("[\u2066-\u2069]", "", words))
