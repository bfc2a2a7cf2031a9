"""Filters, language, calendar and version of the store of a session, and their place in the URL.

The session holds the truth while widgets change it; a URL that came from elsewhere (a link, a bookmark, the browser's
Back) replaces it. Parameters that are not ours (`pair`, `id` …) belong to the page and are left alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from analysis.measure.filters import QUERY_KEYS, Filters
from analysis.text.calendar import CALENDARS, Calendar
from pages.ui.labels import LANGS, Lang

_OURS = (*QUERY_KEYS, "lang", "cal", "v")
_FILTERS, _LANG, _CALENDAR, _VERSION = "mv_filters", "mv_lang", "mv_calendar", "mv_version"
_WRITTEN, _TOUCHED, _PAGE, _PAST = "mv_written", "mv_touched", "mv_page", "mv_past"
_REMEMBERED = 50
"""Filters of before that can be brought back."""


def read_url() -> None:
    """Take over what the URL says, unless it is what this session wrote or a widget has just changed the state.

    While a run is under way the browser still sends the URL of the run before: a widget's change must not be undone
    by it.
    """
    url = _ours(st.query_params.to_dict())
    touched = st.session_state.pop(_TOUCHED, False)
    if _FILTERS in st.session_state and (touched or url == st.session_state.get(_WRITTEN)):
        return
    _take(Filters.from_query(url))
    st.session_state[_LANG] = url["lang"] if url.get("lang") in LANGS else LANGS[0]
    st.session_state[_CALENDAR] = url["cal"] if url.get("cal") in CALENDARS else _usual_calendar(lang())
    st.session_state[_VERSION] = int(url["v"]) if url.get("v", "").isascii() and url.get("v", "").isdecimal() else 0


def write_url(page: str) -> None:
    """Write the state into the URL of a page.

    On the page that was shown before it is written even where the server finds it there already: after a link from a
    page to itself the browser still shows the old address. On another page that would leave an address in the
    browser's history that has the old page and the new parameters.
    """
    mine, given = query(), st.query_params.to_dict()
    st.session_state[_WRITTEN] = mine
    stayed = st.session_state.get(_PAGE) == page
    st.session_state[_PAGE] = page
    if stayed or _ours(given) != mine:
        st.query_params.from_dict(mine | own_params())


def query(**changes: object) -> dict[str, str]:
    """The URL parameters of the state, for links.

    Args:
        changes: replace fields of the filters, or `lang`, `cal`, `version` (0 = the newest).
    """
    pinned: int = changes.pop("version", version())  # type: ignore[assignment]
    language: Lang = changes.pop("lang", lang())  # type: ignore[assignment]
    chosen: Calendar = changes.pop("cal", calendar() if language == lang() else _usual_calendar(language))  # type: ignore[assignment]
    mine = replace(filters(), **changes).to_query()  # type: ignore[arg-type]
    mine["lang"] = language
    if chosen != _usual_calendar(language):
        mine["cal"] = chosen
    return mine | ({"v": str(pinned)} if pinned else {})


def filters() -> Filters:
    """What is in view."""
    return st.session_state.get(_FILTERS, Filters())


def change(**changes: object) -> None:
    """Change fields of the filters; for callbacks of widgets."""
    put(replace(filters(), **changes))  # type: ignore[arg-type]


def put(chosen: Filters) -> None:
    """Put filters in the place of those in force; for callbacks of widgets."""
    _take(chosen)
    touch()


def reset() -> None:
    """Take all filters away; for callbacks of widgets."""
    put(Filters())


def undo() -> None:
    """Bring back the filters of before the last change; for callbacks of widgets."""
    if before := past():
        st.session_state[_FILTERS] = before.pop()
        touch()


def past() -> list[Filters]:
    """The filters that were in force before, the last ones last."""
    return st.session_state.setdefault(_PAST, [])


def _take(chosen: Filters) -> None:
    """Put filters in force. Those of just before come back without a trace: the browser's Back is an undo as well."""
    before = st.session_state.get(_FILTERS)
    st.session_state[_FILTERS] = chosen
    if before is None or before == chosen:
        return
    if past() and past()[-1] == chosen:
        past().pop()
    else:
        st.session_state[_PAST] = [*past(), before][-_REMEMBERED:]


def touch() -> None:
    """Say that a widget changed something in this run, so that the URL of the run before does not undo it."""
    st.session_state[_TOUCHED] = True


def lang() -> Lang:
    """The reader's language."""
    return st.session_state.get(_LANG, LANGS[0])


def calendar() -> Calendar:
    """The calendar that the reader chose; Jalali in Persian and Gregorian in English by default."""
    return st.session_state.get(_CALENDAR, _usual_calendar(lang()))


def version() -> int:
    """The version of the store that the address asks for; 0 = the newest."""
    return st.session_state.get(_VERSION, 0)


def set_calendar(chosen: Calendar) -> None:
    """Choose the calendar; for callbacks of widgets."""
    st.session_state[_CALENDAR] = chosen
    set_params(month="", when="")  # A period of the other calendar means nothing in this one.


def param(name: str) -> str:
    """A parameter of the page's own, "" where it is not given."""
    return st.query_params.get(name, "")


def own_params() -> dict[str, str]:
    """All parameters of the page's own."""
    return {key: value for key, value in st.query_params.to_dict().items() if key not in _OURS}


def set_params(**values: str) -> None:
    """Write parameters of the page's own into the URL, in one step; an empty value removes one."""
    touch()
    every = st.query_params.to_dict() | values
    st.query_params.from_dict({name: value for name, value in every.items() if value})


def _usual_calendar(language: Lang) -> Calendar:
    return "jalali" if language == "fa" else "gregorian"


def _ours(given: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in given.items() if key in _OURS}
