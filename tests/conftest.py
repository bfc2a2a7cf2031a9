"""Fixtures that every test may use. Tests that take `browser` are marked `browser`."""

import os
import secrets
import shutil
from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from analysis import config

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# The same examples in every run; MAVAZE_RANDOM=1 draws others, to look for what these do not find.
settings.register_profile("mavaze", derandomize=not os.environ.get("MAVAZE_RANDOM"), deadline=None)
settings.load_profile("mavaze")
# The browser's own calls home are off, so that a test that counts requests sees the page's only.
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]


@pytest.fixture(autouse=True)
def no_store(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test sees a store of the machine's own, and none leaves one, or what is made of one, beside the program."""
    monkeypatch.setenv("MAVAZE_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.delenv("MAVAZE_STORE", raising=False)
    monkeypatch.setattr(config, "STORE", tmp_path_factory.getbasetemp() / f"store-{secrets.token_hex(4)}")


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The system's Chromium or Chrome; `make test` installs one and names it in MAVAZE_CHROMIUM."""
    for name in (os.environ.get("MAVAZE_CHROMIUM"), *BROWSERS):
        path = shutil.which(name) if name else None
        if path:
            return path
    pytest.fail("no Chromium or Chrome found: `make test` installs one or says how")


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """A headless browser, one for a test process. Open `browser.new_context()` for a clean state."""
    # Chromium refuses its sandbox to root.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium_path, args=[*QUIET, *sandbox])
        yield running
        running.close()
