"""Fetch an address: checked, bounded, polite. One request at a time, no cookies, no login.

Proxies of the environment (HTTP_PROXY and the like) are not used, for behind a proxy the names are looked up where
they cannot be checked. A desk that needs one sets MAVAZE_PROXY; then the proxy decides what can be reached.
"""

from __future__ import annotations

import email.utils
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email.message import Message

import httpcore2
import httpx2

from analysis.errors import RejectedInput
from analysis.read.addresses import check_literal, parse
from analysis.read.connections import CheckedBackend, Resolve, look_up, tls
from analysis.read.limits import LIMITS, MIB, Limits

USER_AGENT = "Mavaze/0.1 (reads news articles; respects robots.txt)"
ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.5"
_UNPACKED = {"", "identity", "gzip", "x-gzip", "deflate"}
_REDIRECTS = {301, 302, 303, 307, 308}
_LATER = {429, 503}
_BROKEN = (httpcore2.NetworkError, httpcore2.ProtocolError)


@dataclass(slots=True)
class Session:
    """What is remembered between requests: when each host was last asked, its robots.txt, what feeds held."""

    asked: dict[str, float] = field(default_factory=dict)
    robots: dict[str, tuple[float, object]] = field(default_factory=dict)
    validators: dict[str, dict[str, str]] = field(default_factory=dict)
    entries: dict[str, str] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)


def _never(address: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Web:
    """How the network is used."""

    limits: Limits = LIMITS
    allow: frozenset[str] = frozenset()
    """Private hosts that may be opened, as `addresses.is_allowed` takes them."""
    proxy: str = ""
    """`http://proxy.example:3128`; empty: connect directly."""
    user_agent: str = USER_AGENT
    pause: float = 1.0
    """Seconds between two requests to one host; a site's Crawl-delay makes it longer."""
    longest_pause: float = 30.0
    """Seconds that a Crawl-delay or Retry-After is heeded at most."""
    retries: int = 2
    """Further attempts where the connection broke, or the server asked to come again."""
    known: Callable[[str], bool] = _never
    """Whether an entry of a feed is kept already, by its address: it is not fetched again."""
    resolve: Resolve = look_up
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    session: Session = field(default_factory=Session, compare=False, repr=False)

    @classmethod
    def from_environment(cls, limits: Limits = LIMITS, known: Callable[[str], bool] = _never) -> Web:
        """The settings of MAVAZE_ALLOW_HOSTS (separated by commas) and MAVAZE_PROXY."""
        hosts = os.environ.get("MAVAZE_ALLOW_HOSTS", "").split(",")
        allow = frozenset(host.strip() for host in hosts if host.strip())
        return cls(limits=limits, allow=allow, proxy=os.environ.get("MAVAZE_PROXY", "").strip(), known=known)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered."""

    url: str
    """Where it came from in the end."""
    status: int
    headers: Mapping[str, str]
    data: bytes
    """As unpacked."""

    @property
    def media_type(self) -> str:
        """`text/html`, in small letters; empty where the server does not say."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        """The encoding that the server declares; empty where it does not."""
        message = Message()
        message["content-type"] = self.headers.get("content-type", "")
        return str(message.get_content_charset() or "")


def fetch(
    address: str,
    web: Web,
    *,
    permit: Callable[[httpx2.URL], float] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """The answer at an address, redirects followed.

    Args:
        permit: asked before each address; gives the seconds that the site wants between requests.
        headers: to send besides the usual ones.

    Returns:
        an answer with a status below 300, or 304.

    Raises:
        RejectedInput: with what is wrong; the message names the address.
    """
    answer = follow(address, web, permit=permit, headers=headers)
    if answer.status >= 300 and answer.status != 304:
        raise RejectedInput("http_error", f"{address}: {_via(answer.url, address)}{_http_error(answer.status)}")
    return answer


def follow(
    address: str,
    web: Web,
    *,
    permit: Callable[[httpx2.URL], float] | None = None,
    headers: Mapping[str, str] | None = None,
    most: int = 0,
) -> Answer:
    """As `fetch`, whatever the status is.

    Args:
        most: bytes to take; what is beyond them is left out. Without it, more than the limit is refused.
    """
    url, seen = parse(address), set[str]()
    while True:
        seen.add(str(url))
        try:
            delay = permit(url) if permit else 0.0
            pause = max(web.pause, min(delay, web.longest_pause))
            answer = _persist(url, web, pause, headers or {}, most)
        except RejectedInput as error:
            raise RejectedInput(error.code, f"{address}: {_via(str(url), address)}{error}") from error
        if answer.status not in _REDIRECTS or "location" not in answer.headers:
            return answer
        try:
            url = parse(str(url.join(answer.headers["location"])))
        except (RejectedInput, httpx2.InvalidURL, ValueError) as error:
            raise RejectedInput("bad_address", f"{address}: sends on to no address that is opened: {error}") from error
        if str(url) in seen or len(seen) > web.limits.redirects:
            way = "in a circle" if str(url) in seen else f"more than {web.limits.redirects} times"
            raise RejectedInput("http_error", f"{address}: sends on {way}. Give the article's own address.")


def _via(url: str, address: str) -> str:
    """Names where an address led to, where it is another."""
    return "" if url == str(parse(address)) else f"{url[:200]}: "


def _http_error(status: int) -> str:
    if status in (404, 410):
        return f"there is no page here ({status}). Check the address."
    if status in (401, 403, 451):
        return (
            f"the server refuses programs or asks for a login ({status}). Save the page in a browser and add the file."
        )
    if status in _LATER:
        return f"the server asks to come again later ({status}). Try again in some minutes."
    return f"the server answers with an error ({status}). Try again later."


def _persist(url: httpx2.URL, web: Web, pause: float, headers: Mapping[str, str], most: int) -> Answer:
    """One address, asked again where the connection broke or the server asks for it."""
    for attempt in range(web.retries + 1):
        last = attempt == web.retries
        try:
            answer = _ask(url, web, pause, headers, most)
        except httpcore2.TimeoutException as error:
            raise RejectedInput(
                "timeout", f"no whole answer within {web.limits.response_seconds:g} seconds. Try again later."
            ) from error
        except (*_BROKEN, httpx2.DecodingError) as error:
            if last or isinstance(error, httpx2.DecodingError):
                raise _broken(error) from error
            wait = 2.0**attempt
        else:
            wait = _wait(answer, attempt)
            if answer.status not in _LATER or last or wait > web.longest_pause:
                return answer
        web.sleep(wait)
    raise AssertionError("the last attempt returns or raises")


def _broken(error: Exception) -> RejectedInput:
    said = " ".join(str(error).split())[:200] or type(error).__name__
    if isinstance(error, httpx2.DecodingError):
        return RejectedInput("damaged", f"the answer cannot be unpacked ({said}). Save the page in a browser.")
    if isinstance(error, httpcore2.ProtocolError):
        return RejectedInput("network", f"the answer broke off or is no HTTP ({said}). Try again later.")
    return RejectedInput("network", f"no connection ({said}). Check the address and the network.")


def _wait(answer: Answer, attempt: int) -> float:
    """Seconds until the server wants to be asked again."""
    given = answer.headers.get("retry-after", "").strip()
    if given.isascii() and given.isdigit():
        return float(given[:9])
    try:
        return max(0.0, email.utils.parsedate_to_datetime(given).timestamp() - time.time())
    except (ValueError, TypeError):
        return 2.0**attempt


def _ask(url: httpx2.URL, web: Web, pause: float, headers: Mapping[str, str], most: int) -> Answer:
    """One request, after the pause that its host is owed."""
    session, host = web.session, url.host
    with session.lock:
        if host in session.asked:
            left = session.asked[host] + pause - web.clock()
            if left > 0:
                web.sleep(left)
        try:
            return _request(url, web, headers, most)
        finally:
            session.asked[host] = web.clock()


def _request(url: httpx2.URL, web: Web, headers: Mapping[str, str], most: int) -> Answer:
    limits = web.limits
    deadline = time.monotonic() + limits.response_seconds
    port = url.port or (443 if url.scheme == "https" else 80)
    if web.proxy:
        check_literal(url.host, port, web.allow)
    backend = CheckedBackend(
        web.allow, deadline, connect=limits.connect_seconds, resolve=web.resolve, proxy=bool(web.proxy)
    )
    proxy = httpcore2.Proxy(web.proxy) if web.proxy else None
    target = httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
    asked = {
        "Host": url.netloc.decode("ascii"),
        "User-Agent": web.user_agent,
        "Accept": ACCEPT,
        "Accept-Language": "fa,ar;q=0.7,en;q=0.5",
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
        **headers,
    }
    with (
        httpcore2.ConnectionPool(ssl_context=tls(), proxy=proxy, network_backend=backend) as pool,
        pool.stream("GET", target, headers=list(asked.items())) as raw,
    ):
        found = httpx2.Headers(raw.headers)
        data = b"" if raw.status in _REDIRECTS else _body(raw, found, limits, most)
        return Answer(str(url), raw.status, dict(found.items()), data)


def _body(raw: httpcore2.Response, headers: httpx2.Headers, limits: Limits, most: int) -> bytes:
    """The unpacked bytes of an answer, counted while they come."""
    packed = {part.strip().lower() for part in headers.get("content-encoding", "").split(",")}
    if packed - _UNPACKED:
        raise RejectedInput("damaged", f"packed in a way that was not asked for ({', '.join(packed)}).")
    length = headers.get("content-length", "")
    if not most and length.isdigit() and int(length[:18]) > limits.response_bytes:
        raise _too_large(limits.response_bytes)
    received = 0

    def counted() -> Iterator[bytes]:
        nonlocal received
        for chunk in raw.iter_stream():
            received += len(chunk)
            yield chunk

    pieces, size = [], 0
    for piece in httpx2.Response(raw.status, headers=headers, content=counted()).iter_bytes():
        pieces.append(piece)
        size += len(piece)
        if most and size >= most:
            return b"".join(pieces)[:most]
        if size > limits.response_bytes:
            raise _too_large(limits.response_bytes)
        if size > limits.ratio_from and size > received * limits.response_ratio:
            raise RejectedInput(
                "too_large",
                f"unpacks to more than {limits.response_ratio} times its size, as no page does. Leave it out.",
            )
    return b"".join(pieces)


def _too_large(most: int) -> RejectedInput:
    return RejectedInput("too_large", f"larger than {most / MIB:g} MiB. Download it, and add what it holds as files.")
