"""The tables that are kept for the first view."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis import schema
from analysis.export import prepared
from analysis.read import seeds
from analysis.schema import Tables


@pytest.fixture
def one_article(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stand in for the extraction of the seeds, and count its runs."""
    runs: list[str] = []

    def load() -> Tables:
        runs.append("run")
        article = {"article_id": "a", "text": "متن", "published_precision": "none"}
        return Tables(articles=schema.ARTICLES.frame([article]))

    monkeypatch.setattr(seeds, "load", load)
    return runs


def test_kept_tables_are_read_back_as_they_were(tmp_path: Path, one_article: list[str]) -> None:
    prepared.prepare(tmp_path)
    prepared.prepare(tmp_path)
    tables = prepared.load(tmp_path)
    schema.check(tables)
    assert tables.articles.loc[0, "text"] == "متن"
    assert len(one_article) == 1


def test_without_kept_tables_the_seeds_are_extracted(tmp_path: Path, one_article: list[str]) -> None:
    assert prepared.load(tmp_path).articles.loc[0, "article_id"] == "a"
    assert len(one_article) == 1


def test_tables_of_other_words_or_code_are_not_used_and_go_away(
    tmp_path: Path, one_article: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    old = prepared.prepare(tmp_path)
    monkeypatch.setattr(prepared, "fingerprint", lambda: "other")
    prepared.load(tmp_path)
    assert len(one_article) == 2
    prepared.prepare(tmp_path)
    assert not old.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["seeds-other"]
