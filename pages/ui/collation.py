"""Persian alphabetical order. Code points put ک and گ behind ی, and پ چ ژ behind all of them."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_ORDER = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
_SAME = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "ٱ": "ا",
        "ؤ": "و",
        "ئ": "ی",
        "ي": "ی",
        "ى": "ی",
        "ك": "ک",
        "ة": "ه",
        "ۀ": "ه",
        "ء": "",
        "‌": " ",
    }
)
_RANK = {letter: chr(0x4000 + rank) for rank, letter in enumerate(_ORDER)}


@lru_cache(maxsize=65_536)
def key(text: str) -> tuple[str, str]:
    """A sorting key: letters in the order of the Persian alphabet, behind Latin ones; marks decide ties only.

    A ZWNJ sorts as a space, variants of a letter as the letter.
    """
    composed = unicodedata.normalize("NFC", text).translate(_SAME)
    bare = "".join(c for c in composed.casefold() if not unicodedata.combining(c) and c != "ـ")
    return "".join(_RANK.get(c, c) for c in bare), text
