"""Pictures of the running dashboard, for the README.

Usage: python tools/screenshots.py http://127.0.0.1:8501 docs/img
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURES = {
    "overview.fa": "/",
    "topics.en": "/topics?lang=en",
    "countries.en": "/countries?lang=en",
    "positions.fa": "/positions",
    "article.fa": "/article?id=seed-000&collection=first",
}
"""Name of a picture to the address that shows it."""
SIZE = {"width": 1400, "height": 1000}


def main() -> None:
    """Open each address and keep what is seen."""
    address, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("MAVAZE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        for name, path in PICTURES.items():
            page = browser.new_page(viewport=SIZE, color_scheme="light")
            page.goto(address + path)
            page.get_by_test_id("stAppViewContainer").wait_for()
            page.wait_for_function("!document.querySelector('[data-test-script-state=running]')")
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(8000)  # fonts and charts
            page.screenshot(path=folder / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
