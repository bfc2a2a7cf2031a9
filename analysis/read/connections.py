"""Connections that go only where they may, and end in time."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Collection, Iterable
from functools import cache
from typing import Any

import httpcore2

from analysis.errors import RejectedInput
from analysis.read.addresses import check

Resolve = Callable[[str, int], list[str]]


def look_up(host: str, port: int) -> list[str]:
    """The network addresses of a host.

    Raises:
        OSError: where it has none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(one[4][0]) for one in found]


@cache
def tls() -> ssl.SSLContext:
    """What certificates are checked against: those that the system trusts."""
    return httpcore2.default_ssl_context()


class CheckedBackend(httpcore2.NetworkBackend):
    """Looks a name up once, checks every address that it stands for, and connects to one of these.

    No second look-up takes place, so that an answer that changes in between (DNS rebinding) changes nothing.

    Args:
        allow: as `addresses.is_allowed`.
        deadline: in seconds of `time.monotonic`; reading and writing end there, however the answer drips.
        resolve: looks names up.
        proxy: whether a proxy is connected to, which was set on purpose and is not checked.
    """

    def __init__(
        self, allow: Collection[str], deadline: float, *, connect: float, resolve: Resolve, proxy: bool
    ) -> None:
        self._allow, self._deadline, self._connect = allow, deadline, connect
        self._resolve, self._proxy = resolve, proxy
        self._backend = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        try:
            found = self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise RejectedInput("network", f"{host}: there is no such host ({error}). Check the address.") from error
        numbers = list(found) if self._proxy else check(host, port, found, self._allow)
        problem: Exception = httpcore2.ConnectError("no address")
        for number in numbers:
            try:
                left = min(self._connect, _left(self._deadline))
                stream = self._backend.connect_tcp(number, port, left, local_address, socket_options)
                return _Stream(stream, self._deadline)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                problem = error
        raise problem

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore2.NetworkStream:
        raise httpcore2.ConnectError("no sockets of this machine")


class _Stream(httpcore2.NetworkStream):
    """A stream whose every step ends at the deadline."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: float) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline))
        return _Stream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore2.ReadTimeout("too slow")
    return left
