"""Bytes to text: UTF-8 and nothing else, and what a file that is not UTF-8 seems to be instead."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

from analysis.errors import InputError

HEAD = 1 << 16
"""Bytes that are looked at before a file is read line by line."""
_KINDS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive, as .docx and .xlsx files are"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"PAR1", "a Parquet file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
)
_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_LAYOUT = b"\t\n\r\f\v"


def read_text(path: Path) -> str:
    """A whole file as it is, line ends included; a byte-order mark is no text and is left out.

    Raises:
        InputError: where the file cannot be opened, is empty, a binary, or not UTF-8.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _unopened(path, error) from error
    _check_head(path, data, whole=True)
    return data.decode("utf-8-sig")


def read_lines(path: Path) -> Iterator[tuple[int, str]]:
    """A file's lines with their numbers from 1, line ends included; holds one line in memory.

    Raises:
        InputError: as `read_text`.
    """
    try:
        with path.open("rb") as file:
            _check_head(path, file.read(HEAD), whole=path.stat().st_size <= HEAD)
            file.seek(0)
            for number, line in enumerate(file, 1):
                yield number, _decode(path, number, line)
    except OSError as error:
        raise _unopened(path, error) from error


def _unopened(path: Path, error: OSError) -> InputError:
    remedy = "Check the path" if isinstance(error, FileNotFoundError) else "Check its permissions"
    return InputError(f"{path}: cannot be opened ({error.strerror}). {remedy}.")


def _decode(path: Path, number: int, line: bytes) -> str:
    try:
        return line.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}, line {number}: not UTF-8. Save the file as UTF-8.") from error


def _check_head(path: Path, head: bytes, *, whole: bool) -> None:
    """Refuse what is no UTF-8 text; `head` may end in the middle of a letter unless it is the whole file."""
    if whole and not head.removeprefix(codecs.BOM_UTF8).strip():
        raise InputError(f"{path}: the file is empty. Remove it or put an article into it.")
    if kind := next((kind for start, kind in _KINDS if head.startswith(start)), ""):
        raise InputError(f"{path}: not text but {kind}. Save its text as UTF-8 in a .txt file.")
    encoding = next((name for mark, name in _MARKS if head.startswith(mark)), "")
    if not encoding and (binary := _is_binary(head)):
        encoding = _unmarked_utf16(head)
        if binary and not encoding:
            raise InputError(f"{path}: not text but binary data. Save its text as UTF-8 in a .txt file.")
    if encoding:
        raise _wrong_encoding(path, encoding)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=whole)
    except UnicodeDecodeError as error:
        if not _mostly_utf8(head) and _looks_persian(head.decode("cp1256")):
            raise _wrong_encoding(path, "Windows-1256") from error
        line = head.count(b"\n", 0, error.start) + 1
        raise InputError(f"{path}, line {line}: not UTF-8. Save the file as UTF-8.") from error


def _wrong_encoding(path: Path, encoding: str) -> InputError:
    return InputError(
        f"{path}: not UTF-8; it looks like {encoding}. Save it as UTF-8, for example: "
        f"iconv -f {encoding.upper()} -t UTF-8 '{path.name}' > NEW"
    )


def _is_binary(head: bytes) -> bool:
    controls = sum(byte < 32 and byte not in _LAYOUT for byte in head)
    return b"\0" in head or controls * 100 > len(head)


def _unmarked_utf16(head: bytes) -> str:
    even = head[: len(head) // 2 * 2]
    for encoding in ("utf-16-le", "utf-16-be"):
        text = even.decode(encoding, errors="replace")
        if _looks_persian(text) and _readable(text):
            return "UTF-16"
    return ""


def _mostly_utf8(head: bytes) -> bool:
    """Whether most bytes outside of ASCII make UTF-8 letters: then a few are broken, not the encoding wrong."""
    return head.decode("utf-8", errors="replace").count("\ufffd") * 4 < sum(byte > 127 for byte in head)


def _readable(text: str) -> bool:
    """Whether nearly all of a text is letters, marks and space of the Latin and Arabic blocks."""
    usual = sum(char < "\u0700" or "\u2000" <= char < "\u2070" for char in text)
    return usual * 10 > len(text) * 9


def _looks_persian(text: str) -> bool:
    """Whether most of what is not ASCII stands in the Arabic block."""
    foreign = [char for char in text if char > "\x7f"]
    return sum("\u0600" <= char < "\u0700" for char in foreign) * 2 > len(foreign)
