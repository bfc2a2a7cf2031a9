"""The sentences of an article as lines of items and phrases, with its own people's surnames learnt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.extract.document import Document
from analysis.extract.furniture import is_furniture
from analysis.extract.items import Item, ItemReader
from analysis.extract.names import BEFORE_SUBJECT, STYLES, is_foreign, kind_at
from analysis.extract.phrases import Phrase, find_phrases
from analysis.lexicon.matcher import Entry, Match, Matcher, within
from analysis.text.fold import fold_key
from analysis.text.segment import Sentence


@dataclass(slots=True)
class Line:
    """A sentence with its items and phrases.

    Attributes:
        furniture: whether it says only what every page says.
        open_before, open_after: whether a quotation is open where it begins and where it ends.
    """

    sentence: Sentence
    items: list[Item]
    phrases: list[Phrase]
    furniture: bool
    open_before: bool
    open_after: bool


def read_lines(document: Document) -> list[Line]:
    """The lines of an article, in order; those that hold a surname which the article itself taught are read again."""
    reader = ItemReader(document)
    lines = [_read_line(document, reader, sentence) for sentence in document.sentences]
    if taught := _learn_names(document, lines):
        reader = ItemReader(document)
        for i, line in enumerate(lines):
            if within(taught, line.sentence.start, line.sentence.stop):
                lines[i] = _read_line(document, reader, line.sentence)
    _follow_quotations(document, reader, lines)
    return lines


def _read_line(document: Document, reader: ItemReader, sentence: Sentence, *, quoted: bool = False) -> Line:
    items = reader.read(sentence.start, sentence.stop, quoted=quoted)
    furniture = is_furniture(document, sentence.start, sentence.stop)
    after = _open_after(document, items, quoted)
    return Line(sentence, items, find_phrases(document, items), furniture, quoted, after)


def _learn_names(document: Document, lines: list[Line]) -> list[Match]:
    """Let the surnames of people whom only the article names be found in the whole of it; where they were found."""
    entries: dict[str, Entry] = {}
    common: set[str] = set()
    for phrase in (phrase for line in lines for phrase in line.phrases):
        if not phrase.name:
            continue
        speaker_id = phrase.people[0] if len(set(phrase.people)) == 1 else ""
        words = document.text[slice(*phrase.name)].split()
        if _may_be_noun(document, phrase):
            common.add(fold_key(words[0]))
            continue
        for form in {" ".join(words), " ".join(words[-2:]), words[-1]}:
            if len(fold_key(form)) > 3 and (" " in form or fold_key(form) not in document.lexicon.function_words):
                entries.setdefault(form, Entry("person", speaker_id, form))
    for form in _full_names(document, lines, common) if common else ():
        entries[form] = Entry("person", "", form)
    if not entries:
        return []
    spans = {(m.start, m.stop, m.id) for m in document.found("person")}
    taught = Matcher(entries.values()).find(document.folded)
    document.add("person", taught)
    return [m for m in taught if (m.start, m.stop, m.id) not in spans]


def _may_be_noun(document: Document, phrase: Phrase) -> bool:
    """Whether a speaker's one word may be a noun as well («گمرک اعلام کرد: …»), a name only by standing there."""
    alone = phrase.name == (phrase.start, phrase.stop) and not phrase.people
    word = document.text[phrase.start : phrase.stop]
    return alone and " " not in word and not is_foreign(document, word)


def _full_names(document: Document, lines: list[Line], surnames: set[str]) -> Iterator[str]:
    """The names that end with a surname which may be a noun, and the surname, where a clause begins with both.

    «شهراد دیبا معاون X گفت» and later «دیبا افزود: …» confirm each other.
    """
    for line in lines:
        for i, item in enumerate(line.items):
            if item.kind != "word" or not i or _word(document, item) not in surnames:
                continue
            before = line.items[i - 1]
            opens = kind_at(line.items, i - 2) in {"", *BEFORE_SUBJECT, *STYLES, "organisation"}
            if before.kind in STYLES:
                yield document.text[item.start : item.stop]
            elif before.kind == "word" and opens and _word(document, before) not in document.lexicon.function_words:
                yield document.text[item.start : item.stop]
                yield document.text[before.start : item.stop]


def _word(document: Document, item: Item) -> str:
    return fold_key(document.text[item.start : item.stop])


def _open_after(document: Document, items: list[Item], inside: bool) -> bool:
    """Whether a quotation is open after these items; straight marks, often left open by mistake, need a colon."""
    for i, item in enumerate(items):
        if item.kind == "open":
            after_colon = i > 0 and items[i - 1].kind == "colon"
            inside = after_colon or document.text[item.start] in "«“"
        elif item.kind == "close":
            inside = False
    return inside


def _follow_quotations(document: Document, reader: ItemReader, lines: list[Line]) -> None:
    """Carry an open quotation over to the sentences after it, as far as its paragraph closes it.

    Into the next paragraph it is carried only where a mark there closes it: a quotation that nobody closed would
    swallow whoever speaks after it.
    """
    closed_later = _closed_later(document, lines)
    inside = False
    for i, line in enumerate(lines):
        if inside:
            same = lines[i - 1].open_after and line.sentence.line == lines[i - 1].sentence.line
            if closed_later[i] if same else _marks(document, line.items)[0]:
                lines[i] = _read_line(document, reader, line.sentence, quoted=True)
        inside = _open_after(document, lines[i].items, inside)


def _closed_later(document: Document, lines: list[Line]) -> list[bool]:
    """For each line, whether a quotation that is open before it is closed in it or after it in its paragraph."""
    found = [False] * len(lines)
    waiting, paragraph = 0, -1
    for i in range(len(lines) - 1, -1, -1):
        if lines[i].sentence.line != paragraph:
            waiting, paragraph = 0, lines[i].sentence.line
        closing, opening = _marks(document, lines[i].items)
        waiting = closing + max(0, waiting - opening)
        found[i] = waiting > 0
    return found


def _marks(document: Document, items: list[Item]) -> tuple[int, int]:
    """How many marks among the items close what was opened before, and how many stay open; a straight one may close."""
    closing = opening = 0
    for item in items:
        if item.kind not in ("open", "close"):
            continue
        if document.text[item.start] in "«“":
            opening += 1
        elif opening and document.text[item.start] in "»”":
            opening -= 1
        else:
            closing += 1
    return closing, opening
