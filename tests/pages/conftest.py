"""Pages in Streamlit's own tester, on invented tables."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from analysis.config import ROOT
from tests.pages import sample

PAGES = {
    "overview": "pages/explore/overview.py",
    "topics": "pages/explore/topics.py",
    "countries": "pages/explore/countries.py",
    "positions": "pages/compare/positions.py",
    "speaker": "pages/compare/speaker.py",
    "comparison": "pages/compare/comparison.py",
    "agreement": "pages/compare/agreement.py",
    "statements": "pages/read/statements.py",
    "article": "pages/read/article.py",
    "review": "pages/manage/review.py",
    "coding": "pages/manage/coding.py",
    "quality": "pages/manage/quality.py",
    "brief": "pages/manage/brief.py",
    "add": "pages/manage/add.py",
    "export": "pages/manage/export.py",
    "history": "pages/manage/history.py",
}
Open = Callable[..., AppTest]


@pytest.fixture(scope="session", autouse=True)
def _no_components() -> Iterator[None]:
    """The tester looks through all installed packages for components of Streamlit, for each page anew; there are none."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", list)
        yield


def opened(name: str, **query: str) -> AppTest:
    """A page by name, with URL parameters (`start` for `from`), after its first run."""
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    for key, value in query.items():
        app.query_params["from" if key == "start" else key] = value
    if name != "overview":
        app.switch_page(PAGES[name])
    return app.run()


@pytest.fixture(scope="session")
def tables_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented tables as a folder of CSV files."""
    return sample.write(sample.build(), tmp_path_factory.mktemp("tables"))


@pytest.fixture
def open_page(tables_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Open a page by name, with URL parameters; `folder` are other tables than the invented ones."""

    def run(name: str, folder: Path = tables_folder, **query: str) -> AppTest:
        monkeypatch.setenv("MAVAZE_TABLES", str(folder))
        st.cache_resource.clear()
        return opened(name, **query)

    yield run
    st.cache_resource.clear()
