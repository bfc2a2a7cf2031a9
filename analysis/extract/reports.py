"""Find who is reported to speak in a sentence: cue and subject."""

from __future__ import annotations

from analysis.extract.carriers import after_medium, is_medium, lead_of
from analysis.extract.items import Item, followed
from analysis.extract.names import kind_at
from analysis.extract.phrases import Phrase, follows_cue
from analysis.extract.report import Report, form_of
from analysis.extract.subjects import joint_phrases, subjects_before
from analysis.extract.writings import TEXTS, find_document, in_text

__all__ = ["Report", "find_reports"]
_MODAL = 3
"""Items before a verb among which «باید» makes it nobody's («باید یادآور شد»)."""
_AGENT = 3
"""Items that may stand between the agent of a passive and its verb."""
_SAID = {"colon", "that", "open", "comma", "mark"}
_CONTENT = {"colon", "that", "open"}
_VERBS = ("verb", "passive", "finite")
_WHILE = 12
"""Items from «در حالی» to its «که»."""
_COLON = 24
"""Items that may stand before the colon of «X: …»."""


def find_reports(items: list[Item], phrases: list[Phrase], lead: int | None = None, home: str = "") -> list[Report]:
    """The reporting clauses of a sentence, in order; what is inside a quotation reports nothing here.

    A clause that follows the cue is what was said, so only a clause joined by «و» can report again.

    Args:
        lead: the item where the sentence proper begins, if that is known.
        home: the outlet's own country, whose media stand in datelines.
    """
    lead = lead_of(items, home) if lead is None else lead
    clause = _while_clause(items, lead)
    if clause and (found := find_reports(items, phrases, clause, home)) and found[0].subjects:
        return found
    inner = after_medium(items, phrases, lead)
    if inner and (found := find_reports(items, phrases, inner, home)) and found[0].subjects:
        return found
    everybody = [p for p in phrases if not p.quoted]
    phrases = [p for p in everybody if p.first >= lead]
    colon = next((i for i in range(lead, len(items)) if items[i].kind == "colon" and not items[i].quoted), len(items))
    if colon == len(items) and _only_refers(items, lead):
        return []
    found = _before_colon(items, phrases, lead, colon) or _in_order(items, phrases, lead, colon)
    if not found:
        found = _noun_lead(items, phrases, lead, colon) or _colon_lead(items, phrases, colon, lead)
    if found and found[0].subjects and _passes_on(items, found[0].subjects[0]):
        found = _carried_by(items, phrases, found[0]) or found
    if not found or (found[0].cue and found[0].cue.match.id != "say" and _opens_with_source(items, lead)):
        return _by_phrase(items, everybody, home) or found
    return found


def _while_clause(items: list[Item], lead: int) -> int:
    """Where the clause begins that «… در حالی مطرح می‌شود که X گفته است» is about; 0 where there is none.

    What stands before only ties the sentence to the one before it.
    """
    at = next((i for i in range(lead, len(items)) if items[i].kind == "while" and not items[i].quoted), len(items))
    reach = range(at + 1, min(at + _WHILE, len(items)))
    clause = next((i + 1 for i in reach if items[i].kind == "that" and not items[i].quoted), 0)
    return clause if any(item.kind in _VERBS for item in items[at:clause]) else 0


def _opens_with_source(items: list[Item], lead: int) -> bool:
    """Whether a sentence begins with whose words it tells («به گفتهٔ X، …»), whatever others do in it."""
    return lead < len(items) and items[lead].kind == "cue" and items[lead].match.id == "source"


def _only_refers(items: list[Item], lead: int) -> bool:
    """Whether a sentence tells only who said what stands elsewhere («… این مطلب را گفت»), and nothing after it."""
    at = next((i for i in range(lead, len(items)) if items[i].kind == "reference"), len(items))
    verbs = [item for item in items[at:] if item.kind == "verb" and not item.quoted]
    return at < len(items) and not any(verb.match.id == "say" for verb in verbs[1:])


def _passes_on(items: list[Item], phrase: Phrase) -> bool:
    return phrase.kind == "anonymous" or is_medium(items, phrase)


def _carried_by(items: list[Item], phrases: list[Phrase], report: Report) -> list[Report]:
    """Whose words a medium passes on («ایسنا نوشت: X گفت که …»، «رویترز به نقل از X گزارش داد»)."""
    named = next((p for p in phrases if p.last <= report.at and follows_cue(items, p, "carried")), None)
    if named is not None and not is_medium(items, named):
        return [Report(report.cue, (named,), report.form, report.rule, report.at)]
    inner = find_reports(items, phrases, report.at + 2)
    return [
        r
        for r in inner
        if r.subjects and r.rule == "verb" and not is_medium(items, r.subjects[0]) and followed(items, r.at, _SAID)
    ][:1]


def _before_colon(items: list[Item], phrases: list[Phrase], lead: int, colon: int) -> list[Report]:
    """«X … گفت: …»: the verb before the colon is the main one, whatever verbs its subordinate clauses hold."""
    if colon >= len(items):
        return []
    for at in (colon - 1, colon - 2, colon - 3):
        if (
            at >= lead
            and items[at].kind in ("verb", "passive")
            and not items[at].quoted
            and items[at].match.id != "ask"
        ):
            if written := find_document(items, phrases, lead, at):
                return [written]
            if items[at].kind == "passive" or items[at].match.id == "stands":
                continue
            return [Report(items[at], subjects_before(items, phrases, lead, at), "direct", "verb", at)]
    return []


def _in_order(items: list[Item], phrases: list[Phrase], lead: int, colon: int) -> list[Report]:
    reports: list[Report] = []
    since = lead
    for at in range(lead, min(colon, len(items))):
        item = items[at]
        if item.quoted or item.kind not in ("verb", "passive"):
            continue
        if item.match.id == "ask":
            break
        if written := find_document(items, phrases, since, at):
            return [*reports, written]
        report = _report(items, phrases, at, since, bool(reports))
        if report is None and item.kind == "passive" and followed(items, at, {"that"}):
            break  # «در گزارش … تاکید شده است که …»: what follows is what was said
        if report:
            reports.append(report)
            if not followed(items, at, {"and"}):
                return [*reports, *_taken_up(items, phrases, at, colon, while_others=items[lead].kind == "conjunction")]
            since = at + 1
    return reports


def _taken_up(
    items: list[Item], phrases: list[Phrase], after: int, colon: int, *, while_others: bool = False
) -> list[Report]:
    """Another's report after what the first said: «… و Y نیز گفت»، «… ولی Y گفت».

    Args:
        while_others: whether the sentence opens with what others say («در حالی که X می‌گوید …، Y گفت»).
    """
    for phrase in phrases:
        joins = phrase.before == "but" or (phrase.before == "and" and phrase.after == "adverb")
        joins = joins or (while_others and phrase.before == "comma" and phrase.subject)
        if phrase.first > after and joins and phrase.kind not in ("pronoun", "pronouns"):
            verbs = (
                i for i in range(phrase.last, min(colon, len(items))) if items[i].kind == "verb" and not items[i].quoted
            )
            at = next(verbs, None)
            report = _report(items, phrases, at, phrase.first, True) if at is not None else None
            if report and report.subjects:
                return [report]
    return []


def _report(items: list[Item], phrases: list[Phrase], at: int, since: int, earlier: bool) -> Report | None:
    item = items[at]
    if item.kind == "passive" or item.match.id == "met":
        agents = tuple(p for p in phrases if since <= p.first and p.last <= at and follows_cue(items, p, "agent"))
        near = [p for p in agents if at - p.last <= _AGENT and not _describes(items, phrases, since, p, at)]
        return Report(item, tuple(near[:1]), "indirect", "passive", at) if near else None
    if item.match.id == "stands":
        return None
    if item.match.id == "open" and not (followed(items, at, _CONTENT) or in_text(items, since, at)):
        return None
    if item.match.id == "pass" and not _brings_message(items[since:at]):
        return None
    if any(i.kind == "impersonal" for i in items[max(since, at - _MODAL) : at]):
        return None  # «باید گفت»
    if items[at - 1].kind == "this" or _in_relative_clause(items, phrases, since, at):
        return None  # «این نوشته» is a noun
    subjects = subjects_before(items, phrases, since, at)
    if not subjects and not earlier and not _can_drop_subject(items, at):
        return None
    if subjects and item.match.id == "call" and not _is_called(items[subjects[-1].last : at]):
        return None  # «X می‌خواهد برود» asks nobody
    if subjects and item.match.id == "judge" and _describes_noun(items, subjects[0], since, at):
        return None
    if subjects and _in_subordinate_clause(items, phrases, subjects[-1], at):
        return None
    return Report(item, subjects, form_of(items, at), "verb", at)


def _is_called(between: list[Item]) -> bool:
    """Whether somebody is asked for something («از Y … خواست»، «Y را فراخواند»)."""
    return any(item.kind in ("preposition", "object", "cue", "finite", "verb") for item in between)


def _describes(items: list[Item], phrases: list[Phrase], since: int, agent: Phrase, at: int) -> bool:
    """Whether a passive only describes a noun («X سخنانی را که از سوی Y تکرار شد … خواند»)."""
    subject = next((p for p in phrases if since <= p.first and p.last <= agent.first and p.subject), None)
    if subject is None or not any(item.kind == "that" for item in items[subject.last : agent.first]):
        return False
    return any(item.kind == "verb" and not item.quoted for item in items[at + 1 :])


def _describes_noun(items: list[Item], subject: Phrase, since: int, at: int) -> bool:
    """Whether a clause with a subject of its own only describes a noun («حمله‌ای که X آن را … خواند، روی داد»)."""
    if subject.before != "that" or any(item.kind in _VERBS for item in items[since : subject.first]):
        return False
    return kind_at(items, subject.first - 2) == "word" and any(
        item.kind in _VERBS and not item.quoted for item in items[at + 1 :]
    )


def _in_subordinate_clause(items: list[Item], phrases: list[Phrase], subject: Phrase, at: int) -> bool:
    """Whether the verb belongs to a clause with a conjunction and a subject of its own («X پس از آنکه Y گفت، رفت»)."""
    opened = next((i for i in range(subject.last, at) if items[i].kind == "conjunction" and not items[i].quoted), at)
    return any(p.subject and p.before == "conjunction" and opened < p.first and p.last <= at for p in phrases)


def _can_drop_subject(items: list[Item], at: int) -> bool:
    """Whether a verb may report without naming who speaks: a plain verb of saying with what was said after it."""
    return items[at].match.id == "say" and (at + 1 == len(items) or followed(items, at, _SAID))


def _brings_message(items: list[Item]) -> bool:
    """Whether somebody's message and what it says are named: «پیام X مبنی بر …»."""
    relay = next((i for i, item in enumerate(items) if item.kind == "cue" and item.match.id == "relay"), len(items))
    return any(item.kind in ("content", "that") for item in items[relay:])


def _in_relative_clause(items: list[Item], phrases: list[Phrase], since: int, at: int) -> bool:
    """Whether the verb closes a clause that only describes a noun: «X که پیشتر گفته بود، …»."""
    before = [p for p in phrases if since <= p.first and p.last <= at]
    if not before or before[0].after != "that":
        return False
    later = any(i.kind == "verb" and not i.quoted for i in items[at + 1 :])
    return later and not any(i.kind == "verb" for i in items[before[0].last : at])


def _colon_lead(items: list[Item], phrases: list[Phrase], colon: int, lead: int) -> list[Report]:
    """«X: …» and «X در گفت‌وگو با Y: …», with no verb before the colon."""
    if colon >= len(items) or colon - lead > _COLON or any(i.kind == "finite" for i in items[lead:colon]):
        return []
    first = next((p for p in phrases if p.last <= colon), None)
    if first is None or first.first > lead + 3 or first.kind in ("pronoun", "pronouns"):
        return []
    belongs = first.before == "word" and first.last == colon and first.kind == "person"  # «هشدار تند X: …»
    if not (first.subject or belongs):
        return []
    return [Report(None, joint_phrases([p for p in phrases if p.last <= colon]), "direct", "colon", colon)]


def _noun_lead(items: list[Item], phrases: list[Phrase], lead: int, colon: int) -> list[Report]:
    """A heading that begins with a noun of speech: «هشدار X به Y: …»، «واکنش X به …»."""
    if lead + 1 >= len(items) or items[lead].kind != "speech_noun":
        return []
    first = next((p for p in phrases if p.first <= lead + 3), None)
    limit = next((i for i in range(lead, min(colon, len(items))) if items[i].kind == "dash"), colon)
    verbs = any(i.kind in ("finite", "verb") for i in items[lead:limit])
    return [Report(items[lead], (first,), "headline", "noun", lead)] if first and not verbs else []


def _claims(items: list[Item], phrase: Phrase, home: str) -> bool:
    """Whether a foreign medium's own words are told («به نوشتهٔ X، …»), where nobody else is named to speak."""
    return (
        follows_cue(items, phrase, "carried")
        and "claim" in items[phrase.first - 1].match.entry.facets
        and is_medium(items, phrase)
        and phrase.country not in ("", home)
    )


def _by_phrase(items: list[Item], phrases: list[Phrase], home: str) -> list[Report]:
    """«به گفتهٔ X …»، «در این بیانیه آمده است: …»."""
    for phrase in phrases:
        if (follows_cue(items, phrase, "source") or _claims(items, phrase, home)) and _is_some_one(phrase):
            return [Report(items[phrase.first - 1], (phrase,), "indirect", "source", phrase.first - 1)]
    for at, item in enumerate(items):
        if item.kind == "cue" and item.match.id == "source" and _is_this_text(items[at + 1 : at + 3]):
            return [Report(item, (), "indirect", "document", at)]  # «به ادعای این گزارش»
        if item.kind == "cue" and item.match.id == "setting" and not item.quoted and item.matches[0].entry.facets:
            subjects = subjects_before(items, phrases, 0, at)
            return [Report(item, subjects, "indirect", "setting", at)] if subjects else []
    return []


def _is_some_one(phrase: Phrase) -> bool:
    """Whether a phrase names who it is, not only what («به گفتهٔ کارشناسان» tells nobody)."""
    return phrase.kind != "group" or bool(phrase.country or phrase.organisation)


def _is_this_text(items: list[Item]) -> bool:
    return len(items) == 2 and items[0].kind == "this" and items[1].kind in TEXTS
