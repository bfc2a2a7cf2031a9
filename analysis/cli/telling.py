"""How long runs tell what they do: lines for people, or one JSON object a line for programs."""

from __future__ import annotations

import json
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict
from types import FrameType, TracebackType
from typing import Self

from analysis.store.report import Committed, Line, Progress

Told = Line | Committed | Progress


class Teller:
    """Tells of a run while it goes on: progress on a terminal, or every event as JSON.

    Args:
        as_json: one JSON object a line on stdout: {"event": "progress"}, {"event": "item"}, {"event": "batch"} and
            whatever `tell` is given.
    """

    def __init__(self, as_json: bool) -> None:
        self.as_json = as_json
        self._shown = False

    def __call__(self, told: Told) -> None:
        """Tell one thing."""
        if isinstance(told, Line):
            self.tell("item", told.values())
        elif isinstance(told, Committed):
            self.tell("batch", asdict(told))
        elif self.as_json:
            left = None if told.remaining is None else round(told.remaining, 1)
            seen = {"done": told.done, "total": told.total, "rate": round(told.rate, 2), "remaining": left}
            self.tell("progress", seen)
        elif sys.stderr.isatty():
            self._shown = True
            print(f"\r{say_progress(told)}\033[K", end="", file=sys.stderr, flush=True)

    def tell(self, event: str, values: Mapping[str, object]) -> None:
        """Print an event, where JSON is wanted."""
        if self.as_json:
            print(json.dumps({"event": event, **values}, ensure_ascii=False, default=str), flush=True)

    def say(self, words: str) -> None:
        """Print a line for people, where no JSON is wanted."""
        if self._shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
            self._shown = False
        if not self.as_json:
            print(words, flush=True)


def say_progress(progress: Progress) -> str:
    """`1,200 of 2,086 articles, 85 a second, 10 s left`."""
    of = f" of {progress.total:,}" if progress.total is not None else ""
    left = "" if progress.remaining is None else f", {say_time(progress.remaining)} left"
    return f"{progress.done:,}{of} articles, {progress.rate:.0f} a second{left}"


def say_time(seconds: float) -> str:
    """`40 s`, `3 min`, `2 h 5 min`."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60} min"


class Stop:
    """Notices Ctrl+C and SIGTERM, so that a run can end cleanly; a second Ctrl+C ends it at once.

    Use it as a context manager in the main thread; elsewhere it notices nothing.
    """

    def __init__(self) -> None:
        self._event = threading.Event()
        self._before: dict[int, Callable[[int, FrameType | None], object] | int | None] = {}

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                self._before[number] = signal.signal(number, self._notice)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _notice(self, number: int, frame: FrameType | None) -> None:
        if self._event.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        self._event.set()

    def __call__(self) -> bool:
        """Whether to stop."""
        return self._event.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait that long, or until it is time to stop; returns whether it is."""
        return self._event.wait(seconds)
