"""Articles of .jsonl and .json files."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator

from analysis.errors import RejectedInput
from analysis.read.encoding import decode, name_of, open_lines
from analysis.read.inputs import Source
from analysis.read.items import Item, Original, Rejected
from analysis.read.limits import Limits
from analysis.read.parse_json import Part, Reading
from analysis.read.records import mapping, record
from analysis.read.telegram import read_export

_MEDIA = "application/json"


def read_jsonl(source: Source, limits: Limits) -> Iterator[Item | Rejected]:
    """An article a line."""
    found = False
    with source.open() as file:
        encoding, lines = open_lines(file, source.where, limits.record_bytes)
        for line in lines:
            where = f"{source.where}, line {line.number}"
            if line.fault:
                found = True
                yield Rejected(where, line.fault.code, str(line.fault))
            elif line.text.strip():
                found = True
                yield _of_line(line.text, where, source, encoding)
    if not found:
        raise _nothing(source)


def _of_line(line: str, where: str, source: Source, encoding: str) -> Item | Rejected:
    try:
        value = mapping(_loads(line, where), where)
        return record(value, where, _original(line.rstrip("\r\n"), source, encoding, "jsonl", value.get("published")))
    except RejectedInput as error:
        return Rejected(where, error.code, str(error))


def _loads(line: str, where: str) -> object:
    remedy = "Write one whole JSON object a line."
    try:
        return json.loads(line)
    except json.JSONDecodeError as error:
        raise RejectedInput("bad_record", f"{where}: not JSON: {error.msg}, column {error.colno}. {remedy}") from error
    except (ValueError, RecursionError, MemoryError) as error:  # Numbers of thousands of digits, endless brackets.
        raise RejectedInput("bad_record", f"{where}: not JSON: {str(error)[:200]}. {remedy}") from error


def read_json(source: Source, limits: Limits) -> Iterator[Item | Rejected]:
    """One article, a list of them, or what Telegram exports."""
    text, encoding = decode(source.read(limits.json_bytes), source.where)
    reading = Reading(text, source.where)
    start = reading.skip(0)
    if reading.char(start) == "{":
        stop, said = yield from read_export(reading, start, source, encoding, limits)
        reading.end(stop)
        if said is not None:
            yield _of_part(Part(said, start, stop), source.where, reading, source, encoding, limits)
    elif reading.char(start) == "[":
        reading.end((yield from _list(reading, start, source, encoding, limits)))
    else:
        reading.end(reading.value(start).stop)
        mapping(None, source.where)


def _list(
    reading: Reading, at: int, source: Source, encoding: str, limits: Limits
) -> Generator[Item | Rejected, None, int]:
    at, number = at + 1, 0
    while (start := reading.element(at, first=not number)) is not None:
        number += 1
        part = reading.value(start)
        at = part.stop
        yield _of_part(part, f"{source.where}, article {number}", reading, source, encoding, limits)
    if not number:
        raise RejectedInput("empty", f"{source.where}: the list is empty. Remove the file or put an article into it.")
    return reading.skip(at) + 1


def _of_part(
    part: Part, where: str, reading: Reading, source: Source, encoding: str, limits: Limits
) -> Item | Rejected:
    written = reading.text[part.start : part.stop]
    try:
        if len(written) > limits.record_bytes:
            raise RejectedInput("too_large", f"{where}: longer than {limits.record_bytes:,} bytes. Split it.")
        value = mapping(part.value, where)
        return record(value, where, _original(written, source, encoding, "json", value.get("published")))
    except RejectedInput as error:
        return Rejected(where, error.code, str(error))


def _original(written: str, source: Source, encoding: str, kind: str, published: object) -> Original:
    read_from = "field published" if published else ""
    return Original(written.encode(encoding), _MEDIA, source.name, f"{kind} {name_of(encoding)}", read_from)


def _nothing(source: Source) -> RejectedInput:
    return RejectedInput(
        "empty", f"{source.where}: the file is empty of articles. Remove it or put an article into it."
    )
