"""What Telegram Desktop exports: `result.json` of one chat, or of a whole account; each message is an article.

Messages without words of their own are not articles: what Telegram itself says (somebody joined, a title changed),
polls, and pictures without a caption. How many were left out is said once for each chat.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Generator, Mapping
from dataclasses import dataclass

from analysis.errors import RejectedInput
from analysis.read.encoding import name_of
from analysis.read.inputs import Source
from analysis.read.items import Item, Original, Rejected
from analysis.read.limits import Limits
from analysis.read.parse_json import Part, Reading
from analysis.read.records import article, mapping, read_toml

_Read = Generator[Item | Rejected, None, int]
_LONGEST = 300
"""Letters of a headline at most."""
_SERVICE, _POLL, _WORDLESS = "service messages", "polls", "messages without text"


@dataclass(frozen=True, slots=True)
class _File:
    """A file that is read, and what the .toml beside it says of the chat."""

    reading: Reading
    source: Source
    encoding: str
    limits: Limits
    said: Mapping[str, object]

    def text(self, name: str) -> str:
        return str(self.said.get(name) or "").strip()


def read_export(
    reading: Reading, at: int, source: Source, encoding: str, limits: Limits
) -> Generator[Item | Rejected, None, tuple[int, dict[str, object] | None]]:
    """The messages of an export that begins at `at` with a brace.

    `NAME.toml` beside it may give `url` (`https://t.me/CHANNEL`), which the export leaves out, `source`, and
    `collection`.

    Returns:
        where the object ends, and the fields of one that is no export, else None.
    """
    about = source.about()
    file = _File(reading, source, encoding, limits, read_toml(about, limits) if about else {})
    said: dict[str, object] = {}
    exported, first, at = False, True, at + 1
    while key := reading.key(at, first=first):
        first, opening = False, reading.char(key.stop)
        if key.value == "messages" and opening == "[" and "text" not in said:
            exported = True
            at = yield from _messages(file, said, key.stop)
        elif key.value in {"chats", "left_chats"} and opening == "{" and "text" not in said:
            exported = True
            at = yield from _account(file, key.stop)
        else:
            part = reading.value(key.stop)
            said[str(key.value)], at = part.value, part.stop
    return reading.skip(at) + 1, None if exported else said


def _account(file: _File, at: int) -> _Read:
    """{"about": …, "list": [{"name": …, "messages": […]}, …]}."""
    reading, first, at = file.reading, True, at + 1
    while key := reading.key(at, first=first):
        first = False
        if key.value == "list" and reading.char(key.stop) == "[":
            at = yield from _chats(file, key.stop)
        else:
            at = reading.value(key.stop).stop
    return reading.skip(at) + 1


def _chats(file: _File, at: int) -> _Read:
    reading, first, at = file.reading, True, at + 1
    while (start := reading.element(at, first=first)) is not None:
        first = False
        if reading.char(start) == "{":
            at = yield from _chat(file, start)
        else:
            at = reading.value(start).stop
    return reading.skip(at) + 1


def _chat(file: _File, at: int) -> _Read:
    reading, first, at = file.reading, True, at + 1
    said: dict[str, object] = {}
    while key := reading.key(at, first=first):
        first = False
        if key.value == "messages" and reading.char(key.stop) == "[":
            at = yield from _messages(file, said, key.stop)
        else:
            part = reading.value(key.stop)
            said[str(key.value)], at = part.value, part.stop
    return reading.skip(at) + 1


def _messages(file: _File, chat: Mapping[str, object], at: int) -> _Read:
    left_out: Counter[str] = Counter()
    reading, first, at = file.reading, True, at + 1
    while (start := reading.element(at, first=first)) is not None:
        first = False
        part = reading.value(start)
        at = part.stop
        found = _message(file, chat, part)
        if isinstance(found, str):
            left_out[found] += 1
        else:
            yield found
    if left_out:
        counted = ", ".join(f"{number:,} {kind}" for kind, number in left_out.items())
        where = f"{file.source.where}, {_name(file, chat)}" if _name(file, chat) else file.source.where
        yield Rejected(where, "left_out", f"{where}: left out: {counted}. They hold no article; nothing is to be done.")
    return reading.skip(at) + 1


def _message(file: _File, chat: Mapping[str, object], part: Part) -> Item | Rejected | str:
    """A message as an article, or why it is none, or what kind of other message it is."""
    where = f"{file.source.where}, message"
    try:
        message = mapping(part.value, where)
        where = f"{file.source.where}, message {str(message.get('id', '?'))[:40]}"
        if message.get("type", "message") != "message":
            return _SERVICE
        if message.get("poll"):
            return _POLL
        text = _text(message.get("text"))
        if not text.strip():
            return _WORDLESS
        if part.stop - part.start > file.limits.record_bytes:
            raise RejectedInput("too_large", f"{where}: longer than {file.limits.record_bytes:,} bytes. Leave it out.")
        published, read_from = _time(message, where)
        given = {
            "id": _id(chat, message),
            "url": _address(file, chat, message),
            "source": _name(file, chat),
            "title": _headline(message.get("text")),
            "published": published,
            "text": text,
            "collection": file.text("collection"),
        }
        written = file.reading.text[part.start : part.stop].encode(file.encoding)
        reader = f"telegram {name_of(file.encoding)}"
        original = Original(written, "application/json", file.source.name, reader, read_from)
        return Item(where, article(given, where), original)
    except RejectedInput as error:
        return Rejected(where, error.code, str(error))


def _text(value: object) -> str:
    """Words of a message: one text, or pieces of which the marked ones (bold, links, mentions) are objects."""
    if isinstance(value, list):
        return "".join(_text(piece) for piece in value)
    if isinstance(value, dict):
        return _text(value.get("text")) if isinstance(value.get("text"), str) else ""
    return value if isinstance(value, str) else ""


def _headline(value: object) -> str:
    """The first line where all of it is bold, as channels write their headlines."""
    if not (isinstance(value, list) and value and isinstance(value[0], dict) and value[0].get("type") == "bold"):
        return ""
    bold, after = _text(value[0]), _text(value[1:]).lstrip(" \u200c")
    line, _, rest = bold.strip().partition("\n")
    alone = rest or (after.strip() and (bold.endswith("\n") or after.startswith("\n")))
    return line.strip() if alone and len(line) <= _LONGEST else ""


def _time(message: Mapping[str, object], where: str) -> tuple[str, str]:
    """When it was sent: the Unix time is exact, the written one is of the clock of whoever exported."""
    unix, written = message.get("date_unixtime"), message.get("date")
    if unix not in (None, ""):
        try:
            return dt.datetime.fromtimestamp(int(str(unix)), dt.UTC).isoformat(), "telegram date_unixtime"
        except (ValueError, OverflowError, OSError) as error:
            raise RejectedInput(
                "bad_record",
                f"{where}: `date_unixtime` is {str(unix)[:40]!r}, which is no time. Export the chat again.",
            ) from error
    return (written, "telegram date, the exporter's clock") if isinstance(written, str) else ("", "")


def _name(file: _File, chat: Mapping[str, object]) -> str:
    return file.text("source") or str(chat.get("name") or "").strip()


def _id(chat: Mapping[str, object], message: Mapping[str, object]) -> str:
    numbers = (str(value) for value in (chat.get("id"), message.get("id")) if isinstance(value, int | str))
    return "/".join(numbers) if isinstance(message.get("id"), int | str) else ""


def _address(file: _File, chat: Mapping[str, object], message: Mapping[str, object]) -> str:
    """The message's own address, where the channel's is known: from the .toml, or a `username` that tools add."""
    username = str(chat.get("username") or "").strip().removeprefix("@")
    channel = file.text("url").rstrip("/") or (f"https://t.me/{username}" if username else "")
    return f"{channel}/{message['id']}" if channel and isinstance(message.get("id"), int | str) else ""
