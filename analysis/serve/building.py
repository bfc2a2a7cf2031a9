"""An edition made in the background, so that all who wait for it see how far it is."""

from __future__ import annotations

import threading
from collections.abc import Callable

from analysis.serve.columns import Progress
from analysis.serve.content import Content

Make = Callable[[Progress], Content]


class Building:
    """An edition in the making.

    Attributes:
        done: how much of it is made, from 0 to 1.
    """

    def __init__(self, make: Make) -> None:
        self.done = 0.0
        self._content: Content | None = None
        self._error: Exception | None = None
        self._ready = threading.Event()
        threading.Thread(target=self._run, args=(make,), name="edition", daemon=True).start()

    def _run(self, make: Make) -> None:
        try:
            self._content = make(self._progress)
        except Exception as error:  # Whoever waits for it gets it.
            self._error = error
        finally:
            self._ready.set()

    def _progress(self, done: float) -> None:
        self.done = done

    def wait(self, seconds: float | None = None) -> Content | None:
        """The edition; None where it is not ready after so many seconds.

        Raises:
            StoreError: as `editions.open_edition`.
        """
        if not self._ready.wait(seconds):
            return None
        if self._error is not None:
            raise self._error
        return self._content
