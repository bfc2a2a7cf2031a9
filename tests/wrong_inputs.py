"""Inputs that cannot be read, with the words that their one message must hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

TEXT = (
    "کاوه مهرآیین، وزیر امور خارجه ایران، در نشست خبری گفت: ما از گفت‌وگو با همسایگان استقبال می‌کنیم.\n"
    "وی تاکید کرد که تحریم‌های آمریکا باید برداشته شود."
)
"""An article about an invented speaker."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """How to make a wrong input in a folder (its path is returned), and what the message must name."""

    name: str
    make: Callable[[Path], Path]
    says: tuple[str, ...]


def _file(name: str, content: str | bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return make


def _missing(folder: Path) -> Path:
    return folder / "nowhere.txt"


def _empty_folder(folder: Path) -> Path:
    path = folder / "bare"
    path.mkdir()
    (path / "notes.odt").write_bytes(b"PK\x03\x04")
    return path


def _broken_toml(folder: Path) -> Path:
    (folder / "dispatch.toml").write_text('title = "نشست\n', "utf-8")
    return _file("dispatch.txt", TEXT)(folder)


def _toml_date(folder: Path) -> Path:
    (folder / "dispatch.toml").write_text('published = "فردا"\n', "utf-8")
    return _file("dispatch.txt", TEXT)(folder)


def _twice(folder: Path) -> Path:
    both = folder / "both"
    both.mkdir()
    (both / "first.jsonl").write_text(f'{{"id": "a1", "text": "{TEXT[:40]}"}}\n', "utf-8")
    (both / "second.jsonl").write_text(f'\n{{"doc_id": "a1", "text": "{TEXT[40:60]}"}}\n', "utf-8")
    return both


def _wrong(name: str, make: Callable[[Path], Path], *says: str) -> Wrong:
    return Wrong(name, make, says)


WRONG = (
    _wrong("missing path", _missing, "nowhere.txt", "no such file"),
    _wrong("other kind", _file("notes.odt", "<p>"), "notes.odt", ".txt .html .htm"),
    _wrong("empty folder", _empty_folder, "bare", "nothing to read"),
    _wrong("empty file", _file("empty.txt", ""), "empty.txt", "empty"),
    _wrong("only a mark and spaces", _file("blank.txt", b"\xef\xbb\xbf \r\n"), "blank.txt", "empty"),
    _wrong("empty JSONL", _file("empty.jsonl", "\n\n"), "empty.jsonl", "empty"),
    _wrong("PDF", _file("paper.txt", b"%PDF-1.7\n1 0 obj"), "paper.txt", "a PDF"),
    _wrong("binary", _file("picture.txt", bytes(range(256)) * 9), "picture.txt", "binary"),
    _wrong("too short to tell", _file("old.txt", "خبر تازه".encode("cp1256")), "old.txt, line 1", "not UTF-8"),
    _wrong("Cyrillic", _file("old.txt", "министр иностранных дел".encode("cp1251")), "old.txt, line 1", "not UTF-8"),
    _wrong("half a UTF-16 letter", _file("wide.txt", TEXT.encode("utf-16")[:-1]), "wide.txt", "broken UTF-16"),
    _wrong("a broken letter", _file("cut.txt", "سلام\nدنیا".encode() + b"\xd8"), "cut.txt, line 2", "not UTF-8"),
    _wrong(
        "a broken letter far down",
        _file("far.jsonl", (f'{{"text": "{"خبر " * 30000}"}}\n').encode() + b'{"text": "\xff"}\n'),
        "far.jsonl, line 2",
        "not UTF-8",
    ),
    _wrong("not JSON", _file("x.jsonl", '{"text": "خبر"}\n{"text": \n'), "x.jsonl, line 2", "not JSON"),
    _wrong("not JSON, whole file", _file("x.json", '[{"text": "خبر"},\n{"text" "خبر"}]'), "x.json, line 2", "not JSON"),
    _wrong("endless brackets", _file("deep.json", "[" * 200000), "deep.json", "not JSON"),
    _wrong("JSON without text", _file("x.jsonl", '{"text": "خبر"}\n{"body": "خبر"}\n'), "line 2", "`text`", "`body`"),
    _wrong("JSON with empty text", _file("x.jsonl", '{"text": " "}\n'), "line 1", "`text` is empty"),
    _wrong("JSON whose text is none", _file("x.jsonl", '{"text": ["خبر"]}\n'), "line 1", "`text` is not text"),
    _wrong("JSON that is no object", _file("x.json", '["خبر"]'), "x.json, article 1", "not a JSON object"),
    _wrong("JSON without articles", _file("x.json", "[]"), "x.json", "empty"),
    _wrong("half a character", _file("x.jsonl", '{"text": "خبر \\ud83d"}\n'), "line 1", "half a character"),
    _wrong("CSV without text", _file("x.csv", "id,body\n1,خبر\n"), "x.csv, line 1", "`text`", "`body`"),
    _wrong("CSV with empty text", _file("x.csv", 'id,text\n1,"خبر\nدوم"\n2,\n'), "x.csv, line 4", "`text` is empty"),
    _wrong("CSV with a header alone", _file("x.csv", "id,text\n"), "x.csv", "no article"),
    _wrong("CSV with too many cells", _file("x.csv", "id,text\n1,خبر,دوم\n"), "x.csv, line 2", "3 cells"),
    _wrong("CSV with an open quotation", _file("x.csv", 'id,text\n1,"خبر\n'), "x.csv, line 2", "quotation mark"),
    _wrong("duplicate ids", _twice, "first.jsonl, line 1", "second.jsonl, line 2", "'a1'"),
    _wrong("the same text twice", _file("x.csv", "text\nخبر\nخبر\n"), "line 2", "line 3", "same text"),
    _wrong(
        "unreadable date", _file("x.jsonl", '{"text": "خبر", "published": "5/1/24"}'), "line 1", "5/1/24", "2024-05-01"
    ),
    _wrong("a number for a date", _file("x.jsonl", '{"text": "خبر", "published": 1714521600}'), "line 1", "published"),
    _wrong("no such day", _file("x.csv", "text,published\nخبر,1403-12-31\n"), "x.csv, line 2", "1403-12-31"),
    _wrong("unreadable date in TOML", _toml_date, "dispatch.toml", "فردا"),
    _wrong("broken TOML", _broken_toml, "dispatch.toml", "line 1"),
)
