"""The text of a page's bytes, whatever encoding it claims."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_HEAD = 4096
"""Bytes in which a page says its encoding; HTML asks for the first 1024."""
_SAMPLE = 1 << 18
_PERSIAN = frozenset("آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیءئؤأ\u200cيكة۰۱۲۳۴۵۶۷۸۹،؛؟«»")
_SPACE_AND_SIGNS = frozenset("\xa0–—…‘’“”•\u200e\u200f©")


def decode(data: bytes, declared: str = "") -> tuple[str, str]:
    """The text of a page and the encoding that it was read with.

    A byte-order mark decides. Else the encoding that the server declared, the one that the page declares, UTF-8 and
    Windows-1256 are tried, and the one whose letters are most Persian wins; at equal shares the first of these.

    Args:
        declared: the encoding that the server's header names.

    Raises:
        UnicodeError: where the bytes are text in none of them.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="replace"), name
    if b"\0" in data[:_HEAD]:
        return _unmarked_utf16(data)
    found = _META.search(data[:_HEAD])
    named = (declared, found[1].decode("ascii") if found else "", "utf-8", "cp1256")
    names = list(dict.fromkeys(filter(None, map(_codec, named))))
    sample = _sample(data)
    best = max(names, key=lambda name: (_score(sample, name), -names.index(name)))
    text = data.decode(best, errors="replace")
    if text.count("\ufffd") * 20 > len(text):
        raise UnicodeError("in no encoding that is known here")
    return text, best


def _codec(name: str) -> str:
    """Python's name of an encoding that turns bytes into text; empty where there is none.

    Browsers read Latin-1 as Windows-1252, and so do we.
    """
    try:
        info = codecs.lookup(name.strip().strip("\"'"))
    except LookupError:
        return ""
    if not info._is_text_encoding or info.name in ("utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape"):
        return ""
    if info.name.startswith(("utf-16", "utf-32")):  # Nothing that said so in ASCII can be in these.
        return "utf-8"
    return "cp1252" if info.name in ("iso8859-1", "ascii") else info.name


def _sample(data: bytes) -> bytes:
    """Enough bytes outside of ASCII to tell, from wherever they stand."""
    if len(data) <= _SAMPLE:
        return data
    first = re.search(rb"[\x80-\xff]", data)
    start = first.start() if first else 0
    return data[start : start + _SAMPLE]


def _score(sample: bytes, name: str) -> float:
    """The share of Persian letters in what is not ASCII; 1 where all is ASCII."""
    foreign = [char for char in sample.decode(name, errors="replace") if char > "\x7f"]
    counted = [char for char in foreign if char not in _SPACE_AND_SIGNS]
    broken = sum(char == "\ufffd" for char in foreign)
    # Half a letter at the end of the sample is no fault of the encoding.
    return (sum(char in _PERSIAN for char in counted) - max(0, broken - 4)) / len(counted) if counted else 1.0


def _unmarked_utf16(data: bytes) -> tuple[str, str]:
    for name in ("utf-16-le", "utf-16-be"):
        text = data.decode(name, errors="replace")
        if "<" in text[:_HEAD] and text.count("\ufffd") * 20 < len(text):
            return text, name
    raise UnicodeError("binary data")
