"""Bytes to text: UTF-8, UTF-16, UTF-32 and Windows-1256; what is none of them for certain is turned away.

Windows-1256 has no mark and gives every byte a meaning, so it is told by its letters: nearly all of what is not ASCII
must be letters of the Arabic block, most of them common in Persian and Arabic, and enough of them. The general
detectors take a third of Persian lines of twenty letters for Japanese, Korean or Hebrew; a wrong guess would put
nonsense into the store, a refusal only asks to save the file as UTF-8.
"""

from __future__ import annotations

import codecs
import io
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from analysis.errors import InputError, RejectedInput
from analysis.read.limits import LIMITS

HEAD = 1 << 16
"""Bytes that are looked at before a file is read line by line."""
_KINDS = (
    (b"%PDF", "a PDF", ".pdf"),
    (b"PK\x03\x04", "a ZIP archive, as .docx and .xlsx files are", ".zip or .docx"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel document", ".docx after saving it as such"),
    (b"{\\rtf", "an RTF document", ".docx after saving it as such"),
    (b"\x1f\x8b", "a gzip archive", ".zip after packing it anew"),
    (b"PAR1", "a Parquet file", ".parquet"),
    (b"\x89PNG", "an image", ""),
    (b"\xff\xd8\xff", "an image", ""),
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_ONE_BYTE = ("cp1256", "iso8859_6")
_MARK = "\ufeff"
_NAMES = {"cp1256": "Windows-1256", "iso8859_6": "ISO-8859-6"}
_LAYOUT = b"\t\n\r\f\v"
_COMMON = frozenset("اآیيىرندهموتبسشکك")
"""Two thirds of the letters of any Persian text of some length, half of an Arabic one."""
_SIGNS = frozenset("«»“”‘’–—…،؛؟•\u0640\u200c\u200d\u200e\u200f\u00a0")
_LEAST_LETTERS, _LEAST_COMMON = 12, 0.6


class Line(NamedTuple):
    """A line of a file, its end included; where it cannot be read, why, with what is left of it."""

    number: int
    text: str
    fault: RejectedInput | None = None


def name_of(encoding: str) -> str:
    """An encoding as people call it."""
    return _NAMES.get(encoding, encoding.upper().removesuffix("-LE").removesuffix("-BE"))


def decode(data: bytes, where: str) -> tuple[str, str]:
    """A whole file's text as it is, line ends included and without a byte-order mark, and its encoding.

    Raises:
        RejectedInput: where it is empty, a binary, or in no encoding that can be told.
    """
    encoding = encoding_of(data, where, whole=True)
    try:
        text = data.decode(encoding).removeprefix(_MARK)
    except UnicodeDecodeError as error:
        raise RejectedInput("not_text", f"{where}: broken {name_of(encoding)}. Save the file as UTF-8.") from error
    if not text.strip():
        raise _empty(where)
    return text, encoding


def read_lines(path: Path) -> Iterator[tuple[int, str]]:
    """A file's lines with their numbers from 1, line ends included; holds one line in memory.

    Raises:
        InputError: where the file cannot be opened, or as `decode`.
    """
    try:
        with path.open("rb") as file:
            _, lines = open_lines(file, str(path))
            for line in lines:
                if line.fault:
                    raise line.fault
                yield line.number, line.text
    except OSError as error:
        raise unopened(str(path), error) from error


def unopened(where: str, error: OSError) -> InputError:
    """The error that says why a file cannot be opened."""
    remedy = "Check the path" if isinstance(error, FileNotFoundError) else "Check its permissions"
    return RejectedInput("missing", f"{where}: cannot be opened ({error.strerror or error}). {remedy}.")


def open_lines(file: BinaryIO, where: str, limit: int = LIMITS.record_bytes) -> tuple[str, Iterator[Line]]:
    """The encoding of an open file, and its lines one by one; a line that is broken or too long stops no other.

    Raises:
        RejectedInput: as `decode`, by the file's first `HEAD` bytes.
    """
    buffered = io.BufferedReader(file, HEAD) if isinstance(file, io.RawIOBase) else file
    head = buffered.read(HEAD)
    encoding = encoding_of(head, where, whole=len(head) < HEAD, by_line=True)
    stream = _Joined(head, buffered)
    if encoding.startswith(("utf-16", "utf-32")):
        return encoding, _wide_lines(io.BufferedReader(stream), encoding, where, limit)
    return encoding, _byte_lines(io.BufferedReader(stream, HEAD), encoding, where, limit)


class _Joined(io.RawIOBase):
    """What was read already, then the rest of the stream: members of archives cannot be wound back."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = memoryview(head), rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        if not self._head:
            return self._rest.readinto(view)  # type: ignore[attr-defined]
        size = min(len(view), len(self._head))
        view[:size] = self._head[:size]
        self._head = self._head[size:]
        return size


def _byte_lines(file: BinaryIO, encoding: str, where: str, limit: int) -> Iterator[Line]:
    number = 0
    while data := file.readline(limit + 1):
        number += 1
        if len(data) > limit:
            while data and not data.endswith(b"\n"):
                data = file.readline(limit)
            yield Line(number, "", _too_long(where, number, limit))
            continue
        try:
            text, fault = data.decode(encoding), None
        except UnicodeDecodeError:
            text, fault = data.decode(encoding, errors="replace"), _broken(where, number, encoding)
        yield Line(number, text.removeprefix(_MARK) if number == 1 else text, fault)


def _wide_lines(file: BinaryIO, encoding: str, where: str, limit: int) -> Iterator[Line]:
    text = io.TextIOWrapper(file, encoding, newline="\n")
    number = 0
    try:
        while line := text.readline(limit + 1):
            number += 1
            if len(line) > limit:
                while line and not line.endswith("\n"):
                    line = text.readline(limit)
                yield Line(number, "", _too_long(where, number, limit))
            else:
                yield Line(number, line.removeprefix(_MARK) if number == 1 else line)
    except UnicodeDecodeError:
        yield Line(number + 1, "", _broken(where, number + 1, encoding))


def _too_long(where: str, number: int, limit: int) -> RejectedInput:
    return RejectedInput(
        "too_large", f"{where}, line {number}: longer than {limit:,} bytes. Give each article a line of its own."
    )


def _broken(where: str, number: int, encoding: str) -> RejectedInput:
    return RejectedInput("not_text", f"{where}, line {number}: not {name_of(encoding)}. Save the file as UTF-8.")


def _empty(where: str) -> RejectedInput:
    return RejectedInput("empty", f"{where}: the file is empty. Remove it or put an article into it.")


def encoding_of(head: bytes, where: str, *, whole: bool, by_line: bool = False) -> str:
    """The encoding of a file by its first bytes, which may end in the middle of a letter unless they are all of it.

    With `by_line`, a few broken letters are no fault of the file: their lines will be turned away.

    Raises:
        RejectedInput: as `decode`.
    """
    if whole and not head.removeprefix(codecs.BOM_UTF8).strip():
        raise _empty(where)
    for start, kind, name in _KINDS:
        if head.startswith(start):
            remedy = f"Name it {name}" if name else "Save its text as UTF-8 in a .txt file"
            raise RejectedInput("not_text", f"{where}: not text but {kind}. {remedy}.")
    if encoding := next((name for mark, name in _MARKS if head.startswith(mark)), ""):
        return encoding
    if _is_binary(head):
        if encoding := _unmarked(head):
            return encoding
        raise RejectedInput("not_text", f"{where}: not text but binary data. Save its text as UTF-8 in a .txt file.")
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=whole)
    except UnicodeDecodeError as error:
        return "utf-8" if by_line and _mostly_utf8(head) else _one_byte(head, where, error)
    return "utf-8"


def _is_binary(head: bytes) -> bool:
    controls = sum(byte < 32 and byte not in _LAYOUT for byte in head)
    return b"\0" in head or controls * 100 > len(head)


def _unmarked(head: bytes) -> str:
    even = head[: len(head) // 4 * 4]
    for encoding in _UNMARKED:
        text = even.decode(encoding, errors="replace")
        if _looks_persian(text) and _readable(text):
            return encoding
    return ""


def _one_byte(head: bytes, where: str, error: UnicodeDecodeError) -> str:
    """The encoding of one byte a letter that fits, and fits alone."""
    line = head.count(b"\n", 0, error.start) + 1
    if _mostly_utf8(head):
        raise _broken(where, line, "utf-8") from error
    fitting = [encoding for encoding in _ONE_BYTE if _fits(head, encoding)]
    if len(fitting) == 1:
        return fitting[0]
    raise RejectedInput(
        "not_text",
        f"{where}, line {line}: not UTF-8, and too little tells what it is instead. Save the file as UTF-8, "
        "for example with iconv -f WINDOWS-1256 -t UTF-8.",
    ) from error


def _fits(head: bytes, encoding: str) -> bool:
    try:
        foreign = [char for char in head.decode(encoding) if char > "\x7f" and char not in _SIGNS]
    except UnicodeDecodeError:
        return False
    letters = [char for char in foreign if "\u0620" <= char < "\u0700" and char.isalpha()]
    marks = sum(unicodedata.category(char) == "Mn" for char in foreign)
    others = len(foreign) - len(letters) - marks
    common = sum(char in _COMMON for char in letters)
    enough = len(letters) >= _LEAST_LETTERS and common >= _LEAST_COMMON * len(letters)
    return enough and others * 50 <= len(foreign) and marks * 10 <= len(foreign)


def _mostly_utf8(head: bytes) -> bool:
    """Whether most bytes outside of ASCII make UTF-8 letters: then a few are broken, not the encoding wrong."""
    return head.decode("utf-8", errors="replace").count("\ufffd") * 4 < sum(byte > 127 for byte in head)


def _readable(text: str) -> bool:
    """Whether nearly all of a text is letters, marks and space of the Latin and Arabic blocks."""
    usual = sum(" " <= char < "\u0700" or char in "\t\r\n" or "\u2000" <= char < "\u2070" for char in text)
    return usual * 10 > len(text) * 9


def _looks_persian(text: str) -> bool:
    """Whether most of what is not ASCII stands in the Arabic block."""
    foreign = [char for char in text if char > "\x7f"]
    return sum("\u0600" <= char < "\u0700" for char in foreign) * 2 > len(foreign)
