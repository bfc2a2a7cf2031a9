"""Statements: which sentences of an article somebody says, and who."""

from __future__ import annotations

import re

from analysis.extract.actors import Actor
from analysis.extract.cast import Cast
from analysis.extract.continuation import has_first_person, is_number
from analysis.extract.document import Document
from analysis.extract.flow import (
    Attribution,
    Flow,
    Statement,
    continued,
    inherit,
    look_at,
    may_be_told,
    narrate,
    told_by,
)
from analysis.extract.identity import unite_titles
from analysis.extract.lines import Line, read_lines
from analysis.extract.phrases import Phrase
from analysis.extract.questions import asks_about, is_asked, is_question
from analysis.extract.relays import find_relay
from analysis.extract.reports import Report, find_reports
from analysis.extract.writings import announces_text
from analysis.text.fold import fold_key

_SINGULAR = {"foreign_ministers": "foreign_minister", "presidents": "president"}
"""Plural titles to the office of each."""
_AFTER_CUE = 3
"""Items from the cue to the colon that closes a line."""
_AFTER = re.compile(r"\S")


def find_statements(document: Document, article_id: str) -> tuple[list[Statement], Cast]:
    """The statements of an article, in order, and its cast."""
    cast = Cast(document, article_id)
    lines = read_lines(document)
    named = [phrase for line in lines for phrase in line.phrases if phrase.name]
    for phrase in sorted(named, key=lambda p: -len(fold_key(document.text[slice(*(p.name or (0, 0)))]))):
        cast.introduce(phrase)  # full names first, so that a surname finds its bearer
    flow = Flow()
    statements: list[Statement] = []
    for line in lines:
        statements += _read_sentence(document, cast, line, flow)
        flow.point = is_number(line)
    unite_titles(document, statements)
    return statements, cast


def _read_sentence(document: Document, cast: Cast, line: Line, flow: Flow) -> list[Statement]:
    if is_number(line):
        return []
    if line.furniture:
        flow.running = False
        return []
    reports = find_reports(line.items, line.phrases, home=document.country)
    if reports and asks_about(document, line, reports[0]):
        reports = []
    if reports and flow.told:
        narrate(cast, flow)
    if reports and is_question(document, line, reports[0]):
        flow.running = False
        return []
    if reports and _only_announces(line, reports[0]):
        _open_block(document, cast, line, flow, reports[0])
        return []
    if not reports and (opener := _names_who_follows(line)):
        _open_block(document, cast, line, flow, opener)
        return []
    if not reports and (opener := announces_text(line)):
        _open_block(document, cast, line, flow, opener)
        if opener.at >= len(line.items) - 1:
            return []
    if not reports and line.items and line.items[-1].kind == "colon":
        return []
    if not reports and is_asked(document, line):
        return []
    statements = _reported(document, cast, line, flow, reports) if reports else []
    if not reports or (not statements and _is_hearsay(document, line, flow, reports)):
        statements = continued(document, line, flow)
        if not statements and may_be_told(document, line, flow):
            flow.told.append(line)
            return []
        if flow.told and flow.last and has_first_person(document, line):
            statements = [*(told_by(flow.last, told) for told in flow.told), *statements]
            flow.told = []
        elif flow.told:
            statements = []
    for statement in statements:
        _add_relay(cast, line, flow, statement)
    if statements:
        flow.last = statements[-1]
        flow.running = True
        flow.focus = statements[-1].speakers
        cast.heard(flow.focus)
    else:
        narrate(cast, flow)
        look_at(cast, line, flow)
    for item in line.items:
        if item.kind == "country" and item.match.id != document.country:
            flow.state = item.match.id
    return statements


def _add_relay(cast: Cast, line: Line, flow: Flow, statement: Statement) -> None:
    found = find_relay(line.items, line.phrases, statement.start, statement.stop)
    if found is None:
        return
    phrase, statement.relay = found
    actors, basis = cast.resolve(phrase, focus=flow.focus, seen_country=flow.state, speaking=flow.speaking)
    speaking = {a.actor.speaker_id for a in statement.attributions}
    span = phrase.name or phrase.titles or (phrase.start, phrase.stop)
    statement.attributions += [Attribution(a, "relayed", *span, basis) for a in actors if a.speaker_id not in speaking]


def _names_who_follows(line: Line) -> Report | None:
    """A line that only names somebody and breaks off («X، نمایندهٔ مجلس در» before a tag and «با خبرفوری:»)."""
    first = next(iter(line.phrases), None)
    if first is None or first.first > 1 or not first.name or line.items[-1].kind != "preposition":
        return None
    if any(item.kind in ("verb", "finite", "passive") for item in line.items):
        return None
    return Report(None, (first,), "direct", "colon", len(line.items))


def _open_block(document: Document, cast: Cast, line: Line, flow: Flow, report: Report) -> None:
    """A line «X:» says nothing itself; the lines after it are X's."""
    own = _attribute(document, cast, line, report, flow)
    flow.block = own or flow.block or (inherit(flow.last, line) if flow.last and flow.running else [])
    flow.focus = [a.actor for a in flow.block] or flow.focus
    flow.last, flow.running = None, False


def _only_announces(line: Line, report: Report) -> bool:
    """Whether a line of its own says nothing but who speaks: «X:», «X یادآور شد:»."""
    if report.rule == "colon":
        return report.at >= len(line.items) - 1
    return line.sentence.alone and line.items[-1].kind == "colon" and len(line.items) - report.at <= _AFTER_CUE


def _reported(document: Document, cast: Cast, line: Line, flow: Flow, reports: list[Report]) -> list[Statement]:
    groups: list[tuple[Report, list[Attribution]]] = []
    for report in reports:
        attributions = _attribute(document, cast, line, report, flow)
        if not attributions:
            plain = report.form == "direct" or flow.running
            if report.subjects or groups or flow.last is None or not plain or _changes_number(document, report, flow):
                continue
            attributions = inherit(flow.last, line)
            if flow.block:
                attributions = [*flow.block]
        if groups and (not report.subjects or _same(groups[-1][1], attributions)):
            continue
        groups.append((report, attributions))
    if not groups:
        return []
    report, attributions = groups[0]
    if report.rule == "verb" and _tells_of_others(document, line, flow, report, attributions):
        return [_told(line, flow, report, attributions)]
    if flow.block and not _same(flow.block, attributions):
        flow.block = []
    if report.rule in ("colon", "noun") and _is_bulleted(document, line):
        flow.block = attributions
    return _split(line, groups)


def _is_hearsay(document: Document, line: Line, flow: Flow, reports: list[Report]) -> bool:
    """Whether only people at large are said to say something («می‌گویند …»), as a speaker may tell of them."""
    if any(report.subjects or report.cue is None for report in reports):
        return False
    past = document.lexicon.speech.past_forms
    words = (document.text[report.cue.start : report.cue.stop].split() for report in reports if report.cue)
    return bool(flow.block) or has_first_person(document, line) or all(fold_key(one[-1]) not in past for one in words)


def _changes_number(document: Document, report: Report, flow: Flow) -> bool:
    """Whether a verb in the plural follows one person's in the singular: somebody whom the rules did not see speaks."""
    last = flow.last
    if report.cue is None or last is None or len(last.speakers) != 1 or not last.speakers[0].is_person:
        return False
    return _is_plural(document, report.cue.start, report.cue.stop) and not _is_plural(document, *last.cue)


def _is_plural(document: Document, start: int, stop: int) -> bool:
    """Whether a cue stands in the third person plural («گفته اند»)."""
    words = document.text[start:stop].split()
    forms = document.lexicon.speech.plural_forms
    return any(fold_key("".join(tail)) in forms for tail in (words[-1:], words[-2:]))


def _is_bulleted(document: Document, line: Line) -> bool:
    """Whether a line is a bullet, or a bullet follows it: a post whose bullets all belong to who is named first."""
    bullet = bool(line.items) and line.items[0].kind == "mark"
    after = _AFTER.search(document.text, line.sentence.stop)
    return bullet or (after is not None and not after.group().isalnum() and after.group() not in '«"“(-')


def _tells_of_others(
    document: Document, line: Line, flow: Flow, report: Report, attributions: list[Attribution]
) -> bool:
    """Whether a sentence with a cue goes on with somebody's words, and only tells in them what others think or do.

    So in a block or in running direct speech in the first person, unless a person plainly speaks.
    """
    person = any(a.actor.is_person for a in attributions)
    if person and report.cue and report.cue.match.id == "say":
        return False
    if flow.block:
        bodies = all(a.basis == "body" and not a.actor.speaker_id.startswith("state:") for a in attributions)
        says = report.cue is not None and report.cue.match.id == "say"
        return not _same(flow.block, attributions) and not (says and bodies)
    direct = flow.last is not None and flow.running and flow.last.form == "direct"
    return direct and not person and has_first_person(document, line)


def _told(line: Line, flow: Flow, report: Report, others: list[Attribution]) -> Statement:
    """A sentence of whoever was speaking, in which the others are relayed: what follows their name, or their colon.

    Who speaks for a state does not relay it: what it wants is their own position.
    """
    start, stop = line.sentence.start, line.sentence.stop
    own = flow.block or (inherit(flow.last, line) if flow.last else [])
    speaking = {a.actor.speaker_id for a in own}
    relayed = [
        Attribution(a.actor, "relayed", a.start, a.stop, a.basis)
        for a in others
        if a.basis != "continuation" and a.actor.speaker_id not in speaking
    ]
    found = Statement(start, stop, "direct", (start, start), "block", [*own, *relayed])
    homes = {f"state:{a.actor.country}" for a in own}
    if relayed and homes.isdisjoint(a.actor.speaker_id for a in relayed):
        behind = report.cue is not None and report.form == "direct"
        found.relay = (report.cue.stop if behind and report.cue else min(a.stop for a in relayed), stop)
    return found


def _split(line: Line, groups: list[tuple[Report, list[Attribution]]]) -> list[Statement]:
    """One statement for each reporting clause with a subject of its own: it begins where that subject does."""
    starts = [line.items[group[0].subjects[0].first].start for group in groups[1:]]
    stops = [max(item.stop for item in line.items if item.stop <= start) for start in starts]
    starts, stops = [line.sentence.start, *starts], [*stops, line.sentence.stop]
    statements = []
    for (report, attributions), start, stop in zip(groups, starts, stops, strict=True):
        inside = report.cue is not None and start <= report.cue.start and report.cue.stop <= stop
        cue = (report.cue.start, report.cue.stop) if report.cue is not None and inside else (start, start)
        statements.append(Statement(start, stop, report.form, cue, report.rule, attributions))
    return statements


def _same(left: list[Attribution], right: list[Attribution]) -> bool:
    return {a.actor.speaker_id for a in left} == {a.actor.speaker_id for a in right}


def _attribute(document: Document, cast: Cast, line: Line, report: Report, flow: Flow) -> list[Attribution]:
    if report.rule == "document":
        return inherit(flow.last, line) if flow.last else []
    attributions: list[Attribution] = []
    for phrase in _each(report.subjects):
        if _is_diffuse(phrase):
            continue
        focus = _meant(cast, line, flow, phrase)
        actors, basis = cast.resolve(phrase, focus=focus, seen_country=flow.state, speaking=flow.speaking)
        span = phrase.name or phrase.titles or (phrase.start, phrase.stop)
        if phrase.kind in ("this", "pronoun", "pronouns", "anonymous", "group", "body", "state"):
            span = (phrase.start, phrase.stop)
        known = {one.actor.speaker_id for one in attributions}
        attributions += [Attribution(a, "speaker", *span, basis) for a in actors if a.speaker_id not in known]
    return attributions


def _meant(cast: Cast, line: Line, flow: Flow, phrase: Phrase) -> list[Actor]:
    """Whom a pronoun may mean: «دو طرف» those who met, «او» a person named before it, where nobody else is meant."""
    if phrase.kind == "pronouns" and len(flow.focus) < 2 and flow.met:
        return flow.met
    if phrase.kind == "pronoun" and not any(actor.is_person for actor in flow.focus):
        named = [p for p in line.phrases if p.name and p.last < phrase.first]
        return [cast.introduce(named[-1])] if named else flow.focus
    return flow.focus


def _each(subjects: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """The holders that a plural title of several states means («وزیران خارجهٔ X و Y»)."""
    if not subjects or subjects[0].title_id not in _SINGULAR or not subjects[0].country:
        return subjects
    title_id, role = _SINGULAR[subjects[0].title_id], subjects[0].role
    first = subjects[0]._replace(kind="person", title_id=title_id)
    others = [
        state._replace(kind="person", title_id=title_id, role=role, titles=(state.start, state.stop))
        for state in subjects[1:]
        if state.kind == "state"
    ]
    return (first, *others)


def _is_diffuse(phrase: Phrase) -> bool:
    """Whether a group is nobody in particular («کارشناسان»، «مقامات»)."""
    owned = phrase.country or phrase.organisation or phrase.last - phrase.first > 1
    return phrase.kind == "group" and (phrase.role == "expert" or not owned)
