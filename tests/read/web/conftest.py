"""A real web server on this machine, which answers as each test wants and remembers what it was asked."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

import pytest

from analysis.read.limits import Limits
from analysis.read.web import Web

Answering = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """Paths and what they answer; `log` is what was asked, in order."""

    port: int = 0
    pages: dict[str, Answering] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def page(
        self, path: str, body: bytes | str, kind: str = "text/html; charset=utf-8", status: int = 200, **headers: str
    ) -> str:
        """Answer a path with a body; returns its address."""
        data = body.encode() if isinstance(body, str) else body

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            if kind:
                handler.send_header("Content-Type", kind)
            given = {"Content-Length": str(len(data))} | {
                name.replace("_", "-"): value for name, value in headers.items()
            }
            for name, value in given.items():
                handler.send_header(name, value)
            handler.end_headers()
            handler.wfile.write(data)

        return self.answer(path, answer)

    def redirect(self, path: str, to: str, status: int = 302) -> str:
        return self.page(path, "", status=status, Location=to)

    def answer(self, path: str, answer: Answering) -> str:
        self.pages[path] = answer
        return self.base + path


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path.removeprefix(f"http://127.0.0.1:{found.port}")
            found.log.append(path)
            found.headers.append({name.lower(): value for name, value in self.headers.items()})
            self.close_connection = True
            if path in found.pages:
                found.pages[path](self)
            else:
                self.send_response(404)
                self.send_header("Content-Length", "0")
                self.end_headers()

        def log_message(self, *given: object) -> None:
            pass

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

        def handle_error(self, *given: object) -> None:
            """A client that hangs up is what many of these tests are about."""

    with Server(("127.0.0.1", 0), Handler) as server:
        found.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield found
        server.shutdown()


@pytest.fixture
def waits() -> list[float]:
    """The pauses that were made, none of which is waited for."""
    return []


@pytest.fixture
def web(site: Site, waits: list[float]) -> Web:
    """The network as tests use it: the server allowed, no real pauses, small bounds."""
    time = [0.0]

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        time[0] += seconds

    limits = Limits(response_seconds=1.0, connect_seconds=1.0, response_bytes=3_000_000, ratio_from=500_000)
    return Web(limits=limits, allow=frozenset({f"127.0.0.1:{site.port}"}), clock=lambda: time[0], sleep=sleep)
