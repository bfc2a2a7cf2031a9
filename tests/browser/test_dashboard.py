"""The dashboard in a real browser: the ways that readers take."""

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Open, serve, settle

pytestmark = pytest.mark.browser


def cards(page: Page):
    return page.locator(".mv-card")


def test_minister_to_chart_to_sentence_to_article_and_back(open_page: Open) -> None:
    page = open_page("/?lang=en")
    page.get_by_text("Ministers only", exact=True).click()
    expect(page.locator(".mv-sentence")).to_have_text("Statements by ministers.")
    page.get_by_role("link", name="Topics", exact=True).click()
    expect(page.locator("h1")).to_have_text("Topics")
    settle(page)
    expect(page.locator(".mv-sentence")).to_have_text("Statements by ministers.")
    page.locator(".st-key-chart_topics_frequency .bars path").nth(1).click(force=True)
    expect(page).to_have_url(re.compile("pick="))
    settle(page)
    link = page.get_by_role("link", name=re.compile("Read in the article")).first
    words = cards(page).first.locator("p").inner_text().replace("▲ ", "").replace("▼ ", "")
    link.click()
    page.wait_for_selector(".mv-article .here")
    settle(page)
    expect(page).to_have_url(re.compile("/article.*ministers=1"))
    assert words[:12] in page.locator("#mv-text").inner_text().replace("▲", "").replace("▼", "")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Topics")
    settle(page)
    expect(page).to_have_url(re.compile("/topics.*ministers=1.*pick="))
    expect(page.locator(".mv-sentence")).to_have_text("Statements by ministers.")
    assert cards(page).count() == 10


def test_back_undoes_a_filter(open_page: Open) -> None:
    page = open_page("/statements?lang=en")
    page.get_by_text("Ministers only", exact=True).click()
    expect(page.locator(".mv-sentence")).to_have_text("Statements by ministers.")
    settle(page)
    page.go_back()
    expect(page.locator(".mv-sentence")).to_have_text("All statements.")
    expect(page).not_to_have_url(re.compile("ministers"))


def test_a_click_on_a_square_opens_its_sentences(open_page: Open) -> None:
    page = open_page("/countries?lang=en")
    page.locator(".st-key-chart_countries_matrix .points path").first.click(force=True)
    expect(page).to_have_url(re.compile("a=country(:|%3A)IR&b=country(:|%3A)US"))
    settle(page)
    number = page.locator(".st-key-chart_countries_matrix .textpoint text").first.text_content() or ""
    head = page.locator('[class*="st-key-mv_selection_"]')
    expect(head).to_contain_text(f"{re.sub(r'[^0-9]', '', number)} statements")
    page.get_by_role("link", name="Positions", exact=True).click()
    expect(page.locator("h1")).to_have_text("Positions")
    settle(page)
    page.locator(".st-key-chart_positions_matrix .points path").first.click(force=True)
    page.wait_for_selector("mark")
    settle(page)
    expect(page.get_by_text("Rule: sample").first).to_be_visible()


def test_the_map_and_the_network_ask_nobody_else_and_open_what_is_clicked(open_page: Open) -> None:
    page = open_page("/countries?lang=en&view=map&scope=west_asia&least=1")
    states = page.locator(".st-key-chart_countries_map .choroplethlocation")
    states.first.wait_for(state="attached")
    states.first.click(force=True)  # the one that is named most
    expect(page).to_have_url(re.compile("a=country(:|%3A)IR"))
    settle(page)
    page.get_by_text("Network", exact=True).click()
    settle(page)
    page.locator(".st-key-chart_countries_network svg text", has_text="Oman").first.click(force=True)
    expect(page).to_have_url(re.compile("a=country(:|%3A)OM"))


def test_language_switch_keeps_the_view(open_page: Open) -> None:
    page = open_page("/topics?lang=fa&topic=sanctions&pick=sanctions")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    settle(page)
    expect(page.locator(".mv-sentence")).to_have_text("All statements about Sanctions.")
    expect(page).to_have_url(re.compile("lang=en&?.*pick=sanctions"))
    page.get_by_role("link", name="فارسی").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")


def test_a_shared_link_shows_the_same_view(open_page: Open) -> None:
    first = open_page("/positions?lang=en&topic=sanctions&ministers=1&who=demo:nikravesh-bahram&target=topic:sanctions")
    second = open_page(first.url[len(first.url.split("/positions")[0]) :])
    assert first.locator(".mv-sentence").inner_text() == second.locator(".mv-sentence").inner_text()
    assert cards(first).all_inner_texts() == cards(second).all_inner_texts()


def test_a_deep_link_is_the_first_visit_to_a_fresh_server(browser: Browser, tmp_path: Path) -> None:
    with serve(tmp_path) as address, browser.new_context() as context:
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(f"{address}/article?id=a001&lang=fa&ministers=1")
        settle(page)
        assert cards(page).count() > 0
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page).to_have_url(re.compile("/article.*ministers=1"))


def test_hiding_the_demonstration(open_page: Open) -> None:
    page = open_page("/?lang=fa")
    expect(page.locator(".mv-warn")).to_contain_text("مجموعهٔ نمایشی (ساختگی)")
    page.get_by_role("button", name="پنهان‌کردن مجموعهٔ نمایشی").click()
    expect(page.locator(".mv-warn")).to_have_count(0)
    page.get_by_role("link", name="کشورها", exact=True).click()
    expect(page.locator("h1")).to_have_text("کشورها")
    settle(page)
    expect(page.locator(".mv-warn")).to_have_count(0)
    expect(page).to_have_url(re.compile("collection=press"))


def test_pages_of_a_list(open_page: Open) -> None:
    page = open_page("/statements?lang=en")
    before = cards(page).first.inner_text()
    page.locator('[class*="st-key-pager_s"] button').last.click()
    expect(page).to_have_url(re.compile("p_s=2"))
    settle(page)
    expect(page.get_by_text("11 to 20 of")).to_be_visible()
    assert cards(page).first.inner_text() != before


def test_csv_is_what_is_in_view(open_page: Open, tmp_path: Path) -> None:
    page = open_page("/statements?lang=en&topic=detainees")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    download.value.save_as(tmp_path / "view.csv")
    data = (tmp_path / "view.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert f"of {len(rows)} " in page.locator('[class*="st-key-pager_s"]').inner_text() + " "
    assert all("detainees" in row["topics"] for row in rows)
    assert rows[0]["speaker"] == "یک منبع آگاه"
