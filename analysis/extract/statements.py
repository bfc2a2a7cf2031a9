"""Statements: which sentences of an article somebody says, and who."""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.extract.cast import Actor, Cast
from analysis.extract.document import Document
from analysis.extract.furniture import is_furniture
from analysis.extract.items import Item, ItemReader
from analysis.extract.phrases import Phrase, find_phrases
from analysis.extract.relays import find_relay
from analysis.extract.reports import Report, find_reports
from analysis.lexicon.matcher import Entry, Matcher
from analysis.text.fold import fold_key
from analysis.text.segment import Sentence

_COUNTERPART = "counterpart"
_REPORTER = "reporter"
"""The title of those who only ask."""
_CLOSERS = ("»", "”", '"', "ˈ")


@dataclass(slots=True)
class Attribution:
    """Who says a statement (or whose words are relayed in it), and where the text says so."""

    actor: Actor
    part: str
    start: int
    stop: int
    basis: str


@dataclass(slots=True)
class Statement:
    """`text[start:stop]`, said by its attributions; the cue is empty where `cue[0] == cue[1]`."""

    start: int
    stop: int
    form: str
    cue: tuple[int, int]
    rule: str
    attributions: list[Attribution] = field(default_factory=list)
    repeats: Statement | None = None
    relay: tuple[int, int] | None = None

    @property
    def speakers(self) -> list[Actor]:
        """Those who speak themselves."""
        return [a.actor for a in self.attributions if a.part == "speaker"]


@dataclass(slots=True)
class _Line:
    """A sentence with its items and phrases."""

    sentence: Sentence
    items: list[Item]
    phrases: list[Phrase]
    furniture: bool
    open_before: bool
    open_after: bool


@dataclass(slots=True)
class _Flow:
    """What the next sentence inherits.

    Attributes:
        focus: whom «وی» means.
        last: the last statement.
        running: whether the last statement may go on.
        block: whether a line «X:» opened a block that belongs to X.
        state: the foreign state that was named last.
    """

    focus: list[Actor] = field(default_factory=list)
    last: Statement | None = None
    running: bool = False
    block: list[Attribution] = field(default_factory=list)
    state: str = ""

    @property
    def speaking(self) -> list[Actor]:
        """Who spoke in the sentence before."""
        return self.last.speakers if self.last and self.running else []


def find_statements(document: Document, article_id: str) -> tuple[list[Statement], Cast]:
    """The statements of an article, in order, and its cast."""
    cast = Cast(document, article_id)
    _learn_names(document, cast)
    lines = _read_lines(document)
    for line in lines:
        for phrase in line.phrases:
            if phrase.name:
                cast.introduce(phrase)
    flow = _Flow()
    statements: list[Statement] = []
    for line in lines:
        statements += _read_sentence(document, cast, line, flow)
    return statements, cast


def _learn_names(document: Document, cast: Cast) -> None:
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


def _read_lines(document: Document) -> list[_Line]:
    lines: list[_Line] = []
    inside = False
    reader = ItemReader(document)
    for sentence in document.sentences:
        items = reader.read(sentence.start, sentence.stop, quoted=inside)
        before, inside = inside, _open_after(document, items, inside)
        text = document.text[sentence.start : sentence.stop]
        lines.append(
            _Line(sentence, items, find_phrases(document, items), is_furniture(document, text), before, inside)
        )
    _forget_unclosed(document, reader, lines)
    return lines


def _open_after(document: Document, items: list[Item], inside: bool) -> bool:
    """Whether a quotation is open after these items; straight marks, often left open by mistake, need a colon."""
    for i, item in enumerate(items):
        if item.kind == "open":
            after_colon = i > 0 and items[i - 1].kind == "colon"
            inside = after_colon or document.text[item.start] in "«“"
        elif item.kind == "close":
            inside = False
    return inside


def _forget_unclosed(document: Document, reader: ItemReader, lines: list[_Line]) -> None:
    """A quotation ends with its paragraph where nobody closed it."""
    for i, line in enumerate(lines):
        new_paragraph = i > 0 and line.sentence.line != lines[i - 1].sentence.line
        closes = any(item.kind == "close" for item in line.items)
        if line.open_before and (new_paragraph or not lines[i - 1].open_after) and not closes:
            items = reader.read(line.sentence.start, line.sentence.stop)
            line.items, line.phrases = items, find_phrases(document, items)
            line.open_before, line.open_after = False, _open_after(document, items, False)


def _read_sentence(document: Document, cast: Cast, line: _Line, flow: _Flow) -> list[Statement]:
    if line.furniture:
        flow.running = False
        return []
    reports = find_reports(line.items, line.phrases, home=document.country)
    if reports and _is_question(document, line, reports[0]):
        flow.running = False
        return []
    if reports and reports[0].rule == "colon" and reports[0].at >= len(line.items) - 1:
        _open_block(document, cast, line, flow, reports[0])
        return []
    if not reports and (opener := _names_who_follows(line)):
        _open_block(document, cast, line, flow, opener)
        return []
    if not reports and line.items and line.items[-1].kind == "colon":
        return []
    statements = _reported(document, cast, line, flow, reports) if reports else []
    if not reports:
        statements = _continued(document, line, flow)
    for statement in statements:
        _add_relay(cast, line, flow, statement)
    if statements:
        flow.last = statements[-1]
        flow.running = True
        flow.focus = statements[-1].speakers
    else:
        _look_at(cast, line, flow)
    for item in line.items:
        if item.kind == "country" and item.match.id != document.country:
            flow.state = item.match.id
    return statements


def _add_relay(cast: Cast, line: _Line, flow: _Flow, statement: Statement) -> None:
    found = find_relay(line.items, line.phrases, statement.start, statement.stop)
    if found is None:
        return
    phrase, statement.relay = found
    actors, basis = cast.resolve(phrase, focus=flow.focus, seen_country=flow.state, speaking=flow.speaking)
    speaking = {a.actor.speaker_id for a in statement.attributions}
    span = phrase.name or phrase.titles or (phrase.start, phrase.stop)
    statement.attributions += [Attribution(a, "relayed", *span, basis) for a in actors if a.speaker_id not in speaking]


def _look_at(cast: Cast, line: _Line, flow: _Flow) -> None:
    """After narration, «وی» is the person whom the narration was about."""
    flow.running = False
    flow.block = []
    first = next((p for p in line.phrases if p.subject and (p.name or p.kind == "person")), None)
    if first is not None:
        flow.focus, _ = cast.resolve(first, focus=flow.focus, seen_country=flow.state, speaking=flow.speaking)


def _is_question(document: Document, line: _Line, report: Report) -> bool:
    """A reporter's question asserts nothing («خبرنگار: آیا …؟»)."""
    asks = report.rule == "colon" or document.text[: line.sentence.stop].endswith(("؟", "?"))
    return asks and any(phrase.title_id == _REPORTER for phrase in report.subjects)


def _names_who_follows(line: _Line) -> Report | None:
    """A line that only names somebody and breaks off («X، نمایندهٔ مجلس در» before a tag and «با خبرفوری:»)."""
    first = next(iter(line.phrases), None)
    if first is None or first.first > 1 or not first.name or line.items[-1].kind != "preposition":
        return None
    if any(item.kind in ("verb", "finite", "passive") for item in line.items):
        return None
    return Report(None, (first,), "direct", "colon", len(line.items))


def _open_block(document: Document, cast: Cast, line: _Line, flow: _Flow, report: Report) -> None:
    """A line «X:» says nothing itself; the lines after it are X's."""
    flow.block = _attribute(document, cast, line, report, flow)
    flow.focus = [a.actor for a in flow.block]
    flow.last, flow.running = None, False


def _reported(document: Document, cast: Cast, line: _Line, flow: _Flow, reports: list[Report]) -> list[Statement]:
    start, stop = line.sentence.start, line.sentence.stop
    groups: list[tuple[Report, list[Attribution]]] = []
    for report in reports:
        attributions = _attribute(document, cast, line, report, flow)
        if not attributions:
            plain = report.form == "direct" or flow.running
            if report.subjects or groups or flow.last is None or not plain:
                continue
            attributions = _inherit(flow.last, line)
            if flow.block:
                attributions = [*flow.block]
        if groups and (not report.subjects or _same(groups[-1][1], attributions)):
            continue
        groups.append((report, attributions))
    if not groups:
        return []
    report, attributions = groups[0]
    if report.rule == "verb" and _tells_of_others(document, line, flow, report, attributions):
        return [_told(line, flow, attributions)]
    if flow.block and not _same(flow.block, attributions):
        flow.block = []
    if report.rule in ("colon", "noun") and _is_bulleted(document, line):
        flow.block = attributions
    return _split(line, groups, start, stop)


def _is_bulleted(document: Document, line: _Line) -> bool:
    """Whether a line is a bullet, or a bullet follows it: a post whose bullets all belong to who is named first."""
    bullet = bool(line.items) and line.items[0].kind == "mark"
    after = document.text[line.sentence.stop :].lstrip()[:1]
    return bullet or (bool(after) and not after.isalnum() and after not in '«"“(-')


def _tells_of_others(
    document: Document, line: _Line, flow: _Flow, report: Report, attributions: list[Attribution]
) -> bool:
    """Whether a sentence with a cue goes on with somebody's words, and only tells in them what others think or do.

    So in a block or in running direct speech in the first person, unless a person plainly speaks.
    """
    person = any(a.actor.is_person for a in attributions)
    if person and report.cue and report.cue.match.id == "say":
        return False
    if flow.block:
        return not _same(flow.block, attributions)
    direct = flow.last is not None and flow.running and flow.last.form == "direct"
    return direct and not person and _has_first_person(document, line)


def _told(line: _Line, flow: _Flow, others: list[Attribution]) -> Statement:
    """A sentence of whoever was speaking, in which the others are relayed."""
    start, stop = line.sentence.start, line.sentence.stop
    own = flow.block or (_inherit(flow.last, line) if flow.last else [])
    speaking = {a.actor.speaker_id for a in own}
    relayed = [
        Attribution(a.actor, "relayed", a.start, a.stop, a.basis)
        for a in others
        if a.basis != "continuation" and a.actor.speaker_id not in speaking
    ]
    return Statement(start, stop, "direct", (start, start), "block", [*own, *relayed])


def _split(line: _Line, groups: list[tuple[Report, list[Attribution]]], start: int, stop: int) -> list[Statement]:
    """One statement for each reporting clause with a subject of its own."""
    statements = []
    for i, (report, attributions) in enumerate(groups):
        end = stop
        if i + 1 < len(groups):
            following = groups[i + 1][0].subjects[0]
            end = line.items[following.first].start
            while end > start and line.items and line.items[0].start < end and not _is_break(line, end):
                end = max(item.start for item in line.items if item.start < end)
                if _is_break(line, end) or end == line.items[0].start:
                    break
            end = line.items[following.first].start
        cue = (report.cue.start, report.cue.stop) if report.cue and report.cue.stop <= end else (start, start)
        text_stop = end
        while text_stop > start and line_text_blank(line, text_stop):
            text_stop -= 1
        statements.append(Statement(start, text_stop, report.form, cue, report.rule, attributions))
        start = end
    return statements


def _is_break(line: _Line, at: int) -> bool:
    return any(item.start == at and item.kind in ("and", "comma") for item in line.items)


def line_text_blank(line: _Line, stop: int) -> bool:
    """Whether no item reaches up to `stop`."""
    return all(item.stop < stop for item in line.items)


def _same(left: list[Attribution], right: list[Attribution]) -> bool:
    return {a.actor.speaker_id for a in left} == {a.actor.speaker_id for a in right}


def _attribute(document: Document, cast: Cast, line: _Line, report: Report, flow: _Flow) -> list[Attribution]:
    if report.rule == "document":
        return _inherit(flow.last, line) if flow.last else []
    attributions: list[Attribution] = []
    for phrase in report.subjects:
        if phrase.title_id == _COUNTERPART or _is_diffuse(phrase):
            continue
        actors, basis = cast.resolve(phrase, focus=flow.focus, seen_country=flow.state, speaking=flow.speaking)
        span = phrase.name or phrase.titles or (phrase.start, phrase.stop)
        if phrase.kind in ("this", "pronoun", "pronouns", "anonymous", "group", "body", "state"):
            span = (phrase.start, phrase.stop)
        attributions += [Attribution(a, "speaker", *span, basis) for a in actors]
    return attributions


def _is_diffuse(phrase: Phrase) -> bool:
    """Whether a group is nobody in particular («کارشناسان»، «مقامات»)."""
    owned = phrase.country or phrase.organisation or phrase.last - phrase.first > 1
    return phrase.kind == "group" and (phrase.role == "expert" or not owned)


def _inherit(last: Statement, line: _Line) -> list[Attribution]:
    """The speakers of the last statement, as those of a sentence that names them at most by a pronoun."""
    speakers = [a for a in last.attributions if a.part == "speaker"]
    first = line.items[0] if line.items else None
    if first is not None and first.kind == "pronoun" and len(speakers) == 1:
        return [Attribution(speakers[0].actor, "speaker", first.start, first.stop, "pronoun")]
    return [Attribution(a.actor, "speaker", a.start, a.stop, "continuation") for a in speakers]


def _continued(document: Document, line: _Line, flow: _Flow) -> list[Statement]:
    """An uncued sentence that goes on with what a speaker was saying."""
    start, stop = line.sentence.start, line.sentence.stop
    if flow.block and (flow.last is None or flow.running):
        return [Statement(start, stop, "direct", (start, start), "block", list(flow.block))]
    last = flow.last
    if last is None or not flow.running:
        return []
    if line.open_before or _goes_on(document, line, last):
        form = "direct" if line.open_before or last.form == "headline" else last.form
        return [Statement(start, stop, form, (start, start), "continuation", _inherit(last, line))]
    return []


def _goes_on(document: Document, line: _Line, last: Statement) -> bool:
    """Whether an uncued sentence goes on with what the last one reports.

    Words that were quoted without quotation marks go on until a past event is told; reported ones and those whose
    quotation was closed go on only in the first person, or with «وی» and no past event.
    """
    own = _has_first_person(document, line)
    ending = document.text[last.start : last.stop].rstrip(".؟!… ")
    open_ended = last.form in ("direct", "headline") and not ending.endswith(_CLOSERS)
    opens = line.items[0].kind in ("pronoun", "mark") if line.items else False  # «وی …», or a bullet
    return own or ((open_ended or opens) and _sounds_spoken(document, line))


def _has_first_person(document: Document, line: _Line) -> bool:
    forms = document.lexicon.speech.first_person_forms
    return any(
        item.kind in ("word", "finite", "own_country") and fold_key(document.text[item.start : item.stop]) in forms
        for item in line.items
        if not item.quoted
    )


def _sounds_spoken(document: Document, line: _Line) -> bool:
    """Whether a sentence without a cue sounds like somebody's words: no past event, no scene."""
    if any(item.kind in ("narration",) for item in line.items[:4]):
        return False
    words = [item for item in line.items if item.kind not in ("mark", "close", "open", "comma", "dash", "right")]
    if not words:
        return False
    past = document.lexicon.speech.past_forms
    tail = [fold_key(document.text[item.start : item.stop]) for item in words[-2:]]
    will = document.lexicon.speech.future_forms
    return tail[0] in will or not (tail[-1] in past or "".join(tail) in past)
