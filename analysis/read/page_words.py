"""What tells the furniture of a page from its article: `data/pages.csv` and the phrases of `lexicon/furniture.csv`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.config import DATA
from analysis.lexicon.tables import read_rows
from analysis.text.fold import fold_key

KINDS = ("box", "talk", "lead", "opens", "ends", "line", "shell", "consent", "error")
_REST = 30
"""Letters that may follow a phrase of page furniture; a longer line holds more than furniture."""
_ADDRESS = re.compile(r"(https?://|www\.)\S+")
_SIGNS = re.compile(r"[\W_]+")


def letters(text: str) -> str:
    """The folded letters and digits of a text and nothing else: how lines are compared."""
    return _SIGNS.sub("", fold_key(text)).lower()


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of classes and the phrases of lines, folded."""

    boxes: frozenset[str]
    """Words in the class or id of an element that is not the article."""
    talk: frozenset[str]
    """The same where readers wrote, who may write more than the article."""
    leads: frozenset[str]
    """Words in the class of a first paragraph that stands outside of the body."""
    opens: tuple[str, ...]
    """How a box of links to other articles begins."""
    behind: frozenset[str]
    """Headings behind which no article follows."""
    whole: frozenset[str]
    start: tuple[str, ...]
    parts: tuple[str, ...]
    shell: tuple[str, ...]
    consent: tuple[str, ...]
    error: tuple[str, ...]

    def opens_box(self, text: str) -> bool:
        """Whether a text begins a box of links."""
        return letters(text[:80]).startswith(self.opens)

    def ends(self, text: str) -> bool:
        """Whether a text is a heading behind which no article follows."""
        return len(text) < 60 and letters(text) in self.behind

    def is_furniture(self, line: str) -> bool:
        """Whether a line says nothing but what every page says («انتهای پیام», «کد خبر: ۱۲۳»)."""
        key = letters(line)
        if not key or _ADDRESS.fullmatch(line.strip()) or key in self.whole or self.opens_box(line):
            return True
        if any(key.startswith(phrase) and len(key) <= len(phrase) + _REST for phrase in self.start):
            return True
        return any(phrase in key and len(key) <= len(phrase) + _REST for phrase in self.parts)


@cache
def page_words(folder: Path = DATA) -> PageWords:
    """The words of `pages.csv` and `lexicon/furniture.csv`.

    Raises:
        DataError: for a file that is missing, or a line of an unknown kind.
    """
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for row in read_rows(folder / "pages.csv", ("kind", "value", "note"), ("kind", "value")):
        if row["kind"] not in found:
            raise row.error(f"there is no kind `{row['kind']}`", f"Use one of: {', '.join(KINDS)}")
        found[row["kind"]].append(row["value"])
    phrases: dict[str, list[str]] = {"whole": [], "start": [], "any": []}
    for row in read_rows(folder / "lexicon" / "furniture.csv", ("phrase", "where", "note"), ("phrase", "where")):
        phrases.setdefault(row["where"], []).append(letters(row["phrase"]))
    keys = {kind: tuple(letters(value) for value in found[kind]) for kind in KINDS}
    return PageWords(
        boxes=frozenset(found["box"]),
        talk=frozenset(found["talk"]),
        leads=frozenset(found["lead"]),
        behind=frozenset(keys["ends"]),
        opens=keys["opens"],
        whole=frozenset(phrases["whole"]),
        start=tuple(phrases["start"]),
        parts=(*phrases["any"], *keys["line"]),
        shell=keys["shell"],
        consent=keys["consent"],
        error=keys["error"],
    )
