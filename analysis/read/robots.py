"""robots.txt: what a site asks of programs, kept for a while."""

from __future__ import annotations

from collections.abc import Callable

import httpx2
from protego import Protego

from analysis.errors import RejectedInput
from analysis.read.fetch import Web, follow

_BYTES = 512 * 1024
"""As much as RFC 9309 asks to be read."""
_KEPT = 3600.0
_NONE = "User-agent: *\nDisallow: /"


def permission(web: Web) -> Callable[[httpx2.URL], float]:
    """Asks a site's robots.txt whether an address may be read, and how long to pause; `fetch` takes it."""

    def permit(url: httpx2.URL) -> float:
        rules = _rules(url, web)
        if not rules.can_fetch(str(url), web.user_agent):
            raise RejectedInput(
                "robots",
                "the site's robots.txt asks programs not to read it, or cannot be had. "
                "Save the page in a browser and add the file.",
            )
        return float(rules.crawl_delay(web.user_agent) or 0.0)

    return permit


def _rules(url: httpx2.URL, web: Web) -> Protego:
    place = str(url.copy_with(path="/robots.txt", query=None))
    kept = web.session.robots.get(place)
    if kept and web.clock() - kept[0] < _KEPT and isinstance(kept[1], Protego):
        return kept[1]
    rules = Protego.parse(_text(place, web))
    web.session.robots[place] = (web.clock(), rules)
    return rules


def _text(place: str, web: Web) -> str:
    """A site without robots.txt asks for nothing; one that fails to give it is left alone (RFC 9309, 2.3.1)."""
    try:
        answer = follow(place, web, most=_BYTES)
    except RejectedInput as error:
        if error.code in ("private_address", "network"):  # The page is out of reach as well.
            raise RejectedInput(error.code, str(error).removeprefix(f"{place}: ")) from error
        return _NONE
    if answer.status < 300:
        return answer.data.decode("utf-8", "replace")
    return _NONE if answer.status >= 500 or answer.status == 429 else ""
