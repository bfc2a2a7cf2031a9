"""Addresses against a real server: each gives the article or one clear reason."""

from __future__ import annotations

import gzip
import io
import socket
import struct
import time
import zlib
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_address

import pytest
from docx import Document

from analysis.read import addresses
from analysis.read.items import Item, Rejected
from analysis.read.web import Web, read_url
from tests.read.web.conftest import Site
from tests.read.web.texts import LINES, TEXT, TITLE, page


def one(address: str, web: Web) -> Item:
    found = list(read_url(address, web))
    assert len(found) == 1 and isinstance(found[0], Item), found
    return found[0]


def refused(address: str, web: Web, code: str) -> str:
    found = list(read_url(address, web))
    assert len(found) == 1 and isinstance(found[0], Rejected), found
    assert found[0].code == code, found[0]
    assert found[0].where == address
    return found[0].reason


def test_a_page_gives_its_article(site: Site, web: Web) -> None:
    head = '<meta property="article:published_time" content="2023-10-02T11:00:00+03:30"><link rel="canonical" href="/news/1/x">'
    data = page(head=head)
    address = site.page("/news/1?utm=2", data)
    found = one(address, web)
    assert found.article["text"] == TEXT and found.article["title"] == TITLE
    assert found.article["source"] == "پایگاه نمونه"
    assert found.article["url"] == f"{site.base}/news/1/x"
    assert found.article["published"] == "2023-10-02T11:00:00+03:30"
    assert found.original.data == data.encode()
    assert found.original.name == address and found.original.media_type == "text/html"
    assert found.original.published_from.startswith("meta article:published_time")


def test_only_the_page_and_robots_are_asked_for(site: Site, web: Web) -> None:
    extra = '<img src="/pixel.gif"><script src="/track.js"></script><iframe src="/frame"></iframe><link rel=stylesheet href="/a.css">'
    one(site.page("/a", page(head='<link rel="preload" href="/b">', extra=extra)), web)
    assert site.log == ["/robots.txt", "/a"]
    assert site.headers[1]["user-agent"].startswith("Mavaze/")
    assert "cookie" not in site.headers[1]


def test_cookies_are_not_kept(site: Site, web: Web) -> None:
    site.page("/b", page())
    one(site.page("/a", "", status=302, Location="/b", Set_Cookie="id=1; Path=/"), web)
    assert all("cookie" not in headers for headers in site.headers)


@pytest.mark.parametrize(
    ("data", "declared"),
    [
        (page().encode(), "text/html"),
        (page().encode(), "text/html; charset=windows-1256"),
        (page().encode(), "text/html; charset=iso-8859-1"),
        (page().encode(), "text/html; charset=no-such"),
        (page(head='<meta charset="windows-1256">').encode(), "text/html; charset=utf-8"),
        (page(head='<meta charset="iso-8859-1">').encode(), ""),
        (page().encode("utf-8-sig"), "text/html; charset=windows-1256"),
        (page().encode("utf-16"), "text/html"),
        (page().encode("utf-16-le"), "text/html"),
        (page().encode("cp1256", "xmlcharrefreplace"), "text/html; charset=windows-1256"),
        (page().encode("cp1256", "xmlcharrefreplace"), "text/html; charset=utf-8"),
        (page(head='<meta charset="utf-8">').encode("cp1256", "xmlcharrefreplace"), "text/html"),
        (page().encode("ascii", "xmlcharrefreplace"), "text/html"),
    ],
)
def test_the_encoding_that_is_persian_wins(site: Site, web: Web, data: bytes, declared: str) -> None:
    assert one(site.page("/a", data, declared), web).article["text"] == TEXT


def test_redirects_are_followed_and_the_last_address_counts(site: Site, web: Web) -> None:
    site.page("/c", page())
    site.redirect("/b", "c", 308)
    found = one(site.redirect("/a", f"{site.base}/b", 301), web)
    assert found.original.name == f"{site.base}/c" == found.article["url"]


def test_redirects_end(site: Site, web: Web) -> None:
    site.redirect("/b", "/a")
    assert "circle" in refused(site.redirect("/a", "/b"), web, "http_error")
    for number in range(9):
        site.redirect(f"/r{number}", f"/r{number + 1}")
    assert "more than 5 times" in refused(f"{site.base}/r0", web, "http_error")


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://127.0.0.1/x", "javascript:alert(1)", "gopher://x/"])
def test_redirects_leave_the_web_never(site: Site, web: Web, to: str) -> None:
    refused(site.redirect("/a", to), web, "bad_address")


@pytest.mark.parametrize(
    "to",
    [
        "http://127.0.0.1:1/x",  # Another port of an allowed host.
        "http://localhost/x",
        "http://0.0.0.0/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.1.2.3/",
        "http://[64:ff9b::a00:1]/",
    ],
)
def test_redirects_into_the_network_are_not_followed(site: Site, web: Web, to: str) -> None:
    assert "MAVAZE_ALLOW_HOSTS" in refused(site.redirect("/a", to), web, "private_address")
    assert site.log == ["/robots.txt", "/a"]


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.9.9",
        "192.168.1.1",
        "169.254.0.1",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "198.18.0.1",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2002:808:808::",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:db8::1",
        "::7f00:1",
    ],
)
def test_private_numbers(number: str) -> None:
    assert not addresses.is_public(ip_address(number))


@pytest.mark.parametrize("number", ["8.8.8.8", "2a00:1450:4001::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_numbers(number: str) -> None:
    assert addresses.is_public(ip_address(number))


def test_a_name_that_leads_home_is_refused(site: Site, web: Web) -> None:
    site.page("/a", page())
    address = f"http://news.example:{site.port}/a"
    strict = replace(web, allow=frozenset())
    for found in (["127.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["::1"]):
        refused(address, replace(strict, resolve=lambda host, port, found=found: found), "private_address")
    assert site.log == []


def test_the_checked_address_is_the_one_connected_to(site: Site, web: Web) -> None:
    """A name server that answers otherwise the second time is not asked a second time."""
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    site.page("/a", page())
    allowed = replace(web, allow=frozenset({"news.example"}), resolve=resolve)
    one(f"http://news.example:{site.port}/a", allowed)
    assert asked == ["news.example"] * len(site.log)
    assert site.headers[1]["host"] == f"news.example:{site.port}"


@pytest.mark.parametrize("entry", ["127.0.0.1", "127.0.0.0/8", "127.0.0.1:{port}", " 127.0.0.1 "])
def test_what_is_allowed(site: Site, web: Web, entry: str) -> None:
    one(site.page("/a", page()), replace(web, allow=frozenset({entry.format(port=site.port)})))


def test_the_environment_allows_hosts(monkeypatch: pytest.MonkeyPatch, site: Site) -> None:
    monkeypatch.setenv("MAVAZE_ALLOW_HOSTS", f"intranet.example, 127.0.0.1:{site.port}")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    one(site.page("/a", page()), replace(Web.from_environment(), pause=0))


@pytest.mark.parametrize(
    "address",
    [
        "ftp://x/y",
        "file:///etc/passwd",
        "http://",
        "http:///x",
        "http://a b/",
        "http://x:99999/",
        "http://" + "a" * 5000,
        "mailto:a@example.org",
    ],
)
def test_addresses_that_are_none(web: Web, address: str) -> None:
    refused(address, web, "bad_address")


def test_names_and_passwords_are_not_repeated(web: Web) -> None:
    assert "secret" not in refused("http://me:secret@news.example/x", web, "bad_address")


@pytest.mark.parametrize(
    ("status", "word"),
    [(404, "no page"), (410, "no page"), (403, "refuses"), (401, "login"), (500, "error"), (418, "error")],
)
def test_errors_of_the_server(site: Site, web: Web, status: int, word: str) -> None:
    assert word in refused(site.page("/a", page(), status=status), web, "http_error")


def test_come_again_later(site: Site, web: Web, waits: list[float]) -> None:
    answers = iter([429, 503, 200])

    def answer(handler: BaseHTTPRequestHandler) -> None:
        body = page().encode()
        handler.send_response(next(answers))
        handler.send_header("Retry-After", "7")
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    assert one(site.answer("/a", answer), web).article["text"] == TEXT
    assert waits.count(7.0) == 2


def test_come_again_tomorrow(site: Site, web: Web, waits: list[float]) -> None:
    assert "later" in refused(site.page("/a", "", status=503, Retry_After="86400"), web, "http_error")
    assert max(waits) <= 1 and site.log.count("/a") == 1


def test_a_pause_between_requests(site: Site, web: Web, waits: list[float]) -> None:
    site.page("/robots.txt", "User-agent: *\nCrawl-delay: 9\n", "text/plain")
    one(site.page("/a", page()), web)
    one(site.page("/b", page()), web)
    assert waits == [9.0, 9.0]


def test_robots_are_respected(site: Site, web: Web) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /private\nAllow: /private/open\n", "text/plain")
    site.page("/private/a", page())
    assert "robots.txt" in refused(f"{site.base}/private/a", web, "robots")
    refused(site.redirect("/a", "/private/a"), web, "robots")
    one(site.page("/private/open", page()), web)
    assert "/private/a" not in site.log and site.log.count("/robots.txt") == 1


@pytest.mark.parametrize("status", [500, 503, 429])
def test_robots_that_cannot_be_had_forbid(site: Site, web: Web, status: int) -> None:
    site.page("/robots.txt", "", status=status)
    refused(site.page("/a", page()), web, "robots")


def test_endless_robots_are_read_in_part(site: Site, web: Web) -> None:
    site.page("/robots.txt", b"User-agent: *\nDisallow: /x\n" + b"# nothing\n" * 300_000, "text/plain")
    one(site.page("/a", page()), web)


@pytest.mark.parametrize("kind", ["gzip", "deflate"])
def test_packed_answers(site: Site, web: Web, kind: str) -> None:
    pack = {"gzip": gzip.compress, "deflate": zlib.compress}[kind]
    assert one(site.page("/a", pack(page().encode()), Content_Encoding=kind), web).article["text"] == TEXT


def test_bombs_are_left(site: Site, web: Web) -> None:
    bomb = gzip.compress(page().encode() + b" " * 50_000_000)
    refused(site.page("/a", bomb, Content_Encoding="gzip"), web, "too_large")
    generous = replace(web, limits=replace(web.limits, response_bytes=40_000_000))
    assert "unpacks" in refused(f"{site.base}/a", generous, "too_large")
    twice = gzip.compress(gzip.compress(page().encode() + b" " * 50_000_000))
    refused(site.page("/b", twice, Content_Encoding="gzip, gzip"), web, "too_large")


def test_unknown_or_broken_packing(site: Site, web: Web) -> None:
    assert "(br)" in refused(site.page("/a", b"\x1b\x00", Content_Encoding="br"), web, "damaged")
    refused(site.page("/b", page(), Content_Encoding="gzip"), web, "damaged")


def test_a_hundred_megabytes(site: Site, web: Web) -> None:
    sent = [0]

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        for _ in range(1000):
            handler.wfile.write(b"x" * 100_000)
            sent[0] += 100_000

    assert "larger than" in refused(site.answer("/a", answer), web, "too_large")
    assert sent[0] < 30_000_000
    refused(site.page("/b", b"x" * 10, Content_Length="100000000"), web, "too_large")


def test_slow_answers_end(site: Site, web: Web) -> None:
    def drip_body(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(50):
            handler.wfile.write(b"<p>")
            handler.wfile.flush()
            time.sleep(0.1)

    def drip_head(handler: BaseHTTPRequestHandler) -> None:
        for _ in range(50):
            handler.wfile.write(b"H")
            handler.wfile.flush()
            time.sleep(0.1)

    hasty = replace(web, limits=replace(web.limits, response_seconds=0.4))
    for path, drip in (("/a", drip_body), ("/b", drip_head), ("/c", lambda handler: time.sleep(1))):
        start = time.monotonic()
        refused(site.answer(path, drip), hasty, "timeout")
        assert time.monotonic() - start < 1.5


def test_wrong_lengths(site: Site, web: Web) -> None:
    data = page().encode()
    assert "broke off" in refused(site.page("/a", data, Content_Length=str(len(data) + 9)), web, "network")
    short = one(site.page("/b", data, Content_Length=str(data.index(LINES[2].encode()))), web)
    assert short.article["text"] == "\n".join(LINES[:2])


def test_broken_connections(site: Site, web: Web, waits: list[float]) -> None:
    def reset(handler: BaseHTTPRequestHandler) -> None:
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.connection.close()

    refused(site.answer("/a", reset), web, "network")
    assert site.log.count("/a") == 3 and 2.0 in waits
    refused(site.answer("/b", lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH\r\n\r\n")), web, "network")


def test_a_server_that_is_not_there(web: Web) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        assert "no connection" in refused(f"http://{address}/a", replace(web, allow=frozenset({address})), "network")


def test_a_name_that_is_none(web: Web) -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    assert "no such host" in refused("http://nowhere.example/", replace(web, resolve=resolve), "network")


def test_a_proxy_that_was_set(site: Site, web: Web) -> None:
    site.pages["http://news.example/a"] = lambda handler: site.pages["/a"](handler)
    site.page("/a", page())
    through = replace(web, proxy=site.base, allow=frozenset())
    assert one("http://news.example/a", through).article["url"] == "http://news.example/a"
    refused("http://localhost/a", through, "private_address")
    refused("http://10.0.0.1/a", through, "private_address")


def test_what_it_is_is_seen_from_the_bytes(site: Site, web: Web) -> None:
    assert one(site.page("/a.pdf", page(), "application/pdf"), web).article["text"] == TEXT
    refused(site.page("/b.html", b"%PDF-1.7 broken", "text/html"), web, "damaged")
    assert one(site.page("/c", TEXT, "text/plain; charset=utf-8"), web).article["text"] == TEXT
    refused(site.page("/d", b"\x89PNG\r\n\x1a\n" + bytes(100), "image/png"), web, "unknown_kind")
    refused(site.page("/e", '{"text": "x"}', "application/json"), web, "unknown_kind")
    refused(site.page("/f", b"", "text/html"), web, "empty")
    refused(site.page("/g", bytes(1000), "text/html"), web, "not_text")


def test_a_word_document_at_an_address(site: Site, web: Web) -> None:
    document = Document()
    for line in LINES:
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    found = one(site.page("/get?id=7", file.getvalue(), "application/octet-stream"), web)
    assert found.article["text"] == TEXT
    assert found.article["url"] == found.original.name == f"{site.base}/get?id=7"
    assert found.original.data == file.getvalue() and found.article["source"] == "127.0.0.1"
