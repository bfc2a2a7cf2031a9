"""The sentences of an article as lines of items and phrases, with its own people's surnames learnt."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.extract.document import Document
from analysis.extract.furniture import is_furniture
from analysis.extract.items import Item, ItemReader
from analysis.extract.phrases import Phrase, find_phrases
from analysis.lexicon.matcher import Entry, Matcher
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
    """The lines of an article, in order."""
    learn_names(document)
    lines: list[Line] = []
    inside = False
    reader = ItemReader(document)
    for sentence in document.sentences:
        items = reader.read(sentence.start, sentence.stop, quoted=inside)
        before, inside = inside, _open_after(document, items, inside)
        text = document.text[sentence.start : sentence.stop]
        lines.append(Line(sentence, items, find_phrases(document, items), is_furniture(document, text), before, inside))
    _forget_unclosed(document, reader, lines)
    return lines


def learn_names(document: Document) -> None:
    """Let the surnames of people whom only the article names be found in the whole of it."""
    entries: dict[str, Entry] = {}
    reader = ItemReader(document)
    for sentence in document.sentences:
        items = reader.read(sentence.start, sentence.stop)
        for phrase in find_phrases(document, items):
            if not phrase.name:
                continue
            speaker_id = phrase.people[0] if len(set(phrase.people)) == 1 else ""
            words = document.text[slice(*phrase.name)].split()
            for form in {" ".join(words), " ".join(words[-2:]), words[-1]}:
                if len(fold_key(form)) > 3 and (" " in form or fold_key(form) not in document.lexicon.function_words):
                    entries.setdefault(form, Entry("person", speaker_id, form))
    if entries:
        found = [*document.found("person"), *Matcher(entries.values()).find(document.folded)]
        document.matches["person"] = sorted(found, key=lambda m: (m.first, -m.last))


def _open_after(document: Document, items: list[Item], inside: bool) -> bool:
    """Whether a quotation is open after these items; straight marks, often left open by mistake, need a colon."""
    for i, item in enumerate(items):
        if item.kind == "open":
            after_colon = i > 0 and items[i - 1].kind == "colon"
            inside = after_colon or document.text[item.start] in "«“"
        elif item.kind == "close":
            inside = False
    return inside


def _forget_unclosed(document: Document, reader: ItemReader, lines: list[Line]) -> None:
    """A quotation ends with its paragraph where nobody closed it."""
    for i, line in enumerate(lines):
        new_paragraph = i > 0 and line.sentence.line != lines[i - 1].sentence.line
        closes = any(item.kind == "close" for item in line.items)
        if line.open_before and (new_paragraph or not lines[i - 1].open_after) and not closes:
            items = reader.read(line.sentence.start, line.sentence.stop)
            line.items, line.phrases = items, find_phrases(document, items)
            line.open_before, line.open_after = False, _open_after(document, items, False)
