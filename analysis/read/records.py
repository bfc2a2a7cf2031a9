"""An article out of the fields that an input gives, checked; the readers of files build on it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from analysis.errors import RejectedInput
from analysis.read.dates import iso_time
from analysis.read.encoding import decode
from analysis.read.inputs import Source
from analysis.read.items import Item, Original
from analysis.read.limits import Limits

FIELDS = ("article_id", "external_id", "url", "source", "title", "published", "text", "collection")
"""What is taken from an input, and nothing else: labels of annotated files, for example, never get in."""
ID_FIELDS = ("article_id", "doc_id", "id")
"""Names under which an article's id may stand; the first that is filled counts."""

Article = dict[str, str]


def article(given: Mapping[str, object], where: str) -> Article:
    """An article, all of `FIELDS`, empty where unknown.

    Raises:
        RejectedInput: where a field is missing, empty, of the wrong type, or a date is none.
    """
    if "text" not in given:
        fields = ", ".join(f"`{name}`" for name in list(given)[:50]) or "none"
        raise _bad(f"{where}: there is no field `text` (fields: {fields}). Name the article's text `text`.")
    found = {name: _plain(given.get(name), name, where) for name in FIELDS if name != "published"}
    if not found["text"].strip():
        raise RejectedInput("empty", f"{where}: `text` is empty. Fill it in or remove the article.")
    ids = (_plain(given.get(name), name, where).strip() for name in ID_FIELDS)
    found["article_id"] = next(filter(None, ids), "")
    try:
        found["published"] = iso_time(given.get("published"))
    except ValueError as error:
        raise _bad(
            f"{where}: `published` is {str(given['published'])[:100]!r}, which is no date. "
            "Write it like 2024-05-01, 2024-05-01T10:30+03:30 or 1403-02-12."
        ) from error
    return found


def record(given: Mapping[str, object], where: str, original: Original) -> Item:
    """An item out of a record of a file.

    Raises:
        RejectedInput: as `article`.
    """
    return Item(where, article(given, where), original)


def described(
    source: Source,
    given: Mapping[str, object],
    data: bytes,
    media_type: str,
    reader: str,
    published_from: str,
    limits: Limits,
) -> Item:
    """An item out of a file that holds one article; what the .toml beside it says counts before what the file says.

    Raises:
        RejectedInput: as `article`, and where the .toml is broken.
    """
    about = source.about()
    said = {name: value for name, value in read_toml(about, limits).items() if name != "text"} if about else {}
    where = about.where if about and said else source.where
    if about and said.get("published"):
        published_from = about.name
    found = article({**given, **said}, where)
    original = Original(data, media_type, source.name, reader, published_from if found["published"] else "")
    return Item(source.where, found, original)


def read_toml(source: Source, limits: Limits) -> dict[str, Any]:
    """What a .toml says; an empty file says nothing.

    Raises:
        RejectedInput: where it is not TOML.
    """
    data = source.read_any(limits.record_bytes)
    try:
        return tomllib.loads(decode(data, source.where)[0]) if data else {}
    except (ValueError, RecursionError) as error:
        problem = " ".join(str(error).split())[:200]
        raise _bad(f'{source.where}: not TOML: {problem}. Write lines like: title = "...".') from error


def mapping(value: object, where: str) -> Mapping[str, object]:
    """A JSON object.

    Raises:
        RejectedInput: where it is something else.
    """
    if not isinstance(value, dict):
        raise _bad(f'{where}: not a JSON object. Write each article like {{"text": "..."}}.')
    return value


def _bad(message: str) -> RejectedInput:
    return RejectedInput("bad_record", message)


def _plain(value: object, name: str, where: str) -> str:
    if value is None or value != value:  # Only NaN differs from itself.
        return ""
    if not isinstance(value, str) and (name == "text" or type(value) not in (int, float)):
        raise _bad(f"{where}: `{name}` is not text. Write it as text in quotation marks.")
    text = str(value)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise _bad(f"{where}: `{name}` holds half a character ({text[error.start]!r}). Remove it.") from error
    return text
