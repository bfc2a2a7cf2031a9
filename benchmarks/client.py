"""A dashboard in a process of its own, and readers of it that speak Streamlit's protocol without a browser."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

ROOT = Path(__file__).resolve().parent.parent
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Server:
    """A running dashboard."""

    pid: int
    port: int

    def cpu(self) -> float:
        """Seconds of processor that it has used."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICK

    def memory(self) -> dict[str, int]:
        """What it holds, in MB: all (`rss`), what is not mapped from files (`own`), and the most so far (`peak`)."""
        lines = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii").splitlines()
        found = {
            name: int(rest.split()[0]) for name, _, rest in (line.partition(":") for line in lines) if "kB" in rest
        }
        return {name: found[key] // 1024 for name, key in (("rss", "VmRSS"), ("own", "RssAnon"), ("peak", "VmHWM"))}


@contextmanager
def serve(store: str) -> Iterator[Server]:
    """Run the dashboard over a store."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    process = subprocess.Popen(
        [*command, "--server.headless", "true", "--server.fileWatcherType", "none"],
        cwd=ROOT,
        env={**os.environ, "MAVAZE_STORE": store},
        stdout=subprocess.DEVNULL,
    )
    try:
        _await(port, process)
        yield Server(process.pid, port)
    finally:
        process.terminate()
        process.wait(30)


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise SystemExit("the dashboard ended at once")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise SystemExit("the dashboard does not answer")


@dataclass(frozen=True, slots=True)
class Answer:
    """One run of a page as its reader sees it.

    Attributes:
        seconds: from asking to the end of the run.
        size: bytes that came.
        errors: what went wrong.
    """

    seconds: float
    size: int
    errors: tuple[str, ...]


class Reader:
    """One session: pages opened one after another."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    @classmethod
    async def enter(cls, port: int) -> Reader:
        """Connect, as a browser that was just opened."""
        uri = f"ws://127.0.0.1:{port}/_stcore/stream"
        return cls(await connect(uri, subprotocols=["streamlit"], max_size=None, ping_interval=None))  # type: ignore[list-item]

    async def leave(self) -> None:
        """Close the browser."""
        await self._socket.close()

    async def open(self, page: str, query: dict[str, str], timeout: float = 600) -> Answer:
        """Show a page with these parameters, and wait until the run is over."""
        asked = BackMsg()
        asked.rerun_script.query_string = urlencode(query)
        asked.rerun_script.page_name = page
        began = time.perf_counter()
        await self._socket.send(asked.SerializeToString())
        size, errors = 0, []
        async with asyncio.timeout(timeout):
            while True:
                data = await self._socket.recv(decode=False)
                size += len(data)
                message = ForwardMsg()
                message.ParseFromString(data)
                if error := _error(message):
                    errors.append(error)
                if message.WhichOneof("type") == "script_finished" and message.script_finished in _ENDS:
                    return Answer(time.perf_counter() - began, size, tuple(errors))


_ENDS = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_WITH_COMPILE_ERROR)


def _error(message: ForwardMsg) -> str:
    """What went wrong, where a message says so."""
    kind = message.WhichOneof("type")
    if kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
        return "the page cannot be compiled"
    if kind == "page_not_found":
        return f"there is no page {message.page_not_found.page_name}"
    if kind == "delta" and message.delta.new_element.WhichOneof("type") == "exception":
        exception = message.delta.new_element.exception
        return f"{exception.type}: {exception.message}"
    return ""
