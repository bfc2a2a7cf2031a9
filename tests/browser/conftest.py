"""A dashboard of our own for each test process, on invented tables."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from analysis.config import ROOT
from tests.pages import sample

Open = Callable[..., Page]
expect.set_options(timeout=20_000)  # A machine may be busy with other things as well.


@contextmanager
def serve(folder: Path, store: Path | None = None) -> Iterator[str]:
    """Run a dashboard and give its address; it is ended by its process id.

    Args:
        folder: for its log, and for the invented tables that it shows.
        store: shows this store instead.
    """
    environment = {key: value for key, value in os.environ.items() if not key.startswith("MAVAZE_")}
    if store:
        environment["MAVAZE_STORE"] = str(store)
    else:
        environment["MAVAZE_TABLES"] = str(sample.write(sample.build(), folder / "tables"))
    environment["MAVAZE_VIEWS"] = str(folder / "views.csv")
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    with (folder / "log").open("wb") as log:
        running = subprocess.Popen(
            [*command, "--server.headless", "true", "--server.fileWatcherType", "none"],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait(f"http://127.0.0.1:{port}/_stcore/health", running)
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(timeout=20)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard that all tests of this process share."""
    with serve(tmp_path_factory.mktemp("dashboard")) as running:
        yield running


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """Open a path of the dashboard in a clean browser. A request to another host, or a page's error, fails the test."""
    with opener(browser, address) as run:
        yield run


@contextmanager
def opener(browser: Browser, address: str) -> Iterator[Open]:
    """What `open_page` does, for a dashboard of one's own."""
    contexts, wrong = [], []

    def run(path: str, width: int = 1400, scheme: str = "light") -> Page:
        context = browser.new_context(viewport={"width": width, "height": 1000}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("request", lambda request: None if _ours(request.url, address) else wrong.append(request.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(address + path)
        settle(page)
        return page

    yield run
    for context in contexts:
        context.close()
    assert not wrong


def settle(page: Page) -> None:
    """Wait until the run that the last action started is over and its page is drawn."""
    page.wait_for_selector(".mv-title, .mv-empty")
    page.wait_for_timeout(150)
    app = '[data-testid="stApp"]'
    page.wait_for_function(f"document.querySelector('{app}')?.dataset.testScriptState === 'notRunning'")
    page.wait_for_timeout(250)
    assert page.locator('[data-testid="stException"]').count() == 0


def _ours(url: str, address: str) -> bool:
    return url.startswith((address, address.replace("http", "ws"), "data:", "blob:"))


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(url: str, running: subprocess.Popen) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and running.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the dashboard did not start")
