"""The files within a .zip, nested ones included; nothing of it is written to the disk under its own name."""

from __future__ import annotations

import io
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from analysis.errors import RejectedInput
from analysis.read.inputs import Source
from analysis.read.items import Item, Rejected
from analysis.read.limits import Limits

_SNAPSHOT = "datapackage.json"
"""What makes an archive a data package and no folder of articles."""
ReadMember = Callable[[Source], Iterator[Item | Rejected]]
_SPOOLED = 16 << 20
"""Bytes of a nested archive that are held in memory; more go to a temporary file without a name."""
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError)


class _SpentError(RejectedInput):
    """The whole archive has given as much as it may."""


@dataclass(slots=True)
class Budget:
    """What may still come out of an archive and those within it, by what was counted and not by what headers say."""

    bytes: int
    members: int

    def spend(self, size: int, where: str) -> None:
        self.bytes -= size
        if self.bytes < 0:
            raise _SpentError(
                "too_large", f"{where}: the archive unpacks to far more than its size. Unpack it and look into it."
            )


class _Counted(io.RawIOBase):
    """A member while it is unpacked."""

    def __init__(self, member: BinaryIO, most: int, budget: Budget, where: str) -> None:
        self._member, self._left, self._budget, self._where = member, most, budget, where

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        try:
            # Never more at once than tells that it is too much.
            data = self._member.read(min(len(view), 1 << 16, self._left + 1))
        except _BROKEN as error:
            problem = " ".join(str(error).split())[:200]
            raise RejectedInput("damaged", f"{self._where}: cannot be unpacked ({problem}). Pack it again.") from error
        self._budget.spend(len(data), self._where)
        self._left -= len(data)
        if self._left < 0:
            raise RejectedInput(
                "too_large", f"{self._where}: unpacks to far more than its size. Unpack it and look into it."
            )
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._member.close()
        super().close()


def read_zip(
    source: Source, limits: Limits, read_member: ReadMember, depth: int = 1, budget: Budget | None = None
) -> Iterator[Item | Rejected]:
    """What the members of an archive hold, in the order of their names.

    Raises:
        RejectedInput: where it is no archive, or gives more than it may; members that were read stay read.
    """
    if depth > limits.depth:
        raise RejectedInput("too_many", f"{source.where}: more than {limits.depth} archives in one another. Unpack it.")
    with _seekable(source, limits) as file:
        size = file.seek(0, io.SEEK_END)
        if not size:
            raise RejectedInput("empty", f"{source.where}: the file is empty. Remove it or put an article into it.")
        if budget is None:
            budget = Budget(min(limits.unpacked_bytes, limits.ratio_from + limits.ratio * size), limits.members)
        try:
            archive = zipfile.ZipFile(file)
        except _BROKEN as error:
            problem = " ".join(str(error).split())[:200]
            raise RejectedInput("damaged", f"{source.where}: not a whole .zip ({problem}). Pack it again.") from error
        with archive:
            if _SNAPSHOT in archive.namelist():
                raise RejectedInput(
                    "left_out", f"{source.where}: a snapshot, whose articles were read already. Add it by itself."
                )
            yield from _members(archive, size, source, limits, read_member, depth, budget)


def _seekable(source: Source, limits: Limits) -> BinaryIO:
    opened = source.open()
    if opened.seekable():
        return opened
    spooled = tempfile.SpooledTemporaryFile(max_size=_SPOOLED)  # noqa: SIM115 (closed by the caller)
    try:
        with opened:
            left = limits.unpacked_bytes
            while block := opened.read(1 << 20):
                left -= len(block)
                spooled.write(block)
                if left < 0:
                    raise RejectedInput("too_large", f"{source.where}: larger than {limits.unpacked_bytes:,} bytes.")
    except BaseException:
        spooled.close()
        raise
    return spooled  # type: ignore[return-value]


def _members(
    archive: zipfile.ZipFile,
    size: int,
    source: Source,
    limits: Limits,
    read_member: ReadMember,
    depth: int,
    budget: Budget,
) -> Iterator[Item | Rejected]:
    members = sorted((one for one in archive.infolist() if not one.is_dir()), key=lambda one: _name(one))
    if len(members) > budget.members:
        raise RejectedInput(
            "too_many", f"{source.where}: more than {limits.members:,} files in one archive. Pack several smaller ones."
        )
    budget.members -= len(members)
    described = {name: one for one in members if (name := _name(one)).endswith(".toml")}
    opened = _Opener(archive, size, source.where, limits, budget, described)
    seen: set[str] = set()
    for member in members:
        name = _name(member)
        where = f"{source.where}, {name}"
        if problem := _problem(member, name, seen):
            yield Rejected(where, problem[0], f"{where}: {problem[1]}")
            continue
        seen.add(name)
        inner = opened.source(member, name)
        try:
            if inner.suffix == ".zip":
                yield from read_zip(inner, limits, read_member, depth + 1, budget)
            else:
                yield from read_member(inner)
        except _SpentError:
            raise
        except RejectedInput as error:
            yield Rejected(where, error.code, str(error))


@dataclass(frozen=True, slots=True)
class _Opener:
    archive: zipfile.ZipFile
    size: int
    where: str
    limits: Limits
    budget: Budget
    described: dict[str, zipfile.ZipInfo]
    """The .toml members by name."""

    def source(self, member: zipfile.ZipInfo, name: str) -> Source:
        beside = str(PurePosixPath(name).with_suffix(".toml"))

        def about() -> Source | None:
            found = self.described.get(beside)
            if found is None or beside == name or _problem(found, beside, set()):
                return None
            return self.source(found, beside)

        return Source(f"{self.where}, {name}", PurePosixPath(name).name, lambda: self._open(member, name), about)

    def _open(self, member: zipfile.ZipInfo, name: str) -> BinaryIO:
        where = f"{self.where}, {name}"
        most = max(self.limits.ratio_from, self.limits.ratio * min(member.compress_size, self.size))
        try:
            opened = self.archive.open(member)
        except _BROKEN as error:
            problem = " ".join(str(error).split())[:200]
            raise RejectedInput("damaged", f"{where}: cannot be unpacked ({problem}). Pack it again.") from error
        return io.BufferedReader(_Counted(opened, most, self.budget, where), 1 << 16)  # type: ignore[arg-type]


def _name(member: zipfile.ZipInfo) -> str:
    """A member's name; one that is not marked as UTF-8 but is, as many programs write it, is read as such."""
    name = member.filename
    if not member.flag_bits & 0x800:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return "".join(char if char.isprintable() or char == "\u200c" else "\ufffd" for char in name)


def _problem(member: zipfile.ZipInfo, name: str, seen: set[str]) -> tuple[str, str] | None:
    """Why a member is not opened."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if name.startswith(("/", "\\")) or ".." in parts or (parts and parts[0].endswith(":")):
        return "unsafe", "its name leads out of the archive. Pack it again."
    if stat.S_ISLNK(member.external_attr >> 16):
        return "unsafe", "a link to another file. Pack the file itself."
    if member.flag_bits & 1:
        return "encrypted", "locked with a password. Pack it without one."
    if name in seen:
        return "left_out", "a second member of this name; the first one was read. Give each a name of its own."
    return None
