"""What was measured lies in one file, and the documents say the same; what it means for codes in view is worked out."""

import re

import numpy as np
import pandas as pd
import pytest

from analysis.config import ROOT
from analysis.export import readme
from analysis.measure import completeness, measured

NAMES = {"topics, macro": "topics macro"}


def told() -> list[tuple[str, str, list[str]]]:
    """Set, measure and the numbers that docs/quality.md gives: the figure, its interval and n."""
    rows, columns = [], {}
    for line in (ROOT / "docs" / "quality.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if "set aside" in cells:
            columns = {"aside": cells.index("set aside"), "further": cells.index("further")}
        elif columns and len(cells) > max(columns.values()) and re.match(r"0\.\d{3}", cells[1]):
            name = NAMES.get(cells[0], cells[0])
            rows += [(key, name, re.findall(r"\d\.\d{3}|\d+", cells[place])) for key, place in columns.items()]
        elif columns and not line.startswith("|"):
            break
    return [row for row in rows if row[2]]


def test_the_documents_say_what_was_measured() -> None:
    found = measured.load()
    assert found is not None
    figures = {(row.set, row.code): row for row in found.figures.itertuples() if row.part == "task"}
    rows = told()
    assert len(rows) == 21
    for chosen, name, numbers in rows:
        row = figures[chosen, name]
        assert [f"{row.f1:.3f}", f"{row.low:.3f}", f"{row.high:.3f}", f"{row.n:.0f}"] == numbers[:4], (chosen, name)
    aside = {name: figures["aside", name].f1 for name in ("detection", "attribution", "topics", "position")}
    assert list(readme.figures().values()) == [f"{value:.3f}" for value in aside.values()]


def test_what_confidences_mean_for_codes_in_view() -> None:
    """3 codes of a bin in which 0.5 was right, 1 of one with 0.9, 6 of one that nobody judged: (3·0.5 + 0.9) / 4."""
    bins = pd.DataFrame({"n": [3, 1, 6], "right": [0.5, 0.9, np.nan]})
    assert measured.expected(bins) == (pytest.approx(0.6), 4)
    assert np.isnan(measured.expected(bins.iloc[2:])[0])


def test_a_confidence_stays_in_the_bin_that_it_names() -> None:
    sure = np.array([0.7, 0.69999, 0.8, 0.0, 1.0], dtype="float32")
    assert measured.bin_of(sure).tolist() == [7, 7, 8, 0, 9]


def test_sentences_of_drawn_articles_have_an_interval() -> None:
    counts = pd.DataFrame({"sentences": [4, 6, 10], "found": [4, 3, 3]})
    whole, part = completeness.sentences(counts, 3), completeness.sentences(counts, 100)
    assert whole["share"] == part["share"] == 0.5 and np.isnan(whole["low"])
    assert 0.3 <= part["low"] < 0.5 < part["high"] <= 1
