"""The articles of one file, checked one by one: .txt with its .toml, .jsonl, .json, .csv."""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from analysis.errors import InputError
from analysis.read.dates import iso_time
from analysis.read.encoding import read_lines, read_text

FIELDS = ("article_id", "external_id", "url", "source", "title", "published", "text", "collection")
"""What is taken from an input, and nothing else: labels of annotated files, for example, never get in."""
ID_FIELDS = ("article_id", "doc_id", "id")
"""Names under which an article's id may stand; the first that is filled counts."""

Article = dict[str, str]
Found = tuple[str, Article]
"""Where an article stands (`FILE` or `FILE, line N`), and the article: all of `FIELDS`, empty where unknown."""

csv.field_size_limit(1 << 27)  # The default refuses a cell of more than 131,072 characters.


def read_file(path: Path) -> Iterator[Found]:
    """The articles of one file, by its suffix.

    Raises:
        InputError: saying what is wrong, in which file and line, and what to do.
    """
    return READERS[path.suffix.lower()](path)


def _article(given: Mapping[str, object], where: str) -> Article:
    """An article out of the fields that a file gives."""
    if "text" not in given:
        fields = ", ".join(f"`{name}`" for name in given) or "none"
        raise InputError(f"{where}: there is no field `text` (fields: {fields}). Name the article's text `text`.")
    article = {name: _plain(given.get(name), name, where) for name in FIELDS if name != "published"}
    if not article["text"].strip():
        raise InputError(f"{where}: `text` is empty. Fill it in or remove the article.")
    ids = (_plain(given.get(name), name, where).strip() for name in ID_FIELDS)
    article["article_id"] = next(filter(None, ids), "")
    try:
        article["published"] = iso_time(given.get("published"))
    except ValueError as error:
        raise InputError(
            f"{where}: `published` is {given['published']!r}, which is no date. "
            "Write it like 2024-05-01, 2024-05-01T10:30+03:30 or 1403-02-12."
        ) from error
    return article


def _plain(value: object, name: str, where: str) -> str:
    if value is None or value != value:  # Only NaN differs from itself.
        return ""
    if not isinstance(value, str) and (name == "text" or type(value) not in (int, float)):
        raise InputError(f"{where}: `{name}` is not text. Write it as text in quotation marks.")
    text = str(value)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InputError(f"{where}: `{name}` holds half a character ({text[error.start]!r}). Remove it.") from error
    return text


def _read_txt(path: Path) -> Iterator[Found]:
    about = path.with_suffix(".toml")
    given = _read_toml(about) if about.is_file() else {}
    article = _article({**given, "text": read_text(path)}, str(about if given else path))
    article["article_id"] = article["article_id"] or path.stem
    yield str(path), article


def _read_toml(path: Path) -> dict[str, Any]:
    # An empty file is valid TOML that says nothing.
    text = read_text(path) if path.stat().st_size else ""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f'{path}: not TOML: {error}. Write lines like: title = "...".') from error


def _read_jsonl(path: Path) -> Iterator[Found]:
    found = False
    for number, line in read_lines(path):
        if line.strip():
            found = True
            where = f"{path}, line {number}"
            yield (
                where,
                _article(_object(_parse(line, path, number, "Write one whole JSON object a line."), where), where),
            )
    if not found:
        raise InputError(f"{path}: the file holds no article. Remove it or put an article into it.")


def _read_json(path: Path) -> Iterator[Found]:
    given = _parse(read_text(path), path, 0, "If it holds an object a line, name it .jsonl.")
    if given == []:
        raise InputError(f"{path}: the list is empty. Remove the file or put an article into it.")
    for number, one in enumerate(given, 1) if isinstance(given, list) else [(0, given)]:
        where = f"{path}, article {number}" if number else str(path)
        yield where, _article(_object(one, where), where)


def _parse(text: str, path: Path, line: int, remedy: str) -> Any:
    """JSON of a whole file, or of its one line."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        problem, line = f"{error.msg}, column {error.colno}", line or error.lineno
    except (ValueError, RecursionError) as error:  # Numbers of thousands of digits, thousands of brackets.
        problem = str(error)
    raise InputError(f"{path}, line {line or 1}: not JSON: {problem}. {remedy}")


def _object(value: object, where: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise InputError(f'{where}: not a JSON object. Write each article like {{"text": "..."}}.')
    return value


def _read_csv(path: Path) -> Iterator[Found]:
    lines = read_lines(path)
    first = next(lines)[1]
    separator = max(",;\t", key=first.count)
    header = [name.strip().lower() for name in next(csv.reader([first], delimiter=separator))]
    if "text" not in header:
        columns = ", ".join(f"`{name}`" for name in header)
        raise InputError(
            f"{path}, line 1: there is no column `text` (columns: {columns}). Name the text's column `text`."
        )
    rows = csv.reader((line for _, line in lines), delimiter=separator, strict=True)
    found = False
    for number, cells in _numbered(path, rows):
        if any(cell.strip() for cell in cells):
            found = True
            where = f"{path}, line {number}"
            yield where, _article(_row(header, cells, where), where)
    if not found:
        raise InputError(f"{path}: there is no article below the header. Remove the file or put an article into it.")


def _numbered(path: Path, rows: Any) -> Iterator[tuple[int, list[str]]]:
    """The lines of a CSV below its header, each with the number of its first line."""
    number = 2
    try:
        for cells in rows:
            yield number, cells
            number = rows.line_num + 2
    except csv.Error as error:
        raise InputError(
            f"{path}, line {number}: not a CSV line ({error}). Look for a stray quotation mark."
        ) from error


def _row(header: list[str], cells: list[str], where: str) -> dict[str, str]:
    if len(cells) > len(header):
        raise InputError(
            f"{where}: {len(cells)} cells under {len(header)} columns. "
            "Put a cell that holds the separator in quotation marks."
        )
    return dict(zip(header, cells, strict=False)) | {name: "" for name in header[len(cells) :]}


READERS: dict[str, Callable[[Path], Iterator[Found]]] = {
    ".txt": _read_txt,
    ".jsonl": _read_jsonl,
    ".json": _read_json,
    ".csv": _read_csv,
}
"""What reads a file, by its suffix."""
