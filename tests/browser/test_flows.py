"""What readers do with a view: take a chart along, keep the view, search, go back, and all of it from the keyboard."""

import re
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, settle
from tests.pages import sample
from tests.reference.asked import Asked
from tests.reference.topics import counts
from tests.reference.world import World

pytestmark = pytest.mark.browser


def test_the_csv_of_a_chart_holds_its_numbers(open_page: Open, tmp_path: Path) -> None:
    page = open_page("/topics?lang=en&ministers=1")
    with page.expect_download() as download:
        page.locator(".st-key-csv_topics_frequency button").first.click()
    assert re.fullmatch(r"[\w.-]+\.csv", download.value.suggested_filename)
    download.value.save_as(tmp_path / "chart.csv")
    found = pd.read_csv(tmp_path / "chart.csv", encoding="utf-8-sig")
    expected = counts(Asked(World.of(sample.build()), {"ministers": "1"}))
    assert found["Topic"].tolist()[:1] == ["Bilateral ties"]
    assert found.select_dtypes("int64").iloc[:, 0].tolist() == [row["n"] for row in expected]


def test_a_view_is_saved_and_opened_again(open_page: Open) -> None:
    page = open_page("/topics?lang=en&topic=sanctions&pick=sanctions")
    page.locator(".st-key-mv_views_panel summary").click()
    page.get_by_role("textbox", name="Save what you see as").fill("Sanctions <b>desk</b> [x](y)")
    page.get_by_role("button", name="Save", exact=True).click()
    link = page.locator(".st-key-mv_views").get_by_role("link", name="Sanctions <b>desk</b> [x](y)")
    expect(link).to_be_visible()
    settle(page)
    page.get_by_role("link", name="Overview", exact=True).click()
    expect(page.locator("h1")).to_have_text("Overview")
    page.goto(page.url.split("?")[0])
    settle(page)
    page.locator(".st-key-mv_views_panel summary").click()
    link.click()
    expect(page).to_have_url(re.compile("/topics.*topic=sanctions.*pick=sanctions"))
    settle(page)
    expect(page.locator(".mv-card").first).to_be_visible()


@pytest.mark.parametrize("words", ["نیک‌روش", "نیک روش", "نيكروش"])
def test_a_name_is_found_in_every_spelling(open_page: Open, words: str) -> None:
    page = open_page("/statements?lang=fa")
    page.locator(".st-key-mv_search input").fill(words)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("words="))
    settle(page)
    expect(page.locator(".mv-card mark, .mv-card .hit").first).to_be_visible()
    rows = World.of(sample.build()).statements
    wanted = [row for row in rows if "نیک‌روش" in row["text"] and row["form"] != "headline" and not row["repeats"]]
    shown = page.locator('[class*="st-key-pager_"]').first.inner_text()
    assert str(len(wanted)).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")) in shown


def test_undo_and_clear(open_page: Open) -> None:
    page = open_page("/topics?lang=en")
    sentence = page.locator(".mv-sentence")
    page.get_by_text("Ministers only", exact=True).click()
    expect(sentence).to_have_text("Statements by ministers.")
    settle(page)
    page.get_by_text("Only the sure ones", exact=True).click()
    expect(sentence).to_contain_text("80%")
    settle(page)
    page.locator(".st-key-w_undo button").first.click()
    expect(sentence).to_have_text("Statements by ministers.")
    settle(page)
    page.locator(".st-key-w_reset button").first.click()
    expect(sentence).to_have_text("All statements.")
    expect(page).not_to_have_url(re.compile("ministers|sure"))


def test_everything_can_be_reached_from_the_keyboard(open_page: Open) -> None:
    page = open_page("/topics?lang=en")
    tab_to(
        page,
        "e => e.getAttribute('aria-label') === 'Ministers only' || e.labels?.[0]?.innerText.includes('Ministers only')",
    )
    page.keyboard.press("Space")
    expect(page.locator(".mv-sentence")).to_have_text("Statements by ministers.")
    settle(page)
    tab_to(page, "e => !!e.closest('.st-key-pick_pick') && e.tagName === 'INPUT'")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("pick="))
    settle(page)
    tab_to(page, "e => e.tagName === 'A' && e.innerText.includes('Read in the article')")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/article.*ministers=1"))
    settle(page)
    expect(page.locator(".mv-article .here").first).to_be_visible()


def tab_to(page: Page, wanted: str, most: int = 150) -> None:
    """Press Tab until what has the focus is what is wanted, a function of the element."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(f"({wanted})(document.activeElement)"):
            return
    pytest.fail(f"{most} times Tab did not reach {wanted}")
