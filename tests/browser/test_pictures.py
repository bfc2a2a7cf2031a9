"""What the browser does by itself: pictures of charts, the link, the keys."""

import re
import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from pages.ui.labels import Labels
from tests.browser.conftest import Open, settle

pytestmark = pytest.mark.browser


def saved(page: Page, form: str, folder: Path) -> Path:
    """The picture of the first chart."""
    with page.expect_download() as download:
        page.locator(f".mv-take [data-form={form}]").first.click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


@pytest.mark.parametrize(("lang", "scheme"), [("fa", "light"), ("en", "dark")])
def test_pictures_carry_title_question_and_source(open_page: Open, tmp_path: Path, lang: str, scheme: str) -> None:
    labels = Labels(lang)
    page = open_page(f"/positions?lang={lang}&ministers=1", scheme=scheme)
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    drawing = saved(page, "svg", tmp_path)
    assert re.fullmatch(r"mavaze-positions-matrix-\d{4}-\d\d-\d\d\.svg", drawing.name)
    root = ElementTree.parse(drawing).getroot()
    texts = ["".join(node.itertext()) for node in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts[0] == labels("chart.positions.matrix")
    assert page.locator(".mv-sentence").inner_text() in texts
    assert labels("positions.legend_for") in " ".join(texts)  # The legend stands beside the chart on the page.
    assert labels("app.name") in texts[-1] and labels("chart.has_demo") in texts[-1]
    assert any("Nikravesh" in text or "نیک‌روش" in text for text in texts)
    content = drawing.read_text(encoding="utf-8")
    assert "data:font/woff2" in content
    assert not re.search(r'(href|src)="?(?!data:|#)|url\((?!"?data:|"?#|&quot;#)', content)
    ground = root.find("{http://www.w3.org/2000/svg}rect")
    assert ground is not None and ground.get("fill") == {"light": "#ffffff", "dark": "#10161d"}[scheme]
    picture = saved(page, "png", tmp_path).read_bytes()
    assert picture.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", picture[16:24])
    assert (width, height) == (2 * int(root.get("width", "0")), 2 * int(root.get("height", "0")))
    assert 1200 < width < 4000 and 400 < height < 4000 and len(picture) > 20_000


def test_the_link_that_is_copied_shows_the_same(open_page: Open) -> None:
    page = open_page("/topics?lang=en&topic=sanctions&pick=sanctions")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_text("Link copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_keys_reach_everything(open_page: Open) -> None:
    page = open_page("/statements?lang=en&topic=sanctions")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    _pressed(page, "F9", "All statements.")
    _pressed(page, "F8", "All statements about Sanctions.")
    _pressed(page, "Enter", "All statements.", on="Topic: Sanctions")


def _pressed(page: Page, key: str, sentence: str, on: str = "") -> None:
    """Press a key, on a button or anywhere, until it has its effect: a key that comes while a page is drawn is lost."""
    for _ in range(4):
        if on:
            page.get_by_role("button", name=on).focus()
        page.keyboard.press(key)
        try:
            expect(page.locator(".mv-sentence")).to_have_text(sentence, timeout=5000)
        except AssertionError:
            continue
        settle(page)
        return
    expect(page.locator(".mv-sentence")).to_have_text(sentence)
