"""Readers of documents run in a process of their own, which can be stopped and whose memory is bounded.

A PDF, a Word document or a page can keep a parser busy for hours or fill the memory, by mischance or on purpose. One
such process is started at the first document and kept; it ends with the program. Documents go in and their text comes
out through pipes, so that it works under threads, workers of other libraries, and Streamlit alike.
"""

from __future__ import annotations

import atexit
import importlib
import os
import pickle
import struct
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, BinaryIO

from analysis.errors import RejectedInput

MEMORY = 3 << 30
"""Bytes of address space that a document may take."""
_READERS = {
    "docx": ("analysis.read.word", "parse"),
    "pdf": ("analysis.read.pdf", "parse"),
    "page": ("analysis.read.pages", "read_page"),
    "messages": ("analysis.read.pages", "read_messages"),
    "feed": ("analysis.read.feed_files", "parse"),
}
_ROOT = Path(__file__).resolve().parents[2]
# Without the package's own __init__, which loads the extraction and all that it needs: seconds, and for nothing.
_START = """
import sys, types
package = types.ModuleType("analysis")
package.__path__ = [sys.argv[1]]
sys.modules["analysis"] = package
from analysis.read.apart import serve
serve()
"""
_LENGTH = struct.Struct(">Q")


def run(kind: str, where: str, seconds: float, *given: Any, **named: Any) -> Any:
    """What the function of a reader of documents gives.

    Args:
        kind: one of `docx`, `pdf`, `page`, `messages`, `feed`.
        where: the document, as messages name it.
        seconds: after which it is stopped.
        given: what the function takes, and `named` as well.

    Raises:
        RejectedInput: what the reader raised, or that it took too long, too much memory, or failed.
    """
    with _LOCK:
        answer = _worker().ask((kind, given, named), seconds)
    if answer is None:
        raise RejectedInput(
            "timeout", f"{where}: not read within {seconds:g} seconds. Split it, or save its text in a .txt file."
        )
    outcome, value = answer
    if outcome == "rejected":
        raise RejectedInput(value[0], f"{where}: {value[1]}")
    if outcome == "memory":
        raise RejectedInput("too_large", f"{where}: takes too much memory. Split it, or save its text in a .txt file.")
    if outcome == "failed":
        raise RejectedInput(
            "damaged", f"{where}: cannot be read as what its name says ({value}). Save its text in a .txt file."
        )
    return value


class _Worker:
    """The other process."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START, str(_ROOT / "analysis")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def alive(self) -> bool:
        return self.owner == os.getpid() and self._process.poll() is None

    def ask(self, question: object, seconds: float) -> tuple[str, Any] | None:
        """The answer; None where it did not come in time."""
        late = threading.Event()

        def give_up() -> None:
            late.set()
            self._process.kill()

        timer = threading.Timer(seconds, give_up)
        timer.start()
        try:
            _send(self._pipe(self._process.stdin), question)
            answer: tuple[str, Any] = _receive(self._pipe(self._process.stdout))
            return answer
        except (OSError, EOFError):
            self.stop()
            return None if late.is_set() else ("failed", "its reader came to an end")
        except BaseException:  # An interruption in between would give the next document this one's answer.
            self.stop()
            raise
        finally:
            timer.cancel()

    def stop(self) -> None:
        if self.owner == os.getpid():
            self._process.kill()
            self._process.communicate()

    @staticmethod
    def _pipe(pipe: Any) -> BinaryIO:
        return pipe


_LOCK = threading.Lock()
_STATE: dict[str, _Worker] = {}


def _worker() -> _Worker:
    found = _STATE.get("worker")
    if found is None or not found.alive():
        found = _STATE["worker"] = _Worker()
    return found


@atexit.register
def _stop() -> None:
    if worker := _STATE.pop("worker", None):
        worker.stop()


def _send(pipe: BinaryIO, value: object) -> None:
    data = pickle.dumps(value)
    pipe.write(_LENGTH.pack(len(data)) + data)
    pipe.flush()


def _receive(pipe: BinaryIO) -> Any:
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    data = pipe.read(_LENGTH.unpack(head)[0])
    return pickle.loads(data)  # Our own process wrote it.


def _answer(kind: str, given: tuple[Any, ...], named: dict[str, Any]) -> tuple[str, Any]:
    try:
        module, function = _READERS[kind]
        return "read", getattr(importlib.import_module(module), function)(*given, **named)
    except RejectedInput as error:
        return "rejected", (error.code, str(error))
    except MemoryError:
        return "memory", ""
    except Exception as error:
        # Whatever a library stumbles over in a broken document must not stop the others.
        return "failed", f"{type(error).__name__}: {error}"[:200]


def serve() -> None:
    """Answer until nobody asks any more."""
    asked = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # What a library prints must not get among the answers.
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):
        pass  # Not to be had on this system: time is bounded all the same.
    while True:
        try:
            question = _receive(asked)
        except (EOFError, OSError):
            return
        try:
            _send(answers, _answer(*question))
        except MemoryError:
            _send(answers, ("memory", ""))
