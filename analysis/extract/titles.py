"""How far a title reaches, and whose it is («معاون سیاسی وزیر خارجهٔ X»)."""

from __future__ import annotations

from typing import NamedTuple

from analysis.extract.document import Document
from analysis.extract.items import Item
from analysis.extract.names import is_foreign, kind_at

_TITLE_ITEMS = 14
_TITLE_WORDS = 5
"""Plain words that a title may have («معاون بهبود دام و طیور سازمان جهاد»)."""
_PLACE_WORDS = 2
"""Words of a place's or body's name after «در» («نماینده در سازمان‌های بین‌المللی»)."""
_GOES_ON_ABROAD = {"ambassador", "envoy", "representative", "legislator", "embassy"}
"""Titles whose complement may follow a preposition («سفیر ایران در مسکو»، «نمایندهٔ مردم تبریز در مجلس»)."""
_STATES = ("country", "own_country")
_AFTER_PREPOSITION = ("organisation", "title", "place", *_STATES, "region")
_AFTER_PLACE = ("verb", "adverb", "comma", "cue")
"""What follows a single word that names a place («سرکنسول X در Y نیز»)."""
_LISTED = ("word", "region")


class Reach(NamedTuple):
    """Where a title with its complements ends, whose it is, and whether nothing more can belong to it."""

    end: int
    country: str = ""
    organisation: str = ""
    closed: bool = False


def reach(document: Document, items: list[Item], i: int) -> Reach:
    """How far a title at `i` reaches, and the state and the body that it belongs to.

    It reaches over the nouns that follow, up to the state, body or foreign name that closes it. An office that is whole
    in itself («دبیرکل سازمان ملل») takes only a state or another body after it.
    """
    return _Reader(document, items, i).read()


def is_unsure(item: Item) -> bool:
    """Whether a state's name is more often something else."""
    return all("unsure" in match.entry.facets for match in item.matches)


def country_of(document: Document, item: Item) -> str:
    """The state that an item names."""
    return document.country if item.kind == "own_country" else item.match.id


class _Reader:
    """One title being read.

    Attributes:
        closed: what closed it: `office` (whole in itself), `name`, `body` or `state`; "" while it is open.
        sure: how far it surely reaches: to where it closed, or over its last title.
    """

    def __init__(self, document: Document, items: list[Item], i: int) -> None:
        self._document, self._items = document, items
        self._title, (_, self._head, belongs) = items[i].match.id, items[i].match.entry.facets
        single = document.lexicon.speech.titles[self._title]["single"]
        self._first, self._at, self._words = i, i + 1, 0
        self._plural = self._head == "group"
        self.closed = "office" if single and belongs in ("state", "body") else ""
        self.sure = self._at
        self.country = self.organisation = ""

    def read(self) -> Reach:
        while self._at < len(self._items) and self._at - self._first < _TITLE_ITEMS and self._take():
            pass
        end = self._at
        if kind_at(self._items, end) == "object" and self.sure < end:
            end = self.sure  # «مدیر X استفاده از Y را …»: what follows the office is the object
        return Reach(end, self.country, self.organisation, self.closed in ("state", "body", "office"))

    def _close(self, by: str) -> None:
        self.closed = by
        self.sure = self._at

    def _take(self) -> bool:
        """Take the next item into the title; whether it belongs to it."""
        item = self._items[self._at]
        taker = getattr(self, f"_take_{item.kind}", None)
        return bool(taker and taker(item))

    def _take_word(self, item: Item) -> bool:
        self._words += 1
        if self.closed or self._words > _TITLE_WORDS:
            return False
        self._at += 1
        following = self._items[self._at] if self._at < len(self._items) else None
        if self._is_foreign(item) and following and following.kind == "word" and not self._is_foreign(following):
            self._close("name")
        return True

    _take_text = _take_word

    def _is_foreign(self, item: Item) -> bool:
        return is_foreign(self._document, self._document.text[item.start : item.stop])

    def _take_qualifier(self, item: Item) -> bool:
        self._at += 1
        return True

    def _take_number(self, item: Item) -> bool:
        if self._at > self._first + 1 or self.closed:
            return False
        self._at += 1
        return True

    def _take_country(self, item: Item) -> bool:
        if self.closed == "state":
            return False
        if is_unsure(item) and self._title not in _GOES_ON_ABROAD:
            return self._take_word(item)
        self._at += 1
        self.country = self.country or country_of(self._document, item)
        self._close("state")
        return True

    _take_own_country = _take_country

    def _take_organisation(self, item: Item) -> bool:
        named = self._title == "media" and not self.organisation and item.match.entry.facets[0] == "medium"
        if self.closed == "state" and not named:  # «روزنامهٔ آمریکایی X» is one
            return False
        self._at += 1
        self.organisation = self.organisation or item.match.id
        self.country = self.country or item.match.entry.facets[1]
        self._close("body")
        return True

    def _take_region(self, item: Item) -> bool:
        if self.closed == "state":
            return False
        self._at += 1
        return True

    _take_place = _take_region

    def _take_title(self, item: Item) -> bool:
        _, kind, belongs = item.match.entry.facets
        if self.closed == "state" or (self.closed and kind == "person"):
            return False
        self._at += 1
        self.sure = self._at
        if kind == "body" and belongs == "state":
            self._close("body")
        return True

    def _take_this(self, item: Item) -> bool:
        following = kind_at(self._items, self._at + 1)
        if following not in ("word", "title", "text"):
            return False
        if following == "word" and kind_at(self._items, self._at + 2) == "object":
            return False  # «دولت X این اقدام را محکوم کرد»
        self._at += 2
        if following == "word":
            self.country = self.country or "?"
        self._close("body" if following == "title" else "state")
        return True

    def _take_and(self, item: Item) -> bool:
        following, before = kind_at(self._items, self._at + 1), kind_at(self._items, self._at - 1)
        if self.closed == "state":
            return self._take_another_state(following)
        if following == "country" and before == "region":
            self._at += 2  # «معاون اروپا و آمریکای وزارت خارجه»
            return True
        if self.closed or following not in ("word", "title", "region"):
            return False
        if following == "title" and self._head != "person":
            return False  # «وزارت دفاع و وزارت خارجه» are two
        self._at += 1
        return self._take()

    def _take_another_state(self, following: str) -> bool:
        if not (self._plural and following in _STATES):
            return False
        self._at += 2
        self._close("state")
        return True

    def _take_comma(self, item: Item) -> bool:
        following, then = kind_at(self._items, self._at + 1), kind_at(self._items, self._at + 2)
        if self.closed == "state" and then in ("comma", "and"):
            return self._take_another_state(following)  # «نمایندگان A، B و C»
        if self._title != "legislator" or following not in _LISTED or then not in ("comma", "and", "preposition"):
            return False
        self._at += 2  # «نمایندهٔ مردم تبریز، اسکو و آذرشهر در مجلس»
        return True

    def _take_some(self, item: Item) -> bool:
        following = kind_at(self._items, self._at + 1)
        if self.closed or following not in (("time", "word") if self._plural else ("time",)):
            return False
        self._at += 2  # «جنبش شش آوریل»، «وزیران خارجهٔ پنج کشور»
        self.sure = self._at
        return True

    def _take_tie(self, item: Item) -> bool:
        if self.closed and self._head == "body":
            return False  # it has been named
        self._at += 1
        self.closed, self._words = "", 0
        return True

    def _take_preposition(self, item: Item) -> bool:
        where = "place" in item.match.entry.facets
        if not (self._title in _GOES_ON_ABROAD or (where and self._head == "anonymous")):
            return False
        following, then = kind_at(self._items, self._at + 1), kind_at(self._items, self._at + 2)
        if where and following == "word" and then in _AFTER_PLACE:
            self._at += 2
            self._close("state")
            return False
        if following not in _AFTER_PREPOSITION:
            return False
        self._at += 2
        named = kind_at(self._items, self._at - 1) in ("title", "place")
        limit = self._at + _PLACE_WORDS if named else self._at
        while kind_at(self._items, self._at) in ("organisation", "title", *_STATES) or (
            self._at < limit and kind_at(self._items, self._at) == "word"
        ):
            self._at += 1
        self._close("state")
        return False
