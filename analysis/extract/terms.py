"""Which terms of the code book stand in a stretch of text, and which of them count."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from analysis.extract.document import Document
from analysis.extract.mentions import Mention
from analysis.lexicon.codebook import Term
from analysis.lexicon.matcher import Match, longest, within

type Span = tuple[int, int]


class Evidence(NamedTuple):
    """A term of the code book and the places where it was found."""

    term: Term
    spans: tuple[Span, ...]


def find_evidence(document: Document, start: int, stop: int, mentions: list[Mention]) -> dict[str, list[Evidence]]:
    """Topic id to the terms that speak for it in `text[start:stop]`, heaviest first.

    Of overlapping terms of one topic the longest counts.
    """
    book = document.lexicon.codebook
    found, named = document.found("topic", start, stop), _named(within(mentions, start, stop))
    if not found and not named:
        return {}
    context: dict[str, list[Match]] = {}
    for match in document.found("topic_context", start, stop):
        context.setdefault(match.id, []).append(match)
    counted: dict[str, list[Match]] = {}
    for match in found:
        if _counts(book.terms[match.id, match.entry.facets[0]], match, context, named):
            counted.setdefault(match.id, []).append(match)
    places: dict[str, dict[str, list[Span]]] = {}
    for topic, matches in counted.items():
        for match in longest(matches):
            places.setdefault(topic, {}).setdefault(match.entry.facets[0], []).append((match.start, match.stop))
    for term in book.references:
        if term.key not in named or not _counts(term, None, context, named):
            continue
        taken = [span for spans in places.get(term.topic_id, {}).values() for span in spans]
        if spans := [span for span in named[term.key] if not _overlaps(span, taken)]:
            places.setdefault(term.topic_id, {})[term.key] = spans
    return {
        topic: sorted(
            [Evidence(book.terms[topic, key], tuple(spans)) for key, spans in by_key.items()],
            key=lambda e: (-e.term.weight, e.spans[0]),
        )
        for topic, by_key in places.items()
    }


def _counts(term: Term, match: Match | None, context: dict[str, list[Match]], named: dict[str, list[Span]]) -> bool:
    """Whether nothing hides or silences a term and it has the company that it needs."""
    if term.silenced_by and not context.keys().isdisjoint(term.silenced_by):
        return False
    if match is not None and term.hidden_in:
        longer = (hit for phrase in term.hidden_in for hit in context.get(phrase, ()))
        if any(hit.first <= match.first and match.last <= hit.last for hit in longer):
            return False
    company = term.company
    return not company or not (context.keys().isdisjoint(company) and named.keys().isdisjoint(company))


def _named(mentions: Iterable[Mention]) -> dict[str, list[Span]]:
    """Where the mentions stand that a reference means; `countries:n` stands at the first of at least n states."""
    named: dict[str, list[Span]] = {}
    for mention in mentions:
        named.setdefault(f"{mention.kind}:{mention.entity_id}", []).append((mention.start, mention.stop))
    states = sorted(spans[0] for reference, spans in named.items() if reference.startswith("country:"))
    return named | {f"countries:{n}": states[:1] for n in range(2, len(states) + 1)}


def _overlaps(span: Span, others: list[Span]) -> bool:
    return any(start < span[1] and span[0] < stop for start, stop in others)
