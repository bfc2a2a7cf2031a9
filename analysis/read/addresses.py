"""Which addresses are opened: http and https on public networks, and what the user allows besides."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection, Iterable
from urllib.parse import urlsplit

import httpx2

from analysis.errors import RejectedInput

LONGEST = 4096
"""Letters of an address."""
_HOST = re.compile(r"[\w.:-]+")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def parse(address: str) -> httpx2.URL:
    """An address, without its fragment.

    Raises:
        RejectedInput: where it is none that is opened here.
    """
    shown = address[:200]
    if len(address) > LONGEST:
        raise RejectedInput("bad_address", f"{shown}…: an address of {len(address):,} letters. Check it.")
    try:
        url = httpx2.URL(address.strip())
        host, port = url.host, url.port
    except (httpx2.InvalidURL, ValueError) as error:
        raise RejectedInput("bad_address", f"{shown}: no address ({error}). Check it.") from error
    if (host and not _HOST.fullmatch(host)) or (port or 0) >= 1 << 16:
        raise RejectedInput("bad_address", f"{shown}: no address of a host. Check it.")
    if url.scheme not in ("http", "https") or not host:
        raise RejectedInput("bad_address", f"{shown}: only http and https addresses with a host are opened.")
    if url.userinfo:
        bare = url.copy_with(username=None, password=None)
        raise RejectedInput("bad_address", f"{bare}: holds a name or password. Give the address without them.")
    return url.copy_with(fragment=None)


def check(host: str, port: int, found: Iterable[str], allow: Collection[str]) -> list[str]:
    """The network addresses of a host, once every one of them may be opened.

    One private address among public ones refuses the host: which of them answers is the other side's choice.

    Args:
        host: the name or number in the address.
        found: what the name stands for.
        allow: as `is_allowed`.

    Raises:
        RejectedInput: where one of them is private and not allowed.
    """
    numbers = list(dict.fromkeys(found))
    for number in numbers:
        ip = ipaddress.ip_address(number.partition("%")[0])
        if not is_public(ip) and not is_allowed(host, port, ip, allow):
            raise RejectedInput(
                "private_address",
                f"{host}: leads to {ip}, an address inside of a network. "
                f"If it is meant, add {host} to MAVAZE_ALLOW_HOSTS.",
            )
    return numbers


def check_literal(host: str, port: int, allow: Collection[str]) -> None:
    """As `check`, without looking the name up: for what a proxy opens.

    Raises:
        RejectedInput: where the host is a private address, or this machine.
    """
    try:
        found = [str(ipaddress.ip_address(host))]
    except ValueError:
        found = ["127.0.0.1"] if host == "localhost" or host.endswith(".localhost") else []
    check(host, port, found, allow)


def is_public(ip: _Address) -> bool:
    """Whether an address belongs to the public network, looked at through every way of wrapping one in another."""
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return is_public(ip.ipv4_mapped)
        if ip in _NAT64:  # How networks of IPv6 alone reach every IPv4 address.
            return is_public(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        if ip.sixtofour or ip.teredo or ip.is_site_local:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def is_allowed(host: str, port: int, ip: _Address, allow: Collection[str]) -> bool:
    """Whether the user allows a host.

    Args:
        allow: host names and addresses, alone or with a port, and networks: `intranet.example`, `127.0.0.1:8080`,
            `10.0.0.0/8`.
    """
    return any(_fits(entry.strip().lower(), host.lower(), port, ip) for entry in allow)


def _fits(entry: str, host: str, port: int, ip: _Address) -> bool:
    try:
        return ip in ipaddress.ip_network(entry, strict=False)
    except ValueError:
        pass
    try:
        parts = urlsplit(f"//{entry}")
        return parts.hostname in (host, str(ip)) and parts.port in (None, port)
    except ValueError:
        return False
