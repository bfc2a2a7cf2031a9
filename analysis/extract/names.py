"""Personal names: where one begins and ends, known to the lexicon or not."""

from __future__ import annotations

from analysis.extract.document import Document
from analysis.extract.items import Item
from analysis.text.fold import fold_key

STYLES = ("honorific", "style")
BEFORE_SUBJECT = {
    "comma",
    "colon",
    "close",
    "adverb",
    "time",
    "and",
    "conjunction",
    "but",
    "that",
    "verb",
    "passive",
    "narration",
    "dash",
    "finite",
    "mark",
    "object",
    "open",
}
"""What may stand before the subject of a clause."""
_NAME_WORDS = 4
_QUOTED_WORDS = 5
_STYLED_WORDS = 3
_AFTER_NAME = {"preposition", "time", "adverb", "verb", "colon", "cue", "but"}
_AFTER_SURNAME = {"adverb", "verb", "cue", "but"}
"""What follows a surname alone: the reporting itself, so that no other rare word is taken for one."""
_MANNER, _SPEAKS = ("adverb", "time"), ("say", "open")
"""What may stand between a surname and its verb, and the verbs that a speech follows."""
_SOURCES = ("source", "carried", "agent")
"""Phrases that whose words they are follows at once."""
_FIRST = {"word", "person", "open", *STYLES}
"""What a name may begin with."""
_SHORTEST = 4
_TITLE_REACH = 12
"""Items that an apposition may take after a name («X، پژوهشگر مسائل منطقه، گفت»)."""
_PLURAL = ("ها", "های", "ات")


def kind_at(items: list[Item], i: int) -> str:
    """The kind of an item, "" outside the sentence."""
    return items[i].kind if 0 <= i < len(items) else ""


def name_end(document: Document, items: list[Item], i: int) -> int:
    """Where a personal name that begins at `i` ends; `i` where none does.

    A name is one that the lexicon knows, words after an honorific, or words (in quotation marks or not) that look like
    one and stand where a subject does: before a title in apposition, or before what a reporting clause goes on with.
    """
    if kind_at(items, i) not in _FIRST:
        return i
    j = _after(items, i, STYLES)
    if kind_at(items, j) == "person":
        return j + 1
    words = j
    while kind_at(items, words) == "word" and words - j < _NAME_WORDS and not items[words].matches:
        words += 1
    if j > i and words > j and _is_styled(document, items, i, j):
        return _styled_end(document, items, j, words)
    if kind_at(items, j) == "open":
        return _quoted_end(document, items, i, j)
    if i == 0 or items[i - 1].kind in BEFORE_SUBJECT:
        return words if words > j and _stands_as_name(document, items, j, words) else i
    return _cued_end(document, items, i, words) if stands_after_source(items, i) else i


def bare_name_end(document: Document, items: list[Item], i: int) -> int:
    """Where a name that directly follows a full title ends («سفیر فرانسه X Y گفت»); `i` where none does."""
    last = i
    while kind_at(items, last) == "word" and last - i < _NAME_WORDS and not items[last].matches:
        last += 1
    goes_on = kind_at(items, last) in _AFTER_NAME | {"comma"}
    sure = last - i >= 2 and goes_on and _looks_like_name(document, items, i, last, title=True)
    return last if sure else i


def stands_after_source(items: list[Item], i: int) -> bool:
    """Whether whose words are told is named at `i` («به گفتهٔ X»، «به نقل از X»)."""
    return kind_at(items, i - 1) == "cue" and items[i - 1].match.id in _SOURCES


def _cued_end(document: Document, items: list[Item], first: int, last: int) -> int:
    """Where a name after «به گفتهٔ» ends: a given name, or two, and the surname; `first` where none stands there."""
    given = first
    while given < min(last, first + 2) and _is_given(document, document.text[items[given].start : items[given].stop]):
        given += 1
    return given + 1 if first < given < last else first


def _after(items: list[Item], i: int, kinds: tuple[str, ...]) -> int:
    while kind_at(items, i) in kinds:
        i += 1
    return i


def _quoted_end(document: Document, items: list[Item], i: int, mark: int) -> int:
    """The end of a name in quotation marks («"X Y" وزیر خارجه»)."""
    inside = _after(items, mark + 1, STYLES)
    if kind_at(items, inside) == "person" and kind_at(items, inside + 1) == "close":
        return inside + 2
    end = inside
    while kind_at(items, end) in ("word", "person", *STYLES, "dash") and end - inside < _QUOTED_WORDS:
        end += 1
    if end == inside or kind_at(items, end) != "close":
        return i
    after = end + 1 + (kind_at(items, end + 1) == "comma")
    if kind_at(items, after) == "title":
        return end + 1
    goes_on = kind_at(items, end + 1) in _AFTER_NAME or kind_at(items, mark - 1) == "title"
    several = end - inside >= 2
    return end + 1 if several and _looks_like_name(document, items, inside, end, title=goes_on) else i


def _stands_as_name(document: Document, items: list[Item], first: int, last: int) -> bool:
    """Whether words at the head of a clause are a name, by what they are and by what follows them."""
    following = kind_at(items, last)
    if last - first == 1:
        if following not in _AFTER_SURNAME:
            return False
        word = document.text[items[first].start : items[first].stop]
        rare = len(fold_key(word)) >= _SHORTEST and not fold_key(word).endswith(_PLURAL)
        return rare and (is_foreign(document, word) or _speaks_at_once(document, items, last))
    if following in _AFTER_NAME and _looks_like_name(document, items, first, last, title=False):
        return True
    after = last + (following in ("comma", "dash"))
    if kind_at(items, after) == "title":
        return _looks_like_name(document, items, first, last, title=True)
    return (
        following == "comma" and _looks_like_name(document, items, first, last, title=False) and _closes(items, after)
    )


def _speaks_at_once(document: Document, items: list[Item], at: int) -> bool:
    """Whether one speaks right after a word, and what is said follows («X افزود: …»، «X نیز تأکید کرد که …»).

    Then the word, whatever else it may mean, is who speaks: a surname like a common noun, or a body no list knows.
    """
    verb = _after(items, at, _MANNER)
    if kind_at(items, verb) != "verb" or items[verb].match.id not in _SPEAKS or verb - at > _SHORTEST:
        return False
    last = fold_key(document.text[items[verb].start : items[verb].stop].split()[-1])
    speech = document.lexicon.speech
    if last in speech.plural_forms or last in speech.first_person_forms:
        return False
    said = kind_at(items, verb + 1)
    return said in ("colon", "open") or (said == "that" and last in speech.past_forms)


def _closes(items: list[Item], after: int) -> bool:
    """Whether an apposition of words that no list knows ends with a comma («X، صاحب‌نظر مسائل منطقه، گفت»)."""
    reach = range(after, min(after + _TITLE_REACH, len(items)))
    end = next((k for k in reach if items[k].kind not in ("word", "and", "country", "region", "organisation")), after)
    return end > after and kind_at(items, end) in ("comma", "verb", "cue", "adverb")


def _looks_like_name(document: Document, items: list[Item], first: int, last: int, *, title: bool) -> bool:
    """Whether words look like a personal name: the first is a given name or, before a title, all are foreign ones."""
    words = [document.text[item.start : item.stop] for item in items[first:last]]
    given = _is_given(document, words[0]) or (
        len(words) > 2 and _is_given(document, "".join(words[:2]))
    )  # «روح الله X»
    return given or (title and all(is_foreign(document, word) for word in words))


def _styled_end(document: Document, items: list[Item], first: int, last: int) -> int:
    """Where a name after a style of address ends: a surname («آقای X حمله را … خواند») or a given name with its own."""
    words = [document.text[item.start : item.stop] for item in items[first : min(last, first + _STYLED_WORDS)]]
    if not _is_given(document, words[0]):
        known = (k for k, word in enumerate(words) if k and not is_foreign(document, word))
        return first + next(known, len(words))
    end = first + len(words)
    return end + (end == last and kind_at(items, end) == "person")  # «آقای محمد رضا X»


def _is_styled(document: Document, items: list[Item], first: int, after: int) -> bool:
    """Whether what follows a style of address is a name; a rank that is a noun as well («شهید») asks for more."""
    word = document.text[items[after].start : items[after].stop]
    key = fold_key(word)
    if items[after - 1].stop > items[after - 1].match.stop:
        return False  # «ژنرال‌های …» is a plural
    if key in document.lexicon.speech.first_person_forms or key in document.lexicon.function_words:
        return False
    sure = any(item.kind == "honorific" for item in items[first:after])
    return sure or _is_given(document, word) or is_foreign(document, word)


def _is_given(document: Document, word: str) -> bool:
    return fold_key(word) in document.lexicon.people.given_names


def is_foreign(document: Document, word: str) -> bool:
    """Whether a word is no Persian one as far as hazm's list knows; endings written apart would mislead."""
    return "\u200c" not in word and not word.isascii() and fold_key(word) not in document.lexicon.known_words
