"""Two speakers next to each other: choose them, read where they differ, open the sentences behind it."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, settle
from tests.pages import sample
from tests.reference.asked import Asked
from tests.reference.comparison import differences
from tests.reference.world import World

pytestmark = pytest.mark.browser
MINE, THEIRS = "demo:nikravesh-bahram", "demo:orlov-pavel"


def choose(page: Page, name: str) -> None:
    """Choose somebody in the field above the page, with the keyboard."""
    field = page.locator(".st-key-w_ids input")
    field.fill(name)
    field.press("Enter")
    settle(page)


def test_two_speakers_are_compared_down_to_their_sentences(open_page: Open) -> None:
    page = open_page("/comparison?lang=en")
    expect(page.locator(".mv-empty")).to_contain_text("Choose at least two")
    choose(page, "Bahram")
    expect(page.locator(".mv-trouble")).to_contain_text("One alone cannot be compared")
    choose(page, "Pavel")
    expect(page.locator(".mv-sides li")).to_have_count(2)
    expect(page.locator(".mv-note", has_text="Bahram Nikravesh speaks more than Pavel Orlov of").first).to_be_visible()
    page.locator(".st-key-chart_compare_differences .points path").first.click(force=True)
    expect(page).to_have_url(re.compile("pick="))
    settle(page)
    topic = parse_qs(urlsplit(page.url).query)["pick"][0]
    rows = differences(Asked(World.of(sample.build()), {"ids": f"{MINE}~{THEIRS}"}))
    row = next(row for row in rows if row["topic"] == topic and row["verdict"] != "thin")
    counts = {row["more"]: row["n"], row["less"]: row["n_less"]}
    for place, side in (("l", row["more"]), ("r", row["less"])):
        column = page.locator(f".st-key-mv_selection_p_{place}")
        expect(column.locator(".mv-note").first).to_contain_text(f"{counts[side]} statements")
    expect(page.locator(".mv-card").first).to_be_visible()
