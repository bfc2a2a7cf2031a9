"""Copies of a text: the same words in another spelling, and nearly the same words.

Two texts are compared by their letters alone (folded, without spaces, ZWNJ and marks), because agencies that take a
text over mostly change its spacing («تحریم‌های», «تحریم های»). A *shingle* is a run of `WIDTH` letters; two texts are
near copies where they share at least `NEAR` of all shingles that either has (Jaccard).

What is compared at all is found by MinHash: `bands_of` gives a few numbers, and near copies have one of them in common
with a probability of 0.99 at the threshold and 0.9998 at 0.7. They are kept, so `SCHEME` says how they were made:
whoever changes the folding, the library or a constant here so that other numbers come out gives it a new name.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import batched

import pandas as pd
from rensa import RMinHash

from analysis.extract.document import read_document
from analysis.extract.mentions import find_mentions
from analysis.lexicon import Lexicon, load
from analysis.text.fold import fold_key

WIDTH = 12
"""Letters of a shingle: about three words."""
NEAR = 0.6
"""The share of shingles from which on two texts are near copies; docs/adding.md says how it was chosen."""
SHORTEST = 100
"""Letters (about twenty-five words) below which only the same letters make a copy: short dispatches are formulas."""
SCHEME = "rensa2-12-32x4"
"""How the bands are made."""
SAME = 0
"""The band that holds a hash of all letters."""
_BANDS, _ROWS, _SEED = 32, 4, 1
_NO_LETTER = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d+")
_NAMES = ("country", "person")


@lru_cache(maxsize=256)
def letters(text: str) -> str:
    """The letters and digits of a text, folded, without anything between them."""
    return _NO_LETTER.sub("", fold_key(text))


@lru_cache(maxsize=64)
def shingles(text: str) -> frozenset[str]:
    """Every run of `WIDTH` letters."""
    plain = letters(text)
    return frozenset(plain[i : i + WIDTH] for i in range(max(1, len(plain) - WIDTH + 1)))


def similarity(one: str, other: str) -> float:
    """The share of shingles that two texts have in common, 0-1; 1 where their letters are the same."""
    if letters(one) == letters(other):
        return 1.0
    first, second = shingles(one), shingles(other)
    shared = len(first & second)
    # Other letters with the same shingles (a passage repeated) are not quite the same text.
    return min(shared / (len(first) + len(second) - shared), 0.999)


def bands_of(text: str) -> list[tuple[int, int]]:
    """What a text is found by: pairs of a band and a signed 64-bit hash.

    Band `SAME` holds a hash of all letters, the others the MinHash of the shingles; short texts have the first alone.
    """
    found = [(SAME, _number(letters(text).encode()))]
    if len(letters(text)) < SHORTEST:
        return found
    sketch = RMinHash(num_perm=_BANDS * _ROWS, seed=_SEED)
    sketch.update(list(shingles(text)))
    rows = batched(sketch.digest(), _ROWS)
    return found + [(band, _number(struct.pack(f"<{_ROWS}I", *row))) for band, row in enumerate(rows, 1)]


def _number(data: bytes) -> int:
    digest = hashlib.blake2b(data, digest_size=8, person=SCHEME.encode()[:16]).digest()
    return int.from_bytes(digest, "little", signed=True)


def best_original(
    text: str, others: Iterable[tuple[str, str]], lexicon: Lexicon | None = None
) -> tuple[str, float] | None:
    """The article that a text copies, and how similar they are.

    Args:
        text: the text that came in.
        others: ids and texts of the articles that it may copy, the earliest first.
        lexicon: for the names of states and people; the words of `data/` by default, loaded where they are needed.

    Returns:
        the most similar one, the earliest of several; None where the text copies none of them.
    """
    found = [(article_id, other, similarity(text, other)) for article_id, other in others]
    for article_id, other, share in sorted(found, key=lambda one: -one[2]):
        if share < NEAR:
            return None
        if share == 1 or (len(letters(other)) >= SHORTEST and not _speaks_of_others(text, other, lexicon or load())):
            return article_id, share
    return None


def copies_among(articles: pd.DataFrame, lexicon: Lexicon | None = None) -> pd.Series:
    """Which article each one copies, for articles that come into no store: "" for originals.

    Args:
        articles: rows of the articles table; of two copies the earlier row is the original.
        lexicon: as in `best_original`.
    """
    found: dict[str, str] = {}
    texts: dict[str, str] = {}
    holding: dict[tuple[int, int], list[str]] = defaultdict(list)
    for article_id, text in zip(articles["article_id"], articles["text"], strict=True):
        bands = bands_of(text)
        others = dict.fromkeys(other for band in bands for other in holding[band])
        best = best_original(text, [(other, texts[other]) for other in others], lexicon)
        found[article_id] = best[0] if best else ""
        if best is None:
            texts[article_id] = text
            for band in bands:
                holding[band].append(article_id)
    return articles["article_id"].map(found).astype("str")


def _speaks_of_others(one: str, other: str, lexicon: Lexicon) -> bool:
    """Whether two similar texts fill one formula differently.

    Each names a state or a person of the lexicon, or a number, that the other lacks: condolences to another state, the
    figures of another day. A copy may leave out or add some, but not exchange them.
    """
    first, second = _fillings(one, lexicon), _fillings(other, lexicon)
    return any(mine - yours and yours - mine for mine, yours in zip(first, second, strict=True))


def _fillings(text: str, lexicon: Lexicon) -> list[set[str]]:
    mentions = find_mentions(read_document(text, lexicon, None))
    names = [{m.entity_id for m in mentions if m.kind == kind} for kind in _NAMES]
    return [*names, {fold_key(number) for number in _NUMBER.findall(text)}]
