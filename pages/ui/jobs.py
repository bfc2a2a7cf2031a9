"""Adding in the background: one process of the command line for each job, whose report is read as it comes.

A process of its own keeps the pages quick, goes on when the reader closes the page, and leaves nothing half-kept when
it is ended: what it says to have added is in the store.
"""

from __future__ import annotations

import json
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Thread

from analysis.config import ROOT

_MOST = 20
"""Jobs that are remembered."""
_DETAILS = 5000
"""Rows of a report that are kept in memory; the counts go on."""


@dataclass(slots=True)
class Job:
    """One run of `add`.

    Attributes:
        progress: the last progress: done, total (None where unknown), rate (articles a second), remaining (seconds).
        items: what happened to each input, in order, at most `_DETAILS` of them.
        counts: how often each outcome came.
        versions: the versions of the store that it made.
        ended: the exit code; None while it runs.
        error: the one line that says why it failed, "" otherwise.
        stopped: whether the reader asked it to stop.
        done: whether it came to its end, as its last event says.
    """

    key: str
    process: subprocess.Popen[str]
    folder: Path
    progress: dict[str, object] = field(default_factory=dict)
    items: list[dict[str, object]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    versions: list[int] = field(default_factory=list)
    ended: int | None = None
    error: str = ""
    stopped: bool = False
    done: bool = False
    follower: Thread = field(default_factory=Thread)

    def stop(self) -> None:
        """Ask it to end after the article at hand; what was kept stays."""
        self.stopped = True
        if self.ended is None:
            self.process.send_signal(signal.SIGINT)

    def wait(self, seconds: float) -> None:
        """Wait until it has ended, at most that long."""
        self.follower.join(seconds)


class Jobs:
    """The jobs of this server. One object serves all sessions."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._lock = Lock()

    def get(self, key: str) -> Job | None:
        """The job of that key, None where it is forgotten."""
        return self._jobs.get(key)

    def running(self) -> list[Job]:
        """All jobs that have not ended."""
        return [job for job in self._jobs.values() if job.ended is None]

    def start(self, inputs: list[str], *, store: str, collection: str, who: str, folder: Path) -> Job:
        """Begin to add.

        Args:
            inputs: files, folders or addresses.
            store: where the store is.
            collection, who: as `add` takes them.
            folder: the folder of uploaded files, removed when all is done.
        """
        options = ["--store", store, "--json"]
        options += ["--collection", collection] if collection else []
        options += ["--who", who] if who else []
        process = subprocess.Popen(
            [sys.executable, "-m", "analysis", "add", *options, "--", *inputs],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        job = Job(secrets.token_hex(6), process, folder)
        with self._lock:
            self._jobs[job.key] = job
            for old in [key for key, one in self._jobs.items() if one.ended is not None][: len(self._jobs) - _MOST]:
                del self._jobs[old]
        errors = Thread(target=_read_errors, args=(job,), daemon=True)
        errors.start()
        job.follower = Thread(target=_follow, args=(job, errors), daemon=True)
        job.follower.start()
        return job


def _follow(job: Job, errors: Thread) -> None:
    assert job.process.stdout is not None
    try:
        for line in job.process.stdout:
            _take(job, json.loads(line))
    finally:
        errors.join()
        shutil.rmtree(job.folder, ignore_errors=True)
        code = job.process.wait()
        if not job.done and not job.stopped:
            job.error = job.error or f"exit code {code}"
        elif job.done:
            job.error = ""  # What stands there is a warning.
        job.ended = code


def _read_errors(job: Job) -> None:
    """The last line says what went wrong, whether we raised it or not."""
    assert job.process.stderr is not None
    for line in job.process.stderr:
        if line.strip():
            job.error = line.strip().removeprefix("error: ")


def _take(job: Job, event: dict[str, object]) -> None:
    kind = event.pop("event", "")
    if kind == "progress":
        job.progress = event
    elif kind == "item":
        outcome = str(event.get("outcome", ""))
        job.counts[outcome] = job.counts.get(outcome, 0) + 1
        if len(job.items) < _DETAILS:
            job.items.append(event)
    elif kind == "done":
        job.done = True
    elif kind == "batch":
        job.versions.append(int(str(event["version"])))


def new_folder() -> Path:
    """An empty folder for uploaded files."""
    return Path(tempfile.mkdtemp(prefix="mavaze-add-"))


def save(folder: Path, name: str, data: bytes) -> Path:
    """Keep an uploaded file under the last part of its name, which comes from outside and may hold a path."""
    safe = Path(name.replace("\\", "/").replace("\0", "")).name.lstrip(".")[-150:] or "file"
    path = folder / safe
    number = 1
    while path.exists():
        path = folder / f"{number}-{safe}"
        number += 1
    path.write_bytes(data)
    return path
