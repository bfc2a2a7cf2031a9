"""Find who is reported to speak in a sentence: cue and subject."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.extract.items import Item
from analysis.extract.phrases import Phrase

_LEAD = 8
"""Items at the head of a sentence among which a dateline («تهران - ایرنا -») may stand."""
_CARRIER = 30
"""Items that «به گزارش …» may take up to its comma."""
_MODAL = 3
"""Items before a verb among which «باید» makes it nobody's («باید یادآور شد»)."""
_AGENT = 3
"""Items that may stand between the agent of a passive and its verb."""
_SAID = {"colon", "that", "open", "comma", "mark"}
_CONTENT = {"colon", "that", "open"}
_TEXTS = ("text", "speech_noun")
_IN_TEXT = 5
"""Items that may stand between «در» and the text («در بخش دیگری از این گزارش»)."""
_NEW_CLAUSE = ("finite", "but", "comma", "and", "mark")
_BEFORE_CLAUSE = ("comma", "adverb", "and", "but", "mark", "time", "finite", "dash", "colon")
_SUBORDINATE = ("that", "conjunction")
_OF_TEXT = ("text", "speech_noun", "word", "qualifier")
_BODIES = ("state", "body", "group")
_COLON = 24
"""Items that may stand before the colon of «X: …»."""


@dataclass(frozen=True, slots=True)
class Report:
    """A reporting clause.

    Attributes:
        cue: the item that reports; None for a colon after a name.
        subjects: the phrases that are its subject; empty where the subject is left out.
        form: `direct` or `indirect`.
        rule: what found it.
        at: the item index of the cue (or colon).
    """

    cue: Item | None
    subjects: tuple[Phrase, ...]
    form: str
    rule: str
    at: int


def find_reports(items: list[Item], phrases: list[Phrase], lead: int | None = None, home: str = "") -> list[Report]:
    """The reporting clauses of a sentence, in order; what is inside a quotation reports nothing here.

    A clause that follows the cue is what was said, so only a clause joined by «و» can report again.

    Args:
        lead: the item where the sentence proper begins, if that is known.
        home: the outlet's own country, whose media stand in datelines.
    """
    lead = _lead(items, home) if lead is None else lead
    inner = _after_medium(items, phrases, lead)
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


def _opens_with_source(items: list[Item], lead: int) -> bool:
    """Whether a sentence begins with whose words it tells («به گفتهٔ X، …»), whatever others do in it."""
    return lead < len(items) and items[lead].kind == "cue" and items[lead].match.id == "source"


def _only_refers(items: list[Item], lead: int) -> bool:
    """Whether a sentence tells only who said what stands elsewhere («… این مطلب را گفت»), and nothing after it."""
    at = next((i for i in range(lead, len(items)) if items[i].kind == "reference"), len(items))
    verbs = [item for item in items[at:] if item.kind == "verb" and not item.quoted]
    return at < len(items) and not any(verb.match.id == "say" for verb in verbs[1:])


def _lead(items: list[Item], home: str) -> int:
    """Where the sentence proper begins: after «به گزارش ایرنا،», «تهران - ایرنا -», «ایسنا:»."""
    at = 0
    for i, item in enumerate(items[:_LEAD]):
        if item.kind in ("person", "preposition"):
            return at
        if _medium(item) and _followed(items, i, {"dash", "colon"}) and item.match.entry.facets[1] in ("", home):
            at = i + 2
        elif item.kind == "cue" and item.match.id in ("carried", "source") and _is_first(items, i, at):
            return _after_carrier(items, i) if item.match.id == "carried" or _names_medium(items, i) else at
    return at


def _after_medium(items: list[Item], phrases: list[Phrase], lead: int) -> int:
    """The item after a medium that heads the sentence («پایگاه خبری X (…): Y گفت»، «شهر/خبرگزاری X Y گفت»); else 0."""
    first = next((p for p in phrases if lead <= p.first <= lead + 2 and not p.quoted), None)
    if first is None or not _is_medium(items, first) or first.before == "cue":
        return 0
    at = first.last
    if at < len(items) and items[at].kind == "left":
        at = next((i + 1 for i in range(at, min(at + _LEAD, len(items))) if items[i].kind == "right"), at)
    if at < len(items) and items[at].kind == "colon":
        return at + 1
    return at if any(p.first == at and p.name for p in phrases) else 0


def _names_medium(items: list[Item], cue: int) -> bool:
    """Whether a medium stands before the comma after a cue («بر اساس گزارش رویترز، X گفت»)."""
    reach = range(cue + 1, min(cue + _CARRIER, len(items)))
    comma = next((i for i in reach if items[i].kind == "comma"), reach.stop)
    return any(_medium(items[i]) for i in range(cue + 1, comma))


def _is_first(items: list[Item], i: int, at: int) -> bool:
    """Whether nobody is named before item `i`, so that it opens the sentence."""
    return all(item.kind in ("mark", "time", "number", "comma", "left", "right", "adverb") for item in items[at:i])


def _after_carrier(items: list[Item], cue: int) -> int:
    """The item after the comma that closes «به گزارش …»; without one, the item after the medium's name."""
    reach = range(cue + 1, min(cue + _CARRIER, len(items)))
    for i in reach:
        if items[i].kind in ("comma", "colon") and not items[i].quoted:
            return i + 1
        if items[i].kind in ("verb", "person", "title"):
            break
    return next((i + 1 for i in reach if _medium(items[i])), cue + 1)


def _medium(item: Item) -> bool:
    return item.kind == "organisation" and item.match.entry.facets[0] == "medium"


def _is_medium(items: list[Item], phrase: Phrase) -> bool:
    return phrase.title_id == "media" or any(_medium(item) for item in items[phrase.first : phrase.last])


def _passes_on(items: list[Item], phrase: Phrase) -> bool:
    return phrase.kind == "anonymous" or _is_medium(items, phrase)


def _carried_by(items: list[Item], phrases: list[Phrase], report: Report) -> list[Report]:
    """Whose words a medium passes on («ایسنا نوشت: X گفت که …»، «رویترز به نقل از X گزارش داد»)."""
    named = next((p for p in phrases if p.last <= report.at and _follows_cue(items, p, "carried")), None)
    if named is not None and not _is_medium(items, named):
        return [Report(report.cue, (named,), report.form, report.rule, report.at)]
    inner = find_reports(items, phrases, report.at + 2)
    return [
        r
        for r in inner
        if r.subjects and r.rule == "verb" and not _is_medium(items, r.subjects[0]) and _followed(items, r.at, _SAID)
    ][:1]


def _before_colon(items: list[Item], phrases: list[Phrase], lead: int, colon: int) -> list[Report]:
    """«X … گفت: …»: the verb before the colon is the main one, whatever verbs its subordinate clauses hold."""
    if colon >= len(items):
        return []
    for at in (colon - 1, colon - 2, colon - 3):
        if at >= lead and items[at].kind in ("verb", "passive") and not items[at].quoted and items[at].match.id != "ask":
            if written := find_document(items, phrases, lead, at):
                return [written]
            if items[at].kind == "passive" or items[at].match.id == "stands":
                continue
            return [Report(items[at], _subjects(items, phrases, lead, at), "direct", "verb", at)]
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
        if report is None and item.kind == "passive" and _followed(items, at, {"that"}):
            break  # «در گزارش … تاکید شده است که …»: what follows is what was said
        if report:
            reports.append(report)
            if not _followed(items, at, {"and"}):
                return [*reports, *_taken_up(items, phrases, at, colon)]
            since = at + 1
    return reports


def _taken_up(items: list[Item], phrases: list[Phrase], after: int, colon: int) -> list[Report]:
    """Another's report after what the first said: «… و Y نیز گفت»، «… ولی Y گفت»."""
    for phrase in phrases:
        joins = phrase.before == "but" or (phrase.before == "and" and phrase.after == "adverb")
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
    if item.kind == "passive":
        agents = tuple(p for p in phrases if since <= p.first and p.last <= at and _follows_cue(items, p, "agent"))
        near = [p for p in agents if at - p.last <= _AGENT and not _describes(items, phrases, since, p, at)]
        return Report(item, tuple(near[:1]), "indirect", "passive", at) if near else None
    if item.match.id == "stands":
        return None
    if item.match.id == "open" and not (_followed(items, at, _CONTENT) or _in_text(items, since, at)):
        return None
    if item.match.id == "pass" and not _brings_message(items[since:at]):
        return None
    if any(i.kind == "impersonal" for i in items[max(since, at - _MODAL) : at]):
        return None  # «باید گفت»
    if items[at - 1].kind == "this" or _in_relative_clause(items, phrases, since, at):
        return None  # «این نوشته» is a noun
    subjects = _subjects(items, phrases, since, at)
    if not subjects and not earlier and not _can_drop_subject(items, at):
        return None
    if subjects and item.match.id == "call" and not _is_called(items[subjects[-1].last : at]):
        return None  # «X می‌خواهد برود» asks nobody
    if subjects and _in_subordinate_clause(items, phrases, subjects[-1], at):
        return None
    return Report(item, subjects, _form(items, at), "verb", at)


def _is_called(between: list[Item]) -> bool:
    """Whether somebody is asked for something («از Y … خواست»، «Y را فراخواند»)."""
    return any(item.kind in ("preposition", "object", "cue", "finite", "verb") for item in between)


def _describes(items: list[Item], phrases: list[Phrase], since: int, agent: Phrase, at: int) -> bool:
    """Whether a passive only describes a noun of a sentence that goes on («X سخنانی را که از سوی Y تکرار شد … خواند»)."""
    subject = next((p for p in phrases if since <= p.first and p.last <= agent.first and p.subject), None)
    if subject is None or not any(item.kind == "that" for item in items[subject.last : agent.first]):
        return False
    return any(item.kind == "verb" and not item.quoted for item in items[at + 1 :])


def _in_text(items: list[Item], since: int, at: int) -> bool:
    """Whether a text is named just before the verb («او در این گزارش آورده است …»)."""
    return any(item.kind in _TEXTS for item in items[max(since, at - _MODAL) : at])


def find_document(items: list[Item], phrases: list[Phrase], since: int, at: int) -> Report | None:
    """«در این بیانیه آمده است: …»، «در گزارش X تاکید شده که …»: a text that speaks for who wrote it."""
    item = items[at]
    if item.kind != "passive" and item.match.id != "stands":
        return None
    nouns = (i for i in range(since + 1, at) if items[i].kind in _TEXTS and not items[i].quoted)
    noun = next((i for i in nouns if _stands_in(items, i, since)), None)
    if noun is None:
        return None
    owner = next((p for p in phrases if noun < p.first <= noun + 2 and p.last <= at and p.before in _OF_TEXT), None)
    return Report(item, (owner,) if owner else (), _form(items, at), "source" if owner else "document", at)


def _stands_in(items: list[Item], noun: int, since: int) -> bool:
    """Whether a text is what something stands in («در …»، «در بخش دیگری از …»), at the head of a clause."""
    for i in range(noun - 1, max(since, noun - _IN_TEXT) - 1, -1):
        item = items[i]
        if item.kind == "adverb" or (item.kind == "preposition" and "place" in item.match.entry.facets):
            return i == since or items[i - 1].kind in _BEFORE_CLAUSE
    return False


def _in_subordinate_clause(items: list[Item], phrases: list[Phrase], subject: Phrase, at: int) -> bool:
    """Whether the verb belongs to a clause with a conjunction and a subject of its own («X پس از آنکه Y گفت، رفت»)."""
    opened = next((i for i in range(subject.last, at) if items[i].kind == "conjunction" and not items[i].quoted), at)
    return any(p.subject and p.before == "conjunction" and opened < p.first and p.last <= at for p in phrases)


def _can_drop_subject(items: list[Item], at: int) -> bool:
    """Whether a verb may report without naming who speaks: a plain verb of saying with what was said after it."""
    return items[at].match.id == "say" and (at + 1 == len(items) or _followed(items, at, _SAID))


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


def _subjects(items: list[Item], phrases: list[Phrase], since: int, at: int) -> tuple[Phrase, ...]:
    """The subject among the phrases before a verb: the first that can be one, with those joined to it.

    Where the sentence opens with a subordinate clause, the first one after its comma.
    """
    before = [p for p in phrases if since <= p.first and p.last <= at]
    able = [p for p in before if p.subject or (p.name and _follows_dateline(items, p, since))]
    if _opens_subordinate(items, since, able):
        able = [p for p in able if p.before in ("comma", "adverb", "verb", "finite")] or able
    able = _of_last_clause(items, able, at)
    named = [p for p in before if p.kind == "person" and p.name and p.before == "word" and p.after != "object"]
    first = next(iter(able or named), None)
    if first is None:
        return ()
    if first.kind == "state":
        better = next((p for p in able if p.kind != "state"), None)
        joined = before.index(first) + 1 < len(before) and before[before.index(first) + 1].before in ("and", "comma")
        first = better if better is not None and not joined else first
    return _joint(before[before.index(first) :])


def _follows_dateline(items: list[Item], phrase: Phrase, since: int) -> bool:
    """Whether a name stands right after the medium that carries the story («به گزارش ایسنا X … گفت»)."""
    return 0 < phrase.first == since and items[since - 1].kind == "organisation"


def _of_last_clause(items: list[Item], able: list[Phrase], at: int) -> list[Phrase]:
    """The phrases from the subject of the last main clause on («X … کرد، ولی Y گفت»، headings glued to a lead).

    A finite verb ends its clause where no «که» or conjunction opened a subordinate one after the subject.
    """
    start = 0
    for k in range(1, len(able)):
        between = items[able[start].last : able[k].first]
        kinds = [item.kind for item in between if not item.quoted]
        if not any(kind in ("finite", "verb", "passive") for kind in kinds) or able[k].before in _SUBORDINATE:
            continue
        if not any(kind in ("that", "conjunction", "content") for kind in kinds) and _may_take_over(
            items, able[start], able[k]
        ):
            start = k
    return able[start:]


def _may_take_over(items: list[Item], first: Phrase, phrase: Phrase) -> bool:
    """Whether a phrase after a finished clause is the next one's subject («ایسنا نوشت X … گفت»)."""
    if phrase.kind == "pronouns":
        return False
    return phrase.before in _NEW_CLAUSE or (phrase.before == "verb" and _is_medium(items, first))


def _joint(phrases: list[Phrase]) -> tuple[Phrase, ...]:
    """A phrase and those joined to it: «X و Y», «X، Y و Z»."""
    joint = phrases[:1]
    for phrase in phrases[1:]:
        alike = phrase.before == "and" or (phrase.kind in _BODIES) == (joint[0].kind in _BODIES)
        if phrase.first - joint[-1].last == 1 and phrase.before in ("and", "comma") and alike:
            joint.append(phrase)
        else:
            break
    while len(joint) > 1 and joint[-1].before != "and":
        joint.pop()
    return tuple(joint)


def _opens_subordinate(items: list[Item], since: int, able: list[Phrase]) -> bool:
    head = items[since : since + 4]
    first = able[0].first if able else 0
    return any(i.kind == "conjunction" or (i.kind == "that" and i.stop <= items[first].start) for i in head)


def _form(items: list[Item], at: int) -> str:
    """Direct after a colon, or where a quotation begins at once and makes up most of what follows."""
    j = at + 1
    while j < len(items) and items[j].kind in ("that", "comma", "adverb"):
        j += 1
    if j < len(items) and items[j].kind == "colon":
        return "direct"
    if j < len(items) and items[j].kind == "open":
        quoted = sum(i.quoted for i in items[j + 1 :])
        return "direct" if quoted * 2 >= len(items) - j - 1 else "indirect"
    return "indirect"


def _followed(items: list[Item], at: int, kinds: set[str]) -> bool:
    return at + 1 < len(items) and items[at + 1].kind in kinds


def _follows_cue(items: list[Item], phrase: Phrase, cue: str) -> bool:
    return phrase.first > 0 and items[phrase.first - 1].kind == "cue" and items[phrase.first - 1].match.id == cue


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
    return [Report(None, _joint([p for p in phrases if p.last <= colon]), "direct", "colon", colon)]


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
        _follows_cue(items, phrase, "carried")
        and "claim" in items[phrase.first - 1].match.entry.facets
        and _is_medium(items, phrase)
        and phrase.country not in ("", home)
    )


def _by_phrase(items: list[Item], phrases: list[Phrase], home: str) -> list[Report]:
    """«به گفتهٔ X …»، «در این بیانیه آمده است: …»."""
    for phrase in phrases:
        if (_follows_cue(items, phrase, "source") or _claims(items, phrase, home)) and phrase.kind != "group":
            return [Report(items[phrase.first - 1], (phrase,), "indirect", "source", phrase.first - 1)]
    for at, item in enumerate(items):
        if item.kind == "cue" and item.match.id == "source" and _followed(items, at, {"this"}):
            if items[min(at + 2, len(items) - 1)].kind in _TEXTS:
                return [Report(item, (), "indirect", "document", at)]  # «به ادعای این گزارش»
        if item.kind == "cue" and item.match.id == "setting" and not item.quoted and item.matches[0].entry.facets:
            subjects = _subjects(items, phrases, 0, at)
            return [Report(item, subjects, "indirect", "setting", at)] if subjects else []
    return []
