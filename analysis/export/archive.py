"""A zip whose bytes hang on nothing but what is put into it, written as a stream and never half there."""

from __future__ import annotations

import hashlib
import io
import os
import secrets
import zipfile
from collections.abc import Buffer, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Self, cast

from analysis.errors import MavazeError

SUMS = "SHA256SUMS"
"""The last file of an archive: what `sha256sum -c` checks the others with."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time that every entry bears, the earliest that a zip can say: clocks make no two archives differ."""
_LARGE = 1 << 30
"""From this size on an entry is told to be large beforehand; a stream cannot be, once it has begun."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive: its name, its size in bytes and the SHA-256 of them."""

    name: str
    bytes: int
    sha256: str


class Archive:
    """Write files into a zip one after the other, each as a stream, and list what was written.

    Args:
        target: an open binary file; it needs not be seekable.
    """

    def __init__(self, target: BinaryIO) -> None:
        self.members: list[Member] = []
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            sums = "".join(f"{member.sha256}  {member.name}\n" for member in self.members)
            self.put(SUMS, sums.encode())
        self._zip.close()

    @contextmanager
    def open(self, name: str, *, expected: int = 0) -> Iterator[BinaryIO]:
        """A new file of the archive, to be written within the context.

        Args:
            name: its path inside the archive.
            expected: about how many bytes will come.
        """
        entry = zipfile.ZipInfo(name, _EPOCH)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.create_system, entry.external_attr = 3, 0o644 << 16  # The same on every system.
        with self._zip.open(entry, "w", force_zip64=expected >= _LARGE) as sink:
            hashed = _Hashed(cast(BinaryIO, sink))
            yield cast(BinaryIO, hashed)
        self.members.append(Member(name, hashed.size, hashed.digest.hexdigest()))

    def put(self, name: str, data: bytes) -> Member:
        """A file whose bytes are at hand."""
        with self.open(name, expected=len(data)) as sink:
            sink.write(data)
        return self.members[-1]


def rezipped(data: bytes) -> bytes:
    """A zip with the same files and no times of its own, for what others write (Word documents)."""
    sink = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            made.writestr(entry, given.read(name))
    return sink.getvalue()


class _Hashed(io.RawIOBase):
    """A stream that counts and hashes what goes through it."""

    def __init__(self, sink: BinaryIO) -> None:
        self._sink, self.size, self.digest = sink, 0, hashlib.sha256()

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.size

    def write(self, data: Buffer, /) -> int:
        view = memoryview(data).cast("B")
        self._sink.write(view)
        self.digest.update(view)
        self.size += len(view)
        return len(view)


@contextmanager
def whole_file(path: Path, *, replace: bool = False) -> Iterator[BinaryIO]:
    """A file that appears under its name when all of it is written, and not at all where an exception leaves.

    Args:
        path: the file to make; its folder is made as well.
        replace: whether a file that stands there gives way.

    Raises:
        MavazeError: where something stands there already.
    """
    if path.is_dir() or (path.exists() and not replace):
        raise MavazeError(f"{path}: stands there already. Name another file, or say --replace.")
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    try:
        with draft.open("xb") as sink:
            yield sink
            sink.flush()
            os.fsync(sink.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def target_file(target: Path | BinaryIO, *, replace: bool = False) -> AbstractContextManager[BinaryIO]:
    """A file to make (see `whole_file`), or one that is open already and stays so."""
    return whole_file(target, replace=replace) if isinstance(target, Path) else nullcontext(target)
