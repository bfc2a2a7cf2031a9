"""A folder that others put files into."""

from __future__ import annotations

import time
from pathlib import Path

from analysis.read.sources import walk

State = tuple[int, int, int, int]
"""Size and time of a file, and of the .toml beside it."""


class Folder:
    """Finds files that are finished and not read yet.

    A file counts as finished when two looks in a row find it unchanged, and it was not written within the last
    `settle` seconds. What was read is remembered only while the program runs; after a restart everything is read once
    more, and the store knows what it has.

    Args:
        folder: the folder; sub-folders are included.
        settle: seconds that a file must have been left alone.
    """

    def __init__(self, folder: Path, settle: float = 2.0) -> None:
        self.folder, self.settle = folder, settle
        self._seen: dict[Path, State] = {}
        self._read: dict[Path, State] = {}

    def ready(self) -> list[Path]:
        """Files to read now, in order."""
        now = {path: state for path, _ in walk(self.folder) if (state := _state(path)) is not None}
        before, self._seen = self._seen, now
        self._read = {path: state for path, state in self._read.items() if path in now}
        quiet = time.time_ns() - int(self.settle * 1e9)
        return [
            path
            for path, state in now.items()
            if before.get(path) == state and self._read.get(path) != state and max(state[1], state[3]) <= quiet
        ]

    def done(self, files: list[Path]) -> None:
        """Remember that files were read, as `ready` found them."""
        self._read |= {path: self._seen[path] for path in files}


def _state(path: Path) -> State | None:
    try:
        about = path.stat()
        beside = path.with_suffix(".toml")
        told = beside.stat() if beside != path and beside.exists() else None
    except OSError:  # Gone since the folder was listed.
        return None
    return about.st_size, about.st_mtime_ns, told.st_size if told else 0, told.st_mtime_ns if told else 0
