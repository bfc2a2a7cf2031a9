"""What takes its time, made in the background, so that all who wait for it see how far it is."""

from __future__ import annotations

import threading
from collections.abc import Callable

from analysis.serve.columns import Progress


class Building[Made]:
    """An edition, or its search index, in the making.

    Attributes:
        done: how much of it is made, from 0 to 1.
    """

    def __init__(self, make: Callable[[Progress], Made]) -> None:
        self.done = 0.0
        self._made: Made | None = None
        self._error: Exception | None = None
        self._ready = threading.Event()
        threading.Thread(target=self._run, args=(make,), name="building", daemon=True).start()

    def _run(self, make: Callable[[Progress], Made]) -> None:
        try:
            self._made = make(self._progress)
        except Exception as error:  # Whoever waits for it gets it.
            self._error = error
        finally:
            self._ready.set()

    def _progress(self, done: float) -> None:
        self.done = done

    def is_over(self, seconds: float) -> bool:
        """Whether it is ready, or has failed, after so many seconds at most."""
        return self._ready.wait(seconds)

    def wait(self) -> Made:
        """What was made, when it is ready.

        Raises:
            StoreError: whatever making it raised.
        """
        self._ready.wait()
        if self._made is None:
            raise self._error or RuntimeError("nothing was made")
        return self._made
