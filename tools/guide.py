"""The guide's pictures, taken from a running dashboard, and its part on how measures are computed.

    python -m analysis add seeds/demo --people seeds/demo --collection demo --store DEMO
    MAVAZE_STORE=DEMO python -m streamlit run dashboard.py --server.port 8501
    python tools/guide.py http://127.0.0.1:8501

Without an address only the words are written. The pictures show the demonstration, as no real person belongs into a
manual; README.md shows some of them.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import textwrap
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from analysis.config import ROOT
from analysis.text.words import LANGS, Lang
from pages.ui import explained
from pages.ui.labels import Labels

DOCS = ROOT / "docs"
BEGIN, END = re.compile(r"<!-- charts: .*? -->\n"), "<!-- end of charts -->"
WHO, OTHER = "demo:azarpira-masoud", "demo:kiandust-farhad"
PICTURES = {
    "overview": ("", ""),
    "topics": ("topics", ""),
    "countries": ("countries?view=network", ""),
    "statements": (f"statements?speaker={WHO}&topic=sanctions", ""),
    "positions": (f"positions?who={WHO}&target=topic:sanctions", ".st-key-mv_selection_who_target"),
    "speaker": (f"speaker?who={WHO}", "[class*=st-key-mv_chart_speaker_positions]"),
    "comparison": (f"comparison?by=speaker&ids={WHO}~{OTHER}", "[class*=st-key-mv_chart_compare_differences]"),
    "agreement": ("agreement", "[class*=st-key-mv_chart_agreement_network]"),
    "review": ("review", ""),
    "quality": ("quality", ""),
    "brief": ("brief", ""),
}
"""Name of a picture to the address that it shows, and what of the page is scrolled to."""
SIZE = {"width": 1280, "height": 860}


def words(lang: Lang) -> str:
    """The part on how each measure is computed, as Markdown."""
    labels = Labels(lang)
    parts = []
    for name, one in explained.charts(lang).items():
        said = [one.read, one.how, *([f"{labels('explained.source')}: {one.source}."] if one.source else [])]
        parts.append(
            f"### {labels(f'chart.{name}')}\n\n" + "\n\n".join(textwrap.fill(text, 118) for text in said) + "\n"
        )
    return "\n" + "\n".join(parts) + "\n"


def written(lang: Lang, guide: str) -> str:
    """A guide with that part in its place."""
    begin = BEGIN.search(guide)
    if begin is None:
        raise SystemExit(f"docs/guide.{lang}.md: the line «<!-- charts: … -->» is gone. Put it back.")
    return guide[: begin.end()] + words(lang) + guide[guide.index(END) :]


def pictures(browser: Browser, address: str, folder: Path) -> None:
    """Open each address in both languages and keep what is seen."""
    for name, (path, target) in PICTURES.items():
        for lang in LANGS:
            page = browser.new_page(viewport=SIZE, color_scheme="light")  # type: ignore[arg-type]
            page.goto(f"{address}/{path}{'&' if '?' in path else '?'}lang={lang}", timeout=120_000)
            page.wait_for_selector(".mv-title, .mv-empty", timeout=120_000)
            page.wait_for_function("!document.querySelector('[data-test-script-state=running]')")
            page.wait_for_timeout(4000)  # fonts and charts
            if target:
                page.locator(target).first.evaluate("part => part.scrollIntoView({block: 'start'})")
                page.wait_for_timeout(1000)
            page.screenshot(path=folder / f"{name}.{lang}.png")
            page.close()


def main() -> None:
    """Write the words, and take the pictures where an address is given."""
    for lang in LANGS:
        guide = DOCS / f"guide.{lang}.md"
        guide.write_text(written(lang, guide.read_text(encoding="utf-8")), encoding="utf-8")
    if len(sys.argv) < 2:
        return
    folder = DOCS / "img" / "guide"
    folder.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("MAVAZE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=options)
        pictures(browser, sys.argv[1].rstrip("/"), folder)
        browser.close()


if __name__ == "__main__":
    main()
