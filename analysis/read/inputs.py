"""What a reader opens: a file, or a member of an archive, each read within its bounds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from analysis.errors import RejectedInput
from analysis.read.encoding import unopened


@dataclass(frozen=True, slots=True)
class Source:
    """One file, wherever it lies."""

    where: str
    """`FILE`, or `A.zip, folder/x.html`."""
    name: str
    """The file's name."""
    open: Callable[[], BinaryIO]
    """Opens it for reading; what comes out of an archive is counted while it is read."""
    about: Callable[[], Source | None]
    """The .toml beside it, where there is one."""

    @property
    def suffix(self) -> str:
        """`.txt`: the end of the name, in small letters."""
        return PurePosixPath(self.name).suffix.lower()

    @property
    def stem(self) -> str:
        """The name without that end."""
        return PurePosixPath(self.name).stem

    def read(self, limit: int) -> bytes:
        """All bytes.

        Raises:
            RejectedInput: where there are none, or more than `limit`, or the file cannot be opened.
        """
        data = self.read_any(limit)
        if not data:
            raise RejectedInput("empty", f"{self.where}: the file is empty. Remove it or put an article into it.")
        return data

    def read_any(self, limit: int) -> bytes:
        """As `read`, but an empty file is one."""
        try:
            with self.open() as file:
                data = file.read(limit + 1)
        except OSError as error:
            raise unopened(self.where, error) from error
        if len(data) > limit:
            raise RejectedInput("too_large", f"{self.where}: larger than {limit:,} bytes. Split it into smaller files.")
        return data


def of_file(path: Path) -> Source:
    """A file on the disk."""

    def about() -> Source | None:
        beside = path.with_suffix(".toml")
        return of_file(beside) if beside != path and beside.is_file() else None

    return Source(str(path), path.name, lambda: path.open("rb"), about)
